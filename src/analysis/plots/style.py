"""The house style at work: widths, type, colours and language, as :mod:`~.house` reads them."""

from __future__ import annotations

import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.plots.claims import keep
from analysis.plots.house import read_house, translate

MILLIMETRE = 1 / 25.4
_HOUSE = read_house()
ONE_COLUMN = _HOUSE["width"]["one_column"] * MILLIMETRE
TWO_COLUMNS = _HOUSE["width"]["two_columns"] * MILLIMETRE
"""Widths of one and two journal columns, in inches."""

INK = _HOUSE["colours"]["ink"]
GREY = _HOUSE["colours"]["grey"]
FAINT = _HOUSE["colours"]["faint"]
ACCENT = _HOUSE["colours"]["accent"]
SECOND = _HOUSE["colours"]["second"]
SEQUENCE = tuple(_HOUSE["colours"]["sequence"])
_POINTS = _HOUSE["type"]["points"]
NAMES, NOTES = _POINTS - 0.5, _POINTS - 1.5
"""Sizes of names and of notes inside a figure, in points."""

SETTINGS = {
    "svg.hashsalt": "discourse-analysis-suite",
    "svg.fonttype": "path",
    "pdf.fonttype": 42,
    "figure.dpi": 150,
    "savefig.dpi": 300,
    "figure.constrained_layout.use": True,
    "font.family": _HOUSE["type"]["family"],
    "font.size": _POINTS,
    "axes.titlesize": _POINTS + 0.5,
    "axes.titleweight": "bold",
    "axes.titlelocation": "left",
    "axes.labelsize": _POINTS,
    "xtick.labelsize": _POINTS - 0.5,
    "ytick.labelsize": _POINTS - 0.5,
    "legend.fontsize": _POINTS - 0.5,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.linewidth": 0.6,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "xtick.major.width": 0.6,
    "ytick.major.width": 0.6,
    "xtick.major.size": 2.5,
    "ytick.major.size": 2.5,
    "lines.linewidth": 1.0,
    "hatch.linewidth": 0.5,
    "axes.formatter.use_locale": False,
}


def use_style() -> None:
    """Set the house style for this session, whatever was set before.

    In a notebook, figures are also displayed at the size they are saved at.
    """
    prefer_own_fonts()
    mpl.rcdefaults()
    _set()
    shell = _ipython()
    if shell is not None:
        from matplotlib_inline.config import InlineBackend

        shell.run_line_magic("matplotlib", "inline")
        _set()
        drawn: dict[str, Any] = {"bbox_inches": None, "metadata": {"Software": None}}
        InlineBackend.instance(parent=shell).print_figure_kwargs = drawn
        # Whoever saves a figure is told once which letters its font lacks.
        warnings.filterwarnings("ignore", message="Glyph .* missing from font")


def _set() -> None:
    # Without its types, which list the names of all settings one by one.
    parameters: Any = mpl.rcParams
    parameters.update(SETTINGS)


def prefer_own_fonts() -> None:
    """Let the fonts that come with matplotlib go before a system's copies of them.

    Another build of one font numbers its glyphs otherwise, and SVG and PDF hold the numbers; and
    the list of fonts that matplotlib keeps on disk may lack its own.
    """
    own = Path(mpl.get_data_path(), "fonts", "ttf")
    manager = font_manager.fontManager

    def system(font: font_manager.FontEntry) -> bool:
        return Path(font.fname).parent != own

    known = {Path(font.fname) for font in manager.ttflist}
    missing = sorted(set(own.glob("*.ttf")) - known)
    if missing or manager.ttflist != sorted(manager.ttflist, key=system):
        # To add a font is the public way to make the manager forget what it found before.
        for path in missing or [own / "DejaVuSans.ttf"]:
            manager.addfont(path)
        manager.ttflist.sort(key=system)


def _ipython() -> Any:
    module = sys.modules.get("IPython")
    return module.get_ipython() if module else None


@contextmanager
def house_style() -> Iterator[None]:
    """Draw in the house style inside a ``with`` block and leave the session's own alone."""
    prefer_own_fonts()
    with mpl.rc_context():
        mpl.rcdefaults()
        _set()
        yield


def spread(positions: np.ndarray, gap: float) -> np.ndarray:
    """Move label positions apart until neighbours are at least ``gap`` away.

    Parameters
    ----------
    positions : array of float
        Wanted positions in any order.
    gap : float
        The least distance, in the same unit.

    Returns
    -------
    array of float
        Positions in the order given, moved as little as a single sweep allows.

    Examples
    --------
    >>> spread(np.array([1.0, 1.0, 5.0]), 1.0).tolist()
    [0.5, 1.5, 5.0]
    """
    order = np.argsort(positions, kind="stable")
    # Blocks that would overlap are merged and centred on the mean of what they wanted.
    blocks: list[tuple[float, int]] = []
    for wanted in positions[order]:
        centre, size = float(wanted), 1
        while blocks and centre - (size - 1) * gap / 2 < (
            blocks[-1][0] + (blocks[-1][1] - 1) * gap / 2 + gap
        ):
            other, count = blocks.pop()
            centre = (centre * size + other * count) / (size + count)
            size += count
        blocks.append((centre, size))
    placed = np.concatenate(
        [centre + (np.arange(size) - (size - 1) / 2) * gap for centre, size in blocks]
        or [np.empty(0)]
    )
    moved = np.empty_like(placed)
    moved[order] = placed
    return moved


def ramp(steps: int) -> list[str]:
    """Return colours from dark to light that stay in order in greyscale.

    Examples
    --------
    >>> ramp(3)
    ['#00224e', '#7d7c78', '#fee838']
    """
    return [
        mpl.colors.to_hex(colour)
        for colour in mpl.colormaps[_HOUSE["colours"]["ramp"]](np.linspace(0, 1, steps))
    ]


def headline(figure: Figure, title: str) -> None:
    """Set a figure's title at its top left; all its labels go into the author's language.

    A title that states a finding is made by :func:`analysis.claim`, which names what makes it
    true; one that only describes is a plain string.
    """
    keep(figure, title)
    figure.suptitle(str(title), x=0.012, ha="left", weight="bold", size=_POINTS + 1)
    translate(figure, _HOUSE["labels"])


def quiet_axis(ax: Axes, *, left: bool = False) -> Axes:
    """Take away ticks and spine where the labels alone say enough."""
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(left)
    return ax

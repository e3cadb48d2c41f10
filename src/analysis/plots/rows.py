"""Figures of one row per speaker, group or word: as high as they need, no label cut off."""

from __future__ import annotations

import textwrap

import matplotlib.pyplot as plt
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from analysis.plots.style import NOTES, ONE_COLUMN

_HEAD, _ROW = 1.05, 0.17
_LINE = 58
LONGEST = 26
"""Characters of a row's label; longer ones are cut."""


def rows_axes(rows: int, *, width: float = ONE_COLUMN) -> tuple[Figure, Axes]:
    """Return a figure with room for so many rows, and its axes.

    Parameters
    ----------
    rows : int
    width : float, default one column
        In inches.

    Returns
    -------
    (matplotlib.figure.Figure, matplotlib.axes.Axes)
    """
    return plt.subplots(figsize=(width, _HEAD + _ROW * max(rows, 2)))


def label_below(figure: Figure, text: str) -> Figure:
    """Say below a figure what its axis measures, in as many lines as its width asks for.

    A label of the axis itself is as wide as it is, and runs out of a narrow figure. Lines are
    about as long as one another, so that no single word stands below.
    """
    lines = [_balanced(line) for line in text.split("\n")]
    figure.supxlabel("\n".join(lines), fontsize=NOTES + 0.5)
    return figure


def _balanced(line: str) -> str:
    rows = len(textwrap.wrap(line, _LINE)) or 1
    width = next(w for w in range(-(-len(line) // rows), _LINE + 1)
                 if len(textwrap.wrap(line, w)) <= rows)  # fmt: skip
    return textwrap.fill(line, width)


def sparse_ticks(ax: Axes, most: int = 8) -> Axes:
    """Leave as many labels of time on an axis as stand beside one another without touching."""
    places, names = ax.get_xticks(), [label.get_text() for label in ax.get_xticklabels()]
    every = -(-len(places) // most)
    ax.set_xticks(places[::every], names[::every])
    return ax


def shortened(text: str, longest: int = LONGEST) -> str:
    """Return a label that leaves room for what it labels.

    Examples
    --------
    >>> shortened("United States Attorney, Central District", 24)
    'United States Attorney,…'
    """
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"

"""A table as LaTeX that fits the page: columns measured, long texts broken, page after page.

It needs ``booktabs``, ``longtable``, ``array`` and ``graphicx``, which every LaTeX has.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import product
from pathlib import Path

import matplotlib as mpl
from matplotlib.ft2font import FT2Font, LoadFlags

from analysis.publication.escaping import latex

PAGE = 345.0
"""Text width in points of LaTeX's ``article``, and so on A4; on a wider page columns widen."""

_GAP = 3.0
_SIZES = (("small", 0.925), ("footnotesize", 0.85), ("scriptsize", 0.797))
"""Sizes of 9, 8 and 7 points, and how wide a text is in each beside 10: small type runs wide."""

_OTHERS = '_<>|"{}\\^~'
_NARROW = 70.0
"""A column of running text is not made narrower than this, in points, if there is another way."""


def longtable(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[bool],
    *,
    caption: str = "",
    label: str = "",
) -> str:
    r"""Write a table that fits the width of a page and may run over several.

    Parameters
    ----------
    heads : sequence of str
        One for each column.
    rows : sequence of sequences of str
        The cells as they are printed; nothing is escaped yet.
    right : sequence of bool
        Whether a column holds numbers, which stand at the right and are never broken.
    caption, label : str, optional

    Returns
    -------
    str
        The largest of three sizes that fits; heads of numbers are turned upright where even
        their longest words would not fit side by side. What fits in no size becomes two tables.

    Examples
    --------
    >>> print(longtable(["group", "n"], [["R&D", "12"]], [False, True], caption="Counts."))
    {\small\setlength{\tabcolsep}{3pt}\setlength{\LTcapwidth}{\linewidth}
    \begin{longtable}{@{}lr@{}}
    \caption{Counts.} \\
    \toprule
    group & n \\
    \midrule
    \endfirsthead
    \toprule
    group & n \\
    \midrule
    \endhead
    R\&D & 12 \\
    \bottomrule
    \end{longtable}}
    <BLANKLINE>
    """
    fitted = _fitted(heads, rows, right)
    if fitted is None:
        # Beside the same first columns, half of the others, and under them the other half.
        first, middle = _leading(right), (_leading(right) + len(heads) + 1) // 2
        if middle < len(heads):
            parts = [slice(first, middle), slice(middle, len(heads))]
            titles = [(caption, label), (f"{caption} Further columns." if caption else "", "")]
            return "\n".join(
                longtable(
                    [*heads[:first], *heads[part]],
                    [[*row[:first], *row[part]] for row in rows],
                    [*right[:first], *right[part]],
                    caption=title,
                    label=name,
                )
                for part, (title, name) in zip(parts, titles, strict=True)
            )
        fitted = _squeezed(heads, rows, right)
    size, turned, columns = fitted
    # A head that is turned or broken stands on the line of the others.
    shown = [
        rf"\rotatebox{{90}}{{{latex(head)}}}" if turned and number else latex(head)
        for head, number in zip(heads, right, strict=True)
    ]
    head = ["\\toprule", " & ".join(shown) + r" \\", "\\midrule"]
    named = "".join([rf"\caption{{{latex(caption)}}}"] * bool(caption))
    named += rf"\label{{{label}}}" if label else ""
    lines = [
        rf"{{\{size}\setlength{{\tabcolsep}}{{{_GAP:g}pt}}\setlength{{\LTcapwidth}}{{\linewidth}}",
        rf"\begin{{longtable}}{{@{{}}{''.join(columns)}@{{}}}}",
        *([named + r" \\"] if named else []),
        *head,
        "\\endfirsthead",
        *head,
        "\\endhead",
        *(" & ".join(latex(cell) for cell in row) + r" \\" for row in rows),
        "\\bottomrule",
        "\\end{longtable}}",
    ]
    return "\n".join(lines) + "\n"


def _fitted(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]
) -> tuple[str, bool, list[str]] | None:
    """Choose the size of type, whether heads are turned, and the columns; None if nothing fits."""
    room = 0.99 * PAGE - 2 * _GAP * (len(heads) - 1)
    for narrow, turned, (name, scale) in product((_NARROW, 0), (False, True), _SIZES):
        wanted, least = _widths(heads, rows, right, narrow, scale=scale, turned=turned)
        if sum(least) <= room:
            return name, turned, _columns(_shared(wanted, least, room), wanted, right)
    return None


def _squeezed(
    heads: Sequence[str], rows: Sequence[Sequence[str]], right: Sequence[bool]
) -> tuple[str, bool, list[str]]:
    """Return narrower columns than their longest words ask for, which then stand out."""
    name, scale = _SIZES[-1]
    wanted, least = _widths(heads, rows, right, 0, scale=scale, turned=True)
    room = 0.99 * PAGE - 2 * _GAP * (len(heads) - 1)
    return name, True, _columns([w * room / sum(least) for w in least], wanted, right)


def _leading(right: Sequence[bool]) -> int:
    """Return how many columns say what a row is: those of text before the first of numbers."""
    return next((at for at, number in enumerate(right) if number), 1)


def _widths(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    right: Sequence[bool],
    narrow: float,
    *,
    scale: float,
    turned: bool,
) -> tuple[list[float], list[float]]:
    """Return the width each column wants, and the least that breaks no word and is not narrow."""
    wanted, least = [], []
    for at, (head, number) in enumerate(zip(heads, right, strict=True)):
        cells = [row[at] for row in rows]
        text = [] if turned and number else [head]
        whole = max((_width(cell) for cell in [*cells, *text]), default=0.0)
        words = [word for cell in ([] if number else cells) + text for word in _words(cell)]
        word = max((_width(part) for part in words), default=0.0)
        if number:
            word = max([word, *(_width(cell) for cell in cells)])
        if turned and number:
            whole, word = max(whole, 12), max(word, 12)
        wanted.append(whole * scale)
        least.append(max(word * scale + 0.5, 0 if number else min(whole * scale, narrow)))
    return wanted, [min(pair) for pair in zip(wanted, least, strict=True)]


def _words(text: str) -> list[str]:
    return text.replace("-", "- ").replace("–", "– ").split()


def _shared(wanted: list[float], least: list[float], room: float) -> list[float]:
    """Give each column its least, and deal out what is left, the easily satisfied first."""
    widths, left = list(least), room - sum(least)
    order = sorted(range(len(wanted)), key=lambda at: wanted[at] - least[at])
    for number, at in enumerate(order):
        more = min(wanted[at] - least[at], left / (len(order) - number))
        widths[at] += more
        left -= more
    return widths


def _columns(widths: list[float], wanted: list[float], right: Sequence[bool]) -> list[str]:
    columns = []
    for width, whole, number in zip(widths, wanted, right, strict=True):
        if width >= whole - 1e-9:
            columns.append("r" if number else "l")
            continue
        side = "left" if number else "right"
        share = int(1_000 * width / PAGE + 0.999) / 1_000
        columns.append(rf">{{\ragged{side}\arraybackslash}}p{{{share:g}\linewidth}}")
    return columns


def _width(text: str) -> float:
    """Return how wide LaTeX's own type sets a text, in points at a size of ten."""
    return sum(_advance(character) for character in text)


@cache
def _advance(character: str) -> float:
    face = _face()
    if unicodedata.east_asian_width(character) in "WF":
        return 10.0
    # What the face lacks, or holds another sign at the place of, is as wide as a broad letter.
    if character in _OTHERS or not face.get_char_index(ord(character)):
        return 7.8
    return face.load_char(ord(character), flags=LoadFlags.NO_HINTING).linearHoriAdvance / 65_536


@cache
def _face() -> FT2Font:
    face = FT2Font(str(Path(mpl.get_data_path(), "fonts", "ttf", "cmr10.ttf")))
    face.set_size(10, 72)
    return face

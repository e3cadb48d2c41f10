"""The lines of a concordance as a widget: read across, gone through and marked by keyboard."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import anywidget
import pandas as pd
import traitlets

LONGEST_SIDE = 200
"""Characters of context sent for each side; how many are seen is decided by the window's width."""
LABELS = (("Who", "who"), ("Stance", "stance"), ("Where", "where"))
_SIDES = (("Left", "left"), ("Node", "node"), ("Right", "right"))
_PLACE = (("Characters", "place"),)


class KwicLines(anywidget.AnyWidget):
    """A page of lines; which are marked, which is to be read, and whether to turn the page.

    Attributes
    ----------
    selected_rows : list of int, the lines marked
    read : list of (int, int), how often a line was asked for in full, and which
    turned : list of (int, int), how often the page was turned by key, and by how much
    kind : str, ``bare`` hides who, stance and where; ``places`` is for lines without words
    """

    _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    _css = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    columns: traitlets.List = traitlets.List().tag(sync=True)
    rows: traitlets.List = traitlets.List().tag(sync=True)
    kind = traitlets.Unicode().tag(sync=True)
    selected_rows = traitlets.List(traitlets.Int()).tag(sync=True)
    read = traitlets.List([0, 0]).tag(sync=True)
    turned = traitlets.List([0, 0]).tag(sync=True)

    def show(self, lines: pd.DataFrame, selected: Sequence[int], *, labels: bool) -> None:
        """Show a page of lines.

        Parameters
        ----------
        lines : pandas.DataFrame
            From :func:`analysis.workbench.queries.page`; without ``left`` and ``right``, places
            are shown.
        selected : sequence of int
            The lines that are marked.
        labels : bool
            Whether who, stance and where stand beside the words.
        """
        words = "left" in lines
        columns, cells = cells_of(lines)
        with self.hold_sync():
            self.columns = [list(column) for column in columns]
            self.kind = "places" if not words else "" if labels else "bare"
            self.selected_rows = list(selected)
            self.rows = cells


def cells_of(lines: pd.DataFrame) -> tuple[tuple[tuple[str, str], ...], list[list[str]]]:
    """Give the columns of a page of lines, title and kind, and the text of each cell.

    Parameters
    ----------
    lines : pandas.DataFrame

    Returns
    -------
    (tuple of (str, str), list of list of str)
    """
    who = (lines["speaker"] + ", " + lines["group"]).str.removesuffix(", ").str.removeprefix(", ")
    where = lines["document"] + " " + lines["utterance"].astype(str)
    labels = [who, lines["stance"], where]
    if "left" not in lines:
        place = lines["start"].astype(str) + "–" + lines["end"].astype(str)
        return (*_PLACE, *LABELS), _texts([place, *labels])
    left = lines["left"].str.rstrip().str[-LONGEST_SIDE:]
    right = lines["right"].str.lstrip().str[:LONGEST_SIDE]
    return (*_SIDES, *LABELS), _texts([left, lines["node"], right, *labels])


def _texts(columns: list[pd.Series]) -> list[list[str]]:
    return [[" ".join(str(text).split()) for text in row] for row in zip(*columns, strict=True)]

"""Where in a document the terms fall."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import FAINT, GREY, quiet_axis


def position_strips(
    data: pd.DataFrame,
    *,
    row: str,
    rows: Sequence[str],
    position: str = "position",
    kind: str | None = None,
    colours: Mapping[str, str] | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a strip per row with a tick wherever a term occurs.

    Parameters
    ----------
    data : pandas.DataFrame
        One row per occurrence.
    row : str
        Column that says to which strip the occurrence belongs.
    rows : sequence of str
        The strips, the first on top; those without occurrences are drawn empty.
    position : str
        Column with the share of the document's words said before, 0 to 1.
    kind : str, optional
        Column whose values share a strip in lanes of their own, in the order of ``colours``.
    colours : mapping of str to str, optional
        A colour for each kind.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    colours = colours or {"": GREY}
    height = 0.8 / len(colours)
    for number, name in enumerate(rows):
        here = data[data[row] == name]
        for lane, (value, colour) in enumerate(colours.items()):
            top = number - 0.4 + lane * height
            hits = here[here[kind] == value] if kind else here
            ax.hlines(top + height / 2, 0, 1, color=FAINT, linewidth=0.4, zorder=1)
            ax.vlines(
                np.sort(hits[position].to_numpy(float)),
                top + 0.06 * height,
                top + 0.94 * height,
                color=colour,
                linewidth=0.7,
                zorder=2,
            )
    ax.set_yticks(range(len(rows)), rows)
    ax.set_ylim(len(rows) - 0.45, -0.55)
    ax.set_xlim(-0.005, 1.005)
    ax.xaxis.set_major_formatter(lambda value, _: f"{100 * value:.0f}%")
    return quiet_axis(ax)

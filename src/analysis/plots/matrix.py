"""A table of rates as a picture: speakers by frames."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import ACCENT, FAINT, GREY, INK, quiet_axis

LARGEST = 95.0
"""Area of the largest dot in square points."""


def rate_matrix(
    data: pd.DataFrame,
    *,
    row: str,
    column: str,
    rows: Sequence[str],
    columns: Sequence[str],
    value: str = "shrunk",
    above: str | None = None,
    faint: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw a dot for each row and column, its area proportional to the rate.

    Columns are scaled each by its own largest rate, which is printed below it: a frame that
    everybody seldom uses would otherwise be invisible.

    Parameters
    ----------
    data : pandas.DataFrame
        One row per cell.
    row, column, value : str
        Columns with the cell's place and its rate.
    rows, columns : sequence of str
        The order of both, from the top left.
    above : str, optional
        Column of bool: cells whose interval lies wholly above the average are filled.
    faint : str, optional
        Column of bool: cells drawn in grey, such as those where nothing was counted.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    place_x = {name: number for number, name in enumerate(columns)}
    place_y = {name: number for number, name in enumerate(rows)}
    cells = data[data[row].isin(place_y) & data[column].isin(place_x)]
    x, y = cells[column].map(place_x), cells[row].map(place_y)
    values = cells[value].to_numpy(float)
    filled = cells[above].to_numpy(bool) if above else np.ones(len(cells), bool)
    grey = cells[faint].to_numpy(bool) if faint else np.zeros(len(cells), bool)
    colours = np.where(grey, GREY, ACCENT)
    ax.hlines(range(len(rows)), -0.5, len(columns) - 0.5, color=FAINT, linewidth=0.4, zorder=0)
    largest = cells.groupby(column)[value].transform("max").to_numpy(float)
    ax.scatter(
        x,
        y,
        s=LARGEST * values / largest,
        facecolors=np.where(filled, colours, "white"),
        edgecolors=colours,
        linewidths=0.8,
        zorder=2,
    )
    for name, most in cells.groupby(column)[value].max().items():
        ax.annotate(
            f"{most:.1f}",
            (place_x[name], len(rows) - 0.4),
            xytext=(0, -7),
            textcoords="offset points",
            ha="center",
            fontsize=6,
            color=GREY,
        )
    ax.set_yticks(range(len(rows)), rows)
    ax.set_xticks(range(len(columns)), columns, rotation=40, ha="left", rotation_mode="anchor")
    ax.xaxis.tick_top()
    ax.tick_params(axis="x", length=0, labelcolor=INK)
    ax.set_xlim(-0.5, len(columns) - 0.5)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    for side in ("top", "bottom"):
        ax.spines[side].set_visible(False)
    return quiet_axis(ax)

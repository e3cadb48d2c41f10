"""Several estimates of one quantity under one another, for each of several rows."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import ACCENT, FAINT, GREY, INK, SECOND, quiet_axis

MARKS = (("x", GREY), ("s", INK), ("v", SECOND), ("^", INK), ("o", ACCENT), ("D", GREY))
"""One mark and colour a method: told apart by shape alone, in greyscale and to the colour-blind."""


def method_intervals(
    data: pd.DataFrame,
    *,
    row: str,
    method: str,
    methods: Sequence[str],
    value: str = "estimate",
    low: str = "low",
    high: str = "high",
    ax: Axes | None = None,
) -> Axes:
    """Draw each row's estimates under one another, one mark a method, named in the first row.

    Parameters
    ----------
    data : pandas.DataFrame
        One row per row and method, rows in the order wanted.
    row, method : str
        Columns with the row's label and the method.
    methods : sequence of str
        In the order drawn, six at most.
    value, low, high : str
        Columns with the estimate and its interval; without an interval the mark stands alone.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    rows = list(dict.fromkeys(data[row]))
    step = 0.8 / len(methods)
    for number, (name, (mark, colour)) in enumerate(zip(methods, MARKS, strict=False)):
        own = data[data[method] == name].set_index(row).loc[rows]
        y = np.arange(len(rows)) + (number - (len(methods) - 1) / 2) * step
        ax.hlines(y, own[low], own[high], colors=colour, linewidth=0.9, zorder=2)
        ax.scatter(own[value], y, s=9, marker=mark, color=colour, linewidths=0.9, zorder=3)
        end = own[[value, high]].max(axis=1).iloc[0]
        ax.annotate(
            name,
            (end, y[0]),
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
            fontsize=5.5,
            color=colour,
        )
    for between in np.arange(len(rows) - 1) + 0.5:
        ax.axhline(between, color=FAINT, linewidth=0.4, zorder=0)
    ax.set_yticks(range(len(rows)), rows)
    ax.set_ylim(len(rows) - 0.5, -0.5)
    ax.grid(axis="x", color=FAINT, linewidth=0.4, zorder=0)
    ax.set_axisbelow(True)
    return quiet_axis(ax)

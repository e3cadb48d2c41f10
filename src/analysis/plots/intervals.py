"""Dots with intervals: a rate or a log ratio for each of several rows."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import ACCENT, FAINT, GREY, INK, quiet_axis


def dot_intervals(
    data: pd.DataFrame,
    *,
    label: str,
    value: str = "rate",
    low: str = "low",
    high: str = "high",
    notes: str | None = None,
    reference: float | None = None,
    faint: str | None = None,
    sure: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw one dot with its interval for each row, the first row on top.

    Parameters
    ----------
    data : pandas.DataFrame
        One row per dot, in the order wanted.
    label : str
        Column with the text at the left of each row.
    value, low, high : str
        Columns with the estimate and its interval.
    notes : str, optional
        Column with text set at the right of each row, such as the number of words.
    reference : float, optional
        Where to draw a vertical line; dots whose interval excludes it are filled.
    faint : str, optional
        Column of bool: rows drawn in grey, because they rest on too little.
    sure : str, optional
        Column of bool: rows whose dot is filled, where something other than the interval decides.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    rows = np.arange(len(data))
    grey = data[faint].to_numpy(bool) if faint else np.zeros(len(data), bool)
    colours = np.where(grey, GREY, ACCENT)
    lows, highs, values = (data[name].to_numpy(float) for name in (low, high, value))
    ax.hlines(rows, lows, highs, colors=colours, linewidth=1.1, zorder=2)
    if reference is not None:
        ax.axvline(reference, color=INK, linewidth=0.6, zorder=1)
        decided = (lows > reference) | (highs < reference)
    else:
        decided = ~grey
    if sure:
        decided = data[sure].to_numpy(bool)
    ax.scatter(
        values,
        rows,
        s=14,
        linewidths=1.0,
        edgecolors=colours,
        facecolors=np.where(decided, colours, "white"),
        zorder=3,
        clip_on=False,
    )
    ax.set_yticks(rows, data[label].astype(str))
    ax.set_ylim(len(data) - 0.4, -0.6)
    ax.grid(axis="x", color=FAINT, linewidth=0.4, zorder=0)
    ax.set_axisbelow(True)
    if notes:
        side = ax.secondary_yaxis("right")
        side.set_yticks(rows, data[notes].astype(str))
        side.tick_params(length=0, labelcolor=GREY, labelsize=5.5)
        side.spines["right"].set_visible(False)
    return quiet_axis(ax)

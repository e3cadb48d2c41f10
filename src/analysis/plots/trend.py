"""Rates over a few points in time, with bands."""

from __future__ import annotations

from collections.abc import Mapping

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import FAINT

MARKERS = "oDs^"
"""One for each series, so that they are told apart without colour."""


def trend_bands(
    data: pd.DataFrame,
    *,
    time: str,
    series: str,
    colours: Mapping[str, str],
    value: str = "rate",
    low: str = "low",
    high: str = "high",
    linked: str | None = None,
    bands: bool = True,
    ax: Axes | None = None,
) -> Axes:
    """Draw a dot with its interval at every time, and a band between those that may be joined.

    Parameters
    ----------
    data : pandas.DataFrame
        One row per series and time.
    time, series : str
        Columns with the time (labels in order) and the series.
    colours : mapping of str to str
        A colour for each series, in the order they stand side by side at a time.
    value, low, high : str
        Columns with the estimate and its interval.
    linked : str, optional
        Column of bool: whether the row may be joined to the one before it. Rows that may not
        have an open dot: something other than time changed between them.
    bands : bool, default True
        Whether the intervals of times that are joined are joined too; without, the picture of
        several series stays clear.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    times = sorted(data[time].unique())
    beside = np.linspace(-0.11, 0.11, len(colours)) if len(colours) > 1 else [0.0]
    for (name, colour), offset, marker in zip(colours.items(), beside, MARKERS, strict=False):
        # A time without any text has no dot; those on either side of it may be joined.
        rows = data[(data[series] == name) & data[value].notna()].sort_values(time)
        x = rows[time].map(times.index).to_numpy(float) + offset
        y, lows, highs = (rows[column].to_numpy(float) for column in (value, low, high))
        joined = rows[linked].to_numpy(bool) if linked else np.ones(len(rows), bool)
        ax.vlines(x, lows, highs, colors=colour, linewidth=1.0, zorder=2)
        for left in np.flatnonzero(joined[1:]):
            pair = slice(left, left + 2)
            if bands:
                ax.fill_between(
                    x[pair], lows[pair], highs[pair], color=colour, alpha=0.15, lw=0, zorder=1
                )
            ax.plot(x[pair], y[pair], color=colour, linewidth=0.9, zorder=2)
        ax.scatter(
            x,
            y,
            s=12 if marker == "o" else 9,
            marker=marker,
            linewidths=0.9,
            edgecolors=colour,
            facecolors=np.where(joined | (np.arange(len(rows)) == 0), colour, "white"),
            zorder=3,
            clip_on=False,
        )
    ax.set_xticks(range(len(times)), times)
    ax.set_xlim(-0.4, len(times) - 0.6)
    ax.set_ylim(bottom=0)
    ax.grid(axis="y", color=FAINT, linewidth=0.4, zorder=0)
    ax.set_axisbelow(True)
    ax.tick_params(axis="x", length=0)
    return ax

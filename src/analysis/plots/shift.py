"""Word shift: which words make two vocabularies differ, and towards which side."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import ACCENT, FAINT, INK, SECOND, quiet_axis


def word_shift_bars(
    data: pd.DataFrame,
    *,
    label: str = "word",
    value: str = "contribution",
    low: str = "low",
    high: str = "high",
    ax: Axes | None = None,
) -> Axes:
    """Draw a bar per word, to the side that says it more, the first row on top.

    Parameters
    ----------
    data : pandas.DataFrame
        One row per word, in the order wanted.
    label : str
        Column with the word.
    value, low, high : str
        Columns with the signed contribution and its interval; bars whose interval excludes 0
        are filled.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    rows = np.arange(len(data))
    values, lows, highs = (data[name].to_numpy(float) for name in (value, low, high))
    colours = np.where(values > 0, SECOND, ACCENT)
    decided = (lows > 0) | (highs < 0)
    ax.barh(
        rows,
        values,
        height=0.7,
        color=np.where(decided, colours, "white"),
        edgecolor=colours,
        linewidth=0.7,
        zorder=2,
    )
    ax.hlines(rows, lows, highs, color=INK, linewidth=0.7, zorder=3)
    ax.axvline(0, color=INK, linewidth=0.6, zorder=4)
    ax.set_yticks(rows, data[label].astype(str))
    ax.set_ylim(len(data) - 0.4, -0.6)
    ax.grid(axis="x", color=FAINT, linewidth=0.4, zorder=0)
    ax.set_axisbelow(True)
    return quiet_axis(ax)

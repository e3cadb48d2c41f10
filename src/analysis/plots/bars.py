"""Bars divided into parts: who spoke how much, which stance a term is voiced in."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import GREY, INK, quiet_axis


def stacked_bars(
    data: pd.DataFrame,
    *,
    row: str,
    part: str,
    parts: Sequence[str],
    colours: Sequence[str],
    value: str = "words",
    total: str = "{:,.0f}",
    ax: Axes | None = None,
) -> Axes:
    """Draw a bar per row, divided into parts, with the total at its end.

    Parameters
    ----------
    data : pandas.DataFrame
        One row per bar and part.
    row, part, value : str
        Columns with the bar's label, the part, and its length.
    total : str
        How the total at the bar's end is written; empty for none.
    parts : sequence of str
        The parts in the order they are stacked.
    colours : sequence of str
        One colour a part, neighbours apart in lightness (:func:`analysis.plots.ramp`).
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    rows = list(dict.fromkeys(data[row]))
    table = (
        data.pivot_table(index=row, columns=part, values=value, aggfunc="sum", fill_value=0)
        .reindex(index=rows, columns=list(parts), fill_value=0)
        .to_numpy(float)
    )
    left = np.zeros(len(rows))
    for column, (name, colour) in enumerate(zip(parts, colours, strict=True)):
        ax.barh(
            range(len(rows)),
            table[:, column],
            left=left,
            height=0.72,
            color=colour,
            edgecolor=INK,
            linewidth=0.3,
            label=name,
        )
        left += table[:, column]
    for number, length in enumerate(left):
        ax.annotate(
            total.format(length),
            (length, number),
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
            fontsize=6,
            color=GREY,
        )
    ax.set_yticks(range(len(rows)), rows)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    return quiet_axis(ax)

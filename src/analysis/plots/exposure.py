"""Who spoke how much, and when."""

from __future__ import annotations

from collections.abc import Sequence

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import GREY, INK, quiet_axis


def stacked_words(
    data: pd.DataFrame,
    *,
    row: str,
    part: str,
    parts: Sequence[str],
    colours: Sequence[str],
    words: str = "words",
    ax: Axes | None = None,
) -> Axes:
    """Draw a bar per row, divided into parts by the words of each, with the total at its end.

    Parameters
    ----------
    data : pandas.DataFrame
        One row per bar and part.
    row, part, words : str
        Columns with the bar's label, the part, and the number of words.
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
        data.pivot_table(index=row, columns=part, values=words, aggfunc="sum", fill_value=0)
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
    for number, total in enumerate(left):
        ax.annotate(
            f"{total:,.0f}",
            (total, number),
            xytext=(3, 0),
            textcoords="offset points",
            va="center",
            fontsize=6,
            color=GREY,
        )
    ax.set_yticks(range(len(rows)), rows)
    ax.set_ylim(len(rows) - 0.4, -0.6)
    ax.xaxis.set_major_formatter(lambda value, _: f"{value / 1000:.0f}")
    ax.set_xlabel("thousand words", color=INK)
    return quiet_axis(ax)

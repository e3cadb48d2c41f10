"""A word's company on two sides, as a network in fixed places."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import ACCENT, GREY, INK, NAMES, NOTES, SECOND

HUB, RIM, BETWEEN = 1.55, 2.75, 0.62
"""Where a hub and its own words stand, left or right of 0, and where lines meet shared words."""

LARGEST = 560.0
"""Area of the larger hub in square points."""


def collocate_network(
    data: pd.DataFrame,
    *,
    groups: Mapping[str, str],
    strength: str = "log_dice",
    count: str = "joint",
    uses: str = "nodes",
    words: str = "words",
    sure: str = "sure",
    ax: Axes | None = None,
) -> Axes:
    """Draw what two groups say near a word: each group's own words outside, shared ones between.

    Every place follows from the order of the rows' strength; nothing is left to chance.

    Parameters
    ----------
    data : pandas.DataFrame
        One row per line: ``group``, ``collocate`` and the columns named below.
    groups : mapping of str to str
        The group on the left and the one on the right, and what to write above each.
    strength : str
        Column that gives the width of a line, and the order from the top.
    count : str
        Column printed on the line.
    uses, words : str
        Columns with the occurrences of the node in the group and the group's words: their
        ratio is the area of its hub.
    sure : str
        Column of bool: lines that are drawn through, not dashed.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    shared, places, tallest = _places(data, list(groups), strength)
    weakest, strongest = data[strength].min(), data[strength].max()
    for (group, title), colour, side in zip(groups.items(), (ACCENT, SECOND), (-1, 1), strict=True):
        hub = side * HUB
        rows = data[data["group"] == group]
        for word, wide, number, certain in rows[["collocate", strength, count, sure]].to_numpy():
            x, y = places[word]
            x = side * BETWEEN if word in shared else x
            share = (wide - weakest) / max(strongest - weakest, 1e-9)
            ax.plot(
                [hub, x],
                [0, y],
                color=colour,
                linewidth=0.7 + 2.3 * share,
                linestyle="-" if certain else (0, (1.5, 1.2)),
                solid_capstyle="round",
                zorder=1,
            )
            _label(ax, str(number), hub + 0.68 * (x - hub), 0.68 * y, fontsize=NOTES, zorder=2)
        rates = data[uses] / data[words]
        area = LARGEST * rates[rows.index[0]] / rates.max()
        ax.scatter(hub, 0, s=area, color=colour, zorder=3)
        _label(ax, title, hub, tallest / 2 + 0.5, fontsize=NAMES, weight="bold", color=colour)
    for word, (x, y) in places.items():
        if word in shared:
            _label(ax, word, 0, y)
        else:
            ax.scatter(x, y, s=7, color=GREY, zorder=3)
            aside = {"xytext": (3 * np.sign(x), 0), "textcoords": "offset points"}
            _label(ax, word, x, y, ha="right" if x < 0 else "left", **aside)
    ax.set_xlim(-1.58 * RIM, 1.58 * RIM)
    ax.set_ylim(-tallest / 2 - 0.2, tallest / 2 + 1.2)
    ax.set_axis_off()
    return ax


def _places(
    data: pd.DataFrame, groups: Sequence[str], strength: str
) -> tuple[set[str], dict[str, tuple[float, float]], int]:
    order = data.groupby("collocate")[strength].max().sort_values(ascending=False, kind="stable")
    sides = {word: set(rows["group"]) for word, rows in data.groupby("collocate")}
    columns = [
        [word for word in order.index if sides[word] == wanted]
        for wanted in ({groups[0]}, set(groups), {groups[1]})
    ]
    tallest = max(map(len, columns))
    places = {}
    for side, words in zip((-1, 0, 1), columns, strict=True):
        gap = min(2.0, (tallest - 1) / max(len(words) - 1, 1))
        for number, word in enumerate(words):
            y = gap * ((len(words) - 1) / 2 - number)
            places[word] = (side * RIM * (1 - 0.12 * (2 * y / tallest) ** 2), y)
    return set(columns[1]), places, tallest


def _label(ax: Axes, text: str, x: float, y: float, **settings: Any) -> None:
    clear = {"boxstyle": "round,pad=0.12", "facecolor": "white", "edgecolor": "none"}
    settings = {"ha": "center", "color": INK, "zorder": 4, **settings}
    ax.annotate(text, (x, y), va="center", bbox=clear, **settings)

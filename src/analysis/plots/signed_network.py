"""Actors on two sides, and who agrees with whom: a signed network in fixed places."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import PathPatch
from matplotlib.path import Path

from analysis.plots.style import ACCENT, GREY, INK, NAMES, NOTES, SECOND

LARGEST = 90.0
"""Area of the most active actor, in square points."""

THINNEST, WIDEST = 0.4, 2.6
"""Widths of the weakest and the strongest tie, in points."""

DASHED = (0, (2.4, 1.4))


def signed_network(
    edges: pd.DataFrame,
    nodes: pd.DataFrame,
    *,
    sides: Mapping[object, str],
    weight: str = "weight",
    side: str = "side",
    size: str = "statements",
    notes: str | None = None,
    ax: Axes | None = None,
) -> Axes:
    """Draw the actors of two sides in two columns; solid ties agree, dashed ones disagree.

    The places follow from the order of the rows, so that they are the same on every machine and no
    two labels meet. Ties inside a side bend towards the middle.

    Parameters
    ----------
    edges : pandas.DataFrame
        ``source``, ``target`` and the signed weight.
    nodes : pandas.DataFrame
        ``actor`` and the columns named below, from the top down.
    sides : mapping
        The value of the left side and of the right one, and what to write above each.
    weight : str
        Column of the edges: positive for agreement.
    side, size : str
        Columns of the nodes: where an actor stands, and what the area of the dot is.
    notes : str, optional
        Column of the nodes with text set small beside the name.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    columns = {value: nodes[nodes[side] == value] for value in sides}
    tallest = max(map(len, columns.values()))
    places: dict[str, tuple[float, float]] = {}
    reach = 3.5 + np.sqrt(LARGEST / np.pi)
    for (value, title), x in zip(sides.items(), (-1.15, 1.15), strict=True):
        rows = columns[value]
        gap = (tallest - 1) / max(len(rows) - 1, 1)
        gap = min(gap, 1.6)
        top = (len(rows) - 1) * gap / 2
        largest = nodes[size].max()
        for number, row in enumerate(rows.to_dict("records")):
            y = top - number * gap
            places[row["actor"]] = (x, y)
            area = LARGEST * row[size] / largest
            ax.scatter(x, y, s=area, color=INK, zorder=4, linewidths=0)
            label = str(row["actor"])
            beside: dict[str, Any] = {
                "xytext": (np.sign(x) * reach, 0),
                "textcoords": "offset points",
            }
            ax.annotate(label, (x, y), ha="right" if x < 0 else "left", va="center",
                        fontsize=NAMES, color=INK, **beside)  # fmt: skip
            if notes:
                under: dict[str, Any] = {
                    "xytext": (np.sign(x) * reach, -6.2),
                    "textcoords": "offset points",
                }
                ax.annotate(str(row[notes]), (x, y), ha="right" if x < 0 else "left", va="center",
                            fontsize=NOTES, color=GREY, **under)  # fmt: skip
        over = _offset(np.sign(x) * reach, 0)
        ax.annotate(title, (x, tallest / 2 + 0.3), ha="right" if x < 0 else "left", va="bottom",
                    fontsize=NAMES, weight="bold", color=INK, **over)  # fmt: skip
    strongest = edges[weight].abs().max() if len(edges) else 1.0
    for row in edges.sort_values(weight, key=abs, kind="stable").to_dict("records"):
        first, second = places[row["source"]], places[row["target"]]
        share = abs(row[weight]) / strongest
        agrees = row[weight] > 0
        # A tie inside a column bends towards the middle, the longer the deeper.
        deep = min(0.12 + 0.07 * abs(first[1] - second[1]), 0.85) if first[0] == second[0] else 0.0
        middle = (
            (first[0] + second[0]) / 2 - 2 * deep * np.sign(first[0]),
            (first[1] + second[1]) / 2,
        )
        curve = Path([first, middle, second], [Path.MOVETO, Path.CURVE3, Path.CURVE3])
        ax.add_patch(
            PathPatch(
                curve,
                fill=False,
                edgecolor=ACCENT if agrees else SECOND,
                linewidth=THINNEST + (WIDEST - THINNEST) * share,
                linestyle="-" if agrees else DASHED,
                alpha=0.8,
                zorder=2 if agrees else 3,
            )
        )
    ax.set_xlim(-2.9, 2.9)
    ax.set_ylim(-tallest / 2 - 0.2, tallest / 2 + 0.9)
    ax.set_axis_off()
    return ax


def _offset(right: float, up: float) -> dict[str, Any]:
    return {"xytext": (right, up), "textcoords": "offset points"}

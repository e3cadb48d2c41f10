"""All defensible estimates in one picture: sorted, with intervals, the choices below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import ACCENT, FAINT, GREY, INK, SECOND, quiet_axis

MOST_COLUMNS = 96
"""More specifications than this are drawn in columns of neighbours; fewer, one by one."""


def specification_curve(
    data: pd.DataFrame,
    *,
    choices: Mapping[str, Sequence[str]],
    names: Mapping[str, str] = {},
    axes: Sequence[Axes],
    value: str = "coef",
    low: str = "low",
    high: str = "high",
    own: str | None = "own",
    reference: float = 0.0,
) -> Sequence[Axes]:
    """Draw the estimates in rising order above, and below which options they rest on.

    Where there are more specifications than columns, a column of the picture is as many
    neighbours in the order of the estimates: their median interval is drawn, and an option is
    the darker the more of them take it.

    Parameters
    ----------
    data : pandas.DataFrame
        One row per specification: `value`, `low`, `high` (float), a column per choice and,
        if named, `own` (bool: the one to be marked).
    choices : mapping of str to sequence of str
        Each choice with its options, in the order of the rows from the top.
    names : mapping of str to str, optional
        What is printed for an option, where its own name says too little.
    axes : sequence of two matplotlib.axes.Axes
        The upper and the lower one.
    value, low, high : str
    own : str, optional
    reference : float
        Where to draw a horizontal line: no difference.

    Returns
    -------
    sequence of matplotlib.axes.Axes
    """
    upper, lower = axes
    data = data.sort_values(value, kind="stable", ignore_index=True)
    number = min(len(data), MOST_COLUMNS)
    # Whole specifications to columns, as evenly as they go.
    column = np.arange(len(data)) * number // len(data)
    edges = np.searchsorted(column, np.arange(number + 1))
    bounds = data[[low, high]].groupby(column).median()
    upper.stairs(bounds[high], edges, baseline=bounds[low], fill=True, color=FAINT, zorder=1)
    rank = np.arange(len(data)) + 0.5
    upper.axhline(reference, color=INK, linewidth=0.6, zorder=2)
    upper.plot(rank, data[value], color=ACCENT, linewidth=1.4, zorder=3)
    if own is not None and data[own].any():
        at = int(data[own].to_numpy().argmax())
        upper.plot(
            [rank[at]], data.loc[[at], value], "o", ms=4, mfc="white", mec=SECOND, mew=1.2, zorder=4
        )
        # At the top, where a rising curve is not, and on the side where there is room.
        left = rank[at] > 0.5 * len(data)
        upper.annotate(
            "the study's own",
            (rank[at], 1),
            xycoords=("data", "axes fraction"),
            xytext=(-3 if left else 3, -1),
            textcoords="offset points",
            ha="right" if left else "left",
            va="top",
            fontsize=6,
            color=SECOND,
        )
        upper.axvline(rank[at], color=SECOND, linewidth=0.5, zorder=2)
        lower.axvline(rank[at], color=SECOND, linewidth=0.5, zorder=2)
    upper.set_xlim(0, len(data))
    upper.tick_params(axis="x", length=0, labelbottom=False)
    upper.spines["bottom"].set_visible(False)
    _dashboard(lower, data, choices, column, edges)
    shown = [label.get_text() for label in lower.get_yticklabels()]
    lower.set_yticks(lower.get_yticks(), [names.get(option, option) for option in shown])
    lower.xaxis.set_major_formatter("{x:,.0f}")
    return axes


def _dashboard(
    ax: Axes,
    data: pd.DataFrame,
    choices: Mapping[str, Sequence[str]],
    column: np.ndarray,
    edges: np.ndarray,
) -> None:
    labels, places, top = [], [], 0.0
    for choice, options in choices.items():
        shares = pd.crosstab(data[choice], column, normalize="columns").reindex(list(options))
        rows = np.arange(len(options) + 1) + top
        ax.pcolormesh(
            edges, rows, shares.to_numpy(), cmap="Greys", vmin=0, vmax=1, edgecolors="face",
            linewidth=0.1, zorder=1,
        )  # fmt: skip
        ax.hlines(rows, 0, len(data), color="white", linewidth=0.8, zorder=1.5)
        ax.annotate(
            choice,
            (1.012, top + len(options) / 2),
            xycoords=("axes fraction", "data"),
            va="center",
            fontsize=5.5,
            weight="bold",
            color=GREY,
            annotation_clip=False,
        )
        labels += list(options)
        places += (rows[:-1] + 0.5).tolist()
        top = rows[-1] + 0.45
    ax.set_yticks(places, labels, fontsize=5.5)
    ax.set_ylim(top - 0.45, 0)
    ax.set_xlim(0, len(data))
    ax.spines["bottom"].set_visible(False)
    quiet_axis(ax)

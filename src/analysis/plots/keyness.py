"""Key words: how much more one side says a word, against how sure one can be."""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from analysis.plots.style import ACCENT, FAINT, GREY, INK, NAMES, NOTES, SECOND, spread


def effect_evidence(
    data: pd.DataFrame,
    *,
    label: str,
    named: str,
    marked: str,
    effect: str = "log_ratio",
    low: str = "low",
    high: str = "high",
    p: str = "p",
    reach: float = 8.0,
    gap: float = 0.14,
    ax: Axes | None = None,
) -> Axes:
    """Draw a dot per word: the effect to either side, the evidence upwards.

    Names stand in a column on their side, as far apart as they need to be, each joined to its
    dot; so they cannot overlap. Named dots of like p are moved apart by a third of a name's height.

    Parameters
    ----------
    data : pandas.DataFrame
        One row per word.
    label : str
        Column with the word.
    named, marked : str
        Columns of bool: words drawn with name and interval; words whose dot is filled.
    effect, low, high : str
        Columns with the effect and its interval; no line where the interval is missing.
    p : str
        Column with the p-value, drawn as −log₁₀ p.
    reach : float
        Half the width of the effect's axis; an interval that goes on ends there.
    gap : float
        Least distance of two names in units of log₁₀ p.
    ax : matplotlib.axes.Axes, optional

    Returns
    -------
    matplotlib.axes.Axes
    """
    ax = ax or plt.gca()
    height = _evidence(data[p].to_numpy(float))
    x = data[effect].to_numpy(float)
    chosen = data[named].to_numpy(bool)
    filled = data[marked].to_numpy(bool)
    colours = np.where(chosen, np.where(x > 0, SECOND, ACCENT), GREY)
    lows, highs = (data[name].to_numpy(float).clip(-reach, reach) for name in (low, high))
    lowest = height.max() + 2 * gap
    for side in (-1, 1):
        here = np.flatnonzero(chosen & (np.sign(x) == side))
        wanted = height[here]
        height[here] = spread(wanted, gap / 3)
        end = np.where(side > 0, highs, lows)
        end = np.where(np.isnan(end), x, end)
        placed = spread(wanted, gap)
        lowest = min(lowest, *placed)
        for row, at in zip(here, placed, strict=True):
            _name(
                ax, str(data[label].iloc[row]), (end[row], height[row]), (side * (reach + 0.3), at)
            )
    ax.axvline(0, color=INK, linewidth=0.6, zorder=1)
    ax.scatter(
        x,
        height,
        s=np.where(chosen, 14, 6),
        facecolors=np.where(filled, colours, "white"),
        edgecolors=colours,
        linewidths=np.where(chosen, 1.0, 0.5).tolist(),
        zorder=3,
    )
    ax.hlines(height[chosen], lows[chosen], highs[chosen], colors=colours[chosen], linewidth=0.9)
    ax.set_xlim(-reach, reach)
    ax.set_ylim(0, height.max() + gap)
    # The scale stands below the names, which take its place further up.
    ticks = [p for p in (1, 0.5, 0.2, 0.1, 0.05, 0.02, 0.01, 0.001) if _evidence(p) < lowest - gap]
    ax.set_yticks([_evidence(p) for p in ticks], [f"{p:g}" for p in ticks], fontsize=NOTES)
    ax.set_ylabel("p (log scale)", loc="bottom", fontsize=NOTES)
    return ax


def evidence_line(ax: Axes, p: float, text: str) -> Axes:
    """Draw a p-value across and say at the left end, where few words stand, what it means."""
    at = _evidence(p)
    ax.axhline(at, color=GREY, linewidth=0.5, linestyle=(0, (4, 3)), zorder=0)
    ax.annotate(
        text,
        (ax.get_xlim()[0], at),
        xytext=(3, 1.5),
        textcoords="offset points",
        fontsize=NOTES,
        color=GREY,
    )
    return ax


def _evidence(p: Any) -> Any:
    # The last bits of a logarithm differ between processors.
    return np.round(-np.log10(p), 6)


def _name(ax: Axes, text: str, to: tuple[float, float], place: tuple[float, float]) -> None:
    line = {"arrowstyle": "-", "color": FAINT, "linewidth": 0.6, "shrinkA": 0, "shrinkB": 1}
    ax.annotate(
        text,
        to,
        xytext=place,
        ha="left" if place[0] > 0 else "right",
        va="center",
        fontsize=NAMES,
        annotation_clip=False,
        arrowprops=line,
        zorder=2,
    )

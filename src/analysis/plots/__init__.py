"""Drawing: every function takes a tidy table and an ``ax``, and returns the ``Axes``."""

from analysis.plots.bars import stacked_bars
from analysis.plots.intervals import dot_intervals
from analysis.plots.matrix import rate_matrix
from analysis.plots.methods import method_intervals
from analysis.plots.positions import position_strips
from analysis.plots.specification_curve import specification_curve
from analysis.plots.style import (
    ACCENT,
    FAINT,
    GREY,
    INK,
    ONE_COLUMN,
    SECOND,
    SEQUENCE,
    TWO_COLUMNS,
    headline,
    house_style,
    ramp,
    spread,
    use_style,
)

__all__ = [
    "ACCENT",
    "FAINT",
    "GREY",
    "INK",
    "ONE_COLUMN",
    "SECOND",
    "SEQUENCE",
    "TWO_COLUMNS",
    "dot_intervals",
    "headline",
    "house_style",
    "method_intervals",
    "position_strips",
    "ramp",
    "rate_matrix",
    "specification_curve",
    "spread",
    "stacked_bars",
    "use_style",
]

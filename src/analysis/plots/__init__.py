"""Drawing: every function takes a tidy table and an ``ax``, and returns the ``Axes``."""

from analysis.plots.bars import stacked_bars
from analysis.plots.intervals import dot_intervals
from analysis.plots.keyness import effect_evidence, evidence_line
from analysis.plots.matrix import rate_matrix
from analysis.plots.methods import method_intervals
from analysis.plots.network import collocate_network
from analysis.plots.positions import position_strips
from analysis.plots.rows import label_below, rows_axes, shortened, sparse_ticks
from analysis.plots.shift import word_shift_bars
from analysis.plots.signed_network import signed_network
from analysis.plots.specification_curve import specification_curve
from analysis.plots.style import (
    ACCENT,
    FAINT,
    GREY,
    INK,
    NAMES,
    NOTES,
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
from analysis.plots.trend import trend_bands

__all__ = [
    "ACCENT",
    "FAINT",
    "GREY",
    "INK",
    "NAMES",
    "NOTES",
    "ONE_COLUMN",
    "SECOND",
    "SEQUENCE",
    "TWO_COLUMNS",
    "collocate_network",
    "dot_intervals",
    "effect_evidence",
    "evidence_line",
    "headline",
    "house_style",
    "label_below",
    "method_intervals",
    "position_strips",
    "ramp",
    "rate_matrix",
    "rows_axes",
    "shortened",
    "signed_network",
    "sparse_ticks",
    "specification_curve",
    "spread",
    "stacked_bars",
    "trend_bands",
    "use_style",
    "word_shift_bars",
]

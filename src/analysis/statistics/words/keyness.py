"""Keyness: which words set two corpora apart.

`compare` takes a table of documents and returns every measure side by side. The measures on arrays
stand in `contingency`, `exact`, `effect_size` and `dirichlet` and are gathered here.
"""

from __future__ import annotations

from analysis.statistics.words.contingency import (
    bic,
    chi_squared,
    critical_value,
    expected_counts,
    log_bayes_factor,
    log_likelihood,
    p_value,
    phi,
)
from analysis.statistics.words.dirichlet import log_odds_dirichlet
from analysis.statistics.words.effect_size import (
    conservative_log_ratio,
    difference_coefficient,
    log_ratio,
    odds_ratio,
    percent_diff,
    pointwise_mutual_information,
    relative_risk,
    simple_maths,
)
from analysis.statistics.words.exact import fisher_exact, odds_ratio_conditional
from analysis.statistics.words.keyness_table import compare

__all__ = [
    "bic",
    "chi_squared",
    "compare",
    "conservative_log_ratio",
    "critical_value",
    "difference_coefficient",
    "expected_counts",
    "fisher_exact",
    "log_bayes_factor",
    "log_likelihood",
    "log_odds_dirichlet",
    "log_ratio",
    "odds_ratio",
    "odds_ratio_conditional",
    "p_value",
    "percent_diff",
    "phi",
    "pointwise_mutual_information",
    "relative_risk",
    "simple_maths",
]

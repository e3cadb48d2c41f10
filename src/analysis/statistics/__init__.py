"""Statistics on counts and exposures, with the document or the speaker as the unit.

Rates: `frequency`, `bootstrap`, `rates`. Words that set corpora apart: `keyness`. Two groups:
`group_tests`, `comparison`, `permutation`; regressions: `rate_models`, `beta_binomial`,
`mixed_models`; families of tests: `multiple_testing`; whether a test keeps its level:
`calibration`. Words among words: `dispersion`, `cooccurrence`, `collocation`, `diversity`,
`similarity`, `frame_axis`. Time: `trend`, `smooth`, `change_points`. Coders and instruments:
`agreement`, `validity`, `labelled_sample`. Actors: `network`, `polarisation`. All analyses at
once: `multiverse`.

Functions on arrays are what the published values test; they know nothing of files or plots.
"""

from analysis.statistics import (
    agreement,
    beta_binomial,
    bootstrap,
    calibration,
    change_points,
    collocation,
    comparison,
    cooccurrence,
    dispersion,
    diversity,
    frame_axis,
    frequency,
    group_tests,
    keyness,
    labelled_sample,
    mixed_models,
    multiple_testing,
    multiverse,
    network,
    permutation,
    polarisation,
    rate_models,
    rates,
    similarity,
    smooth,
    trend,
    validity,
)

__all__ = [
    "agreement",
    "beta_binomial",
    "bootstrap",
    "calibration",
    "change_points",
    "collocation",
    "comparison",
    "cooccurrence",
    "dispersion",
    "diversity",
    "frame_axis",
    "frequency",
    "group_tests",
    "keyness",
    "labelled_sample",
    "mixed_models",
    "multiple_testing",
    "multiverse",
    "network",
    "permutation",
    "polarisation",
    "rate_models",
    "rates",
    "similarity",
    "smooth",
    "trend",
    "validity",
]

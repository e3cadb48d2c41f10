"""Statistics on counts and exposures, with the document or the speaker as the unit.

`frequency` rates and their intervals, `bootstrap` whole documents redrawn, `keyness` words that set
two corpora apart, `dispersion`, `collocation` and `cooccurrence`, `diversity`, `similarity`,
`multiple_testing`. Functions on arrays are what the published values test; they know nothing of
files or plots.
"""

from analysis.statistics import (
    agreement,
    bootstrap,
    collocation,
    comparison,
    cooccurrence,
    dispersion,
    diversity,
    frame_axis,
    frequency,
    keyness,
    labelled_sample,
    mixed_models,
    multiple_testing,
    multiverse,
    network,
    rate_models,
    similarity,
    trend,
    validity,
)

__all__ = [
    "agreement",
    "bootstrap",
    "collocation",
    "comparison",
    "cooccurrence",
    "dispersion",
    "diversity",
    "frame_axis",
    "frequency",
    "keyness",
    "labelled_sample",
    "mixed_models",
    "multiple_testing",
    "multiverse",
    "network",
    "rate_models",
    "similarity",
    "trend",
    "validity",
]

"""Statistics on counts and exposures, with the document or the speaker as the unit.

- rates: `frequency`, `bootstrap`, `group_rates`, `rates`
- words that set corpora apart: `keyness`
- two groups: `group_tests`, `comparison`, `permutation`
- regressions: `rate_models`, `beta_binomial`, `mixed_models`
- intervals of a difference or ratio from those of its parts: `recovery`
- families of tests: `multiple_testing`; whether a test keeps its level: `calibration`
- words among words: `dispersion`, `cooccurrence`, `collocation`, `collocates`, `diversity`,
  `similarity`, `shift`, `frame_axis`
- time: `trend`, `smooth`, `change_points`
- coders and instruments: `agreement`, `unitizing`, `validity`, `labelled_sample`
- actors: `network`, `projections`, `polarisation`, `backbone`, `windows`, `uncertainty`
- all analyses at once: `multiverse`, `specifications`

Functions on arrays are what the published values test; they know nothing of files or plots. Each
module is imported when first asked for: some bring heavy libraries along.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

_HOME = {
    "counts": ("bootstrap", "frequency", "group_rates", "rates"),
    "models": ("beta_binomial", "labelled_sample", "mixed_models", "rate_models"),
    "groups": (
        "calibration",
        "comparison",
        "group_tests",
        "multiple_testing",
        "permutation",
        "recovery",
    ),
    "words": (
        "collocates",
        "collocation",
        "cooccurrence",
        "dispersion",
        "diversity",
        "frame_axis",
        "keyness",
        "shift",
        "similarity",
    ),
    "over_time": ("change_points", "smooth", "trend"),
    "coders": ("agreement", "unequal", "unitizing", "validity"),
    "networks": (
        "backbone",
        "comparison_of_networks",
        "network",
        "polarisation",
        "projections",
        "uncertainty",
        "windows",
    ),
    "choices": ("multiverse", "specifications"),
}
_FOLDER = {name: folder for folder, names in _HOME.items() for name in names}

__all__ = [
    "agreement",
    "backbone",
    "beta_binomial",
    "bootstrap",
    "calibration",
    "change_points",
    "collocates",
    "collocation",
    "comparison",
    "comparison_of_networks",
    "cooccurrence",
    "dispersion",
    "diversity",
    "frame_axis",
    "frequency",
    "group_rates",
    "group_tests",
    "keyness",
    "labelled_sample",
    "mixed_models",
    "multiple_testing",
    "multiverse",
    "network",
    "permutation",
    "polarisation",
    "projections",
    "rate_models",
    "rates",
    "recovery",
    "shift",
    "similarity",
    "smooth",
    "specifications",
    "trend",
    "uncertainty",
    "unequal",
    "unitizing",
    "validity",
    "windows",
]


def __getattr__(name: str) -> ModuleType:
    if name in _FOLDER:
        return import_module(f"{__name__}.{_FOLDER[name]}.{name}")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})

"""How sure a stance is: a logistic model of the rules that fired.

The weights are fitted on marks of our own (the demonstration inquiry and the study's codes) by
``benchmarks/stance_confidence.py``, which also says how well they are calibrated. A rule without
a weight counts as none.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

WEIGHTS: dict[str, float] = {
    "": 1.874,
    "another's": -1.382,
    "asserted": 0.262,
    "ccomp passed": 0.147,
    "denied": -0.241,
    "denied: no": -0.548,
    "denied: not": 0.175,
    "denied: pobj turned": -0.297,
    "if": 0.320,
    "marks": 0.667,
    "mentioned": -0.021,
    "modal": 0.924,
    "named": -0.688,
    "negative word": -0.349,
    "no": -0.214,
    "not": -0.213,
    "pobj passed": 0.187,
    "pobj turned": -0.238,
    "question": 0.198,
    "quoted": 0.266,
    "to": 0.272,
    "under verb": 0.538,
    "would be": 0.133,
}
"""Log odds that a stance is right: the constant under the empty name, then one of each feature."""


def features(stance: str, fired: Sequence[str]) -> frozenset[str]:
    """Return what the model looks at.

    Parameters
    ----------
    stance : str
        asserted, denied or mentioned.
    fired : sequence of str
        The rules that said so: see :class:`analysis.voices.Stance`.

    Examples
    --------
    >>> sorted(features("denied", ("not", "ccomp passed")))
    ['ccomp passed', 'denied', 'denied: not', 'not']
    """
    held = {stance, *fired}
    if stance == "denied":
        held |= {f"denied: {name}" for name in fired if name in ("not", "no", "pobj turned")}
    if (
        sum(name in ("not", "no", "nobody", "nothing") or name.endswith("turned") for name in fired)
        > 1
    ):
        held.add("several negations")
    return frozenset(held)


def stance_confidence(stance: str, fired: Sequence[str]) -> float:
    """Return the chance that a stance is right, 0 to 1.

    Parameters
    ----------
    stance : str
    fired : sequence of str
        As :func:`features`.

    Examples
    --------
    >>> 0 < stance_confidence("asserted", ()) < 1
    True
    """
    odds = WEIGHTS[""] + math.fsum(WEIGHTS.get(name, 0.0) for name in features(stance, fired))
    return 1 / (1 + math.exp(-odds))

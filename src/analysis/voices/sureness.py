"""How sure an attribution is: a logistic model of the rules that fired.

The weights are fitted by ``benchmarks/sureness.py`` to texts composed for this project and
marked by their writers, and to no others.
"""

from __future__ import annotations

import math

from analysis.voices.english.assemble import Attribution
from analysis.voices.english.cues import VERBS
from analysis.voices.english.wordlist import words

_PRONOUNS = words("he she it they we i you who which that one some others this these those his her")
_CORE = words("say tell add ask write reply warn insist argue explain announce continue recall")
_FAMILIES = {
    "verb": "verb",
    "predicate": "verb",
    "by": "verb",
    "inverted": "inverted",
    "according to": "according",
    "headline": "headline",
    "act": "act",
    "nobody named": "nobody",
}
"""Rules by family; those not here tie a quotation to what stands beside it."""

WEIGHTS: dict[str, float] = {
    "according": 0.68,
    "act": -2.95,
    "attitude": 0.12,
    "bare object": -0.66,
    "base": 0.03,
    "beside": 0.41,
    "core": 0.33,
    "described": -0.35,
    "direct": -0.19,
    "headline": -0.08,
    "indirect": 0.32,
    "inverted": 1.65,
    "mixed": -0.13,
    "named": 0.96,
    "other verb": -0.16,
    "parsed": -0.05,
    "pronoun": 0.75,
    "that": 0.61,
    "touches": 0.68,
    "unnamed": -1.36,
    "verb": 0.29,
}
"""Log odds that an attribution is right, added up over what is true of it."""


def fired(text: str, attribution: Attribution) -> list[str]:
    """Return what is true of an attribution, as names of weights.

    Parameters
    ----------
    text : str
    attribution : Attribution

    Returns
    -------
    list of str
        Each a key of :data:`WEIGHTS`.
    """
    rule = attribution.rule.removeprefix("parse ")
    family = "act" if rule.endswith(" act") else _FAMILIES.get(rule, "beside")
    found = ["base", family]
    if attribution.rule.startswith("parse "):
        found.append("parsed")
    found.append(attribution.kind)
    if not attribution.speaker:
        found.append("unnamed")
    elif attribution.source:
        source = text[attribution.source[0][0] : attribution.source[0][1]].split()
        if len(source) == 1 and source[0].lower() in _PRONOUNS:
            found.append("pronoun")
        elif source and any(word[:1].isupper() for word in source[-2:]):
            found.append("named")
        else:
            found.append("described")
    if family == "verb" and attribution.cue:
        cue = text[attribution.cue[-1][0] : attribution.cue[-1][1]].split()
        verb = VERBS.get(cue[-1].lower()) if cue else None
        if verb is not None:
            kind = "core" if verb.lemma in _CORE else "attitude" if verb.attitude else "other verb"
            found.append(kind)
            opening = text[attribution.content[0][0] : attribution.content[0][0] + 5].lower()
            if attribution.kind == "indirect" and opening.startswith("that"):
                found.append("that")
            elif verb.thing and attribution.kind == "indirect":
                found.append("bare object")
    if attribution.kind == "direct" and attribution.cue and _touches(text, attribution):
        found.append("touches")
    return found


def _touches(text: str, attribution: Attribution) -> bool:
    """Say whether nothing but a few signs stands between a quotation and who says it."""
    parts = [*attribution.cue, *attribution.source]
    first, last = min(a for a, _ in parts), max(b for _, b in parts)
    return any(
        not any(map(str.isalnum, text[min(b, first) : max(a, first)][:40]))
        if b <= first
        else not any(map(str.isalnum, text[last:a][:40])) and a - last < 5
        for a, b in attribution.content
    )


def sureness(text: str, attribution: Attribution) -> float:
    """Return the chance that an attribution is right: that these words are this speaker's.

    Parameters
    ----------
    text : str
    attribution : Attribution
        With its speaker.

    Returns
    -------
    float
        0 to 1; 1 for a reader's correction.
    """
    if attribution.rule == "corrected":
        return 1.0
    total = sum(WEIGHTS.get(name, 0.0) for name in fired(text, attribution))
    return 1.0 / (1.0 + math.exp(-total))

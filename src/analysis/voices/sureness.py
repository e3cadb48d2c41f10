"""How sure an attribution is: a logistic model of what is true of it.

The weights are fitted by ``benchmarks/sureness.py`` to attributions in Wikinews articles, each
judged right or wrong by a reader (a language model; ``data/voices/wikinews_judged.csv``), and to
texts composed for this project and marked by their writers, and to no others.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence

from analysis.voices.english.assemble import Attribution
from analysis.voices.english.cues import VERBS
from analysis.voices.english.wordlist import words

_CORE = words("say tell add ask write reply warn insist argue explain announce continue recall")
_FAMILIES = {"according to": "according", "headline": "headline", "inverted": "inverted"}
_PAST = words("said told wrote found thought knew felt read")
_UNSAID = words("to could would should may might will must can did does do")
"""First words of cues that often tell what is wished, possible or not said at all."""
_SUBJECTS = words("he she it they there we i you")
_CLAUSE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|will|would|could|can|may|might|should|must|did|does|do|be"
    r"|been)\b|n't\b|\w+ed\b"
)
_FEW, _APART, _LONG = 2, 2, 9

WEIGHTS: dict[str, float] = {
    "according": 1.22,
    "act": -2.29,
    "apart": -1.02,
    "attitude": -0.44,
    "base": -0.11,
    "capital": -1.63,
    "clause": 0.39,
    "core": 0.4,
    "cut": -0.37,
    "direct": 0.33,
    "few": -0.67,
    "full name": 0.62,
    "headline": 0.47,
    "inverted": 0.8,
    "long source": -0.7,
    "midway": -0.36,
    "named": 1.03,
    "parsed": 0.34,
    "past": 0.53,
    "plain": 0.36,
    "pronoun first": 0.89,
    "to first": -1.48,
    "unsaid": -2.01,
}
"""Log odds that an attribution is right, added up over what is true of it."""


def fired(text: str, attribution: Attribution) -> list[str]:
    """Return what is true of an attribution, as names of weights.

    ======================= ==================================================================
    name                    what is true
    ======================= ==================================================================
    according, headline,    the kind of rule
    inverted, act, parsed
    core, attitude          the verb says (say, tell, add …); tells an attitude
    past, plain             the verb ends in -ed or is said, told …; has no ending at all
    capital                 the verb is written with a capital inside its sentence: a name
    unsaid                  the cue begins with "to" or an auxiliary: wished, possible, not said
    direct                  all of the content stands in quotation marks
    few, cut                the content has at most two words; ends inside a sentence
    clause, pronoun first,  indirect content holds a finite verb; opens with a pronoun; opens
    to first                with "to"
    named, full name        the source ends in a name; the speaker's name has two or three words
    long source             the source has more than nine words
    apart, midway           more than two words stand between source and verb; the source stands
                            neither first in its sentence nor after a comma (indirect only)
    ======================= ==================================================================

    Parameters
    ----------
    text : str
    attribution : Attribution

    Returns
    -------
    list of str
        Each a key of :data:`WEIGHTS`; ``base`` always.
    """
    rule = attribution.rule.removeprefix("parse ")
    found = ["base"]
    if rule.endswith(" act"):
        found.append("act")
    elif rule in _FAMILIES:
        found.append(_FAMILIES[rule])
    if attribution.rule.startswith("parse "):
        found.append("parsed")
    if attribution.kind == "direct":
        found.append("direct")
    return [
        *found,
        *_of_cue(text, attribution),
        *_of_source(text, attribution),
        *_of_content(text, attribution),
    ]


def _of_cue(text: str, attribution: Attribution) -> list[str]:
    """Return what is true of the verb."""
    cue = [word for a, b in attribution.cue for word in text[a:b].split()]
    if not cue:
        return []
    found = []
    last = cue[-1].lower()
    verb = VERBS.get(last)
    if attribution.rule.removeprefix("parse ") in ("verb", "predicate", "by") and verb is not None:
        if verb.lemma in _CORE:
            found.append("core")
        elif verb.attitude:
            found.append("attitude")
    if last.endswith("ed") or last in _PAST:
        found.append("past")
    elif not last.endswith(("ing", "s")):
        found.append("plain")
    before = _before(text, attribution.cue[-1][0])
    if cue[-1][0].isupper() and before not in '.?!:"”':
        found.append("capital")
    if cue[0].lower() == "to" or (len(cue) > 1 and cue[0].lower() in _UNSAID):
        found.append("unsaid")
    return found


def _of_source(text: str, attribution: Attribution) -> list[str]:
    """Return what is true of who is said to speak."""
    if not attribution.source:
        return []
    found = []
    start, end = attribution.source[0][0], attribution.source[-1][1]
    source = text[start:end].split()
    if attribution.speaker and any(word[:1].isupper() for word in source[-2:]):
        found.append("named")
    if len(attribution.speaker.split()) in (2, 3):
        found.append("full name")
    if len(source) > _LONG:
        found.append("long source")
    if attribution.kind == "indirect":
        if attribution.cue:
            first, last = attribution.cue[0][0], attribution.cue[-1][1]
            between = text[end:first] if end <= first else text[last:start]
            if len(between.split()) > _APART:
                found.append("apart")
        if _before(text, start) not in '.?!"”:,':
            found.append("midway")
    return found


def _of_content(text: str, attribution: Attribution) -> list[str]:
    """Return what is true of the words given to the speaker."""
    parts: Sequence[str] = [text[a:b] for a, b in attribution.content]
    found = []
    if sum(len(part.split()) for part in parts) <= _FEW:
        found.append("few")
    if attribution.kind == "indirect":
        opening = _first(text, attribution)
        if opening == "to":
            found.append("to first")
        elif opening in _SUBJECTS:
            found.append("pronoun first")
        if any(_CLAUSE.search(part) for part in parts):
            found.append("clause")
    end = attribution.content[-1][1]
    closed = parts[-1].rstrip('"” ')[-1:] in (".", "?", "!")
    if (
        not closed
        and text[end : end + 1] not in (".", "?", "!", ",")
        and text[end : end + 2].strip()
    ):
        found.append("cut")
    return found


def _before(text: str, place: int) -> str:
    """Return the last sign before a place in its line, a full stop where there is none."""
    line = text[max(0, place - 20) : place].rpartition("\n")[2].rstrip()
    return line[-1:] or "."


def _first(text: str, attribution: Attribution) -> str:
    """Return the first word of the content in small letters."""
    start = attribution.content[0][0]
    opening = text[start : start + 30].split(maxsplit=1)
    return opening[0].lower() if opening else ""


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

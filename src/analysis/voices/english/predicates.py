"""Reports whose verb says little: «is adamant that …», «made it clear», «takes the view that …»."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911
from __future__ import annotations

from collections.abc import Sequence

from analysis.voices.english.cues import AUXILIARIES, BE, BOUNDARIES, PREPOSITIONS, Verb
from analysis.voices.english.sentences import Token
from analysis.voices.english.wordlist import words

HOLDING = words(
    """adamant confident convinced unconvinced certain sure unsure satisfied persuaded unpersuaded
    positive emphatic insistent unequivocal categorical sceptical skeptical doubtful hopeful
    optimistic pessimistic fearful afraid worried concerned alarmed anxious troubled relieved glad
    delighted pleased disappointed dismayed appalled furious angry sorry surprised unhappy proud
    aware unaware conscious mindful resigned clear"""
)
"""Adjectives of what somebody holds to be so, or feels about it: «X is … that»."""
_IMPERSONAL = words("clear certain doubtful positive sure unequivocal")
"""Those of them that «it» or «that» may be as well, and then nobody holds anything."""
_REMAIN = words(
    """remain remains remained stay stays stayed seem seems seemed appear appears appeared
    feel feels felt become becomes became grow grows grew"""
)
_MAKE = words("make makes made making")
_HELD = words(
    """view opinion position stance line belief conclusion assumption impression doubt doubts claim
    point assertion allegation argument suggestion accusation concern concerns fear fears hope hopes
    assurance assurances promise commitment admission statement warning prediction case observation
    suspicion suspicions reservation confidence"""
)
"""Nouns of what somebody holds, after a verb that says only that they hold or utter it."""
_ANY = HOLDING | _HELD
_LIGHT = words(
    """have has had take takes took hold holds held of make makes made give gives gave issue
    issues issued reach reaches reached repeat repeats repeated share shares shared to form forms
    formed get gets got retain retains retained by under
    stand stands stood"""
)
_DEGREES = words(
    "it very quite not never so too far from less than more also still equally now always all no"
)
_PHRASES = words("phrase term word words expression slogan label metaphor")
_USING = words("used uses use coined coins invoked invokes shouted chanted employed")
_STANDS = BE | {"came", "stands", "stood"}
_PLAIN = Verb("maintain", "predicate", True, False, False, False, frozenset(), True, True)
_NAMED = Verb("use", "predicate", True, False, False, True, frozenset(), False, False)
_REACH = 5


def predicate(tokens: Sequence[Token], at: int) -> tuple[Verb, int] | None:
    """Return the verb of such a report and where its group begins, if one ends at a word.

    Parameters
    ----------
    tokens : sequence of Token
        Of a sentence.
    at : int
        The adjective or the noun.
    """
    low = tokens[at].low
    if (
        low in ("known", "understood")
        and at > 3
        and at + 1 < len(tokens)
        and tokens[at - 2].low == "it"
        and tokens[at - 3].low in ("let", "lets")
        and tokens[at + 1].low == "that"
    ):
        return _PLAIN, at - 3
    if low in _PHRASES and at > 2 and at + 1 < len(tokens) and tokens[at + 1].quote >= 0:
        return _of_phrase(tokens, at)
    if low not in _ANY or at < 2 or at + 1 >= len(tokens) or tokens[at].capital:
        return None
    if tokens[at + 1].low not in ("that", ":", "whether"):
        return None
    if low in HOLDING:
        return _of_adjective(tokens, at)
    if low in _HELD and tokens[at + 1].low == "that":
        return _of_noun(tokens, at)
    return None


def _of_phrase(tokens: Sequence[Token], at: int) -> tuple[Verb, int] | None:
    """Return «used the phrase» of «Ann Moss used the phrase "…"»."""
    begin = at - 2
    if tokens[begin].low not in _USING or tokens[at - 1].low not in ("the", "that", "a"):
        return None
    if tokens[begin - 1].low in PREPOSITIONS or not tokens[begin - 1].word:
        return None
    return _NAMED, begin


def _of_adjective(tokens: Sequence[Token], at: int) -> tuple[Verb, int] | None:
    begin = at
    while begin > 1 and begin > at - _REACH:
        before = tokens[begin - 1]
        if before.low in BE or before.low in _REMAIN:
            nobody = tokens[begin - 2].low in ("it", "that", "this", "there", "what", "which")
            return None if nobody and tokens[at].low in _IMPERSONAL else (_PLAIN, begin - 1)
        if tokens[at].low == "clear" and (before.low in _MAKE):
            return _PLAIN, begin - 1
        if not (before.low in _DEGREES or (before.word and before.low.endswith("ly"))):
            return None
        begin -= 1
    return None


def _of_noun(tokens: Sequence[Token], at: int) -> tuple[Verb, int] | None:
    for begin in range(at - 1, max(0, at - _REACH), -1):
        low = tokens[begin].low
        if low in _LIGHT:
            if low in ("of", "to", "by", "under"):
                return (_PLAIN, begin - 1) if tokens[begin - 1].low in _STANDS else None
            return _PLAIN, begin
        closed = low in AUXILIARIES or low in PREPOSITIONS or low in BOUNDARIES
        if closed or not tokens[begin].word or tokens[begin].capital or low.endswith(("'s", "s'")):
            return None
    return None

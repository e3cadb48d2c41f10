"""Reports in the passive: «it was claimed by X that …», «was described by X as …»."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911
from __future__ import annotations

from collections.abc import Callable, Sequence

from analysis.voices.english.cues import AUXILIARIES, DENYING, TIMES, Verb
from analysis.voices.english.phrases import noun_phrase
from analysis.voices.english.polarity import CLAIM
from analysis.voices.english.reporting import Clause, Range
from analysis.voices.english.right_side import END
from analysis.voices.english.sentences import Token
from analysis.voices.english.wordlist import words

_REACH = 16
"""Words after a verb within which «by» names who speaks."""
_MEANS = words("telephone phone email e-mail text letter video fax post satellite then now means")
_NOBODY = _MEANS | TIMES
_JUDGED = {
    "accuse": ("of",), "criticise": ("for", "over"), "criticize": ("for", "over"),
    "blame": ("for",), "condemn": ("for", "over"), "attack": ("for", "over"), "praise": ("for",),
    "denounce": ("for", "over"), "commend": ("for",), "warn": ("of", "about", "against"),
    "ridicule": ("for",), "mock": ("for",), "rebuke": ("for",), "thank": ("for",),
    "challenge": ("over", "on"), "credit": ("with",), "charge": ("with",), "question": ("about",),
}  # fmt: skip
"""What a verb says of its subject follows one of these prepositions."""

_BEFORE_LABEL = frozenset(["as", "a", "an", "the", "its", "their"])
_OPENS = frozenset(["that", "whether", "how", "why", "as"])

Agent = Callable[[Sequence[Token], int, int], Range | None]
"""Finds the noun phrase after a word: who «by» names."""


def passive(
    tokens: Sequence[Token], begin: int, at: int, verb: Verb, agent: Agent
) -> Clause | None:
    """Return the clause of a verb in the passive whose «by» names who speaks."""
    by = next((n for n in range(at + 1, min(len(tokens) - 1, at + _REACH)) if _names(tokens, n)), 0)
    if not by:
        return None
    source = agent(tokens, by, len(tokens))
    if source is None:
        return None
    source = source[0], _short(tokens, source, verb)
    if source[1] <= source[0]:
        return None
    content = _content(tokens, (begin, at, by), verb, source)
    if not content:
        return None
    return Clause(verb, begin, at, "passive", source, False, content, "by")


def labelled(tokens: Sequence[Token], begin: int, at: int, verb: Verb) -> bool:
    """Say whether «dubbed "…" by Ann Moss» tells, with no helping verb, what she calls a thing."""
    if not verb.thing or verb.form not in ("past", "participle"):
        return False
    if any(token.low in AUXILIARIES for token in tokens[begin:at]):
        return False
    for number in range(at + 1, min(len(tokens) - 2, at + 4)):
        if tokens[number].quote >= 0:
            return _names(tokens, number + 1)
        if tokens[number].low not in _BEFORE_LABEL:
            return False
    return False


def _names(tokens: Sequence[Token], at: int) -> bool:
    """Say whether «by» stands at a place and names somebody, not a means, a time or a deed."""
    if tokens[at].low != "by":
        return False
    after = tokens[at + 1]
    return (
        after.word
        and after.low not in _NOBODY
        and not after.low.endswith("ing")
        and not after.text[0].isdigit()
    )


def _short(tokens: Sequence[Token], source: Range, verb: Verb) -> int:
    """Return where who speaks ends: before «of hiding» after «accused by two employees»."""
    opens = _JUDGED.get(verb.lemma, ())
    for at in range(source[0] + 1, source[1]):
        if tokens[at].low in opens or tokens[at].low in _OPENS:
            return at
    return source[1]


def _content(
    tokens: Sequence[Token], places: tuple[int, int, int], verb: Verb, source: Range
) -> list[Range]:
    """Return what is reported: a quotation, a clause, what something is called.

    ``places``: where the verb's group begins, the verb, and «by».
    """
    begin, at, by = places
    stop = len(tokens)
    while stop and tokens[stop - 1].text in END:
        stop -= 1
    end = source[1]
    if tokens[end - 1].text == ",":
        source = source[0], end - 1
    if end < stop and tokens[end].text == ",":
        ahead = range(end + 1, min(stop - 1, end + 7))
        end = next(
            (n + 1 for n in ahead if tokens[n].text == "," and tokens[n + 1].low == "that"), end
        )
    after = tokens[end].low if end < stop else ""
    quoted = next((n for n in range(at + 1, stop) if tokens[n].quote >= 0), 0)
    told = verb.hearer or (verb.clause and begin and tokens[begin - 1].low in ("it", "fears"))
    if told and after in ("that", "whether", "how", "why", "to"):
        comma = next((n for n in range(end, stop) if not at and tokens[n].text == ","), stop)
        return [(end, comma)]
    if told and verb.clause and not verb.hearer and end < stop and tokens[end].word:
        return [(end, stop)]
    if verb.clause and after == "to":
        return [(end, stop)]
    claimed = _claims(tokens, begin) if tokens[at].low in DENYING or verb.thing else None
    before = [claimed] if claimed is not None and tokens[at].low in DENYING else []
    if verb.thing and quoted and quoted < by:
        return [*before, (at + 1 + (tokens[at + 1].low == "as"), by)]
    if verb.thing and tokens[at + 1].low == "as" and at + 2 < by:
        return [*before, (at + 2, by)]
    if verb.thing and after == "as" and end + 1 < stop:
        return [*before, (end + 1, _closed(tokens, end + 1, stop))]
    if after in _JUDGED.get(verb.lemma, ()) and end + 1 < stop:
        return [(end + 1, _closed(tokens, end + 1, stop))]
    if verb.thing and quoted and quoted <= end + 1:
        return [*before, (quoted, quoted + 1)]
    return before


def _claims(tokens: Sequence[Token], begin: int) -> Range | None:
    """Return the subject of «claims that it spied were rejected», if it is a claim."""
    for at in range(begin):
        if tokens[at].low in CLAIM:
            first = noun_phrase(tokens, at, 0)
            return (first[0] if first else at, begin)
        if tokens[at].low in AUXILIARIES or tokens[at].text in (",", ";"):
            return None
    return None


def _closed(tokens: Sequence[Token], begin: int, stop: int) -> int:
    """Return where what something is called ends: before a comma or a new clause."""
    for at in range(begin + 1, stop):
        if tokens[at].text in (",", ";") or tokens[at].low in ("but", "who", "while", "although"):
            return at
    return stop

"""Phrases by word order alone: verb groups, noun phrases, subjects, the reading of a verb."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

from collections.abc import Sequence

from analysis.voices.english.cues import (
    ADVERBS,
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    NOUN_TOO,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    VERBS,
)
from analysis.voices.english.insertions import before_insertion, nickname
from analysis.voices.english.names import ROLES
from analysis.voices.english.sentences import Token
from analysis.voices.english.wordlist import words

DATA = words(
    """poll polls survey surveys study studies report reports result results data figures statistics
    records analysis research documents document email emails files numbers average findings
    review count tally census index filings memo memos papers paper minutes"""
)
"""Nouns of what says something by what it shows."""


_AGO = words(
    """ago less more than about almost just over nearly a an few several couple of two three four
    five six ten minutes hour hours day days week weeks month months year years decade decades"""
)
_LONGEST_INNER = 40
_CALLED = words("was were is are be been it him her them")
KEEPS = words("keeps kept keep started starts began begins continued continues stopped resumed")
_NOUNS_IN_LY = words("family assembly supply reply rally bully anomaly monopoly melancholy apply")
_AUXILIARIES_OR_COMMA = AUXILIARIES | {","}


def adverb(token: Token) -> bool:
    """Say whether a token is an adverb that may stand in a verb group."""
    return token.word and (
        token.low in ADVERBS
        or (
            token.low.endswith("ly")
            and not token.capital
            and len(token.low) > 4
            and token.low not in _NOUNS_IN_LY
        )
    )


def _surname(tokens: Sequence[Token], at: int, verb: int) -> bool:
    """Say whether «Will» or «May» before a verb is somebody's name: no auxiliary stands so."""
    form = VERBS[tokens[verb].low].form if tokens[verb].low in VERBS else ""
    named = tokens[at].capital and tokens[at].low in ("will", "may", "might")
    return named and form in ("past", "third")


def group(tokens: Sequence[Token], at: int) -> int:
    """Return where the verb group that ends at a verb begins."""
    begin = at
    while begin > 0:
        token = tokens[begin - 1]
        if _surname(tokens, begin - 1, at):
            break
        since = token.low == "since" and begin == at and begin > 1
        since = since and tokens[begin - 2].low in _AUXILIARIES_OR_COMMA
        keeps = token.low in KEEPS and begin == at and tokens[at].low.endswith("ing")
        if not (token.word and (token.low in AUXILIARIES or adverb(token) or since or keeps)):
            before = before_insertion(tokens, begin)
            if not before:
                break
            begin = before
        begin -= 1
    while begin < at and adverb(tokens[begin]) and tokens[begin].low in TIMES:
        begin += 1
    return begin


def noun_phrase(tokens: Sequence[Token], last: int, floor: int) -> tuple[int, int] | None:
    """Return the token range ``[a, b)`` of the noun phrase whose last token is ``last``."""
    end = last + 1
    if last < floor:
        return None
    while last >= floor and tokens[last].low in TIMES and tokens[last].low not in ("may", "march"):
        last -= 1
        if last >= floor and tokens[last].low in ("on", "in", "late", "early"):
            last -= 1
        end = last + 1
    if last > floor and tokens[last].low == "ago":
        while last > floor and tokens[last].low in _AGO:
            last -= 1
        end = last + 1
    if last < floor or not (tokens[last].word or tokens[last].text in ")%"):
        return None
    if tokens[last].low in PRONOUNS and tokens[last].low != "who":
        return last, end
    at = last
    while at >= floor:
        token = tokens[at]
        if token.text == ")":
            back = at
            while back > floor and tokens[back].text != "(":
                back -= 1
            at = back - 1
            continue
        if token.quote >= 0:
            if at > floor and _within_phrase(tokens, at):
                at -= 1
                continue
            break
        if not token.word and token.text not in "%$&/'’#@.":
            break
        low = token.low
        if low in ("and", "or"):
            before, after = tokens[at - 1], tokens[at + 1]
            plain = before.capital or not after.capital or before.low in ROLES
            if at - 1 < floor or not (before.word and plain):
                break
            if before.low in TIMES or before.low in AUXILIARIES or before.low in PRONOUNS:
                break
        elif (
            low in BOUNDARIES
            or (low in AUXILIARIES and low not in ("to", "'s", "may", "will"))
            or (low in PRONOUNS and low != "who")
            or (low == "to" and at > floor and tokens[at + 1].low in VERBS)
        ):
            break
        elif at < last and low in VERBS and low not in NOUN_TOO and VERBS[low].form != "base":
            if VERBS[low].form in ("past", "third") and tokens[at - 1].low not in DETERMINERS:
                break
            if VERBS[low].form == "ing" and not _named_thing(tokens, at):
                break
        at -= 1
    begin = at + 1
    while begin < end and (
        tokens[begin].low in PREPOSITIONS
        or (adverb(tokens[begin]) and tokens[begin].low not in ("all", "both"))
        or tokens[begin].low in ("to", "and", "or")
        or not tokens[begin].word
    ):
        begin += 1
    return (begin, end) if begin < end else None


def _within_phrase(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a quotation is part of a noun phrase: «the "honest broker" test», a nickname."""
    token = tokens[at]
    if token.end - token.start >= _LONGEST_INNER or at + 1 >= len(tokens):
        return False
    if not tokens[at + 1].word:
        return False
    if tokens[at - 1].low in DETERMINERS or nickname(tokens, at):
        return at < 2 or tokens[at - 2].low not in _CALLED
    after = tokens[at + 1]
    return tokens[at - 1].word and not after.capital and after.low not in DETERMINERS


def _named_thing(tokens: Sequence[Token], at: int) -> bool:
    """Say whether an -ing form is a noun: «a job posting on …», «the ruling of …»."""
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    owned = at > 0 and tokens[at - 1].low in ("a", "the", "an", "this", "that")
    owned = owned or (at > 1 and tokens[at - 2].low in ("a", "an"))
    return owned and after in ("on", "of", "in", "at", "by", "from")


def apposed(tokens: Sequence[Token], comma: int, floor: int) -> tuple[int, int] | None:
    """Return the subject before «, a doctor,» or «, who lost,» that ends at a comma."""
    back = comma - 1
    while back > floor and tokens[back].text != ",":
        back -= 1
    opening = next((n for n in range(back, floor - 1, -1) if tokens[n].quote >= 0), -1)
    if (
        opening >= 0
        and comma - opening < 30
        and opening < back
        and not any(
            item.low in AUXILIARIES - {"to"} or item.low in BOUNDARIES - {"and", "or"}
            for item in tokens[opening + 1 : comma]
        )
    ):
        return opening + 1, comma
    if back <= floor or tokens[back].text != ",":
        return None
    inner = tokens[back + 1]
    if inner.low in BOUNDARIES and inner.low not in ("whose", "which", "whom"):
        return None
    if inner.low.endswith("ing") and not inner.capital:
        return None
    before = tokens[back - 1]
    if not before.word and before.text != ")":
        return None
    found = noun_phrase(tokens, back - 1, floor)
    if found is None:
        return None
    if inner.low in PRONOUNS and inner.low != "who":
        return None
    return found[0], comma

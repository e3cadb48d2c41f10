"""The subject a sentence opens with, datelines and opening phrases skipped."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0912, PLR0915
from __future__ import annotations

from collections.abc import Sequence

from analysis.voices.english.cues import (
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    NOUN_TOO,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    VERB_FORMS,
    VERBS,
)
from analysis.voices.english.phrases import adverb
from analysis.voices.english.sentences import Token
from analysis.voices.english.wordlist import words

_ASIDE = words("aside apart thanks owing due here there")
_PUT = words(
    """asked pressed questioned quizzed challenged urged invited pushed told warned informed
    reminded confronted faced shown given"""
)
"""Participles that open a sentence with what was put to its subject."""
_SPANS = words("seconds minutes hours days weeks months years moments decades")


def dateline(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Return the token after «LONDON, Ohio —» or «Leeds (PA) –» at a start, else the place."""
    if at < limit and tokens[at].text.isupper() and len(tokens[at].text) > 1:
        for position in range(at + 1, min(limit, at + 12)):
            if tokens[position].text in ("—", "–", "-", "--"):
                return position + 1
    ahead = range(at + 1, min(limit - 2, at + 5)) if at < limit and tokens[at].capital else ()
    for position in ahead:
        if tokens[position].text == "(":
            agency = tokens[position + 1].text.isupper() and tokens[position + 2].text == ")"
            dash = position + 3 < limit and tokens[position + 3].text in ("—", "–", "-", "--")
            return position + 4 if agency and dash else at
        if not tokens[position].capital:
            return at
    return at


def _time_phrase(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Return the comma after «a few days later,» at a place, or 0."""
    if at < limit and tokens[at].capital and at and tokens[at].low not in TIMES:
        return 0
    opens = at < limit and (
        tokens[at].low in TIMES
        or tokens[at].low in DETERMINERS
        or tokens[at].low in PREPOSITIONS
        or tokens[at].low in _SPANS
    )
    if not opens and not (at < limit and tokens[at].text[0].isdigit()):
        return 0
    for position in range(at + 1, min(limit, at + 7)):
        if tokens[position].text == ",":
            last = tokens[position - 1].low
            return position if last in TIMES or last in ("ago", "days", "hours") else 0
        if not tokens[position].word:
            return 0
    return 0


def _past_time(tokens: Sequence[Token], at: int, limit: int) -> int:
    """Return the token after an opening word, or after «On Friday» where no comma follows it."""
    end = at + 1
    while end < limit and (tokens[end].low in TIMES or tokens[end].text.isdigit()):
        end += 1
    return end if end < limit else at + 1


def _after_asked(tokens: Sequence[Token], limit: int) -> int:
    """Return where «Asked which, if any, he liked, he said» goes on after its opening, or 0."""
    for at in range(limit - 2, 0, -1):
        after = tokens[at + 1]
        if tokens[at].text == "," and (
            after.capital or after.low in PRONOUNS or after.low in DETERMINERS
        ):
            return at + 1
    return 0


def first_subject(tokens: Sequence[Token], limit: int) -> tuple[int, int] | None:
    """Return the first noun phrase of a sentence, an opening phrase before a comma skipped."""
    at = 0
    while at < limit and tokens[at].quote < 0 and not tokens[at].word:
        at += 1
    at = dateline(tokens, at, limit)
    if at < limit:
        comma = _time_phrase(tokens, at, limit)
        if comma:
            at = comma + 1
    if at == 0 and limit and tokens[0].low in _PUT and (asked := _after_asked(tokens, limit)):
        at = asked
    if at < limit and (
        tokens[at].low in PREPOSITIONS
        or tokens[at].low in BOUNDARIES
        or adverb(tokens[at])
        or tokens[at].low in _ASIDE
        or tokens[at].low.endswith("ing")
    ):
        following = tokens[at + 1] if at + 1 < limit else None
        simple = tokens[at].low in ("but", "and", "so", "yet", "or", "nor") or (
            adverb(tokens[at])
            and following is not None
            and not following.low.endswith("ing")
            and following.low not in PREPOSITIONS
            and following.low not in BOUNDARIES
        )
        comma = at
        if simple and at + 1 < limit and tokens[at + 1].text != ",":
            at += 1
            comma = _time_phrase(tokens, at, limit)
            if comma:
                at = comma + 1
            elif tokens[at].low in ("in", "on") and tokens[at + 1].low in TIMES:
                at = _past_time(tokens, at, limit)  # Yet in June 2013 we
        else:
            while comma < limit and tokens[comma].text != ",":
                comma += 1
            at = comma + 1 if comma < limit else _past_time(tokens, at, limit)
    if at >= limit or not tokens[at].word:
        return None
    if tokens[at].low in PRONOUNS:
        return at, at + 1
    end = at
    while end < limit:
        token = tokens[end]
        low = token.low
        if token.text in ("(",):
            while end < limit and tokens[end].text != ")":
                end += 1
            end += 1
            continue
        if not token.word or low in BOUNDARIES or low in AUXILIARIES:
            break
        follows = end > at and (
            tokens[end - 1].low in DETERMINERS or tokens[end - 1].low.endswith(("'s", "s'"))
        )
        if adverb(token) and not follows:
            break
        if end > at and not token.capital:
            verb = VERBS.get(low)
            if verb is not None and low not in NOUN_TOO:
                break
            if low.endswith("ed") or (low in PREPOSITIONS and low not in ("of", "for", "in", "at")):
                break
            if low in VERB_FORMS:
                break
            if (
                tokens[end - 1].capital
                and tokens[at].low not in DETERMINERS
                and not tokens[end - 1].low.endswith(("'s", "s'"))
                and low not in PREPOSITIONS
                and not any(item.capital for item in tokens[end + 1 : min(limit, end + 3)])
            ):
                break
        end += 1
        if end - at > 12:
            break
    if all(token.low in DETERMINERS for token in tokens[at:end]):
        return None
    return (at, end)

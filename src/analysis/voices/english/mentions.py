"""Capitalised names in a text, where they stand and how."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

from analysis.voices.english import wordlist
from analysis.voices.english.common_nouns import common_noun
from analysis.voices.english.cues import (
    ADVERBS,
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    VERB_FORMS,
    VERBS,
)
from analysis.voices.english.insertions import nickname
from analysis.voices.english.names import BODY_WORDS, FEMALE, MALE, ROLES, TITLES
from analysis.voices.english.sentences import Sentence, Token

_NO_NAME = (
    BOUNDARIES
    | PREPOSITIONS
    | DETERMINERS
    | PRONOUNS
    | AUXILIARIES
    | ADVERBS
    | TIMES
    | wordlist.words("yes there here some however meanwhile asked according")
) - {"will", "may", "mark", "april", "june", "august"}
INNER = wordlist.words(
    "de van von der den ter ten al el bin ibn ap la le los las di da do dos das del della du y zu"
)
"""Small words within a name, such as «von der» and «de la»."""
_LETTERS = frozenset(
    ["KC", "QC", "MP", "MEP", "MSP", "CBE", "OBE", "MBE", "KBE", "PhD", "MD", "TD"]
)
"""Letters after a name that are no part of it."""
_PAPERS = wordlist.words(
    "times mail express mirror telegraph post herald world star sun tribune independent people"
)
_LONGEST_NAME = 9
_CLOSED = PREPOSITIONS | TIMES | BOUNDARIES
_OFFICE_ENDING = re.compile(
    r"(?:man|woman|person|member|master|mistress|keeper|er|or|ist|ian|eer|ary)$"
)


@dataclass(slots=True)
class Mention:
    """A capitalised name where it stands: token range of a sentence, and what it may be."""

    sentence: int
    begin: int
    end: int
    start: int
    words: tuple[str, ...]
    title: str
    subject: bool
    possessive: bool
    after_the: bool
    office: bool = False
    """Whether an office with its place stands before it, as in «President of Chile Ana Rojas»."""


def bare(word: str) -> str:
    """Return a word without possessive ending and trailing stop."""
    for ending in ("'s", "’s", "'", "’"):
        if word.endswith(ending):
            return word[: -len(ending)]
    return word


def _verbish(token: Token) -> bool:
    low = token.low
    return (
        token.word
        and not token.capital
        and (
            low in AUXILIARIES
            or low in VERBS
            or low in VERB_FORMS
            or low.endswith("ed")
            or low in ADVERBS
        )
    )


def _after_title(tokens: Sequence[Token], at: int, end: int) -> tuple[int, str]:
    """Return where a name begins after its titles and offices, and the last title."""
    for position in range(end - 2, at - 1, -1):
        low = tokens[position].low.rstrip(".")
        rest = tokens[position + 1 : end]
        given = bare(low) in MALE or bare(low) in FEMALE
        if any(bare(item.low) in BODY_WORDS for item in rest[given:]):
            break
        if low in TITLES or low in ROLES:
            return position + 1, low
        if (
            given
            and position > at
            and end - position > 1
            and not tokens[position].low.endswith("'s")
        ):
            before = tokens[position - 1]
            letters = before.text.isupper() and len(before.text) > 1 and before.text[-1] != "."
            if bare(before.low) in BODY_WORDS or letters or bare(before.low) in ROLES:
                return position, ""
    return at, ""


def _inner(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a small word stands within a name: one that a capital follows, or another."""
    for position in range(at, min(len(tokens), at + 3)):
        if tokens[position].capital:
            return position > at
        if tokens[position].low not in INNER:
            return False
    return False


def _after_office(tokens: Sequence[Token], at: int, begin: int, end: int) -> int:
    """Return where the name begins in «President of Chile Ana Rojas», or 0."""
    if at < 2 or end - at < 3 or tokens[at - 1].low not in ("of", "for", "on", "to"):
        return 0
    office = tokens[at - 2].low.rstrip(".")
    if office not in ROLES and office not in TITLES:
        return 0
    if begin > at:
        return begin
    lows = [bare(item.low) for item in tokens[begin:end]]
    for position in range(1, len(lows) - 1):
        if lows[position] in MALE or lows[position] in FEMALE:
            return begin + position
    if lows[-1] in BODY_WORDS or tokens[end - 1].low.endswith(("'s", "s'")):
        return 0
    return end - 2


def _surnames(sentences: Sequence[Sentence]) -> set[str]:
    """Return the words that follow a first name, however ordinary they are."""
    return {
        bare(later.low)
        for sentence in sentences
        for first, second, third in zip(
            sentence.tokens, sentence.tokens[1:], (*sentence.tokens[2:], None), strict=False
        )
        if first.capital and second.capital and (first.low in MALE or first.low in FEMALE)
        for later in (second, third)
        if later is not None and later.capital
    }


def _untold_title(
    tokens: Sequence[Token],
    at: int,
    end: int,
    common: set[str],
    shorter: Callable[[], set[tuple[str, str]]],
) -> bool:
    """Say whether the first word of a name is an office that no list holds: «Seneschal Udo Brandt».

    A given name follows it, or the text has the word in small letters, or its ending says so and
    the text has the name without it: «Peregrine St. John» is «St. John» elsewhere and keeps his.
    """
    low, rest = tokens[at].low, [bare(token.low) for token in tokens[at + 1 : end]]
    if low in MALE or low in FEMALE or low in BODY_WORDS or not tokens[at].word:
        return False
    if any(word in BODY_WORDS or word in INNER for word in rest) or tokens[at].text.isupper():
        return False
    given, ending = rest[0] in MALE or rest[0] in FEMALE, bool(_OFFICE_ENDING.search(low))
    if len(rest) == 2 and (low in common or (ending and (rest[0], rest[1]) in shorter())):
        return True
    return given and (len(rest) == 2 or ending)


def _pairs(sentences: Sequence[Sentence]) -> set[tuple[str, str]]:
    """Return the names of two words that stand alone: a small word or a sign on either side."""
    found = set()
    for sentence in sentences:
        padded = (None, *sentence.tokens, None)
        for before, first, second, after in zip(
            padded, padded[1:], padded[2:], padded[3:], strict=False
        ):
            if first is None or second is None or not (first.capital and second.capital):
                continue
            if not (before is not None and before.capital) and not (
                after is not None and after.capital
            ):
                found.add((first.low, bare(second.low)))
    return found


def _lasts(sentences: Sequence[Sentence]) -> set[str]:
    """Return the words that follow another word with a capital: «Snow» where «John Snow» is met."""
    return {
        bare(second.low)
        for sentence in sentences
        for first, second in pairwise(sentence.tokens)
        if first.capital and second.capital
    }


def _office(word: str, common: set[str]) -> bool:
    """Say whether a capitalised word is an office or an ordinary word rather than a name."""
    if word in ROLES or word in TITLES:
        return True
    return word in common and word not in MALE and word not in FEMALE and word not in BODY_WORDS


def _sunday(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a day belongs to the name of a paper: «the Sunday Times»."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return tokens[at].low in TIMES and after is not None and after.capital and after.low in _PAPERS


def mentions(sentences: Sequence[Sentence]) -> list[Mention]:
    """Return every capitalised name outside quotation marks, in order."""
    found: list[Mention] = []
    common = {
        item.low for sentence in sentences for item in sentence.tokens if item.text == item.low
    }
    surnames, lasts, shorter = (
        _surnames(sentences),
        _lasts(sentences),
        cache(lambda: _pairs(sentences)),
    )
    for number, sentence in enumerate(sentences):
        tokens = sentence.tokens
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if not token.capital or (token.low in _NO_NAME and not _sunday(tokens, at)):
                at += 1
                continue
            end = at
            while end < min(len(tokens), at + _LONGEST_NAME):
                item = tokens[end]
                inner = end > at and (_inner(tokens, end) or nickname(tokens, end))
                verb = VERBS.get(item.low) if end > at else None
                if verb is not None and verb.form == "third" and tokens[end - 1].low != "united":
                    break
                if not (item.capital or inner) or (item.low in _NO_NAME and end > at and not inner):
                    break
                end += 1
                if item.low.endswith(("'s", "’s")):
                    break
            begin, title = _after_title(tokens, at, end)
            last = end
            while last - begin > 2 and tokens[last - 1].text in _LETTERS:
                last -= 1
            if begin == at and last - at > 2 and _untold_title(tokens, at, last, common, shorter):
                begin, title = at + 1, tokens[at].low
            office = _after_office(tokens, at, begin, end)
            begin = office or begin
            words = tuple(bare(item.text) for item in tokens[begin:last] if item.quote < 0)
            if (
                not words
                or all(
                    word.lower() not in surnames and _office(word.lower().rstrip("."), common)
                    for word in words
                )
                or (
                    at == 0
                    and end == 1
                    and words[0].lower() not in lasts
                    and common_noun(tokens[0].low)
                )
            ):
                at = end
                continue
            after = tokens[end] if end < len(tokens) else None
            later = tokens[end + 1] if end + 1 < len(tokens) else None
            subject = after is not None and (
                _verbish(after)
                or (after.text in (",", "(") and at <= 1)
                or (
                    after.text == ","
                    and later is not None
                    and (later.low in ("who", "a", "the") or _verbish(later))
                )
            )
            before = tokens[at - 1] if at else None
            if before is not None and before.low in PREPOSITIONS:
                subject = False
            if before is not None and before.low in VERBS and before.low not in BOUNDARIES:
                inverted = at >= 2 and (tokens[at - 2].quote >= 0 or tokens[at - 2].text == ",")
                subject = inverted or (subject and before.low in ("said", "says", "that"))
            found.append(
                Mention(
                    number,
                    at,
                    end,
                    tokens[begin].start,
                    words,
                    title,
                    subject,
                    tokens[end - 1].low.endswith(("'s", "s'")),
                    before is not None and before.low in ("the", "a", "an"),
                    bool(office),
                )
            )
            at = end
    return found


def whole_name(tokens: Sequence[Token], begin: int) -> int:
    """Return where a name begins whose small words or hyphens the parser stumbles over."""
    at = begin
    while at > 0 and tokens[at].capital | (tokens[at].low in INNER) | (tokens[at].quote >= 0):
        before = tokens[at - 1]
        small = before.low in INNER and at > 1
        if not (small or nickname(tokens, at - 1) or (before.capital and before.word)):
            break
        at -= 1
    if at == begin or not tokens[at].capital or tokens[at].low in _CLOSED:
        return begin
    inside = tokens[at:begin]
    return at if any(t.low in INNER or t.quote >= 0 or "-" in t.text for t in inside) else begin

"""Reports that open with «As Ann Moss wrote in her book, …» or close with «as told by …»."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.voices.english.clauses import spans, trim
from analysis.voices.english.cues import BOUNDARIES, PREPOSITIONS, PRONOUNS, VERBS
from analysis.voices.english.phrases import adverb, noun_phrase
from analysis.voices.english.reporting import Report
from analysis.voices.english.sentences import Token
from analysis.voices.english.wordlist import words

_TOLD = words("reported noted described told explained revealed recounted stated argued documented")
_FEW = 14


def as_told(tokens: Sequence[Token], number: int) -> Report | None:
    """Return the report of a sentence with such an opening or close.

    Parameters
    ----------
    tokens : sequence of Token
        Of a sentence in which no other report was found.
    number : int
        Of the sentence.
    """
    if tokens[0].low == "as":
        comma = next((n for n, item in enumerate(tokens[:_FEW]) if item.text == ","), 0)
        content = trim(tokens, comma + 1, len(tokens))
        found = _by(tokens, 1, comma) or _subject(tokens, comma)
    else:
        begin = next((n for n in range(len(tokens) - 1, 3, -1) if tokens[n].low == "as"), 0)
        comma = begin - 1 if begin and tokens[begin - 1].text == "," else 0
        content = trim(tokens, 0, comma)
        found = _by(tokens, begin + 1, len(tokens)) if comma else None
    if not comma or found is None or content[0] >= content[1]:
        return None
    cue, source = found
    spoken = spans(tokens, [content])
    return Report(number, spans(tokens, [cue]), spans(tokens, [source]), spoken, "opening phrase")


def _by(
    tokens: Sequence[Token], at: int, stop: int
) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return verb and source of «first reported by the Herald»."""
    while at < stop and (adverb(tokens[at]) or tokens[at].low == "was"):
        at += 1
    if at + 2 >= stop or tokens[at].low not in _TOLD or tokens[at + 1].low != "by":
        return None
    end = at + 2
    while end < stop and tokens[end].word and tokens[end].low not in PREPOSITIONS | BOUNDARIES:
        end += 1
    return ((at, at + 2), (at + 2, end)) if end > at + 2 else None


def _subject(tokens: Sequence[Token], comma: int) -> tuple[tuple[int, int], tuple[int, int]] | None:
    """Return verb and source of «As Ann Moss wrote in her book,»."""
    for at in range(2, comma):
        verb = VERBS.get(tokens[at].low)
        if verb is None or not verb.clause or verb.attitude or verb.form not in ("past", "third"):
            continue
        after = tokens[at + 1]
        if not (after.text == "," or after.low in PREPOSITIONS or after.low in ("it", "last")):
            return None
        found = noun_phrase(tokens, at - 1, 1)
        if found is None or found[0] != 1 or tokens[1].low in PRONOUNS:
            return None
        return (at, at + 1), found
    return None

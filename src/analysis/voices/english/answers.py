"""Whose quotation it is by a noun after it: «"...," came the reply from Ann Moss»."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.voices.english.cues import BOUNDARIES
from analysis.voices.english.reporting import Span
from analysis.voices.english.sentences import Token
from analysis.voices.english.wordlist import words

_ANSWERS = words(
    """reply answer response verdict view comment reaction retort message summary assessment
    judgment judgement conclusion advice warning cry call refrain description motto"""
)
"""Nouns of what somebody says."""


def whose(tokens: Sequence[Token], at: int) -> Span | None:
    """Return whose quotation ends before a word.

    Ann Moss, of «"...," came the reply from Ann Moss» and «"..." was Ann Moss's verdict».

    Parameters
    ----------
    tokens : sequence of Token
        Of a sentence that the quotation opens.
    at : int
        The word after the quotation.
    """
    if tokens[at].low in ("came", "comes"):
        return _from(tokens, at)
    if tokens[at].low not in ("is", "was"):
        return None
    for end in range(at + 1, min(len(tokens) - 1, at + 7)):
        if tokens[end].low.endswith(("'s", "s'")):
            if not any(token.low in _ANSWERS for token in tokens[end + 1 : end + 4]):
                return None
            ending = 2 if tokens[end].low.endswith("'s") else 1
            return tokens[at + 1].start, tokens[end].end - ending
        if not tokens[end].word:
            return None
    return None


def _from(tokens: Sequence[Token], at: int) -> Span | None:
    ahead = range(at + 2, min(len(tokens) - 1, at + 6))
    begin = next((n + 1 for n in ahead if tokens[n].low in ("from", "of")), 0)
    if not begin or not any(token.low in _ANSWERS for token in tokens[at:begin]):
        return None
    end = begin
    while end < len(tokens) and tokens[end].word and tokens[end].low not in BOUNDARIES:
        end += 1
    return (tokens[begin].start, tokens[end - 1].end) if end > begin else None

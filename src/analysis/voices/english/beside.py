"""What stands beside a quotation without a report: the name of a work, a gesture, who is asked."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.voices.english.cues import BE, BOUNDARIES, DETERMINERS, PREPOSITIONS, PRONOUNS
from analysis.voices.english.insertions import DASHES
from analysis.voices.english.openings import first_subject
from analysis.voices.english.phrases import adverb, noun_phrase
from analysis.voices.english.reporting import Range, Span
from analysis.voices.english.sentences import Token
from analysis.voices.english.wordlist import words

_WORKS = words(
    """show film movie drama thriller series sitcom comedy musical opera play novel novella book
    memoir biography documentary album song single ballad record track hit concert tour magazine
    podcast programme program radio cartoon painting sculpture exhibition poem hymn anthem sequel
    blockbuster bestseller best-seller trilogy game soap host presenter star author titled entitled
    soundtrack tragedy western romance franchise reality miniseries"""
)
"""What has a title in quotation marks, and who made it."""
_GESTURES = words(
    """shook nodded shrugged sighed smiled laughed grinned frowned winced rolled raised blinked
    snorted chuckled scowled smirked groaned gasped glared stared leaned leant folded threw turned
    paused waved pointed wept hesitated squinted cringed"""
)
"""What somebody does before a quotation that is his."""
_STEPS = words("cut chimed broke piped butted stepped weighed jumped")
_STEPPED = words("interrupted interjected demurred")
_PUT = words("asked pressed questioned quizzed told warned informed reminded challenged")
POINTING = words("that it this there these those what which here")
"""Subjects that only point back: «That makes her "…"»."""
_FEW = 14
_MARKS = "\"'“”‘’,.?!;:()"
SIGNS = DASHES | {"~"}
"""What stands between a quotation and the name of who said it."""


def title(text: str, span: Span) -> bool:
    """Say whether a quotation is written as a title is: every longer word a capital."""
    found = [word.strip(_MARKS) for word in text[span[0] : span[1]].split()]
    longer = [word for word in found if len(word) > 3 or word[:1].isdigit()]
    longer = [word for word in longer if word not in PREPOSITIONS]
    return bool(longer) and all(not word[0].islower() for word in longer) and len(found) < 12


def of_work(text: str, span: Span, tokens: Sequence[Token], position: int) -> bool:
    """Say whether a quotation is a work's title: «the drama, "…",», «"…" is a celebration»."""
    if not title(text, span):
        return False
    if position + 1 < len(tokens) and tokens[position + 1].low in BE:
        return True
    at = position - 1
    if at >= 0 and tokens[at].text == ",":
        at -= 1
    if at >= 0 and tokens[at].low == "of":
        at -= 1
    return at >= 0 and tokens[at].low in _WORKS


def was_asked(tokens: Sequence[Token], position: int) -> bool:
    """Say whether «Mr Hale was asked, "…"» gives what somebody nobody names put to him."""
    if position < 3 or tokens[position - 1].text not in (",", ":"):
        return False
    return tokens[position - 2].low in _PUT and any(
        token.low in BE for token in tokens[max(0, position - 5) : position - 2]
    )


def gesture(tokens: Sequence[Token]) -> Range | None:
    """Return who speaks after a sentence: «Ann Moss shook her head.», «…, and he cut in.»."""
    end = len(tokens)
    while end and not tokens[end - 1].word:
        end -= 1
    if end > 2 and (
        tokens[end - 1].low in _STEPPED
        or (tokens[end - 1].low == "in" and tokens[end - 2].low in _STEPS)
    ):
        found = noun_phrase(tokens, end - (2 if tokens[end - 1].low in _STEPPED else 3), 0)
        return found if found is not None and not _pronoun(tokens, found) else None
    if end > _FEW or any(token.quote >= 0 for token in tokens):
        return None
    found = first_subject(tokens, end)
    if found is None or found[0] or _pronoun(tokens, found):
        return None
    verb = found[1]
    while verb < end and adverb(tokens[verb]):
        verb += 1
    return found if verb < end and tokens[verb].low in _GESTURES else None


def _pronoun(tokens: Sequence[Token], phrase: Range) -> bool:
    return phrase[1] - phrase[0] == 1 and tokens[phrase[0]].low in PRONOUNS


def led_in(tokens: Sequence[Token], colon: int) -> Range | None:
    """Return «this finding» of «… is shown by this finding: "…"»."""
    begin = colon - 1
    while begin > 0 and colon - begin < 4 and tokens[begin].low not in DETERMINERS:
        begin -= 1
    if begin < 1 or tokens[begin].low not in ("this", "these", "following", "one"):
        return None
    return (begin, colon) if tokens[begin - 1].low in PREPOSITIONS else None


def _in_object(tokens: Sequence[Token], begin: int) -> bool:
    """Say whether a name hangs on a preposition: «to the Dutch paper Rain Daily:»."""
    for at in range(begin - 1, max(-1, begin - 6), -1):
        if tokens[at].low in PREPOSITIONS:
            return True
        if not tokens[at].word or tokens[at].low in BOUNDARIES:
            return False
    return False


def name_before(tokens: Sequence[Token], position: int) -> Range | None:
    """Return the capitalised words before a place, back to a dash, a sign or the start."""
    begin = position
    while begin > 0 and tokens[begin - 1].capital:
        begin -= 1
    if position - begin > 1 and begin and tokens[begin - 1].word:
        return None if _in_object(tokens, begin) else (begin, position)
    begin = position
    while begin > 0 and tokens[begin - 1].word and position - begin < 6:
        if not (tokens[begin - 1].capital or tokens[begin - 1].low in ("and", "of", "the", "from")):
            return None
        begin -= 1
    if begin and tokens[begin - 1].text not in SIGNS and tokens[begin - 1].text not in ".?!":
        return None
    return (begin, position) if begin < position else None

"""Clauses that close a sentence and report all that stands before: «…, the paper reported.»."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.voices.english.cues import (
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    VERB_FORMS,
)
from analysis.voices.english.phrases import adverb
from analysis.voices.english.reporting import Clause, Range
from analysis.voices.english.right_side import marker
from analysis.voices.english.sentences import Token
from analysis.voices.english.subjects import of_which

FREE = frozenset(["what", "whatever", "whoever", "whichever", "however", "than"])
"""Words that no clause beside «, he said» opens with."""
_FEW = 5
_TRAILING = frozenset(["as", "while", "in", "during", "at", "on", "before", "after", "when"])
_HEARERS = frozenset(["them", "him", "her", "us", "me"])
_OPENS_HEARER = DETERMINERS | _HEARERS


def final(tokens: Sequence[Token], clauses: list[Clause], stop: int) -> Range | None:
    """Return the clause number and left edge of a closing «..., the paper reported.»."""
    if not clauses:
        return None
    number = len(clauses) - 1
    clause = clauses[number]
    plain = clause.how == "finite" and not clause.joined and clause.verb.clause
    if not plain or not clause.subject or of_which(tokens, clause.subject):
        return None
    edge = clause.begin if clause.rule == "inverted" else clause.subject[0]
    if edge > 5 and tokens[edge - 1].low == "so" and tokens[edge - 2].low == "or":
        edge -= 2
    if edge < 4 or tokens[edge - 1].text != "," or tokens[edge].low in FREE:
        return None
    if clause.rule == "inverted":
        return number, edge
    position = clause.at + 1
    while position < stop and (
        adverb(tokens[position])
        or tokens[position].low in TIMES
        or tokens[position].low in PREPOSITIONS
        or tokens[position].capital
    ):
        position += 1
    told = clause.verb.hearer and 0 < stop - position < _FEW
    told = (
        told
        and (tokens[position].low in _OPENS_HEARER or stop - position == 1)
        and not _verbal(tokens[position:stop])
    )
    return (number, edge) if position >= stop or told else None


def _verbal(phrase: Sequence[Token]) -> bool:
    return any(item.low in AUXILIARIES or item.low in VERB_FORMS for item in phrase)


def tagged(tokens: Sequence[Token], clauses: list[Clause], stop: int) -> Clause | None:
    """Return the clause that ends «He cannot say it was "a trap," Ann Moss said», the whole hers.

    Other words stand before its quotation, and nothing that it would report stands after it.
    """
    for number, clause in enumerate(clauses):
        subject = clause.subject
        if subject is None or clause.joined or clause.how != "finite" or clause.rule != "verb":
            continue
        if subject[0] < 3 or tokens[subject[0] - 1].quote < 0 or not clause.verb.clause:
            continue
        if tokens[subject[0]].low in PRONOUNS and any(
            _is_main(tokens, other) for other in clauses[:number]
        ):
            continue
        earlier = any(other.how == "finite" for other in clauses[:number])
        led = tokens[subject[0] - 2].text in (",", ":") or not earlier
        after = clause.at + 1
        ends = after >= stop or tokens[after].text == "," or tokens[after].low in _TRAILING
        if ends and not led and marker(tokens, after, stop, 8) < 0:
            return clause
    return None


def _is_main(tokens: Sequence[Token], clause: Clause) -> bool:
    """Say whether a clause is the main one of its sentence, as far as it goes."""
    if clause.subject is None or clause.how != "finite":
        return False
    begin, end = clause.subject
    relative = tokens[end - 1].low in ("who", "which", "that")
    return not relative and (begin == 0 or tokens[begin - 1].low not in BOUNDARIES)

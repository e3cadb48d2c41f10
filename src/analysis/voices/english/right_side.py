"""What a reporting verb reports to its right."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0912
from __future__ import annotations

from collections.abc import Sequence

from analysis.voices.english.cues import (
    AUXILIARIES,
    PREPOSITIONS,
    PRONOUNS,
    QUOTED_ONLY,
    TIMES,
    VERB_FORMS,
    VERBS,
    Verb,
)
from analysis.voices.english.insertions import DASHES, GOES_ON
from analysis.voices.english.phrases import DATA, adverb
from analysis.voices.english.polarity import CLAIM
from analysis.voices.english.reporting import Clause, Range
from analysis.voices.english.sentences import Token
from analysis.voices.english.wordlist import words

END = frozenset([".", "?", "!", "…", "..."])
_CONJUNCTIONS = frozenset(["that", "how", "whether", "what", "why"])
_FOUND = frozenset(["no", "little", "nothing", "evidence", "scant", "none", "neither"])
"""Words by which «found» gives a finding rather than a thing found."""
_CONCEDING = frozenset(["accept", "recognise", "recognize"])
"""Verbs that report where a claim or a description is what is not accepted."""
_QUELLING = frozenset(["scotch", "quash", "squash", "allay", "dampen", "spike", "quell"])
"""Verbs that report only where a claim is what they put an end to."""
_INQUIRING = words(
    """inspector inspectors auditor auditors inquiry inquest review audit tribunal court judge
    judges
    jury coroner ombudsman regulator watchdog panel committee commission investigators
    investigation probe evaluation study"""
)
"""Who speaks by what they find."""
_KEEPING = frozenset(["maintain", "add", "write", "observe"])
"""Verbs that with a bare object only say what somebody does: «observed a fast»."""
_SOON = 14
_CLAUSE_WORDS = AUXILIARIES - {"to", "not", "never"} | VERB_FORMS | _CONJUNCTIONS
_ELSEWHERE = frozenset(["down", "up", "off", "away", "out"])
_LEADING = frozenset(["of", "at", "against", "over", "on", "with", "to", "from", "upon"])
"""Prepositions between a particle and what is reported: «took issue with», «cold water on»."""
_NO_OBJECT = PREPOSITIONS | {"and", "or", "but", "when", "while"}


def after_verb(tokens: Sequence[Token], at: int, stop: int) -> int:
    """Skip adverbs and times after a verb."""
    position = at + 1
    while position < stop and (adverb(tokens[position]) or tokens[position].low in TIMES):
        if tokens[position].low in ("this", "last", "next", "may") and not (
            position + 1 < stop and tokens[position + 1].low in TIMES
        ):
            break
        position += 1
    return position


def marker(tokens: Sequence[Token], a: int, b: int, reach: int) -> int:
    """Return where «that», «: quotation» or «, quotation» opens a report, or -1."""
    comma = False
    for position in range(a, min(b, a + reach)):
        token = tokens[position]
        comma = comma or token.text == "," or token.low in ("and", "but")
        verb = VERBS.get(token.low) if comma and not token.capital else None
        if verb is not None and verb.clause and verb.form in ("past", "third"):
            return -1  # When asked about it, Ann Moss said that …
        if token.low in ("that", "how", "whether", "why"):
            following = tokens[position + 1] if position + 1 < b else None
            if token.low != "that" or following is None or following.low not in ("is", "was"):
                return position
        if token.quote >= 0:
            before = tokens[position - 1]
            if position == a or before.text in (",", ":") or before.low in ("only", "simply"):
                return position
            if before.low == "or" and position - 2 >= a and tokens[position - 2].text == ",":
                return position  # "...," he said, or "..."
            continue
        if token.text in (";",) or token.text in DASHES:
            return -1
    return -1


def _opens(token: Token) -> bool:
    """Say whether a token may open what is reported: a word, a quotation, an amount."""
    return token.word or token.quote >= 0 or token.text in "$([’'"


def _after_hearer(tokens: Sequence[Token], verb: Verb, position: int, stop: int) -> Range | None:
    """Return the report after «told reporters (that)», «asked him to»."""
    found = marker(tokens, position, stop, 14)
    if found >= 0:
        return found, stop
    if verb.infinitive:
        for number in range(position, min(stop, position + 8)):
            if tokens[number].low == "to":
                return number, stop
    if tokens[position].text in END or tokens[position].text == ",":
        return None
    if tokens[position].low in PREPOSITIONS:
        return None
    number = position + 1
    while number < stop and tokens[number].capital and tokens[number - 1].capital:
        number += 1
    return (number, stop) if number < stop else None


def _after_place(tokens: Sequence[Token], position: int, stop: int) -> Range | None:
    """Return the report after «said in a statement the plan would ...»."""
    for number in range(position + 1, min(stop, position + 9)):
        token, before = tokens[number], tokens[number - 1]
        opens = token.low in PRONOUNS or token.low in ("the", "there")
        if opens and number > position + 1 and before.low not in PREPOSITIONS:
            return number, stop
        if token.text in (",", ";"):
            break
    return None


def _of_data(tokens: Sequence[Token], clause: Clause) -> bool:
    """Say whether the subject is a poll, figures or a paper, which say whatever they show."""
    found = clause.verb.lemma == "find" and clause.verb.form in ("past", "third")
    return clause.subject is not None and any(
        token.low in DATA or (found and token.low in _INQUIRING)
        for token in tokens[clause.subject[0] : clause.subject[1]]
    )


def _claims(tokens: Sequence[Token], position: int) -> bool:
    """Say whether a claim, a description or the like is what a verb takes: «accept the claim»."""
    for token in tokens[position : position + 6]:
        if token.low in CLAIM:
            return True
        if not token.word or token.low in PREPOSITIONS:
            return False
    return False


def _clausal(phrase: Sequence[Token]) -> bool:
    """Say whether what follows a verb may be a clause or a quotation: «maintained (that) it is»."""
    return any(
        token.low in _CLAUSE_WORDS
        or token.quote >= 0
        or (token.low in VERBS and VERBS[token.low].form in ("past", "third"))
        for token in phrase
    )


def _clause_after(
    tokens: Sequence[Token], verb: Verb, position: int, stop: int, *, data: bool
) -> Range | None:
    """Return the report after «said (that)», a time or a place between them skipped."""
    token = tokens[position]
    if token.low in PREPOSITIONS or token.text == "," or token.low in TIMES:
        found = marker(tokens, position, stop, 3 if token.text == "," else 14)
        if found >= 0:
            return found, stop
        if token.low in PREPOSITIONS and verb.lemma in ("say", "write", "add", "tweet"):
            return _after_place(tokens, position, stop)
    if not _opens(token) or token.low in ("and", "or", "but"):
        return None
    if verb.lemma in _KEEPING and not _clausal(tokens[position : position + _SOON]):
        return None
    found = verb.lemma == "find" and token.low in _FOUND
    claimed = verb.lemma in _CONCEDING and _claims(tokens, position)
    if (
        verb.loose
        and not (verb.thing or data or found or claimed)
        and token.low not in _CONJUNCTIONS
    ):
        return None
    return position, stop


def _after_particle(
    tokens: Sequence[Token], position: int, stop: int, *, comma: bool
) -> Range | None:
    """Return the report after «called for», «spoke out»."""
    position += 1
    if position < stop and tokens[position].low in ("water", "shrift"):
        position += 1
    if position < stop and tokens[position].low in _LEADING:
        position += 1
    if position >= stop or (tokens[position].text == "," and not comma):
        return None
    return position, stop


def right(tokens: Sequence[Token], clause: Clause, stop: int) -> Range | None:
    """Return the token range of what a verb reports to its right."""
    verb = clause.verb
    position = after_verb(tokens, clause.at, stop)
    if position >= stop:
        return None
    token = tokens[position]
    found: Range | None = None
    if verb.lemma == "put":
        found = _after_it(tokens, position, stop)
    elif token.low in _ELSEWHERE and token.low not in verb.particles:
        return None
    elif token.low in verb.particles:
        found = _after_particle(tokens, position, stop, comma=verb.lemma != "rule")
    elif verb.particles and not (
        verb.clause or verb.thing or verb.infinitive or verb.lemma in QUOTED_ONLY
    ):
        found = None
    elif token.text == ":":
        found = position + 1, stop
    elif verb.hearer:
        found = _after_hearer(tokens, verb, position, stop)
    elif verb.infinitive and token.low == "to":
        found = position, stop
    elif verb.clause and (verb.lemma not in QUOTED_ONLY or token.low == "that"):
        found = _clause_after(tokens, verb, position, stop, data=_of_data(tokens, clause))
    elif verb.lemma in _QUELLING and not _claims(tokens, position):
        found = None
    elif verb.thing and _opens(token) and token.low not in _NO_OBJECT:
        found = position, stop
    elif not verb.thing or _opens(token):
        opens = marker(tokens, position, stop, 10 if verb.thing else 8)
        if opens >= 0 and (verb.thing or tokens[opens].quote >= 0):
            found = opens, stop
    return found if found is not None and found[0] < stop else None


def _after_it(tokens: Sequence[Token], position: int, stop: int) -> Range | None:
    """Return the report after «as she put it,»."""
    if tokens[position].low != "it":
        return None
    if position + 1 < stop and tokens[position + 1].text == ",":
        return position + 2, stop
    found = marker(tokens, position + 1, stop, 8)
    return (found, stop) if found >= 0 else None


_SUBORDINATE = words("while although though when if because since after before as unless once")
_FINITE = AUXILIARIES - {"to"}


def opened_end(tokens: Sequence[Token], begin: int, a: int, b: int) -> int:
    """Return where a report ends within what opens a sentence: «While X said that it rained, Y»."""
    if tokens[0].low not in _SUBORDINATE or any(item.text == "," for item in tokens[:begin]):
        return b
    comma = next((n for n in range(a, b) if tokens[n].text == ","), b)
    goes_on = any(item.low in _FINITE for item in tokens[comma + 1 : b])
    plain = comma + 1 < b and tokens[comma + 1].low not in GOES_ON
    return comma if goes_on and plain else b

"""What a reporting verb reports: the tokens to its right, to its left, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.voices.english.cues import (
    BOUNDARIES,
    PREPOSITIONS,
    PRONOUNS,
    QUOTED_ONLY,
    TIMES,
    Verb,
)
from analysis.voices.english.insertions import DASHES, inserted_end
from analysis.voices.english.phrases import adverb
from analysis.voices.english.reporting import Clause, Range, Span
from analysis.voices.english.sentences import Token

END = frozenset([".", "?", "!", "…", "..."])
_SPOKEN = {
    "point": ("out",),
    "go": ("on",),
    "shoot": ("back",),
    "fire": ("back",),
    "hit": ("back",),
}
_APART = frozenset([":", ";", "—", "–", "-", "--"])
_FREE = frozenset(["what", "whatever", "whoever", "whichever", "however", "than"])
_CONJUNCTIONS = frozenset(["that", "how", "whether", "what", "why"])
_NO_OBJECT = PREPOSITIONS | {"and", "or", "but", "when", "while"}


def spans(tokens: Sequence[Token], ranges: Sequence[Range]) -> list[Span]:
    """Return the characters of token ranges, empty ones left out."""
    return [(tokens[a].start, tokens[b - 1].end) for a, b in ranges if a < b]


def trim(tokens: Sequence[Token], a: int, b: int) -> Range:
    """Drop signs at the edges of a token range."""
    while a < b and tokens[a].quote < 0 and not tokens[a].word and tokens[a].text not in "$([":
        a += 1
    while (
        a < b
        and tokens[b - 1].quote < 0
        and not tokens[b - 1].word
        and tokens[b - 1].text not in "%)]"
    ):
        b -= 1
    return a, b


def _after_verb(tokens: Sequence[Token], at: int, stop: int) -> int:
    """Skip adverbs and times after a verb."""
    position = at + 1
    while position < stop and (adverb(tokens[position]) or tokens[position].low in TIMES):
        if tokens[position].low in ("this", "last", "next", "may") and not (
            position + 1 < stop and tokens[position + 1].low in TIMES
        ):
            break
        position += 1
    return position


def _marker(tokens: Sequence[Token], a: int, b: int, reach: int) -> int:
    """Return where «that», «: quotation» or «, quotation» opens a report, or -1."""
    for position in range(a, min(b, a + reach)):
        token = tokens[position]
        if token.low in ("that", "how", "whether", "why"):
            following = tokens[position + 1] if position + 1 < b else None
            if token.low != "that" or following is None or following.low not in ("is", "was"):
                return position
        if token.quote >= 0:
            before = tokens[position - 1]
            if position == a or before.text in (",", ":") or before.low in ("only", "simply"):
                return position
            continue
        if token.text in (";",) or token.text in DASHES:
            return -1
    return -1


def _opens(token: Token) -> bool:
    """Say whether a token may open what is reported: a word, a quotation, an amount."""
    return token.word or token.quote >= 0 or token.text in "$([’'"


def _after_hearer(tokens: Sequence[Token], verb: Verb, position: int, stop: int) -> Range | None:
    """Return the report after «told reporters (that)», «asked him to»."""
    found = _marker(tokens, position, stop, 14)
    if found >= 0:
        return found, stop
    if verb.infinitive:
        for number in range(position, min(stop, position + 8)):
            if tokens[number].low == "to":
                return number, stop
    if tokens[position].text in END or tokens[position].text == ",":
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


def _clause_after(tokens: Sequence[Token], verb: Verb, position: int, stop: int) -> Range | None:
    """Return the report after «said (that)», a time or a place between them skipped."""
    token = tokens[position]
    if token.low in PREPOSITIONS or token.text == "," or token.low in TIMES:
        found = _marker(tokens, position, stop, 3 if token.text == "," else 14)
        if found >= 0:
            return found, stop
        if token.low in PREPOSITIONS and verb.lemma in ("say", "write", "add", "tweet"):
            return _after_place(tokens, position, stop)
    if not _opens(token) or token.low in ("and", "or", "but"):
        return None
    if verb.loose and not verb.thing and token.low not in _CONJUNCTIONS:
        return None
    return position, stop


def _after_particle(tokens: Sequence[Token], position: int, stop: int) -> Range | None:
    """Return the report after «called for», «spoke out»."""
    position += 1
    if position < stop and tokens[position].low == "of":
        position += 1
    opens = position < stop and (_opens(tokens[position]) or tokens[position].text == ":")
    return (position, stop) if opens else None


def _right(tokens: Sequence[Token], clause: Clause, stop: int) -> Range | None:
    """Return the token range of what a verb reports to its right."""
    verb = clause.verb
    position = _after_verb(tokens, clause.at, stop)
    if position >= stop:
        return None
    token = tokens[position]
    found: Range | None = None
    if verb.lemma == "put":
        found = _after_it(tokens, position, stop)
    elif token.low in verb.particles:
        found = _after_particle(tokens, position, stop)
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
    elif verb.clause and verb.lemma not in QUOTED_ONLY:
        found = _clause_after(tokens, verb, position, stop)
    elif verb.thing and _opens(token) and token.low not in _NO_OBJECT:
        found = position, stop
    elif not verb.thing or _opens(token):
        marker = _marker(tokens, position, stop, 10 if verb.thing else 8)
        if marker >= 0 and (verb.thing or tokens[marker].quote >= 0):
            found = marker, stop
    return found if found is not None and found[0] < stop else None


def _after_it(tokens: Sequence[Token], position: int, stop: int) -> Range | None:
    """Return the report after «as she put it,»."""
    if tokens[position].low != "it":
        return None
    if position + 1 < stop and tokens[position + 1].text == ",":
        return position + 2, stop
    found = _marker(tokens, position + 1, stop, 8)
    return (found, stop) if found >= 0 else None


def _left(tokens: Sequence[Token], clause: Clause) -> Range | None:
    """Return the token range of what stands before «, he said»."""
    edge = clause.subject[0] if clause.subject and not clause.joined else clause.begin
    if clause.rule == "inverted":
        edge = clause.begin
    after = tokens[clause.at + 1].low if clause.at + 1 < len(tokens) else ""
    if edge > 0 and tokens[edge].low in _FREE:
        return None
    if edge <= 0 or not (clause.verb.clause or after in _SPOKEN.get(clause.verb.lemma, ())):
        return None
    mark = tokens[edge - 1]
    if mark.low in ("as", "so") and edge > 1:
        edge -= 1
        mark = tokens[edge - 1]
    if mark.quote < 0 and mark.text != "," and mark.text not in DASHES:
        return None
    a, b = trim(tokens, 0, edge)
    if a >= b:
        return None
    return a, b


def closes(tokens: Sequence[Token], clause: Clause, stop: int) -> bool:
    """Say whether nothing but times, places and hearers follows a verb up to a sign."""
    position = _after_verb(tokens, clause.at, stop)
    if position >= stop or tokens[position].text in END or tokens[position].text == ",":
        return True
    return tokens[position].low in PREPOSITIONS or tokens[position].low in ("when", "as", "while")


def _cut(tokens: Sequence[Token], clauses: list[Clause], number: int, a: int, b: int) -> int:
    """Return where a report to the right of a verb ends: before the next clause beside it."""
    own = clauses[number].subject
    before = (own[0] if own else clauses[number].begin) - 1
    subordinate = (before >= 0 and tokens[before].low in BOUNDARIES) or (
        clauses[number].begin == 0 and clauses[number].how == "ing"
    )
    for other in clauses[number + 1 :]:
        if other.begin <= a or other.begin >= b:
            continue
        if other.joined:
            edge = other.begin
            if tokens[edge - 1].low in ("and", "but", "or", "then"):
                edge -= 1
            if tokens[edge - 1].text == ",":
                return edge - 1
            if tokens[edge].low in ("and", "but") and other.how == "finite" and other.verb.clause:
                return edge
            continue
        edge = other.subject[0] if other.subject else other.begin
        if edge > a + 1 and tokens[edge - 1].text == "," and other.verb.clause and subordinate:
            return edge - 1
        beside = tokens[edge - 1].low in ("but", "and", "while", "as", "although", "though")
        if beside and edge - 2 >= a and tokens[edge - 2].text == ",":
            return edge - 2
        if beside and edge - 2 >= a and tokens[edge - 2].quote >= 0:
            return edge - 1
    return b


def _object_end(tokens: Sequence[Token], a: int, b: int) -> int:
    """Return where the object of a verb such as «criticised» ends."""
    for position in range(a + 1, b):
        token = tokens[position]
        if token.text == ";" or (token.text in DASHES and token.text != "-"):
            return position
        if token.text == "," and position + 1 < b:
            after = tokens[position + 1]
            if after.low in ("but", "while", "which", "who", "as", "after", "though", "although"):
                return position
            if after.low.endswith("ing") and not after.capital:
                return position
    return b


def _final(tokens: Sequence[Token], clauses: list[Clause], stop: int) -> Range | None:
    """Return the clause number and left edge of a closing «..., the paper reported.»."""
    if not clauses:
        return None
    number = len(clauses) - 1
    clause = clauses[number]
    if clause.how != "finite" or clause.joined or not clause.verb.clause or not clause.subject:
        return None
    edge = clause.begin if clause.rule == "inverted" else clause.subject[0]
    if edge < 4 or tokens[edge - 1].text != "," or tokens[edge].low in _FREE:
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
    return (number, edge) if position >= stop else None


def resolve(
    tokens: Sequence[Token], clauses: list[Clause], edges: Mapping[int, int] | None = None
) -> list[Clause]:
    """Give each clause of a sentence what it reports; drop those inside another's report.

    Parameters
    ----------
    tokens : sequence of Token
    clauses : list of Clause
        In order of their verbs.
    edges : mapping of int to int, optional
        Where a parse ends what a verb governs to its right, by the verb's token number.

    Returns
    -------
    list of Clause
        The same clauses with ``content``, those inside another's content left out.
    """
    stop = len(tokens)
    while stop and tokens[stop - 1].text in END:
        stop -= 1
    final = _final(tokens, clauses, stop)
    if final is not None and not any(
        tokens[other.begin - 1].quote >= 0
        for other in clauses[: final[0]]
        if other.begin and other.how == "finite"
    ):
        clause = clauses[final[0]]
        clause.content = [trim(tokens, 0, final[1])]
        return [clause]
    kept: list[Clause] = []
    owned = [False] * len(tokens)
    for number, clause in enumerate(clauses):
        if owned[clause.at]:
            continue
        left, right = _sides(tokens, clause, owned)
        if right is not None and right[0] < right[1]:
            right = _shorten(tokens, clauses, number, right, edges)
        clause.content = [r for r in (left, right) if r is not None and r[0] < r[1]]
        for a, b in clause.content:
            owned[a:b] = [True] * (b - a)
        kept.append(clause)
    return kept


def _sides(
    tokens: Sequence[Token], clause: Clause, owned: Sequence[bool]
) -> tuple[Range | None, Range | None]:
    """Return what a verb reports to its left and to its right."""
    stop = inserted_end(tokens, clause)
    left = _left(tokens, clause)
    if left is not None:
        a = left[0]
        while a < left[1] and owned[a]:
            a += 1
        left = trim(tokens, a, left[1])
        if left[0] >= left[1] or any(owned[left[0] : left[1]]):
            left = None
    if clause.rule == "inverted":
        right = _resumed(tokens, clause, stop)
    elif left is not None and tokens[left[1] - 1].quote >= 0:
        found = _marker(tokens, clause.at + 1, stop, 14)
        more = found >= 0 and (tokens[found].quote >= 0 or tokens[found].low == "that")
        right = (found, stop) if more else None
    else:
        right = _right(tokens, clause, stop)
        if left is not None:
            left, right = _around(tokens, clause, left, right)
    return (left if clause.how == "finite" else None), right


def _resumed(tokens: Sequence[Token], clause: Clause, stop: int) -> Range | None:
    """Return the quotation that goes on after «"...," said Ann Moss, "...»."""
    after = clause.subject[1] if clause.subject else clause.at + 1
    for position in range(after, min(stop, after + 12)):
        if tokens[position].quote >= 0 and tokens[position - 1].text in (",", ":"):
            return position, position + 1
    return None


def _around(
    tokens: Sequence[Token], clause: Clause, left: Range, right: Range | None
) -> tuple[Range | None, Range | None]:
    """Settle whether words before «, he said» are reported, and whether the report goes on."""
    stop = len(tokens)
    words = sum(token.word for token in tokens[left[0] : left[1]])
    if clause.joined:
        return None, right
    if clause.at + 1 < stop and tokens[clause.at + 1].text == "," and words:
        return left, (clause.at + 2, stop)
    opening = tokens[left[0]].low in PREPOSITIONS and words < 5
    if right is not None or words < 3 or opening or not closes(tokens, clause, stop):
        return None, right
    return left, None


def _shorten(
    tokens: Sequence[Token],
    clauses: list[Clause],
    number: int,
    right: Range,
    edges: Mapping[int, int] | None,
) -> Range:
    """Return a report to the right of its verb without what stands beside it."""
    clause = clauses[number]
    if edges is not None and edges.get(clause.at, 0) > right[0]:
        end = min(right[1], edges[clause.at])
    else:
        end = _cut(tokens, clauses, number, right[0], right[1])
    for other in clauses[number + 1 :]:
        edge = other.subject[0] - 1 if other.subject and not other.joined else -1
        if right[0] < edge < end and tokens[edge].quote >= 0 and tokens[edge - 1].text in _APART:
            end = edge
    verb = clause.verb
    if verb.thing and not (verb.clause and tokens[right[0]].low == "that"):
        end = _object_end(tokens, right[0], end)
    return trim(tokens, right[0], end)

"""What a reporting verb reports: the tokens to its right, to its left, or both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.voices.cues import BOUNDARIES, PREPOSITIONS, PRONOUNS, QUOTED_ONLY, TIMES, Verb
from analysis.voices.phrases import adverb
from analysis.voices.reports import Span
from analysis.voices.sentences import Token

DASHES = frozenset(["—", "–", "--", "-"])
END = frozenset([".", "?", "!", "…", "..."])
Range = tuple[int, int]


@dataclass(slots=True)
class Clause:
    """A verb that may report, in token numbers of its sentence."""

    verb: Verb
    begin: int
    at: int
    how: str
    subject: Range | None
    joined: bool
    content: list[Range]
    end: int
    rule: str


def spans(tokens: Sequence[Token], ranges: Sequence[Range]) -> list[Span]:
    return [(tokens[a].start, tokens[b - 1].end) for a, b in ranges if a < b]


def trim(tokens: Sequence[Token], a: int, b: int) -> Range:
    """Drop signs at the edges of a token range."""
    while a < b and tokens[a].quote < 0 and not tokens[a].word and tokens[a].text not in "$([":
        a += 1
    while a < b and tokens[b - 1].quote < 0 and not tokens[b - 1].word and tokens[b - 1].text not in "%)]":
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


def _right(tokens: Sequence[Token], clause: Clause, stop: int) -> Range | None:
    """Return the token range of what a verb reports to its right."""
    verb, at = clause.verb, clause.at
    position = _after_verb(tokens, at, stop)
    if position >= stop:
        return None
    token = tokens[position]
    if verb.lemma == "put":
        if token.low != "it":
            return None
        if position + 1 < stop and tokens[position + 1].text == ",":
            return position + 2, stop
        found = _marker(tokens, position + 1, stop, 8)
        return (found, stop) if found >= 0 else None
    particle = token.low in verb.particles
    only_particle = not (verb.clause or verb.thing or verb.infinitive)
    if only_particle and not particle and not (verb.lemma in QUOTED_ONLY or verb.lemma == "put"):
        return None
    if particle:
        position += 1
        if position < stop and tokens[position].low == "of":
            position += 1
        return (position, stop) if position < stop else None
    if token.text == ":":
        return position + 1, stop
    if verb.hearer:
        found = _marker(tokens, position, stop, 14)
        if found >= 0:
            return found, stop
        if verb.infinitive:
            for number in range(position, min(stop, position + 8)):
                if tokens[number].low == "to":
                    return number, stop
        if token.text in END or token.text == ",":
            return None
        number = position + 1
        while number < stop and tokens[number].word and (
            tokens[number].capital and tokens[number - 1].capital
        ):
            number += 1
        return (number, stop) if number < stop else None
    if verb.infinitive and token.low == "to":
        return position, stop
    if verb.clause and verb.lemma not in QUOTED_ONLY:
        reach = 1 if token.text == "," else 12
        if token.low in PREPOSITIONS or token.text == "," or token.low in TIMES:
            found = _marker(tokens, position, stop, reach + 2)
            if found >= 0:
                return found, stop
            if token.low in PREPOSITIONS and verb.lemma in ("say", "write", "add", "tweet"):
                number = position + 1
                while number < stop and number < position + 9:
                    if tokens[number].low in PRONOUNS or tokens[number].low in ("the", "there"):
                        if number > position + 1 and tokens[number - 1].low not in PREPOSITIONS:
                            return number, stop
                    if tokens[number].text in ",;":
                        break
                    number += 1
                return None
        if token.quote < 0 and not token.word and token.text not in "$([’'":
            return None
        if token.low in ("and", "or", "but"):
            return None
        if verb.loose and not verb.thing and token.low not in ("that", "how", "whether", "what", "why"):
            return None
        return position, stop
    if verb.thing:
        if token.quote < 0 and not token.word and token.text not in "$([’'":
            return None
        if token.low in PREPOSITIONS or token.low in ("and", "or", "but", "when", "while"):
            found = _marker(tokens, position, stop, 10)
            return (found, stop) if found >= 0 else None
        return position, stop
    found = _marker(tokens, position, stop, 8)
    return (found, stop) if found >= 0 else None


def _left(tokens: Sequence[Token], clause: Clause) -> Range | None:
    """Return the token range of what stands before «, he said»."""
    edge = clause.subject[0] if clause.subject and not clause.joined else clause.begin
    if clause.rule == "inverted":
        edge = clause.begin
    if edge <= 0 or not clause.verb.clause:
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
    subordinate = (0 <= before and tokens[before].low in BOUNDARIES) or (
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
        if edge > a and tokens[edge - 1].low in ("but", "and", "while", "as", "although", "though"):
            if edge - 2 > a and tokens[edge - 2].text == ",":
                return edge - 2
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
    if edge < 4 or tokens[edge - 1].text != ",":
        return None
    if clause.rule == "inverted":
        return number, edge
    position = clause.at + 1
    while position < stop and (
        adverb(tokens[position]) or tokens[position].low in TIMES or tokens[position].low in PREPOSITIONS
        or tokens[position].capital
    ):
        position += 1
    return (number, edge) if position >= stop else None


def resolve(
    tokens: Sequence[Token], clauses: list[Clause], edges: Mapping[int, int] | None = None
) -> list[Clause]:
    """Give each clause what it reports; drop those inside another's report."""
    kept: list[Clause] = []
    stop = len(tokens)
    owned = [False] * stop
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
    stop = len(tokens)
    for number, clause in enumerate(clauses):
        if owned[clause.at]:
            continue
        left = _left(tokens, clause)
        right: Range | None = None
        if left is not None and any(owned[left[0] : left[1]]):
            while left[0] < left[1] and owned[left[0]]:
                left = (left[0] + 1, left[1])
            left = trim(tokens, *left)
            if left[0] >= left[1]:
                left = None
        quoted = left is not None and tokens[left[1] - 1].quote >= 0
        closing = closes(tokens, clause, stop)
        if clause.rule == "inverted":
            after = clause.subject[1] if clause.subject else clause.at + 1
            for position in range(after, min(stop, after + 12)):
                if tokens[position].quote >= 0 and tokens[position - 1].text in (",", ":"):
                    right = (position, position + 1)
                    break
        elif quoted:
            found = _marker(tokens, clause.at + 1, stop, 14)
            if found >= 0 and (tokens[found].quote >= 0 or tokens[found].low == "that"):
                right = (found, stop)
        else:
            right = _right(tokens, clause, stop)
            if left is not None:
                middle = clause.at + 1 < stop and tokens[clause.at + 1].text == ","
                words = sum(token.word for token in tokens[left[0] : left[1]])
                first = tokens[left[0]]
                if middle and words >= 1 and not clause.joined:
                    right = (clause.at + 2, stop)
                elif right is not None or not closing or words < 3 or clause.joined:
                    left = None
                elif first.low in PREPOSITIONS and words < 5:
                    left = None
        if left is not None and clause.how != "finite":
            left = None
        if right is not None and right[0] < right[1]:
            if edges is not None and edges.get(clause.at, 0) > right[0]:
                end = min(right[1], edges[clause.at])
            else:
                end = _cut(tokens, clauses, number, right[0], right[1])
            verb = clause.verb
            if verb.thing and not (verb.clause and tokens[right[0]].low == "that"):
                end = _object_end(tokens, right[0], end)
            right = trim(tokens, right[0], end)
            if right[0] >= right[1]:
                right = None
        ranges = [r for r in (left, right) if r is not None and r[0] < r[1]]
        clause.content = ranges
        for a, b in ranges:
            owned[a:b] = [True] * (b - a)
        kept.append(clause)
    return kept

"""What a reporting verb reports: the tokens to its right, to its left, or both."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

from collections.abc import Mapping, Sequence

from analysis.voices.english.closing import FREE, final, tagged
from analysis.voices.english.cues import (
    AUXILIARIES,
    BOUNDARIES,
    PREPOSITIONS,
    TIMES,
    VERB_FORMS,
    VERBS,
)
from analysis.voices.english.insertions import DASHES, inserted_end, medial, parenthetical_end
from analysis.voices.english.reporting import Clause, Range, Span
from analysis.voices.english.right_side import END, after_verb, marker, opened_end
from analysis.voices.english.right_side import right as right_of
from analysis.voices.english.sentences import SPOKEN, Token
from analysis.voices.english.subjects import of_which
from analysis.voices.english.wordlist import words

_LONGEST_PLACE = 12
_PLACES = PREPOSITIONS | TIMES
PUT = words("asked pressed questioned quizzed challenged urged invited pushed told warned")
"""Participles that open a sentence with what somebody was asked."""
_APART = frozenset([":", ";", "—", "–", "-", "--"])


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


def _left(tokens: Sequence[Token], clause: Clause) -> Range | None:
    """Return the token range of what stands before «, he said»."""
    edge = clause.subject[0] if clause.subject and not clause.joined else clause.begin
    if clause.rule == "inverted":
        edge = clause.begin
    after = tokens[clause.at + 1].low if clause.at + 1 < len(tokens) else ""
    if edge > 0 and (tokens[edge].low in FREE or of_which(tokens, clause.subject)):
        return None
    if edge <= 0 or not (clause.verb.clause or after in SPOKEN.get(clause.verb.lemma, ())):
        return None
    edge = _after_quotation(tokens, edge)
    mark = tokens[edge - 1]
    if mark.low in ("as", "so") and edge > 1:
        edge -= 1
        mark = tokens[edge - 1]
    if mark.low == "or" and tokens[edge].low == "so":
        edge -= 1
        mark = tokens[edge - 1]
    if mark.quote < 0 and mark.text != "," and mark.text not in DASHES:
        return None
    a, b = trim(tokens, 0, edge)
    led = [n for n in range(a + 1, b) if tokens[n].quote >= 0 and tokens[n - 1].text == ":"]
    if led and b - led[-1] == 1:
        a = led[-1]
    return (a, b) if a < b else None


def _after_quotation(tokens: Sequence[Token], edge: int) -> int:
    """Return where a subject cut short begins: after the quotation before it, if it is near."""
    for position in range(edge - 1, max(-1, edge - 8), -1):
        token = tokens[position]
        if token.quote >= 0:
            return position + 1
        verbal = token.low in VERBS or token.low in PREPOSITIONS or token.low in BOUNDARIES
        if not (token.word or token.text in "$&") or verbal:
            return edge
    return edge


def closes(tokens: Sequence[Token], clause: Clause, stop: int) -> bool:
    """Say whether nothing but times, places and hearers follows a verb up to a sign."""
    position = after_verb(tokens, clause.at, stop)
    if position >= stop or tokens[position].text in END or tokens[position].text == ",":
        return True
    return tokens[position].low in PREPOSITIONS or tokens[position].low in ("when", "as", "while")


def opening(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a place lies in what opens a sentence: «Pressed by reporters to explain …,»."""
    first = tokens[0].low
    opens = first.endswith("ing") or first in PREPOSITIONS or first in PUT or first == "to"
    return opens and all(item.text != "," for item in tokens[:at])


def _cut(tokens: Sequence[Token], clauses: list[Clause], number: int, a: int, b: int) -> int:
    """Return where a report to the right of a verb ends: before the next clause beside it."""
    own = clauses[number].subject
    before = (own[0] if own else clauses[number].begin) - 1
    subordinate = (before >= 0 and tokens[before].low in BOUNDARIES) or (
        clauses[number].begin == 0 and clauses[number].how == "ing"
    )
    if clauses[number].how == "infinitive" and opening(tokens, clauses[number].begin):
        subordinate = True
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
        if edge > a and tokens[edge - 1].text == ";":
            return edge - 1
        if edge > a + 1 and tokens[edge - 1].text == "," and other.verb.clause and subordinate:
            return edge - 1
        beside = tokens[edge - 1].low in ("but", "and", "while", "as", "although", "though")
        if beside and edge - 1 == a:
            return a
        if beside and edge - 2 >= a and tokens[edge - 2].text in (",", *DASHES):
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
            if after.low == "where":
                back = next((n for n in range(position - 1, a, -1) if tokens[n].text == ","), 0)
                return back if back and tokens[back + 1].low in PREPOSITIONS else position
    return b


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
    last = final(tokens, clauses, stop)
    if last is not None and not any(
        tokens[other.begin - 1].quote >= 0
        for other in clauses[: last[0]]
        if other.begin and other.how == "finite"
    ):
        clause = clauses[last[0]]
        clause.content = [trim(tokens, 0, last[1])]
        return [clause]
    inserted = medial(tokens, clauses, stop)
    if inserted is not None:
        return [inserted]
    kept: list[Clause] = []
    owned = [False] * len(tokens)
    tag = tagged(tokens, clauses, stop)
    if tag is not None and tag.subject is not None:
        tag.content = [trim(tokens, 0, tag.subject[0])]
        owned[: tag.at + 1] = [True] * (tag.at + 1)
        kept.append(tag)
    for number, clause in enumerate(clauses):
        if tag is not None and clause.at <= tag.at:
            continue
        if tag is not None and (clause.joined or clause.how == "ing"):
            clause.subject = tag.subject
        if owned[clause.at]:
            inner = _own_quotation(tokens, clause)
            if inner is not None and _give_up(kept, owned, clause, inner[0]):
                clause.content = [inner]
                owned[inner[0] : inner[1]] = [True] * (inner[1] - inner[0])
                kept.append(clause)
            elif _whose(tokens, clause, kept):
                clause.content = [r for r in _sides(tokens, clause, [False] * len(tokens))[1:] if r]
                kept.append(clause)
            continue
        if clause.how == "passive":
            for a, b in clause.content:
                owned[a:b] = [True] * (b - a)
            kept.append(clause)
            continue
        left, right = _sides(tokens, clause, owned)
        if right is not None and right[0] < right[1]:
            right = _shorten(tokens, clauses, number, (left, right), edges)
        clause.content = [r for r in (left, right) if r is not None and r[0] < r[1]]
        for a, b in clause.content:
            owned[a:b] = [True] * (b - a)
        kept.append(clause)
    return kept


def _own_quotation(tokens: Sequence[Token], clause: Clause) -> Range | None:
    """Return the whole quotation that a clause within another's report leads up to."""
    if clause.how not in ("finite", "ing") or clause.subject is None or clause.joined:
        return None
    begin, after = clause.subject[0], clause.at + 1
    relative = begin > 1 and tokens[begin - 1].low in ("which", "whom")
    if relative:
        for position in range(after, min(len(tokens), after + 5)):
            if tokens[position].quote >= 0:
                return after, position + 1
            if not tokens[position].word:
                break
    if not clause.verb.clause or clause.verb.attitude or clause.rule == "inverted":
        return None
    for position in range(clause.at + 1, min(len(tokens), clause.at + 9)):
        if tokens[position].quote >= 0:
            led = tokens[position - 1].text in (",", ":")
            return (position, position + 1) if led else None
        if not (tokens[position].word or tokens[position].text in ",:"):
            return None
    return None


def _whose(tokens: Sequence[Token], clause: Clause, kept: list[Clause]) -> bool:
    """Say whether «who had told the court that …» describes somebody another verb has for object.

    «X disagreed with Y, who said that …»: the words are Y's. X's report ends before «who».
    """
    if clause.subject is None or clause.how != "finite" or not clause.verb.clause:
        return False
    relative = clause.subject[1] - 1
    if tokens[relative].low != "who" or relative + 1 >= len(tokens):
        return False
    for outer in reversed(kept):
        for index, (a, b) in enumerate(outer.content):
            if not a <= clause.at < b:
                continue
            phrase = tokens[a:relative]
            clausal = any(item.low in VERB_FORMS or item.low in AUXILIARIES for item in phrase)
            if outer.how == "passive" or clausal or tokens[a].low in ("that", "whether", "how"):
                return False
            outer.content[index] = (a, relative - (tokens[relative - 1].text == ","))
            return True
    return False


def _give_up(kept: list[Clause], owned: list[bool], clause: Clause, begin: int) -> bool:
    """End the report that holds a quotation before the clause the quotation belongs to."""
    edge = min(clause.subject[0] if clause.subject else clause.begin, clause.begin)
    for outer in reversed(kept):
        for index, (a, b) in enumerate(outer.content):
            if a <= clause.at < b and a < edge:
                outer.content[index] = (a, edge)
                owned[edge:b] = [False] * (b - edge)
                return True
    return False


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
        held = [n for n in range(a, left[1]) if owned[n]]
        if held and tokens[left[1] - 1].quote >= 0:
            a = held[-1] + 1  # painting him as a friend - "...," one paper declared
        left = trim(tokens, a, left[1])
        if left[0] >= left[1] or (held and left[1] - left[0] > 1):
            left = None
    if left is not None and clause.rule != "inverted" and _in_place(tokens, left):
        left = None if right_of(tokens, clause, stop) is not None else left
    if clause.rule == "inverted":
        right = _resumed(tokens, clause, stop)
    elif left is not None and tokens[left[1] - 1].quote >= 0:
        found = marker(tokens, clause.at + 1, stop, 14)
        more = found >= 0 and (tokens[found].quote >= 0 or tokens[found].low == "that")
        right = (found, stop) if more else None
    else:
        right = right_of(tokens, clause, stop)
        if left is not None:
            left, right = _around(tokens, clause, left, right)
    return (left if clause.how == "finite" else None), right


def _in_place(tokens: Sequence[Token], left: Range) -> bool:
    """Say whether «On the channel's "Morning Talk",» opens a sentence, which nobody said."""
    if tokens[left[0]].low not in _PLACES or tokens[left[1] - 1].quote < 0:
        return False
    phrase = tokens[left[0] : left[1]]
    return 1 < len(phrase) < _LONGEST_PLACE and not any(
        item.low in AUXILIARIES or (item.low in VERBS and not item.capital) for item in phrase
    )


def _resumed(tokens: Sequence[Token], clause: Clause, stop: int) -> Range | None:
    """Return the quotation that goes on after «"...," said Ann Moss, "...»."""
    after = clause.subject[1] if clause.subject else clause.at + 1
    if after + 1 < stop and tokens[after].text == ":":
        return after + 1, stop
    comma = after < stop and tokens[after].text == ","
    if comma and not any(token.quote >= 0 for token in tokens) and clause.begin > 0:
        return after + 1, stop
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
    resumes = parenthetical_end(tokens, clause, left)
    if resumes:
        return left, (resumes, stop)
    opening = tokens[left[0]].low in PREPOSITIONS and words < 5
    semicolon = next((n for n in range(clause.at, stop) if tokens[n].text == ";"), 0)
    beside = right is not None and tokens[right[0]].low in PREPOSITIONS and semicolon
    if beside and words > 3 and not _speaks(tokens[clause.at + 1 : semicolon]):
        return left, (semicolon + 1, stop)
    if right is not None or words < 3 or opening or not closes(tokens, clause, stop):
        return None, right
    return left, None


def _speaks(phrase: Sequence[Token]) -> bool:
    return any(item.low in AUXILIARIES or item.low == "that" or item.quote >= 0 for item in phrase)


def _shorten(
    tokens: Sequence[Token],
    clauses: list[Clause],
    number: int,
    sides: tuple[Range | None, Range],
    edges: Mapping[int, int] | None,
) -> Range:
    """Return a report to the right of its verb without what stands beside it."""
    left, right = sides
    clause = clauses[number]
    aside = left is not None and clause.at + 1 < len(tokens) and tokens[clause.at + 1].text == ","
    if edges is not None and not aside and edges.get(clause.at, 0) > right[0]:
        end = min(right[1], edges[clause.at])
    else:
        end = _cut(tokens, clauses, number, right[0], right[1])
        end = opened_end(tokens, clause.begin, right[0], end)
    for other in clauses[number + 1 :]:
        edge = other.subject[0] - 1 if other.subject and not other.joined else -1
        if right[0] < edge < end and tokens[edge].quote >= 0 and tokens[edge - 1].text in _APART:
            end = edge
        beside = other.subject[0] - 1 if other.subject else 0
        absolute = beside > 1 and tokens[beside].low == "with" and tokens[beside - 1].text == ","
        if absolute and other.how != "finite" and right[0] < beside < end:
            end = beside - 1
    verb = clause.verb
    if verb.thing and not (verb.clause and tokens[right[0]].low == "that"):
        end = _object_end(tokens, right[0], end)
    return trim(tokens, right[0], end)

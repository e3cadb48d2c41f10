"""The rule engine: reporting clauses from word lists and word order, without a model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from .cues import BOUNDARIES, INVERTING, PREPOSITIONS, PRONOUNS, QUOTED_ONLY, TIMES, VERBS, Verb
from .phrases import adverb, apposed, first_subject, group, noun_phrase, reading
from .reports import Report, Span
from .sentences import Sentence, Token

_DASHES = frozenset(["—", "–", "--", "-"])
_END = frozenset([".", "?", "!", "…", "..."])
Range = tuple[int, int]


@dataclass(slots=True)
class _Clause:
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


def _spans(tokens: Sequence[Token], ranges: Sequence[Range]) -> list[Span]:
    return [(tokens[a].start, tokens[b - 1].end) for a, b in ranges if a < b]


def _trim(tokens: Sequence[Token], a: int, b: int) -> Range:
    """Drop signs at the edges of a token range."""
    while a < b and tokens[a].quote < 0 and not tokens[a].word and tokens[a].text not in "$([":
        a += 1
    while a < b and tokens[b - 1].quote < 0 and not tokens[b - 1].word and tokens[b - 1].text not in "%)]":
        b -= 1
    return a, b


def _shared(tokens: Sequence[Token], found: list[_Clause], limit: int) -> Range | None:
    """Return the subject that a verb without its own takes over."""
    for clause in found:
        if clause.subject is None or clause.how != "finite":
            continue
        edge = min(clause.subject[0], clause.begin)
        if edge == 0 or tokens[edge - 1].low not in BOUNDARIES or tokens[edge - 1].low in (
            "but", "and", "so", "yet"
        ):
            if tokens[edge - 1].low != "that" or edge == 0:
                return clause.subject
    return first_subject(tokens, limit)


def _subject(tokens: Sequence[Token], begin: int, how: str, found: list[_Clause]) -> tuple[Range | None, bool]:
    """Return the subject of a verb group, and whether it is shared with an earlier verb."""
    before = begin - 1
    while before > 0 and tokens[before].low in TIMES | {"on"} and tokens[before].low != "may":
        before -= 1
    if before < 0:
        return None, how in ("ing", "infinitive")
    token = tokens[before]
    if how in ("ing", "infinitive"):
        opens = tokens[0].low.endswith("ing") or tokens[0].low in PREPOSITIONS
        if opens and all(item.text != "," for item in tokens[:before]):
            return first_subject(tokens, len(tokens)), True
        return _shared(tokens, found, before + 1), True
    if token.low in ("and", "but", "or", "then", "—", "–", "-", "--"):
        return _shared(tokens, found, before), True
    if token.low in ("who", "which", "that"):
        back = before - 1
        if back >= 0 and tokens[back].text == ",":
            back -= 1
        near = noun_phrase(tokens, back, 0)
        return ((near[0], before + 1) if near else (before, before + 1)), False
    if token.text == "," or (token.quote >= 0 and token.end - token.start < 60 and before > 1):
        near = apposed(tokens, before, 0)
        if near is not None:
            return near, False
        return _shared(tokens, found, before), True
    if token.word or token.text in (")", "%"):
        return noun_phrase(tokens, before, 0), False
    if token.quote >= 0:
        return None, False
    return _shared(tokens, found, before), True


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
        if token.text in (";",) or token.text in _DASHES:
            return -1
    return -1


def _right(tokens: Sequence[Token], clause: _Clause, stop: int) -> Range | None:
    """Return the token range of what a verb reports to its right."""
    verb, at = clause.verb, clause.at
    position = _after_verb(tokens, at, stop)
    if position >= stop:
        return None
    token = tokens[position]
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
        if token.text in _END or token.text == ",":
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


def _left(tokens: Sequence[Token], clause: _Clause) -> Range | None:
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
    if mark.quote < 0 and mark.text != "," and mark.text not in _DASHES:
        return None
    a, b = _trim(tokens, 0, edge)
    if a >= b:
        return None
    return a, b


def _closes(tokens: Sequence[Token], clause: _Clause, stop: int) -> bool:
    """Say whether nothing but times, places and hearers follows a verb up to a sign."""
    position = _after_verb(tokens, clause.at, stop)
    if position >= stop or tokens[position].text in _END or tokens[position].text == ",":
        return True
    return tokens[position].low in PREPOSITIONS or tokens[position].low in ("when", "as", "while")


def _inverted(tokens: Sequence[Token], at: int, stop: int) -> Range | None:
    """Return the subject of «said Mr Rhodes, a doctor»."""
    a = at + 1
    end = a
    while end < stop:
        token = tokens[end]
        if token.text == "(":
            while end < stop and tokens[end].text != ")":
                end += 1
            end += 1
            continue
        if token.quote >= 0 and end > a:
            break
        if not token.word and token.text not in "%$&’'":
            break
        if end > a and (token.low in BOUNDARIES or token.low in TIMES):
            break
        if end > a and token.low in PREPOSITIONS and token.low not in ("of", "for", "with", "from", "at"):
            break
        end += 1
    if end == a:
        return None
    if end < stop and tokens[end].text == "," and end + 1 < stop and tokens[end + 1].word:
        inner = tokens[end + 1]
        if inner.low in ("a", "an", "the", "who", "whose", "one", "former", "his", "her") or (
            inner.text[0].isdigit() or inner.capital
        ):
            end += 1
            while end < stop and tokens[end].text not in (";", ".", ":") and tokens[end].quote < 0:
                if tokens[end].text == "," and end + 1 < stop and tokens[end + 1].low.endswith("ing"):
                    break
                end += 1
    return a, end


def _last_clause(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """Say whether only a short name or noun phrase follows a verb."""
    return stop - at < 8 and all(token.word or token.text == "," for token in tokens[at:stop])


def _clauses(tokens: Sequence[Token]) -> list[_Clause]:
    found: list[_Clause] = []
    stop = len(tokens)
    while stop and tokens[stop - 1].text in _END:
        stop -= 1
    for at in range(stop):
        token = tokens[at]
        verb = VERBS.get(token.low)
        if verb is None:
            continue
        begin = group(tokens, at)
        before = tokens[begin - 1] if begin else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        opens = before is not None and (before.quote >= 0 or before.text in (",", *_DASHES))
        if (
            opens
            and verb.clause
            and verb.form in ("past", "third")
            and begin == at
            and after is not None
            and after.word
            and not verb.hearer
            and not adverb(after)
            and (after.capital or after.low in PRONOUNS or (before.quote >= 0 and after.low not in PREPOSITIONS))
            and after.low not in TIMES
            and after.low not in ("that", "in", "on", "to")
        ):
            is_pair = before.quote < 0 and (
                after.low in PRONOUNS
                or verb.lemma not in INVERTING
                or (apposed(tokens, begin - 1, 0) is not None and not _last_clause(tokens, at, stop))
            )
            subject = None if is_pair else _inverted(tokens, at, stop)
            if subject is not None:
                found.append(_Clause(verb, begin, at, "finite", subject, False, [], subject[1], "inverted"))
                continue
        how = reading(tokens, at, begin, verb)
        if how in ("", "passive"):
            continue
        if how == "noun-ing":
            subject, joined = noun_phrase(tokens, begin - 1, 0), False
        else:
            subject, joined = _subject(tokens, begin, how, found)
        found.append(_Clause(verb, begin, at, how, subject, joined, [], at + 1, "verb"))
    return found


def _cut(tokens: Sequence[Token], clauses: list[_Clause], number: int, a: int, b: int) -> int:
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
        if token.text == ";" or (token.text in _DASHES and token.text != "-"):
            return position
        if token.text == "," and position + 1 < b:
            after = tokens[position + 1]
            if after.low in ("but", "while", "which", "who", "as", "after", "though", "although"):
                return position
            if after.low.endswith("ing") and not after.capital:
                return position
    return b


def _according(tokens: Sequence[Token], number: int) -> list[Report]:
    """Return the reports of «according to X» in a sentence."""
    found = []
    for at in range(len(tokens) - 2):
        if tokens[at].low != "according" or tokens[at + 1].low != "to":
            continue
        end = at + 2
        while end < len(tokens) and (tokens[end].word or tokens[end].text in "()&%’'"):
            if end > at + 2 and tokens[end].low in ("that", "which", "who", "and") and (
                not tokens[end - 1].capital or tokens[end].low != "and"
            ):
                break
            end += 1
        if end == at + 2:
            continue
        before = _trim(tokens, 0, at)
        after = _trim(tokens, end, len(tokens))
        ranges = []
        if before[0] < before[1]:
            ranges.append(before)
            if tokens[at - 1].text == "," and end < len(tokens) and tokens[end].text == ",":
                ranges.append(after)
        elif after[0] < after[1]:
            ranges.append(after)
        found.append(
            Report(
                number,
                [(tokens[at].start, tokens[at + 1].end)],
                _spans(tokens, [(at + 2, end)]),
                _spans(tokens, ranges),
                "according to",
            )
        )
    return found


def _quotes_only(tokens: Sequence[Token], a: int, b: int) -> bool:
    return all(token.quote >= 0 or not token.word for token in tokens[a:b])


def _final(tokens: Sequence[Token], clauses: list[_Clause], stop: int) -> Range | None:
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


def _resolve(tokens: Sequence[Token], clauses: list[_Clause]) -> list[_Clause]:
    """Give each clause what it reports; drop those inside another's report."""
    kept: list[_Clause] = []
    stop = len(tokens)
    owned = [False] * stop
    while stop and tokens[stop - 1].text in _END:
        stop -= 1
    final = _final(tokens, clauses, stop)
    if final is not None and not any(
        tokens[other.begin - 1].quote >= 0
        for other in clauses[: final[0]]
        if other.begin and other.how == "finite"
    ):
        clause = clauses[final[0]]
        clause.content = [_trim(tokens, 0, final[1])]
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
            left = _trim(tokens, *left)
            if left[0] >= left[1]:
                left = None
        quoted = left is not None and tokens[left[1] - 1].quote >= 0
        closing = _closes(tokens, clause, stop)
        if clause.rule == "inverted":
            after = clause.subject[1] if clause.subject else clause.at + 1
            for position in range(after, min(stop, after + 12)):
                if tokens[position].quote >= 0 and tokens[position - 1].text in (",", ":"):
                    right = (position, position + 1)
                    break
        elif quoted:
            found = _marker(tokens, clause.at + 1, stop, 14)
            if found >= 0:
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
            end = _cut(tokens, clauses, number, right[0], right[1])
            verb = clause.verb
            if verb.thing and not (verb.clause and tokens[right[0]].low == "that"):
                end = _object_end(tokens, right[0], end)
            right = _trim(tokens, right[0], end)
            if right[0] >= right[1]:
                right = None
        ranges = [r for r in (left, right) if r is not None and r[0] < r[1]]
        clause.content = ranges
        for a, b in ranges:
            owned[a:b] = [True] * (b - a)
        kept.append(clause)
    return kept


def _headline(tokens: Sequence[Token], number: int) -> Report | None:
    """Return the report of «X: what X says» where X is short and names somebody."""
    for at in range(1, min(len(tokens) - 1, 8)):
        token = tokens[at]
        if token.text == ":":
            a, b = _trim(tokens, at + 1, len(tokens))
            if a < b and all(item.word for item in tokens[:at]) and tokens[at - 1].capital:
                return Report(
                    number,
                    [(token.start, token.end)],
                    _spans(tokens, [(0, at)]),
                    _spans(tokens, [(a, b)]),
                    "headline",
                )
            return None
        if not token.word or token.low in VERBS:
            return None
    return None


def reports(sentences: Sequence[Sentence], *, attitude: bool = True) -> list[Report]:
    """Return the reporting clauses of a text, by word lists and word order.

    Parameters
    ----------
    sentences : sequence of Sentence
    attitude : bool, default True
        Whether verbs of belief, wish and support report too.

    Returns
    -------
    list of Report
        In order of the sentences.
    """
    found: list[Report] = []
    for number, sentence in enumerate(sentences):
        tokens = sentence.tokens
        if len(tokens) < 3:
            continue
        here = _according(tokens, number)
        if sentence.paragraph == 0 or tokens[-1].quote >= 0:
            headline = _headline(tokens, number)
            if headline is not None:
                found.append(headline)
                continue
        for clause in _resolve(tokens, _clauses(tokens)):
            if clause.verb.attitude and not attitude:
                continue
            subject = [clause.subject] if clause.subject else []
            here.append(
                Report(
                    number,
                    _spans(tokens, [(clause.begin, clause.at + 1)]),
                    _spans(tokens, subject),
                    _spans(tokens, clause.content),
                    clause.rule,
                    clause.verb.attitude,
                )
            )
        found.extend(sorted(here, key=lambda report: report.cue[0]))
    return found

"""Quotations tied to reporting clauses: from sentences and reports to attributions."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from analysis.voices.english.answers import whose
from analysis.voices.english.beside import (
    POINTING,
    SIGNS,
    gesture,
    led_in,
    name_before,
    of_work,
    title,
    was_asked,
)
from analysis.voices.english.cues import BOUNDARIES, PREPOSITIONS, VERB_FORMS, VERBS
from analysis.voices.english.openings import first_subject
from analysis.voices.english.reporting import Report, Span
from analysis.voices.english.sentences import Sentence, Token
from analysis.voices.quotation_marks import Quotation

_SCARE, _LONG, _SENTENCE = 2, 4, 8


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words, as found.

    Spans are character offsets. ``source`` is the mention as written (empty where the text
    names nobody), ``speaker`` the resolved name or description (empty where unknown),
    ``kind`` direct, mixed or indirect, ``rule`` what found it, ``confidence`` the chance that the
    words are this speaker's.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    kind: str
    rule: str
    speaker: str = ""
    confidence: float = 1.0


Governor = Callable[[Span], tuple[tuple[Span, ...], bool]]
"""What an engine knows of a quotation outside every report: the subject of the verb it hangs on,
and whether that verb reports."""


@dataclass(slots=True)
class _State:
    """What has been made so far and what a quotation may join."""

    text: str
    quotes: list[Quotation]
    sentences: Sequence[Sentence]
    here: dict[int, list[Report]]
    governor: Governor | None
    made: list[Report] = field(default_factory=list)
    known: set[int] = field(default_factory=set)
    last: Report | None = None  # the last attribution that holds a quotation
    last_sentence: int = -9
    statement: Report | None = None
    block: Report | None = None  # opened by a colon, or going on from the paragraph before

    def add(self, report: Report, number: int, *, quoted: bool) -> None:
        """Make a report an attribution."""
        if id(report) not in self.known:
            self.known.add(id(report))
            self.made.append(report)
        if quoted:
            self.last, self.last_sentence = report, number


def _holds(span: Span, content: Sequence[Span]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in content)


def _span(tokens: Sequence[Token], found: tuple[int, int] | None) -> list[Span]:
    return [(tokens[found[0]].start, tokens[found[1] - 1].end)] if found else []


def _words(text: str, span: Span) -> int:
    return len(text[span[0] : span[1]].split())


def assemble(
    text: str,
    quotes: list[Quotation],
    sentences: Sequence[Sentence],
    reports: Sequence[Report],
    governor: Governor | None = None,
) -> list[Attribution]:
    """Tie quotations to reports and make attributions.

    Every report that has content becomes one. A quotation outside all content joins the
    attribution it continues, or takes its source from what stands beside it, or is left alone.

    Parameters
    ----------
    text : str
    quotes : list of Quotation
    sentences : sequence of Sentence
    reports : sequence of Report
        As an engine found them.
    governor : callable, optional
        Gives the source of a quotation inside a sentence that reports nothing.

    Returns
    -------
    list of Attribution
        In order of their first character; contents do not overlap.
    """
    here: dict[int, list[Report]] = {}
    for report in reports:
        here.setdefault(report.sentence, []).append(replace(report, content=list(report.content)))
    state = _State(text, quotes, sentences, here, governor)
    paragraph = -1
    for number, sentence in enumerate(sentences):
        fresh = sentence.paragraph != paragraph
        paragraph = sentence.paragraph
        alone = all(not token.word for token in sentence.tokens)
        if not alone:
            state.block = None
        for position, token in enumerate(sentence.tokens):
            if token.quote < 0:
                continue
            span = (token.start, token.end)
            owner = next((r for r in here.get(number, ()) if _holds(span, r.content)), None)
            if owner is None:
                owner = (
                    _tie_alone(state, number, span, fresh=fresh)
                    if alone
                    else _tie_inside(state, number, position, span)
                )
                if owner is None and alone and _words(text, span) >= _LONG:
                    owner = Report(number, [], [], [], "nobody named")
                if owner is not None:
                    owner.content.append(span)
            if owner is not None:
                state.add(owner, number, quoted=True)
                if not quotes[token.quote].closed:
                    state.block = owner
        for report in here.get(number, ()):
            if report.content:
                state.add(report, number, quoted=False)
        if sentence.tokens[-1].text == ":" and here.get(number):
            state.block = here[number][-1]
        _continue_statement(state, number)
    return _finish(state)


def _continue_statement(state: _State, number: int) -> None:
    """Give the rest of the paragraph of a statement without marks to whom its label names."""
    for report in state.here.get(number, ()):
        if report.rule == "statement":
            state.statement = report
            return
    sentence = state.sentences[number]
    open_ = state.statement
    if open_ is None:
        return
    if sentence.paragraph != state.sentences[open_.sentence].paragraph:
        state.statement = None
    elif not state.here.get(number):
        open_.content.append((sentence.start, sentence.end))


def _beside(state: _State, number: int, source: list[Span], rule: str) -> Report | None:
    return Report(number, [], list(source), [], rule) if source else None


def _tie_alone(state: _State, number: int, span: Span, *, fresh: bool) -> Report | None:
    """Find the report that a sentence which is one quotation belongs to."""
    after = state.here.get(number + 1, [])
    following = state.sentences[number + 1] if number + 1 < len(state.sentences) else None
    same = following is not None and following.paragraph == state.sentences[number].paragraph
    goes_on = not fresh and state.last is not None and state.last_sentence == number - 1
    if (
        same
        and not goes_on
        and after
        and not after[0].content
        and after[0].rule.endswith("verb")
        and len(after) == 1
    ):
        after[0].rule = "sentence after"
        return after[0]
    if not fresh:
        return _tie_next(state, number)
    if state.block is not None:
        return state.block
    before = number - 1
    if before < 0:
        return None
    previous = state.sentences[before]
    if previous.tokens[-1].text == ":":
        here = state.here.get(before, [])
        found = (
            here[-1].source
            if here
            else _span(previous.tokens, first_subject(previous.tokens, len(previous.tokens)))
        )
        made = _beside(state, number, list(found), "colon before")
        state.block = made
        return made
    if state.last is not None and state.last_sentence >= before - 1:
        return _beside(state, number, state.last.source, "paragraph before")
    if state.made and state.made[-1].sentence == before:
        return _beside(state, number, state.made[-1].source, "paragraph before")
    return None


def _tie_next(state: _State, number: int) -> Report | None:
    """Find the report of a quotation that follows a sentence of its own paragraph."""
    before = number - 1
    here = [report for report in state.here.get(before, []) if report.source]
    acting = gesture(state.sentences[before].tokens)
    if acting is not None:
        source = _span(state.sentences[before].tokens, acting)
        return _beside(state, number, source, "sentence before")
    if state.last is not None and state.last_sentence == before:
        return state.last
    speech = [report for report in here if not report.attitude and report.rule != "noun"] or here
    if speech:
        return _beside(state, number, speech[0].source, "sentence before")
    tokens = state.sentences[before].tokens
    if state.last is not None and state.last_sentence == before - 1:
        return state.last
    return _beside(
        state, number, _span(tokens, first_subject(tokens, len(tokens))), "subject before"
    )


def _phrase_after(tokens: Sequence[Token], begin: int) -> tuple[int, int] | None:
    """Return the noun phrase of «"...," an angry man retorted» before its unknown verb."""
    end = begin
    while end < len(tokens) and end - begin < 10:
        token = tokens[end]
        if not token.word or token.low in BOUNDARIES:
            return None
        if (
            end > begin
            and not token.capital
            and (token.low in VERBS or token.low in VERB_FORMS or token.low.endswith("ed"))
        ):
            return begin, end
        end += 1
    return None


def _phrase_after_verb(tokens: Sequence[Token], verb: int) -> tuple[int, int] | None:
    """Return the noun phrase of «"...!" trumpeted the mayor.» after its unknown verb."""
    low, begin = tokens[verb].low, verb + 1
    if not low.endswith("ed") or tokens[verb].capital or begin >= len(tokens):
        return None
    if not (tokens[begin].capital or tokens[begin].low in ("the", "a", "an", "his", "her", "one")):
        return None
    end = begin
    while end < len(tokens) and tokens[end].word and tokens[end].low not in BOUNDARIES:
        if end > begin and tokens[end].low in PREPOSITIONS - {"of", "for", "from"}:
            break
        end += 1
    if end + 1 < len(tokens) and tokens[end].text == "," and tokens[end + 1].capital:
        end += 1
        while end < len(tokens) and tokens[end].word and tokens[end].low not in BOUNDARIES:
            end += 1
    return (begin, end) if end - begin < 10 else None


def _tie_inside(state: _State, number: int, position: int, span: Span) -> Report | None:
    """Find the report of a quotation that stands in a sentence but in no report's content."""
    tokens = state.sentences[number].tokens
    before = tokens[position - 1] if position else None
    after = tokens[position + 1] if position + 1 < len(tokens) else None
    if after is not None and after.text in SIGNS and position + 2 < len(tokens):
        rest = tokens[position + 2 :]
        if len(rest) < 8 and rest[0].capital and rest[-1].word:
            return _beside(state, number, [(rest[0].start, rest[-1].end)], "name after")
    if was_asked(tokens, position):
        return Report(number, [], [], [], "nobody named")
    if before is not None and before.text == ":":
        found = _span(tokens, led_in(tokens, position - 1))
        found = found or _span(tokens, name_before(tokens, position - 1))
        found = found or _span(tokens, first_subject(tokens, position - 1))
        return _beside(state, number, found, "colon")
    if of_work(state.text, span, tokens, position):
        return None
    if position == 0 and after is not None and (owner := whose(tokens, position + 1)):
        return _beside(state, number, [owner], "subject after")
    if position == 0 and after is not None and after.word and after.low not in PREPOSITIONS:
        said = state.text[span[0] : span[1]].rstrip("\"'“”‘’«»」』 ")
        phrase = _phrase_after(tokens, position + 1)
        phrase = phrase or _phrase_after_verb(tokens, position + 1)
        if phrase is not None and said[-1:] in (",", "?", "!", "—", "-"):
            return _beside(state, number, _span(tokens, phrase), "subject after")
    reports = [report for report in state.here.get(number, []) if report.source]
    if before is not None and before.text == ",":
        earlier = [report for report in reports if report.cue and report.cue[0][1] <= span[0]]
        source = earlier[-1].source if earlier else _span(tokens, first_subject(tokens, position))
        return _beside(state, number, source, "before comma")
    if title(state.text, span):
        return None
    words = _words(state.text, span)
    if position == 0 and words >= _SENTENCE and number and state.last_sentence == number - 1:
        return state.last
    if words <= _SCARE:
        return None
    return _governed(state, number, span, reports)


def _governed(state: _State, number: int, span: Span, reports: list[Report]) -> Report | None:
    """Give a quotation to the reporting verb above it, the last before it, or its own verb."""
    source, reporting = state.governor(span) if state.governor is not None else ((), False)
    if not reporting:
        before = [r for r in reports if not r.attitude and r.cue and r.cue[0][1] <= span[0]]
        near = before or reports
        if near and not (source and not before):
            source = tuple(
                min(near, key=lambda r: abs(span[0] - r.cue[0][1]) if r.cue else 0).source
            )
    if not source and _words(state.text, span) >= _LONG:
        tokens = state.sentences[number].tokens
        at = next(n for n, token in enumerate(tokens) if token.start == span[0])
        source = tuple(_span(tokens, first_subject(tokens, at)))
    opening = state.sentences[number].tokens[0]
    pointing = opening.low == "that" and source[:1] and source[0][0] <= opening.end + 1
    if pointing or (len(source) == 1 and state.text[slice(*source[0])].lower() in POINTING):
        if state.last is not None and state.last_sentence >= number - 2:
            return _beside(state, number, list(state.last.source), "governed")
        return Report(number, [], [], [], "nobody named")
    return _beside(state, number, list(source), "governed")


def _finish(state: _State) -> list[Attribution]:
    """Order the reports and make their contents disjoint: what comes first keeps its words."""
    pieces = sorted(
        ((a, -b, number) for number, report in enumerate(state.made) for a, b in report.content)
    )
    contents: list[list[Span]] = [[] for _ in state.made]
    position = 0
    for start, negative, number in pieces:
        if position < -negative:
            contents[number].append((max(start, position), -negative))
            position = -negative
    found = [
        Attribution(
            tuple(content),
            tuple(report.cue),
            tuple(report.source),
            "direct" if report.rule == "statement" else kind(state.quotes, state.text, content),
            report.rule,
        )
        for report, content in zip(state.made, contents, strict=True)
        if any(any(map(str.isalnum, state.text[a:b])) for a, b in content)
    ]
    return sorted(found, key=lambda item: item.content)


def kind(quotes: Sequence[Quotation], text: str, content: Sequence[Span]) -> str:
    """Return direct, mixed or indirect, by how much of the content stands in quotation marks."""
    total = quoted = 0
    for a, b in content:
        total += sum(map(str.isalnum, text[a:b]))
        index = max(0, bisect_right(quotes, a, key=lambda quotation: quotation.start) - 1)
        while index < len(quotes) and quotes[index].start < b:
            low, high = max(a, quotes[index].start), min(b, quotes[index].end)
            if low < high:
                quoted += sum(map(str.isalnum, text[low:high]))
            index += 1
    if total and quoted == total:
        return "direct"
    return "mixed" if quoted else "indirect"

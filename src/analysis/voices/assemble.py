"""Quotations tied to reporting clauses: from sentences and reports to attributions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from .marks import Quotation
from .reports import Report, Span
from .sentences import Sentence


@dataclass(frozen=True, slots=True)
class Attribution:
    """Somebody's words, as found.

    Spans are character offsets. ``source`` is the mention as written (empty where the text
    names nobody), ``speaker`` the resolved name or description (empty where unknown),
    ``kind`` direct, mixed or indirect, ``rule`` what found it.
    """

    content: tuple[Span, ...]
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    kind: str
    rule: str
    speaker: str = ""


def _inside(span: Span, content: Sequence[Span]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in content)


def assemble(
    text: str, quotes: list[Quotation], sentences: Sequence[Sentence], reports: list[Report]
) -> list[Attribution]:
    """Tie quotations to reports and make attributions.

    Every report that has content becomes one; a quotation outside all content joins the
    attribution it continues, or takes a source by position, or is left alone.
    """
    by_sentence: dict[int, list[int]] = {}
    for number, report in enumerate(reports):
        by_sentence.setdefault(report.sentence, []).append(number)
    live = [replace(report, content=list(report.content)) for report in reports]
    covered = set()
    for report in live:
        for span in report.content:
            covered.add(span)
    last: int | None = None
    last_paragraph = -1
    made: list[Report] = []
    order: list[Report] = []
    for number, sentence in enumerate(sentences):
        here = [live[index] for index in by_sentence.get(number, ())]
        if sentence.paragraph != last_paragraph:
            fresh = True
            last_paragraph = sentence.paragraph
        else:
            fresh = False
        alone = all(not token.word for token in sentence.tokens)
        for token in sentence.tokens:
            if token.quote < 0:
                continue
            span = (token.start, token.end)
            if any(_inside(span, report.content) for report in here):
                continue
            found = _tie(span, alone, fresh, here, order, sentence, live, by_sentence, number, text)
            if found is not None and found not in here and found not in order:
                order.append(found)
        order.extend(report for report in here if report.content and report not in order)
    del covered, last, made
    return [_attribution(text, quotes, report) for report in order if report.content]


def _tie(span, alone, fresh, here, order, sentence, live, by_sentence, number, text):
    """Find the report a quotation outside all content belongs to."""
    if alone:
        previous = order[-1] if order else None
        if previous is not None and previous.sentence >= number - 3:
            if not fresh:
                previous.content.append(span)
                return None
            made = Report(number, [], list(previous.source), [span], "paragraph before")
            return made
        return None
    candidates = [report for report in here if report.source]
    if candidates:
        nearest = min(candidates, key=lambda r: min(abs(span[0] - r.cue[0][1]), abs(r.cue[0][0] - span[1])))
        if nearest.content:
            return Report(number, list(nearest.cue), list(nearest.source), [span], "nearest cue")
        nearest.content.append(span)
        return None
    return None


def _attribution(text: str, quotes: list[Quotation], report: Report) -> Attribution:
    content = tuple(sorted(set(report.content)))
    kind = _kind(text, quotes, content)
    return Attribution(content, tuple(report.cue), tuple(report.source), kind, report.rule)


def _kind(text: str, quotes: list[Quotation], content: Sequence[Span]) -> str:
    """Return direct, mixed or indirect by how much of the content stands in quotation marks."""
    total = quoted = 0
    starts = [q.start for q in quotes]
    from bisect import bisect_right

    for a, b in content:
        total += sum(c.isalnum() for c in text[a:b])
        index = max(0, bisect_right(starts, a) - 1)
        while index < len(quotes) and quotes[index].start < b:
            lo, hi = max(a, quotes[index].start), min(b, quotes[index].end)
            if lo < hi:
                quoted += sum(c.isalnum() for c in text[lo:hi])
            index += 1
    if total and quoted == total:
        return "direct"
    return "mixed" if quoted else "indirect"

"""A press story cut into voices: utterances that partition it."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import Any

from analysis.text.document import Document, changed, from_spans
from analysis.voices.authors import author
from analysis.voices.corrections import Corrections
from analysis.voices.engines import Engine, attribute
from analysis.voices.english.assemble import Attribution
from analysis.voices.english.cues import VERBS
from analysis.voices.press import is_press, unread
from analysis.voices.quotation_marks import Quotation, quotations

ALONE = 5
"""Words in quotation marks up to which a quoted piece of a reported clause stays reported."""
FRAGMENT = 2
"""Words in quotation marks that, as the object of a verb, are reported and not spoken."""


def _near(quotes: Sequence[Quotation], a: int, b: int) -> list[Quotation]:
    """Return the quotations that a span touches."""
    first = max(0, bisect_right(quotes, a, key=lambda quotation: quotation.start) - 1)
    last = bisect_right(quotes, b - 1, key=lambda quotation: quotation.start)
    return [quotation for quotation in quotes[first:last] if quotation.end > a]


def _fragment(attribution: Attribution, text: str) -> bool:
    """Say whether all that is quoted is the object of its verb: «they promised "oversight"»."""
    if len(attribution.content) != 1 or not attribution.cue:
        return False
    (a, b), cue = attribution.content[0], attribution.cue[-1]
    verb = VERBS.get(text[slice(*cue)].rsplit(maxsplit=1)[-1].lower())
    inside = text[a:b].strip("\"'“”‘’.,;:!? ")
    beside = cue[1] <= a and not text[cue[1] : a].strip()
    short = len(inside.split()) <= FRAGMENT and inside[:1].islower()
    return short and beside and verb is not None and verb.thing


def _pieces(
    attribution: Attribution, text: str, quotes: Sequence[Quotation]
) -> list[tuple[int, int, str]]:
    """Cut an attribution's content into spans spoken directly and spans reported."""
    if attribution.kind != "mixed":
        direct = attribution.kind == "direct" and not _fragment(attribution, text)
        mode = "direct" if direct else "indirect"
        return [(a, b, mode) for a, b in attribution.content]
    found: list[tuple[int, int, str]] = []
    for a, b in attribution.content:
        position = a
        for quotation in _near(quotes, a, b):
            if len(text[quotation.inner : quotation.outer].split()) <= ALONE:
                continue
            start, end = max(a, quotation.start), min(b, quotation.end)
            if text[position:start].strip():
                found.append((position, start, "indirect"))
            else:
                start = position
            found.append((start, end, "direct"))
            position = end
        if text[position:b].strip(" .,;:!?"):
            found.append((position, b, "indirect"))
        elif position < b and found:
            found[-1] = (found[-1][0], b, found[-1][2])
    return found


def partition(
    text: str, attributions: Sequence[Attribution], whose: str = ""
) -> tuple[list[tuple[int, int, int, str, str, str]], list[float]]:
    """Return the spans ``(start, body, end, label, speaker, mode)`` that partition a text.

    And the confidence of each, not a number where nobody is quoted.

    What no attribution covers is narration, and so is what somebody is only said to do or want
    (rules that end in ``act``). Where an author is given, narration is a turn of theirs.
    """
    quotes = quotations(text)
    own = (whose, whose, "turn") if whose else ("", "", "narration")
    pieces: list[tuple[int, int, str, str, str, float]] = []
    for attribution in attributions:
        if attribution.rule.endswith(" act"):
            continue
        label = " … ".join(" ".join(text[a:b].split()) for a, b in attribution.source)
        if whose and label.lower() in ("i", "we") and attribution.kind == "indirect":
            continue  # The author's own «I call it …» is his or her turn as well.
        pieces += [
            (a, b, label, attribution.speaker, mode, attribution.confidence)
            for a, b, mode in _pieces(attribution, text, quotes)
        ]
    spans: list[tuple[int, int, int, str, str, str]] = []
    sure: list[float] = []
    position = 0
    for start, b, label, speaker, mode, confidence in sorted(pieces):
        a = max(start, position)
        if a >= b:
            continue
        if a > position:
            spans.append((position, position, a, *own))
            sure.append(math.nan)
        spans.append((a, a, b, label, speaker, mode))
        sure.append(confidence)
        position = b
    if position < len(text):
        spans.append((position, position, len(text), *own))
        sure.append(math.nan)
    return spans, sure


def _after(
    spans: list[tuple[int, int, int, str, str, str]], sure: list[float], body: int
) -> tuple[list[tuple[int, int, int, str, str, str]], list[float]]:
    """Leave what stands before the body of a text, such as front matter, out of what is said."""
    kept = [at for at, span in enumerate(spans) if span[2] > body]
    if not body or not kept:
        return spans, sure
    _, said, end, label, speaker, mode = spans[kept[0]]
    first = (0, max(said, body), end, label, speaker, mode)
    return [first, *(spans[at] for at in kept[1:])], [sure[at] for at in kept]


def voices(
    document: Document,
    *,
    engine: Engine = "rules",
    pipeline: Any = None,
    corrections: Corrections | None = None,
) -> Document:
    """Split a press story into utterances by who speaks.

    Transcripts and speeches are returned as they are: their labels say who speaks. Which other
    documents are read for their voices, :func:`analysis.voices.unread` says.

    Parameters
    ----------
    document : Document
    engine : {"rules", "parse"}, default "rules"
    pipeline : str, path or spaCy Language, optional
        As for :func:`analysis.voices.attribute`.
    corrections : Corrections, optional
        A reader's corrections, which win over the engine.

    Returns
    -------
    Document
        The same text; ``mode`` of its utterances is direct, indirect or narration, ``label`` the
        source as written, ``speaker`` who that is (both empty in narration and where unknown). In
        an opinion piece or a letter what is nobody else's is its author's (mode turn).
        ``confidence`` (float, 0 to 1) is the chance that the words are that speaker's, missing
        where nobody is quoted. Its metadata say under ``voices`` which engine and pipeline made
        them, or ``none`` and the reason why they were not looked for.

    Examples
    --------
    >>> from analysis.text.document import from_spans
    >>> story = '"No," said Ann Moss. Rain fell.'
    >>> made = voices(from_spans("d", story, [(0, 0, len(story), "", "", "narration")]))
    >>> made.utterances[["start", "end", "speaker", "mode"]].values.tolist()
    [[0, 5, 'Ann Moss', 'direct'], [5, 31, '', 'narration']]
    """
    if not is_press(document):
        reason = unread(document)
        if not reason or "author" in reason:
            # Its kind says so already.
            return document
        return changed(document, metadata={**document.metadata, "voices": f"none: {reason}"})
    found = attribute(document.text, engine=engine, pipeline=pipeline)
    items: Sequence[Attribution] = found.items
    if corrections is not None:
        items = corrections.apply(document.document, document.text, items)
    made = f"{found.engine} {found.pipeline}".strip()
    spans, sure = partition(document.text, items, author(document))
    spans, sure = _after(spans, sure, sum(document.columns["body"][:1]))
    metadata = {**document.metadata, "voices": made}
    cut = from_spans(document.document, document.text, spans, metadata)
    return changed(cut, utterances={**cut.columns, "confidence": sure})

"""Markdown transcripts whose turns open with a bold name: ``**Name:** …``."""

from __future__ import annotations

import re

from analysis.errors import AnalysisError
from analysis.readers import dates
from analysis.readers.field_names import is_field
from analysis.text.document import Document, from_spans

_LABEL = re.compile(
    r"^[ \t]*(?:\*\*|__)[ \t]*(?P<label>[^*_\n:]{1,60}?)[ \t]*"
    r"(?::[ \t]*(?:\*\*|__)|(?:\*\*|__)[ \t]*:)[ \t]*(?:\\?\[[\d:.]+\\?\][ \t]*)?",
    re.MULTILINE,
)
_PAUSE = "break"


def labels_in(text: str) -> list[re.Match[str]]:
    """Return the bold labels that open lines, if there are two or more; a field's name is none."""
    found = [match for match in _LABEL.finditer(text) if not _is_field(match["label"])]
    spoken = [match for match in found if not _is_pause(match)]
    return found if len(spoken) >= 2 else []


def _is_field(label: str) -> bool:
    return is_field(label) and label.strip().lower() != _PAUSE


def _is_pause(match: re.Match[str]) -> bool:
    return match["label"].strip().lower() == _PAUSE


def read_text(document: str, text: str, where: str = "") -> Document:
    r"""Read such a transcript; a paragraph without a label continues the turn before it.

    Parameters
    ----------
    document : str
    text : str
        The file as read; every offset counts in it.
    where : str, optional
        The file, for the error message.

    Returns
    -------
    analysis.text.document.Document
        What stands under ``**Break:**`` is nobody's turn, and in nobody's exposure.

    Raises
    ------
    AnalysisError
        If no line opens with a bold name.

    Examples
    --------
    >>> made = read_text("d", "**Ada:** Yes.\n\n**Tom:** No.\n")
    >>> made.utterances[["start", "body", "end", "label"]].values.tolist()
    [[0, 9, 15, 'Ada'], [15, 24, 28, 'Tom']]
    """
    found = labels_in(text)
    if not found:
        raise AnalysisError(
            where or document, "no line opens with a bold name", "lines as '**Name:** …'"
        )
    front = found[0].start()
    spans = [(0, 0, front, "", "", "narration")] if text[:front].strip() else []
    start = front if spans else 0
    ends = [*(match.start() for match in found[1:]), len(text)]
    for match, end in zip(found, ends, strict=True):
        label = " ".join(match["label"].split())
        if label.lower() != _PAUSE:
            spans.append((start, min(match.end(), end), end, label, label, "turn"))
            start = end
    if start < len(text):
        spans.append((start, start, len(text), "", "", "narration"))
    metadata = {"kind": "podcast", **dates.first_date(text[:front].splitlines(), alone=True)}
    return from_spans(document, text, spans, metadata)

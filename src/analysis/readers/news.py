"""Press stories as plain text: headline, dek, byline, date, story."""

from __future__ import annotations

import re

from analysis.readers import dates
from analysis.readers.text import heading
from analysis.text.document import Document, from_spans

_REPORTING = re.compile(
    r"\b(?:said|says|told|added|adds|according to|argued|warned|claimed|announced|insisted)\b",
    re.IGNORECASE,
)
_BYLINE = re.compile(r"By\s+(?=[A-Z])(?P<byline>[^.]{3,80})$")
_LEAST_REPORTS = 2
_LONGEST_DEK = 250
_TOP = 8


def is_story(text: str) -> bool:
    r"""Return whether a text looks like a press story.

    It has a headline, and reports what others say in two places or more.

    Examples
    --------
    >>> is_story("Minister Backs Locks\n\nThe minister said so. A critic said no.\n")
    True
    """
    return bool(heading(text)) and len(_REPORTING.findall(text)) >= _LEAST_REPORTS


def read_text(document: str, text: str, where: str = "") -> Document:
    """Read a press story as one utterance of narration.

    Who is quoted within it is the business of :mod:`analysis.voices`.

    Parameters
    ----------
    document : str
        Identifier of the document.
    text : str
        The file as read; every offset counts in it.
    where : str, optional
        The file; taken for the sake of a common signature.

    Returns
    -------
    analysis.text.document.Document
        In its metadata ``title`` (the headline), ``dek``, ``byline`` and ``date`` where found.
    """
    del where
    top = _top(text)
    metadata = {"kind": "news", **dates.first_date(top, alone=True)}
    if title := heading(text):
        metadata["title"] = title
        if dek := _dek(top[1:]):
            metadata["dek"] = dek
    if author := byline(text):
        metadata["byline"] = author
    return from_spans(document, text, [(0, 0, len(text), "", "", "narration")], metadata)


def byline(text: str) -> str:
    r"""Return who wrote a story by its byline, empty where it has none.

    Examples
    --------
    >>> byline("Minister Backs Locks\n\nBy Ida Arden\n\nThe minister said so.\n")
    'Ida Arden'
    """
    found = (match["byline"] for line in _top(text) if (match := _BYLINE.match(line)))
    return next(found, "")


def _top(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.split("\n") if line.strip()][:_TOP]


def _dek(lines: list[str]) -> str:
    """Return the line under the headline if it is one short sentence and a longer one follows."""
    if len(lines) < 2 or _BYLINE.match(lines[0]) or dates.first_date(lines[:1], alone=True):
        return ""
    sentences = re.findall(r"[.?!](?:\s|$)", lines[0])
    short = len(lines[0]) <= _LONGEST_DEK and len(sentences) <= 1
    return lines[0] if short and not lines[0].startswith(('"', "“")) else ""

"""Whose own voice a text is: an opinion piece or a letter is its author's throughout."""

from __future__ import annotations

import re

from analysis.text.document import Document
from analysis.voices.english.wordlist import words
from analysis.voices.quotation_marks import quotations

_KINDS = words("opinion comment editorial column letter leader")
_LABEL = re.compile(
    r"(?:Opinion|Comment|Editorial|Column|Viewpoint|Leader|Op-ed|Letters?(?: to the editor)?"
    r"|Guest essay)\s*(?:[:|–—-]|$)",
    re.IGNORECASE,
)
_SALUTATION = re.compile(
    r"^\s*(?:Dear (?:Sir|Madam|Editor)|Sirs?\s*[,–—:-]|To the Editor\b)",
    re.IGNORECASE | re.MULTILINE,
)
_BYLINE = re.compile(r"^[ \t]*By\s+(?=[A-Z])([^.,|\n]{3,60})", re.MULTILINE)
_NAME = re.compile(
    r"^[ \t]*((?:(?:[A-Z][\w.’'-]*|de|van|von|der|la)[ \t]+){1,4}[A-Z][\w.’'-]*)[ \t]*(?:,.*)?$"
)
_FIRST_PERSON = re.compile(r"\b(?:I|we|We|our|Our|my|My|us)\b(?!\.)")
_SENTENCE = re.compile(r"[.?!](?:\s|$)")
_TOP, _SHARE, _FEWEST = 400, 0.2, 3


def author(document: Document) -> str:
    r"""Return whose voice the whole of an opinion piece or a letter is, empty for other texts.

    It is one if its kind or one of its first lines says so, if it addresses an editor, or if it
    has a byline and says "I" or "we", outside quotation marks, in one of five sentences.

    Examples
    --------
    >>> from analysis.text.document import from_spans
    >>> text = "Opinion\nLocks matter\nBy Ida Arden\n\nWe must keep them, I think.\n"
    >>> author(from_spans("d", text, [(0, 0, len(text), "", "", "narration")]))
    'Ida Arden'
    """
    text = document.text
    told = document.metadata.get("kind_given", "") or document.metadata.get("kind", "")
    salutation = _SALUTATION.search(text, 0, _TOP)
    byline = document.metadata.get("byline", "")
    if not byline and (found := _BYLINE.search(text, 0, _TOP)):
        byline = " ".join(found[1].split())
    said = told.strip().lower() in _KINDS or salutation is not None
    labelled = any(_LABEL.match(line.strip()) for line in text[:_TOP].split("\n")[:3])
    if not (said or labelled or (byline and _speaks_for_itself(text))):
        return ""
    return byline or _signature(text) or "the author"


def _signature(text: str) -> str:
    """Return the name under a letter, empty where its last lines hold none."""
    lines = [line for line in text.split("\n") if line.strip()][-3:]
    return next((" ".join(match[1].split()) for line in lines if (match := _NAME.match(line))), "")


def _speaks_for_itself(text: str) -> bool:
    parts, position = [], 0
    for quotation in quotations(text):
        parts.append(text[position : quotation.start])
        position = quotation.end
    own = _SENTENCE.split(" ".join([*parts, text[position:]]))
    first = sum(bool(_FIRST_PERSON.search(sentence)) for sentence in own)
    return first >= max(_FEWEST, _SHARE * len(own)) or 2 * first >= len(own)

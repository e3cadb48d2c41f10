"""Files of many stories or records: which archive a source comes from, and its documents."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.readers import (
    europresse,
    factiva,
    markup,
    nexis,
    parlamint_text,
    press,
    proquest,
    references,
)
from analysis.text.document import Document

if TYPE_CHECKING:
    from analysis.readers.press import Story
    from analysis.readers.source import Source

_ARCHIVES: tuple[tuple[str, Callable[[str], bool], Callable[[str], Iterable[Story]]], ...] = (
    # Both may count their stories "Document 1 of 2"; ProQuest names itself.
    ("ProQuest", proquest.is_proquest, proquest.stories),
    ("LexisNexis", nexis.is_nexis, nexis.stories),
    ("Factiva", factiva.is_text, factiva.stories),
    ("Factiva", factiva.is_shown, factiva.stories_as_shown),
)
_PAGES = (
    ("Factiva", factiva.is_page, factiva.stories_of_page),
    ("Europresse", europresse.is_page, europresse.stories),
)
_OPENING = 60_000


def stories_in(name: str, text: str, where: str) -> list[Document]:
    """Return the stories of an export of a press archive as text, none where it is no export."""
    for archive, recognises, stories in _ARCHIVES:
        if recognises(text):
            return press.documents(name, where, archive, stories(text))
    return []


def is_text(source: Source) -> bool:
    """Return whether a text is an export of a press archive."""
    return any(recognises(source.text) for _, recognises, _ in _ARCHIVES)


def read_text(source: Source) -> list[Document]:
    """Read the stories of a text of which :func:`is_text` is true."""
    return stories_in(source.name, source.text, os.fspath(source.path))


def is_page(source: Source) -> bool:
    """Return whether a page was saved from a press archive, or exported by it."""
    opening = source.text[:_OPENING]
    text = any(mark in opening for mark in (" DOCUMENTS<", " DOCUMENT<", "DocID_", "LXNComment"))
    named = "ProQuest" in opening or "Client/Matter" in opening or "End of Document" in opening
    return text or named or any(recognises(source.text) for _, recognises, _ in _PAGES)


def read_page(source: Source) -> list[Document]:
    """Read the stories of a page; none where it is of no archive after all."""
    where = os.fspath(source.path)
    root = markup.page(where, source.text)
    for archive, recognises, stories in _PAGES:
        if recognises(source.text):
            return press.documents(source.name, where, archive, stories(root))
    # The pages of ProQuest part documents by a name alone, or by a rule.
    parted = " | //hr" if "ProQuest" in source.text else ""
    for mark in root.xpath("//a[starts-with(@name, 'DocID_')]" + parted):
        mark.text = f"\n{'_' * 60}\n"
    return stories_in(source.name, press.lines(root), where)


def is_records(source: Source) -> bool:
    """Return whether a text is a list of references, or a sitting of ParlaMint as plain text."""
    return (
        references.is_ris(source.text)
        or references.is_bibtex(source.text)
        or parlamint_text.is_text(source.path, source.text)
    )


def read_records(source: Source) -> list[Document]:
    """Read a text of which :func:`is_records` is true."""
    where = os.fspath(source.path)
    if references.is_ris(source.text):
        return references.read_ris(source.name, source.text, where)
    if references.is_bibtex(source.text):
        return references.read_bibtex(source.name, source.text, where)
    return [parlamint_text.read(source.name, source.text, Path(source.path))]

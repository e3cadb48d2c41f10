"""Plain text from any container: which kind of text it is, and what to note of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from analysis.readers import brake, labelled, news, speech, subtitles, text
from analysis.readers.line_numbers import without_line_numbers
from analysis.text.document import Document, changed

_Read = Callable[[str, str, str], Document]


def read(name: str, body: str, metadata: Mapping[str, str], where: str) -> Document:
    """Read the text of a page or DOCX as the kind of text it is; what it says of itself wins.

    Parameters
    ----------
    name : str
        Identifier of the document.
    body : str
    metadata : mapping of str to str
        What the container says of the text.
    where : str
        The file, for the error message.

    Returns
    -------
    Document
    """
    reader = next(reader for recognises, reader in _OF_TEXTS if recognises(name, body))
    made = noting(reader)(name, body, where)
    return changed(made, metadata={**made.metadata, **metadata})


def is_transcript(body: str) -> bool:
    """Return whether labels open the lines; a story with a byline may print an exchange or two."""
    labels = labelled.labels_in(without_line_numbers(body)).found
    if not labels or not news.byline(body):
        return bool(labels)
    return len(labels) >= sum(1 for line in body.splitlines() if line.strip()) / 4


def noting(reader: _Read) -> _Read:
    """Return a reader that also notes what in a text may be other than what it was taken for."""

    def noticing(name: str, body: str, where: str) -> Document:
        notes = labelled.labels_in(without_line_numbers(body)).notes + brake.note_of_text(body)
        return noted(reader(name, body, where), notes)

    return noticing


def noted(made: Document, notes: tuple[str, ...]) -> Document:
    """Return a document with more notes, each once."""
    return changed(made, notes=tuple(dict.fromkeys((*made.notes, *notes))))


_OF_TEXTS = (
    (lambda name, body: subtitles.is_subtitles(body), subtitles.read_text),
    (lambda name, body: is_transcript(body), labelled.read_text),
    (speech.is_speech, speech.read_text),
    (lambda name, body: news.is_story(body), news.read_text),
    (lambda name, body: True, text.read_text),
)

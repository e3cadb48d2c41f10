"""Read a file: find its reader in the registry, and give back its documents."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.readers import coded_projects, convokit, decoding, front_matter, markup, zipped
from analysis.readers.registry import KINDS, READERS
from analysis.readers.source import Source
from analysis.text.document import Document, changed

_PROSE = ("news", "text")
"""Kinds that a user may call a text of any form: what it holds, not how it is stored."""


def read_all(
    path: str | os.PathLike[str],
    *,
    kind: str | None = None,
    columns: Mapping[str, str] | None = None,
    repair: bool = False,
    encoding: str | None = None,
) -> list[Document]:
    """Read the documents of a file: one, or as many as a table names.

    Parameters
    ----------
    path : path-like
        A file of any form in the table above, or the folder of a ConvoKit corpus.
    kind : str, optional
        One of :data:`analysis.readers.KINDS`, where what the file seems to be is not what it is.
    columns : mapping of str to str, optional
        Which column of a table is what, such as ``{"text": "speech", "speaker": "member"}``; see
        :data:`analysis.readers.table.COLUMNS`.
    repair : bool
        Guess the encoding of a text that is not UTF-8, and say so, instead of refusing it.
    encoding : str, optional
        The encoding of texts that are not UTF-8, where it is known.

    Returns
    -------
    list of Document
        Named by the file without its suffix, or by the table's column ``document``. Where the
        file was not UTF-8, ``encoding`` in the metadata says from what it was repaired.

    Raises
    ------
    AnalysisError
        If the file is missing, empty, broken, a scan without text, or not of that kind.
    """
    path = Path(path)
    if kind is not None and kind not in KINDS:
        raise AnalysisError("kind", repr(kind), f"one of {', '.join(KINDS)}")
    if convokit.is_corpus(path):
        return convokit.read_folder(path)
    told = decoding.known(encoding) if encoding else None
    if (texts := coded_projects.texts_of(path)) is not None:
        return [document for text in texts for document in _coded(text, kind)]
    return _read(Source(path, columns, repair=repair, encoding=told), kind)


def _read(source: Source, kind: str | None) -> list[Document]:
    path = source.path
    if source.form == "pdf" and not any(page.lines for page in source.opening):
        raise AnalysisError(
            path,
            "a PDF without text, a scan most likely",
            "a PDF with a text layer",
            "run OCR on it first (ocrmypdf does)",
        )
    if source.form == "zip" and kind is None:
        return _zip(source)
    fitting = [
        reader for reader in READERS if reader.form == source.form and kind in {None, reader.kind}
    ]
    if kind in _PROSE:
        stored = [reader for reader in READERS if reader.form == source.form]
        likely = next((reader for reader in stored if reader.recognises(source)), stored[-1])
        fitting = fitting if fitting and likely.kind != "table" else [likely]
    if not fitting:
        forms = " or ".join(reader.form for reader in READERS if reader.kind == kind)
        raise AnalysisError(
            path, f"a {source.form} file, which no {kind} reader takes", f"a {forms} file"
        )
    chosen = next((reader for reader in fitting if reader.recognises(source)), fitting[-1])
    documents = chosen.read(source)
    if source.form == "text" and source.front:
        documents = [front_matter.restored(one, source.front, source.text) for one in documents]
    more = {"encoding": source.encoding} if source.encoding != "utf-8" else {}
    if kind is not None:
        more |= {"kind_given": kind}
    if not more:
        return documents
    return [changed(made, metadata={**made.metadata, **more}) for made in documents]


def _coded(text: coded_projects.Text, kind: str | None) -> list[Document]:
    """Read a text of a coded project as the file that it once was."""
    source = Source(Path(f"{text.name}.txt"), repair=True, content=text.content)
    made = _read(source, kind or text.metadata.get("kind"))
    return [changed(one, metadata={**one.metadata, **text.metadata}) for one in made]


def _zip(source: Source) -> list[Document]:
    def read_member(path: Path, content: bytes) -> list[Document]:
        member = Source(
            path, source.columns, repair=source.repair, encoding=source.told, content=content
        )
        if member.form == "zip":
            raise AnalysisError(path, "an archive within an archive", "a text", "unpack it")
        return _read(member, None)

    book = markup.archive(source.path, source.content, most=decoding.MOST_BYTES)
    return zipped.read(source.path, book, read_member)


def read(path: str | os.PathLike[str], *, kind: str | None = None) -> Document:
    """Read the one document of a file.

    Parameters
    ----------
    path : path-like
        A PDF or a UTF-8 text.
    kind : str, optional
        One of :data:`analysis.readers.KINDS`, where what the file seems to be is not what it is.

    Returns
    -------
    Document

    Raises
    ------
    AnalysisError
        As :func:`read_all`, and if a table holds several documents.
    """
    documents = read_all(path, kind=kind)
    if len(documents) != 1:
        raise AnalysisError(
            path, f"a table of {len(documents)} documents", "one document", "use read_all"
        )
    return documents[0]

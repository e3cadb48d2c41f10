"""Documents cut into voices: by the labels they print, else by an engine, corrected by hand."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from tqdm import tqdm

from analysis.corpus.corrections_table import read_corrections
from analysis.text.document import Document, split_paragraphs
from analysis.text.processes import batches_of, in_processes
from analysis.voices import Corrections, voices
from analysis.voices.engines import Engine
from analysis.voices.press import labelled

CORRECTIONS = ".corrections.csv"
"""Ending of the file beside a text that corrects its speakers and attributions."""


def corrections_beside(paths: Mapping[str, str]) -> dict[str, Corrections]:
    """Read the corrections that lie beside the files of some documents.

    Parameters
    ----------
    paths : mapping of str to str
        The file of each document.

    Returns
    -------
    dict of str to Corrections
        By document, of those that have a file ``NAME.corrections.csv`` beside ``NAME.txt``.

    Raises
    ------
    AnalysisError
        If such a file is not one of corrections.
    """
    beside = {}
    read: dict[Path, Corrections] = {}
    for file in dict.fromkeys(paths.values()):
        path = Path(file)
        table = path.with_name(path.stem + CORRECTIONS)
        if table not in read and table.is_file():
            read[table] = read_corrections(table)
        if table in read:
            beside[file] = read[table]
    return {document: beside[file] for document, file in paths.items() if file in beside}


def with_voices(
    documents: Iterable[Document],
    *,
    engine: Engine = "rules",
    pipeline: object = None,
    corrections: Mapping[str, Corrections] | None = None,
    workers: int = 1,
    progress: bool = False,
) -> Iterator[Document]:
    """Find the voices of documents in which no printed label says who speaks.

    Parameters
    ----------
    documents : iterable of Document
    engine, pipeline
        As for :func:`analysis.voices.attribute`.
    corrections : mapping of str to Corrections, optional
        By document; what a reader says wins over the engine.
    workers : int
        Processes that look for voices by the rules, where there is enough to read: what they find
        is the same with any number. A script that asks for more than one must keep its own work
        under ``if __name__ == "__main__"``, since each process reads the script.
    progress : bool
        Show a bar on standard error, if that is a terminal.

    Yields
    ------
    Document
        Cut into voices. An author's prose without other voices is cut into paragraphs, the units
        that can be resampled. A document whose voices are known already stays as it is.
    """
    documents, own = list(documents), corrections or {}
    sought = [document for document in documents if _is_open(document)]
    total = sum(len(document.text) for document in sought)
    alone = engine != "rules" or total < _WORTH_PROCESSES
    found = in_processes(
        partial(_voiced, engine=engine, pipeline=pipeline),
        batches_of((one for one in sought if one.document not in own), _length, _BATCH),
        1 if alone else workers,
    )
    bar = tqdm(
        desc="finding voices",
        total=total,
        unit=" characters",
        unit_scale=True,
        disable=None if progress and total else True,
    )
    waiting: deque[Document] = deque()
    with bar, closing(found):
        for document in documents:
            if not _is_open(document):
                yield document
                continue
            if document.document in own:
                table = own[document.document]
                made = voices(document, engine=engine, pipeline=pipeline, corrections=table)
                yield _in_paragraphs(made)
            else:
                waiting.extend(() if waiting else next(found))
                yield waiting.popleft()
            bar.update(len(document.text))


_BATCH = 100_000
_WORTH_PROCESSES = 1_000_000
"""Characters from which other processes save more time than they take to begin."""


def _is_open(document: Document) -> bool:
    """Return whether nothing says yet who speaks in a document."""
    return "voices" not in document.metadata and not labelled(document)


def _length(document: Document) -> int:
    return len(document.text)


def _voiced(documents: list[Document], **options: Any) -> list[Document]:
    return [_in_paragraphs(voices(document, **options)) for document in documents]


def _in_paragraphs(document: Document) -> Document:
    # An author's prose in one piece; what came in pieces keeps them.
    prose = document.columns["mode"] == ["narration"]
    return split_paragraphs(document, wrapped=True) if prose else document

"""Documents cut into voices: by the labels they print, else by an engine, corrected by hand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from analysis.corpus.corrections_table import read_corrections
from analysis.text.document import Document, split_paragraphs
from analysis.voices import Corrections, voices
from analysis.voices.engines import Engine

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
    read: dict[Path, Corrections] = {}
    found = {}
    for document, file in paths.items():
        path = Path(file)
        beside = path.with_name(path.stem + CORRECTIONS)
        if beside not in read and beside.is_file():
            read[beside] = read_corrections(beside)
        if beside in read:
            found[document] = read[beside]
    return found


def with_voices(
    documents: Iterable[Document],
    *,
    engine: Engine = "rules",
    pipeline: object = None,
    corrections: Mapping[str, Corrections] | None = None,
) -> Iterator[Document]:
    """Find the voices of documents in which no printed label says who speaks.

    Parameters
    ----------
    documents : iterable of Document
    engine, pipeline
        As for :func:`analysis.voices.attribute`.
    corrections : mapping of str to Corrections, optional
        By document; what a reader says wins over the engine.

    Yields
    ------
    Document
        Cut into voices. An author's prose without other voices is cut into paragraphs, the units
        that can be resampled. A document whose voices are known already stays as it is.
    """
    for document in documents:
        if "voices" in document.metadata:
            yield document
            continue
        own = (corrections or {}).get(document.document)
        yield _voiced(document, engine=engine, pipeline=pipeline, corrections=own)


def _voiced(document: Document, **options: Any) -> Document:
    modes = set(document.columns["mode"])
    # Labels say who speaks.
    made = document if "turn" in modes else voices(document, **options)
    prose = made.columns["mode"].count("narration") == len(made.columns["mode"])
    return split_paragraphs(made, wrapped=True) if prose else made

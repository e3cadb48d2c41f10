"""A corpus: documents, their utterances and their text, in three aligned tables."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.corpus import cleaning, intake, speakers_table
from analysis.corpus.nltk_texts import documents_of, is_reader
from analysis.corpus.voiced import Voiced, voices_of, with_voices
from analysis.errors import AnalysisError
from analysis.text.document import Document
from analysis.text.word_table import count_words_in_each
from analysis.voices import Corrections
from analysis.voices.engines import Engine

if TYPE_CHECKING:
    from nltk.corpus.reader.api import CorpusReader

DOCUMENT_COLUMNS = ("document", "title", "date", "kind")


@dataclass(frozen=True)
class Corpus:
    """Texts with what is known of them.

    Parameters
    ----------
    documents : pandas.DataFrame
        One row per document: ``document``, ``title``, ``date`` (ISO), ``kind``, and whatever
        else the source says of it (all str), then ``utterances`` and ``words`` (int).
    utterances : pandas.DataFrame
        One row per utterance: the columns of :class:`analysis.text.document.Document`, then
        ``affiliation`` and ``group`` (str, empty where unknown) and ``words`` (int), its
        exposure: the words said, printed labels left out.
    texts : mapping of str to str
        The characters of each document.
    skipped : pandas.DataFrame
        ``path`` and ``reason`` (str) of what lay in a folder and was not read.
    origins : mapping of str to numpy.ndarray
        Of each document in which something was put in order: where its characters stood in the
        document as read (:func:`analysis.corpus.cleaning.compact`). See :meth:`original_span`.
    changes : mapping of str to int
        What was put in order, by kind.
    notes : tuple of str
        What a reader should know, such as a correction that no longer matches its text.
    """

    documents: pd.DataFrame
    utterances: pd.DataFrame
    texts: Mapping[str, str]
    skipped: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=["path", "reason"], dtype="str")
    )
    origins: Mapping[str, np.ndarray] = field(default_factory=lambda: MappingProxyType({}))
    changes: Mapping[str, int] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()

    @classmethod
    def read(
        cls,
        *paths: str | os.PathLike[str],
        speakers: str | os.PathLike[str] | None = None,
        columns: Mapping[str, str] | None = None,
        engine: Engine = "rules",
        pipeline: object = None,
        clean: bool = True,
        workers: int = 1,
        progress: bool = False,
    ) -> Corpus:
        """Read files of any known kind, and folders of them, into one corpus.

        A table ``NAME.corrections.csv`` beside a text ``NAME.txt`` corrects the voices found in it
        (:func:`analysis.corpus.corrections_table.read_corrections`).

        Parameters
        ----------
        *paths : str or path-like
            Files, each recognised by its content, and folders, with all that is below them.
        speakers : str or path-like, optional
            A table that says which person a printed speaker label means
            (:func:`analysis.corpus.speakers_table.read_speakers`); ``speakers.csv`` in a folder
            that is named, if it is there.
        columns : mapping of str to str, optional
            Which column of a table is what, such as ``{"text": "speech"}``
            (:data:`analysis.readers.table.COLUMNS`).
        engine, pipeline
            What finds the voices of a text without labels: ``"rules"``, or ``"parse"`` with a spaCy
            pipeline (:func:`analysis.voices.attribute`).
        clean : bool
            Put the texts in order (:data:`analysis.corpus.cleaning.STATEMENT`).
        workers : int
            Processes that look for voices (:func:`analysis.corpus.voiced.with_voices`).
        progress : bool
            Show bars on standard error, if that is a terminal.

        Returns
        -------
        Corpus
            Files of a folder that cannot be read are in its ``skipped``, each with the reason.

        Raises
        ------
        AnalysisError
            If a file that was named cannot be read, or nothing in a folder can.
        """
        found = intake.read(paths, columns=columns, progress=progress)
        table = speakers or speakers_table.speakers_in(paths)
        labels = speakers_table.read_speakers(table) if table else None
        voiced = voices_of(
            found,
            engine=engine,
            pipeline=pipeline,
            clean=clean,
            workers=workers,
            progress=progress,
        )
        return cls.from_voiced(found, voiced, labels)

    @classmethod
    def from_intake(
        cls,
        found: intake.Intake,
        speakers: pd.DataFrame | None = None,
        *,
        engine: Engine = "rules",
        pipeline: object = None,
        clean: bool = True,
    ) -> Corpus:
        """Make a corpus of an intake; see :meth:`read`."""
        voiced = voices_of(found, engine=engine, pipeline=pipeline, clean=clean)
        return cls.from_voiced(found, voiced, speakers)

    @classmethod
    def from_voiced(
        cls, found: intake.Intake, voiced: Voiced, speakers: pd.DataFrame | None = None
    ) -> Corpus:
        """Make a corpus of an intake whose voices are found; see :func:`voices_of`."""
        corpus = cls._of(voiced.documents, speakers)
        return replace(
            corpus,
            skipped=found.skipped,
            origins=voiced.origins,
            changes=voiced.changes,
            notes=voiced.notes,
        )

    @classmethod
    def of(
        cls,
        documents: Iterable[Document] | CorpusReader,
        speakers: pd.DataFrame | None = None,
        *,
        engine: Engine = "rules",
        pipeline: object = None,
        corrections: Mapping[str, Corrections] | None = None,
    ) -> Corpus:
        """Make a corpus of documents already read.

        Parameters
        ----------
        documents : iterable of Document, or a corpus reader of NLTK's
        speakers : pandas.DataFrame, optional
            The columns ``document``, ``label``, ``speaker``, ``affiliation``, ``group``.
        engine, pipeline
            As in :meth:`read`.
        corrections : mapping of str to Corrections, optional
            Of the voices found in a document, by its identifier.

        Returns
        -------
        Corpus
            Where no labels say who speaks, voices were found.

        Raises
        ------
        AnalysisError
            If two documents share an identifier.

        Examples
        --------
        >>> from analysis.text.document import from_turns
        >>> talk = from_turns("talk", [("MS. BRAND", "We met."), ("MR. LITT", "We did not.")])
        >>> Corpus.of([talk]).utterances[["speaker", "words"]].values.tolist()
        [['MS. BRAND', 2], ['MR. LITT', 3]]
        """
        documents = list(documents_of(documents) if is_reader(documents) else documents)
        names = [document.document for document in documents]
        twice = [name for name, count in Counter(names).items() if count > 1]
        if twice:
            raise AnalysisError(
                twice[0],
                "two documents with this identifier",
                "one document each",
                "rename one of the files",
            )
        found = with_voices(documents, engine=engine, pipeline=pipeline, corrections=corrections)
        return cls._of(list(found), speakers)

    @classmethod
    def _of(cls, documents: list[Document], speakers: pd.DataFrame | None) -> Corpus:
        if speakers is not None:
            documents = list(speakers_table.resolve_all(documents, speakers))
        utterances = _with_roles(_measured_utterances(documents), speakers)
        return cls(
            _document_table(documents, utterances),
            utterances,
            {document.document: document.text for document in documents},
        )

    def text_of(self, document: str, utterance: int) -> str:
        """Return the words of one utterance, without its printed label."""
        body, end = self._bodies[document, utterance]
        return self.texts[document][body:end]

    @cached_property
    def _bodies(self) -> dict[tuple[str, int], tuple[int, int]]:
        names = ("document", "utterance", "body", "end")
        rows = zip(*(self.utterances[name].tolist() for name in names), strict=True)
        return {(document, utterance): (body, end) for document, utterance, body, end in rows}

    def said(self) -> Iterator[str]:
        """Yield the words of each utterance, in the order of :attr:`utterances`."""
        columns = (self.utterances[name].tolist() for name in ("document", "body", "end"))
        for document, body, end in zip(*columns, strict=True):
            yield self.texts[document][body:end]

    def original_span(self, document: str, start: int, end: int) -> tuple[int, int]:
        """Return where a stretch of a document stood in the document as read.

        Parameters
        ----------
        document : str
        start, end : int
            Half-open, characters of the document's text.

        Returns
        -------
        (int, int)
            Half-open; the same where the text was not put in order.
        """
        origin = self.origins.get(document)
        if origin is None:
            return start, end
        first, last = cleaning.place_as_read(origin, np.array([start, end]))
        return int(first), int(last)

    def as_read(self, occurrences: pd.DataFrame) -> pd.DataFrame:
        """Return occurrences with ``start`` and ``end`` in the documents as they were read.

        Parameters
        ----------
        occurrences : pandas.DataFrame
            With ``document``, ``start``, ``end``.

        Returns
        -------
        pandas.DataFrame
            The same rows, a new table.
        """
        spans = occurrences[["document", "start", "end"]].itertuples(index=False)
        found = np.array([self.original_span(*span) for span in spans], np.int64).reshape(-1, 2)
        return occurrences.assign(start=found[:, 0], end=found[:, 1])

    def each(self, names: Collection[str] | None = None) -> Iterator[Document]:
        """Yield the documents one by one, or only those named; utterances as resolved."""
        codes, found = pd.factorize(self.utterances["document"])
        order = np.argsort(codes, kind="stable")
        bounds = np.searchsorted(codes[order], np.arange(len(found) + 1))
        lists = None
        for number, name in enumerate(found.tolist()):
            if names is None or name in names:
                lists = lists or {
                    str(column): values.tolist() for column, values in self.utterances.items()
                }
                rows = order[bounds[number] : bounds[number + 1]].tolist()
                columns = {
                    column: [values[row] for row in rows] for column, values in lists.items()
                }
                yield Document(name, self.texts[name], columns)


def _measured_utterances(documents: list[Document]) -> pd.DataFrame:
    """Return the utterances of all documents in one table, with their exposure."""
    names = list(dict.fromkeys(name for document in documents for name in document.columns))
    lists: dict[str, list] = {name: [] for name in names}
    for document in documents:
        columns = document.columns
        size = len(columns["start"])
        for name in names:
            lists[name] += columns.get(name, [None] * size)
    texts = (
        document.text[body:end]
        for document in documents
        for body, end in zip(document.columns["body"], document.columns["end"], strict=True)
    )
    return pd.DataFrame(lists).assign(words=count_words_in_each(texts))


def _with_roles(utterances: pd.DataFrame, labels: pd.DataFrame | None) -> pd.DataFrame:
    """Add affiliation and group: from the table of speakers, else as the source gives them."""
    for name in ("affiliation", "group"):
        told = utterances.get(name, "")
        utterances = utterances.assign(**{name: told}).fillna({name: ""})
    if labels is None:
        return utterances
    everywhere = labels["document"] == ""
    own = labels.loc[~everywhere, ["document", "label", "affiliation", "group"]]
    merged = utterances.merge(
        own, on=["document", "label"], how="left", validate="m:1", suffixes=("_told", "")
    )
    general = labels[everywhere]
    # What a story prints of a source ("Mr Hale, who leads the agency") is no label of a table:
    # those whom it quotes are known by their names, from any row.
    quoted = merged["mode"].isin(["direct", "indirect"])
    for name in ("affiliation", "group"):
        by_label = merged["label"].map(_first(general, "label", name)).astype("str")
        by_name = merged["speaker"].map(_first(labels, "speaker", name)).astype("str")
        given = merged[name].fillna(by_label.where(~quoted, by_name))
        merged[name] = given.fillna(merged[f"{name}_told"]).fillna("")
    return merged.drop(columns=["affiliation_told", "group_told"])


def _first(table: pd.DataFrame, key: str, value: str) -> pd.Series:
    """Return the first value given for each key that is not empty."""
    known = table[table[value] != ""].drop_duplicates(key)
    return known.set_index(key)[value]


def _document_table(documents: list[Document], utterances: pd.DataFrame) -> pd.DataFrame:
    rows = [{"document": d.document, **dict(d.metadata)} for d in documents]
    table = pd.DataFrame(rows)
    for column in DOCUMENT_COLUMNS:
        if column not in table:
            table[column] = ""
    others = [name for name in table.columns if name not in DOCUMENT_COLUMNS]
    table = table[[*DOCUMENT_COLUMNS, *others]].fillna("")
    sizes = utterances.groupby("document").agg(
        utterances=("utterance", "size"), words=("words", "sum")
    )
    return table.merge(sizes, left_on="document", right_index=True, how="left").fillna(
        {"utterances": 0, "words": 0}
    )

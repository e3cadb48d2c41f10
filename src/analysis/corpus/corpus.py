"""A corpus: documents, their utterances and their text, in three aligned tables."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from analysis.corpus import cleaning, speakers_table
from analysis.corpus.nltk_texts import documents_of, is_reader
from analysis.corpus.utterance_table import utterance_table
from analysis.errors import AnalysisError
from analysis.text.document import Document

if TYPE_CHECKING:
    from nltk.corpus.reader.api import CorpusReader

    from analysis.corpus.intake import Intake
    from analysis.voices.corrections import Corrections
    from analysis.voices.engines import Engine

DOCUMENT_COLUMNS = ("document", "title", "date", "kind")


@dataclass(frozen=True, eq=False)
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
        Of each document that was put in order: of each of its characters, and of its end, the
        place in the document as read. See :meth:`original_span`.
    changes : mapping of str to int
        What was put in order, by kind.
    notes : tuple of str
        What a reader should know, such as a correction that no longer matches its text.
    speakers : pandas.DataFrame or None
        The table of speakers it was made with.
    corrections : mapping of str to Corrections
        Of the voices found in a document, by its identifier.
    engine : str
        What found the voices (:meth:`voiced`); empty as long as nothing has.
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
    speakers: pd.DataFrame | None = None
    corrections: Mapping[str, Corrections] = field(default_factory=lambda: MappingProxyType({}))
    engine: str = ""

    @classmethod
    def read(
        cls,
        *paths: str | os.PathLike[str],
        speakers: str | os.PathLike[str] | None = None,
        columns: Mapping[str, str] | None = None,
        encoding: str | None = None,
        kind: str | None = None,
        clean: bool = True,
        progress: bool = False,
    ) -> Corpus:
        """Read files of any known kind, and folders of them, into one corpus.

        Who speaks is known where labels are printed; in all else voices are found when they are
        asked for (:meth:`voiced`). A table ``NAME.corrections.csv`` beside a text ``NAME.txt``
        corrects them (:func:`analysis.corpus.corrections_table.read_corrections`).

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
        encoding : str, optional
            The encoding of the texts that are not UTF-8, where it is known.
        kind : str, optional
            What the files are, such as ``"news"`` or ``"speech"``, where that is not seen
            (:func:`analysis.readers.read_all`).
        clean : bool
            Put the texts in order (:data:`analysis.corpus.cleaning.STATEMENT`).
        progress : bool
            Show a bar on standard error, if that is a terminal.

        Returns
        -------
        Corpus
            Files of a folder that cannot be read are in its ``skipped``, each with the reason.

        Raises
        ------
        AnalysisError
            If a file that was named cannot be read, or nothing in a folder can.
        """
        from analysis.corpus import intake

        found = intake.read(paths, columns=columns, encoding=encoding, kind=kind, progress=progress)
        table = speakers or speakers_table.speakers_in(paths)
        labels = speakers_table.read_speakers(table) if table else None
        return cls.from_intake(found, labels, clean=clean)

    @classmethod
    def from_intake(
        cls,
        found: Intake,
        speakers: pd.DataFrame | None = None,
        *,
        clean: bool = True,
    ) -> Corpus:
        """Make a corpus of an intake; see :meth:`read`."""
        from analysis.corpus.intake import warnings
        from analysis.corpus.voiced import corrections_beside

        if not found.documents:
            first = found.skipped.iloc[0] if len(found.skipped) else None
            raise AnalysisError(
                "corpus" if first is None else first["path"],
                "nothing to read" if first is None else first["reason"],
                None if first is None else "one file at least that can be read",
            )
        documents, origins = found.documents, {}
        changes: Counter[str] = Counter()
        if clean:
            documents = []
            for document in found.documents:
                made, counts = document, Counter[str]()
                if not cleaning.is_clean(document.text):
                    made, origin, counts = cleaning.clean_document(document)
                documents.append(made)
                if counts:
                    origins[made.document] = cleaning.compact(origin)
                    changes += counts
        return replace(
            cls.of(documents, speakers, corrections=corrections_beside(found.paths)),
            skipped=found.skipped,
            origins=MappingProxyType(origins),
            changes=MappingProxyType(dict(sorted(changes.items()))),
            notes=tuple(dict.fromkeys(warnings(found))),
        )

    @classmethod
    def of(
        cls,
        documents: Iterable[Document] | CorpusReader,
        speakers: pd.DataFrame | None = None,
        *,
        corrections: Mapping[str, Corrections] | None = None,
    ) -> Corpus:
        """Make a corpus of documents already read.

        Parameters
        ----------
        documents : iterable of Document, or a corpus reader of NLTK's
        speakers : pandas.DataFrame, optional
            The columns ``document``, ``label``, ``speaker``, ``affiliation``, ``group``.
        corrections : mapping of str to Corrections, optional
            Of the voices that will be found in a document, by its identifier.

        Returns
        -------
        Corpus

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
        utterances = utterance_table(documents, speakers)
        return cls(
            _document_table(documents, utterances),
            utterances,
            {document.document: document.text for document in documents},
            speakers=speakers,
            corrections=MappingProxyType(dict(corrections or {})),
        )

    def voiced(
        self,
        *,
        engine: Engine = "rules",
        pipeline: object = None,
        workers: int = 1,
        progress: bool = False,
    ) -> Corpus:
        """Return the corpus with the voices found of what prints no labels.

        Parameters
        ----------
        engine : {"rules", "parse"}
            What finds them: rules, or a spaCy pipeline with rules over it.
        pipeline : str, path or spaCy Language, optional
            As for :func:`analysis.voices.attribute`.
        workers, progress
            As for :func:`analysis.corpus.voiced.with_voices`.

        Returns
        -------
        Corpus
            The same texts; stories are cut into utterances by who speaks, corrected by what lies
            beside them, and an author's prose into paragraphs. A corpus whose voices were found
            already is returned as it is. Found once, they are kept with the corpus.

        Examples
        --------
        >>> from analysis.text.document import from_spans
        >>> story = '"No," said Ann Moss. Rain fell.'
        >>> corpus = Corpus.of([from_spans("d", story, [(0, 0, 31, "", "", "narration")])])
        >>> corpus.voiced().utterances[["speaker", "mode", "words"]].values.tolist()
        [['Ann Moss', 'direct', 1], ['', 'narration', 5]]
        """
        if self.engine:
            return self
        kept = self.__dict__.setdefault("_voiced", {})
        key = engine, pipeline if isinstance(pipeline, str) else id(pipeline)
        if key not in kept:
            options = {"workers": workers, "progress": progress}
            kept[key] = self._with_voices(engine, pipeline, **options)
        return kept[key]

    def _with_voices(self, engine: Engine, pipeline: object, **options: Any) -> Corpus:
        from analysis.corpus.voiced import with_voices

        read = list(self.each())
        found = list(
            with_voices(
                read, engine=engine, pipeline=pipeline, corrections=self.corrections, **options
            )
        )
        changed = [new for old, new in zip(read, found, strict=True) if new is not old]
        unmatched = [line for each in self.corrections.values() for line in each.unmatched]
        notes = (*self.notes, *dict.fromkeys(unmatched))
        if not changed:
            return replace(self, notes=notes, engine=engine)
        new = utterance_table(changed, self.speakers)
        rest = self.utterances[~self.utterances["document"].isin(set(new["document"]))]
        order = {name: number for number, name in enumerate(self.documents["document"])}
        utterances = pd.concat([rest, new], ignore_index=True)
        place = utterances["document"].map(order)
        utterances = utterances.iloc[np.argsort(place.to_numpy(), kind="stable")]
        utterances = utterances.reset_index(drop=True)
        metadata = {document.document: dict(document.metadata) for document in found}
        documents = [replace(d, metadata=metadata[d.document]) for d in found]
        return replace(
            self,
            documents=_document_table(documents, utterances),
            utterances=utterances,
            notes=notes,
            engine=engine,
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
        keys = [name for name in self.documents if name not in ("document", "utterances", "words")]
        rows = zip(*(self.documents[key].tolist() for key in keys), strict=True)
        about = {
            name: {key: value for key, value in zip(keys, row, strict=True) if value != ""}
            for name, row in zip(self.documents["document"].tolist(), rows, strict=True)
            if names is None or name in names
        }
        codes, found = pd.factorize(self.utterances["document"])
        order = np.argsort(codes, kind="stable")
        bounds = np.searchsorted(codes[order], np.arange(len(found) + 1))
        lists = None
        for number, name in enumerate(found.tolist()):
            if names is None or name in names:
                lists = lists or {
                    str(column): values.tolist() for column, values in self.utterances.items()
                }
                at = order[bounds[number] : bounds[number + 1]].tolist()
                columns = {column: [values[row] for row in at] for column, values in lists.items()}
                yield Document(name, self.texts[name], columns, about.get(name, {}))


def _document_table(documents: list[Document], utterances: pd.DataFrame) -> pd.DataFrame:
    rows = [{"document": d.document, **dict(d.metadata)} for d in documents]
    table = pd.DataFrame(rows)
    for column in DOCUMENT_COLUMNS:
        if column not in table:
            table[column] = ""
    others = [name for name in table.columns if name not in DOCUMENT_COLUMNS]
    table = table[[*DOCUMENT_COLUMNS, *others]].fillna("")
    codes = table.set_index("document").index.get_indexer(utterances["document"])
    return table.assign(
        utterances=np.bincount(codes, minlength=len(table)),
        words=np.bincount(codes, utterances["words"], len(table)).astype(np.int64),
    )

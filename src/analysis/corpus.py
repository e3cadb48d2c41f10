"""A corpus: documents, their utterances and their text, in three aligned tables."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import pandas as pd

from analysis import readers, speakers
from analysis.document import Document
from analysis.errors import AnalysisError
from analysis.tokens import count_words

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
        One row per utterance: the columns of :class:`analysis.document.Document`, then
        ``affiliation`` and ``group`` (str, empty where unknown) and ``words`` (int), its
        exposure: the words said, printed labels left out.
    texts : mapping of str to str
        The characters of each document.
    """

    documents: pd.DataFrame
    utterances: pd.DataFrame
    texts: Mapping[str, str]

    @classmethod
    def read(cls, *paths: str, labels: str | None = None) -> Corpus:
        """Read files of any known kind into one corpus.

        Parameters
        ----------
        *paths : str or path-like
            Files; each is recognised by its content.
        labels : str or path-like, optional
            A table that says which person a printed speaker label means
            (:func:`analysis.speakers.read_speakers`).

        Returns
        -------
        Corpus

        Raises
        ------
        AnalysisError
            If a file cannot be read as what it seems to be.
        """
        documents = [document for path in paths for document in readers.read_all(path)]
        return cls.of(documents, speakers.read_speakers(labels) if labels else None)

    @classmethod
    def of(
        cls,
        documents: Iterable[Document],
        labels: pd.DataFrame | None = None,
    ) -> Corpus:
        """Make a corpus of documents already read.

        Parameters
        ----------
        documents : iterable of Document
        labels : pandas.DataFrame, optional
            The columns ``document``, ``label``, ``speaker``, ``affiliation``, ``group``.

        Returns
        -------
        Corpus

        Raises
        ------
        AnalysisError
            If two documents share an identifier.

        Examples
        --------
        >>> from analysis.document import from_turns
        >>> talk = from_turns("talk", [("MS. BRAND", "We met."), ("MR. LITT", "We did not.")])
        >>> Corpus.of([talk]).utterances[["speaker", "words"]].values.tolist()
        [['MS. BRAND', 2], ['MR. LITT', 3]]
        """
        documents = list(documents)
        names = [document.document for document in documents]
        for name in names:
            if names.count(name) > 1:
                raise AnalysisError(
                    name,
                    "two documents with this identifier",
                    "one document each",
                    "rename one of the files",
                )
        if labels is not None:
            documents = [speakers.resolve(document, labels) for document in documents]
        tables = [_measured_utterances(document) for document in documents]
        utterances = pd.concat(tables, ignore_index=True)
        utterances = _with_roles(utterances, labels)
        return cls(
            _document_table(documents, utterances),
            utterances,
            {document.document: document.text for document in documents},
        )

    def text_of(self, document: str, utterance: int) -> str:
        """Return the words of one utterance, without its printed label."""
        rows = self.utterances
        row = rows[(rows["document"] == document) & (rows["utterance"] == utterance)].iloc[0]
        return self.texts[document][row["body"] : row["end"]]

    def each(self) -> Iterable[Document]:
        """Yield the documents one by one, with their utterances as resolved."""
        for name, rows in self.utterances.groupby("document", sort=False):
            yield Document(str(name), self.texts[str(name)], rows.reset_index(drop=True))


def _measured_utterances(document: Document) -> pd.DataFrame:
    spans = zip(document.utterances["body"], document.utterances["end"], strict=True)
    exposure = [count_words(document.text[body:end]) for body, end in spans]
    return document.utterances.assign(words=exposure)


def _with_roles(utterances: pd.DataFrame, labels: pd.DataFrame | None) -> pd.DataFrame:
    if labels is None:
        return utterances.assign(affiliation="", group="")
    roles = labels[["document", "label", "affiliation", "group"]]
    merged = utterances.merge(roles, on=["document", "label"], how="left", validate="m:1")
    return merged.fillna({"affiliation": "", "group": ""})


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

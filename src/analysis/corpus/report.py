"""What was understood of a researcher's texts, to be read before anything is counted."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from analysis.corpus import cleaning, intake
from analysis.corpus.corpus import Corpus
from analysis.corpus.intake import Intake
from analysis.corpus.near_duplicates import near_duplicates
from analysis.text.document import Document
from analysis.voices.press import unread

_SHOWN = 20
_UNREAD_COLUMNS = ["document", "reason"]
_NAMES = {
    "broken": "words broken at line ends",
    "ligature": "ligatures",
    "soft": "soft hyphens",
    "invisible": "invisible marks",
    "blank": "blanks other than the space",
    "ending": "line ends of Windows or old Macs",
    "composed": "letters with separate accents",
}


@dataclass(frozen=True)
class Report:
    """What was understood.

    Parameters
    ----------
    documents : pandas.DataFrame
        One row per document: ``document``, ``path``, ``kind``, ``date``, ``encoding`` (str),
        ``utterances``, ``speakers``, ``words`` (int).
    speakers : pandas.DataFrame
        One row per speaker, most words first: ``speaker``, ``documents``, ``utterances``,
        ``words``.
    skipped : pandas.DataFrame
        ``path``, ``reason``.
    near_duplicates : pandas.DataFrame
        ``document``, ``other``, ``similarity``.
    untidy : mapping of str to int
        What hygiene would correct or has corrected, by kind (:mod:`analysis.corpus.cleaning`).
    notes : pandas.DataFrame
        ``path``, ``note`` (str): what the readers assumed or left aside, each once a file.
    unread : pandas.DataFrame
        ``document``, ``reason``: texts in which nobody's voice is looked for, and why.
    also : tuple of str
        What else is to be said, a line each.
    """

    documents: pd.DataFrame
    speakers: pd.DataFrame
    skipped: pd.DataFrame
    near_duplicates: pd.DataFrame
    untidy: Mapping[str, int]
    notes: pd.DataFrame
    unread: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=_UNREAD_COLUMNS))
    also: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain numbers, texts and lists, for JSON."""
        return {
            **self._told(),
            "files": self.documents.astype(object).to_dict("records"),
            "voices": self.speakers.astype(object).to_dict("records"),
        }

    def _told(self) -> dict[str, Any]:
        dates = sorted(filter(None, self.documents["date"]))
        repaired = self.documents[self.documents["encoding"] != ""]
        return {
            "documents": len(self.documents),
            "utterances": int(self.documents["utterances"].sum()),
            "speakers": len(self.speakers),
            "words": int(self.documents["words"].sum()),
            "dates": {"first": dates[0], "last": dates[-1]} if dates else None,
            "kinds": dict(sorted(Counter(self.documents["kind"]).items())),
            "skipped": self.skipped.to_dict("records"),
            "near_duplicates": self.near_duplicates.round(3).to_dict("records"),
            "encodings": repaired[["path", "encoding"]].drop_duplicates().to_dict("records"),
            "untidy": dict(self.untidy),
            "notes": self.notes.to_dict("records"),
            "read_without_voices": self.unread.to_dict("records"),
        }

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        told = self._told()
        yield (
            f"{told['documents']:,} documents, {told['utterances']:,} utterances, "
            f"{told['speakers']:,} speakers, {told['words']:,} words"
        )
        kinds = ", ".join(f"{count} {kind}" for kind, count in told["kinds"].items())
        yield f"read as: {kinds or 'nothing'}"
        if told["dates"]:
            undated = int((self.documents["date"] == "").sum())
            yield (
                f"dates: {told['dates']['first']} to {told['dates']['last']}"
                + (f", {undated} documents without one" if undated else "")
            )
        else:
            yield "dates: none found"
        yield from _list(
            "speakers with most words",
            [f"{row.speaker}: {row.words:,} words" for row in self.speakers.itertuples()],
        )
        for reason, rows in self.unread.groupby("reason", sort=False):
            yield from _list(f"read without voices: {reason}", list(rows["document"]))
        yield from _list(
            "encodings assumed",
            [f"{row['path']}: read as {row['encoding']}" for row in told["encodings"]],
        )
        yield from _list(
            "corrected in the measured texts",
            [f"{_NAMES.get(kind, kind)}: {count:,}" for kind, count in self.untidy.items()],
        )
        yield from _list(
            "near-duplicates",
            [
                f"{row.document} and {row.other}: {row.similarity:.0%} of their phrases"
                for row in self.near_duplicates.itertuples()
            ],
        )
        notes = [f"{row.path}: {row.note}" for row in self.notes.itertuples()]
        yield from _list("to be checked", notes)
        skipped = [f"{row.path}: {row.reason}" for row in self.skipped.itertuples()]
        yield from _list("skipped", skipped, most=len(skipped))
        yield from self.also


def _list(title: str, lines: list[str], most: int = _SHOWN) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  {line}" for line in lines[:most])
        if len(lines) > most:
            yield f"  and {len(lines) - most:,} more"


def describe(
    *paths: str | os.PathLike[str],
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    progress: bool = False,
) -> Report:
    """Read files and folders and say what was understood, writing nothing.

    Parameters
    ----------
    *paths : str or path-like
    columns : mapping of str to str, optional
        Which column of tables is what.
    encoding : str, optional
        The encoding of the texts that are not UTF-8, where it is known.
    progress : bool
        Show a bar on standard error, if that is a terminal.

    Returns
    -------
    Report
        Files that could not be read are in its ``skipped``.

    Raises
    ------
    AnalysisError
        If a path is not there.
    """
    return of(
        intake.read(paths, columns=columns, encoding=encoding, forgive=True, progress=progress)
    )


def of(found: Intake, corpus: Corpus | None = None, *, alike: bool = True) -> Report:
    """Report on an intake; see :func:`describe`.

    Parameters
    ----------
    found : Intake
    corpus : Corpus, optional
        Made of it and put in order, if there already.
    alike : bool
        Look for near-duplicates.

    Returns
    -------
    Report
    """
    if not found.documents:
        documents = pd.DataFrame(columns=_DOCUMENT_COLUMNS)
        speakers = pd.DataFrame(columns=_SPEAKER_COLUMNS)
        return Report(documents, speakers, found.skipped, near_duplicates({}), {}, _notes(found))
    if corpus is None:
        corpus = Corpus.of(found.documents).voiced()
        untidy = _untidy(corpus.texts.values())
    else:
        untidy = dict(corpus.changes)
    said = corpus.utterances[corpus.utterances["speaker"] != ""]
    voices = said.groupby("document")["speaker"].nunique()
    documents = corpus.documents.assign(
        path=corpus.documents["document"].map(found.paths),
        speakers=corpus.documents["document"].map(voices).fillna(0).astype("int64"),
    )
    if "encoding" not in documents:
        documents["encoding"] = ""
    speakers = said.groupby("speaker", as_index=False).agg(
        documents=("document", "nunique"), utterances=("utterance", "size"), words=("words", "sum")
    )
    speakers = speakers.sort_values(["words", "speaker"], ascending=[False, True])
    return Report(
        documents[_DOCUMENT_COLUMNS],
        speakers.reset_index(drop=True)[_SPEAKER_COLUMNS],
        found.skipped,
        near_duplicates(corpus.texts if alike else {}),
        untidy,
        _notes(found),
        _unread(found.documents),
    )


def joined(reports: Sequence[Report], alike: pd.DataFrame, *, changed: Sequence[bool]) -> Report:
    """Join the reports on parts of a corpus, no document of which is in two.

    Parameters
    ----------
    reports : sequence of Report
        In the order in which the parts were read.
    alike : pandas.DataFrame
        The near-duplicates of the whole.
    changed : sequence of bool
        Of each part, whether something was put in order in it; ``untidy`` then tells that.

    Returns
    -------
    Report
    """
    tables = {}
    for name in ("documents", "speakers", "skipped", "notes", "unread"):
        every = [getattr(one, name) for one in reports]
        filled = [table for table in every if len(table)] or every[:1]
        tables[name] = pd.concat(filled, ignore_index=True)
    speakers = tables["speakers"].groupby("speaker", as_index=False).sum()
    speakers = speakers.sort_values(["words", "speaker"], ascending=[False, True])
    untidy: Counter[str] = Counter()
    for one, here in zip(reports, changed, strict=True):
        untidy += Counter(one.untidy if here or not any(changed) else {})
    return Report(
        tables["documents"],
        speakers.reset_index(drop=True)[_SPEAKER_COLUMNS],
        tables["skipped"],
        alike,
        dict(sorted(untidy.items())),
        tables["notes"].drop_duplicates(ignore_index=True),
        tables["unread"],
    )


_DOCUMENT_COLUMNS = [
    "document",
    "path",
    "kind",
    "date",
    "encoding",
    "utterances",
    "speakers",
    "words",
]
_SPEAKER_COLUMNS = ["speaker", "documents", "utterances", "words"]


def _notes(found: Intake) -> pd.DataFrame:
    rows = [
        (found.paths[document.document], note)
        for document in found.documents
        for note in document.notes
    ]
    return pd.DataFrame(rows, columns=["path", "note"], dtype="str").drop_duplicates()


def _unread(documents: Iterable[Document]) -> pd.DataFrame:
    rows = [(document.document, unread(document)) for document in documents]
    return pd.DataFrame([row for row in rows if row[1]], columns=_UNREAD_COLUMNS)


def _untidy(texts: Iterable[str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for text in texts:
        if cleaning.is_clean(text):
            continue
        # What is corrected does not depend on the words known; how a broken word is joined does.
        found += cleaning.clean(text, known=frozenset()).changes
    return dict(sorted(found.items()))

"""What was understood of a researcher's texts, to be read before anything is counted."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from analysis.corpus import cleaning, intake
from analysis.corpus.corpus import Corpus
from analysis.corpus.intake import Intake
from analysis.corpus.near_duplicates import near_duplicates
from analysis.corpus.voiced import Voiced, corrections_beside
from analysis.text.document import Document

_SHOWN = 20
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
        What hygiene would mend or has mended, by kind (:mod:`analysis.corpus.cleaning`).
    """

    documents: pd.DataFrame
    speakers: pd.DataFrame
    skipped: pd.DataFrame
    near_duplicates: pd.DataFrame
    untidy: Mapping[str, int]

    def to_dict(self) -> dict[str, Any]:
        """Return the report as plain numbers, texts and lists, for JSON."""
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
            "files": self.documents.astype(object).to_dict("records"),
            "voices": self.speakers.astype(object).to_dict("records"),
        }

    def __str__(self) -> str:
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        told = self.to_dict()
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
        yield from _list(
            "encodings repaired",
            [f"{row['path']}: read as {row['encoding']}" for row in told["encodings"]],
        )
        yield from _list(
            "mended in the measured texts",
            [f"{_NAMES.get(kind, kind)}: {count:,}" for kind, count in self.untidy.items()],
        )
        yield from _list(
            "near-duplicates",
            [
                f"{row.document} and {row.other}: {row.similarity:.0%} of their phrases"
                for row in self.near_duplicates.itertuples()
            ],
        )
        skipped = [f"{row.path}: {row.reason}" for row in self.skipped.itertuples()]
        yield from _list("skipped", skipped, most=len(skipped))


def _list(title: str, lines: list[str], most: int = _SHOWN) -> Iterator[str]:
    if lines:
        yield f"{title}:"
        yield from (f"  {line}" for line in lines[:most])
        if len(lines) > most:
            yield f"  and {len(lines) - most:,} more"


def describe(
    *paths: str | os.PathLike[str],
    columns: Mapping[str, str] | None = None,
    progress: bool = False,
) -> Report:
    """Read files and folders and say what was understood, writing nothing.

    Parameters
    ----------
    *paths : str or path-like
    columns : mapping of str to str, optional
        Which column of tables is what.
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
    return of(intake.read(paths, columns=columns, forgive=True, progress=progress))


def of(found: Intake, voiced: Voiced | None = None, *, alike: bool = True) -> Report:
    """Report on an intake; see :func:`describe`.

    Parameters
    ----------
    found : Intake
    voiced : Voiced, optional
        Its documents with their voices (:func:`analysis.corpus.voiced.voices_of`), where they are
        known already: those that stand as they were read are not looked through again.
    alike : bool
        Look for near-duplicates.

    Returns
    -------
    Report
    """
    if not found.documents:
        documents = pd.DataFrame(columns=_DOCUMENT_COLUMNS)
        speakers = pd.DataFrame(columns=_SPEAKER_COLUMNS)
        return Report(documents, speakers, found.skipped, near_duplicates({}), {})
    known = _as_read(found, voiced)
    corpus = Corpus.of(known.get(document.document, document) for document in found.documents)
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
        _untidy(corpus.texts.values()),
    )


def joined(reports: Sequence[Report], alike: pd.DataFrame) -> Report:
    """Join the reports on parts of a corpus, no document of which is in two."""
    first = reports[0]
    tables = {
        name: pd.concat([getattr(one, name) for one in reports], ignore_index=True)
        for name in ("documents", "speakers", "skipped")
    }
    speakers = tables["speakers"].groupby("speaker", as_index=False).sum()
    speakers = speakers.sort_values(["words", "speaker"], ascending=[False, True])
    untidy = sum((Counter(one.untidy) for one in reports), Counter())
    return replace(
        first,
        documents=tables["documents"],
        speakers=speakers.reset_index(drop=True)[_SPEAKER_COLUMNS],
        skipped=tables["skipped"],
        near_duplicates=alike,
        untidy=dict(sorted(untidy.items())),
    )


def _as_read(found: Intake, voiced: Voiced | None) -> dict[str, Document]:
    """Return the documents in which nothing was put in order or corrected."""
    if voiced is None:
        return {}
    changed = set(voiced.origins) | set(corrections_beside(found.paths))
    return {one.document: one for one in voiced.documents if one.document not in changed}


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


def _untidy(texts: Iterable[str]) -> dict[str, int]:
    found: Counter[str] = Counter()
    for text in texts:
        if cleaning.is_clean(text):
            continue
        # What is mended does not depend on the words known; how a broken word is joined does.
        found += cleaning.clean(text, known=frozenset()).changes
    return dict(sorted(found.items()))

"""Who a printed label stands for: a small table, because labels vary and roles change."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from analysis.errors import AnalysisError
from analysis.readers import decoding
from analysis.text.document import Document

SPEAKERS = "speakers.csv"
"""The table of speakers that lies in a folder of texts."""
_QUOTED = ("direct", "indirect")
SPEAKER_COLUMNS = ("document", "label", "speaker", "affiliation", "group")
AUTHOR = "(author)"
"""What stands for a label in a row about the author of a document in which nobody speaks."""
_EVERYWHERE = ("label", "speaker", "group")


def speakers_in(paths: Iterable[str | os.PathLike[str]]) -> Path | None:
    """Return the table of speakers in the first of some folders that has one."""
    tables = (Path(path) / SPEAKERS for path in paths)
    return next((table for table in tables if table.is_file()), None)


def read_speakers(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read the table that says which person a label stands for, and in which role.

    Parameters
    ----------
    path : path-like
        UTF-8 CSV, its fields parted by commas, semicolons or tabs. With a column ``document`` a
        row is about one document, and the columns label, speaker, affiliation and group are
        needed; the label ``(author)`` means whoever wrote it, to whom then belongs what bears no
        label. Without it a row is about all documents, and label, speaker and group are needed;
        a group may be left empty. Other columns are for the reader.

    Returns
    -------
    pandas.DataFrame
        ``document`` (identifier; empty where a row is about all of them), ``label`` (as printed,
        or as found in a story), ``speaker`` (person), ``affiliation`` (may be empty), ``group``
        (role group at that time); all str.

    Raises
    ------
    AnalysisError
        If the file is missing or not UTF-8, lacks a column, or a line has too few or too many
        fields, an empty document, label, speaker or group, or a document and label seen before;
        or if two labels give one speaker of one document different groups or affiliations.
    """
    path = Path(path)
    head, end, rest = decoding.decode(path).partition("\n")
    # A spreadsheet may have made the names of columns begin with a capital.
    first = head.lower()
    content = first + end + rest
    delimiter = max(",;\t", key=first.count)
    everywhere = "document" not in first.replace('"', "").strip().split(delimiter)
    needed = _EVERYWHERE if everywhere else SPEAKER_COLUMNS
    optional = {"affiliation", "group", "document"} if everywhere else {"affiliation"}
    rows = decoding.rows(path, content, needed, delimiter=delimiter)
    records: list[dict[str, str]] = []
    seen: dict[tuple[str, str], int] = {}
    roles: dict[tuple[str, str], tuple[str, str, int]] = {}
    for line, row in rows:
        where = f"{path}, line {line}"
        record = {name: " ".join(row.get(name, "").split()) for name in SPEAKER_COLUMNS}
        empty = [name for name in SPEAKER_COLUMNS if name not in optional and not record[name]]
        if empty:
            raise AnalysisError(where, f"an empty {empty[0]}", "a value in every column")
        key = record["document"], record["label"]
        if key in seen:
            of = f" of document {key[0]!r}" if key[0] else ""
            raise AnalysisError(
                where,
                f"label {key[1]!r}{of} again",
                "each label of a document once" if of else "each label once",
                f"remove this line or line {seen[key]}",
            )
        seen[key] = line
        person = record["document"], record["speaker"]
        role = record["affiliation"], record["group"]
        *known, before = roles.setdefault(person, (*role, line))
        if tuple(known) != role:
            raise AnalysisError(
                where,
                f"{person[1]!r} as {role[1]!r}, {role[0]!r}",
                f"{known[1]!r}, {known[0]!r} as in line {before}",
                "give a person one affiliation and group per document",
            )
        records.append(record | ({"label": ""} if record["label"] == AUTHOR else {}))
    return pd.DataFrame(records, columns=list(SPEAKER_COLUMNS), dtype="str")


def resolve_all(documents: Iterable[Document], speakers: pd.DataFrame) -> Iterator[Document]:
    """Yield documents with persons for labels in the column ``speaker`` of their utterances.

    Parameters
    ----------
    documents : iterable of Document
    speakers : pandas.DataFrame
        From :func:`read_speakers`.

    Yields
    ------
    Document
        A label the table does not know stays as it is (see :func:`unresolved`). Where the table
        has an empty label for the document, its speaker is the author of what bears none. Those
        whom a text quotes are looked up by the name found for them, and by what is printed
        ("she", "Mr Hale, who leads it") only in rows about this document.

    Examples
    --------
    >>> from analysis.text.document import from_turns
    >>> heard = from_turns("d", [("MR. LITT", "Yes."), ("MS. NEW", "No.")])
    >>> table = pd.DataFrame([["d", "MR. LITT", "Robert Litt", "", "government"]],
    ...                      columns=list(SPEAKER_COLUMNS))
    >>> [found.utterances["speaker"].tolist() for found in resolve_all([heard], table)]
    [['Robert Litt', 'MS. NEW']]
    """
    own: dict[str, dict[str, str]] = {}
    for document, label, speaker in zip(
        *(speakers[name].tolist() for name in ("document", "label", "speaker")), strict=True
    ):
        own.setdefault(document, {})[label] = speaker
    everywhere = own.get("", {})
    for document in documents:
        yield _resolved(document, own.get(document.document, {}), everywhere)


def _resolved(
    document: Document, own: Mapping[str, str], everywhere: Mapping[str, str]
) -> Document:
    every = {**everywhere, **own}

    def person(label: str, speaker: str, mode: str) -> str:
        if mode not in _QUOTED:
            return every.get(label, every.get(speaker, speaker))
        return own.get(label, every.get(speaker, speaker)) if label else speaker

    said = document.columns
    rows = zip(said["label"], said["speaker"], said["mode"], strict=True)
    return replace(document, utterances={**said, "speaker": [person(*row) for row in rows]})


def unresolved(document: Document, speakers: pd.DataFrame) -> list[str]:
    """Return the printed labels of a document that the table does not know.

    Returns
    -------
    list of str
        In the order of first use.

    Examples
    --------
    >>> from analysis.text.document import from_turns
    >>> heard = from_turns("d", [("MR. LITT", "Yes."), ("MR. LITT", "No.")])
    >>> unresolved(heard, pd.DataFrame(columns=list(SPEAKER_COLUMNS)))
    ['MR. LITT']
    """
    persons = _persons(document, speakers)
    labels = dict.fromkeys(document.columns["label"])
    return [label for label in labels if label and label not in persons]


def _persons(document: Document, speakers: pd.DataFrame) -> dict[str, str]:
    # What is said of this document comes last, and wins.
    rows = [speakers[speakers["document"] == name] for name in ("", document.document)]
    own = pd.concat(rows) if document.document else rows[0]
    return dict(zip(own["label"], own["speaker"], strict=True))

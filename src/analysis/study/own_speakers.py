"""The table of speakers that a new study begins beside the texts, for the researcher to fill in."""

from __future__ import annotations

import csv
import io
import os
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.corpus.speakers_table import SPEAKERS, read_speakers
from analysis.storage import csv_tables
from analysis.text.words import words

COLUMNS = ("label", "speaker", "affiliation", "group", "words", "documents", "first_words")
FIRST = 8
"""Words of the first line that are shown, so that a person is recognised."""
_QUOTED = ("direct", "indirect")
_NAMED = 5
_KEPT = ("label", "speaker", "affiliation", "group")


@dataclass(frozen=True)
class SpeakersTable:
    """What becomes of the table of speakers.

    Parameters
    ----------
    path : pathlib.Path or None
        Where it lies, to be filled in; None where nobody is named.
    said : str
        What is done, in a sentence.
    content : bytes or None
        What is to be written there; None if it stays as it is.
    copy : bytes or None
        What the study keeps of it: no word of the texts.
    """

    path: Path | None
    said: str
    content: bytes | None = None
    copy: bytes | None = None


def speakers_of(corpus: Corpus) -> pd.DataFrame:
    """List everybody to whom words of a corpus are given.

    Parameters
    ----------
    corpus : Corpus

    Returns
    -------
    pandas.DataFrame
        One row per label, most words first: ``label`` (as printed; of those whom a text quotes
        the name found for them), ``speaker``, ``affiliation`` (where all lines of the speaker
        give the same), ``group`` (empty), ``words``, ``documents`` (int) and ``first_words``.

    Examples
    --------
    >>> from analysis.text.document import from_turns
    >>> talk = Corpus.of([from_turns("talk", [("BELL", "Who reads it?"), ("ARDEN", "Nobody.")])])
    >>> speakers_of(talk)[["label", "words", "first_words"]].values.tolist()
    [['BELL', 3, 'Who reads it'], ['ARDEN', 1, 'Nobody']]
    """
    return joined_speakers([speaker_rows(corpus)])


class Labels(NamedTuple):
    """Everybody to whom words of some texts are given.

    Parameters
    ----------
    table : pandas.DataFrame
        One row per label, in alphabetical order: ``label``, ``speaker``, ``words``,
        ``documents``, ``first_words``.
    affiliations : pandas.DataFrame
        The different ``affiliation`` of each ``speaker``.
    """

    table: pd.DataFrame
    affiliations: pd.DataFrame


def speaker_rows(corpus: Corpus) -> Labels:
    """List everybody to whom words of some texts are given, to be joined with those of others."""
    said = corpus.utterances[corpus.utterances["speaker"] != ""]
    quoted = said["mode"].isin(_QUOTED) | (said["label"] == "")
    said = said.assign(key=said["speaker"].where(quoted, said["label"]))
    first = said.drop_duplicates("key").set_index("key")
    opening = {
        key: " ".join(words(corpus.texts[document][body:end][: 40 * FIRST])[:FIRST])
        for key, document, body, end in first[["document", "body", "end"]].itertuples()
    }
    table = said.groupby("key", sort=True).agg(
        speaker=("speaker", "first"), words=("words", "sum"), documents=("document", "nunique")
    )
    table = table.rename_axis("label").reset_index()
    table = table.assign(first_words=table["label"].map(opening))
    return Labels(table, said[["speaker", "affiliation"]].drop_duplicates())


def joined_speakers(parts: Sequence[Labels]) -> pd.DataFrame:
    """Join the speakers of parts of a corpus, in the order in which they were read.

    Returns
    -------
    pandas.DataFrame
        As :func:`speakers_of` returns it.
    """
    every = pd.concat([part.table for part in parts], ignore_index=True)
    table = every.groupby("label", sort=True, as_index=False).agg(
        speaker=("speaker", "first"),
        words=("words", "sum"),
        documents=("documents", "sum"),
        first_words=("first_words", "first"),
    )
    # One that only some of the texts give would, read back, be given to the others too.
    given = pd.concat([part.affiliations for part in parts], ignore_index=True)
    given = given.groupby("speaker")["affiliation"].unique()
    one = given[given.map(len) == 1].map(lambda names: names[0])
    table = table.assign(
        affiliation=[one.get(name, "") for name in table["speaker"]],
        group="",
    )
    table = table.sort_values(["words", "label"], ascending=[False, True], ignore_index=True)
    return table[list(COLUMNS)]


def table_of(texts: Path) -> Path:
    """Return where the table of speakers of a folder, or of a single file, lies.

    Examples
    --------
    >>> table_of(Path("nowhere/turns.csv")).as_posix()
    'nowhere/turns.speakers.csv'
    """
    return texts / SPEAKERS if texts.is_dir() else texts.with_name(f"{texts.stem}.{SPEAKERS}")


def alike(groups: Iterable[str]) -> str:
    """Say which groups have nearly the same name, and so may be one; nothing if none have.

    Examples
    --------
    >>> alike(["nurses", "Nurses", "board"])
    ' Careful: Nurses and nurses are taken for different groups; if they are one, write them alike.'
    >>> alike(["nurses", "board"])
    ''
    """
    forms: dict[str, list[str]] = {}
    for name in sorted(filter(None, groups)):
        forms.setdefault("".join(filter(str.isalnum, name.casefold())), []).append(name)
    same = [" and ".join(names) for names in forms.values() if len(names) > 1]
    if not same:
        return ""
    return (
        f" Careful: {'; '.join(same)} are taken for different groups; if they are one, write them "
        "alike."
    )


def plan_speakers(
    found: pd.DataFrame, table: Path | None, texts: Path, aside: Path
) -> SpeakersTable:
    """Begin the table of speakers, or add to it those whom it does not know; nothing is written.

    What its owner wrote stays as it is, to the byte.

    Parameters
    ----------
    found : pandas.DataFrame
        From :func:`speakers_of`.
    table : pathlib.Path or None
        The table that was read, if there is one.
    texts : pathlib.Path
        A folder or a file: beside it goes a new table.
    aside : pathlib.Path
        Where it goes if nothing can be written there.

    Returns
    -------
    SpeakersTable
    """
    if table is not None:
        return _added(table, found, aside)
    if found.empty:
        return SpeakersTable(None, "speakers: no table, since no text names a speaker")
    copy = csv_tables.to_csv(found[[*_KEPT]])
    from analysis.corpus.intake import printable

    then = "fill in its column group, then run the same command with --replace"
    path = table_of(texts)
    if not os.access(path.parent, os.W_OK):
        place = f"data/studies/{aside.parent.name}/{aside.name}"
        said = f"speakers: {_count(found)} go into {place}; {then}"
        return SpeakersTable(aside, said, None, copy)
    said = f"speakers: {_count(found)} go into {printable(path)}; {then}"
    # A spreadsheet takes UTF-8 for something else unless the mark stands at its head.
    content = _csv(found, ",", heads=True).encode("utf-8-sig", "replace")
    return SpeakersTable(path, said, content, copy)


def _added(path: Path, found: pd.DataFrame, aside: Path) -> SpeakersTable:
    from analysis.corpus.intake import printable

    known = read_speakers(path)
    new = found[~found["label"].isin({*known["label"], *known["speaker"]})]
    read = f"speakers: {printable(path)} read"
    if (known["document"] != "").any():
        names = ", ".join(new["label"].head(_NAMED)) + (", …" if len(new) > _NAMED else "")
        unknown = f"; it does not know {names}" if len(new) else ""
        return SpeakersTable(path, read + unknown, None, csv_tables.to_csv(known))
    grouped = int((known["group"] != "").sum())
    said = f"{read}, {grouped} of {len(known)} have a group"
    here = {*found["label"], *found["speaker"]}
    absent = known.loc[~known["label"].isin(here) & ~known["speaker"].isin(here), "label"]
    if len(absent):
        names = ", ".join(absent.head(_NAMED)) + (", …" if len(absent) > _NAMED else "")
        said += f"; nobody in the texts is called {names}"
    every = pd.concat([known, new[[*_KEPT]]], ignore_index=True)
    said += alike(known["group"].unique()).replace(" Careful:", "; careful:").rstrip(".")
    copy = csv_tables.to_csv(every[[*_KEPT]])
    kept = path.resolve() == aside.resolve()
    if new.empty:
        return SpeakersTable(path, said, None, path.read_bytes() if kept else copy)
    if not os.access(path, os.W_OK):
        return SpeakersTable(path, f"{said}; it does not know {_count(new)}", None, copy)
    content = path.read_bytes() + _more(path.read_bytes(), new)
    said += f"; {_count(new)} added at its end"
    if kept:
        return SpeakersTable(path, said, None, content)
    return SpeakersTable(path, said, content, copy)


def _more(raw: bytes, new: pd.DataFrame) -> bytes:
    """Write rows as the table that they are added to is written."""
    first = raw.decode("utf-8-sig").partition("\n")[0].rstrip("\r")
    delimiter = max(",;\t", key=first.count)
    columns = next(csv.reader([first], delimiter=delimiter))
    rows = _csv(new.reindex(columns=columns, fill_value=""), delimiter)
    ending = b"\r\n" if b"\r\n" in raw else b"\n"
    more = rows.encode("utf-8", "replace").replace(b"\n", ending)
    return (b"" if raw.endswith(b"\n") else ending) + more


def _csv(table: pd.DataFrame, delimiter: str, *, heads: bool = False) -> str:
    safe = csv_tables.disarm(table)
    text = io.StringIO()
    writer = csv.writer(text, delimiter=delimiter, lineterminator="\n")
    writer.writerows([safe.columns] if heads else [])
    writer.writerows(safe.itertuples(index=False))
    return text.getvalue()


def _count(table: pd.DataFrame) -> str:
    return f"{len(table):,} speaker" + ("" if len(table) == 1 else "s")

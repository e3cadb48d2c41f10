"""The lines behind a number of a caption, as far as they are ours to show.

Of the composed demonstration texts the whole line; of real documents, whose text is not ours to
ship, document, place, speaker and term.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from analysis.publication.caption_numbers import CaptionNumber
from analysis.storage import csv_tables
from analysis.study import measured

COLUMNS = [
    "document",
    "date",
    "start",
    "end",
    "term",
    "frame",
    "speaker",
    "group",
    "stance",
    "left",
    "node",
    "right",
]
_SIDE = 60
_BLANKS = re.compile(r"\s+")
# The columns by which code picks lines, with the other names notebooks give them.
_KEYS = {
    "document": {"document"},
    "speaker": {"speaker", "marked_speaker"},
    "group": {"group", "voice", "role"},
    "stance": {"stance", "marked_stance"},
    "term": {"term"},
    "frame": {"frame"},
}


class Evidence(NamedTuple):
    """The lines a number rests on.

    Parameters
    ----------
    filters : tuple of (str, tuple of str)
        Columns and the values that pick the lines, as read from the notebook's code.
    lines : pandas.DataFrame
        See :func:`lines`.
    counted : bool
        Whether the number is how many lines there are.
    """

    filters: tuple[tuple[str, tuple[str, ...]], ...]
    lines: pd.DataFrame
    counted: bool


def lines(top: Path, inputs: Iterable[str]) -> pd.DataFrame:
    """Return every occurrence in a figure's inputs.

    Parameters
    ----------
    top : pathlib.Path
        The project.
    inputs : iterable of str
        The figure's inputs, as the manifest lists them.

    Returns
    -------
    pandas.DataFrame
        ``document``, ``date``, ``start``, ``end`` (characters of the document), ``term``,
        ``frame``, ``speaker``, ``group``, ``stance`` (str), and ``left``, ``node``, ``right``:
        the line, empty where the text is not here.
    """
    tables = [pd.DataFrame(columns=COLUMNS)]
    for file in inputs:
        path = top / file
        try:
            if path.name == measured.OCCURRENCES:
                tables.append(_measured(path))
            elif path.name.endswith(".marks.json"):
                tables.append(_marked(path))
        except (OSError, ValueError, LookupError, TypeError, AttributeError):
            # A file so tampered with that it cannot be read is named elsewhere.
            continue
    return pd.concat(tables, ignore_index=True).reindex(columns=COLUMNS).fillna("")


def _measured(path: Path) -> pd.DataFrame:
    # What guards a cell against spreadsheets is no part of a name.
    documents = csv_tables.read_csv(path.with_name(measured.DOCUMENTS))
    dates = documents.set_index("document")["date"]
    found = csv_tables.read_csv(path, numbers=("start", "end", "words_before", "utterance"))
    return found.assign(date=found["document"].map(dates))


def _marked(path: Path) -> pd.DataFrame:
    table = pd.DataFrame(json.loads(path.read_text(encoding="utf-8"))["occurrences"])
    name = path.name.removesuffix(".marks.json")
    text = path.with_name(f"{name}.txt").read_text(encoding="utf-8")
    people = pd.read_csv(path.with_name("speakers.csv"), keep_default_na=False)
    groups = people.drop_duplicates("speaker").set_index("speaker")["group"]
    spans = list(zip(table["start"], table["end"], strict=True))
    return table.assign(
        document=name,
        group=table["speaker"].map(groups),
        left=[_left(text, start) for start, _ in spans],
        node=[text[start:end] for start, end in spans],
        right=[_right(text, end) for _, end in spans],
    )


def _left(text: str, at: int) -> str:
    """Return the words before a place, whole, with single blanks between them."""
    cut = text[max(at - _SIDE, 0) : at]
    if at > _SIDE and not text[at - _SIDE - 1].isspace():
        cut = cut.partition(" ")[2] or cut
    return _BLANKS.sub(" ", cut)


def _right(text: str, at: int) -> str:
    cut = text[at : at + _SIDE]
    if at + _SIDE < len(text) and not text[at + _SIDE].isspace():
        cut = cut.rpartition(" ")[0] or cut
    return _BLANKS.sub(" ", cut)


def drawn(table: pd.DataFrame, source: pd.DataFrame) -> pd.DataFrame:
    """Keep the lines whose document, date, speaker, group, stance and term the figure shows.

    Parameters
    ----------
    table : pandas.DataFrame
        See :func:`lines`.
    source : pandas.DataFrame
        The figure's source data.
    """
    for column in ("date", *_KEYS):
        if column in source:
            table = table[table[column].isin(source[column].astype(str))]
    return table


def behind(number: CaptionNumber, table: pd.DataFrame, source: pd.DataFrame) -> Evidence:
    """Pick the lines a number rests on by the values its expression names.

    Of each column the values named nearest to the number count: ``len(denied)`` picks the lines
    of the stance that the statement making ``denied`` names, and of the term named in the one
    before it. Lines the figure does not draw are left out, unless all lines together are what
    was counted.

    Parameters
    ----------
    number : CaptionNumber
    table : pandas.DataFrame
        The figure's lines.
    source : pandas.DataFrame
        The figure's source data.

    Returns
    -------
    Evidence

    Examples
    --------
    >>> rows = pd.DataFrame({"term": ["a", "a", "b"], "stance": ["denied", "asserted", "denied"]})
    >>> made = CaptionNumber("1", 0, "n", (), (frozenset({"denied"}), frozenset({"term", "a"})))
    >>> found = behind(made, rows, pd.DataFrame())
    >>> found.filters, found.counted
    ((('stance', ('denied',)), ('term', ('a',))), True)
    """
    near = _picked(number, drawn(table, source), source)
    if table.empty:
        return near._replace(counted=False)
    if near.counted:
        return near
    wide = _picked(number, table, source)
    return wide if wide.counted else near


def _picked(number: CaptionNumber, table: pd.DataFrame, source: pd.DataFrame) -> Evidence:
    known = {
        column: (set(table[column]) | set(source.get(column, pd.Series(dtype=str)))) - {""}
        for column in _KEYS
        if column in table
    }
    filters = []
    for column, values in known.items():
        chosen = _nearest(column, values, number, known)
        if chosen:
            table = table[table[column].isin(chosen)]
            filters.append((column, tuple(sorted(chosen))))
    return Evidence(tuple(filters), table, number.text == f"{len(table):,}")


def _nearest(
    column: str, values: set[str], number: CaptionNumber, known: dict[str, set[str]]
) -> set[str]:
    for strings in number.literals:
        named = {value for value in strings & values if _owner(value, number, known) == column}
        if named:
            return named
    return set()


def _owner(value: str, number: CaptionNumber, known: dict[str, set[str]]) -> str:
    """Return the column a value belongs to: of several, the one named nearest to the number."""
    columns = [column for column, values in known.items() if value in values]
    for strings in number.literals:
        for column in columns:
            if _KEYS[column] & strings:
                return column
    return columns[0]


def cells(number: CaptionNumber, source: pd.DataFrame, evidence: Evidence) -> list[str]:
    """Find a number in the figure's source data: as a cell, a column's sum, or the number of rows.

    Parameters
    ----------
    number : CaptionNumber
    source : pandas.DataFrame
        The figure's source data.
    evidence : Evidence
        What :func:`behind` says of the number.

    Returns
    -------
    list of str
        Where it stands, at most three places; none if the code does not say which.

    Examples
    --------
    >>> table = pd.DataFrame({"group": ["board", "judge"], "rate": [1.164, 0.5], "n": [3, 4]})
    >>> nothing = Evidence((), table, False)
    >>> cells(CaptionNumber("1.16", 0, "t['rate']", (), (frozenset({"rate"}),)), table, nothing)
    ['row 1, rate = 1.164']
    >>> cells(CaptionNumber("7", 0, "table['n'].sum()"), table, nothing)
    ['sum of n']
    """
    numbers = source.select_dtypes("number")
    if ".sum()" in number.expression or "len(" in number.expression:
        rows = ["number of rows"] if number.text == f"{len(source):,}" else []
        sums = [f"sum of {c}" for c in numbers if _prints(numbers[c].sum(), number.text)]
        return rows + sums
    # Small numbers stand in any table by chance: the code must name the column and the row.
    near = frozenset().union(*number.literals[:2])
    named = frozenset().union(*number.literals)
    texts = source.select_dtypes(exclude="number").fillna("").astype(str)
    asked = texts.isin(near).sum(axis=1)
    for column, values in evidence.filters:
        if column in texts:
            asked[~texts[column].isin(values)] = -1
    columns = [name for name in numbers if name in near]
    found = [
        (row, column, value)
        for column in columns
        for row, value in enumerate(numbers[column])
        if _prints(value, number.text) and asked.iloc[row] == asked.max()
    ]
    if len({(column, value) for _, column, value in found}) != 1:
        return []
    labels = [", ".join(key for key in texts.iloc[row] if key in named) for row, *_ in found]
    return [
        f"row {row + 1}{label and f' ({label})'}, {column} = {value:.6g}"
        for (row, column, value), label in zip(found[:3], labels, strict=False)
    ]


def _prints(value: float, text: str) -> bool:
    decimals = len(text.rstrip("%").partition(".")[2])
    scale = 100 if text.endswith("%") else 1
    return f"{scale * value:,.{decimals}f}" == text.rstrip("%")

"""A CSV of any size, read without holding it: looked through once, then made documents in parts.

What the rows of a table say together (which number of a date is the day, which rows are one
document, how many texts are empty) is found in the first pass; of each row are then known its
place in the file, its document and its date. The documents are those that
:func:`analysis.readers.table.documents` makes of the whole table.
"""

from __future__ import annotations

import csv
import io
from array import array
from collections.abc import Iterator, Mapping
from itertools import chain, islice, pairwise
from pathlib import Path

import numpy as np

from analysis.errors import AnalysisError
from analysis.readers import columns as known_columns
from analysis.readers import date_forms, decoding, table, table_rows
from analysis.readers.table import stem_of
from analysis.readers.table_rows import Key, Row
from analysis.storage.csv_tables import unguard
from analysis.text.document import Document, changed

LARGE = 8 * 2**20
"""Bytes from which a table is read in parts."""
OPENING = 2**20
"""Bytes by which its encoding is judged."""
_ENDINGS = frozenset([".csv", ".tsv", ".tab", ".psv"])
_FIRST = 1000
_SURELY_SAID = 40


def is_large(path: Path) -> bool:
    """Return whether a file is a CSV or its like too large to be read at once."""
    try:
        return path.suffix.lower() in _ENDINGS and path.stat().st_size > LARGE
    except OSError:
        return False


def opened(
    path: Path, columns: Mapping[str, str] | None = None, encoding: str | None = None
) -> LargeTable | None:
    """Look through a large table; None where a file is none, or not one that is read in parts.

    Parameters
    ----------
    path : pathlib.Path
    columns : mapping of str to str, optional
        Which column is what.
    encoding : str, optional
        The encoding of a table that is not UTF-8, where it is known.

    Raises
    ------
    AnalysisError
        If the table is broken and too large to be read in another way.
    """
    if not is_large(path):
        return None
    size = path.stat().st_size
    try:
        return LargeTable(path, columns, _encoding(path, encoding))
    except AnalysisError:
        # What is wrong with it, or else with reading it so, is said by whoever reads it whole.
        if size <= decoding.MOST_BYTES:
            return None
        raise


def _encoding(path: Path, told: str | None) -> str:
    """Return the encoding of a table by its first megabyte, if its lines can be read one by one."""
    with path.open("rb") as file:
        opening = file.read(OPENING)
    wide = opening.startswith((b"\xff\xfe", b"\xfe\xff"))
    opening = opening[: opening.rfind(b"\n") + 1]
    text, found = ("", "UTF-16") if wide else decoding.guess(path, opening, encoding=told)
    if wide or not table.is_table(path, text) or "\n".encode(found) != b"\n":
        raise AnalysisError(
            path, f"a large file in {found}", "a CSV in UTF-8", "save it as UTF-8 or split it"
        )
    if found == "utf-8" and told and not _is_utf8(path):
        return decoding.known(told)
    return found


def _is_utf8(path: Path) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            for _ in file:
                pass
    except UnicodeDecodeError:
        return False
    return True


class _Lines:
    """The lines of some bytes, with the place up to which they were read."""

    def __init__(self, path: Path, encoding: str, raws: Iterator[bytes], at: int = 0) -> None:
        self.path, self.encoding, self.raws = path, encoding, raws
        self.at, self.number = at, 0

    def __iter__(self) -> Iterator[str]:
        for raw in self.raws:
            try:
                text = raw.decode(self.encoding)
            except UnicodeDecodeError as problem:
                raise AnalysisError(
                    f"{self.path}, line {self.number + 1}",
                    f"byte 0x{raw[problem.start]:02x} is not {self.encoding}",
                    f"a table in {self.encoding}",
                    "save it as UTF-8, or name its encoding (--encoding)",
                ) from problem
            if "\r" not in text[:-2]:
                self.at += len(raw)
                self.number += 1
                yield text
                continue
            # A line end of old Macs within the line.
            for line in decoding.lines(decoding.without_old_ends(text)):
                self.at += len(line.encode(self.encoding))
                self.number += 1
                yield line


class LargeTable:
    """A table that was looked through.

    Parameters
    ----------
    path : pathlib.Path
    columns : mapping of str to str or None
    encoding : str

    Raises
    ------
    AnalysisError
        If a row is broken, or its columns are not understood.
    """

    def __init__(self, path: Path, columns: Mapping[str, str] | None, encoding: str) -> None:
        self.path, self.encoding = path, encoding
        self.size = path.stat().st_size
        csv.field_size_limit(decoding.LONGEST_FIELD)
        with path.open("rb") as file:
            self._look_through(_Lines(path, encoding, iter(file)), columns or {})

    def _look_through(self, lines: _Lines, columns: Mapping[str, str]) -> None:
        each = iter(lines)
        first = next(each).removeprefix("\ufeff")
        if table.SEP.match(first):
            first, lines.number = next(each), 0
        self.sign = table.delimiter(self.path, first)
        rows = self._rows(chain([first], each), lines, columns)
        opening = list(islice(rows, _FIRST))
        if not opening:
            raise AnalysisError(self.path, "a header and no row", "one row per turn")
        sample = [row for _, row in opening]
        cells = (row for _, row in sample)
        told = table_rows.roles_of(str(self.path), [*sample[0][1]], cells, columns)
        self.press, self.names = told.press, dict(told.names)
        numbered = table_rows.numbered(self.names, (row for _, row in sample))
        if not table_rows.has_dates(sample, self.names):
            self.names.pop("date", None)
        if table_rows.are_captions(sample, self.names):
            raise table.too_many(self.path, "more captions than are read as one text")
        self._assign(chain(opening, rows), [*told.notes, *numbered])

    def _rows(
        self, each: Iterator[str], lines: _Lines, columns: Mapping[str, str]
    ) -> Iterator[tuple[int, Row]]:
        """Yield the rows, each with the place where it ends."""
        reader = csv.reader(each, strict=True, delimiter=self.sign)
        try:
            self.header = next(reader)
            named = [name for name in self.header if name]
            if len(set(named)) < len(named):
                raise AnalysisError(f"{self.path}, line 1", "a column named twice", "each once")
            self.apart = known_columns.names_apart(self.header, columns)
            self.begin = lines.at
            for each_row in reader:
                if row := decoding.fitted(each_row, len(self.header)):
                    yield lines.at, (reader.line_num, self._cells(row, reader.line_num))
        except csv.Error as problem:
            raise AnalysisError(
                f"{self.path}, line {reader.line_num}",
                f"broken CSV ({problem})",
                "fields parted by commas, quoted where they hold commas or quotation marks",
                "double the quotation marks within a field, and close each",
            ) from problem

    def _cells(self, row: list[str], line: int) -> dict[str, str]:
        if len(row) != len(self.header):
            raise AnalysisError(
                f"{self.path}, line {line}",
                f"{len(row)} fields",
                f"{len(self.header)} fields as in line 1",
                "quote fields that hold commas",
            )
        made = dict(zip(self.header, map(unguard, row), strict=True))
        return known_columns.with_full_name(made, self.apart) if self.apart else made

    def _assign(self, rows: Iterator[tuple[int, Row]], notes: list[str]) -> None:
        """Note of each row its place and document, of each document its date and what it holds."""
        where, names = str(self.path), self.names
        ends, groups, dates, sizes = array("q"), array("i"), array("i"), array("q")
        cells: dict[str, tuple[int, int]] = {}
        numbers: dict[Key, int] = {}
        said = bytearray()
        for number, (end, (line, row)) in enumerate(rows):
            cell = row[names["date"]] if "date" in names else ""
            # Two dates may be one that is written in two ways: they are told apart below.
            group = numbers.setdefault(
                table_rows.key_of(where, (line, row), names, number, cell), len(numbers)
            )
            if group == len(said):
                said.append(False)
                sizes.append(0)
            text = row[names["text"]]
            said[group] |= _is_said(text)
            sizes[group] += len(text) + 1
            ends.append(end)
            groups.append(group)
            dates.append(cells.setdefault(cell, (len(cells), line))[0])
            if "seq" in names:
                table_rows.place_of(where, line, row, names["seq"])
        days, odd = [""] * len(cells), None
        if "date" in names:
            lines = [(line, cell) for cell, (_, line) in cells.items()]
            days, odd = date_forms.column(where, names["date"], lines)
        if odd:
            notes.append(table_rows.odd_date(*odd))
        final: dict[Key, int] = {}
        spelled = dict(zip(cells, days, strict=True))
        where_to = [
            final.setdefault(
                (spelled[found[0]], found[1]) if isinstance(found, tuple) else found, len(final)
            )
            for found in numbers
        ]
        place = np.array(where_to, np.int64)
        self.ends, self.groups = np.array(ends, np.int64), place[np.array(groups, np.int64)]
        self.documents = table_rows.named(stem_of(self.path), names, list(final))
        self.sizes = np.bincount(place, np.array(sizes), len(final))
        filled = np.bincount(place, np.frombuffer(bytes(said), np.uint8), len(final)) > 0
        self.filled = filled if filled.any() else ~filled
        if not self.filled.all():
            notes.append(table_rows.left_empty(int((~self.filled).sum())))
        self.days = _first_days(self.groups, np.array(dates), days, len(final))
        self.notes = tuple(notes)

    def parts(self, most: int) -> Iterator[list[Document]]:
        """Yield the documents in the order of the file, some at a time.

        Parameters
        ----------
        most : int
            Characters of a part, about; a longer document is a part of its own.
        """
        sizes = np.where(self.filled, self.sizes, 0)
        part_of = (np.cumsum(sizes) - sizes) // max(1, most)
        part_of = np.unique(part_of, return_inverse=True)[1][self.groups]
        order = np.argsort(part_of, kind="stable")
        bounds = np.searchsorted(part_of[order], np.arange(part_of.max() + 2))
        for first, last in pairwise(bounds.tolist()):
            yield list(self._documents(order[first:last]))

    def _documents(self, numbers: np.ndarray) -> Iterator[Document]:
        found: dict[int, list[Row]] = {}
        for group, row in zip(self.groups[numbers].tolist(), self._read(numbers), strict=True):
            found.setdefault(group, []).append((0, row))
        for group in sorted(found):
            if not self.filled[group]:
                continue
            made = table_rows.document_of(
                str(self.path), self.documents[group], found[group], self.names, self.press
            )
            more = {"date": self.days[group]} if self.days[group] else {}
            more |= {"encoding": self.encoding} if self.encoding != "utf-8" else {}
            yield changed(made, metadata={**made.metadata, **more}, notes=self.notes)

    def _read(self, numbers: np.ndarray) -> Iterator[dict[str, str]]:
        """Yield some rows of the file; those that stand one after another are read at once."""
        begins = np.concatenate([[self.begin], self.ends[:-1]])
        cuts = np.flatnonzero(np.diff(numbers) != 1) + 1
        with self.path.open("rb") as file:
            for run in np.split(numbers, cuts):
                begin, end = int(begins[run[0]]), int(self.ends[run[-1]])
                file.seek(begin)
                lines = _Lines(self.path, self.encoding, iter(io.BytesIO(file.read(end - begin))))
                rows = [row for row in csv.reader(lines, delimiter=self.sign) if row]
                if len(rows) != len(run):
                    raise AnalysisError(
                        self.path, "changed while it was read", "one text", "begin again"
                    )
                yield from (self._cells(row, 0) for row in rows)


def _is_said(text: str) -> bool:
    """Return whether a cell says anything; what is long and no page surely does."""
    start = text.lstrip()
    if len(start) > _SURELY_SAID and not start.startswith("<"):
        return True
    return bool(table_rows.said_in(text.strip()).strip())


def _first_days(groups: np.ndarray, dates: np.ndarray, days: list[str], size: int) -> list[str]:
    """Return the first day that a row of each document gives, empty where none does."""
    dated = np.array([day != "" for day in days], bool)[dates]
    found, first = np.unique(groups[dated], return_index=True)
    made = [""] * size
    for group, day in zip(found.tolist(), dates[dated][first].tolist(), strict=True):
        made[group] = days[day]
    return made

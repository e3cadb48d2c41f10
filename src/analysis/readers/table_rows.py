"""Rows of a table to documents: which rows belong together, and what a row says."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice

from analysis.errors import AnalysisError
from analysis.readers import columns as known_columns
from analysis.readers import date_forms
from analysis.readers.columns import Roles, key, person, words
from analysis.readers.labels import Shape, shape_of
from analysis.readers.press import author
from analysis.readers.turns import Turn, compose
from analysis.text.document import Document, changed

Row = tuple[int, dict[str, str]]
"""The number of a line and its fields by column."""
Key = str | int | tuple[str, str]
"""What rows of one document have in common: its name, their number, or date and title."""
_NUMBERS = re.compile(r"(\d{1,2})([./-])\d{1,2}\2\d{4}(?: .*)?")
_LOOKED_AT = 200
_LONG = 6
_NO_PEOPLE = frozenset(
    (
        *("month", "weekday", "quarter", "season", "region", "state", "country", "city", "town"),
        *("place", "location", "language", "lang", "gender", "sex", "type", "category", "topic"),
        *("theme", "genre", "code", "status", "condition", "treatment", "occupation", "education"),
    )
)
"""Columns of single words with a capital that name no one."""
_LONGER = 3
_NUMBER = re.compile(r"[\w:./#-]*\d{3,}")
_PARAGRAPH = re.compile(r"\s*\n\s*")


def numbered(names: dict[str, str], rows: Iterable[Mapping[str, str]]) -> tuple[str, ...]:
    """Take the printed label for the speaker where the column of speakers holds numbers alone.

    Examples
    --------
    >>> roles = {"speaker": "person", "label": "name"}
    >>> numbered(roles, [{"person": "twfy:10180", "name": "Ada Arden"}])
    ('speaker = name, since person holds numbers and no names',)
    >>> roles
    {'speaker': 'name'}
    """
    speaker, label = names.get("speaker"), names.get("label")
    if not speaker or not label:
        return ()
    cells = [(row.get(speaker, "").strip(), row.get(label, "").strip()) for row in rows]
    both = [pair for pair in cells if all(pair)]
    if not both or not all(_NUMBER.fullmatch(number) for number, _ in both):
        return ()
    if any(_NUMBER.fullmatch(name) for _, name in both):
        return ()
    names["speaker"] = names.pop("label")
    return (f"speaker = {label}, since {speaker} holds numbers and no names",)


def long_texts(
    header: Sequence[str], rows: Iterable[Mapping[str, str]], told: Mapping[str, str]
) -> str:
    """Return the one column of long texts in a table that gives no column such a name.

    None is, where another column seems to hold the names of those who speak: that one has to be
    named by a person too.

    Examples
    --------
    >>> said = "Nobody had asked for a key, and nobody would do so."
    >>> long_texts(["month", "verbatim_1"], [{"month": "March", "verbatim_1": said}], {})
    'verbatim_1'
    >>> long_texts(["orator", "uttered"], [{"orator": "Ada Arden", "uttered": said}], {})
    ''
    """
    if "text" in told or known_columns.find("text", header):
        return ""
    some = list(islice(rows, _LOOKED_AT))
    unknown = [
        name for name in header if name not in told.values() and not known_columns.is_known(name)
    ]
    found = {
        name: [row[name].strip() for row in some if row.get(name, "").strip()] for name in unknown
    }
    cells = {name: filled for name, filled in found.items() if filled}
    length = {
        name: sum(len(cell.split()) for cell in filled) / len(filled)
        for name, filled in cells.items()
    }
    ranked = sorted(cells, key=length.__getitem__, reverse=True)
    if not ranked or length[ranked[0]] < _LONG:
        return ""
    others = ranked[1:]
    if others and length[others[0]] > length[ranked[0]] / _LONGER:
        return ""
    sure = "speaker" in told or known_columns.find("speaker", header)
    people = [
        name
        for name in others
        if key(name) not in _NO_PEOPLE
        and 2 * sum(map(_may_be_a_name, cells[name])) >= len(cells[name])
    ]
    return "" if people and not sure else ranked[0]


def _may_be_a_name(cell: str) -> bool:
    return not any(map(str.isdigit, cell)) and shape_of(cell) >= Shape.SINGLE


def roles_of(
    where: str,
    header: list[str],
    rows: Iterable[Mapping[str, str]],
    told: Mapping[str, str],
) -> Roles:
    """Return what each column is (:func:`columns.roles`), by its texts where no name says so."""
    long = long_texts(header, rows, told)
    if not long:
        return known_columns.roles(where, header, told)
    found = known_columns.roles(where, header, {**told, "text": long})
    said = f"text = {long}, the only column of long texts; if it is another, say --columns text=…"
    return found._replace(notes=(*found.notes, said))


def documents(where: str, stem: str, rows: list[Row], told: Roles) -> list[Document]:
    """Make the documents of a table's rows, of which it is known which column is what."""
    names, notes = dict(told.names), list(told.notes)
    notes += numbered(names, (row for _, row in rows[:1000]))
    dates, odd = dates_of(where, rows, names)
    if odd:
        notes.append(odd_date(*odd))
    if are_captions(rows, names):
        text = " ".join(words(row.get(names["text"], "")).strip() for _, row in rows)
        made = [compose(stem, [Turn("", text)], {"kind": "table"})]
        notes[0] = f"{notes[0]}; the rows are captions of one recording"
    else:
        groups = _groups(where, stem, rows, names, dates)
        made = [
            document_of(where, name, [rows[n] for n in numbers], names, told.press)
            for name, numbers in groups.items()
        ]
        if "date" in names:
            first = {
                name: next((dates[n] for n in ns if dates[n]), "") for name, ns in groups.items()
            }
            made = [
                changed(one, metadata={**one.metadata, "date": first[one.document]})
                if first[one.document]
                else one
                for one in made
            ]
    filled = [one for one in made if one.text.strip()]
    if filled and len(filled) < len(made):
        notes.append(left_empty(len(made) - len(filled)))
    return [changed(one, notes=tuple(notes)) for one in filled or made]


def odd_date(line: int, cell: str) -> str:
    """Say which cell of a column of dates is none."""
    return f"line {line}: {cell[:40]!r} is no date that is understood; left out"


def left_empty(number: int) -> str:
    """Say how many texts are left out, since nothing stands in them."""
    return f"{number:,} texts are empty or deleted, and left out"


def has_dates(rows: Sequence[Row], names: Mapping[str, str]) -> bool:
    """Return whether a table has dates; a column of times of day is no column of them."""
    if "date" not in names or not known_columns.is_unsure(names["date"]):
        return "date" in names
    filled = [row.get(names["date"], "").strip() for _, row in rows[:200]]
    return any(filled) and all(
        date_forms.iso(cell) or _NUMBERS.fullmatch(cell) for cell in filled if cell
    )


def dates_of(
    where: str, rows: list[Row], names: dict[str, str]
) -> tuple[list[str], tuple[int, str] | None]:
    """Return the ISO date of each row, and the first cell that is none."""
    if not has_dates(rows, names):
        names.pop("date", None)
        return [""] * len(rows), None
    name = names["date"]
    return date_forms.column(where, name, ((line, row.get(name, "")) for line, row in rows))


def are_captions(rows: list[Row], names: Mapping[str, str]) -> bool:
    """Return whether the rows are the captions of one recording."""
    if {"speaker", "label", "document", "title", "date"} & set(names) or len(rows) < 2:
        return False
    keys = {key(name): name for name in rows[0][1]}
    start = keys.get("start") or keys.get("starttime") or ""
    timed = start and any(name in keys for name in ("end", "duration", "endtime", "dur"))
    return bool(timed) and all(re.fullmatch(r"[\d:.,]+", row.get(start, "")) for _, row in rows)


def _groups(
    where: str, stem: str, rows: list[Row], names: Mapping[str, str], dates: list[str]
) -> dict[str, list[int]]:
    """Return which rows each document has, under its name."""
    found: dict[Key, list[int]] = {}
    for number, row in enumerate(rows):
        found.setdefault(key_of(where, row, names, number, dates[number]), []).append(number)
    return dict(zip(named(stem, names, list(found)), found.values(), strict=True))


def key_of(where: str, row: Row, names: Mapping[str, str], number: int, date: str) -> Key:
    """Return what a row has in common with the others of its document.

    Raises
    ------
    AnalysisError
        If there is a column of documents' names, and this one is empty.
    """
    line, cells = row
    if "document" in names:
        name = cells.get(names["document"], "").strip()
        if not name:
            empty = names["document"]
            raise AnalysisError(f"{where}, line {line}", f"an empty {empty}", "its identifier")
        return name
    if "speaker" not in names and "label" not in names:
        return number
    return date, cells.get(names["title"], "").strip() if "title" in names else ""


def named(stem: str, names: Mapping[str, str], keys: Sequence[Key]) -> list[str]:
    """Return the names of documents by what their rows have in common, in the order of the file."""
    if "document" in names:
        return [str(one) for one in keys]
    width = len(str(len(keys)))
    if "speaker" not in names and "label" not in names:
        return [f"{stem}-{number:0{width}d}" for number in range(1, len(keys) + 1)]
    if len(keys) == 1:
        return [stem]
    days = [one[0] if isinstance(one, tuple) else "" for one in keys]
    alone = len(set(days)) == len(days) and all(days)
    return [
        f"{stem}-{day if alone else f'{number:0{width}d}'}" for number, day in enumerate(days, 1)
    ]


def document_of(
    where: str, name: str, rows: list[Row], names: Mapping[str, str], press: bool
) -> Document:
    """Make one document of its rows, a turn of each."""
    if "seq" in names:
        rows = _ordered(where, rows, names["seq"])

    def value(row: dict[str, str], role: str) -> str:
        return row.get(names[role], "").strip() if role in names else ""

    first = rows[0][1]
    told = {role: value(first, role) for role in ("title", "source", "author", "section")}
    told["author"] = author(told["author"])
    metadata = {"kind": "news" if press else "table"} | {
        role: text for role, text in told.items() if text
    }
    turns = []
    for _, row in rows:
        speaker = person(value(row, "speaker"))
        label = person(value(row, "label")) or speaker
        said = said_in(value(row, "text"))
        turns.append(Turn(label, said, speaker, value(row, "affiliation"), value(row, "group")))
    return compose(name, turns, metadata)


def said_in(cell: str) -> str:
    """Return what a cell of text says, paragraphs parted by single line ends."""
    return _PARAGRAPH.sub("\n", words(cell))


def _ordered(where: str, rows: list[Row], name: str) -> list[Row]:
    """Return the rows in the order of their numbers, as they stand if a column holds none."""
    places = []
    for line, row in rows:
        place = place_of(where, line, row, name)
        if place is None:
            return rows
        places.append(place)
    order = sorted(range(len(rows)), key=places.__getitem__)
    return [rows[number] for number in order]


def place_of(where: str, line: int, row: Mapping[str, str], name: str) -> float | None:
    """Return the number of a turn, none where the column only seems to hold them.

    Raises
    ------
    AnalysisError
        If the column is called so, and the cell holds no number.
    """
    found = row.get(name, "")
    try:
        return float(found)
    except ValueError as problem:
        if key(name) != "seq":
            return None
        raise AnalysisError(
            f"{where}, line {line}", f"seq {found!r}", "the number of the turn"
        ) from problem

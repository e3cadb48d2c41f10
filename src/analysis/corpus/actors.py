"""The register of actors, ``actors.csv``: one person, one name, and who she stood for when."""

from __future__ import annotations

import os
import re
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.errors import AnalysisError
from analysis.readers import decoding
from analysis.storage import csv_tables
from analysis.storage.files import replace_file

ACTOR_COLUMNS = ("name", "aliases", "kind", "affiliation", "group", "from", "to")
KINDS = ("person", "body")
SEPARATOR = ";"
"""Between the aliases of one actor."""

_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)


def folded(name: str) -> str:
    """Return a name as it is compared: without article, case and spaces to spare.

    Examples
    --------
    >>> folded("The  Interior Minister")
    'interior minister'
    """
    return _ARTICLE.sub("", " ".join(name.replace("’", "'").split())).casefold().strip(" .,")


def aliases(cell: str) -> list[str]:
    """Return the aliases of a cell of the register.

    Examples
    --------
    >>> aliases("Mr Renn; the director")
    ['Mr Renn', 'the director']
    """
    return [name for part in cell.split(SEPARATOR) if (name := " ".join(part.split()))]


def read_actors(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read the register that says which names are one actor, and where an actor belongs.

    Parameters
    ----------
    path : path-like
        UTF-8 CSV with the column name and any of aliases (separated by semicolons), kind
        (person or body; person if empty), affiliation, group, from, to (YYYY, YYYY-MM or
        YYYY-MM-DD; empty: open). An actor whose group changed has one row for each period.

    Returns
    -------
    pandas.DataFrame
        Those columns, str.

    Raises
    ------
    AnalysisError
        If the file is missing or not UTF-8, lacks the column name, or has an empty name, a kind or
        date that is none, an actor with two rows at one date, or a name that stands for two
        actors at one date; the line is named.

    Examples
    --------
    >>> read_actors("actors.csv")["name"].tolist()  # doctest: +SKIP
    ['Tobias Renn', 'Domestic Intelligence Service']
    """
    path = Path(path)
    rows = list(decoding.rows(path, decoding.decode(path), ("name",)))
    records = [
        {
            name: csv_tables.unguard(" ".join((row.get(name) or "").split()))
            for name in ACTOR_COLUMNS
        }
        for _, row in rows
    ]
    table = pd.DataFrame(records, columns=list(ACTOR_COLUMNS), dtype="str")
    return check_actors(table, path, [line for line, _ in rows])


def write_actors(actors: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a register for editing; :func:`read_actors` reads it back.

    Returns
    -------
    pathlib.Path
    """
    return replace_file(path, csv_tables.to_csv(actors[list(ACTOR_COLUMNS)]))


def check_actors(
    actors: pd.DataFrame, where: str | os.PathLike[str] = "actors", lines: list[int] | None = None
) -> pd.DataFrame:
    """Check a register; see :func:`read_actors` for what is refused.

    Parameters
    ----------
    actors : pandas.DataFrame
        The column name and any of the others.
    where : path-like
        What messages call it.
    lines : list of int, optional
        The line of each row; rows are counted from 1 where it is left out.

    Returns
    -------
    pandas.DataFrame
        All the columns, str, kind filled in.
    """
    if "name" not in actors:
        raise AnalysisError(where, "no column 'name'", f"the columns {', '.join(ACTOR_COLUMNS)}")
    table = pd.DataFrame({name: actors.get(name, "") for name in ACTOR_COLUMNS}).astype(object)
    table = table.where(table.notna(), "").astype("str")
    table = table.reset_index(drop=True)
    numbers = lines or list(range(1, len(table) + 1))
    word = "line" if lines else "row"
    table["kind"] = table["kind"].str.lower().replace("", "person")
    seen: dict[str, list[tuple[str, str, int, int]]] = {}
    for at, row in enumerate(table.to_dict("records")):
        place = f"{os.fspath(where)}, {word} {numbers[at]}"
        if not row["name"]:
            raise AnalysisError(place, "an empty name", "the name of a person or a body")
        if row["kind"] not in KINDS:
            raise AnalysisError(f"{place}, column kind", repr(row["kind"]), "person or body")
        first, last = period(row["from"], row["to"], place)
        own = [row["name"], *aliases(row["aliases"])]
        for name in dict.fromkeys(map(folded, own)):
            for begins, ends, line, index in seen.get(name, ()):
                if first > ends or begins > last:
                    continue
                _refuse(table.iloc[at], table.iloc[index], name, f"{word} {line}", place)
            seen.setdefault(name, []).append((first, last, numbers[at], at))
    return table


def _refuse(row: pd.Series, known: pd.Series, name: str, earlier: str, place: str) -> None:
    other = known["name"]
    if other != row["name"]:
        raise AnalysisError(
            place,
            f"{name!r} stands for {row['name']!r}, and for {other!r} in {earlier} at the same time",
            "each name for one actor at a date",
            "take it out of one of them, or give the rows dates in from and to",
        )
    if (row["group"], row["affiliation"]) != (known["group"], known["affiliation"]):
        raise AnalysisError(
            place,
            f"{row['name']!r} has the group {row['group']!r} and affiliation "
            f"{row['affiliation']!r}, and in {earlier} {known['group']!r} and "
            f"{known['affiliation']!r}, at the same time",
            "one group and affiliation at a date",
            "give the rows dates in from and to that do not overlap",
        )
    raise AnalysisError(
        place, f"{row['name']!r} again", "one row for each period", f"see {earlier}; join them"
    )


def period(first: str, last: str, where: str = "actors") -> tuple[str, str]:
    """Return the first and the last day of a period as ISO dates; open ends reach far.

    Examples
    --------
    >>> period("2014", "2015-03")
    ('2014-01-01', '2015-03-31')
    """
    for name, value in (("from", first), ("to", last)):
        if value and not _is_date(value):
            raise AnalysisError(
                f"{where}, column {name}", repr(value), "YYYY-MM-DD, YYYY-MM or YYYY"
            )
    begins = f"{first}-01-01"[:10] if first else "0000-00-00"
    ends = {4: f"{last}-12-31", 7: f"{last}-31", 10: last}[len(last)] if last else "9999-99-99"
    if begins > ends:
        raise AnalysisError(where, f"from {first} to {last}", "a period that ends after it begins")
    return begins, ends


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"[0-9]{4}(-[0-9]{2}){0,2}", text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def covers(first: str, last: str, day: str) -> bool:
    """Say whether a period of the register holds a day; a document without date is in every one.

    Examples
    --------
    >>> covers("2014", "", "2015-01-31"), covers("2014", "2014", "2015")
    (True, False)
    """
    if not day:
        return True
    begins, ends = period(first, last)
    early, late = period(day, day)
    return begins <= late and early <= ends

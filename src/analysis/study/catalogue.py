"""The catalogue of public documents: where each text is, under what rights, and its hash.

The catalogue is ``data/sources.toml``; `analysis.study.fetch` brings what it lists.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pandas as pd

from analysis.errors import AnalysisError

KINDS = ("hearing", "court argument", "court filing", "testimony", "report")
"""What a document is. The last three have one author, the first two have speakers."""

_SPOKEN = KINDS[:2]
_REQUIRED = {
    "study": str,
    "id": str,
    "title": str,
    "date": str,
    "kind": str,
    "licence": str,
    "address": str,
    "file": str,
    "bytes": int,
    "sha256": str,
}
_OPTIONAL = {"author": str, "affiliation": str, "group": str, "also": list}
_LEFT_OUT = {"study": str, "title": str, "name": str, "reason": str}


def read_catalogue(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read the documents of every study from a catalogue.

    Parameters
    ----------
    path : str or path-like
        A TOML file with one ``[[document]]`` table per document.

    Returns
    -------
    pandas.DataFrame
        One row per document, in the order of the file: ``study``, ``document`` (the field ``id``,
        unique), ``title``, ``date`` (YYYY-MM-DD, or YYYY-MM where no day is known), ``kind`` (one
        of `KINDS`), ``licence``, ``author``, ``affiliation``, ``group`` (empty for hearings and
        court arguments, where each turn has its own speaker), ``address`` (http or https),
        ``file`` (the name it is kept under), ``also`` (tuple of other names a copy may have),
        ``bytes`` (int), ``sha256`` (64 hexadecimal digits, lower case).

    Raises
    ------
    AnalysisError
        If the file cannot be read or a field is missing, unknown or impossible; names the line.

    Examples
    --------
    >>> read_catalogue("data/sources.toml")["date"].min()
    '2013-07-09'
    """
    rows = []
    seen: dict[tuple[str, str], str] = {}
    for table, where in _tables(path, "document", _REQUIRED, _OPTIONAL):
        _check(table, where)
        for name, value in (
            ("id", table["id"]),
            ("file", f"{table['study']}/{table['file']}".casefold()),
        ):
            other = seen.setdefault((name, value), where[name])
            if other != where[name]:
                raise AnalysisError(
                    where[name],
                    f"{name} {table[name]!r} is used twice",
                    "a name of its own for every document",
                    f"the first is at {other}",
                )
        rows.append(
            {
                "study": table["study"],
                "document": table["id"],
                **{name: table[name] for name in ("title", "date", "kind", "licence")},
                **{name: table.get(name, "") for name in ("author", "affiliation", "group")},
                "address": table["address"],
                "file": table["file"],
                "also": tuple(table.get("also", ())),
                "bytes": table["bytes"],
                "sha256": table["sha256"],
            }
        )
    if not rows:
        raise AnalysisError(path, "no [[document]] table", "at least one document")
    return pd.DataFrame(rows)


def read_left_out(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read from a catalogue what its studies leave out, and why.

    Parameters
    ----------
    path : str or path-like
        A TOML file with one ``[[left_out]]`` table per paper.

    Returns
    -------
    pandas.DataFrame
        One row per paper: ``study``, ``title``, ``name`` (of the file at its source), ``reason``.

    Raises
    ------
    AnalysisError
        If the file cannot be read or a field is missing or unknown; names the line.

    Examples
    --------
    >>> len(read_left_out("data/sources.toml"))
    10
    """
    rows = [table for table, _ in _tables(path, "left_out", _LEFT_OUT, {})]
    return pd.DataFrame(rows, columns=list(_LEFT_OUT))


def documents(study: str, catalogue: str | os.PathLike[str]) -> pd.DataFrame:
    """Read the documents of one study from a catalogue.

    Parameters
    ----------
    study : str
    catalogue : str or path-like
        As for `read_catalogue`.

    Returns
    -------
    pandas.DataFrame
        The columns of `read_catalogue` without ``study``, rows numbered from 0.

    Raises
    ------
    AnalysisError
        As `read_catalogue`, and if the catalogue has no such study; names those it has.

    Examples
    --------
    >>> papers = documents("oversight", "data/sources.toml")
    >>> papers.loc[papers["kind"] == "testimony", "author"].tolist()
    ['Bruce Sewell', 'Susan Landau']
    """
    every = read_catalogue(catalogue)
    rows = every[every["study"] == study]
    if rows.empty:
        known = ", ".join(sorted(set(every["study"])))
        raise AnalysisError(catalogue, f"no study {study!r}", f"one of: {known}")
    return rows.drop(columns="study").reset_index(drop=True)


def _tables(
    path: str | os.PathLike[str], name: str, required: Mapping[str, type], optional: Mapping
) -> Iterator[tuple[dict[str, Any], dict[str, str]]]:
    """Yield each ``[[name]]`` table with, for each of its fields, the place to name in an error."""
    try:
        raw = Path(path).read_bytes()
    except OSError as error:
        raise AnalysisError(path, f"cannot be read ({error.strerror})") from None
    try:
        text = raw.decode("utf-8")
        content = tomllib.loads(text)
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise AnalysisError(
            f"{path}, line {line}", "not UTF-8", remedy="save it as UTF-8"
        ) from None
    except tomllib.TOMLDecodeError as error:
        raise AnalysisError(path, f"not TOML: {error}") from None
    for key in content:
        if key not in {"document", "left_out"}:
            raise AnalysisError(path, f"unknown table {key!r}", "[[document]] or [[left_out]]")
    tables = content.get(name, [])
    lines = text.splitlines()
    header = re.compile(rf"\s*\[\[\s*{name}\s*\]\]")
    heads = [number for number, line in enumerate(lines, 1) if header.match(line)]
    if not isinstance(tables, list) or len(heads) != len(tables):
        raise AnalysisError(path, f"{name!r} is not a list of tables", f"[[{name}]] tables")
    for table, head in zip(tables, heads, strict=True):
        where = {}
        for field in {**required, **optional, **table}:
            line = _line_of(field, lines, head)
            where[field] = f"{path}, line {line}"
        for field, kind in {**required, **optional}.items():
            if field in required and field not in table:
                raise AnalysisError(f"{path}, line {head}", f"[[{name}]] without {field!r}")
            if field in table and (type(table[field]) is not kind or not table[field]):
                raise AnalysisError(
                    where[field], f"{field} = {table[field]!r}", f"{kind.__name__}, not empty"
                )
        for field in table.keys() - required.keys() - optional.keys():
            known = ", ".join([*required, *optional])
            raise AnalysisError(where[field], f"unknown field {field!r}", f"only: {known}")
        yield table, where


def _line_of(field: str, lines: list[str], head: int) -> int:
    """Return the number of the line that sets a field, or of the table's header."""
    setting = re.compile(rf"\s*[\"']?{re.escape(field)}[\"']?\s*=")
    for number, line in enumerate(lines[head:], head + 1):
        if line.lstrip().startswith("["):
            break
        if setting.match(line):
            return number
    return head


def _check(table: dict[str, Any], where: dict[str, str]) -> None:
    """Refuse a document whose fields cannot be what they say."""

    def refuse(field: str, expected: str) -> None:
        raise AnalysisError(where[field], f"{field} = {table[field]!r}", expected)

    if not re.fullmatch(r"\w[\w.-]*", table["id"]):
        refuse("id", "letters, digits, '_', '-' and '.'")
    if not re.fullmatch(r"[0-9a-f]{64}", table["sha256"]):
        refuse("sha256", f"64 hexadecimal digits in lower case, not {len(table['sha256'])} signs")
    if table["bytes"] < 1:
        refuse("bytes", "the size of the file, at least 1")
    if not _is_date(table["date"]):
        refuse("date", "YYYY-MM-DD or YYYY-MM")
    if table["kind"] not in KINDS:
        refuse("kind", f"one of: {', '.join(KINDS)}")
    if not _is_web_address(table["address"]):
        refuse("address", "an http or https address")
    for field, names in (("file", [table["file"]]), ("also", table.get("also", []))):
        if not all(isinstance(name, str) and _is_file_name(name) for name in names):
            refuse(field, "the name of a file, without a folder")
    for field in ("author", "affiliation", "group"):
        if (field in table) is (table["kind"] in _SPOKEN):
            need = "no" if table["kind"] in _SPOKEN else "an"
            raise AnalysisError(
                where[field], f"{table['kind']} {table['id']!r}", f"{need} {field!r} field"
            )


def _is_date(text: str) -> bool:
    if not re.fullmatch(r"\d{4}-\d\d(-\d\d)?", text):
        return False
    try:
        date.fromisoformat(f"{text}-01"[:10])
    except ValueError:
        return False
    return True


def _is_web_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and bool(parts.netloc)


def _is_file_name(name: str) -> bool:
    return name not in {"", ".", ".."} and not re.search(r"[/\\:\x00-\x1f]|\.part$", name)

"""Read the statements of Discourse Network Analyzer 3 (``.dna``), coded by hand or ours."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from analysis.errors import AnalysisError
from analysis.exchange.dna_schema import OURS
from analysis.exchange.units import utf16_places

_DNA_COLUMNS = ("document", "date", "actor", "kind", "person", "organisation", "concept",
                "agreement", "start", "end", "text", "coder")  # fmt: skip


def read_dna(
    path: str | os.PathLike[str], *, statement_type: str | None = None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Read the statements and documents of a DNA 3 file.

    Parameters
    ----------
    path : str or path-like
    statement_type : str, optional
        Which of its statement types; the first with a person or an organization, a concept and an
        agreement where it is left out.

    Returns
    -------
    statements : pandas.DataFrame
        ``document``, ``date``, ``actor`` (the person, the organisation where none is coded),
        ``kind``, ``person``, ``organisation``, ``concept``, ``agreement``, ``start``, ``end``
        (characters), ``text``, ``coder``, and the other variables of the type.
    documents : pandas.DataFrame
        ``document``, ``title``, ``date``, ``byline``, ``source``, ``kind``, ``text``.

    Raises
    ------
    AnalysisError
        If the file is no DNA file or of another version, has no such statements, or a statement
        lies outside its document.

    Examples
    --------
    >>> coded, texts = read_dna("coded_by_hand.dna")  # doctest: +SKIP
    """
    path = Path(path)
    if not path.is_file():
        raise AnalysisError(path, "not there", "a DNA file (.dna)")
    database = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        with database:
            ours = _check_version(path, database)
            documents, names = _read_documents(database, ours=ours)
            return _read_statements(path, database, statement_type, documents, names), documents
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise AnalysisError(path, f"no DNA file ({error})", "an SQLite database of DNA 3") from None
    finally:
        database.close()


def _check_version(path: Path, database: sqlite3.Connection) -> bool:
    """Refuse a file of another version; say whether this library wrote it."""
    tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master")}
    if not {"SETTINGS", "STATEMENTS", "VARIABLES", "DOCUMENTS"} <= tables:
        raise AnalysisError(path, "an SQLite database without DNA's tables", "a file of DNA 3")
    settings = dict(database.execute("SELECT Property, Value FROM SETTINGS"))
    version = settings.get("version", "2 or older" if "ENTITIES" not in tables else "unknown")
    if not version.startswith("3.0") or "ENTITIES" not in tables:
        raise AnalysisError(
            path, f"a file of DNA version {version}", "DNA 3.0",
            "in DNA 3 make a new database and import this one (Documents, Import from DNA 2.0)",
        )  # fmt: skip
    return settings.get(OURS[0]) == OURS[1]


def _read_documents(
    database: sqlite3.Connection, *, ours: bool
) -> tuple[pd.DataFrame, dict[int, str]]:
    names: dict[int, str] = {}
    rows = []
    for number, title, text, author, source, notes, kind, seconds in database.execute(
        "SELECT ID, Title, Text, Author, Source, Notes, Type, Date FROM DOCUMENTS ORDER BY ID"
    ):
        told = (
            dict(line.split(": ", 1) for line in notes.split("\n") if ": " in line) if ours else {}
        )
        name = told.get("document") or f"{number:04d}_{title}"
        date = datetime.fromtimestamp(seconds, UTC).date().isoformat()
        if ours:
            date = told.get("date", "")
        names[number] = name
        rows.append((name, title, date, author, source, kind, text))
    columns = ["document", "title", "date", "byline", "source", "kind", "text"]
    return pd.DataFrame(rows, columns=columns, dtype="str"), names


def _read_statements(
    path: Path,
    database: sqlite3.Connection,
    wanted: str | None,
    documents: pd.DataFrame,
    names: Mapping[int, str],
) -> pd.DataFrame:
    number, variables = _statement_type(path, database, wanted)
    values: dict[int, dict[str, object]] = {}
    queries = (
        "SELECT StatementId, VariableId, Value FROM DATABOOLEAN",
        "SELECT StatementId, VariableId, Value FROM DATAINTEGER",
        "SELECT StatementId, VariableId, Value FROM DATALONGTEXT",
        (
            "SELECT d.StatementId, d.VariableId, e.Value FROM DATASHORTTEXT d "
            "JOIN ENTITIES e ON e.ID = d.Entity"
        ),
    )
    for query in queries:
        for statement, variable, value in database.execute(query):
            if variable in variables:
                values.setdefault(statement, {})[variables[variable]] = value
    texts = dict(zip(documents["document"], documents["text"], strict=True))
    dates = dict(zip(documents["document"], documents["date"], strict=True))
    places: dict[str, dict[int, int]] = {}
    rows = []
    for statement, document, start, stop, coder in database.execute(
        "SELECT s.ID, s.DocumentId, s.Start, s.Stop, c.Name FROM STATEMENTS s "
        "LEFT JOIN CODERS c ON c.ID = s.Coder WHERE s.StatementTypeId = ? "
        "ORDER BY s.DocumentId, s.Start, s.ID",
        (number,),
    ):
        name = names.get(document)
        if name is None:
            raise AnalysisError(
                f"{path}, statement {statement}", f"document {document} is not there", "its text"
            )
        back = places.setdefault(
            name, {unit: at for at, unit in enumerate(utf16_places(texts[name]))}
        )
        if start not in back or stop not in back:
            raise AnalysisError(
                f"{path}, statement {statement}",
                f"the span {start} to {stop}",
                f"a span inside the {len(back) - 1} characters of {name!r}",
            )
        coded = values.get(statement, {})
        person = str(coded.pop("person", "") or "")
        body = str(coded.pop("organization", "") or "")
        rows.append({
            "document": name, "date": dates[name], "actor": person or body,
            "kind": "person" if person else "body", "person": person, "organisation": body,
            "concept": coded.pop("concept", ""), "agreement": coded.pop("agreement", None),
            "start": back[start], "end": back[stop],
            "text": texts[name][back[start] : back[stop]], "coder": coder or "", **coded,
        })  # fmt: skip
    table = pd.DataFrame(rows)
    if table.empty:
        return pd.DataFrame(columns=list(_DNA_COLUMNS))
    if "kind of actor" in table:
        table["kind"] = table.pop("kind of actor")
    for name in ("confidence", "stance_confidence"):
        if name in table:
            table[name] = pd.to_numeric(table[name].replace("", None))
    return table.astype({"agreement": "Int64", "start": "int64", "end": "int64"})


def _statement_type(
    path: Path, database: sqlite3.Connection, wanted: str | None
) -> tuple[int, dict[int, str]]:
    labels = dict(database.execute("SELECT ID, Label FROM STATEMENTTYPES ORDER BY ID"))
    if wanted is not None and wanted not in labels.values():
        raise AnalysisError(
            path, f"no statement type {wanted!r}", f"one of {', '.join(map(repr, labels.values()))}"
        )
    for number, label in labels.items():
        variables = dict(
            database.execute(
                "SELECT ID, Variable FROM VARIABLES WHERE StatementTypeId = ?", (number,)
            )
        )
        have = set(variables.values())
        fits = {"concept", "agreement"} <= have and have & {"person", "organization"}
        if label == wanted or (wanted is None and fits):
            if not fits:
                raise AnalysisError(
                    path,
                    f"statement type {label!r} has the variables {', '.join(sorted(have))}",
                    "person or organization, concept and agreement",
                )
            return number, variables
    raise AnalysisError(
        path,
        f"no statement type among {', '.join(map(repr, labels.values()))} with these variables",
        "person or organization, concept and agreement",
    )

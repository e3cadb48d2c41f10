"""Write statements as a file of Discourse Network Analyzer 3 (``.dna``).

The format is an SQLite database. DNA counts characters as Java does, in UTF-16 units; the tables
here count characters as Python does, and are converted.
"""

from __future__ import annotations

import base64
import hashlib
import os
import sqlite3
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd

from analysis.errors import AnalysisError
from analysis.exchange.dna_schema import (
    AGREEMENT,
    ATTRIBUTES,
    CREATE,
    EXTRA,
    NAMED,
    OURS,
    STATEMENT_TYPE,
    VERSION,
)
from analysis.exchange.units import utf16_places
from analysis.storage.files import replace_file

LONGEST = 190
"""Characters that DNA takes in a title, a name or a short text."""


def write_dna(
    statements: pd.DataFrame,
    texts: Mapping[str, str],
    path: str | os.PathLike[str],
    *,
    documents: pd.DataFrame | None = None,
    coder: str = "analysis",
    password: str = "analysis",
) -> Path:
    """Write statements as a file that DNA 3 opens.

    Parameters
    ----------
    statements : pandas.DataFrame
        From :func:`analysis.study.statements.statements`: ``document``, ``date``, ``actor``,
        ``kind``, ``organisation``, ``concept``, ``agreement``, ``start``, ``end``; further columns
        that function gives are kept.
    texts : mapping of str to str
        The characters of each document, such as ``corpus.texts``. Those without a statement are
        written too.
    path : str or path-like
        Ends in ``.dna``.
    documents : pandas.DataFrame, optional
        ``document``, ``title``, ``date`` and any of ``source``, ``byline``, ``kind``, such as
        ``corpus.documents``.
    coder : str
        Who made the statements.
    password : str
        What DNA asks of this coder, and of Admin.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    AnalysisError
        If a column or a text is missing, a span lies outside its text, or agreement is not 0 or 1.

    Examples
    --------
    >>> write_dna(found, corpus.texts, "press.dna")  # doctest: +SKIP
    """
    path = Path(path)
    if path.suffix.lower() != ".dna":
        raise AnalysisError(path, f"the ending {path.suffix!r}", ".dna")
    _check(statements, texts)
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "made.dna"
        with sqlite3.connect(made) as database:
            database.executescript(CREATE)
            _write_heads(database, coder, password)
            numbers = _write_documents(database, texts, documents, statements)
            _write_statements(database, statements, texts, numbers)
        database.close()
        return replace_file(path, made.read_bytes())


def _check(statements: pd.DataFrame, texts: Mapping[str, str]) -> None:
    needed = ("document", "actor", "kind", "organisation", "concept", "agreement", "start", "end")
    missing = [name for name in needed if name not in statements]
    if missing:
        raise AnalysisError("statements", f"no column {missing[0]!r}", ", ".join(needed))
    for at, row in enumerate(statements[list(needed)].to_dict("records"), 1):
        where = f"statements, row {at}"
        if row["document"] not in texts:
            raise AnalysisError(where, f"document {row['document']!r} has no text", "its text")
        if not 0 <= row["start"] < row["end"] <= len(texts[row["document"]]):
            raise AnalysisError(
                where,
                f"the span {row['start']} to {row['end']}",
                f"a span inside the {len(texts[row['document']])} characters of the document",
            )
        if pd.isna(row["agreement"]) or row["agreement"] not in (0, 1):
            raise AnalysisError(f"{where}, agreement", repr(row["agreement"]), "0 or 1")
        long = [name for name in ("actor", "organisation", "concept") if len(row[name]) > LONGEST]
        if long:
            raise AnalysisError(
                f"{where}, column {long[0]}",
                f"{len(row[long[0]])} characters",
                f"{LONGEST} at most, which is what DNA takes",
            )


def password_hash(password: str, salt: bytes) -> str:
    """Return a password as DNA stores it: salted, SHA-256 a hundred thousand times, base 64.

    Examples
    --------
    >>> password_hash("sample", bytes(16))[:12]
    'AAAAAAAAAAAA'
    """
    digest = salt + password.encode()
    for _ in range(100_000):
        digest = hashlib.sha256(digest).digest()
    return base64.b64encode(salt + digest).decode()


def _write_heads(database: sqlite3.Connection, coder: str, password: str) -> None:
    # The salt follows from the names, so that the same statements give the same bytes.
    salt = hashlib.sha256(f"{coder}\n{password}".encode()).digest()[:16]
    hashed = password_hash(password, salt)
    for number, name in ((1, "Admin"), (2, coder)):
        database.execute(
            "INSERT INTO CODERS (ID, Name, Red, Green, Blue, Password) VALUES (?, ?, ?, ?, ?, ?)",
            (number, name, *((255, 255, 0) if number == 1 else (51, 153, 255)), hashed),
        )
    database.executemany(
        "INSERT INTO SETTINGS VALUES (?, ?)", [("version", VERSION), ("date", ""), OURS]
    )
    database.execute("INSERT INTO STATEMENTTYPES VALUES (1, ?, 239, 208, 51)", (STATEMENT_TYPE,))
    kinds = {**dict.fromkeys(NAMED, "short text"), AGREEMENT: "boolean", **EXTRA}
    database.executemany(
        "INSERT INTO VARIABLES (ID, Variable, DataType, StatementTypeId) VALUES (?, ?, ?, 1)",
        [(number, name, kind) for number, (name, kind) in enumerate(kinds.items(), 1)],
    )
    database.executemany(
        "INSERT INTO ATTRIBUTEVARIABLES (VariableId, AttributeVariable) VALUES (?, ?)",
        [(variable, name) for name in ATTRIBUTES for variable in (1, 2, 3)],
    )


def _write_documents(
    database: sqlite3.Connection,
    texts: Mapping[str, str],
    documents: pd.DataFrame | None,
    statements: pd.DataFrame,
) -> dict[str, int]:
    told = {} if documents is None else {r["document"]: r for r in documents.to_dict("records")}
    dates = (
        dict(zip(statements["document"], statements["date"], strict=True))
        if "date" in statements
        else {}
    )
    numbers = {}
    for number, (name, text) in enumerate(texts.items(), 1):
        row = told.get(name, {})
        date = str(row.get("date") or dates.get(name) or "")
        cells = [str(row.get(key) or "")[:LONGEST] for key in ("title", "byline", "source", "kind")]
        notes = f"document: {name}\ndate: {date}"
        database.execute(
            "INSERT INTO DOCUMENTS (ID, Title, Text, Coder, Author, Source, Section, Notes, Type, "
            "Date) VALUES (?, ?, ?, 2, ?, ?, '', ?, ?, ?)",
            (number, cells[0] or name[:LONGEST], text, cells[1], cells[2], notes, cells[3],
             _seconds(date)),
        )  # fmt: skip
        numbers[name] = number
    return numbers


def _seconds(date: str) -> int:
    try:
        day = datetime.fromisoformat(f"{date}-01-01"[:10]) if len(date) < 10 else None
        day = day or datetime.fromisoformat(date[:10])
    except ValueError:
        return 0
    return int(day.replace(tzinfo=UTC).timestamp())


def _write_statements(
    database: sqlite3.Connection,
    statements: pd.DataFrame,
    texts: Mapping[str, str],
    numbers: Mapping[str, int],
) -> None:
    entities: dict[tuple[int, str], int] = {}
    units: dict[str, list[int]] = {}

    def entity(variable: int, value: str) -> int:
        key = variable, value
        if key not in entities:
            entities[key] = len(entities) + 1
            database.execute(
                "INSERT INTO ENTITIES (ID, VariableId, Value, Red, Green, Blue) "
                "VALUES (?, ?, ?, 0, 0, 0)", (entities[key], variable, value),
            )  # fmt: skip
        return entities[key]

    kinds = list(EXTRA.items())
    for number, row in enumerate(statements.to_dict("records"), 1):
        name = row["document"]
        places = units.setdefault(name, utf16_places(texts[name]))
        database.execute(
            "INSERT INTO STATEMENTS VALUES (?, 1, ?, ?, ?, 2)",
            (number, numbers[name], places[row["start"]], places[row["end"]]),
        )
        person = "" if row["kind"] == "body" else row["actor"]
        body = row["actor"] if row["kind"] == "body" else row["organisation"]
        for variable, value in ((1, person), (2, body), (3, row["concept"])):
            database.execute(
                "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (?, ?, ?)",
                (number, variable, entity(variable, value)),
            )
        database.execute(
            "INSERT INTO DATABOOLEAN (StatementId, VariableId, Value) VALUES (?, 4, ?)",
            (number, int(row["agreement"])),
        )
        for variable, (column, kind) in enumerate(kinds, 5):
            value = row.get("kind" if column == "kind of actor" else column)
            value = "" if value is None or pd.isna(value) else str(value)
            if kind == "short text":
                database.execute(
                    "INSERT INTO DATASHORTTEXT (StatementId, VariableId, Entity) VALUES (?, ?, ?)",
                    (number, variable, entity(variable, value[:LONGEST])),
                )
            else:
                database.execute(
                    "INSERT INTO DATALONGTEXT (StatementId, VariableId, Value) VALUES (?, ?, ?)",
                    (number, variable, value),
                )
    attributes = list(database.execute("SELECT ID, VariableId FROM ATTRIBUTEVARIABLES ORDER BY ID"))
    database.executemany(
        "INSERT INTO ATTRIBUTEVALUES (EntityId, AttributeVariableId) VALUES (?, ?)",
        [
            (number, attribute)
            for (variable, _), number in entities.items()
            for attribute, owner in attributes
            if owner == variable
        ],
    )

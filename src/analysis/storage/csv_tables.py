"""CSV tables that a spreadsheet may open: no cell runs as a formula, and each reads back as it was.

An apostrophe goes before a text that a spreadsheet would take for a formula (OWASP, CSV
injection), and is taken away on reading. A text that has such an apostrophe of its own gets one
more, so that nothing is lost.
"""

from __future__ import annotations

import csv
import os
import re
from collections.abc import Collection, Iterable
from typing import Literal

import pandas as pd

from analysis.errors import AnalysisError

_FORMULA = "[-=+@\t\r\n＝＋－＠]"
_ARMED = re.compile(f"'*{_FORMULA}")
_GUARDED = re.compile(f"'+{_FORMULA}")


def guard(text: str) -> str:
    """Return a text with an apostrophe before it, if a spreadsheet might run it.

    Examples
    --------
    >>> guard("=1+1"), guard("fine"), guard("'=1+1")
    ("'=1+1", 'fine', "''=1+1")
    """
    return f"'{text}" if _ARMED.match(text) else text


def unguard(text: str) -> str:
    """Return a text without the apostrophe of :func:`guard`.

    Examples
    --------
    >>> unguard("'=1+1"), unguard("'tis fine")
    ('=1+1', "'tis fine")
    """
    return text[1:] if _GUARDED.match(text) else text


def disarm(table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose texts and column names no spreadsheet takes for a formula.

    Examples
    --------
    >>> disarm(pd.DataFrame({"text": ["=1+1", "fine"], "n": [-1, 2]}))["text"].tolist()
    ["'=1+1", 'fine']
    """
    safe = table.copy()
    for at, (_, column) in enumerate(table.items()):
        if any(isinstance(value, str) and _ARMED.match(value) for value in _values(column)):
            texts = [guard(value) if isinstance(value, str) else value for value in column]
            safe.isetitem(at, texts)
    return safe.rename(columns=lambda name: guard(name) if isinstance(name, str) else name)


def to_csv(table: pd.DataFrame) -> bytes:
    r"""Return a table as CSV in UTF-8, one line end on every system, without its index.

    Half a surrogate pair, which no UTF-8 holds, becomes a question mark.

    Examples
    --------
    >>> to_csv(pd.DataFrame({"speaker": ["@ada", "Tom"], "words": [2, 3]}))
    b"speaker,words\n'@ada,2\nTom,3\n"
    """
    return to_csv_in_quotes(table) if holds_returns(table) else _encoded(table, csv.QUOTE_MINIMAL)


def to_csv_in_quotes(table: pd.DataFrame) -> bytes:
    """Return a table as :func:`to_csv` does, with every text in quotation marks."""
    return _encoded(table, csv.QUOTE_NONNUMERIC)


def holds_returns(table: pd.DataFrame) -> bool:
    """Return whether a text has a carriage return in it, so that all must stand in quotes.

    Python before 3.13 does not quote a lone carriage return, which then ends the row for readers.
    """
    texts = table.select_dtypes(exclude=["number", "bool"])
    return any("\r" in str(value) for _, column in texts.items() for value in _values(column))


def _values(column: pd.Series) -> Iterable[object]:
    """Return what stands in a column; a text that comes often is given once."""
    return column.unique() if column.dtype == "str" else column


def _encoded(table: pd.DataFrame, quoting: Literal[0, 2]) -> bytes:
    text = disarm(table).to_csv(index=False, lineterminator="\n", quoting=quoting)
    return text.encode("utf-8", "replace")


def read_csv(
    path: str | os.PathLike[str],
    *,
    numbers: Collection[str] = (),
    flags: Collection[str] = (),
) -> pd.DataFrame:
    """Read a CSV of :func:`to_csv`, every column as text but those named.

    Parameters
    ----------
    path : str or path-like
    numbers : collection of str
        Columns of whole numbers (int64), where they are there.
    flags : collection of str
        Columns of True and False (bool), where they are there.

    Returns
    -------
    pandas.DataFrame
        Empty cells are empty texts.

    Raises
    ------
    AnalysisError
        If it is no such table.
    """
    try:
        table = pd.read_csv(path, keep_default_na=False, dtype="str", encoding="utf-8")
        texts = [name for name in table if name not in numbers and name not in flags]
        # Few columns hold a guarded text; the others are read as they are.
        guarded = [name for name in texts if table[name].str.startswith("'").any()]
        made = {name: [unguard(value) for value in table[name]] for name in guarded}
        made |= {name: table[name].astype("int64") for name in table if name in numbers}
        made |= {
            name: table[name].map({"True": True, "False": False}).astype("bool")
            for name in table
            if name in flags
        }
    except (OSError, ValueError) as problem:
        raise AnalysisError(
            path, f"cannot be read as a table ({problem})", "a CSV that the suite wrote"
        ) from problem
    typed = table.assign(**made)
    return typed.astype(dict.fromkeys(texts, "str")).rename(columns=unguard)

"""Narrow a question to some utterances: by speaker, document or any column of metadata.

A filter names columns and what they must hold; an utterance is chosen if all of them do:

==============================================  ===========================================
``{"group": "government"}``                     this value
``{"speaker": ["LITT", "DE"]}``                 one of several values
``{"date": ("2013-01-01", "2014-12-31")}``      from one value to another, both included;
                                                None leaves an end open
==============================================  ===========================================

Dates may be shortened to a month or a year: ``("2013", "2014-06")`` ends with June 2014.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import AnalysisError

if TYPE_CHECKING:
    from analysis.index.partitions import Partitions
    from analysis.index.token_index import TokenIndex

Value = str | int | float | bool | date | datetime
Where = Mapping[str, Value | Sequence[Value] | tuple[Value | None, Value | None]]
_LABELS = ("speaker", "document")
_SHOWN = 8


def check_where(source: TokenIndex | Partitions | pd.DataFrame, where: Where | None) -> None:
    """Refuse a filter that names no column or a value that occurs nowhere.

    Of partitions only the columns that are named are read.

    Parameters
    ----------
    source : TokenIndex, Partitions or DataFrame
    where : mapping or None

    Raises
    ------
    AnalysisError
        If a column is unknown, a value occurs in no utterance, a value cannot be compared with
        the column, or no utterance has all that is asked for.
    """
    if where is None:
        return
    if not isinstance(where, Mapping) or not where:
        raise AnalysisError("where", repr(where), "a column and a value, as {'speaker': 'LITT'}")
    seen: dict[tuple[str, int], bool] = {}
    values: dict[str, set] = {name: set() for name in where}
    some = False
    for columns, rows in _pieces(source, where):
        chosen = np.ones(rows, bool)
        for name, asked in where.items():
            masks = [_holds(name, columns[name], one) for one in _alternatives(asked)]
            for at, mask in enumerate(masks):
                seen[name, at] = seen.get((name, at), False) or bool(mask.any())
            chosen &= np.logical_or.reduce(masks)
            if len(values[name]) <= _SHOWN:
                values[name].update(pc.unique(columns[name]).to_pylist())
        some = some or bool(chosen.any())
    for (name, at), found in seen.items():
        if not found:
            one = _alternatives(where[name])[at]
            shown = sorted(map(str, values[name] - {None}))
            more = ", ..." if len(shown) > _SHOWN else ""
            raise AnalysisError(
                "where",
                f"no utterance whose {name} is {_in_words(one)}",
                f"such as {', '.join(map(repr, shown[:_SHOWN]))}{more}",
            )
    if not some:
        raise AnalysisError("where", f"no utterance has all of {dict(where)!r}", "one at least")


def selected(index: TokenIndex, where: Where | None) -> np.ndarray | None:
    """Say of every utterance of an index whether a filter chooses it.

    Parameters
    ----------
    index : TokenIndex
    where : mapping or None

    Returns
    -------
    numpy.ndarray of bool, (utterances,), or None
        None where there is no filter.

    Raises
    ------
    AnalysisError
        If a column is unknown or holds what cannot be compared with a value.
    """
    if where is None:
        return None
    chosen = np.ones(len(index.document), bool)
    # A partition without rows has no columns either.
    for name, asked in where.items() if len(chosen) else ():
        column, codes = _column(index, name)
        mask = np.logical_or.reduce([_holds(name, column, one) for one in _alternatives(asked)])
        chosen &= mask if codes is None else mask[codes]
    return chosen


def _column(index: TokenIndex, name: str) -> tuple[pa.Array, np.ndarray | None]:
    """Give a column, or its labels and the label of every utterance."""
    if name in _LABELS:
        return getattr(index, f"{name}s"), getattr(index, name)
    _check_name(name, index.metadata.column_names)
    return _plain(index.metadata.column(name)), None


def _check_name(name: str, others: Sequence[str]) -> None:
    if name not in (*_LABELS, *others):
        known = ", ".join((*_LABELS, *others))
        raise AnalysisError("where", f"no column {name!r}", f"one of the columns {known}")


def rows_where(table: pd.DataFrame, where: Where | None) -> np.ndarray:
    """Say of every row of a table whether a filter chooses it.

    Parameters
    ----------
    table : pandas.DataFrame
    where : mapping or None

    Returns
    -------
    numpy.ndarray of bool, (rows,)

    Raises
    ------
    AnalysisError
        As :func:`check_where`.

    Examples
    --------
    >>> said = pd.DataFrame({"date": ["2013-05-01", "2014-06-30", "2015-01-01"]})
    >>> rows_where(said, {"date": ("2013", "2014-06")}).tolist()
    [True, True, False]
    """
    chosen = np.ones(len(table), bool)
    if where is None:
        return chosen
    check_where(table, where)
    for columns, _ in _pieces(table, where):
        for name, asked in where.items():
            masks = [_holds(name, columns[name], one) for one in _alternatives(asked)]
            chosen &= np.logical_or.reduce(masks)
    return chosen


def _pieces(
    source: TokenIndex | Partitions | pd.DataFrame, where: Where
) -> Iterator[tuple[dict[str, pa.Array], int]]:
    """Give the columns that a filter names, whole or file by file, and their rows."""
    if isinstance(source, pd.DataFrame):
        for name in where:
            _check_name(name, list(source))
        yield {name: _plain(pa.array(source[name])) for name in where}, len(source)
        return
    # Not at the top: who filters a table needs no index.
    from analysis.index.token_index import TokenIndex

    if isinstance(source, TokenIndex):
        columns = {}
        for name in where:
            column, codes = _column(source, name)
            columns[name] = column if codes is None else column.take(pa.array(codes))
        yield columns, len(source.document)
        return
    import pyarrow.parquet as pq

    for path in source.paths:
        # An index that is opened says in better words what is wrong with a file.
        names = {label: getattr(source, label) for label in _LABELS}
        try:
            schema = pq.read_schema(path)
        except (pa.ArrowException, OSError) as error:
            message = str(error).splitlines()[0]
            raise AnalysisError(path, f"not Parquet ({message})") from None
        others = [n for n in schema.names if n not in {source.text, *names.values()}]
        for name in where:
            _check_name(name, others)
        read = {name: names.get(name, name) for name in where}
        table = pq.read_table(path, columns=[name for name in read.values() if name])
        nobody = pa.array([""] * len(table), pa.large_string())
        yield (
            {name: _plain(table[of]) if of else nobody for name, of in read.items()},
            len(table),
        )


def _plain(column: pa.ChunkedArray) -> pa.Array:
    """Give a column as one array, of texts written out, none missing."""
    array = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if pa.types.is_dictionary(array.type):
        array = array.cast(array.type.value_type)
    if pa.types.is_string(array.type) or pa.types.is_large_string(array.type):
        return array.cast(pa.large_string()).fill_null("")
    return array


def _alternatives(asked: object) -> list:
    """Give what of a filter's values is enough, each a value or a range."""
    if isinstance(asked, tuple):
        return [asked]
    if isinstance(asked, list | set | frozenset | pd.Index | np.ndarray):
        if not len(asked):
            raise AnalysisError("where", "an empty list of values", "one value at least")
        return list(asked)
    return [asked]


def _holds(name: str, column: pa.Array, asked: object) -> np.ndarray:
    """Say of every row whether it holds a value or lies in a range."""
    if isinstance(asked, tuple):
        if len(asked) != 2 or asked == (None, None):
            raise AnalysisError(
                "where", f"{name}: {asked!r}", "(from, to); several values stand in a list"
            )
        low, high = asked
        mask = np.ones(len(column), bool)
        if low is not None:
            mask &= _compared(name, column, low)[1] >= 0
        if high is not None:
            mask &= _compared(name, column, high)[0] <= 0
        if pa.types.is_large_string(column.type):
            mask &= _mask(pc.not_equal(column, ""))
        return mask & _mask(pc.is_valid(column))
    below, above = _compared(name, column, asked)
    return (below <= 0) & (above >= 0) & _mask(pc.is_valid(column))


def _compared(name: str, column: pa.Array, value: object) -> tuple[np.ndarray, np.ndarray]:
    """Compare every row with the end of a value and with its beginning: -1, 0 or 1.

    A day, month or year has a beginning and an end; of all else they are the same.
    """
    kind = column.type
    if pa.types.is_large_string(kind):
        text = value.isoformat() if isinstance(value, date) else str(value)
        # Among dates, 2014 ends with the last text that begins so.
        high = f"{text}-\uffff" if _SHORT.fullmatch(text) and _are_dates(column) else text
        return _sign(column, high), _sign(column, text)
    try:
        if pa.types.is_timestamp(kind) or pa.types.is_date(kind):
            period = value if isinstance(value, datetime) else pd.Period(str(value))
            if isinstance(period, pd.Period):
                first, last = period.start_time, period.end_time
            else:
                first = last = pd.Timestamp(period)
            stamps = column.cast(pa.timestamp("us"), safe=False)
            low, high = (edge.floor("us").to_pydatetime() for edge in (first, last))
            return _sign(stamps, high), _sign(stamps, low)
        if pa.types.is_boolean(kind):
            if not isinstance(value, bool):
                raise ValueError
            column = column.cast(pa.int8())
        number = float(value if isinstance(value, (bool, int, float)) else str(value))
        if pa.types.is_integer(kind) and number.is_integer():
            sign = _sign(column, int(number))
        else:
            sign = _sign(column.cast(pa.float64()), number)
    except (ValueError, TypeError, pa.ArrowException):
        raise AnalysisError("where", f"{name}: {value!r}", f"a value of type {kind}") from None
    return sign, sign


def _are_dates(column: pa.Array) -> bool:
    return bool(pc.all(pc.match_substring_regex(pc.unique(column), _DATE), min_count=0).as_py())


_SHORT = re.compile(r"\d{4}(-\d\d)?")
_DATE = r"^(\d{4}(-\d\d(-\d\d([T ].*)?)?)?)?$"


def _sign(column: pa.Array, value: object) -> np.ndarray:
    scalar = pa.scalar(value, column.type)
    above = _mask(pc.greater(column, scalar)).astype(np.int8)
    return above - _mask(pc.less(column, scalar))


def _mask(values: pa.Array) -> np.ndarray:
    return values.fill_null(False).to_numpy(zero_copy_only=False)


def _in_words(asked: object) -> str:
    if not isinstance(asked, tuple):
        return repr(asked)
    low, high = asked
    parts = [f"from {low!r}"] * (low is not None) + [f"to {high!r}"] * (high is not None)
    return " ".join(parts)

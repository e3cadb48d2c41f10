"""Discourse networks in windows of time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Literal, get_args

import pandas as pd

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.networks.network import statement_table

Unit = Literal["day", "week", "month", "year"]
_FREQUENCY = {"day": "D", "week": "W", "month": "M", "year": "Y"}


def time_windows(
    statements: Any, *, unit: Unit = "month", size: int = 1, step: int | None = None
) -> Iterator[tuple[str, pd.DataFrame]]:
    """Cut statements into windows of calendar time.

    Parameters
    ----------
    statements : DataFrame or list of dict
        Columns actor, concept, agreement, and date (ISO; whole days for units below a year).
    unit : {"month", "day", "week", "year"}
    size : int, default 1
        Units in a window.
    step : int, optional
        Units from one window to the next; `size` by default, so that none overlap.

    Yields
    ------
    (str, DataFrame)
        The window, such as 2031-09 or 2031-09/2031-11, and its statements; those without any
        are yielded as well.

    Raises
    ------
    ValueError
        If a column is missing, or a date is none or too coarse for the unit.

    Examples
    --------
    >>> rows = [dict(actor="A", concept="c", agreement=1, date=d)
    ...         for d in ("2031-09-16", "2031-11-02")]
    >>> [(name, len(part)) for name, part in time_windows(rows)]
    [('2031-09', 1), ('2031-10', 0), ('2031-11', 1)]
    """
    checks.one_of("unit", unit, get_args(Unit))
    size = checks.whole("size", size)
    step = size if step is None else checks.whole("step", step)
    frame = statement_table(statements, duplicates=True)
    if "date" not in frame:
        raise AnalysisError("statements", "no column 'date'", "the day of each statement")
    periods = _periods(frame["date"].astype(str), unit)
    first, last = periods.min(), periods.max()
    start = first
    while start <= last:
        stop = start + (size - 1)
        inside = (periods >= start) & (periods <= stop)
        name = _name(start, unit) if size == 1 else f"{_name(start, unit)}/{_name(stop, unit)}"
        yield name, frame[inside].reset_index(drop=True)
        start += step


def _periods(dates: pd.Series, unit: str) -> pd.Series:
    least = {"year": 4, "month": 7}.get(unit, 10)
    for date in dates:
        if len(date) < least or pd.isna(pd.to_datetime(date, errors="coerce")):
            raise AnalysisError(
                "statements, column date",
                repr(date),
                f"dates to the {'year' if least == 4 else 'month' if least == 7 else 'day'}",
                "give the documents dates (documents.csv) or take a longer unit",
            )
    return pd.to_datetime(dates, format="ISO8601").dt.to_period(_FREQUENCY[unit])


def _name(period: pd.Period, unit: str) -> str:
    return str(period.start_time.date()) if unit == "week" else str(period)


def windowed(
    statements: Any,
    measure: Callable[[pd.DataFrame], float | Mapping[str, float]],
    *,
    unit: Unit = "month",
    size: int = 1,
    step: int | None = None,
) -> pd.DataFrame:
    """Measure a network in each window of time, and say where there is too little for it.

    Parameters
    ----------
    statements, unit, size, step
        As :func:`time_windows`.
    measure : callable
        Takes the statements of a window; returns a number, or several by name.

    Returns
    -------
    DataFrame
        One row per window: ``window``, ``statements``, ``actors`` (int), ``value`` (or the names
        of the numbers; missing where nothing could be measured), ``note`` (why not).

    Raises
    ------
    ValueError
        As :func:`time_windows`.

    Examples
    --------
    >>> rows = [dict(actor="A", concept="c", agreement=1, date=d)
    ...         for d in ("2031-09-16", "2031-11-02")]
    >>> windowed(rows, len)[["window", "value", "note"]].values.tolist()[1]
    ['2031-10', nan, 'no statement in this window']
    """
    rows = []
    for name, part in time_windows(statements, unit=unit, size=size, step=step):
        row = {"window": name, "statements": len(part), "actors": part["actor"].nunique()}
        values: dict[str, float] = {}
        note = "" if len(part) else "no statement in this window"
        if len(part):
            try:
                found = measure(part)
                values = dict(found) if isinstance(found, Mapping) else {"value": float(found)}
            except AnalysisError as error:
                note = f"too little for it: {error.found}"
        rows.append({**row, **values, "note": note})
    table = pd.DataFrame(rows)
    if not set(table.columns) - {"window", "statements", "actors", "note"}:
        table["value"] = float("nan")
    return table[[*(name for name in table if name != "note"), "note"]]

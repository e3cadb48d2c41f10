"""Dates in the forms that tables and archives write them, to ISO 8601."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from analysis.errors import AnalysisError
from analysis.readers import months

_TIME = r"(?:[T\s,]+\d{1,2}[:.]\d{2}.*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_EASTERN = re.compile(r"(\d{4})\s*[年년]\s*(\d{1,2})\s*[月월]\s*(\d{1,2})\s*[日일号號].*")
_VIETNAMESE = re.compile(
    r"(?:ngày\s+)?(\d{1,2})\s+tháng\s+(\d{1,2})(?:\s+năm|,)?\s+(\d{4})", re.IGNORECASE
)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:T\d+Z?)?")
_WHOLE = (
    (_YEAR_FIRST, (1, 3, 4)),
    (_EASTERN, (1, 2, 3)),
    (_VIETNAMESE, (3, 2, 1)),
    (_COMPACT, (1, 2, 3)),
)
"""Forms that say which number is what, and where in them year, month and day stand."""
_ROMAN_MONTHS = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
_ROMAN = re.compile(rf"(\d{{1,2}})[./ ] ?({'|'.join(_ROMAN_MONTHS)})[./ ] ?(\d{{4}})(?: г| r)?\.?")
_NUMBERS = re.compile(rf"(\d{{1,2}})\s?([-/.])\s?(\d{{1,2}})\s?\2\s?(\d{{4}}|\d{{2}}){_TIME}")
_PARTIAL = re.compile(r"(?:1[5-9]|20)\d{2}(?:-(?:0[1-9]|1[0-2]))?")
_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?|\d{13}|\d{16}|\d{19}|\d\.\d+[eE]\+?(?:09|12)")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
# What stands between the numbers and the month: 4th of March, 2021 m. kovo 4 d., 4 de marzo del.
_AROUND = re.compile(
    r"(?<=\d)(?:st|nd|rd|th|er|a|º|ª)\b|\b(?:de|del|of|a|m|d|gada|г|р|року|года)\b"
)
_MISSING = frozenset(
    ["", "nan", "nat", "none", "null", "n/a", "na", "-", "n.d.", "s.d.", "undated"]
)
_FIRST_DAY = date(1899, 12, 30)  # of Excel's serial numbers
_OLDEST, _NEWEST = 1500, 2100


def day(year: int, month: int, number: int) -> str:
    """Return the ISO form of a day, nothing if there is none such."""
    try:
        return date(year, month, number).isoformat() if _OLDEST <= year <= _NEWEST else ""
    except ValueError:
        return ""


def in_words(text: str) -> str:
    """Return the ISO date of a text that names its month, in one of many languages.

    Examples
    --------
    >>> in_words("Thu Mar 04 10:00:00 +0000 2021"), in_words("4. März 2021, Nr. 7")
    ('2021-03-04', '2021-03-04')
    >>> in_words("mars 2021")
    '2021-03'
    """
    plain = months.plain(text)
    # A time of day and a time zone hold numbers that are no day.
    plain = re.sub(r"\d{1,2}:\d{2}(?::\d{2})?|(?<=\s)[+-]\d{4}\b", " ", plain)
    plain = _AROUND.sub(" ", plain)
    tokens = _WORDS.findall(plain)
    for at, token in enumerate(tokens):
        month = months.number(token, plain)
        if month is None:
            continue
        before = tokens[at - 1] if at else ""
        after = tokens[at + 1 : at + 4]
        for number, years in ((before, after), (after[0] if after else "", after[1:])):
            if not (number.isdigit() and len(number) <= 2):
                continue
            year = next((t for t in years if t.isdigit() and len(t) == 4), "")
            two = years[0] if years and re.fullmatch(r"\d\d", years[0]) else ""
            if not year and two and number is before:
                year = str(_century(int(two)))
            if year and (found := day(int(year), month, int(number))):
                return found
        if re.fullmatch(r"(?:1[5-9]|20)\d\d", before) and after and after[0].isdigit():
            return day(int(before), month, int(after[0]))
        first = next(iter(tokens[max(0, at - 2) : at - 1]), "")
        if re.fullmatch(r"(?:1[5-9]|20)\d\d", first) and re.fullmatch(r"\d\d?", before):
            return day(int(first), month, int(before))
    for token, year in pairwise(tokens):
        if (month := months.number(token, plain)) and re.fullmatch(r"(?:1[5-9]|20)\d\d", year):
            return f"{year}-{month:02}"
    return ""


def _century(two: int) -> int:
    return 2000 + two if two < 70 else 1900 + two


def iso(text: str) -> str:
    """Return the ISO date of a text in any form but a day and a month as bare numbers.

    Seconds and milliseconds since 1970 are taken in Universal Time, a date with a time of day as
    it is written, and a year or a month alone stays what it is.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Empty where it is none.

    Examples
    --------
    >>> iso("1614593000"), iso("2021-03-01T23:30:00-05:00"), iso("March 4, 2021 Thursday")
    ('2021-03-01', '2021-03-01', '2021-03-04')
    >>> iso("44259"), iso("20210304"), iso("2021-03"), iso("31/31/2021")
    ('2021-03-04', '2021-03-04', '2021-03', '')
    """
    text = " ".join(text.split())
    for form, order in _WHOLE:
        if found := form.fullmatch(text):
            return day(*(int(found[place]) for place in order))
    if _PARTIAL.fullmatch(text):
        return text
    if found := _ROMAN.fullmatch(text):
        return day(int(found[3]), _ROMAN_MONTHS.index(found[2]) + 1, int(found[1]))
    if _EPOCH.fullmatch(text):
        return _since_1970(float(text))
    if _SERIAL.fullmatch(text):
        return (_FIRST_DAY + timedelta(days=int(float(text)))).isoformat()
    return in_words(text)


def _since_1970(number: float) -> str:
    while abs(number) >= 1e11:
        number /= 1000
    found = datetime.fromtimestamp(number, UTC).date() if abs(number) < 5e9 else date.max
    return found.isoformat() if _OLDEST <= found.year <= _NEWEST else ""


def column(
    where: str, name: str, cells: Iterable[tuple[int, str]]
) -> tuple[list[str], tuple[int, str] | None]:
    """Return the ISO dates of a table's column, whose cells say together which number is the day.

    Parameters
    ----------
    where : str
        The file, for the error message.
    name : str
        The column.
    cells : iterable of (int, str)
        Line and content.

    Returns
    -------
    (list of str, (int, str) or None)
        A date a cell, empty where it is no date; and the first cell that is none.

    Raises
    ------
    AnalysisError
        If day and month cannot be told apart, or a cell names a day that no month has.

    Examples
    --------
    >>> column("a.csv", "date", [(2, "03/04/2021"), (3, "13/04/2021"), (4, "n.d.")])
    (['2021-04-03', '2021-04-13', ''], None)
    """
    cells = [(line, " ".join(text.split())) for line, text in cells]
    known = {}
    for _, text in cells:
        if text not in known:
            known[text] = _NUMBERS.fullmatch(text)
    orders = {mark: _order(where, name, cells, known, mark) for mark in "/-."}
    found, odd = [], None
    made: dict[str, str] = {}
    for line, text in cells:
        if text not in made:
            numbers = known[text]
            made[text] = _ordered(numbers, orders[numbers[2]]) if numbers else iso(text)
            if not made[text] and (numbers or _YEAR_FIRST.fullmatch(text)):
                raise AnalysisError(
                    f"{where}, line {line}, column {name}",
                    f"{text!r}, a day that no month has",
                    "a date such as 2021-04-03",
                )
        if not made[text] and odd is None and text.lower() not in _MISSING:
            odd = line, text
        found.append(made[text])
    return found, odd


def _order(
    where: str,
    name: str,
    cells: list[tuple[int, str]],
    known: dict[str, re.Match[str] | None],
    mark: str,
) -> str:
    """Say which of two numbers is the day: the one that is above 12 somewhere in the column."""
    first: dict[str, tuple[int, str]] = {}
    for line, text in cells:
        numbers = known[text]
        if numbers is None or numbers[2] != mark:
            continue
        one, two = int(numbers[1]), int(numbers[3])
        both = one == two and len(numbers[4]) == 4
        kind = "day" if one > 12 else "month" if two > 12 else "same" if both else "either"
        first.setdefault(kind, (line, text))
    if "day" in first and "month" in first:
        (line, text), (other, earlier) = sorted([first["day"], first["month"]], reverse=True)
        raise AnalysisError(
            f"{where}, line {line}, column {name}",
            f"{text!r} where line {other} has {earlier!r}: day and month in both orders",
            "one order in the whole column",
            "write the dates as 2021-04-03",
        )
    if "day" in first or "month" in first:
        return "day" if "day" in first else "month"
    # Where a full stop parts the numbers, the day comes first.
    if "either" in first and mark != ".":
        line, text = first["either"]
        raise AnalysisError(
            f"{where}, line {line}, column {name}",
            f"{text!r}, of which day and month cannot be told apart, nor anywhere in the column",
            "a date such as 2021-04-03",
            "write the dates of this column with the year first",
        )
    return "day"


def _ordered(numbers: re.Match[str], order: str) -> str:
    one, two, last = int(numbers[1]), int(numbers[3]), int(numbers[4])
    year = last if len(numbers[4]) == 4 else _century(last)
    return day(year, two, one) if order == "day" else day(year, one, two)

"""Dates in the forms that tables and archives write them, to ISO 8601."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from analysis.errors import AnalysisError

_MONTHS = {
    1: "january jan janvier janv januar jaenner janner enero ene gennaio gen januari janeiro "
    "styczen stycznia leden ledna",
    2: "february feb fevrier fev fevr februar feber febrero febbraio febbr februari fevereiro "
    "luty lutego unor unora",
    3: "march mar mars marz maerz marzo maart mrt marco marec brezen brezna",
    4: "april apr avril avr abril abr aprile kwiecien kwietnia duben dubna",
    5: "may mai mayo maggio mag mei maio maj maja kveten kvetna",
    6: "june jun juin juni junio giugno giu junho czerwiec czerwca cerven cervna",
    7: "july jul juillet juil juli julio luglio lug julho lipiec lipca cervenec cervence",
    8: "august aug aout agosto ago augustus augusti sierpien sierpnia srpen srpna",
    9: "september sep sept septembre septiembre set settembre setembro wrzesien wrzesnia zari",
    10: "october oct octobre oktober okt octubre ottobre ott outubro out pazdziernik "
    "pazdziernika rijen rijna",
    11: "november nov novembre noviembre novembro listopada listopad listopadu",
    12: "december dec decembre dezember dez diciembre dic dicembre dezembro grudzien grudnia "
    "prosinec prosince",
}
_MONTH = {name: number for number, names in _MONTHS.items() for name in names.split()}
_TIME = r"(?:[T\s,]+\d{1,2}[:.]\d{2}.*)?"
_YEAR_FIRST = re.compile(rf"(\d{{4}})([-/.])(\d{{1,2}})\2(\d{{1,2}}){_TIME}")
_CHINESE = re.compile(r"(\d{4})\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日.*")
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:T\d+Z?)?")
_NUMBERS = re.compile(rf"(\d{{1,2}})\s?([-/.])\s?(\d{{1,2}})\s?\2\s?(\d{{4}}|\d{{2}}){_TIME}")
_PARTIAL = re.compile(r"(?:1[5-9]|20)\d{2}(?:-(?:0[1-9]|1[0-2]))?")
_EPOCH = re.compile(r"-?\d{9,10}(?:\.\d+)?|\d{13}|\d{16}|\d{19}|\d\.\d+[eE]\+?(?:09|12)")
_SERIAL = re.compile(r"[2-6]\d{4}(?:\.\d+)?")
_WORDS = re.compile(r"[^\W\d_]+|\d+")
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
    """Return the ISO date of a text that names its month, in one of ten languages.

    Examples
    --------
    >>> in_words("Thu Mar 04 10:00:00 +0000 2021"), in_words("4. März 2021, Nr. 7")
    ('2021-03-04', '2021-03-04')
    >>> in_words("mars 2021")
    '2021-03'
    """
    plain = unicodedata.normalize("NFKD", text.replace("ß", "ss")).lower()
    plain = re.sub(r"[\u0300-\u036f]", "", plain)
    # A time of day and a time zone hold numbers that are no day.
    plain = re.sub(r"\d{1,2}:\d{2}(?::\d{2})?|(?<=\s)[+-]\d{4}\b", " ", plain)
    plain = re.sub(r"(?<=\d)(?:st|nd|rd|th|er)\b|\b(?:de|del|of)\b", " ", plain)
    tokens = _WORDS.findall(plain)
    for at, token in enumerate(tokens):
        month = _MONTH.get(token)
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
    for token, year in pairwise(tokens):
        if token in _MONTH and re.fullmatch(r"(?:1[5-9]|20)\d\d", year):
            return f"{year}-{_MONTH[token]:02}"
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
    if (found := _YEAR_FIRST.fullmatch(text)) or (found := _CHINESE.fullmatch(text)):
        numbers = [int(n) for n in found.groups() if n.isdigit()]
        return day(*numbers)
    if _PARTIAL.fullmatch(text):
        return text
    if found := _COMPACT.fullmatch(text):
        return day(*map(int, found.groups()))
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

"""Dates as documents print them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date

from analysis.readers import date_forms

_MONTHS = [name.lower() for name in calendar.month_name[1:]]
_NAMES = "|".join(rf"{name}|{name[:3]}\.?" for name in _MONTHS)
_PRINTED = re.compile(
    rf"\b(?:(?P<month>{_NAMES})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>[12]\d{{3}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_NAMES}),?\s+(?P<year2>[12]\d{{3}})"
    r"|(?P<iso>[12]\d{3}(?P<by>[-/.])\d{2}(?P=by)\d{2}))\b",
    re.IGNORECASE,
)


_FILED = re.compile(r"Filed\s+(\d{2})/(\d{2})/(\d{2})\b")
_OF_THE_FILE = re.compile(
    r"\s*(?:saved|exported|downloaded|printed|retrieved|accessed|generated|created|transcribed)\b"
    r"[^,.;]{0,20}(?:on|at|:)",
    re.IGNORECASE,
)
_ASIDE = re.compile(
    r"(?:on|dated|released|published|mon|tues|wednes|thurs|fri|satur|sun|day|[\W_])*"
)


def filed_date(lines: Iterable[str]) -> dict[str, str]:
    """Return ``{"date": ISO date}`` for the first court stamp in the lines, else nothing.

    Examples
    --------
    >>> filed_date(["Case 5:16-cm-00010-SP Document 149 Filed 03/10/16 Page 1 of 43"])
    {'date': '2016-03-10'}
    """
    for line in lines:
        if found := _FILED.search(line):
            month, day, year = map(int, found.groups())
            return {"date": date(2000 + year, month, day).isoformat()}
    return {}


def first_date(lines: Iterable[str], *, alone: bool = False) -> dict[str, str]:
    """Return ``{"date": ISO date}`` for the first whole date in the lines, else nothing.

    Parameters
    ----------
    lines : iterable of str
    alone : bool
        Whether the date must fill its line, but for a weekday; a date within a sentence seldom is
        the document's own.

    Examples
    --------
    >>> first_date(["Public Workshop", "July 9, 2013"])
    {'date': '2013-07-09'}
    >>> first_date(["no date", "May 2015"])
    {}
    >>> first_date(["On May 1, 2015 we asked", "Friday, May 8, 2015"], alone=True)
    {'date': '2015-05-08'}
    """
    for line in lines:
        if _OF_THE_FILE.match(line):
            continue
        for found in _PRINTED.finditer(line):
            if alone and not _ASIDE.fullmatch(
                (line[: found.start()] + line[found.end() :]).lower()
            ):
                continue
            try:
                if found["iso"]:
                    day = date.fromisoformat(re.sub("[/.]", "-", found["iso"]))
                else:
                    month = (found["month"] or found["month2"]).lower()[:3]
                    number = [name[:3] for name in _MONTHS].index(month) + 1
                    year = int(found["year"] or found["year2"])
                    day = date(year, number, int(found["day"] or found["day2"]))
            except ValueError:
                continue
            return {"date": day.isoformat()}
        if other := _in_other_words(line, alone=alone):
            return {"date": other}
    return {}


def _in_other_words(line: str, *, alone: bool) -> str:
    """Return the date of a short line in another language, or in numbers parted by full stops."""
    words = re.findall(r"[^\W_]+", line)
    if not any(map(str.isdigit, words)) or len(words) > (5 if alone else 12):
        return ""
    if numbers := re.search(r"(?<![\d.])(\d{1,2})\.\s?(\d{1,2})\.\s?([12]\d{3})(?!\d)", line):
        return date_forms.day(int(numbers[3]), int(numbers[2]), int(numbers[1]))
    found = date_forms.in_words(line)
    return found if len(found) == len("2021-03-04") else ""

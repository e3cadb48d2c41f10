"""Dates as documents print them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_MONTHS = (
    "january february march april may june july august september october november december"
).split()
_NAMES = "|".join(rf"{name}|{name[:3]}\.?" for name in _MONTHS)
_PRINTED = re.compile(
    rf"\b(?:(?P<month>{_NAMES})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year>[12]\d{{3}})"
    rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?\s+(?P<month2>{_NAMES}),?\s+(?P<year2>[12]\d{{3}})"
    r"|(?P<iso>[12]\d{3}-\d{2}-\d{2}))\b",
    re.IGNORECASE,
)


def first_date(lines: Iterable[str]) -> dict[str, str]:
    """Return ``{"date": ISO date}`` for the first whole date in the lines, else nothing.

    Examples
    --------
    >>> first_date(["Public Workshop", "July 9, 2013"])
    {'date': '2013-07-09'}
    >>> first_date(["no date", "May 2015"])
    {}
    """
    for line in lines:
        for found in _PRINTED.finditer(line):
            try:
                if found["iso"]:
                    day = date.fromisoformat(found["iso"])
                else:
                    month = (found["month"] or found["month2"]).lower()[:3]
                    number = [name[:3] for name in _MONTHS].index(month) + 1
                    year = int(found["year"] or found["year2"])
                    day = date(year, number, int(found["day"] or found["day2"]))
            except ValueError:
                continue
            return {"date": day.isoformat()}
    return {}

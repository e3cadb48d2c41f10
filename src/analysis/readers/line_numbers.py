"""What is printed before every line of a text, and no one says: its number, or one time."""

from __future__ import annotations

import re
from itertools import pairwise

_LINE_NUMBER = re.compile(r"^[ \t]*(\d{1,5})(?:[ \t]{2,}|\t)", re.MULTILINE)
_LEAST_NUMBERED = 6
_ONE_TIME = re.compile(r"(?:00?:)?00?:00[ \t]+(?=\S)")


def without_line_numbers(text: str) -> str:
    r"""Return a text without the numbers of its lines, if nearly all have one and these go up.

    Examples
    --------
    >>> without_line_numbers("".join(f"{n}  Ada\n" for n in range(9, 15))).split()[:2]
    ['Ada', 'Ada']
    >>> without_line_numbers("1  Ada\n7  Tom\n")
    '1  Ada\n7  Tom\n'
    """
    text = _without_one_time(text)
    lines = [line for line in text.split("\n") if line.strip()]
    found = [_LINE_NUMBER.match(line) for line in lines]
    numbers = [int(one[1]) for one in found if one]
    if len(numbers) < _LEAST_NUMBERED or len(numbers) < 0.9 * len(lines):
        return text
    up = sum(after == before + 1 for before, after in pairwise(numbers))
    return _LINE_NUMBER.sub("", text) if up >= 0.9 * (len(numbers) - 1) else text


def _without_one_time(text: str) -> str:
    """Return a text without the one time that a site has put before each of its lines."""
    first = _ONE_TIME.match(text)
    if not first:
        return text
    lines = [line for line in text.split("\n") if line.strip()]
    same = sum(line.startswith(first[0]) for line in lines)
    alike = len(lines) >= _LEAST_NUMBERED and same >= 0.9 * len(lines)
    return re.sub(rf"(?m)^{re.escape(first[0])}", "", text) if alike else text

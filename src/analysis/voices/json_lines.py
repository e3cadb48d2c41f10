"""Objects from lines of JSON, with the number of a line that is none."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from analysis.errors import AnalysisError


def objects(lines: Iterable[str]) -> Iterator[tuple[str, Any]]:
    r"""Yield what each line holds and what an error calls its place.

    Blank lines are passed over; a byte order mark at the start is no part of the first line.

    Parameters
    ----------
    lines : iterable of str

    Yields
    ------
    tuple of (str, object)
        "line 3 of the input" and the value.

    Raises
    ------
    AnalysisError
        If a line is not JSON.

    Examples
    --------
    >>> list(objects(['\ufeff{"a": 1}', "", "[2]"]))
    [('line 1 of the input', {'a': 1}), ('line 3 of the input', [2])]
    """
    for number, line in enumerate(lines, 1):
        where = f"line {number} of the input"
        written = line.lstrip("\ufeff").strip() if number == 1 else line.strip()
        if not written:
            continue
        try:
            found = json.loads(written)
        except (ValueError, RecursionError) as error:
            raise AnalysisError(where, f"not JSON ({error})", "an object a line") from None
        yield where, found

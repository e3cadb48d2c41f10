"""Times as transcripts print them: beside a label, on a line of their own, within what is said."""

from __future__ import annotations

import re

_AM_PM = r"[ \u00a0\u202f]?[AaPp]\.?[Mm]\b\.?"
# Each branch opens with a set of signs, so that most places are passed at once.
CLOCK = (
    rf"(?:\d\d{{0,2}}(?::[0-5]\d(?::[0-5]\d)?(?:[.,:;]\d{{1,3}})?(?:{_AM_PM})?|\.[0-5]\d{_AM_PM})"
    r"|[오上下午][전후午前後][ ]?\d{1,2}:[0-5]\d)"
)
"""``0:03``, ``00:00:03.250``, ``10:15 PM``, ``4.15 pm``."""

_SPELT = r"\d{1,4}[ ](?:hours?|minutes?|seconds?)(?:,?[ ]\d{1,4}[ ](?:minutes?|seconds?)){0,2}"
_SECONDS = r"\d{1,6}(?:\.\d{1,4})?s?\s*(?:-->|->|[-–—])\s*\d{1,6}(?:\.\d{1,4})?s?"
_COUNT = r"\d{1,6}(?:\.\d{1,4})?[ ]?s(?:ec)?\.?"
RANGE = rf"{CLOCK}(?:\s*(?:-->|->|[-–—])\s*{CLOCK})?"
BRACKETED = (
    rf"(?:\\?\[\s*(?:{RANGE}|{_SECONDS}|{_COUNT})\s*\\?\](?:\(https?://[^()\s]*\))?"
    rf"|\(\s*(?:{RANGE}|{_SECONDS}|{_COUNT})\s*\)"
    rf"|\{{\s*{RANGE}\s*\}}|<\s*{RANGE}\s*>|\#\d{{1,2}}:[0-5]\d:[0-5]\d(?:-\d{{1,2}})?\#)"
)
"""A time in brackets, linked to its place in a recording or not, or between f4's hashes."""

MARK = rf"(?:{BRACKETED}|{RANGE}|{_SPELT})"
"""A time, bracketed or bare."""

_DAY = (
    r"(?:\d{1,4}[./-]\d{1,2}[./-]\d{1,4}|[^\W\d_]{3,9}\.?[ ]\d{1,2},[ ]\d{4}"
    r"|\d{1,2}\.?[ ][^\W\d_]{3,9}\.?[ ]\d{4})(?:,|[ ]at)?[ ]"
)
ALONE = re.compile(rf"[ \t]*(?:{_DAY})?{MARK}[ \t]*(?:\r\n|\n|\r|$)")
"""A line that holds a time, or a day and a time, and nothing else."""

_WITHIN = re.compile(
    rf"(?m:^[ \t]*(?:{_DAY})?{MARK}[ \t]*$\n?)|[ \t]*{BRACKETED}|(?<=[A-Za-z])[ \t]+{CLOCK}(?=\])"
)
_HINT = re.compile(r":|->|\d[ ]?[AaPp]\.?[Mm]")


def without(text: str) -> str:
    r"""Return what was said without the times printed in it.

    Examples
    --------
    >>> without("We met. #00:00:09-3#"), without("We [00:01:02] met at 10:15 [inaudible 00:03].")
    ('We met.', 'We met at 10:15 [inaudible].')
    """
    if not _HINT.search(text):
        return text
    return _WITHIN.sub("", text)

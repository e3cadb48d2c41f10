"""Reporting clauses as either engine finds them, before quotations are tied to them."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.voices.english.cues import Verb

Span = tuple[int, int]
"""Characters ``[start, end)``."""

Range = tuple[int, int]
"""Tokens of a sentence ``[first, after the last)``."""


@dataclass(slots=True)
class Report:
    """A cue with its source and what it reports.

    ``sentence`` is the number of its sentence; ``source`` and ``content`` are character spans
    in order, the source as written; ``attitude`` says that the cue names a belief, a wish or
    support rather than speech; ``rule`` names the rule that made it.
    """

    sentence: int
    cue: list[Span]
    source: list[Span]
    content: list[Span]
    rule: str
    attitude: bool = False


@dataclass(slots=True)
class Clause:
    """A verb that may report, in token numbers of its sentence."""

    verb: Verb
    begin: int
    at: int
    how: str
    subject: Range | None
    joined: bool
    content: list[Range]
    rule: str

"""One reporting clause, as either engine finds it, before quotations are tied to it."""

from __future__ import annotations

from dataclasses import dataclass, field

Span = tuple[int, int]


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
    start: int = field(default=0)

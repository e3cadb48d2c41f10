"""What is known of the actors of one document while it is read from the beginning."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from operator import itemgetter

from analysis.corpus.actor_names import Named

UNNAMED = "unnamed"
"""The kind of a source that a text describes without naming it."""
place_of = itemgetter(0)


@dataclass
class Said:
    """A source already settled."""

    place: int
    actor: str
    kind: str
    gender: str
    label: str
    own: bool = True


@dataclass
class Story:
    """What is known while one document is read."""

    text: str
    date: str
    mentions: list[tuple[int, Named]] = field(default_factory=list)
    people: list[Named] = field(default_factory=list)
    said: list[Said] = field(default_factory=list)
    described: dict[str, str] = field(default_factory=dict)

    def before(self, place: int) -> Counter[str]:
        """Count the mentions before a place by name."""
        upto = bisect_left(self.mentions, place, key=place_of)
        return Counter(named.name for _, named in self.mentions[:upto])

"""The states that lead from word to word of the patterns, simulated and never backtracked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.codebook.patterns import MARKS, Choice, Gap, parse

LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
MOST_BREAKS = 2
_JOINTS = frozenset(MARKS)


@dataclass(frozen=True)
class Automaton:
    """States and what leads from one to the other; made by :func:`compile_terms`.

    Parameters
    ----------
    edges : list of dict
        For each state, the states that each word leads to.
    stems : list of list
        For each state, ``(beginning, state)`` of the words with ``*``.
    gaps : list of list
        For each state, the states that any word leads to.
    loose : list of bool
        Whether a comma may stand after each state.
    labels : list of set
        For each state, the numbers of the terms that are complete there.
    dotted : list of bool
        Whether the full stop of an abbreviation may stand after each state.
    """

    edges: list[dict[str, set[int]]] = field(default_factory=list)
    stems: list[list[tuple[str, int]]] = field(default_factory=list)
    gaps: list[list[int]] = field(default_factory=list)
    loose: list[bool] = field(default_factory=list)
    labels: list[set[int]] = field(default_factory=list)
    dotted: list[bool] = field(default_factory=list)

    def state(self) -> int:
        """Add a state and return its number."""
        self.edges.append({})
        self.stems.append([])
        self.gaps.append([])
        self.loose.append(False)
        self.labels.append(set())
        self.dotted.append(False)
        return len(self.edges) - 1

    def add(self, start: int, pattern: str, label: int) -> int:
        """Add a pattern from a state on and return the most words it can span."""
        items = parse(pattern)
        here = {start}
        for item in items:
            here = self._choose(here, item) if isinstance(item, Choice) else self._skip(here, item)
        for end in here:
            self.labels[end].add(label)
        return sum(
            max(map(len, item.phrases)) if isinstance(item, Choice) else item.high for item in items
        )

    def _choose(self, sources: set[int], choice: Choice) -> set[int]:
        end = self.state()
        ends = {end}
        for phrase in choice.phrases:
            here = sources
            for word in phrase[:-1]:
                target = self.state()
                self._walk(here, word, target)
                here = {target}
            # A full stop is allowed after this phrase alone.
            last = self.state() if phrase[-1].endswith(".") else end
            self._walk(here, phrase[-1], last)
            ends.add(last)
        return ends | (sources if choice.optional else set())

    def _walk(self, sources: set[int], word: str, target: int) -> None:
        if word.endswith("."):
            self.dotted[target] = True
            word = word[:-1]
        for source in sources:
            if word.endswith("*"):
                self.stems[source].append((word[:-1], target))
            else:
                self.edges[source].setdefault(word, set()).add(target)

    def _skip(self, sources: set[int], gap: Gap) -> set[int]:
        reached = set(sources) if gap.low == 0 else set()
        for source in sources:
            self.loose[source] = True
        here = sources
        for count in range(1, gap.high + 1):
            target = self.state()
            self.loose[target] = True
            for source in here:
                self.gaps[source].append(target)
            here = {target}
            if count >= gap.low:
                reached.add(target)
        return reached

    def step(self, states: set[int], word: str) -> set[int]:
        """Return the states that a word leads to."""
        after: set[int] = set()
        for state in states:
            if word in self.edges[state]:
                after |= self.edges[state][word]
            after.update(self.gaps[state])
            for stem, target in self.stems[state]:
                if word.startswith(stem):
                    after.add(target)
        return after

    def step_marked(self, states: set[int], word: str) -> set[int]:
        """Return the states that a word leads to with the mark that it is written with."""
        return {target for state in states for target in self.edges[state].get(word, ())}

    def longest(
        self, parts: list[str], number: int, after: set[int]
    ) -> dict[int, tuple[int, bool]]:
        """Give, for every term complete on the way from word ``number``, its last word.

        And say of each whether it ends in an abbreviation, which may have a full stop.
        """
        found: dict[int, tuple[int, bool]] = {}
        while after:
            for state in after:
                for label in self.labels[state]:
                    dotted = self.dotted[state] or found.get(label) == (number, True)
                    found[label] = number, dotted
            number += 1
            if 2 * number + 1 >= len(parts):
                break
            joint, word = parts[2 * number], parts[2 * number + 1]
            if joint in _JOINTS:
                after = self.step_marked(after, joint + word)
                continue
            hashed = joint.endswith("#")
            if joint not in (" ", "-"):
                joint = joint.removesuffix("#")
                if joint.startswith("."):
                    after = {state for state in after if self.dotted[state]}
                    joint = joint[1:].replace("-", " ", 1)
                if joint.startswith(","):
                    after = {state for state in after if self.loose[state]}
                    joint = joint[1:]
                if not joint.isspace() or len(LINE_BREAK.findall(joint)) > MOST_BREAKS:
                    break
            after = self.step_marked(after, f"#{word}") if hashed else self.step(after, word)
        return found

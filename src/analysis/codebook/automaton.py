"""The states that lead from word to word of the patterns, simulated and never backtracked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from analysis.codebook.patterns import MARKS, STEM, Choice, Gap, parse
from analysis.codebook.stems import stem_of

LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
MOST_BREAKS = 2
_CLOSING = "+#)"
# In the form of a text an underscore is an asterisk.
_JOINTS = {**{mark: mark for mark in MARKS}, "*": "_"}


@dataclass(frozen=True)
class Automaton:
    """States and what leads from one to the other; made by :func:`compile_terms`.

    Parameters
    ----------
    language : str
        By whose stemmer words with a stem go.
    edges : list of dict
        For each state, the states that each word leads to.
    stems : list of list
        For each state, ``(beginning, state)`` of the words with ``*``.
    roots : list of list
        For each state, ``(stem, state)`` of the words asked for by their stem.
    gaps : list of list
        For each state, the states that any word leads to.
    loose : list of bool
        Whether a comma may stand after each state.
    labels : list of set
        For each state, the numbers of the terms that are complete there.
    dotted : list of bool
        Whether the full stop of an abbreviation may stand after each state.
    closed : list of str
        The signs that must stand after each state: the ``++`` of ``C++``, a closing bracket.
    """

    language: str = "en"
    edges: list[dict[str, set[int]]] = field(default_factory=list)
    stems: list[list[tuple[str, int]]] = field(default_factory=list)
    roots: list[list[tuple[str, int]]] = field(default_factory=list)
    gaps: list[list[int]] = field(default_factory=list)
    loose: list[bool] = field(default_factory=list)
    labels: list[set[int]] = field(default_factory=list)
    dotted: list[bool] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)

    def state(self) -> int:
        """Add a state and return its number."""
        self.edges.append({})
        self.stems.append([])
        self.roots.append([])
        self.gaps.append([])
        self.loose.append(False)
        self.labels.append(set())
        self.dotted.append(False)
        self.closed.append("")
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
            # A full stop is allowed, or a sign asked for, after this phrase alone.
            last = self.state() if phrase[-1][-1] in f".{_CLOSING}" else end
            self._walk(here, phrase[-1], last)
            ends.add(last)
        return ends | (sources if choice.optional else set())

    def _walk(self, sources: set[int], word: str, target: int) -> None:
        if word.endswith("."):
            self.dotted[target] = True
            word = word[:-1]
        bare = word.rstrip(_CLOSING)
        self.closed[target] = word[len(bare) :]
        word = bare
        for source in sources:
            if word.startswith(STEM):
                stem = stem_of(word.removeprefix(STEM), self.language)
                self.roots[source].append((stem, target))
            elif word.endswith("*"):
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
            for stem, target in self.roots[state]:
                if stem_of(word, self.language) == stem:
                    after.add(target)
        return after

    def step_marked(self, states: set[int], word: str) -> set[int]:
        """Return the states that a word leads to with the mark that it is written with."""
        return {target for state in states for target in self.edges[state].get(word, ())}

    def longest(self, parts: list[str], number: int, after: set[int]) -> dict[int, tuple[int, int]]:
        """Give, for every term complete on the way from word ``number``, its last word.

        And give with each how many characters after that word belong to it: the full stop of an
        abbreviation, the signs that a word such as C++ ends in.
        """
        found: dict[int, tuple[int, int]] = {}
        while after:
            joint = parts[2 * number + 2]
            if any(self.closed[state] for state in after):
                after = {state for state in after if _closes(joint, self.closed[state])}
            for state in after:
                for label in self.labels[state]:
                    tail = len(self.closed[state]) or (self.dotted[state] and joint[:1] == ".")
                    last, most = found.get(label, (number, 0))
                    found[label] = number, max(int(tail), most if last == number else 0)
            number += 1
            if 2 * number + 1 >= len(parts):
                break
            word, reached = parts[2 * number + 1], set()
            for signs in {self.closed[state] for state in after}:
                here = {state for state in after if self.closed[state] == signs}
                reached |= self._over(here, joint[len(signs) :], word)
            after = reached
        return found

    def _over(self, states: set[int], joint: str, word: str) -> set[int]:
        """Return the states that a word leads to over what parts it from the word before."""
        if joint in _JOINTS:
            return self.step_marked(states, _JOINTS[joint] + word)
        sign = joint[-1:] if joint[-1:] in ("#", "@") else ""
        if joint not in (" ", "-"):
            joint = joint.removesuffix(sign)
            if joint.startswith("."):
                states = {state for state in states if self.dotted[state]}
                joint = joint[1:].replace("-", " ", 1)
            if joint.startswith(","):
                states = {state for state in states if self.loose[state]}
                joint = joint[1:]
            if not joint.isspace() or len(LINE_BREAK.findall(joint)) > MOST_BREAKS:
                return set()
        return self.step_marked(states, sign + word) if sign else self.step(states, word)


def _closes(joint: str, signs: str) -> bool:
    """Say whether signs stand behind a word, and no more of them: C++ is no C+."""
    more = joint[len(signs) : len(signs) + 1]
    return joint.startswith(signs) and not (signs and signs[-1] in "+#" and more == signs[-1])

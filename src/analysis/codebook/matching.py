"""Find the patterns of many terms in a text, in one pass, with offsets in the text as it came.

All patterns become one non-deterministic automaton over words. It is simulated, never
backtracked (Thompson, 1968), so that no pattern can take more than a bounded number of steps per
word of text, whoever wrote it.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from analysis.codebook.patterns import MARKS, Choice, Gap, parse, same_length

_IGNORED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_MARKS = "\u0300-\u036f"
_LINE_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_MOST_BREAKS = 2
_JOINTS = frozenset(MARKS)

# These begin with a set or a letter so that the engine can skip to the next candidate.
_SPECIAL = re.compile(
    rf"[-{_IGNORED}{''.join(_LIGATURES)}{_MARKS}]"
    rf"(?:(?<=[-{_IGNORED}])[-{_IGNORED}]*|(?<=[{_MARKS}])[{_MARKS}]*)?"
)
_POSSESSIVE = re.compile(r"'(?:s(?!\w)|(?<=s')(?=[\s-]))")
_WORD = re.compile(r"(\w+(?:'\w+)*)")
_SPACE = re.compile(r"\s+")
_IGNORABLE = re.compile(rf"[{_IGNORED}]+")
_DOUBLED = re.compile(rf"-[{_IGNORED}]+-")
_LAST_WORD = re.compile(r"\w+\Z")
_FIRST_WORD = re.compile(r"\w+")

STOPS = '.;:!?()[]"/'
"""No match reaches over one of these."""
_LIKE_ASCII = "\u0130\u212a\u2010\u2011"
EDITED = {*_IGNORED, *_LIGATURES, *map(chr, range(0x300, 0x370)), *_LIKE_ASCII}
"""Characters beyond ASCII at which the form of a text has other letters of ASCII than the text."""

Piece = tuple[int, int, int, bool]


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
                if not joint.isspace() or len(_LINE_BREAK.findall(joint)) > _MOST_BREAKS:
                    break
            after = self.step_marked(after, f"#{word}") if hashed else self.step(after, word)
        return found


@dataclass(frozen=True)
class Matcher:
    """The automaton of all terms; made by :func:`compile_terms`.

    Parameters
    ----------
    automaton : Automaton
        State 0 is where every pattern begins.
    exclusions : dict
        Term to ``(state, span)``: where its exclusions begin, and the most words they span.
    words, beginnings : frozenset of str, tuple of str
        Every word and every ``*`` beginning of the patterns: what a divided word is joined into.
    """

    automaton: Automaton
    exclusions: dict[int, tuple[int, int]]
    words: frozenset[str]
    beginnings: tuple[str, ...]

    def scan(self, text: str) -> list[tuple[int, int, int]]:
        r"""Find every term in a text.

        Of one term's matches the leftmost is taken, of those the longest, and the next begins
        after it; then those that overlap an exclusion of the term are dropped. Different terms
        do not see each other.

        Parameters
        ----------
        text : str

        Returns
        -------
        list of (start, end, term)
            Half-open spans in characters of ``text``, in order; ``term`` as numbered on
            compilation.

        Examples
        --------
        >>> compile_terms([(["going dark"], [])]).scan("They are Going-\nDark.")
        [(9, 20, 0)]
        """
        form, pieces = self._form(text)
        parts = _WORD.split(form)
        first = self._first(set(parts[1::2]))
        hashed = {word[1:]: states for word, states in self._hashed().items()}
        matches: list[tuple[int, int, int, bool, bool]] = []
        taken: dict[int, int] = {}
        for number, word in enumerate(parts[1::2]):
            tagged = hashed.get(word) if parts[2 * number].endswith("#") else None
            for states, sign in ((tagged, True), (first.get(word), False)):
                if not states:
                    continue
                for term, (last, dot) in self.automaton.longest(parts, number, states).items():
                    if number > taken.get(term, -1):
                        taken[term] = last
                        matches.append((number, last, term, sign, dot))
        kept = [match for match in matches if not self._excluded(parts, *match[:3])]
        if not kept:
            return []
        ends = list(accumulate(map(len, parts)))
        starts = [piece[0] for piece in pieces]
        spans = (
            (
                ends[2 * first] - sign,
                ends[2 * last + 1] + (dot and parts[2 * last + 2][:1] == "."),
                term,
            )
            for first, last, term, sign, dot in kept
        )
        return sorted(
            (
                _start(pieces[bisect_right(starts, begin) - 1], begin),
                _end(pieces[bisect_right(starts, end - 1) - 1], end),
                term,
            )
            for begin, end, term in spans
        )

    def _hashed(self) -> dict[str, set[int]]:
        """Give the states after each word with a hash sign with which a pattern begins."""
        return {word: states for word, states in self.automaton.edges[0].items() if word[0] == "#"}

    def _first(self, words: set[str]) -> dict[str, set[int]]:
        """Give the states after each word with which a pattern begins."""
        stems = tuple(stem for stem, _ in self.automaton.stems[0])
        begin = words & self.automaton.edges[0].keys()
        if stems:
            begin |= {word for word in words if word.startswith(stems)}
        return {word: self.automaton.step({0}, word) for word in begin}

    def _excluded(self, parts: list[str], first: int, last: int, term: int) -> bool:
        if term not in self.exclusions:
            return False
        state, span = self.exclusions[term]
        for number in range(max(0, first - span + 1), last + 1):
            after = self.automaton.step({state}, parts[2 * number + 1])
            if self.automaton.longest(parts, number, after).get(term, (-1,))[0] >= first:
                return True
        return False

    def _form(self, text: str) -> tuple[str, list[Piece]]:
        """Give the form of a text in which it is matched, and the way back to its offsets.

        A piece is ``(start in the form, start in the text, end in the text, copied)``; a copied
        piece has the same length in both.
        """
        plain = same_length(text.replace("_", "*"))
        parts: list[str] = []
        pieces: list[Piece] = []
        length = position = 0
        for special in _SPECIAL.finditer(plain):
            if special.end() > position and (edit := self._edit(plain, *special.span(), position)):
                start, end, part = edit
                for new, a, b, copied in (
                    (plain[position:start], position, start, True),
                    (part, start, end, False),
                ):
                    if new:
                        parts.append(new)
                        pieces.append((length, a, b, copied))
                        length += len(new)
                position = end
        parts.append(plain[position:])
        pieces.append((length, position, len(plain), True))
        form = "".join(parts).lower()
        return _POSSESSIVE.sub(lambda match: " " * len(match[0]), form), pieces

    def _edit(self, text: str, start: int, end: int, least: int) -> tuple[int, int, str] | None:
        """Say what to put in place of a run of hyphens and other special characters.

        What lies before ``least`` is already done.
        """
        run = text[start:end]
        if run[0] in _LIGATURES:
            return start, end, _LIGATURES[run[0]]
        if run[0] not in _IGNORED and run[0] != "-":
            start = max(start - 1, least)
            return start, end, same_length(unicodedata.normalize("NFC", text[start:end]))
        kept = "-" if _DOUBLED.search(run) else _IGNORABLE.sub("", run)
        space = _SPACE.match(text, end)
        divides = kept == "-" or (not kept and "\u00ad" in run and _has_break(space))
        if divides and space and start and not text[start - 1].isspace():
            after = _IGNORABLE.sub("", text[space.end() : space.end() + 40])
            if after and after[0].isalnum():
                before = _IGNORABLE.sub("", text[max(0, start - 40) : start])
                return start, space.end(), "" if self._joined(before, after) else "-"
        return None if kept == run else (start, end, kept)

    def _joined(self, before: str, after: str) -> bool:
        """Say whether the words around a hyphen at a line's end are one word of the codebook."""
        left, right = _LAST_WORD.search(before.lower()), _FIRST_WORD.match(after.lower())
        if not left or not right:
            return False
        whole = left[0] + right[0]
        return whole in self.words or (
            left[0] not in self.words
            and bool(self.beginnings)
            and whole.startswith(self.beginnings)
        )


def joins(after_s: bool, joint: str) -> bool:
    """Say whether what stands between two words lets them follow each other in a phrase.

    It says so of texts in which no character is edited, and of words with no hyphen between them.

    Parameters
    ----------
    after_s : bool
        Whether the word before ends in s, so that an apostrophe may cling to it.
    joint : str

    Returns
    -------
    bool

    Examples
    --------
    >>> joins(False, " "), joins(True, "’ "), joins(False, ", ")
    (True, True, False)
    """
    if after_s and joint[:1] in ("'", "’"):
        joint = joint[1:]
    return joint.isspace() and len(_LINE_BREAK.findall(joint)) <= _MOST_BREAKS


def _has_break(space: re.Match[str] | None) -> bool:
    return space is not None and _LINE_BREAK.search(space[0]) is not None


def _start(piece: Piece, position: int) -> int:
    at, start, _, copied = piece
    return start + (position - at) * copied


def _end(piece: Piece, position: int) -> int:
    at, start, end, copied = piece
    return start + (position - at) if copied else end


def compile_terms(terms: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Matcher:
    """Make the matcher of several terms.

    Parameters
    ----------
    terms : sequence of (patterns, exclusions)
        Patterns and excluded contexts of each term, in the language of
        :mod:`analysis.codebook.patterns`.

    Returns
    -------
    Matcher
        It numbers the terms from 0 in the order given.

    Raises
    ------
    PatternError
        If a pattern is not in the language.
    """
    automaton = Automaton()
    automaton.state()
    exclusions = {}
    for number, (patterns, excluded) in enumerate(terms):
        for pattern in patterns:
            automaton.add(0, pattern, number)
        if excluded:
            start = automaton.state()
            span = max(automaton.add(start, pattern, number) for pattern in excluded)
            exclusions[number] = (start, span)
    return Matcher(
        automaton,
        exclusions,
        words=frozenset(word for table in automaton.edges for word in table),
        beginnings=tuple(sorted({stem for table in automaton.stems for stem, _ in table})),
    )

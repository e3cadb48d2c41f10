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
from dataclasses import dataclass
from itertools import accumulate

from analysis.patterns import LETTERS, SAME_LENGTH, Choice, Gap, parse

_IGNORED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
_BREAK = r"[\n\r\x0b\x0c\x85\u2028\u2029]"
_LINE_BREAK = re.compile(r"\r\n|" + _BREAK)
_MOST_BREAKS = 2

_SPECIAL = re.compile(
    rf"(?P<divided>(?<![\s\-])(?:-(?:[{_IGNORED}]+-)?[{_IGNORED}]*\s+"
    rf"|\u00ad[{_IGNORED}]*[^\S\n\r]*{_BREAK}\s*)(?=[{_IGNORED}]*[^\W_]))"
    rf"|(?P<doubled>-[{_IGNORED}]+-)"
    rf"|(?P<ignored>[{_IGNORED}]+)"
    rf"|(?P<ligature>[{''.join(_LIGATURES)}])"
    r"|(?P<marks>[\u0300-\u036f]+)"
)
_POSSESSIVE = re.compile(r"'s(?![^\W_])|(?<=s)'(?=[\s-])")
_WORD = re.compile(rf"({LETTERS}(?:'{LETTERS})*)")
_LAST_WORD = re.compile(rf"[^\W_{_IGNORED}][^\W{_IGNORED}]*\Z")


@dataclass(frozen=True)
class Matcher:
    """The automaton of all terms; made by :func:`compile_terms`.

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
    labels : list of tuple
        For each state, what is complete there: ``2 * term`` for a pattern, ``2 * term + 1`` for
        an exclusion.
    words, beginnings : frozenset of str, tuple of str
        Every word and every ``*`` beginning of the patterns: what a divided word is joined into.
    """

    edges: list[dict[str, tuple[int, ...]]]
    stems: list[list[tuple[str, int]]]
    gaps: list[list[int]]
    loose: list[bool]
    labels: list[tuple[int, ...]]
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
        ends = list(accumulate(map(len, parts)))
        words = parts[1::2]
        first = {
            word
            for word in set(words)
            if word in self.edges[0] or any(word.startswith(stem) for stem, _ in self.stems[0])
        }
        matches: list[tuple[int, int, int]] = []
        excluded: set[tuple[int, int]] = set()
        taken: dict[int, int] = {}
        for number, word in enumerate(words):
            if word not in first:
                continue
            for label, last in self._longest(parts, number).items():
                term, is_exclusion = divmod(label, 2)
                if is_exclusion:
                    excluded.update((term, covered) for covered in range(number, last + 1))
                elif number > taken.get(term, -1):
                    taken[term] = last
                    matches.append((number, last, term))
        kept = [
            (_start(pieces, ends[2 * a]), _end(pieces, ends[2 * b + 1]), term)
            for a, b, term in matches
            if not any((term, covered) in excluded for covered in range(a, b + 1))
        ]
        return sorted(kept)

    def _longest(self, parts: list[str], number: int) -> dict[int, int]:
        """Give, for every label that matches from word ``number`` on, its last word."""
        found: dict[int, int] = {}
        states: set[int] = {0}
        loose_only = False
        while True:
            word = parts[2 * number + 1]
            after: set[int] = set()
            for state in states:
                if loose_only and not self.loose[state]:
                    continue
                after.update(self.edges[state].get(word, ()))
                after.update(self.gaps[state])
                after.update(s for stem, s in self.stems[state] if word.startswith(stem))
            for state in after:
                for label in self.labels[state]:
                    found[label] = number
            number += 1
            if not after or 2 * number + 1 >= len(parts):
                return found
            joint = parts[2 * number]
            if joint not in (" ", "-"):
                loose_only = joint.startswith(",")
                space = joint[1:] if loose_only else joint
                if not space.isspace() or len(_LINE_BREAK.findall(space)) > _MOST_BREAKS:
                    return found
            else:
                loose_only = False
            states = after

    def _form(self, text: str) -> tuple[str, list[tuple[int, int, int, bool]]]:
        """Give the form of a text in which it is matched, and the way back to its offsets.

        A piece is ``(start in the form, start in the text, end in the text, copied)``; a copied
        piece has the same length in both.
        """
        plain = text.translate(SAME_LENGTH) if not text.isascii() else text
        parts: list[str] = []
        pieces: list[tuple[int, int, int, bool]] = []
        length = position = 0

        def add(part: str, start: int, end: int, copied: bool) -> None:
            nonlocal length
            if part:
                parts.append(part)
                pieces.append((length, start, end, copied))
                length += len(part)

        for special in _SPECIAL.finditer(plain):
            start, end = special.span()
            if special["divided"]:
                part = "" if self._divided(plain, start, end) else "-"
            elif special["marks"]:
                start = max(start - 1, position)
                part = unicodedata.normalize("NFC", plain[start:end])
            else:
                part = "-" if special["doubled"] else _LIGATURES.get(special[0], "")
            add(plain[position:start], position, start, True)
            add(part, start, end, False)
            position = end
        add(plain[position:], position, len(plain), True)
        form = "".join(parts).lower()
        return _POSSESSIVE.sub(lambda match: " " * len(match[0]), form), pieces

    def _divided(self, text: str, start: int, end: int) -> bool:
        """Say whether the hyphen at ``[start, end)`` divides a word of the codebook."""
        before = _LAST_WORD.search(text[max(0, start - 40) : start])
        after = re.match(LETTERS, text[end : end + 40].lstrip(_IGNORED))
        if not before or not after:
            return False
        left = before[0].lower()
        whole = left + after[0].lower()
        return whole in self.words or (
            left not in self.words and bool(self.beginnings) and whole.startswith(self.beginnings)
        )


def _start(pieces: list[tuple[int, int, int, bool]], position: int) -> int:
    at, start, _, copied = pieces[bisect_right(pieces, position, key=lambda piece: piece[0]) - 1]
    return start + (position - at) * copied


def _end(pieces: list[tuple[int, int, int, bool]], position: int) -> int:
    at, start, end, copied = pieces[
        bisect_right(pieces, position - 1, key=lambda piece: piece[0]) - 1
    ]
    return start + (position - at) if copied else end


def compile_terms(terms: Sequence[tuple[Sequence[str], Sequence[str]]]) -> Matcher:
    """Make the matcher of several terms.

    Parameters
    ----------
    terms : sequence of (patterns, exclusions)
        Patterns and excluded contexts of each term, in the language of :mod:`analysis.patterns`.

    Returns
    -------
    Matcher
        It numbers the terms from 0 in the order given.

    Raises
    ------
    PatternError
        If a pattern is not in the language.
    """
    edges: list[dict[str, set[int]]] = [{}]
    stems: list[list[tuple[str, int]]] = [[]]
    gaps: list[list[int]] = [[]]
    loose = [False]
    labels: list[set[int]] = [set()]

    def state() -> int:
        for table, empty in ((edges, {}), (stems, []), (gaps, []), (labels, set())):
            table.append(empty)
        loose.append(False)
        return len(edges) - 1

    def walk(sources: set[int], word: str, target: int) -> None:
        for source in sources:
            if word.endswith("*"):
                stems[source].append((word[:-1], target))
            else:
                edges[source].setdefault(word, set()).add(target)

    def choose(sources: set[int], choice: Choice) -> set[int]:
        end = state()
        for phrase in choice.phrases:
            here = sources
            for word in phrase[:-1]:
                target = state()
                walk(here, word, target)
                here = {target}
            walk(here, phrase[-1], end)
        return {end} | (sources if choice.optional else set())

    def skip(sources: set[int], gap: Gap) -> set[int]:
        reached = set(sources) if gap.low == 0 else set()
        here = sources
        for count in range(1, gap.high + 1):
            target = state()
            for source in here:
                gaps[source].append(target)
                loose[source] = True
            loose[target] = True
            here = {target}
            if count >= gap.low:
                reached.add(target)
        return reached

    for number, sides in enumerate(terms):
        for side, patterns in enumerate(sides):
            for pattern in patterns:
                here = {0}
                for item in parse(pattern):
                    here = choose(here, item) if isinstance(item, Choice) else skip(here, item)
                for end in here:
                    labels[end].add(2 * number + side)
    return Matcher(
        edges=[{word: tuple(sorted(to)) for word, to in table.items()} for table in edges],
        stems=stems,
        gaps=gaps,
        loose=loose,
        labels=[tuple(sorted(label)) for label in labels],
        words=frozenset(word for table in edges for word in table),
        beginnings=tuple(sorted({stem for table in stems for stem, _ in table})),
    )

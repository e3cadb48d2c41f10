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

import regex

from analysis.codebook.automaton import LINE_BREAK, MOST_BREAKS, Automaton
from analysis.codebook.patterns import LETTERS, SIGNS, same_length
from analysis.codebook.stems import stem_of

_IGNORED = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_LIGATURES = {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl"}
# Marks that are composed with the letter before them, and letters that are never composed.
_COMPOSED = (
    "\u0653\u0654\u0655\u093c\u09be\u09d7\u0b3e\u0b56\u0b57\u0bbe\u0bd7\u0c56\u0cc2\u0cd5"
    "\u0cd6\u0d3e\u0d57\u0dca\u0dcf\u0ddf\u102e\u1b35\u3099\u309a"
    "\u0958\u0959\u095a\u095b\u095c\u095d\u095e\u095f\u09dc\u09dd\u09df\u0a33\u0a36\u0a59"
    "\u0a5a\u0a5b\u0a5e\u0b5c\u0b5d"
)
_MARKS = f"\u0300-\u036f{_COMPOSED}"

# These begin with a set or a letter so that the engine can skip to the next candidate.
_SPECIAL = re.compile(
    rf"[-{_IGNORED}{''.join(_LIGATURES)}{_MARKS}]"
    rf"(?:(?<=[-{_IGNORED}])[-{_IGNORED}]*|(?<=[{_MARKS}])[{_MARKS}]*)?"
)
_POSSESSIVE = re.compile(r"'(?:s(?!\w)|(?<=s')(?=[\s-]))")
_WORD = re.compile(r"(\w+(?:'\w+)*)")
# The marks of Devanagari and other scripts belong to the letter before them.
_MARK = regex.compile(r"\p{M}")
_MARKED_WORD = regex.compile(rf"({LETTERS}(?:'{LETTERS})*)")
_SPACE = re.compile(r"\s+")
_IGNORABLE = re.compile(rf"[{_IGNORED}]+")
_DOUBLED = re.compile(rf"-[{_IGNORED}]+-")
_LAST_WORD = re.compile(r"\w+\Z")
_FIRST_WORD = re.compile(r"\w+")

STOPS = '.;:!?()[]"/'
"""No match reaches over one of these, but for the marks within a word such as U.S. or 9/11."""
_LIKE_ASCII = "\u0130\u212a\u2010\u2011"
EDITED = {*_IGNORED, *_LIGATURES, *map(chr, range(0x300, 0x370)), *_LIKE_ASCII, *_COMPOSED}
"""Characters beyond ASCII at which the form of a text has other letters of ASCII than the text."""

Piece = tuple[int, int, int, bool]


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
        marked = not form.isascii() and _MARK.search(form)
        parts = (_MARKED_WORD if marked else _WORD).split(form)
        first = self._first(set(parts[1::2]))
        matches: list[tuple[int, int, int, int, int]] = []
        taken: dict[int, int] = {}
        for number, word in enumerate(parts[1::2]):
            sign = parts[2 * number][-1:]
            signed = self._signed(parts, number) if sign in {"#", "@"} else None
            for states, before in ((signed, 1), (first.get(word), 0)):
                if not states:
                    continue
                for term, (last, tail) in self.automaton.longest(parts, number, states).items():
                    if number > taken.get(term, -1):
                        taken[term] = last
                        matches.append((number, last, term, before, tail))
        kept = [match for match in matches if not self._excluded(parts, *match[:3])]
        if not kept:
            return []
        ends = list(accumulate(map(len, parts)))
        starts = [piece[0] for piece in pieces]
        spans = (
            (
                ends[2 * first] - before,
                ends[2 * last + 1] + tail,
                term,
            )
            for first, last, term, before, tail in kept
        )
        return sorted(
            (
                _start(pieces[bisect_right(starts, begin) - 1], begin),
                _end(pieces[bisect_right(starts, end - 1) - 1], end),
                term,
            )
            for begin, end, term in spans
        )

    def _signed(self, parts: list[str], number: int, state: int = 0) -> set[int] | None:
        """Give the states after a word with the sign before it, as #MeToo, from a state on."""
        sign = parts[2 * number][-1:]
        if not sign or sign not in SIGNS:
            return None
        # In an address of mail the sign stands between two words.
        if sign == "@" == parts[2 * number] and number:
            return None
        return self.automaton.edges[state].get(sign + parts[2 * number + 1])

    def _first(self, words: set[str]) -> dict[str, set[int]]:
        """Give the states after each word with which a pattern begins."""
        stems = tuple(stem for stem, _ in self.automaton.stems[0])
        begin = words & self.automaton.edges[0].keys()
        if stems:
            begin |= {word for word in words if word.startswith(stems)}
        roots = {root for root, _ in self.automaton.roots[0]}
        if roots:
            language = self.automaton.language
            begin |= {word for word in words if stem_of(word, language) in roots}
        return {word: self.automaton.step({0}, word) for word in begin}

    def _excluded(self, parts: list[str], first: int, last: int, term: int) -> bool:
        if term not in self.exclusions:
            return False
        state, span = self.exclusions[term]
        for number in range(max(0, first - span + 1), last + 1):
            after = self.automaton.step({state}, parts[2 * number + 1])
            after |= self._signed(parts, number, state) or set()
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
    return joint.isspace() and len(LINE_BREAK.findall(joint)) <= MOST_BREAKS


def _has_break(space: re.Match[str] | None) -> bool:
    return space is not None and LINE_BREAK.search(space[0]) is not None


def _start(piece: Piece, position: int) -> int:
    at, start, _, copied = piece
    return start + (position - at) * copied


def _end(piece: Piece, position: int) -> int:
    at, start, end, copied = piece
    return start + (position - at) if copied else end


def compile_terms(
    terms: Sequence[tuple[Sequence[str], Sequence[str]]], *, language: str = "en"
) -> Matcher:
    """Make the matcher of several terms.

    Parameters
    ----------
    terms : sequence of (patterns, exclusions)
        Patterns and excluded contexts of each term, in the language of
        :mod:`analysis.codebook.patterns`.
    language : str, default "en"
        By whose Snowball stemmer ``stem:`` goes.

    Returns
    -------
    Matcher
        It numbers the terms from 0 in the order given.

    Raises
    ------
    PatternError
        If a pattern is not in the language.
    """
    automaton = Automaton(language)
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

"""Text put in order, with every character traceable to where it stood."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import regex

from analysis.text.document import Document

STATEMENT = (
    "Texts are in Unicode's composed form (NFC); ligatures are written as letters, soft hyphens "
    "and invisible marks left out, words broken at line ends joined, all blanks within a line "
    "plain spaces, line ends single. Curly quotation marks are kept, since they say where speech "
    "begins."
)
"""The form as a methods section states it."""

_LIGATURES = {
    "ﬀ": "ff",
    "ﬁ": "fi",
    "ﬂ": "fl",
    "ﬃ": "ffi",
    "ﬄ": "ffl",
    "ﬅ": "st",
    "ﬆ": "st",
    "Ĳ": "IJ",
    "ĳ": "ij",
}
_MARKS = str.maketrans("‘’‚‛“”„‟", "''''\"\"\"\"")
_LIGATURE, _INVISIBLE, _CURLY = "ﬀ-ﬆĲĳ", "\u200b\u2060\ufeff", "‘’‚‛“”„‟"
_BLANK = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000"
# One class before the alternatives, which look back at what it took: the search then skips plain
# text at the speed of memory.
_RULES = re.compile(
    rf"[-\u00ad\u2010\r{_LIGATURE}{_INVISIBLE}{_BLANK}{_CURLY}](?:"
    r"(?P<broken>(?<=[^\W\d_][-\u00ad\u2010])[ \t\u00a0]*\r?\n[ \t\u00a0]*(?=[^\W\d_]))"
    rf"|(?P<ligature>(?<=[{_LIGATURE}]))"
    r"|(?P<soft>(?<=\u00ad))"
    rf"|(?P<invisible>(?<=[{_INVISIBLE}]))"
    rf"|(?P<blank>(?<=[{_BLANK}]))"
    r"|(?P<ending>(?<=\r)\n?)"
    rf"|(?P<curly>(?<=[{_CURLY}])))"
)
_UNTIDY = re.compile(rf"[\u00ad{_LIGATURE}{_INVISIBLE}{_BLANK}]")
_BEFORE = re.compile(r"[^\W\d_]+$")
_AFTER = re.compile(r"[^\W\d_]+")
_HALVES = re.compile(r"[^\W\d_]+[-\u00ad\u2010][ \t\u00a0]*\r?\n[ \t\u00a0]*[^\W\d_]+")
_BROKEN = re.compile(r"[-\u00ad\u2010](?<=[^\W\d_].)[ \t\u00a0]*\r?\n[ \t\u00a0]*[^\W\d_]")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST_WORD = 60


class Cleaned(NamedTuple):
    """A text in order.

    ``origin`` has one number more than ``text`` has characters: where in the text as read each
    stood, and where it ended. ``changes`` counts what was corrected, by kind.
    """

    text: str
    origin: np.ndarray
    changes: Counter[str]


def clean(text: str, *, straighten: bool = False, known: frozenset[str] | None = None) -> Cleaned:
    r"""Put a text into the form of :data:`STATEMENT`.

    Parameters
    ----------
    text : str
    straighten : bool
        Write curly quotation marks and apostrophes straight as well.
    known : frozenset of str, optional
        Folded words that decide whether a hyphen at a line's end belongs to its word; those of the
        text itself if left out.

    Returns
    -------
    Cleaned

    Examples
    --------
    >>> made = clean("The o\ufb03ce sur-\nveils us.")
    >>> made.text, made.origin[[4, 5, 6, 7, 8, 14]].tolist()
    ('The office surveils us.', [4, 5, 5, 5, 6, 14])
    >>> sorted(made.changes.items())
    [('broken', 1), ('ligature', 1)]
    """
    known = words_of(text) if known is None else known
    changes: Counter[str] = Counter()
    composed, first = _composed(text, changes)
    parts: list[str] = []
    origins: list[np.ndarray] = []
    position = 0
    for match in _RULES.finditer(composed):
        kind = match.lastgroup or ""
        if kind == "curly" and not straighten:
            continue
        changes[kind] += 1
        parts += [composed[position : match.start()], new := _mended(kind, match, known)]
        origins += [np.arange(position, match.start()), np.full(len(new), match.start())]
        position = match.end()
    parts.append(composed[position:])
    origins.append(np.arange(position, len(composed) + 1))
    return Cleaned("".join(parts), first[np.concatenate(origins)], changes)


def is_clean(text: str) -> bool:
    """Return whether nothing in a text is to be put in order; curly quotation marks may stay.

    Examples
    --------
    >>> is_clean("“Fine.”"), is_clean("of\u00adten")
    (True, False)
    """
    untidy = not text.isascii() and (
        _UNTIDY.search(text) or not unicodedata.is_normalized("NFC", text)
    )
    return not untidy and "\r" not in text and not _BROKEN.search(text)


def compact(origin: np.ndarray) -> np.ndarray:
    """Return the places of an origin where it goes on otherwise than by one, and their origins.

    Parameters
    ----------
    origin : numpy.ndarray of int, (characters + 1,)

    Returns
    -------
    numpy.ndarray of int64, (2, places)
        The first row ascends; :func:`place_as_read` looks into it.
    """
    jumps = np.flatnonzero(np.diff(origin, prepend=origin[0] - 2) != 1)
    return np.stack([jumps, origin[jumps]])


def place_as_read(compacted: np.ndarray, place: int | np.ndarray) -> np.ndarray:
    """Return where characters stood in the text as read.

    Examples
    --------
    >>> place_as_read(compact(np.array([0, 1, 4, 5])), np.array([1, 3])).tolist()
    [1, 5]
    """
    at = np.searchsorted(compacted[0], place, "right") - 1
    return compacted[1][at] + place - compacted[0][at]


def words_of(text: str) -> frozenset[str]:
    """Return the folded words of a text, compounds whole; none where no word is broken."""
    if not _BROKEN.search(text):
        return frozenset()  # nothing to decide by them
    return frozenset(word.lower() for word in _WORD.findall(_HALVES.sub(" ", text)))


def _composed(text: str, changes: Counter[str]) -> tuple[str, np.ndarray]:
    if unicodedata.is_normalized("NFC", text):
        return text, np.arange(len(text) + 1)
    parts, origins = [], []
    for match in regex.finditer(r"\X", text):
        new = unicodedata.normalize("NFC", match[0])
        changes["composed"] += new != match[0]
        parts.append(new)
        same = new == match[0]
        origins.append(np.arange(*match.span()) if same else np.full(len(new), match.start()))
    return "".join(parts), np.concatenate([*origins, [len(text)]])


def _mended(kind: str, match: re.Match[str], known: frozenset[str]) -> str:
    if kind == "broken":
        return _joint(match, known)
    if kind == "ligature":
        return _LIGATURES.get(match[0], match[0])
    if kind == "curly":
        return match[0].translate(_MARKS)
    return {"blank": " ", "ending": "\n"}.get(kind, "")


def _joint(match: re.Match[str], known: frozenset[str]) -> str:
    """Return what stands between the halves of a broken word: its own hyphen, or nothing."""
    text = match.string
    before = _BEFORE.search(text[max(0, match.start() - _LONGEST_WORD) : match.start()])
    after = _AFTER.match(text, match.end())
    if match[0][0] == "\u00ad" or before is None or after is None:
        return ""
    first, second = before[0].lower(), after[0].lower()
    if f"{first}{second}" in known:
        return ""
    compound = f"{first}-{second}" in known or (first in known and second in known)
    return "-" if compound or after[0][0].isupper() else ""


def clean_document(
    document: Document, *, straighten: bool = False
) -> tuple[Document, np.ndarray, Counter[str]]:
    r"""Put a document's text in order, its utterances moved along.

    Parameters
    ----------
    document : analysis.text.document.Document
    straighten : bool
        As for :func:`clean`.

    Returns
    -------
    (Document, numpy.ndarray, Counter)
        The document; for each of its characters, and its end, the place in the document as read
        (int64); and what was corrected.

    Examples
    --------
    >>> from analysis.text.document import from_turns
    >>> made, origin, _ = clean_document(from_turns("d", [("A", "of\u00adten"), ("B", "so")]))
    >>> made.text, origin[made.utterances["body"][1]].item()
    ('often\n\nso', 8)
    """
    if not straighten and is_clean(document.text):
        return document, np.arange(len(document.text) + 1, dtype=np.int64), Counter()
    rows = document.columns
    cuts = sorted({0, len(document.text), *rows["start"], *rows["body"], *rows["end"]})
    known = words_of(document.text)
    parts: list[str] = []
    origins: list[np.ndarray] = []
    changes: Counter[str] = Counter()
    moved = {0: 0}
    length = 0
    for start, end in pairwise(cuts):
        made = clean(document.text[start:end], straighten=straighten, known=known)
        parts.append(made.text)
        origins.append(made.origin[:-1] + start)
        changes += made.changes
        length += len(made.text)
        moved[end] = length
    places = {name: [moved[place] for place in rows[name]] for name in ("start", "body", "end")}
    table = {**rows, **places}
    origin = np.concatenate([*origins, [len(document.text)]]).astype(np.int64)
    whole = replace(document, text="".join(parts), utterances=table)
    return whole, origin, changes

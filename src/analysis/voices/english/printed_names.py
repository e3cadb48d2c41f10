"""Names as they are printed: where they stand, which word is the surname, whose they are."""

from __future__ import annotations

import re
from functools import lru_cache

from analysis.voices.english.mentions import bare
from analysis.voices.english.names import (
    BODY_WORDS,
    FEMALE,
    FEMALE_TITLES,
    MALE,
    MALE_TITLES,
    ROLES,
    TITLES,
)
from analysis.voices.english.wordlist import words

PARTICLES = words(
    """de la le los las van von der den ter ten di da del della dos das do du al bin ibn ap st zu
    zur y"""
)
"""Words inside or before a surname that belong to it: von der Heide, de la Cruz."""

BODY_NOUNS = words(
    """ministry department company firm service agency group charity government court committee
    commission council party union bureau inquiry university newspaper paper campaign clinic
    foundation institute board force bank regulator association police opposition organisation
    organization department office watchdog network"""
)
"""Common nouns that stand for a body named before."""

_NO_NAMES = words(
    """one two three four five six seven eight nine ten several some many few most all any every
    no other another these those here there it he she they we you who what which nothing nobody
    neither both each half small large young old critics supporters opponents ministers officials
    police lawyers families experts residents anyone everybody everyone ferry the"""
) - {"ferry"}
_ARTICLES = words("the a an its his her my our their this that")
_RANKS = words(
    """deputy councillor alderman father sister dame detective superintendent baroness lord lady sir
    count commissioner mr mrs ms mx dr prof interior foreign home prime finance justice defence
    defense health"""
)
_OFFICES = ROLES | TITLES | words("general reviewer attorney secretary")
_GIVEN = FEMALE | MALE
_CAPITAL = r"(?:[^\W\d_a-z](?:[\w’'-]|\.(?=\w))*\.?)"
_PARTICLE = rf"(?:\b(?i:{'|'.join(sorted(PARTICLES))})\s+|(?:d|o|al|el)[’'-])"
_NAME = re.compile(rf"(?:{_PARTICLE}){{0,3}}{_CAPITAL}(?:\s+(?:{_PARTICLE}){{0,3}}{_CAPITAL})*")
_OF = re.compile(r"\s+of\s+(?:the\s+)?")
_SHORTENED = re.compile(r"(?:\b(?:Jr|Sr|Inc|Co|Ltd|Corp|\w)|\.\w)\.$")
_OWNED = re.compile(r"(.+?)['’]s\s+(?=\S)")


def names_in(text: str) -> list[tuple[int, int, str]]:
    """Return the capitalised names of a text with their places, titles left out.

    Particles and initials belong to a name.

    Examples
    --------
    >>> [name for _, _, name in names_in("Dr. Ana de la Cruz and J. Arthur Holt of Kestrel")]
    ['Ana de la Cruz', 'J. Arthur Holt', 'Kestrel']
    """
    found: list[tuple[int, int, str]] = []
    for match in _NAME.finditer(text):
        begin, name = _untitled(match.group())
        if not name:
            continue
        start = match.start() + begin
        owner = _owner(name)
        if owner:
            # «The DHC's Ellen Marsh» is a body and a person.
            found.append((start, start + len(owner), owner))
            rest, left = _untitled(name[len(owner) + 2 :])
            if not left:
                continue
            start, name = start + len(owner) + 2 + rest, left
        end = start + len(name)
        if found and _OF.fullmatch(text[found[-1][1] : start]) and is_body_name(found[-1][2]):
            # The University of Linden, the Department of Justice.
            start = found.pop()[0]
            name = text[start:end]
        found.append((start, end, name))
    return found


def _owner(name: str) -> str:
    """Return the owner in «Kestrel's Ellen Marsh», nothing in «St Mary's Hospital»."""
    match = _OWNED.match(name)
    if match is None:
        return ""
    rest = name_words(name[match.end() :])
    if len(rest) < 2 or any(word in BODY_WORDS or word in BODY_NOUNS for word in rest):
        return ""
    return match[1]


def _untitled(written: str) -> tuple[int, str]:
    """Return where the name proper begins in a capitalised stretch, and the name."""
    pieces = [(m.start(), m.group()) for m in re.finditer(r"\S+", written)]
    low = [bare(piece).lower().rstrip(".,") for _, piece in pieces]
    at = 0
    while at < len(pieces) and low[at] in _ARTICLES:
        at += 1
    while at < len(pieces) - 1 and low[at] in _NO_NAMES:
        at += 1
    # «ECB President Christine Lagarde»: the name is what follows the last title.
    for number in range(len(pieces) - 2, at - 1, -1):
        title = low[number] in TITLES or low[number] in ROLES or low[number] in _RANKS
        if title and not any(word in BODY_WORDS for word in low[number + 1 :]):
            at = number + 1
            break
    if at == len(pieces) - 1 and low[at] in _NO_NAMES:
        return 0, ""
    given = at < len(pieces) - 1 and low[at] in _GIVEN
    if at >= len(pieces) or (low[-1] in _OFFICES and not given):
        # An office is no name: the Attorney General, DIS Director.
        return 0, ""
    begin = pieces[at][0]
    name = written[begin:].rstrip(" ,;:")
    if not _SHORTENED.search(name):
        name = name.rstrip(".")
    return begin, bare(name) if name.endswith(("'s", "’s", "'", "’")) else name


def plain_name(name: str) -> str:
    """Return a name without the ordinary words that a sentence begins with.

    Examples
    --------
    >>> plain_name("Neither Alan Grayson"), plain_name("Alan Grayson")
    ('Alan Grayson', 'Alan Grayson')
    """
    parts = name.split()
    while len(parts) > 1 and parts[0].lower() in _NO_NAMES:
        parts = parts[1:]
    return " ".join(parts)


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """Return the words of a name in small letters, without stops.

    Examples
    --------
    >>> name_words("J. Arthur Holt")
    ('j', 'arthur', 'holt')
    """
    return tuple(bare(word).lower().strip(".,") for word in name.replace("’", "'").split())


def surname(name: str) -> str:
    """Return the surname of a personal name, its particles before it.

    Examples
    --------
    >>> surname("Sabine von der Heide"), surname("Ana de la Cruz"), surname("Ann Moss")
    ('von der heide', 'de la cruz', 'moss')
    """
    parts = list(name_words(name))
    at = len(parts) - 1
    while at > 1 and parts[at - 1] in PARTICLES:
        at -= 1
    if at == 1 and parts[0] in PARTICLES:
        at = 0
    return " ".join(parts[at:])


def gender_of(name: str, title: str = "") -> str:
    """Return m or f where a title or a first name says so, else nothing."""
    low = title.lower().rstrip(".")
    if low in MALE_TITLES or low in ("father", "sir"):
        return "m"
    if low in FEMALE_TITLES:
        return "f"
    parts = [part for part in name_words(name)[:-1] if len(part) > 1]
    first = parts[0] if parts else ""
    if first not in _GIVEN:
        first = first.split("-", maxsplit=1)[0]
    if first in FEMALE and first not in MALE:
        return "f"
    return "m" if first in MALE and first not in FEMALE else ""


def is_body_name(name: str) -> bool:
    """Say whether a name by itself looks like a body's: by its words, or as an acronym.

    Examples
    --------
    >>> is_body_name("Home Office"), is_body_name("DIS"), is_body_name("Ann Moss")
    (True, True, False)
    """
    parts = name_words(name)
    return any(part in BODY_WORDS for part in parts) or (
        len(parts) == 1 and name.isupper() and 1 < len(name.strip(".")) <= 6
    )

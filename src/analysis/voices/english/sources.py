"""What a printed source is: a name, a role, a spokesman for a body, a pronoun, a description."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from analysis.voices.english.mentions import bare
from analysis.voices.english.names import (
    BODY_WORDS,
    FEMALE,
    FEMALE_ROLES,
    FEMALE_TITLES,
    MALE,
    MALE_ROLES,
    MALE_TITLES,
    ROLES,
    TITLES,
)
from analysis.voices.english.wordlist import words

PARTICLES = words(
    "de la le los las van von der den ter ten di da del della dos das do du al el bin ibn zu zur y"
)
"""Words inside or before a surname that belong to it: von der Heide, de la Cruz."""

PRONOUNS = {
    "he": "m", "him": "m", "his": "m", "himself": "m", "she": "f", "her": "f", "hers": "f",
    "herself": "f", "it": "body", "its": "body", "itself": "body", "they": "many", "them": "many",
    "who": "", "which": "", "that": "", "i": "self", "we": "self", "me": "self", "us": "self",
    "you": "self", "one": "", "neither": "", "both": "many", "nobody": "", "those who": "many",
    "anyone": "", "anybody": "", "someone": "", "somebody": "", "everyone": "", "everybody": "",
    "no one": "", "others": "many", "some": "many", "many": "many", "here": "", "there": "",
    "whoever": "", "this": "", "these": "", "what": "", "let us": "self", "all": "many",
}  # fmt: skip
"""What a source that is a pronoun may stand for: a gender, a body, several, the author."""

MOUTHPIECES = words(
    """spokesman spokeswoman spokesperson spokespeople spokesmen statement memo memorandum
    release note letter report filing brief petition lawyers attorneys counsel solicitors
    economists officials website blog blogpost tweet post communique office press"""
)
"""What speaks for a body: its spokesman, its statement, its lawyers."""

PAPERS = words(
    "statement memo memorandum release note letter report filing brief petition website blog tweet"
)
BODY_NOUNS = words(
    """ministry department company firm service agency group charity government court committee
    commission council party union bureau inquiry university newspaper paper campaign clinic
    foundation institute board force bank regulator association police opposition organisation
    organization department office watchdog network"""
)
"""Common nouns that stand for a body named before."""

_PERSONAL = ROLES | words(
    "scholar cryptographer engineer expert critic victim spook founder priest"
)
_NO_NAMES = words(
    """one two three four five six seven eight nine ten several some many few most all any every
    no other another these those here there it he she they we you who what which nothing nobody
    neither both each half small large young old critics supporters opponents ministers officials
    police lawyers families experts residents anyone everybody everyone ferry the"""
) - {"ferry"}
_PEOPLE = words(
    """source sources people officials critics experts families family voters users customers
    residents members readers mother mum father brother sister neighbour neighbor neighbours
    colleague colleagues supporters opponents campaigners lawmakers ministers senators lawyers
    prosecutors advocates activists researchers academics analysts investors directors executives
    staff employees workers teachers parents doctors judges friends relatives victims witnesses
    villagers protesters respondents insider insiders reviewer panel majority"""
)
_ARTICLES = words("the a an its his her my our their this that")
_RANKS = words(
    """deputy father sister dame detective superintendent baroness lord lady sir count commissioner
    mr mrs ms mx dr prof interior foreign home prime finance justice defence defense health"""
)
_OFFICES = ROLES | TITLES | words("general reviewer attorney secretary")
_CAPITAL = r"(?:[^\W\d_a-z](?:[\w’'-]|\.(?=\w))*\.?)"
_PARTICLE = rf"(?:\b(?i:{'|'.join(sorted(PARTICLES))})\s+|(?:d|o|al|el)[’'-])"
_NAME = re.compile(rf"(?:{_PARTICLE}){{0,3}}{_CAPITAL}(?:\s+(?:{_PARTICLE}){{0,3}}{_CAPITAL})*")
_RELATIVE = re.compile(r"[\s,]+(?:who|which|that|whose|whom)\b.*$")
_FOR = re.compile(r"^\s*(?:for|of|at|from|with|by)\s+(?:the\s+)?")
_SOME = re.compile(r"(?:one|another|some|both|two|three)(?:\s+of\s+.*)?$", re.IGNORECASE)
_ANY = re.compile(r"(?:any|every|no|whichever)\b", re.IGNORECASE)
_OF = re.compile(r"\s+of\s+(?:the\s+)?")
_SHORTENED = re.compile(r"(?:\b(?:Jr|Sr|Inc|Co|Ltd|Corp|\w)|\.\w)\.$")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Source:
    """A printed source taken apart.

    ``kind`` is name, role, mouthpiece, body, pronoun, people (a critic, officials), description
    (anything else) or empty. ``name`` is the name
    as printed without title, ``title`` what stood before it, ``role`` the head noun in small
    letters, ``phrase`` the role with its modifiers, ``of`` the body or person it is bound to,
    ``owner`` a possessive pronoun, ``definite`` whether it points back, ``gender`` m, f or empty.
    """

    kind: str
    name: str = ""
    title: str = ""
    role: str = ""
    phrase: str = ""
    of: str = ""
    owner: str = ""
    definite: bool = False
    gender: str = ""


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
        end = start + len(name)
        if found and _OF.fullmatch(text[found[-1][1] : start]) and is_body_name(found[-1][2]):
            # The University of Linden, the Department of Justice.
            start = found.pop()[0]
            name = text[start:end]
        found.append((start, end, name))
    return found


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
    given = at < len(pieces) - 1 and low[at] in MALE | FEMALE
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


@lru_cache(maxsize=65536)
def read_source(label: str) -> Source:
    """Take a printed source apart.

    Parameters
    ----------
    label : str
        The source as a text has it: «the Interior Minister, Callum Prideaux», «he»,
        «a spokeswoman for the Home Office».

    Returns
    -------
    Source

    Examples
    --------
    >>> read_source("a spokeswoman for the Home Office").of
    'Home Office'
    >>> read_source("Interior Minister Callum Prideaux").name
    'Callum Prideaux'
    >>> read_source("the former judge").role
    'judge'
    """
    text = _SPACE.sub(" ", label).strip(' ,;:–—-"“”‘')
    low = text.lower()
    if not text:
        return Source("")
    if low in PRONOUNS or low.split("'")[0].split("’")[0] in PRONOUNS:
        return Source("pronoun", gender=PRONOUNS.get(low.split("'")[0].split("’")[0], ""))
    text = _RELATIVE.sub("", text) or text
    if text.lower() in PRONOUNS or _ANY.match(text):
        return Source("pronoun", gender=PRONOUNS.get(text.lower(), ""))
    parts = [part.strip() for part in re.split(r",|\s\(", text) if part.strip()]
    if len(parts) > 1 and _SOME.match(parts[0]):
        # «One of them, a former ministry lawyer» is the lawyer.
        parts = parts[1:]
    head = parts[0] if parts else text
    mouth = _mouthpiece(head)
    if mouth:
        return mouth
    for at, part in enumerate(parts[:3]):
        named = _named(part, first=at == 0)
        if named:
            return named
        if at and not re.match(r"(?:[Tt]he|[Aa]n?|[Hh]er|[Hh]is|[Ii]ts|Mr|Ms|Dr)?\s*[A-Z]", part):
            break
    return _described(head)


def _mouthpiece(head: str) -> Source | None:
    """Read «an Interior Ministry spokeswoman», «its lawyers», «Lantern's statement»."""
    tokens = head.split()
    low = [bare(token).lower().strip(".,") for token in tokens]
    for at, word in enumerate(low):
        if word not in MOUTHPIECES or (word == "office" and at and tokens[at][0].isupper()):
            continue
        if word in ("officials", "press", "post", "office") and at == 0:
            continue
        before, after = " ".join(tokens[:at]), " ".join(tokens[at + 1 :])
        owner = low[0] if low[0] in ("its", "his", "her", "their", "our") else ""
        gender = "m" if word in MALE_ROLES else "f" if word in FEMALE_ROLES else ""
        bound = _FOR.match(" " + after)
        of = ""
        if bound:
            of = (names_in((" " + after)[bound.end() :]) or [(0, 0, "")])[0][2]
            of = of or next((w for w in low[at + 1 :] if w in BODY_NOUNS), "")
        if not of:
            named = names_in(before)
            of = named[-1][2] if named else ""
        of = of or next((w for w in reversed(low[:at]) if w in BODY_NOUNS), "")
        definite = low[0] in ("the", "this", "that") or bool(owner)
        named = names_in(after) if word.startswith("spokes") and not bound else []
        if named and named[0][0] == 0:
            # «Home Office spokesman Ed Roe» has a name of his own, and the body as affiliation.
            return Source("name", name=named[0][2], title=word, of=of, gender=gender)
        if word in ("officials", "press", "post", "economists") and not (of or owner):
            continue
        return Source("mouthpiece", role=word, of=of, owner=owner, definite=definite, gender=gender)
    return None


def _named(part: str, *, first: bool) -> Source | None:
    """Read a part whose head is a name: it stands last, or alone."""
    found = names_in(part)
    if not found:
        return None
    start, end, name = found[0]
    before, after = part[:start].split(), part[end:]
    if after.startswith(("'s", "’s", "' ", "’ ")):
        # «Esther Okonjo's lectures»: what she wrote speaks for her; «Calder's government» does not.
        noun = bare(after.split()[-1]).lower()
        if noun in BODY_NOUNS or noun in _PERSONAL:
            return None
        return Source("name", name=name, gender=gender_of(name))
    low = [bare(word).lower().strip(".,") for word in before]
    if any(word in ("of", "at", "for", "from", "in", "by") for word in low):
        by = low[-1] in ("by", "from") or (len(low) > 1 and low[-2] in ("by", "from"))
        if not by:
            return None
    tail = after.split()
    last = bare(tail[-1]).lower() if tail else ""
    if tail and (last in _PERSONAL or last in BODY_NOUNS) and not after.lstrip().startswith("of"):
        return None
    if (
        tail
        and tail[0].lower() not in ("of", "and", "at", "from", "for")
        and first
        and len(tail) < 4
    ):
        return None
    title = low[-1] if low else ""
    return Source("name", name=name, title=title, gender=gender_of(name, title))


def _described(head: str) -> Source:
    """Read «the director of Open Signal», «DIS Director», «the ministry», «a police source»."""
    tokens = head.split()
    low = [bare(token).lower().strip(".,") for token in tokens]
    definite = low[0] in ("the", "this", "that", "his", "her", "its", "their") or low[0] not in (
        "a",
        "an",
        "one",
        "two",
        "three",
        "some",
        "another",
        "any",
    )
    bound = next((i for i, word in enumerate(low) if i and word in ("of", "at", "for")), len(low))
    noun = next((w.rsplit("-", 1)[-1] for w in reversed(low[:bound])), "")
    of = ""
    if bound < len(low):
        of = (names_in(" ".join(tokens[bound + 1 :])) or [(0, 0, "")])[0][2]
        of = of or next((word for word in low[bound + 1 :] if word in BODY_NOUNS), "")
    elif noun in _PERSONAL and bound > 1:
        named = names_in(" ".join(tokens[: bound - 1]))
        of = named[0][2] if named else ""
    article = ("the", "a", "an", "this", "that", "his", "her", "its", "their", "my")
    phrase = " ".join(word for word in low[:bound] if word not in article)
    gender = "m" if noun in MALE_ROLES else "f" if noun in FEMALE_ROLES else ""
    if noun in BODY_NOUNS and bound == len(low):
        named = names_in(" ".join(tokens[: bound - 1]))
        return Source("body", role=noun, phrase=phrase, of=named[0][2] if named else "",
                      owner=low[0] if low[0] in ("its", "his", "her", "their") else "",
                      definite=definite)  # fmt: skip
    kind = "role" if noun in _PERSONAL else "people" if noun in _PEOPLE else "description"
    return Source(kind, role=noun, phrase=phrase, of=of, definite=definite, gender=gender)

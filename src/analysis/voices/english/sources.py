"""What a printed source is: a name, a role, a spokesman for a body, a pronoun, a description."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911
from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from analysis.voices.english.mentions import bare
from analysis.voices.english.names import (
    FEMALE_ROLES,
    MALE_ROLES,
    ROLES,
    TITLES,
)
from analysis.voices.english.printed_names import (
    BODY_NOUNS,
    gender_of,
    is_body_name,
    name_words,
    names_in,
)
from analysis.voices.english.wordlist import words

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
_PERSONAL = ROLES | words(
    "scholar cryptographer engineer expert critic victim spook founder priest"
)
_PEOPLE = words(
    """source sources people officials critics experts families family voters users customers
    residents members readers mother mum father brother sister neighbour neighbor neighbours
    colleague colleagues supporters opponents campaigners lawmakers ministers senators lawyers
    prosecutors advocates activists researchers academics analysts investors directors executives
    staff employees workers teachers parents doctors judges friends relatives victims witnesses
    villagers protesters respondents insider insiders reviewer panel majority"""
)
_RELATED = words(
    """predecessor successor ally allies aide aides mentor partner cousin uncle aunt nephew niece
    grandfather grandmother grandson granddaughter grandmother stepfather stepmother fiance fiancee
    parent child children twin roommate neighbor neighbour friend colleague boss assistant deputies
    team supporter follower followers fans backers admirers rivals opponent critic"""
)
"""Who belongs to somebody and speaks for himself: «Ms Winter's predecessor»."""
_TITLES = _PERSONAL | TITLES
_RELATIONS = _TITLES | _PEOPLE | _RELATED
_RELATIVE = re.compile(r"[\s,]+(?:who|which|that|whose|whom)\b.*$")
_FOR = re.compile(r"^\s*(?:for|of|at|from|with|by)\s+(?:the\s+)?")
_SOME = re.compile(r"(?:one|another|some|both|two|three)(?:\s+of\s+.*)?$", re.IGNORECASE)
_ANY = re.compile(r"(?:any|every|no|whichever)\b", re.IGNORECASE)
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
        return _named_mouthpiece(mouth, parts) or mouth
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


def _named_mouthpiece(mouth: Source, parts: list[str]) -> Source | None:
    """Read «a Kestrel spokeswoman, Carla Weiss»: who has a name of her own speaks in it."""
    if len(parts) < 2 or mouth.role not in _PERSONAL or not mouth.of:
        return None
    found = names_in(parts[1])
    if len(found) != 1:
        return None
    start, end, name = found[0]
    before = parts[1][:start].strip(" .").lower()
    if parts[1][end:].strip() or (before and before not in TITLES) or is_body_name(name):
        return None
    if len(name_words(name)) < 2 and not before:
        return None
    gender = mouth.gender or gender_of(name, before)
    return Source("name", name=name, title=mouth.role, of=mouth.of, gender=gender)


def _named(part: str, *, first: bool) -> Source | None:
    """Read a part whose head is a name: it stands last, or alone."""
    found = names_in(part)
    if not found:
        return None
    start, end, name = found[0]
    before, after = part[:start].split(), part[end:]
    if (
        after.startswith(("'s", "’s"))
        and len(found) > 1
        and not after[2 : found[1][0] - end].strip()
    ):
        # «The DHC's Ellen Marsh».
        person = found[1][2]
        return Source("name", name=person, of=name, gender=gender_of(person))
    if after.startswith(("'s", "’s", "' ", "’ ")):
        # «Esther Okonjo's lectures»: what she wrote speaks for her; «Calder's government» does not.
        noun = bare(after.split()[-1]).lower()
        other = noun in _RELATIONS or noun.endswith("-in-law")
        if noun in BODY_NOUNS or other:
            return None
        return Source("name", name=name, gender=gender_of(name))
    if len(found) > 1 and not part[found[1][1] :].strip() and not before[1:]:
        between = [bare(word).lower().strip(".,") for word in part[end : found[1][0]].split()]
        person = found[1][2]
        if between and between[-1] in _TITLES and not is_body_name(person):
            # «VDC chairwoman Lotte Brandt», «Open Signal's director Tobias Renn».
            title = between[-1]
            return Source(
                "name", name=person, title=title, of=name, gender=gender_of(person, title)
            )
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

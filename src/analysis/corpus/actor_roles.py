"""What the texts call the people they name: their offices, and the bodies they belong to."""

from __future__ import annotations

import re
from dataclasses import replace

from analysis.corpus.actor_names import Named, Names
from analysis.corpus.actors import folded
from analysis.voices.english.names import ROLES, TITLES
from analysis.voices.english.printed_names import names_in, surname
from analysis.voices.english.sources import Source
from analysis.voices.english.wordlist import words

_ROLE = "|".join(sorted((re.escape(role) for role in ROLES), key=len, reverse=True))
_AFTER = re.compile(
    rf"^,?\s*(?:\(|,|–|—|-)?\s*(?:who\s+(?:is|was)\s+)?(?:the|a|an|its|his|her|their)?\s*"
    rf"((?:[\w’'-]+\s+){{0,4}}?(?:[\w-]*-)?(?:{_ROLE}|scholar|cryptographer|reviewer|founder)"
    rf"(?:\s+(?:{_ROLE}|general))*)\b"
    rf"(?:\s+(?:of|at|for|to)\s+(?:the\s+)?)?",
    re.IGNORECASE,
)
_RUNS = re.compile(r"^,?\s*who\s+(?:runs|leads|heads|chairs|directs|founded|owns)\s+(?:the\s+)?")
_OF = re.compile(r"^\s*,?\s+(?:of|from|at)\s+(?:the\s+)?(?=[A-Z])")
_BEFORE = re.compile(
    r"((?:[\w’'-]+\s+){0,4}?[\w’'-]+?)(?:\s+(?:of|at|for)\s+(?:the\s+)?((?:[A-Z][\w’'-]*\s?)"
    r"(?:(?:of\s+)?[A-Z][\w’'-]*\s?)*))?,?\s*(?:(?:Mr|Ms|Mrs|Dr|Sir|Dame|Professor)\.?\s+)?$"
)
_AS = re.compile(r"\b(?:his|her)\s+(?:\w+\s+){0,4}as\s+(?:the\s+)?([\w-]+)\b", re.IGNORECASE)
_TITLE = re.compile(r"\b([A-Z][a-z]+)\.?\s+$")
_REACH = 90


_SAME_OFFICE = (
    frozenset(["head", "chief", "director", "boss", "executive", "leader", "spook", "spymaster"]),
    frozenset(["father", "priest", "pastor"]),
    frozenset(["chair", "chairman", "chairwoman", "chairperson", "judge"]),
    frozenset(["lawyer", "attorney", "counsel", "barrister", "solicitor"]),
    frozenset(["professor", "scholar", "academic"]),
)


PANEL = words("senator deputy chair judge dame chairman chairwoman member")
KIN = words("daughter son wife husband mother father brother sister widow mum dad friend")


def without_office(source: Source, speaker: str) -> Source:
    """Return a source without an office that no list knows, where its story gives the name alone.

    Examples
    --------
    >>> from analysis.voices.english.sources import read_source
    >>> without_office(read_source("Keeper Ada Arden"), "Ada Arden").name
    'Ada Arden'
    """
    office = source.name.removesuffix(f" {speaker}")
    personal = source.kind == "name" and " " in speaker and office != source.name
    return replace(source, name=speaker) if personal and " " not in office else source


def read_roles(text: str, names: Names) -> None:
    """Note what a text calls the people it names, and to which bodies it says they belong.

    Parameters
    ----------
    text : str
    names : Names
        Added to.
    """
    for start, end, key in names.scan(text):
        named = names.of_words(key)
        if named is None or not named.person or len(key) < 2:
            continue
        after = text[end : end + _REACH].partition("\n")[0]
        before = text[max(0, start - _REACH) : start].rpartition("\n")[2]
        title = _TITLE.search(before)
        if title and title[1].lower() in TITLES:
            named.roles[title[1].lower()] += 1
        _read_after(named, after, names)
        _read_before(named, before, names, text[max(0, start - 400) : start])


def _read_after(named: Named, after: str, names: Names) -> None:
    direct = _OF.match(after) or _RUNS.match(after)
    if direct:
        _belongs(named, after[direct.end() :], names)
        return
    if not after.startswith((",", " (", " –", " —")):
        return
    runs = _RUNS.match(after)
    role = _AFTER.match(after)
    if role and not runs:
        _called(named, role[1])
        owner = re.search(r"\b([A-Z][\w-]*(?: [A-Z][\w-]*)*)['’]s\s", role[1])
        if owner:
            # «Martin Kessler, the RTU's general secretary».
            _belongs(named, owner[1], names)
        if role.group().rstrip().lower().endswith((" of", " at", " for", " the")):
            _belongs(named, after[role.end() :], names)
    for told in _AS.finditer(after):
        if told[1].lower() in ROLES:
            _called(named, told[1])


def _read_before(named: Named, before: str, names: Names, earlier: str) -> None:
    clause = re.split(r"[.;:!?\"“”(]|\s(?:and|but|that|when|said|told)\s", before)[-1]
    match = _BEFORE.search(clause)
    if not match or not clause.strip():
        return
    last = match[1].split()[-1].lower().strip(",")
    if last not in ROLES and last not in ("general", "scholar", "reviewer"):
        return
    kept: list[str] = []
    for raw in reversed(match[1].split()):
        low = raw.lower().strip(",")
        if low in ("the", "a", "an", "its", "his", "her", "by", "of", "to", "with", "as", "is"):
            break
        kept.insert(0, raw.strip(","))
    if kept:
        of = names_in(" ".join(kept[:-1])) if len(kept) > 1 else []
        _called(named, " ".join(kept))
        owned = [raw for raw in kept[:-1] if raw.endswith(("'s", "’s"))]
        if match[2]:
            _belongs(named, match[2], names)
        elif owned or (of and names.exact(of[-1][2])):
            _belongs(named, (owned or [of[-1][2]])[-1].removesuffix("'s").removesuffix("’s"), names)
    if re.search(r"\bits\s+[\w\s-]{0,30}$", clause.rstrip(" ,")):
        owner = [name for _, _, name in names_in(earlier) if _is_body(name, names)]
        if owner:
            _belongs(named, owner[-1], names)


def _is_body(name: str, names: Names) -> bool:
    held = names.exact(name)
    return held is not None and not held.person and held.sure


def _called(named: Named, phrase: str) -> None:
    parts = [part.lower().strip(",.'’") for part in phrase.split()]
    parts = [
        p for p in parts if p not in ("the", "a", "an", "its", "his", "her", "new", "mr", "ms")
    ]
    if not parts:
        return
    head = parts[-1].rsplit("-", 1)[-1]
    named.roles[head] += 1
    if head == "general" and len(parts) > 1:
        # The Attorney, for the Attorney General.
        named.roles[parts[-2]] += 1
    named.phrases[" ".join(parts)] += 1


def _belongs(named: Named, text: str, names: Names) -> None:
    """Note the first body that a text names, up to the next clause."""
    clause = re.split(r"[,.;:!?(\"“”]", text)[0]
    for _, _, name in names_in(clause)[:2]:
        held = names.exact(name)
        if held is not None and not held.person and held.sure:
            named.bodies[held.name] += 1
            return


def holds(person: Named, source: Source, *, loose: bool = False) -> bool:
    """Say whether a person is called by a role, or, loosely, by one that means the same."""
    if not loose:
        return source.role in person.roles
    return any(source.role in same and same & set(person.roles) for same in _SAME_OFFICE)


def agrees(person: Named, gender: str) -> bool:
    """Say whether nothing known of a person contradicts a gender."""
    return not gender or person.gender in ("", gender)


def which_name(name: str, person: Named) -> str:
    """Say which part of a person's name this is."""
    return "surname" if surname(person.name).endswith(folded(name)) else "first name"

"""Who is named in the texts of a corpus: one table of people and bodies for all of them.

Within a text, :mod:`analysis.voices` says who speaks. Across texts the same person is «Tobias Renn»,
«Mr Renn» and «the director»; here the names are gathered, put together where that is safe, and the
roles and bodies that the texts give to them are kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from analysis.voices.english.names import BODY_WORDS, ROLES
from analysis.voices.english.wordlist import words
from analysis.voices.english.sources import (
    BODY_NOUNS,
    gender_of,
    is_body_name,
    name_words,
    names_in,
    read_source,
    surname,
)

_ACRONYM = re.compile(r"\(\s*(?:the\s+)?[\"“‘']?([A-Z][A-Za-z&.]{1,8})[\"”’']?\s*\)")
_RUN = re.compile(r"(?:[A-Z][\w’'&-]*)(?:\s+(?:of|for|the|and|on|in|to|&|[A-Z][\w’'&-]*))*\s*$")
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
_REACH = 90
_NO_BODY = words(
    """act bill law amendment city county state republic province district island river avenue road
    square hall building airport hotel street january february march april may june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday
    north south east west northern southern eastern western new international national american
    federal health medical matter lives"""
)
"""Last words of names that are capitalised and no bodies."""


@dataclass
class Named:
    """A person or a body as the texts of a corpus name it.

    ``sure`` says of a body that it acts somewhere in the corpus: it speaks, or is called a group.
    ``forms`` counts the ways it is written, ``roles`` the head nouns of what the texts call it,
    ``phrases`` the offices with their modifiers, ``bodies`` the bodies it is said to belong to.
    """

    name: str
    person: bool
    gender: str = ""
    sure: bool = True
    forms: Counter[str] = field(default_factory=Counter)
    roles: Counter[str] = field(default_factory=Counter)
    phrases: Counter[str] = field(default_factory=Counter)
    bodies: Counter[str] = field(default_factory=Counter)

    @property
    def key(self) -> tuple[str, ...]:
        """The words of the name, in small letters."""
        return name_words(self.name)


class Names:
    """The people and bodies of a corpus, found by what a text calls them.

    Parameters
    ----------
    fixed : iterable of Named
        Those of a register, which stay as they are.
    """

    def __init__(self, fixed: Iterable[Named] = ()) -> None:
        self.all: list[Named] = list(fixed)
        self.acronyms: dict[str, str] = {}
        self._by_words: dict[tuple[str, ...], Named] = {}
        self._by_last: dict[str, list[Named]] = defaultdict(list)
        self._by_first: dict[str, list[Named]] = defaultdict(list)
        for named in self.all:
            self._enter(named)

    def _enter(self, named: Named) -> None:
        for form in (named.name, *named.forms):
            self._by_words.setdefault(name_words(form), named)
        if named.person and len(named.key) > 1:
            self._by_last[named.key[-1]].append(named)
            self._by_first[named.key[0]].append(named)
        elif not named.person:
            self._by_first[named.key[0]].append(named)

    def add(self, name: str, *, person: bool, gender: str = "", sure: bool = True) -> Named:
        """Take in a name, or count one more time one that is known."""
        held = self.exact(name)
        if held is None and person:
            held = self._same_person(name)
        if held is None:
            held = Named(name, person, gender, sure)
            self.all.append(held)
            self._enter(held)
        held.forms[name] += 1
        held.gender = held.gender or gender
        self._by_words.setdefault(name_words(name), held)
        if held.person and len(name_words(name)) > len(held.key):
            # The longest form is the name: J. Arthur Holt rather than Arthur Holt.
            held.name = name
            if held not in self._by_first[name_words(name)[0]]:
                self._by_first[name_words(name)[0]].append(held)
        return held

    def exact(self, name: str) -> Named | None:
        """Return whom exactly this name, or this acronym, has been given to."""
        found = self._by_words.get(name_words(name))
        if found is None and name.strip(".") in self.acronyms:
            found = self._by_words.get(name_words(self.acronyms[name.strip(".")]))
        return found

    def _same_person(self, name: str) -> Named | None:
        parts = name_words(name)
        for other in self._by_last.get(parts[-1], ()):
            if surname(other.name) == surname(name) and _compatible(parts, other.key):
                return other
        return None

    def shorten(self, name: str) -> None:
        """Let a body's short name stand for the only longer one that begins so."""
        longer = [body for body in self.bodies_called(name) if body.sure]
        held = self.exact(name)
        if len(longer) == 1 and held is not None and held is not longer[0] and not held.person:
            self._by_words[name_words(name)] = longer[0]
            longer[0].forms[name] += 1
            self.all.remove(held)
            self._by_first[held.key[0]].remove(held)

    def people_called(self, name: str, gender: str = "") -> list[Named]:
        """Return the people whose surname this is, or else whose first name it is."""
        wanted = name_words(name)
        found = [
            person
            for person in self._by_last.get(wanted[-1], ())
            if person.key[-len(wanted) :] == wanted or surname(person.name) == " ".join(wanted)
        ]
        if not found and len(wanted) == 1:
            found = [person for person in self._by_first.get(wanted[0], ()) if person.person]
        return [p for p in found if not (gender and p.gender and p.gender != gender)]

    def bodies_called(self, name: str) -> list[Named]:
        """Return the bodies whose name begins with these words: Lantern, Lantern Messaging."""
        wanted = name_words(name)
        return [
            body
            for body in self._by_first.get(wanted[0], ())
            if not body.person and body.key != wanted and body.key[: len(wanted)] == wanted
        ]

    def bodies_of_kind(self, noun: str) -> list[Named]:
        """Return the bodies whose name ends in a common noun: ministry, service."""
        return [
            body
            for body in self.all
            if not body.person and len(body.key) > 1 and body.key[-1] == noun
        ]


def _compatible(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Say whether two names of one surname may be one person's: initials fit, none contradicts.

    Examples
    --------
    >>> _compatible(("j", "arthur", "holt"), ("arthur", "holt"))
    True
    >>> _compatible(("ann", "holt"), ("arthur", "holt"))
    False
    """
    short, long = sorted((one[:-1], other[:-1]), key=len)
    if not short or not long:
        return False
    at = 0
    for given in long:
        if at < len(short) and _fits(short[at], given):
            at += 1
    return at == len(short)


def _fits(one: str, other: str) -> bool:
    return one == other or (min(len(one), len(other)) == 1 and one[0] == other[0])


def acronyms(text: str) -> dict[str, str]:
    """Return the acronyms that a text declares in brackets, with what they stand for.

    Examples
    --------
    >>> acronyms("the Domestic Intelligence Service (DIS) and the Bank of Calder (BoC) met")
    {'DIS': 'Domestic Intelligence Service', 'BoC': 'Bank of Calder'}
    """
    found: dict[str, str] = {}
    for match in _ACRONYM.finditer(text):
        letters = [letter.lower() for letter in match[1] if letter.isalpha()]
        before = _RUN.search(text, max(0, match.start() - 120), match.start())
        if before is None or len(letters) < 2:
            continue
        run = before.group().split()
        for at in range(len(run)):
            every = [word[0].lower() for word in run[at:]]
            main = [word[0].lower() for word in run[at:] if word[0].isupper()]
            if run[at][0].isupper() and letters in (every, main):
                found[match[1].strip(".")] = " ".join(run[at:]).removeprefix("The ")
                break
    return found


def read_roles(text: str, names: Names, pattern: re.Pattern[str]) -> None:
    """Note what a text calls the people it names, and to which bodies it says they belong.

    Parameters
    ----------
    text : str
    names : Names
        Added to.
    pattern : re.Pattern
        Finds the people's full names, and surnames after a title.
    """
    for match in pattern.finditer(text):
        named = names.exact(match.group()) or names.exact(" ".join(match.group().split()))
        if named is None or not named.person:
            continue
        after = text[match.end() : match.end() + _REACH].partition("\n")[0]
        before = text[max(0, match.start() - _REACH) : match.start()].rpartition("\n")[2]
        _read_after(named, after, names)
        _read_before(named, before, names, text[: match.start()][-400:])


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
    parts = [p for p in parts if p not in ("the", "a", "an", "its", "his", "her", "new", "mr", "ms")]
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
        held = names.exact(name) or next(iter(names.bodies_called(name)), None)
        if held is not None and not held.person and held.sure:
            named.bodies[held.name] += 1
            return


def name_pattern(names: Names) -> re.Pattern[str] | None:
    """Return a pattern that finds every full personal name of a corpus."""
    forms = {
        form
        for named in names.all
        if named.person
        for form in (named.name, *named.forms)
        if len(name_words(form)) > 1
    }
    if not forms:
        return None
    ordered = sorted(forms, key=lambda form: (-len(form), form))
    return re.compile(r"\b(?:" + "|".join(map(re.escape, ordered)) + r")\b")


def looks_like_a_body(name: str) -> bool:
    """Say whether a name is a body's by its own words."""
    parts = name_words(name)
    if not parts or parts[-1] in _NO_BODY:
        return False
    return is_body_name(name) or parts[-1] in BODY_NOUNS or parts[-1] in BODY_WORDS


def personal_gender(label: str) -> str:
    """Return the gender that a printed source gives away."""
    read = read_source(label)
    return read.gender or gender_of(read.name, read.title)

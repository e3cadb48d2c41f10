"""Who is named in the texts of a corpus: one table of people and bodies for all of them.

Within a text, :mod:`analysis.voices` says who speaks. Across texts one person is «Tobias Renn»,
«Mr Renn» and «the director»; here the names are gathered, put together where that is safe, and the
roles and bodies that the texts give to them are kept.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from analysis.voices.english.names import BODY_WORDS
from analysis.voices.english.printed_names import (
    BODY_NOUNS,
    PARTICLES,
    is_body_name,
    name_words,
    surname,
)
from analysis.voices.english.wordlist import words

_ACRONYM = re.compile(r"\(\s*(?:the\s+)?[\"“‘']?([A-Z][A-Za-z&.]{1,8})[\"”’']?\s*\)")
_RUN = re.compile(r"(?:[A-Z][\w’'&-]*)(?:\s+(?:of|for|the|and|on|in|to|&|[A-Z][\w’'&-]*))*\s*$")
_RUN_OF_CAPITALS = re.compile(
    rf"[^\W\d_a-z][\w’'.-]*(?:\s+(?:(?:{'|'.join(sorted(PARTICLES))}|of|the|for|and|&)\s+){{0,2}}"
    r"[^\W\d_a-z][\w’'.-]*)*"
)
_WORD = re.compile(r"[^\s]+")
_JOINED = re.compile(
    r"\b[Tt]he ((?:[A-Z][\w’'-]+ (?:of|for|on) )?(?:[A-Z][\w’-]+ ){0,2}[A-Z][\w’-]+ (?:and|&) "
    r"(?:[A-Z][\w’-]+ ){0,2}[A-Z][\w’-]+)"
)
_NO_BODY = words(
    """act bill law amendment city county state republic province district island river avenue road
    square hall building airport hotel street january february march april may june july august
    september october november december monday tuesday wednesday thursday friday saturday sunday
    north south east west northern southern eastern western new international national american
    federal health medical matter lives"""
)
"""Last words of names that are capitalised and no bodies."""


@dataclass(eq=False)
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
        self._short: dict[str, str] = {}
        self._by_words: dict[tuple[str, ...], Named] = {}
        self._by_last: dict[str, list[Named]] = defaultdict(list)
        self._by_first: dict[str, list[Named]] = defaultdict(list)
        self._by_kind: dict[str, list[Named]] = defaultdict(list)
        self.by_office: dict[str, list[Named]] = defaultdict(list)
        self.by_body: dict[str, list[Named]] = defaultdict(list)
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
            if len(named.key) > 1:
                self._by_kind[named.key[-1]].append(named)

    def declare(self, acronyms: Mapping[str, str]) -> None:
        """Set what the acronyms stand for from here on."""
        self.acronyms = dict(acronyms)
        self._short = {short.lower(): full for short, full in acronyms.items()}

    def add(self, name: str, *, person: bool, gender: str = "", sure: bool = True) -> Named:
        """Take in a name, or count one more time one that is known."""
        held = self.exact(name)
        if held is None and person:
            held = self.same_person(name, gender)
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

    def same_person(self, name: str, gender: str = "") -> Named | None:
        """Return the person whose name this is in a longer or shorter form, of no other gender."""
        parts = name_words(name)
        for other in self._by_last.get(parts[-1], ()):
            if gender and other.gender and other.gender != gender:
                continue
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
        return self._by_kind.get(noun, [])

    def index_offices(self) -> None:
        """Make the people findable by their offices and their bodies."""
        for named in self.all:
            if named.person:
                for phrase in named.phrases:
                    self.by_office[phrase].append(named)
                for body in named.bodies:
                    self.by_body[body].append(named)

    def scan(self, text: str) -> Iterator[tuple[int, int, tuple[str, ...]]]:
        """Yield where known names stand in a text, the longest first, and surnames alone.

        Yields
        ------
        (int, int, tuple of str)
            First and last character, and the words in small letters.
        """
        for run in _RUN_OF_CAPITALS.finditer(text):
            pieces = [(m.start(), m.end(), m.group()) for m in _WORD.finditer(run.group())]
            low = [name_words(piece)[0] if name_words(piece) else "" for _, _, piece in pieces]
            at = 0
            while at < len(pieces):
                end = len(pieces)
                while end > at and not self._known(tuple(low[at:end])):
                    end -= 1
                if end == at:
                    at += 1
                    continue
                first, last = pieces[at][0], pieces[end - 1][1]
                yield run.start() + first, run.start() + last, tuple(low[at:end])
                at = end

    def _known(self, key: tuple[str, ...]) -> bool:
        return key in self._by_words or (
            len(key) == 1 and (key[0] in self._by_last or key[0] in self._short)
        )

    def of_words(self, key: tuple[str, ...]) -> Named | None:
        """Return whom exactly these words, or this acronym, name."""
        found = self._by_words.get(key)
        if found is None and len(key) == 1 and key[0] in self._short:
            found = self._by_words.get(name_words(self._short[key[0]]))
        return found


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


def joined_names(texts: Iterable[str]) -> list[str]:
    """Return the names of bodies that hold an «and»: the Department of Health and Care.

    «The Department of Justice and Apple» is two bodies: what stands on either side of the «and»
    must never stand in the texts without the other.

    Examples
    --------
    >>> joined_names(["The Rail and Tube Union met. The Rail and Tube Union left."])
    ['Rail and Tube Union']
    >>> joined_names(["The Department of Justice and Apple met. Apple left."])
    []
    """
    whole = list(texts)
    found = Counter(match[1] for text in whole for match in _JOINED.finditer(text))
    halves = {name: re.split(r"\s+(?:and|&)\s+", name, maxsplit=1) for name in found}
    parts = {tuple(part.split()) for both in halves.values() for part in both}
    longest = max(map(len, parts), default=0)
    times: Counter[str] = Counter()
    for text in whole:
        for run in _RUN_OF_CAPITALS.finditer(text) if parts else ():
            said = [word.strip(",;:") for word in run.group().split()]
            for at in range(len(said)):
                for end in range(at + 1, min(len(said), at + longest) + 1):
                    if tuple(said[at:end]) in parts:
                        times[" ".join(said[at:end])] += 1
    kept = []
    for name, together in sorted(found.items()):
        first, last = halves[name]
        body = name_words(first)[0] in BODY_WORDS or name_words(last)[-1] in BODY_WORDS
        if body and times[first] <= together and times[last] <= together:
            kept.append(name)
    return kept


def looks_like_a_body(name: str) -> bool:
    """Say whether a name is a body's by its own words."""
    parts = name_words(name)
    if not parts or parts[-1] in _NO_BODY:
        return False
    return is_body_name(name) or parts[-1] in BODY_NOUNS or parts[-1] in BODY_WORDS


_OFTEN_IN = 0.2


class WordCounts:
    """How the words of a corpus are written: which are names inside sentences, which are places.

    Parameters
    ----------
    texts : iterable of str
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self.small: Counter[str] = Counter()
        self.inside: Counter[str] = Counter()
        self.places: Counter[str] = Counter()
        for text in texts:
            self.small.update(re.findall(r"\b[a-z][\w’'-]*", text))
            self.inside.update(re.findall(r"(?<=[\w,’'] )[A-Z][\w’'-]*", text))
            for found in re.findall(
                r"\b(?:in|near|across|outside) ([A-Z][\w’'-]*(?: [A-Z][\w’'-]*)?)", text
            ):
                self.places.update({found, found.split()[0]})

    def is_name(self, word: str) -> bool:
        """Say whether a capitalised word is a name: with a capital inside sentences as well."""
        return self.inside[word] > self.small[word.lower()]

    def is_place(self, name: str) -> bool:
        """Say whether a good part of what the texts say of it is what happens in it."""
        return self.places[name] > _OFTEN_IN * self.inside[name.split(maxsplit=1)[0]]

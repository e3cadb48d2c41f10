"""Who is in a text: one table of people and bodies, their names, genders and descriptions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from analysis.voices.english.cues import AUXILIARIES, PREPOSITIONS, VERBS
from analysis.voices.english.mentions import Mention, bare
from analysis.voices.english.names import (
    BODY_WORDS,
    FEMALE,
    FEMALE_ROLES,
    FEMALE_TITLES,
    GROUPS,
    MALE,
    MALE_ROLES,
    MALE_TITLES,
    ROLES,
    TITLES,
)
from analysis.voices.english.sentences import Sentence, Token
from analysis.voices.english.wordlist import words

_NAMESAKES = 40
_PLAIN = words(
    """the a an this that his her its their our one other another own new old former current acting
    then who and or is was has had said says first last same late long-time veteran senior top"""
)
_COMMON = ROLES | TITLES | _PLAIN | PREPOSITIONS


@dataclass(slots=True)
class Person:
    """Somebody, or some body, the text names. ``gender`` is m, f or empty."""

    name: str
    words: tuple[str, ...]
    person: bool
    gender: str
    first: int
    count: int = 0
    roles: set[str] = field(default_factory=set)
    beside: set[str] = field(default_factory=set)
    """Words that say which such role: those beside it in the text."""


def _gender(words: Sequence[str], title: str) -> str:
    if title in MALE_TITLES:
        return "m"
    if title in FEMALE_TITLES:
        return "f"
    first = words[0].lower().rstrip(".")
    if len(words) > 1 and len(first) == 1 and len(words) > 2:
        first = words[1].lower()
    if len(words) == 1:
        return ""
    if first in FEMALE and first not in MALE:
        return "f"
    if first in MALE and first not in FEMALE:
        return "m"
    return ""


def _personal(mention: Mention) -> bool:
    """Say whether a name of several words looks like a person's."""
    lows = [word.lower() for word in mention.words]
    if mention.title and mention.title not in ("republican", "democratic", "first", "former"):
        return True
    if any(low in BODY_WORDS for low in lows) or any(
        len(word) > 2 and word.isupper() for word in mention.words
    ):
        return False
    if lows[0].rstrip(".") in MALE or lows[0].rstrip(".") in FEMALE:
        return len(lows) > 1
    return False


class People:
    """The people and bodies of a text, found by name."""

    def __init__(self) -> None:
        self.all: list[Person] = []
        self._whole: dict[tuple[str, ...], Person] = {}
        self._last: dict[str, list[Person]] = {}
        self._first: dict[str, list[Person]] = {}

    def add(self, person: Person) -> Person:
        """Take in somebody new."""
        self.all.append(person)
        self._whole.setdefault(person.words, person)
        if person.person and len(person.words) > 1:
            self._last.setdefault(person.words[-1], []).append(person)
            self._first.setdefault(person.words[0], []).append(person)
        return person

    def exact(self, words: tuple[str, ...]) -> Person | None:
        """Return whom exactly this name has been given to."""
        return self._whole.get(words)

    def find(self, words: Sequence[str], title: str = "", at: int | None = None) -> Person | None:
        """Return the person or body a name refers to, if exactly one fits best."""
        words = tuple(words)
        if words in self._whole:
            return self._whole[words]
        gender = "m" if title in MALE_TITLES else "f" if title in FEMALE_TITLES else ""
        last = self._last.get(words[-1], [])[-_NAMESAKES:]
        if len(words) > 1:
            last = [p for p in last if words[0] in p.words]
        if gender:
            last = [p for p in last if not p.gender or p.gender == gender]
        if last:
            known = [p for p in last if at is None or p.first <= at] or last
            return max(known, key=lambda p: (p.count, -p.first))
        first = self._first.get(words[0], []) if len(words) == 1 else []
        if len(first) == 1 and not (gender and first[0].gender and first[0].gender != gender):
            return first[0]
        return None

    def similar(self, words: tuple[str, ...]) -> Person | None:
        """Return the person whose name this is in a longer or shorter form."""
        for person in self._last.get(words[-1], [])[-_NAMESAKES:]:
            small, large = sorted((person.words, words), key=len)
            if small[0] == large[0] and (set(small) <= set(large) or len(small) == len(large)):
                return person
        return None

    def rename(self, person: Person, words: tuple[str, ...]) -> None:
        """Give a person a form of the name, which counts if it is the longest so far."""
        self._whole.setdefault(words, person)
        if len(words) > len(person.words) and person.person:
            person.name, person.words = " ".join(words), words


def table(
    found: Sequence[Mention], sentences: Sequence[Sentence], speaking: Collection[int] = ()
) -> People:
    """Gather mentions into people and bodies: full names first, then what is left.

    A surname joins the full name that ends in it; a first name the only full name that begins
    with it. A name of two or three words is a person's if its last is later used alone, or if it
    begins at one of the places in ``speaking``.
    """
    alone: dict[str, int] = {
        m.words[0]: m.start
        for m in found
        if len(m.words) == 1 and not m.after_the and not m.words[0].isupper()
    }
    people = People()
    for mention in found:
        if len(mention.words) > 1:
            known = mention.start in speaking or alone.get(mention.words[-1], -1) > mention.start
            _take(people, mention, sentences, _is_person(mention, sentences, known=known))
    for mention in found:
        if len(mention.words) == 1:
            word = mention.words[0]
            personal = bool(mention.title) or (mention.subject and _speaks(sentences, mention))
            _take(people, mention, sentences, personal and not (word.isupper() and len(word) > 1))
    for person in people.all:
        if not person.gender:
            person.gender = (
                "f" if person.roles & FEMALE_ROLES else "m" if person.roles & MALE_ROLES else ""
            )
    return people


def _is_person(mention: Mention, sentences: Sequence[Sentence], *, known: bool) -> bool:
    """Say whether a name of several words is a person's."""
    lows = {word.lower() for word in mention.words}
    if mention.words[-1].lower() in ROLES and not mention.title:
        return False
    if _personal(mention) or _reports(sentences, mention, lows):
        return True
    plain = len(mention.words) <= 3 and not lows & BODY_WORDS and not mention.after_the
    return known and plain and not any(len(w) > 2 and w.isupper() for w in mention.words)


def _take(people: People, mention: Mention, sentences: Sequence[Sentence], personal: bool) -> None:
    """Enter one mention into the table."""
    words = mention.words
    if len(words) == 1:
        held = people.find(words, mention.title, mention.start)
    else:
        held = people.exact(words) or (people.similar(words) if personal else None)
    gender = _gender(words, mention.title)
    if held is None:
        held = people.add(Person(" ".join(words), words, personal, gender, mention.start))
    elif len(words) > 1:
        people.rename(held, words)
    held.count += 1
    held.gender = held.gender or gender
    tokens = sentences[mention.sentence].tokens
    roles = roles_beside(tokens, mention)
    held.roles |= roles
    if roles:
        held.beside |= words_beside(tokens, mention)


def _reports(sentences: Sequence[Sentence], mention: Mention, lows: set[str]) -> bool:
    """Say whether an unknown name of two or three words speaks as only a person would."""
    if mention.after_the or len(mention.words) > 3 or lows & BODY_WORDS or not mention.subject:
        return False
    if any(len(word) > 2 and word.isupper() for word in mention.words):
        return False
    tokens = sentences[mention.sentence].tokens
    following = tokens[mention.end : mention.end + 12]
    return any(
        token.low in ("said", "says", "told", "tells", "recalled", "added") for token in following
    )


def _speaks(sentences: Sequence[Sentence], mention: Mention) -> bool:
    tokens = sentences[mention.sentence].tokens
    after = tokens[mention.end] if mention.end < len(tokens) else None
    low = mention.words[0].lower()
    several = low in GROUPS or low in BODY_WORDS or (low.endswith("s") and low[:-1] in ROLES)
    return after is not None and after.low in VERBS and not several


def which(tokens: Sequence[Token]) -> set[str]:
    """Return the words of a description that tell its bearer from others of the same role."""
    return {bare(token.low) for token in tokens if token.word and bare(token.low) not in _COMMON}


def words_beside(tokens: Sequence[Token], mention: Mention) -> set[str]:
    """Return the words beside a name that say which bearer of its role it is."""
    before = mention.begin
    while before > 0 and tokens[before - 1].word and mention.begin - before < 6:
        before -= 1
    after = mention.end + 1
    while after < len(tokens) and tokens[after].word and after - mention.end < 9:
        after += 1
    inside = tokens[before : mention.begin]
    if mention.end < len(tokens) and tokens[mention.end].text in (",", "–", "—", "("):
        inside = (*inside, *tokens[mention.end + 1 : after])
    return which(inside)


def roles_beside(tokens: Sequence[Token], mention: Mention) -> set[str]:
    """Return the role nouns that stand before a name or in the apposition after it."""
    found: set[str] = set()
    at = mention.begin - 1
    while at >= 0 and tokens[at].word and mention.begin - at <= 5:
        low = bare(tokens[at].low)
        if low in PREPOSITIONS or low in AUXILIARIES or (low in VERBS and low not in ROLES):
            break
        if low in ROLES and tokens[at].low == low:
            if tokens[at - 1].low.rstrip("-") not in ("vice", "deputy") or not at:
                found.add(low)
        elif at != mention.begin - 1 and not found:
            break
        at -= 1
    for number in range(mention.begin, mention.end):
        low = tokens[number].low.rstrip(".")
        if low in ROLES and low in TITLES and not (number and tokens[number - 1].low == "vice"):
            found.add(low)
    at = mention.end
    if at + 1 < len(tokens) and tokens[at].text in (",", "–", "—", "("):
        at += 1
        if tokens[at].low in ("a", "an", "the", "who", "former") or tokens[at].low in ROLES:
            stop = min(len(tokens), at + 9)
            while at < stop and (tokens[at].word or tokens[at].text == "'"):
                low = bare(tokens[at].low)
                if low in ROLES:
                    found.add(low)
                if low in PREPOSITIONS and found:
                    break
                at += 1
    return found

"""Who is in a text: one table of people and bodies, their names, genders and descriptions."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from analysis.voices.cues import (
    ADVERBS,
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    VERB_FORMS,
    VERBS,
)
from analysis.voices.names import (
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
from analysis.voices.sentences import Sentence, Token
from analysis.voices.wordlist import words

_NO_NAME = (
    BOUNDARIES
    | PREPOSITIONS
    | DETERMINERS
    | PRONOUNS
    | AUXILIARIES
    | ADVERBS
    | TIMES
    | words("yes there here some however meanwhile asked according")
) - {"will", "may", "mark", "april", "june", "august"}
_INNER = words("de van von der al bin la le di da del")


_NAMESAKES = 40
_LONGEST_NAME = 9


@dataclass(slots=True)
class Mention:
    """A capitalised name where it stands: token range of a sentence, and what it may be."""

    sentence: int
    begin: int
    end: int
    start: int
    words: tuple[str, ...]
    title: str
    subject: bool
    possessive: bool
    after_the: bool


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


def bare(word: str) -> str:
    """Return a word without possessive ending and trailing stop."""
    for ending in ("'s", "’s", "'", "’"):
        if word.endswith(ending):
            return word[: -len(ending)]
    return word


def _verbish(token: Token) -> bool:
    low = token.low
    return (
        token.word
        and not token.capital
        and (
            low in AUXILIARIES
            or low in VERBS
            or low in VERB_FORMS
            or low.endswith("ed")
            or low in ADVERBS
        )
    )


def _after_title(tokens: Sequence[Token], at: int, end: int) -> tuple[int, str]:
    """Return where a name begins after its titles and offices, and the last title."""
    for position in range(end - 2, at - 1, -1):
        low = tokens[position].low.rstrip(".")
        rest = tokens[position + 1 : end]
        if any(bare(item.low) in BODY_WORDS for item in rest):
            break
        if low in TITLES or low in ROLES:
            return position + 1, low
        given = bare(low) in MALE or bare(low) in FEMALE
        if (
            given
            and position > at
            and end - position > 1
            and not tokens[position].low.endswith("'s")
        ):
            before = tokens[position - 1]
            if bare(before.low) in BODY_WORDS or before.text.isupper() or bare(before.low) in ROLES:
                return position, ""
    return at, ""


def _surnames(sentences: Sequence[Sentence]) -> set[str]:
    """Return the words that follow a first name, however ordinary they are."""
    return {
        bare(later.low)
        for sentence in sentences
        for first, second, third in zip(
            sentence.tokens, sentence.tokens[1:], (*sentence.tokens[2:], None), strict=False
        )
        if first.capital and second.capital and (first.low in MALE or first.low in FEMALE)
        for later in (second, third)
        if later is not None and later.capital
    }


def _office(word: str, common: set[str]) -> bool:
    """Say whether a capitalised word is an office or an ordinary word rather than a name."""
    if word in ROLES or word in TITLES:
        return True
    return word in common and word not in MALE and word not in FEMALE and word not in BODY_WORDS


def mentions(sentences: Sequence[Sentence]) -> list[Mention]:
    """Return every capitalised name outside quotation marks, in order."""
    found: list[Mention] = []
    common = {
        item.low for sentence in sentences for item in sentence.tokens if item.text == item.low
    }
    surnames = _surnames(sentences)
    for number, sentence in enumerate(sentences):
        tokens = sentence.tokens
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if not token.capital or token.low in _NO_NAME:
                at += 1
                continue
            end = at
            while end < min(len(tokens), at + _LONGEST_NAME):
                item = tokens[end]
                inner = item.low in _INNER and end + 1 < len(tokens) and tokens[end + 1].capital
                verb = VERBS.get(item.low) if end > at else None
                if verb is not None and verb.form == "third":
                    break
                if not (item.capital or inner) or (item.low in _NO_NAME and end > at):
                    break
                end += 1
                if item.low.endswith(("'s", "’s")):
                    break
            begin, title = _after_title(tokens, at, end)
            words = tuple(bare(item.text) for item in tokens[begin:end])
            if not words or all(
                word.lower() not in surnames and _office(word.lower().rstrip("."), common)
                for word in words
            ):
                at = end
                continue
            after = tokens[end] if end < len(tokens) else None
            later = tokens[end + 1] if end + 1 < len(tokens) else None
            subject = after is not None and (
                _verbish(after)
                or (after.text in (",", "(") and at <= 1)
                or (
                    after.text == ","
                    and later is not None
                    and (later.low in ("who", "a", "the") or _verbish(later))
                )
            )
            before = tokens[at - 1] if at else None
            if before is not None and before.low in PREPOSITIONS:
                subject = False
            if before is not None and before.low in VERBS and before.low not in BOUNDARIES:
                inverted = at >= 2 and (tokens[at - 2].quote >= 0 or tokens[at - 2].text == ",")
                subject = inverted or (subject and before.low in ("said", "says", "that"))
            found.append(
                Mention(
                    number,
                    at,
                    end,
                    tokens[begin].start,
                    words,
                    title,
                    subject,
                    tokens[end - 1].low.endswith(("'s", "s'")),
                    before is not None and before.low in ("the", "a", "an"),
                )
            )
            at = end
    return found


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
    held.roles |= roles_beside(sentences[mention.sentence].tokens, mention)


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
    return after is not None and after.low in VERBS and mention.words[0].lower() not in BODY_WORDS


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

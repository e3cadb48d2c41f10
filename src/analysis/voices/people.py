"""Who is in a text: one table of people and bodies, their names, genders and descriptions."""

from __future__ import annotations

from collections.abc import Sequence
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

_NO_NAME = (
    BOUNDARIES
    | PREPOSITIONS
    | DETERMINERS
    | PRONOUNS
    | AUXILIARIES
    | ADVERBS
    | TIMES
    | frozenset(["yes", "there", "here", "some", "however", "meanwhile", "asked", "according"])
) - {"will", "may", "mark", "april", "june", "august"}
_INNER = frozenset(["de", "van", "von", "der", "al", "bin", "la", "le", "di", "da", "del"])


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
    return token.word and not token.capital and (
        low in AUXILIARIES or low in VERBS or low in VERB_FORMS or low.endswith("ed") or low in ADVERBS
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
        if given and position > at and end - position > 1 and not tokens[position].low.endswith("'s"):
            before = tokens[position - 1]
            if bare(before.low) in BODY_WORDS or before.text.isupper() or bare(before.low) in ROLES:
                return position, ""
    return at, ""


def mentions(sentences: Sequence[Sentence]) -> list[Mention]:
    """Return every capitalised name outside quotation marks, in order."""
    found: list[Mention] = []
    for number, sentence in enumerate(sentences):
        tokens = sentence.tokens
        at = 0
        while at < len(tokens):
            token = tokens[at]
            if not token.capital or token.low in _NO_NAME:
                at += 1
                continue
            end = at
            while end < len(tokens):
                item = tokens[end]
                inner = item.low in _INNER and end + 1 < len(tokens) and tokens[end + 1].capital
                if not (item.capital or inner) or (item.low in _NO_NAME and end > at):
                    break
                end += 1
                if item.low.endswith(("'s", "’s")):
                    break
            begin, title = _after_title(tokens, at, end)
            words = tuple(bare(item.text) for item in tokens[begin:end])
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
                inverted = at >= 2 and tokens[at - 2].quote >= 0
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


def table(found: Sequence[Mention], sentences: Sequence[Sentence]) -> list[Person]:
    """Gather mentions into people and bodies: full names first, then what is left.

    A surname joins the full name that ends in it; a first name the only full name that begins
    with it. A name of two or three words whose last is later used alone is a person's.
    """
    alone = {
        m.words[0]: m for m in found if len(m.words) == 1 and not m.after_the and not m.words[0].isupper()
    }
    people: list[Person] = []
    by_name: dict[tuple[str, ...], Person] = {}
    for mention in found:
        if len(mention.words) < 2:
            continue
        words = mention.words
        held = by_name.get(words)
        if held is None:
            lows = {word.lower() for word in words}
            personal = _personal(mention) or _reports(sentences, mention, lows) or (
                len(words) <= 3
                and words[-1] in alone
                and not lows & BODY_WORDS
                and not mention.after_the
                and alone[words[-1]].start > mention.start
            )
            held = _similar(people, words, personal)
        if held is None:
            held = Person(
                " ".join(words), words, personal, _gender(words, mention.title), mention.start
            )
            people.append(held)
        elif len(words) > len(held.words) and held.person:
            held.name, held.words = " ".join(words), words
        by_name[words] = held
        held.count += 1
        held.gender = held.gender or _gender(words, mention.title)
        held.roles |= roles_beside(sentences[mention.sentence].tokens, mention)
    for mention in found:
        if len(mention.words) != 1:
            continue
        held = find(people, mention.words, mention.title, mention.start)
        if held is None:
            held = Person(
                mention.words[0],
                mention.words,
                bool(mention.title) or (mention.subject and _speaks(sentences, mention)),
                _gender(mention.words, mention.title),
                mention.start,
            )
            if mention.words[0].isupper() and len(mention.words[0]) > 1:
                held.person = False
            people.append(held)
        held.count += 1
        if mention.title in MALE_TITLES | FEMALE_TITLES:
            held.gender = held.gender or _gender(mention.words, mention.title)
        held.roles |= roles_beside(sentences[mention.sentence].tokens, mention)
    for person in people:
        if not person.gender:
            person.gender = (
                "f" if person.roles & FEMALE_ROLES else "m" if person.roles & MALE_ROLES else ""
            )
    return people


def _reports(sentences: Sequence[Sentence], mention: Mention, lows: set[str]) -> bool:
    """Say whether an unknown name of two or three words speaks as only a person would."""
    if mention.after_the or len(mention.words) > 3 or lows & BODY_WORDS or not mention.subject:
        return False
    if any(len(word) > 2 and word.isupper() for word in mention.words):
        return False
    tokens = sentences[mention.sentence].tokens
    following = tokens[mention.end : mention.end + 12]
    return any(token.low in ("said", "says", "told", "tells", "recalled", "added") for token in following)


def _speaks(sentences: Sequence[Sentence], mention: Mention) -> bool:
    tokens = sentences[mention.sentence].tokens
    after = tokens[mention.end] if mention.end < len(tokens) else None
    return after is not None and after.low in VERBS and mention.words[0].lower() not in BODY_WORDS


def _similar(people: Sequence[Person], words: tuple[str, ...], personal: bool) -> Person | None:
    """Return the person whose name this is in a longer or shorter form."""
    for person in people:
        if not (person.person and personal) or person.words[-1] != words[-1]:
            continue
        small, large = sorted((person.words, words), key=len)
        if small[0] == large[0] and set(small) <= set(large):
            return person
        if small[0] == large[0] and len(small) == len(large):
            return person
    return None


def find(
    people: Sequence[Person], words: Sequence[str], title: str = "", at: int | None = None
) -> Person | None:
    """Return the person or body a name refers to, if exactly one fits best."""
    words = tuple(words)
    whole = [person for person in people if person.words == words]
    if whole:
        return whole[0]
    gender = "m" if title in MALE_TITLES else "f" if title in FEMALE_TITLES else ""
    last = [p for p in people if p.words[-1] == words[-1] and p.person and len(p.words) > 1]
    if len(words) > 1:
        last = [p for p in last if p.words[0] == words[0] or words[0] in p.words]
    if gender:
        last = [p for p in last if not p.gender or p.gender == gender]
    if last:
        known = [p for p in last if at is None or p.first <= at] or last
        return max(known, key=lambda p: (p.count, -p.first))
    if len(words) == 1:
        first = [p for p in people if p.words[0] == words[0] and p.person and len(p.words) > 1]
        if len(first) == 1 and not (gender and first[0].gender and first[0].gender != gender):
            return first[0]
    return None


def roles_beside(tokens: Sequence[Token], mention: Mention) -> set[str]:
    """Return the role nouns that stand before a name or in the apposition after it."""
    found: set[str] = set()
    at = mention.begin - 1
    while at >= 0 and tokens[at].word and mention.begin - at <= 5:
        low = bare(tokens[at].low)
        if low in PREPOSITIONS or low in AUXILIARIES or low in VERBS and low not in ROLES:
            break
        if low in ROLES:
            found.add(low)
        elif at != mention.begin - 1 and not found:
            break
        at -= 1
    for item in tokens[mention.begin : mention.end]:
        if bare(item.low.rstrip(".")) in ROLES and item.low.rstrip(".") in TITLES:
            found.add(bare(item.low.rstrip(".")))
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

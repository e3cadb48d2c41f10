"""Who each name and each «he» and «she» of a text stands for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence

from analysis.voices.english.cues import AUXILIARIES, DETERMINERS, VERB_FORMS, VERBS
from analysis.voices.english.mentions import Mention, bare, mentions
from analysis.voices.english.names import BODY_WORDS, FEMALE_ROLES, GROUPS, MALE_ROLES, ROLES
from analysis.voices.english.people import Person, table, which
from analysis.voices.english.reporting import Span
from analysis.voices.english.sentences import Sentence, Token

HE = frozenset(["he", "him", "his", "himself", "he's", "he'd", "he'll"])
SHE = frozenset(["she", "her", "hers", "herself", "she's", "she'd", "she'll"])
_SPOKEN_OF = 0.5
_CLEARLY = 1.5
"""How much more weight one of several unlikely candidates needs than the next."""
_ABOVE = 2.0
"""How much more weight somebody described needs than the likeliest of those named."""
_DECAY, _FORGOTTEN, _UNSURE = 0.6, 0.01, 0.75
_OPENING = 2.5
"""What the subject of «Though Moss, …, said X, he» weighs more."""
_SUBORDINATE = frozenset(["though", "although", "while", "when", "after", "before", "since"])
_SUBJECT, _OTHER, _OWNER, _SPEAKER, _PRONOUN, _OBJECT, _FIRST = 3.0, 1.4, 1.2, 2.0, 2.5, 0.8, 0.4


def _within(spans: Sequence[Span], position: int) -> bool:
    """Say whether a place lies in one of some spans in order."""
    index = bisect_right(spans, position, key=lambda span: span[0]) - 1
    return index >= 0 and position < spans[index][1]


class Cast:
    """The people and bodies of a text and who each pronoun stands for.

    Parameters
    ----------
    sentences : sequence of Sentence
    sources, contents : iterable of spans, optional
        Where attributions name their sources and what they say: a name weighs more in the one
        and less in the other.

    Notes
    -----
    Pronouns are resolved by salience (Lappin and Leass, 1994): every mention of a person adds
    weight by its role, weights fade from sentence to sentence, and the person with the most
    weight whose gender does not contradict the pronoun is taken. Where nobody known to be a
    person fits, a name that might be one, or somebody described (the minister), is taken if it
    is the only one or weighs clearly more than any other.
    """

    def __init__(
        self,
        sentences: Sequence[Sentence],
        sources: Iterable[Span] = (),
        contents: Iterable[Span] = (),
    ) -> None:
        self.sentences = sentences
        self.mentions = mentions(sentences)
        self._sources, self._contents = sorted(sources), sorted(contents)
        speaking = {
            m.start for m in self.mentions if not m.possessive and _within(self._sources, m.start)
        }
        self.people = table(self.mentions, sentences, speaking)
        self.refers: list[Person | None] = [
            self.people.find(m.words, m.title, m.start) for m in self.mentions
        ]
        self.roles: dict[str, list[Person]] = {}
        for person in self.people.all:
            for role in sorted(person.roles) if person.person else ():
                self.roles.setdefault(role, []).append(person)
        self.starts = [m.start for m in self.mentions]
        self.pronouns: dict[int, Person] = {}
        self.weights: dict[int, tuple[Person, float]] = {}
        self.guesses: dict[int, tuple[Person, float]] = {}
        self._described: dict[str, Person] = {}
        self._follow()

    def _follow(self) -> None:
        """Go through the text once and settle every «he» and «she»."""
        at = 0
        for sentence in self.sentences:
            for weights in (self.weights, self.guesses):
                for key, (person, weight) in list(weights.items()):
                    if weight < _FORGOTTEN:
                        del weights[key]
                    else:
                        weights[key] = person, weight * _DECAY
            for number, token in enumerate(sentence.tokens):
                if token.quote >= 0 or not token.word:
                    continue
                while at < len(self.mentions) and self.mentions[at].start <= token.start:
                    self._weigh(self.mentions[at], self.refers[at])
                    at += 1
                if token.low in ROLES and not token.capital:
                    self._describe(sentence.tokens, number)
                if token.low in HE or token.low in SHE:
                    found = self._settle("m" if token.low in HE else "f")
                    if found is None:
                        continue
                    self.pronouns[token.start] = found
                    weight = _PRONOUN if token.low in ("he", "she") else _OBJECT
                    speaks = _within(self._sources, token.start)
                    self._add(found, weight + (_SPEAKER if speaks else 0.0))

    def _weigh(self, mention: Mention, person: Person | None) -> None:
        if person is None:
            return
        if not person.person:
            if _maybe(mention) and (mention.subject or len(mention.words) > 1):
                self._add(person, _SUBJECT if mention.subject else _OBJECT, self.guesses)
            return
        weight = _SUBJECT if mention.subject else _OWNER if mention.possessive else _OTHER
        if _within(self._contents, mention.start):
            weight *= _SPOKEN_OF
        elif not mention.possessive and _within(self._sources, mention.start):
            weight += _SPEAKER
        weight += _FIRST if mention.begin <= 1 else 0.0
        if mention.begin == 1 and mention.subject:
            opening = self.sentences[mention.sentence].tokens[0].low
            weight += _OPENING if opening in _SUBORDINATE else 0.0
        self._add(person, weight)

    def _describe(self, tokens: Sequence[Token], at: int) -> None:
        """Weigh somebody who is described rather than named."""
        begin = at
        while begin > 0 and at - begin < 4 and tokens[begin].low not in DETERMINERS:
            before = tokens[begin - 1]
            if not before.word or (before.capital and before.low not in DETERMINERS):
                return
            begin -= 1
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        if tokens[begin].low not in ("the", "a", "an", "his", "her", "their", "its", "our"):
            return
        if after is None or after.capital:
            return
        later = tokens[at + 2] if at + 2 < len(tokens) else None
        if after.text == "," and later is not None and later.capital:
            return
        weight = _SUBJECT if _acts(after) else _OBJECT
        joined = begin and tokens[begin - 1].word
        if weight == _SUBJECT and joined and tokens[begin - 1].low not in ("and", "but", "that"):
            return
        role = bare(tokens[at].low)
        held = self.bearer(role, which(tokens[begin:at]))
        if held is not None:
            self._add(held, weight)
            return
        name = " ".join(token.text for token in tokens[begin : at + 1])
        gender = "f" if role in FEMALE_ROLES else "m" if role in MALE_ROLES else ""
        made = Person(name, (role,), person=True, gender=gender, first=tokens[begin].start)
        self._add(self._described.setdefault(name.lower(), made), weight, self.guesses)

    def bearer(self, role: str, beside: set[str]) -> Person | None:
        """Return the only person of a role whom nothing tells from the one described."""
        gender = "f" if role in FEMALE_ROLES else "m" if role in MALE_ROLES else ""
        held = [
            person
            for person in self.roles.get(role, ())
            if not (gender and person.gender and person.gender != gender)
            and (not beside or not person.beside or beside & person.beside)
        ]
        return held[0] if len(held) == 1 else None

    def _add(
        self,
        person: Person,
        weight: float,
        weights: dict[int, tuple[Person, float]] | None = None,
    ) -> None:
        table = self.weights if weights is None else weights
        table[id(person)] = person, table.get(id(person), (person, 0.0))[1] + weight

    def _settle(self, gender: str) -> Person | None:
        best: Person | None = None
        score = 0.0
        for person, weight in self.weights.values():
            if weight <= score or not person.person or (person.gender and person.gender != gender):
                continue
            likely = weight if person.gender else weight * _UNSURE
            if likely > score:
                best, score = person, likely
        if best is None or (not best.gender and self._outweighed(gender, score)):
            return self._guess(gender) or best
        if not best.gender and score > 0.5:
            best.gender = gender
        return best

    def _outweighed(self, gender: str, score: float) -> bool:
        """Say whether somebody described stands out above whoever is named, of unknown gender."""
        return any(
            person.person and gender in (person.gender or gender) and weight > _ABOVE * score
            for person, weight in self.guesses.values()
        )

    def _guess(self, gender: str) -> Person | None:
        """Return the only one, or clearly the likeliest, who may be meant where nobody is known."""
        fitting = sorted(
            (
                (weight, -person.first, person)
                for person, weight in self.guesses.values()
                if not person.gender or person.gender == gender
            ),
            key=lambda item: item[:2],
            reverse=True,
        )
        if not fitting or (len(fitting) > 1 and fitting[0][0] < _CLEARLY * fitting[1][0]):
            return None
        person = fitting[0][2]
        person.gender = gender
        return person

    def in_span(self, span: Span) -> list[int]:
        """Return the numbers of the mentions that begin in a span."""
        first = bisect_right(self.starts, span[0] - 1)
        last = bisect_right(self.starts, span[1] - 1)
        return list(range(first, last))


def _maybe(mention: Mention) -> bool:
    """Say whether a name of no known kind may be a person's."""
    plain = not mention.after_the and len(mention.words) <= 3
    first = mention.words[0].lower()
    if len(mention.words) == 1 and (first in GROUPS or first in ROLES or first[:-1] in ROLES):
        return False
    return plain and not any(
        word.lower() in BODY_WORDS or (len(word) > 1 and word.isupper()) for word in mention.words
    )


def _acts(after: Token) -> bool:
    """Say whether what follows a description makes it a subject."""
    low = after.low
    verbal = low in AUXILIARIES or low in VERBS or low in VERB_FORMS or low.endswith("ed")
    return (after.word and verbal) or after.text in (",", "(")

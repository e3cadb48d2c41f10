"""From the mention as written to the one who speaks: names, pronouns, descriptions, bodies."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import replace

from analysis.voices.english.assemble import Attribution
from analysis.voices.english.cues import DETERMINERS, PREPOSITIONS, VERB_FORMS
from analysis.voices.english.mentions import Mention, bare, mentions
from analysis.voices.english.names import FEMALE_ROLES, MALE_ROLES, ROLES
from analysis.voices.english.people import Person, table
from analysis.voices.english.reporting import Span
from analysis.voices.english.sentences import Sentence, Token
from analysis.voices.english.wordlist import words

_HE = frozenset(["he", "him", "his", "himself", "he's", "he'd", "he'll"])
_SHE = frozenset(["she", "her", "hers", "herself", "she's", "she'd", "she'll"])
_VAGUE = words(
    """i you it we they who which that this these those one some others many most few it's they're
    we're i'm you're he's she's what all both none"""
)
_BACK = 400
_SPOKEN_OF = 0.5
_DECAY, _FORGOTTEN, _UNSURE = 0.6, 0.01, 0.75
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
    weight whose gender does not contradict the pronoun is taken.
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
        self._follow()

    def _follow(self) -> None:
        """Go through the text once and settle every «he» and «she»."""
        weights = self.weights
        at = 0
        for sentence in self.sentences:
            for key, (person, weight) in list(weights.items()):
                if weight < _FORGOTTEN:
                    del weights[key]
                else:
                    weights[key] = person, weight * _DECAY
            for token in sentence.tokens:
                if token.quote >= 0 or not token.word:
                    continue
                while at < len(self.mentions) and self.mentions[at].start <= token.start:
                    self._weigh(self.mentions[at], self.refers[at])
                    at += 1
                if token.low in _HE or token.low in _SHE:
                    found = self._settle("m" if token.low in _HE else "f")
                    if found is None:
                        continue
                    self.pronouns[token.start] = found
                    weight = _PRONOUN if token.low in ("he", "she") else _OBJECT
                    speaks = _within(self._sources, token.start)
                    self._add(found, weight + (_SPEAKER if speaks else 0.0))

    def _weigh(self, mention: Mention, person: Person | None) -> None:
        if person is None or not person.person:
            return
        weight = _SUBJECT if mention.subject else _OWNER if mention.possessive else _OTHER
        if _within(self._contents, mention.start):
            weight *= _SPOKEN_OF
        elif not mention.possessive and _within(self._sources, mention.start):
            weight += _SPEAKER
        weight += _FIRST if mention.begin <= 1 else 0.0
        self._add(person, weight)

    def _add(self, person: Person, weight: float) -> None:
        held = self.weights.get(id(person), (person, 0.0))[1]
        self.weights[id(person)] = person, held + weight

    def _settle(self, gender: str) -> Person | None:
        best: Person | None = None
        score = 0.0
        for person, weight in self.weights.values():
            if weight <= score or not person.person or (person.gender and person.gender != gender):
                continue
            likely = weight if person.gender else weight * _UNSURE
            if likely > score:
                best, score = person, likely
        if best is not None and not best.gender and score > 0.5:
            best.gender = gender
        return best

    def in_span(self, span: Span) -> list[int]:
        """Return the numbers of the mentions that begin in a span."""
        first = bisect_right(self.starts, span[0] - 1)
        last = bisect_right(self.starts, span[1] - 1)
        return list(range(first, last))


def _tokens(sentences: Sequence[Sentence], starts: Sequence[int], span: Span) -> list[Token]:
    number = max(0, bisect_right(starts, span[0]) - 1)
    return [t for t in sentences[number].tokens if span[0] <= t.start < span[1]]


def _head(tokens: Sequence[Token]) -> list[Token]:
    """Return the tokens of a noun phrase up to its head."""
    end = 0
    while end < len(tokens):
        token = tokens[end]
        if end and (not token.word or token.low in ("who", "which", "that", "whose", "whom")):
            break
        if end and token.low in PREPOSITIONS and not token.capital:
            break
        if end and not token.capital and (token.low in VERB_FORMS or token.low.endswith("ing")):
            break
        end += 1
    return list(tokens[:end])


def _role(head: Token) -> str:
    low = bare(head.low)
    return (
        low if low in ROLES else low.rsplit("-", 1)[-1] if low.rsplit("-", 1)[-1] in ROLES else ""
    )


def _by_role(cast: Cast, role: str, place: int, only: Person | None) -> Person | None:
    """Return whom a role noun stands for: one described by it before, else the only speaker."""

    def agrees(person: Person) -> bool:
        wants = "f" if role in FEMALE_ROLES else "m" if role in MALE_ROLES else ""
        return not (wants and person.gender and person.gender != wants)

    held = [person for person in cast.roles.get(role, ()) if agrees(person)]
    if len(held) == 1:
        return held[0]
    if held:
        before = bisect_right(cast.starts, place)
        for person in reversed(cast.refers[max(0, before - _BACK) : before]):
            if any(person is other for other in held):
                return person
        return None
    if only is not None and agrees(only):
        return only
    return None


def name(
    text: str,
    cast: Cast,
    starts: Sequence[int],
    source: Sequence[Span],
    only: Person | None = None,
    *,
    headline: bool = False,
) -> str:
    """Return the name or description behind a source mention, empty where unknown."""
    if not source:
        return ""
    tokens = _tokens(cast.sentences, starts, source[0])
    if not tokens:
        return " ".join(text[source[0][0] : source[0][1]].split())
    if len(tokens) == 1 and (tokens[0].low in _HE or tokens[0].low in _SHE):
        person = cast.pronouns.get(tokens[0].start)
        return person.name if person is not None else ""
    if tokens[0].low in _VAGUE and len(tokens) == 1:
        return ""
    head = _head(tokens)
    if not head:
        return ""
    numbers = cast.in_span(source[0])
    last = head[-1]
    both = _pair(cast, numbers, head)
    if both:
        return both
    for number in numbers:
        mention = cast.mentions[number]
        inside = mention.start <= last.start and mention.start >= head[0].start
        if inside and last.capital and not last.low.endswith(("'s", "s'")):
            covers = cast.sentences[mention.sentence].tokens[mention.begin : mention.end]
            if any(token.start == last.start for token in covers):
                person = cast.refers[number]
                if person is not None and (person.person or not _role(last)):
                    return person.name
    rest = tokens[len(head) :]
    if len(rest) > 1 and rest[0].text == ",":
        for number in numbers:
            if cast.mentions[number].start >= rest[1].start:
                person = cast.refers[number]
                if (
                    person is not None
                    and person.person
                    and not _between(rest, cast.mentions[number])
                ):
                    return person.name
                break
    role = _role(last)
    definite = tokens[0].low in ("the", "this", "that", "his", "her", "their") or headline
    if (role and definite and tokens[0].low in ("the", "this")) or (role and headline):
        person = _by_role(cast, role, source[0][0], only)
        if person is not None:
            return person.name
    description = (
        tokens[0].start,
        (rest[0].start if rest and rest[0].text in (",", "(") else source[0][1]),
    )
    return " ".join(text[description[0] : description[1]].split()).strip(" ,;:–—-")


def _pair(cast: Cast, numbers: Sequence[int], head: Sequence[Token]) -> str:
    """Return «Ann Moss and Ben Dole» where a mention names two people together."""
    inside = [n for n in numbers if head[0].start <= cast.mentions[n].start <= head[-1].start]
    people = [person for n in inside if (person := cast.refers[n]) is not None and person.person]
    if len(people) != 2 or len(inside) != 2 or not head[-1].capital:
        return ""
    joined = any(token.low == "and" for token in head)
    return " and ".join(person.name for person in people) if joined else ""


def _between(rest: Sequence[Token], mention: Mention) -> bool:
    """Say whether words other than titles stand between the comma and a name."""
    return any(
        token.word and not token.capital and token.low not in DETERMINERS
        for token in rest[1:]
        if token.start < mention.start
    )


def resolve(
    text: str, sentences: Sequence[Sentence], attributions: Sequence[Attribution]
) -> tuple[list[Attribution], Cast]:
    """Give every attribution its speaker.

    Returns
    -------
    list of Attribution
        The same, ``speaker`` filled: a full name where the text gives one, the description as
        written where it does not, empty where nobody is named.
    Cast
        The people and bodies found.
    """
    cast = Cast(
        sentences,
        (span for a in attributions for span in a.source),
        (span for a in attributions for span in a.content),
    )
    starts = [sentence.start for sentence in sentences]
    speaking = []
    for attribution in attributions:
        for span in attribution.source[:1]:
            for number in cast.in_span(span):
                person = cast.refers[number]
                if person is not None and person.person and attribution.rule != "headline":
                    speaking.append(person)
                break
    only = speaking[0] if speaking and all(p is speaking[0] for p in speaking) else None
    if only is not None and len(only.words) == 1:
        # A lone capitalised word may be no name at all ("Critics speak of ...").
        only = None
    found = [
        replace(
            attribution,
            speaker=name(
                text,
                cast,
                starts,
                attribution.source,
                only,
                headline=attribution.rule == "headline",
            ),
        )
        for attribution in attributions
    ]
    return found, cast

"""From the mention as written to the one who speaks: names, pronouns, descriptions, bodies."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

from analysis.voices.english.assemble import Attribution
from analysis.voices.english.cast import HE, SHE, Cast
from analysis.voices.english.cues import DETERMINERS, PREPOSITIONS, VERB_FORMS
from analysis.voices.english.mentions import Mention, bare
from analysis.voices.english.names import BODY_WORDS, FEMALE_ROLES, GROUPS, MALE_ROLES, ROLES
from analysis.voices.english.openings import first_subject
from analysis.voices.english.people import Person, which
from analysis.voices.english.reporting import Span
from analysis.voices.english.sentences import Sentence, Token
from analysis.voices.english.wordlist import words

_VAGUE = words(
    """i you it we they who which that this these those one some others many most few it's they're
    we're i'm you're he's she's what all both none"""
)
_RELATIVE = words("who whom whose which that")
_SOMEBODY = words("one another two some judge scholar critic")
_ANY_LEADER = words("chief boss head leader director-general")
_BODIES = BODY_WORDS | GROUPS
"""Roles by which a text may call the only one who speaks in it without having said so before."""
_BACK = 400


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


def _by_role(
    cast: Cast, role: str, beside: set[str], place: int, only: Person | None
) -> Person | None:
    """Return whom a role noun stands for: one described by it before, else the only speaker."""

    def agrees(person: Person) -> bool:
        wants = "f" if role in FEMALE_ROLES else "m" if role in MALE_ROLES else ""
        other = beside and person.beside and not beside & person.beside
        return not other and not (wants and person.gender and person.gender != wants)

    everyone = cast.roles.get(role, ())
    held = [person for person in everyone if agrees(person)]
    if len(held) == 1:
        return held[0]
    if held:
        before = bisect_right(cast.starts, place)
        for person in reversed(cast.refers[max(0, before - _BACK) : before]):
            if any(person is other for other in held):
                return person
        return None
    if only is not None and not everyone and role in _ANY_LEADER and agrees(only):
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
    if len(tokens) == 1 and (tokens[0].low in HE or tokens[0].low in SHE):
        person = cast.pronouns.get(tokens[0].start)
        return person.name if person is not None else _body_before(text, cast, starts, tokens[0])
    if tokens[0].low in _VAGUE and len(tokens) == 1:
        return (
            _body_before(text, cast, starts, tokens[0]) if tokens[0].low in ("it", "they") else ""
        )
    head = _head(tokens)
    if not head:
        return ""
    numbers = cast.in_span(source[0])
    for number in numbers:
        if cast.mentions[number].office and (person := cast.refers[number]) is not None:
            return person.name
    last = head[-1]
    owns = source[0][1] < tokens[-1].end
    both = _pair(cast, numbers, head)
    if both:
        return both
    for number in numbers:
        mention = cast.mentions[number]
        inside = mention.start <= last.start and mention.start >= head[0].start
        if inside and last.capital and (owns or not last.low.endswith(("'s", "s'"))):
            covers = cast.sentences[mention.sentence].tokens[mention.begin : mention.end]
            if any(token.start == last.start for token in covers):
                person = cast.refers[number]
                if person is not None and (person.person or not _role(last)):
                    return person.name
    rest = tokens[len(head) :]
    comma = next((n for n, token in enumerate(rest) if token.text == ","), len(rest))
    relative = any(token.low in _RELATIVE for token in rest[:comma])
    plain = relative or not any(token.low in VERB_FORMS for token in rest[:comma])
    told = _role(last) or not comma or last.low in _SOMEBODY
    if comma + 1 < len(rest) and plain and told:
        rest = rest[comma:]
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
        beside = which(tokens[: len(head) - 1]) | _complement(tokens[len(head) :])
        person = _by_role(cast, role, beside, source[0][0], only)
        if person is not None:
            return person.name
    end = source[0][1]
    for token in tokens[len(head) :]:
        if token.text in (",", "(", "–", "—") or token.low in _RELATIVE:
            end = token.start
            break
    return " ".join(text[tokens[0].start : end].split()).strip(" ,;:–—-")


def _body_before(text: str, cast: Cast, starts: Sequence[int], pronoun: Token) -> str:
    """Return the subject of the sentence before: a body, several, or somebody described."""
    number = bisect_right(starts, pronoun.start) - 1
    if number < 1 or pronoun.low not in ("it", "they", "he", "she"):
        return ""
    if cast.sentences[number].paragraph != cast.sentences[number - 1].paragraph:
        return ""
    before = cast.sentences[number - 1].tokens
    found = first_subject(before, len(before))
    if found is None:
        return ""
    head = _head(before[found[0] : found[1]])
    bodies = [n for n, token in enumerate(head) if bare(token.low) in _BODIES]
    head = head[: bodies[0] + 1] if bodies and not head[bodies[0]].capital else head
    last = bare(head[-1].low) if head else ""
    several = last.endswith("s") and not last.endswith("ss")
    if pronoun.low in ("he", "she"):
        named = not head or head[-1].capital or several or last in _BODIES
        if named or head[0].low not in ("the", "a", "an", "his", "her", "their"):
            return ""
        return name(text, cast, starts, [(head[0].start, head[-1].end)])
    fits = several if pronoun.low == "they" else last in _BODIES or last == "it"
    if not fits or (pronoun.low == "it" and several and not head[-1].capital):
        return ""
    return name(text, cast, starts, [(head[0].start, head[-1].end)])


def _complement(rest: Sequence[Token]) -> set[str]:
    """Return the words of «of York» after a role, up to a comma or a relative clause."""
    end = 0
    while end < len(rest) and rest[end].word and rest[end].low not in _RELATIVE:
        end += 1
    return which(rest[:end])


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
    found: list[Attribution] = []
    for attribution in attributions:
        headline = attribution.rule == "headline"
        speaker = name(text, cast, starts, attribution.source, only, headline=headline)
        if attribution.rule == "statement" and attribution.source:
            printed = text[slice(*attribution.source[0])]
            label = printed in ("Q", "A") or printed.split()[-1].lower().startswith("spokes")
            speaker = printed if label else speaker
        if found and _is_it(text, attribution):
            speaker = _body_spoken(cast, starts, found[-1], attribution) or speaker
        found.append(replace(attribution, speaker=speaker))
    return found, cast


def _is_it(text: str, attribution: Attribution) -> bool:
    source = attribution.source
    return bool(source) and text[source[0][0] : source[0][1]].lower() == "it"


def _body_spoken(
    cast: Cast, starts: Sequence[int], before: Attribution, attribution: Attribution
) -> str:
    """Return who spoke in the sentence before, if that is no person: whom «it» goes on to quote."""
    if not before.source or not before.speaker:
        return ""
    numbers = [bisect_right(starts, item.source[0][0]) - 1 for item in (before, attribution)]
    near = 0 <= numbers[1] - numbers[0] <= 2
    same = cast.sentences[numbers[0]].paragraph == cast.sentences[numbers[1]].paragraph
    people = {person.name for person in cast.people.all if person.person}
    last = before.speaker.split()[-1]
    several = last.endswith("s") or last.lower() in ROLES
    body = before.speaker not in people and (not several or last.isupper())
    return before.speaker if near and same and body else ""

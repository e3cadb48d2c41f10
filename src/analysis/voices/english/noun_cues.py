"""Reports without a verb: «her claim that …», «in Ms Moss's view, …», «to Mr Hale, it is "…"»."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from analysis.voices.english.clauses import spans, trim
from analysis.voices.english.cues import (
    AUXILIARIES,
    BE,
    BOUNDARIES,
    DETERMINERS,
    PREPOSITIONS,
    PRONOUNS,
    TIMES,
    VERB_FORMS,
    VERBS,
)
from analysis.voices.english.names import FEMALE, GROUPS, MALE, TITLES
from analysis.voices.english.openings import first_subject
from analysis.voices.english.phrases import noun_phrase
from analysis.voices.english.reporting import Range, Report, Span
from analysis.voices.english.right_side import END
from analysis.voices.english.sentences import Token
from analysis.voices.english.wordlist import words

NOUNS = words(
    """contention claim claims assertion assertions allegation allegations accusation accusations
    argument arguments suggestion suggestions insistence warning warnings statement statements
    remark remarks comment comments view views opinion belief conviction conclusion conclusions
    finding findings admission acknowledgement acknowledgment assurance assurances promise
    promises pledge vow threat threats prediction denial denials complaint complaints call calls
    demand demands description depiction characterisation characterization declaration
    observation assessment verdict ruling judgment judgement estimate fear fears concern concerns
    hope hopes theory position stance message explanation criticism question recommendation
    rejection dismissal condemnation endorsement defence defense plea plea appeal testimony quip
    joke boast slogan motto mantra catchphrase response reply answer retort charge"""
)
"""Nouns that report what somebody says or thinks."""

_OWNERS = words("his her its their")
_FRAMES = words(
    """view opinion words eyes judgment judgement estimation mind assessment reckoning telling
    account version book reading analysis"""
)
_ACCOUNTS = words("account admission telling reckoning estimate version")
_SIDES = words(
    """allies critics supporters opponents rivals friends admirers fans backers followers
    detractors colleagues aides enemies foes sceptics skeptics defenders boosters"""
)
_COPULA = words("is was are were be as like")
_ENDS = (AUXILIARIES | BOUNDARIES | VERBS.keys()) - {"to", "that", "like"}
_CLOSED = BOUNDARIES | PREPOSITIONS
_BEFORE_NOUNS = PREPOSITIONS | DETERMINERS
_COPULA_OR_ARTICLE = _COPULA | DETERMINERS

Edge = Callable[[Token], int]
"""What a parse knows of a noun: the character where the clause that hangs on it ends, or 0."""


def noun_cues(tokens: Sequence[Token], number: int, edge: Edge | None = None) -> list[Report]:
    """Return the reports of a sentence that hang on a noun or on an opening phrase.

    Parameters
    ----------
    tokens : sequence of Token
    number : int
        Of its sentence.
    edge : callable, optional
        Where a parse ends the clause of a noun; found by word order if not given.
    """
    found = [_frame(tokens, number)]
    found += [_own_account(tokens, number, at) for at in range(len(tokens) - 4)]
    found += [_aside(tokens, number, at) for at in range(1, len(tokens) - 5)]
    for at in range(1, len(tokens) - 1):
        if tokens[at].low in NOUNS and not tokens[at].capital:
            found.append(_of_noun(tokens, number, at, edge))
    return [report for report in found if report is not None]


def _of_noun(tokens: Sequence[Token], number: int, at: int, edge: Edge | None) -> Report | None:
    """Return the report of «X's claim that …» or «X's call for "…"»."""
    after = tokens[at + 1]
    if after.low in ("by", "from"):
        return _by_somebody(tokens, number, at, edge)
    owner = at - 1
    while owner > max(0, at - 3) and not _owns(tokens[owner]):
        if not tokens[owner].word or tokens[owner].low in _CLOSED:
            return None
        owner -= 1
    if not _owns(tokens[owner]):
        return None
    content: tuple[int, int] | None
    if after.low == "that":
        content = at + 1, _clause_end(tokens, at + 2, edge(tokens[at]) if edge else 0)
    else:
        content = _quotation_after(tokens, at)
    if content is None or content[0] >= content[1]:
        return None
    if tokens[owner].low in _OWNERS:
        source = (owner, owner + 1)
        opens = first_subject(tokens, owner) if tokens[content[0] - 1].text == ":" else None
        if opens is not None and tokens[opens[1]].low in BE:
            source = opens  # the board was firm in its findings: "..."
    else:
        phrase = noun_phrase(tokens, owner, 0)
        if phrase is None:
            return None
        source = _nearest(tokens, phrase)
    return Report(
        number,
        spans(tokens, [(at, at + 1)]),
        _owner(tokens, source),
        spans(tokens, [trim(tokens, *content)]),
        "noun",
    )


def _by_somebody(tokens: Sequence[Token], number: int, at: int, edge: Edge | None) -> Report | None:
    """Return the report of «a suggestion by Ann Moss that …»."""
    that = next(
        (n for n in range(at + 3, min(len(tokens) - 2, at + 10)) if tokens[n].low == "that"), 0
    )
    phrase = tokens[at + 2 : that]
    if not that or any(not token.word or _verbal(token) for token in phrase):
        return None
    content = that, _clause_end(tokens, that + 1, edge(tokens[at]) if edge else 0)
    if content[0] >= content[1]:
        return None
    return Report(
        number,
        spans(tokens, [(at, at + 1)]),
        spans(tokens, [(at + 2, that)]),
        spans(tokens, [trim(tokens, *content)]),
        "noun",
    )


def _nearest(tokens: Sequence[Token], phrase: Range) -> Range:
    """Return «the prosecutor» of «scorn in the gallery for the prosecutor»."""
    for at in range(phrase[1] - 2, phrase[0], -1):
        if tokens[at].low in PREPOSITIONS - {"of"}:
            return at + 1, phrase[1]
    return phrase


def _quotation_after(tokens: Sequence[Token], at: int) -> Range | None:
    """Return the quotation of «X's call for "…"», if nothing but its own phrase stands between."""
    for position in range(at + 1, min(len(tokens), at + 6)):
        token = tokens[position]
        if token.quote >= 0:
            return position, position + 1
        copula = position == at + 1 and token.low in ("is", "was")
        if not copula and (not (token.word or token.text in ",:") or token.low in _ENDS):
            return None
    return None


def _owner(tokens: Sequence[Token], source: tuple[int, int]) -> list[Span]:
    """Return the characters of an owner, without the ending that makes it one."""
    a, b = tokens[source[0]].start, tokens[source[1] - 1].end
    low = tokens[source[1] - 1].low
    return [(a, b - 2 if low.endswith("'s") else b - 1 if low.endswith("s'") else b)]


def _owns(token: Token) -> bool:
    return token.low in _OWNERS or (token.word and token.low.endswith(("'s", "s'")))


def _clause_end(tokens: Sequence[Token], begin: int, edge: int) -> int:
    """Return where «that …» after a noun ends: before the verb of the noun's own clause."""
    if edge:
        end = begin
        while end < len(tokens) and tokens[end].end <= edge:
            end += 1
        if begin < end < len(tokens) and tokens[end].quote >= 0:
            end += 1
        if end > begin:
            return end
    verbs, inner = 0, 0
    for position in range(begin, len(tokens)):
        token = tokens[position]
        before = tokens[position - 1]
        if token.text in END or token.text in ";,":
            return position
        if token.low in ("that", "which", "who", "because", "if", "when", "while"):
            inner += 1
        if token.low in ("and", "but", "or"):
            inner += 1
        finite = (
            token.word
            and not token.capital
            and (
                (token.low in AUXILIARIES and token.low not in ("to", "not", "never", "be", "been"))
                or token.low in VERB_FORMS
                or (token.low in VERBS and VERBS[token.low].form in ("past", "third"))
                or (token.low.endswith("ed") and before.low not in DETERMINERS)
            )
        )
        grouped = before.low in AUXILIARIES or before.low in ("not", "never")
        if finite and not grouped:
            verbs += 1
            if verbs > 1 + inner and before.low not in _BEFORE_NOUNS:
                return position
    return len(tokens)


def _holds_view(tokens: Sequence[Token], named: int, comma: int) -> bool:
    """Say whether «To Ann Moss, a lawyer, the plan is …» gives what a person thinks it is."""
    lows = [token.low for token in tokens[1:named]]
    person = lows[0].rstrip(".") in TITLES or lows[0] in MALE or lows[0] in FEMALE
    if not (person or lows[-1] in GROUPS):
        return False
    for at in range(comma + 1, min(len(tokens) - 1, comma + 8)):
        if tokens[at].low in ("is", "was", "are", "were"):
            return at > comma + 1
        if not tokens[at].word or tokens[at].low in AUXILIARIES | BOUNDARIES:
            return False
    return False


def _aside(tokens: Sequence[Token], number: int, at: int) -> Report | None:
    """Return the report of «it is, in the words of Ann Moss, "a trap"»."""
    if [token.low for token in tokens[at : at + 4]] != ["in", "the", "words", "of"]:
        return None
    end = next((n for n in range(at + 4, len(tokens)) if tokens[n].text == ","), 0)
    after = next((n for n in range(end, min(len(tokens), end + 4)) if tokens[n].quote >= 0), 0)
    if not at or tokens[at - 1].text != "," or not end or not after:
        return None
    source, content = spans(tokens, [(at + 4, end)]), spans(tokens, [(after, after + 1)])
    return Report(number, spans(tokens, [(at, at + 4)]), source, content, "opening phrase")


def _own_account(tokens: Sequence[Token], number: int, at: int) -> Report | None:
    """Return the report of «by her own account, Ann Moss had …», before or after her name."""
    if tokens[at].low not in ("by", "on") or tokens[at + 1].low not in _OWNERS:
        return None
    if tokens[at + 2].low != "own" or tokens[at + 3].low not in _ACCOUNTS:
        return None
    end = at + 4
    comma = end < len(tokens) and tokens[end].text == ","
    if not comma or (at and tokens[at - 1].text != ","):
        return None
    begin = 0 if at else end + 1
    last = begin
    while last < len(tokens) and tokens[last].word and not _verbal(tokens[last]):
        last += 1
    if last == begin or tokens[begin].low in PRONOUNS:
        last = begin + 1
    content = trim(tokens, end + 1, len(tokens))
    if last >= len(tokens) or content[0] >= content[1]:
        return None
    cue, source = spans(tokens, [(at, end)]), spans(tokens, [(begin, last)])
    return Report(number, cue, source, spans(tokens, [content]), "opening phrase")


def _verbal(token: Token) -> bool:
    return token.low in AUXILIARIES or token.low in VERB_FORMS or token.low in VERBS


def _frame(tokens: Sequence[Token], number: int) -> Report | None:
    """Return the report of «In X's view, …», «In the words of X, …», «To X, it is "…"»."""
    comma = next((at for at, token in enumerate(tokens[:14]) if token.text == ","), 0)
    if comma < 2 or comma + 2 >= len(tokens):
        return None
    first, named = tokens[0].low, comma
    if first in ("to", "for") and tokens[comma + 1].low in ("a", "an", "the"):
        ahead = range(comma + 2, min(len(tokens) - 2, comma + 12))
        comma = next((at for at in ahead if tokens[at].text == ","), comma)
    content = trim(tokens, comma + 1, len(tokens))
    source = None
    if (
        first in ("in", "by", "on")
        and tokens[comma - 1].low in _FRAMES
        and _owns(tokens[comma - 2])
    ):
        source = (1, comma - 1)
    elif (
        first == "in"
        and comma > 4
        and tokens[1].low == "the"
        and tokens[2].low in _FRAMES
        and tokens[3].low == "of"
    ):
        source = (4, comma)
    elif first in ("to", "for") and (
        any(t.quote >= 0 for t in tokens[comma + 1 :]) or _holds_view(tokens, named, comma)
    ):
        plain = all(
            token.word
            and token.low not in VERBS
            and token.low not in TIMES
            and token.low not in PREPOSITIONS - {"of", "in", "at", "from"}
            and not token.text[0].isdigit()
            for token in tokens[1:named]
        )
        told = tokens[named - 1].capital or tokens[1].low in ("many", "some", "critics", "most")
        told = told or tokens[named - 1].low in GROUPS or tokens[named - 1].low in _SIDES
        subject = tokens[comma + 1].low
        plain = plain and subject != "according"
        same = subject in PRONOUNS - {"it", "they", "this"}
        if plain and told and not same:
            source = (1, named)
    if source is None or source[0] >= source[1] or content[0] >= content[1]:
        return None
    verbs = [
        t
        for before, t in pairwise(tokens[comma:])
        if t.low in VERBS and VERBS[t.low].clause and before.low not in DETERMINERS
    ]
    copula = any(
        t.quote >= 0 and before.low in _COPULA_OR_ARTICLE
        for before, t in pairwise(tokens[comma + 1 :])
    )
    copula = copula or _holds_view(tokens, named, comma)
    if first in ("to", "for") and (verbs or not copula):
        return None
    return Report(
        number,
        spans(tokens, [(0, 1)]),
        _owner(tokens, source),
        spans(tokens, [content]),
        "opening phrase",
    )

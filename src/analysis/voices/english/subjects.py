"""Subjects that reach farther back than the noun phrase before their verb."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.voices.english.cues import (
    AUXILIARIES,
    DETERMINERS,
    PREPOSITIONS,
    SAYING,
    TIMES,
    VERB_FORMS,
    VERBS,
)
from analysis.voices.english.insertions import DASHES
from analysis.voices.english.names import ROLES
from analysis.voices.english.phrases import noun_phrase
from analysis.voices.english.reporting import Range
from analysis.voices.english.sentences import Token
from analysis.voices.english.word_classes import VERBS as COMMON_VERBS
from analysis.voices.english.wordlist import words

_DONE = words(
    "sent written made left found seen shown given sold built held kept put hung stuck set"
)
QUOTING = words("quotes quoted quoting cites cited citing")
LONGEST_QUOTED = 24
"""Words from «quoted» to «as saying», with what stands beside the name between commas."""
_SPENT = words("spent spend spends spending")
_MOVES = words(
    """prompt prompts prompted lead leads led force forces forced cause causes caused compel compels
    compelled inspire inspired move moved drive drove push pushed encourage encouraged prompting
    leading forcing"""
)
_RELATIVE = words("who which that whose whom")
_LONGEST = 12
"""Words from a participle to the end of what hangs on it, before the verb of its noun."""
_AND = words("and but yet so then")
_WHEN = words(
    """monday tuesday wednesday thursday friday saturday sunday yesterday today january february
    march april june july august september october november december week month year"""
)
_HAVE = words("have has had")
_WOULD = words("would 'd")


def absolute(tokens: Sequence[Token], comma: int) -> Range | None:
    """Return «its head, Ann Moss» of «…, with its head, Ann Moss, saying that …»."""
    if tokens[comma].text != ",":
        return None
    for at in range(comma - 1, max(0, comma - 12), -1):
        token = tokens[at]
        if token.low == "with" and tokens[at - 1].text == ",":
            return at + 1, comma
        verbal = token.low in AUXILIARIES or (token.low in VERBS and not token.capital)
        if verbal or not (token.word or token.text == ","):
            return None
    return None


def sayer(tokens: Sequence[Token], begin: int) -> Range | None:
    """Return «the paper» of «the paper had this to say» and of «what the paper had to say»."""
    at = begin - 1
    if at > 1 and tokens[at].low in ("this", "that", "following", "something"):
        at -= 2 if tokens[at - 1].low == "the" else 1
        return noun_phrase(tokens, at - 1, 0) if tokens[at].low in _HAVE else None
    if at > 0 and tokens[begin].low in _HAVE and tokens[begin + 1].low == "to":
        return noun_phrase(tokens, at, 0) if tokens[at].word else None
    return None


def moved(tokens: Sequence[Token], begin: int) -> Range | None:
    """Return «the firm» of «the leak prompted the firm to say»."""
    if tokens[begin].low != "to":
        return None
    end = begin - 1 if tokens[begin - 1].text == "," else begin
    for at in range(end - 1, max(0, end - 10), -1):
        if tokens[at].low in _MOVES and not tokens[at].capital:
            return (at + 1, end) if at + 1 < end else None
        if not (tokens[at].word or tokens[at].text == ",") or tokens[at].low in AUXILIARIES:
            return None
    return None


def narrowed(tokens: Sequence[Token], subject: Range) -> Range:
    """Return who speaks without what only opens the sentence, or the verb of a clause before.

    «In her speech on Friday Mrs Moss», «this week the chair», «was set up after a suit filed by
    campaigners that», «no time to».
    """
    begin, end = subject
    while end - 1 > begin and tokens[end - 1].low == "to":
        end -= 1
    opening = begin and all(item.low in PREPOSITIONS or item.low in _AND for item in tokens[:begin])
    if opening:
        for at in range(end - 2, begin - 1, -1):
            after = tokens[at + 1]
            if (tokens[at].low in _WHEN or tokens[at].text.isdigit()) and _opens_name(after):
                return at + 1, end
    short = begin + 2 < end and tokens[begin].low in ("this", "last", "next")
    if short and tokens[begin + 1].low in TIMES and _opens_name(tokens[begin + 2]):
        return begin + 2, end
    if begin and tokens[begin - 1].low in AUXILIARIES and _verbal(tokens[begin]):
        for at in range(end - 2, begin, -1):
            if tokens[at].low in PREPOSITIONS and tokens[at].low != "of":
                return at + 1, end
    return begin, end


def _opens_name(token: Token) -> bool:
    """Say whether a word begins a name or a noun phrase with an article."""
    named = token.capital and token.low not in TIMES
    return token.word and (named or token.low in ("the", "a", "an", "his", "her", "its"))


def _verbal(token: Token) -> bool:
    """Say whether a word after an auxiliary is its verb rather than a noun."""
    if token.capital or not token.word or token.low in DETERMINERS:
        return False
    return token.low in VERB_FORMS or token.low in COMMON_VERBS or token.low.endswith("ed")


def of_which(tokens: Sequence[Token], subject: Range | None) -> bool:
    """Say whether a subject belongs to a relative clause: «…, one of which concluded»."""
    a, b = subject or (0, 0)
    inner = range(a + 1, min(len(tokens), b + 1))
    return any(tokens[n].low in ("which", "whom") and tokens[n - 1].low == "of" for n in inner)


def between_dashes(tokens: Sequence[Token], dash: int) -> tuple[int, int] | None:
    """Return the subject before «– who lost –» that ends at a dash."""
    back = dash - 1
    while back > 0 and tokens[back].text != tokens[dash].text and dash - back < 40:
        back -= 1
    if back <= 0 or tokens[back].text != tokens[dash].text:
        return None
    found = noun_phrase(tokens, back - 1, 0)
    if found is not None and found[0] > 1 and tokens[found[0] - 1].text == ",":
        named = noun_phrase(tokens, found[0] - 2, 0)
        if named is not None and tokens[named[1] - 1].capital:
            found = named
    return (found[0], dash) if found else None


def after_name(tokens: Sequence[Token], near: Range | None) -> Range | None:
    """Return «Ann Moss, head of the trust» where no comma stands after the second part."""
    if near is None or near[0] < 2 or tokens[near[0] - 1].text != ",":
        return near
    if tokens[near[0]].low not in ROLES or tokens[near[0]].capital:
        return near
    named = noun_phrase(tokens, near[0] - 2, 0)
    whole = named is not None and (named[0] == 0 or tokens[named[0] - 1].quote >= 0)
    if named is None or not whole or not tokens[named[1] - 1].capital:
        return near
    return named[0], near[1]


def before_participle(tokens: Sequence[Token], near: Range | None) -> Range | None:
    """Return «a leaflet» of «a leaflet pushed through doors in Hull», before its verb."""
    if near is None or near[0] < 4:
        return None
    before = tokens[near[0] - 1].low
    if before not in PREPOSITIONS and not before.endswith("ing"):
        return None
    for at in range(near[0] - 2, max(0, near[0] - _LONGEST), -1):
        done = tokens[at]
        if not done.word or done.low in AUXILIARIES - {"to"} or done.low in _RELATIVE:
            return None
        if done.capital or not (done.low.endswith("ed") or done.low in _DONE):
            continue
        whole = noun_phrase(tokens, at - 1, 0)
        if whole is None or tokens[whole[0]].low not in ("a", "an", "the", "another", "one"):
            return None
        opens = not whole[0] or (tokens[whole[0] - 1].text == "," and _opening(tokens, whole[0]))
        return whole if opens else None
    return None


def _opening(tokens: Sequence[Token], stop: int) -> bool:
    """Say whether what stands before a place only opens a sentence: «On Monday,»."""
    led = tokens[0].low in PREPOSITIONS or tokens[0].low in TIMES
    return led and not any(item.low in AUXILIARIES for item in tokens[:stop])


def causer(tokens: Sequence[Token], near: Range | None) -> Range | None:
    """Return «Mr Hale» of «Mr Hale would have the council believe», whose belief is his claim."""
    at = near[0] - 1 if near is not None else 0
    if at < 2 or tokens[at].low not in _HAVE or tokens[at - 1].low not in _WOULD:
        return None
    return noun_phrase(tokens, at - 2, 0)


def before_saying(tokens: Sequence[Token], begin: int) -> Range | None:
    """Return whose saying it is: «quotes Ann Moss as saying», «Ann Moss spent a week saying»."""
    last = begin - 2 if tokens[begin - 1].low == "as" else begin - 1
    if tokens[last].low in QUOTING:
        return noun_phrase(tokens, _auxiliary(tokens, last) - 1, 0)  # was quoted as saying
    if tokens[last].text == "," and last < begin - 1:
        # The paper quotes Ann Moss, head of the trust, as saying.
        for at in range(last - 1, max(-1, last - LONGEST_QUOTED), -1):
            if tokens[at].low in QUOTING:
                comma = next(n for n in range(at, last + 1) if tokens[n].text == ",")
                whom = noun_phrase(tokens, _auxiliary(tokens, at) - 1, 0)
                return (at + 1, comma) if at + 1 < comma else whom
    found = noun_phrase(tokens, last, 0)
    for at in range(*found) if found is not None else ():
        if tokens[at].low in QUOTING and at + 1 < last + 1:
            return at + 1, last + 1
        if tokens[at].low in _SPENT and at > 0 and found is not None:
            return noun_phrase(tokens, _auxiliary(tokens, at) - 1, 0)
    if found is not None and found[0] > 1 and tokens[found[0] - 1].low in _SPENT:
        return noun_phrase(tokens, _auxiliary(tokens, found[0] - 1) - 1, 0)
    return found


def _auxiliary(tokens: Sequence[Token], at: int) -> int:
    while at > 0 and tokens[at - 1].low in AUXILIARIES:
        at -= 1
    return at


def after_preposition(tokens: Sequence[Token], near: Range) -> Range:
    """Return «Ann Moss» of «a letter from Ann Moss», before «who»."""
    for at in range(near[1] - 2, near[0], -1):
        if tokens[at].low in ("from", "to", "by", "with", "against", "on", "about", "between"):
            return at + 1, near[1]
    return near


def paper_before(tokens: Sequence[Token], last: int) -> int | None:
    """Return where «a study by Ann Moss, of the trust,» begins, whatever ends before «which»."""
    for at in range(last, -1, -1):
        token = tokens[at]
        if token.low in SAYING and tokens[at + 1].low in ("by", "from", "of"):
            found = noun_phrase(tokens, at, 0)
            return found[0] if found is not None else None
        if token.quote >= 0 or token.text in (";", ":", *DASHES) or token.low in AUXILIARIES:
            return None
        if token.low in VERBS and not token.capital and token.low not in SAYING:
            return None
    return None

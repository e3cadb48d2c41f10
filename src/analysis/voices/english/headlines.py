"""Headlines that report: «X: what X says», «…, says X», «… – X»."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911
from __future__ import annotations

from collections.abc import Collection, Sequence

from analysis.voices.english.clauses import spans, trim
from analysis.voices.english.cues import (
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    NOUN_TOO,
    PREPOSITIONS,
    VERB_FORMS,
    VERBS,
)
from analysis.voices.english.insertions import DASHES
from analysis.voices.english.names import BODY_WORDS, FEMALE, GROUPS, MALE, ROLES, TITLES
from analysis.voices.english.reporting import Report
from analysis.voices.english.right_side import END
from analysis.voices.english.sentences import Token
from analysis.voices.english.word_classes import VERBS as COMMON_VERBS
from analysis.voices.english.wordlist import words

LABELS = words(
    """analysis watch live opinion exclusive explainer explained video breaking review editorial
    comment update updated listen read profile interview podcast timeline gallery picture
    pictures revealed obituary correction letter letters fact factbox background brief briefing
    preview recap transcript photos photo audio quiz column leader feature special investigation
    focus insight views news blog q a p.s note notes warning"""
)
"""Words before a colon that say what kind of piece follows, not who speaks."""

_LONGEST, _FEW = 8, 5
_SMALL = PREPOSITIONS | BOUNDARIES | DETERMINERS
"""Words that headlines in capitals leave small."""


def titled(tokens: Sequence[Token]) -> bool:
    """Say whether a sentence is written with a capital on most words, as some headlines are."""
    longer = [
        token for token in tokens if token.word and len(token.text) > 2 and token.low not in _SMALL
    ]
    return sum(token.capital for token in longer) >= 0.85 * len(longer)


def headline(
    tokens: Sequence[Token], number: int, known: Collection[str], *, first: bool
) -> Report | None:
    """Return the report of a headline, if it is one.

    Parameters
    ----------
    tokens : sequence of Token
    number : int
        Of its sentence.
    known : collection of str
        Words, lower case, of names that speak elsewhere in the text.
    first : bool
        Whether it is the first paragraph; another has to end in a quotation.
    """
    for at in range(1, min(len(tokens) - 1, _LONGEST)):
        token = tokens[at]
        if token.text == ":":
            after = _before_colon(tokens, number, at, known)
            return after or (_after_colon(tokens, number, at) if first else None)
        if not token.word and token.quote < 0:
            break
    return _at_the_end(tokens, number) if first else None


def _before_colon(
    tokens: Sequence[Token], number: int, at: int, known: Collection[str]
) -> Report | None:
    end = at
    for position in range(1, at):
        if tokens[position].low in ("on", "over", "about", "after", "amid"):
            end = min(end, position)
    a, b = trim(tokens, at + 1, len(tokens))
    if a >= b or not _voice(tokens[:end], known):
        return None
    if any(_reports(item) or item.low in VERB_FORMS for item in tokens[:at] if not item.capital):
        return None
    return Report(
        number,
        [(tokens[at].start, tokens[at].end)],
        spans(tokens, [(0, end)]),
        spans(tokens, [(a, b)]),
        "headline",
    )


def _after_colon(tokens: Sequence[Token], number: int, at: int) -> Report | None:
    """Return the report of «‘We were watched’: nurses on the scheme»."""
    end = next(
        (n for n in range(at + 2, len(tokens)) if tokens[n].low in PREPOSITIONS), len(tokens)
    )
    a, b = trim(tokens, at + 1, end)
    several = tokens[a].low in GROUPS or tokens[a].low.endswith("s")
    if b - a == 2 and several and COMMON_VERBS.get(tokens[a + 1].low) in ("VB", "VBP", "VBD"):
        b = a + 1  # ‘It was a trap’: parents turn on the mayor
    telling = (n for n in range(a + 1, b) if _tells(tokens[n]))
    b = next(telling, b)  # ‘It was a trap’: nurse tells inquiry
    if tokens[at - 1].quote < 0 or not 0 < b - a < _LONGEST or _verbal(tokens[a:b]):
        return None
    several = end < len(tokens) and tokens[b - 1].low.endswith("s") and b - a < _FEW
    if not (several or _voice(tokens[a:b], ())):
        return None
    return _made(tokens, number, at, at + 1, (a, b))


def _tells(token: Token) -> bool:
    verb = VERBS.get(token.low)
    return verb is not None and verb.form == "third" and verb.clause and not token.capital


def _reports(token: Token) -> bool:
    """Say whether a word before the colon is a verb of its own: «Ann Moss told the court: …»."""
    verb = VERBS.get(token.low)
    return verb is not None and verb.form in ("past", "third") and token.low not in NOUN_TOO


def _voice(phrase: Sequence[Token], known: Collection[str]) -> bool:
    """Say whether a phrase may name somebody who speaks."""
    head = phrase[-1].low.rstrip(".").removesuffix("'s")
    titled_role = len(phrase) > 1 and head in ROLES
    if (
        (head in LABELS and not titled_role)
        or phrase[0].low in LABELS
        or phrase[0].low in PREPOSITIONS
    ):
        return False
    if head in VERBS and head not in ROLES and head not in GROUPS and not phrase[-1].capital:
        return False
    if head in ROLES or head in GROUPS or head.removesuffix("s") in ROLES or head in BODY_WORDS:
        return True
    if not phrase[-1].capital:
        return False
    lows = [item.low for item in phrase]
    if head in known or (len(lows) > 1 and (lows[0] in MALE or lows[0] in FEMALE)):
        return True
    if lows[0].rstrip(".") in TITLES and len(lows) > 1:
        return True
    letters = phrase[-1].text
    return 1 < len(letters) <= 5 and letters.rstrip("s").isupper()


def _at_the_end(tokens: Sequence[Token], number: int) -> Report | None:
    """Return the report of «Law is weak, says spy chief» or «Law is weak – minister»."""
    stop = len(tokens)
    while stop and tokens[stop - 1].text in END:
        stop -= 1
    for at in range(stop - 2, max(0, stop - _LONGEST), -1):
        token = tokens[at]
        if token.text in DASHES and token.text != "-":
            if _voice(tokens[at + 1 : stop], ()) and not _verbal(tokens[at + 1 : stop]):
                return _made(tokens, number, at, at + 1, (at + 1, stop))
            return None
        if not token.word and token.text not in "’'%":
            if token.text == "," and _closing_verb(tokens, at, stop):
                return _made(tokens, number, at, at + 1, (at + 1, stop - 1))
            if token.text == "," and (told := _telling(tokens, at, stop)):
                return _made(tokens, number, at, at + 1, (at + 1, told))
            verb = VERBS.get(tokens[at + 1].low) if token.text == "," else None
            tail = tokens[at + 2 : stop]
            if verb is None or not verb.clause or not tail or tail[0].low in PREPOSITIONS:
                return None
            named = _voice(tail, ()) or all(item.capital for item in tail)
            addressed = verb.hearer and verb.lemma not in ("warn", "caution", "advise", "remind")
            if verb.form not in ("third", "past", "base") or addressed or not named:
                return None
            if _verbal(tail):
                return None
            return _made(tokens, number, at, at + 2, (at + 2, stop))
    return None


def _telling(tokens: Sequence[Token], comma: int, stop: int) -> int:
    """Return the verb of «, minister tells MPs» at the end of a headline, or 0."""
    for at in range(comma + 2, stop - 1):
        if tokens[at].low in ("tells", "told", "assures", "reminds"):
            between, hearer = tokens[comma + 1 : at], tokens[at + 1 : stop]
            short = len(hearer) < _FEW and all(item.word for item in hearer)
            named = _voice(between, ()) or all(item.capital for item in between)
            return at if short and named and not _verbal([*between, *hearer]) else 0
    return 0


def _closing_verb(tokens: Sequence[Token], comma: int, stop: int) -> bool:
    """Say whether «, minister admits» ends a headline."""
    verb = VERBS.get(tokens[stop - 1].low)
    if stop - comma < 3 or verb is None or not verb.clause or tokens[stop - 1].low == "told":
        return False  # a court that is told does not speak
    between = tokens[comma + 1 : stop - 1]
    return verb.form in ("third", "base", "past") and _voice(between, ()) and not _verbal(between)


def _verbal(phrase: Sequence[Token]) -> bool:
    return any(item.low in AUXILIARIES or item.low in VERB_FORMS for item in phrase)


def _made(
    tokens: Sequence[Token], number: int, end: int, after: int, source: tuple[int, int]
) -> Report | None:
    a, b = trim(tokens, 0, end)
    if a >= b:
        return None
    cue = (tokens[end].start, tokens[after - 1].end)
    return Report(number, [cue], spans(tokens, [source]), spans(tokens, [(a, b)]), "headline")

"""What stands within a name or a verb group: nicknames, «however», «at least»."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.voices.english.cues import AUXILIARIES, BOUNDARIES, VERB_FORMS, VERBS
from analysis.voices.english.reporting import Clause
from analysis.voices.english.sentences import Token
from analysis.voices.english.word_classes import VERBS as COMMON_VERBS
from analysis.voices.english.wordlist import words

DASHES = frozenset(["—", "–", "--", "-"])
_INSERTED = words(
    """however though of course at least for example instance in fact indeed too then moreover again
    nevertheless nonetheless still meanwhile therefore apparently once the time turn part too"""
)

_LONGEST_INSERTION = 8


def before_insertion(tokens: Sequence[Token], begin: int) -> int:
    """Return the place after the auxiliary of «did, however, say» or «did at least say», or 0."""
    at = begin - 1
    commas = tokens[at].text == ","
    if commas:
        return _between_commas(tokens, at)
    words_between = 0
    while at > 0 and tokens[at].low in _INSERTED and words_between < 4:
        at -= 1
        words_between += 1
    return at + 1 if words_between and at > 0 and tokens[at].low in AUXILIARIES - {"to"} else 0


def _between_commas(tokens: Sequence[Token], comma: int) -> int:
    """Return the place after the auxiliary of «has, to be fair, admitted», or 0."""
    for at in range(comma - 1, max(1, comma - _LONGEST_INSERTION), -1):
        if tokens[at].text == ",":
            back = at - 2 if tokens[at - 1].low in _SOONER else at - 1
            helping = back >= 0 and tokens[back].low in AUXILIARIES - {"to", "not", "never"}
            return back + 1 if helping and at < comma - 1 else 0
        if not tokens[at].word:
            return 0
    return 0


def nickname(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a quotation is the nickname of «Robert "Bob" Ward»."""
    token = tokens[at]
    return (
        token.quote >= 0
        and 0 < at < len(tokens) - 1
        and token.end - token.start < 16
        and token.low[1:2].isupper()
        and tokens[at - 1].capital
        and tokens[at + 1].capital
        and tokens[at + 1].start - token.end <= 1
        and token.start - tokens[at - 1].end <= 1
    )


def inserted_end(tokens: Sequence[Token], clause: Clause) -> int:
    """Return where a relative clause set off by commas or dashes ends, else the sentence's end."""
    if clause.subject is None or clause.subject[1] >= len(tokens):
        return len(tokens)
    relative = clause.subject[1] - 1
    opening = tokens[relative - 1] if relative else None
    if opening is None or tokens[relative].low not in ("who", "which"):
        return len(tokens)
    if opening.text != "," and opening.text not in DASHES:
        return len(tokens)
    for position in range(clause.at + 1, len(tokens) - 1):
        after = tokens[position + 1]
        closes = tokens[position].text == opening.text
        if closes and (after.low in AUXILIARIES or after.low in VERBS or after.low in VERB_FORMS):
            return position
    return len(tokens)


def medial(tokens: Sequence[Token], clauses: Sequence[Clause], stop: int) -> Clause | None:
    """Return «Were it built, Mr Hale told MPs, he would leave» as Mr Hale's, the whole of it.

    The clause stands between two commas, after words that are no sentence of their own, and no
    quotation stands in the sentence.
    """
    if any(token.quote >= 0 for token in tokens):
        return None
    for clause in clauses:
        if clause.how != "finite" or clause.joined or clause.subject is None:
            continue
        edge = clause.subject[0] if clause.rule != "inverted" else clause.begin
        end = clause.at if clause.rule != "inverted" else clause.subject[1] - 1
        opened = edge > 1 and tokens[edge - 1].text == "," and clause.verb.clause
        comma = next((n for n in range(end + 1, min(stop, end + 6)) if tokens[n].text == ","), 0)
        if not opened or not comma or comma + 2 >= stop:
            continue
        if any(tokens[n].low in GOES_ON for n in (comma + 1, *range(clause.at + 1, comma))):
            continue
        cut = tokens[comma + 1].low in _CUT
        if (tokens[0].low in _OPENING or cut) and _opens(tokens, clause, edge, comma):
            clause.content = [(0, edge - 1), (comma + 1, stop)]
            return clause
    return None


def _opens(tokens: Sequence[Token], clause: Clause, edge: int, comma: int) -> bool:
    """Say whether no comma but that before who speaks stands in what opens a sentence."""
    one = all(token.text != "," for token in tokens[: edge - 1])
    first = edge if clause.rule == "inverted" else clause.begin
    return one and all(token.word for token in tokens[first:comma])


def parenthetical_end(tokens: Sequence[Token], clause: Clause, left: tuple[int, int]) -> int:
    """Return where «X, Ann Moss said in court, is Y» goes on, or 0."""
    if left[0] != 0 or left[1] - left[0] > 8 or tokens[left[1]].text != ",":
        return 0
    for position in range(clause.at + 1, min(len(tokens) - 1, clause.at + 10)):
        token = tokens[position]
        if token.text == ",":
            after = tokens[position + 1].low
            verbal = after in AUXILIARIES or after in VERB_FORMS or after in COMMON_VERBS
            return position + 1 if verbal else 0
        if not token.word or token.low in AUXILIARIES or token.low in BOUNDARIES:
            return 0
    return 0


_OPENING = words("were had should if unless until once whenever whatever wherever why how")
_SOONER = words("earlier already also previously later")
_CUT = words("than nor rather not")
"""Words that only go on with a sentence somebody is inserted into."""
GOES_ON = words("that and but or who which whose to what whether")
"""Words after which a report goes on in another way."""

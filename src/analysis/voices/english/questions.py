"""Questions put to a speaker («Asked whether …, Mr Hale said»), statements after a label."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from analysis.voices.english.clauses import spans, trim
from analysis.voices.english.cues import AUXILIARIES, PREPOSITIONS, VERB_FORMS, VERBS
from analysis.voices.english.names import BODY_WORDS, ROLES
from analysis.voices.english.reporting import Report
from analysis.voices.english.sentences import Sentence, Token
from analysis.voices.english.wordlist import words

_PUT = words("asked pressed questioned quizzed challenged")
_OPENS = words("whether if why how what when who about")
_SHORT_ANSWER = words(
    "did didn't does doesn't do don't was wasn't is isn't were weren't had not yes no"
)
_FIRST_PERSON = frozenset(["We", "I", "Our", "We’re", "We're", "I’m", "I'm"])
_LONGEST_LABEL = 7


def question(tokens: Sequence[Token], number: int) -> Report | None:
    """Return what was asked in «Asked (by X) whether …, Y said (that) it did».

    It is X's, where the text says who asked, unless Y answers it in so few words that it is what
    Y says yes or no to.
    """
    if tokens[0].low not in _PUT:
        return None
    opens = next((n for n in range(1, min(12, len(tokens))) if tokens[n].low in _OPENS), 0)
    comma = next((n for n in range(opens, len(tokens)) if tokens[n].text == ","), 0)
    if not opens or comma <= opens + 1:
        return None
    said = next(
        (
            n
            for n in range(comma + 1, len(tokens))
            if tokens[n].low in VERBS and not tokens[n].capital
        ),
        0,
    )
    answer = [token.low for token in tokens[said + 1 :] if token.word]
    source = None
    if said and 0 < len(answer) <= 5 and answer[-1] in _SHORT_ANSWER:
        source = (comma + 1, said)
    elif tokens[1].low == "by" and opens > 2:
        source = (2, opens)
    if source is None:
        return None
    return Report(
        number,
        spans(tokens, [(0, 1)]),
        spans(tokens, [trim(tokens, *source)]),
        spans(tokens, [trim(tokens, opens, comma)]),
        "question",
    )


def statement(tokens: Sequence[Token], number: int) -> Report | None:
    """Return the statement of «Home Office spokesperson We are pleased …», marks left out."""
    for at in range(1, min(len(tokens) - 2, _LONGEST_LABEL)):
        token, before = tokens[at], tokens[at - 1]
        if token.text in _FIRST_PERSON and tokens[at + 1].word:
            role = before.low in ROLES or (before.capital and before.low in BODY_WORDS)
            if not role:
                return None
            return Report(
                number,
                [],
                spans(tokens, [(0, at)]),
                spans(tokens, [trim(tokens, at, len(tokens))]),
                "statement",
            )
        verbal = (
            token.low in AUXILIARIES
            or token.low in VERB_FORMS
            or token.low in PREPOSITIONS - {"of", "for"}
        )
        if not token.word or verbal:
            return None
    return None


def under_label(sentences: Sequence[Sentence], number: int) -> Report | None:
    """Return the statement that stands under a line that only names who makes it.

    «Ministry spokesperson», «Statement from the firm», and in the next paragraph what they say.
    """
    if not number or len(sentences[number - 1].tokens) > _LONGEST_LABEL + 2:
        return None
    label, tokens = sentences[number - 1].tokens, sentences[number].tokens
    alone = number < 2 or sentences[number - 2].paragraph != sentences[number - 1].paragraph
    if not alone or tokens[0].quote >= 0 or not all(item.word for item in label[:-1]):
        return None
    if not (label[-1].word or label[-1].text == ":") or tokens[-1].text not in (".", "!", "?"):
        return None
    lows = [item.low for item in label]
    stated = lows[0] == "statement" and lows[1:2] in (["by"], ["from"], ["of"])
    if any(low in VERB_FORMS or low in AUXILIARIES for low in lows):
        return None
    if not stated and not any(low.startswith("spokes") for low in lows):
        return None
    first = 2 if stated else 0
    source = trim(label, first, len(label))
    whole = trim(tokens, 0, len(tokens))
    return Report(number, [], spans(label, [source]), spans(tokens, [whole]), "statement")


def questioned(sentences: Sequence[Sentence]) -> bool:
    """Say whether a text has paragraphs that open with «Q.» and others with «A.»."""
    opens = set()
    for before, sentence in pairwise((None, *sentences)):
        if sentence is not None and (before is None or before.paragraph != sentence.paragraph):
            opens |= {_letter(sentence)}
    return {"Q", "A"} <= opens


def _letter(sentence: Sentence) -> str:
    tokens = sentence.tokens
    marked = len(tokens) > 1 and tokens[1].text in (".", ":")
    return tokens[0].text.rstrip(".") if marked or tokens[0].text in ("Q.", "A.") else ""


def answer(sentences: Sequence[Sentence], number: int, *, asks: bool) -> Report | None:
    """Return what stands after «Q.» or «A.», where a text has both."""
    if not asks or _letter(sentences[number]) not in ("Q", "A"):
        return None
    tokens = sentences[number].tokens
    begin = 1 if tokens[0].text.endswith(".") or len(tokens) < 2 else 2
    whole = trim(tokens, begin, len(tokens))
    source = [(tokens[0].start, tokens[0].start + 1)]
    return Report(number, [], source, spans(tokens, [whole]), "statement")

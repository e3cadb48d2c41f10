"""Paragraphs cut into sentences of tokens, each quotation folded into one token."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911
from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analysis.voices.english.cues import VERBS
from analysis.voices.english.wordlist import words
from analysis.voices.quotation_marks import Quotation, blank_tags, paragraphs

_TOKEN = re.compile(
    r"[A-Z]-[A-Z]\.[A-Z]\b\.?|[A-Z]-[A-Z][a-z]+\.|(?:[A-Za-z]\.){2,}(?:-\w+)?"
    r"|(?:Mr|Mrs|Ms|Mx|Dr|Sen|Sens|Rep|Reps|Gov|Govs|Gen|Lt|Col|Sgt|Capt|Maj|Adm|Prof|Rev|Hon|Pres"
    r"|St|Jr|Sr|vs|Inc|Corp|Co|Ltd|No|Jan|Feb|Mar|Apr|Aug|Sept|Sep|Oct|Nov|Dec|Ala|Ariz|Ark|Calif"
    r"|Colo|Conn|Del|Fla|Ga|Ill|Ind|Kan|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nev|Okla|Ore|Pa"
    r"|Tenn|Tex|Va|Vt|Wash|Wis|Wyo|D|R|I|Brig|Supt|Det|Insp|Cllr|Mssrs|Fr|Lt-Gen|Ald"
    r"|SENS?|REPS?|GOV|GEN|MR|MRS|MS|DR|LT|COL|SGT|CAPT|MAJ|ADM|PROF|REV|HON|ST)\.(?=[\s,:'’)\-])"
    r"|[A-Z]\.(?=\s*[A-Z])"
    r"|\d+(?:[.,:]\d+)*\w*(?:[\-\u2010\u2011]\w+)*"
    r"|\w+(?:['’\-\u2010\u2011]\w+)*['’]?"
    r"|\.{2,}|…|--+|[—–]"
    r"|[^\w\s]"
)
SPOKEN = {
    "point": ("out",),
    "go": ("on",),
    "shoot": ("back",),
    "fire": ("back",),
    "hit": ("back",),
}
"""Verbs that say something only with a particle: «he went on»."""
_TERMINAL = frozenset([".", "?", "!", "…", "...", "...."])
_QUOTE = "\x00"
_LONGEST = 240
"""Tokens after which a sentence without an end is cut, so that time stays linear."""
_STARTERS = words(
    """he she it they we i the a an this that these those but and in on at for when while after as
    if there his her their its some many most"""
)


class Token(NamedTuple):
    """A word, a sign, or a whole quotation (``quote`` its number, else -1).

    ``word`` says whether it is a word outside quotation marks, ``capital`` whether a capitalised
    one; ``low`` is its text in lower case with plain apostrophes, of a quotation a nought and the
    character it begins with.
    """

    start: int
    end: int
    text: str
    low: str
    quote: int
    word: bool
    capital: bool


def token(start: int, text: str) -> Token:
    """Make the token of a word or sign at a place."""
    sign = text[0]
    return Token(
        start,
        start + len(text),
        text,
        text.lower().replace("’", "'"),
        -1,
        sign.isalnum(),
        sign.isupper(),
    )


@dataclass(frozen=True, slots=True)
class Sentence:
    """Tokens of one sentence and the paragraph it stands in."""

    tokens: tuple[Token, ...]
    paragraph: int

    @property
    def start(self) -> int:
        """First character."""
        return self.tokens[0].start

    @property
    def end(self) -> int:
        """Character after the last."""
        return self.tokens[-1].end


def _fold(text: str, span: tuple[int, int], quotes: Sequence[Quotation], first: int) -> list[Token]:
    """Return the tokens of a paragraph, its quotations, numbered from ``first``, folded."""
    tokens: list[Token] = []
    position, end = span
    for number, quotation in enumerate(quotes, first):
        tokens += [
            token(m.start(), m.group()) for m in _TOKEN.finditer(text, position, quotation.start)
        ]
        begins = _QUOTE + text[quotation.inner : quotation.inner + 1]
        tokens.append(
            Token(quotation.start, quotation.end, _QUOTE, begins, number, word=False, capital=False)
        )
        position = quotation.end
    tokens += [token(m.start(), m.group()) for m in _TOKEN.finditer(text, position, end)]
    return tokens


def _tail(tokens: list[Token], at: int) -> bool:
    """Say whether what follows a quotation is «Name asked.» rather than a new sentence."""
    for number, token in enumerate(tokens[at : at + 16], at + 1):
        if token.quote >= 0:
            return False
        verb = VERBS.get(token.low)
        after = tokens[number].low if number < len(tokens) else ""
        says = verb is not None and (verb.clause or after in SPOKEN.get(verb.lemma, ()))
        if says and verb is not None and verb.form in ("past", "third"):
            return True
        if not token.word and token.text not in ",.-()":
            return False
    return False


def _ends(text: str, tokens: list[Token], at: int, quotes: list[Quotation]) -> bool:
    """Say whether a sentence ends after the token."""
    token = tokens[at]
    after = tokens[at + 1]
    if token.quote < 0:
        if token.text not in _TERMINAL:
            return (
                token.text.count(".") > 1
                and text[after.start - 1].isspace()
                and (
                    (after.quote >= 0 and text[quotes[after.quote].inner : after.end][:1].isupper())
                    or (after.capital and after.low in _STARTERS)
                )
            )
        if after.quote < 0 and after.text[0] in ")]’'":
            return False
        return after.quote >= 0 or after.capital or not after.word
    quotation = quotes[token.quote]
    said = text[quotation.inner : quotation.outer].rstrip(" '’”\"")
    if after.text == ".":
        return False
    if not said or said[-1] not in ".?!…":
        return False
    if after.quote >= 0:
        return True
    if not after.capital:
        return False
    return said[-1] == "." or not _tail(tokens, at + 1)


def sentences(text: str, quotes: list[Quotation]) -> list[Sentence]:
    """Cut a text into sentences, never inside a quotation.

    Examples
    --------
    >>> from analysis.voices.quotation_marks import quotations
    >>> text = '"Why? How?" he asked. Nobody knew.'
    >>> [text[s.start : s.end] for s in sentences(text, quotations(text))]
    ['"Why? How?" he asked.', 'Nobody knew.']
    """
    plain = blank_tags(text)
    starts = [quotation.start for quotation in quotes]
    found: list[Sentence] = []
    for number, (start, end) in enumerate(paragraphs(plain)):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        tokens = _fold(plain, (start, end), quotes[first:last], first)
        begin = 0
        for at in range(len(tokens) - 1):
            if at - begin >= _LONGEST or _ends(plain, tokens, at, quotes):
                found.append(Sentence(tuple(tokens[begin : at + 1]), number))
                begin = at + 1
        if begin < len(tokens):
            found.append(Sentence(tuple(tokens[begin:]), number))
    return found

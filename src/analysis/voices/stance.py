"""How a voice uses a term: quoted, named, denied, hedged; from these, its stance."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0912
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.document import Document
from analysis.voices.cues import DENYING
from analysis.voices.marks import Quotation, inner_quotations, quotations
from analysis.voices.wordlist import words

STANCES = ("asserted", "denied", "mentioned")
MORE_THAN_TERM = 3
"""Words beside the term up to which quotation marks count as its own."""

_REACH = 320
_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n\s*\n|\n(?=\s*\S)")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof|Sir|St|v|vs|No|U\.S|U\.K|[A-Z])\.$"
)
_WORD = re.compile(r"\w+(?:['’\-]\w+)*|[;:—–]|,|\.{3}|[()]")

_NOT = words("not never no nor neither without nothing none nobody")
_DEONTIC = words("""must should ought shall shouldn't mustn't oughtn't let allow permit lest may""")
_NOT_A_DENIAL = words(
    """only just merely simply doubt question wonder surprise coincidence matter sure clear
    because"""
)
_AFTER_NOT = words("know say said certain whether think believe")
_PHRASES_BEFORE = re.compile(
    r"(?:\b(?:rather than|instead of|far from|anything but|nowhere near|nothing like"
    r"|no such thing as"
    r"|free of|short of|absence of|lack of|the end of|an end to|devoid of|denial of|denials of"
    r"|different from|not the same as|opposite of|falls? short of|stops? short of|no form of"
    r"|nor (?:is|was|does|do|did|has|have))\b[^.;:!?]{0,60})$",
    re.IGNORECASE,
)
_FALSE_AFTER = re.compile(
    r"^[\"'”’,]*\s*(?:(?:claims?|charges?|allegations?|accusations?|label|myth|story|talk)\s+)?"
    r"(?:(?:is|are|was|were|has|have|had|does|do|did|can|could|will|would)(?:n['’]t|\s+not|\s+never)\b"
    r"|(?:is|are|was|were)\s+(?:simply\s+|just\s+|plainly\s+|quite\s+)?(?:a\s+)?"
    r"(?:false|untrue|wrong|myth|nonsense|fiction|fantasy|lie|baseless|absurd|over\b|no\s|nothing))",
    re.IGNORECASE,
)
_NAMED_BEFORE = re.compile(
    r"(?:\bso[- ]called|\b(?:what|which)\b[^.;:!?\"“]{0,50}?\b(?:calls?|called|terms?|termed|dubs?"
    r"|dubbed|labels?|labell?ed|describes?|described as|refers? to as|referred to as)(?:\s+as)?"
    r"|\b(?:known|referred to|described|billed|branded|styled)\s+as"
    r"|\b(?:the|a|an|this|that|these|those|such|his|her|their|its|of)\s+(?:\w+\s+){0,2}?"
    r"(?:terms?|phrases?|words?|expression|label|slogan|euphemism|buzzword|catchphrase|notion"
    r"|concept|metaphor|tag|motto|cliche|cliché|jargon|shorthand|name|heading|title|definition)"
    r"(?:\s+(?:of|like|for|such as|as|called))?"
    r"|\b(?:by|with)\s+the\s+(?:name|words?)|\bterm(?:s|ed)?|\bthe\s+words?|\bthe\s+phrase"
    r"|\b(?:says?|uses?|used|using|hears?|heard|utters?|uttered)\s+(?:the\s+)?(?:words?|terms?))"
    r"[\s,:]*(?:of\s+)?(?:the\s+|a\s+|an\s+)?[\"'“‘]*$",
    re.IGNORECASE,
)
_NAMED_AFTER = re.compile(
    r"^[\"'”’]*\s*(?:[,(—–-]+\s*)?(?:"
    r"(?:as|or)\s+(?:it|he|she|they|we|some|critics|officials)\b[^.;!?]{0,40}?\b(?:calls?|called|puts?"
    r"|terms?|like)\b"
    r"|as\s+\w+(?:\s+\w+){0,3}\s+(?:calls?|called|puts?|termed|terms?)\s+it"
    r"|(?:a|an|the|that|this|whose)\s+(?:\w+\s+){0,3}?(?:term|phrase|word|expression|label|slogan"
    r"|euphemism|buzzword|catchphrase|shorthand|jargon|name)\b"
    r"|(?:is|was|are|were|has become|had become|became|remains)\s+(?:itself\s+)?(?:a|an|the|his|her"
    r"|their|our|not a)\s+(?:\w+\s+){0,3}?(?:term|phrase|word|expression|label|slogan|euphemism"
    r"|buzzword|metaphor|misnomer|name|jargon)\b"
    r"|meaning\b|means\b|meant\b|which\s+means\b|refers?\s+to\b|referring\s+to\b|defined\s+as\b"
    r"|stands\s+for\b|shorthand\s+for\b|jargon\s+for\b)",
    re.IGNORECASE,
)
_HEDGES = words(
    """may might could perhaps possibly possible potentially potential reportedly allegedly
    alleged apparently seemingly seems seem seemed appears appear appeared likely
    unlikely if whether unless suppose supposedly suspected suspects suspect fear fears
    feared fearing risk risks risked risking maybe conceivably arguably presumably
    probably would-be threatens threaten wonder wonders wondered ask asks asked asking
    unclear uncertain hypothetical chance danger worry worries worried"""
)


@dataclass(frozen=True, slots=True)
class Stance:
    """What a voice does with a term at one place.

    ``quoted``: the term stands in quotation marks of its own. ``mention``: it is named rather
    than used. ``negated``: its voice denies it. ``hedged``: it is said only to be possible.
    """

    quoted: bool
    mention: bool
    negated: bool
    hedged: bool

    @property
    def stance(self) -> str:
        """Mentioned if named, else denied if negated, else asserted."""
        return "mentioned" if self.mention else "denied" if self.negated else "asserted"


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence around a span, no farther than a reach on either side."""
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    begin = low
    for match in _SENTENCE_END.finditer(text, low, min(len(text), start + 2)):
        if match.end() <= start and not _ABBREVIATION.search(text, low, match.start() + 1):
            begin = match.end()
    stop = high
    for match in _SENTENCE_END.finditer(text, end, high):
        if not _ABBREVIATION.search(text, end, match.start() + 1):
            stop = match.end()
            break
    return begin, stop


def _own_marks(text: str, start: int, end: int, quotes: Sequence[Quotation]) -> Quotation | None:
    """Return the shortest quotation around a span."""
    index = bisect_right(quotes, start, key=lambda quotation: quotation.start) - 1
    if index < 0 or quotes[index].end < end:
        return None
    outer = quotes[index]
    for inner in inner_quotations(text, outer):
        if inner.start <= start and end <= inner.end:
            return inner
    return outer


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _negated(before: str, after: str, lead: str) -> bool:
    """Say whether a term is denied: by what stands before or after it, or by its report's verb."""
    count = 0
    words = _words(before)
    scope: list[str] = []
    for word in reversed(words):
        if word in (";", ":", "—", "–", "because", "although", "though", "but") or len(scope) >= 12:
            break
        scope.insert(0, word)
    commas = [number for number, word in enumerate(scope) if word == ","]
    floor = 0
    for comma in commas:
        if comma + 1 < len(scope) and scope[comma + 1] in (
            "and",
            "which",
            "who",
            "while",
            "as",
            "when",
            "where",
            "so",
            "then",
            "with",
            "it",
            "he",
            "she",
            "they",
            "we",
            "i",
            "you",
            "the",
        ):
            floor = comma + 1
    scope = scope[floor:]
    for number, word in enumerate(scope):
        plain = word in _NOT or word in ("cannot", "can't") or word.endswith("n't")
        if plain and not (word == "nor" and count):
            rest = scope[number + 1 :]
            if rest[:1] and rest[0] in _NOT_A_DENIAL:
                continue
            if set(scope[max(0, number - 1) : number + 3]) & _DEONTIC or word in _DEONTIC:
                continue
            if rest[:1] and rest[0] in _AFTER_NOT:
                continue
            if len([w for w in rest if w != ","]) > 8:
                continue
            count += 1
        elif word in DENYING:
            count += 1
    if not count and _PHRASES_BEFORE.search(before):
        count = 1
    lead_words = _words(lead)[-9:]
    if any(word in DENYING for word in lead_words):
        count += 1
    if not count and _FALSE_AFTER.search(after):
        count = 1
    return count % 2 == 1


def _hedged(before: str, after: str, lead: str, whole: str) -> bool:
    words = _words(before)
    scope: list[str] = []
    for word in reversed(words):
        if word in (";", "—", "–") or len(scope) >= 12:
            break
        scope.append(word)
    near = set(scope) | set(_words(lead)[-6:])
    following = _words(after)[:3]
    return (
        bool(near & _HEDGES)
        or any(word in ("may", "might", "could") for word in following[:1])
        or whole.rstrip(" \"'”’)\n").endswith("?")
    )


def stance(
    text: str,
    start: int,
    end: int,
    *,
    utterance: tuple[int, int] | None = None,
    mode: str = "turn",
    quotes: Sequence[Quotation] | None = None,
) -> Stance:
    """Say what a voice does with a term at one place of a text.

    Parameters
    ----------
    text : str
    start, end : int
        The term's characters, ``[start, end)``.
    utterance : tuple of int, optional
        The characters of the utterance it stands in; the whole text if not given. Negation is
        looked for within it, and in the reporting verb just before it.
    mode : {"turn", "direct", "indirect", "narration"}, default "turn"
        The utterance's mode: quoted words in narration are nobody's and so only mentioned.
    quotes : sequence of Quotation, optional
        The text's quotations, if known already.

    Returns
    -------
    Stance

    Notes
    -----
    Scope is a window of words before the term that ends at the nearest clause boundary; two
    negations cancel; "must not" and "should not" forbid rather than deny.

    Examples
    --------
    >>> text = "We do not do bulk collection."
    >>> stance(text, 13, 28).stance
    'denied'
    """
    quotes = quotations(text) if quotes is None else quotes
    first, last = utterance if utterance is not None else (0, len(text))
    begin, stop = _sentence(text, start, end)
    marks = _own_marks(text, start, end, quotes)
    quoted = False
    if marks is not None:
        beside = len(text[marks.inner : marks.outer].split()) - len(text[start:end].split())
        spoken = mode == "direct" and not marks.single and marks.start <= first and beside > 0
        quoted = beside <= MORE_THAN_TERM and not spoken
    inside = max(begin, min(first, start))
    before, after = text[inside:start], text[end : min(stop, max(last, end))]
    lead = text[begin:inside] if mode in ("direct", "indirect") else ""
    mention = (
        bool(_NAMED_BEFORE.search(text[begin:start]))
        or bool(_NAMED_AFTER.match(text[end : stop + 20]))
        or (quoted and mode == "narration")
    )
    return Stance(
        quoted,
        mention,
        _negated(before, after, lead),
        _hedged(before, after, lead, text[begin:stop]),
    )


def add_voices(occurrences: pd.DataFrame, document: Document) -> pd.DataFrame:
    """Fill in who voices each occurrence of a document, and how.

    Parameters
    ----------
    occurrences : pandas.DataFrame
        With ``start`` and ``end`` (int, characters of the document's text); all of one document.
    document : Document
        With its voices found: see :func:`analysis.voices.voices`.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order, a new table: ``utterance`` (int), ``speaker``, ``mode``
        (str; missing where the document does not say), ``quoted``, ``mention``, ``negated``,
        ``hedged`` (boolean), ``stance`` (asserted, denied or mentioned).

    Examples
    --------
    >>> from analysis.document import from_turns
    >>> made = from_turns("d", [("MS. MOSS", "We never do bulk collection.")])
    >>> found = pd.DataFrame({"start": [12], "end": [27]})
    >>> add_voices(found, made)[["speaker", "mode", "stance"]].values.tolist()
    [['MS. MOSS', 'turn', 'denied']]
    """
    quotes = quotations(document.text)
    rows = document.utterances
    starts, bodies, ends = (rows[name].tolist() for name in ("start", "body", "end"))
    speakers, modes = rows["speaker"].tolist(), rows["mode"].tolist()
    columns: dict[str, list[object]] = {
        name: []
        for name in (
            "utterance",
            "speaker",
            "mode",
            "quoted",
            "mention",
            "negated",
            "hedged",
            "stance",
        )
    }
    for start, end in zip(occurrences["start"].tolist(), occurrences["end"].tolist(), strict=True):
        number = max(0, bisect_right(starts, start) - 1)
        found = stance(
            document.text,
            start,
            end,
            utterance=(bodies[number], ends[number]),
            mode=modes[number],
            quotes=quotes,
        )
        values = (
            number,
            speakers[number] or None,
            modes[number] or None,
            found.quoted,
            found.mention,
            found.negated,
            found.hedged,
            found.stance,
        )
        for name, value in zip(columns, values, strict=True):
            columns[name].append(value)
    made = occurrences.copy()
    types = {"utterance": "int64", "speaker": "str", "mode": "str", "stance": "str"}
    for name, values in columns.items():
        made[name] = pd.Series(values, index=made.index, dtype=types.get(name, "boolean"))
    return made

"""How a voice uses a term: quoted, named, denied, hedged; from these, its stance."""

# Rules are cases, each with its own return.
from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pandas as pd

from analysis.text.document import Document
from analysis.voices.english.cues import DENYING
from analysis.voices.english.wordlist import words
from analysis.voices.quotation_marks import Quotation, inner_quotations, quotations

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
_CLAUSE_ENDS = words("; : — – because although though but unless if until whereas")
_NEW_CLAUSE = words("and which who while as when where so then with it he she they we i you the")
_STOPS = words(
    "unless if until when while which who whom whose where because since than whether so"
)
_OPAQUE_TO_THAT = words("true case evidence proof suggestion sign indication so believe sense hint")
_PREPOSITIONS = words("in on at with for from by about into over under between of against through")
_KEEPING = words(
    "ignore forget underestimate abandon undermine weaken neglect overlook oppose mind lose"
)
_WINDOW, _FARTHEST = 14, 7
_PHRASES_BEFORE = re.compile(
    r"(?:\b(?:rather than|instead of|far from|anything but|nowhere near|nothing like"
    r"|no such thing as"
    r"|free of|absence of|lack of|the end of|an end to|devoid of|denial of|denials of"
    r"|different from|not the same as|opposite of|falls? short of|stops? short of|no form of"
    r"|nor (?:is|was|does|do|did|has|have))\b[^.,;:!?]{0,25})$",
    re.IGNORECASE,
)
_FALSE_AFTER = re.compile(
    r"^[\"'”’,]*\s*(?:(?:claims?|charges?|allegations?|accusations?|label|myth|story|talk)\s+)?"
    r"(?:(?:is|are|was|were|has|have|had|does|do|did)(?:n['’]t|\s+not|\s+never)\s+(?:\w+ly\s+)?"
    r"(?:exist|existed|happen|happened|happening|occur|occurred|occurring|tak(?:e|en|ing) place"
    r"|go(?:ing)? on|what|our|part of|something|one of"
    r"|the (?:case|aim|goal|point|purpose|idea|plan))\b"
    r"|never\s+(?:existed|happened|occurred|took place)"
    r"|(?:is|are|was|were)\s+(?:simply\s+|just\s+|plainly\s+|quite\s+)?(?:a\s+)?"
    r"(?:false|untrue|myth|nonsense|fiction|fantasy|lie|baseless|absurd|nothing of)\b)",
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
    r"|\w['’]s\s+(?:terms?|phrases?|words?)|\b(?:by|with)\s+the\s+(?:name|words?)|\bterm(?:s|ed)?|\bthe\s+words?|\bthe\s+phrase"
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
    outer = next(iter(_around(quotes, start)), None)
    if outer is None or outer.end < end:
        return None
    for inner in inner_quotations(text, outer):
        if inner.start <= start and end <= inner.end:
            return inner
    return outer


def _around(quotes: Sequence[Quotation], start: int) -> Sequence[Quotation]:
    """Return the outer quotation that may hold a place, in a sequence of one or none."""
    index = bisect_right(quotes, start, key=lambda quotation: quotation.start) - 1
    return quotes[index : index + 1] if index >= 0 else ()


def _words(text: str) -> list[str]:
    return [word.lower().replace("’", "'") for word in _WORD.findall(text)]


def _scope(before: str) -> list[str]:
    """Return the words before a term back to the nearest boundary between main clauses."""
    scope: list[str] = []
    for word in reversed(_words(before)):
        if word in _CLAUSE_ENDS or len(scope) >= _WINDOW:
            break
        scope.insert(0, word)
    floor = 0
    for at, word in enumerate(scope[:-1]):
        if word == "," and scope[at + 1] in _NEW_CLAUSE:
            floor = at + 1
    return scope[floor:]


def _reaches(between: Sequence[str]) -> bool:
    """Say whether a negation reaches over the words between it and a term."""
    if len(between) > _FARTHEST or any(word in _STOPS for word in between):
        return False
    for at, word in enumerate(between):
        if word == "that" and (at == 0 or between[at - 1] not in _OPAQUE_TO_THAT):
            return False
        if word == "," and (at + 1 >= len(between) or between[at + 1] not in ("or", "nor", "any")):
            return False
    return sum(word in _PREPOSITIONS for word in between) <= 1


def _denies(scope: Sequence[str], at: int) -> bool:
    """Say whether the word at a place of a scope denies what the scope leads to."""
    word, between = scope[at], scope[at + 1 :]
    if word in DENYING:
        return len(between) <= _FARTHEST and not any(
            item in _STOPS or item == "," for item in between
        )
    if word not in _NOT and word != "cannot" and not word.endswith("n't"):
        return False
    if between[:1] and between[0] in _NOT_A_DENIAL | _AFTER_NOT:
        return False
    if word == "not" and between[:1] == ["to"]:
        return False
    around = {*scope[max(0, at - 1) : at + 1], *between[:2]}
    if around & _DEONTIC or set(between[:2]) & _KEEPING:
        return False
    return _reaches(between)


def _negated(before: str, after: str, lead: str) -> bool:
    """Say whether a term is denied: by what stands before or after it, or by its report's verb."""
    scope = _scope(before)
    count = 0
    for at, word in enumerate(scope):
        if not (word == "nor" and count):
            count += _denies(scope, at)
    if not count and _PHRASES_BEFORE.search(before):
        count = 1
    if any(word in DENYING for word in _words(lead)[-9:]):
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
    quoted = nested = False
    if marks is not None:
        beside = len(text[marks.inner : marks.outer].split()) - len(text[start:end].split())
        spoken = mode == "direct" and not marks.single and marks.start <= first and beside > 0
        quoted = beside <= MORE_THAN_TERM and not spoken
        nested = quoted and all(marks is not outer for outer in _around(quotes, start))
    inside = max(begin, min(first, start))
    before, after = text[inside:start], text[end : min(stop, max(last, end))]
    lead = text[begin:inside] if mode in ("direct", "indirect") else ""
    mention = (
        bool(_NAMED_BEFORE.search(text[begin:start]))
        or bool(_NAMED_AFTER.match(text[end : stop + 20]))
        or (quoted and (mode in ("narration", "turn") or nested))
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
    >>> from analysis.text.document import from_turns
    >>> made = from_turns("d", [("MS. MOSS", "We never do bulk collection.")])
    >>> found = pd.DataFrame({"start": [12], "end": [27]})
    >>> add_voices(found, made)[["speaker", "mode", "stance"]].values.tolist()
    [['MS. MOSS', 'turn', 'denied']]
    """
    return add_voices_of_many(occurrences, [(document, range(len(occurrences)))])


def add_voices_of_many(
    occurrences: pd.DataFrame, documents: Iterable[tuple[Document, Iterable[int]]]
) -> pd.DataFrame:
    """Fill in who voices the occurrences of many documents: see :func:`add_voices`.

    Parameters
    ----------
    occurrences : pandas.DataFrame
        With ``start`` and ``end``.
    documents : iterable of (Document, iterable of int)
        Each with the rows, from 0, of its occurrences. Every row belongs to one document.

    Returns
    -------
    pandas.DataFrame
        The rows document after document, otherwise as :func:`add_voices` returns them.
    """
    starts, ends = (occurrences[name].tolist() for name in ("start", "end"))
    columns: dict[str, list[object]] = {name: [] for name in _VOICE_COLUMNS}
    order: list[int] = []
    for document, rows in documents:
        at = [int(row) for row in rows]
        order += at
        spans = [(starts[row], ends[row]) for row in at]
        for values in _voices_at(document, spans):
            for name, value in zip(columns, values, strict=True):
                columns[name].append(value)
    made = occurrences.iloc[order].copy()
    types = {"utterance": "int64", "speaker": "str", "mode": "str", "stance": "str"}
    for name, column in columns.items():
        made[name] = pd.Series(column, index=made.index, dtype=types.get(name, "boolean"))
    return made


_VOICE_COLUMNS = (
    "utterance",
    "speaker",
    "mode",
    "quoted",
    "mention",
    "negated",
    "hedged",
    "stance",
)


def _voices_at(
    document: Document, spans: Iterable[tuple[int, int]]
) -> Iterator[tuple[object, ...]]:
    """Yield the values of :data:`_VOICE_COLUMNS` for places of a document."""
    quotes = quotations(document.text)
    rows = document.columns
    begins, speakers, modes = rows["start"], rows["speaker"], rows["mode"]
    for start, end in spans:
        number = max(0, bisect_right(begins, start) - 1)
        found = stance(
            document.text,
            start,
            end,
            utterance=(rows["body"][number], rows["end"][number]),
            mode=modes[number],
            quotes=quotes,
        )
        yield (
            number,
            speakers[number] or None,
            modes[number] or None,
            found.quoted,
            found.mention,
            found.negated,
            found.hedged,
            found.stance,
        )

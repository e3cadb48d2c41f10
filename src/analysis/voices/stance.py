"""How a voice uses a term: quoted, named, denied, hedged; from these, its stance."""

from __future__ import annotations

import importlib
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.text.document import Document
from analysis.text.processes import batches_of, in_processes
from analysis.voices.confidence import stance_confidence
from analysis.voices.engines import load_pipeline
from analysis.voices.english.around import (
    answered_no,
    asks,
    negative_word,
    none_of_it,
    put_in_mouth,
    rhetorical,
    sentence,
    taken_back,
)
from analysis.voices.english.light_tree import light_tree
from analysis.voices.english.mention import named
from analysis.voices.english.scope import Reading, Tree, read
from analysis.voices.english.set_phrases import not_as_if, wrongly_called
from analysis.voices.quotation_marks import Quotation, inner_quotations, quotations
from analysis.voices.spoken import join, outer_at, own_words, without_insertions

STANCES = ("asserted", "denied", "mentioned")
_UNREAL_IF = re.compile(r"\bif\b[^.;!?]*\b(?:had|were)\b", re.IGNORECASE)
"""A condition that is said not to hold."""
_SHORT_WORD = 3
MORE_THAN_TERM = 3
"""Words beside the term up to which quotation marks count as its own."""


@dataclass(frozen=True, slots=True)
class Stance:
    """What a voice does with a term at one place.

    ``quoted``: the term stands in quotation marks of its own. ``mention``: it is named rather
    than used. ``negated``: its voice denies it. ``hedged``: it is not said to be so, only that it
    may, should or would be. ``fired``: the rules that said so; they do not enter comparison.
    """

    quoted: bool
    mention: bool
    negated: bool
    hedged: bool
    fired: tuple[str, ...] = field(default=(), compare=False)

    @property
    def stance(self) -> str:
        """Mentioned if named, else denied if negated, else asserted."""
        return "mentioned" if self.mention else "denied" if self.negated else "asserted"

    @property
    def confidence(self) -> float:
        """Chance that the stance is right, from the rules that fired."""
        return stance_confidence(self.stance, self.fired)


def _own_marks(text: str, start: int, end: int, quotes: Sequence[Quotation]) -> Quotation | None:
    """Return the shortest quotation around a span."""
    outer = next(iter(outer_at(quotes, start)), None)
    if outer is None or outer.end < end:
        return None
    for inner in inner_quotations(text, outer):
        if inner.start <= start and end <= inner.end:
            return inner
    return outer


@lru_cache(maxsize=64)
def _light(sentence: str) -> Tree:
    """Read a sentence without a parser; terms often share one."""
    return light_tree(sentence)


def _target(tree: Tree, start: int, end: int) -> int | None:
    """Return the word of a span that the others hang on."""
    first = bisect_left(tree.end, start + 1)
    last = bisect_left(tree.start, end)
    inside = range(first, last)
    for node in inside:
        if tree.head[node] == node or tree.head[node] not in inside:
            return node
    return None


def _in_capitals(sentence: str) -> bool:
    """Say whether a sentence is a headline with capitals: «Mayor Rejects Claims Of Secrecy»."""
    longer = [word for word in sentence.split() if len(word) > _SHORT_WORD and word[0].isalpha()]
    return len(longer) > _SHORT_WORD and all(word[0].isupper() for word in longer)


def _scope(
    term: tuple[int, int],
    around: tuple[int, str],
    tree: Tree | None,
    voice: tuple[int, int] | None,
) -> Reading:
    """Read what reaches a term, from the parse given or from its sentence alone.

    ``around``: where the sentence begins, and its words.
    """
    (start, end), (begin, whole) = term, around
    found = None if tree is None else _target(tree, start, end)
    parsed = None
    if tree is not None and found is not None:
        parsed = read(tree, found, voice=voice)
    said = without_insertions(whole)
    if not said[start - begin : end - begin].strip():
        said = whole
    if parsed is not None and parsed.negated and said == whole:
        return parsed
    capitals = _in_capitals(said)
    light = _light(said.lower() if capitals else said)
    node = _target(light, start - begin, end - begin)
    if node is None:
        return parsed or Reading(negated=False, hedged=False, fired=())
    ordered = read(light, node, voice=voice and (voice[0] - begin, voice[1] - begin))
    # A parser takes "claims" for a verb; word order knows that claims are rejected. What is
    # inserted into a sentence leads it astray.
    astray = said != whole or (capitals and ordered.negated)
    if parsed is None or "claim turned" in ordered.fired or astray:
        return ordered
    return parsed


def stance(
    text: str,
    start: int,
    end: int,
    *,
    utterance: tuple[int, int] | None = None,
    mode: str = "turn",
    quotes: Sequence[Quotation] | None = None,
    tree: Tree | None = None,
) -> Stance:
    """Say what a voice does with a term at one place of a text.

    Parameters
    ----------
    text : str
    start, end : int
        The term's characters, ``[start, end)``.
    utterance : tuple of int, optional
        The characters of the utterance it stands in; the whole text if not given. An answer that
        denies the term must stand within it.
    mode : {"turn", "direct", "indirect", "narration"}, default "turn"
        The utterance's mode: quoted words in narration are nobody's and so only mentioned.
    quotes : sequence of Quotation, optional
        The text's quotations, if known already.
    tree : Tree, optional
        A parse of the text, or of the part the term stands in; word order alone if not given.

    Returns
    -------
    Stance

    Notes
    -----
    Denial is read along the path from the term to the head of its sentence
    (:mod:`analysis.voices.english.scope`); two denials cancel; "must not" and "should not" forbid
    rather than deny.

    Examples
    --------
    >>> text = "We do not do bulk collection."
    >>> stance(text, 13, 28).stance
    'denied'
    """
    quotes = quotations(text) if quotes is None else quotes
    first, last = utterance if utterance is not None else (0, len(text))
    begin, stop = sentence(text, start, end)
    marks = _own_marks(text, start, end, quotes)
    quoted = nested = False
    if marks is not None:
        beside = len(text[marks.inner : marks.outer].split()) - len(text[start:end].split())
        spoken = mode == "direct" and marks.start <= first and beside > 0
        quoted = beside <= MORE_THAN_TERM and not spoken
        nested = quoted and all(marks is not outer for outer in outer_at(quotes, start))
    fired: list[str] = []
    mention = named(text, begin, start, end, stop)
    if mention:
        fired.append("named")
    own = (first, max(last, end)) if mode in ("turn", "direct") else None
    place, joined = join(text, own_words(text, (begin, stop), quotes, start), quotes, start)
    whole = text[slice(*place)] if joined is None else joined
    reading = _scope((start, end), (place[0], whole), tree if joined is None else None, own)
    negated, hedged = reading.negated, reading.hedged
    if negated and own is not None and put_in_mouth(text, begin, start):
        negated = False
    if negated and "would be" in reading.fired and _UNREAL_IF.search(text, begin, stop):
        negated, hedged = False, True
    fired += reading.fired
    # Marks alone make a mention only where nothing denies what stands in them.
    if not (mention or negated) and quoted and (mode in ("narration", "turn") or nested):
        mention = True
        fired.append("marks")
    if asks(text, end):
        negated, hedged = False, True
        fired.append("question")
    if not negated and _answered(text, (begin, stop), (start, end), max(last, end)):
        negated = True
        fired.append("answer")
    if quoted:
        fired.append("quoted")
    if not negated and negative_word(text, begin, stop):
        fired.append("negative word")
    return Stance(quoted, mention, negated, hedged, tuple(fired))


def _answered(text: str, around: tuple[int, int], term: tuple[int, int], last: int) -> bool:
    """Say whether a term is denied by what follows its clause."""
    (begin, stop), (start, end) = around, term
    return (
        taken_back(text, around, term, last)
        or answered_no(text, begin, start, end, stop)
        or not_as_if(text, begin, start, end, stop)
        or none_of_it(text, begin, start, end, last)
        or wrongly_called(text, begin, start, end, stop)
        or (asks(text, end) and rhetorical(text, begin, start))
    )


def _heard(mode: str, speaker: str) -> str:
    """Take a paper's text for its author's turn; a reporter's narration is nobody's."""
    return "turn" if mode == "narration" and speaker else mode


def _parse(document: Document, places: Sequence[int], pipeline: Any) -> Tree | None:
    """Parse what stance is asked of; the whole of a story whose voices a parse has found."""
    if pipeline is None or not places:
        return None
    parse = importlib.import_module("analysis.voices.english.parse")
    loaded = load_pipeline(str(pipeline)) if isinstance(pipeline, str | Path) else pipeline
    if str(document.metadata.get("voices", "")).startswith("parse"):
        return parse.tree(document.text, loaded)
    return parse.tree_around(document.text, loaded, places)


def add_voices(
    occurrences: pd.DataFrame, document: Document, *, pipeline: Any = None
) -> pd.DataFrame:
    """Fill in who voices each occurrence of a document, and how.

    Parameters
    ----------
    occurrences : pandas.DataFrame
        With ``start`` and ``end`` (int, characters of the document's text); all of one document.
    document : Document
        With its voices found: see :func:`analysis.voices.voices`.
    pipeline : str, path or spaCy Language, optional
        A spaCy pipeline by whose parse the stance is read; by word order if not given.

    Returns
    -------
    pandas.DataFrame
        The same rows in the same order, a new table: ``utterance`` (int), ``speaker``, ``mode``
        (str; missing where the document does not say), ``quoted``, ``mention``, ``negated``,
        ``hedged`` (boolean), ``stance`` (asserted, denied or mentioned), ``stance_confidence``
        (float, 0 to 1: the chance that the stance is right), ``confidence`` (float: the chance
        that the words are the speaker's; missing in turns and narration).

    Examples
    --------
    >>> from analysis.text.document import from_turns
    >>> made = from_turns("d", [("MS. MOSS", "We never do bulk collection.")])
    >>> found = pd.DataFrame({"start": [12], "end": [27]})
    >>> add_voices(found, made)[["speaker", "mode", "stance"]].values.tolist()
    [['MS. MOSS', 'turn', 'denied']]
    """
    return add_voices_of_many(occurrences, [(document, range(len(occurrences)))], pipeline=pipeline)


_TYPES = {
    "utterance": "int64",
    "speaker": "str",
    "mode": "str",
    "quoted": "boolean",
    "mention": "boolean",
    "negated": "boolean",
    "hedged": "boolean",
    "stance": "str",
    "stance_confidence": "float64",
    "confidence": "float64",
}


def add_voices_of_many(
    occurrences: pd.DataFrame,
    documents: Iterable[tuple[Document, Iterable[int]]],
    *,
    pipeline: Any = None,
    workers: int = 1,
) -> pd.DataFrame:
    """Fill in who voices the occurrences of many documents: see :func:`add_voices`.

    Parameters
    ----------
    occurrences : pandas.DataFrame
        With ``start`` and ``end``.
    documents : iterable of (Document, iterable of int)
        Each with the rows, from 0, of its occurrences. Every row belongs to one document.
    pipeline : str, path or spaCy Language, optional
    workers : int
        Processes that read the stances, where there are enough and no pipeline is given: the
        result is the same with any number. A script that asks for more than one must keep its own
        work under ``if __name__ == "__main__"``, since each process reads the script.

    Returns
    -------
    pandas.DataFrame
        The rows document after document, otherwise as :func:`add_voices` returns them.
    """
    starts, ends = (occurrences[name].tolist() for name in ("start", "end"))
    order: list[int] = []

    def places() -> Iterator[_Places]:
        for document, rows in documents:
            at = [int(row) for row in rows]
            order.extend(at)
            yield document, [(starts[row], ends[row]) for row in at]

    alone = pipeline is not None or len(starts) < _WORTH_PROCESSES
    read = in_processes(
        partial(_read_places, pipeline=pipeline),
        batches_of(places(), _how_many, _BATCH),
        1 if alone else workers,
    )
    with closing(read):
        rows = [values for batch in read for values in batch]
    columns = zip(*rows, strict=True) if rows else [()] * len(_TYPES)
    made = occurrences.iloc[order].copy()
    for (name, kind), values in zip(_TYPES.items(), columns, strict=True):
        made[name] = pd.Series(values, index=made.index, dtype=kind)
    return made


_Places = tuple[Document, list[tuple[int, int]]]
_BATCH = 500
_WORTH_PROCESSES = 5_000
"""Occurrences from which other processes save more time than they take to begin."""


def _how_many(places: _Places) -> int:
    return len(places[1])


def _read_places(batch: list[_Places], pipeline: Any) -> list[tuple[object, ...]]:
    return [row for document, spans in batch for row in _voices_at(document, spans, pipeline)]


def _voices_at(
    document: Document, spans: Sequence[tuple[int, int]], pipeline: Any
) -> Iterator[tuple[object, ...]]:
    """Yield the values of the columns for places of a document."""
    quotes = quotations(document.text)
    rows = document.columns
    starts, speakers, modes = rows["start"], rows["speaker"], rows["mode"]
    sure = rows.get("confidence", [float("nan")] * len(starts))
    tree = _parse(document, [start for start, _ in spans], pipeline)
    for start, end in spans:
        number = max(0, bisect_right(starts, start) - 1)
        found = stance(
            document.text,
            start,
            end,
            utterance=(rows["body"][number], rows["end"][number]),
            mode=_heard(modes[number], speakers[number]),
            quotes=quotes,
            tree=tree,
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
            found.confidence,
            sure[number],
        )

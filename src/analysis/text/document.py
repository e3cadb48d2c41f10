"""One text as a reader understood it: its characters, its utterances, what it says of itself."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from types import MappingProxyType
from typing import Any

import pandas as pd

UTTERANCE_COLUMNS = ("document", "utterance", "start", "body", "end", "label", "speaker", "mode")


class _Table:
    """The utterances of a document: kept as lists, made a table when one is asked for.

    A table of pandas costs a millisecond, and a corpus may have a hundred thousand documents.
    """

    def __get__(self, document: Document | None, owner: type) -> pd.DataFrame:
        if document is None:
            raise AttributeError  # to dataclass: no default
        kept = document.__dict__["utterances"]
        if not isinstance(kept, pd.DataFrame):
            kept = document.__dict__["utterances"] = pd.DataFrame(kept)
        return kept

    def __set__(self, document: Document, value: pd.DataFrame | Mapping[str, list]) -> None:
        document.__dict__["utterances"] = value


@dataclass(frozen=True)
class Document:
    """One document and its partition into utterances.

    Parameters
    ----------
    document : str
        Identifier, unique in its corpus.
    text : str
        The characters that every offset counts in.
    utterances : pandas.DataFrame
        One row per utterance in order: ``document`` (str), ``utterance`` (int, from 0),
        ``start``, ``body``, ``end`` (int, characters), ``label`` (str, the speaker as printed,
        empty where there is none), ``speaker`` (str, resolved; the label until resolved),
        ``mode`` (one of turn, direct, indirect, narration). ``[start, end)`` partition the text;
        ``[body, end)`` is what was said, without the printed label before it. May be given as a
        mapping of column to list.
    metadata : mapping of str to str
        What the document says of itself: ``title``, ``date`` (ISO), ``kind``, ...
    notes : tuple of str
        What its reader assumed or left aside, to be shown before anything is counted.

    Raises
    ------
    ValueError
        If the utterances leave a gap, overlap, or reach outside the text.
    """

    document: str
    text: str
    utterances: pd.DataFrame = _Table()
    metadata: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        rows = self.columns
        starts, bodies, ends = (rows[name] for name in ("start", "body", "end"))
        if [*starts, len(self.text)] != [0, *ends]:
            raise ValueError(f"{self.document}: utterances do not partition the text")
        if any(not s <= b <= e for s, b, e in zip(starts, bodies, ends, strict=True)):
            raise ValueError(f"{self.document}: an utterance's body lies outside its span")

    @property
    def columns(self) -> Mapping[str, list]:
        """The utterances as a mapping of column to list, which is quicker to walk than a table."""
        kept = self.__dict__["utterances"]
        if isinstance(kept, pd.DataFrame):
            return {str(name): column.tolist() for name, column in kept.items()}
        return kept

    def __getstate__(self) -> dict[str, object]:
        return {**self.__dict__, "metadata": dict(self.metadata)}


def changed(document: Document, /, **changes: Any) -> Document:
    """Return a document with some of its fields changed, its utterances as they are kept.

    ``dataclasses.replace`` would make a table of them.

    Examples
    --------
    >>> made = changed(from_spans("d", "yes", [(0, 0, 3, "", "", "narration")]), notes=("short",))
    >>> made.document, made.notes
    ('d', ('short',))
    """
    return replace(document, **{"utterances": document.__dict__["utterances"], **changes})


def from_spans(
    document: str,
    text: str,
    spans: Iterable[tuple[int, int, int, str, str, str]],
    metadata: Mapping[str, str] | None = None,
) -> Document:
    """Make a document from ``(start, body, end, label, speaker, mode)`` spans.

    Examples
    --------
    >>> made = from_spans("d", "A: yes", [(0, 3, 6, "A", "A", "turn")])
    >>> made.utterances[["start", "body", "end"]].values.tolist()
    [[0, 3, 6]]
    """
    rows = [(document, number, *span) for number, span in enumerate(spans)]
    lists = zip(*rows, strict=True) if rows else [()] * len(UTTERANCE_COLUMNS)
    table = dict(zip(UTTERANCE_COLUMNS, map(list, lists), strict=True))
    return Document(document, text, table, MappingProxyType(dict(metadata or {})))


def from_turns(
    document: str,
    turns: Iterable[tuple[str, str]],
    metadata: Mapping[str, str] | None = None,
) -> Document:
    r"""Make a document from ``(label, words said)`` turns, separated by an empty line.

    For sources whose own layout is not text worth keeping (a PDF, a table): the document's
    text is then the turns alone.

    Examples
    --------
    >>> made = from_turns("d", [("MR. LITT", "Yes."), ("MS. BRAND", "No.")])
    >>> made.text
    'Yes.\n\nNo.'
    """
    parts: list[str] = []
    spans = []
    position = 0
    turns = list(turns)
    for number, (label, said) in enumerate(turns):
        part = said if number == len(turns) - 1 else said + "\n\n"
        mode = "turn" if label else "narration"
        spans.append((position, position, position + len(part), label, label, mode))
        parts.append(part)
        position += len(part)
    return from_spans(document, "".join(parts), spans, metadata)


_BREAK = re.compile(r"\n\s*")
_BREAK_OF_WRAPPED = re.compile(
    r"\n[^\S\n]*\n\s*|(?:(?<=[.!?:;…])|(?<=[.!?:;…][\"'”’)\]]))[^\S\n]*\n\s*"
)


def split_paragraphs(document: Document, *, wrapped: bool = False) -> Document:
    r"""Make each paragraph of an author's own prose an utterance of its own.

    A paper is one voice throughout; its paragraphs are the units that can be resampled.
    Turns and quotations are left whole.

    Parameters
    ----------
    document : Document
    wrapped : bool
        A line's end within a sentence is no end of a paragraph, as in a text wrapped at some
        width: a term that stands on both sides of it is one term.

    Returns
    -------
    Document

    Examples
    --------
    >>> paper = from_spans("d", "One.\nTwo.", [(0, 0, 9, "", "", "narration")])
    >>> split_paragraphs(paper).utterances[["start", "body", "end"]].to_numpy().tolist()
    [[0, 0, 5], [5, 5, 9]]
    """
    break_ = _BREAK_OF_WRAPPED if wrapped else _BREAK
    spans = []
    columns = ("start", "body", "end", "label", "speaker", "mode")
    said = (document.columns[name] for name in columns)
    for start, body, end, label, speaker, mode in zip(*said, strict=True):
        breaks = []
        if mode == "narration":
            breaks = [m.end() for m in break_.finditer(document.text[body:end])]
        cuts = [body, *(body + cut for cut in breaks if body + cut < end), end]
        for first, last in pairwise(cuts):
            opening = start if first == body else first
            spans.append((opening, first, last, label, speaker, mode))
    return from_spans(document.document, document.text, spans, document.metadata)

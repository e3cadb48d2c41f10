"""A corpus made ready to be asked: voices, token index, occurrences of the codebook.

With its text, or without it: a measured corpus still knows where its terms stand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from analysis.errors import AnalysisError
from analysis.index.token_index import TokenIndex

if TYPE_CHECKING:
    from analysis.codebook.reading import Codebook
    from analysis.corpus.corpus import Corpus
    from analysis.study.measured import Study
    from analysis.voices.quotation_marks import Quotation

FRAME = "frame: "
"""What a query begins with that asks for all terms of a frame."""
HITS = ("row", "place", "words", "start", "end", "stance")


@dataclass(frozen=True, eq=False)
class Bench:
    """A corpus ready to be asked; made by :func:`bench_of` or :func:`bench_without_text`.

    Parameters
    ----------
    name : str
    utterances : pandas.DataFrame
        One row per utterance: ``document``, ``utterance``, ``body``, ``end`` (characters; 0 where
        there is no text), ``speaker``, ``group``, ``mode``, ``words``.
    first : numpy.ndarray of int64, (utterances,)
        Words of the corpus before each utterance.
    occurrences : pandas.DataFrame
        One row per occurrence of the codebook: ``row`` (of ``utterances``), ``place`` (words
        before it in the corpus), ``words``, ``start``, ``end``, ``stance``, ``term``, ``frame``.
    texts : mapping of str to str
        By document; empty where there is no text.
    index : TokenIndex or None
        Of the blocks in which lines are shown: turns, and press stories whole, whatever voices
        they are cut into.
    blocks : pandas.DataFrame
        One row per block: ``document``, ``body``.
    block : numpy.ndarray of int64, (utterances,)
        The block of each utterance.
    note : str
        What a reader must know of the corpus.
    material : callable or None
        Returns the corpus, voices found, and the codebook of the occurrences; called only by what
        reads whole texts. None where there is no text.
    labels : mapping of str to str
        What each frame is called in print, by its id.
    """

    name: str
    utterances: pd.DataFrame
    first: np.ndarray
    occurrences: pd.DataFrame
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    index: TokenIndex | None = None
    blocks: pd.DataFrame = field(default_factory=pd.DataFrame)
    block: np.ndarray = field(default_factory=lambda: np.empty(0, np.int64))
    note: str = ""
    material: Callable[[], tuple[Corpus, Codebook]] | None = None
    labels: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def indexed(self) -> TokenIndex:
        """The index of a corpus that has its text."""
        if self.index is None:
            raise AnalysisError(self.name, "no text, so no words to look up", "a corpus with text")
        return self.index

    def terms(self) -> list[str]:
        """Return the terms of the codebook that occur, then its frames as queries."""
        frames = sorted(self.label_of(name) for name in self.occurrences["frame"].unique())
        return [*sorted(self.occurrences["term"].unique()), *(FRAME + name for name in frames)]

    def label_of(self, frame: str) -> str:
        """Return what a frame is called in print: its id where its codebook is not at hand."""
        return self.labels.get(frame, frame)


def bench_of(name: str, corpus: Corpus, codebook: Codebook, *, note: str = "") -> Bench:
    """Prepare a corpus: voices of its press stories, token index, occurrences of the codebook.

    Parameters
    ----------
    name : str
    corpus : Corpus
    codebook : Codebook
    note : str
        What a reader must know of the corpus.

    Returns
    -------
    Bench

    Examples
    --------
    >>> from analysis.codebook import read_codebook
    >>> from analysis.corpus import Corpus
    >>> from analysis.text.document import from_turns
    >>> talk = Corpus.of([from_turns("talk", [("A", "They go dark."), ("B", "All dark.")])])
    >>> bench = bench_of("talk", talk, read_codebook("data/codebook.toml"))  # doctest: +SKIP
    >>> page(bench, Query("dark", sort=("1L",)))["left"].tolist()  # doctest: +SKIP
    ['All ', 'They go ']
    """
    from analysis.index.store import index_table

    corpus = corpus.voiced()
    table, block = _in_blocks(corpus)
    blocks = table.assign(block=block).groupby("block")
    blocks = blocks.agg(document=("document", "first"), body=("body", "first"), end=("end", "last"))
    spans = zip(blocks["document"], blocks["body"], blocks["end"], strict=True)
    # Half a surrogate pair has no bytes; one character takes its place, so that offsets hold.
    said = [corpus.texts[d][a:b].encode("utf-8", "replace").decode() for d, a, b in spans]
    index = index_table(pd.DataFrame({"text": said, "document": blocks["document"]}), speaker=None)
    first = _first_words(table["body"] - blocks["body"].to_numpy()[block], block, said, index)
    bench = Bench(
        name,
        table.assign(words=np.diff(first, append=index.tokens)),
        first,
        _no_occurrences(),
        corpus.texts,
        index,
        blocks,
        block,
        note,
        lambda: (corpus, codebook),
        codebook.labels,
    )
    return replace(bench, occurrences=_occurrences(bench, corpus, said, codebook))


def bench_without_text(name: str, study: Study, *, note: str = "") -> Bench:
    """Prepare a measured corpus: positions and counts of the codebook's terms, no lines.

    Parameters
    ----------
    name : str
    study : Study
    note : str

    Returns
    -------
    Bench
    """
    from analysis.study.sides import labels_of

    table = study.utterances.assign(body=0, end=0)
    keys = ["document", "utterance"]
    numbered = table[keys].assign(row=np.arange(len(table)))
    found = study.occurrences.merge(numbered, on=keys, how="left", validate="m:1")
    length = table.groupby("document", sort=False)["words"].sum()
    before = found["document"].map(length.cumsum() - length)
    found = found.assign(place=before + found["words_before"], words=0)
    first = (table["words"].cumsum() - table["words"]).to_numpy()
    labels = labels_of(study)
    return Bench(name, table, first, found[[*HITS, "term", "frame"]], note=note, labels=labels)


def _in_blocks(corpus: Corpus) -> tuple[pd.DataFrame, np.ndarray]:
    """Give the utterances, and the block of each: a turn alone, a story cut into voices whole."""
    order = {name: number for number, name in enumerate(corpus.documents["document"])}
    table = corpus.utterances.assign(order=corpus.utterances["document"].map(order))
    table = table.sort_values(["order", "utterance"], ignore_index=True).fillna({"speaker": ""})
    known = corpus.documents.get("voices", pd.Series("", corpus.documents.index))
    whole = table["document"].isin(corpus.documents.loc[known != "", "document"]).to_numpy()
    begins = ~whole | (table["order"].diff() != 0).to_numpy()
    columns = ["document", "utterance", "body", "end", "speaker", "group", "mode"]
    return table[columns], np.cumsum(begins) - 1


def _first_words(
    offset: pd.Series, block: np.ndarray, said: list[str], index: TokenIndex
) -> np.ndarray:
    """Count the words of the corpus before each utterance, which begins within a block."""
    first = index.token_offset[block].copy()
    for row in np.flatnonzero(offset.to_numpy() > 0).tolist():
        low, high = index.token_offset[block[row]], index.token_offset[block[row] + 1]
        byte = len(said[block[row]][: offset.iloc[row]].encode())
        first[row] += np.searchsorted(index.start[low:high], byte)
    return first


def _no_occurrences() -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in (*HITS, "term", "frame")})


def _occurrences(bench: Bench, corpus: Corpus, said: list[str], codebook: Codebook) -> pd.DataFrame:
    """Find the terms and give each its row and its place among the words of the index."""
    from analysis.occurrences.finding import find

    found = find(corpus, codebook)
    keys = ["document", "utterance"]
    numbered = bench.utterances[keys].assign(row=np.arange(len(bench.utterances)))
    found = found.merge(numbered, on=keys, how="left", validate="m:1")
    index = bench.indexed
    begins = bench.blocks["body"].to_numpy()
    places, sizes = [], []
    for row, start, end in found[["row", "start", "end"]].itertuples(index=False):
        here = bench.block[row]
        low, high = index.token_offset[here], index.token_offset[here + 1]
        first, last = (len(said[here][: at - begins[here]].encode()) for at in (start, end - 1))
        inside = np.searchsorted(index.start[low:high], [first, last], "right") - 1
        places.append(low + inside[0])
        sizes.append(inside[1] - inside[0] + 1)
    return found.assign(place=places, words=sizes)[[*HITS, "term", "frame"]]


def stances(bench: Bench, kept: pd.DataFrame) -> list[str]:
    """Read the stance of every line that has none yet.

    Parameters
    ----------
    bench : Bench
        With its text.
    kept : pandas.DataFrame
        ``row``, ``start``, ``end`` (int), ``stance`` (str, empty where unread).

    Returns
    -------
    list of str
        asserted, denied or mentioned.
    """
    if kept["stance"].all():
        return kept["stance"].tolist()
    from analysis.voices import stance

    said = bench.utterances
    columns = [said[name].to_numpy() for name in ("document", "body", "end", "mode")]
    made = []
    for row, start, end, known in kept[["row", "start", "end", "stance"]].itertuples(index=False):
        if known:
            made.append(known)
            continue
        document, body, stop, mode = (column[row] for column in columns)
        found = stance(
            bench.texts[document],
            start,
            end,
            utterance=(body, stop),
            mode=mode,
            quotes=_quotations(bench, document),
        )
        made.append(found.stance)
    return made


@lru_cache(maxsize=100_000)
def _quotations(bench: Bench, document: str) -> Sequence[Quotation]:
    from analysis.voices.quotation_marks import quotations

    return quotations(bench.texts[document])

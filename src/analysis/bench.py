"""A corpus made ready to be asked: voices, token index, occurrences of the codebook.

With its text, or without it: a measured corpus still knows where its terms stand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import pandas as pd

from analysis.codebook import Codebook
from analysis.corpus import Corpus
from analysis.document import UTTERANCE_COLUMNS, Document, from_spans
from analysis.index import TokenIndex, index_table
from analysis.measured import MeasuredCorpus
from analysis.occurrences import find
from analysis.voices import stance, voices
from analysis.voices.marks import Quotation, quotations

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
    occurrences : pandas.DataFrame
        One row per occurrence of the codebook: ``row`` (of ``utterances``), ``place`` (words
        before it in the corpus), ``words``, ``start``, ``end``, ``stance``, ``term``, ``frame``.
    texts : mapping of str to str
        By document; empty where there is no text.
    index : TokenIndex or None
    note : str
        What a reader must know of the corpus.
    """

    name: str
    utterances: pd.DataFrame
    occurrences: pd.DataFrame
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    index: TokenIndex | None = None
    note: str = ""

    def terms(self) -> list[str]:
        """Return the terms of the codebook that occur, then its frames as queries."""
        frames = sorted(self.occurrences["frame"].unique())
        return [*sorted(self.occurrences["term"].unique()), *(FRAME + name for name in frames)]


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
    >>> from analysis.document import from_turns
    >>> talk = Corpus.of([from_turns("talk", [("A", "They go dark."), ("B", "All dark.")])])
    >>> bench = bench_of("talk", talk, read_codebook("data/codebook.toml"))  # doctest: +SKIP
    >>> page(bench, Query("dark", sort=("1L",)))["left"].tolist()  # doctest: +SKIP
    ['All ', 'They go ']
    """
    table = _voiced(corpus)
    spans = zip(table["document"], table["body"], table["end"], strict=True)
    # Half a surrogate pair has no bytes; one character takes its place, so that offsets hold.
    said = [corpus.texts[d][a:b].encode("utf-8", "replace").decode() for d, a, b in spans]
    index = index_table(pd.DataFrame({"text": said, "document": table["document"]}), speaker=None)
    bench = Bench(
        name,
        table.assign(words=index.exposure),
        _no_occurrences(),
        corpus.texts,
        index,
        note,
    )
    return replace(bench, occurrences=_occurrences(bench, said, codebook))


def bench_without_text(name: str, study: MeasuredCorpus, *, note: str = "") -> Bench:
    """Prepare a measured corpus: positions and counts of the codebook's terms, no lines.

    Parameters
    ----------
    name : str
    study : MeasuredCorpus
    note : str

    Returns
    -------
    Bench
    """
    table = study.utterances.assign(body=0, end=0)
    keys = ["document", "utterance"]
    numbered = table[keys].assign(row=np.arange(len(table)))
    found = study.occurrences.merge(numbered, on=keys, how="left", validate="m:1")
    length = table.groupby("document", sort=False)["words"].sum()
    before = found["document"].map(length.cumsum() - length)
    found = found.assign(place=before + found["words_before"], words=0)
    return Bench(name, table, found[[*HITS, "term", "frame"]], note=note)


def _voiced(corpus: Corpus) -> pd.DataFrame:
    """Give the utterances, those of press stories not yet cut into voices cut so."""
    news = corpus.documents.loc[corpus.documents["kind"] == "news", "document"]
    rows = corpus.utterances
    narrated = (rows["mode"] == "narration").groupby(rows["document"]).transform("all")
    press = rows["document"].isin(news) & narrated
    columns = ["document", "utterance", "body", "end", "speaker", "group", "mode"]
    tables = [rows.loc[~press, columns]]
    for name, story in rows[press].groupby("document", sort=False):
        plain = story[list(UTTERANCE_COLUMNS)].reset_index(drop=True)
        tables.append(voices(Document(str(name), corpus.texts[str(name)], plain)).utterances)
    table = pd.concat(tables, ignore_index=True).reindex(columns=columns)
    # A speaker of a press story who is known from elsewhere has the group known there.
    groups = rows.drop_duplicates("speaker").set_index("speaker")["group"]
    table["group"] = table["group"].fillna(table["speaker"].map(groups))
    order = {name: number for number, name in enumerate(corpus.documents["document"])}
    table = table.fillna({"group": "", "speaker": ""})
    return table.sort_values(
        ["document", "utterance"],
        key=lambda column: column.map(order) if column.name == "document" else column,
        ignore_index=True,
    )


def _no_occurrences() -> pd.DataFrame:
    return pd.DataFrame({name: [] for name in (*HITS, "term", "frame")})


def _occurrences(bench: Bench, said: list[str], codebook: Codebook) -> pd.DataFrame:
    """Find the terms in all utterances at once; give each its row, words in the index, stance."""
    index = bench.index
    ends = np.cumsum([len(text) for text in said]).tolist()
    begins = [0, *ends[:-1]]
    spans = [(a, a, b, "", "", "") for a, b in zip(begins, ends, strict=True)]
    # One document of all utterances: none reaches into the next, and one table is made of it.
    found = find(from_spans(bench.name, "".join(said), spans), codebook)
    places, sizes, starts = [], [], []
    bodies = bench.utterances["body"].tolist()
    for row, start, end in found[["utterance", "start", "end"]].itertuples(index=False):
        low, high = index.token_offset[row], index.token_offset[row + 1]
        first, last = (len(said[row][: at - begins[row]].encode()) for at in (start, end - 1))
        inside = np.searchsorted(index.start[low:high], [first, last], "right") - 1
        places.append(low + inside[0])
        sizes.append(inside[1] - inside[0] + 1)
        starts.append(bodies[row] + start - begins[row])
    located = pd.DataFrame({"row": found["utterance"], "place": places, "words": sizes})
    located = located.assign(start=starts, end=starts + found["end"] - found["start"], stance="")
    located["stance"] = pd.Series(stances(bench, located), dtype="str")
    return located.assign(term=found["term"], frame=found["frame"])


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
    return quotations(bench.texts[document])

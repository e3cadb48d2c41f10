"""Ask a corpus for a term, narrow it, sort its lines, see rate and dispersion beside it.

What the workbench (:mod:`analysis.workbench.widget`) shows, without a widget: every function takes
a :class:`analysis.workbench.prepared.Bench` and a :class:`Query` and gives a table, so that a
script can ask the same questions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd

from analysis.coding.codes import STANCES
from analysis.errors import AnalysisError
from analysis.index.concordance import show, sort_columns
from analysis.index.phrases import Found, find_phrases
from analysis.workbench.prepared import FRAME, HITS, Bench, stances

PAGE = 25
"""Lines shown at a time."""
MOST_STANCES = 4_000
"""Lines of a word or phrase whose stance is read at once, so that no answer is waited for."""
RESAMPLES = 500
"""Of the intervals beside the lines; a figure takes more."""
NO_GROUP = "no group"
WORD_KEYS = (*(f"{n}R" for n in range(1, 6)), *(f"{n}L" for n in range(1, 6)), "node")
LABEL_KEYS = ("speaker", "group", "document", "stance")
_SHOWN = ("document", "utterance", "start", "end", "speaker", "group", "mode", "stance")


@dataclass(frozen=True)
class Query:
    """What is asked of a bench.

    Parameters
    ----------
    term : str
        A term of the codebook, ``frame: `` and a frame by its label or id, or any pattern.
    group, speaker, stance : str, optional
        Only lines of this group, this speaker, this stance.
    contains : str
        Only lines in whose context this stands, in any case.
    sort : tuple of str
        What lines are sorted by, the most important first: words to the right (``1R`` ... ``5R``)
        or left (``1L`` ...), ``node``, ``speaker``, ``group``, ``document``, ``stance``. Ties, and
        all without it, stand in the order of the corpus.
    width : int
        Words of context on each side.
    """

    term: str
    group: str | None = None
    speaker: str | None = None
    stance: str | None = None
    contains: str = ""
    sort: tuple[str, ...] = ("1R", "2R", "3R")
    width: int = 10


@lru_cache(maxsize=16)
def hits(bench: Bench, term: str) -> pd.DataFrame:
    """Find a term of the codebook, a frame, or else any words in the language of its patterns.

    ``surveill*`` and ``(mass|bulk) surveillance`` are found as a codebook would find them
    (:mod:`analysis.codebook.patterns`).

    Returns
    -------
    pandas.DataFrame
        ``row``, ``place``, ``words``, ``start``, ``end`` (int), ``stance`` (str, empty until
        needed), in the order of the corpus.

    Raises
    ------
    AnalysisError
        If nothing is asked for, it is not in the language of patterns, or it is asked of a corpus
        without its text.
    """
    asked = term.strip()
    known = bench.occurrences
    column = "frame" if asked.startswith(FRAME) else "term"
    name = asked.removeprefix(FRAME)
    ids = [frame for frame, label in bench.labels.items() if label == name] or [name]
    mine = known[known[column].isin(ids if column == "frame" else [name])]
    if len(mine):
        return mine[list(HITS)].sort_values(["place", "words"], ignore_index=True)
    if bench.index is None:
        raise AnalysisError(
            bench.name,
            f"{asked!r} is no term found here, and its texts are not here",
            "a term of the codebook",
            "fetch the texts to ask for any word",
        )
    found = find_phrases(bench.indexed, [asked])
    # A line belongs to the voice that its first word stands in, and ends where that does.
    row = np.searchsorted(bench.first, found.place, "right") - 1
    table = pd.DataFrame({"row": row, "place": found.place, "words": found.words})
    before = bench.blocks["body"].to_numpy()[found.row]
    before = before - _characters(bench, bench.indexed.text_offset[found.row])
    for name in ("start", "end"):
        table[name] = before + _characters(bench, getattr(found, name))
    whole = table["end"].to_numpy() <= bench.utterances["end"].to_numpy()[row]
    return table[whole].assign(stance="").reset_index(drop=True)


def _characters(bench: Bench, places: np.ndarray) -> np.ndarray:
    """Return how many characters of the index's text stand before the byte that begins another."""
    return places - np.searchsorted(_further_bytes(bench)[0], places)


def _bytes(bench: Bench, characters: np.ndarray) -> np.ndarray:
    """Return the byte of the index's text with which each of some characters begins."""
    return characters + np.searchsorted(_further_bytes(bench)[1], characters, "right")


@lru_cache(maxsize=4)
def _further_bytes(bench: Bench) -> tuple[np.ndarray, np.ndarray]:
    """Return the bytes that begin no character, and how many characters begin before each."""
    further = np.flatnonzero((bench.indexed.text & 0xC0) == 0x80)
    return further, further - np.arange(len(further))


@lru_cache(maxsize=32)
def lines(bench: Bench, query: Query) -> pd.DataFrame:
    """Give the lines a query asks for, filtered and sorted.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`hits`.

    Raises
    ------
    AnalysisError
        As :func:`hits`; if a sort key or stance is unknown; or if more stances would have to be
        read than can be waited for.
    """
    kept = _narrowed(bench, replace(query, sort=()))
    keys = [key for key in query.sort if key]
    for key in keys:
        if key not in WORD_KEYS + LABEL_KEYS:
            raise AnalysisError("sort", repr(key), f"one of {', '.join(WORD_KEYS + LABEL_KEYS)}")
    if "stance" in keys:
        kept = _with_stances(bench, kept)
    columns = [column for key in keys for column in _key_columns(bench, kept, key)]
    if columns:
        kept = kept.iloc[np.lexsort(columns[::-1])].reset_index(drop=True)
    return kept


@lru_cache(maxsize=32)
def _narrowed(bench: Bench, query: Query) -> pd.DataFrame:
    kept = hits(bench, query.term)
    if query.stance is not None and len(kept) <= MOST_STANCES:
        kept = _read_hits(bench, query.term)
    for name in ("group", "speaker"):
        wanted = getattr(query, name)
        if wanted is not None:
            good = bench.utterances[name].to_numpy() == wanted
            kept = kept[good[kept["row"].to_numpy()]]
    if query.contains and bench.index is not None:
        shown = show(bench.indexed, _found(bench, kept), width=query.width)
        whole = shown["left"] + shown["node"] + shown["right"]
        kept = kept[whole.str.contains(query.contains, case=False, regex=False).to_numpy()]
    if query.stance is not None:
        if query.stance not in STANCES:
            raise AnalysisError("stance", repr(query.stance), f"one of {', '.join(STANCES)}")
        kept = _with_stances(bench, kept)
        kept = kept[kept["stance"] == query.stance]
    return kept.reset_index(drop=True)


@lru_cache(maxsize=4)
def _read_hits(bench: Bench, term: str) -> pd.DataFrame:
    """Find a term and read the stance of all its lines, once for every stance asked for."""
    return _with_stances(bench, hits(bench, term))


def _key_columns(bench: Bench, kept: pd.DataFrame, key: str) -> list[np.ndarray]:
    if key == "stance":
        return [kept["stance"].to_numpy().astype(str)]
    if key in LABEL_KEYS:
        codes, _ = pd.factorize(bench.utterances[key], sort=True)
        return [codes[kept["row"].to_numpy()]]
    if bench.index is None:
        return []
    name = "N" if key == "node" else key[1] + key[0]
    return sort_columns(bench.indexed, _found(bench, kept), [name])


def _found(bench: Bench, kept: pd.DataFrame) -> Found:
    place, row, words = (kept[name].to_numpy(np.int64) for name in ("place", "row", "words"))
    block = bench.block[row]
    first = _characters(bench, bench.indexed.text_offset[block])
    first = first - bench.blocks["body"].to_numpy()[block]
    start, end = (_bytes(bench, first + kept[name].to_numpy(np.int64)) for name in ("start", "end"))
    return Found(np.zeros(len(kept), np.int64), place, block, words, start, end)


def _with_stances(bench: Bench, kept: pd.DataFrame) -> pd.DataFrame:
    unread = int((kept["stance"] == "").sum())
    if unread > MOST_STANCES:
        raise AnalysisError(
            "stance",
            f"{unread:,} lines whose stance is to be read",
            f"at most {MOST_STANCES:,}",
            "choose a group, a speaker or a word in context first",
        )
    return kept.assign(stance=stances(bench, kept))


def page(bench: Bench, query: Query, number: int = 0, size: int = PAGE) -> pd.DataFrame:
    """Show one page of the lines a query asks for.

    Parameters
    ----------
    bench : Bench
    query : Query
    number : int, default 0
    size : int, default 25

    Returns
    -------
    pandas.DataFrame
        ``document``, ``utterance``, ``start``, ``end`` (characters of the document), ``speaker``,
        ``group``, ``mode``, ``stance``, and, where there is text, ``left``, ``node``, ``right``.
    """
    kept = lines(bench, query).iloc[number * size : (number + 1) * size]
    kept = kept.reset_index(drop=True)
    if bench.index is not None:
        kept = kept.assign(stance=stances(bench, kept))
    said = bench.utterances.iloc[kept["row"]].reset_index(drop=True)
    shown = said[["document", "utterance", "speaker", "group", "mode"]]
    shown = shown.assign(**{name: kept[name] for name in ("start", "end", "stance")})[list(_SHOWN)]
    if bench.index is None:
        return shown
    context = show(bench.indexed, _found(bench, kept), width=query.width)
    return shown.assign(**{name: context[name] for name in ("left", "node", "right")})


@lru_cache(maxsize=32)
def beside(bench: Bench, query: Query) -> tuple[pd.DataFrame, pd.Series]:
    """Give rates and dispersion of what a query asks for.

    The numerator is the query's lines in every group, whichever group is being read.

    Returns
    -------
    (pandas.DataFrame, pandas.Series)
        The rates per 1,000 words, everyone first, then groups from the highest: the columns of
        :func:`analysis.statistics.rates.rates` and ``who``; and ``documents``, ``range`` (those
        with a line) and ``dp`` (Gries 2008; missing for a single document or no line).
    """
    from analysis.statistics.counts.rates import rates

    kept = _narrowed(bench, replace(query, group=None, speaker=None, sort=()))
    said = bench.utterances
    found = said[["document", "utterance"]].iloc[kept["row"]].assign(term="asked")
    count: dict[str, Any] = {"of": "term", "categories": ["asked"], "resamples": RESAMPLES}
    parts = [rates(found, said.assign(who="everyone"), by="who", **count)]
    if len(said["group"].unique()) > 1:
        grouped = said.assign(who=said["group"].replace("", NO_GROUP))
        groups = rates(found, grouped, by="who", **count)
        parts.append(groups.sort_values(["rate", "who"], ascending=[False, True]))
    if query.speaker is not None:
        mine = said[said["speaker"] == query.speaker]
        parts.append(rates(found, mine.assign(who=query.speaker), by="who", **count))
    return pd.concat(parts, ignore_index=True), _dispersion(said, kept)


def _dispersion(said: pd.DataFrame, kept: pd.DataFrame) -> pd.Series:
    from analysis.statistics.words.dispersion import measures

    codes, names = pd.factorize(said["document"])
    size = np.bincount(codes, said["words"], len(names))
    count = np.bincount(codes[kept["row"].to_numpy(np.int64)], minlength=len(names))
    spread = np.nan
    if len(kept) and (size > 0).sum() > 1:
        spread = measures(count[size > 0], size[size > 0])["dp"].iloc[0]
    return pd.Series({"documents": len(names), "range": int((count > 0).sum()), "dp": spread})

"""What one asks of a token index: each question a count that adds, and a table made of it.

A function ``count_*`` gives whole numbers of one index; the numbers of several indexes are added by
their labels (:mod:`analysis.index.scale`). A function of the same name without ``count_`` answers
for one index, through the same table function, so that a corpus in pieces gives the same digits.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from analysis.errors import AnalysisError
from analysis.index.arrow_columns import frame
from analysis.index.concordance import find_phrases
from analysis.index.token_index import TokenIndex
from analysis.text.chunks import in_parallel

MILLION = 1_000_000


def count_terms(index: TokenIndex, terms: Sequence[str]) -> pd.DataFrame:
    """Count phrases by speaker.

    Returns
    -------
    pandas.DataFrame
        ``term``, ``speaker`` (str), ``count`` (int) for every pair, and ``words`` (int), the
        speaker's exposure.
    """
    found = find_phrases(index, terms)
    speakers = len(index.speakers)
    cells = found.phrase * speakers + index.speaker[found.row]
    counts = np.bincount(cells, minlength=len(terms) * speakers)
    exposure = np.bincount(index.speaker, index.exposure, speakers).astype(np.int64)
    term = pa.array(np.repeat(np.arange(len(terms), dtype=np.int32), speakers))
    return frame(
        term=pa.array(list(terms), pa.large_string()).take(term),
        speaker=pa.concat_arrays([index.speakers] * len(terms)),
        count=counts,
        words=np.tile(exposure, len(terms)),
    )


def terms_by_speaker(index: TokenIndex, terms: Sequence[str]) -> pd.DataFrame:
    """Give the rate at which every speaker uses every term.

    Parameters
    ----------
    index : TokenIndex
    terms : sequence of str
        Words or phrases, as in :func:`analysis.index.concordance.find_phrases`.

    Returns
    -------
    pandas.DataFrame
        One row per term and speaker, those without an occurrence too: ``term``, ``speaker``,
        ``count``, ``words`` (the speaker's), ``per_million`` (float).

    Raises
    ------
    AnalysisError
        If a term has no word.
    """
    return rate_table(count_terms(index, terms))


def rate_table(counts: pd.DataFrame) -> pd.DataFrame:
    """Add the rate per million words to a table with ``count`` and ``words``."""
    words = counts["words"].to_numpy(np.float64)
    rate = np.full(len(counts), np.nan)
    np.divide(MILLION * counts["count"].to_numpy(), words, out=rate, where=words > 0)
    return counts.assign(per_million=rate)


def frequency_list(index: TokenIndex, *, least: int = 1) -> pd.DataFrame:
    """List the words of a corpus, the most frequent first, equals in alphabetical order.

    Returns
    -------
    pandas.DataFrame
        ``word`` (str, folded), ``count`` (int), ``per_million`` (float).
    """
    return frequency_table(index.vocabulary, index.counts, least=least)


def frequency_table(vocabulary: pa.Array, counts: np.ndarray, *, least: int = 1) -> pd.DataFrame:
    """Make the table of :func:`frequency_list` of a vocabulary and its counts."""
    order = np.argsort(-counts, kind="stable")
    order = order[counts[order] >= least]
    rate = MILLION * counts[order] / max(int(counts.sum()), 1)
    return _table(vocabulary, order, count=counts[order], per_million=rate)


def ngrams(index: TokenIndex, n: int = 2, *, least: int = 2) -> pd.DataFrame:
    """List runs of n words within utterances, the most frequent first.

    Parameters
    ----------
    index : TokenIndex
    n : int, default 2
    least : int, default 2
        Runs that occur less often are left out.

    Returns
    -------
    pandas.DataFrame
        ``ngram`` (str, folded words parted by blanks), ``count`` (int).
    """
    if n < 1:
        raise AnalysisError("n", str(n), "one word at least")
    # The word after each word; after the last of an utterance, one that is no word.
    after = np.append(index.word[1:], index.word[:1])
    after[index.token_offset[1:][index.exposure > 0] - 1] = len(index.vocabulary)
    runs, counts = [np.empty((n, 0), np.int64)], [np.empty(0, np.int64)]
    for words, times in in_parallel(partial(_runs, index, n, least, after), _shares(index)):
        runs.append(words)
        counts.append(times)
    words, times = np.concatenate(runs, axis=1), np.concatenate(counts)
    # The runs are in the order of their words, and equals keep it.
    order = np.argsort(-times, kind="stable")
    names = [index.vocabulary.take(pa.array(column[order])) for column in words]
    blank = pa.scalar(" ", pa.large_string())
    return frame(ngram=pc.binary_join_element_wise(*names, blank), count=times[order])


def _shares(index: TokenIndex) -> list[tuple[int, int]]:
    """Part the vocabulary into ranges of words that have about as many places."""
    cuts = np.minimum(np.arange(0, index.tokens + _SHARE, _SHARE), index.tokens)
    return list(pairwise(np.unique(np.searchsorted(index.word_offset, cuts)).tolist()))


def _runs(
    index: TokenIndex, n: int, least: int, after: np.ndarray, share: tuple[int, int]
) -> tuple[np.ndarray, np.ndarray]:
    """Count runs that begin with a word of a share: their words (n, runs) in order, the counts."""
    low, high = share
    places = index.posting[index.word_offset[low] : index.word_offset[high]]
    # A run is one number: its words side by side, and sorting brings equal runs together.
    bits, used = len(index.vocabulary).bit_length(), (high - low).bit_length()
    kind = np.uint32 if used + bits * (n - 1) <= 32 else np.int64
    keys = np.repeat(np.arange(high - low, dtype=kind), index.counts[low:high])
    tails, heads, last = 0, np.arange(low, high)[None], index.tokens - 1
    for step in range(1, n):
        if used + bits > _KEY_BITS:
            found, keys = np.unique(keys, return_inverse=True)
            heads = _unpacked(found, tails, bits, heads)
            used, tails = len(found).bit_length(), 0
        keys <<= kind(bits)
        before = places if step == 1 else np.minimum(places + (step - 1), last)
        keys |= after[before].astype(kind, copy=False)
        used, tails = used + bits, tails + 1
    keys.sort()
    edges = np.flatnonzero(keys[1:] != keys[:-1]) + 1
    edges = np.concatenate([[0], edges])[: len(keys)]
    counts = np.diff(edges, append=len(keys))
    often = counts >= least
    words = _unpacked(keys[edges[often]].astype(np.int64), tails, bits, heads)
    inside = (words < len(index.vocabulary)).all(axis=0)
    return words[:, inside], counts[often][inside]


_SHARE = 1 << 19
_KEY_BITS = 63


def _unpacked(keys: np.ndarray, tails: int, bits: int, heads: np.ndarray) -> np.ndarray:
    """Take runs apart: their last words from the numbers, what precedes from the heads."""
    last = [keys >> bits * at & (1 << bits) - 1 for at in reversed(range(tails))]
    return np.vstack([heads[:, keys >> bits * tails], *last])


def count_words_of(index: TokenIndex, speaker: str) -> np.ndarray:
    """Count every word of the vocabulary in one speaker's utterances, int64."""
    counts = np.zeros(len(index.vocabulary), np.int64)
    known = index.speakers.index(pa.scalar(speaker, pa.large_string())).as_py()
    if known >= 0:
        rows = slice(index.said_offset[known], index.said_offset[known + 1])
        counts[index.said_word[rows]] = index.said_count[rows]
    return counts


def keyness(index: TokenIndex, speaker: str) -> pd.DataFrame:
    """Compare the words of one speaker with those of all others.

    Parameters
    ----------
    index : TokenIndex
    speaker : str

    Returns
    -------
    pandas.DataFrame
        One row per word of the corpus, the largest ``log_likelihood`` first: ``word``,
        ``count``, ``count_rest`` (int), ``per_million``, ``per_million_rest``,
        ``log_likelihood`` (G² of the 2 x 2 table, Dunning 1993, negative where the speaker
        uses the word less) and ``log_ratio`` (binary logarithm of the ratio of the rates, half
        an occurrence standing for none; Hardie 2014).

    Raises
    ------
    AnalysisError
        If the speaker is unknown, or there is nobody else.
    """
    counts = count_words_of(index, speaker)
    return keyness_table(index.vocabulary, counts, index.counts - counts, speaker)


def keyness_table(
    vocabulary: pa.Array, counts: np.ndarray, rest: np.ndarray, speaker: str
) -> pd.DataFrame:
    """Make the table of :func:`keyness` of the counts of a speaker and of the rest."""
    n, n_rest = int(counts.sum()), int(rest.sum())
    if not n or not n_rest:
        raise AnalysisError("speaker", f"no words of {speaker!r} or of others", "words of both")
    # Most words share their pair of counts with others: measure and rank each pair once.
    codes, pairs = pd.factorize(counts * (n_rest + 1) + rest)
    own, others = np.divmod(pairs, n_rest + 1)
    g2 = signed_g2(own, n, others, n_rest)
    ratio = np.log2(np.maximum(own, 0.5) / n) - np.log2(np.maximum(others, 0.5) / n_rest)
    ranked = np.argsort(-g2, kind="stable")
    rank = np.empty(len(pairs), np.uint16 if len(pairs) < 1 << 16 else np.int64)
    same = np.diff(g2[ranked], prepend=np.inf) != 0
    rank[ranked] = np.cumsum(same) - 1
    order = np.argsort(rank[codes], kind="stable")
    pair = codes[order]
    return _table(
        vocabulary,
        order,
        count=own[pair],
        count_rest=others[pair],
        per_million=(MILLION * own / n)[pair],
        per_million_rest=(MILLION * others / n_rest)[pair],
        log_likelihood=g2[pair],
        log_ratio=ratio[pair],
    )


def signed_g2(f1: np.ndarray, n1: float, f2: np.ndarray, n2: float) -> np.ndarray:
    """G² of :func:`analysis.statistics.words.contingency.log_likelihood`, signed.

    Written out here, and tested to be equal, because what that module imports takes longer than
    the question.
    """
    f1, f2 = np.asarray(f1, np.float64), np.asarray(f2, np.float64)
    e1, e2 = n1 * (f1 + f2) / (n1 + n2), n2 * (f1 + f2) / (n1 + n2)
    g2 = np.zeros(len(f1))
    for observed, expected in ((f1, e1), (f2, e2), (n1 - f1, n1 - e1), (n2 - f2, n2 - e2)):
        ratio = np.ones(len(f1))
        np.divide(observed, expected, out=ratio, where=(observed > 0) & (expected > 0))
        g2 += observed * np.log(ratio)
    return np.where(f1 < e1, -2, 2) * np.maximum(g2, 0.0)


def count_collocates(index: TokenIndex, phrase: str, window: int = 5) -> tuple[np.ndarray, int]:
    """Count every word in the windows around a phrase, and the phrase itself."""
    if window < 1:
        raise AnalysisError("window", str(window), "one word at least")
    found = find_phrases(index, [phrase])
    low, high = index.token_offset[found.row], index.token_offset[found.row + 1]
    counts = np.zeros(len(index.vocabulary), np.int64)
    for step in range(1, window + 1):
        left, right = found.place - step, found.place + found.words - 1 + step
        near = np.concatenate([left[left >= low], right[right < high]])
        counts += np.bincount(index.word[near], minlength=len(counts))
    return counts, len(found.place)


def collocates(index: TokenIndex, phrase: str, *, window: int = 5, least: int = 2) -> pd.DataFrame:
    """List the words near a word or phrase, the most strongly bound first.

    Parameters
    ----------
    index : TokenIndex
    phrase : str
        As in :func:`analysis.index.concordance.find_phrases`.
    window : int, default 5
        Words looked at on each side, within the utterance.
    least : int, default 2
        Words seen there less often are left out.

    Returns
    -------
    pandas.DataFrame
        ``word``, ``count`` (int, near the phrase), ``count_all`` (int, in the corpus),
        ``expected`` (float, of so many places by chance; Evert 2008), ``log_likelihood``
        (G² of near against elsewhere, negative where rarer than by chance),
        ``mutual_information`` (log2 of count over expected) and ``log_dice``
        (14 + log2(2 f_xy / (f_x + f_y)); Rychlý 2008), by which the rows stand.

    Raises
    ------
    AnalysisError
        If the phrase has no word, or the window none.
    """
    counts, nodes = count_collocates(index, phrase, window)
    return collocate_table(index.vocabulary, counts, index.counts, nodes, least=least)


def collocate_table(
    vocabulary: pa.Array, near: np.ndarray, every: np.ndarray, nodes: int, *, least: int = 2
) -> pd.DataFrame:
    """Make the table of :func:`collocates` of counts near the phrase and in the corpus."""
    rows = np.flatnonzero(near >= max(least, 1))
    joint, total = near[rows], every[rows]
    places, size = int(near.sum()), int(every.sum())
    expected = places * total / max(size, 1)
    # A word may stand in two windows at once: elsewhere is never less than nothing.
    elsewhere = np.maximum(total - joint, 0)
    g2 = signed_g2(joint, places, elsewhere, max(size - places, 1))
    dice = 14 + np.log2(2 * joint / (nodes + total))
    order = np.lexsort((rows, -joint, -dice))
    return _table(
        vocabulary,
        rows[order],
        count=joint[order],
        count_all=total[order],
        expected=expected[order],
        log_likelihood=g2[order],
        mutual_information=np.log2(joint / expected)[order],
        log_dice=dice[order],
    )


def _table(vocabulary: pa.Array, rows: np.ndarray, **columns: np.ndarray) -> pd.DataFrame:
    return frame(word=vocabulary.take(pa.array(rows)), **columns)

"""What one asks of a corpus as arrays: each question a count that adds, and a table made of it.

The corpus is one index (:class:`analysis.index.token_index.TokenIndex`) or many
(:class:`analysis.index.partitions.Partitions`). The whole numbers of one index
(:mod:`analysis.index.counts`) are the answer, those of partitions are added by their labels, on as
many machines as there are. What is not a whole number is computed once, of the sums, so the answer
is the same to the last digit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.errors import AnalysisError
from analysis.index.arrow_columns import frame
from analysis.index.counts import (
    as_list,
    count_collocates,
    count_focus,
    count_phrases,
    count_vocabulary,
)
from analysis.index.partitions import Partitions, ask
from analysis.index.runs import ngrams
from analysis.index.selection import Where, check_where
from analysis.index.tables import (
    PER,
    collocate_table,
    columns_of,
    keyness_table,
    rate_table,
    word_table,
)
from analysis.index.token_index import TokenIndex

if TYPE_CHECKING:
    from distributed import Client

__all__ = ["collocates", "frequency_list", "keyness", "ngrams", "phrases_by_speaker"]


def phrases_by_speaker(
    source: TokenIndex | Partitions,
    phrases: Sequence[str],
    *,
    per: float = PER,
    where: Where | None = None,
    client: Client | None = None,
) -> pd.DataFrame:
    """Give the rate at which every speaker uses every phrase.

    For the terms of a codebook see :func:`analysis.index.occurrences.occurrences_by_speaker`.

    Parameters
    ----------
    source : TokenIndex or Partitions
    phrases : sequence of str
        As in :func:`analysis.index.phrases.find_phrases`.
    per : float, default 1000
        Words that the rate is per.
    where : mapping, optional
        Only these utterances; see :mod:`analysis.index.selection`.
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        One row per phrase and speaker, those without an occurrence too: ``phrase``, ``speaker``,
        ``count``, ``words`` (the speaker's), ``rate`` (float, per 1,000 words).

    Raises
    ------
    AnalysisError
        If a phrase or the filter is not understood, or a partition cannot be read.

    Examples
    --------
    >>> from analysis.index import index_table
    >>> talk = pd.DataFrame({"text": ["All going dark.", "Not dark."], "speaker": ["B", "L"]})
    >>> phrases_by_speaker(index_table(talk, document=None), ["going dark"])
           phrase speaker  count  words        rate
    0  going dark       B      1      3  333.333333
    1  going dark       L      0      2    0.000000
    """
    phrases = as_list(phrases)
    check_where(source, where)
    count = partial(count_phrases, phrases=tuple(phrases), where=where)
    counts = ask(source, count, ["phrase", "speaker"], client=client)
    named = pa.array(phrases, pa.large_string()).take(counts["phrase"].combine_chunks())
    _, speaker, *numbers = (column.combine_chunks() for column in counts.columns)
    count, words = (column.to_numpy() for column in numbers)
    return rate_table(frame(phrase=named, speaker=speaker, count=count, words=words), per)


def frequency_list(
    source: TokenIndex | Partitions,
    *,
    least: int = 1,
    per: float = PER,
    where: Where | None = None,
    client: Client | None = None,
) -> pd.DataFrame:
    """List the words of a corpus, the most frequent first, equals in alphabetical order.

    Parameters
    ----------
    source : TokenIndex or Partitions
    least : int, default 1
        Words that occur less often are left out.
    per : float, default 1000
        Words that the rate is per.
    where : mapping, optional
        Only these utterances; see :mod:`analysis.index.selection`.
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        ``word`` (str, folded), ``count`` (int), ``rate`` (float, per 1,000 words).

    Raises
    ------
    AnalysisError
        If the filter is not understood, or a partition cannot be read.
    """
    check_where(source, where)
    table = ask(source, partial(count_vocabulary, where=where), ["word"], client=client)
    words, counts = columns_of(table)
    order = np.argsort(-counts, kind="stable")
    order = order[counts[order] >= least]
    rate = per * counts[order] / max(int(counts.sum()), 1)
    return word_table(words, order, count=counts[order], rate=rate)


def keyness(
    source: TokenIndex | Partitions,
    focus: str | Where,
    *,
    per: float = PER,
    where: Where | None = None,
    client: Client | None = None,
) -> pd.DataFrame:
    """Compare the words of one speaker, or of some utterances, with those of all others.

    Parameters
    ----------
    source : TokenIndex or Partitions
    focus : str or mapping
        A speaker, or the utterances in focus, as ``where``: ``{"group": "government"}``.
    per : float, default 1000
        Words that the rates are per.
    where : mapping, optional
        Only these utterances, in focus or not; see :mod:`analysis.index.selection`.
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        One row per word of the utterances compared, the largest ``log_likelihood`` first:
        ``word``, ``count``, ``count_rest`` (int), ``rate``, ``rate_rest`` (per 1,000 words),
        ``log_likelihood`` (G² of the 2 x 2 table, Dunning 1993, negative where the focus
        uses the word less) and ``log_ratio`` (binary logarithm of the ratio of the rates, half
        an occurrence standing for none; Hardie 2014).

    Raises
    ------
    AnalysisError
        If the speaker is unknown, there is nobody else, a filter is not understood, or a
        partition cannot be read.
    """
    check_where(source, where)
    if isinstance(focus, Mapping):
        check_where(source, focus)
    count = partial(count_focus, focus=focus, where=where)
    words, every, own = columns_of(ask(source, count, ["word"], client=client))
    rest = every - own
    if not own.any() or not rest.any():
        where_at = "focus" if isinstance(focus, Mapping) else "speaker"
        raise AnalysisError(where_at, f"no words of {focus!r} or of others", "words of both")
    return keyness_table(words, own, rest, per)


def collocates(
    source: TokenIndex | Partitions,
    phrase: str,
    *,
    window: int = 5,
    least: int = 2,
    where: Where | None = None,
    client: Client | None = None,
) -> pd.DataFrame:
    """List the words near a word or phrase, the most strongly bound first.

    A word near two occurrences of the phrase stands in both their windows and is counted once,
    as in :func:`analysis.statistics.words.cooccurrence.window_counts`.

    Parameters
    ----------
    source : TokenIndex or Partitions
    phrase : str
        As in :func:`analysis.index.phrases.find_phrases`.
    window : int, default 5
        Words looked at on each side, within the utterance.
    least : int, default 2
        Words seen there less often are left out, once all are added.
    where : mapping, optional
        Only these utterances; see :mod:`analysis.index.selection`.
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        ``word``, ``count`` (int, near the phrase), ``count_all`` (int, in the utterances asked),
        ``expected`` (float, of so many places by chance; Evert 2008), ``log_likelihood``
        (G² of near against elsewhere, negative where rarer than by chance),
        ``mutual_information`` (log2 of count over expected) and ``log_dice``
        (14 + log2(2 f_xy / (f_x + f_y)); Rychlý 2008), by which the rows stand.

    Raises
    ------
    AnalysisError
        If the phrase or the filter is not understood, the window has no word, or a partition
        cannot be read.
    """
    if window < 1:
        raise AnalysisError("window", str(window), "one word at least")
    check_where(source, where)
    count = partial(count_collocates, phrase=phrase, window=window, where=where)
    words, every, near = columns_of(ask(source, count, ["word"], client=client))
    # The phrase's own row is the first: the empty label stands before all words.
    return collocate_table(words[1:], near[1:], every[1:], int(near[0]), least=least)

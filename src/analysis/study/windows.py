"""What stands near a few declared words, counted by speaker.

Part of a measured corpus. The counts know neither order nor place: all windows of a speaker are
added up, and a word that seldom stands near the node is left out, so no sentence can be put
together again from them.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from analysis.errors import AnalysisError

if TYPE_CHECKING:
    from analysis.text.word_table import RunningWords

WINDOW = 5
"""Words of the window on either side of a node; it ends where the utterance does."""

LEAST = 5
"""A word that stands near a node less often than this in the whole study is left out."""

WINDOW_COLUMNS = ("node", "speaker", "group", "words", "count", "near")
COLLOCATE_COLUMNS = ("node", "speaker", "group", "collocate", "near")


def read_nodes(path: str | os.PathLike[str]) -> list[str]:
    """Read the words whose neighbours a study counts.

    Parameters
    ----------
    path : path-like
        UTF-8 CSV with the column ``node``, one word a line.

    Returns
    -------
    list of str
        Folded as words are counted, in the order of the file.

    Raises
    ------
    AnalysisError
        If the file is missing or not UTF-8, lacks the column, or a line does not hold one word
        or holds one seen before.
    """
    from analysis.readers import decoding
    from analysis.text.words import fold, words

    path = Path(path)
    nodes: dict[str, int] = {}
    for line, row in decoding.rows(path, decoding.decode(path), ("node",)):
        found = words(row["node"])
        where = f"{path}, line {line}"
        if len(found) != 1:
            raise AnalysisError(where, repr(row["node"]), "one word")
        node = fold(found[0])
        if node in nodes:
            raise AnalysisError(
                where,
                f"the word {node!r} again",
                "each word once",
                f"remove this line or line {nodes[node]}",
            )
        nodes[node] = line
    return list(nodes)


def count_windows(
    utterances: pd.DataFrame,
    said: RunningWords,
    nodes: Sequence[str],
    *,
    window: int = WINDOW,
    least: int = LEAST,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Count the words near each node, all that a speaker says added up.

    Parameters
    ----------
    utterances : pandas.DataFrame
        ``speaker``, ``group`` (str).
    said : RunningWords
        The words of each utterance, in the order of the rows.
    nodes : sequence of str
        Folded words.
    window : int
        Words on either side, not beyond the utterance.
    least : int
        Collocates that stand near a node less often in all are left out.

    Returns
    -------
    windows : pandas.DataFrame
        One row per node and speaker, those who never say it included: ``node``, ``speaker``,
        ``group``, ``words`` (all that the speaker says), ``count`` (of the node), ``near``
        (words inside its windows, each once).
    collocates : pandas.DataFrame
        One row per node, speaker and collocate that stands near: ``node``, ``speaker``,
        ``group``, ``collocate`` (folded), ``near`` (its tokens inside the windows, each once).

    Notes
    -----
    Surface co-occurrence as :func:`analysis.statistics.words.cooccurrence.window_counts` has it.

    Examples
    --------
    >>> from analysis.text.word_table import words_in_order
    >>> who = pd.DataFrame({"speaker": ["A"], "group": ""})
    >>> said = words_in_order(["Trust, but verify."])
    >>> _, near = count_windows(who, said, ["trust"], window=1, least=1)
    >>> near[["node", "collocate", "near"]].values.tolist()
    [['trust', 'but', 1]]
    """
    counted = count_company(utterances, said, nodes, window=window)
    return window_tables(counted, nodes, least=least)


class Company(NamedTuple):
    """What stands near some nodes in some texts; the counts of different texts add up.

    Parameters
    ----------
    speakers : list of (str, str)
        Speaker and group.
    nodes : list of str
        Those that were looked for.
    words : numpy.ndarray of int64, (speakers,)
        All that each says.
    sizes : numpy.ndarray of int64, (nodes, speakers, 2)
        How often each says each node, and how many words stand near it.
    vocabulary : list of str
        Those that stand near a node.
    near : numpy.ndarray of int64, (pairs, 4)
        Numbers of node, speaker and collocate, and how often it stands near.
    """

    speakers: list[tuple[str, str]]
    nodes: list[str]
    words: np.ndarray
    sizes: np.ndarray
    vocabulary: list[str]
    near: np.ndarray


def count_company(
    utterances: pd.DataFrame,
    said: RunningWords,
    nodes: Sequence[str],
    *,
    window: int = WINDOW,
) -> Company:
    """Count the words near each node in what is said in utterances; see :func:`count_windows`."""
    row, word, vocabulary = said.text, said.word, said.vocabulary
    number = dict(zip(vocabulary, range(len(vocabulary)), strict=True))
    grouped = utterances.groupby(["speaker", "group"], sort=True)
    speakers = grouped.size().index.tolist()
    whose = grouped.ngroup().to_numpy()[row]
    sizes = np.zeros((len(nodes), len(speakers), 2), np.int64)
    tables = [np.empty((0, 4), np.int64)]
    for at, node in enumerate(nodes):
        places = np.flatnonzero(word == number.get(node, -1))
        near = _near(places, row, window)
        for column, some in enumerate((places, near)):
            sizes[at, :, column] = np.bincount(whose[some], minlength=len(speakers))
        pairs, joint = np.unique(whose[near] * len(number) + word[near], return_counts=True)
        of, collocate = np.divmod(pairs, max(len(number), 1))
        tables.append(np.stack([np.full(len(pairs), at), of, collocate, joint], axis=1))
    near = np.concatenate(tables)
    some, near[:, 2] = np.unique(near[:, 2], return_inverse=True)
    total = np.bincount(whose, minlength=len(speakers))
    return Company(
        speakers, list(nodes), total, sizes, [vocabulary[one] for one in some.tolist()], near
    )


def window_tables(
    counted: Company, nodes: Sequence[str], *, least: int = LEAST
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the tables of some of the nodes that were counted; see :func:`count_windows`."""
    speakers, vocabulary = counted.speakers, counted.vocabulary
    totals, tables = [], []
    for node in nodes:
        at = counted.nodes.index(node)
        every = zip(speakers, counted.words.tolist(), counted.sizes[at].tolist(), strict=True)
        totals += [(node, *speaker, total, *sizes) for speaker, total, sizes in every]
        near = counted.near[counted.near[:, 0] == at]
        often = np.bincount(near[:, 2], near[:, 3], len(vocabulary)) >= least
        for _, one, other, times in near[often[near[:, 2]]].tolist():
            tables.append((node, *speakers[one], vocabulary[other], times))
    order = ["node", "speaker", "group", "collocate"]
    windows = pd.DataFrame(totals, columns=list(WINDOW_COLUMNS))
    found = pd.DataFrame(tables, columns=list(COLLOCATE_COLUMNS))
    return (
        windows.sort_values(order[:3], ignore_index=True),
        found.sort_values(order, ignore_index=True),
    )


def _near(places: np.ndarray, row: np.ndarray, window: int) -> np.ndarray:
    """Return the places around others, each once, that stand in the same row."""
    steps = np.array([step for step in range(-window, window + 1) if step], np.int64)
    near = places[:, None] + steps
    inside = (near >= 0) & (near < len(row))
    inside &= row[np.where(inside, near, 0)] == row[places][:, None]
    return np.unique(near[inside])

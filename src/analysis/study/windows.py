"""What stands near a few declared words, counted by speaker.

Part of a measured corpus. The counts know neither order nor place: all windows of a speaker are
added up, and a word that seldom stands near the node is left out, so no sentence can be put
together again from them.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.errors import AnalysisError
from analysis.readers import decoding
from analysis.statistics.words.cooccurrence import window_counts
from analysis.text.words import fold, words

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
    texts: Mapping[str, str],
    nodes: Sequence[str],
    *,
    window: int = WINDOW,
    least: int = LEAST,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Count the words near each node, all that a speaker says added up.

    Parameters
    ----------
    utterances : pandas.DataFrame
        ``document``, ``speaker``, ``group`` (str), ``body``, ``end`` (characters).
    texts : mapping of str to str
        The characters of each document.
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
    >>> said = pd.DataFrame({"document": "d", "speaker": "A", "group": "", "body": [0], "end": 18})
    >>> _, near = count_windows(said, {"d": "Trust, but verify."}, ["trust"], window=1, least=1)
    >>> near[["node", "collocate", "near"]].values.tolist()
    [['trust', 'but', 1]]
    """
    totals, tables = [], []
    for (speaker, group), said in utterances.groupby(["speaker", "group"], sort=True):
        tokens, segments = _tokens(said, texts)
        for node in nodes:
            count = tokens.count(node)
            if not count:
                totals.append((node, speaker, group, len(tokens), 0, 0))
                continue
            table = window_counts(tokens, node, left=window, right=window, segments=segments)
            near = int(table["node"].iloc[0]) if len(table) else 0
            totals.append((node, speaker, group, len(tokens), count, near))
            table = table.assign(node=node, speaker=speaker, group=group, near=table["joint"])
            tables.append(table[list(COLLOCATE_COLUMNS)])
    windows = pd.DataFrame(totals, columns=list(WINDOW_COLUMNS))
    if not tables:
        return windows, pd.DataFrame(columns=list(COLLOCATE_COLUMNS))
    found = pd.concat(tables, ignore_index=True)
    often = found.groupby(["node", "collocate"])["near"].transform("sum") >= least
    order = ["node", "speaker", "group", "collocate"]
    return (
        windows.sort_values(order[:3], ignore_index=True),
        found[often].sort_values(order, ignore_index=True),
    )


def _tokens(said: pd.DataFrame, texts: Mapping[str, str]) -> tuple[list[str], list[int]]:
    tokens: list[str] = []
    segments: list[int] = []
    columns = ["document", "body", "end"]
    for number, (document, body, end) in enumerate(said[columns].itertuples(index=False)):
        here = [fold(word) for word in words(texts[document][body:end])]
        tokens += here
        segments += [number] * len(here)
    return tokens, segments

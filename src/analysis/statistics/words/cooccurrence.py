"""Count what stands near a node, each token once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from analysis.statistics import checks


def window_counts(
    tokens: Sequence[Any],
    node: Any,
    *,
    left: int = 5,
    right: int = 5,
    segments: Sequence[Any] | None = None,
) -> pd.DataFrame:
    """Count the collocates in the windows around a node (surface co-occurrence, Evert 2008).

    A token near two nodes stands in both windows but is one token: `joint` counts it once, and
    `node` is the number of tokens in the union of the windows, so that the four numbers make a
    contingency table. `pairs` counts it twice, as most tools do.

    Parameters
    ----------
    tokens : sequence, (tokens,)
        The words, normalised as they are to be counted.
    node : word or array of int, (nodes, 2)
        The node word, or the spans [start, end) of a multi-word node.
    left, right : int, default 5
        Tokens of the window before and after the node.
    segments : sequence, (tokens,), optional
        Sentence, turn or document of each token; a window stops where it changes. Without it
        windows run across everything.

    Returns
    -------
    DataFrame
        One row per collocate that stands near the node, most frequent first, with the columns
        collocate (word), joint (O), pairs, node (f₁), total_collocate (f₂), total (N): what
        `collocation.measures` takes. Empty if the node does not occur.

    Raises
    ------
    ValueError
        If lengths differ, a window is negative or a span lies outside the tokens.

    Examples
    --------
    >>> window_counts("a x b a y".split(), "a", left=1, right=1)
      collocate  joint  pairs  node  total_collocate  total
    0         b      1      1     3                1      5
    1         x      1      1     3                1      5
    2         y      1      1     3                1      5
    """
    left, right = checks.whole("left", left, least=0), checks.whole("right", right, least=0)
    words, vocabulary = pd.factorize(np.asarray(tokens, dtype=object), sort=True)
    segment = np.zeros(len(words), dtype=np.intp)
    if segments is not None:
        checks.same_length(tokens=tokens, segments=segments)
        segment = pd.factorize(np.asarray(segments, dtype=object))[0]
    starts, ends = _spans(node, words, vocabulary)
    near = _positions(starts, ends, left, right, segment)
    once = np.unique(near)
    size = len(vocabulary)
    table = pd.DataFrame(
        {
            "collocate": vocabulary,
            "joint": np.bincount(words[once], minlength=size),
            "pairs": np.bincount(words[near], minlength=size),
            "node": len(once),
            "total_collocate": np.bincount(words, minlength=size),
            "total": len(words),
        }
    )
    table = table[table["joint"] > 0]
    return table.sort_values(["joint", "collocate"], ascending=[False, True], ignore_index=True)


def _spans(
    node: Any, words: npt.NDArray[np.intp], vocabulary: npt.NDArray[Any]
) -> tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]:
    if isinstance(node, str) or np.ndim(node) == 0:
        starts = np.flatnonzero(words == _code(vocabulary, node))
        return starts, starts + 1
    spans = checks.counts("node", node, ndim=2)
    if spans.shape[1] != 2:
        raise checks.AnalysisError("node", f"{spans.shape[1]} columns", "2: start and end")
    starts, ends = spans.astype(np.intp).T
    if len(spans) and (ends.max() > len(words) or (ends <= starts).any()):
        raise checks.AnalysisError(
            "node", f"a span ending at {ends.max()}", f"start < end <= {len(words)}"
        )
    return starts, ends


def _code(vocabulary: npt.NDArray[Any], word: Any) -> int:
    found = np.flatnonzero(vocabulary == word)
    return int(found[0]) if len(found) else -1


def _positions(
    starts: npt.NDArray[np.intp],
    ends: npt.NDArray[np.intp],
    left: int,
    right: int,
    segment: npt.NDArray[np.intp],
) -> npt.NDArray[np.intp]:
    before = starts[:, None] - np.arange(1, left + 1)
    after = ends[:, None] + np.arange(right)
    near = np.hstack([before, after])
    inside = (near >= 0) & (near < len(segment))
    # Segments are contiguous runs: a window leaves its node's run at the first other run.
    run = np.cumsum(np.diff(segment, prepend=segment[:1]) != 0)
    same = run[np.where(inside, near, 0)] == run[starts][:, None] if len(starts) else inside
    return near[inside & same]

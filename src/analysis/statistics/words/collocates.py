"""Collocates of a word in each group, from the windows a measured corpus ships.

The labelled layer over :mod:`analysis.statistics.words.collocation`. Tokens are taken as
independent there, so the number of speakers stands beside every measure: a collocate of one speaker
is that speaker's habit.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.errors import AnalysisError
from analysis.statistics.words.collocation import measures
from analysis.statistics.words.effect_size import log_ratio

MEASURES = ("log_dice", "log_ratio", "lrc", "log_likelihood_signed")
_WHO = ["speaker", "group"]


def collocates(
    windows: pd.DataFrame,
    near: pd.DataFrame,
    words: pd.DataFrame,
    utterances: pd.DataFrame,
    *,
    node: str,
    groups: Sequence[str],
    level: float = 0.95,
) -> pd.DataFrame:
    """Measure how strongly words keep company with a node, in each group.

    Parameters
    ----------
    windows, near : pandas.DataFrame
        ``windows`` and ``collocates`` of a measured corpus
        (:func:`analysis.study.windows.count_windows`).
    words : pandas.DataFrame
        ``document``, ``utterance``, ``word``, ``count``.
    utterances : pandas.DataFrame
        ``document``, ``utterance``, ``speaker``, ``group``: all of the study, because the windows
        are of all that a speaker says.
    node : str
        One of the nodes the study declares.
    groups : sequence of str
        The groups, in the order wanted.
    level : float

    Returns
    -------
    pandas.DataFrame
        One row per group and collocate the group says near the node, strongest first:
        ``group``, ``collocate``, ``joint`` (O), ``speakers`` (who say it there), ``nodes``
        (occurrences of the node), ``near`` (f₁, words in its windows), ``frequency`` (f₂, of the
        collocate in the group), ``words`` (N), then ``log_dice`` = 14 + log₂ 2O/(f₁ + f₂)
        (Rychlý 2008), ``log_ratio`` of the rate inside to that outside the windows with
        ``low`` and ``high`` (Hardie 2014), ``lrc`` (Evert 2022, over the group's collocates) and
        ``log_likelihood_signed``.

    Raises
    ------
    AnalysisError
        If the study does not declare the node, nobody of a group says it or says anything
        else, or words of a speaker's utterances are missing.

    Examples
    --------
    >>> who = {"speaker": "A", "group": "g"}
    >>> windows = pd.DataFrame([{"node": "dark", **who, "words": 9, "count": 2, "near": 4}])
    >>> near = pd.DataFrame([{"node": "dark", **who, "collocate": "going", "near": 2}])
    >>> words = pd.DataFrame({"document": "d", "utterance": 0, "count": [2, 2, 5],
    ...                       "word": ["dark", "going", "other"]})
    >>> said = pd.DataFrame([{"document": "d", "utterance": 0, **who}])
    >>> table = collocates(windows, near, words, said, node="dark", groups=["g"])
    >>> table[["collocate", "joint", "near", "frequency", "words", "log_dice"]].round(2)
      collocate  joint  near  frequency  words  log_dice
    0     going      2     4          2      9     13.42
    """
    here = windows[windows["node"] == node]
    if here.empty:
        known = ", ".join(sorted(windows["node"].unique()))
        raise AnalysisError("node", repr(node), f"one of {known}")
    said = words.merge(utterances[["document", "utterance", *_WHO]], on=["document", "utterance"])
    _complete(here, said)
    parts = [_of_group(group, here, near[near["node"] == node], said, level) for group in groups]
    return pd.concat(parts, ignore_index=True)


def _complete(windows: pd.DataFrame, said: pd.DataFrame) -> None:
    counted = said.groupby(_WHO)["count"].sum()
    expected = windows.set_index(_WHO)["words"]
    short = expected[expected != counted.reindex(expected.index).fillna(0)]
    if len(short):
        raise AnalysisError(
            "words, utterances",
            f"not all that {short.index[0][0]} says",
            "the whole study's, because its windows are of all that a speaker says",
            "choose by `groups`",
        )


def _of_group(
    group: str, windows: pd.DataFrame, near: pd.DataFrame, said: pd.DataFrame, level: float
) -> pd.DataFrame:
    total = windows.loc[windows["group"] == group, ["words", "count", "near"]].sum()
    if not total["count"]:
        raise AnalysisError("groups", f"nobody of {group!r} says the node", "a group that does")
    if total["near"] == total["words"]:
        raise AnalysisError("groups", f"the windows are all that {group!r} says", "words outside")
    table = (
        near[near["group"] == group]
        .groupby("collocate", sort=True)
        .agg(joint=("near", "sum"), speakers=("speaker", "nunique"))
        .reset_index()
    )
    frequency = said[said["group"] == group].groupby("word")["count"].sum()
    table = table.assign(
        nodes=total["count"],
        near=total["near"],
        frequency=frequency.reindex(table["collocate"]).to_numpy(),
        words=total["words"],
    )
    cells = [table[name].to_numpy() for name in ("joint", "near", "frequency", "words")]
    found = measures(*cells, level=level)
    joint, inside, often, everything = cells
    _, low, high = log_ratio(joint, inside, often - joint, everything - inside, level=level)
    table = table.assign(**{name: found[name] for name in MEASURES}, low=low, high=high)
    table.insert(0, "group", group)
    return table.sort_values(["log_dice", "collocate"], ascending=[False, True])

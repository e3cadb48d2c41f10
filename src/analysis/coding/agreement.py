"""How far coders agree, variable by variable, and which categories they confuse."""

from __future__ import annotations

import itertools

import numpy as np
import pandas as pd

from analysis.coding.adjudication import VARIABLES
from analysis.coding.codes import NONE, frames_of
from analysis.statistics.coders.agreement import krippendorff_interval


def agreement(codes: pd.DataFrame, *, resamples: int = 1000, seed: int = 0) -> pd.DataFrame:
    """Measure how far coders agree on each variable, and on each frame of the segments.

    Parameters
    ----------
    codes : pandas.DataFrame
        From :func:`analysis.coding.adjudication.combine`.
    resamples : int, default 1000
        Bootstrap samples of whole items.
    seed : int, default 0

    Returns
    -------
    pandas.DataFrame
        ``variable`` ("valid", "frame", "voice", "stance"; "segment: " and a frame's id), ``items``
        coded by all, ``percent`` on which all agree (0 to 100), ``alpha`` (Krippendorff,
        nominal), ``low``, ``high`` (95 %; NaN where only one code occurs).
    """
    kind = codes["item"].str.startswith("o")
    tables = {}
    for name in VARIABLES if kind.any() else ():
        wide = codes[kind].pivot(index="item", columns="coder", values=name)  # noqa: PD010
        tables[name] = wide[(wide != "").all(axis=1)]
    wide = codes[~kind].pivot(index="item", columns="coder", values="frame")  # noqa: PD010
    # A sample of segments alone says nothing of occurrences, and the other way round.
    listed = wide.map(frames_of)
    for frame in sorted({name for cell in listed.to_numpy().ravel() for name in cell} - {"none"}):
        says = listed.map(lambda names, frame=frame: "yes" if frame in names else "no")
        tables[f"segment: {frame}"] = says
    rows = []
    for name, table in tables.items():
        same = table.eq(table.iloc[:, 0], axis=0).all(axis=1).mean() * 100
        estimate = (np.nan,) * 3
        if len(np.unique(table.to_numpy())) > 1:
            estimate = krippendorff_interval(table.T, resamples=resamples, seed=seed)
        rows.append((name, len(table), float(same), *estimate))
    return pd.DataFrame(rows, columns=["variable", "items", "percent", "alpha", "low", "high"])


def confusion(codes: pd.DataFrame, variable: str) -> pd.DataFrame:
    """Count how often one coder's category met another's.

    Parameters
    ----------
    codes : pandas.DataFrame
        From :func:`analysis.coding.adjudication.combine`.
    variable : {"valid", "frame", "voice", "stance", "segment"}
        Of occurrences that both coded; "segment": the frames of segments, each frame by itself.

    Returns
    -------
    pandas.DataFrame
        ``first``, ``second`` (a category of the coder earlier and later in the alphabet; for
        "segment" a frame and "none", if only one of them saw the frame), ``items``. Every pair of
        coders counts; pairs that did not occur are left out.

    Examples
    --------
    >>> codes = pd.DataFrame({"item": ["o1", "o1", "o2", "o2"], "coder": list("ABAB"),
    ...                       "stance": ["asserted", "denied", "asserted", "asserted"]})
    >>> confusion(codes, "stance").values.tolist()
    [['asserted', 'asserted', 1], ['asserted', 'denied', 1]]
    """
    of_segments = variable == "segment"
    own = codes[codes["item"].str.startswith("s" if of_segments else "o")]
    column = "frame" if of_segments else variable
    wide = own.pivot(index="item", columns="coder", values=column).fillna("")  # noqa: PD010
    rows: list[tuple[str, str]] = []
    for one, other in itertools.combinations(sorted(wide.columns), 2):
        both = wide[(wide[one] != "") & (wide[other] != "")]
        for pair in both[[one, other]].itertuples(index=False, name=None):
            rows += _frame_pairs(*pair) if of_segments else [pair]
    table = pd.DataFrame(rows, columns=["first", "second"])
    return table.groupby(["first", "second"]).size().reset_index(name="items")


def _frame_pairs(one: str, other: str) -> list[tuple[str, str]]:
    first, second = set(frames_of(one)), set(frames_of(other))
    seen = sorted(first | second) if first & second else sorted((first | second) - {NONE})
    return [(f if f in first else NONE, f if f in second else NONE) for f in seen]


def specific_agreement(codes: pd.DataFrame, variable: str) -> pd.DataFrame:
    """Say of each category how often one coder follows when another uses it.

    2·both/(first + second), the positive specific agreement (Dice 1945; Fleiss 1975): unlike
    percent agreement it is not flattered by a category that hardly occurs.

    Parameters
    ----------
    codes : pandas.DataFrame
        From :func:`analysis.coding.adjudication.combine`.
    variable : str
        As :func:`confusion`.

    Returns
    -------
    pandas.DataFrame
        ``category``, ``both`` (int, used by both coders of a pair on one item), ``either`` (int,
        used by one or both), ``specific`` (0 to 1), ``most_confused`` (the category that the
        other coder most often chose instead, empty if none). Most used first.

    Examples
    --------
    >>> codes = pd.DataFrame({"item": ["o1", "o1", "o2", "o2"], "coder": list("ABAB"),
    ...                       "stance": ["asserted", "denied", "asserted", "asserted"]})
    >>> specific_agreement(codes, "stance")[["category", "specific"]].round(2).values.tolist()
    [['asserted', 0.67], ['denied', 0.0]]
    """
    table = confusion(codes, variable)
    rows = []
    for name in sorted(set(table["first"]) | set(table["second"])):
        here = table[(table["first"] == name) | (table["second"] == name)]
        same = here["first"] == here["second"]
        both, apart = int(here.loc[same, "items"].sum()), here[~same]
        instead = apart["second"].where(apart["first"] == name, apart["first"])
        other = apart["items"].groupby(instead).sum().sort_values(ascending=False, kind="stable")
        either = int(here["items"].sum())
        rows.append((name, both, either, 2 * both / (both + either), *other.index[:1]))
    columns = ["category", "both", "either", "specific", "most_confused"]
    ordered = pd.DataFrame([[*row, ""][:5] for row in rows], columns=columns)
    return ordered.sort_values(["either", "category"], ascending=[False, True], ignore_index=True)

"""From several coders to one: where they differ, and the gold that is decided on."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from analysis.coding import frames_of
from analysis.errors import AnalysisError


def combine(coders: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put the codes of several coders under one another.

    Parameters
    ----------
    coders : iterable of pandas.DataFrame
        From :func:`read_codes`.

    Returns
    -------
    pandas.DataFrame
        Sorted by item and coder.

    Raises
    ------
    AnalysisError
        If there are fewer than two coders, or a coder comes twice.
    """
    tables = list(coders)
    names = [str(table["coder"].iloc[0]) for table in tables if len(table)]
    if len(names) < 2:
        raise AnalysisError(
            "coders",
            f"a single coder ({', '.join(names) or 'none'})",
            "two or more",
            "agreement cannot be computed; precision, recall and corrected estimates can, from "
            "this coder's codes as if they were the truth",
        )
    if len(set(names)) < len(names):
        raise AnalysisError(
            "coders", f"coder {max(names, key=names.count)!r} twice", "each coder once"
        )
    return pd.concat(tables).sort_values(["item", "coder"], ignore_index=True)


def disagreements(codes: pd.DataFrame) -> pd.DataFrame:
    """List the lines on which coders differ.

    Parameters
    ----------
    codes : pandas.DataFrame
        From :func:`combine`.

    Returns
    -------
    pandas.DataFrame
        ``item``, ``variable`` ("valid", "frame", "voice", "stance") and one column per coder.
        Of an occurrence that somebody holds invalid, ``valid`` alone is compared.
    """
    long = codes.melt(["item", "coder"], ["valid", "frame", "voice", "stance"], "variable")
    long["value"] = [
        "; ".join(sorted(frames_of(value))) if name == "frame" else value
        for name, value in zip(long["variable"], long["value"], strict=True)
    ]
    wide = long.set_index(["item", "variable", "coder"])["value"].unstack("coder").reset_index()  # noqa: PD010
    refused = set(codes.loc[codes["valid"] == "no", "item"])
    wide = wide[~(wide["item"].isin(refused) & (wide["variable"] != "valid"))]
    names = sorted(codes["coder"].unique())
    differ = wide[names].ne(wide[names[0]], axis=0).any(axis=1)
    return wide[differ].rename_axis(columns=None).reset_index(drop=True)


def adjudicate(codes: pd.DataFrame, decisions: pd.DataFrame) -> pd.DataFrame:
    """Make the gold: what coders agree on, and a decision where they do not.

    Parameters
    ----------
    codes : pandas.DataFrame
        From :func:`combine`.
    decisions : pandas.DataFrame
        ``item``, ``variable``, ``decision``: one row for each of :func:`disagreements`.

    Returns
    -------
    pandas.DataFrame
        As :func:`read_codes`, one row per item, ``coder`` "gold"; ``unsure`` is "yes" if some
        coder was, ``note`` is empty.

    Raises
    ------
    AnalysisError
        If a disagreement is left undecided; it is named.
    """
    columns = ["item", "variable"]
    made = {tuple(row[:2]): row[2] for row in decisions[[*columns, "decision"]].to_numpy()}
    open_ = [tuple(row) for row in disagreements(codes)[columns].to_numpy()]
    undecided = [key for key in open_ if not made.get(key)]
    if undecided:
        raise AnalysisError(
            f"item {undecided[0][0]}",
            f"coders disagree on {undecided[0][1]} and nothing is decided",
            "a decision for every disagreement",
            f"decide this one and {len(undecided) - 1} more",
        )
    unsure = codes.loc[codes["unsure"] == "yes", "item"].unique()
    chosen = codes["item"].map({item: made[item, name] for item, name in open_ if name == "valid"})
    # Where one refused the line and the decision is that it holds, the others coded the rest.
    codes = codes[chosen.isna() | (codes["valid"] == chosen)]
    gold = codes.drop_duplicates("item").assign(coder="gold", unsure="", note="").set_index("item")
    gold.loc[unsure, "unsure"] = "yes"
    for item, variable in open_:
        gold.loc[item, variable] = made[item, variable]
    gold.loc[gold["valid"] == "no", ["frame", "voice", "stance"]] = ""
    return gold.reset_index()[list(codes.columns)]

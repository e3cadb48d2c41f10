"""From several coders to one: where they differ, and the gold that is decided on."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pandas as pd

from analysis.codebook.reading import Codebook
from analysis.coding.codes import NONE, code_faults, frames_of
from analysis.errors import AnalysisError
from analysis.readers import decoding

VARIABLES = ("valid", "frame", "voice", "stance")


def combine(coders: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Put the codes of several coders under one another.

    Parameters
    ----------
    coders : iterable of pandas.DataFrame
        From :func:`read_codes`.

    Returns
    -------
    pandas.DataFrame
        Sorted by item and coder. Lines that not all have coded are left out; ``sampled`` and
        ``inclusion`` are then those of the lines that are left.

    Raises
    ------
    AnalysisError
        If there are fewer than two coders, a coder comes twice, they coded by different versions
        of the codebook, or no line was coded by all.
    """
    tables = [table for table in coders if len(table)]
    names = [str(table["coder"].iloc[0]) for table in tables]
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
    versions = {
        name: str(table["codebook"].iloc[0]) for name, table in zip(names, tables, strict=True)
    }
    if len(set(versions.values())) > 1:
        raise AnalysisError(
            "coders",
            "codes by codebook versions "
            + ", ".join(f"{version!r} ({name})" for name, version in versions.items()),
            "one version",
            "agreement cannot be computed; precision, recall and corrected estimates can, from "
            "each coder's codes alone",
        )
    both = pd.concat(tables).sort_values(["item", "coder"], ignore_index=True)
    shared = both.groupby("item")["coder"].transform("size") == len(names)
    if not shared.any():
        raise AnalysisError("coders", "no line coded by all", "lines that all have coded")
    if shared.all():
        return both
    both = both[shared].reset_index(drop=True)
    sampled = both.groupby("stratum")["item"].transform("nunique")
    return both.assign(sampled=sampled, inclusion=sampled / both["population"])


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
    long = codes.melt(["item", "coder"], list(VARIABLES), "variable")
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


def read_decisions(
    path: str | os.PathLike[str], codes: pd.DataFrame, codebook: Codebook
) -> pd.DataFrame:
    """Read what was decided where coders differ.

    Parameters
    ----------
    path : str or path-like
        A CSV with ``item``, ``variable``, ``decision``, ``reason``: one row for each of
        :func:`disagreements`.
    codes : pandas.DataFrame
        From :func:`combine`.
    codebook : Codebook

    Returns
    -------
    pandas.DataFrame
        These four columns, str.

    Raises
    ------
    AnalysisError
        Names the first row that decides what nobody disputes, decides again, or decides on a
        category that the variable does not have.
    """
    path = Path(path)
    columns = ("item", "variable", "decision", "reason")
    open_ = set(disagreements(codes)[["item", "variable"]].itertuples(index=False, name=None))
    frames = [*codebook.frames["id"], NONE]
    blank = dict.fromkeys([*VARIABLES, "unsure"], "")
    done: dict[tuple[str, str], int] = {}
    rows = []
    for line, cells in decoding.rows(path, decoding.decode(path), columns):
        row = {name: cells[name].strip() for name in columns}
        key = (row["item"], row["variable"])
        where = f"{path}, line {line}"
        if key not in open_:
            raise AnalysisError(
                where,
                f"a decision on {row['variable']} of {row['item']}",
                "an item and variable on which these coders differ",
                "delete the line; if many are so, the decisions belong to other codes",
            )
        if done.setdefault(key, line) != line:
            raise AnalysisError(where, f"decided again, as in line {done[key]}", "one decision")
        faults = code_faults(
            blank | {"item": row["item"], row["variable"]: row["decision"]}, frames
        )
        if faults or not row["decision"]:
            found, expected = faults[0] if faults else ("no decision", "a category")
            raise AnalysisError(where, found, expected, "decide anew")
        rows.append(row)
    return pd.DataFrame(rows, columns=list(columns), dtype="str")


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

"""How often «denied» is right: a sample to read blind, its precision and recall, corrected shares.

Three populations are drawn from apart: what the program marks denied; what it does not, though a
negative word stands before it in its sentence; and the rest, where hardly a denial can be. Codes
are kept as positions and categories, never text.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.coding.accuracy import PRECISION, RECALL, weighted_ratio
from analysis.coding.sampling import DESIGN_COLUMNS, draw
from analysis.errors import AnalysisError
from analysis.readers import decoding
from analysis.voices import STANCES

DENIED, NEAR, REST = "denied", "after a negative word", "no negative word"
PLACE = ("document", "utterance", "start", "end", "term")
SAMPLE_COLUMNS = ("item", *PLACE, "group", "marked", *DESIGN_COLUMNS)
CODE_COLUMNS = ("item", *PLACE, "coder", "stance", "unsure")
BEFORE = 25
"""Words before an occurrence, within its sentence, among which a negative word is looked for."""

_NEGATIVE = re.compile(
    r"\b(?:not|never|no|nor|neither|nobody|none|nothing|nowhere|without|cannot|hardly|scarcely|barely"
    r"|rarely|seldom|few|little|unable|unwilling|impossible|wrong|false|untrue|mistake|myth|nonsense"
    r"|lacks?|lacking|lacked|absence|absent|instead|rather|far|stop(?:s|ped|ping)?|prevent\w*"
    r"|end(?:s|ed|ing)?|den(?:y|ies|ied|ying|ial)|reject\w*|dismiss\w*|refut\w*|disput\w*|refus\w*"
    r"|declin\w*|fail\w*|avoid\w*|ban(?:s|ned)?|prohibit\w*)\b|n['’]t\b",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.?!]\s")


def after_negative(text: str, start: int) -> bool:
    """Say whether a negative word stands before a place, in its sentence.

    Examples
    --------
    >>> after_negative("They never kept records.", 17)
    True
    >>> after_negative("They never came. They kept records.", 28)
    False
    """
    before = text[max(0, start - 400) : start]
    ends = [match.end() for match in _SENTENCE_END.finditer(before)]
    inside = before[ends[-1] :] if ends else before
    return _NEGATIVE.search(" ".join(inside.split()[-BEFORE:])) is not None


def denial_sample(
    occurrences: pd.DataFrame,
    texts: Mapping[str, str],
    *,
    sizes: Mapping[str, int],
    seed: int,
    pooled: tuple[str, ...] = (),
) -> pd.DataFrame:
    """Draw occurrences to be read for denial, with known probabilities.

    Parameters
    ----------
    occurrences : pandas.DataFrame
        Of a measured corpus: ``document``, ``utterance``, ``start``, ``end``, ``term``,
        ``group``, ``stance``.
    texts : mapping of str to str
        The text of each document.
    sizes : mapping of str to int
        How many of each kind: ``denied``, ``after a negative word``, ``no negative word``; all
        there are where there are fewer.
    seed : int
    pooled : tuple of str
        Groups too small for strata of their own.

    Returns
    -------
    pandas.DataFrame
        ``item`` ("d001" ... in an order of chance), the place, ``group``, ``marked`` (the
        program's stance), ``stratum``, ``population``, ``sampled``, ``inclusion``.
    """
    near = pd.Series(
        [
            after_negative(texts[document], start)
            for document, start in zip(occurrences["document"], occurrences["start"], strict=True)
        ],
        index=occurrences.index,
        dtype=bool,
    )
    kind = pd.Series(np.where(near, NEAR, REST), index=occurrences.index)
    kind = kind.mask(occurrences["stance"] == DENIED, DENIED)
    group = occurrences["group"].where(~occurrences["group"].isin(pooled), "other")
    parts = []
    for name in (DENIED, NEAR, REST):
        own = occurrences[kind == name]
        if own.empty or not sizes[name]:
            continue
        strata = name + ", " + group[kind == name]
        size = min(sizes[name], len(own))
        parts.append(draw(own, strata, size, seed=seed, minimum=min(2, size)))
    table = pd.concat(parts, ignore_index=True).rename(columns={"stance": "marked"})
    table = table.iloc[np.random.default_rng(seed).permutation(len(table))]
    table["item"] = [f"d{number:03d}" for number in range(1, len(table) + 1)]
    return table.reset_index(drop=True)[list(SAMPLE_COLUMNS)]


def read_denial(path: str | os.PathLike[str], columns: tuple[str, ...]) -> pd.DataFrame:
    """Read a sample or codes of denial.

    Parameters
    ----------
    path : str or path-like
    columns : tuple of str
        ``SAMPLE_COLUMNS`` or ``CODE_COLUMNS``.

    Raises
    ------
    AnalysisError
        If a column is missing, a stance is none, or a number is none.
    """
    path = Path(path)
    rows = decoding.rows(path, decoding.decode(path), columns)
    table = pd.DataFrame([row for _, row in rows], columns=list(columns))
    stance = "stance" if "stance" in columns else "marked"
    known = table[stance].isin(STANCES)
    if not known.all():
        at = int((~known).to_numpy().argmax())
        raise AnalysisError(
            f"{path}, line {rows[at][0]}",
            f"{stance} {table[stance][at]!r}",
            f"one of {', '.join(STANCES)}",
        )
    for name in ("utterance", "start", "end", "population", "sampled", "inclusion"):
        if name in columns:
            numbers = pd.to_numeric(table[name], errors="coerce")
            if numbers.isna().any():
                at = int(numbers.isna().to_numpy().argmax())
                raise AnalysisError(
                    f"{path}, line {rows[at][0]}", f"{name} {table[name][at]!r}", "a number"
                )
            table[name] = numbers
    return table


def judged(sample: pd.DataFrame, codes: pd.DataFrame, occurrences: pd.DataFrame) -> pd.DataFrame:
    """Put the program's stance of today beside the coder's.

    The strata are those of the day the sample was drawn; if the program has learned since, its
    new marks are judged by the same codes.

    Parameters
    ----------
    sample, codes : pandas.DataFrame
        From :func:`read_denial`.
    occurrences : pandas.DataFrame
        Of the measured corpus.

    Returns
    -------
    pandas.DataFrame
        The sample with ``true`` (the coder's stance) and ``found`` (the program's).

    Raises
    ------
    AnalysisError
        If a coded occurrence is not one of `occurrences`, or a drawn one is not coded.
    """
    table = sample.merge(
        codes[["item", "stance"]].rename(columns={"stance": "true"}), on="item", how="left"
    )
    found = occurrences[[*PLACE, "stance"]].rename(columns={"stance": "found"})
    table = table.merge(found, on=list(PLACE), how="left")
    for column, what in (("true", "not coded"), ("found", "not in the measured corpus")):
        if table[column].isna().any():
            item = table.loc[table[column].isna(), "item"].iloc[0]
            raise AnalysisError(
                f"item {item}", what, "codes of every drawn occurrence of these texts"
            )
    return table


def denial_accuracy(table: pd.DataFrame) -> pd.DataFrame:
    """Estimate precision and recall of ``denied``, in all and by group.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`judged`.

    Returns
    -------
    pandas.DataFrame
        ``group`` ("all" first), ``measure`` ("precision", "recall"), ``estimate``, ``se``,
        ``low``, ``high`` (95 %), ``coded``.
    """
    says = (table["found"] == DENIED).astype(float)
    is_so = (table["true"] == DENIED).astype(float)
    rows = []
    for group in ("all", *sorted(table["group"].unique())):
        inside = 1.0 if group == "all" else (table["group"] == group).astype(float)
        for measure, base in ((PRECISION, says), (RECALL, is_so)):
            result = weighted_ratio(table, says * is_so * inside, base * inside)
            rows.append({"group": group, "measure": measure, **result})
    return pd.DataFrame(rows)


def corrected_stances(table: pd.DataFrame, occurrences: pd.DataFrame) -> pd.DataFrame:
    """Correct the shares of the stances by what the coder found.

    Each share is the weighted share of the coded occurrences (Cochran 1977, 5A); the program's
    marks enter by the strata, whose sizes are known.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`judged`.
    occurrences : pandas.DataFrame
        Of the measured corpus.

    Returns
    -------
    pandas.DataFrame
        ``group`` ("all" first), ``stance``, ``raw`` (the program's share of the group's
        occurrences), ``estimate``, ``se``, ``low``, ``high`` (95 %), ``coded``.
    """
    rows = []
    for group in ("all", *sorted(table["group"].unique())):
        inside = pd.Series(1.0, index=table.index)
        own = occurrences
        if group != "all":
            inside = (table["group"] == group).astype(float)
            own = occurrences[occurrences["group"] == group]
        for stance in STANCES:
            is_so = (table["true"] == stance).astype(float)
            result = weighted_ratio(
                table, is_so * inside, inside, flipped=((1 - is_so) * inside, inside)
            )
            raw = float((own["stance"] == stance).mean())
            rows.append({"group": group, "stance": stance, "raw": raw, **result})
    return pd.DataFrame(rows)

"""Association of two words, from the four numbers of a co-occurrence table.

`joint` co-occurrences O of a node that offers `node` tokens of span (f₁) with a collocate that
occurs `collocate` times (f₂) among `total` tokens (N); E = f₁f₂/N. `cooccurrence.window_counts`
makes these numbers from tokens.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import scipy

from analysis.statistics import checks
from analysis.statistics.checks import Array
from analysis.statistics.words.contingency import chi_squared, log_likelihood
from analysis.statistics.words.effect_size import conservative_log_ratio, log_ratio


def measures(
    joint: Any,
    node: Any,
    collocate: Any,
    total: Any,
    *,
    family_size: int | None = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Measure association, every measure side by side.

    Rank by an effect size (log ratio, log Dice) after a filter (LRC above 0, or a least
    frequency): MI rewards words that occur once. Tokens are taken as independent.

    Parameters
    ----------
    joint, node, collocate, total : int or array of int
        O, f₁, f₂ and N.
    family_size : int, optional
        Number of collocates tested, for LRC; the number of rows by default.
    level : float, default 0.95
        Confidence level of LRC.

    Returns
    -------
    DataFrame
        One row per pair and the columns

        - expected: E
        - mi, mi2, mi3: log₂(Oᵏ/E) (Church & Hanks 1990; Daille 1994); base 2, where UCS has 10
        - local_mi: O·mi (Evert 2005); npmi: mi/−log₂(O/N) (Bouma 2009)
        - t_score: (O−E)/√O (Church et al. 1991); z_score: (O−E)/√E (Dennis 1965);
          z_score_corrected: with Yates's ½
        - log_likelihood_signed: four-cell G² (Dunning 1993), minus where O < E;
          simple_ll_signed: 2(O ln(O/E) − (O−E))
        - chi2_signed, chi2_corrected_signed, phi_squared: Pearson; with |O−E| − ½ (also
          where that is negative, as UCS has it); χ²/N
        - dice: 2O/(f₁+f₂) (Smadja et al. 1996); jaccard: O/(f₁+f₂−O); min_sensitivity:
          min(O/f₁, O/f₂); log_dice: 14 + log₂ Dice (Rychlý 2008)
        - delta_p_collocate_given_node, delta_p_node_given_collocate: O/f₁ − (f₂−O)/(N−f₁) and
          its mirror (Gries 2013)
        - odds_ratio_discounted_ln: ln odds ratio with ½ in every cell
        - relative_risk_log2: log₂[(O/f₂)/((f₁−O)/(N−f₂))], nodes near the collocate against
          nodes elsewhere
        - log_ratio: log₂[(O/f₁)/((f₂−O)/(N−f₁))] with 0 replaced by ½ (Hardie 2014)
        - lrc: conservative log ratio (Evert 2022); lrc_normal: from the Wald interval
        - fisher_log10p: −log₁₀ of the one-sided Fisher p of attraction

        O = 0 makes the logarithmic measures of O NaN: no co-occurrence, no association to rank.

    Raises
    ------
    ValueError
        If a number is negative or not whole, or O is greater than f₁ or f₂, or they than N.

    Examples
    --------
    >>> table = measures(110, 2552, 221, 31777)
    >>> table[["mi", "log_dice", "log_likelihood_signed"]].round(2)
         mi  log_dice  log_likelihood_signed
    0  2.63     10.34                 270.72
    """
    o, f1, f2, n = _cells(joint, node, collocate, total)
    e, seen = f1 * f2 / n, np.where(o > 0, o, np.nan)
    rest = f2 - o
    table = (o, f1, rest, n - f1)
    sign = np.where(o < e, -1.0, 1.0)
    mi = np.log2(seen / e)
    chi2 = chi_squared(*table)
    dice = 2 * o / (f1 + f2)
    m = len(o) if family_size is None else checks.whole("family_size", family_size)
    estimate, low, high = log_ratio(*table, level=1 - (1 - checks.level(level)) / m)
    return pd.DataFrame(
        {
            "expected": e,
            "mi": mi,
            "mi2": np.log2(seen**2 / e),
            "mi3": np.log2(seen**3 / e),
            "local_mi": seen * mi,
            "npmi": _npmi(seen, mi, n),
            "t_score": (o - e) / np.sqrt(seen),
            "z_score": (o - e) / np.sqrt(e),
            "z_score_corrected": sign * (np.abs(o - e) - 0.5) / np.sqrt(e),
            "log_likelihood_signed": sign * log_likelihood(*table),
            "simple_ll_signed": sign * 2 * (scipy.special.rel_entr(o, e) - (o - e)),
            "chi2_signed": sign * chi2,
            "chi2_corrected_signed": sign * _corrected_chi2(o, f1, f2, n),
            "phi_squared": chi2 / n,
            "dice": dice,
            "jaccard": o / (f1 + rest),
            "min_sensitivity": np.minimum(o / f1, o / f2),
            "log_dice": 14 + np.log2(np.where(o > 0, dice, np.nan)),
            "delta_p_collocate_given_node": o / f1 - rest / (n - f1),
            "delta_p_node_given_collocate": o / f2 - (f1 - o) / (n - f2),
            "odds_ratio_discounted_ln": _discounted_odds(o, f1, f2, n),
            "relative_risk_log2": np.log2(seen / f2)
            - np.log2(np.where(f1 > o, f1 - o, np.nan) / (n - f2)),
            "log_ratio": estimate,
            "lrc": conservative_log_ratio(*table, family_size=m, level=level),
            "lrc_normal": np.where(low > 0, low, np.where(high < 0, high, 0.0)),
            "fisher_log10p": -scipy.stats.hypergeom.logsf(o - 1, n, f1, f2) / np.log(10),
        },
        index=joint.index if isinstance(joint, pd.Series) else None,
    )


def _cells(joint: Any, node: Any, collocate: Any, total: Any) -> tuple[Array, ...]:
    names = {"joint": joint, "node": node, "collocate": collocate, "total": total}
    values = {name: np.atleast_1d(checks.counts(name, v)) for name, v in names.items()}
    sizes = {name: v for name, v in values.items() if len(v) > 1}
    if sizes:
        checks.same_length(**sizes)
    o, f1, f2, n = np.broadcast_arrays(*values.values())
    for name in ("node", "collocate"):
        checks.positive(name, values[name])
        checks.within("joint", o, name, values[name])
        checks.within(name, values[name] + 1, "total", n)
    checks.within("node + collocate - joint", f1 + f2 - o, "total", n)
    return o, f1, f2, n


def _npmi(seen: Array, mi: Array, n: Array) -> Array:
    surprise = -np.log2(seen / n)
    return np.divide(mi, surprise, out=np.full_like(mi, np.nan), where=surprise > 0)


def _discounted_odds(o: Array, f1: Array, f2: Array, n: Array) -> Array:
    cells = [cell + 0.5 for cell in (o, n - f1 - f2 + o, f1 - o, f2 - o)]
    return np.log(cells[0] * cells[1]) - np.log(cells[2] * cells[3])


def _corrected_chi2(o: Array, f1: Array, f2: Array, n: Array) -> Array:
    return (np.abs(o - f1 * f2 / n) - 0.5) ** 2 * n**3 / (f1 * (n - f1) * f2 * (n - f2))

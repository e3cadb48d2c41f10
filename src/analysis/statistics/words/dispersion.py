"""How evenly a word spreads over the parts of a corpus, and along its sequence.

Parts should be documents or speakers, not equal slices. Every measure here is confounded with
frequency (Gries 2022): compare words of similar frequency. DP and the KL divergence grow with
*un*evenness, D, D₂ and S with evenness.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import scipy

from analysis.statistics import checks
from analysis.statistics.checks import Array


def measures(part_counts: Any, part_sizes: Any) -> pd.DataFrame:
    """Measure the dispersion of words over parts, every measure side by side.

    v counts, W sizes, n parts, f = Σv, s = W/ΣW, p = v/W, q = p/Σp.

    Parameters
    ----------
    part_counts : array of int, (parts,) or (parts, words), or DataFrame
        Occurrences per part.
    part_sizes : array of float, (parts,)
        Tokens per part; empty parts are left out.

    Returns
    -------
    DataFrame
        One row per word (the columns of a DataFrame name them) and the columns

        - frequency: f
        - range, range_relative, range_by_size: parts with the word; their share; their share
          of the tokens
        - idf: log₂(n/range)
        - juilland_d_rates, juilland_d_counts, juilland_d_counts_sample_sd:
          1 − (σ/μ)/√(n−1) on p or v (Juilland & Chang-Rodríguez 1964); population σ unless
          named otherwise. Tends to 1 with many parts (Biber et al. 2016)
        - carroll_d2_rates, carroll_d2_counts: H(q)/log₂ n (Carroll 1970)
        - carroll_um: f·D₂ + (1 − D₂)·f/n, on counts
        - rosengren_s, rosengren_s_equal_parts: (Σ√(v·s))²/f (Rosengren 1971); equal s
        - lyne_d3: 1 − Σ(v − v̄)²/v̄/(4f) (Lyne 1985)
        - dp: ½Σ|v/f − s| (Gries 2008), 0 even
        - dp_norm: dp/(1 − min s) (Lijffijt & Gries 2012)
        - dp_egbert2020: dp/(1 − min s over the parts with the word) (Egbert et al. 2020)
        - kl_divergence_bits: Σ(v/f)·log₂((v/f)/s); kl_norm_gries2021: 1 − e^−KLD (Gries 2021)
        - da_burch2017: 1 − mean |pᵢ − pⱼ|/(2·mean p) (Burch, Egbert & Biber 2017)

        A word that does not occur has range 0 and NaN elsewhere: nothing is dispersed.

    Raises
    ------
    ValueError
        If fewer than two parts have tokens, or counts are not counts.

    Examples
    --------
    >>> table = measures([1, 2, 3, 4, 5], [9, 10, 10, 10, 11])
    >>> table[["juilland_d_rates", "dp", "dp_norm"]].round(4)
       juilland_d_rates    dp  dp_norm
    0            0.7852  0.18   0.2195
    """
    count, size = checks.units(part_counts, part_sizes)
    v = count if count.ndim == 2 else count[:, None]
    n, f = len(size), v.sum(axis=0)
    seen = np.where(f > 0, f, np.nan)
    s = (size / size.sum())[:, None]
    p = v / size[:, None]
    share = v / seen
    inside = v > 0
    parts_with = inside.sum(axis=0)
    dp = np.abs(share - s).sum(axis=0) / 2
    smallest = np.where(inside, s, 1.0).min(axis=0)
    d2 = _carroll_d2(share)
    kld = scipy.special.rel_entr(share, s).sum(axis=0) / np.log(2)
    table = {
        "frequency": f.astype(np.int64),
        "range": parts_with,
        "range_relative": parts_with / n,
        "range_by_size": (inside * s).sum(axis=0),
        "idf": np.log2(n / np.where(f > 0, parts_with, np.nan)),
        "juilland_d_rates": _juilland_d(p),
        "juilland_d_counts": _juilland_d(v),
        "juilland_d_counts_sample_sd": _juilland_d(v, ddof=1),
        "carroll_d2_rates": _carroll_d2(p / np.where(f > 0, p.sum(axis=0), np.nan)),
        "carroll_d2_counts": d2,
        "carroll_um": f * d2 + (1 - d2) * f / n,
        "rosengren_s": np.sqrt(v * s).sum(axis=0) ** 2 / seen,
        "rosengren_s_equal_parts": np.sqrt(v / n).sum(axis=0) ** 2 / seen,
        "lyne_d3": 1 - ((v - f / n) ** 2).sum(axis=0) / (seen / n) / (4 * seen),
        "dp": dp,
        "dp_norm": dp / (1 - s.min()),
        "dp_egbert2020": np.divide(
            dp, 1 - smallest, out=np.full_like(dp, np.nan), where=smallest < 1
        ),
        "kl_divergence_bits": kld,
        "kl_norm_gries2021": 1 - np.exp(-kld),
        "da_burch2017": _burch_da(p),
    }
    index = part_counts.columns if isinstance(part_counts, pd.DataFrame) else None
    return pd.DataFrame(table, index=index)


def distances(positions: Any, length: int) -> Array:
    """Return the cyclic distances between successive occurrences.

    The first occurrence closes the circle with the last (Savický & Hlaváčová 2002).

    Parameters
    ----------
    positions : array of int, (occurrences,)
        Token positions from 0.
    length : int
        Tokens of the corpus.

    Returns
    -------
    array of float, (occurrences,)

    Raises
    ------
    ValueError
        If there is no occurrence or a position lies outside the corpus.

    Examples
    --------
    >>> distances([1, 4, 8], 10)
    array([3., 3., 4.])
    """
    at = np.sort(checks.counts("positions", positions, ndim=1))
    length = checks.whole("length", length)
    checks.at_least("positions", len(at), 1, "occurrences")
    checks.within("positions", at[-1], "length - 1", np.array(length - 1.0))
    return np.diff(at, prepend=at[-1] - length)


def reduced_frequencies(positions: Any, length: int) -> dict[str, float]:
    """Measure dispersion along the sequence of tokens, without any parts.

    N tokens, f occurrences, d cyclic distances, v = N/f (Savický & Hlaváčová 2002).

    Parameters
    ----------
    positions : array of int, (occurrences,)
        Token positions from 0.
    length : int
        Tokens N of the corpus.

    Returns
    -------
    dict
        - arf: average reduced frequency Σ min(d, v)/v
        - awt: average waiting time ½(1 + Σd²/N); f_awt: N²/Σd²
        - ald: average logarithmic distance Σ d·log₁₀ d/N; f_ald: N·exp(−Σ d ln d/N)

    Raises
    ------
    ValueError
        As `distances`.

    Examples
    --------
    >>> print(f"{reduced_frequencies([1, 4, 8], 10)['arf']:.2f}")
    2.80
    """
    d = distances(positions, length)
    v, squares, logs = length / len(d), (d**2).sum(), scipy.special.xlogy(d, d).sum()
    return {
        "arf": float(np.minimum(d, v).sum() / v),
        "awt": float((1 + squares / length) / 2),
        "ald": float(logs / np.log(10) / length),
        "f_awt": float(length**2 / squares),
        "f_ald": float(length * np.exp(-logs / length)),
    }


def close_gaps(
    positions: Any, parts: Any, *, within: float, draws: int = 999, seed: int = 0
) -> dict[str, float]:
    """Compare how closely occurrences follow one another with what chance would do.

    n positions drawn evenly from [0, 1] leave n − 1 inner gaps, each Beta(1, n), so that
    P(gap < w) = 1 − (1 − w)ⁿ (David & Nagaraja 2003, section 6.4). The expected share weighs
    the parts by their gaps.

    Parameters
    ----------
    positions : array of float, (occurrences,)
        Share of the part's tokens that stand before, from 0 to 1.
    parts : array, (occurrences,)
        Document or other part of each occurrence; gaps do not cross parts.
    within : float
        A gap below this counts as close.
    draws : int, default 999
        How often the positions of each part are drawn anew, evenly at random, for the p-value.
    seed : int, default 0

    Returns
    -------
    dict
        gaps: their number; share: of close ones; expected: the share if the occurrences of
        each part fell evenly at random; p: the share of draws, this one counted, in which as
        many gaps are close.

    Raises
    ------
    ValueError
        If lengths differ, a position or `within` lies outside [0, 1], or no part has two
        occurrences.

    Examples
    --------
    >>> result = close_gaps([0.1, 0.15, 0.9, 0.5], ["a", "a", "a", "b"], within=0.1)
    >>> result["gaps"], result["share"], round(result["expected"], 3)
    (2, 0.5, 0.271)
    """
    at = checks.probability("positions", positions)
    near = float(checks.probability("within", within))
    checks.same_length(positions=at, parts=parts)
    codes = pd.factorize(np.asarray(parts, dtype=object))[0]
    order = np.lexsort((at, codes))
    gaps = np.diff(at[order])[np.diff(codes[order]) == 0]
    checks.at_least("parts", len(gaps), 1, "parts with two occurrences")
    sizes = np.bincount(codes)
    expected = ((sizes - 1) * (1 - (1 - near) ** sizes)).sum() / len(gaps)
    share = (gaps < near).mean()
    # The whole number of a value is its part, so that sorting leaves the parts as they are.
    parted = np.repeat(np.arange(len(sizes)), np.sort(sizes))
    drawn = np.sort(parted + np.random.default_rng(seed).random((draws, len(at))), axis=1)
    inner = np.diff(parted) == 0
    simulated = (np.diff(drawn, axis=1)[:, inner] < near).mean(axis=1)
    return {
        "gaps": len(gaps),
        "share": float(share),
        "p": float((1 + (simulated >= share - 1e-12).sum()) / (1 + draws)),
        "expected": float(expected),
    }


def _juilland_d(values: Array, *, ddof: int = 0) -> Array:
    mean = values.mean(axis=0)
    variation = values.std(axis=0, ddof=ddof) / np.where(mean > 0, mean, np.nan)
    return 1 - variation / np.sqrt(len(values) - 1)


def _carroll_d2(shares: Array) -> Array:
    return scipy.special.entr(shares).sum(axis=0) / np.log(len(shares))


def _burch_da(rates: Array) -> Array:
    n, mean = len(rates), rates.mean(axis=0)
    # Sorted, the sum of all pairwise differences is linear in the ranks.
    ranks = 2 * np.arange(1, n + 1)[:, None] - n - 1
    differences = (ranks * np.sort(rates, axis=0)).sum(axis=0) / (n * (n - 1) / 2)
    return 1 - differences / (2 * np.where(mean > 0, mean, np.nan))

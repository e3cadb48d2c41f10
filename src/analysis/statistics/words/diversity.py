"""Lexical diversity of one token list.

Type-token ratio and the indices built on it depend on length: compare texts at equal length, or
by MATTR, MTLD or HD-D. MTLD names three different numbers; say which rule closed a factor.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
import scipy

from analysis.statistics import checks
from analysis.statistics.checks import Array


def indices(tokens: Sequence[Any]) -> dict[str, float]:
    """Compute the indices that depend on types, tokens and the frequency spectrum.

    N tokens, V types, f their frequencies.

    Parameters
    ----------
    tokens : sequence, (tokens,)
        Normalised words.

    Returns
    -------
    dict
        - tokens, types: N, V; ttr: V/N; root_ttr: V/√N (Guiraud 1954); corrected_ttr: V/√(2N)
          (Carroll 1964)
        - herdan_c: ln V/ln N (Herdan 1960); summer_s: ln ln V/ln ln N;
          dugast_u_ln: (ln N)²/(ln N − ln V); maas_a2_ln: (ln N − ln V)/(ln N)² (Maas 1972)
        - yule_k: 10⁴(Σf² − N)/N²; yule_i: V²/(Σf² − V) (Yule 1944); simpson_d:
          Σf(f−1)/(N(N−1)); herdan_vm: √(Σf²/N² − 1/V)
        - shannon_entropy_bits: −Σ(f/N)log₂(f/N); repeat_rate: Σ(f/N)² (Popescu 2009)

        NaN where an index is not defined, as for a text of one token or one type.

    Raises
    ------
    ValueError
        If there is no token.

    Examples
    --------
    >>> print(f"{indices('to be or not to be'.split())['ttr']:.4f}")
    0.6667
    """
    f = _frequencies(tokens)
    n, v = f.sum(), float(len(f))
    squares = (f**2).sum()
    log_n, log_v = np.log(n), np.log(v)
    shares = f / n
    return {
        "tokens": int(n),
        "types": int(v),
        "ttr": v / n,
        "root_ttr": v / np.sqrt(n),
        "corrected_ttr": v / np.sqrt(2 * n),
        "herdan_c": _ratio(log_v, log_n),
        "summer_s": _ratio(np.log(log_v), np.log(log_n)) if v > 1 else np.nan,
        "dugast_u_ln": _ratio(log_n**2, log_n - log_v),
        "maas_a2_ln": _ratio(log_n - log_v, log_n**2),
        "yule_k": 1e4 * (squares - n) / n**2,
        "yule_i": _ratio(v**2, squares - v),
        "simpson_d": _ratio((f * (f - 1)).sum(), n * (n - 1)),
        "herdan_vm": float(np.sqrt(max(squares / n**2 - 1 / v, 0.0))),
        "shannon_entropy_bits": float(scipy.special.entr(shares).sum() / np.log(2)),
        "repeat_rate": float((shares**2).sum()),
    }


def mattr(tokens: Sequence[Any], *, window: int = 50) -> float:
    """Moving-average type-token ratio (Covington & McFall 2010).

    Parameters
    ----------
    tokens : sequence, (tokens,)
        Normalised words.
    window : int, default 50
        Tokens w of each window; the mean of the TTR of all N − w + 1 windows.

    Returns
    -------
    float
        NaN if the text is shorter than the window.

    Raises
    ------
    ValueError
        If there is no token.

    Examples
    --------
    >>> round(mattr("a b a c a d".split(), window=3), 4)
    0.8333
    """
    codes = _codes(tokens)
    window = checks.whole("window", window)
    if len(codes) < window:
        return np.nan
    # A token is new in a window if its previous occurrence lies before the window.
    previous = _previous(codes)
    views = np.lib.stride_tricks.sliding_window_view(previous, window)
    new = views < np.arange(len(views))[:, None]
    return float(new.sum() / new.size)


def msttr(tokens: Sequence[Any], *, segment: int = 50) -> float:
    """Mean type-token ratio of successive segments, the remainder left out (Johnson 1944).

    Parameters
    ----------
    tokens : sequence, (tokens,)
        Normalised words.
    segment : int, default 50
        Tokens of each segment.

    Returns
    -------
    float
        NaN if the text is shorter than one segment.

    Raises
    ------
    ValueError
        If there is no token.

    Examples
    --------
    >>> round(msttr("a b a c a d".split(), segment=3), 4)
    0.8333
    """
    codes = _codes(tokens)
    segment = checks.whole("segment", segment)
    whole = len(codes) // segment
    if not whole:
        return np.nan
    parts = codes[: whole * segment].reshape(whole, segment)
    return float(np.mean([len(np.unique(part)) / segment for part in parts]))


def hdd(tokens: Sequence[Any], *, sample: int = 42) -> float:
    """HD-D: expected type-token ratio of a random sample (McCarthy & Jarvis 2007).

    Σ over types of [1 − hypergeometric(0; N, f, sample)]/sample. Some packages return the sum
    without the division.

    Parameters
    ----------
    tokens : sequence, (tokens,)
        Normalised words.
    sample : int, default 42
        Tokens of the sample.

    Returns
    -------
    float
        NaN if the text is shorter than the sample.

    Raises
    ------
    ValueError
        If there is no token.

    Examples
    --------
    >>> round(hdd("a b a c a d".split(), sample=3), 4)
    0.8167
    """
    f = _frequencies(tokens)
    n, sample = f.sum(), checks.whole("sample", sample)
    if n < sample:
        return np.nan
    ln = scipy.special.gammaln
    room = np.where(n - f >= sample, n - f, np.nan)
    absent = np.exp(ln(room + 1) - ln(room - sample + 1) - ln(n + 1) + ln(n - sample + 1))
    return float((1 - np.nan_to_num(absent)).sum() / sample)


def mtld(
    tokens: Sequence[Any], *, threshold: float = 0.72, rule: str = "le", least: int = 1
) -> float:
    """Measure of textual lexical diversity (McCarthy & Jarvis 2010).

    Tokens per factor, a factor closing when its type-token ratio falls to the threshold; the
    rest counts as the partial factor (1 − TTR)/(1 − threshold); mean of both directions.

    Parameters
    ----------
    tokens : sequence, (tokens,)
        Normalised words.
    threshold : float, default 0.72
        Type-token ratio that closes a factor.
    rule : {"le", "lt"}
        Whether the ratio must be at most the threshold, or below it.
    least : int, default 1
        Fewest tokens of a factor (some programs take 10).

    Returns
    -------
    float
        inf if no word is repeated: there is no factor, not even a partial one.

    Raises
    ------
    ValueError
        If there is no token or the threshold is not between 0 and 1.

    Examples
    --------
    >>> round(mtld("a b a c a b d a a a".split()), 4)
    5.0
    """
    checks.one_of("rule", rule, ("le", "lt"))
    if not 0 < threshold < 1:
        raise checks.AnalysisError("threshold", f"{threshold!r}", "a number between 0 and 1")
    codes = _codes(tokens)
    least = checks.whole("least", least)
    both = [_mtld_one_way(list(c), threshold, rule, least) for c in (codes, codes[::-1])]
    return float(np.mean(both))


def _mtld_one_way(codes: list[int], threshold: float, rule: str, least: int) -> float:
    factors, start, types = 0.0, 0, set()
    for i, code in enumerate(codes):
        types.add(code)
        length = i + 1 - start
        ratio = len(types) / length
        low = ratio <= threshold if rule == "le" else ratio < threshold
        if low and length >= least:
            factors, start, types = factors + 1, i + 1, set()
    if types:
        factors += (1 - len(types) / (len(codes) - start)) / (1 - threshold)
    return len(codes) / factors if factors else np.inf


def _codes(tokens: Sequence[Any]) -> np.ndarray:
    codes = pd.factorize(np.asarray(tokens, dtype=object))[0]
    checks.at_least("tokens", len(codes), 1, "tokens")
    return codes


def _frequencies(tokens: Sequence[Any]) -> Array:
    return np.bincount(_codes(tokens)).astype(np.float64)


def _previous(codes: np.ndarray) -> np.ndarray:
    order = np.argsort(codes, kind="stable")
    same = np.diff(codes[order], prepend=-1) == 0
    previous = np.full(len(codes), -1)
    previous[order[same]] = order[np.flatnonzero(same) - 1]
    return previous


def _ratio(numerator: float, denominator: float) -> float:
    return float(numerator / denominator) if denominator else np.nan

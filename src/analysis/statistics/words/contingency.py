"""One word in two corpora: the 2 x 2 table and what is tested on it.

`count_1` of `total_1` tokens in the focus corpus against `count_2` of `total_2` in the reference.
All take scalars or arrays, and all treat words as independent trials: their p-values say nothing
about documents (see `analysis.statistics.groups.comparison`).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import scipy

from analysis.statistics import checks
from analysis.statistics.checks import Array


def table(
    count_1: Any, total_1: Any, count_2: Any, total_2: Any
) -> tuple[Array, Array, Array, Array]:
    """Check one comparison's numbers and return them as floats of one shape.

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.

    Returns
    -------
    (count_1, total_1, count_2, total_2) : arrays of float

    Raises
    ------
    ValueError
        If a count is negative or not whole, a total smaller than its count, or a corpus empty.

    Examples
    --------
    >>> [float(value) for value in table(10, 13, 0, 31764)]
    [10.0, 13.0, 0.0, 31764.0]
    """
    f1, f2 = checks.counts("count_1", count_1), checks.counts("count_2", count_2)
    n1, n2 = checks.counts("total_1", total_1), checks.counts("total_2", total_2)
    checks.positive("total_1", n1)
    checks.positive("total_2", n2)
    checks.within("count_1", f1, "total_1", n1)
    checks.within("count_2", f2, "total_2", n2)
    try:
        f1, n1, f2, n2 = np.broadcast_arrays(f1, n1, f2, n2)
    except ValueError:
        shapes = f"shapes {f1.shape}, {n1.shape}, {f2.shape}, {n2.shape}"
        raise checks.AnalysisError("count_1, count_2", shapes, "equal lengths") from None
    return f1, n1, f2, n2


def expected_counts(count_1: Any, total_1: Any, count_2: Any, total_2: Any) -> tuple[Array, Array]:
    """Occurrences expected in each corpus if both had one rate: Eᵢ = nᵢ(f₁+f₂)/N.

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.

    Returns
    -------
    (expected_1, expected_2) : floats or arrays

    Raises
    ------
    ValueError
        As `table`.

    Examples
    --------
    >>> expected_counts(0, 40000, 12, 80000)
    (np.float64(4.0), np.float64(8.0))
    """
    f1, n1, f2, n2 = table(count_1, total_1, count_2, total_2)
    share = (f1 + f2) / (n1 + n2)
    return _plain(n1 * share), _plain(n2 * share)


def log_likelihood(
    count_1: Any,
    total_1: Any,
    count_2: Any,
    total_2: Any,
    *,
    cells: int = 4,
    signed: bool = False,
    correction: str | None = None,
) -> Array:
    """Log-likelihood ratio G² of one word in two corpora.

    Four cells (Dunning 1993): 2 Σ Oᵢⱼ ln(Oᵢⱼ/Eᵢⱼ); two cells (Rayson & Garside 2000):
    2(f₁ ln f₁/E₁ + f₂ ln f₂/E₂), with 0·ln 0 = 0. They differ for frequent words: say which.

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.
    cells : {4, 2}
        Cells of the table that enter the sum.
    signed : bool, default False
        Whether over-use in the first corpus is positive and under-use negative.
    correction : {None, "williams"}
        Divide by Williams's (1976) q for small samples; four cells only.

    Returns
    -------
    float or array

    Raises
    ------
    ValueError
        As `table`.

    Examples
    --------
    >>> print(f"{log_likelihood(10, 13, 0, 31764):.2f}")
    167.23
    >>> print(f"{log_likelihood(10, 13, 0, 31764, cells=2):.2f}")
    156.03
    """
    checks.one_of("cells", cells, (2, 4))
    checks.one_of("correction", correction, (None, "williams"))
    f1, n1, f2, n2 = table(count_1, total_1, count_2, total_2)
    e1, e2 = n1 * (f1 + f2) / (n1 + n2), n2 * (f1 + f2) / (n1 + n2)
    g2 = _o_ln_o_over_e(f1, e1) + _o_ln_o_over_e(f2, e2)
    if cells == 4:
        g2 = g2 + _o_ln_o_over_e(n1 - f1, n1 - e1) + _o_ln_o_over_e(n2 - f2, n2 - e2)
    g2 = 2 * np.maximum(g2, 0.0)
    if correction:
        g2 = g2 / _williams(f1, n1, f2, n2)
    return _plain(np.where(f1 < e1, -g2, g2) if signed else g2)


def chi_squared(
    count_1: Any,
    total_1: Any,
    count_2: Any,
    total_2: Any,
    *,
    yates: bool = False,
    signed: bool = False,
) -> Array:
    """Pearson's chi-square of the 2 x 2 table, with Yates's correction on request.

    Σ (|O−E| − c)²/E, c = min(½, |O−E|) with Yates (1934), else 0.

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.
    yates, signed : bool, default False
        Continuity correction; sign by over-use (+) or under-use (−) in the first corpus.

    Returns
    -------
    float or array
        0 where the word occurs nowhere or everywhere.

    Raises
    ------
    ValueError
        As `table`.

    Examples
    --------
    >>> print(f"{chi_squared(3, 3, 0, 31774):.0f}")
    31777
    """
    f1, n1, f2, n2 = table(count_1, total_1, count_2, total_2)
    total, joint = n1 + n2, f1 + f2
    e1 = n1 * joint / total
    gap = np.abs(f1 - e1)
    if yates:
        gap = gap - np.minimum(0.5, gap)
    # All four cells share |O - E|, so the sum has one numerator.
    denominator = n1 * n2 * joint * (total - joint)
    chi2 = np.divide(gap**2 * total**3, denominator, out=np.zeros_like(gap), where=denominator > 0)
    return _plain(np.where(f1 < e1, -chi2, chi2) if signed else chi2)


def p_value(statistic: Any, *, df: int = 1) -> Array:
    """Upper tail of the chi-square distribution, from the survival function.

    `1 - cdf` would underflow to 0 for every strong keyword. For G² and chi-square; words are
    taken as independent.

    Parameters
    ----------
    statistic : float or array of float
        G² or chi-square; the sign is ignored.
    df : int, default 1
        Degrees of freedom.

    Returns
    -------
    float or array

    Raises
    ------
    ValueError
        If `df` is below 1.

    Examples
    --------
    >>> print(f"{p_value(713.1038):.3g}")
    4.23e-157
    """
    value = np.abs(checks.numbers("statistic", statistic))
    return _plain(scipy.special.chdtrc(checks.whole("df", df), value))


def critical_value(p: Any, *, df: int = 1) -> Array:
    """Value of G² or chi-square with upper tail `p`.

    Parameters
    ----------
    p : float or array of float
        Tail probability.
    df : int, default 1
        Degrees of freedom.

    Returns
    -------
    float or array

    Raises
    ------
    ValueError
        If `p` is not a probability.

    Examples
    --------
    >>> print(f"{critical_value(0.05):.2f}")
    3.84
    """
    return _plain(scipy.special.chdtri(checks.whole("df", df), checks.probability("p", p)))


def phi(count_1: Any, total_1: Any, count_2: Any, total_2: Any) -> Array:
    """Phi coefficient √(χ²/N) of the 2 x 2 table, unsigned.

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.

    Returns
    -------
    float or array

    Raises
    ------
    ValueError
        As `table`.

    Examples
    --------
    >>> float(phi(3, 3, 0, 31774))
    1.0
    """
    _, n1, _, n2 = table(count_1, total_1, count_2, total_2)
    return _plain(np.sqrt(chi_squared(count_1, total_1, count_2, total_2) / (n1 + n2)))


def bic(count_1: Any, total_1: Any, count_2: Any, total_2: Any, *, df: int = 1) -> Array:
    """BIC = G² − df·ln N of a keyness comparison (Wilson 2013), four-cell G².

    Above 0 favours a difference; exp(BIC/2) *approximates* a Bayes factor under a unit
    information prior and is not the exact one of `log_bayes_factor`.

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.
    df : int, default 1
        Degrees of freedom: corpora less one.

    Returns
    -------
    float or array

    Raises
    ------
    ValueError
        As `table`.

    Examples
    --------
    >>> print(f"{bic(3, 46349, 36, 108539):.4f}")
    -0.2592
    """
    _, n1, _, n2 = table(count_1, total_1, count_2, total_2)
    g2 = log_likelihood(count_1, total_1, count_2, total_2)
    return _plain(g2 - checks.whole("df", df) * np.log(n1 + n2))


def log_bayes_factor(
    count_1: Any, total_1: Any, count_2: Any, total_2: Any, *, concentration: float = 1.0
) -> Array:
    """Natural log of the Bayes factor for two rates against one (Gunel & Dickey 1974).

    Independent Beta(a, a) priors on the two rates against Beta(2a−1, 2a−1) on the common one,
    corpus sizes fixed.

    Parameters
    ----------
    count_1, total_1, count_2, total_2 : int or array of int
        Occurrences and tokens in the two corpora.
    concentration : float, default 1.0
        The prior's a, above ½.

    Returns
    -------
    float or array
        Above 0 favours a difference.

    Raises
    ------
    ValueError
        As `table`.

    Examples
    --------
    >>> print(f"{log_bayes_factor(3, 46349, 36, 108539):.3f}")
    -3.087
    """
    f1, n1, f2, n2 = table(count_1, total_1, count_2, total_2)
    a = float(checks.positive("concentration", concentration))
    common = 2 * a - 1
    checks.positive("2 * concentration - 1", common)
    two = sum(
        scipy.special.betaln(f + a, n - f + a) - scipy.special.betaln(a, a)
        for f, n in ((f1, n1), (f2, n2))
    )
    f, n = f1 + f2, n1 + n2
    one = scipy.special.betaln(f + common, n - f + common) - scipy.special.betaln(common, common)
    return _plain(two - one)


def _o_ln_o_over_e(observed: Array, expected: Array) -> Array:
    ratio = np.divide(observed, expected, out=np.ones_like(expected), where=observed > 0)
    return observed * np.log(ratio)


def _williams(f1: Array, n1: Array, f2: Array, n2: Array) -> Array:
    total, joint = n1 + n2, f1 + f2
    inside = np.where((joint > 0) & (joint < total), joint, np.nan)
    q = 1 + (total / n1 + total / n2 - 1) * (total / inside + total / (total - inside) - 1) / (
        6 * total
    )
    return np.where(np.isnan(q), 1.0, q)


def _plain(value: Any) -> Any:
    return np.asarray(value)[()]

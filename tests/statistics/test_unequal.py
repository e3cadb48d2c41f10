"""Equal recall in every group: a test against a likelihood maximised by another hand."""

import numpy as np
import pytest
import scipy.optimize
import scipy.stats

from analysis.errors import AnalysisError
from analysis.statistics.coders.unequal import equal_recall_test

HITS, MISSES = (
    ([100, 80, 60], [40, 40, 40], [30, 20, 33]),
    ([700, 420, 640], [60, 60, 60], [4, 9, 1]),
)


def by_optimiser():
    """Twice the gain in log-likelihood, all parameters on the logit scale."""
    many, n1, x1, others, n0, x0 = (np.array(part, dtype=float) for part in (*HITS, *MISSES))

    def loss(recall, rest):
        share, false = 1 / (1 + np.exp(-rest.reshape(2, -1)))
        hit = share * recall + (1 - share) * false
        a, b = share * recall / hit, share * (1 - recall) / (1 - hit)
        parts = ((many, many + others, hit), (x1, n1, a), (x0, n0, b))
        return -sum(scipy.stats.binom.logpmf(k, n, p).sum() for k, n, p in parts)

    def logistic(value):
        return 1 / (1 + np.exp(-value))

    start = np.full(6, -2.0)
    one = scipy.optimize.minimize(
        lambda v: loss(logistic(v[0]), v[1:]), [0.0, *start], method="BFGS", tol=1e-9
    )
    each = scipy.optimize.minimize(
        lambda v: loss(logistic(v[:3]), v[3:]), [0.0, 0.0, 0.0, *start], method="BFGS", tol=1e-9
    )
    return 2 * (one.fun - each.fun)


def test_the_statistic_is_that_of_a_general_optimiser():
    found = equal_recall_test(*HITS, *MISSES)
    assert found["statistic"] == pytest.approx(by_optimiser(), abs=0.03)
    assert found["p"] == pytest.approx(scipy.stats.chi2.sf(found["statistic"], 2))


def test_equal_groups_are_not_told_apart_and_one_group_cannot_be():
    two = [[value] * 2 for value in (100, 40, 30, 700, 60, 4)]
    assert equal_recall_test(*two)["statistic"] == pytest.approx(0, abs=1e-3)
    assert np.isnan(equal_recall_test(*([value] for value in (100, 40, 30, 700, 60, 4)))["p"])


def test_groups_without_coded_misses_are_refused():
    with pytest.raises(AnalysisError, match="misses_coded"):
        equal_recall_test([10, 10], [5, 5], [4, 4], [90, 90], [0, 5], [0, 1])

"""How each statistic of the reference files is computed with the public functions."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from analysis.statistics import bootstrap, frequency, keyness

Case = dict[str, Any]


def _table(inputs: Case) -> list[int]:
    return [inputs[key] for key in ("f1", "n1", "f2", "n2")]


def proportion(inputs: Case, expected: Case) -> Case:
    k, n, level = inputs["count"], inputs["tokens"], inputs.get("confidence", 0.95)
    return {
        "proportion": k / n,
        "per_thousand": 1e3 * k / n,
        "per_million": 1e6 * k / n,
        "wilson": frequency.wilson(k, n, level),
        "wilson_continuity": frequency.wilson(k, n, level, continuity=True),
        "clopper_pearson": frequency.clopper_pearson(k, n, level),
    }


def poisson_rate(inputs: Case, expected: Case) -> Case:
    k, t = inputs["count"], inputs["exposure"]
    return {
        "rate": k / t,
        "ci": frequency.poisson_interval(k, t, inputs.get("confidence", 0.95)),
    }


def rate_ratio(inputs: Case, expected: Case) -> Case:
    (a, b), (s, t) = inputs["counts"], inputs["exposures"]
    ratio, low, high, p = frequency.rate_ratio(a, s, b, t, inputs.get("confidence", 0.95))
    return {"ratio": ratio, "ci": (low, high), "p_value": p}


def rate_by_document(inputs: Case, expected: Case) -> Case:
    k, n, level = inputs["counts"], inputs["tokens"], inputs.get("confidence", 0.95)
    result = frequency.ratio_by_document(k, n, level=level)
    return {
        "rate": result.ratio,
        "se_linearised": result.se_linearised,
        "ci_normal": (result.low, result.high),
        "se_jackknife": result.se_jackknife,
        "poisson_exact_ci_ignoring_documents": frequency.poisson_interval(sum(k), sum(n), level),
        "design_effect": result.design_effect,
    }


def document_bootstrap(inputs: Case, expected: Case) -> Case:
    results = {
        method: bootstrap.document_bootstrap(
            inputs["counts"],
            inputs["tokens"],
            level=inputs.get("confidence", 0.95),
            method=method,
            resamples=inputs.get("resamples", 20000),
        )
        for method in ("percentile", "bca")
    }
    intervals = {method: (result.low, result.high) for method, result in results.items()}
    return {"se": results["percentile"].se, **intervals}


def contingency_tests(inputs: Case, expected: Case) -> Case:
    table = _table(inputs)
    chi2, yates = keyness.chi_squared(*table), keyness.chi_squared(*table, yates=True)
    estimate, low, high = keyness.odds_ratio_conditional(*table)
    return {
        "log_likelihood_4cell": keyness.log_likelihood(*table),
        "chi2": chi2,
        "chi2_p": keyness.p_value(chi2),
        "chi2_yates": yates,
        "chi2_yates_p": keyness.p_value(yates),
        "fisher_p_two_sided": keyness.fisher_exact(*table),
        "fisher_p_greater": keyness.fisher_exact(*table, alternative="greater"),
        "fisher_p_less": keyness.fisher_exact(*table, alternative="less"),
        "odds_ratio_cmle": estimate,
        "odds_ratio_cmle_ci95": (low, high),
        "phi": keyness.phi(*table),
    }


def log_likelihood_2cell(inputs: Case, expected: Case) -> Case:
    table = _table(inputs)
    return {
        "log_likelihood_2cell": keyness.log_likelihood(*table, cells=2),
        "expected": keyness.expected_counts(*table),
        "overuse": bool(table[0] / table[1] > table[2] / table[3]),
    }


def bic(inputs: Case, expected: Case) -> Case:
    value = keyness.bic(*_table(inputs), df=inputs.get("df", 1))
    with np.errstate(over="ignore"):
        return {"bic": value, "approx_bayes_factor": np.exp(value / 2)}


def bayes_factor(inputs: Case, expected: Case) -> Case:
    concentration = inputs.get("prior_concentration", 1)
    return {"log_bf10": keyness.log_bayes_factor(*_table(inputs), concentration=concentration)}


def effect_sizes(inputs: Case, expected: Case) -> Case:
    table = _table(inputs)
    odds, relative = keyness.odds_ratio(*table), keyness.relative_risk(*table)
    hardie = keyness.log_ratio(*table)
    return {
        "odds_ratio": odds[0],
        "odds_ratio_ci95_wald": odds[1:],
        "relative_risk": relative[0],
        "relative_risk_ci95_wald": relative[1:],
        "log_ratio_hardie": hardie[0],
        "log_ratio_ci95_wald": hardie[1:],
        "percent_diff": keyness.percent_diff(*table),
        "difference_coefficient": keyness.difference_coefficient(*table),
        "log_ratio_walter": keyness.log_ratio(*table, zero="walter")[0],
    }


def quanteda(inputs: Case, expected: Case) -> Case:
    table = _table(inputs)
    return {
        "chi2_signed": keyness.chi_squared(*table, signed=True),
        "g2_signed": keyness.log_likelihood(*table, signed=True),
        "g2_williams_signed": keyness.log_likelihood(*table, signed=True, correction="williams"),
        "pmi_ln": keyness.pointwise_mutual_information(*table, base=np.e),
    }


def conservative_log_ratio(inputs: Case, expected: Case) -> Case:
    table, level, m = _table(inputs), inputs.get("confidence", 0.95), inputs["family_size"]

    def lrc(family: int, alternative: str = "two-sided") -> float:
        return keyness.conservative_log_ratio(
            *table, family_size=family, level=level, alternative=alternative
        )

    return {
        "lrc_bonferroni": lrc(m),
        "lrc_unadjusted": lrc(1),
        "positive_lrc_bonferroni": lrc(m, "greater"),
        "log_ratio_walter": keyness.log_ratio(*table, zero="walter")[0],
        "g2_signed": keyness.log_likelihood(*table, signed=True),
        **_simple_maths(table, expected, r"simple_maths_n(\d+)"),
    }


def _simple_maths(table: list[int], expected: Case, pattern: str) -> Case:
    found = {key: re.fullmatch(pattern, key) for key in expected}
    return {
        key: keyness.simple_maths(*table, k=float(match[1]))
        for key, match in found.items()
        if match
    }


def simple_maths(inputs: Case, expected: Case) -> Case:
    return _simple_maths(_table(inputs), expected, r"n(\d+)")


def log_odds(inputs: Case, expected: Case) -> Case:
    words = list(inputs["prior"])
    columns = [
        [inputs[key].get(word, 0) for word in words] for key in ("counts_1", "counts_2", "prior")
    ]
    values = keyness.log_odds_dirichlet(*columns)
    return {
        name: dict(zip(words, value, strict=True))
        for name, value in zip(("delta", "variance", "z"), values, strict=True)
    }


def critical_values(inputs: Case, expected: Case) -> Case:
    return {"critical": keyness.critical_value(inputs["p"], df=inputs.get("df", 1))}


CASES = {
    "normalised_frequency_proportion_ci": proportion,
    "poisson_exact_rate_ci": poisson_rate,
    "rate_ratio_exact_ci": rate_ratio,
    "rate_by_document_linearised_and_jackknife": rate_by_document,
    "rate_document_bootstrap_ci": document_bootstrap,
    "contingency_tests_2x2": contingency_tests,
    "log_likelihood_2cell": log_likelihood_2cell,
    "bic_keyness": bic,
    "bayes_factor_contingency_gunel_dickey": bayes_factor,
    "keyness_effect_sizes": effect_sizes,
    "quanteda_textstat_keyness": quanteda,
    "conservative_log_ratio": conservative_log_ratio,
    "simple_maths": simple_maths,
    "log_odds_informative_dirichlet_prior": log_odds,
    "log_likelihood_critical_values": critical_values,
}

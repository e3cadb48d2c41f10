"""How the reference files' statistics on words are computed."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from analysis.statistics import (
    bootstrap,
    collocation,
    cooccurrence,
    dispersion,
    diversity,
    frequency,
    keyness,
    similarity,
)

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


def dispersion_parts(inputs: Case, expected: Case) -> Case:
    return dispersion.measures(inputs["part_counts"], inputs["part_sizes"]).iloc[0].to_dict()


def dispersion_sequence(inputs: Case, expected: Case) -> Case:
    tokens = inputs["tokens"]
    positions = [i for i, token in enumerate(tokens) if token == inputs["word"]]
    return {
        "distances": dispersion.distances(positions, len(tokens)),
        **dispersion.reduced_frequencies(positions, len(tokens)),
    }


def collocation_measures(inputs: Case, expected: Case) -> Case:
    table = [inputs[key] for key in ("f", "f1", "f2", "N")]
    row = collocation.measures(*table).iloc[0].to_dict()
    to_10 = np.log10(2)
    ucs = {
        "am.MI": row["mi"] * to_10,
        "am.MI2": row["mi2"] * to_10,
        "am.MI3": row["mi3"] * to_10,
        "am.local.MI": row["local_mi"] * to_10,
        "am.Fisher.pv": row["fisher_log10p"],
        "am.odds.ratio.disc": row["odds_ratio_discounted_ln"] / np.log(10),
        "am.relative.risk": row["relative_risk_log2"] * to_10,
        "am.z.score.corr": row["z_score_corrected"],
        "am.chi.squared.corr": row["chi2_corrected_signed"],
        "am.z.score": row["z_score"],
        "am.t.score": row["t_score"],
        "am.chi.squared": row["chi2_signed"],
        "am.log.likelihood": row["log_likelihood_signed"],
        "am.simple.ll": row["simple_ll_signed"],
        "am.Dice": row["dice"],
        "am.Jaccard": row["jaccard"],
        "am.MS": row["min_sensitivity"],
    }
    return {**row, "ucs_original": ucs}


def collocation_log_ratio(inputs: Case, expected: Case) -> Case:
    row = collocation.measures(
        *[inputs[key] for key in ("f", "f1", "f2", "N")],
        family_size=inputs["family_size"],
        level=inputs.get("confidence", 0.95),
    ).iloc[0]
    return {
        "log_ratio_hardie": row["log_ratio"],
        "lrc": row["lrc"],
        "lrc_normal_approximation": row["lrc_normal"],
    }


def window_counts(inputs: Case, expected: Case) -> Case:
    result: Case = {"pair_count": {}, "collocate_tokens_counted_once": {}}
    reach = {side: inputs.get(side, inputs.get("window")) for side in ("left", "right")}
    for pair in next(iter(expected.values())):
        node, collocate = pair.split(" ")
        table = cooccurrence.window_counts(
            inputs["tokens"], node, segments=inputs.get("segments"), **reach
        ).set_index("collocate")
        for key, column in (("pair_count", "pairs"), ("collocate_tokens_counted_once", "joint")):
            result[key][pair] = int(table[column].get(collocate, 0))
    return result


DIVERSITY = {
    "mattr": lambda tokens, size: diversity.mattr(tokens, window=size),
    "msttr": lambda tokens, size: diversity.msttr(tokens, segment=size),
    "hdd": lambda tokens, size: diversity.hdd(tokens, sample=size),
}


def lexical_diversity(inputs: Case, expected: Case) -> Case:
    tokens = inputs["tokens"]
    result: Case = dict(diversity.indices(tokens))
    for key in expected:
        if match := re.fullmatch(r"(mattr|msttr|hdd)_(\d+)", key):
            result[key] = DIVERSITY[match[1]](tokens, int(match[2]))
        elif match := re.fullmatch(r"mtld_0(\d+)_(le|lt)(?:_min(\d+))?", key):
            threshold = float(f"0.{match[1]}")
            least = int(match[3] or 1)
            result[key] = diversity.mtld(tokens, threshold=threshold, rule=match[2], least=least)
    return result


def delta_matrices(inputs: Case, expected: Case) -> Case:
    counts, tokens = inputs["counts"], inputs["tokens"]
    return {
        f"{measure}_delta": similarity.delta(counts, tokens, measure=measure)
        for measure in ("burrows", "cosine")
    }


def cosine_matrix(inputs: Case, expected: Case) -> Case:
    return {"cosine": similarity.cosine_similarity(inputs["counts"])}


def _two_counts(inputs: Case) -> tuple[list[str], list[int], list[int]]:
    one, two = inputs["counts_1"], inputs["counts_2"]
    words = sorted({*one, *two})
    return words, [one.get(word, 0) for word in words], [two.get(word, 0) for word in words]


def jensen_shannon(inputs: Case, expected: Case) -> Case:
    words, one, two = _two_counts(inputs)
    base = inputs.get("base", 2)
    divergence, parts = similarity.jensen_shannon(one, two, base=base)
    return {
        "divergence": divergence,
        "distance": divergence**0.5,
        "top_contributions_share": dict(zip(words, parts / divergence, strict=True)),
        "entropy_1": similarity.entropy(one, base=base),
        "entropy_2": similarity.entropy(two, base=base),
    }


def proportion_shift(inputs: Case, expected: Case) -> Case:
    table = similarity.word_shift(inputs["counts_1"], inputs["counts_2"])
    return {
        "difference_2_minus_1": table["difference"].to_dict(),
        "share_of_total_variation": table["share_of_variation"].to_dict(),
    }


def rank_turbulence(inputs: Case, expected: Case) -> Case:
    words, one, two = _two_counts(inputs)
    alpha = float(inputs["alpha"])
    divergence, parts, normaliser = similarity.rank_turbulence(one, two, alpha=alpha)
    contributions = dict(zip(words, parts, strict=True))
    return {"divergence": divergence, "normaliser": normaliser, "contributions": contributions}


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
    "dispersion_parts": dispersion_parts,
    "arf_awt_ald": dispersion_sequence,
    "collocation_measures": collocation_measures,
    "phi_squared": collocation_measures,
    "npmi": collocation_measures,
    "collocation_log_ratio": collocation_log_ratio,
    "cooccurrence_window_counts": window_counts,
    "lexical_diversity": lexical_diversity,
    "entropy_repeat_rate": lexical_diversity,
    "burrows_delta_matrix": delta_matrices,
    "cosine_similarity_matrix": cosine_matrix,
    "jensen_shannon_divergence": jensen_shannon,
    "word_shift_proportion": proportion_shift,
    "rank_turbulence_divergence": rank_turbulence,
}

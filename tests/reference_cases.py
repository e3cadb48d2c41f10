"""How each statistic of the reference files is computed with the public functions."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from analysis.statistics import (
    agreement,
    bootstrap,
    collocation,
    comparison,
    cooccurrence,
    dispersion,
    diversity,
    frame_axis,
    frequency,
    keyness,
    labelled_sample,
    mixed_models,
    multiple_testing,
    multiverse,
    network,
    rate_models,
    similarity,
    trend,
    validity,
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


def p_adjustment(inputs: Case, expected: Case) -> Case:
    methods = ("holm", "bh", "bonferroni", "by")
    adjusted = {m: multiple_testing.adjust(inputs["p_values"], method=m) for m in methods}
    rejected = {
        key: {m: int((p <= int(key[9:]) / 100).sum()) for m, p in adjusted.items()}
        for key in expected
        if re.fullmatch(r"rejected_\d\d", key)
    }
    return {**adjusted, **rejected}


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


def alpha(inputs: Case, expected: Case) -> Case:
    data = inputs["reliability_data"]
    return {
        scale: agreement.krippendorff_alpha(data, scale=scale)
        for scale in agreement.SCALES
        if scale in expected
    }


def alpha_interval(inputs: Case, expected: Case) -> Case:
    estimate, low, high = agreement.krippendorff_interval(
        inputs["reliability_data"],
        scale=inputs["level"],
        level=inputs.get("confidence", 0.95),
        resamples=inputs.get("resamples", 4000),
    )
    return {"alpha": estimate, "ci": (low, high)}


def two_coders(inputs: Case, expected: Case) -> Case:
    result = agreement.two_coders(inputs["table"])
    return {**result, "kappa_ci95": (result["kappa_low"], result["kappa_high"])}


def fleiss(inputs: Case, expected: Case) -> Case:
    kappa, pairwise = agreement.fleiss_kappa(inputs["counts_unit_by_category"])
    return {"fleiss_kappa": kappa, "mean_pairwise_agreement": pairwise}


def gwet(inputs: Case, expected: Case) -> Case:
    return agreement.gwet_ac1(inputs["ratings_unit_by_coder"], categories=inputs.get("categories"))


def two_samples(inputs: Case, expected: Case) -> Case:
    x, y = inputs["x"], inputs["y"]
    return {
        **comparison.mann_whitney(x, y),
        "mean_difference": comparison.welch(x, y)["mean_difference"],
        "p_permutation_mean_exact": comparison.mean_permutation(x, y),
    }


def bootstrap_test(inputs: Case, expected: Case) -> Case:
    return comparison.bootstrap_test(inputs["x"], inputs["y"], resamples=100_000)


def _permutation(counts: list[int], tokens: list[int], groups: list[int], **options: Any) -> Case:
    result = comparison.permutation_test(counts, tokens, groups, **options)
    return {
        "rate_difference": result.difference,
        "p_two_sided_absolute": result.p,
        "permutations": result.permutations,
    }


def permutation_documents(inputs: Case, expected: Case) -> Case:
    one, two = inputs["counts_1"], inputs["counts_2"]
    groups = [0] * len(one) + [1] * len(two)
    return _permutation(one + two, inputs["tokens_1"] + inputs["tokens_2"], groups)


def permutation_speakers(inputs: Case, expected: Case) -> Case:
    rows = [
        (k, n, group, speaker)
        for speaker, counts, tokens, group in zip(
            inputs["speakers"],
            inputs["counts_by_speaker"],
            inputs["tokens_by_speaker"],
            inputs["group_by_speaker"],
            strict=True,
        )
        for k, n in zip(counts, tokens, strict=True)
    ]
    counts, tokens, groups, speakers = map(list, zip(*rows, strict=True))
    result = _permutation(counts, tokens, groups, clusters=speakers)
    # The file subtracts the group labelled 0 from the group labelled 1.
    return {**result, "rate_difference": -result["rate_difference"]}


def _design(inputs: Case) -> dict[str, Any]:
    if "design" in inputs:
        return inputs["design"]
    names = ("group", "post_1945", "time")
    return {name: inputs[name] for name in names if name in inputs}


def _tokens(inputs: Case) -> list[float]:
    return inputs.get("tokens", [1] * len(inputs["counts"]))


def poisson_regression(inputs: Case, expected: Case) -> Case:
    models = {
        name: rate_models.poisson(
            inputs["counts"], _tokens(inputs), _design(inputs), covariance=name
        )
        for name in ("model", "hc0", "quasi")
    }
    plain, quasi = models["model"], models["quasi"]
    return {
        "coef": plain.table["coef"],
        "se_poisson": plain.table["se"],
        "se_hc0": models["hc0"].table["se"],
        "se_quasipoisson": quasi.table["se"],
        "p_quasipoisson_t": quasi.table["p"].iloc[-1],
        "log_likelihood": plain.log_likelihood,
        "deviance": plain.parameters["deviance"],
        "dispersion_pearson": plain.parameters["dispersion"],
    }


def nb_regression(inputs: Case, expected: Case) -> Case:
    model = rate_models.negative_binomial(inputs["counts"], _tokens(inputs), _design(inputs))
    return {
        "coef": model.table["coef"],
        "se": model.table["se"],
        "theta": model.parameters["theta"],
        "log_likelihood": model.log_likelihood,
        "likelihood_ratio_group": model.parameters["likelihood_ratio"],
    }


def beta_binomial(inputs: Case, expected: Case) -> Case:
    model = rate_models.beta_binomial(inputs["counts"], _tokens(inputs), _design(inputs))
    return {
        "coef": model.table["coef"],
        "se": model.table["se"],
        "log_likelihood": model.log_likelihood,
        **model.parameters,
    }


def cluster_robust(inputs: Case, expected: Case) -> Case:
    def fit(covariance: str, correction: str = "none") -> Any:
        return rate_models.poisson(
            inputs["counts"],
            _tokens(inputs),
            _design(inputs),
            covariance=covariance,
            clusters=inputs["speaker"],
            correction=correction,
        )

    model, cluster = fit("model"), fit("cluster")
    return {
        "coef": model.table["coef"],
        "se_model": model.table["se"],
        "se_cluster_no_correction": cluster.table["se"],
        "se_cluster_G_over_G_minus_1": fit("cluster", "clusters").table["se"],
        "se_cluster_G_and_N_correction": fit("cluster", "stata").table["se"],
        "n_clusters": cluster.clusters,
    }


def random_intercept(family: str) -> Any:
    def compute(inputs: Case, expected: Case) -> Case:
        model = mixed_models.random_intercept(
            inputs["counts"], _tokens(inputs), _design(inputs), inputs["speaker"], family=family
        )
        return {
            "coef": model.table["coef"],
            "se": model.table["se"],
            "sd_speaker": model.parameters["sd_cluster"],
            "log_likelihood": model.log_likelihood,
            **model.parameters,
        }

    return compute


def rogan_gladen(inputs: Case, expected: Case) -> Case:
    names = {"c-p": "clopper_pearson", "wilson": "wilson", "blaker": "blaker"}
    if inputs["interval"] not in names:
        return {}
    result = validity.rogan_gladen(
        inputs["positive"],
        inputs["n"],
        inputs["sensitivity"],
        inputs["specificity"],
        interval=names[inputs["interval"]],
        level=inputs.get("confidence", 0.95),
    )
    return {
        "apparent": result["apparent"],
        "apparent_ci": (result["apparent_low"], result["apparent_high"]),
        "corrected_untruncated": result["corrected"],
        "corrected_ci_untruncated": (result["corrected_low"], result["corrected_high"]),
    }


def lang_reiczigel(inputs: Case, expected: Case) -> Case:
    names = ("apparent", "n", "sensitivity", "n_sensitivity", "specificity", "n_specificity")
    level = inputs.get("confidence", 0.95)
    corrected, low, high = validity.lang_reiczigel(*[inputs[name] for name in names], level=level)
    return {"corrected": corrected, "ci": (low, high)}


def ppi(inputs: Case, expected: Case) -> Case:
    names = ("labelled_true", "labelled_predicted", "unlabelled_predicted")
    result = labelled_sample.prediction_powered_mean(
        *[inputs[name] for name in names], level=inputs.get("confidence", 0.95)
    )
    return {
        "ppi_lambda1": result["ppi"],
        "ppi_lambda1_ci": (result["ppi_low"], result["ppi_high"]),
        "ppi_plus_plus": result["ppi_tuned"],
        "ppi_plus_plus_ci": (result["ppi_tuned_low"], result["ppi_tuned_high"]),
        "classical_mean": result["classical_mean"],
        "naive_predicted_mean": result["naive_mean"],
    }


def dsl(inputs: Case, expected: Case) -> Case:
    design = {name: inputs[name] for name in sorted(inputs) if re.fullmatch(r"X\d+", name)}
    names = ("true_label_or_null", "predicted", "labelling_probability")
    table = labelled_sample.design_based(*[inputs[name] for name in names], design)
    return {"coef": table["coef"], "se": table["se"]}


def precision_recall(inputs: Case, expected: Case) -> Case:
    result = validity.confusion(*[inputs[name] for name in ("tp", "fp", "fn", "tn")])
    names = ("precision", "recall", "specificity")
    intervals = {
        f"{name}_wilson95": (result[f"{name}_low"], result[f"{name}_high"]) for name in names
    }
    return {**result, **intervals}


def stratified_recall(inputs: Case, expected: Case) -> Case:
    names = ("hits_total", "hits_coded", "hits_true")
    names += tuple(name.replace("hits", "misses") for name in names)
    values = [inputs[name] for name in names]
    return {
        "fpc": validity.stratified_recall(*values),
        "nofpc": validity.stratified_recall(*values, finite=False),
    }


def adjusted_count(inputs: Case, expected: Case) -> Case:
    share, tpr, fpr = inputs["classified_share"], inputs["tpr"], inputs["fpr"]
    return {"adjusted": validity.adjusted_count(share, tpr, 1 - fpr, clip=True)}


def frameaxis(inputs: Case, expected: Case) -> Case:
    names = ("vectors", "positive_pole", "negative_pole", "document", "background")
    return frame_axis.frame_axis(*[inputs[name] for name in names])


def specification_curve(inputs: Case, expected: Case) -> Case:
    curve = multiverse.specification_curve(
        inputs["data"], inputs["outcomes"], inputs["focal"], inputs.get("controls", [])
    )
    result = multiverse.summary(curve)
    return {
        **result,
        "share_p_below_05": result["share_significant"],
        "specifications": curve.set_index("specification")[["coef", "se", "p"]].to_dict("index"),
    }


def affiliation(inputs: Case, expected: Case) -> Case:
    two_mode = network.affiliation(inputs["statements"])
    one_mode = network.one_mode(inputs["statements"])
    return {
        "actors": two_mode.index,
        "concepts": two_mode.columns,
        "two_mode": two_mode.to_numpy(),
        "two_mode_sum": two_mode.to_numpy().sum(),
        "one_mode_ignore": one_mode.to_numpy(),
        "one_mode_ignore_sum": one_mode.to_numpy().sum(),
    }


def polarisation(inputs: Case, expected: Case) -> Case:
    statements = inputs["statements"]
    plain = network.congruence_conflict(statements)
    C, D = (table.to_numpy() for table in plain)
    scaled = [t.to_numpy() for t in network.congruence_conflict(statements, normalise=True)]
    result = {
        "actors": plain[0].index,
        "congruence": C,
        "conflict": D,
        "subtract": C - D,
        "activity": network.affiliation(statements).sum(axis=1),
        "congruence_average_activity": scaled[0],
        "conflict_average_activity": scaled[1],
    }
    found = {"partition": inputs.get("partition")}
    if len(C) <= network.EXHAUSTIVE and any("balanced" in key for key in expected):
        extremes = network.balanced_extremes(*scaled)
        found["partition_min"] = extremes["nearest_partition"]
        found["partition"] = found["partition"] or extremes["farthest_partition"]
        result |= {
            "absdiff_normalised_min_balanced": extremes["nearest"],
            "absdiff_normalised_max_balanced": extremes["farthest"],
            "polarisation_absdiff_normalised_max_balanced": extremes["farthest"],
        }
    for name, partition in found.items():
        if partition is not None:
            suffix = name.removeprefix("partition")
            key = f"modularity_of_congruence_for_partition{suffix}"
            result |= {name: partition, key: network.modularity(C, partition)}
    if found["partition"] is not None:
        true = network.distance_from_bipolar(*scaled, found["partition"])
        result |= {
            "absdiff_normalised_true_partition": true,
            "ei_index_congruence": network.ei_index(C, found["partition"]),
        }
    return result


def lowess(inputs: Case, expected: Case) -> Case:
    options = {"fraction": inputs["fraction"], "robust_iterations": inputs["robust_iterations"]}
    return {"fitted": trend.lowess(inputs["x"], inputs["y"], **options)}


def loess(inputs: Case, expected: Case) -> Case:
    options = {"span": inputs["span"], "degree": inputs["degree"]}
    return dict(trend.loess_band(inputs["x"], inputs["y"], inputs["at"], **options))


def change_points(inputs: Case, expected: Case) -> Case:
    breaks, rss = trend.change_points(
        inputs["y"],
        number=inputs["n_changepoints"],
        min_segment=inputs.get("min_segment", 2),
    )
    years = [inputs.get("first_year", 1) + index - 1 for index in breaks]
    return {"last_index_of_segments": breaks, "last_year_of_segments": years, "rss": rss}


def change_point_number(inputs: Case, expected: Case) -> Case:
    most, size = inputs["max_changepoints"], inputs.get("min_segment")
    return trend.change_point_number(inputs["y"], most=most, min_segment=size)


def count_change_point(inputs: Case, expected: Case) -> Case:
    result = trend.count_change_point(inputs["counts"], inputs.get("tokens"))
    return {
        **result,
        "last_index_of_first_segment": result["before"],
        "last_year_of_first_segment": inputs.get("first_year", 1) + result["before"] - 1,
    }


def _polynomial(inputs: Case) -> dict[str, Any]:
    time = np.array(inputs["time"])
    return {f"time{d}": time**d for d in range(1, inputs.get("degree", 1) + 1)}


def count_trend(inputs: Case, expected: Case) -> Case:
    model = rate_models.poisson(
        inputs["counts"], _tokens(inputs), _polynomial(inputs), covariance="model"
    )
    return {
        "coef": model.table["coef"],
        "se": model.table["se"],
        "log_likelihood": model.log_likelihood,
        "deviance": model.parameters["deviance"],
    }


def nb_trend(inputs: Case, expected: Case) -> Case:
    model = rate_models.negative_binomial(inputs["counts"], _tokens(inputs), _polynomial(inputs))
    return {
        "coef": model.table["coef"],
        "se": model.table["se"],
        "theta": model.parameters["theta"],
        "log_likelihood": model.log_likelihood,
        "likelihood_ratio_trend": model.parameters["likelihood_ratio"],
    }


def newey_west(family: str) -> Any:
    def compute(inputs: Case, expected: Case) -> Case:
        lags = inputs["lags"]
        table = trend.newey_west(inputs["y"], inputs["time"], lags=lags, family=family)
        return {"coef": table["coef"], "se_newey_west": table["se"], **table.attrs}

    return compute


def mann_kendall(inputs: Case, expected: Case) -> Case:
    return trend.mann_kendall(inputs["y"])


def rolling_mean(inputs: Case, expected: Case) -> Case:
    return {"value": trend.rolling_mean(inputs["y"], window=inputs["window"])}


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
    "p_value_adjustment": p_adjustment,
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
    "krippendorff_alpha": alpha,
    "krippendorff_alpha_bootstrap_units": alpha_interval,
    "two_coder_agreement": two_coders,
    "fleiss_kappa": fleiss,
    "gwet_ac1": gwet,
    "mann_whitney_and_permutation": two_samples,
    "bootstrap_test_lijffijt": bootstrap_test,
    "permutation_test_pooled_rate_over_documents": permutation_documents,
    "permutation_test_over_speakers": permutation_speakers,
    "poisson_quasipoisson_rate_regression": poisson_regression,
    "negative_binomial_rate_regression": nb_regression,
    "beta_binomial_regression": beta_binomial,
    "poisson_cluster_robust_by_speaker": cluster_robust,
    "poisson_random_intercept_by_speaker": random_intercept("poisson"),
    "negative_binomial_random_intercept_by_speaker": random_intercept("negative_binomial"),
    "prevalence_rogan_gladen": rogan_gladen,
    "prevalence_lang_reiczigel_ci": lang_reiczigel,
    "prediction_powered_mean": ppi,
    "design_based_supervised_learning_lm": dsl,
    "dictionary_precision_recall": precision_recall,
    "dictionary_recall_stratified_sample": stratified_recall,
    "adjusted_classify_and_count": adjusted_count,
    "frameaxis_bias_intensity": frameaxis,
    "specification_curve_ols": specification_curve,
    "dna_affiliation_and_actor_network": affiliation,
    "dna_congruence_conflict_polarisation": polarisation,
    "lowess": lowess,
    "loess_fit_and_pointwise_se": loess,
    "changepoint_l2_fixed_number": change_points,
    "changepoint_bic_selection": change_point_number,
    "changepoint_poisson_single": count_change_point,
    "count_trend_poisson": count_trend,
    "count_trend_negative_binomial": nb_trend,
    "rate_trend_negative_binomial": nb_trend,
    "ols_trend_newey_west": newey_west("ols"),
    "poisson_trend_newey_west": newey_west("poisson"),
    "mann_kendall_theil_sen": mann_kendall,
    "rolling_mean_centred": rolling_mean,
}

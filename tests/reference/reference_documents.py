"""How the reference files' statistics on documents, speakers and time are computed."""

from __future__ import annotations

import re
from typing import Any

import numpy as np

from analysis.statistics import (
    beta_binomial,
    change_points,
    comparison,
    mixed_models,
    multiple_testing,
    permutation,
    rate_models,
    smooth,
    trend,
)

Case = dict[str, Any]


def p_adjustment(inputs: Case, expected: Case) -> Case:
    methods = ("holm", "bh", "bonferroni", "by")
    adjusted = {m: multiple_testing.adjust(inputs["p_values"], method=m) for m in methods}
    rejected = {
        key: {m: int((p <= int(key[9:]) / 100).sum()) for m, p in adjusted.items()}
        for key in expected
        if re.fullmatch(r"rejected_\d\d", key)
    }
    return {**adjusted, **rejected}


def two_samples(inputs: Case, expected: Case) -> Case:
    x, y = inputs["x"], inputs["y"]
    return {
        **comparison.mann_whitney(x, y),
        "mean_difference": comparison.welch(x, y)["mean_difference"],
        "p_permutation_mean_exact": permutation.mean_permutation(x, y),
    }


def bootstrap_test(inputs: Case, expected: Case) -> Case:
    return comparison.bootstrap_test(inputs["x"], inputs["y"], resamples=100_000)


def _permutation(counts: list[int], tokens: list[int], groups: list[int], **options: Any) -> Case:
    result = permutation.permutation_test(counts, tokens, groups, **options)
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


def beta_binomial_case(inputs: Case, expected: Case) -> Case:
    model = beta_binomial.beta_binomial(inputs["counts"], _tokens(inputs), _design(inputs))
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


def lowess(inputs: Case, expected: Case) -> Case:
    options = {"fraction": inputs["fraction"], "robust_iterations": inputs["robust_iterations"]}
    return {"fitted": trend.lowess(inputs["x"], inputs["y"], **options)}


def loess(inputs: Case, expected: Case) -> Case:
    options = {"span": inputs["span"], "degree": inputs["degree"]}
    return dict(trend.loess_band(inputs["x"], inputs["y"], inputs["at"], **options))


def change_points_case(inputs: Case, expected: Case) -> Case:
    breaks, rss = change_points.change_points(
        inputs["y"],
        number=inputs["n_changepoints"],
        min_segment=inputs.get("min_segment", 2),
    )
    years = [inputs.get("first_year", 1) + index - 1 for index in breaks]
    return {"last_index_of_segments": breaks, "last_year_of_segments": years, "rss": rss}


def change_point_number(inputs: Case, expected: Case) -> Case:
    most, size = inputs["max_changepoints"], inputs.get("min_segment")
    return change_points.change_point_number(inputs["y"], most=most, min_segment=size)


def count_change_point(inputs: Case, expected: Case) -> Case:
    result = change_points.count_change_point(inputs["counts"], inputs.get("tokens"))
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


def gam(inputs: Case, expected: Case) -> Case:
    counts = inputs["counts"]
    time = inputs["time"]
    if isinstance(time, str):  # "(year-1851)/10": the series is yearly
        time = np.arange(len(counts)) / float(time.rsplit("/", 1)[1])
    knots = re.search(r"k=(\d+)", inputs["basis"])
    result = smooth.poisson_smooth(
        counts, time, inputs["at"], exposures=inputs.get("tokens"), knots=int(knots[1])
    )
    return {
        "edf_total": result.edf,
        "fit_log": result.table["fit_log"],
        "se_log": result.table["se_log"],
        "deviance": result.deviance,
    }


CASES = {
    "gam_poisson_smooth": gam,
    "p_value_adjustment": p_adjustment,
    "mann_whitney_and_permutation": two_samples,
    "bootstrap_test_lijffijt": bootstrap_test,
    "permutation_test_pooled_rate_over_documents": permutation_documents,
    "permutation_test_over_speakers": permutation_speakers,
    "poisson_quasipoisson_rate_regression": poisson_regression,
    "negative_binomial_rate_regression": nb_regression,
    "beta_binomial_regression": beta_binomial_case,
    "poisson_cluster_robust_by_speaker": cluster_robust,
    "poisson_random_intercept_by_speaker": random_intercept("poisson"),
    "negative_binomial_random_intercept_by_speaker": random_intercept("negative_binomial"),
    "lowess": lowess,
    "loess_fit_and_pointwise_se": loess,
    "changepoint_l2_fixed_number": change_points_case,
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

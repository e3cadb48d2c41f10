"""How the reference files' statistics on coders, instruments and actors are computed."""

from __future__ import annotations

import re
from typing import Any

from analysis.statistics import (
    agreement,
    frame_axis,
    labelled_sample,
    multiverse,
    network,
    polarisation,
    validity,
)

Case = dict[str, Any]


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


def polarisation_case(inputs: Case, expected: Case) -> Case:
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
    if len(C) <= polarisation.EXHAUSTIVE and any("balanced" in key for key in expected):
        extremes = polarisation.balanced_extremes(*scaled)
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
        true = polarisation.distance_from_bipolar(*scaled, found["partition"])
        result |= {
            "absdiff_normalised_true_partition": true,
            "ei_index_congruence": network.ei_index(C, found["partition"]),
        }
    return result


CASES = {
    "krippendorff_alpha": alpha,
    "krippendorff_alpha_bootstrap_units": alpha_interval,
    "two_coder_agreement": two_coders,
    "fleiss_kappa": fleiss,
    "gwet_ac1": gwet,
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
    "dna_congruence_conflict_polarisation": polarisation_case,
}

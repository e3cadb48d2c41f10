"""Regression on labels: held to R's dsl and to ppi-python, then what it refuses."""

import json
from pathlib import Path

import numpy as np
import pytest

from analysis.errors import AnalysisError
from analysis.statistics.models.labelled_regression import (
    design_based_regression,
    prediction_powered_regression,
)
from analysis.statistics.models.labelled_sample import design_based, prediction_powered_mean

REFERENCE = Path(__file__).parents[1] / "reference" / "labelled_regression.json"


@pytest.fixture(scope="module")
def reference():
    made = json.loads(REFERENCE.read_text())
    made["data"] = {name: np.array(values) for name, values in made["data"].items()}
    return made


@pytest.mark.parametrize("model", ["linear", "logistic"])
@pytest.mark.parametrize("clustered", [False, True])
def test_as_the_moments_of_r_dsl(reference, model, clustered):
    data = reference["data"]
    kind = "linear" if model == "linear" else "binary"
    y = np.where(data["labelled"] > 0, data[f"y_{kind}"], np.nan)
    table = design_based_regression(
        y,
        data[f"g_{kind}"],
        data["pi"],
        {"x": data["x"], "z": data["z"]},
        model=model,
        cluster=data["cluster"] if clustered else None,
    )
    wanted = reference["dsl"][f"{model}, clusters" if clustered else model]
    # dsl has no factor for few clusters.
    m = len(set(data["cluster"]))
    factor = np.sqrt((m - 1) / m) if clustered else 1
    assert table["coef"].to_numpy() == pytest.approx(wanted["coef"], abs=1e-6)
    assert table["se"].to_numpy() * factor == pytest.approx(wanted["se"], abs=1e-6)


@pytest.mark.parametrize("model", ["linear", "logistic"])
@pytest.mark.parametrize(("label", "share"), [("tuned", None), ("1", 1.0), ("0", 0.0)])
def test_as_ppi_python(reference, model, label, share):
    data, n = reference["data"], reference["ppi_labelled"]
    kind = "linear" if model == "linear" else "binary"
    y, g = data[f"y_{kind}"], data[f"g_{kind}"]
    design = {"x": data["x"], "z": data["z"]}
    table = prediction_powered_regression(
        y[:n],
        g[:n],
        g[n:],
        {name: column[:n] for name, column in design.items()},
        {name: column[n:] for name, column in design.items()},
        model=model,
        share=share,
    )
    wanted = reference["ppi"][f"{model}, lambda {label}"]
    for column in ("low", "high"):
        assert table[column].to_numpy() == pytest.approx(wanted[column], abs=1e-6), column
    if share is None:
        # ppi-python's interval has another λ, and so another middle, than its point estimate.
        assert table["coef"].to_numpy() == pytest.approx(wanted["coef"], abs=5e-3)
    else:
        assert table["coef"].to_numpy() == pytest.approx(wanted["coef"], abs=1e-6)


def test_the_mean_as_ppi_python(reference):
    data, n = reference["data"], reference["ppi_labelled"]
    y, g = data["y_binary"], data["g_binary"]
    found = prediction_powered_mean(y[:n], g[:n], g[n:])
    wanted = reference["ppi"]["mean, lambda tuned"]
    assert [found[f"ppi_tuned{end}"] for end in ("", "_low", "_high")] == pytest.approx(
        [wanted[name][0] for name in ("coef", "low", "high")], abs=1e-6
    )


def test_least_squares_as_the_estimator_of_means():
    rng = np.random.default_rng(3)
    g = (rng.random(300) < 0.3).astype(float)
    y = np.where(rng.random(300) < 0.2, (rng.random(300) < 0.3).astype(float), np.nan)
    x = rng.normal(size=300)
    one = design_based(y, g, np.full(300, 0.2), {"x": x})
    two = design_based_regression(y, g, np.full(300, 0.2), {"x": x})
    np.testing.assert_allclose(one[["coef", "se"]], two[["coef", "se"]], rtol=1e-10)


def test_tuned_leans_on_an_instrument_as_far_as_it_is_right():
    rng = np.random.default_rng(5)
    n = 4000
    y = (rng.random(n) < 0.4).astype(float)
    coded = rng.random(n) < 0.1
    label = np.where(coded, y, np.nan)
    noise = design_based_regression(label, rng.random(n), np.full(n, 0.1), {}, tuned=True)
    right = design_based_regression(label, y, np.full(n, 0.1), {}, tuned=True)
    assert noise.attrs["lambda"] < right.attrs["lambda"]
    assert right.attrs["lambda"] > 0.9
    assert right.loc["intercept", "se"] < noise.loc["intercept", "se"]


def test_clusters_widen_what_one_speaker_says_often():
    rng = np.random.default_rng(7)
    speaker = np.repeat(np.arange(20), 30)
    pull = rng.normal(0, 1, 20)[speaker]
    y = (rng.random(600) < 1 / (1 + np.exp(-pull))).astype(float)
    label = np.where(rng.random(600) < 0.5, y, np.nan)
    each = design_based_regression(label, y, np.full(600, 0.5), {}, model="logistic")
    whole = design_based_regression(
        label, y, np.full(600, 0.5), {}, model="logistic", cluster=speaker
    )
    assert whole.loc["intercept", "se"] > 1.3 * each.loc["intercept", "se"]


def test_no_finite_logistic_solution_is_said():
    x = np.array([0.0] * 20 + [1.0] * 20)
    with pytest.raises(AnalysisError, match="without a finite solution"):
        design_based_regression(x, x, np.ones(40), {"x": x}, model="logistic")


def test_a_single_cluster_is_refused():
    with pytest.raises(AnalysisError, match="a single cluster"):
        design_based_regression([1, 0, 1], [1, 0, 0], [1.0] * 3, {}, cluster=["a"] * 3)


def test_predictors_that_determine_one_another_are_refused():
    x = np.arange(6.0)
    with pytest.raises(AnalysisError, match="determine one another"):
        design_based_regression([1, 0] * 3, [1, 0] * 3, [1.0] * 6, {"a": x, "b": 2 * x})

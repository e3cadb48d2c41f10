import itertools

import numpy as np
import pandas as pd
import pytest
import statsmodels.api as sm
import statsmodels.formula.api as smf
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import AnalysisError
from analysis.statistics import multiverse, specifications
from analysis.statistics.counts.frequency import ratio_by_document
from analysis.statistics.counts.rates import contrast
from analysis.study import measured, sensitivity

SIDES = {"first": ["civil society"], "second": ["government"]}


@pytest.fixture(scope="module")
def study():
    return measured.read_study("oversight")


@pytest.fixture(scope="module")
def specs(study):
    return sensitivity.specifications(study, frame="mass surveillance", **SIDES)


@pytest.fixture(scope="module")
def curve(specs):
    return sensitivity.specification_curve(specs)


def test_the_studys_own_specification_is_the_contrast_of_notebook_00(study, curve):
    own = curve[curve["own"]]
    every = study.utterances["group"].isin(["civil society", "government"])
    pair = contrast(study.occurrences, study.utterances[every], **SIDES, of="frame")
    row = pair.set_index("frame").loc["mass surveillance"]
    assert len(own) == 1
    assert own["coef"].item() == pytest.approx(row["log_ratio"], abs=1e-12)
    for name, other in (("count", "count"), ("exposure", "words")):
        for side in (1, 2):
            assert own[f"{name}_{side}"].item() == row[f"{other}_{side}"]


def test_every_combination_is_there_once_and_takes_its_options(curve):
    choices = list(sensitivity.CHOICES)
    assert len(curve) == np.prod([len(o) for o in sensitivity.CHOICES.values()])
    assert not curve.duplicated(choices).any()
    own = curve[curve["own"]].iloc[0]

    def changed(**options):
        wanted = own[choices].to_dict() | {k.replace("_", " "): v for k, v in options.items()}
        return curve[(curve[choices] == pd.Series(wanted)).all(axis=1)].iloc[0]

    assert changed(terms="core")[["count_1", "count_2"]].tolist() == [6, 7]
    assert changed(terms="not core")[["count_1", "count_2"]].tolist() == [18, 2]
    # "programmatic surveillance": eleven times on one side, never on the other.
    assert changed(terms="no leader")[["count_1", "count_2"]].tolist() == [13, 9]
    assert changed(stance="own words")["count_2"] == 7
    assert changed(stance="asserted")[["count_1", "count_2"]].tolist() == [23, 7]
    assert changed(exposure="turns")["exposure_1"] == 78
    assert changed(exposure="split")["exposure_1"] > own["exposure_1"]
    assert changed(exposure="letters")["exposure_1"] < own["exposure_1"]
    assert changed(unit="speaker")[["units_1", "units_2"]].tolist() == [7, 9]
    assert changed(minimum_words="2,500", unit="speaker")["units_1"] == 5
    assert changed(documents="hearings")["exposure_2"] == own["exposure_2"] - 14080 - 4936
    assert changed(short_turns="left out")["exposure_2"] < own["exposure_2"]
    windows = [changed(window=name)["count_1"] for name in ("each", "100 words", "turn")]
    assert windows[0] > windows[1] > 0
    assert windows[0] > windows[2] > 0


def test_the_curve_can_be_summed_up_as_any_other(curve):
    result = multiverse.summary(curve)
    assert result["n_specifications"] == len(curve)
    assert result["share_positive"] == pytest.approx((curve["coef"] > 0).mean())
    assert (curve["p"] < 0.05).tolist() == ((curve["low"] > 0) | (curve["high"] < 0)).tolist()


def test_every_choice_is_declared_in_one_table():
    table = sensitivity.declared()
    assert set(table["choice"]) == {*sensitivity.CHOICES, "inflection"}
    assert (table["status"] == "the study's own").sum() == len(sensitivity.CHOICES)
    assert not (table["status"] == "").any()


def test_sides_that_do_not_speak_or_overlap_are_refused(study):
    with pytest.raises(AnalysisError, match="nobody in martians"):
        sensitivity.specifications(
            study, frame="mass surveillance", first=["martians"], second=["government"]
        )
    with pytest.raises(AnalysisError, match="'cookery' occurs on neither side"):
        sensitivity.specifications(study, frame="cookery", **SIDES)


def units(seed, speakers=6, each=3, columns=2):
    rng = np.random.default_rng(seed)
    k = rng.poisson(2, (speakers * each, columns))
    n = rng.integers(50, 200, k.shape).astype(float)
    return k, n, np.repeat(np.arange(speakers), each)


def test_the_variance_is_that_of_the_ratio_by_document():
    k, n, owner = units(1)
    sums = specifications.unit_sums(k * 30, n, owner, 6)
    _, se, df = specifications.log_ratios(sums, [[1, 1, 1, 0, 0, 0]], [False, True])
    relative = 0.0
    for side in (slice(0, 9), slice(9, 18)):
        found = ratio_by_document(k[side, :1] * 30, n[side, 0])
        total = k[side, 0].sum() * 30
        relative += (found.se_linearised[0] * n[side, 0].sum() / (total + 0.5)) ** 2
    assert se[0, 0] == pytest.approx(np.sqrt(relative) / np.log(2), rel=1e-9)
    assert df[0].tolist() == [16, 16]
    rates = k[:, 1] * 30 / n[:, 1]
    parts = [rates[:9], rates[9:]]
    half = [0.5 / (n[s, 1].sum() + 0.5) for s in (slice(0, 9), slice(9, 18))]
    expected = sum(
        p.var(ddof=1) / 9 / (p.mean() + h) ** 2 for p, h in zip(parts, half, strict=True)
    )
    assert se[0, 1] == pytest.approx(np.sqrt(expected) / np.log(2), rel=1e-9)


@given(st.integers(0, 2**16))
def test_a_side_and_its_mirror_differ_in_sign_only(seed):
    k, n, owner = units(seed)
    sums = specifications.unit_sums(k, n, owner, 6)
    members = np.array([[1, 0, 1, 0, 0, 1]])
    one = specifications.log_ratios(sums, members, [False, True])
    other = specifications.log_ratios(sums, 1 - members, [False, True])
    np.testing.assert_allclose(one[0], -other[0], atol=1e-12)
    np.testing.assert_allclose(one[1], other[1])


def test_the_joint_test_is_the_same_by_hand():
    k, n, owner = units(3)
    k[owner < 2] += 6
    first = np.array([1, 1, 0, 0, 0, 0])
    mean = [False, True]
    sums = specifications.unit_sums(k, n, owner, 6)
    result = specifications.joint_test(sums, first, mean, permutations=100)
    medians = []
    for chosen in itertools.combinations(range(6), 2):
        side = np.isin(np.arange(6), chosen)
        found = specifications.curve(sums, side, mean)
        medians.append(abs(found["coef"].median()))
    observed = abs(specifications.curve(sums, first, mean)["coef"].median())
    assert result["permutations"].tolist() == [15] * 3
    assert result.loc["abs_median", "p"] == (np.array(medians) >= observed - 1e-9).mean() == 1 / 15


def test_the_joint_test_keeps_its_level_and_finds_an_effect():
    p = []
    for seed in range(200):
        k, n, owner = units(seed, speakers=10, each=2)
        sums = specifications.unit_sums(k, n, owner, 10)
        first = np.arange(10) < 5
        result = specifications.joint_test(sums, first, [False, True], permutations=99, seed=seed)
        p.append(result["p"].to_numpy())
    rejected = (np.array(p) <= 0.05).mean(axis=0)
    assert (rejected <= 0.09).all()
    k[owner < 5] *= 9
    sums = specifications.unit_sums(k, n, owner, 10)
    strong = specifications.joint_test(sums, first, [False, True], permutations=300)
    assert strong.loc["abs_median", "p"] == pytest.approx(2 / 252)


def test_drawn_permutations_are_seeded():
    k, n, owner = units(5, speakers=12)
    sums = specifications.unit_sums(k, n, owner, 12)
    first = np.arange(12) < 6
    a, b = (
        specifications.joint_test(sums, first, [False, True], permutations=50, seed=7)
        for _ in range(2)
    )
    pd.testing.assert_frame_equal(a, b)


def test_shares_of_variance_are_those_of_an_analysis_of_variance():
    rng = np.random.default_rng(2)
    rows = list(itertools.product("ab", "cde", range(4)))
    table = pd.DataFrame(rows, columns=["x", "y", "z"]).assign(coef=rng.normal(size=len(rows)))
    table["coef"] += (table["x"] == "a") * 2
    shares = specifications.variance_shares(table, ["x", "y", "z"]).set_index("choice")["share"]
    fit = smf.ols("coef ~ C(x) + C(y) + C(z)", table).fit()
    squares = sm.stats.anova_lm(fit, typ=2)["sum_sq"]
    expected = squares / ((table["coef"] - table["coef"].mean()) ** 2).sum()
    for name in "xyz":
        assert shares[name] == pytest.approx(expected[f"C({name})"])
    assert shares["combinations"] == pytest.approx(expected["Residual"])
    with pytest.raises(AnalysisError, match="each of 24 combinations once"):
        specifications.variance_shares(table.iloc[1:], ["x", "y", "z"])


def test_what_no_sum_can_be_made_of_is_refused():
    with pytest.raises(AnalysisError, match="0 for a unit with occurrences"):
        specifications.unit_sums([[1]], [[0]], [0], 1)
    sums = specifications.unit_sums([[1], [1]], [[9], [9]], [0, 1], 2)
    with pytest.raises(AnalysisError, match="a group with nobody in it"):
        specifications.curve(sums, [1, 1], [False])


def test_the_instrument_is_a_choice_as_well(root):
    import pandas as pd

    from analysis.study import read_study, sensitivity

    study = read_study("oversight")
    revised = pd.read_csv(
        root / "data" / "studies" / "oversight" / "revised" / "occurrences.csv",
        keep_default_na=False,
    )
    sides = {"frame": "mass surveillance", "first": ["civil society"], "second": ["government"]}
    one = sensitivity.specifications(study, **sides)
    both = sensitivity.with_instruments(study, {"1.0": study.occurrences, "2.0": revised}, **sides)
    assert len(both.table) == 2 * len(one.table)
    curve = sensitivity.specification_curve(both)
    assert curve["own"].sum() == 1
    own = curve[curve["own"]].iloc[0]
    assert own["instrument"] == "1.0"
    plain = sensitivity.specification_curve(one)
    assert own["coef"] == plain[plain["own"]].iloc[0]["coef"]

"""Discourse networks against values of rDNA, in windows, reduced, and with their errors."""

import json

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import AnalysisError
from analysis.statistics.networks.backbone import concept_backbone, disparity_filter
from analysis.statistics.networks.comparison_of_networks import network_correlations
from analysis.statistics.networks.polarisation import polarisation, polarisation_score
from analysis.statistics.networks.projections import (
    edge_table,
    one_mode_network,
    two_mode_network,
)
from analysis.statistics.networks.uncertainty import network_interval, stance_errors
from analysis.statistics.networks.windows import time_windows, windowed


def rows(*given):
    columns = ["document", "actor", "concept", "agreement"]
    return pd.DataFrame(given, columns=columns)


CAMPS = rows(*((d, a, c, int(a in "AB")) for d in range(6) for a in "ABCD" for c in "xy"))
DAYS = ["2031-09-16", "2031-09-20", "2031-09-30", "2031-11-01", "2031-11-02"]
SMALL = rows(
    (1, "A", "x", 1), (1, "A", "x", 1), (1, "A", "y", 0), (2, "B", "x", 1), (2, "B", "y", 1)
)


@pytest.mark.shared
def test_the_sample_of_rdna_has_the_sums_its_own_tests_expect(shared):
    cases = json.loads((shared / "reference_values/discourse_network.json").read_text())["cases"]
    sample = next(c["inputs"]["statements"] for c in cases if "two_mode" in c["id"])
    two = two_mode_network(sample, aggregation="ignore")
    assert (two.shape, two.to_numpy().sum()) == ((7, 6), 40)
    one = one_mode_network(sample, aggregation="ignore", normalise="no")
    assert (one.shape, one.to_numpy().sum()) == ((7, 7), 276)


@pytest.mark.parametrize(
    ("aggregation", "normalise", "weight"),
    [
        # A: x+ twice, y- once; B: x+ once, y+ once.
        ("congruence", "no", 2),
        ("conflict", "no", 1),
        ("subtract", "no", 1),
        ("ignore", "no", 3),
        ("subtract", "average", 1 / 2.5),
        ("subtract", "cosine", 1 / 6),
        # Alone: A's y-, B's y+; shared: 2 · 1.
        ("subtract", "jaccard", 1 / 4),
    ],
)
def test_the_normalisations_by_hand(aggregation, normalise, weight):
    network = one_mode_network(SMALL, aggregation=aggregation, normalise=normalise)
    assert network.loc["A", "B"] == pytest.approx(weight)
    assert network.loc["B", "A"] == pytest.approx(weight)
    assert network.loc["A", "A"] == 0


def test_two_modes_by_hand():
    assert two_mode_network(SMALL).to_numpy().tolist() == [[2, -1], [1, 1]]
    activity = two_mode_network(SMALL, normalise="activity")
    assert activity.loc["A"].tolist() == pytest.approx([2 / 3, -1 / 3])
    prominence = two_mode_network(SMALL, normalise="prominence")
    assert prominence["y"].tolist() == pytest.approx([-1 / 2, 1 / 2])
    once = two_mode_network(SMALL, duplicates=False)
    assert once.loc["A", "x"] == 1


@given(
    st.lists(
        st.tuples(st.integers(0, 3), st.sampled_from("ABCD"), st.sampled_from("xyz"),
                  st.integers(0, 1)),
        min_size=2, max_size=30,
    )
)  # fmt: skip
def test_subtract_is_congruence_less_conflict_and_symmetric(given):
    statements = rows(*given)
    nets = {
        name: one_mode_network(statements, aggregation=name, normalise="no")
        for name in ("congruence", "conflict", "subtract", "ignore")
    }
    subtract = nets["congruence"] - nets["conflict"]
    assert np.allclose(subtract, nets["subtract"])
    assert np.allclose(nets["congruence"] + nets["conflict"], nets["ignore"])
    assert np.allclose(nets["subtract"], nets["subtract"].T)
    edges = edge_table(nets["subtract"])
    assert edges["weight"].sum() == pytest.approx(np.triu(nets["subtract"]).sum())


def test_windows_name_those_without_a_statement():
    dated = SMALL.assign(date=DAYS)
    assert [(name, len(part)) for name, part in time_windows(dated)] == [
        ("2031-09", 3), ("2031-10", 0), ("2031-11", 2),
    ]  # fmt: skip
    table = windowed(dated, polarisation_score)
    assert table["note"].tolist() == [
        "too little for it: 1 actors",
        "no statement in this window",
        "too little for it: 1 actors",
    ]
    wide = [name for name, _ in time_windows(dated, size=2, step=1)]
    assert wide == ["2031-09/2031-10", "2031-10/2031-11", "2031-11/2031-12"]


@pytest.mark.parametrize(
    ("date", "unit", "message"),
    [
        ("", "month", "dates to the month"),
        ("2031", "month", "'2031'; expected dates to the month"),
        ("2031-09", "day", "dates to the day"),
        ("soon", "year", "'soon'"),
    ],
)
def test_a_date_that_is_none_or_too_coarse_is_named(date, unit, message):
    with pytest.raises(AnalysisError, match=message):
        list(time_windows(SMALL.assign(date=date), unit=unit))


def test_the_disparity_filter_keeps_what_stands_out():
    # Serrano et al. (2009): (1 - w/s)^(k - 1) < level; a node of one edge decides nothing.
    nodes = list("abcde")
    table = pd.DataFrame(0.0, index=nodes, columns=nodes)
    for other, weight in zip("bcde", (-97, 1, 1, 1), strict=True):
        table.loc["a", other] = table.loc[other, "a"] = weight
    kept = disparity_filter(table)
    assert kept.loc["a", "b"] == -97
    assert int((kept != 0).to_numpy().sum()) == 2
    with pytest.raises(AnalysisError, match="a symmetric network"):
        disparity_filter(table.iloc[:3])


def test_the_backbone_ends_with_the_concept_that_divides():
    shared = rows(*((1, a, c, 1) for a in "ABCD" for c in "pq"))
    divided = rows(*((1, a, "z", int(a in "AB")) for a in "ABCD" for _ in range(4)))
    order = concept_backbone(pd.concat([shared, divided], ignore_index=True))
    assert order["concept"].tolist()[-1] == "z"
    assert order["loss"].is_monotonic_increasing
    assert order["statements"].tolist() == [4, 4, 16]


def test_correlations_of_networks():
    turned = CAMPS.assign(agreement=1 - CAMPS["agreement"])
    assert network_correlations(CAMPS, CAMPS).round(9).tolist() == [1] * 4
    other = network_correlations(CAMPS, turned)
    assert other["actors by concepts"] == pytest.approx(-1)
    assert other["congruence"] == pytest.approx(1)


def test_the_score_is_what_polarisation_reports():
    assert polarisation_score(CAMPS) == polarisation(CAMPS, permutations=1).modularity == 0.5


def test_errors_widen_the_interval_and_pull_the_corrected_value_up():
    rng = np.random.default_rng(1)
    flipped = rng.random(len(CAMPS)) < 0.2
    noisy = CAMPS.assign(agreement=CAMPS["agreement"].where(~flipped, 1 - CAMPS["agreement"]))
    errors = pd.DataFrame(
        [[0.8, 0.2, 0.0], [0.2, 0.8, 0.0]],
        index=["asserted", "denied"], columns=["asserted", "denied", "mentioned"],
    )  # fmt: skip
    plain = network_interval(noisy, polarisation_score, draws=99)
    carried = network_interval(noisy, polarisation_score, errors=errors, draws=99)
    assert carried["high"][0] - carried["low"][0] > plain["high"][0] - plain["low"][0]
    assert carried["corrected"][0] > carried["value"][0]
    assert carried["low"][0] <= 0.5 <= carried["high"][0]
    again = network_interval(noisy, polarisation_score, errors=errors, draws=99)
    pd.testing.assert_frame_equal(carried, again)


def test_several_numbers_share_their_draws_and_voices_may_be_wrong():
    table = network_interval(
        CAMPS, lambda s: {"n": len(s), "actors": s["actor"].nunique()}, voice_error=0.3, draws=19
    )
    assert table["measure"].tolist() == ["n", "actors"]
    assert table.loc[1, ["low", "high"]].tolist() == [4, 4]


def test_what_an_interval_cannot_be_made_of_is_named():
    with pytest.raises(AnalysisError, match="no column 'document'"):
        network_interval(CAMPS.drop(columns="document"), len)
    with pytest.raises(AnalysisError, match="19 of 19 draws of 2 documents are too small"):
        network_interval(SMALL, lambda s: float("nan") if len(s) else 0.0, draws=19)
    bad = stance_errors(["asserted"], ["denied"]) * 2
    with pytest.raises(AnalysisError, match="do not sum to 1"):
        network_interval(CAMPS, len, errors=bad)
    with pytest.raises(AnalysisError, match="ours: 'perhaps'"):
        stance_errors(["perhaps"], ["denied"])

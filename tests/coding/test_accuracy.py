"""How often the measure errs: known populations, and the study's own gold."""

import re

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from analysis.codebook import read_codebook
from analysis.coding import accuracy, adjudication, agreement
from analysis.coding import codes as coding
from analysis.errors import AnalysisError
from analysis.statistics.counts.frequency import wilson
from analysis.study import read_study


@pytest.fixture(scope="module")
def folder(root):
    return root / "data" / "studies" / "oversight" / "coding"


@pytest.fixture(scope="module")
def codebook(root):
    return read_codebook(root / "data" / "codebook.toml")


@pytest.fixture(scope="module")
def both(folder, codebook):
    sample = coding.read_sample(folder / "sample.csv")
    paths = [folder / f"codes_{coder}.csv" for coder in "AB"]
    return adjudication.combine(coding.read_codes(path, sample, codebook) for path in paths)


@pytest.fixture(scope="module")
def gold(folder, both, codebook):
    decisions = adjudication.read_decisions(folder / "decisions.csv", both, codebook)
    return adjudication.adjudicate(both, decisions)


def simple(n=84, true=25, found=30, right=20, population=10_000):
    """Return a simple random sample: `found` put there by the program, `right` of them rightly."""
    is_so = [1] * right + [0] * (found - right) + [1] * (true - right)
    table = pd.DataFrame({"stance": is_so + [0] * (n - len(is_so))})
    table["found_stance"] = [1] * found + [0] * (n - found)
    table = table.replace({1: "denied", 0: "asserted"}).astype(str)
    return table.assign(stratum="all", population=population, inclusion=n / population)


def test_a_share_of_a_simple_sample_has_wilsons_interval_but_for_t():
    low, high = accuracy.effective_interval(0.25, np.sqrt(0.25 * 0.75 / 400), 400)
    expected = wilson(100, 400, 2 * stats.norm.cdf(stats.t.ppf(0.975, 399)) - 1)
    assert (low, high) == pytest.approx(expected)


def of_appearances(*yes_of):
    """Return shares of appearances, each given as (that hold, in all)."""
    rows = [(str(n), at < yes) for n, (yes, size) in enumerate(yes_of) for at in range(size)]
    found = pd.DataFrame(rows, columns=["speaker", "holds"]).assign(term="trust", document="d")
    return accuracy.shares_by_appearance(found, found["holds"], by="term").loc["trust"]


def test_shares_of_appearances_widen_with_what_goes_together():
    apart = of_appearances(*[(1, 2)] * 6, *[(0, 2), (2, 2)] * 3)
    together = of_appearances(*[(0, 2), (2, 2)] * 6)
    assert apart["share"] == together["share"] == pytest.approx(0.5)
    # Cochran's linearised error: sqrt(12 / 11 * 12) / 24, and t of eleven degrees of freedom.
    low, high = accuracy.effective_interval(0.5, np.sqrt(12 / 11 * 12) / 24, 12)
    assert (together["low"], together["high"]) == pytest.approx((low, high))
    assert apart["high"] - apart["low"] < high - low


@pytest.mark.parametrize("holds", [0, 1, 2])
def test_few_appearances_that_agree_are_no_proof(holds):
    few = of_appearances(*[(holds, 2)] * 4)
    assert few["high"] - few["low"] > 0.4
    assert 0 <= few["low"] <= few["share"] <= few["high"] <= 1


def test_no_mistake_seen_among_few_is_no_proof_that_there_is_none():
    low, high = accuracy.effective_interval(1.0, 0.0, 7)
    assert (round(low, 2), high) == (0.54, 1.0)
    assert accuracy.effective_interval(0.0, 0.0, 7)[1] == pytest.approx(1 - low)


def test_precision_and_recall_of_a_simple_sample_are_plain_shares():
    table = accuracy.category_accuracy(simple(), found="found_stance", true="stance")
    denied = table[table["category"] == "denied"].set_index("measure")
    assert denied["estimate"].to_dict() == pytest.approx({"precision": 20 / 30, "recall": 20 / 25})
    assert denied["coded"].to_dict() == {"precision": 30, "recall": 25}
    # The domain's variance is that of a simple sample of its own, but for n/(n − 1).
    expected = np.sqrt(2 / 3 * 1 / 3 / 30 * 84 / 83 * (1 - 84 / 10_000))
    assert denied.loc["precision", "se"] == pytest.approx(expected)


def test_a_confusion_table_adds_up_to_the_population():
    table = accuracy.confusion_table(simple(), found="found_stance", true="stance")
    assert table.to_numpy().sum() == pytest.approx(10_000)
    assert table.loc["denied", "asserted"] == pytest.approx(10 * 10_000 / 84)


def test_strata_count_with_their_weights():
    part = simple()
    table = pd.concat(
        [part, part.iloc[:30].assign(stratum="hits", population=30, inclusion=1.0)],
        ignore_index=True,
    )
    rows = accuracy.category_accuracy(table, found="found_stance", true="stance")
    precision = rows.set_index(["category", "measure"]).loc[("denied", "precision"), "estimate"]
    assert precision == pytest.approx(20 / 30)
    recall = rows.set_index(["category", "measure"]).loc[("denied", "recall"), "estimate"]
    weight = 10_000 / 84
    assert recall == pytest.approx((20 * weight + 20) / (25 * weight + 20))


def test_an_occurrence_of_another_corpus_is_named(gold):
    occurrences = read_study("oversight").occurrences
    with pytest.raises(AnalysisError, match="item o001: a coded occurrence that the measured"):
        accuracy.verdicts(gold, occurrences.assign(start=occurrences["start"] + 1))


def test_the_studys_gold_is_whole_and_tells_no_text(gold, both, folder):
    assert gold["item"].tolist() == sorted(both["item"].unique())
    assert coding.coded(gold).all()
    assert list(pd.read_csv(folder / "decisions.csv").columns) == [
        *("item", "variable", "decision", "reason")
    ]


def test_every_reason_of_a_decision_is_explained(folder):
    used = set(pd.read_csv(folder / "decisions.csv")["reason"])
    table = (folder / "README.md").read_text(encoding="utf-8").split("| `reason`")[1]
    explained = {
        name
        for line in table.splitlines()
        for name in re.findall(r"`([\w-]+)`", line.split("|")[1] if "|" in line else "")
    }
    assert used == explained


def test_the_gold_keeps_what_both_coders_say(gold, both):
    differ = adjudication.disagreements(both)
    same = both[(both["coder"] == "A") & ~both["item"].isin(differ["item"])].set_index("item")
    kept = gold.set_index("item").loc[same.index, list(adjudication.VARIABLES)]
    pd.testing.assert_frame_equal(kept, same[list(adjudication.VARIABLES)])


def test_the_studys_verdicts_stand_beside_the_gold(gold):
    table = accuracy.verdicts(gold, read_study("oversight").occurrences)
    assert len(table) == (gold["valid"] == "yes").sum()
    # Nearly all of the weighted occurrences; a hearing's transcript is its speakers' own words.
    counted = accuracy.confusion_table(table, found="found_voice", true="voice")
    assert 1_800 < counted.to_numpy().sum() <= 1_990
    assert counted.loc["indirect"].sum() == 0


def test_a_census_has_no_sampling_error(gold):
    table = accuracy.occurrence_precision(gold, frame="mass surveillance", serves=True)
    assert (table["low"] == table["estimate"]).all()
    assert (table["se"] < 1e-9).all()
    valid = accuracy.occurrence_precision(gold, frame="mass surveillance")
    assert (valid["estimate"] >= table["estimate"]).all()


def test_confusion_of_coders_counts_every_line_once(both):
    for variable, items in (("valid", 345), ("stance", 316)):
        assert agreement.confusion(both, variable)["items"].sum() == items
    rows = agreement.specific_agreement(both, "valid").set_index("category")
    differ = adjudication.disagreements(both)["variable"].eq("valid").sum()
    assert rows["either"].sum() - rows["both"].sum() == 2 * differ
    assert rows.loc["no", "most_confused"] == "yes"


def test_segments_are_confused_frame_by_frame():
    codes = pd.DataFrame(
        {
            "item": ["s1", "s1", "s2", "s2", "s3", "s3"],
            "coder": list("ABABAB"),
            "frame": ["legality; trade-off", "legality", "none", "none", "none", "trade-off"],
        }
    )
    assert agreement.confusion(codes, "segment").to_numpy().tolist() == [
        ["legality", "legality", 1],
        ["none", "none", 1],
        ["none", "trade-off", 1],
        ["trade-off", "none", 1],
    ]

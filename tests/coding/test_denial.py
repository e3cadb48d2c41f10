"""Denial read by hand: the shipped codes, known populations, faulty files."""

import numpy as np
import pandas as pd
import pytest

from analysis.coding import denial
from analysis.errors import AnalysisError
from analysis.study import read_study


@pytest.fixture(scope="module")
def folder(root):
    return root / "data" / "studies" / "oversight" / "coding"


def population(n=400):
    rng = np.random.default_rng(3)
    marked = rng.choice(["asserted", "denied"], n, p=[0.8, 0.2])
    return pd.DataFrame(
        {
            "document": "d",
            "utterance": 0,
            "start": np.arange(n) * 20,
            "end": np.arange(n) * 20 + 5,
            "term": "oversight",
            "group": rng.choice(["government", "board"], n),
            "stance": marked,
        }
    )


def test_a_census_gives_back_what_is_so():
    table = population()
    texts = {"d": "They never saw it " * 500}
    sizes = {denial.DENIED: 400, denial.NEAR: 400, denial.REST: 400}
    sample = denial.denial_sample(table, texts, sizes=sizes, seed=1)
    assert len(sample) == len(table)
    assert (sample["inclusion"] == 1).all()
    codes = sample[["item"]].assign(stance="denied")
    judged = denial.judged(sample, codes, table)
    found = denial.denial_accuracy(judged).set_index(["group", "measure"])["estimate"]
    assert found["all", "precision"] == 1
    assert found["all", "recall"] == pytest.approx((table["stance"] == "denied").mean())
    shares = denial.corrected_stances(judged, table)
    assert (shares.loc[shares["stance"] == "denied", "estimate"] == 1).all()


def test_a_sample_weighs_up_to_its_population():
    table = population()
    sizes = {denial.DENIED: 30, denial.NEAR: 40, denial.REST: 10}
    sample = denial.denial_sample(table, {"d": "no " * 4000}, sizes=sizes, seed=1)
    assert (1 / sample["inclusion"]).sum() == pytest.approx(len(table))
    assert list(sample["item"]) == sorted(sample["item"])


def test_the_shipped_codes_fit_the_shipped_study(folder, root):
    occurrences = read_study("oversight").occurrences
    for name in ("denial", "denial_check"):
        sample = denial.read_denial(folder / f"{name}_sample.csv", denial.SAMPLE_COLUMNS)
        codes = denial.read_denial(folder / f"{name}_codes.csv", denial.CODE_COLUMNS)
        judged = denial.judged(sample, codes, occurrences)
        assert len(judged) == len(codes)
        assert set(judged["true"]) <= {"asserted", "denied", "mentioned"}
        table = denial.denial_accuracy(judged)
        inside = table.dropna()
        assert (
            (inside["low"] <= inside["estimate"]) & (inside["estimate"] <= inside["high"])
        ).all()


def test_a_faulty_code_is_named_with_its_line(tmp_path):
    path = tmp_path / "codes.csv"
    path.write_text(
        ",".join(denial.CODE_COLUMNS) + "\nd001,d,0,1,5,oversight,C,perhaps,\n", encoding="utf-8"
    )
    with pytest.raises(AnalysisError, match="line 2"):
        denial.read_denial(path, denial.CODE_COLUMNS)


def test_an_uncoded_item_is_named():
    table = population(40)
    sizes = {denial.DENIED: 99, denial.NEAR: 99, denial.REST: 99}
    sample = denial.denial_sample(table, {"d": "it " * 900}, sizes=sizes, seed=1)
    codes = sample[["item"]].assign(stance="asserted").iloc[1:]
    with pytest.raises(AnalysisError, match=sample["item"].iloc[0]):
        denial.judged(sample, codes, table)

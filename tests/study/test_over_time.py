"""A study over time: what is there, what is too little, what is none."""

from types import SimpleNamespace

import pandas as pd
import pytest

from analysis.errors import AnalysisError
from analysis.study import over_time

DATES = {"a": "2013-07-09", "b": "2013-11-04", "c": "2015-04-08", "d": "2016-03-01"}


@pytest.fixture
def study():
    documents = pd.DataFrame({"document": list(DATES), "date": list(DATES.values())})
    said = pd.DataFrame(
        [(d, u, f"s{u}", "board" if u < 3 else "guest", 1000 if d != "d" else 400)
         for d in DATES for u in range(4)],
        columns=["document", "utterance", "speaker", "group", "words"],
    )  # fmt: skip
    hits = [("a", 0, "law"), ("a", 1, "law"), ("b", 0, "law"), ("c", 0, "law"), ("d", 1, "law")]
    hits += [("d", u, "economy") for u in (0, 1, 2, 3)] * 3
    occurrences = pd.DataFrame(hits, columns=["document", "utterance", "frame"])
    return SimpleNamespace(
        documents=documents, utterances=said, occurrences=occurrences.assign(term="t")
    )


def test_rates_by_year_with_the_years_that_have_no_text(study):
    table = over_time.rates(study, categories="law").set_index("period")
    assert table.index.tolist() == ["2013", "2014", "2015", "2016"]
    assert table["rate"].round(3).tolist()[::2] == [0.375, 0.25]
    assert table["note"].tolist() == ["", "no text", "", "only 1,600 words"]
    assert table["enough"].tolist() == [True, False, True, False]
    assert table.loc["2014", "count"] == 0
    assert pd.isna(table.loc["2014", "rate"])
    assert table["linked"].tolist() == [False, False, True, True]


def test_groups_and_months(study):
    table = over_time.rates(study, period="month", groups="guest", categories="economy")
    heard = table[table["words"] > 0]
    assert heard["note"].tolist() == ["only 1,000 words"] * 3 + ["only 400 words"]
    assert len(table) == 33


def test_a_break_is_found_where_it_is(study):
    table = over_time.breaks(study, permutations=99).set_index("frame")
    assert table.loc["economy", "at"] == "2016"
    assert table.loc["economy", "before"] == 0
    assert table.loc["economy", "after"] == pytest.approx(7.5)
    assert table.loc["economy", "p"] > 0.1
    assert set(table["note"]) == {"only 4 documents"}


def test_before_and_after(study):
    table = over_time.before_and_after(study, "2015-01-01", resamples=200).set_index("frame")
    assert table.loc["economy", ["count_before", "count_after"]].tolist() == [0, 12]
    assert table.loc["law", "rate_before"] == pytest.approx(3 / 8)
    assert table.loc["law", "speakers_both"] == 4
    assert set(table["note"]) == {"only 2 documents on one side"}


def test_dispersion(study):
    table = over_time.dispersion(study).set_index("frame")
    assert table.loc["economy", ["periods", "of_periods", "peak"]].tolist() == [1, 3, "2016"]
    assert table.loc["economy", "dp_norm"] == pytest.approx(1)
    assert table.loc["law", "dp"] < 0.2


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda s: over_time.rates(s, groups="bord"), "groups: 'bord'; expected of board, guest"),
        (lambda s: over_time.rates(s, categories="lw"), "the frame 'lw' is nowhere in the study"),
        (lambda s: over_time.rates(s, period="week"), "period"),
        (lambda s: over_time.before_and_after(s, "2015"), "a day, such as"),
        (lambda s: over_time.before_and_after(s, "2012-01-01"), "no text before 2012-01-01"),
    ],
)
def test_what_cannot_be_answered_is_named(study, ask, message):
    with pytest.raises(AnalysisError, match=message):
        ask(study)


def test_dates_that_are_missing_or_too_coarse_are_named(study):
    study.documents.loc[0, "date"] = "2013"
    with pytest.raises(AnalysisError, match="a: the date '2013'; expected a date to the month"):
        over_time.rates(study, period="month")
    with pytest.raises(AnalysisError, match="a: a date too coarse to lie on one side"):
        over_time.before_and_after(study, "2013-08-01")
    study.documents.loc[0, "date"] = ""
    with pytest.raises(AnalysisError, match="a: the date ''"):
        over_time.rates(study)

"""Questions on a study give what the statistics give on its tables."""

import pandas as pd
import pytest

import analysis as da
from analysis.errors import AnalysisError
from analysis.statistics import keyness, rates
from analysis.study.questions import chosen, word_counts


@pytest.fixture(scope="module")
def study():
    return da.read_study("oversight")


def test_rates_of_a_subcorpus_are_those_of_its_rows(study):
    rows = study.utterances[study.utterances["group"].isin(["board", "government"])]
    right = rates.rates(study.occurrences, rows, by="group", categories=["legality"])
    asked = {"group": ["board", "government"]}
    found = da.rates(study, only="legality", where=asked)
    pd.testing.assert_frame_equal(found, right)


def test_a_year_is_a_question(study):
    dates = study.documents.set_index("document")["date"]
    said = chosen(study, {"date": ("2013", "2014")})
    assert set(said["document"].map(dates).str[:4]) == {"2013", "2014"}
    by_year = da.rates(study, by="year", only="legality")
    assert by_year["words"].sum() == study.utterances["words"].sum()


def test_words_of_units_add_up_and_keywords_are_keyness(study):
    where = {"kind": "hearing", "group": ["civil society", "government"]}
    counts, who = word_counts(study, where=where)
    assert (counts.sum(axis=1).to_numpy() == who["words"].to_numpy()).all()
    found = da.keywords(study, "government", "civil society", where=where, test="welch")
    common = counts.columns[(counts.sum() >= 20) & ((counts > 0).sum() >= 3)]
    right = keyness.compare(
        counts[common], who["words"], who["group"], focus="government", reference="civil society"
    )
    pd.testing.assert_frame_equal(found.set_index("word"), right)


def test_dispersion_is_over_all_parts_that_speak(study):
    table = da.dispersion(study, of="frame", over="speaker").set_index("frame")
    assert table["frequency"].sum() == len(study.occurrences)
    assert table.loc["legality", "dp"] < table.loc["mass surveillance", "dp"]
    by_document = da.dispersion(study).set_index("term")
    assert by_document["frequency"].sum() == len(study.occurrences)
    assert by_document["range"].max() <= len(study.documents)


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({"party": "x"}, "no column 'party'"),
        ({"group": "bord"}, "no utterance whose group is 'bord'"),
        ({"speaker": "James Dempsey", "group": "judge"}, "no utterance has all"),
    ],
)
def test_a_filter_that_names_nothing_is_refused(study, where, message):
    with pytest.raises(AnalysisError, match=message):
        da.rates(study, where=where)

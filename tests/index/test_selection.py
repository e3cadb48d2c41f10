"""A filter chooses utterances by any column; what it does not understand it refuses by name."""

import datetime

import numpy as np
import pandas as pd
import pytest

from analysis import index as face
from analysis.errors import AnalysisError
from analysis.index import build_index, index_table, open_index, open_partitions
from analysis.index.selection import selected

TALK = pd.DataFrame(
    {
        "text": ["We go dark.", "They go dark, dark.", "No dark words.", "Nothing at all."],
        "speaker": ["LITT", "DE", "LITT", "COLE"],
        "document": ["d1", "d1", "d2", "d3"],
        "group": ["government", "government", "civil society", None],
        "date": ["2013-07-09", "2013-11-04", "2014-03-19", "2015"],
        "day": pd.to_datetime(["2013-07-09 10:00", "2013-11-04 09:00", "2014-03-19 12:00", None]),
        "year": [2013, 2013, 2014, 2015],
        "score": [0.5, 1.5, np.nan, 2.0],
        "open": [True, False, True, True],
        "tags": [["a"], [], [], []],
    }
)
CASES = [
    ({"group": "government"}, [0, 1]),
    ({"group": ["government", "civil society"]}, [0, 1, 2]),
    ({"group": ""}, [3]),
    ({"speaker": "LITT"}, [0, 2]),
    ({"document": ["d2", "d3"]}, [2, 3]),
    ({"date": ("2013-08-01", "2014-12-31")}, [1, 2]),
    ({"date": ("2013", "2014")}, [0, 1, 2]),
    ({"date": "2013"}, [0, 1]),
    ({"date": (None, "2013-07")}, [0]),
    ({"date": ("2014-03-19", None)}, [2, 3]),
    ({"day": ("2013-07-09", "2013-07-09")}, [0]),
    ({"day": ("2013-08", "2014")}, [1, 2]),
    ({"day": datetime.date(2013, 7, 9)}, [0]),
    ({"day": pd.Timestamp("2013-07-09 10:00")}, [0]),
    ({"year": 2013}, [0, 1]),
    ({"year": "2013"}, [0, 1]),
    ({"year": (2014, None)}, [2, 3]),
    ({"score": (1, 2)}, [1, 3]),
    ({"open": False}, [1]),
    ({"group": "government", "year": 2013, "speaker": "DE"}, [1]),
]


@pytest.fixture
def parts(tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    TALK.iloc[:1].to_parquet(folder / "a.parquet")
    TALK.iloc[1:].to_parquet(folder / "b.parquet")
    return open_partitions(folder)


@pytest.mark.parametrize(("where", "rows"), CASES)
def test_a_filter_chooses_the_utterances_that_have_all_it_names(parts, where, rows):
    index = index_table(TALK)
    assert np.flatnonzero(selected(index, where)).tolist() == rows
    # A filtered question is the question put to an index of the chosen utterances alone.
    alone = index_table(TALK.iloc[rows])
    for source in (index, parts):
        for ask, asked in (
            (face.frequency_list, ()),
            (face.ngrams, (2,)),
            (face.phrases_by_speaker, (["dark", "go dark"],)),
            (face.collocates, ("dark",)),
            (face.dispersion, (["dark"],)),
        ):
            pd.testing.assert_frame_equal(ask(source, *asked, where=where), ask(alone, *asked))


@pytest.mark.parametrize(
    ("where", "message"),
    [
        ({"party": "x"}, "no column 'party'; expected one of the columns speaker, document, group"),
        ({"tags": "a"}, "no column 'tags'|where: tags: 'a'"),
        ({"group": "goverment"}, "no utterance whose group is 'goverment'; expected such as"),
        ({"group": ["government", "x"]}, "no utterance whose group is 'x'"),
        ({"date": ("2020", None)}, "no utterance whose date is from '2020'"),
        ({"year": "long ago"}, "year: 'long ago'; expected a value of type int64"),
        ({"day": "some day"}, "day: 'some day'; expected a value of type timestamp"),
        ({"open": "yes"}, "open: 'yes'; expected a value of type bool"),
        ({"date": ("2013", "2014", "2015")}, "several values stand in a list"),
        ({"group": []}, "an empty list of values"),
        ({"group": "government", "year": 2015}, "no utterance has all of"),
        ({}, "a column and a value"),
        ("LITT", "a column and a value"),
    ],
)
def test_what_a_filter_does_not_understand_is_refused_by_name(parts, where, message):
    for source in (index_table(TALK), parts):
        with pytest.raises(AnalysisError, match=message):
            face.frequency_list(source, where=where)


def test_keyness_sets_any_utterances_against_the_others():
    index = index_table(TALK)
    by_group = face.keyness(index, {"speaker": "LITT"})
    pd.testing.assert_frame_equal(by_group, face.keyness(index, "LITT"))
    within = face.keyness(index, "LITT", where={"group": "government"}).set_index("word")
    assert within.loc["dark", ["count", "count_rest"]].tolist() == [1, 2]
    assert "words" not in within.index
    with pytest.raises(AnalysisError, match="no words of 'COLE' or of others"):
        face.keyness(index, "COLE", where={"group": "government"})


def test_metadata_is_kept_with_an_index_and_may_be_chosen(tmp_path):
    TALK.to_parquet(tmp_path / "talk.parquet")
    index = build_index(tmp_path / "talk.parquet", tmp_path / "index")
    names = ["group", "date", "day", "year", "score", "open"]
    assert index.metadata.column_names == names
    assert open_index(tmp_path / "index").metadata.equals(index.metadata)
    few = build_index(tmp_path / "talk.parquet", tmp_path / "index", metadata=["year"])
    assert few.metadata.to_pydict() == {"year": [2013, 2013, 2014, 2015]}
    with pytest.raises(AnalysisError, match="no column 'party'"):
        build_index(tmp_path / "talk.parquet", tmp_path / "index", metadata=["party"])
    with pytest.raises(AnalysisError, match="no column 'party'"):
        index_table(TALK, metadata=["party"])

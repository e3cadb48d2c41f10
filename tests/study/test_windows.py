import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codebook import read_codebook
from analysis.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.study import measured
from analysis.study.windows import count_windows, read_nodes
from analysis.text.word_table import words_in_order


def said(*turns):
    """Return the utterances of turns (speaker, text), and their words."""
    table = pd.DataFrame({"speaker": [speaker for speaker, _ in turns], "group": "g"})
    return table, words_in_order(text for _, text in turns)


def near(table, speaker):
    rows = table[table["speaker"] == speaker]
    return dict(zip(rows["collocate"], rows["near"], strict=True))


def test_a_window_ends_with_the_utterance_and_counts_each_token_once():
    utterances, spoken = said(
        ("A", "One Node two node three"), ("A", "four five"), ("B", "six NODE"), ("C", "seven")
    )
    windows, collocates = count_windows(utterances, spoken, ["node"], window=1, least=1)
    assert near(collocates, "A") == {"one": 1, "two": 1, "three": 1}
    assert near(collocates, "B") == {"six": 1}
    rows = windows.set_index("speaker")[["words", "count", "near"]]
    assert rows.to_numpy().tolist() == [[7, 2, 3], [2, 1, 1], [1, 0, 0]]


def test_a_seldom_neighbour_is_left_out_but_stays_in_the_denominator():
    utterances, spoken = said(("A", "x node y"), ("B", "x node z"))
    windows, collocates = count_windows(utterances, spoken, ["node"], window=1, least=2)
    assert set(collocates["collocate"]) == {"x"}
    assert windows["near"].tolist() == [2, 2]


@given(st.lists(st.tuples(st.sampled_from("AB"), st.text("ab ", max_size=30)), min_size=1))
def test_speakers_add_up_to_all(turns):
    utterances, spoken = said(*turns)
    windows, collocates = count_windows(utterances, spoken, ["a", "b"], window=2, least=1)
    together, everybody = count_windows(
        utterances.assign(speaker="all"), spoken, ["a", "b"], window=2, least=1
    )
    for column in ("words", "count", "near"):
        by_node = windows.groupby("node")[column].sum()
        assert by_node.tolist() == together.sort_values("node")[column].tolist()
    keys = ["node", "collocate"]
    one, other = (table.groupby(keys)["near"].sum() for table in (collocates, everybody))
    assert one.to_dict() == other.to_dict()


def test_the_order_of_speech_cannot_be_read_from_the_tables():
    first, spoken = said(("A", "we node here"), ("A", "there node they"))
    _, one = count_windows(first, spoken, ["node"], window=1, least=1)
    second, spoken = said(("A", "they node here"), ("A", "we node there"))
    _, other = count_windows(second, spoken, ["node"], window=1, least=1)
    pd.testing.assert_frame_equal(one, other)


def test_a_study_without_nodes_has_no_such_files(debate, root, tmp_path):
    codebook = read_codebook(root / "data" / "codebook.toml")
    plain = measured.measure(Corpus.of(debate), codebook, name="talks")
    assert not {measured.WINDOWS, measured.COLLOCATES} & set(measured.encode(plain))
    assert measured.read_study("talks", measured.write(plain, tmp_path / "talks")).windows.empty


def test_windows_are_written_and_read_again(debate, root, tmp_path):
    codebook = read_codebook(root / "data" / "codebook.toml")
    nodes = ["surveillance", "null"]
    study = measured.measure(Corpus.of(debate), codebook, name="talks", nodes=nodes)
    again = measured.read_study("talks", measured.write(study, tmp_path / "talks"))
    pd.testing.assert_frame_equal(again.windows, study.windows, check_dtype=False)
    pd.testing.assert_frame_equal(again.collocates, study.collocates, check_dtype=False)
    (tmp_path / "talks" / measured.COLLOCATES).write_text("node\n")
    assert [file for file, _ in measured.verify(tmp_path / "talks")] == [measured.COLLOCATES]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("word\nx\n", "no column .*node"),
        ("node\ntwo words\n", "line 2: 'two words'; expected one word"),
        ("node\nDark\ndark\n", "line 3: the word 'dark' again; .*; remove this line or line 2"),
    ],
)
def test_a_bad_table_of_nodes_is_refused_by_its_line(tmp_path, text, message):
    path = tmp_path / "nodes.csv"
    path.write_text(text)
    with pytest.raises(AnalysisError, match=message):
        read_nodes(path)


def test_nodes_are_folded_as_words_are(tmp_path):
    path = tmp_path / "nodes.csv"
    path.write_text("node\nEnd\u2011to\u2011end\nDark\n", encoding="utf-8")
    assert read_nodes(path) == ["end-to-end", "dark"]


def test_a_study_without_a_table_of_nodes_says_so(tmp_path):
    with pytest.raises(AnalysisError, match=re.escape("nodes.csv: no such file")):
        read_nodes(tmp_path / "nodes.csv")

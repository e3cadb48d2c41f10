import pandas as pd
import pytest

from analysis.errors import AnalysisError
from analysis.statistics import collocates, collocation, cooccurrence
from analysis.study import measured
from analysis.study.windows import count_windows
from analysis.text.word_table import words_in_order
from analysis.text.words import fold, word_counts, words

TEXTS = {
    "d0": "the dark phone and the dark room",
    "d1": "a dark room is a room",
    "d2": "the phone is the phone",
    "d3": "dark dark phone that nobody takes up",
    "d4": "dark dark",
}


@pytest.fixture
def tables():
    said = pd.DataFrame(
        [
            (name, 0, speaker, group, 0, len(TEXTS[name]))
            for name, speaker, group in zip(TEXTS, "ABCDE", "ggghi", strict=True)
        ],
        columns=["document", "utterance", "speaker", "group", "body", "end"],
    )
    windows, near = count_windows(said, words_in_order(TEXTS.values()), ["dark"], window=2, least=1)
    rows = [(d, 0, w, c) for d, text in TEXTS.items() for w, c in word_counts(text).items()]
    counted = pd.DataFrame(rows, columns=["document", "utterance", "word", "count"])
    return {"windows": windows, "near": near, "words": counted, "utterances": said}


def test_the_group_is_measured_as_if_its_texts_were_one(tables):
    table = collocates.collocates(**tables, node="dark", groups=["g"]).set_index("collocate")
    texts = [TEXTS[name] for name in ("d0", "d1", "d2")]
    tokens = [fold(word) for text in texts for word in words(text)]
    parts = [n for n, text in enumerate(texts) for _ in words(text)]
    whole = cooccurrence.window_counts(tokens, "dark", left=2, right=2, segments=parts)
    found = collocation.measures(
        whole["joint"], whole["node"], whole["total_collocate"], whole["total"]
    )
    for name in collocates.MEASURES:
        expected = dict(zip(whole["collocate"], found[name], strict=True))
        assert table[name].to_dict() == pytest.approx(expected, nan_ok=True), name
    assert table.loc["room", ["joint", "speakers", "nodes"]].tolist() == [2, 2, 3]
    assert (table["low"] < table["log_ratio"]).all()


def test_groups_come_in_the_order_asked_the_strongest_collocate_first(tables):
    table = collocates.collocates(**tables, node="dark", groups=["h", "g"])
    assert table["group"].drop_duplicates().tolist() == ["h", "g"]
    for _, rows in table.groupby("group"):
        assert rows["log_dice"].is_monotonic_decreasing


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"node": "light"}, "node: 'light'; expected one of dark"),
        ({"groups": ["i"]}, "the windows are all that 'i' says; expected words outside"),
        ({"groups": ["g", "nobody"]}, "nobody of 'nobody' says the node"),
    ],
)
def test_an_unknown_node_or_group_is_refused(tables, changes, message):
    with pytest.raises(AnalysisError, match=message):
        collocates.collocates(**tables, **{"node": "dark", "groups": ["g"], **changes})


def test_utterances_chosen_beforehand_are_refused(tables):
    tables["utterances"] = tables["utterances"].iloc[1:]
    with pytest.raises(AnalysisError, match=r"not all that A says; .*; choose by `groups`"):
        collocates.collocates(**tables, node="dark", groups=["g"])


def test_the_study_knows_programmatic_surveillance(root):
    study = measured.read_study("oversight", root / "data" / "studies" / "oversight")
    table = collocates.collocates(
        study.windows,
        study.collocates,
        study.words,
        study.utterances,
        node="surveillance",
        groups=["civil society", "government"],
    ).set_index(["group", "collocate"])
    assert table.loc[("civil society", "programmatic"), "joint"] == 11
    assert (table["joint"] <= table["frequency"]).all()

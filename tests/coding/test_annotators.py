"""An annotator of one's own: asked once, kept without text, gone on with, never called again."""

import json

import pandas as pd
import pytest

from analysis.coding import annotators, labels
from analysis.coding.sampling import segments
from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError

FRAMES = ["mass surveillance", "legality"]


@pytest.fixture
def corpus(debate):
    return Corpus.of(debate)


class Robot:
    """Says mass surveillance where the word is; fails at a call if told so."""

    def __init__(self, fails_at=None):
        self.calls, self.fails_at = [], fails_at

    def __call__(self, texts):
        self.calls.append(len(texts))
        if self.fails_at is not None and len(self.calls) >= self.fails_at:
            raise ConnectionError("the line is dead")
        return [{"mass surveillance": 0.9} if "surveillance" in t else "none" for t in texts]


def run(corpus, function, path=None, **settings):
    settings = {"annotator": "robot", "labels": FRAMES, "batch": 2} | settings
    return annotators.annotate(corpus, segments(corpus), function, cassette=path, **settings)


def test_answers_are_labels_that_can_be_read(corpus, tmp_path):
    table = run(corpus, Robot())
    path = annotators.write_labels(table, tmp_path / "labels.csv")
    read = labels.read_labels(path, segments(corpus), frames=FRAMES)
    wide = labels.label_table(read, segments(corpus), "mass surveillance")
    assert sorted(wide["robot"].tolist()) == [0, 0, 0, 0.9, 0.9]


def test_a_replay_never_calls_out_and_needs_no_text(corpus, tmp_path):
    path = tmp_path / "robot.jsonl"
    first = run(corpus, Robot(), path)
    hashes = annotators.text_hashes(corpus, segments(corpus))
    again = annotators.annotate(
        None,
        segments(corpus),
        None,
        annotator="robot",
        labels=FRAMES,
        cassette=path,
        replay=hashes,
    )
    pd.testing.assert_frame_equal(first, again)
    kept = path.read_text()
    assert "surveillance is what" not in kept
    assert all(len(json.loads(line).get("text", "x" * 64)) == 64 for line in kept.splitlines())


def test_a_run_that_broke_off_is_gone_on_with(corpus, tmp_path):
    path = tmp_path / "robot.jsonl"
    broken = Robot(fails_at=2)
    with pytest.raises(
        AnalysisError, match=r"ConnectionError: the line is dead.*2 answers are kept"
    ):
        run(corpus, broken, path)
    rest = Robot()
    table = run(corpus, rest, path)
    assert sum(rest.calls) == len(segments(corpus)) - 2
    pd.testing.assert_frame_equal(table, run(corpus, Robot(), None))


def test_a_torn_last_line_is_asked_again(corpus, tmp_path):
    path = tmp_path / "robot.jsonl"
    run(corpus, Robot(), path)
    path.write_text(path.read_text()[:-9])
    rest = Robot()
    run(corpus, rest, path)
    assert rest.calls == [1]


def test_a_torn_line_elsewhere_is_named(corpus, tmp_path):
    path = tmp_path / "robot.jsonl"
    run(corpus, Robot(), path)
    lines = path.read_text().splitlines()
    lines[2] = lines[2][:-5]
    path.write_text("\n".join(lines) + "\n")
    with pytest.raises(AnalysisError, match="line 3"):
        run(corpus, Robot(), path)


def test_a_cassette_of_another_prompt_is_refused(corpus, tmp_path):
    path = tmp_path / "robot.jsonl"
    run(
        corpus,
        Robot(),
        path,
        model={"model": "m", "version": "1", "prompt": "aa", "date": "2026-01-02"},
    )
    with pytest.raises(AnalysisError, match="answers of prompt 'aa'"):
        run(corpus, Robot(), path, model={"model": "m", "version": "1", "prompt": "bb"})
    same = {"model": "m", "version": "1", "prompt": "aa", "date": "2026-01-03"}
    assert len(run(corpus, None, path, model=same)) == len(segments(corpus))


def test_an_answer_missing_in_a_replay_is_named(corpus, tmp_path):
    with pytest.raises(AnalysisError, match="5 of 5 texts without an answer"):
        run(corpus, None, tmp_path / "none.jsonl")


@pytest.mark.parametrize(
    ("function", "said"),
    [
        (lambda texts: ["none"], "1 answers to 2 texts"),
        (lambda texts: ["gossip"] * len(texts), "label 'gossip'"),
        (lambda texts: [{"legality": 1.5}] * len(texts), "probability 1.5"),
    ],
)
def test_answers_that_are_none_are_named(corpus, function, said):
    with pytest.raises(AnalysisError, match=said):
        run(corpus, function)


def test_the_rate_is_kept(corpus, monkeypatch):
    now, slept = [0.0], []
    monkeypatch.setattr(annotators.time, "monotonic", lambda: now[0])

    def sleep(seconds):
        slept.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(annotators.time, "sleep", sleep)
    run(corpus, Robot(), per_minute=2)
    assert slept == [60, 60]


def test_words_are_one_more_annotator(corpus):
    own = segments(corpus)
    found = pd.DataFrame(
        {"document": ["morning"], "start": [own["start"][0]], "frame": ["legality"]}
    )
    found["document"] = own["document"][0]
    table = annotators.labels_of_words(found, own, "legality")
    assert table["probability"].tolist() == [1, 0, 0, 0, 0]


def test_a_pipeline_of_scikit_learn_plugs_in(corpus):
    from sklearn.feature_extraction.text import CountVectorizer
    from sklearn.linear_model import LogisticRegression
    from sklearn.pipeline import make_pipeline

    model = make_pipeline(CountVectorizer(), LogisticRegression())
    model.fit(
        ["surveillance of all", "a moral duty", "mass surveillance", "the phones"], [1, 0, 1, 0]
    )

    def sure(texts):
        return [{"mass surveillance": p} for p in model.predict_proba(texts)[:, 1]]

    table = run(corpus, sure)
    assert table["probability"].between(0, 1).all()
    assert table["probability"].nunique() > 2

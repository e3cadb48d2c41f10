"""NLTK in and out; and its measures as oracles of ours."""

import math

import nltk
import numpy as np
import pytest
from nltk.collocations import BigramAssocMeasures
from nltk.corpus import PlaintextCorpusReader
from nltk.metrics.agreement import AnnotationTask

from analysis.codebook import read_codebook
from analysis.corpus import Corpus, frequencies
from analysis.corpus.nltk_texts import nltk_texts
from analysis.errors import AnalysisError
from analysis.occurrences import find
from analysis.statistics.coders import agreement
from analysis.statistics.words import collocation
from analysis.text.document import from_turns


@pytest.fixture
def talk():
    turns = [
        ("ARDEN", "Going dark, they say. Dark!"),
        ("BELL", "Mass surveillance."),
        ("", "Noise."),
    ]
    return Corpus.of([from_turns("talk", turns)])


@pytest.fixture
def folder(tmp_path, monkeypatch):
    # NLTK reads only below the folders it knows.
    monkeypatch.setattr(nltk.data, "path", [*nltk.data.path, str(tmp_path)])
    return tmp_path


def test_a_reader_of_nltk_is_a_corpus_with_voices(folder, root):
    story = 'Keys\n\nHARROW - "We are not going dark," said Ada Brand.\n'
    (folder / "story.txt").write_text(story, encoding="utf-8")
    (folder / "empty.txt").write_text("", encoding="utf-8")
    corpus = Corpus.of(PlaintextCorpusReader(str(folder), r".*[.]txt"))
    assert corpus.documents["document"].tolist() == ["empty.txt", "story.txt"]
    found = find(corpus, read_codebook(root / "data" / "codebook.toml"))
    assert found[["speaker", "stance"]].to_numpy().tolist() == [["Ada Brand", "denied"]]


def test_a_file_that_nltk_cannot_read_is_named(folder):
    (folder / "old.txt").write_bytes(b"caf\xe9")
    with pytest.raises(AnalysisError, match=r"old\.txt: NLTK cannot read it"):
        Corpus.of(PlaintextCorpusReader(str(folder), r".*[.]txt"))


def test_texts_by_speaker_and_words_by_group(talk):
    texts = nltk_texts(talk)
    assert {name: list(text) for name, text in texts.items()} == {
        "ARDEN": ["Going", "dark", "they", "say", "Dark"],
        "BELL": ["Mass", "surveillance"],
    }
    assert isinstance(texts["BELL"], nltk.Text)
    counted = frequencies(talk, by="speaker")
    assert counted.conditions() == ["ARDEN", "BELL"]
    assert counted["ARDEN"]["dark"] == 2
    assert counted.N() == talk.utterances.loc[talk.utterances["speaker"] != "", "words"].sum()
    with pytest.raises(AnalysisError, match="no column 'party'"):
        nltk_texts(talk, by="party")


@pytest.mark.parametrize("cells", [(8, 20, 30, 1000), (1, 5, 7, 90), (40, 60, 55, 800)])
def test_association_measures_are_those_of_nltk(cells):
    joint, node, collocate, total = cells
    ours = collocation.measures(*cells).iloc[0]
    marginals = (joint, (node, collocate), total)
    measures = BigramAssocMeasures
    assert math.isclose(ours["mi"], measures.pmi(*marginals), rel_tol=1e-12)
    assert math.isclose(ours["t_score"], measures.student_t(*marginals), rel_tol=1e-12)
    assert math.isclose(
        abs(ours["log_likelihood_signed"]), measures.likelihood_ratio(*marginals), rel_tol=1e-9
    )
    assert math.isclose(ours["dice"], measures.dice(*marginals), rel_tol=1e-12)


def test_krippendorff_s_alpha_is_that_of_nltk():
    rng = np.random.default_rng(5)
    codes = rng.integers(0, 3, (2, 40))
    rows = [
        (f"c{coder}", str(item), int(codes[coder, item])) for coder in (0, 1) for item in range(40)
    ]
    task = AnnotationTask(data=rows)
    assert math.isclose(agreement.krippendorff_alpha(codes), task.alpha(), rel_tol=1e-12)

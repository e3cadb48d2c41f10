"""What the words miss: found without codes, the same every time, never taken in by itself."""

import numpy as np
import pandas as pd
import pytest

from analysis.codebook import read_codebook
from analysis.coding import adjudication, codes
from analysis.coding.missed import missed, ranking_quality
from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.text.document import from_turns

FRAME = "mass surveillance"
LIKE = "The harbour office {} the letters of the whole town, and the ledgers of every street."
OTHER = "The committee met at nine and adjourned at noon; item {} of the agenda was read."


@pytest.fixture(scope="module")
def book(root):
    return read_codebook(root / "data" / "codebook.toml")


@pytest.fixture(scope="module")
def corpus():
    """Talk around the frame with its words, the same talk without them, and other talk."""
    documents = []
    for number in range(6):
        turns = []
        for turn in range(8):
            speaker = f"MS. {'ABCD'[turn % 4]}RDEN"
            turns.append((speaker, "It was mass surveillance. " + LIKE.format("opens")))
            turns.append((speaker, LIKE.format(["copies", "keeps", "stores"][turn % 3])))
            turns += [(speaker, OTHER.format(f"{number}{turn}{i}")) for i in range(3)]
        documents.append(from_turns(f"day {number}", turns))
    return Corpus.of(documents)


@pytest.fixture(scope="module")
def result(corpus, book):
    return missed(corpus, book, FRAME)


def test_what_looks_alike_stands_first(result):
    hits = result.segments["text"].str.contains("letters of the whole town")
    assert hits[:48].all()
    assert not hits[48:].any()


def test_texts_without_words_in_common_are_refused(book):
    said = [("MS. A", "Mass surveillance.")] * 12 + [("MS. B", "It was.")] * 12
    with pytest.raises(AnalysisError, match="no phrase stands in 3 segments"):
        missed(Corpus.of([from_turns("day", said)]), book, FRAME)


def test_no_segment_with_an_occurrence_is_ranked(result):
    assert not result.segments["text"].str.contains("surveillance").any()


def test_the_occurrence_itself_is_masked(result):
    assert not result.phrases["phrase"].str.contains("surveillance").any()


def test_phrases_come_with_what_a_reader_needs(result, corpus):
    first = result.phrases.iloc[0]
    assert first["count"] > 0
    assert first["speakers"] == 4
    assert first["documents"] == 6
    text = corpus.texts[first["document"]][first["start"] : first["end"]]
    assert text.lower() == first["phrase"]
    assert first["phrase"] in first["example"].lower()


def test_the_same_every_time(result, corpus, book):
    again = missed(corpus, book, FRAME)
    pd.testing.assert_frame_equal(again.segments, result.segments)
    pd.testing.assert_frame_equal(again.phrases, result.phrases)


def test_admission_is_judged_on_the_codes(result, corpus, book):
    ranked = result.segments
    chosen = pd.concat([ranked.iloc[:48:4], ranked.iloc[48::12]])
    true = chosen["text"].str.contains("whole town")
    table = chosen[["document", "utterance", "start", "end"]].assign(
        item=[f"s{i}" for i in range(len(chosen))],
        frame=np.where(true, FRAME, "none"),
        stratum="all",
        population=len(ranked),
        inclusion=len(chosen) / len(ranked),
    )
    judged = missed(corpus, book, FRAME, codes=table).phrases.set_index("phrase")
    row = judged.loc["whole town"]
    assert (row["coded"], row["right"]) == (true.sum(), true.sum())
    assert row["recall"] == 0
    assert row["recall_with"] == 1
    assert row["precision_with"] == 1
    quality = ranking_quality(result, table)
    assert quality["auc"] == 1
    assert quality["missed"] == true.sum()


def test_an_unknown_frame_is_refused(corpus, book):
    with pytest.raises(AnalysisError, match="gossip"):
        missed(corpus, book, "gossip")


def test_too_little_to_learn_from_is_said(corpus, book):
    with pytest.raises(AnalysisError, match="0 segments with an occurrence"):
        missed(corpus, book, "economy and innovation")


def test_a_single_document_is_split_by_utterance(corpus, book):
    one = Corpus.of(list(corpus.each())[:1] * 1)
    with pytest.raises(AnalysisError, match="8 segments with an occurrence"):
        missed(one, book, FRAME)
    turns = [("MS. ARDEN", LIKE.format("opens") + " Mass surveillance.")] * 12
    turns += [("MR. BELL", OTHER.format(i)) for i in range(12)]
    assert len(missed(Corpus.of([from_turns("a", turns)]), book, FRAME).segments) == 12


@pytest.mark.no_cover
@pytest.mark.shared
def test_on_the_study_the_ranking_finds_what_the_words_miss(shared, root, book):
    from analysis.study.remeasure import read_texts, sources_folder

    if not sources_folder("oversight", root).is_dir():
        pytest.skip("the study's documents have not been fetched")
    folder = root / "data" / "studies" / "oversight" / "coding"
    sample = codes.read_sample(folder / "sample.csv")
    both = adjudication.combine(
        [codes.read_codes(folder / f"codes_{coder}.csv", sample, book) for coder in "AB"]
    )
    decisions = adjudication.read_decisions(folder / "decisions.csv", both, book)
    gold = adjudication.adjudicate(both, decisions)
    quality = ranking_quality(missed(read_texts("oversight", root), book, FRAME), gold)
    assert quality["auc"] > 0.78
    assert quality["top_fifth"] > 0.5

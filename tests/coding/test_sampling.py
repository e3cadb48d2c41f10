import itertools

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codebook import read_codebook
from analysis.coding import sampling
from analysis.coding.codes import read_sample
from analysis.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.study import read_study
from analysis.study.measured import measure
from analysis.text.document import from_turns
from analysis.text.words import count_words


def test_lines_needed_is_cochran_1977_section_4_4():
    # He takes t = 2: n0 = 400 for a margin of 5 points, 356 of a population of 3,200.
    level = 0.9544997361036416
    assert sampling.lines_needed(0.1, level=level) == 400
    assert sampling.lines_needed(0.1, level=level, population=3200) == 356


@given(
    st.lists(st.integers(1, 400), min_size=1, max_size=30),
    st.floats(0, 1),
    st.sampled_from([0.0, 0.5, 1.0]),
)
def test_allocation_adds_up_within_bounds(sizes, place, power):
    least = sum(min(2, size) for size in sizes)
    n = round(least + place * (sum(sizes) - least))
    taken = sampling.allocate(sizes, n, power=power)
    assert sum(taken) == n
    assert all(min(2, size) <= got <= size for got, size in zip(taken, sizes, strict=True))


def test_allocation_of_power_1_is_proportional():
    assert sampling.allocate([100, 200, 300], 60, power=1) == [10, 20, 30]
    assert sampling.allocate([100, 200, 300], 60, power=0) == [20, 20, 20]


@pytest.mark.no_cover
def test_every_unit_is_drawn_as_often_as_it_says():
    units = pd.DataFrame({"unit": range(12), "stratum_is": list("aaaaaaaabbbb")})
    seen = np.zeros(12)
    for seed in range(600):
        seen[sampling.draw(units, units["stratum_is"], 7, seed=seed)["unit"]] += 1
    said = sampling.draw(units, units["stratum_is"], 7, seed=1).groupby("stratum_is")["inclusion"]
    expected = units["stratum_is"].map(said.first())
    # Five standard errors of a share of 600 draws.
    assert np.abs(seen / 600 - expected).max() < 5 * np.sqrt(0.25 / 600)


@given(st.integers(1, 12), st.integers(0, 40), st.integers(1, 6))
def test_segments_hold_all_words_and_none_too_many(longest, sentences, length):
    said = " ".join(["It is " + "so " * length + "here."] * sentences)
    corpus = Corpus.of([from_turns("talk", [("MS. ARDEN", said), ("MR. BELL", "No.")])])
    cut = sampling.segments(corpus, longest=longest)
    text = corpus.texts["talk"]
    spans = list(zip(cut["start"], cut["end"], strict=True))
    assert [count_words(text[a:b]) for a, b in spans] == cut["words"].tolist()
    assert cut["words"].sum() == corpus.utterances["words"].sum()
    assert cut["words"].max() <= longest
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(spans))


@pytest.fixture(scope="module")
def talk(root):
    turns = [(f"MS. {name}", "We fear mass surveillance. " * 2) for name in "ABCD"]
    turns += [("MR. BELL", "The weather was fine all day in the harbour. " * 30)] * 4
    turns += [("MR. BELL", "Yes.")] * 6
    corpus = Corpus.of([from_turns("talk", turns)])
    return corpus, measure(corpus, read_codebook(root / "data" / "codebook.toml"))


def draw_talk(talk, seed=7, **changed):
    corpus, study = talk
    sizes = {"occurrence": 4, "without": 6, "with": 2} | changed
    return sampling.coding_sample(
        study.occurrences, sampling.segments(corpus), sizes=sizes, seed=seed
    )


def test_a_coding_sample_draws_hits_and_the_text_around(talk):
    sample = draw_talk(talk)
    assert sample["kind"].value_counts().to_dict() == {"without": 6, "occurrence": 4, "with": 2}
    assert sample["item"].is_unique
    assert (sample["inclusion"] == sample["sampled"] / sample["population"]).all()
    design = sample.groupby("stratum").agg({"item": "size", "sampled": "first"})
    assert (design["item"] == design["sampled"]).all()
    assert "without: short" in set(sample["stratum"])
    pd.testing.assert_frame_equal(sample, draw_talk(talk))
    assert not sample.equals(draw_talk(talk, seed=8))


def test_a_census_takes_all_of_its_frame(talk):
    corpus, study = talk
    sample = sampling.coding_sample(
        study.occurrences,
        sampling.segments(corpus),
        sizes={"occurrence": 0, "without": 6, "with": 2},
        seed=7,
        census="mass surveillance",
    )
    taken = sample[sample["kind"] == "occurrence"]
    assert len(taken) == len(study.occurrences) == 8
    assert (taken["inclusion"] == 1).all()


def test_too_large_a_sample_is_refused(talk):
    with pytest.raises(AnalysisError, match=r"99 units to draw; expected 4 .* to 18"):
        draw_talk(talk, without=99)


def test_occurrences_of_other_texts_are_refused(talk):
    corpus, study = talk
    moved = study.occurrences.assign(start=10**6)
    with pytest.raises(AnalysisError, match="talk, character 1000000: an occurrence outside"):
        sampling.segment_of(moved, sampling.segments(corpus))


@pytest.mark.parametrize("wrong", [{"width": 0}, {"share": 1.0}, {"level": 95}])
def test_lines_needed_refuses_what_is_no_share(wrong):
    with pytest.raises(AnalysisError, match="between 0 and 1"):
        sampling.lines_needed(**({"width": 0.1} | wrong))


def test_the_oversight_sample_is_what_its_seed_draws(root):
    folder = root / "data" / "studies" / "oversight" / "coding"
    made = sampling.coding_sample(
        read_study("oversight", root / "data" / "studies" / "oversight").occurrences,
        pd.read_csv(folder / "segments.csv", keep_default_na=False),
        sizes={"occurrence": 230, "without": 310, "with": 90},
        seed=20261123,
        census="mass surveillance",
        pooled=("audience", "court staff", "judge", "judge (ret.)"),
    )
    pd.testing.assert_frame_equal(made, read_sample(folder / "sample.csv"), check_dtype=False)

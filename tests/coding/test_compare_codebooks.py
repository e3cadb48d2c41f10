"""Two codebooks held to codes that neither has seen."""

import numpy as np
import pandas as pd
import pytest

from analysis.codebook import read_codebook
from analysis.codebook.occurrences import once_per_frame
from analysis.coding import adjudication, codes
from analysis.coding.compare_codebooks import compare_codebooks
from analysis.coding.sampling import segments
from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.study import read_study

FRAME = "mass surveillance"


def units(n):
    return pd.DataFrame(
        {
            "document": "d",
            "utterance": range(n),
            "start": range(0, 10 * n, 10),
            "end": range(10, 10 * n + 10, 10),
            "words": 2,
            "speaker": "x",
            "group": "board",
        }
    )


def found(rows):
    return pd.DataFrame({"document": "d", "start": [10 * r for r in rows], "frame": FRAME})


def coded(table, true):
    return table[["document", "utterance", "start", "end"]].assign(
        item=[f"s{i}" for i in range(len(table))],
        frame=np.where(true, FRAME, "none"),
        stratum="all",
        population=len(table),
        inclusion=1.0,
        codebook="2.0",
    )


def test_of_a_census_it_counts():
    table = units(20)
    true = np.arange(20) < 10
    answer = compare_codebooks(
        found(range(5)), found([*range(8), 15, 16]), coded(table, true), segments=table
    ).set_index("measure")
    assert answer.loc["recall", ["old", "new", "difference"]].tolist() == pytest.approx(
        [0.5, 0.8, 0.3]
    )
    assert answer.loc["precision", ["old", "new"]].tolist() == pytest.approx([1.0, 0.8])
    assert answer.loc["recall", ["expressed", "found_old", "found_new"]].tolist() == [10, 5, 10]
    # Everything was coded: no sampling error is left.
    assert answer.loc["recall", "difference_low"] == pytest.approx(0.3)


@pytest.mark.no_cover
def test_the_interval_of_the_difference_holds_what_is_true():
    held = []
    for seed in range(80):
        rng = np.random.default_rng(seed)
        table = units(1500)
        true = rng.random(1500) < 0.2
        old = true & (rng.random(1500) < 0.4) | (rng.random(1500) < 0.02)
        new = old | true & (rng.random(1500) < 0.5)
        chosen = np.sort(rng.choice(1500, 400, replace=False))
        sample = coded(table.iloc[chosen], true[chosen]).assign(
            population=1500, inclusion=400 / 1500
        )
        answer = compare_codebooks(
            found(np.flatnonzero(old)), found(np.flatnonzero(new)), sample, segments=table
        ).set_index("measure")
        truth = new[true].mean() - old[true].mean()
        row = answer.loc["recall"]
        held.append(row["difference_low"] <= truth <= row["difference_high"])
    assert np.mean(held) >= 0.9


def test_codes_made_before_the_revision_are_refused(root):
    book = read_codebook(root / "data" / "codebook_revised.toml")
    table = units(4)
    with pytest.raises(AnalysisError, match="made after the revision"):
        compare_codebooks(
            found([0]),
            book,
            coded(table, np.arange(4) < 2).assign(codebook="1.0"),
            segments=table,
            corpus=object(),
        )


def test_a_codebook_needs_texts(root):
    book = read_codebook(root / "data" / "codebook.toml")
    table = units(4)
    with pytest.raises(AnalysisError, match="without texts"):
        compare_codebooks(book, found([0]), coded(table, np.arange(4) < 2), segments=table)


def test_with_texts_the_codebooks_find_for_themselves(root, debate):
    corpus = Corpus.of(debate)
    old = read_codebook(root / "data" / "codebook.toml")
    new = read_codebook(root / "data" / "codebook_revised.toml")
    table = segments(corpus)
    sample = coded(table, table["words"] > 5)
    answer = compare_codebooks(old, new, sample, segments=table, corpus=corpus, frames=[FRAME])
    assert answer["found_old"].tolist() == [2, 2]


def test_a_place_counts_once_for_a_frame():
    table = pd.DataFrame(
        {
            "document": ["d"] * 4,
            "start": [0, 0, 20, 0],
            "end": [4, 15, 24, 4],
            "frame": ["a", "a", "a", "b"],
        }
    )
    assert once_per_frame(table).index.tolist() == [1, 2, 3]


def test_the_study_reports_what_it_measured(root):
    """The numbers that the docs and notebook 09 speak of, from the committed codes."""
    folder = root / "data" / "studies" / "oversight"
    second = folder / "coding" / "second"
    new = read_codebook(root / "data" / "codebook_revised.toml")
    sample = codes.read_sample(second / "sample.csv")
    both = adjudication.combine(
        [codes.read_codes(second / f"codes_{coder}.csv", sample, new) for coder in "CD"]
    )
    decisions = adjudication.read_decisions(second / "decisions.csv", both, new)
    gold = adjudication.adjudicate(both, decisions)
    revised = pd.read_csv(folder / "revised" / "occurrences.csv", keep_default_na=False)
    table = pd.read_csv(folder / "coding" / "segments.csv", keep_default_na=False)
    answer = compare_codebooks(
        read_study("oversight").occurrences, revised, gold, segments=table, frames=[FRAME]
    ).set_index("measure")
    assert answer.loc["recall", ["old", "new"]].round(2).tolist() == [0.32, 0.66]
    assert answer.loc["precision", ["old", "new"]].round(2).tolist() == [0.81, 0.73]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('kind = "added"', 'kind = "guessed"', "kind 'guessed'"),
        ('term = "bulk"', 'term = "sulk"', "not a term of this codebook"),
        ('date = "2026-11-25"', 'date = "today"', "date 'today'"),
        ('version = "2.0"\nlanguage', 'version = "2.1"\nlanguage', "the last change is of '2.0'"),
        ('why = "missed segments"', 'why = ""', "why = ''"),
    ],
)
def test_a_faulty_change_log_is_refused(root, tmp_path, old, new, said):
    text = (root / "data" / "codebook_revised.toml").read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / "book.toml"
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(AnalysisError) as refused:
        read_codebook(path)
    assert said in str(refused.value)

import json
import os
import signal
import subprocess
import sys
import time
import warnings
from collections import Counter
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from analysis.codebook import read_codebook
from analysis.errors import AnalysisError
from analysis.index import build as index_build
from analysis.index import build_index, freshness, index_table, open_index, resampling, runs
from analysis.index import counts as counts_module
from analysis.index import store as index_module
from analysis.index.concordance import concordance, text_slices
from analysis.index.counts import count_words_of
from analysis.index.queries import (
    collocates,
    frequency_list,
    keyness,
    ngrams,
    phrases_by_speaker,
)
from analysis.index.resampling import dispersion, resample, times_drawn
from analysis.index.spans import find_in_index
from analysis.index.tables import signed_g2
from analysis.statistics.words.contingency import log_likelihood
from analysis.statistics.words.cooccurrence import window_counts
from analysis.text import chunks, word_arrays
from analysis.text.words import fold, word_spans, words

WORDS = ["Go", "dark", "go-dark", "dark's", "the", "THE", "naïve", "‘’", "x" * 300, "漢字", "don’t"]
TURN = st.lists(st.sampled_from([*WORDS, ",", "\n", "\t", " ", "--"]), max_size=12).map(" ".join)
CORPUS = st.lists(st.tuples(TURN, st.sampled_from("ABC"), st.sampled_from("de")), max_size=8)


def table(rows):
    return pd.DataFrame(rows, columns=["text", "speaker", "document"], dtype="str")


TALK = table(
    [
        ("We fear going dark. Going dark is feared.", "A", "d1"),
        ("Nobody is going  dark, or\ngoing\ndark; going, dark!", "B", "d1"),
        ("Going dark-ish: the un-going dark's end.", "A", "d2"),
    ]
)


@settings(max_examples=150, deadline=None)
@given(CORPUS)
def test_holds_the_words_of_the_reference(rows):
    index = index_table(table(rows))
    expected = [[fold(word) for word in words(text)] for text, _, _ in rows]
    flat = [word for row in expected for word in row]
    assert index.vocabulary.to_pylist() == sorted(set(flat))
    assert index.vocabulary.take(index.word).to_pylist() == flat
    assert index.exposure.tolist() == [len(row) for row in expected]
    assert [index.text_of(row) for row in range(len(rows))] == [text for text, _, _ in rows]
    listed = frequency_list(index)
    assert dict(zip(listed["word"], listed["count"], strict=True)) == Counter(flat)
    for word in set(flat):
        places = [at for at, other in enumerate(flat) if other == word]
        assert index.places(index.number(word)).tolist() == places
    places = np.arange(index.tokens)
    at = index.rows(places)
    written = text_slices(index.text, index.begins(places, at), index.ends(places, at))
    assert written.to_pylist() == [word for text, _, _ in rows for word in words(text)]


def test_phrases_reach_over_no_punctuation_and_may_be_parts_of_longer_words():
    index = index_table(TALK)
    lines = concordance(index, "going DARK")
    assert lines["node"].tolist() == [
        "going dark",
        "Going dark",
        "going  dark",
        "going dark",
        "Going dark",
        "going dark",
    ]
    assert lines["utterance"].tolist() == [0, 0, 1, 1, 0, 0]
    assert lines["left"].tolist()[:2] == ["We fear ", "We fear going dark. "]
    assert lines["right"].tolist()[:2] == [". Going dark is feared", " is feared"]


def test_sorts_lines_by_their_neighbours():
    index = index_table(TALK)
    left = concordance(index, "feared", sort="L2", width=2)["left"].tolist()
    assert left == ["dark is "]
    left = concordance(index, "dark", sort="L1", width=1)["left"].tolist()
    assert [fold(word.strip(" ,")) for word in left] == ["going"] * 6 + ["un-going"]
    right = concordance(index, "going", sort=["R2", "R1"], width=2)["right"].tolist()
    assert right[0] == ", dark"
    with pytest.raises(AnalysisError, match="sort: 'R0'; expected L1 to L9, R1 to R9 or N"):
        concordance(index, "dark", sort="R0")
    with pytest.raises(AnalysisError, match="'--' has no word"):
        concordance(index, "--")


def test_rates_count_every_speaker_and_every_word():
    answer = phrases_by_speaker(index_table(TALK), ["going dark", "nowhere at all"])
    assert answer["count"].tolist() == [4, 2, 0, 0]
    assert answer["words"].tolist() == [14, 9, 14, 9]
    assert answer["rate"].tolist()[0] == pytest.approx(4e3 / 14)
    per = phrases_by_speaker(index_table(TALK), ["going dark"], per=1e6)
    assert per["rate"].tolist() == pytest.approx([4e6 / 14, 2e6 / 9])


def test_keyness_is_that_of_the_published_formula():
    index = index_table(TALK)
    answer = keyness(index, "A").set_index("word")
    counts = Counter(fold(w) for text in TALK["text"][[0, 2]] for w in words(text))
    rest = Counter(fold(w) for w in words(TALK["text"][1]))
    assert set(answer.index) == set(counts) | set(rest)
    for word, row in answer.iterrows():
        expected = log_likelihood(counts[word], 14, rest[word], 9, signed=True)
        assert row["log_likelihood"] == pytest.approx(expected, abs=1e-12)
    assert answer["log_likelihood"].is_monotonic_decreasing
    with pytest.raises(AnalysisError, match="no words of 'Z'"):
        keyness(index, "Z")


@given(st.integers(0, 50), st.integers(50, 90), st.integers(0, 50), st.integers(50, 90))
def test_g2_is_that_of_the_statistics(f1, n1, f2, n2):
    expected = log_likelihood(f1, n1, f2, n2, signed=True)
    assert signed_g2(np.array([f1]), n1, np.array([f2]), n2)[0] == pytest.approx(expected, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(CORPUS, st.sampled_from("ABC"), st.sampled_from([1, 8, 1000]))
def test_the_words_of_a_speaker_are_those_they_said(rows, speaker, dense):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(index_build, "_DENSE", dense)
        index = index_table(table(rows))
    said = Counter(fold(word) for text, name, _ in rows if name == speaker for word in words(text))
    counts = count_words_of(index, speaker)
    assert {index.vocabulary[row].as_py(): counts[row] for row in np.flatnonzero(counts)} == said


@settings(max_examples=100, deadline=None)
@given(CORPUS, st.integers(1, 5), st.integers(1, 3), st.sampled_from([9, 14, 63]))
def test_ngrams_are_those_of_the_words(rows, n, least, key_bits):
    expected = Counter()
    for text, _, _ in rows:
        spans = word_spans(text)
        said = [fold(text[begin:end]) for begin, end in spans]
        gaps = [text[end:begin] for (_, end), (begin, _) in pairwise(spans)]
        joined = [gap.isspace() and gap.count("\n") <= 2 for gap in gaps]
        expected.update(
            " ".join(said[at : at + n])
            for at in range(len(said) - n + 1)
            if all(joined[at : at + n - 1])
        )
    # Few bits a number, and few places a share, try what only long runs and large corpora would.
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(runs, "_KEY_BITS", key_bits)
        patch.setattr(runs, "_SHARE", 3)
        answer = ngrams(index_table(table(rows)), n, least=least)
    found = dict(zip(answer["ngram"], answer["count"], strict=True))
    assert found == {run: count for run, count in expected.items() if count >= least}
    listed = list(zip(-answer["count"], answer["ngram"].str.split(" "), strict=True))
    assert listed == sorted(listed)


@settings(max_examples=60, deadline=None)
@given(CORPUS, st.integers(1, 3))
def test_a_concordance_shows_every_run_that_is_listed(rows, n):
    index = index_table(table(rows))
    for run, count in ngrams(index, n, least=1).itertuples(index=False):
        if "‘" in run or "’" in run:
            continue
        lines = concordance(index, run)
        # Lines do not overlap; runs of one word again and again do.
        overlaps = any(run.startswith(run[at + 1 :]) for at in range(len(run)) if run[at] == " ")
        assert len(lines) >= (1 if overlaps else count)


def test_runs_and_lines_agree_on_punctuation():
    index = index_table(TALK)
    runs = ngrams(index, 2, least=1).set_index("ngram")["count"]
    # "going, dark" and "dark; going" are no runs; "Going dark-ish" is one of other words.
    assert runs.get("going dark") == 4
    assert (runs["going dark-ish"], runs["un-going dark's"]) == (1, 1)
    assert "or going" in runs
    assert "dark going" not in runs
    assert len(concordance(index, "going dark")) == 6


def test_a_token_in_two_windows_is_counted_once():
    said = "trust and trust but verify now or never again my friend"
    index = index_table(pd.DataFrame({"text": [said, "and so on"]}), speaker=None, document=None)
    answer = collocates(index, "trust", window=2, least=1).set_index("word")
    expected = window_counts(said.split(), "trust", left=2, right=2).set_index("collocate")
    assert answer["count"].to_dict() == expected["joint"].to_dict()
    assert answer["count"].to_dict() == {"and": 1, "trust": 2, "but": 1, "verify": 1}
    assert answer.loc["and", "expected"] == pytest.approx(expected["node"].iloc[0] * 2 / 14)


@settings(max_examples=60, deadline=None)
@given(CORPUS, st.integers(1, 6), st.sampled_from([0, 1000]))
def test_windows_are_those_of_the_statistics(rows, window, crowded):
    tokens = [fold(word) for text, _, _ in rows for word in words(text)]
    segments = [row for row, (text, _, _) in enumerate(rows) for _ in words(text)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(counts_module, "_CROWDED", crowded)
        answer = collocates(index_table(table(rows)), "the", window=window, least=1)
    found = window_counts(tokens, "the", left=window, right=window, segments=segments)
    expected = dict(zip(found["collocate"], found["joint"], strict=True)) if tokens else {}
    assert dict(zip(answer["word"], answer["count"], strict=True)) == expected


def test_collocates_stay_in_the_window_and_the_utterance():
    index = index_table(TALK)
    answer = collocates(index, "feared", window=2, least=1).set_index("word")
    assert answer["count"].to_dict() == {"dark": 1, "is": 1}
    assert answer["expected"].to_dict() == pytest.approx({"dark": 2 * 5 / 23, "is": 2 * 2 / 23})
    assert answer.loc["is", "log_dice"] == pytest.approx(14 + np.log2(2 / 3))


def test_dispersion_by_hand():
    answer = dispersion(index_table(TALK), ["feared", "nobody else"])
    # d1 has 17 of 23 words and the only occurrence.
    assert answer["dp"].tolist() == pytest.approx([6 / 23, np.nan], nan_ok=True)
    assert answer["documents"].tolist() == [1, 0]


def test_the_most_even_spread_is_none():
    rows = [("dark is the night", "A", f"d{i // 50}") for i in range(2000)]
    assert dispersion(index_table(table(rows)), ["dark"])["dp"].tolist() == [0]


def test_resampling_is_seeded_and_covers_the_rate():
    rows = [(f"term {'other ' * (i % 7)}", "AB"[i % 2], f"d{i}") for i in range(60)]
    index = index_table(table(rows))
    first = resample(index, ["term"], resamples=200, seed=3)
    pd.testing.assert_frame_equal(first, resample(index, ["term"], resamples=200, seed=3))
    assert (first["low"] < first["rate"]).all()
    assert (first["rate"] < first["high"]).all()
    assert len(resample(index, ["term"], unit="speaker", resamples=20)) == 1
    with pytest.raises(AnalysisError, match="unit: 'word'"):
        resample(index, ["term"], unit="word")


@pytest.mark.parametrize("size", [2, 30, 400])
def test_units_are_drawn_as_a_multinomial_distribution_has_it(size):
    drawn = times_drawn(np.random.default_rng(1), size, 4000)
    assert drawn.shape == (size, 4000)
    assert (drawn.sum(axis=0) == size).all()
    share = 1 / size
    for times in range(4):
        expected = stats.binom.pmf(times, size, share)
        spread = np.sqrt(expected * (1 - expected) / drawn.size)
        assert (drawn == times).mean() == pytest.approx(expected, abs=5 * spread)
    covariance = (drawn[0] - 1) @ (drawn[1] - 1) / 4000
    assert covariance == pytest.approx(-share, abs=5 / np.sqrt(4000))
    assert stats.chisquare(drawn.sum(axis=1)).pvalue > 1e-4


def test_too_many_drawn_are_drawn_again(monkeypatch):
    # A generous mean overshoots half of the time; what is kept is still of the right size.
    monkeypatch.setattr(resampling, "_SPARE", 0.0)
    drawn = times_drawn(np.random.default_rng(1), 50, 400)
    assert (drawn.sum(axis=0) == 50).all()
    assert drawn.var() == pytest.approx(1 - 1 / 50, abs=0.05)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "talk.parquet"
    TALK.to_parquet(path)
    return path


def test_small_chunks_and_disk_make_the_same_index(source, tmp_path, monkeypatch):
    whole = index_table(TALK)
    for module in (word_arrays, chunks):
        monkeypatch.setattr(module, "CHUNK_BYTES", 10)
    kept = build_index(source, tmp_path / "index")
    arrays = ("text", "word", "start", "length", "posting", "word_offset", "token_offset", "joined")
    for name in (*arrays, "odd_begin", "odd_end", "part_word", "part_begin", "part_end"):
        assert np.array_equal(getattr(kept, name), getattr(whole, name)), name
    assert kept.vocabulary == whole.vocabulary
    pd.testing.assert_frame_equal(concordance(kept, "dark"), concordance(whole, "dark"))


def rewrite(folder, **changes):
    manifest = json.loads((folder / "index.json").read_text())
    (folder / "index.json").write_text(json.dumps({**manifest, **changes}))


def home_of(folder):
    return json.loads((folder / "index.json").read_text())["home"]


def test_a_changed_source_is_noticed(source, tmp_path):
    folder = tmp_path / "index"
    with pytest.raises(AnalysisError, match="no index here; build one"):
        open_index(folder)
    first = build_index(source, folder)
    home = home_of(folder)
    build_index(source, folder)
    assert home_of(folder) == home
    TALK.iloc[:2].to_parquet(source)
    assert open_index(folder).tokens == first.tokens
    with pytest.raises(
        AnalysisError,
        match=r"not up to date: the source has changed: talk\.parquet; build the index again",
    ):
        open_index(folder, source)
    assert build_index(source, folder).tokens == 17
    assert not (folder / home).exists()
    assert open_index(folder, source).tokens == 17


def test_a_change_that_keeps_size_and_time_is_noticed(tmp_path):
    source, folder = tmp_path / "parts", tmp_path / "index"
    source.mkdir()
    TALK.to_parquet(source / "a.parquet")
    build_index(source, folder)
    before = (source / "a.parquet").stat()
    raw = (source / "a.parquet").read_bytes()
    assert raw.count(b"Nobody") == 1
    (source / "a.parquet").write_bytes(raw.replace(b"Nobody", b"Anyone"))
    os.utime(source / "a.parquet", ns=(before.st_atime_ns, before.st_mtime_ns))
    after = (source / "a.parquet").stat()
    assert (after.st_size, after.st_mtime_ns) == (before.st_size, before.st_mtime_ns)
    with pytest.raises(AnalysisError, match=r"the source has changed: a\.parquet"):
        open_index(folder, source)
    TALK.to_parquet(source / "b.parquet")
    with pytest.raises(AnalysisError, match=r"has changed: a\.parquet, b\.parquet"):
        open_index(folder, source)


def test_a_source_that_nobody_touched_is_not_read_again(source, tmp_path, monkeypatch):
    old = time.time() - 60
    os.utime(source, (old, old))
    read = []
    sha256_of = freshness.sha256_of
    monkeypatch.setattr(freshness, "sha256_of", lambda path: read.append(path) or sha256_of(path))
    monkeypatch.setattr(freshness, "_CLOCK_NS", -60_000_000_000)
    build_index(source, tmp_path / "index")
    assert read == [source]
    open_index(tmp_path / "index", source)
    build_index(source, tmp_path / "index")
    assert read == [source]
    os.utime(source)
    open_index(tmp_path / "index", source)
    assert read == [source] * 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"format": 0}, "made by another version of the suite"),
        ({"word": "[a-z]+"}, "made with another definition of a word"),
        ({"regex": "0.1"}, "made with another version of Unicode"),
        ({"sizes": None, "home": None}, "missing or not whole"),
    ],
)
def test_a_changed_version_is_noticed(source, tmp_path, change, message):
    folder = tmp_path / "index"
    build_index(source, folder)
    rewrite(folder, **change)
    if change.get("sizes", 0) is None:
        manifest = json.loads((folder / "index.json").read_text())
        del manifest["sizes"]
        (folder / "index.json").write_text(json.dumps(manifest))
        message = r"index\.json is not whole"
    with pytest.raises(AnalysisError, match=message):
        open_index(folder)
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert build_index(source, folder).tokens == 23
    # An index of another suite is built again, and that is said.
    told = [str(warning.message) for warning in said]
    again = [f"{folder}: the index is built again: {message}"]
    assert told == (again if "made" in message else [])
    assert open_index(folder, source).tokens == 23


def test_a_changed_codebook_is_noticed(source, tmp_path, root):
    text = (root / "data" / "codebook.toml").read_text(encoding="utf-8")
    book = read_codebook(root / "data" / "codebook.toml")
    folder = tmp_path / "index"
    found = build_index(source, folder, codebook=book).occurrences
    assert found.num_rows == 6
    assert found.equals(find_in_index(index_table(TALK), book))
    assert open_index(folder, source, book).occurrences.equals(found)
    # Words about a term may change; what it finds may not.
    open_index(folder, source, replace(book, terms=book.terms.assign(definition="Other words.")))
    assert text.count("really|so)? dark") == 1
    changed = text.replace("really|so)? dark", "really|so)? (dark|dim)")
    (tmp_path / "more.toml").write_text(changed)
    other = read_codebook(tmp_path / "more.toml")
    with pytest.raises(AnalysisError, match="not up to date: the codebook has changed; build"):
        open_index(folder, source, other)
    assert len(find_in_index(open_index(folder), other)) == 6
    build_index(source, folder, codebook=other)
    assert open_index(folder, source, other).occurrences.num_rows == 6
    build_index(source, folder)
    with pytest.raises(AnalysisError, match="made without the codebook"):
        open_index(folder, source, book)


def test_a_source_written_to_while_it_is_read_is_refused(source, tmp_path, monkeypatch):
    folder = tmp_path / "index"
    build = index_module.build

    def meddle(*arguments, **options):
        made = build(*arguments, **options)
        TALK.iloc[:2].to_parquet(source)
        return made

    monkeypatch.setattr(index_module, "build", meddle)
    with pytest.raises(AnalysisError, match=r"talk\.parquet: changed while it was read"):
        build_index(source, folder)
    assert list(folder.iterdir()) == []


def test_a_damaged_index_is_refused(source, tmp_path):
    build_index(source, tmp_path / "index")
    (broken,) = (tmp_path / "index").glob("columns-*/word.bin")
    broken.write_bytes(broken.read_bytes()[:-1])
    with pytest.raises(AnalysisError, match=r"word\.bin: missing or not whole"):
        open_index(tmp_path / "index")


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
@pytest.mark.parametrize("old", [True, False])
def test_a_killed_build_leaves_the_old_index_or_none(source, tmp_path, old):
    folder = tmp_path / "index"
    if old:
        build_index(source, folder)
    big = tmp_path / "big.parquet"
    pd.concat([TALK] * 60_000).to_parquet(big)
    code = "import sys; from analysis.index import build_index; build_index(*sys.argv[1:])"
    process = subprocess.Popen([sys.executable, "-c", code, str(big), str(folder)])
    while len(list(folder.glob("columns-*"))) < 1 + old and process.poll() is None:
        time.sleep(0.005)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL
    if old:
        assert open_index(folder, source).tokens == 23
    else:
        with pytest.raises(AnalysisError, match="no index here"):
            open_index(folder)
    assert build_index(source, folder).tokens == 23


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"text": "said"}, "no column 'said'; expected one of the columns text, speaker, document"),
        ({"speaker": "who"}, "no column 'who'"),
    ],
)
def test_says_which_column_is_missing(source, tmp_path, change, message):
    with pytest.raises(AnalysisError, match=message):
        build_index(source, tmp_path / "index", **change)
    assert list((tmp_path / "index").glob("*")) == []


def test_says_what_is_not_text_or_not_parquet(tmp_path):
    with pytest.raises(AnalysisError, match="no text in row 2"):
        index_table(pd.DataFrame({"text": ["a", None]}, dtype="str"), speaker=None, document=None)
    with pytest.raises(AnalysisError, match="column 'text' holds list"):
        index_table(pd.DataFrame({"text": [["a"]]}), speaker=None, document=None)
    bad = tmp_path / "bad.parquet"
    bad.write_text("not parquet")
    with pytest.raises(AnalysisError, match="not Parquet"):
        build_index(bad, tmp_path / "index")
    with pytest.raises(AnalysisError, match="no Parquet file here"):
        build_index(tmp_path / "nowhere", tmp_path / "index")

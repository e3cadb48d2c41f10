import json

import pandas as pd
import pytest

from analysis.codebook import read_codebook
from analysis.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.study import measured
from analysis.text.words import words


@pytest.fixture(scope="module")
def codebook(root):
    return read_codebook(root / "data" / "codebook.toml")


@pytest.fixture
def study(debate, codebook):
    return measured.measure(
        Corpus.of(debate), codebook, name="talks", inputs={"talks.txt": "0" * 64}
    )


def test_words_are_counted_once_each(study, debate):
    assert study.words["count"].sum() == study.utterances["words"].sum()
    of_text = sum(len(words(document.text)) for document in debate)
    assert study.documents["words"].sum() == of_text


def test_words_before_count_within_the_document(study):
    morning = study.utterances[study.utterances["document"] == "morning"]
    assert morning["words_before"].tolist() == [0, 12, 23]
    dark = study.occurrences[study.occurrences["term"] == "going dark"]
    assert dark[["document", "words_before"]].to_numpy().tolist()[0] == ["morning", 14]


def test_occurrences_know_who_spoke(study):
    rows = study.occurrences[["term", "speaker"]].drop_duplicates()
    pairs = set(rows.itertuples(index=False, name=None))
    assert {
        ("mass surveillance", "MS. ARDEN"),
        ("going dark", "MR. BELL"),
        ("ethical responsibility", "MS. CORDAY"),
    } <= pairs


def test_no_text_is_written(study, debate):
    said = {w for document in debate for w in words(document.text)}
    for name, content in measured.encode(study).items():
        if name != measured.WORDS:
            assert b"harbour" not in content, name
    assert "harbour" in said


def test_written_and_read_again_is_the_same(study, tmp_path):
    folder = measured.write(study, tmp_path / "talks")
    again = measured.read_study("talks", folder)
    pd.testing.assert_frame_equal(again.utterances, study.utterances, check_dtype=False)
    pd.testing.assert_frame_equal(again.occurrences, study.occurrences, check_dtype=False)
    assert again.words["count"].tolist() == study.words["count"].tolist()
    assert measured.encode(study) == measured.encode(study)


def test_a_changed_count_is_found_and_named(study, tmp_path):
    folder = measured.write(study, tmp_path / "talks")
    path = folder / measured.UTTERANCES
    path.write_text(path.read_text().replace(",12\n", ",13\n", 1))
    assert [file for file, _ in measured.verify(folder)] == [measured.UTTERANCES]
    with pytest.raises(AnalysisError, match=r"utterances\.csv: sha256 .* restore it"):
        measured.read_study("talks", folder)


def test_a_missing_file_is_named(study, tmp_path):
    folder = measured.write(study, tmp_path / "talks")
    (folder / measured.WORDS).unlink()
    assert measured.verify(folder) == [(measured.WORDS, "missing")]


@pytest.mark.parametrize("text", ["{", "[]", json.dumps({"files": {}})])
def test_a_broken_manifest_is_refused(tmp_path, text):
    (tmp_path / measured.MANIFEST).write_text(text)
    with pytest.raises(AnalysisError, match=r"manifest\.json: not a manifest"):
        measured.verify(tmp_path)


def test_no_manifest_is_refused(tmp_path):
    with pytest.raises(AnalysisError, match=r"manifest\.json: not there"):
        measured.verify(tmp_path)


def test_no_sentence_of_a_text_goes_into_its_table_of_documents(codebook, tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(
        "Keeper Backs Locks\n\nThe towns ask for a key\n\nBy Ida Arden\nMarch 1, 2021\n\n"
        "The keeper said on Monday that the locks were sound. A critic said no.\n"
    )
    corpus = Corpus.read(path)
    assert corpus.documents["dek"].tolist() == ["The towns ask for a key"]
    made = measured.measure(corpus, codebook)
    assert made.documents["title"].tolist() == ["Keeper Backs Locks"]
    assert b"The towns ask" not in b"".join(measured.encode(made).values())

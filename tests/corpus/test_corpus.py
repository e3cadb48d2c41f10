import pandas as pd
import pytest

from analysis.corpus import Corpus
from analysis.errors import AnalysisError

LABELS = pd.DataFrame(
    [
        ("morning", "MS. ARDEN", "Ida Arden", "Harbour Council", "government"),
        ("morning", "MR. BELL", "Tom Bell", "The Service", "service"),
        ("evening", "MR. BELL", "Tom Bell", "himself", "former service"),
        ("evening", "MS. CORDAY", "Ann Corday", "League", "civil society"),
    ],
    columns=["document", "label", "speaker", "affiliation", "group"],
)


def test_words_by_speaker_add_up_to_words_in_all(debate):
    corpus = Corpus.of(debate, LABELS)
    assert corpus.utterances["words"].sum() == corpus.documents["words"].sum() == 39
    assert corpus.documents["utterances"].tolist() == [3, 2]


def test_a_person_may_change_role_between_documents(debate):
    rows = Corpus.of(debate, LABELS).utterances
    bell = rows[rows["speaker"] == "Tom Bell"]
    assert bell["group"].tolist() == ["service", "former service"]


def test_text_of_an_utterance(debate):
    corpus = Corpus.of(debate, LABELS)
    assert corpus.text_of("evening", 0).strip() == "Nobody proposes mass surveillance."


def test_documents_come_back_one_by_one(debate):
    assert [made.document for made in Corpus.of(debate).each()] == ["morning", "evening"]


def test_two_documents_of_one_name_are_refused(debate):
    with pytest.raises(AnalysisError, match="morning: two documents with this identifier"):
        Corpus.of([debate[0], debate[0]])


def test_reading_a_csv_of_turns(tmp_path):
    path = tmp_path / "council.csv"
    path.write_text("speaker,text\nIda,We met.\nTom,We did not.\n", encoding="utf-8")
    rows = Corpus.read(path).utterances
    assert list(zip(rows["speaker"], rows["words"], strict=True)) == [("Ida", 2), ("Tom", 3)]

"""A table beside the texts that says what they are."""

import unicodedata

import pytest

from analysis.corpus import Corpus, intake, report
from analysis.errors import AnalysisError
from analysis.study import new, read_study


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    (folder / "old").mkdir(parents=True)
    (folder / "a.txt").write_text("ARDEN: Mass surveillance.\nBELL: No.\n")
    (folder / "b.txt").write_text("Plain words.")
    (folder / "old" / "c.txt").write_text("Plain words of old.")
    return folder


def told(folder, content, encoding="utf-8"):
    (folder / "documents.csv").write_bytes(content.encode(encoding))
    return folder


TABLE = (
    "file,title,date,source,genre,licence,rating\n"
    "a.txt,At the lock,2021-03-01,The Post,debate,CC0,5\n"
    "old/c.txt,,1999,,letter,,\n"
)


@pytest.mark.parametrize(
    "write", [str, lambda text: text.replace(",", ";"), lambda t: f"\ufeff{t}"]
)
def test_what_it_says_is_said_of_the_documents(texts, write):
    corpus = Corpus.read(told(texts, write(TABLE)))
    fields = ["document", "title", "date", "source", "genre", "licence"]
    assert corpus.documents[fields].to_numpy().tolist() == [
        ["a", "At the lock", "2021-03-01", "The Post", "debate", "CC0"],
        ["b", "", "", "", "", ""],
        ["c", "", "1999", "", "letter", ""],
    ]
    assert "rating" not in corpus.documents
    reasons = dict(zip(corpus.skipped["path"], corpus.skipped["reason"], strict=True))
    assert reasons == {f"{texts}/documents.csv": "about the texts: what it says of 2 files is used"}
    assert report.describe(texts).to_dict()["dates"] == {"first": "1999", "last": "2021-03-01"}


def test_it_goes_into_the_study(texts, tmp_path, root):
    top = tmp_path / "project"
    (top / "data").mkdir(parents=True)
    (top / "data" / "codebook.toml").write_bytes((root / "data/codebook.toml").read_bytes())
    new.new_study("mine", told(texts, TABLE), top=top)
    study = read_study("mine", top / "data" / "studies" / "mine")
    assert study.documents["genre"].tolist() == ["debate", "", "letter"]
    told(texts, TABLE.replace("letter", "=letter()"))
    new.new_study("mine", texts, top=top, replace=True)
    study = read_study("mine", top / "data" / "studies" / "mine")
    assert study.documents["genre"].tolist() == ["debate", "", "=letter()"]


def test_a_table_further_down_speaks_of_its_own_folder(texts):
    told(texts, "file,genre\nold/c.txt,letter\n")
    told(texts / "old", "file,title,genre\n./c.txt,Of old,diary\n")
    corpus = Corpus.read(texts).documents.set_index("document")
    assert corpus.loc["c", ["title", "genre"]].tolist() == ["Of old", "diary"]


def test_names_are_one_however_their_accents_are_written(texts):
    (texts / unicodedata.normalize("NFD", "caf\u00e9.txt")).write_text("Plain words.")
    told(texts, "file,genre\ncaf\u00e9.txt,menu\n", "cp1252")
    assert "menu" in set(Corpus.read(texts).documents["genre"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("file,date\na.txt,\na.tx,\n", "line 3, column file: 'a.tx'.*perhaps a.txt"),
        ("file,date\n../secret,\n", r"line 2, column file: '\.\./secret'; expected a file in"),
        ("file,date\n,2021\n", "line 2, column file: empty"),
        ("file,date\nb.txt,\na.txt,\nb.txt,\n", "line 4, column file: 'b.txt' again.*line 2"),
        ("file,date\na.txt,3/1/2021\n", "line 2, column date: '3/1/2021'; expected YYYY-MM-DD"),
        ("file,date\na.txt,2021-02-30\n", "line 2, column date: '2021-02-30'"),
        ("file,date\na.txt,20210301\n", "line 2, column date"),
        ("file,date\na.txt\n", "line 2: 1 fields"),
        ("file,day\na.txt,2021\n", "line 1: no column but file, day; expected any of title"),
        ("file,file\na.txt,a\n", "line 1: a column named twice"),
    ],
)
def test_what_does_not_fit_is_named_by_row_and_column(texts, content, said):
    told(texts, content)
    with pytest.raises(AnalysisError, match=said) as caught:
        Corpus.read(texts)
    assert str(texts / "documents.csv") in str(caught.value)
    made = report.describe(texts)
    assert len(made.documents) == 3
    (reason,) = made.skipped["reason"]
    assert reason.startswith("line ")


def test_a_table_of_texts_of_that_name_is_read_as_one(texts):
    told(texts, "file,speaker,text\na.txt,Ada,We met.\n")
    assert len(intake.read([texts]).documents) == 4
    told(texts, "name,date\na.txt,2021\n")
    found = intake.read([texts])
    assert found.skipped["reason"].str.contains("no column text").tolist() == [True]
    (texts / "documents.csv").write_bytes(b"\x00\x01" * 50)
    assert len(intake.read([texts]).skipped) == 1


@pytest.mark.parametrize("name", ["doc_id", "File name", "document", "filename"])
def test_the_column_of_files_may_be_called_otherwise_and_leave_out_endings(texts, name):
    corpus = Corpus.read(told(texts, f"{name},Title,DATE\na,At the lock,2021-03-01\nc,,1999\n"))
    assert corpus.documents["title"].tolist() == ["At the lock", "", ""]
    assert corpus.documents["date"].tolist() == ["2021-03-01", "", "1999"]
    told(texts, f"{name},Title\na,At the lock\nz,At the gate\n")
    with pytest.raises(AnalysisError, match=f"line 3, column {name}: 'z'; expected a file in"):
        Corpus.read(texts)


def test_a_table_of_documents_that_are_no_files_is_left_aside(texts):
    corpus = Corpus.read(told(texts, "doc_id,title\nd1,At the lock\nd2,At the gate\n"))
    assert corpus.documents["title"].tolist() == ["", "", ""]
    (reason,) = corpus.skipped["reason"]
    assert reason.startswith("about documents that are no files here")

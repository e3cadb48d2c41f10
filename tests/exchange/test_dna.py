"""DNA files: round trips, places in Java's units, files of others."""

import sqlite3

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codebook import read_codebook
from analysis.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.exchange import read_dna, write_dna
from analysis.exchange.dna_write import password_hash
from analysis.readers import read_all
from analysis.study.statements import STATEMENT_COLUMNS, statements


def made(texts, rows):
    columns = ["document", "start", "end", "actor", "kind", "organisation", "concept", "agreement"]
    return pd.DataFrame(rows, columns=columns), texts


SMALL = made(
    {"d": "😀 Going dark, said Ann Moss.", "empty": ""},
    [("d", 2, 12, "Ann Moss", "person", "Home Office", "going dark", 1),
     ("d", 14, 18, "Home Office", "body", "Home Office", "going dark", 0)],
)  # fmt: skip


@pytest.fixture(scope="module")
def press(root):
    corpus = Corpus.read(*sorted((root / "data/demo").glob("press_*.txt")))
    return corpus, statements(corpus, read_codebook(root / "data/codebook.toml"))


def test_the_demonstration_comes_back_whole(press, tmp_path):
    corpus, found = press
    path = write_dna(found, corpus.texts, tmp_path / "p.dna", documents=corpus.documents)
    back, documents = read_dna(path)
    order = found.sort_values(["document", "start"], kind="stable").reset_index(drop=True)
    pd.testing.assert_frame_equal(back[list(STATEMENT_COLUMNS)].astype(STATEMENT_COLUMNS), order)
    assert dict(zip(documents["document"], documents["text"], strict=True)) == dict(corpus.texts)
    assert documents["title"].tolist() == corpus.documents["title"].tolist()
    again = write_dna(found, corpus.texts, tmp_path / "q.dna", documents=corpus.documents)
    assert again.read_bytes() == path.read_bytes()


def test_sqlite_finds_nothing_wrong_and_java_s_places_are_counted(tmp_path):
    path = write_dna(*SMALL, tmp_path / "p.dna")
    with sqlite3.connect(path) as database:
        assert list(database.execute("PRAGMA integrity_check")) == [("ok",)]
        assert list(database.execute("PRAGMA foreign_key_check")) == []
        assert database.execute("SELECT Start, Stop FROM STATEMENTS").fetchone() == (3, 13)
        version = database.execute("SELECT Value FROM SETTINGS WHERE Property = 'version'")
        assert version.fetchone()[0].startswith("3.0")
    back, documents = read_dna(path)
    assert back["text"].tolist() == ["Going dark", "said"]
    assert back["kind"].tolist() == ["person", "body"]
    assert back["person"].tolist() == ["Ann Moss", ""]
    assert documents["text"].tolist() == list(SMALL[1].values())


def test_the_password_is_stored_as_jasypt_does():
    # The salt and the digest of DNA's own sample, whose password is published: "sample".
    import base64

    stored = "t7STqOHxpl+RXxRUgjsEno+e/38banaYjANbdYQ1geGfH6Xlc2roWgYrPbpCeg5M"
    assert password_hash("sample", base64.b64decode(stored)[:16]) == stored


@given(st.text(min_size=1, max_size=30).filter(lambda t: "\x00" not in t), st.data())
def test_any_span_of_any_text_comes_back(tmp_path_factory, text, data):
    text = text.encode("utf-8", "replace").decode()
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    found, texts = made({"d": text}, [("d", start, end, "a", "person", "", "c", 1)])
    path = write_dna(found, texts, tmp_path_factory.mktemp("dna") / "p.dna", password="")
    back, _ = read_dna(path)
    assert back[["start", "end", "text"]].to_numpy().tolist() == [[start, end, text[start:end]]]


def test_a_file_of_dna_2_is_named(tmp_path):
    path = tmp_path / "old.dna"
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE SETTINGS(Property TEXT, Value TEXT); CREATE TABLE STATEMENTS(ID INTEGER);"
            "CREATE TABLE VARIABLES(ID INTEGER); CREATE TABLE DOCUMENTS(ID INTEGER);"
            "INSERT INTO SETTINGS VALUES ('version', '2.0 beta 25');"
        )
    with pytest.raises(AnalysisError, match=r"DNA version 2\.0 beta 25; expected DNA 3\.0"):
        read_dna(path)


def test_what_is_no_dna_file_is_named(tmp_path):
    with pytest.raises(AnalysisError, match="not there"):
        read_dna(tmp_path / "none.dna")
    (tmp_path / "text.dna").write_text("nothing of the kind, but long enough to be looked at " * 9)
    with pytest.raises(AnalysisError, match="no DNA file"):
        read_dna(tmp_path / "text.dna")
    with sqlite3.connect(tmp_path / "other.dna") as database:
        database.execute("CREATE TABLE other(ID INTEGER)")
    with pytest.raises(AnalysisError, match="without DNA's tables"):
        read_dna(tmp_path / "other.dna")


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ("UPDATE STATEMENTS SET Stop = 999 WHERE ID = 1", "statement 1: the span 3 to 999"),
        ("UPDATE STATEMENTS SET Start = 1 WHERE ID = 1", "the span 1 to 13"),
        ("UPDATE VARIABLES SET Variable = 'topic' WHERE ID = 3", "no statement type among"),
        ("UPDATE STATEMENTS SET DocumentId = 7 WHERE ID = 1", "document 7 is not there"),
    ],
)
def test_a_broken_statement_is_named(tmp_path, change, message):
    path = write_dna(*SMALL, tmp_path / "p.dna")
    with sqlite3.connect(path) as database:
        database.execute(change)
    with pytest.raises(AnalysisError, match=message):
        read_dna(path)


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("end", 99, "the span 2 to 99"),
        ("document", "x", "document 'x' has no text"),
        ("agreement", 2, "agreement: 2; expected 0 or 1"),
        ("concept", "c" * 200, "200 characters; expected 190 at most"),
    ],
)
def test_what_dna_would_refuse_is_refused(tmp_path, column, value, message):
    found = SMALL[0].copy()
    found[column] = found[column].astype(object)
    found.loc[0, column] = value
    with pytest.raises(AnalysisError, match=message):
        write_dna(found, SMALL[1], tmp_path / "p.dna")
    assert not (tmp_path / "p.dna").exists()


@pytest.mark.parametrize("read", [read_dna, read_all])
def test_a_name_that_is_no_utf8_is_a_broken_file(read, tmp_path):
    path = write_dna(*SMALL, tmp_path / "p.dna")
    path.write_bytes(path.read_bytes().replace(b"DOCUMENTS", b"\x80OCUMENTS"))
    with pytest.raises(AnalysisError, match=r"p\.dna: .*(decode|malformed)"):
        read(path)

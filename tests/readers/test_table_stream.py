"""A table read in parts gives the documents, the notes and the refusals of one read at once."""

import csv
import io

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis.corpus import intake
from analysis.errors import AnalysisError
from analysis.readers import decoding, read_all, table_stream

HEADERS = (
    ("document", "speaker", "date", "text"),
    ("document", "seq", "speaker", "text"),
    ("speaker", "date", "title", "text"),
    ("date", "title", "text"),
    ("text", "url"),
    ("timestamp", "speaker", "text"),
    ("person", "label", "text"),
)
CELLS = {
    "document": st.sampled_from(["a", "b", "c "]),
    "seq": st.integers(0, 9).map(str),
    "speaker": st.sampled_from(["ARDEN", "Béla", "", "[deleted]", "'=x"]),
    "person": st.sampled_from(["uk:10180", "twfy:7", ""]),
    "label": st.sampled_from(["Ada Arden", "Béla", ""]),
    "date": st.sampled_from(["2020-01-02", "2 January 2020", "13/04/2021", "3/4/2021", "?", ""]),
    "timestamp": st.sampled_from(["10:00", "2020-01-02"]),
    "title": st.sampled_from(["One", "Two"]),
    "url": st.just("x"),
    "text": st.one_of(
        st.sampled_from(["", "[deleted]", " ", "<p></p>", "=1", 'He said "no"; she, yes.']),
        st.text("aé\n\r\t,;\"' だ", max_size=12),
        st.just("word " * 12),
    ),
}


@st.composite
def tables(draw):
    header = draw(st.sampled_from(HEADERS))
    rows = draw(st.lists(st.tuples(*(CELLS[name] for name in header)), min_size=1, max_size=12))
    text = io.StringIO()
    text.write(draw(st.sampled_from(["", "\ufeff", "sep=,\n"])))
    ending = draw(st.sampled_from(["\n", "\r\n"]))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    writer = csv.writer(text, lineterminator=ending, quoting=quoting)
    writer.writerow(header)
    for row in rows:
        writer.writerow(row)
        text.write(draw(st.sampled_from(["", "", "", "\n"])))
    return text.getvalue()


def read(path, part, **options):
    try:
        found = list(intake.read_in_parts([path], most=part, **options))
    except AnalysisError as error:
        return str(error)
    return [
        (one.document, one.text, dict(one.columns), dict(one.metadata), one.notes)
        for each in found
        for one in each.documents
    ]


@settings(max_examples=40, deadline=None)
@given(tables(), st.integers(1, 60))
@example("person,label,text\nuk:10180,Ada Arden,Yes.\ntwfy:7,Béla,No.\n", 4)
def test_a_table_in_parts_is_the_table(tmp_path_factory, content, part):
    path = tmp_path_factory.mktemp("table") / "turns.csv"
    path.write_text(content, encoding="utf-8", newline="")
    whole = read(path, None)
    before = table_stream.LARGE
    table_stream.LARGE = 0
    try:
        assert read(path, part) == whole
    finally:
        table_stream.LARGE = before


@pytest.fixture
def small(monkeypatch):
    monkeypatch.setattr(table_stream, "LARGE", 0)
    monkeypatch.setattr(decoding, "MOST_BYTES", 10)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"text,speaker\nFine.,A\nBroken\n", r"turns\.csv, line 3.*1 fields"),
        (b"text,speaker\nFine.,A\nF\xfcr.,B\n" + b"Fine.,A\n" * 9, None),
        (b'text,speaker\nFine.,A\n"open,B\n', "broken CSV"),
        (b"when,speaker\nnow,A\n", "no column text"),
        (b"document,text\n,No.\n", "empty document"),
        ("text,speaker\nFine.,A\n".encode("utf-16"), "UTF-8"),
    ],
)
def test_what_is_wrong_with_a_table_too_large_for_memory_is_said(tmp_path, small, content, said):
    path = tmp_path / "turns.csv"
    path.write_bytes(content)
    if said is None:
        assert intake.read([path]).documents[0].metadata["encoding"] == "cp1252"
        return
    with pytest.raises(AnalysisError, match=said):
        intake.read([path])


def test_other_large_files_are_refused_as_before(tmp_path, small):
    path = tmp_path / "large.txt"
    path.write_text("A: Long enough to be refused.\n")
    with pytest.raises(AnalysisError, match="split it"):
        intake.read([path])


def test_the_encoding_said_is_the_one_read(tmp_path, small, monkeypatch):
    path = tmp_path / "turns.csv"
    monkeypatch.setattr(table_stream, "OPENING", 40)
    plain = "text,speaker\n" + "Fine.,A\n" * 20
    path.write_bytes(plain.encode() + "Zażółć.,B\n".encode("cp1250"))
    with pytest.raises(AnalysisError, match="--encoding"):
        intake.read([path])
    (made,) = intake.read([path], encoding="cp1250").documents
    assert made.text.endswith("Zażółć.")


def test_a_table_that_changes_meanwhile_is_refused(tmp_path, small):
    path = tmp_path / "turns.csv"
    path.write_text("document,text\n" + "".join(f"d{at},Said {at}.\n" for at in range(9)))
    found = intake.read_in_parts([path], most=5)
    next(found)
    path.write_text("document,text\n")
    with pytest.raises(AnalysisError, match="changed"):
        list(found)


def test_first_and_last_names_apart_are_one_name_as_in_a_small_table(tmp_path, monkeypatch):
    path = tmp_path / "a.csv"
    path.write_text("First Name,Last Name,Text,,\nAda,Arden,Who?,,\nTom,Bell,No.,,\n")
    whole = read_all(path)
    monkeypatch.setattr(table_stream, "LARGE", 1)
    large = table_stream.opened(path)
    (made,) = [one for part in large.parts(10**6) for one in part]
    assert made.columns["speaker"] == whole[0].columns["speaker"] == ["Ada Arden", "Tom Bell"]

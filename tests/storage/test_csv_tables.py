"""Tables of a researcher's own words: nothing in them runs, and they read back as they were."""

import csv
import io

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.codebook import read_codebook
from analysis.coding import codes
from analysis.corpus import Corpus, export
from analysis.errors import AnalysisError
from analysis.readers import decoding
from analysis.storage import csv_tables
from analysis.study import measured
from analysis.text.document import from_turns

FORMULAS = ('=cmd|"/c calc"!A1', "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1")
TEXT = st.text(
    st.one_of(st.sampled_from("=+-@\t\r\n'\"，,; a"), st.characters(exclude_categories=["Cs"])),
    max_size=8,
)


def raw(data):
    return list(csv.reader(io.StringIO(data.decode(), newline="")))


@given(TEXT)
def test_a_guarded_text_is_no_formula_and_comes_back(text):
    assert csv_tables.unguard(csv_tables.guard(text)) == text
    assert not csv_tables.guard(text).startswith(tuple("=+-@\t\r\n"))


@given(st.lists(st.tuples(TEXT, TEXT, st.integers(-9, 9), st.booleans()), min_size=1, max_size=5))
def test_a_table_reads_back_as_it_was(tmp_path_factory, rows):
    table = pd.DataFrame(rows, columns=["speaker", "group", "words", "negated"])
    table = table.astype({"speaker": "str", "group": "str"})
    path = tmp_path_factory.mktemp("cells") / "t.csv"
    path.write_bytes(csv_tables.to_csv(table))
    back = csv_tables.read_csv(path, numbers=["words"], flags=["negated"])
    pd.testing.assert_frame_equal(back, table)


@pytest.mark.parametrize("formula", FORMULAS)
def test_no_cell_of_a_measured_study_is_a_formula(root, tmp_path, formula):
    talk = from_turns(
        formula,
        [(formula, "Mass surveillance."), ("12", "No.")],
        {"title": formula, "date": "2021", "source": formula},
    )
    book = read_codebook(root / "data" / "codebook.toml")
    made = measured.measure(Corpus.of([talk]), book, name="mine")
    for name, data in measured.encode(made).items():
        if name.endswith(".csv"):
            assert not [c for row in raw(data) for c in row if c[:1] in set("=+-@\t\r\n＝")]
    back = measured.read_study("mine", measured.write(made, tmp_path / "mine"))
    for field in ("documents", "utterances", "occurrences"):
        pd.testing.assert_frame_equal(getattr(back, field), getattr(made, field), check_dtype=False)
    assert set(back.words["document"]) == set(back.documents["document"])


def test_columns_of_any_name_are_guarded():
    table = pd.DataFrame([["=1", 1, "@a"]], columns=["=x", 7, "=x"])
    assert csv_tables.to_csv(table) == b"'=x,7,'=x\n'=1,1,'@a\n"


def test_names_that_look_like_numbers_stay_names(root, tmp_path):
    talk = from_turns("007", [("1e3", "Mass surveillance."), ("NA", "No.")])
    book = read_codebook(root / "data" / "codebook.toml")
    made = measured.measure(Corpus.of([talk]), book, name="mine")
    back = measured.read_study("mine", measured.write(made, tmp_path / "mine"))
    assert back.utterances["speaker"].tolist() == ["1e3", "NA"]
    assert back.documents["document"].tolist() == ["007"]
    assert back.occurrences["words_before"].dtype == "int64"


def test_a_coding_sheet_reads_back_what_it_guards(tmp_path):
    table = pd.DataFrame({"item": ["1", "2"], "note": ["=1+1", "'-x"]})
    path = codes.write_table(table, tmp_path / "codes.csv")
    assert [row[1] for row in raw(path.read_bytes())] == ["note", "'=1+1", "''-x"]
    rows = decoding.rows(path, decoding.decode(path), ("item",))
    assert [row["note"] for _, row in rows] == ["=1+1", "'-x"]


@pytest.mark.parametrize("write", [export.to_csv, export.to_excel])
def test_an_export_reads_back_what_it_guards(tmp_path, write):
    corpus = Corpus.of([from_turns("d", [("@ada", text.strip()) for text in FORMULAS])])
    back = Corpus.read(
        write(corpus, tmp_path / f"out.{'csv' if 'csv' in write.__name__ else 'xlsx'}")
    )
    expected = [text.strip() for text in FORMULAS]
    assert [back.text_of("d", n).strip() for n in range(len(FORMULAS))] == expected
    assert set(back.utterances["speaker"]) == {"@ada"}


def test_committed_tables_are_written_as_they_stand(root):
    folder = root / "data" / "studies" / "oversight"
    study = measured.read_study("oversight", folder)
    for name, table in (
        (measured.DOCUMENTS, study.documents),
        (measured.UTTERANCES, study.utterances),
        (measured.OCCURRENCES, study.occurrences),
    ):
        assert csv_tables.to_csv(table) == (folder / name).read_bytes()


def test_what_is_no_such_table_is_refused(tmp_path):
    path = tmp_path / "t.csv"
    path.write_text("words\nmany\n")
    with pytest.raises(AnalysisError, match="cannot be read as a table"):
        csv_tables.read_csv(path, numbers=["words"])

"""Out again: what was written reads back as it was, and nothing in it runs."""

import csv
import json
import os
import subprocess
import sys
import time
import zipfile

import pandas as pd
import pytest
from openpyxl import load_workbook

from analysis.corpus import Corpus, export
from analysis.errors import AnalysisError
from analysis.readers import markup
from analysis.text.document import from_turns


@pytest.fixture
def corpus(debate):
    return Corpus.of(debate)


def said(corpus):
    table = export.turns(corpus)
    return list(zip(table["speaker"], table["text"], strict=True))


@pytest.mark.parametrize(
    ("write", "name"),
    [
        (export.to_csv, "out.csv"),
        (export.to_excel, "out.xlsx"),
        (export.to_parquet, "out.parquet"),
        (export.to_json_lines, "out.jsonl"),
        (export.to_quanteda, "quanteda.csv"),
    ],
)
def test_a_table_reads_back_as_it_was(corpus, tmp_path, write, name):
    back = Corpus.read(write(corpus, tmp_path / name), columns={"document": "document"})
    assert said(back) == said(corpus)
    assert back.documents["date"].tolist() == corpus.documents["date"].tolist()


@pytest.mark.parametrize("write", [export.to_convokit, export.to_tei])
def test_a_folder_reads_back_as_it_was(corpus, tmp_path, write):
    back = Corpus.read(write(corpus, tmp_path / "out"))
    assert said(back) == said(corpus)
    assert back.documents["title"].tolist() == corpus.documents["title"].tolist()
    assert back.documents["date"].tolist() == corpus.documents["date"].tolist()


@pytest.mark.parametrize("write", [export.to_convokit, export.to_tei])
def test_roles_and_what_nobody_says_come_back(tmp_path, write):
    talk = from_turns("talk", [("", "The bell rings."), ("Ada", "We met."), ("Tom", "No.")])
    labels = pd.DataFrame(
        [
            ["talk", "Ada", "Ada Arden", "Harbour Council", "civil society"],
            ["talk", "Tom", "Tom Bell", "", "press"],
        ],
        columns=["document", "label", "speaker", "affiliation", "group"],
    )
    back = Corpus.read(write(Corpus.of([talk], labels), tmp_path / "out"))
    said = back.utterances[back.utterances["speaker"] != ""]
    assert said[["speaker", "affiliation", "group", "words"]].to_numpy().tolist() == [
        ["Ada Arden", "Harbour Council", "civil society", 2],
        ["Tom Bell", "", "press", 1],
    ]
    assert "The bell rings." in next(iter(back.texts.values()))


def test_prose_is_paragraphs_in_tei(tmp_path):
    story = from_turns("story", [("", "Keeper Backs Locks\n\nThe keeper said so.")])
    folder = export.to_tei(Corpus.of([story]), tmp_path / "out")
    (path,) = folder.iterdir()
    assert path.read_bytes().count(b"<p>") == 4  # two of them in the header
    back = Corpus.read(folder)
    assert list(back.texts.values()) == ["Keeper Backs Locks\nThe keeper said so."]


def test_tei_identifies_what_it_holds_as_parlamint_does(corpus, tmp_path):
    tei = {"t": "http://www.tei-c.org/ns/1.0"}
    key = "{http://www.w3.org/XML/1998/namespace}id"
    seen = []
    for path in sorted(export.to_tei(corpus, tmp_path / "out").iterdir()):
        root = markup.xml(str(path), path.read_bytes())
        seen += [element.get(key) for element in root.iter() if element.get(key)]
        for utterance in root.iterfind(".//t:u", tei):
            assert root.xpath(f"//*[@xml:id='{utterance.get('who')[1:]}']")[0].tag.endswith(
                "person"
            )
            assert all(part.get(key) for part in utterance)
        assert root.find(".//t:setting/t:date", tei).get("when") == root.find(".//t:date", tei).text
    assert len(set(seen)) == len(seen) > 10


def test_the_same_corpus_gives_the_same_bytes(corpus, tmp_path):
    for write in (export.to_csv, export.to_parquet, export.to_json_lines, export.to_quanteda):
        assert (
            write(corpus, tmp_path / "a").read_bytes() == write(corpus, tmp_path / "b").read_bytes()
        )


EXCEL = """
import sys
from analysis.corpus import export
from analysis.corpus import Corpus
from analysis.text.document import from_turns
export.to_excel(Corpus.of([from_turns("d", [("Ada", "We met."), ("Tom", "No.")])]), sys.argv[1])
"""


def test_a_workbook_has_the_same_bytes_at_another_time_and_place(tmp_path):
    for name, zone in (("a.xlsx", "Asia/Tokyo"), ("b.xlsx", "America/Lima")):
        path = tmp_path / name
        environment = {**os.environ, "TZ": zone, "PYTHONHASHSEED": str(len(zone))}
        subprocess.run([sys.executable, "-c", EXCEL, path], env=environment, check=True)
        with zipfile.ZipFile(path) as book:
            assert {member.date_time[0] for member in book.infolist()} == {1980}
            assert book.read("docProps/core.xml").count(b"1980-01-01T00:00:00Z") == 2
        time.sleep(2.1 if name == "a.xlsx" else 0)  # a ZIP counts in two seconds
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert load_workbook(tmp_path / "a.xlsx").active["K2"].value == "We met."


def test_convokit_s_own_fields_are_there(corpus, tmp_path):
    folder = export.to_convokit(corpus, tmp_path / "out")
    rows = [json.loads(line) for line in (folder / "utterances.jsonl").read_text().splitlines()]
    assert [row["reply-to"] for row in rows] == [None, "morning_0", "morning_1", None, "evening_0"]
    assert {row["conversation_id"] for row in rows} == {"morning_0", "evening_0"}
    assert {row["id"] for row in rows} >= {"morning_0", "evening_0"}
    index = json.loads((folder / "index.json").read_text())
    assert {"utterances-index", "speakers-index", "conversations-index", "version"} <= set(index)


def test_antconc_gets_one_text_per_document_and_speaker(corpus, tmp_path):
    folder = export.to_antconc(corpus, tmp_path / "out")
    names = sorted(path.name for path in folder.iterdir())
    assert names == [
        "0001_morning__MS._ARDEN.txt",
        "0002_morning__MR._BELL.txt",
        "0003_evening__MR._BELL.txt",
        "0004_evening__MS._CORDAY.txt",
    ]
    assert (folder / names[2]).read_text() == "Nobody proposes mass surveillance.\n"


def test_no_cell_is_a_formula(tmp_path):
    evil = ['=cmd|"/c calc"!A1', "+1", "-2+3", "@SUM(A1)", "\t=1", "=HYPERLINK(1)"]
    corpus = Corpus.of([from_turns("d", [("=X()", text) for text in evil])])
    path = export.to_csv(corpus, tmp_path / "out.csv")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))
    quanteda = export.to_quanteda(corpus, tmp_path / "q.csv")
    with quanteda.open(encoding="utf-8", newline="") as file:
        rows += list(csv.reader(file))
    assert not [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t"))]
    book = load_workbook(export.to_excel(corpus, tmp_path / "out.xlsx"))
    kinds = {cell.data_type for row in book.active.iter_rows() for cell in row}
    assert "f" not in kinds


def test_a_cell_too_long_for_a_workbook_is_refused(tmp_path):
    corpus = Corpus.of([from_turns("d", [("A", "x" * 40_000)])])
    with pytest.raises(AnalysisError, match=r"utterance 0: 40,000 characters.*CSV"):
        export.to_excel(corpus, tmp_path / "out.xlsx")


def test_characters_that_xml_forbids_do_not_break_it(tmp_path):
    corpus = Corpus.of([from_turns("../up", [("A<&\x01", "x\x00y ]]> <script>")])])
    folder = export.to_tei(corpus, tmp_path / "out")
    (made,) = folder.iterdir()
    assert made.name == "0001_up.xml"
    root = markup.xml("made", made.read_bytes())
    assert "x\ufffdy ]]> <script>" in "".join(root.itertext())

"""The command, `new`, the workbench, the demonstration and the library give one answer."""

import importlib
import json
import shutil

import pandas as pd
import pytest

from analysis.cli import main
from analysis.codebook import read_codebook
from analysis.corpus import Corpus
from analysis.occurrences import find
from analysis.readers import read
from analysis.study import demonstration, new, read_study
from analysis.text.document import from_turns
from analysis.workbench.prepared import bench_of
from analysis.workbench.queries import Query, page

PRESS = """Keeper warns of going dark

HARROW, 3 March - "We are not going dark," said Ada Brand, the keeper of Harrow. "That is a myth."

Critics speak of "mass surveillance". Tom Reed, of the Harrow Union, said the keeper's plan was
mass surveil\u00adlance in all but name.
"""
TALK = """BRAND: We fear going
dark.
REED: I do not call it mass surveillance.
"""
PROSE = """On keys

The keeper has gone
dark. He speaks of going
dark, and of strong encryption.
"""
CORRECTIONS = """document,quote,speaker,action
corrected,We are not going dark,Joan Hale,speaker
"""


@pytest.fixture(scope="module")
def book(root):
    return read_codebook(root / "data" / "codebook.toml")


@pytest.fixture(params=["press", "talk", "prose", "corrected", "demo", "seed"])
def text(request, tmp_path, root):
    """Give a text file, a table of corrections beside one of them."""
    name = request.param
    folder = tmp_path / "texts"
    folder.mkdir()
    path = folder / f"{name}.txt"
    if name == "demo":
        shutil.copy(root / "data" / "demo" / "press_01.txt", path)
    elif name == "seed":
        shared = request.getfixturevalue("shared")
        shutil.copy(shared / "seed" / "article.txt", path)
    else:
        path.write_text({"talk": TALK, "prose": PROSE}.get(name, PRESS), encoding="utf-8")
    if name == "corrected":
        path.with_suffix(".corrections.csv").write_text(CORRECTIONS)
    return path


def answer(table):
    """Return speaker, mode, stance, term of each line; narration bears the reporter's name."""
    said = table["speaker"].astype(object).where(table["speaker"].notna(), "")
    said = said.where(said != "", table["mode"].where(table["mode"] == "narration", ""))
    return list(zip(said, table["mode"], table["stance"], table["term"], strict=True))


def by_command(path, capsys):
    assert main(["occurrences", str(path), "--format", "jsonl"]) == 0
    return pd.DataFrame(map(json.loads, capsys.readouterr().out.splitlines()))


def by_new(path, root, tmp_path):
    top = tmp_path / "project"
    (top / "data").mkdir(parents=True)
    (top / "notebooks").mkdir()
    shutil.copy(root / "data" / "codebook.toml", top / "data")
    new.new_study("mine", path.parent, top=top)
    return read_study("mine", top / "data" / "studies" / "mine").occurrences


def by_workbench(path, book):
    bench = bench_of("mine", Corpus.read(path), book)
    terms = [term for term in bench.terms() if not term.startswith("frame: ")]
    lines = [page(bench, Query(term)).assign(term=term) for term in terms]
    table = pd.concat(lines, ignore_index=True)
    order = table.merge(bench.occurrences, on=["start", "end", "term"], suffixes=("", "_of"))
    return order.sort_values(["start", "end", "term"])


def test_all_ways_give_one_answer(text, book, root, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(root)
    right = find(Corpus.read(text), book).sort_values(["start", "end", "term"])
    expected = answer(right)
    assert expected
    ordered = ["start", "end", "term"]
    assert answer(by_command(text, capsys).sort_values(ordered)) == expected
    assert answer(by_new(text, root, tmp_path).sort_values(ordered)) == expected
    assert answer(by_workbench(text, book)) == expected


@pytest.mark.parametrize(
    ("name", "voices"),
    [
        ("press", {"Ada Brand", "Tom Reed"}),
        ("talk", {"BRAND", "REED"}),
        ("prose", {"narration"}),
        ("corrected", {"Joan Hale", "Tom Reed"}),
    ],
)
def test_each_text_has_its_voices(name, voices, tmp_path, book):
    path = tmp_path / f"{name}.txt"
    path.write_text({"talk": TALK, "prose": PROSE}.get(name, PRESS), encoding="utf-8")
    if name == "corrected":
        path.with_suffix(".corrections.csv").write_text(CORRECTIONS)
    said = {speaker for speaker, _, _, _ in answer(find(Corpus.read(path), book))}
    assert voices <= said <= voices | {"Keeper", "The keeper", "Critics", "narration"}


def test_a_term_that_a_line_end_or_a_soft_hyphen_parts_is_found_and_placed_as_read(
    tmp_path, book, capsys, root, monkeypatch
):
    monkeypatch.chdir(root)
    for name, content in (("press", PRESS), ("prose", PROSE)):
        path = tmp_path / f"{name}.txt"
        path.write_text(content, encoding="utf-8")
        for row in by_command(path, capsys).itertuples():
            written = content[row.start : row.end].replace("\u00ad", "")
            assert written == row.text
    found = find(Corpus.read(tmp_path), book)["term"].value_counts()
    assert found["going dark"] == 4
    assert found["mass surveillance"] == 2


def test_the_demonstration_reads_as_the_command_does(root, book, capsys, monkeypatch):
    monkeypatch.chdir(root)
    story = root / "data" / "demo" / "press_01.txt"
    both = demonstration.compare(demonstration.read_demo(root / "data" / "demo"), book)
    here = both[(both["document"] == "press_01") & (both["in"] != "marked")]
    assert answer(here.sort_values(["start", "end", "term"])) == answer(
        by_command(story, capsys).sort_values(["start", "end", "term"])
    )


def test_a_document_and_a_bare_text_are_corpora_of_one(tmp_path, book):
    path = tmp_path / "press.txt"
    path.write_text(PRESS.replace("\u00ad", ""), encoding="utf-8")
    whole = find(Corpus.read(path), book)
    pd.testing.assert_frame_equal(find(read(path), book), whole)
    alone = find(path.read_text(encoding="utf-8"), book)
    assert answer(alone) == answer(whole)


def test_nothing_found_has_the_columns_of_something(book):
    found, nothing = find("We are going dark.", book), find("", book)
    assert nothing.empty
    assert nothing.dtypes.to_dict() == found.dtypes.to_dict()


def test_two_processes_read_the_stances_that_one_reads(monkeypatch, root):
    module = importlib.import_module("analysis.voices.stance")
    monkeypatch.setattr(module, "_WORTH_PROCESSES", 0)
    monkeypatch.setattr(module, "_BATCH", 2)
    made = [from_turns(f"d{n}", [("ADA BRAND", TALK), ("TOM REED", PROSE)]) for n in range(9)]
    book = read_codebook(root / "data" / "codebook.toml")
    alone = find(Corpus.of(made), book)
    assert len(alone) >= 18
    pd.testing.assert_frame_equal(find(Corpus.of(made), book, workers=2), alone)

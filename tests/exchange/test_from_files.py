"""The commands ``actors`` and ``statements``."""

import pytest

from analysis.cli import main
from analysis.corpus.actors import read_actors
from analysis.exchange import read_dna


@pytest.fixture
def story(root):
    return str(root / "data/demo/press_02.txt")


def test_statements_are_printed_and_written(story, tmp_path, capsys):
    assert main(["statements", story]) == 0
    shown = capsys.readouterr().out
    assert "Mira Castellan" in shown
    assert " occurrences, " in shown
    out = tmp_path / "out.dna"
    assert main(["statements", story, "--out", str(out)]) == 0
    assert "Mira Castellan" in set(read_dna(out)[0]["person"])
    assert main(["statements", story, "--out", str(tmp_path / "out.xls")]) == 2
    assert ".csv or .dna" in capsys.readouterr().err


def test_a_register_is_proposed_edited_and_wins(story, tmp_path, capsys):
    out = tmp_path / "actors.csv"
    assert main(["actors", story, "--out", str(out)]) == 0
    assert "Mira Castellan" in set(read_actors(out)["name"])
    out.write_text("name,aliases,group\nM. Castellan OBE,Mira Castellan; Castellan,industry\n")
    assert main(["actors", story, "--out", str(out)]) == 2
    assert "an edited register is not lost" in capsys.readouterr().err
    assert main(["statements", story, "--actors", str(out)]) == 0
    assert "M. Castellan OBE" in capsys.readouterr().out


BOOK = """version = "1"
language = "en"
title = "Doors"

[[frame]]
id = "doors"
label = "Doors"
definition = "A door."
source = "Ours."

[[term]]
id = "locked door"
frame = "doors"
definition = "As it says."
include = "All."
exclude = "None."
patterns = ["locked (door|doors)"]
exclusions = []
positive = ["It is a locked door."]
negative = ["It is a key."]
"""
STORY = "A Door\n\nMarch 4, 2021\n\nTom Bell said that the locked door was mass surveillance.\n"


def test_the_codebook_beside_the_texts_is_used_and_named(root, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(root)
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "story.txt").write_text(STORY)
    folder = str(tmp_path / "a")
    assert main(["statements", folder]) == 0
    assert "mass surveillance" in capsys.readouterr().out
    (tmp_path / "a" / "codebook.toml").write_text(BOOK)
    assert main(["statements", folder]) == 0
    shown = capsys.readouterr().out
    assert "locked door" in shown
    assert "mass surveillance" not in shown
    assert shown.endswith("codebook: Doors\n")
    assert main(["occurrences", str(tmp_path / "a" / "story.txt")]) == 0
    shown = capsys.readouterr()
    assert "locked door · Tom Bell" in shown.out
    assert "analysis: terms of " in shown.err
    project = ["--codebook", str(root / "data" / "codebook.toml")]
    assert main(["statements", folder, *project]) == 0
    assert "mass surveillance" in capsys.readouterr().out
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "story.txt").write_text(STORY)
    assert main(["statements", folder, str(tmp_path / "b")]) == 2
    assert "not beside all of the texts" in capsys.readouterr().err

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

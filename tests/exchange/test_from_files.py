"""The commands ``actors`` and ``statements``."""

import pytest

from analysis.cli import main
from analysis.corpus.actors import read_actors
from analysis.exchange import read_dna

STORY = """Phones go quiet, minister warns

By Jo Reed, The Herald

Tuesday, 16 September 2031

"The phones are going dark," said Ann Moss, the minister. Rain fell on the harbour.

Nobody in the town had asked her to come, and nobody stayed to hear the rest of it.
"""


@pytest.fixture
def story(tmp_path):
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return str(path)


def test_statements_are_printed_and_written(story, tmp_path, capsys):
    assert main(["statements", story]) == 0
    shown = capsys.readouterr().out
    assert "Ann Moss" in shown
    assert "1 statements of 1 occurrences" in shown
    out = tmp_path / "out.dna"
    assert main(["statements", story, "--out", str(out)]) == 0
    assert read_dna(out)[0]["person"].tolist() == ["Ann Moss"]
    assert main(["statements", story, "--out", str(tmp_path / "out.xls")]) == 2
    assert ".csv or .dna" in capsys.readouterr().err


def test_a_register_is_proposed_edited_and_wins(story, tmp_path, capsys):
    out = tmp_path / "actors.csv"
    assert main(["actors", story, "--out", str(out)]) == 0
    assert read_actors(out)["name"].tolist() == ["Ann Moss"]
    out.write_text("name,aliases,group\nAnn Moss OBE,Ann Moss,government\n")
    assert main(["actors", story, "--out", str(out)]) == 2
    assert "an edited register is not lost" in capsys.readouterr().err
    assert main(["statements", story, "--actors", str(out)]) == 0
    assert "Ann Moss OBE" in capsys.readouterr().out

"""Candidates for a codebook that is only begun."""

import tomllib

from analysis.cli import main
from analysis.codebook import read_codebook
from analysis.coding.first_terms import candidate_lines, first_terms
from analysis.corpus import Corpus
from analysis.text.document import from_turns

TURNS = [
    ("ADA", "Mass surveillance it is. Ann Moss fears it."),
    ("TOM", "Who fears mass surveillance? Ann Moss does."),
    ("ADA", "I fear mass surveillance. Ann Moss asked, mass. Surveillance came."),
]


def test_pairs_that_go_together_are_found_and_names_are_not():
    found = first_terms(Corpus.of([from_turns("d", TURNS)]))
    assert found[["phrase", "count", "documents", "speakers"]].values.tolist() == [
        ["mass surveillance", 3, 1, 2]
    ]


def test_texts_without_a_pair_say_so():
    lines = candidate_lines(Corpus.of([from_turns("d", [("ADA", "No."), ("TOM", "Yes.")])]))
    assert any("none" in line for line in lines)
    assert all(line.startswith("#") for line in lines)


def test_a_codebook_begun_beside_texts_lists_them_and_still_reads(tmp_path, capsys):
    texts = tmp_path / "interviews"
    texts.mkdir()
    (texts / "a.txt").write_text("".join(f"{who}: {said}\n" for who, said in TURNS * 2), "utf-8")
    assert main(["codebook", "new", str(texts / "codebook.toml")]) == 0
    assert "candidates" in capsys.readouterr().out
    written = (texts / "codebook.toml").read_text("utf-8")
    assert "#   mass surveillance" in written
    assert "ann moss" not in written
    tomllib.loads(written)
    assert len(read_codebook(texts / "codebook.toml").terms) == 2


def test_a_codebook_begun_in_an_empty_folder_has_none(tmp_path, capsys):
    assert main(["codebook", "new", str(tmp_path)]) == 0
    assert "candidates" not in capsys.readouterr().out

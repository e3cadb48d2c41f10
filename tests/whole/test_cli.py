import json
import shutil
import subprocess
import sys

import pytest

from analysis.cli import OCCURRENCE_FIELDS, main

STORY = (
    "Ministers split over locked phones\n\n"
    "By Ida Arden\n\n"
    "Suspects are going dark, the minister said. Critics speak of mass surveillance.\n"
)


@pytest.fixture
def story(tmp_path, monkeypatch, root):
    monkeypatch.chdir(root)
    path = tmp_path / "story.txt"
    path.write_text(STORY, encoding="utf-8")
    return path


def run(capsys, *words):
    code = main([str(word) for word in words])
    captured = capsys.readouterr()
    return code, captured.out, captured.err


def test_one_object_per_occurrence(story, capsys):
    code, out, err = run(capsys, "occurrences", story, "--format", "jsonl")
    rows = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [row["text"] for row in rows] == ["going dark", "mass surveillance"]
    for row in rows:
        assert tuple(row) == OCCURRENCE_FIELDS
        assert STORY[row["start"] : row["end"]] == row["text"]
        assert row["document"] == "story"


def test_a_table_for_people(story, capsys):
    code, out, _ = run(capsys, "occurrences", story, "--term", "going dark")
    assert code == 0
    assert out.splitlines() == [line for line in out.splitlines() if "going dark · " in line]


def test_nothing_found_is_said(tmp_path, capsys, monkeypatch, root):
    monkeypatch.chdir(root)
    path = tmp_path / "plain.txt"
    path.write_text("The ferry left at nine.\n")
    assert run(capsys, "occurrences", path)[:2] == (0, "no occurrences\n")


def test_an_encoding_that_was_guessed_is_said(tmp_path, capsys, monkeypatch, root):
    monkeypatch.chdir(root)
    path = tmp_path / "old.txt"
    path.write_bytes("Going dark, said the café’s owner.".encode("cp1252"))
    code, out, err = run(capsys, "occurrences", path)
    assert code == 0
    assert "going dark" in out
    assert f"{path}: read as" in err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("gone.txt", None, "gone.txt"),
        ("empty.txt", b"", "empty"),
        ("turns.csv", b"who,what\na,b\n", "speaker"),
        ("fake.pdf", b"%PDF-1.4\nnothing", "PDF"),
    ],
)
def test_bad_input_is_one_line_and_status_two(
    tmp_path, capsys, monkeypatch, root, name, content, said
):
    monkeypatch.chdir(root)
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    code, out, err = run(capsys, "occurrences", path, "--format", "jsonl")
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert str(path) in err
    assert said in err
    assert "Traceback" not in err


def test_one_bad_file_among_good_ones_prints_nothing(story, tmp_path, capsys):
    code, out, err = run(capsys, "occurrences", story, tmp_path / "gone.txt")
    assert (code, out) == (2, "")
    assert "gone.txt" in err


def test_an_unknown_term_lists_none_of_its_own(story, capsys):
    code, _, err = run(capsys, "occurrences", story, "--term", "going drak")
    assert code == 2
    assert "going drak" in err


@pytest.mark.parametrize("command", ["fetch", "measure", "verify"])
def test_an_unknown_study_is_named(capsys, monkeypatch, root, command):
    monkeypatch.chdir(root)
    code, _, err = run(capsys, command, "oversihgt")
    assert code == 2
    assert err.count("\n") == 1
    assert "oversight" in err


def test_outside_a_project_it_says_so(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "verify", "oversight")
    assert code == 2
    assert "no project here or above" in err


def test_verify_of_the_committed_study(capsys, monkeypatch, root):
    monkeypatch.chdir(root)
    code, out, _ = run(capsys, "verify", "oversight")
    assert code == 0
    assert "every file is what its manifest records" in out


@pytest.mark.shared
def test_a_measured_study_is_written_whole(tmp_path, capsys, monkeypatch, root, shared):
    shutil.copytree(root / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    assert run(capsys, "fetch", "oversight", "--from", shared / "corpora")[0] == 0
    (tmp_path / "data" / "studies" / "oversight" / "utterances.csv").unlink()
    code, out, _ = run(capsys, "verify", "oversight")
    assert (code, out) == (1, "oversight/utterances.csv: missing\n")
    code, out, _ = run(capsys, "measure", "oversight")
    assert code == 0
    assert out.startswith("oversight: 11 documents, ")
    code, out, _ = run(capsys, "verify", "oversight")
    assert code == 0
    assert out.count("identical") == 7


def test_rebuild_says_what_differs(tmp_path, capsys, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "codebook.toml").touch()
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.txt").write_text("a")
    monkeypatch.chdir(tmp_path)
    code, out, _ = run(capsys, "rebuild")
    assert code == 0
    assert "1 of 1 files identical with what is committed" in out


def test_the_module_runs(root):
    done = subprocess.run(
        [sys.executable, "-m", "analysis", "--help"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0
    assert "occurrences" in done.stdout


def test_verify_of_all_data(capsys, monkeypatch, root):
    monkeypatch.chdir(root)
    code, out, _ = run(capsys, "verify")
    assert code == 0, out
    assert "files in data/ as their manifests record" in out


def test_a_datum_changed_on_purpose_is_recorded_anew(tmp_path, capsys, monkeypatch, root):
    shutil.copytree(root / "data", tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    before = (tmp_path / "data" / "manifest.json").read_bytes()
    assert run(capsys, "record")[0] == 0
    assert (tmp_path / "data" / "manifest.json").read_bytes() == before
    with (tmp_path / "data" / "voices" / "README.md").open("a") as file:
        file.write("More.\n")
    code, out, _ = run(capsys, "verify")
    assert code == 1
    assert out.startswith("data/voices/README.md: changed (sha256 ")
    assert run(capsys, "record")[0] == 0
    assert run(capsys, "verify")[0] == 0


def test_without_a_manifest_verify_says_so(tmp_path, capsys, monkeypatch, root):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "codebook.toml").touch()
    monkeypatch.chdir(tmp_path)
    code, _, err = run(capsys, "verify")
    assert code == 2
    assert "manifest.json: not there" in err

"""A study of one's own: what a full disk, a kill, a second process or too little memory leave."""

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from analysis import cli
from analysis.corpus import intake
from analysis.errors import AnalysisError
from analysis.storage import files as disk
from analysis.storage import locks
from analysis.study import counted, measured
from analysis.study import new as newstudy

PROJECT = Path(__file__).resolve().parents[2]
FILES = 8  # four tables, codebook, speakers, what is left out, and the manifest
WRITES = FILES + 2  # and the table of speakers beside the texts, and the notebook
RENAMINGS = 2 * FILES + 1 + 2  # staged, the stage made ready, moved; then those two


@pytest.fixture
def project(tmp_path):
    top = tmp_path / "project"
    (top / "data" / "studies").mkdir(parents=True)
    book = (PROJECT / "data" / "codebook.toml").read_bytes()
    (top / "data" / "codebook.toml").write_bytes(book)
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("ARDEN: Mass surveillance.\nBELL: No.\n")
    return top, texts


def everything(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def fill_the_disk(monkeypatch, at):
    """Let the write number ``at`` and all after it find no room."""
    written = []
    real = os.fsync

    def full(handle):
        written.append(handle)
        if len(written) > at:
            raise OSError(errno.ENOSPC, "No space left on device")
        real(handle)

    monkeypatch.setattr(disk.os, "fsync", full)


@pytest.mark.parametrize("at", range(WRITES))
def test_a_full_disk_leaves_no_part_of_a_first_study(project, monkeypatch, capsys, at):
    top, texts = project
    before = everything(top)
    fill_the_disk(monkeypatch, at)
    monkeypatch.chdir(top)
    assert cli.main(["new", "mine", str(texts)]) == 2
    said = capsys.readouterr().err
    assert "No space left" in said
    last = {FILES: "texts/speakers.csv", FILES + 1: "mine.ipynb"}
    assert last.get(at, "data/studies/mine") in said
    assert everything(top) == before
    monkeypatch.undo()
    newstudy.new_study("mine", texts, top=top)
    assert measured.verify(top / "data" / "studies" / "mine") == []


@pytest.mark.parametrize("at", [0, 2, 4])
def test_a_full_disk_leaves_the_study_of_before_as_it_was(project, monkeypatch, at):
    top, texts = project
    newstudy.new_study("mine", texts, top=top)
    before = everything(top / "data" / "studies")
    (texts / "b.txt").write_text("CORDAY: Going dark.\nARDEN: No.\n")
    fill_the_disk(monkeypatch, at)
    with pytest.raises(AnalysisError, match="No space left"):
        newstudy.new_study("mine", texts, top=top, replace=True)
    monkeypatch.undo()
    assert everything(top / "data" / "studies") == before
    assert not [path for path in top.rglob(".*.*") if path.is_file()]
    made, _ = newstudy.new_study("mine", texts, top=top, replace=True)
    assert len(made.documents) == 2


def test_a_full_disk_does_not_make_a_text_unreadable(project, monkeypatch):
    _, texts = project
    (texts / "a.txt").rename(texts / "a.pdf")  # its form is that of a text; PDF files are kept
    fill_the_disk(monkeypatch, 0)
    found = intake.read([texts], kept=texts.parent / "kept")
    assert [one.document for one in found.documents] == ["a"]
    assert not len(found.skipped)


def test_a_project_that_cannot_be_written_to_is_named_before_anything_is_read(
    project, monkeypatch, capsys
):
    top, texts = project
    monkeypatch.chdir(top)
    real = Path.open

    def refuse(self, mode="r", *rest, **options):
        if "r" not in mode:
            raise OSError(errno.EROFS, "Read-only file system")
        return real(self, mode, *rest, **options)

    monkeypatch.setattr(Path, "open", refuse)
    monkeypatch.setattr(intake, "read", lambda *a, **k: pytest.fail("texts were read"))
    assert cli.main(["new", "mine", str(texts)]) == 2
    assert "data/studies: cannot be written (Read-only" in capsys.readouterr().err


KILLED = """
import os, pathlib, sys
from analysis.study import new as newstudy
real, count = pathlib.Path.replace, 0
def replace(self, other):
    global count
    if count == int(sys.argv[1]):
        os.kill(os.getpid(), 9)
    count += 1
    return real(self, other)
for at in range(int(sys.argv[1]), int(sys.argv[2])):
    count, sys.argv[1] = 0, at
    pathlib.Path.replace = replace
    if os.fork() == 0:
        newstudy.new_study(f"mine{at}", pathlib.Path("../texts"), top=pathlib.Path())
        os._exit(0)
    print(at, os.waitstatus_to_exitcode(os.wait()[1]), flush=True)
"""


def test_killed_at_any_renaming_the_next_run_is_whole(project):
    """All files staged, made ready, moved to their places; then the speakers and the notebook."""
    top, texts = project
    every = [sys.executable, "-W", "ignore", "-c", KILLED, "0", str(RENAMINGS + 1)]
    done = subprocess.run(every, cwd=top, check=True, capture_output=True, text=True)
    killed = [f"{at} -9" for at in range(RENAMINGS)]
    assert done.stdout.split("\n") == [*killed, f"{RENAMINGS} 0", ""]
    newstudy.new_study("whole", texts, top=top)
    for at in range(RENAMINGS):
        _, notebook = newstudy.new_study(f"mine{at}", texts, top=top)
        assert notebook.is_file()
        folder = top / "data" / "studies" / f"mine{at}"
        assert measured.verify(folder) == []
        words = (folder / "words.parquet").read_bytes()
        assert words == (top / "data/studies/whole/words.parquet").read_bytes()
    with pytest.raises(AnalysisError, match="there is a study of this name"):
        newstudy.new_study("mine3", texts, top=top)
    assert not list((top / "data" / "studies").glob(".*"))


def test_of_two_at_once_one_is_refused(project):
    top, texts = project
    with locks.held(top / "data" / "studies" / ".mine.lock", "`new mine`") as killed:
        assert not killed
        command = [sys.executable, "-m", "analysis", "new", "mine", str(texts)]
        second = subprocess.run(command, cwd=top, check=False, capture_output=True, text=True)
    assert second.returncode == 2
    assert f"at work already (process {os.getpid()})" in second.stderr
    assert not (top / "data" / "studies" / "mine").exists()
    newstudy.new_study("mine", texts, top=top)


def test_too_little_memory_is_one_sentence(project, monkeypatch, capsys):
    top, texts = project
    monkeypatch.chdir(top)

    def starve(*_, **__):
        raise MemoryError

    monkeypatch.setattr(counted, "counted", starve)
    assert cli.main(["new", "mine", str(texts)]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert not (top / "data" / "studies" / "mine").exists()


@pytest.mark.skipif(sys.platform != "linux", reason="limits memory as Linux does")
def test_a_process_that_may_not_grow_ends_with_one_sentence(project):
    top, texts = project
    turns = "ARDEN: Mass surveillance, and again.\nBELL: No, said nobody at all.\n" * 100_000
    (texts / "large.txt").write_text(turns)
    program = (
        "import resource, sys; import analysis.study.new, analysis.cli; "
        "used = int(open('/proc/self/statm').read().split()[0]) * resource.getpagesize(); "
        "resource.setrlimit(resource.RLIMIT_AS, (used + 40 * 2**20,) * 2); "
        "sys.exit(analysis.cli.main(sys.argv[1:]))"
    )
    command = [sys.executable, "-c", program, "new", "mine", str(texts)]
    done = subprocess.run(command, cwd=top, check=False, capture_output=True, text=True)
    assert done.returncode == 2, done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    assert "too little memory" in done.stderr
    assert not (top / "data" / "studies" / "mine").exists()


def test_one_s_own_study_is_held_to_its_manifest(project, monkeypatch, capsys):
    top, texts = project
    monkeypatch.chdir(top)
    assert cli.main(["new", "mine", str(texts)]) == 0
    assert cli.main(["verify", "mine"]) == 0
    assert "mine: every file is what its manifest records" in capsys.readouterr().out
    words = top / "data" / "studies" / "mine" / measured.UTTERANCES
    words.write_bytes(words.read_bytes() + b"\n")
    assert cli.main(["verify", "mine"]) == 1
    assert f"mine/{measured.UTTERANCES}: " in capsys.readouterr().out


def test_one_s_own_study_is_held_to_the_folder_of_its_texts(project, monkeypatch, capsys):
    top, texts = project
    monkeypatch.chdir(top)
    assert cli.main(["new", "mine", str(texts)]) == 0
    before = everything(top)
    assert cli.main(["verify", "mine"]) == 0
    said = capsys.readouterr().out
    assert "measured anew from ../texts" in said
    assert said.count("identical") == FILES
    assert everything(top) == before
    # Not one number changes; the text does.
    (texts / "a.txt").write_text("ARDEN: Mass surveillance!\nBELL: No.\n")
    assert cli.main(["verify", "mine"]) == 1
    assert "differs" in capsys.readouterr().out
    texts.rename(top / "elsewhere")
    assert cli.main(["verify", "mine"]) == 0
    said = capsys.readouterr().out
    assert "the texts lay in ../texts and are not there" in said
    assert "fetch" not in said

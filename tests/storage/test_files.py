import subprocess
import sys

import pytest

from analysis.errors import AnalysisError
from analysis.storage.files import finish, holds_files, replace_file, replace_files, sha256_of


def test_a_failed_write_leaves_what_was_there(tmp_path, monkeypatch):
    path = replace_file(tmp_path / "kept.txt", "before")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analysis.storage.files.os.fsync", full)
    with pytest.raises(AnalysisError, match=r"kept\.txt: cannot be written \(No space left"):
        replace_file(path, "after")
    assert path.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["kept.txt"]


def read_only(*_, **__):
    raise OSError(30, "Read-only file system")


def test_what_holds_the_bytes_already_is_not_written_again(tmp_path, monkeypatch):
    path = replace_file(tmp_path / "kept.txt", "before")
    folder = replace_files(tmp_path / "mine", {"a": b"1", "b": b"2"})
    monkeypatch.setattr("analysis.storage.files.tempfile.mkstemp", read_only)
    monkeypatch.setattr("analysis.storage.files.Path.replace", read_only)
    assert replace_file(path, "before") == path
    assert replace_files(folder, {"b": b"2"}) == folder
    with pytest.raises(AnalysisError, match=r"kept\.txt: cannot be written \(Read-only"):
        replace_file(path, "after!")
    with pytest.raises(AnalysisError, match=r"mine: cannot be written|b: cannot be written"):
        replace_files(folder, {"b": b"3"})
    assert (folder / "b").read_bytes() == b"2"


def test_hash_of_a_missing_file_is_refused(tmp_path):
    with pytest.raises(AnalysisError, match=r"gone: cannot be read"):
        sha256_of(tmp_path / "gone")


def test_the_hash_is_sha256(tmp_path):
    # FIPS 180-2, appendix B.1
    path = replace_file(tmp_path / "abc", b"abc")
    assert sha256_of(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"


OLD, NEW = {"a": b"old a", "b": b"old b", "z": b"old z"}, {"a": b"new a", "b": b"new b", "c": b""}
CUT_OFF = """
import os, pathlib, sys
from analysis.storage.files import replace_files
real, left = pathlib.Path.replace, int(sys.argv[2])
def replace(self, other):
    global left
    left -= 1
    if left < 0:
        os._exit(137)  # as a kill does: nothing is tidied up
    return real(self, other)
pathlib.Path.replace = replace
replace_files(sys.argv[1], {"a": b"new a", "b": b"new b", "c": b""})
"""


@pytest.mark.parametrize("at", range(8))
def test_files_that_belong_together_are_all_old_or_all_new(tmp_path, at):
    folder = replace_files(tmp_path / "mine", OLD)
    done = subprocess.run([sys.executable, "-c", CUT_OFF, folder, str(at)], check=False)
    # Three writings, the renaming of their folder, three moves.
    assert done.returncode == (137 if at < 7 else 0)
    finish(folder)
    found = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert found == (OLD if at < 4 else OLD | NEW)
    replace_files(folder, NEW)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == OLD | NEW


def test_a_folder_cut_off_before_its_first_file_is_free(tmp_path):
    folder = tmp_path / "mine"
    subprocess.run([sys.executable, "-c", CUT_OFF, folder, "2"], check=False)
    assert folder.exists()
    assert not holds_files(folder)
    replace_files(folder, NEW)
    assert holds_files(folder)


def test_a_folder_that_cannot_be_finished_says_so(tmp_path, monkeypatch):
    folder = replace_files(tmp_path / "mine", OLD)
    (folder / ".ready").mkdir()
    (folder / ".ready" / "a").write_bytes(b"new a")

    def refuse(self, other):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("pathlib.Path.replace", refuse)
    with pytest.raises(AnalysisError, match="cannot be written"):
        finish(folder)

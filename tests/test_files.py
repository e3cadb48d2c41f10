import pytest

from analysis.errors import AnalysisError
from analysis.files import replace_file, sha256_of


def test_a_failed_write_leaves_what_was_there(tmp_path, monkeypatch):
    path = replace_file(tmp_path / "kept.txt", "before")

    def full(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analysis.files.os.fsync", full)
    with pytest.raises(AnalysisError, match=r"kept\.txt: cannot be written \(No space left"):
        replace_file(path, "after")
    assert path.read_text() == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["kept.txt"]


def test_hash_of_a_missing_file_is_refused(tmp_path):
    with pytest.raises(AnalysisError, match=r"gone: cannot be read"):
        sha256_of(tmp_path / "gone")


def test_the_hash_is_sha256(tmp_path):
    # FIPS 180-2, appendix B.1
    path = replace_file(tmp_path / "abc", b"abc")
    assert sha256_of(path) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"

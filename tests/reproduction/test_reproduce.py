import asyncio
import os
import subprocess
from concurrent.futures import ThreadPoolExecutor

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.errors import AnalysisError
from analysis.reproduction import notebooks, page, reproduce
from analysis.study import data_manifest


def write(path, *sources):
    book = new_notebook(cells=[new_code_cell(source) for source in sources])
    path.parent.mkdir(exist_ok=True)
    nbformat.write(book, path)
    return path


def test_a_notebook_run_twice_has_the_same_bytes(tmp_path):
    path = write(tmp_path / "00_a.ipynb", "1 + 1", "print('two')")
    first = notebooks.run_notebook(path).read_bytes()
    assert b'"text/plain": [\n       "2"' in first or b"2" in first
    assert notebooks.run_notebook(path).read_bytes() == first
    assert "version" not in nbformat.read(path, 4).metadata["language_info"]


def test_a_notebook_can_run_another(tmp_path):
    path = write(tmp_path / "00_a.ipynb", "1 + 1")

    async def asked_in_a_cell():
        return notebooks.run_notebook(path)

    # In a thread, since a browser's tests may leave a loop running in this one.
    with ThreadPoolExecutor(1) as alone:
        assert alone.submit(lambda: asyncio.run(asked_in_a_cell())).result() == path
    assert nbformat.read(path, 4).cells[0].outputs


def test_a_failing_cell_is_named_and_the_notebook_left_alone(tmp_path):
    path = write(tmp_path / "00_a.ipynb", "1", "1 / 0")
    before = path.read_bytes()
    with pytest.raises(AnalysisError, match=r"00_a\.ipynb: code cell 2 fails: ZeroDivisionError"):
        notebooks.run_notebook(path)
    assert path.read_bytes() == before


def test_a_rebuild_says_what_differs(tmp_path):
    write(tmp_path / "notebooks" / "00_a.ipynb", "open('../figures/a.txt', 'w').write('new')")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.txt").write_text("old")
    (tmp_path / "figures" / "b.txt").write_text("same")
    table = reproduce.rebuild(tmp_path).set_index("file")["verdict"]
    assert table["figures/a.txt"] == "differs"
    assert table["figures/b.txt"] == "identical"


def test_a_rebuild_says_nothing_of_what_it_does_not_make(tmp_path):
    write(tmp_path / "notebooks" / "00_a.ipynb", "1")
    write(tmp_path / "notebooks" / "90_explore.ipynb", "1")
    write(tmp_path / "notebooks" / "mine.ipynb", "1")
    (tmp_path / "notebooks" / "captions").mkdir()
    (tmp_path / "notebooks" / "captions" / "a.md").touch()
    (tmp_path / "data" / "studies" / "mine").mkdir(parents=True)
    (tmp_path / "figures" / "mine").mkdir(parents=True)
    (tmp_path / "figures" / "mine" / "a.svg").touch()
    assert list(reproduce.rebuild(tmp_path)["file"]) == ["notebooks/00_a.ipynb"]


def test_what_is_committed_is_known_by_gits_own_hash(root):
    known = reproduce.committed(root)
    assert any(name.startswith("figures/") for name in known)
    assert all(len(value) == 40 for value in known.values())


def archive(top):
    """Lay an unpacked archive of a small project there, which git does not know."""
    (top / "notebooks").mkdir(parents=True)
    write(top / "notebooks" / "00_a.ipynb", "open('../figures/a.txt', 'w').write('same')")
    for path in ("data/codebook.toml", "figures/a.txt"):
        (top / path).parent.mkdir(exist_ok=True)
        (top / path).write_text("same" if path.endswith("txt") else "")
    notebooks.run_notebook(top / "notebooks" / "00_a.ipynb")
    data_manifest.record(top)
    return top


def test_an_archive_unpacked_inside_another_checkout_is_compared_with_itself(tmp_path):
    subprocess.run(["git", "-C", str(tmp_path), "init", "-q"], check=True)
    (tmp_path / "other.txt").touch()
    for words in (
        ["add", "-A"],
        ["-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-q", "-m", "other"],
    ):
        subprocess.run(["git", "-C", str(tmp_path), *words], check=True)
    top = archive(tmp_path / "un zipé")
    assert set(reproduce.rebuild(top)["verdict"]) == {"identical"}


def test_without_git_the_tree_is_rebuilt_and_that_is_said_also_into_a_folder_within(tmp_path):
    top = archive(tmp_path / "un zipé")
    for _ in range(2):
        done = reproduce.reproduce(top, top / "mine")
        assert done.commit == ""
        assert done.wrong.empty
        assert "the tree as it lies, which git does not know here: Identical" in page.summary(done)
    assert not (top / "mine" / "committed" / "mine").exists()


def test_a_folder_that_cannot_be_written_is_named_with_what_to_do(tmp_path, monkeypatch):
    top = archive(tmp_path / "top")
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(AnalysisError, match=r"reproduction: cannot be written; .* OUT=FOLDER"):
        reproduce.reproduce(top, top / "build" / "reproduction")
    assert not (top / "build").exists()


def test_a_changed_lock_and_a_changed_style_are_named(tmp_path):
    for file in ("data/codebook.toml", "requirements.lock", "figures/style.toml"):
        (tmp_path / file).parent.mkdir(exist_ok=True)
        (tmp_path / file).write_text("[width]\n")
    data_manifest.record(tmp_path)

    def said():
        return data_manifest.verify_data(tmp_path).set_index("file")["verdict"]

    assert set(said()) == {data_manifest.RECORDED}
    for file in ("requirements.lock", "figures/style.toml"):
        (tmp_path / file).write_text("[width]\none_column = 90.0\n")
        assert said()[file] == "changed"
    (tmp_path / "requirements.lock").unlink()
    data_manifest.record(tmp_path)
    (tmp_path / "requirements.lock").write_text("other\n")
    assert said()["requirements.lock"] == "changed", "what was recorded is kept"


def test_a_style_that_nothing_records_is_named(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "codebook.toml").touch()
    data_manifest.record(tmp_path)
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "style.toml").touch()
    found = data_manifest.verify_data(tmp_path).set_index("file")["verdict"]
    assert found["figures/style.toml"] == "in no manifest"

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.errors import AnalysisError
from analysis.reproduction import reproduce


def write(path, *sources):
    book = new_notebook(cells=[new_code_cell(source) for source in sources])
    path.parent.mkdir(exist_ok=True)
    nbformat.write(book, path)
    return path


def test_a_notebook_run_twice_has_the_same_bytes(tmp_path):
    path = write(tmp_path / "00_a.ipynb", "1 + 1", "print('two')")
    first = reproduce.run_notebook(path).read_bytes()
    assert b'"text/plain": [\n       "2"' in first or b"2" in first
    assert reproduce.run_notebook(path).read_bytes() == first
    assert "version" not in nbformat.read(path, 4).metadata["language_info"]


def test_a_failing_cell_is_named_and_the_notebook_left_alone(tmp_path):
    path = write(tmp_path / "00_a.ipynb", "1", "1 / 0")
    before = path.read_bytes()
    with pytest.raises(AnalysisError, match=r"00_a\.ipynb: code cell 2 fails: ZeroDivisionError"):
        reproduce.run_notebook(path)
    assert path.read_bytes() == before


def test_a_rebuild_says_what_differs(tmp_path):
    write(tmp_path / "notebooks" / "00_a.ipynb", "open('../figures/a.txt', 'w').write('new')")
    (tmp_path / "figures").mkdir()
    (tmp_path / "figures" / "a.txt").write_text("old")
    (tmp_path / "figures" / "b.txt").write_text("same")
    table = reproduce.rebuild(tmp_path).set_index("file")["verdict"]
    assert table["figures/a.txt"] == "differs"
    assert table["figures/b.txt"] == "identical"


def test_what_is_committed_is_known_by_gits_own_hash(root):
    known = reproduce.committed(root)
    assert any(name.startswith("figures/") for name in known)
    assert all(len(value) == 40 for value in known.values())

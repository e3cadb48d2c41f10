"""Work in several processes: the same results in order, whatever dies."""

import multiprocessing
import os

import pytest

from analysis.text.processes import in_processes

BATCHES = [[number] for number in range(12)]
SQUARES = [number * number for [number] in BATCHES]
DYING = """
import os, signal, multiprocessing
def squares(batch):
    if multiprocessing.parent_process() is not None and batch[0] in DEADLY:
        os.kill(os.getpid(), signal.SIGKILL)
    return os.getpid() if WHERE else batch[0] * batch[0]
"""


@pytest.fixture
def function(tmp_path, monkeypatch):
    """Return what makes a function that another process finds, deadly at some batches."""

    def make(*deadly, where=False):
        name = f"squares_{'_'.join(map(str, deadly))}_{where}"
        code = f"DEADLY, WHERE = {set(deadly)}, {where}\n{DYING}"
        (tmp_path / f"{name}.py").write_text(code, encoding="utf-8")
        monkeypatch.syspath_prepend(tmp_path)
        return __import__(name).squares

    return make


@pytest.mark.parametrize("deadly", [(99,), (0,), (3, 4, 11), range(12)])
def test_what_dies_is_done_here(function, deadly):
    assert list(in_processes(function(*deadly), BATCHES, workers=2)) == SQUARES


def test_the_living_go_on_beside_the_dead(function):
    made = list(in_processes(function(0, where=True), BATCHES, workers=2))
    assert made[0] == os.getpid()
    assert made[-1] != os.getpid()


def test_an_error_passes_and_nothing_stays():
    with pytest.raises(TypeError):
        list(in_processes(sum, [["a"]], workers=2))
    assert not multiprocessing.active_children()


def test_who_asks_no_more_leaves_no_process():
    made = in_processes(len, iter(BATCHES), workers=2)
    assert next(made) == 1
    made.close()
    assert not multiprocessing.active_children()

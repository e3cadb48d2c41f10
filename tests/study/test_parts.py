"""A study measured part by part has the bytes of one measured at once."""

import csv
import errno
import multiprocessing
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pytest

from analysis import cli
from analysis.errors import AnalysisError
from analysis.readers import table_stream
from analysis.study import joined, measured, parts, words_file
from analysis.study import new as newstudy
from analysis.text import processes

PROJECT = Path(__file__).resolve().parents[2]
SAID = (
    "Mass surveillance is not what we do.",
    "They fear going dark, naïvely or not.",
    "=1+1 is a sum; bulk collection\na list.",
    "Nothing.",
)
SITTING = "ARDEN: We read the lists of the harbour, all of them.\nBELL: Mass surveillance.\n"


@pytest.fixture
def top(tmp_path):
    (tmp_path / "data" / "studies").mkdir(parents=True)
    book = (PROJECT / "data" / "codebook.toml").read_bytes()
    (tmp_path / "data" / "codebook.toml").write_bytes(book)
    return tmp_path


def write_turns(path, number=60):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["document", "speaker", "party", "date", "text"])
        for at in range(number):
            day = f"2020-01-{1 + at % 28:02}"
            writer.writerow([f"d{at * 7 % 20}", f"S{at % 3}", "=P", day, SAID[at % 4]])


@pytest.fixture
def texts(tmp_path):
    """A table whose documents lie apart, transcripts, press, a text said twice, one unread."""
    folder = tmp_path / "texts"
    folder.mkdir()
    write_turns(folder / "turns.csv")
    for path in sorted((PROJECT / "data" / "demo").glob("*_0[12].txt")):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "twin.txt").write_bytes((folder / "speech_01.txt").read_bytes())
    for name in ("sitting.en.txt", "sitting.txt"):
        (folder / name).write_text(SITTING * 3)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 no more")
    (folder / "ligature.txt").write_text("CORDAY: The o\ufb03ce is going dark.\n")
    (folder / "kana.txt").write_text("だれが名簿を読むのか。" * 40)
    return folder


def study_of(top, name, texts, monkeypatch, part=None, **options):
    if part:
        monkeypatch.setattr(parts, "SIZE", part)
    made, _ = newstudy.new_study(name, texts, top=top, **options)
    folder = top / "data" / "studies" / name
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    files["manifest.json"] = files["manifest.json"].replace(f'"{name}"'.encode(), b"NAME")
    # What the first run began beside the texts, the second would only read.
    (texts / "speakers.csv").unlink(missing_ok=True)
    assert not (top / ".cache" / "intake" / name).exists()
    return str(made), files


@pytest.mark.parametrize("part", [1, 900, 8_000])
def test_parts_of_any_size_give_the_same_bytes_and_the_same_report(top, texts, monkeypatch, part):
    whole = study_of(top, "whole", texts, monkeypatch, part=10**9)
    assert "near-duplicates:" in whole[0]
    assert "another form of" in whole[0]
    assert {"statements.csv", "windows.csv", "collocates.csv", "speakers.csv"} <= set(whole[1])
    assert study_of(top, "parts", texts, monkeypatch, part=part) == whole


def test_a_carriage_return_in_a_name_puts_the_whole_table_in_quotes(top, tmp_path, monkeypatch):
    folder = tmp_path / "texts"
    folder.mkdir()
    for at, name in enumerate(["A", r"B\rB", "C"]):
        line = f'{{"speaker": "{name}", "text": "Mass surveillance."}}\n'
        (folder / f"{at}.jsonl").write_text(line)
    whole = study_of(top, "whole", folder, monkeypatch, part=10**9)
    assert b'"A"' in whole[1]["utterances.csv"]
    assert study_of(top, "parts", folder, monkeypatch, part=1) == whole


def test_a_group_of_words_ends_where_it_does_in_one_table(top, texts, monkeypatch):
    monkeypatch.setattr(words_file, "ROWS", 100)
    whole = study_of(top, "whole", texts, monkeypatch, part=10**9)
    assert study_of(top, "parts", texts, monkeypatch, part=700) == whole
    made = measured.read_study("whole", top / "data" / "studies" / "whole")
    assert len(made.words) > 500
    assert measured.encode(made)["words.parquet"] == whole[1]["words.parquet"]


def test_nothing_to_read_is_said_as_ever(top, tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 no more")
    with pytest.raises(AnalysisError, match=r"broken\.pdf"):
        newstudy.new_study("mine", folder, top=top)
    assert not list(top.glob(".cache/**/*.*"))


@pytest.mark.parametrize("at", [0, 3, 9, 14])
def test_a_full_disk_is_named_and_nothing_is_left(top, texts, monkeypatch, capsys, at):
    monkeypatch.setattr(parts, "SIZE", 2_000)
    before = {path: path.read_bytes() for path in top.rglob("*") if path.is_file()}
    written = []
    real = joined.Path.open

    def full(self, mode="r", *rest, **options):
        if "parts" in self.parts and "r" not in mode:
            written.append(self)
            if len(written) > at:
                raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, mode, *rest, **options)

    monkeypatch.setattr(joined.Path, "open", full)
    monkeypatch.chdir(top)
    assert cli.main(["new", "mine", str(texts), "--workers", "1"]) == 2
    said = capsys.readouterr().err
    assert ".cache/intake/mine" in said
    assert "No space left" in said
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in top.rglob("*") if path.is_file()} == before


def test_two_processes_give_the_same_bytes(top, texts, monkeypatch):
    whole = study_of(top, "whole", texts, monkeypatch, part=10**9)
    # Nothing is measured here, so all of it is measured there.
    monkeypatch.setattr(parts, "measure_part", lambda *_, **__: pytest.fail("measured here"))
    assert study_of(top, "parts", texts, monkeypatch, part=4_000, workers=2) == whole


def test_a_killed_process_loses_nothing(top, texts, monkeypatch):
    whole = study_of(top, "whole", texts, monkeypatch, part=10**9)
    killed = []

    def kill():
        end = time.monotonic() + 20
        while not killed and time.monotonic() < end:
            for child in multiprocessing.active_children():
                os.kill(child.pid, signal.SIGKILL)
                killed.append(child.pid)
                break
            time.sleep(0.01)

    thread = threading.Thread(target=kill)
    thread.start()
    made = study_of(top, "parts", texts, monkeypatch, part=2_000, workers=2)
    thread.join()
    assert killed
    assert made == whole


def test_a_worker_killed_on_a_cluster_loses_nothing(top, texts, monkeypatch, capsys):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(parts, "SIZE", 2_000)
    monkeypatch.chdir(top)
    assert cli.main(["new", "one", str(texts), "--workers", "1"]) == 0
    (texts / "speakers.csv").unlink()
    one = capsys.readouterr().out
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=top / "dask"
    ) as cluster:
        victim = next(iter(cluster.workers.values()))
        thread = threading.Timer(0.3, os.kill, (victim.pid, signal.SIGKILL))
        thread.start()
        address = cluster.scheduler_address
        assert cli.main(["new", "two", str(texts), "--scheduler", address]) == 0
        thread.join()
    assert capsys.readouterr().out.replace("two", "one") == one
    for file in (top / "data/studies/one").iterdir():
        made = (top / "data/studies/two" / file.name).read_bytes()
        assert made.replace(b'"two"', b'"one"') == file.read_bytes()


def test_an_address_without_a_scheduler_is_named(top, texts, monkeypatch, capsys):
    pytest.importorskip("distributed")
    monkeypatch.setattr(parts, "CONNECT", "1s")
    monkeypatch.chdir(top)
    assert cli.main(["new", "mine", str(texts), "--scheduler", "tcp://127.0.0.1:1"]) == 2
    assert "no Dask scheduler" in capsys.readouterr().err


def test_a_large_table_is_streamed_into_the_study(top, tmp_path, monkeypatch):
    folder = tmp_path / "texts"
    folder.mkdir()
    write_turns(folder / "turns.csv", 200)
    whole = study_of(top, "whole", folder, monkeypatch, part=10**9)
    monkeypatch.setattr(table_stream, "LARGE", 0)
    assert study_of(top, "parts", folder, monkeypatch, part=700) == whole


def double(items):
    return [2 * item for item in items]


def die_once(items):
    """Double, but end the process at a three if it is not the test's own."""
    if 3 in items and os.getpid() != int(os.environ["TEST_PROCESS"]):
        os.kill(os.getpid(), signal.SIGKILL)
    return double(items)


def test_processes_answer_in_order_and_one_that_dies_loses_nothing(monkeypatch):
    monkeypatch.setenv("TEST_PROCESS", str(os.getpid()))
    batches = [[at, at + 1] for at in range(8)]
    expected = list(map(double, batches))
    assert list(processes.in_processes(double, batches, 1)) == expected
    # A test of importlib's kind is not found by another process: this module is given a name.
    monkeypatch.setitem(sys.modules, "test_parts", sys.modules[__name__])
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setattr(die_once, "__module__", "test_parts")
    assert list(processes.in_processes(die_once, batches, 2)) == expected

"""A study measured part by part has the bytes of one measured at once."""

import csv
import errno
import io
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

PROJECT = Path(__file__).resolve().parents[2]
SAID = (
    "Mass surveillance is not what we do.",
    "They fear going dark, naïvely or not.",
    "=1+1 is a sum; bulk collection\na list.",
    "Nothing.",
)
SITTING = "ARDEN: We read the lists of the harbour, all of them.\nBELL: Mass surveillance.\n"


def write_turns(path, number=40):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["document", "speaker", "party", "date", "text"])
        for at in range(number):
            day = f"2020-01-{1 + at % 28:02}"
            writer.writerow([f"d{at * 5 % 7}", f"S{at % 3}", "=P", day, SAID[at % 4]])


@pytest.fixture(scope="module")
def top(tmp_path_factory):
    top = tmp_path_factory.mktemp("project")
    (top / "data" / "studies").mkdir(parents=True)
    book = (PROJECT / "data" / "codebook.toml").read_bytes()
    (top / "data" / "codebook.toml").write_bytes(book)
    return top


@pytest.fixture(scope="module")
def texts(top):
    """A table whose documents lie apart, transcripts, press, a text said twice, one unread."""
    folder = top / "texts"
    folder.mkdir()
    write_turns(folder / "turns.csv")
    demo = PROJECT / "data" / "demo"
    for name in ("press_01.txt", "speech_01.txt"):
        (folder / name).write_bytes((demo / name).read_bytes())
    (folder / "twin.txt").write_bytes((demo / "speech_01.txt").read_bytes())
    for name in ("sitting.en.txt", "sitting.txt"):
        (folder / name).write_text(SITTING * 3)
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 no more")
    (folder / "ligature.txt").write_text("CORDAY: The o\ufb03ce is going dark.\n")
    (folder / "kana.txt").write_text("だれが名簿を読むのか。" * 40)
    return folder


@pytest.fixture(scope="module")
def whole(top, texts):
    return study_of(top, "whole", texts)


def study_of(top, name, texts, **options):
    """Return the report on a study and its files; what it begins beside the texts is removed."""
    made, _ = newstudy.new_study(name, texts, top=top, **options)
    folder = top / "data" / "studies" / name
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    files["manifest.json"] = files["manifest.json"].replace(f'"{name}"'.encode(), b"NAME")
    (texts / "speakers.csv").unlink(missing_ok=True)
    assert not (top / ".cache" / "intake" / name).exists()
    return str(made), files


@pytest.mark.parametrize("part", [1, 900])
def test_parts_of_any_size_give_the_same_bytes_and_the_same_report(
    top, texts, whole, monkeypatch, part
):
    assert "near-duplicates:" in whole[0]
    assert "another form of" in whole[0]
    assert {"statements.csv", "windows.csv", "collocates.csv", "speakers.csv"} <= set(whole[1])
    monkeypatch.setattr(parts, "SIZE", part)
    monkeypatch.setattr(table_stream, "LARGE", 0)
    assert study_of(top, f"parts{part}", texts) == whole


def test_a_carriage_return_in_a_name_puts_the_whole_table_in_quotes(top, tmp_path, monkeypatch):
    for at, name in enumerate(["A", r"B\rB", "C"]):
        line = f'{{"speaker": "{name}", "text": "Mass surveillance."}}\n'
        (tmp_path / f"{at}.jsonl").write_text(line)
    expected = study_of(top, "returns", tmp_path)
    assert b'"A"' in expected[1]["utterances.csv"]
    monkeypatch.setattr(parts, "SIZE", 1)
    assert study_of(top, "returns-parts", tmp_path) == expected


def test_a_group_of_words_ends_where_it_does_in_one_table(top, texts, whole, monkeypatch):
    monkeypatch.setattr(words_file, "ROWS", 100)
    monkeypatch.setattr(parts, "SIZE", 3_000)
    made = study_of(top, "groups", texts)[1]
    read = measured.read_study("groups", top / "data" / "studies" / "groups")
    assert len(read.words) > 500
    assert made["words.parquet"] == measured.encode(read)["words.parquet"]
    assert made["words.parquet"] != whole[1]["words.parquet"]
    assert made["utterances.csv"] == whole[1]["utterances.csv"]


def test_nothing_to_read_is_said_as_ever(top, tmp_path):
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.4 no more")
    with pytest.raises(AnalysisError, match=r"broken\.pdf"):
        newstudy.new_study("nothing", tmp_path, top=top)
    assert not list(top.glob(".cache/**/*.*"))


@pytest.mark.parametrize("name", ["words", "said-2", "occurrences.csv"])
def test_a_full_disk_is_named_and_nothing_is_left(top, texts, monkeypatch, capsys, name):
    monkeypatch.setattr(parts, "SIZE", 3_000)
    before = {path: path.read_bytes() for path in top.rglob("*") if path.is_file()}
    real = joined.Path.open

    def full(self, mode="r", *rest, **options):
        if self.name == name and self.parent.name == "parts" and "r" not in mode:
            raise OSError(errno.ENOSPC, "No space left on device")
        return real(self, mode, *rest, **options)

    monkeypatch.setattr(joined.Path, "open", full)
    monkeypatch.chdir(top)
    assert cli.main(["new", "full", str(texts), "--workers", "1"]) == 2
    said = capsys.readouterr().err
    assert ".cache/intake/full" in said
    assert "No space left" in said
    monkeypatch.undo()
    assert {path: path.read_bytes() for path in top.rglob("*") if path.is_file()} == before


def test_more_than_one_part_shows_how_far_it_is(top, texts, whole, monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    monkeypatch.setattr(parts, "SIZE", 8_000)
    assert study_of(top, "shown", texts, progress=True) == whole
    shown = sys.stderr.getvalue()
    assert "measuring: 100%" in shown
    assert " characters/s" in shown


def test_two_processes_give_the_same_bytes(top, texts, whole, monkeypatch):
    # Nothing is measured here, so all of it is measured there.
    monkeypatch.setattr(parts, "measure_part", lambda *_, **__: pytest.fail("measured here"))
    monkeypatch.setattr(parts, "SIZE", 4_000)
    assert study_of(top, "two", texts, workers=2) == whole


def test_a_killed_process_loses_nothing(top, texts, whole, monkeypatch):
    monkeypatch.setattr(parts, "SIZE", 4_000)
    killed = []

    def kill():
        end = time.monotonic() + 60
        while not killed and time.monotonic() < end:
            for child in multiprocessing.active_children():
                os.kill(child.pid, signal.SIGKILL)
                killed.append(child.pid)
            time.sleep(0.01)

    thread = threading.Thread(target=kill)
    thread.start()
    made = study_of(top, "killed", texts, workers=2)
    thread.join()
    assert killed
    assert made == whole


def test_a_worker_killed_on_a_cluster_loses_nothing(top, texts, whole, monkeypatch, capsys):
    distributed = pytest.importorskip("distributed")
    monkeypatch.setattr(parts, "SIZE", 300)
    monkeypatch.chdir(top)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None, local_directory=top / "dask"
    ) as cluster:
        victim = next(iter(cluster.workers.values()))
        real, seen = joined.Joined.add, []

        def add(self, part):
            if not seen:
                os.kill(victim.pid, signal.SIGKILL)
            seen.append(part)
            real(self, part)

        monkeypatch.setattr(joined.Joined, "add", add)
        address = cluster.scheduler_address
        assert cli.main(["new", "cluster", "texts", "--scheduler", address]) == 0
    (texts / "speakers.csv").unlink()
    assert len(seen) > 4
    for name, made in whole[1].items():
        found = (top / "data/studies/cluster" / name).read_bytes()
        assert found.replace(b'"cluster"', b"NAME") == made


def test_an_address_without_a_scheduler_is_named(top, texts, monkeypatch, capsys):
    pytest.importorskip("distributed")
    monkeypatch.setattr(parts, "CONNECT", "1s")
    monkeypatch.chdir(top)
    assert cli.main(["new", "nowhere", "texts", "--scheduler", "tcp://127.0.0.1:1"]) == 2
    assert "no Dask scheduler" in capsys.readouterr().err

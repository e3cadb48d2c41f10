"""A study measured part by part has the bytes of one measured at once."""

import csv
import io
import os
import signal
import sys
import threading
import time
from pathlib import Path

import pandas as pd
import pyarrow.parquet as pq
import pytest

from analysis.corpus import intake, large_tables
from analysis.errors import AnalysisError
from analysis.readers import decoding
from analysis.study import measured, parts
from analysis.study import new as newstudy
from analysis.text import processes

PROJECT = Path(__file__).resolve().parents[2]
SAID = (
    "Mass surveillance is not what we do.",
    "They fear going dark, naïvely or not.",
    "=1+1 is a sum; bulk collection\na list.",
    "Nothing.",
)


@pytest.fixture
def top(tmp_path):
    (tmp_path / "data").mkdir()
    book = (PROJECT / "data" / "codebook.toml").read_bytes()
    (tmp_path / "data" / "codebook.toml").write_bytes(book)
    return tmp_path


@pytest.fixture
def texts(tmp_path):
    """A table whose documents lie apart, transcripts, and press stories."""
    folder = tmp_path / "texts"
    folder.mkdir()
    with (folder / "turns.csv").open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(["document", "speaker", "date", "text"])
        for at in range(60):
            writer.writerow([f"d{at * 7 % 20}", f"S{at % 3}", "2020-01-01", SAID[at % 4]])
    for path in sorted((PROJECT / "data" / "demo").glob("*_0[12].txt")):
        (folder / path.name).write_bytes(path.read_bytes())
    (folder / "twin.txt").write_bytes((folder / "speech_01.txt").read_bytes())
    return folder


def study_of(top, name, texts, monkeypatch, **options):
    part = options.pop("part", None)
    if part:
        monkeypatch.setattr(newstudy, "LARGE", 0)
        monkeypatch.setattr(newstudy, "PART", part)
    made, _ = newstudy.new_study(name, texts, top=top, **options)
    folder = top / "data" / "studies" / name
    files = {path.name: path.read_bytes() for path in folder.iterdir()}
    files["manifest.json"] = files["manifest.json"].replace(name.encode(), b"NAME")
    return str(made), files


@pytest.mark.parametrize("part", [1, 700, 20_000])
def test_parts_of_any_size_give_the_same_bytes_and_the_same_report(top, texts, monkeypatch, part):
    whole = study_of(top, "whole", texts, monkeypatch)
    assert "near-duplicates:" in whole[0]
    assert study_of(top, "parts", texts, monkeypatch, part=part) == whole
    assert not (top / ".cache" / "intake" / "parts").exists()


def test_a_group_of_rows_ends_where_it_does_in_one_table(top, texts, monkeypatch):
    study_of(top, "whole", texts, monkeypatch)
    words = measured.read_study("whole", top / "data" / "studies" / "whole").words
    (document, documents), (word, known) = (pd.factorize(words[n]) for n in ("document", "word"))
    numbers = (document, words["utterance"], word, words["count"])
    table = measured.word_rows(numbers, list(documents), list(known))
    sink = io.BytesIO()
    pq.write_table(table, sink, row_group_size=100, **measured.COMPRESSION)
    monkeypatch.setattr(parts, "ROWS", 100)
    made = study_of(top, "parts", texts, monkeypatch, part=700)[1]["words.parquet"]
    assert made == sink.getvalue()


def test_a_table_of_any_size_is_read_in_parts(texts, monkeypatch):
    expected = {one.document: one.text for one in intake.read([texts / "turns.csv"]).documents}
    monkeypatch.setattr(decoding, "MOST_BYTES", 500)
    monkeypatch.setattr(intake, "_PART", 300)
    found = intake.read([texts / "turns.csv"])
    assert {one.document: one.text for one in found.documents} == expected
    assert set(found.paths.values()) == {str(texts / "turns.csv")}


def test_rows_without_a_document_are_named_as_in_the_whole_table(tmp_path):
    path = tmp_path / "texts.csv"
    path.write_text("text,title\n" + "".join(f"Said {at}.,T\n" for at in range(12)))
    whole = {one.document: one.text for one in intake.read([path]).documents}
    pieces = large_tables.split(path, tmp_path / "parts", most=40)
    assert len(pieces) > 3
    read = [one for part in pieces for one in intake.read([part]).documents]
    assert {one.document: one.text for one in read} == whole


def test_a_broken_row_is_named_by_its_line_in_the_whole_table(tmp_path):
    path = tmp_path / "texts.csv"
    path.write_text("text,speaker\nFine.,A\nBroken\n")
    with pytest.raises(AnalysisError, match=r"texts\.csv, line 3.*1 fields"):
        large_tables.split(path, tmp_path / "parts", most=10)


def double(items):
    return [2 * item for item in items]


def die_once(items):
    """Double, but end the process at the first three if it is not the test's own."""
    if 3 in items and os.getpid() != int(os.environ["TEST_PROCESS"]):
        os.kill(os.getpid(), signal.SIGKILL)
    return double(items)


def test_processes_answer_in_order_and_one_that_dies_loses_nothing(monkeypatch):
    monkeypatch.setenv("TEST_PROCESS", str(os.getpid()))
    batches = [[at, at + 1] for at in range(8)]
    expected = list(map(double, batches))
    # A test of importlib's kind is not found by another process: this module is given a name.
    monkeypatch.setitem(sys.modules, "test_parts", sys.modules[__name__])
    assert list(processes.in_processes(double, batches, 1)) == expected
    monkeypatch.syspath_prepend(str(Path(__file__).parent))
    monkeypatch.setattr(die_once, "__module__", "test_parts")
    monkeypatch.setattr(sys.modules["test_parts"], "die_once", die_once)
    assert list(processes.in_processes(die_once, batches, 2)) == expected


def test_a_worker_that_dies_on_a_cluster_loses_nothing(top, texts, monkeypatch):
    distributed = pytest.importorskip("distributed")
    whole = study_of(top, "whole", texts, monkeypatch)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, dashboard_address=None
    ) as cluster:
        victim = next(iter(cluster.workers.values()))

        def kill():
            time.sleep(0.5)
            os.kill(victim.pid, signal.SIGKILL)

        thread = threading.Thread(target=kill)
        thread.start()
        address = cluster.scheduler_address
        made = study_of(top, "parts", texts, monkeypatch, part=700, scheduler=address)
        thread.join()
    assert made == whole

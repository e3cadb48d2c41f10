"""The same answers on Dask: two worker processes, one of which is killed in the middle."""

import logging
import os
import signal
import threading
import time

import numpy as np
import pandas as pd
import pytest
from distributed import Client, LocalCluster

from analysis import index as face
from analysis.codebook import read_codebook
from analysis.errors import AnalysisError
from analysis.index import index_table
from analysis.index.partitions import open_partitions

PARTS, ROWS = 24, 400
TERMS = ["going dark", "mass surveillance", "lighthouse keepers"]
PHRASES = [*TERMS, "bulk collection", "ethical responsibility", "the", "a", "of", "to", "fear"]
VOCABULARY = " ".join([*PHRASES, "harbour towns", "nobody ever reads the list"]).split()


@pytest.fixture(scope="module")
def corpus():
    rng = np.random.default_rng(11)
    texts = [" ".join(rng.choice(VOCABULARY, 100)) for _ in range(PARTS * ROWS)]
    columns = {
        "text": texts,
        "speaker": rng.choice(["ARDEN", "BELL", "CORDAY"], len(texts)),
        # Seven rows to a document: many begin in one partition and end in the next.
        "document": [f"d{row // 7}" for row in range(len(texts))],
    }
    return pd.DataFrame(columns, dtype="str")


@pytest.fixture(scope="module")
def folder(corpus, tmp_path_factory):
    folder = tmp_path_factory.mktemp("parts")
    for part in range(PARTS):
        rows = corpus.iloc[part * ROWS : (part + 1) * ROWS]
        rows.to_parquet(folder / f"part-{part:02}.parquet", index=False)
    return folder


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    with LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        dashboard_address="127.0.0.1:0",
        memory_limit="1.5GiB",
        local_directory=tmp_path_factory.mktemp("dask"),
        silence_logs=logging.CRITICAL,
    ) as cluster:
        yield cluster


@pytest.fixture(scope="module")
def client(cluster):
    with Client(cluster) as client:
        yield client


@pytest.fixture(scope="module")
def book(root):
    return read_codebook(root / "data" / "codebook.toml")


@pytest.fixture(scope="module")
def whole(corpus):
    return index_table(corpus)


def same(found, expected):
    pd.testing.assert_frame_equal(found, expected, check_exact=True)


def test_two_processes_answer_as_one_index_does(client, folder, whole, tmp_path):
    assert len(set(client.run(os.getpid).values()) - {os.getpid()}) == 2
    parts = open_partitions(folder, kept=tmp_path / "kept")
    same(
        face.phrases_by_speaker(parts, TERMS, client=client), face.phrases_by_speaker(whole, TERMS)
    )
    asked = {"where": {"speaker": ["ARDEN", "BELL"]}}
    same(face.keyness(parts, "BELL", client=client, **asked), face.keyness(whole, "BELL", **asked))
    same(face.frequency_list(parts, client=client), face.frequency_list(whole))
    same(face.ngrams(parts, 3, client=client), face.ngrams(whole, 3))
    same(face.keyness(parts, "BELL", client=client), face.keyness(whole, "BELL"))
    same(face.collocates(parts, "fear", client=client), face.collocates(whole, "fear"))
    same(face.dispersion(parts, TERMS, client=client), face.dispersion(whole, TERMS))
    for unit in ("document", "speaker"):
        asked = {"unit": unit, "resamples": 50, "seed": 3}
        same(
            face.resample(parts, TERMS, client=client, **asked),
            face.resample(whole, TERMS, **asked),
        )


def kill_when_half_done(cluster, pid, seen):
    """Kill one worker once it holds some counts that nobody has added yet."""
    (victim,) = (ws for ws in cluster.scheduler.workers.values() if seen["pids"][ws.address] == pid)
    deadline = time.monotonic() + 120
    while len(victim.has_what) < 3 and time.monotonic() < deadline:
        time.sleep(0.002)
    seen["held"] = len(victim.has_what)
    seen["unfinished"] = sum(
        task.state != "memory" for task in list(cluster.scheduler.tasks.values())
    )
    os.kill(pid, signal.SIGKILL)


@pytest.mark.skipif(os.name == "nt", reason="needs SIGKILL")
def test_a_killed_worker_changes_nothing(cluster, client, folder, whole, book):
    pids = client.run(os.getpid)
    pid = next(iter(pids.values()))
    seen = {"pids": pids}
    killer = threading.Thread(target=kill_when_half_done, args=(cluster, pid, seen))
    killer.start()
    found = face.occurrences_by_speaker(open_partitions(folder), book, client=client)
    killer.join()
    assert seen["held"] >= 3
    assert seen["unfinished"] >= 3
    assert pid not in client.run(os.getpid).values()
    same(found, face.occurrences_by_speaker(whole, book))


def test_a_worker_says_which_partition_is_at_fault(client, folder, tmp_path):
    (tmp_path / "part-0.parquet").write_bytes((folder / "part-00.parquet").read_bytes())
    (tmp_path / "part-1.parquet").write_bytes(b"not Parquet")
    with pytest.raises(AnalysisError, match=r"part-1\.parquet: not Parquet"):
        face.frequency_list(open_partitions(tmp_path), client=client)

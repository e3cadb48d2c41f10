"""Ask a partitioned corpus on a local Dask cluster of two processes, and one index, the same.

    python benchmarks/cluster.py --tokens 100M [--folder FOLDER] [--only PHASE ...]

Texts are those of ``../shared/bench`` (or ``$DISCOURSE_SHARED``) in partitions; 100M is drawn from
the 10M file. ``one`` asks a single index in a process of its own; ``streamed`` asks the
partitions one after the other, each indexed in memory;
``dask`` asks two workers, every answer compared with that of the single index to the last digit;
``killed`` kills a worker in the middle of building the indexes and in the middle of scanning for
the codebook. Prints Markdown tables: seconds, core-seconds of the workers, peak memory of every
process (resident, mapped files included), and the slope over a quarter, a half and all of the
partitions. FOLDER keeps texts and answers between calls.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import psutil
import pyarrow as pa
import pyarrow.parquet as pq
from run import FREQUENT, HERE, SHARED, SPEAKER

from analysis.index.partitions import open_partitions, split

PHASES = ("draw", "one", "streamed", "dask", "killed")
LIMIT = 1.5
RESAMPLES = 200
PIECES = 4
SHARES = (0.25, 0.5, 1)


def questions():
    from analysis.codebook import read_codebook

    terms = (SHARED / "bench" / "terms.txt").read_text().split("\n")[:50]
    book = read_codebook(HERE.parent / "data" / "codebook.toml")
    return {
        "50 phrases by speaker": ("phrases_by_speaker", (terms,), {}),
        "frequency list": ("frequency_list", (), {}),
        "pairs of words": ("ngrams", (2,), {}),
        "keyness": ("keyness", (SPEAKER,), {}),
        "collocates, window 5": ("collocates", (FREQUENT,), {}),
        "dispersion of 50 phrases": ("dispersion", (terms,), {}),
        "document resampling, 50 phrases": ("resample", (terms,), {"resamples": RESAMPLES}),
        "codebook by speaker": ("occurrences_by_speaker", (book,), {}),
    }


class Watch:
    """Peak resident memory of processes, sampled every 20 ms."""

    def __init__(self, pids):
        self.pids, self.peak, self.stopped = pids, {}, threading.Event()
        self.thread = threading.Thread(target=self.run)

    def run(self):
        while not self.stopped.wait(0.02):
            for pid in self.pids():
                try:
                    now = psutil.Process(pid).memory_info().rss / 2**30
                except psutil.Error:
                    continue
                self.peak[pid] = max(now, self.peak.get(pid, 0))

    def since(self):
        """Give the largest peak since it was last asked."""
        peak = max(self.peak.values(), default=0)
        self.peak.clear()
        return peak

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.stopped.set()
        self.thread.join()


def timed(function):
    begin = time.perf_counter()
    answer = function()
    return answer, time.perf_counter() - begin


def own(function):
    """Time a function of this process: its answer, and its seconds by clock and by core."""
    begin = time.process_time()
    answer, seconds = timed(function)
    return answer, (seconds, time.process_time() - begin)


def draw(tokens, folder):
    """Cut the 1M or 10M file into partitions; 100M is drawn from the 10M file, seeded."""
    parts = folder / "parts"
    shutil.rmtree(parts, ignore_errors=True)
    if tokens != "100M":
        split(SHARED / "bench" / f"docs_{tokens}.parquet", parts, megabytes=2)
    else:
        parts.mkdir()
        table = pq.read_table(SHARED / "bench" / "docs_10M.parquet")
        rng = np.random.default_rng(20251123)
        for part in range(10 * PIECES):
            rows = table.take(rng.integers(0, len(table), len(table) // PIECES))
            names = pa.array([f"p{part}-{number}" for number in range(len(rows))])
            rows = rows.set_column(0, "doc_id", names)
            pq.write_table(rows, parts / f"part-{part:05}.parquet")
    sizes = [path.stat().st_size for path in parts.iterdir()]
    return {"partitions": len(sizes), "gigabytes": sum(sizes) / 1e9}


def one(folder):
    from analysis import index as face
    from analysis.index import build_index

    shutil.rmtree(folder / "one", ignore_errors=True)
    seconds, peak = {}, {}
    with Watch(lambda: [os.getpid()]) as watch:
        index, seconds["index"] = own(
            lambda: build_index(folder / "parts", folder / "one", document="doc_id")
        )
        peak["index"] = watch.since()
        for name, (function, arguments, options) in questions().items():
            ask = getattr(face, function)
            answer, seconds[name] = own(lambda: ask(index, *arguments, **options))  # noqa: B023
            answer.to_parquet(folder / f"{function}.parquet")
            peak[name] = watch.since()
    return {"seconds": seconds, "peak": peak, "words": index.tokens}


def streamed(folder):
    parts = _partitions(folder, None)
    seconds, equal = {}, {}
    with Watch(lambda: [os.getpid()]) as watch:
        for name, question in questions().items():
            if question[0] in ("phrases_by_speaker", "keyness", "dispersion"):
                answer, seconds[name] = own(lambda: _asked(parts, question, None))  # noqa: B023
                equal[name] = _is_same(folder, question, answer)
    return {"seconds": seconds, "peak": max(watch.peak.values()), "equal": equal}


def dask(folder):
    told = {"seconds": {}, "core_seconds": {}, "equal": {}, "asker": {}}
    asked, parts = questions(), _partitions(folder, folder / "kept")
    with _workers(folder) as (_cluster, client, watch):
        told["pids"] = list(client.run(os.getpid).values())
        for share in SHARES:
            shutil.rmtree(parts.kept, ignore_errors=True)
            name = f"index, {share:g}"
            _measure(name, _few(parts, share), asked["frequency list"], client, told=told)
        for name, question in asked.items():
            answer = _measure(name, parts, question, client, told=told)
            told["equal"][name] = _is_same(folder, question, answer)
            told["asker"][name] = watch.peak.pop(os.getpid(), 0)
        for name in ("pairs of words", "codebook by speaker"):
            for share in SHARES[:-1]:
                _measure(f"{name}, {share:g}", _few(parts, share), asked[name], client, told=told)
        told["peak"] = _peaks(watch)
    return told


def killed(folder):
    told, parts = {"killed": {}}, _partitions(folder, folder / "kept")
    with _workers(folder) as (cluster, client, watch):
        shutil.rmtree(parts.kept, ignore_errors=True)
        for name in ("frequency list", "codebook by speaker"):
            told["killed"][name] = _killed(folder, parts, questions()[name], cluster, client)
        told["peak"] = _peaks(watch)
    return told


@contextmanager
def _workers(folder):
    from distributed import Client, LocalCluster

    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            host="127.0.0.1",
            dashboard_address="127.0.0.1:0",
            memory_limit=f"{LIMIT}GiB",
            local_directory=folder / "dask",
            silence_logs=50,
        ) as cluster,
        Client(cluster) as client,
        Watch(lambda: [*(n.pid for n in cluster.workers.values() if n.pid), os.getpid()]) as watch,
    ):
        yield cluster, client, watch


def _peaks(watch):
    return [gib for pid, gib in watch.peak.items() if pid != os.getpid()]


def _few(parts, share):
    return replace(parts, paths=parts.paths[: round(share * len(parts.paths))])


def _partitions(folder, kept):
    return open_partitions(folder / "parts", kept=kept, document="doc_id")


def _asked(parts, question, client):
    from analysis import index as face

    function, arguments, options = question
    return getattr(face, function)(parts, *arguments, **options, client=client)


def _is_same(folder, question, answer):
    expected = pd.read_parquet(folder / f"{question[0]}.parquet")
    pd.testing.assert_frame_equal(answer, expected, check_exact=True)
    return True


def _measure(name, parts, question, client, *, told):
    before = _core_seconds(told["pids"])
    answer, told["seconds"][name] = timed(lambda: _asked(parts, question, client))
    told["core_seconds"][name] = _core_seconds(told["pids"]) - before
    return answer


def _core_seconds(pids):
    return sum(sum(psutil.Process(pid).cpu_times()[:2]) for pid in pids)


def _killed(folder, parts, question, cluster, client):
    """Kill a worker that has counted a sixth of the partitions; say what was seen."""
    pids = client.run(os.getpid)
    address, pid = next(iter(pids.items()))
    seen = {}

    def kill():
        tasks = cluster.scheduler.tasks
        victim = cluster.scheduler.workers[address]
        while len(victim.has_what) < max(len(parts.paths) // 6, 1):
            time.sleep(0.002)
        seen["held"] = len(victim.has_what)
        seen["unfinished"] = sum(task.state != "memory" for task in list(tasks.values()))
        os.kill(pid, signal.SIGKILL)

    killer = threading.Thread(target=kill)
    killer.start()
    answer, seen["seconds"] = timed(lambda: _asked(parts, question, client))
    killer.join()
    client.wait_for_workers(2)
    seen["gone"] = pid not in client.run(os.getpid).values()
    seen["equal"] = _is_same(folder, question, answer)
    return seen


def report(told):
    drawn, single, stream, dask_, lost = (told[phase] for phase in PHASES)
    words = single["words"]
    print(f"### {words:,} words in {drawn['partitions']} partitions\n")
    print("| question | one index, s | two workers, s | core-seconds | equal |")
    print("| --- | --- | --- | --- | --- |")
    seconds, cores = dask_["seconds"], dask_["core_seconds"]
    print(
        f"| read and index | {single['seconds']['index']:.1f} | {seconds['index, 1']:.1f} ", end=""
    )
    print(f"| {cores['index, 1']:.1f} | |")
    for name, equal in dask_["equal"].items():
        print(f"| {name} | {single['seconds'][name]:.2f} | {seconds[name]:.2f} ", end="")
        print(f"| {cores[name]:.1f} | {'yes' if equal else 'NO'} |")
    print("\n| a worker killed while asking | held | tasks to do | seconds | equal |")
    print("| --- | --- | --- | --- | --- |")
    for name, seen in lost["killed"].items():
        print(f"| {name} | {seen['held']} | {seen['unfinished']} | {seen['seconds']:.1f} ", end="")
        print(f"| {'yes' if seen['equal'] and seen['gone'] else 'NO'} |")
    print("\n| process | peak memory, GiB |\n| --- | --- |")
    for name in ("index", "pairs of words"):
        print(f"| one index: {name} | {single['peak'].pop(name):.2f} |")
    print(f"| one index: the rest | {max(single['peak'].values()):.2f} |")
    print(f"| partitions streamed in one process | {stream['peak']:.2f} |")
    print(f"| the larger of two workers | {max(dask_['peak']):.2f} |")
    print(f"| the largest worker, one killed | {max(lost['peak']):.2f} |")
    for name, gib in dask_["asker"].items():
        print(f"| the one who asks the workers: {name} | {gib:.2f} |")
    print("\nStreamed, each partition indexed in memory, core-seconds: ", end="")
    print(", ".join(f"{name} {core:.1f}" for name, (_, core) in stream["seconds"].items()))
    print("\n| slope | core-hours per billion words |\n| --- | --- |")
    for name in ("index", "pairs of words", "codebook by speaker"):
        sizes = np.array(SHARES) * words
        spent = [cores[f"{name}, {share:g}"] for share in SHARES[:-1]]
        spent.append(cores["index, 1"] if name == "index" else cores[name])
        slope = np.polyfit(sizes, spent, 1)[0]
        print(f"| {name} | {slope * 1e9 / 3600:.2f} |")
    assert max(dask_["peak"] + lost["peak"]) < LIMIT


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tokens", default="100M", help="1M, 10M or 100M")
    parser.add_argument("--folder", type=Path, help="keeps texts and answers between calls")
    parser.add_argument("--only", nargs="*", choices=PHASES, default=PHASES)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        folder = asked.folder or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        kept = folder / "told.json"
        told = json.loads(kept.read_text()) if kept.exists() else {}
        if len(asked.only) == 1:
            (phase,) = asked.only
            told[phase] = (
                draw(asked.tokens, folder) if phase == "draw" else globals()[phase](folder)
            )
            kept.write_text(json.dumps(told))
            return
        for phase in asked.only:
            # Each phase in a process of its own, so that its peak memory is its own.
            command = [sys.executable, __file__, "--tokens", asked.tokens, "--folder", folder]
            subprocess.run([*command, "--only", phase], check=True)
        told = json.loads(kept.read_text())
        if set(PHASES) <= set(told):
            report(told)


if __name__ == "__main__":
    main()

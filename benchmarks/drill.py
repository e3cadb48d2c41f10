"""A drill: a study made on two workers through the command line, one of them killed on the way.

    python benchmarks/drill.py [--tokens 3M] [--text FILE.csv] [--after SECONDS]

The study is made once by one process and once on a local Dask cluster of two workers, one of which
is killed (kill -9) while it works. Prints the seconds of both, the processor seconds and the peak
of the single process, and whether every file has the same bytes; exits with 1 if not.
"""

from __future__ import annotations

import argparse
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from distributed import LocalCluster
from made_text import speeches, words
from whole_path import SRC, project, run


def files(top):
    """Return the files of the study."""
    return {path.name: path.read_bytes() for path in (top / "data/studies/mine").iterdir()}


def on_two_workers(top, text, after):
    """Make the study on two workers, kill one, and return the status and if it was at work."""
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster:
        victim = next(iter(cluster.workers.values())).pid
        address = cluster.scheduler_address
        begun = subprocess.Popen(
            [sys.executable, "-m", "analysis", "new", "mine", str(text), "--scheduler", address],
            cwd=top, env={**os.environ, "PYTHONPATH": str(SRC)}, stdout=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(after)
        working = begun.poll() is None
        os.kill(victim, signal.SIGKILL)
        return begun.wait(), working


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tokens", default="3M")
    parser.add_argument("--text", type=Path, help="a CSV of your own")
    parser.add_argument("--after", type=float, default=15, help="seconds until a worker is killed")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        text = asked.text and asked.text.resolve()
        if text is None:
            text = folder / "turns.csv"
            speeches(words(asked.tokens)).to_csv(text, index=False)
        one, two = project(folder / "one"), project(folder / "two")
        busy, alone, peak = run(SRC, one, "new", "mine", text, "--workers", "1")
        # The table of speakers that the first began would be read by the second.
        text.with_name(f"{text.stem}.speakers.csv").unlink(missing_ok=True)
        start = time.perf_counter()
        failed, killed = on_two_workers(two, text, asked.after)
        both = time.perf_counter() - start
        same = not failed and files(one) == files(two)
    print(f"one process: {alone:.0f} s; two workers, one killed: {both:.0f} s")
    print(f"one process: {busy:.0f} s of processor time, at most {peak:.0f} MB")
    print("killed while it worked" if killed else "killed too late: give more --tokens")
    print("every file has the same bytes" if same else "the files differ")
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())

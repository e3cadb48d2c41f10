"""Time the commands that people type, from their texts to a study, each in a process of its own.

    python benchmarks/whole_path.py [--tokens 300k 1M] [--text FILE.csv] [--source SRC]

Texts are made (``made_text.py``), or one CSV is taken. Processor seconds of a command and of the
processes that it starts, its seconds on the clock, and the peak of the largest process are printed,
with the load of the machine: on a busy one the clock means little. ``--source`` measures another
copy of the library, so that two can be compared in one run.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from made_text import CODEBOOK, speeches, stories, words

SRC = CODEBOOK.parent.parent / "src"


def run(source, top, *command):
    """Return processor seconds, seconds and peak megabytes of a command in a project."""
    environment = {**os.environ, "PYTHONPATH": str(source)}
    program = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run([sys.executable, '-m', 'analysis', *sys.argv[1:]],\n"
        "                      stdout=subprocess.DEVNULL)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss, done.returncode)\n"
    )
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", program, *map(str, command)],
        cwd=top, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    seconds, peak, status = done.stdout.split()
    if status != "0":
        raise SystemExit(done.stderr)
    return float(seconds), time.perf_counter() - start, float(peak) / 1024


def project(folder):
    """Make an empty project."""
    (folder / "data" / "studies").mkdir(parents=True)
    shutil.copy(CODEBOOK, folder / "data")
    return folder


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tokens", nargs="*", default=["300k", "1M"])
    parser.add_argument("--press", nargs="*", default=["300k"])
    parser.add_argument("--text", type=Path, help="a CSV of your own")
    parser.add_argument("--source", type=Path, nargs="*", default=[SRC])
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    cores = len(os.sched_getaffinity(0))
    print(f"Python {platform.python_version()}, {cores} cores, load {load:.1f}\n")
    print("| command | texts | library | processor seconds | seconds | peak MB |")
    print("| --- | --- | --- | --- | --- | --- |")
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        texts = {}
        for size in asked.tokens:
            texts[f"CSV, {size} words"] = folder / size / "turns.csv"
            texts[f"CSV, {size} words"].parent.mkdir()
            speeches(words(size)).to_csv(texts[f"CSV, {size} words"], index=False)
        for size in asked.press:
            texts[f"press, {size} words"] = folder / f"press-{size}"
            stories(words(size), texts[f"press, {size} words"])
        if asked.text:
            texts[asked.text.name] = asked.text.resolve()
        for label, path in texts.items():
            for source in asked.source:
                top = project(Path(tempfile.mkdtemp(dir=folder)))
                for command in (["new", "mine", path], ["occurrences", "--format", "jsonl", path]):
                    used = run(source.resolve(), top, *command)
                    cells = [f"{used[0]:.1f}", f"{used[1]:.1f}", f"{used[2]:.0f}"]
                    print(
                        f"| {command[0]} | {label} | {source} | " + " | ".join(cells) + " |",
                        flush=True,
                    )
                shutil.rmtree(top)


if __name__ == "__main__":
    main()

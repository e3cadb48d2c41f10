"""Time what a hand waits for: opening, the first rate, and what two cores gain.

    python benchmarks/waits.py [--tokens 1M] [--press 300k] [--study NAME]

Texts are made (``made_text.py``). Each line is the median of three processes, imports included.
With one core and with two the same command runs in turn, and what it prints is compared. On a
machine that others share its seconds say little, which is why the load is printed, and with it the
longest path: processor seconds of the process that the others work for, and half of theirs, which
is what two cores of one's own would take. ``--study`` measures a study whose documents were
fetched, without writing it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from made_text import CODEBOOK, speeches, stories, words
from whole_path import SRC, project

TOP = CODEBOOK.parent.parent
RATE = "import analysis as da; da.rates(da.read_study('oversight'), of='frame')"
OPEN = "import sys, analysis as da; da.explore(sys.argv[1])"
MEASURE = "import sys; from analysis.study import remeasure; remeasure.compare(sys.argv[1])"
PROGRAM = (
    "import resource, subprocess, sys\n"
    "subprocess.run(sys.argv[1:], check=True)\n"
    "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
    "print(used.ru_utime + used.ru_stime, file=sys.stderr)\n"
)
# As `python -m analysis`, but with the processor seconds of its own and of its other processes.
COMMAND = (
    "import resource, sys\n"
    "from analysis.cli.main import main\n"
    "status = main()\n"
    "for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN):\n"
    "    used = resource.getrusage(who)\n"
    "    print(used.ru_utime + used.ru_stime, file=sys.stderr)\n"
    "sys.exit(status)\n"
)


def run(top, *command):
    """Return the seconds of processor and clock that a command takes."""
    environment = {**os.environ, "PYTHONPATH": str(SRC)}
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, sys.executable, *map(str, command)],
        cwd=top, env=environment, capture_output=True, check=True,
    )  # fmt: skip
    return float(done.stderr.split()[-1]), time.perf_counter() - start


def median(runs):
    """Return the medians of processor and clock."""
    return [
        sorted(column)[len(column) // 2] for column in zip(*(one[:2] for one in runs), strict=True)
    ]


def line(label, *numbers):
    print(f"| {label} | " + " | ".join(f"{number:.2f}" for number in numbers) + " |", flush=True)


def lines_of(folder, target):
    """Write the stories of a folder as the lines that `quotes` reads."""
    texts = (path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.txt")))
    rows = (json.dumps({"doc_id": str(n), "text": text}) for n, text in enumerate(texts))
    target.write_text("\n".join(rows) + "\n", encoding="utf-8")


def on_cores(label, top, command, source=None):
    """Print the seconds of a command on one core and on two, in turn."""
    found = {1: [], 2: []}
    for _ in range(3):
        for cores, runs in found.items():
            environment = {**os.environ, "PYTHONPATH": str(SRC), "OMP_NUM_THREADS": str(cores)}
            start = time.perf_counter()
            with Path(source or os.devnull).open("rb") as stdin:
                done = subprocess.run(
                    [sys.executable, "-c", COMMAND, *map(str, command)],
                    cwd=top, env=environment, capture_output=True, check=True, stdin=stdin,
                )  # fmt: skip
            seconds = time.perf_counter() - start
            own, others = map(float, done.stderr.split()[-2:])
            runs.append((own + others / 2, seconds, hashlib.sha256(done.stdout).hexdigest()))
    if len({one[2] for runs in found.values() for one in runs}) > 1:
        raise SystemExit(f"{label}: not the same on two cores")
    one, two = (median(runs) for runs in found.values())
    line(label, one[1], two[1], one[1] / two[1], one[0], two[0], one[0] / two[0])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tokens", default="1M")
    parser.add_argument("--press", default="300k")
    parser.add_argument("--study", help="a study whose documents were fetched")
    asked = parser.parse_args()
    print(f"Load {os.getloadavg()[0]:.1f} on {len(os.sched_getaffinity(0))} cores.\n")
    print("| what | processor seconds | seconds |\n| --- | --- | --- |")
    line("`import analysis` and a first rate", *median([run(TOP, "-c", RATE) for _ in range(3)]))
    if asked.study:
        again = [run(TOP, "-c", MEASURE, asked.study) for _ in range(3)]
        line(f"`measure {asked.study}`", *median(again))
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        (folder / "turns").mkdir()
        speeches(words(asked.tokens)).to_csv(folder / "turns" / "turns.csv", index=False)
        stories(words(asked.press), folder / "press")
        lines_of(folder / "press", folder / "lines.jsonl")
        top = project(folder / "project")
        opening = [run(top, "-c", OPEN, folder / "turns") for _ in range(4)]
        line(f"`explore`, {asked.tokens} words, the first time", *opening[0][:2])
        line(f"`explore`, {asked.tokens} words, again", *median(opening[1:]))
        heads = "one core, s | two, s | ratio | longest path, one core | two | ratio"
        print(f"\n| command | {heads} |\n" + "| --- " * 7 + "|")
        files = sorted((folder / "press").glob("*.txt"))
        command = ["occurrences", "--format", "jsonl", *files]
        on_cores(f"`occurrences`, press, {asked.press} words", top, command)
        command = ["quotes", "--jsonl"]
        on_cores(f"`quotes`, press, {asked.press} words", top, command, folder / "lines.jsonl")


if __name__ == "__main__":
    main()

"""Time the token index, and other programs on the same questions in the same run.

    python benchmarks/run.py --tokens 1M|10M|100M [--peers PYTHON] [--repeats 5] [--profile]
    python benchmarks/run.py --texts FILE_OR_FOLDER

PYTHON is an interpreter that has pandas, pyarrow, hyperscan, NLTK, Conc, textacy and
corpus-toolkit; they need other versions of what the suite is built on, so they live in an
environment of their own. Texts are those of ``../shared/bench`` (or ``$DISCOURSE_SHARED``); 100M is
drawn from the 10M file, seeded. Where they are not there, as many words are drawn from the texts
of the demonstration; ``--texts`` times any texts that the suite reads. The pass of hyperscan is a
floor, not an answer. Prints a
Markdown table: question, seconds, and how many times longer each peer takes.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
SHARED = Path(os.environ.get("DISCOURSE_SHARED", HERE.parent.parent / "shared"))
CODEBOOK = HERE.parent / "data" / "codebook.toml"
FREQUENT, MIDDLING = "government", "inflation"
QUESTIONS = {
    "index": "read Parquet, tokenise, index, save",
    "open": "open a saved index and answer the first question",
    "terms": "50 multi-word phrases by speaker",
    "frequent": "concordance of a frequent word, all lines",
    "middling": "concordance of a middling word, all lines",
    "keyness": "keyness of one speaker against the rest, all words",
    "collocates": "collocates, window 5",
    "frequencies": "frequency list, all words",
    "ngrams": "list of runs of two words that occur twice or more",
    "dispersion": "dispersion of 50 phrases",
    "resampling": "1,000 document resamples of 50 phrases by every speaker",
    "scan": "codebook occurrences straight from text, no index",
    "scan with starts": "the same, beside a pass that also says where matches begin",
    "fresh": "imports, open and first question in a fresh process",
    "whole": "the whole job from a cold start",
}
PEERS = ["hyperscan", "NLTK", "Conc", "textacy", "corpus-toolkit"]
# Seconds of ../shared/bench/README.md at 10M tokens, for the two that no registry of Python's has.
ELSEWHERE = {
    "quanteda": {"index": 20.1, "terms": 0.83, "middling": 0.44, "frequent": 0.57,
                 "keyness": 1.11, "collocates": 2.4, "whole": 25.5},
    "CWB": {"index": 7.4, "terms": 1.57, "middling": 0.032, "frequent": 0.87,
            "keyness": 0.04, "collocates": 0.21},
}  # fmt: skip
CONC_THERE = {"index": 26.5, "terms": 0.99, "middling": 0.022, "frequent": 0.27,
              "keyness": 0.32, "collocates": 0.57, "whole": 54.0}  # fmt: skip


def job(source, terms_path, *, profile=False):
    """Answer every question in this process; started cold by :func:`ours`."""
    start = time.perf_counter()
    from analysis.index import build_index, open_index
    from analysis.index.concordance import concordance
    from analysis.index.queries import (
        collocates,
        frequency_list,
        keyness,
        ngrams,
        phrases_by_speaker,
    )
    from analysis.index.resampling import dispersion, resample

    lines = Path(terms_path).read_text(encoding="utf-8").split("\n")
    terms, told = lines[:50], lines[50:53]
    frequent, middling, speaker = told if len(told) == 3 else (FREQUENT, MIDDLING, SPEAKER)
    folder = Path(tempfile.mkdtemp())
    seconds = {"imports": time.perf_counter() - start}

    def ask(question, function, tries=5):
        times = []
        for _ in range(tries):
            begin = time.perf_counter()
            answer = function()
            times.append(time.perf_counter() - begin)
        seconds[question] = sorted(times)[len(times) // 2]
        return answer, times[0]

    try:
        index, _ = ask("index", lambda: build_index(source, folder, document="doc_id"), 1)
        questions = {
            "terms": lambda: phrases_by_speaker(index, terms),
            "frequent": lambda: concordance(index, frequent),
            "middling": lambda: concordance(index, middling),
            "keyness": lambda: keyness(index, speaker),
            "collocates": lambda: collocates(index, frequent),
        }
        first = {question: ask(question, function) for question, function in questions.items()}
        # The whole job asks everything once.
        seconds["whole"] = (
            seconds["imports"] + seconds["index"] + sum(once for _, once in first.values())
        )
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
        total = int(first["terms"][0]["count"].sum())
        ask("frequencies", lambda: frequency_list(index))
        ask("dispersion", lambda: dispersion(index, terms))
        ask("ngrams", lambda: ngrams(index), 3)
        ask("resampling", lambda: resample(index, terms), 3)
        if profile:
            questions["ngrams"] = lambda: ngrams(index)
            questions["resampling"] = lambda: resample(index, terms)
            return _profiles(source, questions)
        index = questions = None
        ask("open", lambda: phrases_by_speaker(open_index(folder), terms[:1]))
        first_question = (
            "from analysis.index import open_index\n"
            "from analysis.index.queries import phrases_by_speaker\n"
            f"phrases_by_speaker(open_index({os.fspath(folder)!r}), [{terms[0]!r}])"
        )
        command = [sys.executable, "-c", first_question]
        ask("fresh", lambda: subprocess.run(command, check=True))
        import pyarrow.parquet as pq

        from analysis.codebook import read_codebook
        from analysis.codebook.many_texts import find_in_texts

        texts, codebook = pq.read_table(source, columns=["text"])["text"], read_codebook(CODEBOOK)
        ask("scan", lambda: find_in_texts(texts, codebook), 3)
        seconds["scan with starts"] = seconds["scan"]
        saved = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e9
    finally:
        shutil.rmtree(folder, ignore_errors=True)
    return {"seconds": seconds, "gigabytes": peak, "saved": saved, "total": total}


def _profiles(source, questions):
    """Say in which functions the processor time of each question goes, on one thread."""
    import cProfile
    import pstats

    import pyarrow.parquet as pq

    from analysis.codebook import many_texts, read_codebook
    from analysis.index import build, index_table, resampling, runs

    texts, codebook = pq.read_table(source, columns=["text"])["text"], read_codebook(CODEBOOK)
    table = pq.read_table(source).to_pandas()
    questions["scan"] = lambda: many_texts.find_in_texts(texts, codebook)
    questions["index"] = lambda: index_table(table, document="doc_id")
    for module in (build, runs, resampling, many_texts):
        module.in_parallel = map  # one thread, so that the profiler sees everything
    rows = []
    for question, function in questions.items():
        profile = cProfile.Profile(time.process_time)
        profile.runcall(function)
        stats = pstats.Stats(profile)
        alone = [(times[2], name) for (_, _, name), times in stats.stats.items()]
        most = sorted(alone, reverse=True)[:4]
        said = ", ".join(f"`{name}` {100 * part / stats.total_tt:.0f}%" for part, name in most)
        rows.append(f"| {QUESTIONS[question]} | {said} |")
    return "\n".join(["| question | most of its time in |", "| --- | --- |", *rows])


SPEAKER = "(other)"


def expressions(folder):
    """Write the codebook's patterns as regular expressions, one a line."""
    from analysis.codebook import read_codebook

    path = Path(folder) / "expressions.txt"
    terms = read_codebook(CODEBOOK).terms
    path.write_text("\n".join(_expression(p) for each in terms["patterns"] for p in each))
    return str(path)


def _expression(pattern):
    from analysis.codebook.patterns import Choice, parse

    parting, items = r"(?:\s+|-)", parse(pattern)
    needed = max(at for at, item in enumerate(items) if isinstance(item, Choice) and not item[1])
    written = ""
    for at, item in enumerate(items):
        if not isinstance(item, Choice):
            written += rf"(?:\w+,?{parting}){{{item.low},{item.high}}}"
            continue
        words = [[w.replace("*", r"\w*") for w in phrase] for phrase in item.phrases]
        choice = "(?:" + "|".join(parting.join(phrase) for phrase in words) + ")"
        joined = choice + parting if at < needed else parting + choice if at > needed else choice
        written += f"(?:{joined})?" if item.optional else joined
    return rf"\b{written}\b"


def child(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    sys.stderr.write("".join(line for line in done.stderr.splitlines(True) if "Error" in line))
    return json.loads(done.stdout.strip().splitlines()[-1])


def ours(source, terms, repeats):
    runs = [child(sys.executable, __file__, "--job", source, terms) for _ in range(repeats)]
    seconds = {q: _median([run["seconds"][q] for run in runs]) for q in runs[0]["seconds"]}
    return {**runs[0], "seconds": seconds, "gigabytes": max(run["gigabytes"] for run in runs)}


def _median(values):
    return sorted(values)[len(values) // 2]


def texts(tokens, folder):
    source = SHARED / "bench" / f"docs_{tokens}.parquet"
    if source.exists():
        return source
    drawn = folder / f"docs_{tokens}.parquet"
    times = int(tokens.removesuffix("M")) // 10
    import numpy as np
    import pyarrow as pa
    import pyarrow.parquet as pq

    table = pq.read_table(SHARED / "bench" / "docs_10M.parquet")
    rng = np.random.default_rng(20251123)
    with pq.ParquetWriter(drawn, table.schema) as writer:
        for part in range(times):
            rows = table.take(rng.integers(0, len(table), len(table)))
            field = rows.schema.field("doc_id")
            names = pa.array([f"p{part}-{number}" for number in range(len(rows))], field.type)
            rows = rows.set_column(rows.schema.get_field_index("doc_id"), field, names)
            writer.write_table(rows)
    return drawn


def report(what, mine, peers):
    columns = list(peers)
    if "Conc" in peers and what == "10M tokens":
        columns += list(ELSEWHERE)
    print(f"### {what}\n")
    print(f"{platform.python_implementation()} {platform.python_version()}, ", end="")
    print(f"{len(os.sched_getaffinity(0))} cores. ", end="")
    print(f"Occurrences of the 50 terms: {mine['total']:,}.\n")
    print("| question | seconds | " + " | ".join(f"{name} takes" for name in columns) + " |")
    print("| --- " * (len(columns) + 2) + "|")
    for question, label in QUESTIONS.items():
        cells = [_ratio(question, name, mine, peers) for name in columns]
        print(f"| {label} | {mine['seconds'][question]:.4f} | " + " | ".join(cells) + " |")
    memory = [f"{peers[n]['gigabytes']:.2f} GB" if n in peers else "" for n in columns]
    print(f"| peak memory | {mine['gigabytes']:.2f} GB | " + " | ".join(memory) + " |")
    print(f"| saved index | {mine['saved']:.2f} GB | " + " | ".join("" for _ in columns) + " |\n")


def _ratio(question, name, mine, peers):
    if name in peers:
        theirs = peers[name]["seconds"].get(question)
    elif question in ELSEWHERE[name] and question in CONC_THERE:
        conc = peers["Conc"]["seconds"].get(question)
        theirs = conc and conc * ELSEWHERE[name][question] / CONC_THERE[question]
    else:
        theirs = None
    return f"{theirs:.3g} s, {theirs / mine['seconds'][question]:.1f} times" if theirs else ""


def what_to_time(asked, folder):
    if not asked.texts and (SHARED / "bench" / "terms.txt").exists():
        return str(texts(asked.tokens, Path(folder))), str(SHARED / "bench" / "terms.txt")
    import texts as others

    table = others.utterances(asked.texts or others.DEMO)
    if not asked.texts:
        millions = float(asked.tokens.removesuffix("M"))
        table = others.drawn(table, millions * 1_000_000)
        print(f"Texts: drawn from {others.DEMO.name}, the demonstration's.\n")
    return others.write(table, folder)


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tokens", default="1M", help="1M, 10M or 100M")
    parser.add_argument("--peers", metavar="PYTHON", help="an interpreter that has the peers")
    parser.add_argument("--only", nargs="*", default=PEERS)
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--profile", action="store_true", help="say where the time goes instead")
    parser.add_argument("--texts", metavar="PATH", help="a file or folder of any texts")
    parser.add_argument("--job", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.job:
        print(json.dumps(job(*asked.job)))
        return
    with tempfile.TemporaryDirectory() as folder:
        source, terms = what_to_time(asked, folder)
        if asked.profile:
            print(job(source, terms, profile=True))
            return
        mine = ours(source, terms, asked.repeats)
        peers = {}
        for name in asked.only if asked.peers else []:
            given = expressions(folder) if name == "hyperscan" else terms
            command = [asked.peers, str(HERE / "peers.py"), name, source, given, SPEAKER]
            peers[name] = child(*command)
        report(asked.texts or f"{asked.tokens} tokens", mine, peers)


if __name__ == "__main__":
    main()

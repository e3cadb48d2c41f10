"""Fit the weights of an attribution's confidence to texts composed for this project.

    python benchmarks/sureness.py [--pipeline P] [--gold GOLD.jsonl SCORER.py]

Prints the weights, which stand in ``analysis/voices/sureness.py``. The texts are
``data/voices/marked_voices.txt`` (a paragraph a line, each voice as {speaker|words}), the cases
of ``tests/voices/who.txt`` and the press stories of ``data/demo``, read by each engine that is
there. GOLD and SCORER, which are no part of this repository, are used to measure how well the
weights hold elsewhere, and for nothing else.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
from pathlib import Path
from typing import Any

import numpy as np

from analysis.voices import attribute, load_pipeline
from analysis.voices.english.assemble import Attribution
from analysis.voices.sureness import fired, sureness

HOME = Path(__file__).parents[1]
RIDGE = 1.0
SEEN = 0.5
"""Weight of the cases that the rules were written with, beside the other texts."""
Row = tuple[list[str], bool, float]
_MARK = re.compile(r"\{([^|{}]+)\|([^{}]*)\}")
_TITLES = {"mr", "mrs", "ms", "dr", "sir", "lord", "the", "a", "baroness", "justice", "judge"}


def marked(line: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a paragraph without its marks, and who says which of its characters."""
    text, spans, position = "", [], 0
    for mark in _MARK.finditer(line):
        text += line[position : mark.start()]
        spans.append((len(text), len(text) + len(mark[2]), mark[1]))
        text += mark[2]
        position = mark.end()
    return text + line[position:], spans


def same(one: str, other: str) -> bool:
    def last(name: str) -> str:
        found = [w for w in re.findall(r"\w+", name.lower()) if w not in _TITLES]
        return found[-1] if found else ""

    return bool(last(one)) and last(one) == last(other)


def judged(text: str, item: Attribution, spans: list[tuple[int, int, str]]) -> bool:
    """Say whether most words of an attribution are marked as its speaker's, or as anybody's
    where it says only that somebody speaks.
    """
    right = total = 0
    for a, b in item.content:
        for word in re.finditer(r"\w+", text[a:b]):
            at = a + word.start()
            total += 1
            right += any(
                x <= at < y and (same(name, item.speaker) or (item.source and not item.speaker))
                for x, y, name in spans
            )
    return total > 0 and 2 * right > total


def composed(engines: list[tuple[str, Any]]) -> list[Row]:
    """Return what fired and whether it was right for every attribution in the composed texts."""
    rows = []
    path = HOME / "data" / "voices" / "marked_voices.txt"
    for line in path.read_text(encoding="utf-8").splitlines():
        text, spans = marked(line)
        for engine, pipeline in engines:
            for item in attribute(text, engine=engine, pipeline=pipeline).items:
                rows.append((fired(text, item), judged(text, item, spans), 1.0))
    cases = HOME / "tests" / "voices" / "who.txt"
    for line in cases.read_text(encoding="utf-8").splitlines():
        _, text, words, who = line.replace("\\n", "\n").split(" || ")
        at = text.index(words)
        for engine, pipeline in engines:
            for item in attribute(text, engine=engine, pipeline=pipeline).items:
                if any(a <= at < b for a, b in item.content):
                    good = any(same(name, item.speaker) for name in who.split("|"))
                    rows.append((fired(text, item), good, SEEN))
    for path in sorted((HOME / "data" / "demo").glob("press_*.marks.json")):
        text = path.with_name(path.name.replace(".marks.json", ".txt")).read_text("utf-8")
        marks = json.loads(path.read_text(encoding="utf-8"))["occurrences"]
        for engine, pipeline in engines:
            for item in attribute(text, engine=engine, pipeline=pipeline).items:
                for mark in marks:
                    if any(a <= mark["start"] < b for a, b in item.content):
                        good = same(mark["speaker"] or "", item.speaker)
                        rows.append((fired(text, item), good, 1.0))
    return rows


def fit(rows: list[Row]) -> dict[str, float]:
    """Return the weights of a logistic regression with a ridge, by Newton's method."""
    names = sorted({name for found, *_ in rows for name in found})
    x = np.array([[name in found for name in names] for found, *_ in rows], dtype=float)
    y = np.array([right for _, right, _ in rows], dtype=float)
    share = np.array([weight for *_, weight in rows])
    weights = np.zeros(len(names))
    penalty = np.array([0.0 if name == "base" else RIDGE for name in names])
    for _ in range(50):
        p = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (share * (y - p)) - penalty * weights
        curvature = (x * (share * p * (1 - p))[:, None]).T @ x + np.diag(penalty + 1e-9)
        weights += np.linalg.solve(curvature, gradient)
    return {name: round(float(w), 2) for name, w in zip(names, weights, strict=True)}


def calibration(chances: np.ndarray, right: np.ndarray, bins: int = 10) -> float:
    """Return the expected calibration error over bins of equal width."""
    place = np.minimum((chances * bins).astype(int), bins - 1)
    gaps = [
        abs(chances[place == n].mean() - right[place == n].mean()) * (place == n).mean()
        for n in range(bins)
        if (place == n).any()
    ]
    return float(sum(gaps))


def elsewhere(gold: Path, path: Path, engine: tuple[str, Any]) -> None:
    """Print how the shipped weights hold on articles marked by others."""
    spec = importlib.util.spec_from_file_location("scorer", path)
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    chances, right = [], []
    for article in scorer.read(gold):
        document = scorer.Doc(article["text"])
        owner: dict[int, dict] = {}
        for view in map(document.view, reversed(article["attributions"])):
            owner |= dict.fromkeys(view["content"], view)
        found = attribute(article["text"], engine=engine[0], pipeline=engine[1])
        for item in found.items:
            if item.rule.endswith(" act"):
                continue  # No voice to us: what somebody does or wants.
            words = document.tokens(item.content)
            source = {"source": document.tokens(item.source)}
            good = sum(w in owner and scorer.speaker_ok(owner[w], source, "head") for w in words)
            chances.append(sureness(article["text"], item))
            right.append(2 * good > len(words))
    chances_, right_ = np.array(chances), np.array(right, dtype=float)
    sure = chances_ >= 0.9
    print(
        f"{engine[0]}: {len(right)} attributions, {right_.mean():.3f} right, mean confidence "
        f"{chances_.mean():.3f}, calibration error {calibration(chances_, right_):.3f}; "
        f"at .9 or more {sure.mean():.2f} of them, {right_[sure].mean():.3f} right"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pipeline", help="spaCy pipeline, by name or path")
    parser.add_argument("--gold", nargs=2, type=Path, metavar=("GOLD", "SCORER"))
    options = parser.parse_args()
    engines: list[tuple[str, Any]] = [("rules", None)]
    if options.pipeline:
        engines.append(("parse", load_pipeline(options.pipeline)))
    rows = composed(engines)
    print(f"{len(rows)} attributions, {np.mean([row[1] for row in rows]):.3f} right")
    for name, weight in fit(rows).items():
        print(f'    "{name}": {weight},')
    if options.gold:
        for engine in engines:
            elsewhere(*options.gold, engine)


if __name__ == "__main__":
    main()

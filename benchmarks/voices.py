"""Score the voices against hand-marked articles: accuracy, intervals, errors by cause, time.

    python benchmarks/voices.py GOLD.jsonl SCORER.py [--engine rules|parse] [--pipeline P]
                                [--every N] [--json OUT]

GOLD and SCORER are not part of this repository: articles with attributions, one JSON object a
line, and the module that scores predictions against them (its functions ``read``, ``score``,
``Doc``, ``speaker_ok`` and ``same_name`` are used). Both engines are scored where a pipeline is
given. Intervals are percentiles of 1,000 resamples of articles.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import time
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from analysis.voices import load_pipeline, quotes_json
from analysis.voices.english.resolution import Cast, name
from analysis.voices.english.sentences import sentences
from analysis.voices.quotation_marks import quotations

MEASURES = {
    "quotation marks": "unit all",
    "words": "token all",
    "direct words": "token direct",
    "mixed words": "token mixed",
    "indirect words": "token indirect",
}
RESAMPLES = 1000


class Timed:
    """A pipeline that keeps count of the time it takes."""

    def __init__(self, pipeline: Any) -> None:
        self.pipeline, self.meta, self.seconds = pipeline, pipeline.meta, 0.0

    def pipe(self, texts: Any) -> list[Any]:
        begun = time.perf_counter()
        parsed = list(self.pipeline.pipe(texts))
        self.seconds += time.perf_counter() - begun
        return parsed


def load(path: Path) -> Any:
    spec = importlib.util.spec_from_file_location("scorer", path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def counts(scorer: Any, article: dict, predicted: dict) -> dict[str, np.ndarray]:
    """Return gold, predicted, found, found with the right speaker for each measure."""
    scores = scorer.score([article], predicted)
    made = {}
    for label, key in MEASURES.items():
        row = scores.get(key, {"gold": 0, "pred": 0, "R": 0.0, "P": 0.0, "head": 0.0})
        found = row["R"] * row["gold"]
        made[label] = np.array(
            [row["gold"], row["pred"], row["P"] * row["pred"], found, row["head"] * found]
        )
    return made


def f_with_speaker(total: np.ndarray) -> np.ndarray:
    """Return F1 with speaker from summed counts, as the scorer has it."""
    gold, predicted, found_p, found, right = np.moveaxis(total, -1, 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        precision = np.nan_to_num(found_p * np.nan_to_num(right / found) / predicted)
        recall = np.nan_to_num(right / gold)
        return np.nan_to_num(2 * precision * recall / (precision + recall))


def intervals(rows: list[dict[str, np.ndarray]]) -> dict[str, tuple[float, float, float]]:
    generator = np.random.default_rng(20160101)
    picks = generator.integers(0, len(rows), (RESAMPLES, len(rows)))
    made = {}
    for label in MEASURES:
        table = np.stack([row[label] for row in rows])
        drawn = f_with_speaker(table[picks].sum(axis=1))
        low, high = np.percentile(drawn, [2.5, 97.5])
        made[label] = float(f_with_speaker(table.sum(axis=0))), float(low), float(high)
    return made


def side(words: frozenset[int], owner: dict[int, dict]) -> dict | None:
    inside = [owner[word] for word in words if word in owner]
    if 2 * len(inside) < len(words) or not inside:
        return None
    best = Counter(map(id, inside)).most_common(1)[0][0]
    return next(item for item in inside if id(item) == best)


def causes(scorer: Any, article: dict, attributions: list[dict], table: Counter) -> None:
    """Count the quotation marks of one article that went wrong, by cause."""
    document = scorer.Doc(article["text"])

    def view(items: list[dict]) -> tuple[list[dict], dict[int, dict]]:
        views = [document.view(item) | {"cue": document.tokens(item["cue"])} for item in items]
        return views, {word: v for v in reversed(views) for word in v["content"]}

    _, gold = view(article["attributions"])
    _, predicted = view(attributions)
    for a, b in document.quotes:
        words = document.tokens([(a, b)])
        if not words:
            continue
        g, p = side(words, gold), side(words, predicted)
        size = "1-3 words" if len(words) <= 3 else "4+ words"
        if g is None and p is None:
            continue
        table["quotation marks"] += g is not None
        if p is None:
            table[f"missed, {size}"] += 1
        elif g is None:
            table[f"attributed where gold has nobody, {size}"] += 1
        elif scorer.speaker_ok(g, p, "head"):
            table["right"] += 1
        elif not g["source"]:
            table["speaker: one given where gold has none"] += 1
        elif not p["source"]:
            table["speaker: none found"] += 1
        elif not (g["cue"] & p["cue"]):
            table["speaker: another cue chosen"] += 1
        else:
            table["speaker: right cue, wrong or cut subject"] += 1


def pronouns(scorer: Any, articles: list[dict]) -> tuple[int, int]:
    """Return how many pronouns get the right name when their place is given, and of how many."""
    right = total = 0
    for article in articles:
        wanted = [
            item
            for item in article["attributions"]
            if item.get("speaker") and item.get("source_kind") == "pronoun"
        ]
        if not wanted:
            continue
        text = article["text"]
        cut = sentences(text, quotations(text))
        sources, contents = (
            [tuple(span) for item in article["attributions"] for span in item[field]]
            for field in ("source", "content")
        )
        cast = Cast(cut, sources, contents)
        starts = [sentence.start for sentence in cut]
        for item in wanted:
            found = name(text, cast, starts, [tuple(span) for span in item["source"]])
            total += 1
            right += scorer.same_name(item["speaker"], found)
    return right, total


def measure(scorer: Any, articles: list[dict], engine: str, pipeline: str | None) -> dict[str, Any]:
    timed = Timed(load_pipeline(pipeline)) if engine == "parse" else None
    predicted: dict[str, list[dict]] = {}
    begun = time.perf_counter()
    for article in articles:
        made = quotes_json(article, engine=engine, pipeline=timed)
        predicted[article["doc_id"]] = made["attributions"]
    taken = time.perf_counter() - begun
    scores = scorer.score(articles, predicted)
    table: Counter[str] = Counter()
    for article in articles:
        causes(scorer, article, predicted[article["doc_id"]], table)
    rows = [counts(scorer, article, predicted) for article in articles]
    parser = timed.seconds if timed else 0.0
    return {
        "engine": engine,
        "pipeline": made["pipeline"],
        "articles": len(articles),
        "milliseconds an article": round(1000 * (taken - parser) / len(articles), 1),
        "milliseconds an article in the parser": round(1000 * parser / len(articles), 1),
        "F1 with speaker": intervals(rows),
        "scores": scores,
        "errors": dict(sorted(table.items(), key=lambda item: (-item[1], item[0]))),
    }


def show(result: dict[str, Any]) -> None:
    print(f"\n{result['engine']} {result['pipeline']}".rstrip(), f"- {result['articles']} articles")
    print(
        f"  {result['milliseconds an article']} ms an article"
        f", and {result['milliseconds an article in the parser']} ms in the parser"
    )
    print(f"  {'F1 with speaker':18s}   F1    95 % interval     P     R     speaker")
    for label, (value, low, high) in result["F1 with speaker"].items():
        row = result["scores"].get(MEASURES[label])
        if row:
            print(
                f"  {label:18s} {value:.3f}   {low:.3f}-{high:.3f}"
                f"    {row['P']:.3f} {row['R']:.3f} {row['head']:.3f}"
            )
    named = result["scores"].get("entity pronoun")
    if named:
        print(
            f"  he and she to names, from end to end: {named['right']} of {named['gold']} right, "
            f"{named['named']} named"
        )
    print("  quotation marks, by what became of them:")
    for cause, count in result["errors"].items():
        print(f"  {count:6d}  {cause}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("gold", type=Path)
    parser.add_argument("scorer", type=Path)
    parser.add_argument("--engine", choices=("rules", "parse"), action="append")
    parser.add_argument("--pipeline", help="spaCy pipeline, by name or path")
    parser.add_argument("--every", type=int, default=1, help="only every Nth article")
    parser.add_argument("--json", type=Path, help="write the figures here too")
    options = parser.parse_args()
    scorer = load(options.scorer)
    articles = scorer.read(options.gold)[:: options.every]
    engines = options.engine or (["rules", "parse"] if options.pipeline else ["rules"])
    results = [measure(scorer, articles, engine, options.pipeline) for engine in engines]
    for result in results:
        show(result)
    right, total = pronouns(scorer, articles)
    if total:
        print(f"\nhe and she to names, their place given: {right} of {total} right")
    if options.json:
        options.json.write_text(json.dumps(results, indent=1, sort_keys=True) + "\n", "utf-8")


if __name__ == "__main__":
    main()

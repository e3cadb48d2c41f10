"""Fit the confidence of stances on marks of our own, and say how well it is calibrated.

    python benchmarks/stance_confidence.py

Marks: the demonstration inquiry and, where its documents are fetched, the occurrences of the
study that were read for denial, each with the weight of its inclusion probability. Prints the
weights of `analysis.voices.confidence` and the calibration error in ten folds of documents.
"""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pandas as pd

TOP = Path(__file__).parents[1]

from analysis.coding import denial  # noqa: E402
from analysis.study import remeasure  # noqa: E402
from analysis.text.document import from_spans  # noqa: E402
from analysis.voices import stance, voices  # noqa: E402
from analysis.voices.confidence import features  # noqa: E402

RIDGE = 3.0
FEWEST = 12
Example = tuple[str, frozenset[str], bool, float]


def demonstration() -> list[Example]:
    """Judge every marked occurrence of the composed texts."""
    found = []
    for path in sorted((TOP / "data" / "demo").glob("*.marks.json")):
        text = path.with_name(path.name.replace(".marks.json", ".txt")).read_text(encoding="utf-8")
        press = path.name.startswith("press")
        mode, kind = ("narration", "news") if press else ("turn", "speech")
        document = voices(
            from_spans(path.name, text, [(0, 0, len(text), "", "", mode)], {"kind": kind})
        )
        rows = document.utterances
        for mark in json.loads(path.read_text(encoding="utf-8"))["occurrences"]:
            at = int(np.searchsorted(rows["start"], mark["start"], side="right")) - 1
            own = (int(rows["body"][at]), int(rows["end"][at]))
            made = stance(text, mark["start"], mark["end"], utterance=own, mode=rows["mode"][at])
            true = "mentioned" if mark["mention"] else "denied" if mark["negated"] else "asserted"
            found.append((path.name, features(made.stance, made.fired), made.stance == true, 1.0))
    return found


def study() -> list[Example]:
    """Judge the occurrences of the study that were read for denial."""
    folder = TOP / "data" / "studies" / "oversight" / "coding"
    if not remeasure.sources_folder("oversight", TOP).is_dir():
        return []
    corpus = remeasure.read_texts("oversight", TOP)
    spans = corpus.utterances.set_index(["document", "utterance"])
    found = []
    for name in ("denial", "denial_check"):
        codes = denial.read_denial(folder / f"{name}_codes.csv", denial.CODE_COLUMNS)
        sample = denial.read_denial(folder / f"{name}_sample.csv", denial.SAMPLE_COLUMNS)
        codes = codes.merge(sample[["item", "inclusion"]], on="item")
        codes["weight"] = 1 / codes["inclusion"]
        codes["weight"] /= codes["weight"].mean()
        for row in codes.itertuples():
            place = spans.loc[(row.document, row.utterance)]
            made = stance(
                corpus.texts[row.document],
                row.start,
                row.end,
                utterance=(int(place["body"]), int(place["end"])),
            )
            found.append(
                (
                    row.document,
                    features(made.stance, made.fired),
                    made.stance == row.stance,
                    float(row.weight),
                )
            )
    return found


def fit(examples: list[Example], names: list[str]) -> np.ndarray:
    """Return the weights of a ridge logistic regression, the constant first."""
    x = np.array([[1.0, *(name in held for name in names)] for _, held, *_ in examples])
    y = np.array([right for *_, right, _ in examples], dtype=float)
    w = np.array([weight for *_, weight in examples])
    weights = np.zeros(x.shape[1])
    penalty = np.full(x.shape[1], RIDGE)
    penalty[0] = 0.0
    for _ in range(60):
        chance = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (w * (y - chance)) - penalty * weights
        curvature = (x * (w * chance * (1 - chance))[:, None]).T @ x + np.diag(penalty + 1e-9)
        weights = weights + np.linalg.solve(curvature, gradient)
    return weights


def chance(examples: list[Example], names: list[str], weights: np.ndarray) -> np.ndarray:
    """Return the confidence of each example."""
    x = np.array([[1.0, *(name in held for name in names)] for _, held, *_ in examples])
    return 1 / (1 + np.exp(-x @ weights))


def calibration_error(
    confidence: np.ndarray, right: np.ndarray, weight: np.ndarray, bins: int = 10
) -> float:
    """Return the mean gap of confidence and share right over bins of equal count."""
    order = np.argsort(confidence, kind="stable")
    gaps = [
        abs((weight[part] * (confidence[part] - right[part])).sum())
        for part in np.array_split(order, bins)
    ]
    return float(sum(gaps) / weight.sum())


def main() -> None:
    """Fit, validate, print."""
    examples = demonstration() + study()
    counts = pd.Series([name for _, held, *_ in examples for name in held]).value_counts()
    names = sorted(counts[counts >= FEWEST].index)
    folds = pd.Series([example[0] for example in examples]).map(lambda name: hash_of(name) % 10)
    confidence, right = np.zeros(len(examples)), np.array([r for *_, r, _ in examples], dtype=float)
    weight = np.array([w for *_, w in examples])
    for fold in range(10):
        inside = np.flatnonzero(folds == fold)
        outside = [examples[at] for at in np.flatnonzero(folds != fold)]
        weights = fit(outside, names)
        confidence[inside] = chance([examples[at] for at in inside], names, weights)
    print(f"{len(examples)} marks, {(weight * right).sum() / weight.sum():.3f} right")
    error = calibration_error(confidence, right, weight)
    print(f"calibration error, ten folds of documents: {error:.3f}")
    for low in (0.9, 0.8, 0.0):
        held = confidence >= low
        share = (weight * held).sum() / weight.sum()
        good = (weight * held * right).sum() / max((weight * held).sum(), 1e-9)
        print(f"confidence >= {low}: {share:.2f} of all, {good:.3f} right")
    weights = fit(examples, names)
    for name, weight in zip(["", *names], weights, strict=True):
        print(f'    "{name}": {weight:.3f},')


def hash_of(name: str) -> int:
    """Return a number that is the same in every process."""
    return sum(ord(letter) * (place + 1) for place, letter in enumerate(name))


if __name__ == "__main__":
    main()

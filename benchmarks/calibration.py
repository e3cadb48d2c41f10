"""Rejection rates of token-level and document-level tests under the null, on given counts.

    python benchmarks/calibration.py [COUNTS.csv] [--splits 2000]

COUNTS.csv has one row per document: a column `tokens`, and one column of occurrences per term.
Without it, counts are simulated with the over-dispersion of real speeches.
"""

from __future__ import annotations

import argparse
import time

import numpy as np
import pandas as pd

from analysis.statistics.groups.calibration import null_experiment


def calibration(counts: pd.DataFrame, tokens: np.ndarray, *, splits: int = 2000) -> pd.DataFrame:
    """One row per term, one column per test, in per cent, with the design effect."""
    table = null_experiment(counts, tokens, splits=splits)
    wide = table.pivot_table(index="term", columns="test", values="rejected", sort=False) * 100
    facts = table.drop_duplicates("term").set_index("term")
    return wide.join(facts[["documents", "count", "design_effect"]])


def simulated(seed: int = 0) -> tuple[pd.DataFrame, np.ndarray]:
    rng = np.random.default_rng(seed)
    tokens = rng.integers(800, 6000, 60)
    counts = {}
    for name, rate, shape in (("common", 0.012, 3.0), ("usual", 0.004, 2.0), ("rare", 0.0008, 1.0)):
        counts[name] = rng.poisson(tokens * rate * rng.gamma(shape, 1 / shape, len(tokens)))
    return pd.DataFrame(counts), tokens


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("counts", nargs="?")
    parser.add_argument("--splits", type=int, default=2000)
    options = parser.parse_args()
    if options.counts:
        counts = pd.read_csv(options.counts)
        tokens = counts.pop("tokens").to_numpy()
    else:
        counts, tokens = simulated()
    start = time.perf_counter()
    table = calibration(counts, tokens, splits=options.splits)
    print(table.round(1).to_string())
    print(f"{options.splits} splits, nominal 5 %: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()

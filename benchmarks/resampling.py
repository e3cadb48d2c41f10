"""1,000 document resamples of 50 terms by 200 speakers over ten million words, from the counts."""

from __future__ import annotations

import time

import numpy as np
import pandas as pd

from analysis.statistics.counts.group_rates import rates_by_group


def corpus(seed: int = 0) -> tuple[pd.DataFrame, np.ndarray, np.ndarray]:
    """4,000 documents by 200 speakers, ten million words, over-dispersed counts of 50 terms."""
    rng = np.random.default_rng(seed)
    documents, speakers, terms = 4000, 200, 50
    tokens = rng.integers(500, 4500, documents)
    tokens = np.round(tokens * 1e7 / tokens.sum()).astype(int)
    rates = rng.gamma(0.5, 2e-4, terms) * rng.gamma(1.5, 1 / 1.5, (documents, terms))
    counts = pd.DataFrame(rng.poisson(tokens[:, None] * rates))
    counts.columns = [f"term {i:02}" for i in range(terms)]
    speaker = np.array([f"speaker {i:03}" for i in rng.integers(0, speakers, documents)])
    return counts, tokens, speaker


def main() -> None:
    counts, tokens, speaker = corpus()
    seconds = []
    for _ in range(3):
        start = time.perf_counter()
        table = rates_by_group(counts, tokens, speaker, resamples=1000)
        seconds.append(time.perf_counter() - start)
    by_interval = table["interval"].value_counts().to_dict()
    print(f"{tokens.sum():,} words, {len(table):,} rates {by_interval}")
    print(f"1,000 resamples: best of three {min(seconds):.2f} s (target: under 2 s)")


if __name__ == "__main__":
    main()

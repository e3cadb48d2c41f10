"""How often corrected intervals hold the truth, where truth, error and design are known.

    python benchmarks/coverage.py [--replications 2000] [--out data/validity/coverage.csv]

Each scenario draws a population with known shares, lets an instrument with known sensitivity and
specificity judge it, codes a probability sample, and asks of each interval whether it holds the
truth. Nominal is 95 %.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.coding.accuracy import accuracy
from analysis.coding.codes import write_table
from analysis.coding.correction import corrected_shares
from analysis.statistics.coders.validity import lang_reiczigel, rogan_gladen, stratified_recall
from analysis.statistics.models.labelled_sample import design_based, prediction_powered_mean
from analysis.storage import project

SEED = 20130709
REPLICATIONS = 2000
SAMPLE = Path("data/studies/oversight/coding/sample.csv")
Drawn = dict[str, tuple[float, float, float]]
"""Name of the interval to low, high, truth; NaN where none is given."""


def verdicts(rng: np.random.Generator, true: np.ndarray, se: float, sp: float) -> np.ndarray:
    """Judge units with known sensitivity and specificity."""
    return (rng.random(len(true)) < np.where(true, se, 1 - sp)).astype(float)


def known_error(
    rng: np.random.Generator, *, units: int, share: float, se: float, sp: float
) -> Drawn:
    """Sensitivity and specificity known: the apparent share alone is uncertain."""
    hits = rng.binomial(units, share * se + (1 - share) * (1 - sp))
    found = rogan_gladen(hits, units, se, sp)
    return {"Rogan-Gladen, error known": (found["corrected_low"], found["corrected_high"], share)}


def estimated_error(
    rng: np.random.Generator, *, units: int, share: float, se: float, sp: float, coded: int
) -> Drawn:
    """Both estimated from samples of true and of untrue units, half of the coding each."""
    hits = rng.binomial(units, share * se + (1 - share) * (1 - sp))
    half = coded // 2
    estimates = rng.binomial(half, se) / half, rng.binomial(half, sp) / half
    if sum(estimates) <= 1:
        return {"Lang-Reiczigel": (np.nan, np.nan, share)}
    found = lang_reiczigel(hits / units, units, estimates[0], half, estimates[1], half)
    return {"Lang-Reiczigel": (found[1], found[2], share)}


def hits_and_misses(
    rng: np.random.Generator, *, units: int, share: float, se: float, sp: float, coded: int
) -> Drawn:
    """A third of the coding goes to hits, two thirds to misses; the truth is that of the whole."""
    true = rng.random(units) < share
    hit = verdicts(rng, true, se, sp) > 0
    numbers = []
    for stratum, part in ((true[hit], coded // 3), (true[~hit], coded - coded // 3)):
        drawn = rng.choice(stratum, min(part, len(stratum)), replace=False)
        numbers += [len(stratum), len(drawn), int(drawn.sum())]
    found = stratified_recall(*numbers)
    truth = {"recall": true[hit].sum() / true.sum(), "prevalence": true.mean()}
    return {
        f"stratified {name}": (found[f"{name}_low"], found[f"{name}_high"], value)
        for name, value in truth.items()
    }


def simple_sample(
    rng: np.random.Generator, *, units: int, share: float, se: float, sp: float, coded: int
) -> Drawn:
    """A simple random sample is coded; the share that the population is drawn from is the truth."""
    true = (rng.random(units) < share).astype(float)
    g = verdicts(rng, true > 0, se, sp)
    chosen = np.zeros(units, bool)
    chosen[rng.choice(units, coded, replace=False)] = True
    found = prediction_powered_mean(true[chosen], g[chosen], g[~chosen])
    label = np.where(chosen, true, np.nan)
    row = design_based(label, g, np.full(units, coded / units), {}).iloc[0]
    return {
        "PPI": (found["ppi_low"], found["ppi_high"], share),
        "PPI, tuned": (found["ppi_tuned_low"], found["ppi_tuned_high"], share),
        "coded units alone": (found["classical_mean_low"], found["classical_mean_high"], share),
        "design-based": (row["low"], row["high"], share),
        "uncorrected": (*_wald(g), share),
    }


def unequal_chances(
    rng: np.random.Generator, *, units: int, share: float, se: float, sp: float, coded: int
) -> Drawn:
    """Each unit is coded or not by a draw of its own, hits four times as likely as misses."""
    true = (rng.random(units) < share).astype(float)
    g = verdicts(rng, true > 0, se, sp)
    weight = 1 + 3 * g
    pi = np.minimum(1, coded * weight / weight.sum())
    chosen = rng.random(units) < pi
    row = design_based(np.where(chosen, true, np.nan), g, pi, {}).iloc[0]
    return {"design-based": (row["low"], row["high"], share)}


def _wald(values: np.ndarray) -> tuple[float, float]:
    half = 1.96 * values.std() / np.sqrt(len(values))
    return values.mean() - half, values.mean() + half


def study_strata() -> pd.DataFrame:
    """The strata of the oversight study's segments: population and sample of each."""
    sample = pd.read_csv(project.root() / SAMPLE, keep_default_na=False)
    own = sample[sample["kind"] != "occurrence"]
    return own[["stratum", "population", "sampled"]].drop_duplicates().sort_values("stratum")


def as_the_study(
    rng: np.random.Generator, *, strata: pd.DataFrame, gap: float, factor: int = 1
) -> Drawn:
    """The study's segments and strata, a frame as rare and as often missed as mass surveillance.

    Segments with a term of any frame express this one in 18 %, others in 6 %; the words find 55 %
    in the former, none in the latter. `gap` is taken from the sensitivity of one group and given
    to another; `factor` multiplies the sample.
    """
    sizes = strata["population"].to_numpy()
    stratum = np.repeat(strata["stratum"].to_numpy(), sizes)
    groups = np.array(["civil society", "government", "academic", "board"])
    named = pd.Series(stratum).str.split(": ").str[1].to_numpy()
    group = np.where(np.isin(named, groups), named, rng.choice(groups, len(named)))
    some = np.char.startswith(stratum.astype(str), "with:")
    true = rng.random(len(stratum)) < np.where(some, 0.18, 0.06)
    se = 0.55 + gap * ((group == "civil society") * 1.0 - (group == "government") * 1.0)
    predicted = rng.random(len(stratum)) < np.where(true, se, 0.02) * some
    label = np.full(len(stratum), np.nan)
    inclusion = np.full(len(stratum), np.nan)
    first = np.concatenate([[0], np.cumsum(sizes)])
    for at, number, sampled in zip(first, sizes, strata["sampled"] * factor, strict=False):
        drawn = at + rng.choice(number, min(sampled, number), replace=False)
        label[drawn] = true[drawn]
        inclusion[drawn] = len(drawn) / number
    table = pd.DataFrame(
        {
            "group": group,
            "predicted": predicted.astype(int),
            "true": label,
            "stratum": stratum,
            "population": np.repeat(sizes, sizes),
            "inclusion": inclusion,
        }
    )
    return dict(_study_intervals(table, true))


def _study_intervals(
    table: pd.DataFrame, true: np.ndarray
) -> Iterator[tuple[str, tuple[float, float, float]]]:
    measures = accuracy(table, groups=[]).set_index("measure")
    predicted = table["predicted"].to_numpy() > 0
    for name, value in (
        ("recall", predicted[true].mean()),
        ("precision", true[predicted].mean()),
    ):
        yield f"{name}, weighted", (*measures.loc[name, ["low", "high"]], value)
    wanted = ["civil society", "government"]
    for group, rows in corrected_shares(table, wanted).groupby("group"):
        truth = true[table["group"] == group].mean()
        for method, row in rows.set_index("method").iterrows():
            yield f"{method}, {group}", (row["low"], row["high"], truth)


USUAL = {"units": 3400, "share": 0.15, "se": 0.7, "sp": 0.97}
RARE = {"units": 3400, "share": 0.09, "se": 0.3, "sp": 0.995}
SCENARIOS: tuple[tuple[str, Callable[..., Drawn], dict], ...] = (
    ("usual", known_error, USUAL),
    ("rare, often missed", known_error, RARE),
    ("usual, 400 coded", estimated_error, USUAL | {"coded": 400}),
    ("usual, 100 coded", estimated_error, USUAL | {"coded": 100}),
    ("rare, often missed, 400 coded", estimated_error, RARE | {"coded": 400}),
    ("usual, 400 coded", hits_and_misses, USUAL | {"coded": 400}),
    ("usual, 100 coded", hits_and_misses, USUAL | {"coded": 100}),
    ("rare, often missed, 400 coded", hits_and_misses, RARE | {"coded": 400}),
    ("usual, 400 coded", simple_sample, USUAL | {"coded": 400}),
    ("usual, 100 coded", simple_sample, USUAL | {"coded": 100}),
    ("rare, often missed, 400 coded", simple_sample, RARE | {"coded": 400}),
    ("usual, 400 coded by chance", unequal_chances, USUAL | {"coded": 400}),
    ("rare, often missed, 400 coded by chance", unequal_chances, RARE | {"coded": 400}),
    ("the study's design, equal error", as_the_study, {"gap": 0.0}),
    ("the study's design, unequal error", as_the_study, {"gap": 0.25}),
    ("the study's design, four times the coding", as_the_study, {"gap": 0.0, "factor": 4}),
)


def coverage(replications: int, *, seed: int = SEED, workers: int = 2) -> pd.DataFrame:
    """One row per scenario and interval: how often it holds the truth, with Monte Carlo error."""
    # The longest are last on the list; begun first, they keep no worker waiting.
    numbers = range(len(SCENARIOS))[::-1]
    with ProcessPoolExecutor(workers) as pool:
        tables = list(pool.map(partial(_scenario, replications, seed), numbers))
    return pd.concat(tables[::-1], ignore_index=True)


def _scenario(replications: int, seed: int, number: int) -> pd.DataFrame:
    scenario, simulate, settings = SCENARIOS[number]
    rng = np.random.default_rng([seed, number])
    extra = {}
    if simulate is as_the_study:
        # Slow: half as many, and the table says so.
        replications, extra = replications // 2, {"strata": study_strata()}
    drawn: dict[str, list[tuple[float, float, float]]] = {}
    for _ in range(replications):
        for name, bounds in simulate(rng, **settings, **extra).items():
            drawn.setdefault(name, []).append(bounds)
    return pd.DataFrame(
        {"scenario": scenario, "interval": name, **_row(np.array(bounds))}
        for name, bounds in drawn.items()
    )


def _row(bounds: np.ndarray) -> dict[str, float]:
    given = bounds[~np.isnan(bounds).any(axis=1)]
    low, high, truth = given.T
    held = (low <= truth) & (truth <= high)
    share = held.mean()
    return {
        "replications": len(bounds),
        "without_interval": len(bounds) - len(given),
        "coverage": share,
        "mc_error": np.sqrt(share * (1 - share) / len(given)),
        "too_high": (low > truth).mean(),
        "too_low": (high < truth).mean(),
        "width": (high - low).mean(),
        "truth": truth.mean(),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replications", type=int, default=REPLICATIONS)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("data/validity/coverage.csv"))
    options = parser.parse_args()
    start = time.perf_counter()
    table = coverage(options.replications, workers=options.workers).round(6)
    write_table(table, options.out)
    shown = table.assign(coverage=100 * table["coverage"], mc_error=100 * table["mc_error"])
    print(shown.round(2).to_string(index=False))
    print(f"{options.replications} replications: {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()

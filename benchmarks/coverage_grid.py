"""Coverage and power of every corrected estimate over a grid of known worlds.

    python benchmarks/coverage_grid.py [--replications 1000] [--out data/validity/coverage_grid.csv]

A cell is a share, an annotator's quality, whether it errs unequally by group, and whether speakers
cluster. Two groups speak; the second expresses the frame half as often. 300 of 2,000 segments are
coded, drawn by group and label. Estimates that speak of these texts are asked about the share in
these texts, regressions with speakers as clusters about the share that speakers are drawn from.
"""

from __future__ import annotations

import argparse
import itertools
import time
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
import pandas as pd
import scipy.stats

from analysis.coding.accuracy import effective_interval
from analysis.coding.codes import write_table
from analysis.coding.correction import (
    DESIGN,
    FEWEST_OF_GROUP,
    POWERED,
    ROGAN_GLADEN,
    STRATIFIED,
    UNEQUAL,
    contrast_shares,
    corrected_shares,
    unequal_error,
)
from analysis.statistics.coders.unequal import equal_recall_test
from analysis.statistics.coders.validity import lang_reiczigel
from analysis.statistics.groups.recovery import difference
from analysis.statistics.models.labelled_regression import design_based_regression

SEED = 20251125
UNITS, CODED, SPEAKERS = 2000, 300, 30
SHARES = (0.08, 0.2, 0.4)
QUALITIES = {"poor": (0.5, 0.9), "fair": (0.7, 0.95), "good": (0.9, 0.98)}
GAP = 0.15
SPREAD = 0.06
"""Part of the variance of a label that lies between speakers, where they cluster."""
FIRST, SECOND = "first", "second"
METHODS = (ROGAN_GLADEN, STRATIFIED, POWERED, DESIGN)


def world(rng: np.random.Generator, share: float, quality: str, unequal: bool, clustered: bool):
    """Draw segments, their truth, their labels and which are coded, as columns."""
    n = UNITS
    group = np.where(np.arange(n) % 2 == 0, FIRST, SECOND)
    speaker = np.arange(n) % (2 * SPEAKERS)
    chance = np.where(group == FIRST, share, share / 2)
    if clustered:
        means = np.where(np.arange(2 * SPEAKERS) % 2 == 0, share, share / 2)
        size = (1 - SPREAD) / SPREAD
        chance = rng.beta(means * size, (1 - means) * size)[speaker]
    true = rng.random(n) < chance
    sensitivity, specificity = QUALITIES[quality]
    lean = GAP * np.where(group == FIRST, 1, -1) if unequal else 0.0
    found = np.clip(sensitivity + np.minimum(lean, 1 - sensitivity - 0.02), 0, 1)
    predicted = (rng.random(n) < np.where(true, found, 1 - specificity)).astype(int)
    stratum = 2 * (group == SECOND) + predicted
    label, inclusion, population = (np.full(n, np.nan) for _ in range(3))
    for name in np.unique(stratum):
        places = np.flatnonzero(stratum == name)
        drawn = rng.choice(places, min(CODED // 4, len(places)), replace=False)
        label[drawn] = true[drawn]
        inclusion[drawn] = len(drawn) / len(places)
        population[places] = len(places)
    return {
        "first": group == FIRST,
        "speaker": speaker,
        "truth": true,
        "predicted": predicted,
        "true": label,
        "stratum": stratum,
        "population": population,
        "inclusion": inclusion,
    }


def once(rng: np.random.Generator, **cell) -> dict[str, tuple[float, float, float, bool]]:
    """Bounds of every interval, the truth, and whether a warning was given; in numpy, for speed."""
    table = world(rng, **cell)
    first = table["first"]
    n = first.sum()
    coded = ~np.isnan(table["true"])
    g, y, pi = table["predicted"], table["true"][coded], table["inclusion"][coded]
    lam = _tuning(table, coded)
    here = {True: table["truth"][first].mean(), False: table["truth"][~first].mean()}
    rows: dict[str, tuple[float, float, float, bool]] = {}
    parts = {}
    for method, share in ((STRATIFIED, 0.0), (POWERED, lam)):
        for side in (True, False):
            own = (first == side)[coded]
            weight = own / pi
            gap = y - share * g[coded]
            mean = (weight * gap).sum() / weight.sum()
            stake = own / weight.sum()
            variance = _guarded(table, coded, stake * (gap - mean), stake)
            value = mean + share * g[first == side].mean()
            parts[method, side] = (value, *effective_interval(value, np.sqrt(variance), own.sum()))
        rows[f"share, {method}"] = (*parts[method, True][1:], here[True], False)
        bounds = difference(*(_inside(parts[method, side]) for side in (True, False)))[1:]
        rows[f"difference, {method}"] = (*bounds, here[True] - here[False], False)
    outcome = g.astype(float)
    outcome[coded] += (y - g[coded]) / pi
    own = outcome[first]
    stake = first[coded] / n
    p = min(max(own.mean(), 0.0), 1.0)
    se = np.sqrt(_guarded(table, coded, stake * (y - g[coded]), stake) + p * (1 - p) / n)
    aim = cell["share"] if not cell["clustered"] else here[True]
    if 0 <= own.mean() <= 1:
        bounds = effective_interval(own.mean(), se, min(n, (first & coded).sum()))
        rows[f"share, {DESIGN}"] = (*bounds, aim, False)
    rows |= _rogan_gladen(table, coded, here)
    for method, share in ((POWERED, None), (DESIGN, 1.0)):
        bounds = _regression(table, coded, share, cell["clustered"])
        rows[f"regression, {method}"] = (*bounds, cell["share"] / 2, False)
    return rows


def _inside(part: tuple[float, float, float]) -> tuple[float, float, float]:
    value, low, high = part
    return float(np.clip(value, low, high)), low, high


def _variance(
    table: dict[str, np.ndarray],
    coded: np.ndarray,
    residual: np.ndarray,
    stake: np.ndarray | None = None,
) -> float:
    """As :func:`analysis.coding.accuracy.total_variance`."""
    stratum = table["stratum"][coded]
    kinds = np.unique(table["stratum"])
    number = np.searchsorted(kinds, stratum)
    n = np.bincount(number)
    big = np.bincount(np.searchsorted(kinds, table["stratum"]))
    mean = np.bincount(number, residual) / n
    squares = np.bincount(number, (residual - mean[number]) ** 2)
    spread = squares / np.maximum(n - 1, 1)
    if stake is not None:
        most = np.bincount(number, stake**2)
        alike = squares < 1e-9 * most
        p = 0.5 / (np.bincount(number, stake != 0)[alike].sum() + 1)
        spread = np.where(alike, p * (1 - p) * most / n, spread)
    return float((big**2 * (1 - n / big) * spread / n).sum())


def _guarded(
    table: dict[str, np.ndarray], coded: np.ndarray, residual: np.ndarray, stake: np.ndarray
) -> float:
    """As the variance of :func:`analysis.coding.correction.corrected_shares`."""
    kinds = np.unique(table["stratum"])
    number = np.searchsorted(kinds, table["stratum"][coded])
    n = np.bincount(number)
    big = np.bincount(np.searchsorted(kinds, table["stratum"]))
    mean = np.bincount(number, residual) / n
    squares = np.bincount(number, (residual - mean[number]) ** 2)
    m = np.bincount(number, stake != 0)
    spread = n * squares / (n + 2) ** 2
    spread += (m + 1) / (m + 2) ** 2 * np.bincount(number, stake**2) / n
    return float((big**2 * (1 - n / big) * spread / n).sum())


def _tuning(table: dict[str, np.ndarray], coded: np.ndarray) -> float:
    weight = 1 / table["inclusion"][coded]
    y, g = (
        v - np.average(v, weights=weight) for v in (table["true"][coded], table["predicted"][coded])
    )
    of_y, of_g, of_gap = (_variance(table, coded, weight * v) for v in (y, g, y - g))
    return float(np.clip((of_y + of_g - of_gap) / (2 * of_g), 0, 1)) if of_g > 0 else 0.0


def _rogan_gladen(table: dict[str, np.ndarray], coded: np.ndarray, here: dict[bool, float]):
    y, g, first = table["true"][coded], table["predicted"][coded], table["first"]
    found = {}
    weight = 1 / table["inclusion"][coded]
    for name, top, base in (("recall", y * g, y), ("specificity", (1 - y) * (1 - g), 1 - y)):
        flip = ((1 - y) * g, 1 - y) if name == "recall" else (y * (1 - g), y)
        total = (weight * base).sum()
        if not total:
            return {}
        value = (weight * top).sum() / total
        residual = (top - value * base) / total
        stake = np.abs((flip[0] - value * flip[1]) / total - residual)
        se = np.sqrt(_variance(table, coded, residual, stake))
        found[name] = value, se, int(base.sum())
    if found["recall"][0] + found["specificity"][0] <= 1:
        return {}
    warned = _unequal(table, coded) < UNEQUAL / 2
    parts = {}
    for side in (True, False):
        arguments = []
        for name in ("recall", "specificity"):
            value, se, coded_here = found[name]
            size = value * (1 - value) / se**2 if se > 1e-9 and 0 < value < 1 else coded_here
            arguments += [value, size]
        own = table["predicted"][first == side]
        parts[side] = lang_reiczigel(own.mean(), float(len(own)), *arguments)
    rows = {f"share, {ROGAN_GLADEN}": (*parts[True][1:], here[True], warned)}
    bounds = difference(*(_inside(parts[side]) for side in (True, False)))[1:]
    rows[f"difference, {ROGAN_GLADEN}"] = (*bounds, here[True] - here[False], warned)
    return rows


def _unequal(table: dict[str, np.ndarray], coded: np.ndarray) -> float:
    """Return the smaller p of the tests of equal recall and of equal specificity."""
    first, g, y = table["first"], table["predicted"] == 1, table["true"]
    rows = []
    for own in (first, ~first):
        row = []
        for here in (own & g, own & ~g):
            said = y[here & coded]
            row += [here.sum(), len(said), said.sum()]
        rows.append(row)
    hits, n1, x1, misses, n0, x0 = np.array(rows, dtype=float).T
    p = [1.0]
    if (x1 + x0 >= FEWEST_OF_GROUP).all():
        p.append(equal_recall_test(hits, n1, x1, misses, n0, x0)["p"])
    if (n1 - x1 + n0 - x0 >= FEWEST_OF_GROUP).all():
        p.append(equal_recall_test(misses, n0, n0 - x0, hits, n1, n1 - x1)["p"])
    return min(p)


def _regression(
    table: dict[str, np.ndarray], coded: np.ndarray, share: float | None, clustered: bool
) -> tuple[float, float]:
    """As design_based_regression of the label on the group; both in one least squares."""
    X = np.column_stack([np.ones(len(coded)), table["first"].astype(float)])
    g = table["predicted"].astype(float)
    known, weight = np.zeros(len(g)), np.zeros(len(g))
    known[coded], weight[coded] = table["true"][coded], 1 / table["inclusion"][coded]
    bread = np.linalg.inv(X.T @ X)
    m = 2 * SPEAKERS

    def summed(values: np.ndarray) -> np.ndarray:
        scores = X * values[:, None]
        if not clustered:
            return scores
        return np.column_stack([np.bincount(table["speaker"], column, m) for column in scores.T])

    def beta(lam: float) -> tuple[np.ndarray, np.ndarray]:
        outcome = lam * g + weight * (known - lam * g)
        return bread @ (X.T @ outcome), outcome

    if share is None:
        fit, _ = beta(1.0)
        fixed, moved = summed(weight * known - X @ fit) @ bread, summed(g - weight * g) @ bread
        least = (moved**2).sum()
        share = float(np.clip(-(fixed * moved).sum() / least, 0, 1)) if least else 0.0
    fit, outcome = beta(share)
    scores = summed(outcome - X @ fit)
    factor = m / (m - 1) if clustered else 1.0
    se = np.sqrt(np.diag(bread @ (scores.T @ scores) @ bread)[1] * factor)
    half = (scipy.stats.t.ppf(0.975, m - 1) if clustered else 1.959963984540054) * se
    return fit[1] - half, fit[1] + half


def by_library(table: dict[str, np.ndarray], clustered: bool) -> dict[str, tuple[float, float]]:
    """The same intervals by the functions that a researcher calls, to hold the above to them."""
    frame = pd.DataFrame(table).assign(group=np.where(table["first"], FIRST, SECOND), document="d")
    shares = corrected_shares(frame)
    own = shares[shares["group"] == FIRST].set_index("method")
    apart = contrast_shares(shares, FIRST, SECOND).set_index("method")
    found = {f"share, {m}": tuple(own.loc[m, ["low", "high"]]) for m in METHODS}
    ends = ["difference_low", "difference_high"]
    found |= {f"difference, {m}": tuple(apart.loc[m, ends]) for m in METHODS if m != DESIGN}
    for method, tuned in ((POWERED, True), (DESIGN, False)):
        fit = design_based_regression(
            frame["true"],
            frame["predicted"],
            frame["inclusion"].fillna(1.0),
            {"first": table["first"].astype(float)},
            cluster=frame["speaker"] if clustered else None,
            tuned=tuned,
        ).loc["first"]
        found[f"regression, {method}"] = fit["low"], fit["high"]
    return found


def cells() -> list[dict]:
    product = itertools.product(SHARES, QUALITIES, (False, True), (False, True))
    return [
        dict(zip(("share", "quality", "unequal", "clustered"), c, strict=True)) for c in product
    ]


def check(seed: int, number: int) -> None:
    """Hold the intervals in numpy to those of the library, on one draw of a cell."""
    cell = cells()[number]
    mine = once(np.random.default_rng([seed, number, 1]), **cell)
    table = world(np.random.default_rng([seed, number, 1]), **cell)
    for name, bounds in by_library(table, cell["clustered"]).items():
        if name in mine:
            np.testing.assert_allclose(mine[name][:2], bounds, atol=1e-9, err_msg=name)
    frame = pd.DataFrame(table).assign(group=np.where(table["first"], FIRST, SECOND))
    smaller = _unequal(table, ~np.isnan(table["true"]))
    np.testing.assert_allclose(smaller, unequal_error(frame)["p"].min(), atol=1e-9)


def _cell(replications: int, seed: int, number: int) -> pd.DataFrame:
    cell = cells()[number]
    rng = np.random.default_rng([seed, number])
    drawn: dict[str, list[tuple[float, float, float, bool]]] = {}
    check(seed, number)
    for _ in range(replications):
        for name, values in once(rng, **cell).items():
            drawn.setdefault(name, []).append(values)
    rows = []
    for name, values in drawn.items():
        low, high, truth, warned = (np.array(column) for column in zip(*values, strict=True))
        given = ~np.isnan(low)
        held = ((low <= truth) & (truth <= high))[given]
        away = ((low > 0) | (high < 0))[given].mean() if not name.startswith("share") else np.nan
        rows.append(
            {
                **cell,
                "interval": name,
                "replications": replications,
                "without_interval": replications - int(given.sum()),
                "coverage": held.mean(),
                "mc_error": np.sqrt(held.mean() * (1 - held.mean()) / given.sum()),
                "width": (high - low)[given].mean(),
                "power": away,
                "warned": warned.mean(),
            }
        )
    return pd.DataFrame(rows)


def coverage(replications: int, *, seed: int = SEED, workers: int = 2) -> pd.DataFrame:
    """One row per cell and interval."""
    with ProcessPoolExecutor(workers) as pool:
        tables = list(pool.map(partial(_cell, replications, seed), range(len(cells()))))
    return pd.concat(tables, ignore_index=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--replications", type=int, default=1000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--out", type=Path, default=Path("data/validity/coverage_grid.csv"))
    options = parser.parse_args()
    start = time.perf_counter()
    table = coverage(options.replications, workers=options.workers).round(6)
    write_table(table, options.out)
    shown = table.assign(coverage=100 * table["coverage"])
    print(shown.round(2).to_string(index=False))
    print(f"{options.replications} replications: {time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()

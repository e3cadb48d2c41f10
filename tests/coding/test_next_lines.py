"""Which lines to code next: known chances, and fewer codes for the same width."""

import numpy as np
import pandas as pd
import pytest

from analysis.coding import next_lines
from analysis.coding.accuracy import total_variance
from analysis.coding.sampling import draw
from analysis.errors import AnalysisError


def lines(n=2000, seed=1, sharp=2.0):
    """Lines whose annotator gives calibrated probabilities, most of them sure."""
    rng = np.random.default_rng(seed)
    p = rng.beta(0.15 * sharp, 0.85 * sharp, n)
    return pd.DataFrame({"p": p, "true": (rng.random(n) < p).astype(float)})


def estimate(drawn, units, score=None):
    """Share with its standard error: the labels where given, put right by the codes."""
    g = score if score is not None else pd.Series(0.0, index=units.index)
    weight = 1 / drawn["inclusion"] / len(units)
    gap = drawn["true"] - g[drawn.index]
    means = gap.groupby(drawn["stratum"]).transform("mean")
    value = float(g.mean() + (weight * gap).sum())
    return value, float(np.sqrt(total_variance(drawn, (gap - means) / len(units))))


def test_a_quarter_fewer_codes_for_the_same_width():
    errors = {"simple": [], "uncertainty": []}
    for seed in range(60):
        units = lines(seed=seed)
        simple = draw(units, pd.Series("all", index=units.index), 400, seed=seed)
        fewer = next_lines.by_uncertainty(units, units["p"], 300, seed=seed)
        errors["simple"].append(estimate(simple, units)[0] - units["true"].mean())
        errors["uncertainty"].append(estimate(fewer, units, units["p"])[0] - units["true"].mean())
    spread = {name: np.std(values) for name, values in errors.items()}
    # 300 lines drawn by doubt are worth more than 400 drawn alike.
    assert spread["uncertainty"] < spread["simple"]


@pytest.mark.no_cover
def test_the_estimate_is_unbiased_whatever_the_annotator_is_worth():
    gaps = []
    for seed in range(100):
        units = lines(n=500, seed=7)
        wrong = 1 - units["p"]
        drawn = next_lines.by_uncertainty(units, wrong, 100, seed=seed)
        gaps.append(estimate(drawn, units, wrong)[0] - units["true"].mean())
    assert abs(np.mean(gaps)) < 3 * np.std(gaps) / np.sqrt(len(gaps))


def test_no_line_is_without_a_chance():
    units = lines()
    drawn = next_lines.by_uncertainty(units, units["p"], 200, seed=3)
    populations = drawn.drop_duplicates("stratum")["population"]
    assert populations.sum() == len(units)
    assert len(drawn) == 200
    assert (drawn["sampled"] >= 2).all()
    chances = drawn.assign(p=units["p"][drawn.index]).groupby("stratum").first()
    doubt = chances["p"] * (1 - chances["p"])
    assert chances["inclusion"][doubt.idxmax()] > chances["inclusion"][doubt.idxmin()]


def test_labels_alone_give_two_strata():
    units = lines()
    drawn = next_lines.by_uncertainty(units, (units["p"] > 0.5).astype(float), 100, seed=3)
    assert drawn["stratum"].nunique() <= 2


def test_the_number_of_lines_gives_the_width():
    units = lines(n=3000)
    wanted = 0.04
    numbers = next_lines.lines_for_width(wanted, units["p"])
    assert numbers["uncertainty"] < 0.75 * numbers["simple"]
    widths = []
    for seed in range(15):
        drawn = next_lines.by_uncertainty(units, units["p"], numbers["uncertainty"], seed=seed)
        widths.append(2 * 1.96 * estimate(drawn, units, units["p"])[1])
    assert np.mean(widths) == pytest.approx(wanted, rel=0.15)


def test_a_stratum_without_a_size_is_refused():
    units = pd.DataFrame({"unit": range(4)})
    with pytest.raises(AnalysisError, match="0 lines to draw"):
        next_lines.draw_by(units, pd.Series(list("aabb")), {"a": 1}, seed=1)


def test_probabilities_beyond_one_are_refused():
    with pytest.raises(AnalysisError, match="probability of line 1"):
        next_lines.by_uncertainty(pd.DataFrame({"a": [1, 2]}), pd.Series([0.5, 1.2]), 2, seed=1)


def test_the_study_sample_is_drawn_again(root):
    folder = root / "data" / "studies" / "oversight" / "coding"
    strata = pd.read_csv(folder / "second" / "strata.csv", keep_default_na=False)
    segments = pd.read_csv(folder / "segments.csv", keep_default_na=False)
    rest = strata["stratum"] != "coded before"
    sizes = {"found": 60, "likely": 110, "unlikely": 90, "short": 20}
    drawn = next_lines.draw_by(segments[rest], strata["stratum"][rest], sizes, seed=20151125)
    sample = next_lines.as_sample(drawn, seed=20151125)
    kept = pd.read_csv(folder / "second" / "sample.csv", keep_default_na=False)
    columns = ["item", "document", "start", "end", "stratum", "population", "sampled"]
    pd.testing.assert_frame_equal(sample[columns], kept[columns], check_dtype=False)

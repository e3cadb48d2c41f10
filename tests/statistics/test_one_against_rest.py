"""Many groups against all others in one pass say what `contrast` says of each pair of sides."""

import numpy as np
import pandas as pd
import pytest

from analysis.errors import AnalysisError
from analysis.statistics.counts.one_against_rest import one_against_rest
from analysis.statistics.counts.rates import contrast


def study(units, seed=3):
    """One utterance per speaker; a fifth of them in each of five groups, who say three frames."""
    rng = np.random.default_rng(seed)
    said = pd.DataFrame(
        {
            "document": [f"d{n}" for n in range(units)],
            "utterance": 0,
            "speaker": "x",
            "group": [f"g{n % 5}" for n in range(units)],
            "words": rng.integers(200, 900, units),
        }
    )
    frames = ["duty", "going dark", "rights"]
    rates = rng.gamma(0.7, [3, 1, 2], (units, 3)) * (1 + 2 * (said[["group"]] == "g1").to_numpy())
    counts = rng.poisson(rates)
    place, frame = np.nonzero(counts)
    hits = said.iloc[np.repeat(place, counts[place, frame])][["document", "utterance"]]
    return hits.assign(frame=np.repeat(np.array(frames)[frame], counts[place, frame])), said


def pair(hits, said, name, **options):
    rest = sorted({*said["group"]} - {name})
    return contrast(hits, said, first=[name], second=rest, of="frame", **options)


@pytest.mark.parametrize("name", ["g0", "g1"])
def test_counts_ratio_and_the_p_of_all_relabellings_are_those_of_the_contrast(name):
    hits, said = study(15)
    ours = one_against_rest(hits, said, values=["g0", "g1"]).query("group == @name")
    theirs = pair(hits, said, name)
    for one, other in (("count", "count_1"), ("others", "count_2"), ("words", "words_1")):
        assert ours[one].tolist() == theirs[other].tolist()
    for column in ("log_ratio", "p"):
        assert ours[column].to_numpy() == pytest.approx(theirs[column].to_numpy(), rel=1e-12)


@pytest.mark.no_cover
def test_shared_relabellings_and_resamples_agree_with_those_of_the_contrast():
    hits, said = study(100)
    table = one_against_rest(hits, said, values=[f"g{n}" for n in range(5)])
    # 9,999 relabellings on either side: a p of .5 is known to .005, so .025 is five errors.
    for name, ours in table.groupby("group"):
        theirs = pair(hits, said, name)
        assert np.abs(ours["p"].to_numpy() - theirs["p"].to_numpy()).max() < 0.025
        for end in ("low", "high"):
            assert np.abs(ours[end].to_numpy() - theirs[end].to_numpy()).max() < 0.1
    assert table.set_index("group").loc["g1", "p"].min() < 0.05


def test_few_units_leave_no_interval_narrower_than_that_of_independent_words():
    hits, said = study(15)
    ours, theirs = one_against_rest(hits, said, values=["g1"]), pair(hits, said, "g1")
    assert (ours["low"].to_numpy() <= theirs["wald_low"].to_numpy() + 1e-9).all()
    assert (ours["high"].to_numpy() >= theirs["wald_high"].to_numpy() - 1e-9).all()


@pytest.mark.parametrize(("values", "keep"), [(["nobody"], ["g0", "g1"]), (["g0"], ["g0"])])
def test_a_group_that_is_silent_or_alone_is_named(values, keep):
    hits, said = study(15)
    with pytest.raises(AnalysisError, match="group"):
        one_against_rest(hits, said[said["group"].isin(keep)], values=values)

"""Labels of any annotator: what is refused, what is joined, what may be concluded."""

import numpy as np
import pandas as pd
import pytest

from analysis.coding import label_estimates, labels
from analysis.errors import AnalysisError

FRAMES = ["security threat", "mass surveillance", "legality"]
FRAME = "mass surveillance"


@pytest.fixture
def segments():
    return pd.DataFrame(
        {
            "document": ["morning"] * 3 + ["evening"] * 3,
            "utterance": [0, 1, 2, 0, 1, 2],
            "start": [0, 10, 20, 0, 15, 30],
            "end": [10, 20, 30, 15, 30, 44],
            "words": [3] * 6,
            "speaker": ["Arden", "Bell", "Arden", "Corday", "Bell", "Corday"],
            "group": ["civil society", "government", "civil society"] * 2,
        }
    )


@pytest.fixture
def write(tmp_path):
    def written(*lines, head="document,start,end,variable,label,probability,annotator"):
        path = tmp_path / "labels.csv"
        path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
        return path

    return written


def test_labels_are_read_and_put_side_by_side(write, segments):
    path = write(
        "morning,0,10,frame,mass surveillance,0.8,robot",
        "morning,0,10,frame,legality,0.3,robot",
        "morning,10,20,frame,none,,robot",
        "morning,0,10,frame,mass surveillance,,ada",
    )
    table = labels.label_table(labels.read_labels(path, segments, frames=FRAMES), segments, FRAME)
    assert list(table) == ["ada", "robot"]
    assert table["robot"].tolist()[:2] == [0.8, 0.0]
    assert table["ada"].tolist()[0] == 1.0
    assert table["robot"].isna().sum() == 4


def test_a_segment_may_be_named_by_its_row(write, segments):
    path = write("evening,4,frame,legality,ada", head="document,segment,variable,label,annotator")
    read = labels.read_labels(path, segments, frames=FRAMES)
    assert read.loc[0, ["row", "start", "end"]].tolist() == [4, 15, 30]


@pytest.mark.parametrize(
    "content",
    [
        "document,start,end,variable,label,probability,annotator\r\nlong,100,1200,frame,legality,0.75,ada",
        "\ufeffdocument;start;end;variable;label;probability;annotator\nlong;100;1200;frame;legality;0,75;ada",
        "document\tstart\tend\tvariable\tlabel\tprobability\tannotator\nlong\t100\t1200\tframe\tlegality\t.75\tada",
        'document,start,end,variable,label,probability,annotator\nlong,100,"1,200",frame,legality,"0,75",ada',
        "document;start;end;variable;label;probability;annotator\nlong;100;1\u00a0200;frame;legality;0.75;ada",
        "document,start,end,variable,label,probability,annotator\nlong,100.0,1200.0,frame,legality,7.5e-1,ada",
        "document,segment,variable,label,probability,annotator\nlong,1.0,frame,legality,0.750,ada",
    ],
)  # fmt: skip
def test_what_a_spreadsheet_makes_of_the_file_is_read(tmp_path, content):
    units = pd.DataFrame({"document": ["long", "long"], "start": [0, 100], "end": [100, 1200]})
    path = tmp_path / "labels.csv"
    path.write_text(content + "\n", encoding="utf-8")
    read = labels.read_labels(path, units, frames=FRAMES)
    assert read.loc[0, ["row", "start", "end", "probability"]].tolist() == [1, 100, 1200, 0.75]


def test_a_segment_number_that_is_at_odds_with_its_place_is_refused(write, segments):
    head = "document,segment,start,end,variable,label,annotator"
    path = write("morning,1,0,10,frame,legality,ada", head=head)
    with pytest.raises(AnalysisError, match="segment 1 of morning, which is not 0 to 10"):
        labels.read_labels(path, segments, frames=FRAMES)


def test_a_place_that_is_no_number_is_named(write, segments):
    path = write("morning,²,10,frame,legality,,ada")
    with pytest.raises(AnalysisError, match="line 2: morning ² to 10"):
        labels.read_labels(path, segments, frames=FRAMES)


def test_a_frame_beside_none_is_refused_unless_both_are_probabilities(write, segments):
    path = write("morning,0,10,frame,none,,ada", "morning,0,10,frame,legality,,ada")
    with pytest.raises(AnalysisError, match="line 3: 'legality' by 'ada' beside 'none'"):
        labels.read_labels(path, segments, frames=FRAMES)
    path = write("morning,0,10,frame,none,0.8,ada", "morning,0,10,frame,legality,0.2,ada")
    assert len(labels.read_labels(path, segments, frames=FRAMES)) == 2


BAD = {
    "no such unit": ("morning,0,11,frame,legality,,ada", "morning 0 to 11"),
    "two for one": (
        "morning,10,20,frame,legality,,ada\nmorning,10,20,frame,legality,0.2,ada",
        "a second frame",
    ),
    "probability": ("morning,10,20,frame,legality,1.2,ada", "probability '1.2'"),
    "unknown label": ("morning,10,20,frame,gossip,,ada", "frame 'gossip'"),
    "unknown variable": ("morning,10,20,mood,sad,,ada", "variable 'mood'"),
    "no annotator": ("morning,10,20,frame,legality,,", "no annotator"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_faulty_line_is_named_with_what_is_left(write, segments, kind):
    lines, said = BAD[kind]
    path = write("morning,0,10,frame,legality,,ada", lines)
    faults = labels.check_labels(path, segments, frames=FRAMES)
    assert faults["kind"].tolist() == [kind]
    assert faults["line"].tolist() == [3 + lines.count("\n")]
    assert faults["left"].str.len().gt(10).all()
    with pytest.raises(AnalysisError) as refused:
        labels.read_labels(path, segments, frames=FRAMES)
    assert said in str(refused.value)
    assert "partial=True" in str(refused.value)
    kept = labels.read_labels(path, segments, frames=FRAMES, partial=True)
    assert len(kept) == 1 + lines.count("\n")
    assert kept.attrs["left_out"] == 1


def test_a_probability_that_is_no_number_is_named(write, segments):
    path = write("morning,0,10,frame,legality,nan,ada", "morning,10,20,frame,legality,high,ada")
    assert (
        labels.check_labels(path, segments, frames=FRAMES)["kind"].tolist() == ["probability"] * 2
    )


def test_a_model_says_its_version_and_day(write, segments):
    head = "document,start,end,variable,label,annotator,model,version,date"
    path = write(
        "morning,0,10,frame,legality,robot,small-model,3,2026-01-02",
        "morning,10,20,frame,legality,robot,small-model,,yesterday",
        head=head,
    )
    faults = labels.check_labels(path, segments, frames=FRAMES)
    assert faults["kind"].tolist() == ["model"]


def test_a_voice_needs_occurrences(write, segments):
    path = write("morning,2,8,voice,own,,ada", "morning,2,8,stance,asserted,,ada")
    assert len(labels.check_labels(path, segments, frames=FRAMES)) == 2
    occurrences = pd.DataFrame(
        {"document": ["morning"], "start": [2], "end": [8], "term": ["bulk"]}
    )
    read = labels.read_labels(path, segments, frames=FRAMES, occurrences=occurrences)
    table = labels.label_table(read, occurrences, "own", variable="voice")
    assert table["ada"].tolist() == [1.0]


@pytest.mark.parametrize(
    ("head", "said"),
    [
        ("document,start,end,variable,label", "no column annotator"),
        ("document,variable,label,annotator", "where a unit stands"),
    ],
)
def test_missing_columns_are_named(write, segments, head, said):
    path = write(",".join("x" for _ in head.split(",")), head=head)
    with pytest.raises(AnalysisError, match=said):
        labels.read_labels(path, segments, frames=FRAMES)


# What may be concluded


def world(seed=1, n=3000, share=(0.25, 0.1), coded=0.2, quality=(0.8, 0.95), alike=False):
    """Segments of two groups whose truth is known, labelled by a machine, coded in part."""
    rng = np.random.default_rng(seed)
    group = np.where(np.arange(n) % 2 == 0, "civil society", "government")
    true = rng.random(n) < np.where(group == "civil society", *share)
    units = pd.DataFrame(
        {
            "document": [f"d{i % 10}" for i in range(n)],
            "utterance": range(n),
            "start": range(0, 100 * n, 100),
            "end": range(90, 100 * n + 90, 100),
            "speaker": [f"{g} {i % 30}" for i, g in enumerate(group)],
            "group": group,
        }
    )
    right = np.where(true, quality[0], 1 - quality[1])
    score = np.zeros(n) if alike else (rng.random(n) < right).astype(float)
    said = pd.DataFrame(
        {
            "annotator": "robot",
            "variable": "frame",
            "row": range(n),
            "label": FRAME,
            "probability": score,
        }
    )
    chosen = np.sort(rng.choice(n, int(coded * n), replace=False))
    codes = units.iloc[chosen][["document", "utterance", "start", "end"]].assign(
        item=[f"s{i}" for i in chosen],
        frame=np.where(true[chosen], FRAME, "none"),
        stratum="all",
        population=n,
        inclusion=len(chosen) / n,
    )
    truth = {name: true[group == name].mean() for name in set(group)}
    return units, said, codes, truth


def test_corrected_shares_are_nearer_the_truth_than_the_labels():
    units, said, codes, truth = world(quality=(0.5, 0.8), coded=0.3)
    shares = label_estimates.corrected_shares(labels=said, codes=codes, units=units, label=FRAME)
    wide = shares.set_index(["group", "method"])
    for group, value in truth.items():
        for method in ("prediction-powered", "design-based"):
            row = wide.loc[(group, method)]
            assert row["low"] <= value <= row["high"]
    raw = wide["estimate"]["government", "raw"]
    corrected = wide["estimate"]["government", "design-based"]
    assert abs(corrected - truth["government"]) < abs(raw - truth["government"]) / 3
    assert set(shares["annotator"]) == {"robot"}
    assert shares["assumption"].str.len().gt(10).all()


def test_a_contrast_is_corrected_for_each_annotator():
    units, said, codes, truth = world()
    both = pd.concat([said, said.assign(annotator="other", probability=0.5)])
    shares = label_estimates.corrected_shares(labels=both, codes=codes, units=units, label=FRAME)
    table = label_estimates.corrected_contrast(shares, "civil society", "government")
    own = table.set_index(["annotator", "method"]).loc[("robot", "design-based")]
    gap = truth["civil society"] - truth["government"]
    assert own["difference_low"] <= gap <= own["difference_high"]
    assert set(table["annotator"]) == {"robot", "other"}


def test_labels_all_alike_add_nothing_and_are_named():
    units, said, codes, truth = world(alike=True)
    shares = label_estimates.corrected_shares(labels=said, codes=codes, units=units, label=FRAME)
    assert shares["note"].str.startswith("labels all alike: they add nothing to the codes").all()
    wide = shares.set_index(["group", "method"])["estimate"]
    for group in truth:
        assert wide[group, "prediction-powered"] == pytest.approx(wide[group, "stratified"])
    table = label_estimates.annotator_agreement(said, codes, units, FRAME, resamples=10)
    assert "labels all alike" in table.loc[0, "note"]


def test_a_label_that_nobody_gave_is_no_share_of_nought():
    units, said, codes, _ = world(n=200)
    with pytest.raises(AnalysisError, match="'gossip' is in no label and no code; expected one of"):
        label_estimates.corrected_shares(labels=said, codes=codes, units=units, label="gossip")


def test_an_interval_that_is_missing_is_explained():
    units, said, codes, _ = world()
    few = codes[codes["item"].isin(codes["item"].head(20))]
    shares = label_estimates.corrected_shares(labels=said, codes=few, units=units, label=FRAME)
    lacking = shares["low"].isna()
    assert lacking.any()
    assert shares.loc[lacking, "note"].str.startswith(("no interval: ", "no estimate: ")).all()
    assert (shares.loc[~lacking, "note"] == "").all()
    table = label_estimates.corrected_contrast(shares, "civil society", "government")
    notes = table.set_index("method")["note"]
    assert "civil society: no interval: " in notes["design-based"]
    assert "coded, 30 at least needed" in notes["design-based"]


def test_no_overlap_with_the_gold_is_named_with_what_is_left():
    units, said, codes, _ = world(n=200)
    none = codes.assign(start=codes["start"] + 1)
    with pytest.raises(AnalysisError, match="no unit that it labelled is among the codes"):
        label_estimates.corrected_shares(labels=said, codes=none, units=units, label=FRAME)
    both = pd.concat([said, said.assign(annotator="other")])
    table = label_estimates.annotator_agreement(both, none, units, FRAME, resamples=10)
    assert table.set_index(["first", "second"]).loc[("other", "robot"), "percent"] == 100
    assert table[table["second"] == "gold"]["note"].str.contains("no unit that both").all()


def test_units_without_a_label_are_named():
    units, said, codes, _ = world(n=200)
    with pytest.raises(AnalysisError, match="50 of 200 units without a label"):
        label_estimates.corrected_shares(
            labels=said.iloc[:150], codes=codes, units=units, label=FRAME
        )


def test_agreement_with_the_gold_has_precision_and_recall():
    units, said, codes, _ = world()
    row = label_estimates.annotator_agreement(said, codes, units, FRAME, resamples=50).iloc[0]
    assert row["second"] == "gold"
    assert row["units"] == len(codes)
    assert 0.7 < row["recall"] < 0.9
    assert row["low"] < row["alpha"] < row["high"]


@pytest.mark.parametrize("model", ["linear", "logistic"])
def test_regression_finds_the_difference_that_labels_shrink(model):
    units, said, codes, truth = world(n=6000, quality=(0.6, 0.9))
    table = label_estimates.corrected_regression(
        labels=said,
        codes=codes,
        units=units,
        label=FRAME,
        on=["group"],
        reference={"group": "government"},
        model=model,
    )
    rows = table[table["term"] == "group: civil society"].set_index("method")
    a, b = truth["civil society"], truth["government"]
    value = a - b if model == "linear" else np.log(a / (1 - a) / (b / (1 - b)))
    for method in ("codes alone", "prediction-powered", "design-based"):
        assert rows.loc[method, "low"] <= value <= rows.loc[method, "high"]
    assert abs(rows.loc["plain", "coef"]) < abs(value)
    # Tuned on the sum over coefficients, so no more than a little wider than the better of the two.
    assert rows.loc["prediction-powered", "se"] < 1.05 * rows.loc["codes alone", "se"]
    assert rows["assumption"].nunique() == 4


def test_a_stance_is_corrected_in_the_same_way():
    rng = np.random.default_rng(2)
    n = 800
    asserted = rng.random(n) < 0.7
    units = pd.DataFrame(
        {"document": "d", "start": range(n), "end": range(1, n + 1), "term": "bulk"}
    ).assign(group=np.where(np.arange(n) % 2, "government", "board"), speaker="x")
    label = np.where(rng.random(n) < 0.85, asserted, ~asserted)
    said = pd.DataFrame(
        {
            "annotator": "parser",
            "variable": "stance",
            "row": range(n),
            "label": np.where(label, "asserted", "denied"),
            "probability": 1.0,
        }
    )
    chosen = np.sort(rng.choice(n, 300, replace=False))
    codes = units.iloc[chosen].assign(
        item=[f"o{i}" for i in chosen],
        valid="yes",
        stance=np.where(asserted[chosen], "asserted", "denied"),
        stratum="all",
        population=n,
        inclusion=300 / n,
    )[
        [
            "item",
            "document",
            "start",
            "end",
            "term",
            "valid",
            "stance",
            "stratum",
            "population",
            "inclusion",
        ]
    ]
    shares = label_estimates.corrected_shares(
        labels=said, codes=codes, units=units, label="asserted", variable="stance"
    )
    rows = shares.set_index(["group", "method"])
    for group in ("board", "government"):
        value = asserted[units["group"] == group].mean()
        row = rows.loc[(group, "design-based")]
        assert row["low"] <= value <= row["high"]

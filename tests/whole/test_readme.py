"""The README's numbers about the study and its errors, computed anew from what is committed."""

import pandas as pd
import pytest

from analysis.codebook import read_codebook
from analysis.coding import accuracy, adjudication, codes, correction
from analysis.coding import agreement as coder_agreement
from analysis.study import read_study

FRAME = "mass surveillance"


@pytest.fixture(scope="module")
def readme(root):
    return " ".join((root / "README.md").read_text(encoding="utf-8").split())


@pytest.fixture(scope="module")
def folder(root):
    return root / "data" / "studies" / "oversight" / "coding"


@pytest.fixture(scope="module")
def both(root, folder):
    codebook, sample = (
        read_codebook(root / "data" / "codebook.toml"),
        codes.read_sample(folder / "sample.csv"),
    )
    paths = [folder / f"codes_{coder}.csv" for coder in "AB"]
    return adjudication.combine(codes.read_codes(path, sample, codebook) for path in paths)


@pytest.fixture(scope="module")
def gold(root, folder, both):
    codebook = read_codebook(root / "data" / "codebook.toml")
    return adjudication.adjudicate(
        both, adjudication.read_decisions(folder / "decisions.csv", both, codebook)
    )


@pytest.fixture(scope="module")
def truth(folder, gold):
    segments = pd.read_csv(folder / "segments.csv", keep_default_na=False)
    return correction.segment_truth(gold, segments, read_study("oversight").occurrences, FRAME)


def test_the_main_claim_carries_its_corrected_interval(readme, truth):
    sides = ["civil society", "government"]
    shares = correction.corrected_shares(truth, sides, unit="appearance")
    pair = correction.contrast_shares(shares, *sides).set_index("method")
    raw, design = pair.loc["raw"], pair.loc["design-based"]
    assert (
        f"The words of the frame fall in {raw['first']:.1%} of civil society's stretches of speech "
        f"and {raw['second']:.1%} of the government's. Corrected for what the words miss, "
        f"{design['first']:.0%} and {design['second']:.0%} express it: "
        f"{100 * design['difference']:.0f} points apart (95% interval "
        f"{100 * design['difference_low']:.0f} to {100 * design['difference_high']:.0f})"
    ) in readme
    assert (pair["difference_low"] > 0).all()


def test_precision_recall_and_agreement_are_those_of_the_codes(readme, both, gold, truth):
    agreement = coder_agreement.agreement(both, resamples=2).set_index("variable")["alpha"]
    valid = accuracy.occurrence_precision(gold).set_index("group").loc["all"]
    serves = accuracy.occurrence_precision(gold, frame=FRAME, serves=True)["estimate"].iloc[0]
    recall = accuracy.accuracy(truth, groups=[]).set_index("measure").loc["recall"]
    assert (
        f"{valid['estimate']:.0%} of the terms found mean what the codebook says (95% interval "
        f"{valid['low']:.0%} to {valid['high']:.0%}); of those of *mass surveillance* "
        f"{serves:.0%} also serve that frame. Of all stretches of speech that express it the words "
        f"find {recall['estimate']:.0%} ({recall['low']:.0%} to {recall['high']:.0%}). The coders "
        f"agree on these with an alpha of {agreement['valid']:.2f}, {agreement['frame']:.2f} and "
        f"{agreement[f'segment: {FRAME}']:.2f}."
    ) in readme
    assert f"coded {len(gold)} lines" in readme


def test_accuracy_on_news_is_that_of_the_figure(readme, root):
    table = pd.read_csv(root / "data" / "voices" / "accuracy.csv")
    f1 = table[table["measure"] == "quotation marks"].set_index("system")["f1"].map("{:.2f}".format)
    rules, parse = (f1[name].lstrip("0") for name in ("ours: rules", "ours: rules + parse"))
    assert f"F1 with the right speaker {rules} (rules) and {parse} (parse)" in readme
    assert f"a second human {f1['another human'].lstrip('0')}" in readme

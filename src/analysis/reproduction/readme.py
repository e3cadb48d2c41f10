"""The numbers of the README, computed anew: a sentence whose numbers have changed is named."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.codebook.reading import read_codebook
from analysis.coding import accuracy, adjudication, codes, correction
from analysis.coding import agreement as coder_agreement
from analysis.reproduction import differences
from analysis.storage import project
from analysis.study import measured

FILE = "README.md"
FRAME, SIDES = "mass surveillance", ["civil society", "government"]
_STUDY = "oversight"
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def compare(readme: Path, top: Path) -> pd.DataFrame:
    """Hold the sentences of a README that carry numbers to those computed from a project.

    Parameters
    ----------
    readme : pathlib.Path
    top : pathlib.Path
        The project, its tables rebuilt.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.reproduction.differences.compare`; empty where README or study are not
        there to be compared.
    """
    if not readme.is_file() or not (top / project.STUDIES / _STUDY / "coding").is_dir():
        return pd.DataFrame(columns=differences.COLUMNS)
    text = " ".join(readme.read_text(encoding="utf-8").split())
    wrong = [
        (FILE, "differs", about, _apart(sentence, text))
        for about, sentence in sentences(top)
        if sentence not in text
    ]
    return pd.DataFrame(wrong or [(FILE, "identical", "", "")], columns=differences.COLUMNS)


def _apart(sentence: str, text: str) -> str:
    """Say which numbers of a sentence the README has otherwise, or that it has no such one."""
    pattern = re.escape(_NUMBER.sub("0", sentence)).replace("0", f"({_NUMBER.pattern})")
    found = re.search(pattern, text)
    if not found:
        return f"not in the README: “{sentence}”"
    computed = _NUMBER.findall(sentence)
    pairs = zip(found.groups(), computed, strict=True)
    return "; ".join(f"committed {said}, computed {new}" for said, new in pairs if said != new)


def sentences(top: Path) -> Iterator[tuple[str, str]]:
    """Yield what each sentence of the README is about, and how it reads.

    Parameters
    ----------
    top : pathlib.Path
        The project's folder.

    Yields
    ------
    (str, str)
    """
    study = top / project.STUDIES / _STUDY
    folder = study / "coding"
    book = read_codebook(top / project.CODEBOOK)
    sample = codes.read_sample(folder / "sample.csv")
    paths = [folder / f"codes_{coder}.csv" for coder in "AB"]
    both = adjudication.combine(codes.read_codes(path, sample, book) for path in paths)
    decisions = adjudication.read_decisions(folder / "decisions.csv", both, book)
    gold = adjudication.adjudicate(both, decisions)
    segments = pd.read_csv(folder / "segments.csv", keep_default_na=False)
    found = measured.read_study(_STUDY, study).occurrences
    truth = correction.segment_truth(gold, segments, found, FRAME)
    label = book.labels[FRAME]
    yield "the main claim, corrected", _corrected(truth, label)
    yield "the main claim, with both codebooks", _both_codebooks(top)
    yield "the errors of the words", _errors(gold, truth, label)
    alpha = coder_agreement.agreement(both, resamples=2).set_index("variable")["alpha"]
    three = (alpha[name] for name in ("valid", "frame", f"segment: {FRAME}"))
    agree = "The coders agree on these with an alpha of {:.2f}, {:.2f} and {:.2f}."
    yield "the agreement of the coders", agree.format(*three)
    yield "the lines coded", f"coded {len(gold)} lines"
    yield from _voices(top)


def _corrected(truth: pd.DataFrame, label: str) -> str:
    shares = correction.corrected_shares(truth, SIDES, unit="appearance")
    pair = correction.contrast_shares(shares, *SIDES).set_index("method")
    raw, design = pair.loc["raw"], pair.loc["design-based"]
    return (
        f"The words of the frame *{label}* fall in {raw['first']:.1%} of civil society's stretches "
        f"of speech and {raw['second']:.1%} of the government's. Corrected for what the words "
        f"miss, {design['first']:.0%} and {design['second']:.0%} express it: "
        f"{100 * design['difference']:.0f} points apart (95% interval "
        f"{100 * design['difference_low']:.0f} to {100 * design['difference_high']:.0f})"
    )


def _both_codebooks(top: Path) -> str:
    """Say it from the tables of notebook 09, which compute it."""
    table = pd.read_csv(top / "figures" / "tables" / "09_contrast.csv", dtype={"instrument": str})
    old, new = (table.set_index("instrument").loc[version] for version in ("1.0", "2.0"))
    return (
        f"With version 1.0 of the codebook civil society voices the frame {old['ratio']:.1f} times "
        f"as often as the government (95% interval {old['low']:.1f} to {old['high']:.1f}), with "
        f"the revised one {new['ratio']:.1f} times ({new['low']:.1f} to {new['high']:.1f})"
    )


def _errors(gold: pd.DataFrame, truth: pd.DataFrame, label: str) -> str:
    valid = accuracy.occurrence_precision(gold).set_index("group").loc["all"]
    serves = accuracy.occurrence_precision(gold, frame=FRAME, serves=True)["estimate"].iloc[0]
    recall = accuracy.accuracy(truth, groups=[]).set_index("measure").loc["recall"]
    return (
        f"{valid['estimate']:.0%} of the terms found mean what the codebook says (95% interval "
        f"{valid['low']:.0%} to {valid['high']:.0%}); of those of *{label}* "
        f"{serves:.0%} also serve that frame. Of all stretches of speech that express it the words "
        f"find {recall['estimate']:.0%} ({recall['low']:.0%} to {recall['high']:.0%})."
    )


def _voices(top: Path) -> Iterator[tuple[str, str]]:
    table = pd.read_csv(top / "data" / "voices" / "accuracy.csv")
    f1 = table[table["measure"] == "quotation marks"].set_index("system")["f1"].map("{:.2f}".format)
    rules, parse, human = (
        f1[name].lstrip("0") for name in ("ours: rules", "ours: rules + parse", "another human")
    )
    yield "voices in news", f"F1 with the right speaker {rules} (rules) and {parse} (parse)"
    yield "voices in news, a human beside", f"a second human {human}"
    yield "voices in stories not seen before", _untried(top)


def _untried(top: Path) -> str:
    table = pd.read_csv(top / "data" / "voices" / "untried_stories.csv")
    total = table.sum(numeric_only=True)
    shares = table[["rules", "parse"]].div(table["stories"], axis=0).to_numpy()
    return (
        f"Of {total['stories']} short stories composed before they were tried, "
        f"{total['rules'] / total['stories']:.0%} (rules) and "
        f"{total['parse'] / total['stories']:.0%} (parse) have every voice and stance right, "
        f"{shares.min():.0%} to {shares.max():.0%} by set."
    )

"""How far a contrast depends on choices that another reader could have made otherwise.

Every choice is declared once, in :data:`CHOICES` and :data:`UNMEASURED`. All combinations are
computed from the measured corpus; what needs the texts, or cannot be defended, is named too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import product

import numpy as np
import pandas as pd
import scipy

from analysis.errors import AnalysisError
from analysis.statistics.choices.specifications import UnitSums, curve, unit_sums
from analysis.study.measured import Study

WINDOW = 100
SHORT_TURN = 20
LITTLE = 2_500
SPOKEN = "hearing"

CHOICES = {
    "documents": (
        ("all", "all documents of the study"),
        ("hearings", "oversight hearings only: no court paper, no court argument"),
    ),
    "terms": (
        ("all", "every term of the frame"),
        ("core", "only the term that bears the frame's name, or its most frequent one"),
        ("not core", "every other term"),
        ("no leader", "without the term that most favours one side"),
    ),
    "stance": (
        ("all", "every voice and stance"),
        ("own words", "without what stands in quotation marks"),
        ("asserted", "without what is denied or only mentioned"),
    ),
    "window": (
        ("each", "every occurrence counts"),
        ("100 words", f"not within {WINDOW} words of the speaker's last one"),
        ("turn", "once in a turn"),
    ),
    "exposure": (
        ("words", "per word, as the study defines it"),
        ("split", "per word, hyphens and apostrophes part words"),
        ("letters", "per word that holds a letter: no bare numbers"),
        ("turns", "per turn, or paragraph of a paper"),
    ),
    "normalisation": (
        ("pooled", "all occurrences over all exposure"),
        ("mean", "mean of the units' own rates: each weighs alike"),
    ),
    "unit": (
        ("appearance", "the unit of variance: a speaker in a document"),
        ("speaker", "the unit of variance: a speaker"),
    ),
    "minimum words": (
        ("none", "whoever said a word"),
        ("2,500", f"speakers with {LITTLE:,} words or more"),
    ),
    "short turns": (
        ("kept", "every turn"),
        ("left out", f"turns of fewer than {SHORT_TURN} words left out"),
    ),
}
"""Choice, then its options with what they mean; the first option of each is the study's own."""

# What changes the numbers of an utterance, and what changes which utterances form which unit.
_COLUMNS = ("terms", "stance", "window", "exposure")
_ROWS = ("documents", "unit", "minimum words", "short turns")

UNMEASURED = (
    ("inflection", "base forms only, or lemmas", "needs the texts: forms are not in the counts"),
    ("terms", "patterns without their exclusions", "needs the texts"),
    ("window", "a sentence", "needs the texts: sentences are not in the counts"),
    ("unit", "a turn", "not defensible: turns of one speaker are not independent"),
    ("unit", "a document", "civil society speaks in two documents; too few"),
    ("unit", "a word", "not defensible: see the null experiment of notebook 03"),
)
"""Choice, option, and why it is not among the specifications."""


@dataclass(frozen=True)
class Specifications:
    """All specifications of one contrast, ready to be estimated.

    Attributes
    ----------
    table : pandas.DataFrame, one row per specification, one column per choice
    sums : UnitSums
    first : array of bool, (speakers,): who is on the first side
    mean : array of bool, (specifications,): whether the rate is the mean of the units' rates
    speakers : list of str
    """

    table: pd.DataFrame
    sums: UnitSums
    first: np.ndarray
    mean: np.ndarray
    speakers: list[str]


def declared() -> pd.DataFrame:
    """Return every choice, computed or not, in one table.

    Returns
    -------
    pandas.DataFrame
        ``choice``, ``option``, ``meaning``, ``status`` ("the study's own", "computed", or why
        it is not).

    Examples
    --------
    >>> table = declared()
    >>> table[table["choice"] == "unit"]["option"].tolist()
    ['appearance', 'speaker', 'a turn', 'a document', 'a word']
    """
    rows = [
        (choice, option, meaning, "computed" if number else "the study's own")
        for choice, options in CHOICES.items()
        for number, (option, meaning) in enumerate(options)
    ]
    rows += [(choice, option, "", why) for choice, option, why in UNMEASURED]
    table = pd.DataFrame(rows, columns=["choice", "option", "meaning", "status"])
    order = {name: number for number, name in enumerate([*CHOICES, "inflection"])}
    return table.sort_values(
        "choice", key=lambda names: names.map(order), kind="stable"
    ).reset_index(drop=True)


def options() -> dict[str, list[str]]:
    """Return the options of every choice that is computed, the study's own first."""
    return {choice: [option for option, _ in pairs] for choice, pairs in CHOICES.items()}


def options_of(
    study: Study, *, first: Sequence[str], second: Sequence[str]
) -> dict[str, list[str]]:
    """Return the options that a study has the material for, the study's own first.

    Parameters
    ----------
    study : Study
    first, second : sequence of str
        Groups on either side.

    Returns
    -------
    dict of str to list of str
        As :func:`options`, without those that would leave a side with fewer than two units.
    """
    said = study.utterances[study.utterances["words"] > 0]
    said = said.merge(study.documents[["document", "kind"]], on="document")
    long = said.groupby("speaker")["words"].transform("sum") >= LITTLE
    spoken, short = said["kind"] == SPOKEN, said["words"] < SHORT_TURN
    possible = options()
    for choice, option, kept in (
        ("documents", "hearings", spoken),
        ("minimum words", "2,500", long),
        ("short turns", "left out", ~short),
        ("unit", "speaker", said["words"] > 0),
    ):
        rows = said[kept]
        units = [rows[rows["group"].isin(side)]["speaker"].nunique() for side in (first, second)]
        if min(units) < 2 or (option == "hearings" and spoken.all()):
            possible[choice].remove(option)
    return possible


def specifications(
    study: Study,
    *,
    frame: str,
    first: Sequence[str],
    second: Sequence[str],
    choices: Mapping[str, Sequence[str]] | None = None,
) -> Specifications:
    """Count a contrast of two sides under every combination of choices.

    Parameters
    ----------
    study : Study
    frame : str
    first, second : sequence of str
        Groups on either side.
    choices : mapping of str to sequence of str, optional
        The options combined (:func:`options_of`); all of :data:`CHOICES` if left out.

    Returns
    -------
    Specifications

    Raises
    ------
    AnalysisError
        If a side or the frame does not occur, or a speaker stands on both sides.
    """
    taken = choices or options()
    said = study.utterances[study.utterances["words"] > 0]
    said = said[said["group"].isin([*first, *second])].reset_index(drop=True)
    speakers, here = _sides(said, first, second)
    found = study.occurrences[study.occurrences["frame"] == frame]
    place = ["document", "utterance"]
    said = said.merge(_exposures(study, said), on=place).merge(
        study.documents[["document", "kind"]], on="document"
    )
    found = found.merge(said[place].assign(row=range(len(said))), on=place)
    if found.empty:
        raise AnalysisError("frame", f"{frame!r} occurs on neither side", "a frame that does")
    exposures = np.column_stack([said[option] for option, _ in CHOICES["exposure"]])
    counts = _counts(found, frame, set(first), len(said))
    # Every column of counts beside every exposure, in the order of the product of the choices.
    k = np.repeat(counts, exposures.shape[1], axis=1)
    n = np.tile(exposures, (1, counts.shape[1])).astype(np.float64)
    speaker = said["speaker"].map({name: i for i, name in enumerate(speakers)}).to_numpy()
    blocks: dict[tuple[str, ...], UnitSums] = {}
    for chosen in product(*(taken[name] for name in _ROWS)):
        together, owner = _units(said, speaker, dict(zip(_ROWS, chosen, strict=True)))
        blocks[chosen] = unit_sums(together @ k, together @ n, owner, len(speakers))
    combined = list(product(*(taken[name] for name in CHOICES)))
    table = pd.DataFrame(combined, columns=list(CHOICES))
    column = np.zeros(len(table), dtype=np.intp)
    for name in _COLUMNS:
        column = column * len(CHOICES[name]) + table[name].map(options()[name].index).to_numpy()
    places = list(zip(table[list(_ROWS)].itertuples(index=False, name=None), column, strict=True))
    parts = {
        field.name: np.column_stack([getattr(blocks[o], field.name)[:, c] for o, c in places])
        for field in fields(UnitSums)
    }
    mean = (table["normalisation"] == "mean").to_numpy()
    return Specifications(table, UnitSums(**parts), here, mean, speakers)


def with_instruments(
    study: Study,
    instruments: Mapping[str, pd.DataFrame],
    *,
    frame: str,
    first: Sequence[str],
    second: Sequence[str],
) -> Specifications:
    """Count a contrast under every combination of choices, and with every instrument.

    Parameters
    ----------
    study : Study
    instruments : mapping of str to pandas.DataFrame
        What each finds, as the study's ``occurrences``; the study's own first.
    frame, first, second
        As :func:`specifications`.

    Returns
    -------
    Specifications
        Its table has one column more, ``instrument``.

    Raises
    ------
    AnalysisError
        As :func:`specifications`.
    """
    made = {
        name: specifications(
            replace(study, occurrences=found), frame=frame, first=first, second=second
        )
        for name, found in instruments.items()
    }
    tables = [specs.table.assign(instrument=name) for name, specs in made.items()]
    sums = {
        field.name: np.column_stack([getattr(specs.sums, field.name) for specs in made.values()])
        for field in fields(UnitSums)
    }
    one = next(iter(made.values()))
    mean = np.concatenate([specs.mean for specs in made.values()])
    return Specifications(
        pd.concat(tables, ignore_index=True), UnitSums(**sums), one.first, mean, one.speakers
    )


def _units(
    said: pd.DataFrame, speaker: np.ndarray, chosen: Mapping[str, str]
) -> tuple[scipy.sparse.csr_array, np.ndarray]:
    """Return which utterances each unit holds, (units, utterances), and whose each unit is."""
    kept = np.ones(len(said), bool)
    if chosen["documents"] == "hearings":
        kept &= (said["kind"] == SPOKEN).to_numpy()
    if chosen["short turns"] == "left out":
        kept &= (said["words"] >= SHORT_TURN).to_numpy()
    if chosen["minimum words"] != "none":
        total = np.bincount(speaker, said["words"] * kept, speaker.max() + 1)
        kept &= (total >= LITTLE)[speaker]
    columns = ["document", "speaker"] if chosen["unit"] == "appearance" else ["speaker"]
    number = said.groupby(columns, sort=True).ngroup().to_numpy()
    owner = np.zeros(number.max() + 1, dtype=np.intp)
    owner[number] = speaker
    # Of thousands of units each holds a few of the utterances.
    rows = np.arange(len(said))
    together = scipy.sparse.csr_array(
        (kept.astype(np.float64), (number, rows)), shape=(len(owner), len(said))
    )
    return together, owner


def specification_curve(specs: Specifications) -> pd.DataFrame:
    """Estimate the contrast under every specification.

    Parameters
    ----------
    specs : Specifications

    Returns
    -------
    pandas.DataFrame
        Sorted by ``coef``: the choices, then the columns of
        :func:`analysis.statistics.choices.specifications.curve`, and ``own`` (bool: the study's own
        specification).
    """
    table = specs.table.join(curve(specs.sums, specs.first, specs.mean))
    own = np.ones(len(table), bool)
    for name, options in CHOICES.items():
        own &= (table[name] == options[0][0]).to_numpy()
    if "instrument" in specs.table:
        own &= (table["instrument"] == specs.table["instrument"].iloc[0]).to_numpy()
    return table.assign(own=own).sort_values("coef", kind="stable", ignore_index=True)


def _sides(
    said: pd.DataFrame, first: Sequence[str], second: Sequence[str]
) -> tuple[list[str], np.ndarray]:
    side = said["group"].isin(first)
    for name, mask in ((first, side), (second, ~side)):
        if not mask.any():
            raise AnalysisError("group", f"nobody in {', '.join(name)}", "a group that speaks")
    both = sorted(set(said.loc[side, "speaker"]) & set(said.loc[~side, "speaker"]))
    if both:
        raise AnalysisError("speaker", f"{both[0]!r} on both sides", "one side each")
    speakers = sorted(set(said["speaker"]))
    return speakers, np.array([name in set(said.loc[side, "speaker"]) for name in speakers])


def _exposures(study: Study, said: pd.DataFrame) -> pd.DataFrame:
    """Measure each utterance in every unit of exposure."""
    words = study.words[study.words["document"].isin(said["document"].unique())]
    forms = pd.Series(words["word"].astype("str").unique())
    parts = forms.str.split(r"[-']", regex=True).str.len()
    letters = forms.str.contains(r"[^\W\d_]", regex=True)
    table = pd.DataFrame({"word": forms, "split": parts, "letters": letters.astype(int)})
    table = words.astype({"word": "str", "document": "str"}).merge(table, on="word")
    table["split"] *= table["count"]
    table["letters"] *= table["count"]
    sums = table.groupby(["document", "utterance"])[["split", "letters"]].sum().reset_index()
    return sums.assign(turns=1)


def _counts(found: pd.DataFrame, frame: str, first: set[str], rows: int) -> np.ndarray:
    """Count per utterance under every combination of terms, stance and window."""
    sizes = found["term"].value_counts()
    core = frame if frame in sizes.index else sizes.index[0]
    side = found["group"].isin(first)
    lead = (found[side]["term"].value_counts().reindex(sizes.index, fill_value=0) * 2 - sizes).abs()
    leader = lead.sort_index().idxmax()
    terms = {
        "all": found["term"] != "",
        "core": found["term"] == core,
        "not core": found["term"] != core,
        "no leader": found["term"] != leader,
    }
    stances = {
        "all": found["term"] != "",
        "own words": ~found["quoted"],
        "asserted": found["stance"] == "asserted",
    }
    columns = []
    for term, stance, window in product(*(options()[name] for name in _COLUMNS[:3])):
        own = found[terms[term] & stances[stance]].sort_values(["document", "words_before"])
        if window == "turn":
            own = own.drop_duplicates("row")
        elif window == "100 words":
            gap = own.groupby(["document", "speaker"])["words_before"].diff()
            own = own[gap.isna() | (gap >= WINDOW)]
        columns.append(np.bincount(own["row"], minlength=rows))
    return np.column_stack(columns)

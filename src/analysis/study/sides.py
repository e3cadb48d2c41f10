"""What an article looks at closely: one frame, two groups; chosen, or the most voiced."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.codebook.reading import read_codebook
from analysis.errors import AnalysisError
from analysis.study.measured import Study
from analysis.study.own_files import codebook_path
from analysis.study.own_speakers import alike


def again(study: Study) -> str:
    """Say how a study is measured again: its notebook sees what has changed."""
    return f"run all cells of notebooks/{study.name}.ipynb again"


def who_would_speak(study: Study) -> tuple[str, str]:
    """Say what is expected of texts in which somebody speaks, and how to name authors."""
    expected = "turns such as `ADA ARDEN: …`, a column of speakers, or reports of what others say"
    remedy = (
        "docs/your-own-texts.md shows the forms that are known; where each text has one author, "
        "name them in a table speakers.csv beside the texts, with the columns document, label "
        f'(everywhere "(author)"), speaker, affiliation and group, and {again(study)}'
    )
    return expected, remedy


def frame_of(study: Study, frame: str = "") -> str:
    """Return the id of the frame that is looked at closely: that named, else the one most voiced.

    A frame may be named by its id or by its label.

    Raises
    ------
    AnalysisError
        If no term occurs at all, or none of this frame.
    """
    counts = study.occurrences["frame"].value_counts().sort_index(kind="stable")
    if counts.empty:
        raise AnalysisError(
            "the codebook", "none of its terms occurs in these texts", "terms that they use",
            f"begin one with `python -m analysis codebook new FOLDER/codebook.toml` and "
            f"{again(study)}",
        )  # fmt: skip
    if not frame:
        return str(counts.idxmax())
    labels = labels_of(study)
    named = [name for name in counts.index if frame in (name, labels.get(name))]
    if not named:
        known = [labels.get(name, name) for name in counts.index]
        raise AnalysisError(
            "FRAME", f"{frame!r} does not occur", f"one of {', '.join(map(repr, known))}"
        )
    return str(named[0])


def labels_of(study: Study) -> dict[str, str]:
    """Return what each frame is called in print, by its id.

    Empty where the codebook of a study cannot be read: frames then keep their ids.
    """
    try:
        return read_codebook(codebook_path(study.name)).labels
    except AnalysisError:
        return {}


def label_of(study: Study, frame: str = "") -> str:
    """Return what the frame that is looked at closely (:func:`frame_of`) is called in print."""
    name = frame_of(study, frame)
    return labels_of(study).get(name, name)


def labelled(study: Study, table: pd.DataFrame) -> pd.DataFrame:
    """Return a table whose column ``frame`` has the labels of the frames in place of their ids."""
    return table.assign(frame=table["frame"].replace(labels_of(study)))


def groups_of(study: Study) -> list[str]:
    """Return the groups, most words first.

    Raises
    ------
    AnalysisError
        If nobody has one.
    """
    said = study.utterances[(study.utterances["group"] != "") & (study.utterances["words"] > 0)]
    if not (study.utterances["speaker"] != "").any():
        nobody = "no text names a speaker who could have one"
        raise AnalysisError("groups", nobody, *who_would_speak(study))
    if said.empty:
        raise AnalysisError(
            "groups", "nobody has a group yet", "roles in the column group of speakers.csv",
            f"fill it in and {again(study)}",
        )  # fmt: skip
    words = said.groupby("group")["words"].sum()
    return sorted(words.index, key=lambda name: (-words[name], name))


def sides_of(study: Study, groups: Sequence[str] = ()) -> tuple[str, str]:
    """Return the two groups that are compared: those named, else the two with most words.

    Raises
    ------
    AnalysisError
        If there are not two, or one named says nothing.
    """
    known = groups_of(study)
    for name in groups:
        if name not in known:
            raise AnalysisError("GROUPS", f"nobody is in {name!r}", f"two of {', '.join(known)}")
    if len(groups) not in (0, 2) or len(set(groups)) < len(groups):
        raise AnalysisError("GROUPS", f"{len(set(groups))} named", "two groups, or none")
    if len(known) < 2:
        raise AnalysisError(
            "groups", f"only one group has words, {known[0]!r}", "two",
            f"fill in the column group of speakers.csv and {again(study)}",
        )  # fmt: skip
    first, second = groups or known[:2]
    return first, second


def share_with_a_group(study: Study) -> str:
    """Say how much of what is said comes from speakers who have a group."""
    said = study.utterances[study.utterances["speaker"] != ""]
    have = said[said["group"] != ""]
    share = have["words"].sum() / max(said["words"].sum(), 1)
    people, all_people = have["speaker"].nunique(), said["speaker"].nunique()
    rest = "" if people == all_people else " The others are in no comparison of groups."
    return (
        f"{people} of {all_people} speakers, with {share:.0%} of their words, have a group.{rest}"
        f"{alike(have['group'].unique())}"
    )

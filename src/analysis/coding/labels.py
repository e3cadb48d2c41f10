"""Labels of any annotator, a person, a classifier or a language model: read, checked, joined.

A labels file is a CSV with one line per label of one unit by one annotator. Columns:

============ ================================================================================
document     of the unit
start, end   where the unit stands: a segment for a frame, an occurrence for a voice or a stance
segment      in place of start and end: the number of the segment's row, from 0
variable     ``frame``, ``voice`` or ``stance``
label        a frame's id or ``none``; ``own``, ``direct``, ``indirect``; ``asserted``,
             ``denied``, ``mentioned``
probability  how likely the label is, 0 to 1; empty where the annotator only says yes
annotator    who labelled; one name for one way of labelling
model        of a machine its name, else empty; then also
version      its version,
prompt       the hash of its prompt (empty where there is none),
date         when it labelled (YYYY-MM-DD),
temperature  0 or more (empty where there is none)
============ ================================================================================

A segment of which an annotator says anything counts as labelled: a frame not named there has
probability 0. ``none`` says that a segment was read and expresses no frame.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.coding.codes import NONE, STANCES, VOICES, frames_of
from analysis.errors import AnalysisError
from analysis.readers import decoding

NEEDED = ("document", "variable", "label", "annotator")
PLACES = ("start", "end", "segment")
OPTIONAL = ("probability", "model", "version", "prompt", "date", "temperature")
VARIABLES = ("frame", "voice", "stance")
COLUMNS = (
    "annotator",
    "variable",
    "row",
    "document",
    "start",
    "end",
    "label",
    "probability",
    "model",
    "version",
    "prompt",
    "date",
    "temperature",
)
_THOUSANDS = re.compile(r"[0-9]{1,3}(?:[, \u00a0\u202f][0-9]{3})+(?:\.0+)?")
_POINTLESS = re.compile(r"[0-9]+\.0+")
_DECIMAL_COMMA = re.compile(r"[01],[0-9]+")
LEFT = {
    "no such unit": "the labels of all other units; shares of the units labelled",
    "two for one": "all but this unit, once one of the two is deleted",
    "probability": "all other labels; with the probability emptied the label counts as yes",
    "unknown label": "all other labels",
    "unknown variable": "all other labels",
    "no annotator": "all other labels",
    "model": "everything; but nobody can make the labels again",
}
"""Kinds of fault and what can still be computed."""


def read_labels(
    path: str | os.PathLike[str],
    segments: pd.DataFrame,
    *,
    frames: Sequence[str],
    occurrences: pd.DataFrame | None = None,
    partial: bool = False,
) -> pd.DataFrame:
    """Read a labels file and refuse what is wrong with it.

    Parameters
    ----------
    path : str or path-like
    segments : pandas.DataFrame
        The units of frames, from :func:`analysis.coding.sampling.segments`.
    frames : sequence of str
        Ids of the codebook's frames.
    occurrences : pandas.DataFrame, optional
        The units of voices and stances.
    partial : bool, default False
        Whether to leave faulty lines out instead.

    Returns
    -------
    pandas.DataFrame
        One row per label: ``annotator``, ``variable``, ``row`` (of `segments`, or of
        `occurrences`), ``document``, ``start``, ``end``, ``label``, ``probability`` (1 where the
        file gives none), ``model``, ``version``, ``prompt``, ``date``, ``temperature``.
        ``attrs["left_out"]`` counts the lines left out.

    Raises
    ------
    AnalysisError
        Names the first faulty line, how many there are (:func:`check_labels` lists all), and what
        can still be computed.
    """
    table, faults = _read(Path(path), segments, frames, occurrences)
    if len(faults) and not partial:
        line, _, found, expected, left = faults.iloc[0]
        more = f"; {len(faults) - 1} more faults, see check_labels" if len(faults) > 1 else ""
        raise AnalysisError(
            f"{path}, line {line}",
            found,
            expected,
            f"correct the line, or read with partial=True, which leaves it out; left is {left}"
            + more,
        )
    wrong = set(faults["line"])
    kept = table[~table["line"].isin(wrong)]
    if kept.empty:
        raise AnalysisError(path, "no label that can be used", "one line at least")
    result = kept[list(COLUMNS)].reset_index(drop=True)
    result.attrs["left_out"] = len(table) - len(kept)
    return result


def check_labels(
    path: str | os.PathLike[str],
    segments: pd.DataFrame,
    *,
    frames: Sequence[str],
    occurrences: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """List everything that is wrong with a labels file, and what can be computed all the same.

    Parameters
    ----------
    path, segments, frames, occurrences
        As :func:`read_labels`.

    Returns
    -------
    pandas.DataFrame
        ``line`` (int, of the file), ``kind``, ``found``, ``expected``, ``left``; empty if all is
        well.

    Raises
    ------
    AnalysisError
        If the file cannot be read as a table with the columns of a labels file.
    """
    return _read(Path(path), segments, frames, occurrences)[1]


def _read(
    path: Path, segments: pd.DataFrame, frames: Sequence[str], occurrences: pd.DataFrame | None
) -> tuple[pd.DataFrame, pd.DataFrame]:
    content = decoding.decode(path)
    rows = decoding.rows(path, content, NEEDED, delimiter=_delimiter(content))
    if rows and not ({"start", "end"} <= set(rows[0][1]) or "segment" in rows[0][1]):
        raise AnalysisError(
            f"{path}, line 1",
            "no columns that say where a unit stands",
            "start and end, or segment",
            "add the place of each unit, as segments.csv has it",
        )
    names = (*NEEDED, *PLACES, *OPTIONAL)
    places = {
        name: {
            place: row
            for row, place in enumerate(
                table[["document", "start", "end"]].itertuples(index=False, name=None)
            )
        }
        for name, table in (("frame", segments), ("occurrence", occurrences))
        if table is not None
    }
    allowed = {"frame": [*frames, NONE], "voice": VOICES, "stance": STANCES}
    starts = segments[["document", "start", "end"]].to_numpy()
    kept, faults = [], []
    first: dict[tuple, int] = {}
    sure: dict[tuple, int] = {}
    for line, given in rows:
        row = {name: given.get(name, "").strip() for name in names}
        fault, unit = _fault(row, places, starts, allowed)
        if fault is None:
            of = row["label"] if row["variable"] == "frame" else ""
            key = (row["annotator"], row["variable"], unit, of)
            if first.setdefault(key, line) != line:
                what = f"a second {row['variable']} {row['label']!r} by {row['annotator']!r}"
                fault = ("two for one", what, f"one, as in line {first[key]}")
            elif of and not row["probability"]:
                none_or_frame = (row["annotator"], unit, of == NONE)
                sure.setdefault(none_or_frame, line)
                other = sure.get((row["annotator"], unit, of != NONE))
                if other is not None:
                    what = (
                        f"{of!r} by {row['annotator']!r} beside {NONE!r}"
                        if of != NONE
                        else repr(NONE)
                    )
                    fault = (
                        "two for one",
                        what,
                        f"a frame or {NONE!r}, not both, as in line {other}",
                    )
        if fault is not None:
            faults.append((line, *fault, LEFT[fault[0]]))
        elif row["model"] and not (row["version"] and _is_date(row["date"])):
            found = f"model {row['model']!r}, version {row['version']!r}, date {row['date']!r}"
            expected = "a version and a date (YYYY-MM-DD)"
            faults.append((line, "model", found, expected, LEFT["model"]))
        document, start, end = (row["document"], -1, -1)
        if unit is not None:
            table = segments if row["variable"] == "frame" else occurrences
            places_of = pd.DataFrame() if table is None else table
            start, end = (int(places_of.iloc[unit][name]) for name in ("start", "end"))
        number = row["probability"]
        kept.append(
            {
                **row,
                "line": line,
                "row": -1 if unit is None else unit,
                "document": document,
                "start": start,
                "end": end,
                "probability": _number(number) if number else 1.0,
                "temperature": _number(row["temperature"]),
            }
        )
    columns = ["line", "kind", "found", "expected", "left"]
    return pd.DataFrame(kept, columns=["line", *COLUMNS]), pd.DataFrame(faults, columns=columns)


def _fault(
    row: Mapping[str, str],
    places: Mapping[str, Mapping[tuple, int]],
    starts: np.ndarray,
    allowed: Mapping[str, Sequence[str]],
) -> tuple[tuple[str, str, str] | None, int | None]:
    """Say what is wrong with a line, and which unit it is about."""
    variable = row["variable"]
    if variable not in VARIABLES:
        found = f"variable {variable!r}"
        return ("unknown variable", found, f"one of {', '.join(VARIABLES)}"), None
    if not row["annotator"]:
        return ("no annotator", "no annotator", "who labelled"), None
    place = _whole(row["start"]), _whole(row["end"])
    units = places.get("frame" if variable == "frame" else "occurrence", {})
    shown = f"{row['document']} {row['start']} to {row['end']}"
    if row["segment"] and variable == "frame":
        number = _whole(row["segment"])
        shown = f"segment {row['segment']} of {row['document']}"
        right = 0 <= number < len(starts) and starts[number][0] == row["document"]
        unit = number if right else None
        if unit is not None and (row["start"] or row["end"]):
            shown += f", which is not {row['start']} to {row['end']}"
            unit = unit if units.get((row["document"], *place)) == unit else None
    else:
        unit = units.get((row["document"], *place))
    if unit is None:
        kind = "a segment" if variable == "frame" else "an occurrence"
        return ("no such unit", shown, f"{kind} of the table the labels are of"), None
    if row["label"] not in allowed[variable]:
        found = f"{variable} {row['label']!r}"
        return ("unknown label", found, f"one of {', '.join(allowed[variable])}"), None
    if row["probability"] and not 0 <= _number(row["probability"]) <= 1:
        return ("probability", f"probability {row['probability']!r}", "a number from 0 to 1"), None
    return None, unit


def _delimiter(content: str) -> str:
    """Return what parts the columns: a spreadsheet may write semicolons or tabs for commas."""
    head = content.partition("\n")[0]
    return max(",;\t", key=lambda mark: (head.count(mark), mark == ","))


def _whole(text: str) -> int:
    """Return a whole number, also «1,200», «1 200» and «1200.0»; -1 if it is none."""
    plain = re.sub(r"[^0-9.]", "", text) if _THOUSANDS.fullmatch(text) else text
    plain = plain[: plain.index(".")] if _POINTLESS.fullmatch(plain) else plain
    return int(plain) if plain.isascii() and plain.isdigit() else -1


def _number(text: str) -> float:
    # A decimal comma, as spreadsheets of many countries write it.
    text = text.replace(",", ".") if _DECIMAL_COMMA.fullmatch(text) else text
    try:
        return float(text)
    except ValueError:
        return np.nan


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def label_table(
    labels: pd.DataFrame, units: pd.DataFrame, label: str, *, variable: str = "frame"
) -> pd.DataFrame:
    """Put the annotators side by side: how likely each holds the label of each unit.

    Parameters
    ----------
    labels : pandas.DataFrame
        From :func:`read_labels`.
    units : pandas.DataFrame
        The segments, or for a voice or a stance the occurrences, that the labels are of.
    label : str
        A frame, voice or stance.
    variable : {"frame", "voice", "stance"}

    Returns
    -------
    pandas.DataFrame
        On the rows of `units` in order, from 0; one column of float per annotator, NaN where it
        says nothing of the unit.

    Raises
    ------
    AnalysisError
        If no annotator labels this variable.
    """
    own = labels[labels["variable"] == variable]
    if own.empty:
        given = ", ".join(sorted(set(labels["variable"]))) or "none"
        raise AnalysisError("labels", f"no labels of a {variable}", f"found: {given}")
    wide = pd.DataFrame(index=range(len(units)))
    for annotator, said in own.groupby("annotator"):
        column = pd.Series(np.nan, index=wide.index)
        column[said["row"].unique()] = 0.0
        named = said[said["label"] == label]
        column[named["row"].to_numpy()] = named["probability"].to_numpy()
        wide[annotator] = column
    return wide


def label_truth(
    labels: pd.DataFrame,
    codes: pd.DataFrame,
    units: pd.DataFrame,
    label: str,
    *,
    annotator: str,
    variable: str = "frame",
) -> pd.DataFrame:
    """Put what an annotator says of every unit beside the code of those that were coded.

    Parameters
    ----------
    labels, units, label, variable
        As :func:`label_table`.
    codes : pandas.DataFrame
        Of one coder, or the gold, with the columns of the sample.
    annotator : str

    Returns
    -------
    pandas.DataFrame
        `units` with ``score`` (the probability), ``predicted`` (1 where it is 0.5 or more, else
        0), ``true`` (0, 1 or NaN where not coded), ``stratum``, ``population``, ``inclusion``. An
        occurrence that means something else than its term has no voice and no stance: 0.

    Raises
    ------
    AnalysisError
        If the annotator is not among the labels, or says nothing of some units.
    """
    wide = label_table(labels, units, label, variable=variable)
    if annotator not in wide:
        raise AnalysisError("annotator", f"{annotator!r}", f"one of {', '.join(wide)}")
    score = wide[annotator]
    without = int(score.isna().sum())
    if without:
        raise AnalysisError(
            f"annotator {annotator}",
            f"{without:,} of {len(units):,} units without a label",
            "a label of every unit",
            "label them, or pass only the units that are labelled: the estimates are then of "
            "those, and agreement with the codes can be computed as it is",
        )
    letter = "s" if variable == "frame" else "o"
    own = codes[codes["item"].str.startswith(letter)]
    if variable == "frame":
        said = own["frame"].map(lambda value: float(label in frames_of(value)))
    else:
        said = ((own["valid"] == "yes") & (own[variable] == label)).astype(float)
    place = ["document", "start", "end"] + (["term"] if variable != "frame" else [])
    design = ["stratum", "population", "inclusion"]
    table = units.reset_index(drop=True)
    table = table.assign(score=score, predicted=(score >= 0.5).astype(int))
    return table.merge(own.assign(true=said)[[*place, "true", *design]], on=place, how="left")

"""Candidates for a codebook, read one by one: accepted into a draft, rejected, or an exclusion.

The phrases that :func:`analysis.coding.missed.missed` proposes are shown with an example and with
what their admission would do. A key decides; every decision is in a draft file before the next is
shown. Nothing enters the codebook by itself: :func:`draft_toml` writes what a person may paste
there, and reading refuses it until the person has written examples.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import anywidget
import pandas as pd
import traitlets

from analysis.coding.missed import Missed
from analysis.errors import AnalysisError
from analysis.readers import decoding
from analysis.storage import csv_tables
from analysis.storage.files import replace_file

DECISIONS = {"a": "accept", "r": "reject", "x": "exclude"}
BACK, FORWARD = "ArrowLeft", "ArrowRight"
COLUMNS = ("frame", "phrase", "decision", "document", "start", "end", "note")
_MEANING = {
    "accept": "into the draft",
    "reject": "not a sign of the frame",
    "exclude": "note as an exclusion",
}


@dataclass(frozen=True)
class Reading:
    """Candidates being read: what is proposed, what was decided, and which is shown.

    Attributes
    ----------
    path : pathlib.Path
        The draft file.
    frame : str
    phrases : pandas.DataFrame
        Of a :class:`analysis.coding.missed.Missed`.
    draft : pandas.DataFrame
        ``frame``, ``phrase``, ``decision`` ("accept", "reject", "exclude"), ``document``,
        ``start``, ``end`` (of the example), ``note``, and columns that a person added (all str).
    at : int
        Row of `phrases`.
    """

    path: Path
    frame: str
    phrases: pd.DataFrame
    draft: pd.DataFrame
    at: int = 0


def begin(path: str | os.PathLike[str], proposed: Missed) -> Reading:
    """Open a draft file, or make one, and go to the first candidate without a decision.

    Parameters
    ----------
    path : str or path-like
        A CSV; decisions on other frames in it stay.
    proposed : Missed

    Returns
    -------
    Reading

    Raises
    ------
    AnalysisError
        If there is no candidate, or the file is no draft.
    """
    if proposed.phrases.empty:
        raise AnalysisError("candidates", "none", "phrases that lift a segment")
    path = Path(path)
    draft = pd.DataFrame(columns=list(COLUMNS), dtype="str")
    if path.is_file():
        draft = read_draft(path)
    else:
        replace_file(path, csv_tables.to_csv(draft))
    reading = Reading(path, proposed.frame, proposed.phrases.reset_index(drop=True), draft)
    return _to_open(replace(reading, at=-1))


def read_draft(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read a draft file.

    Parameters
    ----------
    path : str or path-like

    Returns
    -------
    pandas.DataFrame
        As :class:`Reading`.

    Raises
    ------
    AnalysisError
        If a column is missing or a decision unknown.
    """
    path = Path(path)
    rows = decoding.rows(path, decoding.decode(path), COLUMNS)
    for line, row in rows:
        if row["decision"] not in DECISIONS.values():
            expected = f"one of {', '.join(DECISIONS.values())}"
            raise AnalysisError(f"{path}, line {line}", f"decision {row['decision']!r}", expected)
    columns = list(dict.fromkeys([*COLUMNS, *(rows[0][1] if rows else ())]))
    values = [[row[name] for name in columns] for _, row in rows]
    return pd.DataFrame(values, columns=columns, dtype="str")


def press(reading: Reading, key: str) -> Reading:
    """Do what a key says, and save it.

    Parameters
    ----------
    reading : Reading
    key : str
        a, r, x decide (the same key again takes it back); arrows go back and forward.

    Returns
    -------
    Reading
        Unchanged for any other key.

    Raises
    ------
    AnalysisError
        If the draft file cannot be written, or is no draft any more; nothing has changed then.
    """
    if key in (BACK, FORWARD):
        step = 1 if key == FORWARD else -1
        return replace(reading, at=(reading.at + step) % len(reading.phrases))
    if key not in DECISIONS:
        return reading
    row = reading.phrases.iloc[reading.at]
    # Another form, or a note written in a spreadsheet, may have changed the file meanwhile.
    draft = read_draft(reading.path) if reading.path.is_file() else reading.draft
    own = (draft["frame"] == reading.frame) & (draft["phrase"] == row["phrase"])
    back = (draft.loc[own, "decision"] == DECISIONS[key]).any()
    if back:
        draft = draft[~own]
    elif own.any():
        draft.loc[own, "decision"] = DECISIONS[key]
    else:
        made = [reading.frame, row["phrase"], DECISIONS[key]]
        made += [row["document"], row["start"], row["end"], ""]
        fresh = pd.DataFrame([list(map(str, made))], columns=list(COLUMNS), dtype="str")
        draft = pd.concat([draft, fresh], ignore_index=True).fillna("")
    replace_file(reading.path, csv_tables.to_csv(draft))
    reading = replace(reading, draft=draft)
    return reading if back else _to_open(reading)


def _decided(reading: Reading) -> dict[str, str]:
    own = reading.draft[reading.draft["frame"] == reading.frame]
    return dict(zip(own["phrase"], own["decision"], strict=True))


def _to_open(reading: Reading) -> Reading:
    done = _decided(reading)
    places = [i for i, phrase in enumerate(reading.phrases["phrase"]) if phrase not in done]
    after = [place for place in places if place > reading.at]
    return replace(reading, at=(after or places or [max(reading.at, 0)])[0])


def draft_toml(draft: pd.DataFrame, frame: str) -> str:
    """Write what was accepted as terms that a person may finish and paste into a codebook.

    Parameters
    ----------
    draft : pandas.DataFrame
        From :func:`read_draft`.
    frame : str

    Returns
    -------
    str
        One ``[[term]]`` per accepted phrase, its texts and examples empty: a codebook with it is
        refused until somebody has written them. Phrases noted as exclusions stand in each.
    """
    own = draft[draft["frame"] == frame]
    excluded = sorted(own.loc[own["decision"] == "exclude", "phrase"])
    parts = []
    for phrase in own.loc[own["decision"] == "accept", "phrase"]:
        parts.append(
            "[[term]]\n"
            f"id = {json.dumps(phrase)}\nframe = {json.dumps(frame)}\n"
            'definition = ""\ninclude = ""\nexclude = ""\n'
            f"patterns = [{json.dumps(phrase)}]\n"
            f"exclusions = {json.dumps(excluded)}\npositive = []\nnegative = []\n"
        )
    return "\n".join(parts)


def page(reading: Reading, message: str = "") -> str:
    """Write what a reader of candidates sees, every text escaped.

    Parameters
    ----------
    reading : Reading
    message : str
        What went wrong, if anything did.

    Returns
    -------
    str
        HTML.
    """
    row, done = reading.phrases.iloc[reading.at], _decided(reading)
    total = len(reading.phrases)
    decided = sum(phrase in done for phrase in reading.phrases["phrase"])
    facts = [
        ("count", f"{row['count']} in {row['segments']} segments without a term"),
        ("voiced by", f"{row['speakers']} speakers in {row['documents']} documents"),
        ("beside terms", f"in {row['inside']} segments with one"),
    ]
    if row.get("coded"):
        facts.append(("coded", f"{row['right']} of {row['coded']} express the frame"))
        for name in ("precision", "recall"):
            facts.append((name, f"{row[name]:.0%}, with it {row[name + '_with']:.0%}"))
    listed = "".join(f"<dt>{escape(a)}</dt><dd>{escape(b)}</dd>" for a, b in facts)
    buttons = "".join(
        f"<button type='button' data-key='{key}' "
        f"aria-pressed='{str(done.get(row['phrase']) == name).lower()}'>"
        f"{name}: {_MEANING[name]} <kbd>{key}</kbd></button>"
        for key, name in DECISIONS.items()
    )
    moves = "".join(
        f"<button type='button' data-key='{key}'>{name} <kbd>{shown}</kbd></button>"
        for key, name, shown in ((BACK, "back", "←"), (FORWARD, "forward", "→"))
    )
    return (
        f"<p>{escape(reading.frame)}: {decided} of {total} candidates decided; "
        f"this is number {reading.at + 1}<progress aria-label='decided' value='{decided}' "
        f"max='{total}'></progress></p>"
        + (f"<p class='error' role='alert'>Not saved: {escape(message)}</p>" if message else "")
        + f"<div class='sides'><div><p class='line'>{_marked(row)}</p><p>{buttons}</p>"
        f"<p>{moves}</p></div><dl>{listed}</dl></div>"
    )


def _marked(row: pd.Series) -> str:
    text, phrase = row["example"], row["phrase"]
    at = text.lower().find(phrase)
    if at < 0:
        return f"<mark>{escape(phrase)}</mark>: {escape(text)}"
    end = at + len(phrase)
    return f"{escape(text[:at])}<mark>{escape(text[at:end])}</mark>{escape(text[end:])}"


class CandidateForm(anywidget.AnyWidget):
    """The candidates in a notebook, or in the workbench: hears the same keys.

    Parameters
    ----------
    reading : Reading
        From :func:`begin`.

    Examples
    --------
    >>> CandidateForm(begin("draft.csv", missed(corpus, codebook, frame)))  # doctest: +SKIP
    """

    _esm = Path(__file__).with_name("form.js").read_text(encoding="utf-8")
    _css = Path(__file__).with_name("form.css").read_text(encoding="utf-8")
    label = traitlets.Unicode("Candidates for the codebook").tag(sync=True)
    page = traitlets.Unicode().tag(sync=True)
    pressed = traitlets.List([0, ""]).tag(sync=True)

    def __init__(self, reading: Reading) -> None:
        super().__init__()
        self.reading = reading
        self.page = page(reading)
        self.observe(lambda change: self._do(change["new"][1]), "pressed")

    def __repr__(self) -> str:
        return f"CandidateForm({self.reading.path.name!r})"

    def _do(self, key: str) -> None:
        message = ""
        try:
            self.reading = press(self.reading, key)
        except AnalysisError as error:
            message = str(error)
        self.page = page(self.reading, message)

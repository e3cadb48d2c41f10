"""A form for coding in JupyterLab: a line, its definition, and a key for every code.

Everything the form knows is a :class:`Sitting`, changed by functions that need no browser; the
widget shows a page and passes keys on. Each answer is in the coder's own file before the page
shows it, so a sitting can be broken off anywhere, and a coder sees no file but his or her own.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from html import escape
from pathlib import Path

import anywidget
import pandas as pd
import traitlets

from analysis.codebook.reading import Codebook
from analysis.coding import codes as coding
from analysis.errors import AnalysisError

VALID_KEYS = {"y": "yes", "n": "no"}
VOICE_KEYS = {"o": "own", "d": "direct", "i": "indirect"}
STANCE_KEYS = {"a": "asserted", "x": "denied", "m": "mentioned"}
FRAME_KEYS = "1234567890"
NONE_KEY, UNSURE_KEY, NOTE_KEY = "-", "u", "t"
BACK_KEY, FORWARD_KEY, OPEN_KEY = "ArrowLeft", "ArrowRight", "Enter"
SEGMENT_RULE = "Every frame that some phrase of this segment expresses, or none."

_CODER = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_NAMES = {BACK_KEY: "←", FORWARD_KEY: "→", OPEN_KEY: "Enter"}


@dataclass(frozen=True)
class Sitting:
    """One coder at work.

    Attributes
    ----------
    path : pathlib.Path, the coder's own codes file
    codes : pandas.DataFrame, that file as it stands on disk
    lines : pandas.DataFrame, from :func:`analysis.coding.codes.lines`, in the order of the sample
    frames : pandas.DataFrame, ``id``, ``label``, ``definition`` of the codebook's frames
    at : int, the row of `lines` that is shown
    """

    path: Path
    codes: pd.DataFrame
    lines: pd.DataFrame
    frames: pd.DataFrame
    at: int


def begin(
    folder: str | os.PathLike[str],
    coder: str,
    sample: pd.DataFrame,
    lines: pd.DataFrame,
    codebook: Codebook,
) -> Sitting:
    """Begin to code, or go on where the coder left off.

    Parameters
    ----------
    folder : str or path-like
        Where the coders' files lie; this coder's is ``codes_<coder>.csv``.
    coder : str
        Letters, digits, hyphens and underscores.
    sample : pandas.DataFrame
        From :func:`analysis.coding.codes.read_sample`.
    lines : pandas.DataFrame
        From :func:`analysis.coding.codes.lines`, of the same sample.
    codebook : Codebook

    Returns
    -------
    Sitting
        At the first line that is not coded.

    Raises
    ------
    AnalysisError
        If the coder's name cannot be part of a file's, lines and sample differ, or the file that
        is there has a fault: its first is named, and nothing is written.
    """
    if not _CODER.fullmatch(coder):
        raise AnalysisError("coder", repr(coder), "letters, digits, - and _")
    if lines["item"].tolist() != sample["item"].tolist():
        raise AnalysisError("lines", "other items than the sample's", "coding.lines of this sample")
    path = Path(folder) / f"codes_{coder}.csv"
    if not path.exists():
        coding.write_table(coding.blank(sample, coder, codebook), path)
    faults = coding.check(path, sample, codebook)
    if len(faults):
        line, _, found, expected = faults.iloc[0]
        where = f"{path}, line {line}" if line else path
        more = f"correct the file; {len(faults)} faults in all, see coding.check"
        raise AnalysisError(where, found, expected or "a line for every item", more)
    codes = coding.read_table(path)
    if codes["coder"].iloc[0] != coder:
        raise AnalysisError(path, f"coder {codes['coder'].iloc[0]!r}", f"{coder!r}, as in its name")
    codes = codes.set_index("item").loc[sample["item"]].reset_index()
    frames = codebook.frames[["id", "label", "definition"]]
    return _next_open(Sitting(path, codes, lines.reset_index(drop=True), frames, -1))


def item(sitting: Sitting) -> str:
    """Return the item that is shown."""
    return str(sitting.lines["item"].iloc[sitting.at])


def current(sitting: Sitting) -> dict[str, str]:
    """Return the codes of the line that is shown.

    Returns
    -------
    dict of str to str
        ``valid``, ``frame``, ``voice``, ``stance``, ``unsure``, ``note``.
    """
    row = sitting.codes[sitting.codes["item"] == item(sitting)].iloc[0]
    return {name: str(row[name]) for name in coding.CODE_COLUMNS}


def progress(sitting: Sitting) -> tuple[int, int]:
    """Return how many lines are coded, and how many there are."""
    return int(coding.coded(sitting.codes).sum()), len(sitting.codes)


def keys(sitting: Sitting) -> dict[str, tuple[str, str]]:
    """Return what each key stands for on the line that is shown.

    Returns
    -------
    dict of str to (str, str)
        Key to column and code; not those that move or note.
    """
    # A codebook may have fewer frames than there are digits, or more.
    frames = zip(FRAME_KEYS, sitting.frames["id"], strict=False)
    found = {key: ("frame", name) for key, name in frames} | {NONE_KEY: ("frame", coding.NONE)}
    if item(sitting).startswith("o"):
        found = {key: ("valid", code) for key, code in VALID_KEYS.items()} | found
        found |= {key: ("voice", code) for key, code in VOICE_KEYS.items()}
        found |= {key: ("stance", code) for key, code in STANCE_KEYS.items()}
    found[UNSURE_KEY] = ("unsure", "yes")
    return found


def press(sitting: Sitting, key: str) -> Sitting:
    """Do what a key stands for: code, take a code back, or move.

    Pressing the key of a code that is set takes it back. A line that is not valid has no other
    codes but ``unsure`` and ``note``; giving it one makes it valid again only by the key for that.

    Parameters
    ----------
    sitting : Sitting
    key : str
        As a browser names it. One that stands for nothing here changes nothing.

    Returns
    -------
    Sitting
        What was coded is on disk.

    Raises
    ------
    AnalysisError
        If the file cannot be read or written; nothing has changed then.
    """
    if key == OPEN_KEY:
        return _next_open(sitting)
    if key in (BACK_KEY, FORWARD_KEY):
        step = 1 if key == FORWARD_KEY else -1
        return replace(sitting, at=min(max(sitting.at + step, 0), len(sitting.lines) - 1))
    if key not in keys(sitting):
        return sitting
    column, code = keys(sitting)[key]
    now = current(sitting)
    if now["valid"] == "no" and column in ("frame", "voice", "stance"):
        return sitting
    if column == "frame" and not item(sitting).startswith("o"):
        return _save(sitting, frame=_toggled(now["frame"], code))
    changed = {column: "" if now[column] == code else code}
    if changed.get("valid") == "no":
        changed |= dict.fromkeys(("frame", "voice", "stance"), "")
    return _save(sitting, **changed)


def write_note(sitting: Sitting, of: str, text: str) -> Sitting:
    """Keep what the coder noted of an item.

    Parameters
    ----------
    sitting : Sitting
    of : str
        The item: the coder may have moved on since the note was typed.
    text : str
        White space is collapsed.

    Returns
    -------
    Sitting
    """
    codes = coding.save_line(sitting.path, of, note=" ".join(text.split()))
    return _with(sitting, codes)


def _toggled(listed: str, code: str) -> str:
    """Put a frame of a segment on the list, or take it off; none stands alone."""
    names = coding.frames_of(listed)
    if code in names:
        names.remove(code)
    elif coding.NONE in (code, *names):
        names = [code]
    else:
        names.append(code)
    return "; ".join(names)


def _save(sitting: Sitting, **codes: str) -> Sitting:
    return _with(sitting, coding.save_line(sitting.path, item(sitting), **codes))


def _with(sitting: Sitting, codes: pd.DataFrame) -> Sitting:
    codes = codes.set_index("item").loc[sitting.lines["item"]].reset_index()
    return replace(sitting, codes=codes)


def _next_open(sitting: Sitting) -> Sitting:
    """Go to the next line without codes, or from the last of them to the first; else stay."""
    there = (~coding.coded(sitting.codes)).to_numpy().nonzero()[0]
    after = there[there > sitting.at]
    at = after[0] if len(after) else there[0] if len(there) else max(sitting.at, 0)
    return replace(sitting, at=int(at))


def page(sitting: Sitting, message: str = "") -> str:
    """Write the page a coder sees, every text escaped.

    Parameters
    ----------
    sitting : Sitting
    message : str
        What went wrong, if anything did.

    Returns
    -------
    str
        HTML.
    """
    line, now = sitting.lines.iloc[sitting.at], current(sitting)
    done, total = progress(sitting)
    place = f"{done} of {total} coded; {escape(line['item'])}, line {sitting.at + 1}"
    text = f"{escape(line['left'])} <mark>{escape(line['hit'])}</mark> {escape(line['right'])}"
    if not line["term"]:
        text = escape(line["hit"])
    found = keys(sitting)
    choices = [
        _choices(
            sitting, column, {key: code for key, (name, code) in found.items() if name == column}
        )
        for column in dict.fromkeys(column for column, _ in found.values())
    ]
    note = (
        f"<p><label>note <kbd>{NOTE_KEY}</kbd> <input data-item='{escape(line['item'])}' "
        f"value='{escape(now['note'])}'></label></p>"
    )
    moves = {BACK_KEY: "back", FORWARD_KEY: "forward", OPEN_KEY: "next without codes"}
    buttons = "".join(_button(key, name, None) for key, name in moves.items())
    return (
        f"<p>{place}<progress aria-label='coded' value='{done}' max='{total}'></progress></p>"
        + (f"<p class='error' role='alert'>Not saved: {escape(message)}</p>" if message else "")
        + f"<div class='sides'><div><p class='line'>{text}</p>{''.join(choices)}{note}"
        + f"<p>{buttons}</p></div>{_definition(line)}</div>{_frame_list(sitting)}"
    )


def _definition(line: pd.Series) -> str:
    if not line["term"]:
        return f"<p>{SEGMENT_RULE}</p>"
    parts = [("definition", line["term"]), ("include", "include"), ("exclude", "exclude")]
    rows = (f"<dt>{escape(head)}</dt><dd>{escape(line[name])}</dd>" for name, head in parts)
    return f"<dl>{''.join(rows)}</dl>"


def _choices(sitting: Sitting, column: str, own: dict[str, str]) -> str:
    now = current(sitting)
    labels = dict(zip(sitting.frames["id"], sitting.frames["label"], strict=True))
    chosen = coding.frames_of(now[column]) if column == "frame" else [now[column]]
    buttons = "".join(
        _button(key, labels.get(code, code) if column == "frame" else code, code in chosen)
        for key, code in own.items()
    )
    return f"<fieldset><legend>{column}</legend>{buttons}</fieldset>"


def _button(key: str, label: str, pressed: bool | None) -> str:
    state = "" if pressed is None else f" aria-pressed='{str(pressed).lower()}'"
    shown = _NAMES.get(key, key)
    return (
        f"<button type='button' data-key='{escape(key)}'{state}>{escape(label)} "
        f"<kbd>{escape(shown)}</kbd></button>"
    )


def _frame_list(sitting: Sitting) -> str:
    rows = "".join(
        f"<dt>{escape(label)}</dt><dd>{escape(' '.join(definition.split()))}</dd>"
        for label, definition in sitting.frames[["label", "definition"]].itertuples(index=False)
    )
    return f"<details><summary>What the frames mean</summary><dl>{rows}</dl></details>"


class CoderForm(anywidget.AnyWidget):
    """The form in a notebook: shows the page of a sitting and hears keys.

    Parameters
    ----------
    sitting : Sitting
        From :func:`begin`.

    Examples
    --------
    >>> CoderForm(begin("my_codes", "A", sample, lines, codebook))  # doctest: +SKIP
    """

    _esm = Path(__file__).with_suffix(".js").read_text(encoding="utf-8")
    _css = Path(__file__).with_suffix(".css").read_text(encoding="utf-8")
    page = traitlets.Unicode().tag(sync=True)
    pressed = traitlets.List([0, ""]).tag(sync=True)
    note = traitlets.List(["", ""]).tag(sync=True)

    def __init__(self, sitting: Sitting) -> None:
        super().__init__()
        self.sitting = sitting
        self.page = page(sitting)
        self.observe(lambda change: self._do(press, change["new"][1]), "pressed")
        self.observe(lambda change: self._do(write_note, *change["new"]), "note")

    def __repr__(self) -> str:
        return f"CoderForm({self.sitting.path.name!r})"

    def _do(self, action: Callable[..., Sitting], *arguments: str) -> None:
        message = ""
        try:
            self.sitting = action(self.sitting, *arguments)
        except AnalysisError as error:
            message = str(error)
        self.page = page(self.sitting, message)

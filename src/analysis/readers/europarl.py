"""The release of Europarl: sittings of the European Parliament with ``<SPEAKER ...>`` lines."""

from __future__ import annotations

import re

from analysis.errors import AnalysisError
from analysis.readers.turns import Turn, compose, tidy
from analysis.text.document import Document

_TAG = re.compile(r"<(?P<name>SPEAKER|CHAPTER|P)\b(?P<rest>[^<>\n]*)>", re.IGNORECASE)
_FIELD = re.compile(r"(?P<name>[A-Z]+)=(?:\"(?P<quoted>[^\"\n]*)\"|(?P<bare>[^\s\"<>]+))")
_NOTE = re.compile(r"\([^()\n]{1,200}\)\.?")


def is_europarl(text: str) -> bool:
    """Return whether a text has the lines of the Europarl release."""
    return bool(re.search(r"^<(?:SPEAKER|CHAPTER) ID=", text[:20000], re.MULTILINE))


def read_text(document: str, text: str, where: str = "") -> Document:
    r"""Read a sitting: each ``<SPEAKER>`` a turn, a chapter's heading nobody's.

    Parameters
    ----------
    document : str
    text : str
    where : str, optional
        The file, for the error message.

    Returns
    -------
    analysis.text.document.Document

    Raises
    ------
    AnalysisError
        If no speaker has words.

    Examples
    --------
    >>> made = read_text("d", '<CHAPTER ID=1>\nLocks\n<SPEAKER ID=1 NAME="Brun">\nNo.\n<P>\nNever.')
    >>> made.text, made.utterances["speaker"].tolist()
    ('Locks\nNo.\nNever.', ['Brun'])
    """
    turns: list[Turn] = []
    before: list[str] = []
    speaker = affiliation = ""
    marks = list(_TAG.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    for mark, end in zip(marks, ends, strict=True):
        if mark["name"].upper() == "CHAPTER":
            speaker = affiliation = ""
        elif mark["name"].upper() == "SPEAKER":
            fields = {f["name"]: f["quoted"] or f["bare"] for f in _FIELD.finditer(mark["rest"])}
            speaker, affiliation = fields.get("NAME") or "", fields.get("AFFILIATION") or ""
            turns.append(Turn(speaker, "", affiliation=affiliation))
        for line in tidy(text[mark.end() : end]).splitlines():
            if not speaker or _NOTE.fullmatch(line):
                before.append(line)
                continue
            last = turns[-1]
            if before and last.said:
                turns.append(Turn(speaker, line, affiliation=affiliation, before="\n".join(before)))
            else:
                said = f"{last.said}\n{line}".strip()
                turns[-1] = last._replace(said=said, before=last.before or "\n".join(before))
            before = []
    turns = [turn for turn in turns if turn.said]
    if not turns:
        raise AnalysisError(where or document, "Europarl's lines without words", "a sitting")
    if before:
        turns.append(Turn("", "", before="\n".join(before)))
    return compose(document, turns, {"kind": "debate"})

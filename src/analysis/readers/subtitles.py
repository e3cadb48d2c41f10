"""Subtitles, SRT and WebVTT above all, and the tables that speech recognisers write."""

from __future__ import annotations

import csv
import html
import re

from analysis.readers import times
from analysis.readers.captions import Cue, read_cues
from analysis.text.document import Document

_CLOCK = r"(?:(\d{1,3}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})"
# As SRT and WebVTT have them, as YouTube's SBV, and as Whisper prints them before the words.
_TIMES = re.compile(
    rf"^[ \t]*\[?{_CLOCK}(?:[ \t]*-->[ \t]*|,){_CLOCK}(?:\][ \t]*(?P<said>\S.*)|.*)$",
    re.MULTILINE,
)
_FIRST = re.compile(rf"\s*(?:\d+[ \t]*\r?\n)?[ \t]*\[?{_CLOCK}(?:[ \t]*-->[ \t]*|,){_CLOCK}")
_TABLE = re.compile(
    r"[\"']?start[\"']?([\t,;])[\"']?end[\"']?\1(?:[\"']?speaker[\"']?\1)?[\"']?text[\"']?"
    r"(?=\1|[ \t]*(?:[\r\n]|$))"
)
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^>]{1,80})>")
_TAG = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,100}\}")
_BEFORE = re.compile(
    rf"[ \t]*(?:{times.BRACKETED}(?:[ \t]+|$|(?=\w))|{times.RANGE}(?:[ ]?[:|–—-])?(?:[ \t]+|$))"
)
# Webex: the number of the cue, who speaks, and the number of that person.
_NAMED = re.compile(r'^\d+[ \t]+"(?P<who>[^"\r\n]{1,80})"[ \t]+\(\d+\)[ \t]*\r?\n\Z', re.MULTILINE)
_DIALOGUE = re.compile(
    r"^Dialogue:[^,\r\n]*,(\d+):(\d+):(\d+)\.(\d+),(\d+):(\d+):(\d+)\.(\d+),[^,\r\n]*,"
    r"(?P<who>[^,\r\n]*),(?:[^,\r\n]*,){4}(?P<said>[^\r\n]*)",
    re.MULTILINE,
)
_FRAMES = re.compile(r"^\{(\d+)\}\{(\d+)\}(?P<said>[^\r\n]+)", re.MULTILINE)
_INSIDE = re.compile(r"<\d{1,2}:\d{2}:\d{2}\.\d{3}>")


def is_subtitles(text: str) -> bool:
    """Return whether a text has the time lines of subtitles, or a recogniser's table of them."""
    opening = text[:4000]
    return (
        text.startswith(("WEBVTT", "[Script Info]"))
        or len(_FRAMES.findall(opening)) >= 2
        or len(_TIMES.findall(opening)) >= 2
        or bool(_FIRST.match(opening))
        or bool(_TABLE.match(text[:100].lower()))
    )


def is_timed(text: str) -> bool:
    r"""Return whether times stand before a third of a text's first lines, or on lines between them.

    Examples
    --------
    >>> is_timed("0:00\nthey call it\n0:03\na list\n"), is_timed("0:00 is noon.\nNo.\n\nSo.\n")
    (True, False)
    """
    lines = [line for line in text[:4000].splitlines() if line.strip()]
    timed = sum(bool(_BEFORE.match(line)) for line in lines)
    return timed >= 2 and timed >= 0.34 * len(lines)


def read_timed(document: str, text: str, where: str = "") -> Document:
    """Read lines with times before or between them, as players and recognisers print them."""
    lines = (_BEFORE.sub("", line, count=1).strip() for line in text.splitlines())
    return read_cues(document, [Cue(0, 0, (line,)) for line in lines if line], where=where)


def read_text(document: str, text: str, where: str = "") -> Document:
    r"""Read subtitles: the cues of one speaker, one after the other, are one utterance.

    A speaker is known by a voice tag (``<v Ada>``) or by a label at the start of a line, and
    speaks until another does. A line broken off at a cue's end runs on.

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
        If there is no cue with words in it.

    Examples
    --------
    >>> made = read_text("d", "1\n00:00:01,000 --> 00:00:02,000\nADA: We\n\n"
    ...                       "2\n00:00:02,000 --> 00:00:03,000\nmet.\n")
    >>> made.text, made.utterances["label"].tolist()
    ('We met.', ['ADA'])
    """
    if table := _TABLE.match(text[:100].lower()):
        cues = _rows(text, table[1])
    elif text.startswith("[Script Info]"):
        cues = [cue for line in _DIALOGUE.finditer(text) for cue in _of_script(line)]
    else:
        cues = _cues(text) or [cue for line in _FRAMES.finditer(text) for cue in _of_frames(line)]
    return read_cues(document, cues, where=where)


def _of_script(line: re.Match[str]) -> list[Cue]:
    """Return the cue of a line of SubStation Alpha, which may name the speaker."""
    said = re.sub(r"\\[Nn]", "\n", line["said"].replace("\\h", " "))
    made = _voiced(_seconds(line.groups()[:4]), _seconds(line.groups()[4:8]), said.split("\n"))
    return [cue._replace(speaker=cue.speaker or line["who"].strip()) for cue in made]


def _of_frames(line: re.Match[str]) -> list[Cue]:
    """Return the cue of a line of MicroDVD, whose times are numbers of pictures."""
    said = re.sub(r"\{[^{}]{0,40}\}", "", line["said"]).split("|")
    return _voiced(float(line[1][:9]), float(line[2][:9]), said)


def _rows(text: str, delimiter: str) -> list[Cue]:
    """Return the cues of a table, whose times are milliseconds or seconds."""
    csv.field_size_limit(16 * 2**20)
    lines = text.splitlines()
    if delimiter == "\t":
        rows = csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)
    else:
        rows = csv.reader(lines, delimiter=delimiter)
    header = [name.strip().strip("\"'").lower() for name in next(rows)]
    cues: list[Cue] = []
    # A quotation mark that nothing closes takes the lines below into the header.
    if "text" not in header:
        return cues
    for row in rows:
        if len(row) < len(header):
            continue
        found = dict(zip(header, row, strict=False))
        said = delimiter.join(row[len(header) - 1 :]) if header[-1] == "text" else found["text"]
        cues.append(Cue(0, 0, (said.strip(),), found.get("speaker", "").strip()))
    return cues


def _cues(text: str) -> list[Cue]:
    """Return the cues, the blocks of notes and styles left out."""
    marks = list(_TIMES.finditer(text))
    cues: list[Cue] = []
    shown = ""
    for number, mark in enumerate(marks):
        last = number + 1 == len(marks)
        block = text[mark.end() : len(text) if last else marks[number + 1].start()]
        lines = [mark["said"]] if mark["said"] else _lines(block, last=last)
        made = _voiced(_seconds(mark.groups()[:4]), _seconds(mark.groups()[4:8]), lines)
        if named := _NAMED.search(text, max(0, mark.start() - 200), mark.start()):
            made = [cue._replace(speaker=cue.speaker or named["who"].strip()) for cue in made]
        # Whisper shows a line once for each of its words, the word underlined.
        again = cues and made and made[0].lines == cues[-1].lines and shown != "".join(lines)
        if not (again and "<u>" in shown + "".join(lines)):
            cues += made
        shown = "".join(lines)
    return cues


def _lines(block: str, *, last: bool) -> list[str]:
    """Return a cue's lines: up to an empty one, and without the number of the next cue."""
    lines = block.splitlines()
    while lines and not lines[0].strip():
        del lines[0]
    lines = lines[: lines.index("")] if "" in lines else lines
    while lines and not lines[-1].strip():
        del lines[-1]
    numbered = lines and lines[-1].strip().isdigit()
    if numbered and not last and (len(lines) == 1 or not lines[-2].strip()):
        del lines[-1]
    return lines


def _seconds(parts: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, rest = (part or "0" for part in parts)
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds) + float(f"0.{rest}")


def _voiced(start: float, end: float, lines: list[str]) -> list[Cue]:
    """Return a cue, in pieces where voice tags name several speakers."""
    found: list[Cue] = []
    above = ""
    for line in lines:
        plain = " ".join(html.unescape(_TAG.sub("", line)).split())
        voice = _VOICE.search(line)
        speaker = " ".join(html.unescape(voice[1]).split()) if voice else above
        above = "" if plain else speaker
        if not plain:
            continue
        fresh = bool(_INSIDE.search(line))
        if found and speaker in {"", found[-1].speaker}:
            last = found[-1]
            found[-1] = last._replace(lines=(*last.lines, plain), fresh=(*last.fresh, fresh))
        else:
            found.append(Cue(start, end, (plain,), speaker, (fresh,)))
    return found

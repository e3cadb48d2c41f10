"""Subtitles, SRT and WebVTT: cues joined to the turns of their speakers."""

from __future__ import annotations

import html
import re

from analysis.errors import AnalysisError
from analysis.readers.turns import Turn, compose
from analysis.text.document import Document

_TIMES = re.compile(
    r"^[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}[ \t]*-->[ \t]*(?:\d+:)?\d{1,2}:\d{2}[.,]\d{1,3}.*$",
    re.MULTILINE,
)
_VOICE = re.compile(r"<v(?:\.[\w.]+)?[ \t]+([^>]{1,80})>")
_TAG = re.compile(r"<[^<>\n]{0,200}>|\{\\[^{}\n]{0,100}\}")
_NAMED = re.compile(
    r"^(?:-|>>+)?[ \t]*(?P<label>[A-Z][A-Z.'’\-]+(?:[ \t][A-Z][A-Z.'’\-]*){0,4}"
    r"|(?:[A-Z][\w.'’\-]{0,30})(?:[ \t][A-Z][\w.'’\-]{0,30}){1,3})[ \t]*:[ \t]+"
)
_DASH = re.compile(r"^(?:-|>>+)[ \t]*")


def is_subtitles(text: str) -> bool:
    """Return whether a text has the time lines of subtitles."""
    return text.startswith("WEBVTT") or len(_TIMES.findall(text[:4000])) >= 2


def read_text(document: str, text: str, where: str = "") -> Document:
    r"""Read subtitles: the cues of one speaker, one after the other, are one utterance.

    A speaker is known by a voice tag (``<v Ada>``) or by ``NAME:`` at the start of a line, and
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
    turns: list[list[str]] = []
    for cue in _cues(text):
        for line in cue:
            label, said = _voiced(line)
            if label and (not turns or turns[-1][0] != label):
                turns.append([label, said])
            elif turns:
                turns[-1][1] += f" {said}"
            else:
                turns.append(["", said])
    made = [Turn(label, " ".join(said.split())) for label, said in turns if said.strip()]
    if not made:
        raise AnalysisError(where or document, "no cue with words in it", "subtitles")
    return compose(document, made, {"kind": "subtitles"})


def _cues(text: str) -> list[list[str]]:
    """Return the lines of each cue, the blocks of notes and styles left out."""
    times = list(_TIMES.finditer(text))
    cues = []
    for number, time in enumerate(times):
        end = times[number + 1].start() if number + 1 < len(times) else len(text)
        block = text[time.end() : end].lstrip("\n\r")
        # A cue ends at an empty line; what follows is the next one's number, or a note.
        lines = re.split(r"\r?\n[ \t]*\r?\n", block, maxsplit=1)[0].splitlines()
        cues.append([line for line in lines if line.strip()])
    return cues


def _voiced(line: str) -> tuple[str, str]:
    voice = _VOICE.search(line)
    plain = html.unescape(_TAG.sub("", line)).strip()
    if voice:
        return " ".join(voice[1].split()), plain
    named = _NAMED.match(plain)
    if named:
        return named["label"].strip(), plain[named.end() :]
    return "", _DASH.sub("", plain)

"""Cues of any source, subtitles or a speech recogniser's, joined to the turns of their speakers."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import NamedTuple

from analysis.errors import AnalysisError
from analysis.readers import labelled, long_forms
from analysis.readers.labels import Opening, Shape, shape_of
from analysis.readers.notices import is_notice
from analysis.readers.turns import Turn, compose
from analysis.text.document import Document

_FLASH = 0.05
_TOUCHING = 0.1
_ROLLING = 0.25
_LEAST_ROLLS = 2
_MOSTLY = 0.8
_BRACKETED = re.compile(r"[(\[](?P<who>[^()\[\]]{2,60})[)\]]:?")
_NOTES = (("[", "]"), ("(", ")"), ("♪", "♪"))


class Cue(NamedTuple):
    """What is shown or heard from one time to another.

    ``lines`` are its lines, ``speaker`` whoever the source itself names (None for nobody, among
    others who are named), ``fresh`` whether each line carries times of its own words, as only a
    line shown for the first time does.
    """

    start: float
    end: float
    lines: tuple[str, ...]
    speaker: str | None = ""
    fresh: tuple[bool, ...] = ()


def read_cues(
    document: str,
    cues: Iterable[Cue],
    metadata: Mapping[str, str] | None = None,
    where: str = "",
) -> Document:
    """Make a document of cues: those of one speaker, one after the other, are one utterance.

    A speaker is named by the source, or by a label at the start of a line
    (:mod:`analysis.readers.labels`), and speaks until another does. Captions that roll, each line
    shown two or three times, are read once; what is said twice stays. A line that is a note in
    brackets alone is in no utterance's body.

    Raises
    ------
    AnalysisError
        If there is no cue with words in it.
    """
    once = without_rolling(
        _named_above([cue for cue in cues if any(line.strip() for line in cue.lines)])
    )
    text, named = _as_text(once)
    labels = labelled.labels_in(text, spoken=True)
    turns = _turns(text, named, {one.start: one for one in labels.found})
    if not turns:
        raise AnalysisError(where or document, "no cue with words in it", "subtitles")
    made = compose(document, turns, {"kind": "subtitles", **(metadata or {})})
    made = long_forms.merged(made)
    return Document(document, made.text, made.columns, made.metadata, labels.notes)


def _named_above(cues: list[Cue]) -> list[Cue]:
    """Return cues with their speakers, where names stand on lines above the words."""
    if any(cue.speaker for cue in cues):
        return cues
    topped = [bool(cue.lines[1:]) and shape_of(cue.lines[0]) >= Shape.NAME for cue in cues]
    names = {cue.lines[0] for cue, named in zip(cues, topped, strict=True) if named}
    # In captions all in capitals any line looks like a name.
    shouted = sum(" ".join(cue.lines[1:]).isupper() for cue in cues)
    again = 2 * len(names) <= topped.count(True) + 1 and 2 * shouted < len(cues)
    # Teams once gave the name a line of its own in each cue.
    if again and topped.count(True) >= _MOSTLY * len(cues):
        return [
            cue._replace(speaker=cue.lines[0], lines=cue.lines[1:], fresh=cue.fresh[1:])
            if named
            else cue
            for cue, named in zip(cues, topped, strict=True)
        ]
    named = [who for cue in cues if (who := _name_in_brackets(cue.lines[0])) and cue.lines[1:]]
    several = len(set(named)) < len(named)
    if not several or 2 * len(named) < len(cues):
        return cues
    found: list[Cue] = []
    who = ""
    for cue in cues:
        first = len(found)
        fresh_lines = cue.fresh or (False,) * len(cue.lines)
        for line, fresh in zip(cue.lines, fresh_lines, strict=True):
            if name := _name_in_brackets(line):
                who = name
            elif any(map(str.isalnum, line)):
                if len(found) == first or found[-1].speaker != who:
                    found.append(cue._replace(lines=(), fresh=(), speaker=who))
                last = found[-1]
                found[-1] = last._replace(lines=(*last.lines, line), fresh=(*last.fresh, fresh))
    return found


def _name_in_brackets(line: str) -> str:
    found = _BRACKETED.fullmatch(line.strip())
    return found["who"].strip() if found and shape_of(found["who"]) >= Shape.NAME else ""


def _as_text(cues: list[Cue]) -> tuple[str, dict[int, str | None]]:
    """Return the cues as paragraphs, and by the place of each line whom the source names."""
    parts: list[str] = []
    named: dict[int, str | None] = {}
    place = 0
    for cue in cues:
        for line in cue.lines:
            named[place] = cue.speaker
            parts.append(f"{line}\n")
            place += len(line) + 1
        parts.append("\n")
        place += 1
    return "".join(parts), named


def _turns(text: str, named: Mapping[int, str | None], labels: Mapping[int, Opening]) -> list[Turn]:
    turns: list[tuple[str, list[str], list[str]]] = []
    before: list[str] = []
    for start, speaker in named.items():
        line = text[start : text.index("\n", start)]
        opening = None if speaker or speaker is None else labels.get(start)
        said = line[opening.said - start :] if opening else line.removeprefix(">>")
        said = " ".join(said.split())
        who = turns[-1][0] if turns else ""
        if speaker is None or speaker or opening:
            who = opening.label if opening else speaker or ""
        if _is_note(said):
            before.append(said)
            continue
        if not turns or before or who != turns[-1][0]:
            turns.append((who, before, []))
            before = []
        turns[-1][2].append(said)
    return [
        Turn(who, " ".join(" ".join(said).split()), before=" ".join(noted))
        for who, noted, said in turns
        if "".join(said).strip()
    ]


def _is_note(line: str) -> bool:
    return is_notice(line) or any(
        line.startswith(opens) and line.endswith(closes) and closes not in line[1:-1]
        for opens, closes in _NOTES
    )


def without_rolling(cues: list[Cue]) -> list[Cue]:
    """Return cues with each line once, where lines roll up the screen or grow word by word.

    Captions roll where many cues begin with the lines that the cue before ended in, and have
    something new below them or are gone in a flash; a word said twice, in two cues, is no such
    thing.

    Examples
    --------
    >>> rolling = [Cue(0, 2, ("we met",)), Cue(2, 4, ("we met", "at noon")),
    ...            Cue(4, 6, ("at noon", "no"))]
    >>> [cue.lines for cue in without_rolling(rolling)]
    [('we met',), ('at noon',), ('no',)]
    >>> len(without_rolling([Cue(0, 1, ("No.",)), Cue(1, 2, ("No.",))]))
    2
    """
    pairs = list(pairwise(cues))
    rolls = sum(_rolls(a, b) or _grown(a, b) for a, b in pairs)
    tagged = any(any(cue.fresh) for cue in cues)
    if not tagged and (rolls < _LEAST_ROLLS or rolls < _ROLLING * len(pairs)):
        return cues
    found: list[Cue] = []
    last: Cue | None = None
    for cue in cues:
        if last is not None and last.speaker == cue.speaker:
            if found and _grown(last, cue):
                found[-1] = found[-1]._replace(lines=(*found[-1].lines[:-1], cue.lines[-1]))
            elif new := cue.lines[_repeated(last, cue) :]:
                found.append(cue._replace(lines=new, fresh=()))
        else:
            found.append(cue)
        last = cue
    return found


def _overlap(last: Cue, cue: Cue) -> int:
    """Return how many lines a cue begins with that the one before ended in."""
    for count in range(min(len(last.lines), len(cue.lines)), 0, -1):
        fresh = any(cue.fresh[:count])
        if not fresh and last.lines[-count:] == cue.lines[:count]:
            return count
    return 0


def _rolls(last: Cue, cue: Cue) -> bool:
    """Return whether a cue has the last lines of the one before and new ones, or is a flash."""
    count = _overlap(last, cue)
    return count > 0 and (count < len(cue.lines) or cue.end - cue.start <= _FLASH)


def _repeated(last: Cue, cue: Cue) -> int:
    count = _overlap(last, cue)
    whole = count == len(cue.lines)
    touching = cue.start - last.end <= _TOUCHING
    flash = min(cue.end - cue.start, last.end - last.start) <= _FLASH
    # Shown again as a whole after a pause, or as long as before, it was said again.
    return 0 if whole and not flash and not touching else count


def _grown(last: Cue, cue: Cue) -> bool:
    """Return whether a cue is the one before with words added to its last line."""
    if len(last.lines) != len(cue.lines) or last.lines[:-1] != cue.lines[:-1]:
        return False
    old, new = last.lines[-1].split(), cue.lines[-1].split()
    touching = cue.start - last.end <= _TOUCHING
    return touching and len(old) >= 1 and len(new) > len(old) and new[: len(old)] == old

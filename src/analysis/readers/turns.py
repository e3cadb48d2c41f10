"""Turns of any source made into a document: what all readers of structured talk share."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analysis.text.document import Document, from_spans

_BLANKS = re.compile(r"[^\S\n]+")
_BREAKS = re.compile(r"\s*\n\s*")


class Turn(NamedTuple):
    """One turn: who said what, and what stands before it in nobody's voice.

    ``before`` (a heading, a stage direction, what the clerk read) is kept in the document's text
    but in no utterance's body, so it is in no one's exposure.
    """

    label: str
    said: str
    speaker: str = ""
    affiliation: str = ""
    group: str = ""
    before: str = ""


def tidy(text: str) -> str:
    r"""Return a text with single spaces, and its paragraphs on lines of their own.

    Examples
    --------
    >>> tidy(" One\u00a0 two. \n\n  Three. ")
    'One two.\nThree.'
    """
    return _BREAKS.sub("\n", _BLANKS.sub(" ", text)).strip()


def compose(document: str, turns: Iterable[Turn], metadata: Mapping[str, str]) -> Document:
    r"""Make a document of turns, each parted from the next by an empty line.

    Parameters
    ----------
    document : str
    turns : iterable of Turn
        One without a label and speaker is narration.
    metadata : mapping of str to str

    Returns
    -------
    analysis.text.document.Document
        Its utterances have the columns ``affiliation`` and ``group`` besides the usual ones.

    Examples
    --------
    >>> made = compose("d", [Turn("A", "Yes."), Turn("B", "No.", before="[Noise.]")], {})
    >>> made.text, made.utterances[["start", "body", "end"]].values.tolist()
    ('Yes.\n\n[Noise.]\nNo.', [[0, 0, 6], [6, 15, 18]])
    """
    turns = list(turns)
    parts: list[str] = []
    spans = []
    position = 0
    for number, turn in enumerate(turns):
        before = f"{turn.before}\n" if turn.before else ""
        said = turn.said if number == len(turns) - 1 else f"{turn.said}\n\n"
        end = position + len(before) + len(said)
        speaker = turn.speaker or turn.label
        mode = "turn" if speaker else "narration"
        spans.append((position, position + len(before), end, turn.label, speaker, mode))
        parts += [before, said]
        position = end
    made = from_spans(document, "".join(parts), spans, metadata)
    roles = {
        **made.columns,
        "affiliation": [turn.affiliation for turn in turns],
        "group": [turn.group for turn in turns],
    }
    return Document(document, made.text, roles, made.metadata)

"""Oral arguments as Oyez gives them out: JSON of sections, turns and timed blocks of text."""

from __future__ import annotations

from typing import Any

from analysis.errors import AnalysisError
from analysis.readers import dates
from analysis.readers.turns import Turn, compose, tidy
from analysis.text.document import Document


def is_argument(content: object) -> bool:
    """Return whether JSON is a transcript of Oyez's."""
    return (
        isinstance(content, dict)
        and isinstance(content.get("transcript"), dict)
        and isinstance(content["transcript"].get("sections"), list)
    )


def read(document: str, content: dict[str, Any], where: str = "") -> Document:
    """Read an oral argument: one utterance per turn, its blocks on lines of their own.

    Parameters
    ----------
    document : str
    content : dict
        What the JSON holds.
    where : str, optional
        The file, for the error message.

    Returns
    -------
    analysis.text.document.Document
        ``group`` is ``justice`` for whom Oyez gives a seat on the court, else ``advocate``.

    Raises
    ------
    AnalysisError
        If there is no turn in it.
    """
    turns = []
    for section in content["transcript"]["sections"]:
        for turn in _list(section, "turns"):
            speaker = turn.get("speaker") if isinstance(turn, dict) else None
            speaker = speaker if isinstance(speaker, dict) else {}
            name = " ".join(str(speaker.get("name") or "").split())
            roles = [role for role in _list(speaker, "roles") if isinstance(role, dict)]
            justice = any(role.get("type") == "scotus_justice" for role in roles)
            group = ("justice" if justice else "advocate") if name else ""
            blocks = (b.get("text") for b in _list(turn, "text_blocks") if isinstance(b, dict))
            said = "\n".join(str(block) for block in blocks if block)
            turns.append(Turn(name, tidy(said), group=group))
    if not turns:
        raise AnalysisError(where or document, "no turn in it", "a transcript with turns")
    title = str(content.get("title") or "")
    metadata = {"kind": "argument", **dates.first_date([title])}
    return compose(document, turns, metadata | ({"title": title} if title else {}))


def _list(record: object, key: str) -> list[Any]:
    found = record.get(key) if isinstance(record, dict) else None
    return found if isinstance(found, list) else []

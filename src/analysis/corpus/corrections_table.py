"""Read a reader's corrections of attributions: the table that lies beside a text."""

from __future__ import annotations

import os
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.readers import decoding
from analysis.voices.corrections import ACTIONS, COLUMNS, Correction, Corrections


def read_corrections(path: str | os.PathLike[str]) -> Corrections:
    """Read a file of corrections.

    Parameters
    ----------
    path : path-like
        UTF-8 CSV with the columns document, quote, speaker, action. ``quote`` is copied from the
        text and must stand in it once; ``action`` is speaker, attribute or remove.

    Returns
    -------
    Corrections

    Raises
    ------
    AnalysisError
        If the file is missing or not UTF-8, lacks a column, names another action, has no quote
        or document, lacks the speaker an action needs, or corrects the same words twice.
    """
    path = Path(path)
    items: list[Correction] = []
    seen: dict[tuple[str, str], int] = {}
    for line, row in decoding.rows(path, decoding.decode(path), COLUMNS):
        where = f"{path}, line {line}"
        values = {name: " ".join(row[name].split()) for name in COLUMNS}
        if values["action"] not in ACTIONS:
            raise AnalysisError(
                where, f"action {values['action']!r}", f"one of {', '.join(ACTIONS)}"
            )
        for name in ("document", "quote"):
            if not values[name]:
                raise AnalysisError(where, f"an empty {name}", "a value")
        if values["action"] == "remove" and values["speaker"]:
            raise AnalysisError(where, "a speaker for words to be removed", "an empty speaker")
        if values["action"] == "attribute" and not values["speaker"]:
            raise AnalysisError(where, "an empty speaker", "who says these words")
        key = values["document"], values["quote"]
        if key in seen:
            raise AnalysisError(
                where,
                f"{key[1]!r} again",
                "each passage once",
                f"remove this line or line {seen[key]}",
            )
        seen[key] = line
        items.append(Correction(**values, line=line))
    return Corrections(os.fspath(path), tuple(items))

"""Stances as lines of JSON, for any program that has a text and places in it."""

from __future__ import annotations

from typing import Any

import pandas as pd

from analysis.errors import AnalysisError
from analysis.text.document import from_spans
from analysis.voices.engines import Engine
from analysis.voices.stance import add_voices
from analysis.voices.utterances import voices

FIELDS = ("speaker", "mode", "quoted", "mention", "negated", "hedged", "stance")


def stances_json(
    document: dict[str, Any], *, engine: Engine = "rules", pipeline: Any = None, where: str = "line"
) -> dict[str, Any]:
    """Return who voices each span of one ``{"doc_id", "text", "spans"}`` object, and how.

    Parameters
    ----------
    document : dict
        With the keys ``doc_id``, ``text`` (str) and ``spans``, a list of ``[start, end)``
        character offsets; others are ignored. The text is read as press.
    engine, pipeline
        As for :func:`analysis.voices.attribute`.
    where : str, default "line"
        What an error calls the place, e.g. ``"line 3"``.

    Returns
    -------
    dict
        ``doc_id`` and ``spans``: for each span in the order given ``start``, ``end``,
        ``speaker`` (str, or None where unknown or narration), ``mode`` (direct, indirect or
        narration), ``quoted``, ``mention``, ``negated``, ``hedged`` (bool), ``stance`` (asserted,
        denied or mentioned) and ``confidence`` (0 to 1, the chance that the stance is right).

    Raises
    ------
    AnalysisError
        If a key is missing, the text is no text, or a span is not within it.

    Examples
    --------
    >>> line = {"doc_id": "a", "text": "We never do bulk collection.", "spans": [[12, 27]]}
    >>> stances_json(line)["spans"][0]["stance"]
    'denied'
    """
    text, spans = _checked(document, where)
    whole = from_spans("line", text, [(0, 0, len(text), "", "", "narration")], {"kind": "news"})
    voiced = voices(whole, engine=engine, pipeline=pipeline)
    table = pd.DataFrame(spans, columns=["start", "end"], dtype="int64")
    rows = add_voices(table, voiced, pipeline=pipeline if engine == "parse" else None)
    found = []
    for row in rows.to_dict("records"):
        line = {"start": row["start"], "end": row["end"]}
        line |= {name: None if pd.isna(row[name]) else row[name] for name in FIELDS}
        found.append(line | {"confidence": round(float(row["stance_confidence"]), 4)})
    return {"doc_id": document["doc_id"], "spans": found}


def _checked(document: Any, where: str) -> tuple[str, list[list[int]]]:
    """Return text and spans of a line, or say which field is not as it should be."""
    shape = 'an object {"doc_id", "text", "spans"}'
    if not isinstance(document, dict):
        raise AnalysisError(where, f"a {type(document).__name__}", shape)
    for key in ("doc_id", "text", "spans"):
        if key not in document:
            raise AnalysisError(where, f"no field {key!r}", shape)
    text, spans = document["text"], document["spans"]
    if not isinstance(text, str):
        raise AnalysisError(f"{where}, field 'text'", f"a {type(text).__name__}", "a string")
    if not isinstance(spans, list):
        raise AnalysisError(
            f"{where}, field 'spans'", f"a {type(spans).__name__}", "a list of [start, end]"
        )
    for number, span in enumerate(spans):
        place = f"{where}, field 'spans', number {number + 1}"
        if not (
            isinstance(span, list)
            and len(span) == 2
            and all(type(offset) is int for offset in span)
        ):
            raise AnalysisError(place, repr(span), "[start, end], two whole numbers")
        if not 0 <= span[0] < span[1] <= len(text):
            raise AnalysisError(
                place, repr(span), f"0 <= start < end <= {len(text)}, the characters of its text"
            )
    return text, spans

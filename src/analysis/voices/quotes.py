"""Attributions as the lines of JSON that other systems' scorers read."""

from __future__ import annotations

from typing import Any

from analysis.errors import AnalysisError
from analysis.voices.engines import Engine, attribute


def quotes_json(
    document: dict[str, Any], *, engine: Engine = "rules", pipeline: Any = None, where: str = "line"
) -> dict[str, Any]:
    """Return the attributions of one ``{"doc_id", "text"}`` object.

    Parameters
    ----------
    document : dict
        With the keys ``doc_id`` and ``text``; others are ignored.
    engine, pipeline
        As for :func:`analysis.voices.attribute`.
    where : str, default "line"
        What an error calls the place, e.g. ``"line 3"``.

    Returns
    -------
    dict
        ``doc_id`` and ``attributions``: a list of objects with ``source``, ``cue``, ``content``
        (lists of ``[start, end)`` character offsets), ``type`` (direct, mixed or indirect),
        ``speaker`` (str, or None where unknown), ``rule``, ``confidence`` (0 to 1); and
        ``engine``, ``pipeline``.

    Raises
    ------
    AnalysisError
        If a key is missing or the text is no text.

    Examples
    --------
    >>> quotes_json({"doc_id": "a", "text": '"No," said Ann Moss.'})["attributions"][0]["speaker"]
    'Ann Moss'
    """
    if not isinstance(document, dict) or not {"doc_id", "text"} <= document.keys():
        raise AnalysisError(where, "no 'doc_id' or no 'text'", 'an object {"doc_id", "text"}')
    text = document["text"]
    if not isinstance(text, str):
        raise AnalysisError(where, f"a text of type {type(text).__name__}", "a string")
    found = attribute(text, engine=engine, pipeline=pipeline)
    return {
        "doc_id": document["doc_id"],
        "engine": found.engine,
        "pipeline": found.pipeline,
        "attributions": [
            {
                "source": [list(span) for span in item.source],
                "cue": [list(span) for span in item.cue],
                "content": [list(span) for span in item.content],
                "type": item.kind,
                "speaker": item.speaker or None,
                "rule": item.rule,
                "confidence": item.confidence,
            }
            for item in found.items
        ],
    }

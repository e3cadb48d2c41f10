"""Corpora as ConvoKit keeps them: a folder of utterances, speakers and conversations."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from analysis.errors import AnalysisError
from analysis.readers import decoding, markup, table
from analysis.readers.turns import Turn, compose, tidy
from analysis.text.document import Document

UTTERANCES = "utterances.jsonl"
PARTS = (UTTERANCES, "speakers.json", "conversations.json", "corpus.json", "index.json")
"""The files that make up such a corpus."""

NOBODY = "(none)"
"""The speaker under whom we write what nobody says."""

_AFFILIATION = ("affiliation", "party", "side")
_GROUP = ("group", "role_group", "role", "type")
_NAME = ("name", "display_name")


def is_corpus(folder: Path) -> bool:
    """Return whether a folder is a ConvoKit corpus."""
    return (folder / UTTERANCES).is_file() and (folder / "speakers.json").is_file()


def is_utterance(record: object) -> bool:
    """Return whether a JSON object is a ConvoKit utterance."""
    return (
        isinstance(record, dict)
        and "text" in record
        and ("speaker" in record or "user" in record)
        and ("conversation_id" in record or "root" in record)
    )


def read_folder(folder: Path) -> list[Document]:
    """Read a corpus: one document per conversation, in the order of the file.

    Parameters
    ----------
    folder : pathlib.Path

    Returns
    -------
    list of Document
        Speakers' ``name``, ``affiliation`` and ``group`` are taken from their metadata where it
        has them; ``title`` and ``date`` from the conversation's.

    Raises
    ------
    AnalysisError
        If a part is broken or no utterance is in it.
    """
    path = folder / UTTERANCES
    rows = table.json_lines(path, decoding.guess(path, decoding.load(path))[0])
    speakers = _metadata(folder / "speakers.json")
    conversations = _metadata(folder / "conversations.json")
    return read_rows(path, [row for _, row in rows], speakers, conversations)


def read_rows(
    path: Path,
    rows: list[dict[str, Any]],
    speakers: dict[str, dict[str, Any]] | None = None,
    conversations: dict[str, dict[str, Any]] | None = None,
) -> list[Document]:
    """Read utterances, with what is known of speakers and conversations; see `read_folder`."""
    groups: dict[str, list[Turn]] = {}
    for number, row in enumerate(rows, 1):
        if not is_utterance(row):
            raise AnalysisError(
                f"{path}, utterance {number}",
                "no ConvoKit utterance",
                "an object with text, speaker and conversation_id",
            )
        who = row.get("speaker", row.get("user"))
        who = str(who.get("id", "") if isinstance(who, dict) else who or "")
        who = "" if who == NOBODY else who
        told = (speakers or {}).get(who, {}) | _dict(row.get("meta"))
        name = _first(told, _NAME) or who
        turn = Turn(
            who,
            tidy(str(row["text"] or "")),
            name,
            _first(told, _AFFILIATION),
            _first(told, _GROUP),
        )
        talk = str(row.get("conversation_id") or row.get("root") or path.parent.name)
        groups.setdefault(talk, []).append(turn)
    if not groups:
        raise AnalysisError(path, "no utterance", "one JSON object a line")
    made = []
    for talk, turns in groups.items():
        told = (conversations or {}).get(talk, {})
        metadata = {"kind": "conversation"} | {
            key: str(told[key]) for key in ("title", "date") if told.get(key)
        }
        made.append(compose(talk, turns, metadata))
    return made


def _metadata(path: Path) -> dict[str, dict[str, Any]]:
    if not path.is_file():
        return {}
    content = markup.parse_json(str(path), decoding.guess(path, decoding.load(path))[0])
    if not isinstance(content, dict):
        raise AnalysisError(path, "no JSON object", "metadata by identifier")
    # Newer versions wrap the metadata in "meta".
    return {key: _dict(_dict(value).get("meta", value)) for key, value in content.items()}


def _dict(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def _first(record: dict[str, Any], names: tuple[str, ...]) -> str:
    found = (record[name] for name in names if isinstance(record.get(name), str))
    return next(filter(None, found), "")

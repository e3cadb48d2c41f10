"""ParlaMint's plain text: a line an utterance, with a table of who speaks beside it."""

from __future__ import annotations

import re
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.readers import decoding
from analysis.readers.turns import Turn, compose
from analysis.text.document import Document

_LINE = re.compile(r"(?P<id>[\w.:-]+)\t(?P<text>.*)")
_IDENTIFIER = re.compile(r"[\w-]+[._-]\d[\w-]*\.(?:u|seg)\d+\Z|.*\.u\d+\Z")
META = "-meta.tsv"


def is_text(path: Path, text: str) -> bool:
    """Return whether a text is a sitting of ParlaMint: each line opens with an utterance's name."""
    rows = [row for row in text[:4000].split("\n")[:-1] or [text[:4000]] if row.strip()][:20]
    found = [_LINE.fullmatch(row.rstrip("\r")) for row in rows]
    return bool(rows) and all(one and _IDENTIFIER.match(one["id"]) for one in found)


def read(document: str, text: str, path: Path) -> Document:
    """Read a sitting, under the names that the table beside it gives.

    Raises
    ------
    AnalysisError
        If there is no table beside it, or an utterance is not in it.
    """
    beside = _beside(path)
    table = decoding.rows(beside, decoding.decode(beside), (), delimiter="\t")
    known = {_plain(row).get("id", ""): _plain(row) for _, row in table}
    turns: list[Turn] = []
    told: dict[str, str] = {"kind": "tei"}
    for number, row in enumerate(text.split("\n"), 1):
        found = _LINE.fullmatch(row.rstrip("\r"))
        if found is None:
            if row.strip():
                raise AnalysisError(f"{path}, line {number}", "no utterance", "ID, tab, text")
            continue
        about = known.get(found["id"])
        if about is None:
            raise AnalysisError(
                f"{path}, line {number}",
                f"utterance {found['id']}, which {beside.name} does not name",
                "a row of the table for each",
                "fetch both files of the same release",
            )
        name = about.get("speaker_name") or about.get("speaker_id", "")
        label = about.get("speaker_id") or name
        party = about.get("speaker_party_name") or about.get("speaker_party", "")
        turns.append(Turn(label, found["text"], name, party, about.get("speaker_role", "")))
        for key in ("title", "date"):
            if about.get(key):
                told.setdefault(key, about[key])
    return compose(document, turns, told)


def _plain(row: dict[str, str]) -> dict[str, str]:
    return {name.lower(): "" if value == "-" else value for name, value in row.items()}


def _beside(path: Path) -> Path:
    stem = path.name.removesuffix(path.suffix)
    for name in (f"{stem}{META}", f"{stem}-meta-en.tsv"):
        if (found := path.with_name(name)).is_file():
            return found
    raise AnalysisError(
        path,
        "a sitting of ParlaMint as plain text, without the table of who speaks",
        f"{stem}{META} beside it",
        "put the table there; it comes in the same release",
    )

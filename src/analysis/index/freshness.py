"""What an index was made of, written beside it, so that a change is noticed when it is opened."""

from __future__ import annotations

import hashlib
import json
import time
import unicodedata
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import regex

from analysis.errors import AnalysisError
from analysis.storage.files import sha256_of
from analysis.text.words import WORD

if TYPE_CHECKING:
    from analysis.codebook.reading import Codebook

FORMAT = 4
MANIFEST = "index.json"
OTHER_VERSIONS = {
    "format": "made by another version of the suite",
    "word": "made with another definition of a word",
    "regex": "made with another version of Unicode",
}
"""What of a manifest differs where another suite made the index, and how it is said."""
_NEEDED = {"columns", "codebook", "home", "sizes"}
_CLOCK_NS = 2_000_000_000
_STAMPS = ("size", "modified_ns", "changed_ns")


def describe(
    paths: Sequence[Path],
    columns: dict[str, object],
    codebook: Codebook | None,
    known: dict | None = None,
) -> dict:
    """Say what an index is made of, as far as its answers depend on it.

    Parameters
    ----------
    paths : sequence of pathlib.Path
        The source, in order.
    columns : dict
        Names of its columns.
    codebook : Codebook or None
        Whose occurrences it keeps.
    known : dict, optional
        The manifest of an index. A file that has the size and the times it had when that was
        written need not be read to know its hash.
    """
    return {
        "format": FORMAT,
        "word": WORD,
        "regex": regex.__version__,
        "columns": columns,
        "codebook": codebook_hash(codebook) if codebook is not None else None,
        "source": _described_files(paths, known or {}),
    }


def codebook_hash(codebook: Codebook) -> str:
    """Return a hash of all of a codebook that decides what it finds.

    Definitions and examples may change without it; terms, patterns and exclusions may not.
    """
    parts = codebook.terms[["id", "patterns", "exclusions"]].to_numpy().tolist()
    content = json.dumps([parts, unicodedata.unidata_version], ensure_ascii=False)
    return hashlib.sha256(content.encode()).hexdigest()


def differences(found: dict, expected: dict) -> list[str]:
    """Say in words where two manifests differ."""
    said = {**OTHER_VERSIONS, "columns": "made of other columns"}
    wrong = [text for key, text in said.items() if found.get(key) != expected[key]]
    if not wrong and not set(found) >= _NEEDED:
        wrong = ["its index.json is not whole"]
    if found.get("codebook") != expected["codebook"]:
        kept = found.get("codebook") is not None
        wrong.append("the codebook has changed" if kept else "made without the codebook")
    before = {file["name"]: file["sha256"] for file in found["source"]}
    after = {file["name"]: file["sha256"] for file in expected["source"]}
    if before != after:
        names = sorted(
            name for name in before.keys() | after.keys() if before.get(name) != after.get(name)
        )
        more = f" and {len(names) - 3} more" if len(names) > 3 else ""
        wrong.append(f"the source has changed: {', '.join(names[:3])}{more}")
    return wrong


def check_unchanged(paths: Sequence[Path], manifest: dict) -> None:
    """Refuse a source that was written to while it was read.

    Raises
    ------
    AnalysisError
        If a file is not as it was when the manifest was made.
    """
    for path, file in zip(paths, manifest["source"], strict=True):
        if _stamps(path) != {key: file[key] for key in _STAMPS}:
            raise AnalysisError(
                path, "changed while it was read", remedy="build again when it is complete"
            )


def read_manifest(folder: Path) -> dict | None:
    """Read the manifest of an index, of whatever version; None where there is none."""
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    files = found.get("source") if isinstance(found, dict) else None
    whole = isinstance(files, list) and all(
        isinstance(file, dict) and {"name", "sha256"} <= set(file) for file in files
    )
    return found if whole else None


def _described_files(paths: Sequence[Path], known: dict) -> list[dict]:
    before = {file.get("name"): file for file in known.get("source", [])}
    described = []
    for path in paths:
        now = time.time_ns()
        stamps = _stamps(path)
        old = before.get(path.name, {})
        # The clock of a file system is coarse: a file may change twice within one of its ticks.
        settled = max(stamps["modified_ns"], stamps["changed_ns"]) + _CLOCK_NS < old.get(
            "hashed_ns", 0
        )
        same = settled and all(old.get(key) == stamps[key] for key in _STAMPS)
        described.append(
            {
                "name": path.name,
                **stamps,
                "hashed_ns": old["hashed_ns"] if same else now,
                "sha256": old["sha256"] if same else sha256_of(path),
            }
        )
    return described


def _stamps(path: Path) -> dict[str, int]:
    try:
        stat = path.stat()
    except OSError as error:
        raise AnalysisError(path, f"cannot be read ({error.strerror})") from None
    return dict(zip(_STAMPS, (stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns), strict=True))

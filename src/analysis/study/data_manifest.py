"""Hold every file under ``data/``, the lock and the style to the manifest that records them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from analysis.errors import AnalysisError
from analysis.storage.files import replace_file, sha256_of
from analysis.study import measured

DATA = Path("data")
MANIFEST = DATA / "manifest.json"
RECORDED = "as recorded"
BESIDE = (
    ".python-version",
    "figures/style.toml",
    "requirements.lock",
    "src/analysis/plots/house.toml",
)
"""What decides the figures and is no datum: the lock of versions and the style."""


def verify_data(top: Path) -> pd.DataFrame:
    """Compare every file under ``data/`` with what its manifest records of it.

    A study's own manifest covers what was measured; ``data/manifest.json`` covers all else, the
    manifests of the studies that ship included. It also covers what decides the figures
    without being a datum, :data:`BESIDE`, where that is there.

    Parameters
    ----------
    top : pathlib.Path
        The project's folder.

    Returns
    -------
    pandas.DataFrame
        One row per file, in order: ``file``, ``manifest`` (which records it), ``sha256`` (of the
        file as it is), ``verdict``: "as recorded", "changed", "missing" or "in no manifest", and
        ``difference``, both hashes where they differ.

    Raises
    ------
    AnalysisError
        If a manifest cannot be read.
    """
    rows = [_row(top, *entry) for entry in _entries(top)]
    known = {row[0] for row in rows}
    for file in (*data_files(top), *_beside(top)):
        if file not in known:
            rows.append((file, "", sha256_of(top / file), "in no manifest", _UNKNOWN))
    columns = ["file", "manifest", "sha256", "verdict", "difference"]
    return pd.DataFrame(sorted(rows), columns=columns)


_UNKNOWN = "no manifest knows it; `python -m analysis record` takes it in"


def _row(top: Path, file: str, manifest: str, recorded: str) -> tuple[str, str, str, str, str]:
    path = top / file
    if not path.is_file():
        return file, manifest, "", "missing", f"{manifest} records it"
    actual = sha256_of(path)
    if actual == recorded:
        return file, manifest, actual, RECORDED, ""
    said = f"sha256 {actual[:16]}… where {manifest} records {str(recorded)[:16]}…"
    return file, manifest, actual, "changed", said


def _entries(top: Path) -> Iterator[tuple[str, str, str]]:
    """Yield file, manifest and recorded hash; first the general manifest, then the studies'."""
    general = _read(top / MANIFEST)
    beside = _read(top / MANIFEST, "beside")
    here = {file: hashed for file, hashed in beside.items() if (top / file).is_file()}
    for file, recorded in {**general, **here}.items():
        yield file, MANIFEST.as_posix(), recorded
    for study in _studies(top):
        manifest = (study / measured.MANIFEST).relative_to(top).as_posix()
        if manifest not in general:
            # A study of the user's own: its manifest is the authority on itself.
            yield manifest, manifest, sha256_of(top / manifest)
        record = measured.read_manifest(study)
        for name, recorded in record["files"].items():
            yield (study / name).relative_to(top).as_posix(), manifest, recorded
        for name, recorded in record["inputs"].items():
            # What it was measured from, where that is a file here: the codebook, the speakers.
            if name.startswith("data/") and _row(top, name, manifest, recorded)[3] != RECORDED:
                yield name, manifest, recorded


def _studies(top: Path) -> list[Path]:
    # Hidden folders are studies half written or half replaced.
    found = (path.parent for path in (top / DATA / "studies").glob("*/manifest.json"))
    return sorted(folder for folder in found if not folder.name.startswith("."))


def _beside(top: Path) -> list[str]:
    return [file for file in BESIDE if (top / file).is_file()]


def _read(path: Path, part: str = "files") -> dict[str, str]:
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        return dict(manifest["files"] if part == "files" else manifest.get(part, {}))
    except FileNotFoundError:
        found = "not there"
    except (ValueError, KeyError, TypeError):
        found = "not a manifest"
    raise AnalysisError(path, found, "JSON with 'files'", "restore it from version control")


def data_files(top: Path) -> list[str]:
    """Return the files under ``data/``, hidden ones and the general manifest aside."""
    paths = (path.relative_to(top) for path in (top / DATA).rglob("*") if path.is_file())
    return sorted(
        path.as_posix()
        for path in paths
        if path != MANIFEST and not any(part.startswith(".") for part in path.parts)
    )


def record(top: Path) -> Path:
    """Write ``data/manifest.json`` anew: every file under ``data/`` no study's manifest records.

    The lock and the style stand beside them; what is recorded of one that is not here is kept.

    For whoever changes the data on purpose; nothing else writes it.

    Returns
    -------
    pathlib.Path
        The manifest.
    """
    of_studies = {
        (study / name).relative_to(top).as_posix()
        for study in _studies(top)
        for name in measured.read_manifest(study)["files"]
    }
    files = {file: sha256_of(top / file) for file in data_files(top) if file not in of_studies}
    known = _read(top / MANIFEST, "beside") if (top / MANIFEST).is_file() else {}
    beside = {**known, **{file: sha256_of(top / file) for file in _beside(top)}}
    manifest = {"files": files, "beside": dict(sorted(beside.items()))}
    return replace_file(top / MANIFEST, json.dumps(manifest, indent=2) + "\n")

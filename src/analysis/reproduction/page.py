"""The page a reviewer reads: every figure beside its rebuilt self, and what each rests on.

One file, no script, nothing fetched; all text that comes from files is escaped by the template.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
import platform
import re
import tomllib
from datetime import UTC, datetime
from importlib import metadata, resources
from pathlib import Path
from typing import Any

import pandas as pd
from jinja2 import Environment, StrictUndefined

from analysis.errors import AnalysisError
from analysis.publication import figures, wording
from analysis.publication.caption_numbers import caption_numbers, plotting_cell, saving_cell
from analysis.reproduction import evidence
from analysis.reproduction.pixels import difference_png
from analysis.reproduction.reproduce import Reproduction
from analysis.storage.files import replace_file

SHOWN = 100
"""Lines of evidence listed for one number; how many more there are is said."""

TABLES = "figures/tables/"
_SETTINGS = ("TZ", "LC_ALL", "LANG", "PYTHONHASHSEED")


def write(done: Reproduction, path: Path) -> Path:
    """Write the page.

    Parameters
    ----------
    done : Reproduction
    path : pathlib.Path

    Returns
    -------
    pathlib.Path
    """
    files = resources.files("analysis.reproduction").joinpath("templates")
    style = files.joinpath("reproduction.css").read_text(encoding="utf-8")
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    template = environment.from_string(
        files.joinpath("reproduction.html").read_text(encoding="utf-8")
    )
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    page = template.render(
        counted=counted,
        style=style,
        style_hash=digest,
        good=done.wrong.empty,
        verdict_said=verdict(done),
        summary=tally(done),
        wrong=done.wrong.to_dict("records"),
        aside=_rows(done, done.checks["verdict"].isin(["not run", "not committed"])),
        figures=_figures(done),
        tables=_tables(done),
        notebooks=_rows(done, _rebuilt(done) & done.checks["file"].str.startswith("notebooks/")),
        data=done.data.to_dict("records"),
        run=_run(done),
        libraries=_libraries(done.committed),
    )
    return replace_file(path, page + "\n")


def counted(number: int, noun: str) -> str:
    """Return a number with its noun, in the plural where there is not one.

    Examples
    --------
    >>> counted(1, "line"), counted(1200, "line")
    ('1 line', '1,200 lines')
    """
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def tally(done: Reproduction) -> list[str]:
    """Count the files of each part that are as committed, a sentence a part.

    Parameters
    ----------
    done : Reproduction

    Returns
    -------
    list of str
    """
    checks = done.checks
    table = checks["file"].str.startswith(TABLES)
    figure = checks["file"].str.startswith("figures/") & ~table
    book = checks["file"].str.startswith("notebooks/") & (checks["verdict"] != "not run")
    parts = [
        ("Data, lock, style", checks["part"] == "data", "files as their manifests record them"),
        ("Notebooks", _rebuilt(done) & book, "identical when run again"),
        ("Figures", _rebuilt(done) & figure, "files identical when made again"),
        ("Tables", _rebuilt(done) & table, "files identical when made again"),
    ]
    said = []
    for name, rows, words in parts:
        if not rows.any():
            continue
        verdicts = checks[rows].groupby("file")["verdict"].agg(set)
        said.append(f"{name}: {verdicts.map(done.is_good).sum():,} of {len(verdicts):,} {words}")
    changed = done.wrong[done.wrong["part"] == "here"]["file"].nunique()
    if changed:
        are = "is" if changed == 1 else "are"
        said.append(f"Here: {counted(changed, 'file')} in the working tree {are} not as committed")
    return said


def verdict(done: Reproduction) -> str:
    """Say in a few words whether what is committed was made from this code and these data."""
    if done.wrong.empty:
        return "Identical"
    if (done.wrong["part"] == "here").all():
        return "Identical, but not to what lies here: files have changed since the commit"
    return "Not identical"


def summary(done: Reproduction) -> str:
    """Say the verdict and its counts in a few lines for the terminal."""
    of = (
        f"Rebuild of commit {done.commit[:12]}"
        if done.commit
        else "Rebuild of the tree as it lies, which git does not know here"
    )
    return "\n".join([*tally(done), f"{of}: {verdict(done)}"])


def _rebuilt(done: Reproduction) -> pd.Series:
    return done.checks["part"] == "rebuild"


def _rows(done: Reproduction, chosen: pd.Series) -> list[dict[str, Any]]:
    return done.checks[chosen].to_dict("records")


def _figures(done: Reproduction) -> list[dict[str, Any]]:
    manifests = [_manifest(folder) for folder in (done.committed, done.rebuilt)]
    pictures = {
        path.stem
        for folder in (done.committed, done.rebuilt)
        for path in (folder / "figures").glob("*.png")
    }
    books = _notebooks(done.committed)
    return [
        _figure(done, name, manifests[0].get(name) or manifests[1].get(name) or {}, books)
        for name in sorted({*manifests[0], *manifests[1], *pictures})
    ]


def _manifest(top: Path, folder: str = "figures") -> dict[str, dict]:
    try:
        entries = figures.read_manifest(top / folder)
    except AnalysisError:
        # That it cannot be read is among the differences already.
        return {}
    return {name: _mapping(entry) for name, entry in _mapping(entries).items()}


def _mapping(value: Any) -> dict:
    """Return what a manifest holds where it should hold a mapping; nothing if it is none."""
    return value if isinstance(value, dict) else {}


def _notebooks(top: Path) -> dict[str, dict]:
    books = {}
    for path in sorted((top / "notebooks").glob("*.ipynb")):
        try:
            book = json.loads(path.read_text(encoding="utf-8"))
            whole = all({"cell_type", "source"} <= set(cell) for cell in book["cells"])
        except (ValueError, LookupError, TypeError):
            continue
        if whole:
            books[path.name] = book
    return books


def _figure(done: Reproduction, name: str, entry: dict, books: dict[str, dict]) -> dict[str, Any]:
    files = _files(done, "figures/", name)
    pictures = [_bytes(folder / "figures" / f"{name}.png") for folder in done.folders]
    apart = None
    if all(pictures) and pictures[0] != pictures[1]:
        apart = difference_png(*pictures)
    of_manifest = (done.wrong["file"] == f"figures/{figures.MANIFEST}") & done.wrong[
        "where"
    ].str.startswith(f"{name} › ")
    wrong = done.wrong[of_manifest | done.wrong["file"].isin([file["file"] for file in files])]
    inputs = _mapping(entry.get("inputs"))
    notebook = next((book for book in books if saving_cell(books[book], name) is not None), "")
    caption = str(entry.get("caption", ""))
    return {
        "name": name,
        "good": wrong.empty,
        "wrong": wrong.to_dict("records"),
        "alt": str(entry.get("alt", "")),
        "claims": [
            (said, ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in values.items()))
            for said, values in _mapping(entry.get("claims")).items()
            if isinstance(values, dict)
        ],
        "pictures": [_uri(picture) for picture in pictures],
        "apart": _uri(apart),
        "files": files,
        "inputs": [
            {"file": file, "recorded": recorded, "actual": _sha(done.committed / file)}
            for file, recorded in inputs.items()
        ],
        "notebook": notebook,
        "cells": _cells(books.get(notebook), name),
        "versions": _mapping(entry.get("versions")),
        **_caption(done.committed, name, caption, inputs, books.get(notebook)),
    }


def _bytes(path: Path) -> bytes:
    return path.read_bytes() if path.is_file() else b""


def _sha(path: Path) -> str:
    return hashlib.sha256(_bytes(path)).hexdigest() if path.is_file() else ""


def _uri(png: bytes | None) -> str:
    return f"data:image/png;base64,{base64.b64encode(png).decode()}" if png else ""


def _tables(done: Reproduction) -> list[dict[str, Any]]:
    captions: dict[str, str] = {}
    for folder in reversed(done.folders):
        for name, entry in _manifest(folder / "figures", "tables").items():
            captions[name] = str(entry.get("caption", ""))
    return [
        {"name": name, "caption": caption, "files": _files(done, TABLES, name)}
        for name, caption in sorted(captions.items())
    ]


def _files(done: Reproduction, folder: str, name: str) -> list[dict[str, Any]]:
    """Return the files of a figure or table in either build."""
    names = {
        path.name
        for top in done.folders
        for path in (top / folder).glob("*")
        if path.is_file() and path.stem == name
    }
    return [_file(done, f"{folder}{file}") for file in sorted(names)]


def _file(done: Reproduction, file: str) -> dict[str, Any]:
    hashes = [_sha(folder / file) for folder in done.folders]
    size = len(_bytes(done.committed / file))
    return {"file": file, "size": size, "hashes": hashes, "good": hashes[0] == hashes[1] != ""}


def _cells(notebook: dict | None, name: str) -> list[dict[str, str]]:
    if notebook is None:
        return []
    at = [plotting_cell(notebook, name), saving_cell(notebook, name)]
    cells = [notebook["cells"][number] for number in dict.fromkeys(at) if number is not None]
    return [{"id": cell.get("id", ""), "source": "".join(cell["source"])} for cell in cells]


def _caption(
    top: Path, name: str, caption: str, inputs: dict[str, str], notebook: dict | None
) -> dict[str, Any]:
    """Take a caption apart into text and numbers, and gather what each number rests on."""
    numbers = caption_numbers(caption, notebook or {"cells": []}, name, _sentences(top))
    source = _source(top / "figures" / f"{name}.csv")
    table = evidence.lines(top, inputs)
    pieces: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    selections: dict[tuple, dict[str, Any]] = {}
    end = 0
    for number in numbers:
        pieces.append({"text": caption[end : number.start], "row": 0})
        end = number.start + len(number.text)
        computed = bool(number.expression)
        pieces.append({"text": number.text, "row": len(rows) + 1 if computed else 0})
        if not computed:
            continue
        found = evidence.behind(number, table, source)
        key = (found.filters, len(found.lines))
        if len(found.lines) and key not in selections:
            selections[key] = _selection(found, len(selections) + 1)
        rows.append(
            {
                "text": number.text,
                "expression": number.expression,
                "statements": number.statements,
                "cells": evidence.cells(number, source, found),
                "lines": len(found.lines),
                "counted": found.counted,
                "selection": selections.get(key, {}).get("number", 0),
            }
        )
    pieces.append({"text": caption[end:], "row": 0})
    typed = [number.text for number in numbers if not number.expression]
    return {
        "caption": pieces,
        "numbers": rows,
        "typed": typed,
        "selections": list(selections.values()),
        "lines_here": len(table) > 0,
    }


def _sentences(top: Path) -> dict[str, dict[str, str]]:
    try:
        return wording.sentences(top)
    except (AnalysisError, OSError):
        # A captions file that cannot be read fails its notebook, which is named elsewhere.
        return {}


def _source(path: Path) -> pd.DataFrame:
    try:
        return pd.read_csv(path, keep_default_na=False, na_values=[""])
    except (OSError, ValueError):
        return pd.DataFrame()


def _selection(found: evidence.Evidence, number: int) -> dict[str, Any]:
    table = found.lines
    return {
        "number": number,
        "said": "; ".join(f"{column} {' or '.join(values)}" for column, values in found.filters),
        "all": len(table),
        "lines": table.head(SHOWN).to_dict("records"),
        "text": bool((table["node"] != "").any()),
        "withheld": bool((table["node"] == "").any()),
    }


def _run(done: Reproduction) -> list[tuple[str, str]]:
    said = [
        ("Commit", done.commit or "none: no git here, the tree as it was"),
        ("Run at", datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC")),
        ("Python", f"{platform.python_implementation()} {platform.python_version()}"),
        ("System", f"{platform.system()} {platform.machine()}"),
        ("Processors", str(os.cpu_count())),
    ]
    return said + [(name, os.environ.get(name) or "not set") for name in _SETTINGS]


def _libraries(top: Path) -> list[dict[str, str]]:
    """Return the libraries the project asks for: as locked, and as used here."""
    try:
        declared = tomllib.loads((top / "pyproject.toml").read_text(encoding="utf-8"))
        lock = (top / "requirements.lock").read_text(encoding="utf-8")
        wanted = declared["project"]["dependencies"]
    except (OSError, ValueError, KeyError):
        return []
    rows = []
    for requirement in wanted:
        name = re.findall(r"^[\w.-]+", requirement)[0]
        locked = re.findall(rf"^{re.escape(name)}==([^\s;]+)", lock, re.MULTILINE | re.IGNORECASE)
        try:
            used = metadata.version(name)
        except metadata.PackageNotFoundError:
            used = ""
        rows.append({"name": name, "locked": " or ".join(dict.fromkeys(locked)), "used": used})
    return rows

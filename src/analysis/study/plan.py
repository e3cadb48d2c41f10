"""A plan made before looking, frozen, and held to what was done.

``plan.toml`` lies beside a study. Its fields follow the template for secondary data of van den
Akker and others (2021): what is asked and expected, what is known of the data, how they are
selected and measured, what is computed, and what would count as a finding. Freezing writes
``plan.lock.json``: the plan's hash, the day, every field, and the state of what the plan rests on
(terms, groups, documents, sample). Checking names every deviation, silent ones too.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pandas as pd

from analysis.codebook.reading import read_codebook
from analysis.errors import AnalysisError
from analysis.storage.csv_tables import read_csv
from analysis.storage.files import replace_file, sha256_of
from analysis.study import measured

PLAN, LOCK, DONE = "plan.toml", "plan.lock.json", "done.toml"
FIELDS: dict[str, tuple[str, ...]] = {
    "": ("title", "question", "expected", "known"),
    "data": ("codebook", "unit", "excluded_documents", "minimum_words", "shortest_turn"),
    "contrast": ("frame", "first", "second", "by"),
    "coding": ("coders", "instructions", "seed"),
    "analysis": ("annotator", "correction", "variance_unit", "level", "alternatives"),
    "finding": ("measure", "counts_if", "does_not_count_if"),
}
"""Table of the plan, and its fields: all must be there, none besides."""
_LISTS = ("excluded_documents", "first", "second", "coders", "alternatives")
_NUMBERS = ("minimum_words", "shortest_turn", "seed", "level")


def read_plan(folder: Path, name: str = PLAN) -> dict[str, Any]:
    """Read and check a plan.

    Parameters
    ----------
    folder : pathlib.Path
        Of the study.
    name : str, default "plan.toml"

    Returns
    -------
    dict of str to value
        Keys such as ``question`` and ``contrast.first``.

    Raises
    ------
    AnalysisError
        If the plan is not there, is not TOML, lacks a field, has another, or one of another kind.
    """
    path = folder / name
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise AnalysisError(
            path, "no plan", "a plan in TOML", f"its fields are: {_listed()}"
        ) from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AnalysisError(path, f"not TOML in UTF-8: {error}") from None
    flat = dict(_flat(data))
    wanted = [f"{table}.{field}".strip(".") for table, own in FIELDS.items() for field in own]
    for field in wanted if name == PLAN else ():
        if field not in flat:
            raise AnalysisError(path, f"no field {field}", f"the fields {_listed()}")
    for field, value in flat.items():
        if field not in wanted:
            raise AnalysisError(path, f"unknown field {field}", f"only {_listed()}")
        last = field.split(".")[-1]
        kind = list if last in _LISTS else (int, float) if last in _NUMBERS else str
        if not isinstance(value, kind) or isinstance(value, bool) or value == "":
            expected = "a list" if kind is list else "a number" if kind is not str else "a text"
            raise AnalysisError(path, f"{field} = {value!r}", expected)
    return flat


def _listed() -> str:
    return ", ".join(f"{table}.{f}".strip(".") for table, own in FIELDS.items() for f in own)


def _flat(data: Mapping[str, Any], before: str = "") -> Iterator[tuple[str, Any]]:
    for key, value in data.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{before}{key}.")
        else:
            yield before + key, value


def freeze(folder: Path, top: Path, *, today: date, again: bool = False) -> Path:
    """Record the plan, the day, and the state of what it rests on.

    Parameters
    ----------
    folder : pathlib.Path
        Of the study.
    top : pathlib.Path
        The project's folder.
    today : datetime.date
    again : bool, default False
        Whether to freeze anew a plan that is frozen; the days of earlier freezings are kept.

    Returns
    -------
    pathlib.Path
        Of the lock.

    Raises
    ------
    AnalysisError
        As :func:`read_plan`, or if the plan is frozen and `again` is not set.
    """
    plan = read_plan(folder)
    path = folder / LOCK
    earlier: list[str] = []
    if path.is_file():
        old = _lock(folder)
        if not again:
            raise AnalysisError(
                path,
                f"frozen on {old['frozen']}",
                "a plan that is not frozen yet",
                "check it with `plan check`; freezing anew keeps the first day in the record",
            )
        earlier = [*old["earlier"], old["frozen"]]
    now = state(folder, top, plan)
    _of_this_study(folder / PLAN, plan, now)
    lock = {
        "plan_sha256": sha256_of(folder / PLAN),
        "frozen": today.isoformat(),
        "earlier": earlier,
        "codes_opened_before": sorted(now["codes"]),
        "fields": plan,
        "state": now,
    }
    text = json.dumps(lock, indent=1, ensure_ascii=False, sort_keys=True)
    return replace_file(path, f"{text}\n".encode())


def _of_this_study(path: Path, plan: Mapping[str, Any], now: Mapping[str, Any]) -> None:
    """Refuse a plan that asks for a frame or a group which the study does not know."""
    known = {"contrast.frame": set(now["frames"])}
    groups = set(now["groups"].values()) - {""}
    if plan["contrast.by"] == "group" and groups:
        known |= {"contrast.first": groups, "contrast.second": groups}
    for field, there in known.items():
        asked = plan[field] if isinstance(plan[field], list) else [plan[field]]
        for name in asked:
            if name not in there:
                raise AnalysisError(
                    path,
                    f"{field}: {name!r} is not in this study",
                    f"of {', '.join(sorted(there))}",
                )


def _lock(folder: Path) -> dict[str, Any]:
    path = folder / LOCK
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise AnalysisError(
            path,
            "the plan is not frozen",
            "a frozen plan",
            "run `python -m analysis plan freeze STUDY`",
        ) from None
    except ValueError:
        raise AnalysisError(path, "not JSON", "what freezing wrote", "restore it") from None


def state(folder: Path, top: Path, plan: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Describe what a plan rests on, as it is now.

    Parameters
    ----------
    folder, top : pathlib.Path
    plan : mapping
        From :func:`read_plan`.

    Returns
    -------
    dict of str to dict
        ``terms`` (frame and patterns), ``frames`` (their definitions), ``codebook`` (its version),
        ``groups`` (of each speaker), ``documents`` (hash of each), ``sample`` (each item),
        ``segments`` (hash of the table), ``instructions`` (hash), ``codes`` (version coded by).
    """
    book = read_codebook(top / plan["data.codebook"])
    terms = {
        row["id"]: json.dumps([row["frame"], list(row["patterns"]), list(row["exclusions"])])
        for row in book.terms.to_dict("records")
    }
    coding = folder / "coding"
    found = {
        "codebook": {"version": book.version},
        "terms": terms,
        "frames": dict(zip(book.frames["id"], book.frames["definition"], strict=True)),
        "groups": _pairs(folder / "speakers.csv", ("document", "label", "speaker"), ("group",)),
        "documents": _documents(folder),
        "sample": _pairs(
            coding / "sample.csv", ("item",), ("document", "start", "end", "inclusion")
        ),
        "segments": _hash(coding / "segments.csv"),
        "instructions": _hash(top / plan["coding.instructions"]),
        "codes": {},
    }
    for path in sorted(coding.glob("codes_*.csv")):
        versions = sorted(set(read_csv(path)["codebook"].astype(str)))
        found["codes"][path.name] = ", ".join(versions)
    return found


def _pairs(path: Path, keys: tuple[str, ...], values: tuple[str, ...]) -> dict[str, str]:
    if not path.is_file():
        return {}
    table = read_csv(path).astype(str)
    # The speakers of a study of one's own are named for all documents at once.
    names, told = (
        table[[column for column in columns if column in table]].agg(", ".join, axis=1)
        for columns in (keys, values)
    )
    return dict(zip(names, told, strict=True))


def _documents(folder: Path) -> dict[str, str]:
    """Return the hash of each document: as it was published, or else of the text as measured."""
    path = folder / "documents.csv"
    if not path.is_file():
        return {}
    table = read_csv(path).astype(str)
    if "sha256" in table:
        return dict(zip(table["document"], table["sha256"], strict=True))
    inputs = measured.read_manifest(folder)["inputs"]
    return {name: inputs.get(name, "") for name in table["document"]}


def _hash(path: Path) -> dict[str, str]:
    return {path.name: sha256(path.read_bytes()).hexdigest()} if path.is_file() else {}


def deviations(folder: Path, top: Path, done: Mapping[str, Any] | None = None) -> pd.DataFrame:
    """Name everything in which what was done departs from the frozen plan.

    Parameters
    ----------
    folder, top : pathlib.Path
        Of the study; of the project.
    done : mapping, optional
        What was done where it is not as the plan's file now says, such as ``{"analysis.level":
        0.9}``; ``done.toml`` beside the plan, in the plan's fields, is read as well.

    Returns
    -------
    pandas.DataFrame
        One row per deviation: ``what`` (a field, or what changed), ``planned``, ``done``. Empty if
        all is as planned.

    Raises
    ------
    AnalysisError
        As :func:`read_plan`, or if the plan is not frozen.
    """
    lock, plan = _lock(folder), read_plan(folder)
    rows: list[tuple[str, str, str]] = []
    if lock["codes_opened_before"]:
        files = ", ".join(lock["codes_opened_before"])
        rows.append(("frozen after the codes were opened", "a plan before codes", files))
    rows += [("frozen again", day, lock["frozen"]) for day in lock["earlier"]]
    rows += _changed(lock["fields"], plan, "plan")
    told = dict(done or {})
    if (folder / DONE).is_file():
        told = read_plan(folder, DONE) | told
    planned = {field: lock["fields"].get(field) for field in told}
    rows += _changed(planned, told, "analysis")
    now = state(folder, top, plan)
    for kind, before in lock["state"].items():
        if kind == "codes":
            continue
        if kind == "sample" and not before:
            # A sample drawn after the plan is as it should be.
            continue
        rows += _changed(before, now.get(kind, {}), _SINGULAR.get(kind, kind))
    version = lock["state"]["codebook"]["version"]
    rows += [
        (f"codes {name}", f"codebook {version}", f"codebook {given}")
        for name, given in now["codes"].items()
        if given != version
    ]
    coders = {name.removeprefix("codes_").removesuffix(".csv") for name in now["codes"]}
    planned_coders = set(lock["fields"]["coding.coders"])
    rows += [(f"coder {name}", "none", "codes") for name in sorted(coders - planned_coders)]
    if coders:
        rows += [(f"coder {name}", "codes", "none") for name in sorted(planned_coders - coders)]
    return pd.DataFrame(rows, columns=["what", "planned", "done"])


_SINGULAR = {
    "terms": "term",
    "frames": "definition of frame",
    "groups": "group of",
    "documents": "document",
    "sample": "line of the sample",
}


def _changed(
    before: Mapping[str, Any], now: Mapping[str, Any], what: str
) -> Iterator[tuple[str, str, str]]:
    for key in [*before, *(name for name in now if name not in before)]:
        old, new = before.get(key), now.get(key)
        if old != new:
            yield f"{what}: {key}", _short(old), _short(new)


def _short(value: Any) -> str:
    text = "none" if value is None else value if isinstance(value, str) else json.dumps(value)
    return text if len(text) <= 160 else text[:157] + "..."


def report(table: pd.DataFrame, frozen: str) -> str:
    """Say in Markdown how far what was done departs from the plan.

    Parameters
    ----------
    table : pandas.DataFrame
        From :func:`deviations`.
    frozen : str
        The day.

    Returns
    -------
    str
    """
    if table.empty:
        return f"The plan was frozen on {frozen}; nothing departs from it."
    lines = [f"- {row.what}: planned {row.planned}; done {row.done}" for row in table.itertuples()]
    return "\n".join([f"The plan was frozen on {frozen}. Deviations from it:", "", *lines])


def frozen_on(folder: Path) -> str:
    """Return the day on which the plan of a study was frozen.

    Raises
    ------
    AnalysisError
        If it is not.
    """
    return _lock(folder)["frozen"]


def is_frozen(folder: Path) -> bool:
    """Say whether the plan of a study was frozen."""
    return (folder / LOCK).is_file()


def run(action: str, folder: Path, top: Path) -> tuple[str, int]:
    """Freeze or check the plan of a study, as the command line does.

    Parameters
    ----------
    action : {"freeze", "check"}
    folder, top : pathlib.Path
        Of the study; of the project.

    Returns
    -------
    (str, int)
        What is to be said, and 1 if something departs from the plan, else 0.

    Raises
    ------
    AnalysisError
        As :func:`freeze` and :func:`deviations`.
    """
    if action == "freeze":
        lock = freeze(folder, top, today=date.today())
        said = f"written: {lock.relative_to(top).as_posix()}"
        opened = ", ".join(_lock(folder)["codes_opened_before"])
        if opened:
            said += (
                f"\nfrozen after the codes were opened ({opened}): this is no plan made before "
                "looking, and every check will say so"
            )
        return said, 0
    table = deviations(folder, top)
    return report(table, frozen_on(folder)), int(len(table) > 0)

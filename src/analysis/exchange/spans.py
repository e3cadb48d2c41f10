"""Spans for other programs: a plain table for CATMA and INCEpTION, tasks for Label Studio."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis.errors import AnalysisError
from analysis.exchange.units import utf16_places
from analysis.storage import csv_tables
from analysis.storage.files import replace_file

SPAN_COLUMNS = ("document", "start", "end", "text", "label", "annotator")


def write_spans(
    codings: pd.DataFrame, texts: Mapping[str, str], path: str | os.PathLike[str]
) -> Path:
    """Write spans as CSV, one a line, as annotation tools' tables have them.

    Parameters
    ----------
    codings : pandas.DataFrame
        ``document``, ``start``, ``end``, ``code``, ``coder``; further columns are kept.
    texts : mapping of str to str
    path : str or path-like

    Returns
    -------
    pathlib.Path
        ``document``, ``start``, ``end`` (characters, the end not included), ``text``, ``label``,
        ``annotator``, then the further columns.

    Raises
    ------
    AnalysisError
        If a span lies outside its text.
    """
    table = codings.rename(columns={"code": "label", "coder": "annotator"})
    if "annotator" not in table:
        table = table.assign(annotator="")
    table = table.assign(text=[_cut(texts, row) for row in table.to_dict("records")])
    others = [name for name in table if name not in SPAN_COLUMNS]
    return replace_file(path, csv_tables.to_csv(table[[*SPAN_COLUMNS, *others]]))


def read_spans(path: str | os.PathLike[str], texts: Mapping[str, str]) -> pd.DataFrame:
    """Read spans from CSV and hold them against the texts.

    Parameters
    ----------
    path : str or path-like
        With the columns ``document``, ``start``, ``end``, ``label``, and ``annotator`` and ``text``
        where known.
    texts : mapping of str to str

    Returns
    -------
    pandas.DataFrame
        ``document``, ``start``, ``end``, ``code``, ``coder``, ``text`` and the further columns.

    Raises
    ------
    AnalysisError
        If a column is missing, a document or a span is not there, or the words at a span are
        others than the file has; the line is named.
    """
    table = csv_tables.read_csv(path)
    missing = [name for name in ("document", "start", "end", "label") if name not in table]
    if missing:
        raise AnalysisError(path, f"no column {missing[0]!r}", ", ".join(SPAN_COLUMNS))
    for line, row in enumerate(table.to_dict("records"), 2):
        where = f"{path}, line {line}"
        if not (row["start"].isdigit() and row["end"].isdigit()):
            raise AnalysisError(where, f"the span {row['start']} to {row['end']}", "whole numbers")
        cut = _cut(texts, {**row, "start": int(row["start"]), "end": int(row["end"])}, where)
        if row.get("text") and row["text"] != cut:
            raise AnalysisError(
                where,
                f"{row['text']!r} where the text has {cut!r}",
                "the words of the document at this place",
                "the spans were made on another version of the text",
            )
    table = table.astype({"start": "int64", "end": "int64"})
    return table.rename(columns={"label": "code", "annotator": "coder"})


def write_label_studio(
    codings: pd.DataFrame, texts: Mapping[str, str], path: str | os.PathLike[str]
) -> Path:
    """Write spans as tasks of Label Studio (JSON), to be looked at and corrected there.

    Parameters
    ----------
    codings : pandas.DataFrame
        ``document``, ``start``, ``end``, ``code``, and ``coder`` where known.
    texts : mapping of str to str
        Every one becomes a task.
    path : str or path-like

    Returns
    -------
    pathlib.Path

    Notes
    -----
    Label Studio runs in a browser and counts UTF-16 units. Its labelling configuration needs
    ``<Labels name="label" toName="text">`` and ``<Text name="text" value="$text"/>``.
    """
    tasks = []
    for number, (name, text) in enumerate(texts.items(), 1):
        places = utf16_places(text)
        results = [
            {
                "id": f"{number}-{at}",
                "from_name": "label",
                "to_name": "text",
                "type": "labels",
                "value": {
                    "start": places[row["start"]],
                    "end": places[row["end"]],
                    "text": _cut(texts, row),
                    "labels": [row["code"]],
                },
            }
            for at, row in enumerate(codings[codings["document"] == name].to_dict("records"))
        ]
        tasks.append(
            {"data": {"text": text, "document": name}, "predictions": [{"result": results}]}
        )
    return replace_file(path, json.dumps(tasks, ensure_ascii=True, indent=1) + "\n")


def read_label_studio(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read the spans of an export of Label Studio (JSON).

    Parameters
    ----------
    path : str or path-like

    Returns
    -------
    pandas.DataFrame
        ``document``, ``start``, ``end`` (characters), ``text``, ``code``, ``coder``: annotations
        where people made some, else predictions.

    Raises
    ------
    AnalysisError
        If the file is no such export, or a span lies outside its text.
    """
    path = Path(path)
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
        if not isinstance(tasks, list):
            raise TypeError
        rows = [row for number, task in enumerate(tasks, 1) for row in _task(path, number, task)]
    except OSError as error:
        raise AnalysisError(path, f"cannot be read ({error.strerror})", "a JSON file") from None
    except AnalysisError:
        raise
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise AnalysisError(
            path, f"no tasks ({error})", "an export of Label Studio as JSON"
        ) from None
    columns = ["document", "start", "end", "text", "code", "coder"]
    return pd.DataFrame(rows, columns=columns).astype({"start": "int64", "end": "int64"})


def _task(path: Path, number: int, task: dict) -> list[tuple]:
    text = task["data"]["text"]
    document = task["data"].get("document") or str(task.get("id", number))
    back = {unit: at for at, unit in enumerate(utf16_places(text))}
    made = task.get("annotations") or task.get("predictions") or []
    rows = []
    for annotation in made:
        coder = annotation.get("completed_by", "")
        coder = coder.get("email", "") if isinstance(coder, dict) else str(coder)
        for result in annotation.get("result", ()):
            if result.get("type") != "labels":
                continue
            value = result["value"]
            if value["start"] not in back or value["end"] not in back:
                raise AnalysisError(
                    f"{path}, task {number}",
                    f"the span {value['start']} to {value['end']}",
                    f"a span inside the {len(text)} characters of its text",
                )
            start, end = back[value["start"]], back[value["end"]]
            for label in value["labels"]:
                rows.append((document, start, end, text[start:end], label, coder))
    return rows


def _cut(texts: Mapping[str, str], row: Mapping, where: str = "codings") -> str:
    name = row["document"]
    if name not in texts:
        raise AnalysisError(where, f"document {name!r}", "a document that is there")
    if not 0 <= row["start"] <= row["end"] <= len(texts[name]):
        raise AnalysisError(
            where,
            f"the span {row['start']} to {row['end']}",
            f"a span inside the {len(texts[name])} characters of {name!r}",
        )
    return texts[name][row["start"] : row["end"]]

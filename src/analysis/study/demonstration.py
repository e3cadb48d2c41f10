"""The demonstration inquiry: composed texts whose writer marked every voice and stance.

It shows what the suite does and guards it against going backwards. It is fiction, and never
evidence about the world.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from analysis import readers
from analysis.codebook.reading import Codebook
from analysis.errors import AnalysisError
from analysis.occurrences.finding import find
from analysis.text.document import Document, from_spans
from analysis.voices.engines import Engine

MARKED = ("speaker", "mode", "quoted", "mention", "negated", "hedged", "stance")


def read_demo(folder: Path, *, kind: str = "press") -> list[tuple[Document, pd.DataFrame]]:
    """Read the composed texts with the occurrences as their writer marked them.

    Parameters
    ----------
    folder : pathlib.Path
        ``data/demo`` of the project.
    kind : {"press", "hearing", "speech"}

    Returns
    -------
    list of (Document, pandas.DataFrame)
        Hearings and speeches in the turns the writer marked, press stories whole; and per
        document ``start``, ``end``, ``term``, ``speaker``, ``mode``, ``quoted``, ``mention``,
        ``negated``, ``hedged``, ``stance``.

    Raises
    ------
    AnalysisError
        If there is no text of this kind.
    """
    paths = sorted(folder.glob(f"{kind}_*.txt"))
    if not paths:
        raise AnalysisError(folder, f"no text named {kind}_*.txt", "the demonstration inquiry")
    read = []
    for path in paths:
        marks = json.loads(path.with_suffix(".marks.json").read_text(encoding="utf-8"))
        document = readers.read(path, kind="news")
        if "utterances" in marks:
            turns = [
                (u["start"], u["body"], u["end"], "", u["speaker"], "turn")
                for u in marks["utterances"]
            ]
            document = from_spans(path.stem, document.text, turns, {"kind": kind})
        columns = ["start", "end", "term", *MARKED]
        read.append((document, pd.DataFrame(marks["occurrences"])[columns]))
    return read


def compare(
    read: list[tuple[Document, pd.DataFrame]],
    codebook: Codebook,
    *,
    engine: Engine = "rules",
    pipeline: object = None,
) -> pd.DataFrame:
    """Set an engine's reading of every occurrence beside the writer's.

    Parameters
    ----------
    read : list of (Document, pandas.DataFrame)
        What :func:`read_demo` returns.
    codebook : Codebook
    engine, pipeline
        As for :func:`analysis.voices.attribute`.

    Returns
    -------
    pandas.DataFrame
        One row per occurrence marked or found: ``document``, ``start``, ``end``, ``term``,
        ``left``, ``text``, ``right``, the engine's ``speaker``, ``mode``, ``quoted``,
        ``mention``, ``negated``, ``hedged``, ``stance``, the writer's as ``marked_speaker`` and
        so on (empty speaker: the reporter's own voice), ``same_speaker`` (bool: the last words
        of both names agree, titles aside), and ``in`` (both, marked or found).
    """
    tables = []
    for document, marked in read:
        found = find(document, codebook, engine=engine, pipeline=pipeline).astype(
            dict.fromkeys(MARKED, object)
        )
        found["speaker"] = found["speaker"].fillna("")
        keys = ["start", "end", "term"]
        renamed = marked.rename(columns={name: f"marked_{name}" for name in MARKED})
        both = found.merge(renamed, on=keys, how="outer", indicator="in")
        tables.append(both.assign(document=document.document))
    table = pd.concat(tables, ignore_index=True)
    sides = {"both": "both", "left_only": "found", "right_only": "marked"}
    table["in"] = table["in"].map(sides).astype(str)
    names = (table[name].fillna("").map(_last_name) for name in ("speaker", "marked_speaker"))
    table["same_speaker"] = next(names) == next(names)
    context = ["document", "start", "end", "term", "left", "text", "right"]
    return table[[*context, *MARKED, *(f"marked_{name}" for name in MARKED), "same_speaker", "in"]]


def marked_statements(
    read: list[tuple[Document, pd.DataFrame]],
    codebook: Codebook,
    names: Mapping[str, str],
    *,
    concept: str = "term",
) -> pd.DataFrame:
    """Return the statements as the writer marked them.

    Parameters
    ----------
    read : list of (Document, pandas.DataFrame)
        What :func:`read_demo` returns.
    codebook : Codebook
    names : mapping of str to str
        The writer's names for speakers, and what they are called here
        (:func:`analysis.corpus.actor_table.name_actors`).
    concept : {"term", "frame"}

    Returns
    -------
    pandas.DataFrame
        ``document``, ``actor``, ``concept``, ``agreement`` (1 or 0), ``start``, ``end``, ``term``.
    """
    marked = pd.concat(
        [marks.assign(document=document.document) for document, marks in read], ignore_index=True
    )
    marked = marked[(marked["speaker"] != "") & (marked["stance"] != "mentioned")]
    frames = dict(zip(codebook.terms["id"], codebook.terms["frame"], strict=True))
    table = marked.assign(
        actor=marked["speaker"].map(names),
        concept=marked["term"].map(frames) if concept == "frame" else marked["term"],
        agreement=marked["stance"].eq("asserted").astype("int64"),
    )
    columns = ["document", "actor", "concept", "agreement", "start", "end", "term"]
    return table[columns].reset_index(drop=True)


def with_marked_stance(
    voiced: pd.DataFrame, read: list[tuple[Document, pd.DataFrame]]
) -> pd.DataFrame:
    """Return statements and mentions with the writer's stance for the one found.

    Parameters
    ----------
    voiced : pandas.DataFrame
        Statements and mentions (:mod:`analysis.study.statements`).
    read : list of (Document, pandas.DataFrame)
        What :func:`read_demo` returns.

    Returns
    -------
    pandas.DataFrame
        Those that are statements by the writer's stance.
    """
    marked = pd.concat([marks.assign(document=document.document) for document, marks in read])
    keys = ["document", "start", "end", "term"]
    table = voiced.drop(columns=["stance", "agreement"]).merge(marked[[*keys, "stance"]], on=keys)
    table = table[table["stance"] != "mentioned"].reset_index(drop=True)
    return table.assign(agreement=table["stance"].eq("asserted").astype("int64"))


def _last_name(speaker: str) -> str:
    return speaker.replace("’", "'").lower().split(" ")[-1].removesuffix("'s")

"""From files to statements and registers in one call, for the command line."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from analysis.codebook.reading import read_codebook
from analysis.corpus.actor_table import merged_names, propose_actors, resolve_actors
from analysis.corpus.actors import read_actors, write_actors
from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.exchange.dna_write import write_dna
from analysis.storage import csv_tables, project
from analysis.storage.files import replace_file
from analysis.study.statements import statements
from analysis.voices.engines import Engine

_WIDEST = 60
_SHOWN = ("document", "date", "actor", "concept", "stance", "start", "end")


def actors_of(
    files: Sequence[str | os.PathLike[str]],
    *,
    actors: str | os.PathLike[str] | None = None,
    out: str | os.PathLike[str] | None = None,
    engine: Engine = "rules",
    pipeline: object = None,
) -> str:
    """Say which printed sources are which actor, and write a register where one is asked for.

    Parameters
    ----------
    files : sequence of path
    actors : path, optional
        A register, which wins.
    out : path, optional
        Where to write the proposed register; what is there already is never overwritten.
    engine, pipeline
        As for :meth:`analysis.corpus.Corpus.voiced`.

    Returns
    -------
    str
        The names, each with its actor, the reason and how often; and what was done.
    """
    if out is not None and Path(out).exists():
        raise AnalysisError(out, "is there already", "a new file", "an edited register is not lost")
    corpus = Corpus.read(*files).voiced(engine=engine, pipeline=pipeline)
    resolved = resolve_actors(corpus, read_actors(actors) if actors else None)
    note = f"{resolved['actor'].nunique()} actors; --out FILE writes a register to edit"
    if out is not None:
        write_actors(propose_actors(corpus, resolved=resolved), out)
        note = f"written: {out}; edit it and give it with --actors"
    table = merged_names(resolved)
    shown = table.assign(printed=table["printed"].str[:_WIDEST]).to_string(index=False)
    shown = shown if len(table) else "nobody is said to say anything"
    return f"{shown}\n{note}"


def statements_of(
    files: Sequence[str | os.PathLike[str]],
    *,
    actors: str | os.PathLike[str] | None = None,
    out: str | os.PathLike[str] | None = None,
    codebook: str | os.PathLike[str] | None = None,
    engine: Engine = "rules",
    pipeline: object = None,
) -> str:
    """Find the statements of texts, and write them as CSV or for DNA where that is asked for.

    Parameters
    ----------
    files, actors, engine, pipeline
        As :func:`actors_of`.
    out : path, optional
        Ends in ``.csv`` or ``.dna``.
    codebook : path, optional
        That beside the texts if left out, else the project's.

    Returns
    -------
    str
        The statements, or where they were written; what was left out, by reason; and the codebook.
    """
    ending = Path(out).suffix.lower() if out is not None else ""
    if ending not in ("", ".csv", ".dna"):
        raise AnalysisError(str(out), f"the ending {ending!r}", ".csv or .dna")
    corpus = Corpus.read(*files).voiced(engine=engine, pipeline=pipeline)
    path = Path(codebook or project.codebook_for(files))
    book = read_codebook(path)
    found = statements(corpus, book, actors=read_actors(actors) if actors else None)
    reasons = ", ".join(f"{number} {reason}" for reason, number in found.attrs["left_out"].items())
    left = f"{len(found)} statements of {reasons}\ncodebook: {book.title}"
    if out is not None and ending == ".dna":
        write_dna(found, corpus.texts, out, documents=corpus.documents)
    elif out is not None:
        replace_file(out, csv_tables.to_csv(found))
    if ending:
        return f"written: {out}\n{left}"
    shown = found[list(_SHOWN)].to_string(index=False) if len(found) else "no statements"
    return f"{shown}\n{left}"

"""Commands that read texts and print what they find; nothing is kept."""

from __future__ import annotations

import argparse
import json
import os
import stat
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.cli.options import COLUMNS_HELP, ENCODING_HELP, add_engine, columns, pipeline
from analysis.errors import AnalysisError

if TYPE_CHECKING:
    import pandas as pd

    from analysis.voices.engines import Engine

CONTEXT = 36
"""Characters of context on each side of a line printed for people."""

CODEBOOK_HELP = "another codebook than the codebook.toml beside the texts, or else the project's"

OCCURRENCE_FIELDS = (
    "document",
    "start",
    "end",
    "text",
    "term",
    "frame",
    "speaker",
    "mode",
    "quoted",
    "negated",
    "left",
    "right",
    "mention",
    "hedged",
    "stance",
    "stance_confidence",
    "confidence",
)


def add(commands: argparse._SubParsersAction) -> None:
    """Add these commands to those of the command line."""
    describe = commands.add_parser(
        "describe", help="say what is understood of texts, write nothing"
    )
    describe.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
    describe.add_argument("--format", choices=("json", "text"), default="text")
    describe.add_argument("--columns", help=COLUMNS_HELP)
    describe.add_argument("--encoding", help=ENCODING_HELP)
    describe.set_defaults(run=_describe)

    occurrences = commands.add_parser("occurrences", help="find the framing terms of texts")
    occurrences.add_argument("files", nargs="+", metavar="FILE")
    occurrences.add_argument("--format", choices=("jsonl", "table"), default="table")
    occurrences.add_argument("--codebook", type=Path, help=CODEBOOK_HELP)
    occurrences.add_argument(
        "--term", action="append", help="only this term (may be given several times)"
    )
    occurrences.add_argument("--encoding", help=ENCODING_HELP)
    occurrences.add_argument("--kind", help="what the files are, such as news, speech or text")
    add_engine(occurrences)
    occurrences.set_defaults(run=_occurrences)

    for name, what in (
        ("quotes", "find who says what, JSON lines in and out"),
        ("stances", "find who voices each span and how, JSON lines in and out"),
    ):
        command = commands.add_parser(name, help=what)
        command.add_argument("--jsonl", action="store_true", required=True, help="the only form")
        add_engine(command)
        command.set_defaults(run=_answer_lines)

    _add_statements(commands)


def _add_statements(commands: argparse._SubParsersAction) -> None:
    register = "propose a register of who speaks, to be edited"
    for name, text in (("actors", register), ("statements", "find who affirms or denies what")):
        command = commands.add_parser(name, help=text)
        command.add_argument("files", nargs="+", metavar="PATH")
        command.add_argument("--actors", type=Path, help="a register of actors, which wins")
        command.add_argument("--out", type=Path, help="write a .csv; statements: or a .dna")
        if name == "statements":
            command.add_argument("--codebook", type=Path, help=CODEBOOK_HELP)
        add_engine(command)
        command.set_defaults(run=_statements)


def _describe(options: argparse.Namespace) -> int:
    from analysis.corpus import report

    made = report.describe(
        *options.paths,
        columns=columns(options.columns),
        encoding=options.encoding,
        progress=True,
    )
    if options.format == "json":
        print(json.dumps(made.to_dict(), ensure_ascii=False, indent=2))
    else:
        print(made)
    # Nothing read at all is a refusal; a folder with one bad file among good ones is not.
    return 0 if len(made.documents) else 2


def _occurrences(options: argparse.Namespace) -> int:
    from analysis.codebook.reading import read_codebook
    from analysis.corpus.corpus import Corpus
    from analysis.occurrences.finding import find
    from analysis.storage import project
    from analysis.text.chunks import cores

    book = options.codebook or project.codebook_for(options.files)
    codebook = read_codebook(book)
    if not options.codebook and book.parts[-2:] != project.CODEBOOK.parts:
        print(f"analysis: terms of {book}", file=sys.stderr)
    # Every file is read before anything is printed, so a bad one leaves no half an answer.
    loaded = pipeline(options)
    corpus = Corpus.read(*options.files, encoding=options.encoding, kind=options.kind)
    many = cores()
    corpus = corpus.voiced(engine=options.engine, pipeline=loaded, workers=many, progress=True)
    for note in corpus.notes:
        print(f"analysis: {note}", file=sys.stderr)
    found = find(corpus, codebook, terms=options.term, pipeline=loaded, workers=many)
    found = corpus.as_read(found)
    if options.format == "table":
        print("\n".join(_lines(found)) or "no occurrences")
        return 0
    for record in _spoken(found)[list(OCCURRENCE_FIELDS)].astype(object).to_dict("records"):
        print(json.dumps({key: _plain(value) for key, value in record.items()}, ensure_ascii=False))
    return 0


def _statements(options: argparse.Namespace) -> int:
    from analysis.exchange import from_files

    run = from_files.actors_of if options.command == "actors" else from_files.statements_of
    names = ["actors", "out", "engine", *(["codebook"] if "codebook" in options else [])]
    told = {name: getattr(options, name) for name in names}
    print(run(options.files, **told, pipeline=pipeline(options)))
    return 0


def _spoken(found: pd.DataFrame) -> pd.DataFrame:
    """Name the reporter's own voice as the speaker of narration; unknown speakers stay missing."""
    narrated = found["speaker"].isna() & (found["mode"] == "narration")
    return found.assign(speaker=found["speaker"].mask(narrated, "narration"))


def _answer_lines(options: argparse.Namespace) -> int:
    from analysis.text.chunks import cores
    from analysis.text.processes import batches_of, in_processes

    loaded = pipeline(options)
    large = _size_of_input() >= _WORTH_PROCESSES and options.engine == "rules"
    answer = partial(_answers, command=options.command, engine=options.engine, pipeline=loaded)
    # Who asks through a pipe, line by line, is answered line by line.
    batches = batches_of(enumerate(sys.stdin, 1), lambda line: len(line[1]), _BATCH * large)
    for answers, wrong in in_processes(answer, batches, cores() if large else 1):
        for line in answers:
            print(line)
        if wrong is not None:
            raise wrong
    return 0


_BATCH = 100_000
_WORTH_PROCESSES = 1_000_000
"""Bytes of input from which other processes save more time than they take to begin."""


def _size_of_input() -> int:
    """Return the bytes of a file that is read from standard input; 0 for anything else."""
    try:
        status = os.fstat(sys.stdin.fileno())
    except OSError:
        return 0
    return status.st_size if stat.S_ISREG(status.st_mode) else 0


def _answers(
    lines: list[tuple[int, str]], *, command: str, engine: Engine, pipeline: object
) -> tuple[list[str], AnalysisError | None]:
    """Answer numbered lines of JSON, each by a line, as far as they can be read."""
    from analysis.readers import markup
    from analysis.voices import quotes_json, stances_json

    answer = {"quotes": quotes_json, "stances": stances_json}[command]
    answers: list[str] = []
    for number, line in lines:
        if not line.strip("\ufeff \t\r\n"):
            continue
        where = f"line {number} of the input"
        try:
            if any("\udc80" <= letter <= "\udcff" for letter in line):
                raise AnalysisError(where, "bytes that are not UTF-8", "UTF-8", "save it as UTF-8")
            document = markup.parse_json(where, line.removeprefix("\ufeff"), None)
            found = answer(document, engine=engine, pipeline=pipeline, where=where)
        except AnalysisError as error:
            return answers, error
        answers.append(json.dumps(found, ensure_ascii=False))
    return answers, None


def _lines(found: pd.DataFrame) -> Iterator[str]:
    """Yield each occurrence as a line of a concordance, the term in the middle."""
    place = found["document"] + ":" + found["start"].astype(str)
    widest = [max(map(len, column), default=0) for column in (place, found["text"])]
    found = _spoken(found).fillna({"speaker": "?"})
    for at, row in zip(place, found.itertuples(), strict=True):
        yield (
            f"{at:{widest[0]}}  {row.left[-CONTEXT:]:>{CONTEXT}}  {row.text:^{widest[1]}}  "
            f"{row.right[:CONTEXT]:{CONTEXT}}  {row.term} · {row.speaker} · {row.stance}"
        )


def _plain(value: object) -> object:
    """Return a value as JSON has it: missing as null, numpy's numbers as plain ones."""
    import pandas as pd

    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value

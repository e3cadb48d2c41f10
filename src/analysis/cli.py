"""The command line: ``python -m analysis COMMAND``."""

from __future__ import annotations

import argparse
import json
import os
import stat
import sys
from collections.abc import Sequence
from pathlib import Path

from analysis.errors import AnalysisError

_COLUMNS_HELP = "which column of tables is what, such as text=speech,speaker=member"

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
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``python -m analysis``; those of the process if left out.

    Returns
    -------
    int
        0 if all went well, 1 if a comparison found a difference, 2 if the input was refused.
    """
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except AnalysisError as error:
        print(f"analysis: {error}", file=sys.stderr)
        return 2
    except MemoryError:
        print(
            "analysis: there is too little memory for this; what was written before is whole; "
            "close other programs or split the texts into several studies",
            file=sys.stderr,
        )
        return 2
    except BrokenPipeError:
        # The reader of our output (head, a pager) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("analysis: stopped; what was written before is whole", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Measure framing terms: who voices them, how, and how sure we are.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")

    fetch = commands.add_parser("fetch", help="bring the documents of a study")
    fetch.add_argument("study")
    fetch.add_argument(
        "--from", dest="folder", type=Path, help="take them from this folder, not the network"
    )
    fetch.set_defaults(run=_fetch)

    measure = commands.add_parser("measure", help="measure a study's documents anew")
    measure.add_argument("study")
    measure.set_defaults(run=_measure)

    verify = commands.add_parser(
        "verify", help="hold all data to its manifests, or a study to its documents"
    )
    verify.add_argument("study", nargs="?", help="measure this study anew and compare")
    verify.set_defaults(run=_verify)

    record = commands.add_parser("record", help="write data/manifest.json after a change of data")
    record.set_defaults(run=_record)

    occurrences = commands.add_parser("occurrences", help="find the framing terms of texts")
    occurrences.add_argument("files", nargs="+", metavar="FILE")
    occurrences.add_argument("--format", choices=("jsonl", "table"), default="table")
    occurrences.add_argument("--codebook", type=Path, help="another codebook than the project's")
    occurrences.add_argument(
        "--term", action="append", help="only this term (may be given several times)"
    )
    _add_engine(occurrences)
    occurrences.set_defaults(run=_occurrences)

    describe = commands.add_parser(
        "describe", help="say what is understood of texts, write nothing"
    )
    describe.add_argument("paths", nargs="+", metavar="PATH", help="a file or a folder")
    describe.add_argument("--format", choices=("json", "text"), default="text")
    describe.add_argument("--columns", help=_COLUMNS_HELP)
    describe.set_defaults(run=_describe)

    new = commands.add_parser("new", help="make a study of texts of your own")
    new.add_argument("study", help="its name, such as my-study")
    new.add_argument("folder", type=Path, help="where the texts lie")
    new.add_argument("--columns", help=_COLUMNS_HELP)
    new.add_argument("--speakers", type=Path, help="a table that says whom a label means")
    new.add_argument("--workers", type=int, help="processes at work (one for each core)")
    new.add_argument("--scheduler", help="address of a Dask scheduler whose workers are used")
    new.add_argument("--replace", action="store_true", help="measure a study of this name anew")
    new.set_defaults(run=_new)

    quotes = commands.add_parser("quotes", help="find who says what, JSON lines in and out")
    quotes.add_argument("--jsonl", action="store_true", required=True, help="the only form so far")
    _add_engine(quotes)
    quotes.set_defaults(run=_quotes)

    rebuild = commands.add_parser("rebuild", help="run all notebooks, make all figures")
    rebuild.set_defaults(run=_rebuild)

    reproduce = commands.add_parser(
        "reproduce", help="rebuild what is committed in a copy, compare, write a page"
    )
    reproduce.add_argument(
        "--out", type=Path, metavar="FOLDER", help="where (build/reproduction if left out)"
    )
    reproduce.set_defaults(run=_reproduce)

    site = commands.add_parser("site", help="make web pages of the notebooks and docs")
    site.add_argument("--out", type=Path, default=Path("site"), help="the folder (site)")
    site.set_defaults(run=_site)
    return parser


def _describe(options: argparse.Namespace) -> int:
    from analysis.corpus import report

    made = report.describe(*options.paths, columns=_columns(options.columns), progress=True)
    if options.format == "json":
        print(json.dumps(made.to_dict(), ensure_ascii=False, indent=2))
    else:
        print(made)
    # Nothing read at all is a refusal; a folder with one bad file among good ones is not.
    return 0 if len(made.documents) else 2


def _new(options: argparse.Namespace) -> int:
    from analysis.storage import project
    from analysis.study import new as newstudy
    from analysis.text.chunks import cores

    made, notebook = newstudy.new_study(
        options.study,
        options.folder,
        top=project.root(),
        columns=_columns(options.columns),
        speakers=options.speakers,
        replace=options.replace,
        workers=options.workers or cores(),
        scheduler=options.scheduler,
        progress=True,
    )
    print(made)
    print(f"measured: data/studies/{options.study}; notebook: notebooks/{notebook.name}")
    return 0


def _columns(given: str | None) -> dict[str, str] | None:
    """Return ``text=speech,speaker=member`` as a mapping."""
    if not given:
        return None
    pairs = [part.partition("=") for part in given.split(",")]
    wrong = [role for role, sign, name in pairs if not (role.strip() and sign and name.strip())]
    if wrong:
        raise AnalysisError("--columns", repr(given), "ROLE=COLUMN,…, such as text=speech")
    return {role.strip(): name.strip() for role, _, name in pairs}


def _add_engine(command: argparse.ArgumentParser) -> None:
    command.add_argument("--engine", choices=("rules", "parse"), default="rules")
    command.add_argument(
        "--pipeline", help="spaCy pipeline of the parse engine, by name or path (en_core_web_sm)"
    )


def _pipeline(options: argparse.Namespace) -> object:
    """Load the spaCy pipeline the options ask for, once; None for the engine without a model."""
    if options.engine == "rules":
        return None
    from analysis.voices import load_pipeline

    here = Path(".pipeline")
    default = str(here) if here.is_dir() else "en_core_web_sm"
    return load_pipeline(options.pipeline or os.environ.get("ANALYSIS_PIPELINE") or default)


def _fetch(options: argparse.Namespace) -> int:
    from analysis.storage import project
    from analysis.study import fetch as sources
    from analysis.study import remeasure

    top = project.root()
    done = sources.fetch(
        options.study,
        top / remeasure.CATALOGUE,
        remeasure.sources_folder(options.study, top),
        source_folder=options.folder,
    )
    print(done.to_string(index=False))
    return 0


def _measure(options: argparse.Namespace) -> int:
    from analysis.storage import project
    from analysis.study import measured, remeasure

    top = project.root()
    folder = project.study_folder(options.study, top)
    study = remeasure.measure(options.study, top)
    measured.write(study, folder)
    print(
        f"{options.study}: {len(study.documents)} documents, {len(study.utterances)} utterances, "
        f"{study.utterances['words'].sum():,} words, {len(study.occurrences):,} occurrences"
    )
    return 0


def _verify_data(top: Path) -> int:
    from analysis.study import data_manifest

    table = data_manifest.verify_data(top)
    wrong = table[table["verdict"] != data_manifest.RECORDED]
    for row in wrong.itertuples():
        print(f"{row.file}: {row.verdict} ({row.difference})")
    print(f"{len(table) - len(wrong)} of {len(table)} files in data/ as their manifests record")
    return int(len(wrong) > 0)


def _record(_: argparse.Namespace) -> int:
    from analysis.storage import project
    from analysis.study import data_manifest

    top = project.root()
    print(f"written: {data_manifest.record(top).relative_to(top).as_posix()}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from analysis.storage import project
    from analysis.study import measured, remeasure

    top = project.root()
    if options.study is None:
        return _verify_data(top)
    folder = project.study_folder(options.study, top)
    wrong = measured.verify(folder)
    for file, problem in wrong:
        print(f"{options.study}/{file}: {problem}")
    if wrong:
        return 1
    print(f"{options.study}: every file is what its manifest records")
    if not remeasure.is_public(options.study, top):
        return _verify_own(options.study, top)
    if not remeasure.sources_folder(options.study, top).is_dir():
        print(
            "the documents themselves are not here, so nothing was measured anew "
            f"(`python -m analysis fetch {options.study}` brings them)"
        )
        return 0
    table = remeasure.compare(options.study, top)
    print(table.to_string(index=False))
    return int((table["verdict"] != "identical").any())


def _verify_own(name: str, top: Path) -> int:
    """Hold a study of one's own to the folder of its texts."""
    from analysis.study import new as newstudy

    texts = newstudy.texts_of(name, top)
    if texts is None or not texts.exists():
        where = f"{texts}, and it is not there" if texts else "not known here"
        print(
            f"the folder of its texts is {where}, so nothing was measured anew "
            f"(`python -m analysis new {name} FOLDER --replace` measures them)"
        )
        return 0
    print(f"measured anew from {texts}")
    table = newstudy.compare(name, top)
    print(table.to_string(index=False))
    return int((table["verdict"] != "identical").any())


def _occurrences(options: argparse.Namespace) -> int:
    from analysis.codebook.reading import read_codebook
    from analysis.corpus.corpus import Corpus
    from analysis.occurrences.finding import find
    from analysis.occurrences.printed import printed_lines, with_narration
    from analysis.storage import project
    from analysis.text.chunks import cores

    codebook = read_codebook(options.codebook or project.root() / project.CODEBOOK)
    # Every file is read before anything is printed, so a bad one leaves no half an answer.
    corpus = Corpus.read(
        *options.files,
        engine=options.engine,
        pipeline=_pipeline(options),
        workers=cores(),
        progress=True,
    )
    for note in corpus.notes:
        print(f"analysis: {note}", file=sys.stderr)
    found = corpus.as_read(find(corpus, codebook, terms=options.term))
    if options.format == "table":
        print("\n".join(printed_lines(found)) or "no occurrences")
        return 0
    for record in with_narration(found)[list(OCCURRENCE_FIELDS)].astype(object).to_dict("records"):
        print(json.dumps({key: _plain(value) for key, value in record.items()}, ensure_ascii=False))
    return 0


def _quotes(options: argparse.Namespace) -> int:
    from functools import partial

    from analysis.text.chunks import cores
    from analysis.text.processes import batches_of, in_processes
    from analysis.voices.quotes import answer_lines

    answer = partial(answer_lines, engine=options.engine, pipeline=_pipeline(options))
    # Who asks line by line, through a pipe, is answered line by line.
    status = os.fstat(sys.stdin.fileno()) if hasattr(sys.stdin, "buffer") else None
    large = status and stat.S_ISREG(status.st_mode) and status.st_size > 1_000_000
    lines = batches_of(enumerate(sys.stdin, 1), lambda line: len(line[1]), 100_000 if large else 1)
    workers = cores() if large and options.engine == "rules" else 1
    for answers in in_processes(answer, lines, workers):
        print(*answers, sep="\n")
    return 0


def _plain(value: object) -> object:
    """Return a value as JSON has it: missing as null, numpy's numbers as plain ones."""
    import pandas as pd

    if pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value


def _rebuild(_: argparse.Namespace) -> int:
    from analysis.reproduction import reproduce
    from analysis.storage import project

    table = reproduce.rebuild(project.root())
    print(table.to_string(index=False))
    same = int((table["verdict"] == "identical").sum())
    print(f"{same} of {len(table)} files identical with what is committed")
    return int(same != len(table))


def _reproduce(options: argparse.Namespace) -> int:
    from analysis.reproduction import page as reproduction_page
    from analysis.reproduction import reproduce
    from analysis.storage import project

    top = project.root()
    out = (options.out or top / "build" / "reproduction").resolve()
    done = reproduce.reproduce(top, out)
    page = reproduction_page.write(done, out / "reproduction.html")
    for row in done.wrong.itertuples():
        print(": ".join(filter(None, (row.file, row.verdict, row.where, row.difference))))
    print(reproduction_page.summary(done))
    print(f"page: {page}")
    return int(len(done.wrong) > 0)


def _site(options: argparse.Namespace) -> int:
    from analysis.publication import site
    from analysis.storage import project

    pages = site.build(project.root(), options.out)
    broken = site.broken_links(options.out)
    for line in broken:
        print(line)
    print(f"{len(pages)} pages; open {options.out / site.INDEX}")
    return int(bool(broken))

"""Commands that make and prove studies: what they rest on, and whether it is still that."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from analysis.cli.options import COLUMNS_HELP, ENCODING_HELP, columns
from analysis.errors import AnalysisError

if TYPE_CHECKING:
    import pandas as pd


def add(commands: argparse._SubParsersAction) -> None:
    """Add these commands to those of the command line."""
    new = commands.add_parser("new", help="make a study of texts of your own")
    new.add_argument("study", help="its name, such as my-study")
    new.add_argument("folder", type=Path, help="where the texts lie")
    new.add_argument("--columns", help=COLUMNS_HELP)
    new.add_argument("--encoding", help=ENCODING_HELP)
    new.add_argument("--speakers", type=Path, help="a table that says whom a label means")
    new.add_argument("--codebook", type=Path, help="another codebook than FOLDER/codebook.toml")
    new.add_argument("--replace", action="store_true", help="measure a study of this name anew")
    new.add_argument(
        "--workers", type=int, metavar="N", help="processes that measure; one for each core"
    )
    new.add_argument("--scheduler", metavar="ADDRESS", help="measure on the workers of Dask")
    new.set_defaults(run=_new)

    codebook = commands.add_parser("codebook", help="begin a codebook of your own")
    begin = codebook.add_subparsers(dest="what", required=True, metavar="new")
    new = begin.add_parser("new", help="write a codebook to be written over")
    new.add_argument("path", type=Path, help="a new file, such as FOLDER/codebook.toml")
    new.add_argument("texts", nargs="?", type=Path, help="texts to take candidates from; FOLDER")
    new.set_defaults(run=_new_codebook)

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

    commands.add_parser(
        "record", help="write data/manifest.json after a change of data"
    ).set_defaults(run=_record)

    _add_plan(commands)


def _new(options: argparse.Namespace) -> int:
    from analysis.storage import project
    from analysis.study import new as newstudy
    from analysis.text.chunks import cores

    made, notebook = newstudy.new_study(
        options.study,
        options.folder,
        top=project.root(),
        columns=columns(options.columns),
        encoding=options.encoding,
        speakers=options.speakers,
        codebook=options.codebook,
        replace=options.replace,
        workers=options.workers or cores(),
        scheduler=options.scheduler,
        progress=True,
    )
    print(made)
    print(f"measured: data/studies/{options.study}; notebook: notebooks/{notebook.name}")
    return 0


def _new_codebook(options: argparse.Namespace) -> int:
    from analysis.codebook.beginning import new_codebook, place_for

    path = place_for(options.path)
    texts = options.texts or path.parent
    lines = _candidates(texts) if options.texts or _is_of_texts(texts) else []
    new_codebook(path, lines)
    print(f"written: {path}; write over it; `python -m analysis new STUDY FOLDER` reads it")
    if lines:
        print(f"candidates for its terms, from {texts}, stand at its end")
    return 0


def _is_of_texts(folder: Path) -> bool:
    """Return whether a codebook is begun in a folder of its own, not in a project's ``data``."""
    from analysis.storage import project

    return folder.is_dir() and not (folder / project.CODEBOOK).exists() and folder.name != "data"


def _candidates(texts: Path) -> list[str]:
    from analysis.codebook.reading import read_codebook
    from analysis.coding.first_terms import candidate_lines
    from analysis.corpus import intake
    from analysis.corpus.corpus import Corpus
    from analysis.storage import project

    documents = intake.read([texts], progress=True).documents
    if not documents:
        return []
    try:
        book = read_codebook(project.root() / project.CODEBOOK)
    except AnalysisError:
        book = None  # no project here: there is nothing to learn from
    return candidate_lines(Corpus.of(documents), book)


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
    print(
        f"{len(table) - len(wrong)} of {len(table)} files in data/ as their manifests record, "
        "lock and style included"
    )
    return int(len(wrong) > 0)


def _record(_: argparse.Namespace) -> int:
    from analysis.storage import project
    from analysis.study import data_manifest

    top = project.root()
    print(f"written: {data_manifest.record(top).relative_to(top).as_posix()}")
    return 0


def _verify(options: argparse.Namespace) -> int:
    from analysis.storage import project
    from analysis.study import measured, plan

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
    said, departs = plan.run("check", folder, top) if plan.is_frozen(folder) else ("", 0)
    print(said, end="\n" if said else "")
    table = _measured_anew(options.study, top)
    if table is None:
        return departs
    print(table.to_string(index=False))
    return int((table["verdict"] != "identical").any() or departs)


def _measured_anew(study: str, top: Path) -> pd.DataFrame | None:
    """Compare a study with what its texts give now; None, and a sentence, where they are gone."""
    from analysis.study import new as newstudy
    from analysis.study import own_files, remeasure
    from analysis.text.chunks import cores

    if texts := own_files.made_of(study, top).get("texts"):
        if (top / texts).exists():
            print(f"{study}: measured anew from {texts}")
            return newstudy.compare(study, top, workers=cores(), progress=True)
        print(f"the texts lay in {texts} and are not there, so nothing was measured anew")
    elif remeasure.sources_folder(study, top).is_dir():
        return remeasure.compare(study, top)
    else:
        print(
            "the documents themselves are not here, so nothing was measured anew "
            f"(`python -m analysis fetch {study}` brings them)"
        )
    return None


def _add_plan(commands: argparse._SubParsersAction) -> None:
    plan = commands.add_parser("plan", help="freeze a study's plan, or name deviations from it")
    plan.add_argument("action", choices=("freeze", "check"))
    plan.add_argument("study")
    plan.set_defaults(run=_plan)


def _plan(options: argparse.Namespace) -> int:
    from analysis.storage import project
    from analysis.study import plan

    top = project.root()
    text, code = plan.run(options.action, project.study_folder(options.study, top), top)
    print(text)
    return code

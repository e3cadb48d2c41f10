"""The methods appendix of a researcher's own study, filled from what the study holds."""

from __future__ import annotations

import inspect
import platform
from importlib import metadata
from pathlib import Path

import pandas as pd

from analysis.codebook.reading import read_codebook
from analysis.corpus.cleaning import STATEMENT
from analysis.errors import AnalysisError
from analysis.plots.house import read_house
from analysis.publication.methods_appendix import (
    NAME,
    SETTINGS,
    Section,
    locked_versions,
    to_latex,
    to_markdown,
    word_statement,
)
from analysis.statistics.counts.rates import INTERVALS, PER
from analysis.storage import project
from analysis.storage.files import replace_file, sha256_of
from analysis.study import measured, questions
from analysis.study.own_files import codebook_path, made_of, read_left_out

_ASKED = ("rates", "contrast", "keywords")
_LIBRARIES = ("matplotlib", "numpy", "pandas", "pyarrow", "scipy")


def sections_of(study: str, top: Path | None = None) -> list[Section]:
    """Return the appendix of a study as headings, paragraphs and tables.

    Parameters
    ----------
    study : str
    top : pathlib.Path, optional
        The project's folder.

    Returns
    -------
    list of (str, list of str, pandas.DataFrame or None)
    """
    top = top or project.root()
    folder = project.study_folder(study, top)
    held = measured.read_study(study, folder)
    path = codebook_path(study, top)
    book = read_codebook(path)
    said, found = held.utterances, held.occurrences
    dates = sorted(filter(None, held.documents["date"]))
    when = f" of {dates[0]} to {dates[-1]}" if dates else ", without dates"
    kinds = held.documents["kind"].value_counts().sort_index()
    left = read_left_out(held)
    aside = ", ".join(f"{what}: {n}" for what, n in left["what"].value_counts().items())
    corpus = (
        f"The study {study} holds {len(held.documents)} documents{when} "
        f"({', '.join(f'{kind}: {count}' for kind, count in kinds.items())}), "
        f"{said['words'].sum():,} words in {len(said):,} utterances of "
        f"{said.loc[said['speaker'] != '', 'speaker'].nunique()} speakers. "
        f"{word_statement(folder)} The measured corpus is fixed by its manifest, SHA-256 "
        f"{sha256_of(folder / measured.MANIFEST)}, which holds the SHA-256 of every text."
    )
    codebook = (
        f"Codebook “{book.title}”, version {book.version}, language {book.language}: "
        f"{len(book.frames)} frames, {len(book.terms)} terms; SHA-256 {sha256_of(path)}. In the "
        f"study its terms occur {len(found):,} times."
    )
    frames = book.frames.set_index("id")[["label", "source"]].assign(
        terms=book.terms.groupby("frame").size(), occurrences=found.groupby("frame").size()
    )
    frames = frames.fillna({"terms": 0, "occurrences": 0})
    frames = frames.astype({"terms": int, "occurrences": int})
    rates = (
        f"Rates are occurrences per {PER:,} words. Their intervals are chosen by one rule: "
        f"{INTERVALS}. Where several comparisons are made, q is Benjamini-Hochberg over all of "
        "them. The table gives the settings that decide a number."
    )
    house = read_house()
    drawn = (
        f"Figures are {house['width']['one_column']:g} or {house['width']['two_columns']:g} mm "
        f"wide; SHA-256 of each picture, of its numbers and of its inputs in "
        f"figures/{study}/manifest.json."
    )
    texts = [corpus, f"Left out or to be known: {aside or 'nothing'}.", STATEMENT]
    if "speakers.csv" in made_of(study, top):
        texts.append(f"Who a label means stands in data/studies/{study}/speakers.csv.")
    return [
        ("Texts", texts, None),
        ("Frames and terms", [codebook], frames[["label", "terms", "occurrences", "source"]]),
        ("Rates, intervals, tests", [rates], _settings()),
        ("Software", [_software(top)], _versions(top)),
        ("Figures", [drawn], None),
    ]


def write_appendix(study: str, top: Path | None = None) -> str:
    """Write ``methods.md`` and ``methods.tex`` beside the figures of a study; return the Markdown.

    Parameters
    ----------
    study : str
    top : pathlib.Path, optional
        The project's folder.

    Returns
    -------
    str
    """
    top = top or project.root()
    parts = sections_of(study, top)
    text = to_markdown(parts)
    folder = top / "figures" / study
    replace_file(folder / f"{NAME}.md", text)
    replace_file(folder / f"{NAME}.tex", to_latex(parts))
    return text


def _settings() -> pd.DataFrame:
    rows = []
    for name in _ASKED:
        parameters = inspect.signature(getattr(questions, name)).parameters
        values = {n: parameters[n].default for n in (*SETTINGS, "test") if n in parameters}
        rows.append((name, ", ".join(f"{key} {value}" for key, value in values.items())))
    return pd.DataFrame(rows, columns=["question", "settings"])


def _software(top: Path) -> str:
    locked = "Versions as locked." if (top / "requirements.lock").is_file() else "As installed."
    return (
        f"Made with the analysis library {metadata.version('discourse-analysis-suite')}. {locked}"
    )


def _versions(top: Path) -> pd.DataFrame:
    try:
        return locked_versions(top)
    except (AnalysisError, OSError):
        rows = [("Python", platform.python_version())]
        rows += [(name, metadata.version(name)) for name in _LIBRARIES]
        return pd.DataFrame(rows, columns=["library", "version"])

"""The methods appendix of an article, filled from what the project holds: nothing in it is typed.

Versions are those of the lock, not those installed, so that the text is the same everywhere.
"""

from __future__ import annotations

import ast
import inspect
import json
import re
import tomllib
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from types import FunctionType

import pandas as pd
from packaging.markers import Marker

from analysis.codebook.reading import read_codebook
from analysis.errors import AnalysisError
from analysis.plots.house import read_house
from analysis.publication.escaping import headed, latex
from analysis.publication.longtable import longtable
from analysis.statistics.counts.rates import INTERVALS, PER
from analysis.storage import project
from analysis.storage.files import replace_file, sha256_of
from analysis.study import measured
from analysis.study.catalogue import read_catalogue

NAME = "methods"
SETTINGS = ("unit", "level", "alpha", "resamples", "permutations", "splits", "seed")
"""Parameters whose value decides a number, and so belongs in a methods section."""

Section = tuple[str, list[str], pd.DataFrame | None]


def locked_versions(top: Path) -> pd.DataFrame:
    """List the libraries of the reference environment: its Python, and the lock's versions for it.

    Parameters
    ----------
    top : pathlib.Path
        The project's folder, with ``pyproject.toml``, ``requirements.lock`` and
        ``.python-version``, which names the Python of the reference environment.

    Returns
    -------
    pandas.DataFrame
        ``library``, ``version``: one version each, that which the lock holds for this Python.

    Raises
    ------
    AnalysisError
        If the lock does not hold a library that is asked for.
    """
    wanted = tomllib.loads((top / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    lock = (top / "requirements.lock").read_text(encoding="utf-8")
    python = reference_python(top)
    found: dict[str, str] = {}
    for name, version, marker in re.findall(
        r"^([a-z0-9._-]+)==([^\s;\\]+)(?: ; ([^\\\n]+?))? *\\?$", lock, re.MULTILINE
    ):
        if not marker or _applies(marker, python):
            found[name] = version
    names = sorted(re.findall(r"^[\w.-]+", line)[0] for line in wanted["dependencies"])
    missing = [name for name in names if name not in found]
    if missing:
        raise AnalysisError(
            top / "requirements.lock",
            f"no version of {', '.join(missing)}",
            remedy="run `make lock`",
        )
    rows = [("Python", python), *((name, found[name]) for name in names)]
    return pd.DataFrame(rows, columns=["library", "version"])


def reference_python(top: Path) -> str:
    """Return the Python of the reference environment; the oldest allowed where none is named."""
    named = top / ".python-version"
    if named.is_file():
        return named.read_text(encoding="utf-8").strip()
    wanted = tomllib.loads((top / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return re.findall(r"[\d.]+", wanted["requires-python"])[0]


def _applies(marker: str, python: str) -> bool:
    """Return whether a condition of the lock is met by the reference environment."""
    short = ".".join(python.split(".")[:2])
    full = python if python.count(".") > 1 else f"{python}.0"
    reference = {"python_full_version": full, "python_version": short}
    linux = {"sys_platform": "linux", "platform_system": "Linux", "os_name": "posix"}
    machine = {"platform_machine": "x86_64", "platform_python_implementation": "CPython"}
    return Marker(marker).evaluate({**reference, **linux, **machine})


def settings_used(notebooks: Path) -> pd.DataFrame:
    """List the settings with which the notebooks call the library, defaults included.

    Parameters
    ----------
    notebooks : pathlib.Path
        The folder; the notebooks numbered 00 to 89 are read, none is run.

    Returns
    -------
    pandas.DataFrame
        One row per function and set of settings: ``function``, ``settings``, ``notebooks``.
    """
    # Not at the top: it takes three seconds to load, and one's own study needs none of it.
    import nbformat

    rows = []
    for path in sorted(notebooks.glob("[0-8][0-9]_*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        code = "\n".join(cell.source for cell in cells if cell.cell_type == "code")
        tree = ast.parse(code)
        known = dict(_imported(tree))
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            function = _resolve(call.func, known)
            values = _settings(function, call) if function else {}
            if function and values:
                text = ", ".join(f"{name} {value}" for name, value in values.items())
                rows.append((_name(function), text, path.name[:2]))
    table = pd.DataFrame(rows, columns=["function", "settings", "notebooks"]).drop_duplicates()
    grouped = table.groupby(["function", "settings"], as_index=False)["notebooks"]
    return grouped.agg(", ".join)


def sections(study: str = "oversight", top: Path | None = None) -> list[Section]:
    """Return the appendix as headings, paragraphs and tables.

    Parameters
    ----------
    study : str
        The measured corpus the figures rest on.
    top : pathlib.Path, optional
        The project's folder; found upwards from the working directory if left out.

    Returns
    -------
    list of (str, list of str, pandas.DataFrame or None)
    """
    top = top or project.root()
    folder = project.study_folder(study, top)
    held = measured.read_study(study, folder)
    book = read_codebook(top / project.CODEBOOK)
    sources = read_catalogue(top / "data" / "sources.toml")
    sources = sources[sources["document"].isin(held.documents["document"])]
    suite = tomllib.loads((top / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    house = read_house()
    said, found = held.utterances, held.occurrences
    kinds = held.documents["kind"].value_counts().sort_index()
    corpus = (
        f"The study {study} holds {len(held.documents)} documents of "
        f"{held.documents['date'].min()} to {held.documents['date'].max()} "
        f"({', '.join(f'{kind}: {count}' for kind, count in kinds.items())}), "
        f"{said['words'].sum():,} words in {len(said):,} utterances of "
        f"{said['speaker'].nunique()} speakers and bodies. {word_statement(folder)} The measured "
        f"corpus is fixed by its manifest, SHA-256 {sha256_of(folder / measured.MANIFEST)}."
    )
    listed = sources.sort_values("date")[["date", "kind", "author", "title", "licence", "sha256"]]
    listed = listed.assign(sha256=listed["sha256"].str[:12])
    codebook = (
        f"Codebook “{book.title}”, version {book.version}, language {book.language}: "
        f"{len(book.frames)} frames, {len(book.terms)} terms; SHA-256 "
        f"{sha256_of(top / project.CODEBOOK)}. In the study its terms occur {len(found):,} times."
    )
    frames = book.frames.set_index("id")[["label", "source"]].assign(
        terms=book.terms.groupby("frame").size(), occurrences=found.groupby("frame").size()
    )
    frames = frames.fillna({"occurrences": 0}).astype({"terms": int, "occurrences": int})
    intervals = (
        f"Rates are occurrences per {PER:,} words. Their intervals are chosen by one rule: "
        f"{INTERVALS}. The table gives every setting that decides a number, as the notebooks use "
        "it: the value a notebook gives, else the default of the function."
    )
    software = (
        f"{suite['name']} {suite['version']}, licence {suite['license']}. The figures are promised "
        f"to the byte in one environment: CPython {reference_python(top)} on Linux x86-64, with "
        "these versions; requirements.lock holds the hash of every file."
    )
    drawn = (
        f"Figures are {house['width']['one_column']:g} or {house['width']['two_columns']:g} mm "
        f"wide, set in {', '.join(house['type']['family'])} at {house['type']['points']:g} points; "
        f"SHA-256 of each picture, of its numbers and of its inputs in figures/manifest.json."
    )
    columns = ["label", "terms", "occurrences", "source"]
    return [
        ("Texts", [corpus, "Full addresses and hashes stand in data/sources.toml."], listed),
        ("Frames and terms", [codebook], frames[columns]),
        ("Rates, intervals, tests", [intervals], settings_used(top / "notebooks")),
        ("Software", [software], locked_versions(top)),
        ("Figures", [drawn], None),
    ]


def to_markdown(parts: list[Section]) -> str:
    r"""Write an appendix as Markdown, its tables as pipe tables.

    Examples
    --------
    >>> print(to_markdown([("Words", ["Two."], pd.DataFrame({"a|b": [1]}))]))
    ### Words
    <BLANKLINE>
    Two.
    <BLANKLINE>
    | a\|b |
    | --- |
    | 1 |
    <BLANKLINE>
    """
    texts = []
    for heading, paragraphs, table in parts:
        texts += [f"### {heading}", *(_escaped(text) for text in paragraphs)]
        if table is not None:
            rows = [[_escaped(cell) for cell in row] for row in table.astype(str).to_numpy()]
            rows = [[_escaped(name) for name in table.columns], ["---"] * table.shape[1], *rows]
            texts.append("\n".join("| " + " | ".join(row) + " |" for row in rows))
    return "\n\n".join(texts) + "\n"


def to_latex(parts: list[Section]) -> str:
    r"""Write an appendix as LaTeX, for ``\input``; its tables need what `longtable` needs."""
    texts = []
    for heading, paragraphs, table in parts:
        said = (_broken(latex(text)) for text in paragraphs)
        texts += [f"\\subsection*{{{latex(heading)}}}", *said]
        if table is not None:
            numbers = [pd.api.types.is_numeric_dtype(kind) for kind in table.dtypes]
            texts.append(longtable(list(table.columns), table.astype(str).to_numpy(), numbers))
    return headed("\n\n".join(texts) + "\n")


def _broken(text: str) -> str:
    """Let a hash, which has no place to break, be broken after every eighth letter."""
    parts = re.sub(
        r"\b[0-9a-f]{64}\b",
        lambda found: r"\allowbreak ".join(re.findall(".{8}", found[0])),
        text,
    )
    return text if parts == text else f"\\begin{{sloppypar}}\n{parts}\n\\end{{sloppypar}}"


def write(study: str = "oversight", top: Path | None = None) -> str:
    """Write ``figures/methods.md`` and ``figures/methods.tex`` and return the Markdown.

    Parameters
    ----------
    study : str
    top : pathlib.Path, optional
        The project's folder; found upwards from the working directory if left out.

    Returns
    -------
    str
    """
    top = top or project.root()
    parts = sections(study, top)
    text = to_markdown(parts)
    replace_file(top / "figures" / f"{NAME}.md", text)
    replace_file(top / "figures" / f"{NAME}.tex", to_latex(parts))
    return text


def word_statement(folder: Path) -> str:
    """Return what the study's manifest says a word is."""
    manifest = (folder / measured.MANIFEST).read_text(encoding="utf-8")
    return json.loads(manifest)["word"]


def _imported(tree: ast.AST) -> Iterator[tuple[str, object]]:
    """Yield what a notebook imports from the library, by the name it has there."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.split(".")[0] == "analysis":
                    bound = alias.name if alias.asname else "analysis"
                    yield alias.asname or "analysis", import_module(bound)
            continue
        module = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
        if isinstance(node, ast.ImportFrom) and module.split(".")[0] == "analysis":
            home = import_module(module)
            for alias in node.names:
                try:
                    value = getattr(home, alias.name)
                except AttributeError:
                    value = import_module(f"{module}.{alias.name}")
                yield alias.asname or alias.name, value


def _resolve(called: ast.expr, known: dict[str, object]) -> FunctionType | None:
    found = _named(called, known)
    return found if inspect.isfunction(found) else None


def _named(node: ast.expr, known: dict[str, object]) -> object:
    """Return what a dotted name stands for; None where it is no name of the library."""
    if isinstance(node, ast.Attribute):
        return getattr(_named(node.value, known), node.attr, None)
    return known.get(node.id) if isinstance(node, ast.Name) else None


def _settings(function: FunctionType, call: ast.Call) -> dict[str, object]:
    """Return the settings of a call: those it names, else the function's defaults."""
    parameters = inspect.signature(function).parameters
    given = dict(zip(parameters, call.args, strict=False))
    given |= {word.arg: word.value for word in call.keywords if word.arg}
    values: dict[str, object] = {}
    for name, parameter in parameters.items():
        if name not in SETTINGS:
            continue
        if name in given:
            # A variable, such as one unit after another, has no one value.
            if isinstance(argument := given[name], ast.Constant):
                values[name] = argument.value
        elif parameter.default is not inspect.Parameter.empty:
            values[name] = parameter.default
    return values


def _name(function: FunctionType) -> str:
    return f"{function.__module__.removeprefix('analysis.')}.{function.__name__}"


def _escaped(text: str) -> str:
    return re.sub(r"([\\|*_`\[\]<>$#])", r"\\\1", str(text))

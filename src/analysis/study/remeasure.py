"""From the documents of a study to its measured corpus, and the proof that both agree."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from analysis import readers
from analysis.codebook.reading import read_codebook
from analysis.corpus import speakers_table
from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.storage import project
from analysis.storage.files import sha256_of
from analysis.study import measured
from analysis.study.catalogue import documents as listed
from analysis.study.catalogue import read_catalogue
from analysis.study.measured import Study
from analysis.study.windows import read_nodes
from analysis.text.document import Document, split_paragraphs

CATALOGUE = Path("data") / "sources.toml"
SPEAKERS = "speakers.csv"
NODES = "nodes.csv"


def sources_folder(name: str, top: Path) -> Path:
    """Return where the fetched documents of a study lie: not under version control."""
    return top / "sources" / name


def is_public(name: str, top: Path) -> bool:
    """Return whether the catalogue lists the documents of a study, so that they can be fetched."""
    catalogue = top / CATALOGUE
    return catalogue.is_file() and name in set(read_catalogue(catalogue)["study"])


def read_texts(name: str, top: Path | None = None) -> Corpus:
    """Read the fetched documents of a study, speakers resolved.

    Parameters
    ----------
    name : str
        The study, such as ``"oversight"``.
    top : pathlib.Path, optional
        The project's folder.

    Returns
    -------
    Corpus

    Raises
    ------
    AnalysisError
        If documents have not been fetched or differ from the catalogue, or if a printed
        speaker label is not in the study's table of speakers.
    """
    top = top or project.root()
    catalogue = listed(name, top / CATALOGUE)
    labels = speakers_table.read_speakers(project.study_folder(name, top) / SPEAKERS)
    authors = catalogue[catalogue["author"] != ""]
    labels = pd.concat(
        [
            labels,
            authors.rename(columns={"author": "speaker"}).assign(label="")[list(labels.columns)],
        ],
        ignore_index=True,
    )
    documents = [_read(row, sources_folder(name, top)) for _, row in catalogue.iterrows()]
    for document in documents:
        unknown = speakers_table.unresolved(document, labels)
        if len(unknown):
            raise AnalysisError(
                document.document,
                f"speaker label {', '.join(unknown)}",
                f"a label listed in data/studies/{name}/{SPEAKERS}",
                "add a row for it",
            )
    return Corpus.of(documents, labels)


def _read(row: pd.Series, folder: Path) -> Document:
    path = folder / row["file"]
    if not path.is_file():
        raise AnalysisError(
            path, "not there", "the fetched document", "run `python -m analysis fetch` first"
        )
    if sha256_of(path) != row["sha256"]:
        raise AnalysisError(
            path, "its sha256 differs from data/sources.toml", remedy="delete it and fetch again"
        )
    read = readers.read(path)
    metadata = {key: row[key] for key in ("title", "date", "kind", "licence", "sha256")}
    table = read.utterances.assign(document=row["document"])
    return split_paragraphs(Document(row["document"], read.text, table, metadata))


def measure(name: str, top: Path | None = None) -> Study:
    """Measure the fetched documents of a study with the project's codebook.

    Parameters
    ----------
    name : str
    top : pathlib.Path, optional

    Returns
    -------
    Study

    Raises
    ------
    AnalysisError
        As :func:`read_texts`, and if the codebook or the table of nodes is refused.
    """
    top = top or project.root()
    corpus = read_texts(name, top)
    folder = Path("data", "studies", name)
    codebook, nodes = read_codebook(top / project.CODEBOOK), read_nodes(top / folder / NODES)
    files = (project.CODEBOOK, folder / SPEAKERS, folder / NODES)
    inputs = {file.as_posix(): sha256_of(top / file) for file in files}
    inputs |= dict(zip(corpus.documents["document"], corpus.documents["sha256"], strict=True))
    return measured.measure(corpus, codebook, name=name, inputs=inputs, nodes=nodes)


def compare(name: str, top: Path | None = None) -> pd.DataFrame:
    """Measure a study anew and compare every file with what is committed, byte for byte.

    Parameters
    ----------
    name : str
    top : pathlib.Path, optional

    Returns
    -------
    pandas.DataFrame
        ``file`` and ``verdict`` ("identical", "differs" or "missing").
    """
    top = top or project.root()
    folder = project.study_folder(name, top)
    rows = []
    for file, content in measured.encode(measure(name, top)).items():
        path = folder / file
        if not path.is_file():
            verdict = "missing"
        else:
            verdict = "identical" if path.read_bytes() == content else "differs"
        rows.append((file, verdict))
    return pd.DataFrame(rows, columns=["file", "verdict"])

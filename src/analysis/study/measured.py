"""The measured corpus: everything the statistics need of a corpus, without its text.

What `data/studies/<name>/` ships for documents whose words are not ours to ship. Anyone with
the documents rebuilds it and gets the same bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from analysis.errors import AnalysisError
from analysis.storage import csv_tables, project
from analysis.storage.files import finish, replace_files, sha256_of
from analysis.study import words_file
from analysis.study.counted import counted
from analysis.study.windows import COLLOCATE_COLUMNS, WINDOW_COLUMNS, count_windows

if TYPE_CHECKING:
    from analysis.codebook.reading import Codebook
    from analysis.corpus.corpus import Corpus

DOCUMENTS, UTTERANCES, WORDS, OCCURRENCES, MANIFEST = (
    "documents.csv",
    "utterances.csv",
    "words.parquet",
    "occurrences.csv",
    "manifest.json",
)
# Only of a study that declares nodes.
WINDOWS, COLLOCATES = "windows.csv", "collocates.csv"
_NUMBERS = ("utterance", "utterances", "words", "words_before", "start", "end", "count", "near")
_FLAGS = ("quoted", "mention", "negated", "hedged")


@dataclass(frozen=True)
class Study:
    """A corpus as counts.

    Parameters
    ----------
    name : str
        The study.
    documents : pandas.DataFrame
        One row per document: ``document``, ``title``, ``date``, ``kind`` ..., ``utterances``,
        ``words``.
    utterances : pandas.DataFrame
        One row per utterance: ``document``, ``utterance``, ``speaker``, ``affiliation``,
        ``group``, ``mode``, ``words_before`` (words said earlier in the document) and
        ``words`` (its exposure).
    words : pandas.DataFrame
        ``document``, ``utterance``, ``word`` (folded), ``count``.
    occurrences : pandas.DataFrame
        One row per occurrence: ``document``, ``utterance``, ``start``, ``end`` (characters of
        the document as read), ``words_before``, ``term``, ``frame``, ``speaker``, ``group``,
        ``mode``, ``quoted``, ``mention``, ``negated``, ``hedged`` (bool), ``stance`` (asserted,
        denied or mentioned).
    inputs : mapping of str to str
        SHA-256 of everything it was measured from.
    windows, collocates : pandas.DataFrame
        What stands near the study's nodes, by speaker
        (:func:`analysis.study.windows.count_windows`); empty if it declares none.
    """

    name: str
    documents: pd.DataFrame
    utterances: pd.DataFrame
    words: pd.DataFrame
    occurrences: pd.DataFrame
    inputs: Mapping[str, str]
    windows: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=WINDOW_COLUMNS))
    collocates: pd.DataFrame = field(
        default_factory=lambda: pd.DataFrame(columns=COLLOCATE_COLUMNS)
    )

    def files(self, *tables: str) -> list[str]:
        """Return the files of some tables, as a figure drawn from them names its inputs.

        Parameters
        ----------
        *tables : str
            Such as ``"occurrences"``; all that are always there if left out.
        """
        names = tables or ("documents", "utterances", "words", "occurrences")
        ends = {"words": "parquet"}
        return [f"data/studies/{self.name}/{name}.{ends.get(name, 'csv')}" for name in names]


def measure(
    corpus: Corpus,
    codebook: Codebook,
    *,
    name: str = "corpus",
    inputs: Mapping[str, str] | None = None,
    nodes: Sequence[str] = (),
) -> Study:
    """Count a corpus: words of every utterance, occurrences of every term, what is near a node.

    Parameters
    ----------
    corpus : Corpus
    codebook : Codebook
    name : str
        Of the study that is made.
    inputs : mapping of str to str, optional
        SHA-256 of each file that went in, by name.
    nodes : sequence of str
        Words whose neighbours are counted (:func:`analysis.study.windows.read_nodes`).

    Returns
    -------
    Study
    """
    found = counted(corpus, codebook)
    numbers, names = pd.factorize(found.utterances["document"])
    documents, seen = pd.factorize(numbers[found.words.text])
    words = pd.DataFrame(
        {
            "document": pd.Categorical.from_codes(documents, names[seen].tolist()),
            "utterance": found.utterances["utterance"].to_numpy(np.int32)[found.words.text],
            "word": pd.Categorical.from_codes(found.words.word, found.words.vocabulary),
            "count": found.words.times,
        }
    )
    return Study(
        name,
        found.documents,
        found.utterances,
        words,
        found.occurrences,
        dict(sorted((inputs or {}).items())),
        *(count_windows(corpus.voiced().utterances, found.said, nodes) if nodes else ()),
    )


def encode(measured: Study) -> dict[str, bytes]:
    """Return the files of a measured corpus, the manifest last.

    Parameters
    ----------
    measured : Study

    Returns
    -------
    dict of str to bytes
        File names and contents; the same for the same corpus wherever they are made.
    """
    words = io.BytesIO()
    words_file.write_words(measured.words, words)
    files = {
        DOCUMENTS: csv_tables.to_csv(measured.documents),
        UTTERANCES: csv_tables.to_csv(measured.utterances),
        WORDS: words.getvalue(),
        OCCURRENCES: csv_tables.to_csv(measured.occurrences),
    }
    if len(measured.windows):
        files |= {
            WINDOWS: csv_tables.to_csv(measured.windows),
            COLLOCATES: csv_tables.to_csv(measured.collocates),
        }
    often = words_file.commonest([measured.words] if len(measured.words) else [])["word"]
    word = words_file.word_statement(often)
    return {**files, MANIFEST: manifest(measured.name, word, measured.inputs, files)}


def manifest(
    name: str,
    word: str,
    inputs: Mapping[str, str],
    files: Mapping[str, bytes | Path],
    **more: Mapping[str, object],
) -> bytes:
    """Return the manifest of a measured corpus: what went in and what came out, by hash.

    Parameters
    ----------
    name : str
        The study.
    word : str
        What a word is.
    inputs : mapping of str to str
        SHA-256 of what it was measured from.
    files : mapping of str to bytes or pathlib.Path
        Contents of its files, or where they lie.
    **more : mapping
        What else it records.
    """
    hashes = {
        file: sha256_of(data) if isinstance(data, Path) else hashlib.sha256(data).hexdigest()
        for file, data in sorted(files.items())
    }
    told = {"study": name, "word": word, "inputs": dict(inputs), "files": hashes, **more}
    return (json.dumps(told, indent=2, ensure_ascii=False) + "\n").encode("utf-8", "replace")


def write(measured: Study, folder: str | os.PathLike[str]) -> Path:
    """Write a measured corpus; what is cut off leaves the old one or the new one, whole.

    Returns
    -------
    pathlib.Path
        The folder.
    """
    return replace_files(folder, encode(measured))


def _remedy(name: str, file: str, folder: Path) -> str:
    """Say how a file of a study is restored; in one's own it is a copy, or made from the texts."""
    try:
        lay = read_manifest(folder).get("made_of", {})
    except AnalysisError:
        lay = {}
    if not lay:
        return _MEND.format(name=name)
    again = f"`python -m analysis new {name} {lay.get('texts', 'FOLDER')} --replace` makes it again"
    if file not in lay:
        return again
    return f"it is a copy: write your changes into {lay[file]}; {again}"


def read_study(name: str, folder: str | os.PathLike[str] | None = None) -> Study:
    """Read a measured corpus, checking every file against its manifest.

    Parameters
    ----------
    name : str
        The study, such as ``"oversight"``.
    folder : str or path-like, optional
        Where it lies, if not in ``data/studies/<name>`` of this project.

    Returns
    -------
    Study

    Raises
    ------
    AnalysisError
        If the study is unknown, incomplete, or not what its manifest says.
    """
    folder = Path(folder) if folder else project.study_folder(name)
    wrong = verify(folder)
    if wrong:
        raise AnalysisError(
            folder / wrong[0][0], wrong[0][1], "what manifest.json records",
            _remedy(name, wrong[0][0], folder),
        )  # fmt: skip
    manifest = read_manifest(folder)
    return Study(
        name,
        _table(folder / DOCUMENTS),
        _table(folder / UTTERANCES),
        pq.ParquetFile(folder / WORDS).read().to_pandas(),
        _table(folder / OCCURRENCES),
        manifest["inputs"],
        **{
            file.removesuffix(".csv"): _table(folder / file)
            for file in (WINDOWS, COLLOCATES)
            if file in manifest["files"]
        },
    )


_MEND = "restore it from version control or run `python -m analysis measure {name}`"


def _table(path: Path) -> pd.DataFrame:
    return csv_tables.read_csv(path, numbers=_NUMBERS, flags=_FLAGS)


def read_manifest(folder: Path) -> dict:
    """Return a measured corpus's manifest: ``files`` and ``inputs``, each by name with its hash.

    Raises
    ------
    AnalysisError
        If there is none or it is none.
    """
    path = folder / MANIFEST
    try:
        manifest = json.loads(path.read_text(encoding="utf-8"))
        if not all(isinstance(manifest[part], dict) for part in ("files", "inputs")):
            raise TypeError
    except FileNotFoundError:
        raise AnalysisError(
            path, "not there", "the manifest of a measured corpus", _MEND.format(name=folder.name)
        ) from None
    except (ValueError, KeyError, TypeError):
        raise AnalysisError(
            path,
            "not a manifest",
            "JSON with 'inputs' and 'files'",
            _MEND.format(name=folder.name),
        ) from None
    return manifest


def verify(folder: str | os.PathLike[str]) -> list[tuple[str, str]]:
    """Compare the files of a measured corpus with its manifest.

    Returns
    -------
    list of (str, str)
        File and what is wrong with it; empty if all is as recorded.

    Raises
    ------
    AnalysisError
        If there is no manifest to compare with.
    """
    folder = Path(folder)
    finish(folder)
    wrong = []
    for name, expected in read_manifest(folder)["files"].items():
        if not (folder / name).is_file():
            wrong.append((name, "missing"))
        elif (actual := sha256_of(folder / name)) != expected:
            wrong.append((name, f"sha256 {actual[:16]}… where {expected[:16]}… is recorded"))
    return wrong

"""A study larger than memory: measured part by part, joined to the same bytes.

A part is some documents, whole. Parts are measured one after another, in several processes, or on
the workers of a Dask cluster; what comes back are counts, which are kept on disk and joined in the
order of the documents, some thousand rows at a time.
"""

from __future__ import annotations

import csv
import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import closing
from functools import partial
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.codebook.reading import read_codebook
from analysis.corpus import near_duplicates, report
from analysis.corpus.corpus import DOCUMENT_COLUMNS, Corpus
from analysis.corpus.intake import Intake
from analysis.corpus.report import Report
from analysis.corpus.voiced import voices_of
from analysis.errors import AnalysisError
from analysis.storage import csv_tables
from analysis.storage.files import sha256_of
from analysis.study import measured
from analysis.text.processes import in_processes

ROWS = 1 << 20
"""Rows of a group of the table of words, as :func:`pyarrow.parquet.write_table` cuts them."""
_BLOCK = 100_000


class Part(NamedTuple):
    """What is known of some documents once they are measured.

    ``phrases`` are the documents' phrases one after another, ``lengths`` how many each has.
    """

    study: measured.Study
    made: Report
    names: list[str]
    phrases: np.ndarray
    lengths: list[int]


def measure_part(intakes: list[Intake], codebook: Path, persons: pd.DataFrame | None) -> list[Part]:
    """Measure the documents of some intakes."""
    return [_measure_part(found, codebook, persons) for found in intakes]


def _measure_part(found: Intake, codebook: Path, persons: pd.DataFrame | None) -> Part:
    voiced = voices_of(found)
    made = report.of(found, voiced, alike=False)
    corpus = Corpus.from_voiced(found, voiced, persons)
    inputs = {name: digest(text) for name, text in corpus.texts.items()}
    study = measured.measure(corpus, read_codebook(codebook), inputs=inputs)
    texts = [document.text for document in found.documents]
    phrases = list(near_duplicates.phrases(texts))
    whole = np.concatenate([np.empty(0, np.uint64), *phrases])
    names = [document.document for document in found.documents]
    return Part(study, made, names, whole, list(map(len, phrases)))


def digest(text: str) -> str:
    """Return the SHA-256 of a text."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def on_cluster(
    function: Callable[[list[Intake]], list[Part]], parts: Iterable[list[Intake]], scheduler: str
) -> Generator[list[Part], None, None]:
    """Apply a function to parts on the workers of a Dask cluster, in order.

    What a worker that dies was at is done again by another.
    """
    from collections import deque

    from distributed import Client

    with Client(scheduler) as client:
        most = 2 * max(1, len(client.scheduler_info()["workers"]))
        waiting: deque = deque()
        for part in parts:
            waiting.append(client.submit(function, part, pure=False, retries=5))
            if len(waiting) > most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def measure(
    parts: Iterable[Intake],
    name: str,
    codebook: Path,
    folder: Path,
    *,
    persons: pd.DataFrame | None = None,
    inputs: dict[str, str] | None = None,
    workers: int = 1,
    scheduler: str | None = None,
) -> tuple[Report, dict[str, bytes | Path]]:
    """Measure parts of a corpus and join them.

    Parameters
    ----------
    parts : iterable of Intake
        No document in two of them.
    name : str
        The study.
    codebook : pathlib.Path
    folder : pathlib.Path
        Where what is known of each part is kept meanwhile.
    persons : pandas.DataFrame, optional
        The table of speakers.
    inputs : dict of str to str, optional
        Hashes of what else went in.
    workers : int
        Processes.
    scheduler : str, optional
        Address of a Dask scheduler whose workers are used instead; they need the codebook's file.

    Returns
    -------
    (Report, dict of str to bytes or pathlib.Path)
        What was understood, and the files of the study, those of
        :func:`analysis.study.measured.encode` to the byte.
    """
    if not folder.is_dir():
        folder.mkdir(parents=True)
    function = partial(measure_part, codebook=codebook, persons=persons)
    batches = ([part] for part in parts)
    if scheduler:
        results = on_cluster(function, batches, scheduler)
    else:
        results = in_processes(function, batches, workers)
    kept = _Kept(folder)
    try:
        with closing(results):
            for part in chain.from_iterable(results):
                kept.add(part)
        return kept.report(), kept.files(name, inputs or {})
    except OSError as error:
        raise AnalysisError(
            folder, f"cannot be written ({error.strerror})", mend="free space"
        ) from error
    finally:
        kept.phrases.close()


class _Kept:
    """What is known of the parts so far: tables on disk, and which rows of them are whose."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.tables: dict[str, list[pa.Table]] = {"utterances": [], "occurrences": [], "words": []}
        self.places: dict[str, dict[str, tuple[int, int, int]]] = {name: {} for name in self.tables}
        self.documents: list[pd.DataFrame] = []
        self.reports: list[Report] = []
        self.inputs: dict[str, str] = {}
        self.names: list[str] = []
        self.lengths: list[int] = []
        self.vocabularies: list[list[str]] = []
        self.phrases = (folder / "phrases").open("wb")

    def add(self, part: Part) -> None:
        """Keep a part."""
        number = len(self.documents)
        study = part.study
        self.documents.append(study.documents)
        self.reports.append(part.made)
        self.inputs |= study.inputs
        self.names += part.names
        self.lengths += part.lengths
        self.phrases.write(part.phrases.tobytes())
        self.vocabularies.append(study.words["word"].cat.categories.tolist())
        words = study.words.assign(word=study.words["word"].cat.codes.astype("int32"))
        tables = {"utterances": study.utterances, "occurrences": study.occurrences, "words": words}
        for kind, table in tables.items():
            codes, names = pd.factorize(table["document"])
            first = np.flatnonzero(np.diff(codes, prepend=-1)).tolist()
            stops = [*first[1:], len(codes)] if first else []
            for at, stop, who in zip(first, stops, names, strict=True):
                self.places[kind][str(who)] = (number, at, stop)
            path = self.folder / f"{kind}-{number}.arrow"
            kept = table.drop(columns="document") if kind == "words" else table
            arrow = pa.Table.from_pandas(kept, preserve_index=False).combine_chunks()
            with pa.OSFile(str(path), "wb") as file, pa.ipc.new_file(file, arrow.schema) as writer:
                writer.write_table(arrow)
            self.tables[kind].append(pa.ipc.open_file(pa.memory_map(str(path))).read_all())

    def report(self) -> Report:
        """Return the report on all parts."""
        self.phrases.close()
        path = self.folder / "phrases"
        every = np.memmap(path, np.uint64, "r") if path.stat().st_size else np.empty(0, np.uint64)
        each = np.split(every, np.cumsum(self.lengths)[:-1]) if self.lengths else []
        alike = near_duplicates.pairs(self.names, each, least=near_duplicates.LEAST)
        return report.joined(self.reports, alike)

    def files(self, name: str, inputs: dict[str, str]) -> dict[str, bytes | Path]:
        """Return the files of the study."""
        made: dict[str, bytes | Path] = {
            measured.DOCUMENTS: csv_tables.to_csv(_documents(self.documents)),
            measured.UTTERANCES: self._csv("utterances"),
            measured.WORDS: self._words(),
            measured.OCCURRENCES: self._csv("occurrences"),
        }
        hashes = {
            file: sha256_of(data) if isinstance(data, Path) else hashlib.sha256(data).hexdigest()
            for file, data in made.items()
        }
        every = dict(sorted({**inputs, **self.inputs}.items()))
        return {**made, measured.MANIFEST: measured.manifest(name, every, hashes)}

    def _blocks(self, kind: str, most: int) -> Iterator[tuple[list[str], list[pa.Table]]]:
        """Yield the rows of a table in the order of the documents, some thousand at a time."""
        names: list[str] = []
        slices: list[pa.Table] = []
        size = 0
        places = self.places[kind]
        for name in sorted(places):
            number, first, stop = places[name]
            slices.append(self.tables[kind][number].slice(first, stop - first))
            names.append(name)
            size += stop - first
            if size >= most:
                yield names, slices
                names, slices, size = [], [], 0
        if slices:
            yield names, slices

    def _csv(self, kind: str) -> Path:
        path = self.folder / f"{kind}.csv"
        quoting = (
            csv.QUOTE_NONNUMERIC
            if any(map(_holds_return, self.tables[kind]))
            else csv.QUOTE_MINIMAL
        )
        with path.open("wb") as file:
            header = True
            for _, slices in self._blocks(kind, _BLOCK):
                table = pa.concat_tables(slices, promote_options="default").to_pandas()
                file.write(csv_tables.encoded(table, quoting, header=header))
                header = False
            if header:
                file.write(csv_tables.to_csv(self.tables[kind][0].to_pandas()))
        return path

    def _words(self) -> Path:
        known: dict[str, int] = {}
        ours = [np.full(len(words), -1, np.int32) for words in self.vocabularies]
        names: list[str] = []
        with (self.folder / "words").open("wb") as file:
            for some, slices in self._blocks("words", _BLOCK):
                for name, rows in zip(some, slices, strict=True):
                    number = self.places["words"][name][0]
                    codes = rows["word"].to_numpy()
                    numbers, words = ours[number], self.vocabularies[number]
                    for code in pd.unique(codes[numbers[codes] < 0]).tolist():
                        numbers[code] = known.setdefault(words[code], len(known))
                    row = np.empty((len(codes), 4), np.int32)
                    row[:, 0] = len(names)
                    row[:, 1] = rows["utterance"].to_numpy()
                    row[:, 2] = numbers[codes]
                    row[:, 3] = rows["count"].to_numpy()
                    file.write(row.tobytes())
                    names.append(name)
        path = self.folder / measured.WORDS
        source = self.folder / "words"
        size = source.stat().st_size // 16
        every = (
            np.memmap(source, np.int32, "r", shape=(size, 4))
            if size
            else np.empty((0, 4), np.int32)
        )
        spelled = list(known)
        with pq.ParquetWriter(path, measured.WORD_SCHEMA, **measured.COMPRESSION) as writer:
            for first in range(0, max(size, 1), ROWS):
                rows = np.ascontiguousarray(every[first : first + ROWS].T)
                writer.write_table(measured.word_rows(rows, names, spelled))
        return path


def _holds_return(table: pa.Table) -> bool:
    import pyarrow.compute as pc
    from pyarrow import types

    texts = [
        column
        for column in table.columns
        if types.is_string(column.type) or types.is_large_string(column.type)
    ]
    return any(pc.any(pc.match_substring(column, "\r")).as_py() for column in texts)


def _documents(tables: Sequence[pd.DataFrame]) -> pd.DataFrame:
    names = list(dict.fromkeys(chain.from_iterable(tables)))
    last = ["utterances", "words"]
    others = [name for name in names if name not in (*DOCUMENT_COLUMNS, *last)]
    whole = pd.concat(tables, ignore_index=True)[[*DOCUMENT_COLUMNS, *others, *last]]
    return whole.fillna("").sort_values("document", ignore_index=True)

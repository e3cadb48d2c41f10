"""A part of a study: some documents, whole, measured by themselves.

A study is measured part by part, here, in several processes or on the workers of a Dask cluster,
and joined (:mod:`analysis.study.joined`) to the same bytes however it is cut.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Collection, Generator, Iterable, Mapping
from functools import partial
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from analysis.codebook.reading import Codebook
from analysis.corpus import near_duplicates, report
from analysis.corpus.corpus import DOCUMENT_COLUMNS, Corpus
from analysis.corpus.intake import Intake
from analysis.corpus.report import Report
from analysis.errors import AnalysisError
from analysis.storage import csv_tables
from analysis.study import counted
from analysis.study.own_files import near_words
from analysis.study.own_lines import digest
from analysis.study.own_speakers import Labels, speaker_rows
from analysis.study.windows import Company, count_company
from analysis.text.processes import in_processes
from analysis.text.word_table import words_in_order

SIZE = 1_000_000
"""Characters of a part, about."""
CONNECT = "20s"
"""How long a scheduler may take to answer."""
_SAID = ("document", "utterance", "start", "label", "speaker", "mode", "affiliation", "group")
_FOUND = ("document", "utterance", "start", "end", "term", "frame", "mode", "stance")


class Lines(NamedTuple):
    """A table as CSV, its rows in the order of the documents.

    Parameters
    ----------
    header, rows : bytes
    ends : dict of str to int
        By document, where its rows end; they begin where those of the one before end.
    returns : bool
        Whether a text holds a carriage return, for which a CSV has all its texts in quotes.
    """

    header: bytes
    rows: bytes
    ends: dict[str, int]
    returns: bool


class Keys(NamedTuple):
    """What the documents of a part are known by, from which the columns of their table follow.

    Parameters
    ----------
    read : list of str
        As read, in the order in which the documents name them first.
    kept : list of tuple of str
        Of the documents with their voices, those that are not empty, each set once.
    changed : bool
        Whether voices were found in any of them.
    """

    read: list[str]
    kept: list[tuple[str, ...]]
    changed: bool


class Part(NamedTuple):
    """What is known of some documents once they are measured; :func:`measure_part`.

    Parameters
    ----------
    report : Report
        Without near-duplicates.
    changed : bool
        Whether something was put in order in a text.
    characters : int
        Of all texts.
    inputs : dict of str to str
        SHA-256 of each text, in the order in which they were read.
    keys : Keys
    documents : pandas.DataFrame
    utterances, occurrences : Lines
    words : (list of str, dict of str to int, numpy.ndarray of int32, (rows, 3))
        The words, by document how many rows it has, and ``utterance``, ``word``, ``count``.
    labels : Labels
    often : Counter of str
        How often each word is there of those whose company is counted.
    company : Company
    phrases : list of numpy.ndarray
        The phrases of each text (:func:`analysis.corpus.near_duplicates.phrases`).
    said, found : pandas.DataFrame
        What statements are made of: utterances and occurrences, in the order of the texts.
    texts : dict of str to str
        Those in which others than the speakers of a transcript may be quoted.
    """

    report: Report
    changed: bool
    characters: int
    inputs: dict[str, str]
    keys: Keys
    documents: pd.DataFrame
    utterances: Lines
    occurrences: Lines
    words: tuple[list[str], dict[str, int], np.ndarray]
    labels: Labels
    often: Counter[str]
    company: Company
    phrases: list[np.ndarray]
    said: pd.DataFrame
    found: pd.DataFrame
    texts: dict[str, str]


def measured_parts(
    intakes: Iterable[Intake],
    codebook: Codebook,
    persons: pd.DataFrame | None = None,
    *,
    quoted: Collection[str] = (),
    progress: bool = False,
    workers: int = 1,
    scheduler: str | None = None,
) -> Generator[Part, None, None]:
    """Measure parts of a corpus, in the order in which they were read.

    Parameters
    ----------
    intakes : iterable of Intake
        From :func:`analysis.corpus.intake.read_in_parts`.
    codebook : Codebook
    persons : pandas.DataFrame, optional
        The table of speakers.
    quoted : collection of str
        Of the tables utterances and occurrences those whose texts all stand in quotes.
    progress : bool
        Show a bar for each part while its voices are looked for, if all are measured here.
    workers : int
        Processes; what one that dies was at is done here.
    scheduler : str, optional
        The address of a Dask scheduler, whose workers then measure the parts.
    """
    function = partial(
        _measure_all, codebook=codebook, persons=persons, quoted=quoted, progress=progress
    )
    batches = ([found] for found in intakes)
    if scheduler:
        results = _on_cluster(function, batches, scheduler)
    else:
        results = in_processes(function, batches, workers)
    for made in results:
        yield from made


def _measure_all(intakes: list[Intake], codebook: Codebook, **options: Any) -> list[Part]:
    return [measure_part(found, _warm(codebook), **options) for found in intakes]


_books: dict[tuple[str, ...], Codebook] = {}


def _warm(codebook: Codebook) -> Codebook:
    """Return the codebook that this process has used already, whose matcher is ready."""
    patterns = codebook.terms[["id", "patterns", "exclusions"]].to_numpy().ravel()
    return _books.setdefault((codebook.language, *map(str, patterns)), codebook)


def _on_cluster(
    function: Callable[[list[Intake]], list[Part]], batches: Iterable[list[Intake]], scheduler: str
) -> Generator[list[Part], None, None]:
    """Apply a function to batches on a Dask cluster, giving the results in order.

    What a worker that dies was at is done again by another.
    """
    from distributed import Client

    try:
        client = Client(scheduler, timeout=CONNECT)
    except (OSError, ValueError) as error:
        raise AnalysisError(
            "--scheduler", f"no Dask scheduler at {scheduler} ({error})",
            "the address that the scheduler prints, such as tcp://127.0.0.1:8786",
        ) from error  # fmt: skip
    with client:
        most = 2 * max(1, len(client.scheduler_info()["workers"]))
        waiting: deque = deque()
        for batch in batches:
            waiting.append(client.submit(function, batch, pure=False, retries=5))
            if len(waiting) > most:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()


def measure_part(
    found: Intake,
    codebook: Codebook,
    persons: pd.DataFrame | None = None,
    *,
    quoted: Collection[str] = (),
    progress: bool = False,
) -> Part:
    """Measure some documents by themselves.

    Parameters
    ----------
    found : Intake
        With one document at least.
    codebook, persons, quoted, progress
        As for :func:`measured_parts`.

    Returns
    -------
    Part
    """
    read = Corpus.from_intake(found, persons)
    corpus = read.voiced(progress=progress)
    spoken, texts = list(corpus.said()), list(corpus.texts.values())
    said = words_in_order(spoken)
    whole = said if spoken == texts else words_in_order(texts)
    study = counted.counted(corpus, codebook, said)
    others = corpus.utterances["mode"] != "turn"
    press = corpus.utterances.loc[others, "document"].unique()
    near = near_words(codebook)
    words = study.words
    totals = dict(zip(words.vocabulary, np.bincount(words.word, words.times).tolist(), strict=True))
    return Part(
        report=report.of(found, corpus, alike=False),
        changed=bool(corpus.changes),
        characters=sum(map(len, corpus.texts.values())),
        inputs={name: digest(text) for name, text in corpus.texts.items()},
        keys=_keys(read, corpus),
        documents=study.documents,
        utterances=_lines(study.utterances, quoted="utterances" in quoted),
        occurrences=_lines(study.occurrences, quoted="occurrences" in quoted),
        words=_words(study),
        labels=speaker_rows(corpus),
        often=Counter({name: int(totals[name]) for name in near if name in totals}),
        company=count_company(corpus.utterances, said, near),
        phrases=list(near_duplicates.phrases(whole, len(texts))),
        said=corpus.utterances[list(_SAID)],
        found=_in_order_of_texts(study.occurrences, corpus, codebook),
        texts={name: corpus.texts[name] for name in press},
    )


def _keys(read: Corpus, voiced: Corpus) -> Keys:
    fixed = {*DOCUMENT_COLUMNS, "utterances", "words"}
    table = voiced.documents
    others = [name for name in table if name not in fixed]
    filled = (table[others] != "").to_numpy(bool)
    kept = dict.fromkeys(map(tuple, filled.tolist()))
    return Keys(
        [name for name in read.documents if name not in fixed],
        [tuple(n for n, there in zip(others, row, strict=True) if there) for row in kept],
        voiced.documents is not read.documents,
    )


def _words(study: counted.Counted) -> tuple[list[str], dict[str, int], np.ndarray]:
    """Return the words, by document how many rows it has, and the rows."""
    text, word, times, vocabulary = study.words
    numbers, names = pd.factorize(study.utterances["document"])
    rows = np.bincount(numbers[text], minlength=len(names)).tolist()
    sizes = {name: size for name, size in zip(names.tolist(), rows, strict=True) if size}
    utterance = study.utterances["utterance"].to_numpy()[text]
    return vocabulary, sizes, np.stack([utterance, word, times], axis=1).astype(np.int32)


def _lines(table: pd.DataFrame, *, quoted: bool) -> Lines:
    """Return a table, which is in the order of its documents, as the lines of each."""
    returns = not quoted and csv_tables.holds_returns(table)
    data = csv_tables.to_csv_in_quotes(table) if quoted else csv_tables.to_csv(table)
    signs = np.frombuffer(data, np.uint8)
    outside = (np.cumsum(signs == ord('"')) & 1) == 0
    ends = np.flatnonzero((signs == ord("\n")) & outside) + 1
    codes, names = pd.factorize(table["document"])
    last = np.flatnonzero(np.diff(codes, append=-1)) + 1
    first = int(ends[0])
    return Lines(
        data[:first],
        data[first:],
        dict(zip(map(str, names), (ends[last] - first).tolist(), strict=True)),
        returns,
    )


def _in_order_of_texts(table: pd.DataFrame, corpus: Corpus, codebook: Codebook) -> pd.DataFrame:
    place = {name: number for number, name in enumerate(corpus.texts)}
    number = {term: at for at, term in enumerate(codebook.terms["id"])}
    order = np.lexsort(
        (
            table["term"].map(number).to_numpy(np.int64),
            table["end"],
            table["start"],
            table["document"].map(place).to_numpy(np.int64),
        )
    )
    return table[list(_FOUND)].iloc[order].reset_index(drop=True)


def joined_keys(parts: Iterable[Keys]) -> list[str]:
    """Return the columns of the table of all documents, but for those that it always has.

    As :class:`analysis.corpus.Corpus` would have them had it read all parts at once.
    """
    parts = list(parts)
    read = list(dict.fromkeys(name for part in parts for name in part.read))
    if not any(part.changed for part in parts):
        return read
    place: Mapping[str, int] = {name: number for number, name in enumerate(read)}
    return list(
        dict.fromkeys(
            name
            for part in parts
            for names in part.kept
            for name in sorted(names, key=lambda one: place.get(one, len(place)))
        )
    )

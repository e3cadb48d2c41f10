"""Parts of a study joined: to the files that it would have had it been measured at once.

What is known of each part is kept on disk until all are there: lines of the tables, counts of
words, phrases. In memory are held the names of the documents and where the rows of each lie.
"""

from __future__ import annotations

import pickle
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count, pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.corpus import near_duplicates, report
from analysis.corpus.corpus import DOCUMENT_COLUMNS, Corpus
from analysis.corpus.report import Report
from analysis.storage import csv_tables
from analysis.study import measured, own_network, words_file
from analysis.study.counted import SENTENCES
from analysis.study.own_files import nodes_of
from analysis.study.own_speakers import Labels, joined_speakers
from analysis.study.parts import Keys, Part, joined_keys
from analysis.study.windows import Company, window_tables

_TABLES = ("utterances", "occurrences")
_BLOCK = 1 << 22


class Joined:
    """The parts of a study so far.

    Parameters
    ----------
    folder : pathlib.Path
        An empty folder, for what is kept until all parts are there.
    """

    def __init__(self, folder: Path) -> None:
        self.names: list[str] = []
        self.inputs: dict[str, str] = {}
        self.returns: set[str] = set()
        self.word = ""
        self._folder = folder
        self._labels: list[Labels] = []
        self._documents: list[pd.DataFrame] = []
        self._keys: list[Keys] = []
        self._reports: list[Report] = []
        self._changed: list[bool] = []
        self._headers: dict[str, bytes] = {}
        self._often: Counter[str] = Counter()
        self._rows = {name: _Rows(folder / name) for name in (*_TABLES, "words", "texts")}
        self._words: defaultdict[str, int] = defaultdict(count().__next__)
        self._companies = _Companies(folder / "company")
        self._phrases = _Phrases(folder / "phrases")
        self._quoting = False

    def add(self, part: Part) -> None:
        """Keep a part."""
        number, names = len(self._documents), list(part.inputs)
        self.names += names
        self.inputs |= part.inputs
        self._labels.append(part.labels)
        self._documents.append(part.documents)
        self._keys.append(part.keys)
        self._reports.append(part.report)
        self._changed.append(part.changed)
        self._often += part.often
        for name, lines in zip(_TABLES, (part.utterances, part.occurrences), strict=True):
            self._headers[name] = lines.header
            self._rows[name].add(names, lines.rows, lines.ends)
            self.returns |= {name} if lines.returns else set()
        spelled, sizes, rows = part.words
        known = np.fromiter(map(self._words.__getitem__, spelled), np.int32, len(spelled))
        rows[:, 1] = known[rows[:, 1]]
        ends = np.cumsum(list(sizes.values())) * rows.itemsize * 3
        self._rows["words"].add(names, rows.tobytes(), dict(zip(sizes, ends.tolist(), strict=True)))
        texts = [text.encode("utf-8", "surrogatepass") for text in part.texts.values()]
        ends = np.cumsum(list(map(len, texts)))
        ends_of = dict(zip(part.texts, ends.tolist(), strict=True))
        self._rows["texts"].add(names, b"".join(texts), ends_of)
        self._companies.add(part.company)
        self._phrases.add(part.phrases)
        self._quoting |= bool(part.said["mode"].isin(["direct", "indirect"]).any())
        with (self._folder / f"said-{number}").open("wb") as file:
            pickle.dump((part.said, part.found), file, protocol=5)

    def report(self, skipped: Sequence[Report]) -> Report:
        """Return the report on all parts, and on what was not read between them."""
        alike = near_duplicates.pairs(self.names, self._phrases, least=near_duplicates.LEAST)
        return report.joined(
            [*self._reports, *skipped], alike, changed=[*self._changed, *(False for _ in skipped)]
        )

    def speakers(self) -> pd.DataFrame:
        """Return everybody to whom words are given."""
        return joined_speakers(self._labels)

    def files(self) -> dict[str, bytes | Path]:
        """Return the tables of the study, of which the large ones are on disk."""
        order = sorted(range(len(self.names)), key=self.names.__getitem__)
        made: dict[str, bytes | Path] = {
            measured.DOCUMENTS: csv_tables.to_csv(self._table_of_documents())
        }
        for name, file in zip(_TABLES, (measured.UTTERANCES, measured.OCCURRENCES), strict=True):
            made[file] = self._folder / file
            with (self._folder / file).open("wb") as sink:
                sink.write(self._headers[name])
                sink.writelines(data for _, data in self._rows[name].blocks(order))
        made[measured.WORDS] = self._folder / measured.WORDS
        words_file.write_groups(self._noting_commonest(order), self._folder / measured.WORDS)
        nodes = nodes_of(self._often)
        windows, near = window_tables(self._companies.made(nodes), nodes)
        if len(windows):
            made[measured.WINDOWS] = csv_tables.to_csv(windows)
            made[measured.COLLOCATES] = csv_tables.to_csv(near)
        return made

    def statements(self) -> pd.DataFrame | None:
        """Return who affirms or denies what, where anybody is quoted.

        Who is meant by a name is settled by all texts that name somebody: these are read again,
        one after another, and the utterances of the whole study are held.
        """
        if not self._quoting:
            return None
        pairs = []
        for number in range(len(self._documents)):
            with (self._folder / f"said-{number}").open("rb") as file:
                pairs.append(pickle.load(file))
        said, found = (pd.concat(tables, ignore_index=True) for tables in zip(*pairs, strict=True))
        documents = pd.concat([one[["document", "date"]] for one in self._documents])
        texts = _Texts(self.names, self._rows["texts"])
        corpus = Corpus(documents, said, texts, engine="rules")
        return own_network.statements_in(found.assign(text="", group=""), corpus)

    def _table_of_documents(self) -> pd.DataFrame:
        left = {*SENTENCES}
        others = [name for name in joined_keys(self._keys) if name not in left]
        whole = pd.concat(self._documents, ignore_index=True)
        columns = [*DOCUMENT_COLUMNS, *others, "utterances", "words"]
        whole = whole.reindex(columns=columns).fillna(dict.fromkeys(columns[:-2], ""))
        return whole.sort_values("document", ignore_index=True)

    def _noting_commonest(self, order: list[int]) -> Iterator[pa.Table]:
        """Yield the groups of the table of words; ``word`` is then what it says of words."""
        spelled = list(self._words)
        best = words_file.commonest([])
        for rows in self._groups(order):
            document, utterance, word, count = rows.T
            often = pd.DataFrame({"word": word, "count": count})
            best = words_file.commonest([best, often] if len(best) else [often])
            yield words_file.group(
                _named(document, self.names), utterance, _named(word, spelled), count
            )
        self.word = words_file.word_statement(spelled[int(at)] for at in best["word"])

    def _groups(self, order: list[int]) -> Iterator[np.ndarray]:
        """Yield the rows of the table of words in the order of the documents, by their numbers.

        Their columns are document, utterance, word and count.
        """
        held: list[np.ndarray] = []
        size, done = 0, False
        for numbers, data in self._rows["words"].blocks(order):
            rows = np.frombuffer(data, np.int32).reshape(-1, 3)
            counts = self._rows["words"].sizes(numbers) // (3 * rows.itemsize)
            held.append(np.column_stack([np.repeat(np.array(numbers, np.int32), counts), rows]))
            size += len(rows)
            while size >= words_file.ROWS:
                whole = np.concatenate(held)
                yield whole[: words_file.ROWS]
                held, size, done = [whole[words_file.ROWS :]], size - words_file.ROWS, True
        if size or not done:
            yield np.concatenate([np.empty((0, 4), np.int32), *held])


def _named(numbers: np.ndarray, names: Sequence[str]) -> tuple[np.ndarray, list[str]]:
    codes, found = pd.factorize(numbers)
    return codes, [names[number] for number in found.tolist()]


class _Rows:
    """A file to which parts are added, and where the bytes of each document are in it."""

    def __init__(self, path: Path) -> None:
        self.path, self.size = path, 0
        self.begins, self.ends = array("q"), array("q")
        path.touch()

    def add(self, names: Iterable[str], data: bytes, ends: Mapping[str, int]) -> None:
        """Add the bytes of some documents, which stand one after another in another order."""
        places = {
            name: (self.size + begin, self.size + end)
            for (name, end), begin in zip(ends.items(), [0, *ends.values()], strict=False)
        }
        for name in names:
            begin, end = places.get(name, (0, 0))
            self.begins.append(begin)
            self.ends.append(end)
        with self.path.open("ab") as file:
            file.write(data)
        self.size += len(data)

    def sizes(self, numbers: list[int]) -> np.ndarray:
        """Return how many bytes some documents have."""
        return np.array([self.ends[at] - self.begins[at] for at in numbers], np.int64)

    def blocks(self, order: Iterable[int]) -> Iterator[tuple[list[int], bytes]]:
        """Yield documents in an order with their bytes, those together that stand together."""
        with self.path.open("rb") as file:
            numbers: list[int] = []
            begin = end = 0
            for number in order:
                first, last = self.begins[number], self.ends[number]
                if first == last:
                    continue
                if numbers and (first != end or last - begin > _BLOCK):
                    file.seek(begin)
                    yield numbers, file.read(end - begin)
                    numbers = []
                begin = begin if numbers else first
                numbers.append(number)
                end = last
            if numbers:
                file.seek(begin)
                yield numbers, file.read(end - begin)


class _Texts(Mapping[str, str]):
    """Texts that are read from a file when they are asked for."""

    def __init__(self, names: Sequence[str], rows: _Rows) -> None:
        self.rows = rows
        self.numbers = {name: number for number, name in enumerate(names)}

    def __getitem__(self, name: str) -> str:
        found = [data for _, data in self.rows.blocks([self.numbers[name]])]
        return b"".join(found).decode("utf-8", "surrogatepass")

    def __iter__(self) -> Iterator[str]:
        return iter(self.numbers)

    def __len__(self) -> int:
        return len(self.numbers)


class _Phrases(Sequence[np.ndarray]):
    """The phrases of each text, in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.ends = array("q", [0])
        path.touch()

    def add(self, phrases: Iterable[np.ndarray]) -> None:
        """Add the phrases of some texts."""
        with self.path.open("ab") as file:
            for one in phrases:
                file.write(one.astype(np.uint64).tobytes())
                self.ends.append(self.ends[-1] + len(one))

    def __len__(self) -> int:
        return len(self.ends) - 1

    def __getitem__(self, number):  # type: ignore[no-untyped-def]
        begin, end = self.ends[number], self.ends[number + 1]
        return np.fromfile(self.path, np.uint64, end - begin, offset=8 * begin)

    def __iter__(self) -> Iterator[np.ndarray]:
        with self.path.open("rb") as file:
            for begin, end in pairwise(self.ends):
                yield np.frombuffer(file.read(8 * (end - begin)), np.uint64)


class _Companies:
    """What stands near the nodes, added up but for the pairs, which are kept in a file."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.speakers: dict[tuple[str, str], int] = {}
        self.vocabulary: dict[str, int] = {}
        self.nodes: list[str] = []
        self.words = np.zeros(0, np.int64)
        self.sizes = np.zeros((0, 0, 2), np.int64)
        path.touch()

    def add(self, company: Company) -> None:
        """Add what was counted in a part."""
        self.nodes = company.nodes
        whose = [self.speakers.setdefault(one, len(self.speakers)) for one in company.speakers]
        known = [self.vocabulary.setdefault(w, len(self.vocabulary)) for w in company.vocabulary]
        words = np.zeros(len(self.speakers), np.int64)
        words[: len(self.words)] = self.words
        sizes = np.zeros((len(self.nodes), len(self.speakers), 2), np.int64)
        sizes[: len(self.sizes), : self.sizes.shape[1]] = self.sizes
        words[whose] += company.words
        sizes[:, whose] += company.sizes
        self.words, self.sizes = words, sizes
        near = company.near.astype(np.int32)
        near[:, 1] = np.array(whose, np.int32)[near[:, 1]]
        near[:, 2] = np.array(known, np.int32)[near[:, 2]]
        with self.path.open("ab") as file:
            file.write(near.tobytes())

    def made(self, nodes: Iterable[str]) -> Company:
        """Return the counts of all parts, with the pairs of some nodes alone."""
        numbers = [self.nodes.index(node) for node in nodes]
        kept = [np.empty((0, 4), np.int64)]
        with self.path.open("rb") as file:
            while data := file.read(16 * 2**20):
                rows = np.frombuffer(data, np.int32).reshape(-1, 4)
                kept.append(rows[np.isin(rows[:, 0], numbers)].astype(np.int64))
        near = np.concatenate(kept)
        summed = pd.DataFrame(near).groupby([0, 1, 2], sort=False)[3].sum().reset_index()
        return Company(
            list(self.speakers), self.nodes, self.words, self.sizes,
            list(self.vocabulary), summed.to_numpy(np.int64),
        )  # fmt: skip

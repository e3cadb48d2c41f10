"""Files and folders of a researcher's own to documents, and a report of what was understood."""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection, Generator, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import MappingProxyType

import pandas as pd
from tqdm import tqdm

from analysis import readers
from analysis.corpus import documents_table, other_forms
from analysis.errors import AnalysisError
from analysis.readers import convokit, table_stream
from analysis.storage.files import replace_file
from analysis.text import undivided
from analysis.text.document import Document
from analysis.voices import unread

MOST_FILES = 100_000
_ABOUT = re.compile(
    r"(?:README|LICEN[CS]E|CHANGELOG|CITATION|SHA256SUMS|MANIFEST)(?:\.\w+)?$"
    r"|.*-list(?:Person|Org)\b.*\.xml$|.*-taxonomy-.*\.xml$"
    # What a study keeps beside its texts, and what a spreadsheet or Word leaves while it is open.
    r"|(?:.*\.)?speakers\.csv$|.*\.toml$|~\$.*|\.~lock\..*#",
    re.IGNORECASE,
)
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
_FORMAT = 2
_SLOW = (".pdf", ".docx", ".xlsx")
"""Forms that take longer to read than what was read of them takes to keep."""


@dataclass(frozen=True)
class Intake:
    """What was read, and what was not.

    Parameters
    ----------
    documents : list of Document
    paths : mapping of str to str
        Where each document comes from, as named.
    skipped : pandas.DataFrame
        ``path`` and ``reason`` (str) of every file of a folder that was not read.
    """

    documents: list[Document]
    paths: Mapping[str, str]
    skipped: pd.DataFrame

    def __reduce__(self) -> tuple[object, ...]:
        # A mapping that cannot be changed cannot be sent to another process either.
        return Intake, (self.documents, dict(self.paths), self.skipped)


def read(
    paths: Iterable[str | os.PathLike[str]],
    *,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    kind: str | None = None,
    forgive: bool = False,
    kept: Path | None = None,
    progress: bool = False,
) -> Intake:
    """Read files, and folders with all that is below them.

    Parameters
    ----------
    paths : iterable of str or path-like
    columns : mapping of str to str, optional
        Which column of tables is what; see :func:`analysis.readers.read_all`.
    encoding : str, optional
        The encoding of the texts that are not UTF-8, where it is known.
    kind : str, optional
        What the files are, where that is not seen; see :func:`analysis.readers.read_all`.
    forgive : bool
        Skip a named file that cannot be read too, as those of folders are skipped.
    kept : pathlib.Path, optional
        A folder that keeps what was read of each file, so that a reading broken off is resumed.
    progress : bool
        Show a bar on standard error, if that is a terminal.

    Returns
    -------
    Intake

    Raises
    ------
    AnalysisError
        If a named file cannot be read, a path is not there, or a table ``documents.csv`` in a
        folder (:mod:`analysis.corpus.documents_table`) does not fit the files beside it.
    """
    parts = read_in_parts(
        paths, columns=columns, encoding=encoding, kind=kind, forgive=forgive, kept=kept,
        progress=progress, most=None,
    )  # fmt: skip
    (whole,) = parts
    return whole


def read_in_parts(
    paths: Iterable[str | os.PathLike[str]],
    *,
    columns: Mapping[str, str] | None = None,
    encoding: str | None = None,
    kind: str | None = None,
    forgive: bool = False,
    kept: Path | None = None,
    progress: bool = False,
    most: int | None,
) -> Generator[Intake, None, None]:
    """Read as :func:`read` does, and yield what was read whenever it is enough.

    Parameters
    ----------
    paths, columns, encoding, kind, forgive, kept, progress
        As for :func:`read`.
    most : int or None
        Characters of text from which a part is yielded; all at once if None.

    Yields
    ------
    Intake
        One at least. No document is in two, and all of them have different names.
    """
    found = [item for path in paths for item in _found(Path(path))]
    found = [
        (path, top, reason or (other_forms.why_not(path) if top else ""))
        for path, top, reason in found
    ]
    told, tables = _told(found, forgive=forgive)
    # The forms of one sitting are compared with each other, so they stay in one part.
    last = {
        other_forms.sitting(path): at
        for at, (path, _, reason) in enumerate(found)
        if not reason and not table_stream.is_large(path)
    }
    taken: set[str] = set()
    again: list[tuple[str, str]] = []
    part = _Part()
    open_until = 0
    bar = tqdm(found, "reading", unit="file", disable=None if progress else True)
    for at, (path, top, reason) in enumerate(bar):
        shown = printable(path)
        if reason or path in tables:
            part.skipped.append((shown, reason or tables[path]))
            continue
        open_until = max(open_until, last.get(other_forms.sitting(path), 0))
        refused: list[AnalysisError] = []
        for made in _each(path, columns, (encoding, kind), kept, most=most, refused=refused):
            for document in made:
                named = _named(document, path, top, taken, told.get(path, {}))
                if said := undivided.statement(named.text):
                    named = replace(named, notes=(*named.notes, said))
                part.add(named, shown)
                taken.add(named.document)
            if most is not None and part.size >= most and at >= open_until:
                yield part.made(again)
                part = _Part()
        if refused and top is None and not forgive:
            raise refused[0]
        part.skipped += [(shown, reason_of(error)) for error in refused]
    last_part = part.made(again)
    skipped = [*last_part.skipped.itertuples(index=False), *again]
    yield replace(last_part, skipped=pd.DataFrame(skipped, columns=_SKIPPED, dtype="str"))


_SKIPPED = ["path", "reason"]


class _Part:
    """What was read and not yet given back."""

    def __init__(self) -> None:
        self.documents: list[Document] = []
        self.origins: dict[str, str] = {}
        self.skipped: list[tuple[str, str]] = []
        self.size = 0

    def add(self, document: Document, path: str) -> None:
        self.documents.append(document)
        self.origins[document.document] = path
        self.size += len(document.text)

    def made(self, again: list[tuple[str, str]]) -> Intake:
        """Return the part without what it says twice, which is added to a list."""
        twice = other_forms.said_again(self.documents, self.origins)
        documents = [document for document in self.documents if document.document not in twice]
        again += [(self.origins.pop(name), reason) for name, reason in twice.items()]
        table = pd.DataFrame(self.skipped, columns=_SKIPPED, dtype="str")
        return Intake(documents, MappingProxyType(self.origins), table)


def warnings(found: Intake) -> Iterator[str]:
    """Say of each file whose encoding was guessed which one was taken, and what is no word."""
    for document in found.documents:
        path = found.paths[document.document]
        encoding = document.metadata.get("encoding")
        if encoding:
            yield f"{path}: read as {encoding}, which it does not say"
        yield from (f"{path}: {note}" for note in document.notes if "not divided" in note)
    reasons: dict[str, list[str]] = {}
    for document in found.documents:
        reasons.setdefault(unread(document), []).append(found.paths[document.document])
    for reason, paths in reasons.items():
        if reason:
            more = f" and {len(paths) - 1:,} more" if len(paths) > 1 else ""
            yield f"{paths[0]}{more}: read without voices: {reason}"


def printable(path: Path) -> str:
    r"""Return a path that fits on one line of a terminal and of a table, whatever its name.

    Examples
    --------
    >>> printable(Path("a\nb.txt"))
    'a\\nb.txt'
    """
    return _CONTROL.sub(lambda m: m[0].encode("unicode_escape").decode(), os.fspath(path))


def reason_of(error: AnalysisError) -> str:
    """Return an error's message without the file that it is about."""
    place = re.search(r", (?:line|page|utterance) \d+(?:, column \w+)?$", error.where)
    parts = [f"{place[0][2:]}: {error.found}" if place else error.found]
    parts += [f"expected {error.expected}"] if error.expected else []
    parts += [error.remedy] if error.remedy else []
    return " ".join("; ".join(parts).split())


def _found(path: Path) -> Iterator[tuple[Path, Path | None, str]]:
    """Yield what there is to read: path, the folder that was named, why it is not read."""
    if not path.is_dir() or convokit.is_corpus(path):
        yield path, None, ""
        return
    number = 0
    for parent, folders, names in os.walk(path):
        here = Path(parent)
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in list(folders):
            if (here / name).is_symlink():
                folders.remove(name)
                yield here / name, path, "a symbolic link to a folder, not followed"
            elif convokit.is_corpus(here / name):
                folders.remove(name)
                yield here / name, path, ""
        for name in sorted(names):
            number += 1
            if number > MOST_FILES:
                raise AnalysisError(path, f"more than {MOST_FILES:,} files", "fewer", "split it")
            if not name.startswith("."):
                yield here / name, path, _why_not(here / name)


def _told(
    found: list[tuple[Path, Path | None, str]], *, forgive: bool
) -> tuple[dict[Path, dict[str, str]], dict[Path, str]]:
    """Return what tables beside the texts say of each, and what to say of the tables."""
    told: dict[Path, dict[str, str]] = {}
    tables = {}
    for path, top, reason in found:
        if top is None or reason or not documents_table.is_metadata(path):
            continue
        below = {
            other.relative_to(path.parent).as_posix(): other
            for other, _, _ in found
            if other != path and other.is_relative_to(path.parent)
        }
        try:
            rows = documents_table.read_metadata(path, below)
        except AnalysisError as error:
            if not forgive:
                raise
            tables[path] = reason_of(error)
            continue
        for name, fields in rows.items():
            told[below[name]] = {**told.get(below[name], {}), **fields}
        tables[path] = (
            f"about the texts: what it says of {len(rows):,} files is used"
            if rows
            else "about documents that are no files here: a column file with their names is missing"
        )
    return told, tables


def _why_not(path: Path) -> str:
    if _CONTROL.search(path.name):
        return "a file name with a line break or another control character; rename it"
    if path.is_symlink():
        return "a symbolic link, not followed; copy the file itself here"
    if _ABOUT.fullmatch(path.name):
        return "about the texts, not one of them"
    if path.name.endswith(".corrections.csv"):
        return "about the texts: corrects the voices found in the one beside it"
    return ""


def _each(
    path: Path,
    columns: Mapping[str, str] | None,
    told: tuple[str | None, str | None],
    kept: Path | None,
    *,
    most: int | None,
    refused: list[AnalysisError],
) -> Iterator[list[Document]]:
    """Yield the documents of a file, some of a large table at a time; note why there are none."""
    encoding, kind = told
    try:
        large = table_stream.opened(path, columns, encoding) if kind is None else None
        if large is not None:
            yield from large.parts(most or large.size)
        else:
            yield _read_whole(path, columns, told, kept)
    except AnalysisError as error:
        refused.append(error)


def _read_whole(
    path: Path,
    columns: Mapping[str, str] | None,
    told: tuple[str | None, str | None],
    kept: Path | None,
) -> list[Document]:
    encoding, kind = told
    if kept is None or path.suffix.lower() not in _SLOW or path.is_dir():
        return readers.read_all(path, columns=columns, repair=True, encoding=encoding, kind=kind)
    try:
        status = path.stat()
    except OSError:
        return readers.read_all(path, columns=columns, repair=True, encoding=encoding, kind=kind)
    key = [_FORMAT, os.fspath(path.resolve()), status.st_size, status.st_mtime_ns]
    key += [sorted((columns or {}).items()), encoding, kind]
    digest = hashlib.sha256(json.dumps(key).encode()).hexdigest()
    store = kept / f"{digest}.json"
    if store.is_file():
        return [_restored(record) for record in json.loads(store.read_text(encoding="utf-8"))]
    made = readers.read_all(path, columns=columns, repair=True, encoding=encoding, kind=kind)
    records = [
        {
            "document": document.document,
            "text": document.text,
            "metadata": dict(document.metadata),
            "notes": document.notes,
            "utterances": dict(document.columns),
        }
        for document in made
    ]
    # Without room for it the reading goes on: what is kept only saves time.
    with suppress(AnalysisError):
        replace_file(store, json.dumps(records))
    return made


def _restored(record: dict) -> Document:
    said, notes = record["utterances"], tuple(record["notes"])
    return Document(record["document"], record["text"], said, record["metadata"], notes)


def _named(
    document: Document,
    path: Path,
    top: Path | None,
    taken: Collection[str],
    told: Mapping[str, str],
) -> Document:
    """Return the document with what a table says of it; named by its path if its name is taken."""
    within = (path.relative_to(top) if top else path).as_posix()
    name = document.document
    for form in (name, path.name, within, f"{within}/{name}"):
        if form not in taken:
            table = document.columns
            table = table if form == name else {**table, "document": [form] * len(table["start"])}
            metadata = {**document.metadata, **told}
            return Document(form, document.text, table, metadata, document.notes)
    raise AnalysisError(printable(path), f"document {name!r} again", "each once", "rename one")

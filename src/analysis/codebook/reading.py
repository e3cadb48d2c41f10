"""Read a codebook: the frames, their terms, and the patterns by which a term is found.

A codebook is a TOML file with ``version``, ``language`` and ``title``, then one ``[[frame]]`` per
frame and one ``[[term]]`` per term. A revised one logs what changed: one ``[[change]]`` per change
with ``version``, ``date``, ``kind`` (added, removed, changed), ``term`` and ``why``.
:mod:`analysis.codebook.patterns` describes the patterns. The examples that a term carries are run
on reading: a codebook whose examples fail is refused.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from dataclasses import dataclass
from dataclasses import field as column
from datetime import date
from pathlib import Path

import pandas as pd

from analysis.codebook.matching import Matcher, compile_terms
from analysis.codebook.patterns import PatternError, parse, phrases
from analysis.errors import AnalysisError
from analysis.storage import project

TOP_FIELDS = ("version", "language", "title")
FRAME_FIELDS = ("id", "label", "definition", "source")
TERM_TEXTS = ("id", "frame", "definition", "include", "exclude")
TERM_LISTS = ("patterns", "exclusions", "positive", "negative")
TERM_FIELDS = TERM_TEXTS + TERM_LISTS
CHANGE_FIELDS = ("version", "date", "kind", "term", "why")
CHANGE_KINDS = ("added", "removed", "changed")
_CURLY = re.compile("[\u201c\u201d\u201e\u2018\u2019]")
_MAY_BE_EMPTY = ("exclusions",)


@dataclass(frozen=True)
class Codebook:
    """Frames, terms, and the matcher made from their patterns.

    Parameters
    ----------
    version, language, title : str
    frames : pandas.DataFrame
        One row per frame in the order of the file: ``id``, ``label``, ``definition``, ``source``
        (all str).
    terms : pandas.DataFrame
        One row per term in the order of the file: ``id``, ``frame``, ``definition``, ``include``,
        ``exclude`` (str), ``patterns``, ``exclusions``, ``positive``, ``negative`` (tuple of str).
    matcher : analysis.codebook.matching.Matcher
        Finds the terms, numbered as the rows of ``terms``.
    changes : pandas.DataFrame
        The log, oldest first: ``version``, ``date`` (ISO), ``kind``, ``term``, ``why`` (all str).
    """

    version: str
    language: str
    title: str
    frames: pd.DataFrame
    terms: pd.DataFrame
    matcher: Matcher
    changes: pd.DataFrame = column(default_factory=lambda: pd.DataFrame(columns=CHANGE_FIELDS))

    @property
    def labels(self) -> dict[str, str]:
        """What figures and tables call each frame, by its id; never what they call a term."""
        terms = {name.casefold() for name in self.terms["id"]}
        return {
            name: f"{label} (frame)" if label.casefold() in terms else label
            for name, label in zip(self.frames["id"], self.frames["label"], strict=True)
        }


def read_codebook(path: str | os.PathLike[str] | None = None) -> Codebook:
    """Read a codebook and run its examples.

    Parameters
    ----------
    path : str or path-like, optional
        A TOML file in UTF-8; ``data/codebook.toml`` of the project if left out.

    Returns
    -------
    Codebook

    Raises
    ------
    AnalysisError
        If the file is missing, is not TOML in UTF-8, lacks a field or has an unknown one, repeats
        an id or a pattern, names an unknown frame, holds a pattern that is not in the language,
        or a positive example does not match its term or a negative one does. The message names
        the line.

    Examples
    --------
    >>> book = read_codebook("data/codebook.toml")  # doctest: +SKIP
    >>> book.terms.loc[0, "id"]  # doctest: +SKIP
    'going dark'
    """
    path = project.root() / project.CODEBOOK if path is None else path
    text, data = _load(Path(path))
    place = _Place(os.fspath(path), text)
    changes = data.pop("change", [])
    _check_fields(place, data)
    frames, terms = data["frame"], data["term"]
    _check_ids(place, frames, terms)
    _check_changes(place, changes, data["version"], [term["id"] for term in terms])
    _check_patterns(place, terms)
    pairs = [(term["patterns"], term["exclusions"]) for term in terms]
    try:
        matcher = compile_terms(pairs, language=data["language"])
    except PatternError as error:
        where = place.line(None, field="language", value=data["language"])
        raise AnalysisError(where, str(error), remedy="write the forms out, or word*") from None
    _check_examples(place, terms, matcher)
    return Codebook(
        **{field: data[field] for field in TOP_FIELDS},
        frames=pd.DataFrame(frames, columns=list(FRAME_FIELDS)),
        terms=pd.DataFrame(
            [{f: tuple(v) if f in TERM_LISTS else v for f, v in term.items()} for term in terms],
            columns=list(TERM_FIELDS),
        ),
        matcher=matcher,
        changes=pd.DataFrame(changes, columns=list(CHANGE_FIELDS), dtype="str"),
    )


class _Place:
    """Where in the file something stands; ``tomllib`` keeps no lines."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.lines = text.splitlines()
        self.heads = [i for i, line in enumerate(self.lines) if re.match(r"\s*\[\[?\s*\w", line)]

    def line(
        self, kind: str | None, number: int = 0, field: str | None = None, value: str | None = None
    ) -> str:
        """Say where a value of a field of the ``number``-th [[kind]] table stands.

        Falls back on the field, the table's first line, the file.
        """
        heads = self.heads
        if kind is None:
            block = range(heads[0] if heads else len(self.lines))
            found = None
        else:
            header = re.compile(rf"\s*\[\[\s*{kind}\s*\]\]")
            tables = [i for i in heads if header.match(self.lines[i])]
            if number >= len(tables):
                return self.path
            found = tables[number]
            block = range(found, next((i for i in heads if i > found), len(self.lines)))
        if field is not None:
            key = re.compile(rf"\s*[\"']?{re.escape(field)}[\"']?\s*=")
            found = next((i for i in block if key.match(self.lines[i])), found)
        if value is not None:
            written = (f'"{value}"', json.dumps(value, ensure_ascii=False), f"'{value}'", value)
            rest = [i for i in block if found is None or i >= found]
            found = next((i for form in written for i in rest if form in self.lines[i]), found)
        return self.path if found is None else f"{self.path}, line {found + 1}"


def _load(path: Path) -> tuple[str, dict]:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AnalysisError(
            path, f"cannot be read ({error.strerror})", "a codebook in TOML", "check the path"
        ) from None
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise AnalysisError(
            f"{path}, line {line}",
            f"byte 0x{raw[error.start]:02x} is not UTF-8",
            "a codebook in UTF-8",
            "save the file as UTF-8",
        ) from None
    if not text.strip():
        raise AnalysisError(path, "the file is empty", "a codebook in TOML")
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = re.search(r"at line (\d+)", str(error))
        rows = text.splitlines()
        number = int(said[1]) if said else len(rows)
        near = "".join(rows[max(number - 2, 0) : number])
        found = f"not TOML: {error}"
        if curly := _CURLY.search(near):
            found = f"a curly quotation mark, {curly[0]}, as word processors set them"
        raise AnalysisError(
            f"{path}, line {number}",
            found,
            'name = "text" or name = ["one text", "another"], with straight quotation marks and a '
            "comma between texts",
            "correct the line or the one before",
        ) from None
    except RecursionError:
        raise AnalysisError(path, "nested too deeply", "tables [[frame]] and [[term]]") from None


def _check_fields(place: _Place, data: dict) -> None:
    tables: list[tuple[str | None, int, dict, tuple[str, ...]]] = [
        (None, 0, data, (*TOP_FIELDS, "frame", "term"))
    ]
    for kind, fields in (("frame", FRAME_FIELDS), ("term", TERM_FIELDS)):
        rows = data.get(kind)
        if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or not rows:
            raise AnalysisError(
                place.line(None, 0, kind), f"no [[{kind}]]", f"at least one table [[{kind}]]"
            )
        tables += [(kind, number, row, fields) for number, row in enumerate(rows)]
    for here, number, table, known in tables:
        name = f"[[{here}]] {table.get('id', number + 1)!r}" if here else "the head"
        for field in table:
            if field not in known:
                raise AnalysisError(
                    place.line(here, number, field),
                    f"unknown field {field!r} in {name}",
                    f"only {', '.join(known)}",
                )
        for field in known:
            if field not in table:
                raise AnalysisError(
                    place.line(here, number),
                    f"{name} has no field {field!r}",
                    f"the fields {', '.join(known)}",
                )
            expected = _fault(field, table[field])
            if expected:
                where = place.line(here, number, field)
                raise AnalysisError(where, f"{field} = {table[field]!r}", expected)


def _fault(field: str, value: object) -> str | None:
    """Say what was expected of a field's value, if it is something else."""
    if field in ("frame", "term") and isinstance(value, list):
        return None
    if field in TERM_LISTS:
        least = 0 if field in _MAY_BE_EMPTY else 1
        good = (
            isinstance(value, list)
            and len(value) >= least
            and all(isinstance(item, str) and item.strip() for item in value)
        )
        return None if good else "a list of texts" + (", one at least" if least else "")
    if not isinstance(value, str) or not value.strip():
        return "a text that is not empty"
    if field == "id" and value != " ".join(value.split()):
        return "a text without spaces to spare"
    return None


def _check_ids(place: _Place, frames: list[dict], terms: list[dict]) -> None:
    for kind, rows in (("frame", frames), ("term", terms)):
        seen: dict[str, int] = {}
        for number, row in enumerate(rows):
            first = seen.setdefault(row["id"].lower(), number)
            if first != number:
                raise AnalysisError(
                    place.line(kind, number, "id"),
                    f"duplicate {kind} id {row['id']!r}",
                    remedy=f"it is already at {place.line(kind, first, 'id')}; rename one",
                )
    known = [frame["id"] for frame in frames]
    for number, term in enumerate(terms):
        if term["frame"] not in known:
            raise AnalysisError(
                place.line("term", number, "frame", term["frame"]),
                f"term {term['id']!r} is of the unknown frame {term['frame']!r}",
                f"one of {', '.join(known)}",
            )


def _check_changes(place: _Place, changes: object, version: str, terms: list[str]) -> None:
    if not isinstance(changes, list) or not all(isinstance(row, dict) for row in changes):
        raise AnalysisError(place.line(None, 0, "change"), "change", "tables [[change]]")
    for number, row in enumerate(changes):
        for name in sorted({*row, *CHANGE_FIELDS}):
            value = row.get(name)
            if name not in CHANGE_FIELDS or not isinstance(value, str) or not value.strip():
                raise AnalysisError(
                    place.line("change", number, name),
                    f"[[change]] {number + 1} with {name} = {value!r}",
                    f"the fields {', '.join(CHANGE_FIELDS)}, each a text that is not empty",
                )
        where = place.line("change", number, "kind", row["kind"])
        if row["kind"] not in CHANGE_KINDS:
            raise AnalysisError(where, f"kind {row['kind']!r}", f"one of {', '.join(CHANGE_KINDS)}")
        if (row["term"] in terms) == (row["kind"] == "removed"):
            there = "still" if row["kind"] == "removed" else "not"
            raise AnalysisError(
                place.line("change", number, "term"),
                f"{row['kind']}: {row['term']!r}, which is {there} a term of this codebook",
                "a log that says what happened",
                "correct the log or the terms",
            )
        try:
            date.fromisoformat(row["date"])
        except ValueError:
            raise AnalysisError(
                place.line("change", number, "date"), f"date {row['date']!r}", "YYYY-MM-DD"
            ) from None
    if changes and changes[-1]["version"] != version:
        raise AnalysisError(
            place.line(None, 0, "version"),
            f"version {version!r}, but the last change is of {changes[-1]['version']!r}",
            "the version of the last change",
            "log what changed since, or correct the version",
        )


def _check_patterns(place: _Place, terms: list[dict]) -> None:
    seen: dict[str, tuple[int, int]] = {}
    for number, term in enumerate(terms):
        for field in ("patterns", "exclusions"):
            for index, pattern in enumerate(term[field]):
                try:
                    parse(pattern)
                    stands_for = sorted(set(phrases(pattern))) if field == "patterns" else []
                except PatternError as error:
                    where = place.line("term", number, field, pattern)
                    raise AnalysisError(where, f"bad pattern: {error}") from None
                for phrase in stands_for:
                    other = seen.setdefault(phrase, (number, index))
                    if other != (number, index):
                        owner = terms[other[0]]
                        where = place.line("term", number, field, pattern)
                        first = place.line("term", other[0], field, owner[field][other[1]])
                        raise AnalysisError(
                            where,
                            f"duplicate pattern: {phrase!r} of term {term['id']!r} is already "
                            f"matched by term {owner['id']!r}",
                            remedy=f"see {first}; keep one of them",
                        )


def _check_examples(place: _Place, terms: list[dict], matcher: Matcher) -> None:
    for number, term in enumerate(terms):
        for field, wanted in (("positive", True), ("negative", False)):
            for example in term[field]:
                matched = any(found == number for _, _, found in matcher.scan(example))
                if matched != wanted:
                    raise AnalysisError(
                        place.line("term", number, field, example),
                        f"{field} example of term {term['id']!r} "
                        f"{'matches' if matched else 'does not match'}: {example!r}",
                        "a match" if wanted else "no match",
                        "correct the patterns, the exclusions or the example",
                    )

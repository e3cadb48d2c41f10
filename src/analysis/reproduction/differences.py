"""Say how two versions of a file differ: which pixel, cell, word or number, and by how much.

Everything here is a pure function of bytes or of two folders; nothing is rebuilt.
"""

from __future__ import annotations

import base64
import csv
import difflib
import io
import itertools
import json
import re
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pypdfium2

from analysis.reproduction.pixels import compare_pixels, read_png

COLUMNS = ["file", "verdict", "where", "difference"]
SHOWN = 12
"""Places listed for one file; how many more there are is said."""

Difference = tuple[str, str]
"""A place in a file, and what stands there in the one version and in the other."""

_NUMBER = re.compile(r"[-+]?\d[\d,]*\.?\d*(?:[eE][-+]?\d+)?")


def compare(committed: Path, now: Path, files: Iterable[str]) -> pd.DataFrame:
    """Compare files of two folders, byte for byte; where they differ, say how.

    Parameters
    ----------
    committed, now : pathlib.Path
        The two folders.
    files : iterable of str
        Paths below both.

    Returns
    -------
    pandas.DataFrame
        ``file``; ``verdict``: "identical", "differs", "missing" (not there now) or "new"
        (not committed); ``where`` and ``difference``, empty for identical files. A file that
        differs in several places has a row for each.
    """
    rows = []
    for file in files:
        old, new = committed / file, now / file
        if not new.is_file():
            rows.append((file, "missing", "", "committed, but not there now"))
        elif not old.is_file():
            rows.append((file, "new", "", "there now, but not committed"))
        elif (one := old.read_bytes()) == (two := new.read_bytes()):
            rows.append((file, "identical", "", ""))
        else:
            rows += [(file, "differs", *found) for found in describe(file, one, two)]
    return pd.DataFrame(rows, columns=COLUMNS)


def describe(name: str, committed: bytes, now: bytes) -> list[Difference]:
    r"""Say how the committed bytes of a file differ from those there now.

    Parameters
    ----------
    name : str
        The file's name; its ending decides how it is read.
    committed, now : bytes
        Not equal.

    Returns
    -------
    list of (str, str)
        Place and difference, at most :data:`SHOWN` and a line that says how many more; the bytes
        themselves where the contents read the same or cannot be read.

    Examples
    --------
    >>> describe("a.csv", b"group,rate\nboard,1.5\n", b"group,rate\nboard,2\n")
    [('row 1 (board), column rate', 'committed 1.5, now 2, difference 0.5')]
    >>> describe("a.md", b"Of 22 lines, two.", b"Of 23 lines, two.")
    [('word 2', 'committed “Of 22 lines,”, now “Of 23 lines,”')]
    """
    reader = _READERS.get(Path(name).suffix)
    found: list[Difference] = []
    note = "the contents read the same; "
    if reader:
        try:
            found = list(reader(committed, now))
        except Exception as error:  # a tampered file may break its reader in any way
            found = []
            note = f"cannot be read as {Path(name).suffix[1:]} ({_short(str(error))}); "
    if not found:
        return [("bytes", note + _bytes_apart(committed, now))]
    if len(found) > SHOWN:
        found = [*found[:SHOWN], ("elsewhere", f"{len(found) - SHOWN:,} more differences")]
    return found


def _bytes_apart(one: bytes, two: bytes) -> str:
    shorter = min(len(one), len(two))
    apart = np.flatnonzero(
        np.frombuffer(one[:shorter], np.uint8) != np.frombuffer(two[:shorter], np.uint8)
    )
    first = int(apart[0]) if len(apart) else shorter
    lengths = f"{len(one):,}" if len(one) == len(two) else f"{len(one):,} and {len(two):,}"
    return (
        f"{len(apart) + abs(len(one) - len(two)):,} of {lengths} bytes differ, first byte {first}"
    )


def _png(one: bytes, two: bytes) -> Iterator[Difference]:
    yield from _pixels(read_png(one), read_png(two))


def _pixels(one: np.ndarray, two: np.ndarray) -> Iterator[Difference]:
    if one.shape != two.shape:
        sizes = [f"{width} × {height} pixels" for height, width, *_ in (one.shape, two.shape)]
        yield "size", f"committed {sizes[0]}, now {sizes[1]}"
        return
    found = compare_pixels(one, two)
    if found:
        left, top, right, bottom = found.box
        what = f"{found.pixels:,} pixels ({100 * found.share:.2g}%) differ"
        where = f"pixels {left}–{right - 1} across, {top}–{bottom - 1} down"
        yield where, f"{what}, by {found.level} of 255 levels at most"


def _pdf(one: bytes, two: bytes) -> Iterator[Difference]:
    pages = []
    for content in (one, two):
        document = pypdfium2.PdfDocument(content)
        try:
            page = document[0]
            text = page.get_textpage().get_text_range()
            pages.append((page.render(scale=2).to_numpy().copy(), text))
        finally:
            document.close()
    (drawn, text), (drawn_again, text_again) = pages
    yield from (
        (f"drawn at 144 dots an inch, {where}" if where != "size" else where, what)
        for where, what in _pixels(drawn, drawn_again)
    )
    yield from _words(text, text_again)


def _svg(one: bytes, two: bytes) -> Iterator[Difference]:
    pieces = [re.findall(r"<[^>]*>|[^<]+", content.decode()) for content in (one, two)]
    if len(pieces[0]) == len(pieces[1]):
        apart = (i for i, pair in enumerate(zip(*pieces, strict=True)) if pair[0] != pair[1])
        spans = [(i, i + 1, i, i + 1) for i in apart]
    else:
        matcher = difflib.SequenceMatcher(None, pieces[0], pieces[1])
        spans = [code[1:] for code in matcher.get_opcodes() if code[0] != "equal"]
    lines = list(itertools.accumulate((p.count("\n") for p in pieces[0]), initial=1))
    for start, stop, begin, end in spans:
        old, new = "".join(pieces[0][start:stop]), "".join(pieces[1][begin:end])
        yield f"line {lines[start]}, {_element(pieces[0], start)}", _numbers(old, new)


def _element(pieces: list[str], at: int) -> str:
    """Name the element at a place by its tag and the nearest identifier before it."""
    tag = next((p for p in reversed(pieces[: at + 1]) if re.match(r"<\w", p)), "<svg>")
    name = re.findall(r"^<([\w:]+)", tag)[0]
    for piece in reversed(pieces[: at + 1]):
        if found := re.search(r'\sid="([^"]*)"', piece):
            return f"element {name} of {found[1]}"
    return f"element {name}"


def _numbers(old: str, new: str) -> str:
    """Say how two texts differ: by numbers alone and by how much, or in which words."""
    if _NUMBER.sub("0", old) == _NUMBER.sub("0", new):
        pairs = zip(_NUMBER.findall(old), _NUMBER.findall(new), strict=True)
        apart = [abs(_number(a) - _number(b)) for a, b in pairs if a != b]
        if apart:
            return f"{len(apart)} numbers differ, by {max(apart):.6g} at most"
    return "; ".join(what for _, what in _words(old, new)) or "white space differs"


def _number(text: str) -> float:
    return float(text.replace(",", ""))


def _csv(one: bytes, two: bytes) -> Iterator[Difference]:
    old, new = (list(csv.reader(io.StringIO(content.decode()))) for content in (one, two))
    yield from _tables(old, new)


def _parquet(one: bytes, two: bytes) -> Iterator[Difference]:
    tables = [pq.read_table(io.BytesIO(content)).to_pandas() for content in (one, two)]
    if tables[0].shape != tables[1].shape:
        yield "rows", f"committed {len(tables[0]):,}, now {len(tables[1]):,}"
        return
    # Cells are compared as text, row by row, only where a row differs at all.
    values = [table.astype(str).to_numpy() for table in tables]
    rows = np.flatnonzero((values[0] != values[1]).any(axis=1))
    for row in rows.tolist():
        yield from _cells(list(tables[0]), values[0][row].tolist(), values[1][row].tolist(), row)


def _tables(old: list[list[str]], new: list[list[str]]) -> Iterator[Difference]:
    if not old or not new or old[0] != new[0]:
        yield "header", f"committed {_quoted(old[:1])}, now {_quoted(new[:1])}"
        return
    if len(old) != len(new):
        yield "rows", f"committed {len(old) - 1:,}, now {len(new) - 1:,}"
        lost = [row for row in old[1:] if row not in new]
        more = [row for row in new[1:] if row not in old]
        yield from (("row", f"only committed: {_quoted([row])}") for row in lost)
        yield from (("row", f"only now: {_quoted([row])}") for row in more)
        return
    for number, (row, other) in enumerate(zip(old[1:], new[1:], strict=True), 1):
        if row != other:
            yield from _cells(old[0], row, other, number)


def _quoted(rows: list[list[str]]) -> str:
    return "“" + ",".join(rows[0]) + "”" if rows else "nothing"


def _cells(names: list[str], row: list[str], other: list[str], number: int) -> Iterator[Difference]:
    if len(row) != len(other):
        yield f"row {number}", f"committed {len(row)} cells, now {len(other)}"
    for name, a, b in zip(names, row, other, strict=False):
        if a == b:
            continue
        what = f"committed {a or 'nothing'}, now {b or 'nothing'}"
        if all(_NUMBER.fullmatch(text) for text in (a, b)):
            what += f", difference {abs(_number(a) - _number(b)):.6g}"
        yield f"row {number} ({row[0]}), column {name}", what


def _text(one: bytes, two: bytes) -> Iterator[Difference]:
    yield from _words(one.decode(), two.decode())


def _words(old: str, new: str) -> Iterator[Difference]:
    """Yield each run of words that differs, with a word of context on each side."""
    a, b = old.split(), new.split()
    for kind, start, stop, begin, end in difflib.SequenceMatcher(
        None, a, b, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            before, after = " ".join(a[max(start - 1, 0) : start]), " ".join(a[stop : stop + 1])
            pair = (
                " ".join(filter(None, (before, " ".join(run), after)))
                for run in (a[start:stop], b[begin:end])
            )
            yield f"word {start + 1}", "committed “{}”, now “{}”".format(*map(_short, pair))


def _short(text: str, most: int = 160) -> str:
    return text if len(text) <= most else text[: most - 1] + "…"


def _json(one: bytes, two: bytes) -> Iterator[Difference]:
    old, new = (dict(_leaves(json.loads(content))) for content in (one, two))
    for place in [*old, *(place for place in new if place not in old)]:
        a, b = (_leaf(values.get(place)) for values in (old, new))
        if a != b:
            yield place, f"committed {_short(a)}, now {_short(b)}"


def _leaf(value: Any) -> str:
    return "nothing" if value is None else str(value)


def _leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    pairs: Iterable[tuple[Any, Any]]
    if isinstance(value, dict):
        pairs = value.items()
    elif isinstance(value, list):
        pairs = enumerate(value, 1)
    else:
        yield place, value
        return
    for key, part in pairs:
        yield from _leaves(part, f"{place} › {key}" if place else str(key))


def _notebook(one: bytes, two: bytes) -> Iterator[Difference]:
    old, new = (json.loads(content) for content in (one, two))
    cells = [{cell["id"]: cell for cell in book["cells"]} for book in (old, new)]
    for name in [*cells[0], *(name for name in cells[1] if name not in cells[0])]:
        a, b = (by.get(name) for by in cells)
        if a is None or b is None:
            yield f"cell {name}", "only now" if a is None else "only committed"
        else:
            yield from ((f"cell {name}, {where}", what) for where, what in _cell(a, b))
    if list(cells[0]) != list(cells[1]):
        yield "cells", "their order differs"
    for key in ("metadata", "nbformat", "nbformat_minor"):
        yield from _json(*(json.dumps({key: book.get(key)}).encode() for book in (old, new)))


def _cell(old: dict, new: dict) -> Iterator[Difference]:
    sources = ["".join(cell["source"]) for cell in (old, new)]
    if sources[0] != sources[1]:
        words = list(_words(*sources)) or [("", "white space differs")]
        yield from ((f"source {where}".strip(), what) for where, what in words)
    if old.get("execution_count") != new.get("execution_count"):
        counts = [_leaf(cell.get("execution_count")) for cell in (old, new)]
        yield "execution count", f"committed {counts[0]}, now {counts[1]}"
    if old.get("metadata") != new.get("metadata"):
        yield "metadata", f"committed {old.get('metadata')}, now {new.get('metadata')}"
    outputs = [cell.get("outputs", []) for cell in (old, new)]
    if len(outputs[0]) != len(outputs[1]):
        yield "outputs", f"committed {len(outputs[0])}, now {len(outputs[1])}"
    for number, pair in enumerate(zip(*outputs, strict=False), 1):
        yield from ((f"output {number} {kind}", what) for kind, what in _output(*map(_parts, pair)))


def _parts(output: dict) -> dict[str, str]:
    data = output.get("data", {}) | ({"text": output["text"]} if "text" in output else {})
    return {kind: "".join(value) for kind, value in data.items()}


def _output(old: dict[str, str], new: dict[str, str]) -> Iterator[Difference]:
    for kind in sorted(old.keys() | new.keys()):
        a, b = old.get(kind), new.get(kind)
        if a == b:
            continue
        if a is None or b is None:
            yield kind, "only now" if a is None else "only committed"
        elif kind == "image/png":
            pictures = [base64.b64decode(text) for text in (a, b)]
            yield from ((f"{kind}, {where}", what) for where, what in describe("x.png", *pictures))
        else:
            words = list(_words(a, b)) or [("", "white space differs")]
            yield from ((f"{kind} {where}".strip(), what) for where, what in words)


_READERS: dict[str, Callable[[bytes, bytes], Iterator[Difference]]] = {
    ".png": _png,
    ".svg": _svg,
    ".pdf": _pdf,
    ".csv": _csv,
    ".parquet": _parquet,
    ".json": _json,
    ".ipynb": _notebook,
    **dict.fromkeys((".md", ".txt", ".tex", ".html", ".toml", ".py"), _text),
}

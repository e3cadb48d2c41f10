"""Read what was coded in QualCoder, NVivo, ATLAS.ti or MAXQDA: REFI-QDA (``.qdpx``, ``.qdc``)."""

from __future__ import annotations

import os
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
from lxml import etree

from analysis.errors import AnalysisError
from analysis.exchange.qda_write import CODE_COLUMNS, MEMO

_LEFT_OUT = ("Variables", "Cases", "Notes", "Links", "Sets", "Graphs")
_OTHER_SOURCES = ("PictureSource", "AudioSource", "VideoSource")
_LARGEST = 500_000_000
"""Bytes that one file of a project may unpack to."""


@dataclass(frozen=True)
class QdaProject:
    """A coded project as it was read.

    Attributes
    ----------
    name, origin : what the project and the program that wrote it are called
    codes : DataFrame with code, parent, description, colour (str), codable (bool)
    texts : document to its characters
    codings : DataFrame with document, start, end (int), text, code, coder, memo, and what the memo
        says line by line (stance, actor, ...) where we wrote it
    left_out : what the project holds and these tables do not, by kind, with how many
    """

    name: str
    origin: str
    codes: pd.DataFrame
    texts: Mapping[str, str]
    codings: pd.DataFrame
    left_out: Mapping[str, int]


def read_qdpx(path: str | os.PathLike[str]) -> QdaProject:
    """Read a REFI-QDA project: codes, texts, codings with spans and coders.

    Parameters
    ----------
    path : str or path-like

    Returns
    -------
    QdaProject

    Raises
    ------
    AnalysisError
        If the file is no such project, a source's text is missing, or a coding's span lies
        outside its text or its code is not in the codebook; names the source.

    Examples
    --------
    >>> coded = read_qdpx("coded_in_qualcoder.qdpx")  # doctest: +SKIP
    >>> coded.codings.groupby(["coder", "code"]).size()  # doctest: +SKIP
    """
    path = Path(path)
    try:
        archive = zipfile.ZipFile(path)
    except OSError as error:
        raise AnalysisError(path, f"cannot be read ({error.strerror})", "a .qdpx file") from None
    except zipfile.BadZipFile:
        raise AnalysisError(path, "no ZIP archive", "a REFI-QDA project (.qdpx)") from None
    with archive:
        # Names as the project has them come before those that differ in capitals alone.
        given = archive.namelist()
        names = {name.lower(): name for name in given} | {name: name for name in given}
        if "project.qde" not in names:
            raise AnalysisError(path, "no project.qde inside", "a REFI-QDA project")
        root = _parsed(path, _unpacked(path, archive, names["project.qde"]), "Project")
        origin = root.get("origin") or ""
        codes, by_guid = _codes(path, root)
        users = {
            (user.get("guid") or "").lower(): user.get("name") or user.get("id") or ""
            for user in _all(root, "User")
        }
        texts: dict[str, str] = {}
        rows: list[dict] = []
        sources = next(_children(root, "Sources"), None)
        left_out = Counter({n: len(list(next(_children(root, n), ()))) for n in _LEFT_OUT})
        for source in sources if sources is not None else ():
            kind = _tag(source)
            text_source = source
            if kind == "PDFSource":
                left_out["PDFSelection"] += len(list(_children(source, "PDFSelection")))
                text_source = next(_children(source, "Representation"), None)
            if kind in _OTHER_SOURCES or text_source is None:
                left_out[kind] += 1
                continue
            name = _unique(source.get("name") or source.get("guid") or "source", texts)
            text = _text(path, archive, names, text_source, name)
            texts[name] = text
            where = f"{path}, source {name!r}"
            places = _Places(text, origin)
            for row in _codings(where, text_source, by_guid, users, places):
                rows.append({"document": name, **row})
    return QdaProject(
        root.get("name") or path.stem,
        origin,
        codes,
        texts,
        _coding_table(rows),
        {name: number for name, number in left_out.items() if number},
    )


def read_qdc(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read a REFI-QDA codebook.

    Parameters
    ----------
    path : str or path-like

    Returns
    -------
    pandas.DataFrame
        ``code``, ``parent``, ``description``, ``colour`` (str), ``codable`` (bool), in the order
        of the file.

    Raises
    ------
    AnalysisError
        If the file is no such codebook or a code comes twice.
    """
    path = Path(path)
    try:
        data = path.read_bytes()
    except OSError as error:
        raise AnalysisError(path, f"cannot be read ({error.strerror})", "a .qdc file") from None
    return _codes(path, _parsed(path, data, "CodeBook"))[0]


def _unpacked(path: Path, archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > _LARGEST:
        raise AnalysisError(
            f"{path}, {name}", f"{archive.getinfo(name).file_size:,} bytes", f"{_LARGEST:,} at most"
        )
    try:
        return archive.read(name)
    # So zipfile refuses a kind of compression that it does not know.
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise AnalysisError(
            f"{path}, {name}", f"cannot be unpacked ({error})", "a whole file"
        ) from None


def _parsed(path: Path, data: bytes, wanted: str) -> etree._Element:
    parser = etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise AnalysisError(path, f"not well-formed XML ({error})", "REFI-QDA") from None
    if _tag(root) != wanted or "urn:QDA-XML:" not in root.tag:
        raise AnalysisError(
            path, f"the element {root.tag!r}", f"{wanted} in the namespace urn:QDA-XML:…:1.0"
        )
    return root


def _tag(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _children(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element if _tag(child) == name)


def _all(element: etree._Element, name: str) -> Iterator[etree._Element]:
    return (child for child in element.iter() if _tag(child) == name)


def _described(element: etree._Element) -> str:
    found = next(_children(element, "Description"), None)
    return (found.text or "") if found is not None else ""


def _codes(path: Path, root: etree._Element) -> tuple[pd.DataFrame, dict[str, str]]:
    rows: list[tuple] = []
    by_guid: dict[str, str] = {}
    seen: set[str] = set()

    def add(element: etree._Element, parent: str) -> None:
        name = element.get("name") or ""
        if not name:
            raise AnalysisError(f"{path}, codebook", "a code without a name", "a name")
        if name in seen:
            # Programs allow one name under two parents; codings must stay told apart.
            name = f"{parent} / {name}" if parent else name
        if name in seen:
            raise AnalysisError(
                f"{path}, codebook", f"the code {name!r} again", "each code once",
                "rename one of them in the program that wrote the file",
            )  # fmt: skip
        seen.add(name)
        by_guid[(element.get("guid") or "").lower()] = name
        rows.append((name, parent, _described(element), element.get("color") or "",
                     element.get("isCodable") != "false"))  # fmt: skip
        for child in _children(element, "Code"):
            add(child, name)

    for codes in _all(root, "Codes"):
        for code in _children(codes, "Code"):
            add(code, "")
    table = pd.DataFrame(rows, columns=list(CODE_COLUMNS))
    return table.astype({**dict.fromkeys(CODE_COLUMNS, "str"), "codable": "bool"}), by_guid


def _unique(name: str, known: Mapping[str, str]) -> str:
    number, made = 2, name
    while made in known:
        made = f"{name} ({number})"
        number += 1
    return made


def _text(
    path: Path, archive: zipfile.ZipFile, names: dict[str, str], source: etree._Element, name: str
) -> str:
    inside = next(_children(source, "PlainTextContent"), None)
    if inside is not None:
        return inside.text or ""
    place = source.get("plainTextPath") or ""
    if not place.startswith("internal://"):
        raise AnalysisError(
            f"{path}, source {name!r}",
            f"its text is not in the project ({place or 'no plainTextPath'})",
            "a text inside the file",
            "export the project again with its sources included",
        )
    wanted = f"Sources/{place.removeprefix('internal://')}"
    file = names.get(wanted) or names.get(wanted.lower())
    if file is None:
        raise AnalysisError(
            f"{path}, source {name!r}",
            f"the file {place.removeprefix('internal://')} is missing",
            "it in the folder Sources of the project",
            "export the project again with its sources included",
        )
    data = _unpacked(path, archive, file)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise AnalysisError(
            f"{path}, source {name!r}",
            f"byte 0x{data[error.start]:02x} at {error.start} is not UTF-8",
            "a text in UTF-8",
        ) from None


class _Places:
    """Places as the program that wrote the project counts them, as characters of the text.

    ATLAS.ti counts the two characters of a Windows line end as one.
    """

    def __init__(self, text: str, origin: str) -> None:
        self.text = text
        self.real: list[int] | None = None
        if "atlas" in origin.lower() and "\r\n" in text:
            self.real = [
                at for at in range(len(text) + 1) if not (at and text[at - 1 : at + 1] == "\r\n")
            ]

    def span(self, where: str, element: etree._Element) -> tuple[int, int]:
        given = element.get("startPosition"), element.get("endPosition")
        try:
            start, end = (int(value or "") for value in given)
        except ValueError:
            raise AnalysisError(where, f"the span {given[0]} to {given[1]}", "numbers") from None
        length = len(self.text) if self.real is None else len(self.real) - 1
        if not 0 <= start <= end <= length:
            raise AnalysisError(
                where,
                f"the span {start} to {end} of selection {element.get('guid')}",
                f"a span inside the {length:,} characters of the text",
                "the text was changed after coding; export it again from the program",
            )
        return (start, end) if self.real is None else (self.real[start], self.real[end])


def _codings(
    where: str,
    source: etree._Element,
    by_guid: Mapping[str, str],
    users: Mapping[str, str],
    places: _Places,
) -> Iterator[dict]:
    for selection in source:
        kind = _tag(selection)
        if kind == "PlainTextSelection":
            start, end = places.span(where, selection)
            codings = list(_children(selection, "Coding"))
        elif kind == "Coding":
            start, end, codings = 0, len(places.text), [selection]
        else:
            continue
        for coding in codings:
            reference = next(_children(coding, "CodeRef"), None)
            guid = (reference.get("targetGUID") or "") if reference is not None else ""
            if guid.lower() not in by_guid:
                raise AnalysisError(
                    where, f"a coding at {start} with the code {guid!r}", "a code of the codebook"
                )
            user = coding.get("creatingUser") or selection.get("creatingUser") or ""
            yield {
                "start": start,
                "end": end,
                "text": places.text[start:end],
                "code": by_guid[guid.lower()],
                "coder": users.get(user.lower(), user),
                "memo": _described(selection),
            }


def _coding_table(rows: list[dict]) -> pd.DataFrame:
    columns = ["document", "start", "end", "text", "code", "coder", "memo"]
    table = pd.DataFrame(rows, columns=columns).astype({"start": "int64", "end": "int64"})
    told = [
        dict(line.split(": ", 1) for line in memo.split("\n") if ": " in line)
        for memo in table["memo"]
    ]
    for name in MEMO:
        values = [lines.get(name, "") for lines in told]
        if any(values):
            table[name] = values
    return table

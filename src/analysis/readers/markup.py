"""XML, HTML, JSON and ZIP from strangers, opened so that nothing in them can do harm."""

from __future__ import annotations

import io
import json
import posixpath
import re
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree, html

from analysis.errors import AnalysisError

MOST_UNPACKED = 64 * 2**20
"""The most that the members of a DOCX or XLSX may unpack to."""

_MOST_MEMBERS = 5000
_DECLARES = re.compile(r"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SURROGATE = re.compile(r"[\ud800-\udfff]")
_REFERENCE = re.compile(r"&#(?:[xX](?P<hex>[0-9a-fA-F]+)|(?P<decimal>\d+));?", re.ASCII)
_DROPPED = ("script", "style", "noscript", "template", "svg", "math", "iframe", "object", "embed")


def xml(where: str, text: str | bytes) -> etree._Element:
    """Parse XML that declares nothing: no document type, no entity, no network.

    Raises
    ------
    AnalysisError
        If it declares a document type or an entity, or is not well formed.
    """
    content = text.encode() if isinstance(text, str) else text
    plain = text if isinstance(text, str) else content.replace(b"\x00", b"").decode("latin-1")
    if _DECLARES.search(plain):
        raise AnalysisError(
            where,
            "a document type or an entity declaration",
            "XML without either, since they can be made to read other files or fill the memory",
            "delete the declaration",
        )
    if isinstance(text, str):
        # Characters no longer have the encoding that the first line may declare.
        content = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", content)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(content, parser)
    except (etree.XMLSyntaxError, ValueError) as problem:
        raise AnalysisError(
            where, f"broken XML ({problem})", "well-formed XML", "export the file again"
        ) from problem
    return root


def page(where: str, text: str) -> html.HtmlElement:
    """Parse an HTML page, and drop from it whatever a browser would run.

    Raises
    ------
    AnalysisError
        If there is no element in it.
    """
    try:
        # As bytes: lxml refuses characters that come with a declaration of their encoding.
        bare = re.sub(r"^\s*<\?xml[^>]*\?>", "", _legal(text))
        parser = html.HTMLParser(
            no_network=True,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
            encoding="utf-8",
        )
        root = html.document_fromstring(bare.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as problem:
        raise AnalysisError(
            where, f"no HTML page ({problem})", "a saved page", "save it again"
        ) from problem
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise AnalysisError(where, "a page nested too deeply to be read whole", "a saved page")
    for element in list(root.iter(*_DROPPED)):
        if element.getparent() is not None:
            element.drop_tree()
    return root


def _legal(text: str) -> str:
    """Leave out characters that no page may have; lxml reads some and then will not write them."""

    def known(reference: re.Match[str]) -> str:
        digits = (reference["hex"] or reference["decimal"]).lstrip("0")
        number = int(digits or "0", 16 if reference["hex"] else 10) if len(digits) < 8 else 0
        legal = 0 < number < 0x110000 and not _ILLEGAL.match(chr(number))
        return reference[0] if legal else " "

    return _REFERENCE.sub(known, _ILLEGAL.sub(" ", text))


def parse_json(where: str, text: str, line: int | None = 1) -> Any:
    """Parse JSON that begins on a line of a file, with the line where it breaks.

    Half of a pair of surrogates, which is no character, becomes U+FFFD.

    Raises
    ------
    AnalysisError
        If it is not JSON, or nested too deeply.
    """
    try:
        found = json.loads(_SURROGATE.sub("\ufffd", text))
        return _whole(found) if "\\ud" in text.lower() else found
    except json.JSONDecodeError as problem:
        raise AnalysisError(
            where if line is None else f"{where}, line {line + problem.lineno - 1}",
            f"broken JSON ({problem.msg})",
            "whole JSON",
        ) from problem
    except RecursionError as problem:
        raise AnalysisError(where, "JSON nested too deeply", "the JSON of a corpus") from problem
    except ValueError as problem:
        raise AnalysisError(where, f"broken JSON ({problem})", "whole JSON") from problem


def _whole(value: Any) -> Any:
    """Return a value of JSON without halves of surrogate pairs in its strings."""
    if isinstance(value, str):
        return _SURROGATE.sub("\ufffd", value)
    if isinstance(value, list):
        return [_whole(one) for one in value]
    if isinstance(value, dict):
        return {_whole(key): _whole(one) for key, one in value.items()}
    return value


def archive(path: Path, content: bytes, *, most: int = MOST_UNPACKED) -> zipfile.ZipFile:
    """Open a ZIP whose members are few, small in all, and stay in their folder.

    Parameters
    ----------
    path : pathlib.Path
    content : bytes
    most : int
        The most bytes that they may unpack to.

    Raises
    ------
    AnalysisError
        If it is broken, locked, names a member outside itself, unpacks to too much, or holds XML
        that declares entities.
    """
    try:
        found = zipfile.ZipFile(io.BytesIO(content))
        members = found.infolist()
    # The last is what zipfile raises at a kind of archive that it does not know.
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as problem:
        raise AnalysisError(
            path, f"a broken ZIP ({problem})", "a whole DOCX or XLSX", "save or fetch it again"
        ) from problem
    outside = [m.filename for m in members if _leaves(m.filename)]
    if outside:
        raise AnalysisError(
            path, f"a member outside the file's own folder ({outside[0]!r})", "a DOCX or XLSX"
        )
    size = sum(member.file_size for member in members)
    if size > most or len(members) > _MOST_MEMBERS:
        raise AnalysisError(
            path,
            f"unpacks to {size / 2**20:,.0f} MiB in {len(members):,} members",
            f"at most {most // 2**20} MiB in {_MOST_MEMBERS:,}",
            "split it, or save it as plain text",
        )
    if len({member.filename for member in members}) < len(members):
        raise AnalysisError(path, "two members of one name", "a DOCX or XLSX")
    office = {member.filename for member in members} & {"[Content_Types].xml", "mimetype"}
    for member in members:
        if office and member.filename.endswith((".xml", ".rels")):
            opening = read_member(path, found, member.filename)
            if _DECLARES.search(opening.replace(b"\x00", b"").decode("latin-1")):
                raise AnalysisError(
                    path, f"an entity declaration in {member.filename}", "a DOCX or XLSX"
                )
    return found


def read_member(path: Path, found: zipfile.ZipFile, name: str) -> bytes:
    """Return the bytes of one member.

    Raises
    ------
    AnalysisError
        If it is not there or damaged.
    """
    try:
        return found.read(name)
    except KeyError as problem:
        raise AnalysisError(path, f"no {name} in it", "a whole DOCX or XLSX") from problem
    except Exception as problem:  # zipfile lets out what its decompressors raise, and they differ
        raise AnalysisError(
            path, f"a damaged {name} ({problem})", "a whole DOCX or XLSX", "save or fetch it again"
        ) from problem


def _leaves(name: str) -> bool:
    plain = name.replace("\\", "/")
    parts = plain.split("/")
    return posixpath.isabs(plain) or ".." in parts or ":" in parts[0]

"""Write a coded corpus for QualCoder, NVivo, ATLAS.ti and MAXQDA: REFI-QDA (``.qdpx``, ``.qdc``).

A project is a ZIP with ``project.qde`` (XML) and the texts; a codebook is one XML file. Places are
counted in characters. The same tables give the same bytes: identifiers follow from the names.
"""

from __future__ import annotations

import io
import os
import re
import uuid
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from lxml import etree

from analysis.codebook.reading import Codebook
from analysis.errors import AnalysisError
from analysis.storage.files import replace_file

PROJECT = "urn:QDA-XML:project:1.0"
CODEBOOK = "urn:QDA-XML:codebook:1.0"
ORIGIN = "discourse-analysis-suite"
CODE_COLUMNS = ("code", "parent", "description", "colour", "codable")
MEMO = ("stance", "actor", "organisation", "printed", "mode", "agreement", "confidence",
        "stance_confidence")  # fmt: skip
"""What of a statement is written into the memo of its coding, a line each."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_SPACE = uuid.UUID("6ba7b811-9dad-11d1-80b4-00c04fd430c8")
_COLOURS = ("#4477AA", "#EE6677", "#228833", "#CCBB44", "#66CCEE", "#AA3377", "#BBBBBB")


def codes_of(codebook: Codebook) -> pd.DataFrame:
    """Return a codebook as a tree of codes: frames, and terms below them.

    Parameters
    ----------
    codebook : Codebook

    Returns
    -------
    pandas.DataFrame
        ``code``, ``parent`` (empty for a frame), ``description`` (definition, rules and patterns, a
        line each), ``colour``, ``codable`` (bool; terms are).

    Examples
    --------
    >>> from analysis.codebook import read_codebook
    >>> codes_of(read_codebook("data/codebook.toml"))["code"][0]  # doctest: +SKIP
    'security threat'
    """
    rows = []
    terms = set(codebook.terms["id"])
    for number, frame in enumerate(codebook.frames.to_dict("records")):
        # Other programs take a name once.
        name = f"{frame['id']} (frame)" if frame["id"] in terms else frame["id"]
        colour = _COLOURS[number % len(_COLOURS)]
        rows.append((name, "", f"{frame['definition']}\nsource: {frame['source']}", colour,
                     False))  # fmt: skip
        for term in codebook.terms[codebook.terms["frame"] == frame["id"]].to_dict("records"):
            lines = [term["definition"]]
            lines += [f"{part}: {term[part]}" for part in ("include", "exclude")]
            lines += [
                f"{part}: {' | '.join(term[part])}"
                for part in ("patterns", "exclusions", "positive", "negative")
                if term[part]
            ]
            rows.append((term["id"], name, "\n".join(lines), colour, True))
    return pd.DataFrame(rows, columns=list(CODE_COLUMNS))


def codings_of(statements: pd.DataFrame, *, coder: str = ORIGIN) -> pd.DataFrame:
    """Return statements, or occurrences, as codings: their term is the code, the rest the memo.

    Parameters
    ----------
    statements : pandas.DataFrame
        ``document``, ``start``, ``end``, ``term`` and any of :data:`MEMO`.
    coder : str

    Returns
    -------
    pandas.DataFrame
        ``document``, ``start``, ``end``, ``code``, ``coder``, ``memo``.

    Examples
    --------
    >>> found = pd.DataFrame([dict(document="d", start=0, end=2, term="t", stance="denied")])
    >>> codings_of(found)["memo"][0]
    'stance: denied'
    """
    memos = []
    for row in statements.to_dict("records"):
        told = [(name, row.get(name)) for name in MEMO]
        lines = [
            f"{name}: {' '.join(str(value).split())}"
            for name, value in told
            if value is not None and not pd.isna(value) and value != ""
        ]
        memos.append("\n".join(lines))
    table = statements[["document", "start", "end"]].assign(code=statements["term"], coder=coder)
    return table.assign(memo=memos).reset_index(drop=True)


def write_qdpx(
    codings: pd.DataFrame,
    codes: pd.DataFrame,
    texts: Mapping[str, str],
    path: str | os.PathLike[str],
) -> Path:
    """Write texts, codes and codings as a REFI-QDA project.

    Parameters
    ----------
    codings : pandas.DataFrame
        ``document``, ``start``, ``end``, ``code``, and ``coder`` and ``memo`` where known.
    codes : pandas.DataFrame
        ``code``, and ``parent``, ``description``, ``colour`` (#RRGGBB), ``codable`` where known;
        :func:`codes_of` makes them of a codebook.
    texts : mapping of str to str
        The characters of each document; those without a coding are written too.
    path : str or path-like
        Ends in ``.qdpx``.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    AnalysisError
        If a coding's document, code or span is not there, or a code's parent is not.

    Examples
    --------
    >>> write_qdpx(codings_of(found), codes_of(book), corpus.texts, "p.qdpx")  # doctest: +SKIP
    """
    path = _with_ending(path, ".qdpx")
    codes = _checked_codes(codes)
    _check_codings(codings, codes, texts)
    coders = sorted(set(codings["coder"]) if "coder" in codings else {ORIGIN}) or [ORIGIN]
    root = etree.Element(f"{{{PROJECT}}}Project", nsmap={None: PROJECT})
    root.set("name", path.stem)
    root.set("origin", ORIGIN)
    users = etree.SubElement(root, f"{{{PROJECT}}}Users")
    for coder in coders:
        etree.SubElement(users, f"{{{PROJECT}}}User", guid=_guid("user", coder), name=_legal(coder))
    _add_codes(etree.SubElement(root, f"{{{PROJECT}}}CodeBook"), codes, PROJECT)
    sources = etree.SubElement(root, f"{{{PROJECT}}}Sources") if texts else None
    by_document = dict(tuple(codings.groupby("document", sort=False)))
    files: dict[str, bytes] = {}
    for name, text in texts.items():
        guid = _guid("source", name)
        source = etree.SubElement(sources, f"{{{PROJECT}}}TextSource", guid=guid, name=_legal(name))
        source.set("plainTextPath", f"internal://{guid}.txt")
        source.set("creatingUser", _guid("user", coders[0]))
        files[f"Sources/{guid}.txt"] = text.encode("utf-8", "replace")
        for at, row in enumerate(by_document.get(name, codings.iloc[:0]).to_dict("records")):
            _add_coding(source, row, text, at, coders[0])
    data = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {"project.qde": data, **files}.items():
            archive.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content)
    return replace_file(path, sink.getvalue())


def write_qdc(codes: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a tree of codes as a REFI-QDA codebook.

    Parameters
    ----------
    codes : pandas.DataFrame
        As for :func:`write_qdpx`.
    path : str or path-like
        Ends in ``.qdc``.

    Returns
    -------
    pathlib.Path

    Raises
    ------
    AnalysisError
        If there is no code, one comes twice, or a parent is not there.
    """
    path = _with_ending(path, ".qdc")
    root = etree.Element(f"{{{CODEBOOK}}}CodeBook", nsmap={None: CODEBOOK}, origin=ORIGIN)
    _add_codes(root, _checked_codes(codes), CODEBOOK)
    data = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return replace_file(path, data)


def _with_ending(path: str | os.PathLike[str], ending: str) -> Path:
    path = Path(path)
    if path.suffix.lower() != ending:
        raise AnalysisError(path, f"the ending {path.suffix!r}", ending)
    return path


def _checked_codes(codes: pd.DataFrame) -> pd.DataFrame:
    if "code" not in codes or codes.empty:
        raise AnalysisError("codes", "no code", "a table with the column code and a row at least")
    standard = {"parent": "", "description": "", "colour": "", "codable": True}
    table = codes.reindex(columns=list(CODE_COLUMNS)).reset_index(drop=True)
    for name, value in standard.items():
        table[name] = table[name].astype(object).where(table[name].notna(), value)
    twice = table.loc[table["code"].duplicated(), "code"]
    if len(twice):
        raise AnalysisError("codes", f"{twice.iloc[0]!r} again", "each code once")
    known = set(table["code"])
    for row in table.itertuples():
        if row.parent and row.parent not in known:
            raise AnalysisError(
                "codes", f"{row.code!r} is below {row.parent!r}, which is not there"
            )
        if row.colour and not re.fullmatch(r"#[0-9A-Fa-f]{6}", row.colour):
            raise AnalysisError(f"codes, {row.code!r}", f"the colour {row.colour!r}", "#RRGGBB")
    reached = set(table.loc[table["parent"] == "", "code"])
    while True:
        more = set(table.loc[table["parent"].isin(reached), "code"]) - reached
        if not more:
            break
        reached |= more
    if reached != known:
        raise AnalysisError("codes", f"{min(known - reached)!r} is below itself", "a tree of codes")
    return table


def _check_codings(codings: pd.DataFrame, codes: pd.DataFrame, texts: Mapping[str, str]) -> None:
    missing = [name for name in ("document", "start", "end", "code") if name not in codings]
    if missing:
        raise AnalysisError("codings", f"no column {missing[0]!r}", "document, start, end, code")
    known = set(codes["code"])
    for at, row in enumerate(codings.to_dict("records"), 1):
        where = f"codings, row {at}"
        if row["document"] not in texts:
            raise AnalysisError(where, f"document {row['document']!r} has no text", "its text")
        if row["code"] not in known:
            raise AnalysisError(where, f"the code {row['code']!r}", "a code of the table of codes")
        if not 0 <= row["start"] < row["end"] <= len(texts[row["document"]]):
            raise AnalysisError(
                where,
                f"the span {row['start']} to {row['end']}",
                f"a span inside the {len(texts[row['document']])} characters of the document",
            )


def _add_codes(parent: etree._Element, codes: pd.DataFrame, space: str) -> None:
    holder = etree.SubElement(parent, f"{{{space}}}Codes")
    below: dict[str, list[dict]] = {}
    for row in codes.to_dict("records"):
        below.setdefault(row["parent"], []).append(row)

    def add(under: etree._Element, row: dict) -> None:
        element = etree.SubElement(
            under,
            f"{{{space}}}Code",
            guid=_guid("code", row["code"]),
            name=_legal(row["code"]),
            isCodable="true" if row["codable"] else "false",
        )
        if row["colour"]:
            element.set("color", row["colour"])
        if row["description"]:
            text = etree.SubElement(element, f"{{{space}}}Description")
            text.text = _legal(row["description"])
        for child in below.get(row["code"], ()):
            add(element, child)

    for row in below.get("", ()):
        add(holder, row)


def _add_coding(source: etree._Element, row: dict, text: str, at: int, standard: str) -> None:
    key = f"{source.get('guid')}\n{at}\n{row['start']}\n{row['end']}\n{row['code']}"
    user = _guid("user", row.get("coder") or standard)
    selection = etree.SubElement(
        source,
        f"{{{PROJECT}}}PlainTextSelection",
        guid=_guid("selection", key),
        name=_legal(" ".join(text[row["start"] : row["end"]].split()))[:80],
        startPosition=str(int(row["start"])),
        endPosition=str(int(row["end"])),
        creatingUser=user,
    )
    if row.get("memo"):
        etree.SubElement(selection, f"{{{PROJECT}}}Description").text = _legal(row["memo"])
    coding = etree.SubElement(
        selection, f"{{{PROJECT}}}Coding", guid=_guid("coding", key), creatingUser=user
    )
    etree.SubElement(coding, f"{{{PROJECT}}}CodeRef", targetGUID=_guid("code", row["code"]))


def _guid(kind: str, name: str) -> str:
    return str(uuid.uuid5(_SPACE, f"{kind}\n{name}".encode("utf-8", "replace").decode()))


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)

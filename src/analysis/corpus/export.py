"""Corpora and networks out again, in the formats that other tools expect."""

from __future__ import annotations

import io
import json
import os
import re
import zipfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd
from lxml import etree

from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.readers.convokit import NOBODY
from analysis.storage import csv_tables
from analysis.storage.files import replace_file

COLUMNS = (
    "document",
    "title",
    "date",
    "utterance",
    "label",
    "speaker",
    "affiliation",
    "group",
    "mode",
    "words",
    "text",
)
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_WRITTEN = re.compile(rb"(<dcterms:(?:created|modified)\b[^>]*>)[^<]*")
_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_UNSAFE = re.compile(r"[^\w.\-]+")
_LONGEST_CELL = 32_767
_OF_UTTERANCES = ("mode", "document", "affiliation", "group")
_LONGEST_NAME = 100
_TEI = "http://www.tei-c.org/ns/1.0"
_SAID = {"direct": "true", "indirect": "false"}
_ID = "{http://www.w3.org/XML/1998/namespace}id"


def turns(corpus: Corpus) -> pd.DataFrame:
    """Return one row per utterance with its words.

    Parameters
    ----------
    corpus : Corpus

    Returns
    -------
    pandas.DataFrame
        ``document``, ``title``, ``date``, ``utterance``, ``label``, ``speaker``,
        ``affiliation``, ``group``, ``mode``, ``words``, ``text``.

    Examples
    --------
    >>> from analysis.text.document import from_turns
    >>> made = Corpus.of([from_turns("talk", [("A", "We met."), ("B", "No.")])])
    >>> turns(made)[["speaker", "text"]].values.tolist()
    [['A', 'We met.'], ['B', 'No.']]
    """
    rows = corpus.utterances.merge(corpus.documents[["document", "title", "date"]], on="document")
    spans = zip(rows["document"], rows["body"], rows["end"], strict=True)
    rows = rows.assign(text=[corpus.texts[name][body:end].strip() for name, body, end in spans])
    return rows[list(COLUMNS)]


def to_csv(corpus: Corpus, path: str | os.PathLike[str]) -> Path:
    """Write one row per utterance as CSV (UTF-8 with a byte order mark, which Excel asks for)."""
    return replace_file(path, "\ufeff".encode() + csv_tables.to_csv(turns(corpus)))


def to_excel(corpus: Corpus, path: str | os.PathLike[str]) -> Path:
    """Write one row per utterance as a workbook; no cell of it is a formula.

    Raises
    ------
    AnalysisError
        If an utterance is longer than a cell may be (32,767 characters).
    """
    import openpyxl

    table = turns(corpus)
    long = table[table["text"].str.len() > _LONGEST_CELL]
    if len(long):
        raise AnalysisError(
            f"{long.iloc[0]['document']}, utterance {long.iloc[0]['utterance']}",
            f"{len(long.iloc[0]['text']):,} characters",
            f"at most {_LONGEST_CELL:,}, which is what a cell of a workbook holds",
            "write CSV or Parquet",
        )
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("utterances")
    sheet.append(list(table.columns))
    for row in csv_tables.disarm(table).astype(object).itertuples(index=False):
        sheet.append([_legal(value) if isinstance(value, str) else value for value in row])
    sink = io.BytesIO()
    book.save(sink)
    return replace_file(path, _undated(sink.getvalue()))


def _undated(book: bytes) -> bytes:
    """Return a workbook without the time and the system of its writing."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(sink, "w") as new:
        for name in sorted(old.namelist()):
            data = old.read(name)
            if name == "docProps/core.xml":
                data = _WRITTEN.sub(rb"\g<1>1980-01-01T00:00:00Z", data)
            member = zipfile.ZipInfo(name)  # dated 1980, the first day that a ZIP knows
            member.create_system = 3
            new.writestr(member, data, zipfile.ZIP_DEFLATED)
    return sink.getvalue()


def to_parquet(corpus: Corpus, path: str | os.PathLike[str]) -> Path:
    """Write one row per utterance as Parquet, the texts just as they are."""
    sink = io.BytesIO()
    turns(corpus).to_parquet(sink, index=False)
    return replace_file(path, sink.getvalue())


def to_json_lines(corpus: Corpus, path: str | os.PathLike[str]) -> Path:
    """Write one JSON object per utterance and line, the texts just as they are."""
    return replace_file(path, _json_lines(turns(corpus).astype(object).to_dict("records")))


def to_convokit(corpus: Corpus, folder: str | os.PathLike[str]) -> Path:
    """Write a folder that ConvoKit's ``Corpus(filename=…)`` opens.

    Each utterance replies to the one before it; those without a speaker have the speaker
    ``(none)``, since ConvoKit knows no others. Affiliation and group are told of utterances too,
    for they may differ between two appearances of one speaker.
    """
    folder = Path(folder)
    table = turns(corpus)
    who = table["speaker"].replace("", NOBODY)
    utterances: list[dict] = []
    before: dict = {}
    for row, speaker in zip(table.itertuples(), who, strict=True):
        key = f"{row.document}_{row.utterance}"
        utterances.append(
            {
                "id": key,
                "conversation_id": f"{row.document}_0",
                "text": row.text,
                "speaker": speaker,
                "meta": {name: getattr(row, name) for name in _OF_UTTERANCES},
                "reply-to": before.get(row.document),
                "timestamp": None,
                "vectors": [],
            }
        )
        before[row.document] = key
    first = table.assign(speaker=who).drop_duplicates("speaker")
    speakers = {
        row.speaker: {
            "meta": {"affiliation": row.affiliation, "group": row.group},
            "vectors": [],
        }
        for row in first.itertuples()
    }
    conversations = {
        f"{row.document}_0": {"meta": {"title": row.title, "date": row.date}, "vectors": []}
        for row in corpus.documents.itertuples()
    }
    index = {
        "utterances-index": {name: ["<class 'str'>"] for name in _OF_UTTERANCES},
        "speakers-index": {"affiliation": ["<class 'str'>"], "group": ["<class 'str'>"]},
        "conversations-index": {"title": ["<class 'str'>"], "date": ["<class 'str'>"]},
        "overall-index": {},
        "version": 1,
        "vectors": [],
    }
    replace_file(folder / "utterances.jsonl", _json_lines(utterances))
    for name, content in (
        ("speakers", speakers),
        ("conversations", conversations),
        ("corpus", {}),
        ("index", index),
    ):
        replace_file(folder / f"{name}.json", json.dumps(content, ensure_ascii=True))
    return folder


def to_tei(corpus: Corpus, folder: str | os.PathLike[str]) -> Path:
    """Write one TEI file per document, after ParlaMint.

    Turns are ``u`` with ``seg``, each with an identifier, and what nobody says between them is
    ``note``. A text without turns is ``p``, with ``said`` for what it quotes or reports. Who is
    who stands in ``listPerson``, and the groups in a taxonomy that ``ana`` points to.
    """
    folder = Path(folder)
    # With all its white space: it parts the paragraphs.
    whole = [
        corpus.texts[row.document][row.body : row.end] for row in corpus.utterances.itertuples()
    ]
    table = turns(corpus).assign(whole=whole)
    told = corpus.documents.set_index("document")[["title", "date"]].T.to_dict()
    for number, (name, rows) in enumerate(table.groupby("document", sort=False), 1):
        root = _tei_document(told[name]["title"] or str(name), told[name]["date"], rows, number)
        data = etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
        replace_file(folder / f"{_file_name(str(name), number)}.xml", data)
    return folder


def _tei_document(title: str, date: str, rows: pd.DataFrame, number: int) -> etree._Element:
    root = etree.Element(f"{{{_TEI}}}TEI", nsmap={None: _TEI})
    root.set(_ID, f"d{number}")
    speakers = rows[rows["speaker"] != ""].drop_duplicates("speaker")
    persons = {speaker: f"s{n}" for n, speaker in enumerate(speakers["speaker"], 1)}
    groups = {group: f"g{n}" for n, group in enumerate(filter(None, rows["group"].unique()), 1)}
    header = _add(root, "teiHeader")
    description = _add(header, "fileDesc")
    _add(_add(description, "titleStmt"), "title", title)
    _add(_add(description, "publicationStmt"), "p", "Exported for private study.")
    _add(_add(description, "sourceDesc"), "p", "See the corpus it was exported from.")
    if groups:
        taxonomy = _add(_add(_add(header, "encodingDesc"), "classDecl"), "taxonomy")
        for group, key in groups.items():
            category = _add(taxonomy, "category")
            category.set(_ID, f"d{number}.{key}")
            _add(_add(category, "catDesc"), "term", group)
    profile = _add(header, "profileDesc") if persons or date else header
    if date:
        setting = _add(_add(_add(profile, "settingDesc"), "setting"), "date", date)
        if _DATE.fullmatch(date):
            setting.set("when", date)
    if persons:
        listed = _add(_add(profile, "particDesc"), "listPerson")
        for speaker, affiliation in zip(persons, speakers["affiliation"], strict=True):
            person = _add(listed, "person")
            person.set(_ID, f"d{number}.{persons[speaker]}")
            _add(person, "persName", speaker)
            if affiliation:
                _add(person, "affiliation", affiliation)
    division = _add(_add(_add(root, "text"), "body"), "div")
    _fill(division, rows, f"d{number}", persons, groups)
    return root


def _fill(
    division: etree._Element,
    rows: pd.DataFrame,
    key: str,
    persons: Mapping[str, str],
    groups: Mapping[str, str],
) -> None:
    if not (rows["mode"] == "turn").any():
        # A division of notes alone is no TEI; prose is paragraphs.
        _fill_prose(division, rows, key, persons)
        return
    for row in rows.itertuples():
        if not row.speaker:
            _add(division, "note", row.text)
            continue
        said = _add(division, "u")
        said.set(_ID, f"{key}.u{row.utterance}")
        said.set("who", f"#{key}.{persons[row.speaker]}")
        if row.group:
            said.set("ana", f"#{key}.{groups[row.group]}")
        for n, paragraph in enumerate(filter(str.strip, row.text.split("\n")), 1):
            _add(said, "seg", paragraph).set(_ID, f"{key}.u{row.utterance}.seg{n}")


def _fill_prose(
    division: etree._Element, rows: pd.DataFrame, key: str, persons: Mapping[str, str]
) -> None:
    """Write paragraphs; what somebody is quoted or reported to say stands in ``said``."""
    paragraph = None
    for row in rows.itertuples():
        for number, piece in enumerate(row.whole.split("\n")):
            if not piece.strip():
                paragraph = paragraph if piece and not number else None
                continue
            paragraph = _add(division, "p") if number or paragraph is None else paragraph
            if row.mode in _SAID:
                said = _add(paragraph, "said", piece)
                said.set("direct", _SAID[row.mode])
                if row.speaker:
                    said.set("who", f"#{key}.{persons[row.speaker]}")
            elif len(paragraph):
                paragraph[-1].tail = (paragraph[-1].tail or "") + _legal(piece)
            else:
                paragraph.text = (paragraph.text or "") + _legal(piece)


def _add(parent: etree._Element, tag: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, f"{{{_TEI}}}{tag}")
    element.text = _legal(text) or None
    return element


def to_quanteda(corpus: Corpus, path: str | os.PathLike[str]) -> Path:
    """Write a CSV for quanteda: ``corpus(read.csv(path, encoding = "UTF-8"))``.

    One row per utterance: ``doc_id`` (document and number) and ``text``, which are the fields that
    ``corpus()`` looks for, and the rest as docvars. Base R's ``read.csv`` is meant: readtext reads
    with data.table's ``fread``, which leaves doubled quotation marks doubled (data.table issue
    4779).
    """
    table = turns(corpus)
    keys = table["document"] + "_" + table["utterance"].astype(str)
    table.insert(0, "doc_id", keys)
    table.insert(1, "text", table.pop("text"))
    return replace_file(path, csv_tables.to_csv(table))


def to_antconc(corpus: Corpus, folder: str | os.PathLike[str]) -> Path:
    """Write a folder of UTF-8 texts, one per document and speaker, as AntConc opens them.

    AntConc takes plain ``.txt`` files, by default as UTF-8, and tells them apart by name only; so
    document and speaker are in the names.
    """
    folder = Path(folder)
    groups = turns(corpus).groupby(["document", "speaker"], sort=False)
    for number, ((document, speaker), rows) in enumerate(groups, 1):
        name = _file_name(f"{document}__{speaker or 'none'}", number)
        replace_file(folder / f"{name}.txt", _encoded("\n\n".join(rows["text"]) + "\n"))
    return folder


def _json_lines(records: list[dict]) -> bytes:
    return "".join(f"{json.dumps(record)}\n" for record in records).encode()


def _encoded(text: str) -> bytes:
    # A text may hold half a surrogate pair, which no file can.
    return text.encode("utf-8", "replace")


def _legal(text: str) -> str:
    return _ILLEGAL.sub("\ufffd", text)


def _file_name(name: str, number: int) -> str:
    r"""Return a name that stays in its folder and that every system takes.

    Examples
    --------
    >>> _file_name("../a b\n", 3)
    '0003_a_b'
    """
    return f"{number:04d}_{_UNSAFE.sub('_', name)[:_LONGEST_NAME].strip('._')}"

"""Abstracts of reference managers: RIS and BibTeX, one document a record."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterator

from analysis.errors import AnalysisError
from analysis.readers.date_forms import iso
from analysis.text.document import Document, changed, from_spans

_RIS = re.compile(
    r"\ufeff?\s*(?:(?:[A-Z][A-Z0-9]  - |(?:Provider|Database|Content): ?).*\n\s*){0,5}TY  - "
)
_RIS_LINE = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  -(?: (?P<value>.*)|\s*)")
_ENTRY = re.compile(r"^[^\S\n]*@(?P<type>[A-Za-z]+)\s*[{(]", re.MULTILINE)
_FIELD = re.compile(r"\s*,?\s*(?P<name>[A-Za-z][\w-]*)\s*=\s*")
_NO_RECORDS = frozenset(["comment", "string", "preamble"])
_TYPES = frozenset(
    (
        *("article", "book", "booklet", "conference", "inbook", "incollection", "manual"),
        *("inproceedings", "mastersthesis", "misc", "online", "phdthesis", "proceedings"),
        *("report", "techreport", "thesis", "unpublished", "newspaperarticle", "electronic"),
    )
)
_MOST_BEFORE = 6
_ACCENT = re.compile(r"\\(?P<mark>[`'^\"~=.uvHckr])\s*(?:\{\\?(?P<a>\w)\}|\\?(?P<b>[A-Za-z]))")
_MARKS = dict(
    zip(
        "`'^\"~=.uvHckr",
        "\u0300\u0301\u0302\u0308\u0303\u0304\u0307\u0306\u030c\u030b\u0327\u0328\u030a",
        strict=True,
    )
)
_LETTERS = {
    "ss": "ß",
    "o": "ø",
    "O": "Ø",
    "l": "ł",
    "L": "Ł",
    "ae": "æ",
    "AE": "Æ",
    "oe": "œ",
    "OE": "Œ",
    "aa": "å",
    "AA": "Å",
    "i": "ı",
}
_LETTER = re.compile(r"\\(?P<name>ss|o|O|l|L|ae|AE|oe|OE|aa|AA|i)(?![A-Za-z])(?:\{\}|\s)?")
_COMMAND = re.compile(r"\\[A-Za-z]+\s*|\\(?=[&%$#_{}])")


def is_ris(text: str) -> bool:
    r"""Return whether a text is an export in RIS.

    Examples
    --------
    >>> is_ris("TY  - NEWS\nTI  - Keeper Backs Locks\nER  - \n")
    True
    """
    return bool(_RIS.match(text[:4000]))


def is_bibtex(text: str) -> bool:
    r"""Return whether a text is a BibTeX file.

    Examples
    --------
    >>> is_bibtex("@article{arden2021,\n  title = {Locks}\n}\n")
    True
    """
    entries = _ENTRY.finditer(text[:4000])
    entry = next((one for one in entries if one["type"].lower() not in _NO_RECORDS), None)
    if entry is None:
        return False
    # What stands outside of the entries is a comment: "Scopus", "EXPORT DATE: 4 March 2021".
    before = [line for line in text[: entry.start()].split("\n") if line.strip()]
    comments = all(re.match(r"\s*[%@]", line) for line in before)
    comments = comments or (len(before) <= _MOST_BEFORE and entry["type"].lower() in _TYPES)
    return comments and bool(re.match(r"[^,=]{0,200},\s*[A-Za-z][\w-]*\s*=", text[entry.end() :]))


def read_ris(document: str, text: str, where: str) -> list[Document]:
    """Read the abstracts of an export in RIS; see :func:`read_bibtex`."""
    records = []
    fields: dict[str, list[str]] = {}
    last = ""
    for line in text.splitlines():
        found = _RIS_LINE.fullmatch(line.strip("\ufeff").rstrip())
        if found is None:
            if last and line.strip():
                fields[last][-1] += f" {line.strip()}"
            continue
        last = found["tag"]
        if last == "TY":
            fields = {}
        fields.setdefault(last, []).append((found["value"] or "").strip())
        if last == "ER":
            records.append(fields)
            fields, last = {}, ""
    if fields:
        records.append(fields)
    return _documents(document, where, "RIS", [_of_ris(one) for one in records])


def _of_ris(fields: dict[str, list[str]]) -> dict[str, str]:
    def first(*tags: str) -> str:
        return next((fields[tag][0] for tag in tags if fields.get(tag) and fields[tag][0]), "")

    dates = [
        iso(value.strip("/ ").replace("//", ""))
        for value in (first("DA"), first("PY"), first("Y1"))
    ]
    best = max(dates, key=len, default="")
    authors = fields.get("AU") or fields.get("A1") or []
    return {
        "text": first("AB", "N2", "AV"),
        "title": first("TI", "T1", "CT"),
        "date": best,
        "source": first("T2", "JO", "JF", "JA", "PB"),
        "author": "; ".join(authors),
    }


def read_bibtex(document: str, text: str, where: str) -> list[Document]:
    """Read the abstracts of a BibTeX file, one document a record.

    Parameters
    ----------
    document : str
        The file's name; its records are numbered.
    text : str
    where : str
        The file, for the error message.

    Returns
    -------
    list of Document
        ``title``, ``date``, ``source`` and ``author`` in the metadata; a record without an
        abstract has no text and is counted in the notes.

    Raises
    ------
    AnalysisError
        If no record has an abstract.
    """
    records = []
    for fields in _entries(text):
        day = fields.get("date") or "-".join(
            filter(None, (fields.get("year", ""), fields.get("month", "")))
        )
        records.append(
            {
                "text": fields.get("abstract", ""),
                "title": fields.get("title", ""),
                "date": iso(day)
                or iso(f"1 {fields.get('month', '')} {fields.get('year', '')}")[:7]
                or iso(fields.get("year", "")),
                "source": fields.get("journal")
                or fields.get("journaltitle")
                or fields.get("booktitle")
                or fields.get("publisher", ""),
                "author": re.sub(r"\s+and\s+", "; ", fields.get("author", "")),
            }
        )
    return _documents(document, where, "BibTeX", records)


def _entries(text: str) -> Iterator[dict[str, str]]:
    for entry in _ENTRY.finditer(text):
        if entry["type"].lower() in _NO_RECORDS:
            continue
        comma = text.find(",", entry.end())
        if comma < 0:
            continue
        at = comma
        fields: dict[str, str] = {}
        while found := _FIELD.match(text, at):
            value, at = _value(text, found.end())
            fields.setdefault(found["name"].lower(), _unlatex(value))
        yield fields


def _value(text: str, at: int) -> tuple[str, int]:
    """Return a field's value, in braces, in quotation marks or bare, and where it ends."""
    opens = text[at : at + 1]
    if opens not in {"{", '"'}:
        found = re.compile(r"[^,}\n]*").match(text, at)
        return (found[0].strip(), found.end()) if found else ("", at)
    depth = 0
    for position in range(at + 1, len(text)):
        letter = text[position]
        if letter == "\\":
            continue
        escaped = text[position - 1] == "\\"
        if letter == "{" and not escaped:
            depth += 1
        elif letter == '"' and opens == '"' and depth == 0 and not escaped:
            return text[at + 1 : position], position + 1
        elif letter == "}" and not escaped:
            if depth == 0 and opens == "{":
                return text[at + 1 : position], position + 1
            depth -= 1
    return text[at + 1 :], len(text)


def _unlatex(value: str) -> str:
    def accented(found: re.Match[str]) -> str:
        return unicodedata.normalize("NFC", (found["a"] or found["b"]) + _MARKS[found["mark"]])

    plain = _ACCENT.sub(accented, value)
    plain = _LETTER.sub(lambda found: _LETTERS[found["name"]], plain)
    plain = _COMMAND.sub("", plain).replace("{", "").replace("}", "").replace("~", " ")
    return " ".join(plain.replace("---", "—").replace("--", "–").split())


def _documents(name: str, where: str, form: str, records: list[dict[str, str]]) -> list[Document]:
    kept = [record for record in records if record["text"].strip()]
    if not kept:
        raise AnalysisError(
            where,
            f"{len(records):,} records of {form} without an abstract",
            "records with abstracts",
            "export them with the field AB (RIS) or abstract (BibTeX)",
        )
    width = len(str(len(kept)))
    missing = len(records) - len(kept)
    notes = (f"{missing:,} of {len(records):,} records have no abstract",) if missing else ()
    made = []
    for number, record in enumerate(kept, 1):
        text = " ".join(re.sub(r"<[^<>]{1,40}>", " ", html.unescape(record["text"])).split())
        told = {"kind": "abstract"} | {
            key: html.unescape(value) for key, value in record.items() if value and key != "text"
        }
        document = name if len(kept) == 1 else f"{name}-{number:0{width}}"
        one = from_spans(document, text, [(0, 0, len(text), "", "", "narration")], told)
        made.append(changed(one, notes=notes))
    return made

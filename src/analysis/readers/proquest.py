"""ProQuest: the stories of an export, as text or as a page."""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.readers.date_forms import iso
from analysis.readers.press import Story, paragraphs

_OPENING = 60_000
_NAMES = (
    "Author|Publication info|Abstract|Links|Full text|Subject|Location|People"
    "|Company / organization"
    "|Classification|Identifier / keyword|Title|Publication title|Volume|Issue|Pages|First page"
    "|Number of pages|Publication year|Publication date|Year|Section|Publisher|Place of publication"
    "|Country of publication|Publication subject|ISSN|ISBN|CODEN|Source type|Source"
    "|Language of publication|Language|Document type|Document feature|DOI|ProQuest document ID"
    "|Accession number|Document URL|Copyright|Last updated|Database|Column|Dateline|Credit|Caption"
    "|Illustration|Correction|Correction date|Supplement|Edition|Product name|Duns|Ticker|NAICS"
    "|Online publication date|Publication history|Alternate title|Series"
)
_FIELD = re.compile(rf"^[^\S\n]*(?P<name>{_NAMES})[^\S\n]*:[^\S\n]*", re.MULTILINE)
_COUNT = re.compile(r"^[^\S\n]*Document \d+ of \d+[^\S\n]*$", re.MULTILINE)
_RULE = re.compile(r"^[^\S\n]*_{10,}[^\S\n]*$", re.MULTILINE)
_SIGNS = re.compile(
    r"^[^\S\n]*(?:ProQuest document (?:ID|link)\b|Publication info\s*:|Report Information from "
    r"ProQuest|.*\bsearch\.proquest\.com/docview|.*\bwww\.proquest\.com/docview)",
    re.MULTILINE,
)
_TITLED = re.compile(r"(?:http|ProQuest document link|Find a copy|Links?\b|Document \d)")
_FOOT = re.compile(
    r"(?:Contact (?:us|ProQuest)|Terms and Conditions|Copyright ©|_{10,}|Database "
    r"copyright|Bibliography)",
    re.IGNORECASE,
)


def is_proquest(text: str) -> bool:
    r"""Return whether a text is an export of ProQuest.

    Examples
    --------
    >>> is_proquest("Keeper Backs Locks\n\nPublication info: The Post; 4 Mar 2021\n\n"
    ...             "Full text: The keeper said so.\n\nSubject: Locks\n")
    True
    """
    top = text[:_OPENING]
    return len(_FIELD.findall(top)) >= 3 and bool(_SIGNS.search(top))


def stories(text: str) -> Iterator[Story]:
    """Yield the stories of an export; without a full text, the abstract, which the note says."""
    if _COUNT.search(text):
        parts = _COUNT.split(text)[1:]
    else:
        parts = [part for part in _RULE.split(text) if len(_FIELD.findall(part)) >= 3] or [text]
    for part in parts:
        yield _story(part)


def _story(text: str) -> Story:
    text = _RULE.split(text.strip("_ \n"))[0]
    marks = list(_FIELD.finditer(text))
    told: dict[str, str] = {}
    ends = [mark.start() for mark in marks[1:]] + [len(text)]
    for mark, end in zip(marks, ends, strict=True):
        told.setdefault(mark["name"], text[mark.end() : end])
    above = text[: marks[0].start()] if marks else text
    heads = [part for part in paragraphs(above) if not _TITLED.match(part)]
    found = paragraphs(told.get("Full text", ""))
    note = ""
    if not found:
        found = paragraphs(told.get("Abstract", ""))
        note = "no full text in the export: the abstract is read" if found else ""
    body = []
    for part in found:
        if _FOOT.match(part) or part in {"Enlarge this image.", "[IMAGE]"}:
            continue
        if _TITLED.match(part) and len(part.split()) <= 6:
            continue
        body.append(part)
    info = " ".join(told.get("Publication info", "").split())
    source = re.split(r"\s*[;\[]|,\s*[^,]*$", " ".join(told.get("Publication title", "").split()))[
        0
    ]
    dates = (told.get("Publication date", ""), *re.findall(r"\d{1,2} \w{3,9}\.? \d{4}", info), info)
    title = " ".join(told.get("Title", "").split()) or (heads[0] if heads else "")
    return Story(
        tuple(body),
        title=title,
        date=next(filter(None, map(iso, dates)), ""),
        source=source or re.split(r"\s*[;\[]", info)[0],
        author=" ".join(told.get("Author", "").split()),
        section=" ".join(told.get("Section", "").split()),
        length=" ".join(told.get("Word count", "").split()),
        note=note,
    )

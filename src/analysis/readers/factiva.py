"""Factiva: the stories of a saved page, of a text, or of the XML that its service gives."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree, html

from analysis.readers.date_forms import iso
from analysis.readers.press import Story, lines, paragraphs

_OPENING = 200_000
_FIELDS = {
    "HD": "title",
    "HL": "title",
    "BY": "author",
    "WC": "length",
    "PD": "date",
    "SN": "source",
    "SE": "section",
}
_TEXT = ("LP", "TD")
_NAMED = re.compile(
    r"^(?P<name>SE|HD|HL|BY|CR|CX|WC|PD|ET|SN|SC|ED|PG|VOL|LA|CY|LP|TD|CT|RF|CO|IN|NS|RE|IPC|IPD|PUB|AN|ART|CLM)"
    r"(?:[ \t]{1,8}|[ \t]*$)",
    re.MULTILINE,
)
_DOCUMENT = re.compile(r"^[^\S\n]*Document [A-Z]{2,8}\d*[A-Za-z0-9]{12,30}[^\S\n]*$", re.MULTILINE)
_WORDS = re.compile(
    r"^[^\S\n]*\d[\d.,\u00a0\u202f]* "
    r"(?:words?|mots|Wörter|palabras|parole|woorden|palavras|ord|слов\w*)[^\S\n]*$",
    re.MULTILINE,
)
_BYLINE = re.compile(r"(?:By|Par|Von|Por|Di|Door|Av|Af)\s|[A-ZÀ-Þ][\w.’'-]+(?: [\w.’'-]+){1,3}$")
_TIME = re.compile(r"\d{1,2}:\d\d")
_RIGHTS = re.compile(r"Copyright|©|\([cC]\)")
_CODE_OF_SOURCE = re.compile(r"[A-Z][A-Z0-9]{1,9}|[A-Z]?\d{1,4}")
_LANGUAGE = re.compile(
    r"(?:English|French|German|Spanish|Italian|Dutch|Portuguese|Swedish|Danish|Norwegian|Russian"
    r"|Polish|Anglais|Français|Allemand|Deutsch|Englisch|Español|Italiano|Nederlands)$"
)
_PUBLISHER = re.compile(
    r"(?!.*[?!…:]$)(?=[A-ZÀ-ÞА-Я\d])(?:\S+ ){0,7}(?:\S*[^\s.\"”»]"
    r"|(?:Inc|Ltd|Co|Corp|S\.A|B\.V|N\.V|S\.p\.A|e\.V|A\.S|A/S|L\.P|S\.L|plc|Pty)\.)"
)
_SHORT = 3
_HEAD = 8
_PAGE = re.compile(r"class=[\"']article ")
_CODE = re.compile(r"<td[^>]*>\s*(?:<b>)?\s*HD\s*<")
_ARTICLE = "//div[starts-with(normalize-space(@class), 'article ')]"


def is_page(text: str) -> bool:
    """Return whether a page was saved from Factiva in full, with its two-letter field names."""
    top = text[:_OPENING]
    return bool(_PAGE.search(top)) and ("articleParagraph" in top or bool(_CODE.search(top)))


def stories_of_page(root: html.HtmlElement) -> Iterator[Story]:
    """Yield the stories of a page, each a table of fields by their two-letter names, or parts."""
    for article in root.xpath(_ARTICLE):
        if not article.xpath(".//table"):
            yield _as_shown(article)
            continue
        told: dict[str, str] = {}
        body: list[str] = []
        for row in article.iter("tr"):
            cells = [cell for cell in row if cell.tag in {"td", "th"}]
            name = "".join(cells[0].itertext()).strip() if len(cells) == 2 else ""
            if name in _TEXT:
                body += paragraphs(lines(cells[1]))
            elif name in _FIELDS:
                told.setdefault(_FIELDS[name], " ".join("".join(cells[1].itertext()).split()))
        yield Story(tuple(body), **{**told, "date": iso(told.get("date", ""))})


def _as_shown(article: html.HtmlElement) -> Story:
    """Return a story of a page as it is shown, whose head is a row of parts without a name."""
    told: dict[str, str] = {}
    body: list[str] = []
    for part in article.iter("div", "p", "span"):
        marks = part.get("class", "")
        text = " ".join("".join(part.itertext()).split())
        if "articleParagraph" in marks:
            body += paragraphs(lines(part))
        elif marks.endswith("Headline"):
            told["title"] = text
        elif "author" in marks:
            told["author"] = text
        elif body or part.tag != "div" or part.find(".//div") is not None:
            continue
        elif re.fullmatch(r"[\d,.]+ \w+", text):
            told["length"] = text
        elif "date" not in told and len(text.split()) <= 5 and (date := iso(text)):
            told["date"] = date
        elif "date" in told and "source" not in told and not re.match(r"\d\d:\d\d", text):
            told["source"] = text
    return Story(tuple(body), **told)


def is_text(text: str) -> bool:
    """Return whether a text, or that of an RTF, is an export with two-letter field names."""
    names = {found["name"] for found in _NAMED.finditer(text[:_OPENING])}
    return {"HD", "SN", "PD"} <= names and bool(names & set(_TEXT))


def stories(text: str) -> Iterator[Story]:
    r"""Yield the stories of a text, each a list of fields by their two-letter names.

    Examples
    --------
    >>> text = "HD  Locks\nPD  4 March 2021\nSN  P\nLP\nThe keeper\nsaid so.\nAN  Document x\n"
    >>> [(story.title, story.date, story.body) for story in stories(text)]
    [('Locks', '2021-03-04', ('The keeper said so.',))]
    """
    marks = list(_NAMED.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    told: dict[str, str] = {}
    body: list[str] = []
    ended = False
    for mark, end in zip(marks, ends, strict=True):
        name, value = mark["name"], text[mark.end() : end]
        if ended or (name == "HD" and (body or "title" in told)):
            yield Story(tuple(body), **{**told, "date": iso(told.get("date", ""))})
            told, body, ended = {}, [], False
        if name in _TEXT:
            body += paragraphs(value)
        elif name in _FIELDS:
            told.setdefault(_FIELDS[name], " ".join(value.split()))
        ended = name == "AN"
    if body:
        yield Story(tuple(body), **{**told, "date": iso(told.get("date", ""))})


def is_shown(text: str) -> bool:
    r"""Return whether a text is an export as shown: no names of fields, each story's code below it.

    Examples
    --------
    >>> is_shown("Locks\n\n8 words\n4 March 2021\nThe Post\n\nSo.\n\nDocument PST000002021eh34\n")
    True
    """
    top = text[:_OPENING]
    return bool(_DOCUMENT.search(top)) and bool(_WORDS.search(top))


def stories_as_shown(text: str) -> Iterator[Story]:
    """Yield the stories of a text of which :func:`is_shown` is true."""
    for part in _DOCUMENT.split(text):
        if counted := _WORDS.search(part):
            yield _as_text(part[: counted.start()], counted[0], part[counted.end() :])


def _as_text(above: str, counted: str, below: str) -> Story:
    """Return a story whose head is headline and byline above the count of words, the rest below."""
    told = {"length": counted.strip()}
    top = [" ".join(line.split()) for line in above.split("\n") if line.strip()]
    if top and len(top) > 1 and _BYLINE.match(top[-1]):
        told["author"] = top.pop()
    # A short line above the headline names the section.
    if len(top) > 1 and len(top[0].split()) <= _SHORT:
        told["section"] = top.pop(0)
    rows = below.split("\n")
    at = 0
    head = [number for number, row in enumerate(rows) if row.strip()][:_HEAD]
    for number in head:
        line = rows[number].strip()
        if "date" not in told and (date := iso(line)):
            told["date"], at = date, number + 1
        elif "date" in told and "source" not in told and not _TIME.match(line):
            told["source"], at = line, number + 1
        elif _RIGHTS.match(line) or _CODE_OF_SOURCE.fullmatch(line) or _LANGUAGE.match(line):
            at = number + 1
    body = "\n".join(rows[at:])
    # A DOCX has no empty lines: each of its paragraphs is a line.
    parted = re.search(r"\n[^\S\n]*\n", body.strip())
    parts = paragraphs(body) if parted else [row for row in body.split("\n") if row.strip()]
    # Above its code a story ends in the name of its publisher.
    if len(parts) > 1 and _PUBLISHER.fullmatch(parts[-1].strip()):
        parts.pop()
    return Story(tuple(parts), title=" ".join(top), **told)


def is_xml(root: etree._Element) -> bool:
    """Return whether an XML tree is an answer of Factiva's service."""
    return _plain(root.tag) == "PPSResponse" or (
        _plain(root.tag) in {"article", "ppsarticle", "ppsarticleResultSet", "ppsArticleResponse"}
        and any(_plain(e.tag) in {"accessionNo", "leadParagraph"} for e in root.iter())
    )


def stories_of_xml(root: etree._Element) -> Iterator[Story]:
    """Yield the stories of an answer of Factiva's service."""
    for article in root.iter():
        if _plain(article.tag) != "article":
            continue
        parts = {_plain(part.tag): part for part in reversed(article)}
        body = [
            " ".join("".join(paragraph.itertext()).split())
            for name in ("leadParagraph", "tailParagraphs")
            if name in parts
            for paragraph in _paragraphs(parts[name])
        ]
        told = {
            field: " ".join("".join(parts[name].itertext()).split())
            for field, name in (
                ("title", "headline"),
                ("author", "byline"),
                ("date", "publicationDate"),
                ("source", "sourceName"),
                ("section", "sectionName"),
                ("length", "wordCount"),
            )
            if name in parts
        }
        yield Story(tuple(body), **{**told, "date": iso(told.get("date", ""))})


def _paragraphs(element: etree._Element) -> list[etree._Element]:
    found = [part for part in element.iter() if _plain(part.tag) == "paragraph"]
    return found or [element]


def _plain(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""

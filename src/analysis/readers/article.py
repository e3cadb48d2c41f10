"""The text of an HTML page without its furniture, and of a DOCX."""

from __future__ import annotations

import re
from pathlib import Path

from lxml import etree, html

from analysis.errors import AnalysisError
from analysis.readers import markup
from analysis.readers.turns import tidy

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FURNITURE = (
    "nav",
    "header",
    "footer",
    "aside",
    "form",
    "button",
    "select",
    "figure",
    "menu",
    "dialog",
    "textarea",
    "input",
)
_NAMED = re.compile(
    r"(?:^|[\s_-])(?:nav(?:igation|bar)?|menu|sidebar|footer|breadcrumbs?|share|sharing|social|"
    r"related|recommended|promo|advert\w*|ads?|cookies?|consent|newsletter|subscribe|comments?|"
    r"masthead|toolbar|pagination|popup|modal|skip|caption|byline-?links|tags?)(?:$|[\s_-])",
    re.IGNORECASE,
)
_BLOCKS = frozenset(
    [
        "p",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "li",
        "blockquote",
        "pre",
        "td",
        "th",
        "dd",
        "dt",
        "div",
        "section",
        "article",
        "main",
        "tr",
        "br",
    ]
)
_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@name='date' or @name='dc.date' or @itemprop='datePublished']/@content",
    "//time/@datetime",
)
_LEAST_SHARE = 0.5
_SHORT_CELL = 60
_MOST_CELLS = 3


def read_page(where: str, text: str) -> tuple[str, dict[str, str]]:
    """Return the text of an HTML page's article, one paragraph a line, and its title and date.

    Navigation, headers, footers, asides, forms, captions and all that a browser would run are left
    out. The article is ``<article>`` or ``<main>`` where there is one, else the element whose own
    paragraphs hold most of the words.

    Raises
    ------
    AnalysisError
        If no words are left.
    """
    root = markup.page(where, text)
    metadata = _metadata(root)
    for element in list(root.iter(*_FURNITURE)):
        # An article's own header holds its headline.
        inside = any(a.tag in {"article", "main"} for a in element.iterancestors())
        if element.getparent() is None or (element.tag == "header" and inside):
            continue
        if _holds_the_page(root, element):
            element.drop_tag()
        else:
            element.drop_tree()
    for element in root.xpath("//*[@class or @id or @role or @hidden]"):
        marks = f"{element.get('class', '')} {element.get('id', '')} {element.get('role', '')}"
        hidden = element.get("hidden") is not None or "display:none" in element.get("style", "")
        whole = element.tag in {"html", "body", "article", "main"}
        furniture = hidden or (_NAMED.search(marks) and not _holds_the_page(root, element))
        if furniture and not whole and element.getparent() is not None:
            element.drop_tree()
    body = tidy(_text(_article(root)))
    if not body:
        scripted = "<script" in text.lower()
        raise AnalysisError(
            where,
            "a page without text" + (": a script puts it there" if scripted else ""),
            "an article",
            "save the article's page from a browser, once it is shown"
            if scripted
            else "save the article's page",
        )
    return body, metadata


def _holds_the_page(root: html.HtmlElement, element: html.HtmlElement) -> bool:
    """Return whether what is called furniture is wrapped around the page, as many a form is."""
    if next(element.iter("article", "main"), None) is not None:
        return True
    if element.tag not in {"form", "div", "section", "table", "td"}:
        return False
    if element.tag == "form":
        return len(element.text_content()) >= 0.5 * len(root.text_content())
    paragraphs = sum(len(p.text_content()) for p in element.iter("p"))
    headed = next(element.iter("h1"), None) is not None
    return headed and paragraphs >= 0.5 * len(root.text_content())


def _metadata(root: html.HtmlElement) -> dict[str, str]:
    found = {}
    titles = [*root.xpath("//meta[@property='og:title']/@content"), root.findtext(".//title") or ""]
    headlines = [h.text_content() for h in root.xpath("//h1")]
    title = next(
        (" ".join(t.split()) for t in [*titles[:-1], *headlines, titles[-1]] if t.strip()), ""
    )
    if title:
        found["title"] = title
    for path in _DATES:
        for value in root.xpath(path):
            if re.match(r"\d{4}-\d{2}-\d{2}", value):
                return found | {"date": value[:10]}
    return found


def _article(root: html.HtmlElement) -> html.HtmlElement:
    for tag in ("article", "main"):
        found = list(root.iter(tag))
        if found:
            best = max(found, key=lambda e: len(e.text_content()))
            if len(best.text_content().split()) >= 20:
                return best
    sizes: dict[html.HtmlElement, int] = {}
    for paragraph in root.iter("p"):
        parent = paragraph.getparent()
        if parent is not None:
            sizes[parent] = sizes.get(parent, 0) + len(paragraph.text_content())
    body = root.find("body")
    whole = root if body is None else body
    if sizes:
        best = max(sizes, key=sizes.__getitem__)
        if sizes[best] >= _LEAST_SHARE * sum(sizes.values()):
            return best
    return whole


def _text(element: html.HtmlElement) -> str:
    """Return the text of an element, its blocks on lines of their own."""
    parts: list[str] = []
    heads = _heads_of_page(element)
    waiting: list[html.HtmlElement | str] = [element]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        block = item.tag in _BLOCKS
        if item.tag in {"td", "th"} and item in heads:
            # A speaker's name, perhaps: it stays beside what the next cell holds.
            waiting += [" | ", *reversed(item), re.sub(r"\s+", " ", item.text or "")]
            continue
        if item is not element and item.tail:
            waiting.append(re.sub(r"\s+", " ", item.tail))
        if block:
            waiting.append("\n")
            if item.getprevious() not in heads:
                parts.append("\n")
        waiting.extend(reversed(item))
        if item.text:
            waiting.append(item.text if item.tag == "pre" else re.sub(r"\s+", " ", item.text))
    return "".join(parts)


def _heads_of_page(element: html.HtmlElement) -> set[html.HtmlElement]:
    """Return the cells that stand before another one of their row, where all of these are short."""
    found: set[html.HtmlElement] = set()
    for row in element.iter("tr"):
        cells = [cell for cell in row if cell.tag in {"td", "th"}]
        short = all(len(cell.text_content()) <= _SHORT_CELL for cell in cells[:-1])
        if 2 <= len(cells) <= _MOST_CELLS and short and next(row.iter("table", "p"), None) is None:
            found |= set(cells[:-1])
    return found


def read_docx(path: Path, content: bytes) -> tuple[str, dict[str, str]]:
    """Return the paragraphs of a DOCX, one a line, and its title.

    Text marked as deleted is left out, text marked as inserted stays, as in a printed copy;
    headers, footers and notes are left out.

    Raises
    ------
    AnalysisError
        If the file is broken or harmful, or no words are in it.
    """
    book = markup.archive(path, content)
    root = markup.xml(str(path), markup.read_member(path, book, "word/document.xml"))
    lines = []
    headed = _heads_of_rows(root)
    for paragraph in root.iter(f"{_WORD}p"):
        parts = []
        for element in paragraph.iter():
            if element.tag == f"{_WORD}t":
                parts.append(element.text or "")
            elif element.tag in {f"{_WORD}tab", f"{_WORD}br", f"{_WORD}cr"}:
                parts.append("\n" if element.tag != f"{_WORD}tab" else "\t")
            elif element.tag == f"{_WORD}noBreakHyphen":
                parts.append("\u2011")
        lines.append("".join(parts) + ("\t" if paragraph in headed else "\n"))
    text = "".join(lines).strip()
    if not text:
        raise AnalysisError(path, "a DOCX without words", "a text")
    metadata = {}
    if "docProps/core.xml" in book.namelist():
        core = markup.xml(str(path), markup.read_member(path, book, "docProps/core.xml"))
        title = core.findtext("{http://purl.org/dc/elements/1.1/}title")
        if title and title.strip():
            metadata["title"] = " ".join(title.split())
    return text, metadata


def _heads_of_rows(root: etree._Element) -> set[etree._Element]:
    """Return the paragraphs that stand before another cell of their row, as a speaker's name does.

    A row counts where each of its cells but the last is one short paragraph.
    """
    found: set[etree._Element] = set()
    for row in root.iter(f"{_WORD}tr"):
        cells = row.findall(f"{_WORD}tc")
        inner = [list(cell.iter(f"{_WORD}p")) for cell in cells[:-1]]
        short = all(
            len(one) == 1 and len("".join(one[0].itertext())) <= _SHORT_CELL for one in inner
        )
        if inner and short and next(row.iter(f"{_WORD}tbl"), None) is None:
            found |= {one[0] for one in inner}
    return found

"""Europresse (Eureka): the stories of a saved page, in its layouts of before and after 2014."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from analysis.readers.date_forms import in_words
from analysis.readers.press import Story, lines, paragraphs

_OPENING = 200_000
_RIGHTS = re.compile(r"\s*(?:(?:copyright\s*)?©|copyright\s+\d{4})", re.IGNORECASE)
_NUMBER = re.compile(r"\s*(?:Numéro de document|Document (?:number|id))\b", re.IGNORECASE)
_PAGE = re.compile(r"\s*(?:p\.\s*\w+|p(?:ages?|g\.)?\s+\d+)\s*$", re.IGNORECASE)
_ISSUE = re.compile(r",?\s+n[o°]\.?\s*\d.*$", re.IGNORECASE)


def is_page(text: str) -> bool:
    """Return whether a page was saved from Europresse."""
    return "DocPublicationName" in text[:_OPENING]


def stories(root: html.HtmlElement) -> Iterator[Story]:
    """Yield the stories of a page."""
    named = root.xpath("//*[contains(@class, 'DocPublicationName')]")
    seen: set[html.HtmlElement] = set()
    for mark in named:
        around = next((a for a in mark.iterancestors("article")), None)
        if around is not None:
            if around not in seen:
                seen.add(around)
                yield _newer(around)
            continue
        cell = next((a for a in mark.iterancestors("td", "body")), root)
        if cell not in seen:
            seen.add(cell)
            yield _older(cell)


def _first(element: html.HtmlElement, name: str) -> html.HtmlElement | None:
    found = element.xpath(f".//*[contains(concat(' ', normalize-space(@class), ' '), ' {name} ')]")
    return found[0] if found else None


def _plain(element: html.HtmlElement | None) -> str:
    return " ".join("".join(element.itertext()).split()) if element is not None else ""


def _about(element: html.HtmlElement) -> dict[str, str]:
    """Return source, date and section, which the layouts write alike but for their order."""
    parts: list[str] = []
    for header in element.xpath(".//*[@class='DocHeader']"):
        parts.append("".join(header.itertext()))
    header = " ".join("".join(parts).split())
    date = in_words(header)
    pieces = [piece.strip() for piece in header.split(",")]
    first = pieces[0] if len(pieces) > 1 else ""
    section = first if not in_words(first) and not _PAGE.fullmatch(first) else ""
    # A weekday or a month opens the date where no section is named.
    if re.search(r"\d", section) or (
        date and in_words(", ".join(pieces[:2])) and not in_words(", ".join(pieces[1:]))
    ):
        section = ""
    return {
        "source": _ISSUE.sub("", _plain(_first(element, "DocPublicationName"))),
        "date": date,
        "section": section,
    }


def _newer(article: html.HtmlElement) -> Story:
    title = _first(article, "titreArticleVisu") if article is not None else None
    author = _first(article, "docAuthors")
    if author is None and title is not None:
        # Some pages give the author's line no name; it follows the headline's block.
        block = title.getparent()
        following = block.getnext() if block is not None else None
        inside = following is not None and following.tag == "div"
        author = following if inside and len(_plain(following).split()) <= 12 else None
    body = _first(article, "docOcurrContainer")
    body = _first(article, "DocText") if body is None else body
    body = next(article.iter("section"), None) if body is None else body
    found = paragraphs(lines(body)) if body is not None else []
    return Story(
        tuple(part for part in found if not _RIGHTS.match(part) and not _NUMBER.match(part)),
        title=_plain(title),
        author=_plain(author),
        **_about(article),
    )


def _older(cell: html.HtmlElement) -> Story:
    title = _first(cell, "TitreArticleVisu")
    if title is None:
        return Story((), **_about(cell))
    text = lines(cell)
    heading = _plain(title)
    # A title may run over two lines, or be empty.
    printed = re.search(r"\s+".join(map(re.escape, heading.split())), text) if heading else None
    rest = text[printed.end() :] if printed else text
    body, author = [], ""
    for number, part in enumerate(paragraphs(rest)):
        if _RIGHTS.match(part) or _NUMBER.match(part):
            break
        if number == 0 and len(part.split()) <= 6 and not part.endswith((".", "!", "?", "»", '"')):
            author = part
            continue
        body.append(part)
    return Story(tuple(body), title=heading, author=author, **_about(cell))

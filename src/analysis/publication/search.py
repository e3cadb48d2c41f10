"""The full-text search of the site: one file of all sections, read by a page of few lines."""

from __future__ import annotations

import json
from collections.abc import Iterable
from importlib import resources
from pathlib import Path

from lxml import html

from analysis.storage.files import replace_file

PAGE = "search.html"
_TEMPLATES = resources.files("analysis.publication").joinpath("templates")
_HEADINGS = ("h1", "h2", "h3", "h4")


def sections(title: str, path: str, body: str) -> list[tuple[str, str, str, str]]:
    """Cut a page into what stands under each heading.

    Parameters
    ----------
    title, path : str
        Of the page.
    body : str
        Its HTML.

    Returns
    -------
    list of (str, str, str, str)
        Title of the page, heading, address, text. What a notebook's cells printed is left out.
    """
    found: list[tuple[str, str, list[str]]] = [(title, path, [])]

    def walk(element: html.HtmlElement) -> None:
        if element.tag in _HEADINGS:
            name = " ".join(element.text_content().split())
            link = f"{path}#{element.get('id')}" if element.get("id") else path
            found.append((name, link, []))
            return
        if element.tag in ("style", "script", "svg") or "output" in (element.get("class") or ""):
            return
        found[-1][2].append(element.text or "")
        for inner in element:
            if isinstance(inner.tag, str):
                walk(inner)
            found[-1][2].append(inner.tail or "")
        if element.tag in ("p", "li", "td", "th", "dt", "dd", "div", "pre", "table"):
            found[-1][2].append(" ")

    walk(html.fragment_fromstring(body, create_parent="main"))
    whole = [(name, link, " ".join("".join(text).split())) for name, link, text in found]
    return [(title, name, link, text) for name, link, text in whole if text or link != path]


def write(folder: Path, pages: Iterable[tuple[str, str, str]]) -> str:
    """Write what the search needs beside the pages of a site.

    Parameters
    ----------
    folder : pathlib.Path
        The site.
    pages : iterable of (str, str, str)
        Title, path and HTML of each page.

    Returns
    -------
    str
        The HTML of the page that searches.
    """
    rows = [row for page in pages for row in sections(*page)]
    told = json.dumps(rows, ensure_ascii=False, separators=(",", ":"))
    replace_file(folder / "search_index.js", f"window.searchIndex = {told};\n")
    replace_file(folder / "search.js", _TEMPLATES.joinpath("search.js").read_text(encoding="utf-8"))
    return _TEMPLATES.joinpath("search.html").read_text(encoding="utf-8")

"""Press archives: many stories in one file, each a document of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from lxml import html

from analysis.errors import AnalysisError
from analysis.text.document import Document, changed, from_spans
from analysis.text.words import count_words

_PARTS = frozenset(
    (
        *("p", "div", "h1", "h2", "h3", "h4"),
        *("h5", "h6", "li", "blockquote", "pre", "section"),
        *("article", "header", "footer", "aside", "table", "tr"),
        *("td", "th", "ul", "ol", "dl", "dt"),
        *("dd", "text"),
    )
)
_LEAST_COUNTED = 50
_BY = re.compile(r"(?:by|von|par|por|di|door)\s+(?=\S)", re.IGNORECASE)


class Story(NamedTuple):
    """One story of an archive, as the archive describes it."""

    body: tuple[str, ...]
    title: str = ""
    date: str = ""
    source: str = ""
    author: str = ""
    section: str = ""
    length: str = ""
    note: str = ""


def documents(name: str, where: str, archive: str, stories: Iterable[Story]) -> list[Document]:
    r"""Make a document of each story; its text is the body, one paragraph after another.

    Parameters
    ----------
    name : str
        The file's name; its stories are numbered.
    where : str
        The file, for the error message.
    archive : str
        The archive's name, for the error message.
    stories : iterable of Story

    Returns
    -------
    list of Document
        Of the kind ``news``, so that voices are looked for; ``title``, ``date``, ``source``,
        ``author``, ``section``, ``length`` (as printed) and ``archive`` are in the metadata where
        the archive gives them. The headline is no part of the text.

    Raises
    ------
    AnalysisError
        If there is no story.

    Examples
    --------
    >>> made = documents("a", "a.txt", "Nexis", [Story(("One.", "Two."), author="By Ida Arden")])
    >>> made[0].text, made[0].metadata["author"]
    ('One.\n\nTwo.', 'Ida Arden')
    """
    found = [story for story in stories if any(map(str.strip, story.body))]
    if not found:
        raise AnalysisError(
            where,
            f"an export of {archive} without the text of a story",
            "stories in full",
            "export the documents in full, not the list of results",
        )
    width = len(str(len(found)))
    made = []
    for number, story in enumerate(found, 1):
        body = "\n\n".join(" ".join(part.split()) for part in story.body if part.strip())
        told = {
            "kind": "news",
            "title": " ".join(story.title.split()),
            "date": story.date,
            "source": " ".join(story.source.split()),
            "author": author(story.author),
            "section": " ".join(story.section.split()),
            "length": " ".join(story.length.split()),
            "archive": archive,
        }
        document = name if len(found) == 1 else f"{name}-{number:0{width}}"
        metadata = {key: value for key, value in told.items() if value}
        one = from_spans(document, body, [(0, 0, len(body), "", "", "narration")], metadata)
        made.append(changed(one, notes=tuple(_notes(story, body))))
    return made


def _notes(story: Story, body: str) -> Iterator[str]:
    """Say what is missing: a date, a text in full, or half of the words that the archive counts."""
    shown = f"story {story.title[:60]!r}"
    if story.note:
        yield f"{shown}: {story.note}"
    if not story.date:
        yield f"{shown}: no date found"
    counted = re.match(r"\d[\d.,\u00a0\u202f ]*", story.length)
    words = int(re.sub(r"\D", "", counted[0])) if counted else 0
    if words > _LEAST_COUNTED and count_words(body) < words / 2:
        yield f"{shown}: {count_words(body):,} words read of the {words:,} that the archive counts"


def author(byline: str) -> str:
    """Return who wrote a story, without the word before the name.

    Examples
    --------
    >>> author("By Ida Arden"), author("Bystander Ida")
    ('Ida Arden', 'Bystander Ida')
    """
    plain = " ".join(byline.split())
    found = _BY.match(plain)
    return plain[found.end() :] if found else plain


def paragraphs(text: str) -> list[str]:
    r"""Return the paragraphs of a text, whose lines may have been broken at a fixed width.

    Examples
    --------
    >>> paragraphs("The keeper\nsaid so.\n\n\nNobody asked.")
    ['The keeper said so.', 'Nobody asked.']
    """
    return [" ".join(part.split()) for part in re.split(r"\n[^\S\n]*\n", text) if part.strip()]


def lines(element: html.HtmlElement) -> str:
    r"""Return the text of a part of a page, an empty line after each of its blocks.

    Examples
    --------
    >>> lines(html.fromstring("<div><p>We <b>met</b>.</p><p>No.<br>Yes.</p></div>")).split("\n")
    ['We met.', '', 'No.', 'Yes.']
    """
    text = "".join(_pieces(element))
    text = re.sub(r"[^\S\n]*\n[^\S\n]*", "\n", text)
    return re.sub(r"\n{3,}", "\n\n", text).strip()


def _pieces(element: html.HtmlElement) -> Iterator[str]:
    waiting: list[html.HtmlElement | str] = [element]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            yield item
            continue
        if not isinstance(item.tag, str):
            waiting.append(re.sub(r"\s+", " ", item.tail or ""))
            continue
        if item is not element and item.tail:
            waiting.append(re.sub(r"\s+", " ", item.tail))
        if item.tag == "br":
            yield "\n"
        elif item.tag in _PARTS:
            waiting.append("\n\n")
            yield "\n\n"
        waiting.extend(reversed(item))
        if item.text:
            waiting.append(re.sub(r"\s+", " ", item.text))

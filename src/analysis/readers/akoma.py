"""Akoma Ntoso debates and the debates of publicwhip (TheyWorkForYou's own XML)."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from analysis.errors import AnalysisError
from analysis.readers import markup
from analysis.readers.turns import Turn, compose, tidy
from analysis.text.document import Document

_SPOKEN = frozenset(["speech", "question", "answer", "speechGroup"])
_NOTED = frozenset(
    ["heading", "narrative", "summary", "scene", "other", "subheading", "preface", "entity"]
)
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
_DOCTYPE = re.compile(rb"<!DOCTYPE\s+publicwhip[^\[>]{0,300}(?:\[.{0,20000}?\]\s*)?>", re.DOTALL)
_REFERENCE = re.compile(rb"&(?!amp;|lt;|gt;|quot;|apos;|#)(\w{1,31});")


def is_akoma(root: etree._Element) -> bool:
    """Return whether an XML tree is Akoma Ntoso, of whichever version."""
    return _plain(root.tag) == "akomaNtoso"


def read(document: str, root: etree._Element, path: Path) -> Document:
    """Read a debate in Akoma Ntoso: one utterance a speech, question or answer.

    Parameters
    ----------
    document : str
    root : lxml element
    path : pathlib.Path
        The file, for the error message.

    Returns
    -------
    analysis.text.document.Document
        The speaker is the person that the file's own references name, else what is printed before
        the speech. Headings and what the record narrates stand before the next turn, in nobody's
        exposure. A text that is no debate (an act, a judgment) is prose in one voice.

    Raises
    ------
    AnalysisError
        If there is no text in it.
    """
    persons = {
        e.get("eId") or e.get("id") or "": e.get("showAs", "")
        for e in root.iter()
        if _plain(e.tag) == "TLCPerson"
    }
    turns: list[Turn] = []
    notes: list[str] = []
    for element in _events(root):
        if _plain(element.tag) not in _SPOKEN:
            if note := tidy(" ".join(element.itertext())):
                notes.append(note)
            continue
        printed = next((tidy(_said(c)) for c in element if _plain(c.tag) == "from"), "")
        label = printed.rstrip(" :.—-")
        name = persons.get(element.get("by", "").lstrip("#"), "") or label
        said = "\n".join(
            filter(None, (tidy(_said(c)) for c in element if _plain(c.tag) not in {"from", "num"}))
        )
        turns.append(Turn(label or name, said, name, before="\n".join(notes)))
        notes = []
    metadata = {"kind": "debate", **_about(root)}
    if turns:
        closing = {"closing": " ".join(" ".join(notes).split())} if notes else {}
        return compose(document, turns, metadata | closing)
    prose = [tidy(_said(p)) for p in root.iter() if _plain(p.tag) == "p"]
    if not any(prose):
        raise AnalysisError(path, "an Akoma Ntoso file without a text", "a debate with speeches")
    return compose(document, [Turn("", "\n".join(filter(None, prose)))], metadata)


def _plain(tag: object) -> str:
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _events(root: etree._Element) -> Iterator[etree._Element]:
    """Yield speeches, and headings and notes outside them, in order."""
    waiting = [root]
    while waiting:
        element = waiting.pop()
        name = _plain(element.tag)
        # A group of speeches holds speeches of its own.
        groups = name == "speechGroup" and any(_plain(c.tag) in _SPOKEN for c in element)
        if (name in _SPOKEN and not groups) or name in _NOTED:
            yield element
        elif name != "meta":
            waiting.extend(reversed(element))


def _said(element: etree._Element) -> str:
    """Return the words of an element without notes; each of its paragraphs on a line."""
    parts: list[str] = []
    waiting: list[etree._Element | str] = [element]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        name = _plain(item.tag)
        if item is not element and item.tail:
            waiting.append(re.sub(r"\s+", " ", item.tail))
        if name in {"authorialNote", "remark", "recordedTime", "noteRef"}:
            continue
        if name in {"p", "br", "eol", "li", "item"} and item is not element:
            parts.append("\n")
        waiting.extend(reversed(item))
        if item.text:
            waiting.append(re.sub(r"\s+", " ", item.text))
    return "".join(parts)


def _about(root: etree._Element) -> dict[str, str]:
    found = {}
    for name, key, attribute in (
        ("docTitle", "title", ""),
        ("FRBRtitle", "title", "value"),
        ("FRBRalias", "title", "value"),
        ("FRBRdate", "date", "date"),
        ("docDate", "date", "date"),
    ):
        for element in root.iter():
            if key in found or _plain(element.tag) != name:
                continue
            value = element.get(attribute, "") if attribute else tidy(_said(element))
            if key == "date":
                value = value[:10] if _DAY.match(value) else ""
            if value:
                found[key] = " ".join(value.split())
    return found


def is_publicwhip(content: bytes) -> bool:
    """Return whether a file is a day of debates in publicwhip's XML."""
    return bool(re.search(rb"<publicwhip\b", content[:30_000]))


def read_publicwhip(document: str, content: bytes, path: Path) -> Document:
    """Read a day of publicwhip's debates: one utterance a speech, under the name it gives.

    Parameters
    ----------
    document : str
    content : bytes
        The file. The letters that it declares as entities are taken as HTML knows them; the
        declaration itself is never followed.
    path : pathlib.Path

    Returns
    -------
    analysis.text.document.Document
        Headings and procedure stand before the next turn, in nobody's exposure.

    Raises
    ------
    AnalysisError
        If it is no well-formed XML, or holds no speech.
    """
    plain = _DOCTYPE.sub(b"", content, count=1)
    plain = _REFERENCE.sub(_letter, plain)
    root = markup.xml(str(path), plain)
    turns: list[Turn] = []
    notes: list[str] = []
    titles: list[str] = []
    date = ""
    for element in root:
        name = _plain(element.tag)
        if name == "speech":
            if not date and (found := _DAY.search(element.get("id", ""))):
                date = found[0]
            speaker = element.get("speakername") or element.get("speaker") or ""
            if element.get("nospeaker") == "true":
                speaker = ""
            said = "\n".join(filter(None, (tidy(_said(p)) for p in element))) or tidy(
                _said(element)
            )
            if not speaker:
                notes += [said] if said else []
                continue
            turns.append(Turn(speaker, said, speaker, before="\n".join(notes)))
            notes = []
        elif name.endswith("heading") and (text := tidy(_said(element))):
            notes.append(text)
            titles += [text] if name == "major-heading" else []
    if not turns:
        raise AnalysisError(path, "a publicwhip file without a speech", "debates with speeches")
    date = date or next(iter(_DAY.findall(path.name)), "")
    told = {"kind": "debate", "title": titles[0] if titles else "", "date": date}
    told |= {"closing": " ".join(" ".join(notes).split())} if notes else {}
    return compose(document, turns, {key: value for key, value in told.items() if value})


def _letter(found: re.Match[bytes]) -> bytes:
    letter = html.unescape(f"&{found[1].decode('latin-1')};")
    return b" " if letter.startswith("&") else f"&#{ord(letter[0])};".encode()

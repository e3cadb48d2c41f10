"""TEI, above all ParlaMint: utterances with their speakers, plain or annotated word by word."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from lxml import etree

from analysis.errors import AnalysisError
from analysis.readers import decoding, markup
from analysis.readers.turns import Turn, compose, tidy
from analysis.text.document import Document

_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_NOTES = ("head", "note", "gap", "vocal", "kinesic", "incident", "stage", "desc", "pb", "figure")
_MOST_PERSONS_FILES = 20


class Person(NamedTuple):
    """What a list of persons says of one: name and the party or body of longest standing."""

    name: str
    affiliation: str


def is_tei(root: etree._Element) -> bool:
    """Return whether an XML tree is TEI."""
    return _plain(root.tag) in {"TEI", "teiCorpus", "listPerson", "TEI.2"}


def read(document: str, root: etree._Element, path: Path) -> Document:
    """Read a TEI text: one utterance per ``u`` or ``sp``; without any, the paragraphs as prose.

    Parameters
    ----------
    document : str
    root : lxml element
    path : pathlib.Path
        The file; a list of persons (``*listPerson*.xml``) beside it names the speakers.

    Returns
    -------
    analysis.text.document.Document
        Notes and headings between turns stand in the text before the next one, in nobody's
        exposure; what follows the last one is in the metadata as ``closing``. Notes within an
        utterance are left out. ``group`` is the role (regular, chair, guest).

    Raises
    ------
    AnalysisError
        If there is no text in it.
    """
    if _plain(root.tag) != "TEI" and _plain(root.tag) != "TEI.2":
        raise AnalysisError(
            path,
            f"a TEI {_plain(root.tag)}, which holds no text of its own",
            "the TEI files it belongs to",
            "read those; the list of persons is found beside them",
        )
    persons = _persons(root) or _persons_beside(path)
    groups = _categories(root)
    body = root.find(f".//{_TEI}body")
    body = root.find(".//body") if body is None else body
    turns: list = []
    notes: list = []
    for element in _events(body if body is not None else root):
        if _plain(element.tag) in {"u", "sp"}:
            turns.append(_turn(element, persons, groups, "\n".join(notes)))
            notes = []
        elif note := tidy(_said(element, keep=True)):
            notes.append(note)
    metadata = {"kind": "tei", **_metadata(root)}
    if turns:
        closing = {"closing": " ".join(" ".join(notes).split())} if notes else {}
        return compose(document, turns, metadata | closing)
    found = [] if body is None else [tidy(_said(p)) for p in body.iter() if _plain(p.tag) in _PROSE]
    prose = "\n".join(filter(None, found))
    if not prose:
        raise AnalysisError(path, "a TEI file without a text", "utterances or paragraphs")
    return compose(document, [Turn("", prose)], metadata)


_PROSE = ("p", "l", "ab", "head")


def _plain(tag: object) -> str:
    """Return a tag without its namespace; comments and the like have none."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _events(body: etree._Element) -> Iterator[etree._Element]:
    """Yield utterances, and the notes and headings outside them, in order."""
    waiting = [body]
    while waiting:
        element = waiting.pop()
        name = _plain(element.tag)
        if name in {"u", "sp"} or (name in _NOTES and element is not body):
            if name not in {"gap", "pb"}:
                yield element
            continue
        waiting.extend(reversed(element))


def _turn(
    element: etree._Element, persons: dict[str, Person], groups: dict[str, str], before: str
) -> Turn:
    who = element.get("who", "").split()
    label = who[0].lstrip("#") if who else ""
    if not label and _plain(element.tag) == "sp":
        label = next((tidy(_said(c)) for c in element if _plain(c.tag) == "speaker"), "")
    known = persons.get(label, Person(label, ""))
    role = element.get("ana", "").split()
    group = role[0].lstrip("#") if role else ""
    group = groups.get(group, group)
    parts = [c for c in element if _plain(c.tag) in {"seg", "p", "l", "lg", "ab"}]
    said = "\n".join(tidy(_said(part)) for part in parts) if parts else tidy(_said(element))
    return Turn(label, said, known.name, known.affiliation, group, before)


def _said(element: etree._Element, *, keep: bool = False) -> str:
    """Return the words of an element without notes; annotated words are joined as marked."""
    parts: list[str] = []
    waiting: list[etree._Element | str] = [element]
    while waiting:
        item = waiting.pop()
        if isinstance(item, str):
            parts.append(item)
            continue
        name = _plain(item.tag)
        tail = item.tail or ""
        if item is not element:
            # White space around annotated words is layout, not text.
            waiting.append("" if name in {"w", "pc"} and not tail.strip() else tail)
            if name in {"speaker", "linkGrp"} or (name in _NOTES and not keep):
                continue
        if name in {"w", "pc"}:
            # A word that stands for two (can + not) carries its surface, and its parts do not.
            parts.append(item.text.strip() if item.text else "")
            if item.get("join") not in {"right", "both"}:
                parts.append(" ")
            continue
        waiting.extend(reversed(item))
        if item.text and (item.text.strip() or not len(item)):
            waiting.append(item.text)
    return "".join(parts)


def _metadata(root: etree._Element) -> dict[str, str]:
    found = {}
    titles = [t for t in root.iter(f"{_TEI}title", "title") if "".join(t.itertext()).strip()]
    chosen = next((t for t in titles if t.get("type") == "sub"), titles[0] if titles else None)
    if chosen is not None:
        found["title"] = " ".join("".join(chosen.itertext()).split())
    for place in ("setting", "bibl", "sourceDesc", "publicationStmt"):
        for date in root.iterfind(f".//{_TEI}{place}//{_TEI}date"):
            when = date.get("when", "")
            if len(when) >= 10:
                return found | {"date": when[:10]}
    return found


def _persons(root: etree._Element) -> dict[str, Person]:
    """Return the persons that a tree lists, by identifier."""
    found = {}
    for person in root.iter(f"{_TEI}person", "person"):
        name = next((c for c in person if _plain(c.tag) == "persName"), None)
        key = person.get(_ID)
        if name is None or not key:
            continue
        parts: dict[str, list[str]] = {}
        for part in name:
            parts.setdefault(_plain(part.tag), []).append("".join(part.itertext()).strip())
        order = ("roleName", "forename", "nameLink", "surname")
        full = " ".join(word for kind in order[1:] for word in parts.get(kind, []))
        full = full or " ".join("".join(name.itertext()).split())
        found[key] = Person(full, _party(person))
    return found


def _categories(root: etree._Element) -> dict[str, str]:
    """Return the categories of a file's own taxonomies, by identifier."""
    return {
        category.get(_ID): " ".join("".join(category[0].itertext()).split())
        for category in root.iter(f"{_TEI}category", "category")
        if category.get(_ID) and len(category) and _plain(category[0].tag) == "catDesc"
    }


def _party(person: etree._Element) -> str:
    """Return the party that a person is a member of, the last of several; else what is written."""
    refs = [
        c.get("ref", "").lstrip("#")
        for c in person
        if _plain(c.tag) == "affiliation" and c.get("role") == "member"
    ]
    parties = [ref.removeprefix("party.") for ref in refs if ref.startswith("party.")]
    told = [
        "".join(c.itertext()) for c in person if _plain(c.tag) == "affiliation" and not c.get("ref")
    ]
    return parties[-1] if parties else " ".join((told[-1] if told else "").split())


def _persons_beside(path: Path) -> dict[str, Person]:
    """Return the persons of the lists that lie beside a file or one folder up.

    ParlaMint keeps them in a file of their own since its third version; before, they stand in the
    corpus's own file, whose name is the part that the names of its sittings begin with.
    """
    found: dict[str, Person] = {}
    lists = []
    corpus = path.name.partition("_")[0]
    for folder in (path.parent, path.parent.parent):
        lists += sorted(folder.glob("*listPerson*.xml"))
        own = (folder / f"{corpus}{ending}" for ending in (".xml", ".ana.xml"))
        lists += [file for file in own if "_" in path.name and file.is_file()][:1]
    for file in lists[:_MOST_PERSONS_FILES]:
        if not file.is_symlink() and file.is_file() and file != path:
            found |= _listed(file, file.stat().st_mtime_ns)
    return found


@cache
def _listed(file: Path, _changed: int) -> dict[str, Person]:
    """Return the persons of one list, parsed once for the hundreds of sittings beside it."""
    return _persons(markup.xml(str(file), decoding.load(file)))

"""The block at the top of a Markdown file, YAML, TOML or Pandoc's: it is metadata, not text."""

from __future__ import annotations

import re

from analysis.errors import AnalysisError
from analysis.readers.date_forms import column
from analysis.text.document import Document, changed

_BLOCK = re.compile(
    r"\ufeff?(?:---[^\S\n]*\r?\n(?P<fields>.*?)^(?:---|\.\.\.)"
    r"|\+\+\+[^\S\n]*\r?\n(?P<toml>.*?)^\+\+\+)[^\S\n]*(?:\r?\n|\Z)",
    re.DOTALL | re.MULTILINE,
)
# Pandoc's title block: the title, who wrote it, when; a line that is indented goes on.
_TITLE_BLOCK = re.compile(
    r"\ufeff?% +(?P<title>\S[^\n]*(?:\n +\S[^\n]*)*)\n"
    r"%(?P<author>[^\n]*(?:\n +\S[^\n]*)*)\n(?:% +(?P<date>[^\n]*)(?:\n|\Z))?"
)
_FIELD = re.compile(r"(?P<name>[A-Za-z][\w -]{0,40}?)(?::|[ \t]*=)(?:\s+(?P<value>.*?))?\s*")
_LONGEST = 8000
_KNOWN = {
    "title": "title",
    "date": "date",
    "published": "date",
    "author": "author",
    "authors": "author",
    "source": "source",
    "publication": "source",
    "section": "section",
}


def block(text: str) -> str:
    r"""Return the block of metadata at the top of a text, with the lines that close it in.

    Examples
    --------
    >>> block("---\ntitle: Locks\n---\nThe keeper said so.")
    '---\ntitle: Locks\n---\n'
    >>> block("---\nThe keeper said so.\n---\n")
    ''
    """
    found = _BLOCK.match(text[:_LONGEST])
    if found is None:
        titled = _TITLE_BLOCK.match(text[:_LONGEST])
        return titled[0] if titled else ""
    rows = [row for row in (found["fields"] or found["toml"] or "").split("\n") if row.strip()]
    # A list or a text over several lines is indented; the rest names a field.
    fields = [row for row in rows if not row.startswith((" ", "\t", "-", "#"))]
    named = bool(fields) and all(_FIELD.fullmatch(row.rstrip("\r")) for row in fields)
    return found[0] if named else ""


def metadata(front: str) -> dict[str, str]:
    r"""Return what a block says of its text, as far as it is known what that is.

    Examples
    --------
    >>> metadata("---\ntitle: 'Locks'\ndate: 8 July 2015\nlayout: post\n---\n")
    {'title': 'Locks', 'date': '2015-07-08'}
    """
    return {key: value for key, value in _dated(_fields(front)).items() if value}


def _fields(front: str) -> dict[str, str]:
    """Return the fields of a block that are known, as they are written."""
    found: dict[str, str] = {}
    if titled := _TITLE_BLOCK.match(front):
        return {name: " ".join((part or "").split()) for name, part in titled.groupdict().items()}
    last = ""
    for row in front.splitlines()[1:-1]:
        if (field := _FIELD.fullmatch(row)) and not row.startswith((" ", "\t", "-")):
            last = _KNOWN.get(field["name"].lower(), "")
            value = (field["value"] or "").strip("[]").strip().strip("\"'")
            if last and value not in {"", "|", ">"}:
                found.setdefault(last, value)
        elif last and row.strip().startswith("- "):
            item = row.strip()[2:].strip().strip("\"'")
            found[last] = "; ".join(filter(None, (found.get(last, ""), item)))
    return found


def _dated(found: dict[str, str]) -> dict[str, str]:
    return {**found, "date": _iso(found["date"])} if "date" in found else found


def _iso(text: str) -> str:
    """Return the ISO date of a field, none where day and month cannot be told apart in it."""
    try:
        return column("", "date", [(1, text)])[0][0]
    except AnalysisError:
        return ""


def restored(document: Document, front: str, rest: str) -> Document:
    """Put a block back before the text read without it, in nobody's words."""
    told = {**document.metadata, **metadata(front)}
    notes = document.notes
    if (written := _fields(front).get("date", "")) and not _iso(written):
        notes += (f"the date {written!r} at its top is none that is understood; left out",)
    rows = document.utterances
    if document.text != rest or not len(rows):
        return changed(document, metadata=told, notes=notes)
    shift = len(front)
    rows = rows.assign(
        start=rows["start"] + shift, body=rows["body"] + shift, end=rows["end"] + shift
    )
    rows.loc[rows.index[0], "start"] = 0
    return Document(document.document, front + rest, rows, told, notes)

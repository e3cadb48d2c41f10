"""Parliaments as their sites print them: TheyWorkForYou, Singapore, the Congressional Record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import html

from analysis.errors import AnalysisError
from analysis.readers import dates, markup
from analysis.readers.turns import Turn, compose, tidy
from analysis.text.document import Document

_SPEECH = "//div[contains(concat(' ', @class, ' '), ' debate-speech ')]"
_SITE = re.compile(r"\s*-\s*TheyWorkForYou\s*$")
_OFFICE = re.compile(r"(?P<outer>.+)\s\((?P<inner>[^()]+)\)$")
_PERSON = re.compile(r"(?:Mr|Mrs|Ms|Mdm|Miss|Dr|Prof|Assoc|Asst|Er|Sir|Encik|Inche|BG|RAdm)\b")

_CHAIR = (
    r"The (?:(?:VICE|ACTING|Acting) )?(?:PRESIDENT|SPEAKER|CHAIR(?:MAN|WOMAN)?)(?: pro tempore)?"
    r"|The PRESIDING OFFICER|The CHIEF JUSTICE|The CLERK"
)
_MEMBER = (
    r"(?:(?:Mr|Ms|Mrs|Dr)\.|Miss) (?:[A-Z][a-z]{0,2})?[A-Z'\-]+[A-Z](?: [A-Z][A-Z'\-.]*)*"
    r"(?: of [A-Z][a-z]+(?: [A-Z][a-z]+)?)?"
)
_RECORD_LABEL = re.compile(
    rf" {{1,2}}(?P<label>(?:{_CHAIR}|{_MEMBER})(?: \([A-Za-z.,\- ]+\))?)\. ?"
)
_RECORDER = re.compile(
    r"  (?:The (?:[\w-]+ ){0,3}[Cc]lerk (?:read|called|proceeded|designated|resumed|announced)\b"
    r"|The (?:text of the )?(?:amendments?|motions?|resolution|bill)(?: \(Nos?\. [^)]{1,200}\))?,?"
    r"(?: as (?:amended|modified),)?\s+(?:is|are|was|were)\s+(?:as\s+follows|agreed|rejected)"
    r"|The (?:question|vote|result\s+of\s+the\s+vote) (?:was|is) (?:taken|announced)"
    r"|The (?:yeas and nays|nays) (?:were|resulted)"
    r"|There (?:was|being) no (?:further )?objection|A recorded vote was|So the \w+ (?:was|were)"
    r"|Messrs?\. [^.]{0,200}changed\s|Accordingly, the (?:Committee|House|Senate) )"
)
_PAGE_MARK = re.compile(r"\n*\[\[Page [A-Z]*\d+\]\](?=\n|$)")
_TIME_MARK = re.compile(r"\n*[ \t]*\{time\}[ \t]*\d{1,4}[ \t]*(?=\n|$)")


def is_theyworkforyou(text: str) -> bool:
    """Return whether a page is a debate as TheyWorkForYou shows it."""
    return "debate-speech__content" in text


def read_theyworkforyou(document: str, text: str, where: str = "") -> Document:
    """Read a debate saved from TheyWorkForYou: one utterance per speech, the site left out.

    Parameters
    ----------
    document : str
    text : str
        The page.
    where : str, optional
        The file, for the error message.

    Returns
    -------
    analysis.text.document.Document
        The printed position (party, office) is the ``affiliation``; what bears no name is
        procedure, and narration.

    Raises
    ------
    AnalysisError
        If no speech is in it.
    """
    root = markup.page(where or document, text)
    turns = []
    for speech in root.xpath(_SPEECH):
        said = speech.xpath(".//*[contains(@class, 'debate-speech__content')]")
        if not said:
            continue
        name, position = (
            " ".join(" ".join(found.text_content().split()) for found in part)
            for part in (
                speech.xpath(".//*[contains(@class, 'debate-speech__speaker__name')]"),
                speech.xpath(".//*[contains(@class, 'debate-speech__speaker__position')]"),
            )
        )
        turns.append(Turn(name, _paragraphs(said[0]), affiliation=position))
    if not turns:
        raise AnalysisError(where or document, "no speech on the page", "a TheyWorkForYou debate")
    title = _SITE.sub("", " ".join((root.findtext(".//title") or "").split()))
    metadata = {"kind": "debate", "title": title, **dates.first_date([title])}
    return compose(document, turns, {key: value for key, value in metadata.items() if value})


def _paragraphs(element: html.HtmlElement) -> str:
    """Return an element's paragraphs, one a line."""
    found = [" ".join(p.text_content().split()) for p in element.xpath(".//p[not(.//p)] | .//li")]
    return "\n".join(filter(None, found)) or tidy(element.text_content())


def is_singapore(record: object) -> bool:
    """Return whether a JSON object is a section of Singapore's Official Report."""
    return isinstance(record, dict) and {"sectionType", "content"} <= set(record)


def read_singapore(record: dict[str, Any], where: str) -> Document:
    """Read one section of Singapore's Official Report, its speakers printed bold before a colon.

    Parameters
    ----------
    record : dict
        ``content`` (HTML), ``doc_id``, ``date``, ``title``.
    where : str
        The file and line, for the error message.

    Returns
    -------
    analysis.text.document.Document
        An office with its holder in brackets resolves to the holder; the office, or the seat in
        brackets behind a member's name, is the ``affiliation``.

    Raises
    ------
    AnalysisError
        If the section holds no paragraph.
    """
    content = str(record["content"])
    if not content.strip():
        raise AnalysisError(where, "a section without content", "the section's HTML")
    root = markup.page(where, content)
    turns: list[list[str]] = []
    for paragraph in root.xpath("//p[not(.//p)] | //li[not(.//p)]"):
        label, said = _bold_label(paragraph)
        if label or not turns or "(proc text)" in said:
            turns.append([label, said])
        elif said:
            turns[-1][1] += f"\n{said}"
    made = [_singapore_turn(label, tidy(said)) for label, said in turns if label or said.strip()]
    if not made:
        raise AnalysisError(where, "a section without a paragraph", "the section's HTML")
    metadata = {"kind": "debate"} | {
        key: str(record[key]) for key in ("title", "date") if record.get(key)
    }
    name = str(record.get("doc_id") or Path(where).stem)
    return compose(name, made, metadata)


_QUESTION = re.compile(r"\d{1,3}\s*$")
_ASKED = re.compile(r"(?:asked|to ask)\b")
_LANGUAGE = re.compile(r"\(In \w+\)\s*:")


def _bold_label(paragraph: html.HtmlElement) -> tuple[str, str]:
    """Part a paragraph into its bold label, if it opens with one, and what was said.

    Behind the label stands a colon, a language in brackets, or, in a numbered written question,
    the word "asked".
    """
    whole = " ".join(paragraph.text_content().split())
    lead = " ".join((paragraph.text or "").split())
    if lead and not _QUESTION.fullmatch(lead):
        return "", whole
    label = ""
    for child in paragraph:
        if child.tag not in {"strong", "b"}:
            break
        label += child.text_content()
        if (child.tail or "").strip():
            break
    label = " ".join(label.split())
    rest = whole[len(lead) :].lstrip()
    rest = rest[len(label) :].lstrip() if label and rest.startswith(label) else ""
    if label.endswith(":"):
        return label[:-1].strip(), rest
    if label and rest.startswith(":"):
        return label, rest[1:].strip()
    if label and (_LANGUAGE.match(rest) or (lead and _ASKED.match(rest))):
        return label, rest
    return "", whole


def _singapore_turn(label: str, said: str) -> Turn:
    found = _OFFICE.match(label)
    if not found:
        return Turn(label, said)
    outer, inner = found["outer"], found["inner"]
    if _PERSON.match(inner):
        return Turn(label, said, inner, re.sub(r"^The\s+", "", outer))
    return Turn(label, said, outer, inner)


def is_record(text: str) -> bool:
    """Return whether a page is one of the Congressional Record's."""
    return "[Congressional Record" in text[:2000]


def read_record(document: str, text: str, where: str = "") -> Document:
    """Read a page of the Congressional Record as the Publishing Office gives it out.

    Parameters
    ----------
    document : str
    text : str
        The page: HTML around one preformatted text.
    where : str, optional
        The file, for the error message.

    Returns
    -------
    analysis.text.document.Document
        Page and time marks are left out, lines of a paragraph joined. Headings and what the clerk
        read stand in the text before the next turn, in nobody's exposure.

    Raises
    ------
    AnalysisError
        If no paragraph opens with a member's name.
    """
    root = markup.page(where or document, text)
    plain = _TIME_MARK.sub("", _PAGE_MARK.sub("", root.text_content()))
    head, _, body = plain.partition("[www.gpo.gov]")
    if not body:
        head, body = plain[:1000], plain
    turns: list[Turn] = []
    before: list[str] = []
    said: list[str] = []
    label = ""

    def close() -> None:
        if label:
            turns.append(Turn(label, "\n".join(said), before="\n".join(held)))

    held: list[str] = []
    speaking = False
    for paragraph in _record_paragraphs(body):
        opening = _RECORD_LABEL.match(paragraph)
        if opening:
            close()
            label, said, held, before, speaking = opening["label"], [], before, [], True
        elif _RECORDER.match(paragraph) or _is_heading(paragraph):
            speaking = False
        joined = " ".join(paragraph[opening.end() if opening else 0 :].split())
        if joined:
            (said if speaking else before).append(joined)
    close()
    if not turns:
        raise AnalysisError(
            where or document, "no paragraph opens with a member's name", "a debate's page"
        )
    lines = [" ".join(line.split()) for line in body.splitlines() if line.strip()]
    metadata = {"kind": "record", **dates.first_date([head]), "title": lines[0]}
    return compose(document, turns, metadata)


def _record_paragraphs(body: str) -> Iterator[str]:
    """Yield paragraphs: a line indented by two blanks opens one, an empty line closes one."""
    lines: list[str] = []
    for line in [*body.splitlines(), ""]:
        opens = not line.strip() or bool(re.match(r" {2}\S", line))
        if opens and lines:
            yield "\n".join(lines)
            lines = []
        if line.strip():
            lines.append(line)
    if lines:
        yield "\n".join(lines)


def _is_heading(paragraph: str) -> bool:
    indent = len(paragraph) - len(paragraph.lstrip(" "))
    return indent > 7 and "\n" not in paragraph.strip() and not paragraph.rstrip().endswith(".")


def is_record_json(content: object) -> bool:
    """Return whether JSON is the Record as the congressional-record project parses it."""
    return (
        isinstance(content, dict)
        and isinstance(content.get("content"), list)
        and isinstance(content.get("header"), dict)
    )


def read_record_json(document: str, content: dict[str, Any], where: str = "") -> Document:
    """Read the JSON that the congressional-record project makes of the Record.

    Returns
    -------
    analysis.text.document.Document
        One utterance per speech, its printed label parted from what was said; the recorder's and
        the clerk's words stand before the next speech, in nobody's exposure.

    Raises
    ------
    AnalysisError
        If there is no speech in it.
    """
    turns: list = []
    before: list = []
    for item in content["content"]:
        if not isinstance(item, dict) or not isinstance(item.get("text"), str):
            continue
        text = _TIME_MARK.sub("", _PAGE_MARK.sub("", item["text"]))
        if item.get("kind") == "speech" and item.get("speaker"):
            label = " ".join(str(item["speaker"]).split())
            said = " ".join(text.split()).removeprefix(label).lstrip(". ")
            turns.append(Turn(label, said, before="\n".join(before)))
            before = []
        elif text.strip():
            before.append(" ".join(text.split()))
    if not turns:
        raise AnalysisError(where or document, "no speech in it", "items of kind 'speech'")
    header = content["header"]
    printed = f"{header.get('month')} {header.get('day')}, {header.get('year')}"
    metadata = {"kind": "record", **dates.first_date([printed])}
    title = content.get("doc_title") or content.get("title")
    return compose(document, turns, metadata | ({"title": str(title)} if title else {}))

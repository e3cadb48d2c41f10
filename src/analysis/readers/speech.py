"""Speeches by one person: a header that names the speaker, or an address named by its file."""

from __future__ import annotations

import re

from analysis.errors import AnalysisError
from analysis.readers import dates
from analysis.readers.text import heading
from analysis.text.document import Document, from_spans

_BY = re.compile(
    r"^(?:Speech|Statement|Remarks|Address|Lecture|Keynote|Testimony)(?: given| delivered)? by "
    r"(?P<name>[^,\n]{2,80}?)[ \t]*(?:,[ \t]*(?P<role>[^\n]{1,200}?))?[ \t]*\r?$",
    re.MULTILINE,
)
_HEADER = re.compile(r"\r?\n[ \t]*\r?\n\s*")
_ADDRESS = re.compile(r"(?P<year>\d{4})-(?P<name>[A-Z][A-Za-z'’]+)-\d+$")
_PRINTED = re.compile(r"The (?:Vice )?President\.\s+")
_TOP = 1000


def is_speech(document: str, text: str) -> bool:
    """Return whether a text's header says whose speech it is, or its name an address's."""
    return bool(_BY.search(text[:_TOP]) and _HEADER.search(text)) or bool(_ADDRESS.match(document))


def read_text(document: str, text: str, where: str = "") -> Document:
    r"""Read a speech: the header as narration, the rest as one turn of its speaker.

    Parameters
    ----------
    document : str
        Identifier; ``YEAR-Name-N``, as the collection of State of the Union addresses names its
        files, says who speaks.
    text : str
        The file as read; every offset counts in it.
    where : str, optional
        The file, for the error message.

    Returns
    -------
    analysis.text.document.Document
        The label is the name up to the first comma; what follows it is the ``affiliation``.

    Raises
    ------
    AnalysisError
        If neither header nor name says who speaks.

    Examples
    --------
    >>> made = read_text("d", "On Locks\nSpeech by Ada Arden, Chair\n\nWe met.\n")
    >>> made.utterances[["start", "body", "end", "label"]].values.tolist()
    [[0, 0, 37, ''], [37, 37, 45, 'Ada Arden']]
    """
    found = _BY.search(text[:_TOP])
    header = _HEADER.search(text, found.end()) if found else None
    address = _ADDRESS.match(document)
    # The header names the place and the day in one line; the speech itself may name any day.
    top = text[: header.start()] if header else ""
    metadata = {"kind": "speech", **dates.first_date(top.split("\n"))}
    if title := heading(text):
        metadata["title"] = title
    if found and header:
        label = " ".join(found["name"].split())
        body = header.end()
        spans = [
            (0, 0, body, "", "", "narration"),
            (body, body, len(text), label, label, "turn"),
        ]
        made = from_spans(document, text, spans, metadata)
        role = found["role"] or ""
        return Document(
            document, text, made.utterances.assign(affiliation=["", role], group=""), made.metadata
        )
    if not address:
        raise AnalysisError(
            where or document, "no line that says who speaks", "'Speech by NAME, ROLE' at the top"
        )
    printed = _PRINTED.match(text)
    body = printed.end() if printed else 0
    metadata = metadata | {"title": f"Address of {address['year']}"}
    spans = [(0, body, len(text), address["name"], address["name"], "turn")]
    return from_spans(document, text, spans, metadata)

"""Mail: an mbox of messages, or one message, each a document of its own."""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from email.header import decode_header
from email.message import EmailMessage
from email.utils import parseaddr

from lxml import etree

from analysis.errors import AnalysisError
from analysis.readers import markup
from analysis.readers.date_forms import in_words
from analysis.readers.press import lines
from analysis.readers.turns import Turn, compose
from analysis.text.document import Document

_POSTMARK = re.compile(rb"^From [^\n]*\d{4}[^\n]*\r?\n(?=[A-Za-z][A-Za-z0-9-]*:)", re.MULTILINE)
_HEADER = re.compile(
    rb"(?:From|To|Subject|Date|Received|Message-I[Dd]|Return-Path|MIME-Version|"
    rb"Delivered-To|X-[\w-]+|Content-Type|Reply-To|In-Reply-To|Sender):",
    re.I,
)
_QUOTED = re.compile(r"\s*>")
_ANNOUNCES = re.compile(
    r"\s*(?:On .{5,200}\bwrote|Am .{5,200}\bschrieb.{0,80}|Le .{5,200}\ba écrit|"
    r"El .{5,200}\bescribió)\s*:\s*|-{3,}\s*(?:Original Message|Forwarded message).*",
    re.IGNORECASE,
)
_QUOTE = "//blockquote[not(ancestor::blockquote)]"
_SIGNATURE = re.compile(r"--\s?")


def is_mail(content: bytes) -> bool:
    """Return whether bytes are an mbox, or one message with its headers."""
    top = content[:8000].lstrip(b"\xef\xbb\xbf\r\n")
    if _POSTMARK.match(top):
        return True
    head = re.split(rb"\r?\n\r?\n", top, maxsplit=1)[0]
    names = {name.lower() for name in re.findall(rb"^([\w-]+):", head, re.MULTILINE)}
    headers = _HEADER.match(head) is not None
    return (
        headers
        and b"from" in names
        and len(names & {b"date", b"subject", b"to", b"message-id"}) >= 2
        and (b"message-id" in names or b"mime-version" in names or b"received" in names)
    )


def read(document: str, content: bytes, where: str) -> list[Document]:
    """Read messages: what the sender wrote is the sender's, what is quoted is nobody's.

    Parameters
    ----------
    document : str
        The file's name; its messages are numbered.
    content : bytes
    where : str
        The file, for the error message.

    Returns
    -------
    list of Document
        ``title`` (the subject) and ``date`` in the metadata. Attachments are left out, and so are
        signatures below the line that opens them.

    Raises
    ------
    AnalysisError
        If no message has a text.
    """
    parts = _POSTMARK.split(content)
    found = [_message(part, where) for part in (parts[1:] if len(parts) > 1 else parts)]
    found = [one for one in found if one[1]]
    if not found:
        raise AnalysisError(where, "mail without a text", "messages with a text of their own")
    width = len(str(len(found)))
    return [
        compose(document if len(found) == 1 else f"{document}-{number:0{width}}", turns, metadata)
        for number, (metadata, turns) in enumerate(found, 1)
    ]


def _message(content: bytes, where: str) -> tuple[dict[str, str], list[Turn]]:
    try:
        message = email.message_from_bytes(content, policy=email.policy.default)
        sender = _header(message, "From")
        name, address = parseaddr(sender)
        # The older way to write a sender: tom@example.org (Tom Bell).
        name = name or _aside(message)
        told = {
            "kind": "mail",
            "title": _header(message, "Subject"),
            "date": in_words(_header(message, "Date")),
        }
        text = _text(message, where)
    except AnalysisError:
        raise
    except Exception:  # the parser lets out whatever a broken header makes it stumble over
        return {}, []
    turns = list(_turns(text, name.strip() or address or sender))
    return {key: value for key, value in told.items() if value}, turns


def _aside(message: EmailMessage) -> str:
    """Return the name that stands in brackets behind the sender's address."""
    raw = next((str(value) for name, value in message.raw_items() if name.lower() == "from"), "")
    name, _ = parseaddr(" ".join(raw.split()))
    told = "".join(
        part if isinstance(part, str) else part.decode(charset or "ascii", "replace")
        for part, charset in decode_header(name)
    )
    return told.encode("utf-8", "replace").decode("utf-8")


def _header(message: EmailMessage, name: str) -> str:
    value = " ".join(str(message.get(name, "")).split())
    return value.encode("utf-8", "replace").decode("utf-8")


def _text(message: EmailMessage, where: str) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    charset = part.get_content_charset() or "utf-8"
    try:
        text = payload.decode(charset, "replace")
    except LookupError:
        text = payload.decode("utf-8", "replace")
    if part.get_content_type() == "text/html" and text.strip():
        root = markup.page(where, text)
        for quoted in root.xpath(_QUOTE):
            said = "\n".join(f"> {line}" for line in lines(quoted).split("\n"))
            tail = quoted.tail
            quoted.clear()
            # A line break of its own each: blanks between tags mean nothing to a page.
            for line in said.split("\n"):
                etree.SubElement(quoted, "br").tail = line
            quoted.tail = tail
        text = lines(root)
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _turns(text: str, sender: str) -> Iterator[Turn]:
    """Yield what the sender wrote and what is quoted, in turn."""
    own: list[str] = []
    quoted: list[str] = []
    # An mbox writes a line that opens with From as >From.
    rows = [line[1:] if line.startswith(">From ") else line for line in text.split("\n")]
    forwarded = False
    for line in rows:
        if _SIGNATURE.fullmatch(line):
            break
        forwarded |= bool(re.match(r"\s*-{3,}\s*(?:Original|Forwarded)", line, re.IGNORECASE))
        if forwarded or _QUOTED.match(line) or _ANNOUNCES.fullmatch(line):
            if own and any(map(str.strip, own)):
                yield Turn(sender, "\n".join(own).strip(), sender)
            own = []
            quoted.append(line)
        else:
            if line.strip() and quoted:
                yield Turn("", "\n".join(quoted).strip())
                quoted = []
            own.append(line)
    if any(map(str.strip, own)):
        yield Turn(sender, "\n".join(own).strip(), sender)
    if quoted:
        yield Turn("", "\n".join(quoted).strip())

"""The JSON of chats other than Telegram's: Messenger, Instagram, Slack, Discord and their like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from analysis.readers.date_forms import iso
from analysis.readers.messages import Message, document_of
from analysis.text.document import Document

_SENDERS = (
    ("sender_name",),
    ("author", "nickname"),
    ("author", "global_name"),
    ("author", "name"),
    ("author", "username"),
    ("user_profile", "real_name"),
    ("user_profile", "display_name"),
    ("username",),
    ("from", "name"),
    ("creator", "name"),
    ("sender", "name"),
    ("sender",),
    ("user",),
)
_SAID = ("content", "text", "body", "message")
_TIMES = ("timestamp_ms", "timestamp", "ts", "created_at", "created_date", "date")
_LOOKED_AT = 50


def is_chat(content: Any) -> bool:
    """Return whether JSON is a chat: messages with a sender, a time and words.

    Examples
    --------
    >>> is_chat({"messages": [{"sender_name": "Ada", "timestamp_ms": 1, "content": "Yes."}]})
    True
    >>> is_chat([{"user": "ada", "text": "Yes.", "date": "2021-03-01"}])
    False
    """
    rows = _rows(content)
    some = rows[:_LOOKED_AT]
    if not some or not all(isinstance(row, Mapping) for row in some):
        return False
    # A bare list is one of posts, a table, unless it is Slack's.
    slack = isinstance(content, Mapping) or all(
        row.get("type") == "message" and "ts" in row for row in some
    )
    timed = all(any(name in row for name in _TIMES) for row in some)
    return slack and timed and any(_sender(row) and _said(row) for row in some)


def _rows(content: Any) -> Sequence[Any]:
    rows = content.get("messages") if isinstance(content, Mapping) else content
    return rows if isinstance(rows, list) else ()


def read(document: str, content: Any, where: str = "") -> Document:
    """Read such a chat, oldest message first, each a turn of its sender.

    Raises
    ------
    AnalysisError
        If no message has words.

    Examples
    --------
    >>> rows = [{"sender_name": "Tom", "timestamp_ms": 1614593060000, "content": "No."},
    ...         {"sender_name": "Ada", "timestamp_ms": 1614593000000, "content": "Yes."}]
    >>> made = read("d", {"title": "Locks", "messages": rows})
    >>> made.utterances["speaker"].tolist(), made.metadata["title"], made.metadata["date"]
    (['Ada', 'Tom'], 'Locks', '2021-03-01')
    """
    rows = [row for row in _rows(content) if isinstance(row, Mapping)]
    times = [_time(row) for row in rows]
    if len(rows) > 1 and all(a >= b for a, b in pairwise(times)):
        rows.reverse()
    # What Messenger writes of itself has the bytes of UTF-8 for letters.
    byte_by_byte = any("sender_name" in row for row in rows)
    messages = list(_messages(rows, byte_by_byte=byte_by_byte))
    days = [day for row in rows if len(day := iso(_printed(row))) == len("2021-03-01")]
    told = content if isinstance(content, Mapping) else {}
    channel = told.get("channel")
    named = channel.get("name") if isinstance(channel, Mapping) else told.get("title")
    title = _letters(named, byte_by_byte=byte_by_byte) if isinstance(named, str) else ""
    metadata = {"title": " ".join(title.split())} if title.strip() else {}
    return document_of(document, messages, days, metadata, where=where)


def _messages(rows: list[Mapping[str, Any]], *, byte_by_byte: bool) -> Iterator[Message]:
    for row in rows:
        notice = row.get("subtype") or row.get("is_unsent") or row.get("is_system_message")
        sender = "" if notice and notice != "bot_message" else _sender(row)
        yield Message(
            " ".join(_letters(sender, byte_by_byte=byte_by_byte).split()),
            _letters(_said(row), byte_by_byte=byte_by_byte),
        )


def _letters(text: str, *, byte_by_byte: bool) -> str:
    if byte_by_byte and not text.isascii():
        try:
            return text.encode("latin-1").decode("utf-8")
        except UnicodeError:
            return text
    return text


def _sender(row: Mapping[str, Any]) -> str:
    for path in _SENDERS:
        value: Any = row
        for name in path:
            value = value.get(name) if isinstance(value, Mapping) else None
        if isinstance(value, str) and value.strip():
            return value
    return ""


def _said(row: Mapping[str, Any]) -> str:
    return next((row[name] for name in _SAID if isinstance(row.get(name), str)), "")


def _printed(row: Mapping[str, Any]) -> str:
    value = next((row[name] for name in _TIMES if name in row), "")
    return f"{value:.0f}" if isinstance(value, float) else str(value)


def _time(row: Mapping[str, Any]) -> float:
    """Return a number that grows with the time: the seconds, or the digits of a date."""
    digits = "".join(filter(str.isdecimal, _printed(row).partition(".")[0]))
    return float(digits[:17] or 0)

"""Chats as WhatsApp and Telegram export them: a message is a turn of its sender."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from analysis.errors import AnalysisError
from analysis.readers import markup
from analysis.readers.date_forms import in_words
from analysis.readers.turns import Turn, compose, tidy
from analysis.text.document import Document

_DAY = (
    r"(?P<a>\d{1,4})\u200f?(?P<by>\.[ \u00a0]?|[/-]|[年년][ \u00a0]?)\u200f?(?P<b>\d{1,2})\u200f?"
    r"(?:(?P=by)|[月월][ \u00a0]?)\u200f?(?P<c>\d{1,4})(?:\.|[日일])?"
)
_HALF = r"[AaPp]\.?\s?[Mm]\.?|[صم]|[πμ]\.?μ\.?|[上下]午|午[前後]|오[전후]"
# Some languages put a word such as kl., ob or klo before the hour, or the half of the day.
_HOUR = (
    rf"(?:(?P<early>{_HALF})\s?|[^\W\d_]{{1,6}}\.?\s)?"
    rf"\d{{1,2}}[:.]\d{{2}}(?:[:.]\d{{2}})?(?:\s?(?P<half>{_HALF}))?"
)
_STAMP = re.compile(
    rf"^[\u200e\u200f\ufeff]*(?P<open>\[)?{_DAY},?\s+{_HOUR}"
    r"(?(open)\][ \u00a0]?|(?:\s+[-–]\s|[,:]\s))",
    re.MULTILINE,
)
_COPIED = re.compile(
    r"^[\u200e\u200f\ufeff]*(?P<who>[^\n\[\]]{1,60}), "
    r"\[(?P<when>[^\[\]\n]{0,40}\d[:.]\d\d[^\[\]\n]{0,20})\]:?[ \t]*\r?$",
    re.MULTILINE,
)
_SENDER = re.compile(r"[\u200e\u200f]*(?P<who>[^:\n\"“”]{1,60}?): ?(?P<said>.*)", re.DOTALL)
_SYSTEM = re.compile(
    r"\b(?:added|left|joined|removed|created (?:group|this group)|changed (?:the|this|their|to)"
    r"|(?:criou|adicionou|removeu|saiu|mudou|entrou|aggiunto|rimosso|creato|verwijderd|toegevoegd"
    r"|gemaakt|добавила?|создала?|вышла?|lagt til|utworzył|dodał)(?!\w)"
    r"|are (?:now )?end-to-end encrypted|security code|hinzugefügt|verlassen|geändert|añadió|salió"
    r"|creó|cambió|a ajouté|a quitté|a créé|a changé)\b"
)
_EDITED = re.compile(r"\s*[\u200e]*<(?:This message was edited|Diese Nachricht wurde [^<>]+)>\s*$")
_NO_WORDS = re.compile(
    r"[\u200e\u200f\s]*(?:<[^<>\n]{1,80}>|null"
    r"|(?:image|video|audio|sticker|GIF|document|Contact card|(?:Voice|Video) (?:call|note))"
    r" omitted|[^\n]{1,120}\.\w{2,4} \([^()\n]{3,30}\)"
    r"|(?:[^\W\d_]+ ){1,3}(?:weggelassen|omitid[oa]|omess[oa]|absente?|omis|ocult(?:ad)?[oa]"
    r"|weggelaten|utelämna[dt]|udeladt|utelatt|pominię\w{1,3}|отсутствует|пропущен[оаы]?)"
    r"|(?:This message was|You) deleted(?: this message)?\.?"
    r"|(?:Questo messaggio è stato|Hai) eliminato(?: questo messaggio)?\.?"
    r"|Diese Nachricht wurde gelöscht\.?|Du hast diese Nachricht gelöscht\.?"
    r"|Ce message a été supprimé\.?|Vous avez supprimé ce message\.?"
    r"|(?:Se eliminó este mensaje|Este mensaje fue eliminado|Eliminaste este mensaje)\.?"
    r"|(?:Mensagem apagada|Você apagou esta mensagem|Esta mensagem foi apagada)\.?"
    r"|(?:Dit bericht is verwijderd|Je hebt dit bericht verwijderd)\.?"
    r"|Missed (?:voice|video) call|(?:Voice|Video) call.{0,40})\s*"
)
_UNDATED = (
    "day and month cannot be told apart in its dates, so it has none: give it one in documents.csv"
)
_GONE = "Deleted Account"


class Message(NamedTuple):
    """A message of a chat; one without a sender is what the program itself says.

    ``sender`` is None for somebody whose account is gone: the words are nobody's, but were said.
    """

    sender: str | None
    said: str


def is_whatsapp(text: str) -> bool:
    """Return whether a text opens with a message as WhatsApp exports it, and has another."""
    opening = text[:8000].lstrip("\ufeff\u200e\u200f \t\r\n")
    return bool(_STAMP.match(opening)) and len(_STAMP.findall(opening)) >= 2


def read_whatsapp(document: str, text: str, where: str = "") -> Document:
    r"""Read a WhatsApp chat: each message a turn; notices and media left out are nobody's.

    Parameters
    ----------
    document : str
    text : str
        As exported by Android or iOS, in any language's form of the date.
    where : str, optional
        The file, for the error message.

    Returns
    -------
    analysis.text.document.Document
        ``date`` is the first day, where day and month can be told apart.

    Raises
    ------
    AnalysisError
        If no message has words.

    Examples
    --------
    >>> made = read_whatsapp("d", "22/03/2021, 10:16 - Ada: Yes.\n22/03/2021, 10:17 - Tom: No.\n")
    >>> made.utterances["speaker"].tolist(), made.metadata["date"]
    (['Ada', 'Tom'], '2021-03-22')
    """
    stamps = list(_STAMP.finditer(text))
    ends = [*(stamp.start() for stamp in stamps[1:]), len(text)]
    said = (text[stamp.end() : end].strip() for stamp, end in zip(stamps, ends, strict=True))
    messages = [_message(words) for words in said]
    days, notes = _days(stamps)
    return document_of(document, messages, days, {}, notes=notes, where=where)


def _message(words: str) -> Message:
    found = _SENDER.fullmatch(words)
    # iOS puts a mark before what it says itself, in any language.
    if not found or _SYSTEM.search(found["who"]) or found["said"].startswith("\u200e"):
        return Message("", words)
    return Message(" ".join(found["who"].split()).lstrip("~ "), _EDITED.sub("", found["said"]))


def _days(stamps: list[re.Match[str]]) -> tuple[list[str], tuple[str, ...]]:
    """Return the days in ISO form; which number is the day, all the dates say together."""
    if not stamps:
        return [], ()
    parts = [tuple(int(stamp[name]) for name in ("a", "b", "c")) for stamp in stamps]
    marks = {stamp["by"].strip() for stamp in stamps}
    halves = any(stamp.groupdict().get("half") for stamp in stamps)
    first = [a for a, _, c in parts if a <= 31]
    second = [b for a, b, _ in parts if a <= 31]
    if any(a > 12 for a in first) or "." in marks:
        order = "dmy"
    elif any(b > 12 for b in second) or (halves and "/" in marks and len(set(second)) > 1):
        order = "mdy"
    elif not first:
        order = "ymd"
    elif all(a == b for a, b in zip(first, second, strict=True)):
        order = "dmy"
    else:
        return [], (_UNDATED,)
    days = [_day(a, b, c, order) for a, b, c in parts]
    return [day for day in days if day], ()


def _day(a: int, b: int, c: int, order: str) -> str:
    year, month, day = (a, b, c) if a > 31 else (c, a, b) if order == "mdy" else (c, b, a)
    try:
        return date(year if year > 99 else 2000 + year, month, day).isoformat()
    except ValueError:
        return ""


def document_of(
    document: str,
    messages: Iterable[Message],
    days: list[str],
    metadata: Mapping[str, str],
    *,
    notes: tuple[str, ...] = (),
    where: str = "",
) -> Document:
    """Make a document of messages; what has no sender, or no words of its own, is nobody's."""
    turns: list[Turn] = []
    before: list[str] = []
    for sender, said in messages:
        if not said.strip():
            continue
        if sender == "" or _NO_WORDS.fullmatch(said):
            before.append(tidy(said))
        else:
            turns.append(Turn(sender or "", tidy(said), before="\n".join(before)))
            before = []
    if not turns:
        raise AnalysisError(where or document, "no message with words in it", "a chat")
    if before:
        turns.append(Turn("", "", before="\n".join(before)))
    told = {"kind": "chat", **metadata} | ({"date": min(days)} if days else {})
    if days and max(days) != min(days):
        notes = (*notes, f"messages from {min(days)} to {max(days)} are one document")
    made = compose(document, turns, told)
    return Document(document, made.text, made.columns, made.metadata, notes)


def is_copied(text: str) -> bool:
    """Return whether a text was copied out of Telegram: a name, and the time in brackets."""
    opening = text[:8000].lstrip("\ufeff\u200e\u200f \t\r\n")
    return bool(_COPIED.match(opening)) and len(_COPIED.findall(opening)) >= 2


def read_copied(document: str, text: str, where: str = "") -> Document:
    r"""Read messages copied out of Telegram.

    Examples
    --------
    >>> made = read_copied("d", "Ada, [22.03.21 10:15]\nYes.\n\nTom, [22.03.21 10:16]\nNo.\n")
    >>> made.utterances["speaker"].tolist(), made.metadata["date"]
    (['Ada', 'Tom'], '2021-03-22')
    """
    marks = list(_COPIED.finditer(text))
    ends = [*(mark.start() for mark in marks[1:]), len(text)]
    messages = [
        Message(" ".join(mark["who"].split()), text[mark.end() : end].strip())
        for mark, end in zip(marks, ends, strict=True)
    ]
    printed = [re.match(_DAY, mark["when"].strip()) for mark in marks]
    days, notes = _days([day for day in printed if day])
    days += filter(None, (in_words(mark["when"]) for mark in marks))
    return document_of(document, messages, days, {}, notes=notes, where=where)


def is_telegram(content: Any) -> bool:
    """Return whether JSON is an export of Telegram's: one chat, or all of an account."""
    return bool(list(_chats(content)))


def _chats(content: Any) -> Iterator[Mapping[str, Any]]:
    if not isinstance(content, Mapping):
        return
    chats = content.get("chats")
    several = chats.get("list") if isinstance(chats, Mapping) else None
    for chat in several if isinstance(several, list) else [content]:
        rows = chat.get("messages") if isinstance(chat, Mapping) else None
        if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
            continue
        if any("from" in row or "actor" in row for row in rows):
            yield chat


def read_telegram(document: str, content: Any, where: str = "") -> list[Document]:
    """Read Telegram's JSON: each chat a document, each message a turn of its sender.

    Examples
    --------
    >>> rows = [{"type": "message", "date": "2021-03-22T10:15:00", "from": "Ada", "text": "Yes."}]
    >>> made, = read_telegram("d", {"name": "Locks", "messages": rows})
    >>> made.utterances["speaker"].tolist(), made.metadata["title"], made.metadata["date"]
    (['Ada'], 'Locks', '2021-03-22')
    """
    chats = list(_chats(content))
    found = []
    for number, chat in enumerate(chats, 1):
        rows = [row for row in chat["messages"] if row.get("type", "message") == "message"]
        messages = [Message(_sender(row), _flat(row.get("text"))) for row in rows]
        days = [str(row.get("date") or "")[:10] for row in rows]
        days = [day for day in days if re.fullmatch(r"\d{4}-\d\d-\d\d", day)]
        title = {"title": " ".join(str(chat["name"]).split())} if chat.get("name") else {}
        name = document if len(chats) == 1 else f"{document}-{number}"
        if len(chats) == 1 or any(sender != "" and said.strip() for sender, said in messages):
            found.append(document_of(name, messages, days, title, where=where))
    if not found:
        raise AnalysisError(where or document, "no message with words in it", "a chat")
    return found


def _sender(row: Mapping[str, Any]) -> str | None:
    name = " ".join(str(row.get("from") or "").split())
    return None if name in {"", _GONE} else name


def _flat(text: Any) -> str:
    """Return a message's words, which Telegram gives in pieces where a link is among them."""
    if isinstance(text, str):
        return text
    if isinstance(text, list):
        return "".join(_flat(part) for part in text if not isinstance(part, list))
    return str(text.get("text") or "") if isinstance(text, Mapping) else ""


def is_telegram_page(text: str) -> bool:
    """Return whether a page is one of Telegram's export."""
    return 'class="message default' in text[:20000] and 'class="from_name"' in text[:20000]


def read_telegram_page(document: str, text: str, where: str = "") -> Document:
    """Read a page of Telegram's export; a message without a name is the sender's before it."""
    root = markup.page(where or document, text)
    sender, messages, days = "", [], []
    for message in root.xpath("//div[contains(@class, 'message default')]"):
        names = message.xpath("./div[@class='body']/div[@class='from_name']")
        sender = " ".join(names[0].text_content().split()) if names else sender
        for words in message.xpath("./div[@class='body']//div[@class='text']")[:1]:
            said = "\n".join(part.strip() for part in words.itertext())
            messages.append(Message(None if sender == _GONE else sender, said))
        for stamp in message.xpath(".//div[contains(@class, 'date details')]/@title")[:1]:
            if found := re.match(r"(\d\d)\.(\d\d)\.(\d{4})", stamp):
                days.append(_day(int(found[1]), int(found[2]), int(found[3]), "dmy"))
    headers = root.xpath("//div[contains(@class, 'page_header')]//div[contains(@class, 'text')]")
    title = " ".join(headers[0].text_content().split()) if headers else ""
    days = [day for day in days if day]
    metadata = {"title": title} if title else {}
    return document_of(document, messages, days, metadata, where=where)

"""The readers in the order in which they are asked, and what each recognises.

Any of these may be packed with gzip.

========== ====================================================== ===========================
kind       what                                                   the document's text
========== ====================================================== ===========================
transcript hearing or court transcript with numbered lines, PDF   the turns
           or text taken from one with its layout kept
transcript plain text with a speaker's label at the start of      the file
           lines, or beside a time
transcript CHAT (TalkBank), ELAN                                  the turns
chat       WhatsApp's text, Telegram's JSON or page, the JSON of  the turns
           Messenger, Slack, Discord
debate     Europarl's release                                     the turns
podcast    Markdown with ``**Name:**`` at the start of lines      the file
pleading   numbered pleading paper, PDF or text taken from one    cleaned of page furniture
paper      report, testimony, order: PDF or text taken from one   cleaned of page furniture
table      CSV, TSV, Excel, Parquet or JSON Lines of turns        the turns
mail       mbox, or one message                                   what was written in it
abstract   RIS, BibTeX                                            the abstracts
debate     TheyWorkForYou page or XML, Akoma Ntoso, Singapore's   the turns
           Official Report
record     U.S. Congressional Record, page or parsed JSON         the turns
argument   Oyez transcript (JSON)                                 the turns
tei        TEI, ParlaMint above all, plain or annotated           the turns
subtitles  SRT, WebVTT, SBV; the tables, texts and JSON of        the turns
           speech recognisers
article    HTML page, DOCX, ODT, RTF                              its text, then as below
news       export of LexisNexis, Factiva, Europresse, ProQuest    each story's body
speech     text with ``Speech by NAME, ROLE`` at its top          the file
news       press story                                            the file
text       any other plain text                                   the file
========== ====================================================== ===========================

A ZIP of any of these is read member by member; a folder with ``utterances.jsonl`` and
``speakers.json`` is a ConvoKit corpus.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from analysis.errors import AnalysisError
from analysis.readers import (
    akoma,
    archives,
    article,
    brake,
    chats,
    convokit,
    elan,
    europarl,
    factiva,
    hansard,
    labelled,
    mail,
    markup,
    messages,
    news,
    office,
    otranscribe,
    oyez,
    paper,
    pleading,
    podcast,
    press,
    prose,
    recognition,
    speech,
    subtitles,
    table,
    table_files,
    talkbank,
    tei,
    text,
    transcript,
    unread,
)
from analysis.readers.layout import side_by_side
from analysis.readers.source import PAGES_TO_JUDGE_BY, Source
from analysis.text.document import Document

_FRAMES_WITHIN = 20_000


class Reader(NamedTuple):
    """What a reader is called, which form it takes, how it knows its own, and how it reads it."""

    kind: str
    form: str
    recognises: Callable[[Source], bool]
    read: Callable[[Source], list[Document]]


def _pdf(reader: Callable[..., Document]) -> Callable[[Source], list[Document]]:
    return lambda source: [reader(source.name, source.pages(), os.fspath(source.path))]


def _text(reader: Callable[..., Document]) -> Callable[[Source], list[Document]]:
    return lambda source: [reader(source.name, source.text, os.fspath(source.path))]


def _transcript_sheets(source: Source) -> Document:
    if side_by_side(source.text):
        raise AnalysisError(
            source.path,
            "text of sheets with several transcript pages side by side",
            "one transcript page to a sheet",
            "read the PDF itself",
        )
    return transcript.read_pdf(source.name, source.sheets, os.fspath(source.path))


def _told(
    source: Source, body: str, metadata: Mapping[str, str], notes: tuple[str, ...] = ()
) -> list[Document]:
    """Read the text of a page or an office document: an archive's stories, or one text."""
    where = os.fspath(source.path)
    if stories := archives.stories_in(source.name, body, where):
        return stories
    return [prose.noted(prose.read(source.name, body, metadata, where), notes)]


def _page(source: Source) -> list[Document]:
    where = os.fspath(source.path)
    if archives.is_page(source) and (stories := archives.read_page(source)):
        return stories
    if "<frameset" in source.text[:_FRAMES_WITHIN].lower():
        raise AnalysisError(
            source.path,
            "a page of frames, which has no text of its own",
            "a page with its text",
            "save the pages that its frames name",
        )
    body, metadata = article.read_page(where, source.text)
    return _told(source, body, metadata, brake.note_of_page(source.text, body))


def _docx(source: Source) -> list[Document]:
    body, metadata = article.read_docx(source.path, source.content)
    return _told(source, body, metadata)


def _odt(source: Source) -> list[Document]:
    body, metadata = office.read_odt(source.path, source.content)
    return _told(source, body, metadata)


def _rtf(source: Source) -> list[Document]:
    body = office.read_rtf(source.path, source.content)
    return _told(source, body, {})


def _xml(source: Source) -> list[Document]:
    # The bytes, not the characters: XML says itself in which encoding it is.
    where = os.fspath(source.path)
    root = markup.xml(where, source.content)
    if tei.is_tei(root):
        return [tei.read(source.name, root, source.path)]
    if elan.is_elan(root):
        return [elan.read(source.name, root, where)]
    if akoma.is_akoma(root):
        return [akoma.read(source.name, root, source.path)]
    if factiva.is_xml(root):
        return press.documents(source.name, where, "Factiva", factiva.stories_of_xml(root))
    if office.is_flat(root):
        return _told(source, *office.text_of(where, root))
    found, remedy = unread.of_root(str(root.tag))
    raise AnalysisError(source.path, found, "TEI, Akoma Ntoso or another XML that we read", remedy)


def _chat(source: Source, content: Any, where: str) -> list[Document]:
    """Read the messages of a chat; none where it is no chat."""
    if messages.is_telegram(content):
        return messages.read_telegram(source.name, content, where)
    return [chats.read(source.name, content, where)] if chats.is_chat(content) else []


def _recording(source: Source, content: Any, where: str) -> list[Document]:
    """Read what a program made of a recording, by itself or with a typist; none if it did not."""
    if otranscribe.is_otranscribe(content):
        return [otranscribe.read(source.name, content, where)]
    segments = recognition.segments_in(content)
    return [] if segments is None else [recognition.read(source.name, segments, where)]


def _json(source: Source) -> list[Document]:
    content, where = source.json, os.fspath(source.path)
    if oyez.is_argument(content):
        return [oyez.read(source.name, content, where)]
    if hansard.is_record_json(content):
        return [hansard.read_record_json(source.name, content, where)]
    if hansard.is_singapore(content):
        return [hansard.read_singapore(content, where)]
    if talk := _chat(source, content, where) or _recording(source, content, where):
        return talk
    if rows := table.rows_in(content):
        return _records(source, list(enumerate(rows, 1)))
    if isinstance(content, dict) and {"cells", "nbformat"} <= content.keys():
        raise AnalysisError(
            source.path,
            "a Jupyter notebook",
            "a text",
            "save its text as Markdown (nbconvert does)",
        )
    raise AnalysisError(
        source.path,
        "JSON of a kind we do not know",
        "an Oyez argument, a page of the Congressional Record, a recogniser's segments, "
        "or a list of turns",
        "export it as CSV or JSON Lines with a column of text",
    )


def _records(source: Source, rows: list[tuple[int, dict]]) -> list[Document]:
    if rows and hansard.is_singapore(rows[0][1]):
        return [
            hansard.read_singapore(row, f"{source.path}, line {line}")
            for line, row in rows
            if hansard.is_singapore(row)
        ]
    if rows and convokit.is_utterance(rows[0][1]):
        return convokit.read_rows(source.path, [row for _, row in rows])
    plain = [(line, table.plain(row)) for line, row in rows]
    return table.documents(source.path, plain, source.columns)


READERS = (
    Reader(
        "transcript",
        "pdf",
        lambda source: transcript.is_transcript(source.opening),
        _pdf(transcript.read_pdf),
    ),
    Reader(
        "pleading",
        "pdf",
        lambda source: pleading.is_numbered(source.opening),
        _pdf(pleading.read_pdf),
    ),
    Reader("paper", "pdf", lambda source: True, _pdf(paper.read_pdf)),
    Reader("article", "docx", lambda source: True, _docx),
    Reader("article", "odt", lambda source: True, _odt),
    Reader("article", "rtf", lambda source: True, _rtf),
    Reader(
        "mail",
        "mail",
        lambda source: True,
        lambda source: mail.read(source.name, source.content, os.fspath(source.path)),
    ),
    Reader(
        "table",
        "xlsx",
        lambda source: True,
        lambda source: table_files.parse_excel(source.path, source.content, source.columns),
    ),
    Reader(
        "table",
        "parquet",
        lambda source: True,
        lambda source: table_files.parse_parquet(source.path, source.content, source.columns),
    ),
    Reader("table", "jsonl", lambda source: True, lambda source: _records(source, source.lines)),
    Reader("talk", "json", lambda source: True, _json),
    Reader(
        "debate",
        "xml",
        lambda source: akoma.is_publicwhip(source.content),
        lambda source: [akoma.read_publicwhip(source.name, source.content, source.path)],
    ),
    Reader("tei", "xml", lambda source: True, _xml),
    Reader(
        "debate",
        "html",
        lambda source: hansard.is_theyworkforyou(source.text),
        _text(hansard.read_theyworkforyou),
    ),
    Reader(
        "record",
        "html",
        lambda source: hansard.is_record(source.text),
        _text(hansard.read_record),
    ),
    Reader(
        "chat",
        "html",
        lambda source: messages.is_telegram_page(source.text),
        _text(messages.read_telegram_page),
    ),
    Reader("article", "html", lambda source: True, _page),
    Reader("news", "text", archives.is_text, archives.read_text),
    Reader("abstract", "text", archives.is_records, archives.read_records),
    Reader(
        "chat",
        "text",
        lambda source: messages.is_whatsapp(source.text),
        _text(messages.read_whatsapp),
    ),
    Reader(
        "chat",
        "text",
        lambda source: messages.is_copied(source.text),
        _text(messages.read_copied),
    ),
    Reader(
        "transcript",
        "text",
        lambda source: talkbank.is_chat(source.text),
        _text(talkbank.read_text),
    ),
    Reader(
        "debate",
        "text",
        lambda source: europarl.is_europarl(source.text),
        _text(europarl.read_text),
    ),
    Reader(
        "subtitles",
        "text",
        lambda source: subtitles.is_subtitles(source.text),
        _text(subtitles.read_text),
    ),
    Reader(
        "table",
        "text",
        lambda source: table.is_table(source.path, source.text),
        lambda source: table.parse(source.path, source.text, source.columns),
    ),
    Reader(
        "podcast",
        "text",
        lambda source: bool(podcast.labels_in(source.text)),
        _text(podcast.read_text),
    ),
    Reader(
        "transcript",
        "text",
        lambda source: transcript.is_transcript(source.sheets[:PAGES_TO_JUDGE_BY]),
        lambda source: [_transcript_sheets(source)],
    ),
    Reader(
        "pleading",
        "text",
        lambda source: pleading.is_text(source.text),
        _text(pleading.read_text),
    ),
    Reader(
        "transcript",
        "text",
        lambda source: prose.is_transcript(source.text),
        _text(prose.noting(labelled.read_text)),
    ),
    Reader(
        "subtitles",
        "text",
        lambda source: subtitles.is_timed(source.text),
        _text(subtitles.read_timed),
    ),
    Reader(
        "speech",
        "text",
        lambda source: speech.is_speech(source.name, source.text),
        _text(prose.noting(speech.read_text)),
    ),
    Reader("paper", "text", lambda source: "\f" in source.text, _text(paper.read_text)),
    Reader(
        "news",
        "text",
        lambda source: news.is_story(source.text),
        _text(prose.noting(news.read_text)),
    ),
    Reader("text", "text", lambda source: True, _text(prose.noting(text.read_text))),
)


KINDS = tuple(dict.fromkeys(reader.kind for reader in READERS))
"""The kinds that :func:`analysis.readers.read` knows."""

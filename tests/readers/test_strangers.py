"""Files as other programs write them: who said how many words, or the name of what is refused."""

import io
import json
import zipfile

import openpyxl
import pytest

from analysis.corpus import Corpus
from analysis.errors import AnalysisError

ASKS, SAYS = "Who reads the list?", "Nobody who has not asked."
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def _workbook():
    book = openpyxl.Workbook()
    sheet = book.active
    for row in (["Interviews of the spring", None], [None, None], ["Speaker", "Text"]):
        sheet.append(row)
    sheet.append(["Ada", ASKS])
    sheet.append(["Tom", SAYS])
    sink = io.BytesIO()
    book.save(sink)
    return sink.getvalue()


def _docx(turns):
    cell = "<w:tc><w:p><w:r><w:t>{}</w:t></w:r></w:p></w:tc>".format
    rows = "".join(f"<w:tr>{cell(who)}{cell(said)}</w:tr>" for who, said in turns)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as book:
        book.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body><w:tbl>{rows}</w:tbl></w:body></w:document>',
        )
    return sink.getvalue()


def _rtf(turns):
    rows = (f"\\trowd {who}\\cell {said}\\cell\\row\n" for who, said in turns)
    return "{\\rtf1\\ansi " + "".join(rows) + "}"


TURNS = [("Ada", ASKS), ("Tom", SAYS)] * 2
ITEMS = [
    {"type": "pronunciation", "speaker_label": f"spk_{n}", "alternatives": [{"content": word}]}
    for n, said in enumerate((ASKS, SAYS))
    for word in said.strip("?.").split()
]
POSTS = [
    {"content": f"<p>{said}</p>", "account": {"acct": who}, "created_at": "2021-03-04"}
    for who, said in (("ada", ASKS), ("tom", SAYS))
]
SKIES = [
    {"author": {"handle": who}, "record": {"text": said, "createdAt": "2021-03-04T10:00:00Z"}}
    for who, said in (("ada", ASKS), ("tom", SAYS))
]
READ = {
    "amazon.json": (json.dumps({"results": {"items": ITEMS}}), {"spk_0": 4, "spk_1": 5}),
    "mastodon.json": (json.dumps(POSTS), {"ada": 4, "tom": 5}),
    "bluesky.jsonl": ("\n".join(map(json.dumps, SKIES)), {"ada": 4, "tom": 5}),
    "title_above.xlsx": (_workbook(), {"Ada": 4, "Tom": 5}),
    "rows.docx": (_docx(TURNS), {"Ada": 8, "Tom": 10}),
    "rows.rtf": (_rtf(TURNS), {"Ada": 8, "Tom": 10}),
    "spreadsheet.csv": (f"sep=;\nSprecher;Text\nAda;{ASKS}\nTom;{SAYS}\n", {"Ada": 4, "Tom": 5}),
    "french.csv": (f"locuteur;texte\nAda;{ASKS}\nTom;{SAYS}\n", {"Ada": 4, "Tom": 5}),
    "spanish.csv": (f"orador,intervención\nAda,{ASKS}\nTom,{SAYS}\n", {"Ada": 4, "Tom": 5}),
    "pages.csv": (
        f"Page Name,User Name,Post Created,Message\nAda,a,2021-03-04,{ASKS}\nTom,t,,{SAYS}\n",
        {"Ada": 4, "Tom": 5},
    ),
    "comments.csv": (
        f"videoId,authorDisplayName,publishedAt,textDisplay\nv,Ada,2021-03-04,{ASKS}\n",
        {"Ada": 4},
    ),
    "webex.vtt": (
        (
            f'WEBVTT\n\n1 "Ada" (34)\n00:00:01.000 --> 00:00:02.000\n{ASKS}\n\n'
            f'2 "Tom" (35)\n00:00:03.000 --> 00:00:04.000\n{SAYS}\n'
        ),
        {"Ada": 4, "Tom": 5},
    ),
    "ios.txt": (
        (
            "[22.03.21, 10:15:01] Schleusen: \u200eAnrufe sind verschlüsselt.\n"
            f"[22.03.21, 10:16:03] Ada: {ASKS}\n[22.03.21, 10:17:03] Tom: {SAYS}\n"
            "\u200e[22.03.21, 10:18:00] Ada: \u200eBild weggelassen\n"
        ),
        {"Ada": 4, "Tom": 5},
    ),
    "arabic.txt": (
        (
            f"\u200f22\u200f/3\u200f/2021 10:16 ص - Ada: {ASKS}\n"
            f"\u200f22\u200f/3\u200f/2021 10:17 ص - Tom: {SAYS}\n"
        ),
        {"Ada": 4, "Tom": 5},
    ),
    "html.eml": (
        (
            "From: Ada <a@x>\nSubject: L\nDate: Thu, 4 Mar 2021 10:00:00 +0000\nMIME-Version: 1.0\n"
            f"Content-Type: text/html\n\n<p>{ASKS}</p><blockquote><p>{SAYS}</p></blockquote>\n"
        ),
        {"Ada": 4},
    ),
    "teams.txt": (
        "".join(
            f"0:0:{n}.0 --> 0:0:{n}.9\n{who}\n{said}\n\n"
            for n, (who, said) in enumerate([("Ada Arden", ASKS), ("Tom Bell", SAYS)] * 2)
        ),
        {"Ada Arden": 8, "Tom Bell": 10},
    ),
}
REFUSED = {
    "book.ipynb": (json.dumps({"cells": [], "nbformat": 4}), "Jupyter notebook"),
    "talk.trs": ('<?xml version="1.0"?><!DOCTYPE Trans SYSTEM "t.dtd"><Trans/>', "Transcriber"),
    "old.txt": ("0001 *ada *y_2021\nWho reads the list?\n", "Alceste"),
    "blanks.conll": ("1 Who who PRON WP _ 2 nsubj _ _\n2 is be V V _ 0 root _ _\n", "CoNLL-U"),
    "mail.msg": (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "Outlook"),
    "page.txt": ("{{Infobox person\n| name = Ada\n}}\n'''Ada''' is a keeper.\n", "wiki"),
}


def _write(tmp_path, name, content):
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


@pytest.mark.parametrize("name", READ)
def test_words_are_their_speakers(name, tmp_path):
    content, right = READ[name]
    said = Corpus.read(_write(tmp_path, name, content)).utterances
    counted = said[said["speaker"] != ""].groupby("speaker")["words"].sum()
    assert counted.to_dict() == right


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_not_read_is_named(name, tmp_path):
    content, named = REFUSED[name]
    with pytest.raises(AnalysisError, match=named):
        Corpus.read(_write(tmp_path, name, content))


def test_a_text_of_factiva_is_its_stories(tmp_path):
    text = "".join(
        f"HD  {title}\nPD  {day} March 2021\nSN  The Post\n\nLP\n{said}\n\nAN  Document {day}\n"
        for title, day, said in (("Locks", 4, ASKS), ("Keys", 5, SAYS))
    )
    made = Corpus.read(_write(tmp_path, "factiva.txt", text))
    assert made.documents[["title", "date", "words"]].values.tolist() == [
        ["Locks", "2021-03-04", 4],
        ["Keys", "2021-03-05", 5],
    ]


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        ("大臣は、市民の監視は受け入れられないと述べた。", "iso2022_jp"),
        ("部长表示，对公民的大规模监控是不可接受的。没有法院的命令。", "utf-16-be"),
    ],
)
def test_eastern_encodings_without_a_mark_are_known(text, encoding, tmp_path):
    made = Corpus.read(_write(tmp_path, "a.txt", text.encode(encoding)))
    assert list(made.texts.values()) == [text]


def test_the_toml_block_of_a_page_is_about_it(tmp_path):
    page = '+++\ntitle = "Locks"\ndate = 2021-03-04\n+++\n\nThe keeper waits.\n'
    made = Corpus.read(_write(tmp_path, "a.md", page)).documents.iloc[0]
    assert (made["title"], made["date"], made["words"]) == ("Locks", "2021-03-04", 3)

"""Files as other programs write them: who said how many words, or the name of what is refused."""

import io
import json
import zipfile

import openpyxl
import pytest

from analysis.corpus import Corpus, report
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
    "telegram.txt": (
        f"Ada, [22.03.21 10:15]\n{ASKS}\n\nTom, [Mar 22, 2021 at 10:16:00 AM]:\n{SAYS}\n",
        {"Ada": 4, "Tom": 5},
    ),
    "messenger.json": (
        json.dumps(
            {
                "messages": [
                    {"sender_name": "Tom", "timestamp_ms": 1614593060000, "content": SAYS},
                    {
                        "sender_name": "\u00c3\u0089lo",
                        "timestamp_ms": 1614593000000,
                        "content": ASKS,
                    },
                ]
            }
        ),
        {"Élo": 4, "Tom": 5},
    ),
    "slack.json": (
        json.dumps(
            [
                {"type": "message", "ts": "1614593000.1", "user": "U1", "text": ASKS},
                {"type": "message", "ts": "1614593060.1", "user": "U2", "text": SAYS},
                {
                    "type": "message",
                    "subtype": "channel_join",
                    "ts": "1.1",
                    "user": "U2",
                    "text": "x",
                },
            ]
        ),
        {"U1": 4, "U2": 5},
    ),
    "discord.json": (
        json.dumps(
            {
                "messages": [
                    {
                        "timestamp": "2021-03-22T10:15:00",
                        "content": ASKS,
                        "author": {"name": "ada"},
                    },
                    {
                        "timestamp": "2021-03-22T10:16:00",
                        "content": SAYS,
                        "author": {"name": "tom"},
                    },
                ]
            }
        ),
        {"ada": 4, "tom": 5},
    ),
    **{
        f"whatsapp_{name}.txt": (f"{stamp}Ada: {ASKS}\n{stamp}Tom: {SAYS}\n", {"Ada": 4, "Tom": 5})
        for name, stamp in {
            "hungarian": "2021. 03. 22. 10:16 - ",
            "korean": "2021년 3월 22일 오전 10:16, ",
            "chinese": "2021/3/2 上午10:16 - ",
            "greek": "22/3/21, 10:16 π.μ. - ",
            "finnish": "22.3.2021 klo 10.16 - ",
        }.items()
    },
    "attached.txt": (
        (
            f"22/03/2021 10:15 - Ada criou o grupo\n22/03/2021 10:16 - Ada: {ASKS}\n"
            "22/03/2021 10:17 - Tom: IMG-1.jpg (arquivo anexado)\n"
            f"22/03/2021 10:18 - Tom: {SAYS}\n22/03/2021 10:18 - Tom: immagine omessa\n"
        ),
        {"Ada": 4, "Tom": 5},
    ),
    "script.ass": (
        (
            "[Script Info]\n\n[Events]\nFormat: Layer, Start, End, Style, Name, Text\n"
            "Dialogue: 0,0:00:01.00,0:00:03.00,D,Ada,0,0,0,,Who {\\i1}reads{\\i0}\\Nthe list?\n"
            f"Dialogue: 0,0:00:03.00,0:00:05.00,D,Tom,0,0,0,,{SAYS}\n"
        ),
        {"Ada": 4, "Tom": 5},
    ),
    "frames.sub": (
        f"{{1}}{{25}}ADA: Who reads|the list?\n{{26}}{{50}}TOM: {SAYS}\n",
        {"ADA": 4, "TOM": 5},
    ),
    "deepgram.json": (
        json.dumps(
            {
                "results": {
                    "channels": [
                        {
                            "alternatives": [
                                {
                                    "transcript": f"{ASKS} {SAYS}",
                                    "words": [
                                        {"word": word, "punctuated_word": word, "speaker": n}
                                        for n, said in enumerate((ASKS, SAYS))
                                        for word in said.split()
                                    ],
                                }
                            ]
                        }
                    ]
                }
            }
        ),
        {"Speaker 0": 4, "Speaker 1": 5},
    ),
    "watson.json": (
        json.dumps(
            {
                "results": [
                    {"alternatives": [{"timestamps": [["who", 0.0, 1.0], ["no", 1.0, 2.0]]}]}
                ],
                "speaker_labels": [{"from": 0.0, "speaker": 0}, {"from": 1.0, "speaker": 1}],
            }
        ),
        {"Speaker 0": 1, "Speaker 1": 1},
    ),
    "google.json": (
        json.dumps(
            {
                "results": [
                    {"alternatives": [{"transcript": "who no"}]},
                    {
                        "alternatives": [
                            {
                                "words": [
                                    {"word": "who", "speakerTag": 1},
                                    {"word": "no", "speakerTag": 2},
                                ]
                            }
                        ]
                    },
                ]
            }
        ),
        {"Speaker 1": 1, "Speaker 2": 1},
    ),
    "table.html": (
        "<html><body><table><tr><th>Speaker</th><th>Text</th></tr>"
        + "".join(f"<tr><td>{who}</td><td>{said}</td></tr>" for who, said in TURNS)
        + "</table></body></html>",
        {"Ada": 8, "Tom": 10},
    ),
    "list.html": (
        "<html><body><dl>"
        + "".join(f"<dt>{who} Arden:</dt><dd>{said}</dd>" for who, said in TURNS[:3])
        + "</dl></body></html>",
        {"Ada Arden": 8, "Tom Arden": 5},
    ),
    "cast_and_fields.txt": (
        "Interview number: 7\nInterviewer: Ada Arden\nInterviewee: Tom Bell\nLanguage: English\n\n"
        + "".join(f"{who}: {said}\n" for who, said in TURNS),
        {"Ada": 8, "Tom": 10},
    ),
    "names_apart.tsv": (
        f"speaker_first_name\tspeaker_last_name\tspeech\nAda\tArden\t{ASKS}\nTom\tBell\t{SAYS}\n",
        {"Ada Arden": 4, "Tom Bell": 5},
    ),
    "comments_of.csv": (
        f"Comment Author,Comment,Comment Date\nada,{ASKS},2021/3/4\ntom,{SAYS},2021/3/5\n",
        {"ada": 4, "tom": 5},
    ),
    "chinese.csv": (f"发言人,内容\n王芳,{ASKS}\n李明,{SAYS}\n", {"王芳": 4, "李明": 5}),
    "empty_columns.csv": (
        f"speaker,text,,\nAda,{ASKS},,\n,,,\nTom,{SAYS},,\n",
        {"Ada": 4, "Tom": 5},
    ),
    "bare_marks.tsv": (f'speaker\ttext\nAda\t{ASKS}\nTom\t"No" was all\n', {"Ada": 4, "Tom": 3}),
    "byline.txt": (
        (
            "THE COURT: Sit.\n\nMR. BELL: Yes.\n\nBY MR. BELL:\n\n"
            f"Q. {ASKS}\n\nA. {SAYS}\n\nQ. So?\n\nA. No.\n"
        ),
        {"THE COURT": 1, "MR. BELL": 1, "Q": 5, "A": 6},
    ),
    "teams.txt": (
        "".join(
            f"0:0:{n}.0 --> 0:0:{n}.9\n{who}\n{said}\n\n"
            for n, (who, said) in enumerate([("Ada Arden", ASKS), ("Tom Bell", SAYS)] * 2)
        ),
        {"Ada Arden": 8, "Tom Bell": 10},
    ),
}
NESTED = [
    {"snippet": {"topLevelComment": {"snippet": {"textOriginal": said, "authorDisplayName": who}}}}
    for who, said in (("Ada", ASKS), ("Tom", SAYS))
]
LISTED = [{"kind": "t1", "data": {"author": who, "body": said}} for who, said in TURNS[:2]]
SPOKEN = [{"speaker": n, "text": said} for n, said in enumerate((ASKS, SAYS))]
TIMED = [
    {"type": "pronunciation", "start_time": str(n), "alternatives": [{"content": word}]}
    for n, word in enumerate(("Who", "reads", "Nobody"))
]
BY_TIME = [
    {
        "items": [
            {"start_time": "0", "speaker_label": "a"},
            {"start_time": "1", "speaker_label": "a"},
        ]
    },
    {"items": [{"start_time": "2", "speaker_label": "b"}]},
]
READ |= {
    "youtube.json": (json.dumps({"items": NESTED}), {"Ada": 4, "Tom": 5}),
    "reddit.json": (json.dumps({"data": {"children": LISTED}}), {"Ada": 4, "Tom": 5}),
    "nested.json": (
        json.dumps({"result": {"transcription": {"utterances": SPOKEN}}}),
        {"Speaker 0": 4, "Speaker 1": 5},
    ),
    "by_time.json": (
        json.dumps({"results": {"speaker_labels": {"segments": BY_TIME}, "items": TIMED}}),
        {"a": 2, "b": 1},
    ),
    "googlechat.json": (
        json.dumps(
            {
                "messages": [
                    {"creator": {"name": who}, "created_date": "22 March 2021", "text": said}
                    for who, said in TURNS[:2]
                ]
            }
        ),
        {"Ada": 4, "Tom": 5},
    ),
    "old_whatsapp.txt": (
        f"09/12/2012 17:03:48: Ada: {ASKS}\n24/12/2012 17:04:48: Tom: {SAYS}\n",
        {"Ada": 4, "Tom": 5},
    ),
    "asides.csv": (
        f"Speaker (name),Text (verbatim)\nAda,{ASKS}\nTom,{SAYS}\n",
        {"Ada": 4, "Tom": 5},
    ),
    "asked.csv": (f"Who said it,What was said\nAda,{ASKS}\nTom,{SAYS}\n", {"Ada": 4, "Tom": 5}),
    "forum.csv": (
        f"thread_id,timestamp,body,subject,author\n1,2021-03-04,{ASKS},Locks,Ada\n1,,{SAYS},,Tom\n",
        {"Ada": 4, "Tom": 5},
    ),
    "compounds.csv": (
        f"Sitzungsdatum;Rednername;Redebeitrag\n04.03.2021;Ada;{ASKS}\n04.03.2021;Tom;{SAYS}\n",
        {"Ada": 4, "Tom": 5},
    ),
    "of.csv": (
        (
            "Date de séance;Nom de l'orateur;Texte de l'intervention\n"
            f"4 mars 2021;Ada;{ASKS}\n4 mars 2021;Tom;{SAYS}\n"
        ),
        {"Ada": 4, "Tom": 5},
    ),
}
REFUSED = {
    "book.ipynb": (json.dumps({"cells": [], "nbformat": 4}), "Jupyter notebook"),
    "talk.trs": ('<?xml version="1.0"?><!DOCTYPE Trans SYSTEM "t.dtd"><Trans/>', "Transcriber"),
    "old.txt": ("0001 *ada *y_2021\nWho reads the list?\n", "Alceste"),
    "blanks.conll": ("1 Who who PRON WP _ 2 nsubj _ _\n2 is be V V _ 0 root _ _\n", "CoNLL-U"),
    "script.fdx": ('<?xml version="1.0"?><FinalDraft DocumentType="Script"/>', "Final Draft"),
    "sound.mp3": (b"\xff\xfb\x90\x44" + b"\x00" * 400, "MP3"),
    "photo.heic": (b"\x00\x00\x00\x18ftypheic" + b"\x00" * 300, "HEIC"),
    "captions.xml": (
        '<?xml version="1.0"?><transcript><text start="0">x</text></transcript>',
        "captions",
    ),
    "mail.msg": (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "Outlook"),
    "note.ann": ("T1\tPerson 0 9\tAda Arden\nT2\tPlace 12 18\tLinden\n", "brat"),
    "tagged.txt": (
        "Who\tWP\twho\nreads\tVVZ\tread\nit\tPP\tit\n?\tSENT\t?\nNo\tUH\tno\n.\tSENT\t.\n",
        "one word a line",
    ),
    "ner.txt": ("-DOCSTART- -X- -X- O\n\nNobody NN B-NP O\n", "CoNLL-2003"),
    "captions.scc": ("Scenarist_SCC V1.0\n\n00:00:00;22\t9425 9425\n", "Scenarist"),
    "captions.smi": ("<SAMI>\n<BODY>\n<SYNC Start=1000><P>Who?\n</BODY></SAMI>\n", "SAMI"),
    "trec.txt": ("<DOC>\n<DOCNO> 1 </DOCNO>\n<TEXT>\nWho?\n</TEXT>\n</DOC>\n", "TREC"),
    "folia.xml": ('<?xml version="1.0"?><FoLiA xmlns="http://ilk.uvt.nl/folia"/>', "FoLiA"),
    "book.mobi": (b"Locks" + b"\x00" * 55 + b"BOOKMOBI" + b"\x00" * 300, "MOBI"),
    "subtitles.stl": (b"850STL25.01" + b"\x00" * 500, "EBU"),
    "help.chm": (b"ITSF\x03\x00\x00\x00" + b"\x00" * 300, "CHM"),
    "text.hwp": (b"HWP Document File V3.00" + b"\x00" * 300, "Hangul"),
    "page.html": (
        (
            "From: <Saved>\nMIME-Version: 1.0\nContent-Type: multipart/related; boundary=b\n\n"
            "--b\nContent-Type: text/html\n\n<html><body>Who?</body></html>\n--b--\n"
        ),
        "MHTML",
    ),
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


def test_a_page_of_factiva_as_it_is_shown_is_its_stories(tmp_path):
    page = (
        '<html><div class="article enArticle"><div><span class="enHeadline">Keeper</span></div>'
        '<div class="author">Ada</div><div>9 words</div><div>4 March 2021</div><div>The Post</div>'
        f'<p class="articleParagraph enarticleParagraph">{ASKS}</p></div></html>'
    )
    row = Corpus.read(_write(tmp_path, "a.html", page)).documents.iloc[0]
    assert (row["title"], row["date"], row["source"], row["words"]) == (
        *("Keeper", "2021-03-04", "The Post"),
        4,
    )


def test_a_docx_of_the_older_nexis_has_a_paragraph_a_line(tmp_path):
    lines = ["1 of 1 DOCUMENT", "The Post", "March 4, 2021", "Keeper", "LENGTH: 9 words", ASKS]
    lines += ["LOAD-DATE: March 9, 2021"]
    body = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as book:
        book.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
    row = Corpus.read(_write(tmp_path, "a.docx", sink.getvalue())).documents.iloc[0]
    assert (row["title"], row["date"], row["words"]) == ("Keeper", "2021-03-04", 4)


@pytest.mark.parametrize(
    ("top", "date"),
    [
        ("Sitzung vom 4. März 2021", "2021-03-04"),
        ("04.03.2021", "2021-03-04"),
        ("[LINE] Chat\nSaved on: 2021/04/01 09:00\n2021/03/22(Mon)", "2021-03-22"),
    ],
)
def test_a_transcript_has_the_date_above_it(top, date, tmp_path):
    text = f"{top}\n\nADA: {ASKS}\nTOM: {SAYS}\nADA: No.\nTOM: No.\n"
    assert Corpus.read(_write(tmp_path, "a.txt", text)).documents["date"].tolist() == [date]


def test_a_bibliography_may_open_with_what_its_entries_use(tmp_path):
    text = "@string{hp = {Harbour}}\n@article{a,\n title = {Locks},\n abstract = {No.}\n}\n"
    row = Corpus.read(_write(tmp_path, "a.bib", text)).documents.iloc[0]
    assert (row["title"], row["words"]) == ("Locks", 1)


LONG = "Nobody had asked for a key, and nobody would do so."


def test_the_one_column_of_long_texts_is_the_text_and_the_report_says_so(tmp_path):
    path = _write(tmp_path, "a.csv", f'month,answer_17\nMarch,"{LONG}"\nMay,"{LONG}"\n')
    assert Corpus.read(path).documents["words"].tolist() == [11, 11]
    notes = report.describe(path).notes["note"]
    assert notes.str.contains("text = answer_17, the only column of long texts").any()


def test_a_column_of_names_beside_long_texts_has_to_be_named(tmp_path):
    table = f'orator,uttered\nAda Arden,"{LONG}"\nTom Bell,"{LONG}"\n'
    with pytest.raises(AnalysisError, match="no column text"):
        Corpus.read(_write(tmp_path, "a.csv", table))


def test_numbered_speeches_are_no_table_of_words(tmp_path):
    text = "".join(f"01.0{n}  {who} (PX): {said}\n\n" for n, (who, said) in enumerate(TURNS, 1))
    said = Corpus.read(_write(tmp_path, "a.txt", text)).utterances
    assert said["speaker"].tolist() == ["Ada (PX)", "Tom (PX)"] * 2


def test_pandoc_s_title_block_is_about_the_page(tmp_path):
    page = "% Locks\n% Ada Arden; Tom Bell\n% 8 July 2015\n\nThe keeper waits.\n"
    made = Corpus.read(_write(tmp_path, "a.md", page)).documents.iloc[0]
    assert (made["title"], made["date"], made["words"]) == ("Locks", "2015-07-08", 3)


def test_rules_part_the_stories_of_a_page_of_proquest(tmp_path):
    page = "".join(
        f"<p>{title}</p><p>ProQuest document link</p><p>Full text: {said}</p><p>Subject: Keys</p>"
        f"<p>Title: {title}</p><p>Publication date: Mar {day}, 2021</p><hr>"
        for title, day, said in (("Locks", 4, ASKS), ("Keys", 5, SAYS))
    )
    made = Corpus.read(_write(tmp_path, "a.html", f"<html><body>{page}</body></html>")).documents
    assert made[["title", "date", "words"]].values.tolist() == [
        ["Locks", "2021-03-04", 4],
        ["Keys", "2021-03-05", 5],
    ]


def test_the_dutch_fields_of_nexis_are_no_words(tmp_path):
    text = (
        "      1 van 1 DOCUMENTEN\n\nDe Haven\n\n4 maart 2021 donderdag\n\nSluizen\n\n"
        f"RUBRIEK: NIEUWS; Blz. 1\n\nLENGTE: 4 woorden\n\n{ASKS}\n\nLAAD-DATUM: 9 maart 2021\n"
    )
    row = Corpus.read(_write(tmp_path, "a.txt", text)).documents.iloc[0]
    assert (row["title"], row["date"], row["words"]) == ("Sluizen", "2021-03-04", 4)


def test_twitter_s_archive_is_a_table_of_posts(tmp_path):
    rows = [{"tweet": {"full_text": ASKS, "created_at": "Thu Mar 04 10:00:00 +0000 2021"}}]
    text = f"window.YTD.tweets.part0 = {json.dumps(rows)}"
    row = Corpus.read(_write(tmp_path, "tweets.js", text)).documents.iloc[0]
    assert (row["date"], row["words"]) == ("2021-03-04", 4)


STORIES = [
    ("Keeper Backs Locks", "2021-03-04", "The keeper said on Monday that the locks were sound."),
    ("Critics Doubt Locks", "2021-03-05", "A critic called it mass surveillance."),
]
GUARDIAN = [
    {"webTitle": title, "webPublicationDate": f"{day}T10:00:00Z", "fields": {"bodyText": body}}
    for title, day, body in STORIES
]
TIMES = [
    {"headline": {"main": title}, "pub_date": f"{day}T10:00:00+0000", "body": body}
    for title, day, body in STORIES
]
REGISTRY = [{"title": title, "dateTime": day, "body": body} for title, day, body in STORIES]
BLOG = [
    {"title": {"rendered": title}, "date": day, "content": {"rendered": f"<p>{body}</p>"}}
    for title, day, body in STORIES
]
_STORY = (
    "{count}\n\nThe Post\n\n{day}\n\n{title}\n\nBYLINE: Ada Arden\n\nSECTION: NEWS\n\n"
    "LENGTH: 9 words\n\n{body}\n\nLOAD-DATE: March 9, 2021\n\nLANGUAGE: ENGLISH\n\n"
    "Copyright 2021 The Post\nAll Rights Reserved\n\n"
)


def _download(count):
    return "".join(
        _STORY.format(count=count.format(n=n), day=f"March {3 + n}, 2021", title=title, body=body)
        for n, (title, _, body) in enumerate(STORIES, 1)
    )


PRESS = {
    "guardian.json": json.dumps({"response": {"status": "ok", "results": GUARDIAN}}),
    "times.json": json.dumps({"response": {"docs": TIMES}}),
    "registry.json": json.dumps({"articles": {"results": REGISTRY, "totalResults": 2}}),
    "blog.json": json.dumps(BLOG),
    "german.csv": "Datum;Zeitung;Titel;Autor;Artikeltext\n"
    + "".join(f"{day};Hafenpost;{title};Ada;{body}\n" for title, day, body in STORIES),
    "one_download.csv": "Source_File,Newspaper,Date,Headline,Article\n"
    + "".join(f"a.docx,Post,{day},{title},{body}\n" for title, day, body in STORIES),
    "counted.txt": _download("{n} of 2 DOCUMENTS"),
    "counted_after.txt": _download("Document {n} of 2"),
    "uncounted.txt": _download(""),
}


@pytest.mark.parametrize("name", PRESS)
def test_each_story_of_a_press_service_is_a_document(tmp_path, name):
    (tmp_path / name).write_text(PRESS[name], encoding="utf-8")
    read = Corpus.read(tmp_path / name)
    rows = read.documents[["title", "date"]].itertuples(index=False, name=None)
    assert list(rows) == [(title, day) for title, day, _ in STORIES]
    assert read.utterances.groupby("document")["words"].sum().tolist() == [10, 6]


PRESS_IN_FRENCH = """                       {n} sur 2 DOCUMENTS


                            Le Phare

                        lundi {n} mars 2018

Les serrures, {n}

AUTEUR: Ida Ardent

LONGUEUR: 6 mots

{body}

LANGUE: FRENCH; FRANÇAIS

                    Copyright 2018 Le Phare
                      Tous droits réservés

"""


def test_the_counts_of_nexis_are_known_in_other_languages(tmp_path):
    bodies = ["Le gardien a fermé la porte.", "Personne n'avait demandé de clé."]
    rows = (PRESS_IN_FRENCH.format(n=n, body=body) for n, body in enumerate(bodies, 1))
    path = tmp_path / "presse.txt"
    path.write_text("".join(rows), encoding="utf-8")
    corpus = Corpus.read(path)
    assert sorted(corpus.texts.values()) == bodies
    assert corpus.documents["date"].tolist() == ["2018-03-01", "2018-03-02"]


def test_a_story_of_nexis_that_is_not_parted_from_the_one_before_is_said(tmp_path):
    one = PRESS_IN_FRENCH.replace("{n} sur 2 DOCUMENTS", "").replace("Copyright 2018", "")
    path = tmp_path / "presse.txt"
    path.write_text(one.format(n=1, body="A.") + one.format(n=2, body="B."), encoding="utf-8")
    assert "another story's length stands below its text" in str(report.describe(path))


def test_a_running_head_of_nexis_is_no_second_headline(tmp_path):
    story = (
        "Page {n} of 2\nLocks {n}\n\nLocks {n}\nThe Post\nMarch {n}, 2021\n\n"
        "Copyright 2021 The Post\n\nLength: 5 words\n\nBody\n\nNobody had asked for it.\n\n"
        "Load-Date: March 9, 2021\n\nEnd of Document\n\n"
    )
    path = tmp_path / "two.txt"
    path.write_text("".join(story.format(n=n) for n in (1, 2)), encoding="utf-8")
    assert Corpus.read(path).documents["title"].tolist() == ["Locks 1", "Locks 2"]


@pytest.mark.parametrize("publisher", ["Harbour Press", "Arden & Sons Ltd.", "Phare SA"])
def test_the_publisher_below_a_story_of_factiva_is_no_part_of_it(publisher, tmp_path):
    path = tmp_path / "shown.txt"
    path.write_text(
        "Locks\n\n5 words\n4 March 2021\nThe Post\nPST\nEnglish\nCopyright 2021 The Post\n\n"
        f"Nobody had asked for it.\n\n“So be it.”\n\n{publisher}\n\n"
        "Document PST0000020210304eh3400001\n",
        encoding="utf-8",
    )
    assert list(Corpus.read(path).texts.values()) == ["Nobody had asked for it.\n\n“So be it.”"]


@pytest.mark.parametrize(
    ("asks", "says"), [("P.- ", "R.- "), ("P.— ", "R.— "), ("PREGUNTA.- ", "RESPUESTA.- ")]
)
def test_a_stop_and_a_dash_may_end_a_label(asks, says, tmp_path):
    path = tmp_path / "entrevista.txt"
    path.write_text(f"{asks}¿Quién la lee?\n{says}Nadie que yo sepa.\n" * 2, encoding="utf-8")
    words = Corpus.read(path).utterances.groupby("speaker")["words"].sum().to_dict()
    assert words == {asks[:-3]: 6, says[:-3]: 8}


@pytest.mark.parametrize(
    ("asks", "says"),
    [
        ("主持人", "受访者A"),
        ("聞き手", "話し手B"),
        ("진행자", "응답자 2"),
        ("المحاور", "المشارك 2"),
    ],
)
def test_roles_of_other_alphabets_are_speakers(asks, says, tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(f"{asks}：A b c?\n{says}：D e.\n", encoding="utf-8")
    assert sorted(Corpus.read(path).utterances["speaker"]) == sorted([asks, says])


SHORT = {
    "a role and a name": "Předseda: Kdo ji čte?\nŠárka Nová: Nikdo jiný.\n\n",
    "all named above": (
        "Weekly meeting\nAttendees\nŠárka Nová, Předseda\n\n00:00:00\n\nŠárka Nová: Kdo čte?\n"
        "Předseda: Nikdo.\nOpravdu nikdo.\n\n00:05:00\n\nMeeting ended after 00:05:10\n"
    ),
    "extracts": (
        "<Files\\\\Interview 1> - § 2 references coded  [12.50% Coverage]\n"
        "Reference 1 - 6.25% Coverage\n\nŠárka Nová: Kdo čte?\nPředseda: Nikdo.\n\n"
        "Reference 2 - 6.25% Coverage\n\nPředseda: Opravdu nikdo.\n"
    ),
}


@pytest.mark.parametrize("name", SHORT)
def test_a_talk_of_few_lines_is_one(name, tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(SHORT[name], encoding="utf-8")
    said = Corpus.read(path).utterances
    words = said[said["speaker"].notna()].groupby("speaker")["words"].sum().to_dict()
    assert {k: v for k, v in words.items() if k} == {"Předseda": 3, "Šárka Nová": 2}


@pytest.mark.parametrize(
    "text",
    [
        "Chair: Ada Arden\nKeys Held: Two\nNobody reads it.\n",
        "Ada Arden, Tom Bell and others met.\nLock House: a house. It is old.\nMore was said.\n",
    ],
)
def test_a_form_of_few_lines_is_no_talk(text, tmp_path):
    path = tmp_path / "form.txt"
    path.write_text(text, encoding="utf-8")
    assert not any(Corpus.read(path).utterances["speaker"].fillna(""))


def test_who_joins_by_telephone_is_a_speaker(tmp_path):
    path = tmp_path / "call.vtt"
    rows = [("Ada Arden", ASKS), ("+44 20 7946 0000", SAYS), ("Ada Arden", "Then at 10:30.")]
    cues = (f"00:0{n}.000 --> 00:0{n}.900\n{a}: {b}\n\n" for n, (a, b) in enumerate(rows))
    path.write_text("WEBVTT\n\n" + "".join(cues), encoding="utf-8")
    words = Corpus.read(path).utterances.groupby("speaker")["words"].sum().to_dict()
    assert words == {"Ada Arden": 8, "+44 20 7946 0000": 5}


def test_marks_of_the_web_in_a_cell_are_no_words(tmp_path):
    path = tmp_path / "comments.csv"
    cell = '<!-- wp:p -->Who reads it?<br>I &amp; <a href=""x"">you</a> do; R&amp;D too, a < b.'
    path.write_text(f'author,text\nada,"{cell}"\ntom,AT&T; a <list> of it\n', encoding="utf-8")
    words = Corpus.read(path).utterances.groupby("speaker")["words"].sum().to_dict()
    assert words == {"ada": 11, "tom": 6}


def test_a_sender_s_name_may_stand_in_brackets(tmp_path):
    path = tmp_path / "list.mbox"
    path.write_text(
        "From tom@x.org Tue Mar  2 10:00:00 2021\nFrom: tom@x.org (=?utf-8?q?T=C3=B3m?= Bell)\n"
        "Subject: Re\nDate: Tue, 02 Mar 2021 10:00:00 +0100\n\nNobody does.\n",
        encoding="utf-8",
    )
    assert Corpus.read(path).utterances["speaker"].tolist() == ["Tóm Bell"]


def test_words_from_an_account_that_is_gone_are_nobody_s(tmp_path):
    path = tmp_path / "result.json"
    rows = [
        {"type": "message", "date": "2022-12-09T21:25:39", "from": name, "text": said}
        for name, said in (("Ada", ASKS), (None, SAYS), ("Deleted Account", "So."))
    ]
    path.write_text(json.dumps({"name": "Locks", "messages": rows}), encoding="utf-8")
    said = Corpus.read(path).utterances
    assert said.assign(speaker=said["speaker"].fillna("")).groupby("speaker")[
        "words"
    ].sum().to_dict() == {"Ada": 4, "": 6}


def test_a_page_within_another_format_makes_no_page_of_it(tmp_path):
    path = tmp_path / "crawl.warc"
    path.write_text("WARC/1.0\r\nWARC-Type: response\r\n\r\n<html><body>Who?</body></html>\r\n")
    with pytest.raises(AnalysisError, match="WARC"):
        Corpus.read(path)
    path = tmp_path / "pages.csv"
    path.write_text("speaker,text\nAda,<html><body><p>Who reads it?</p></body></html>\nTom,No.\n")
    words = Corpus.read(path).utterances.groupby("speaker")["words"].sum().to_dict()
    assert words["Tom"] == 1


def test_the_snippets_of_youtube_are_one_transcript(tmp_path):
    path = tmp_path / "video.json"
    rows = [{"text": one, "start": n, "duration": 1} for n, one in enumerate(["mass", "surveys"])]
    path.write_text(json.dumps({"video_id": "x", "snippets": rows}), encoding="utf-8")
    assert list(Corpus.read(path).texts.values()) == ["mass surveys"]


@pytest.mark.parametrize(
    "text",
    [
        "Who_WP reads_VBZ the_DT list_NN ?_SENT\nNobody_NN has_VBZ asked_VBN ._.\n",
        "\tThe/AT Fulton/NP-TL County/NN-TL said/VBD ,/, Friday/NR ./.\n",
    ],
)
def test_words_joined_to_their_tags_are_refused(text, tmp_path):
    path = tmp_path / "tagged.txt"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AnalysisError, match="tagged text"):
        Corpus.read(path)


def test_signs_within_words_make_no_tagged_text(tmp_path):
    path = tmp_path / "text.txt"
    path.write_text("He/she and/or TCP/IP or N/A is a_b and km/h: nobody reads it.\n")
    assert Corpus.read(path).documents["words"].tolist() == [18]


def test_who_coded_a_segment_has_not_said_it(tmp_path):
    path = tmp_path / "segments.csv"
    path.write_text(f"Document name,Code,Segment,Author\nInterview 1,Fear,{ASKS},Ida\n")
    said = Corpus.read(path).utterances
    assert said["words"].sum() == 4
    assert not any(said["speaker"].fillna(""))
    path.write_text(f"id,author,content\n1,Ida,{ASKS}\n2,Tom,{SAYS}\n")
    assert sorted(Corpus.read(path).utterances["speaker"]) == ["Ida", "Tom"]


@pytest.mark.parametrize("text", ["大臣は答えた。", "議長は開会を宣言した。カギはない。"])
def test_japanese_is_not_taken_for_thai(text, tmp_path):
    path = tmp_path / "text.txt"
    path.write_bytes(text.encode("euc_jp"))
    assert list(Corpus.read(path).texts.values()) == [text]


def test_a_page_of_frames_is_refused(tmp_path):
    path = tmp_path / "frames.html"
    path.write_text(
        "<html><head><title>A</title></head><frameset><frame src='b'></frameset></html>"
    )
    with pytest.raises(AnalysisError, match="a page of frames"):
        Corpus.read(path)

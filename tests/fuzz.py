"""Damaged files for every reader and the codebook: only our own error, no hang, little memory.

``python tests/fuzz.py --minutes 10`` runs every target in turn for that much time of the processor
in all (``--each``: for that much each) and prints how many inputs each had; :mod:`test_fuzz` runs a
fixed number.
"""

import argparse
import importlib.util
import io
import json
import resource
import sqlite3
import sys
import tempfile
import time
import zipfile
from pathlib import Path

import pandas as pd
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis import readers
from analysis.codebook import read_codebook
from analysis.corpus.documents_table import read_metadata
from analysis.corpus.speakers_table import read_speakers
from analysis.errors import AnalysisError

MOST_SECONDS = 5
MOST_MEMORY = 2**30
_TABLE = pd.DataFrame(
    {"document": ["d", "d"], "seq": [1, 2], "speaker": ["Ada", "Tom"], "text": ["We met.", "No."]}
)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_TURN = {"speaker": {"name": "Ada", "roles": None}, "text_blocks": [{"text": "We met."}]}
_RECORD = (
    "<html><body><pre>\n[Congressional Record Volume 1, Number 9 (Monday, March 1, 2021)]\n"
    '[Senate]\n[<a href="x">www.gpo.gov</a>]\n\n            LOCKS\n\n'
    "  Mr. ARDEN. We met.\n  The amendment was agreed to.\n[[Page S1]]\n  Ms. BELL of Linden. No.\n"
    "</pre></body></html>"
)
_TEI = (
    '<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><title>T</title></teiHeader><text><body>'
    '<head>Locks</head><u who="#A" ana="#chair"><seg><w join="right">We</w><pc>.</pc></seg>'
    "<note>x</note></u></body></text></TEI>"
)
_SINGAPORE = {
    "doc_id": "d",
    "sectionType": "OS",
    "title": "T",
    "date": "2021-03-01",
    "content": "<p><strong>The Keeper (Mr Bell)</strong>: We met.</p>"
    "<p>13 <strong>Ms A</strong> asked.</p>",
}
_TWFY = (
    '<html><title>T: 1 Mar 2021</title><div class="debate-speech">'
    '<b class="debate-speech__speaker__name">Ada</b>'
    '<div class="debate-speech__content"><p>We met.</p></div></div></html>'
)
_NEXIS = (
    "   1 of 2 DOCUMENTS\n\nThe Post\n\nMarch 4, 2021 Thursday\n\nKeeper Backs\n\nBYLINE: A B\n\n"
    "LENGTH: 9 words\n\nHe said so.\n\nLOAD-DATE: March 9, 2021\n\n   2 of 2 DOCUMENTS\n\n"
    "The Post\n\n5 mars 2021\n\nCritic\n\nLENGTH: 3 words\n\nNo.\n\nLANGUAGE: ENGLISH\n"
)
_UNI = (
    "Client/Matter: -None-\nKeeper\nThe Post\nMarch 4, 2021\nLength: 2 words\nBody\n\nNo.\n\n"
    "Load-Date: March 9, 2021\nEnd of Document\n"
)
_PROQUEST = (
    "Document 1 of 1\n\nKeeper\n\nAuthor: A, B\n\nPublication info: The Post 04 Mar 2021\n\n"
    "Full text: He said.\n\nSubject: Locks\n\nPublication date: Mar 4, 2021\n____________\n"
)
_FACTIVA = (
    '<html><div class="article enArticle"><table><tr><td><b>HD</b></td><td>K</td></tr><tr><td>'
    '<b>PD</b></td><td>4 March 2021</td></tr><tr><td><b>LP</b></td><td><p class="articleParagraph">'
    "He said.</p></td></tr></table></div></html>"
)
_EUROPRESSE = (
    '<html><article><span class="DocPublicationName">P</span><span class="DocHeader">News, March '
    '4, 2021</span><p class="titreArticleVisu">K</p><div class="docAuthors">A</div><section><p>He '
    "said."
    '</p></section></article><td><span class="DocPublicationName">P</span>'
    '<span class="TitreArticleVisu">K</span><br>He said.</td></html>'
)
_AKOMA = (
    '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><debate><meta>'
    '<FRBRdate date="2013-05-08"/><TLCPerson eId="a" showAs="Ada"/></meta><debateBody><heading>L'
    '</heading><speech by="#a"><from>The SPEAKER:</from><p>Who?</p></speech><narrative><p>(N)</p>'
    "</narrative></debateBody></debate></akomaNtoso>"
)
_PUBLICWHIP = (
    '<!DOCTYPE publicwhip [ <!ENTITY pound "&#163;"> ]><publicwhip><major-heading>L</major-heading>'
    '<speech id="x/2021-03-01a.1" speakername="Ada"><p>&pound;5.</p></speech></publicwhip>'
)
_ODT = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:text><text:p>'
    'We<text:s text:c="3"/>met.<text:note>x</text:note></text:p></office:text></office:body>'
    "</office:document-content>"
)
_MBOX = (
    "From a@x Mon Mar  1 10:00:00 2021\nFrom: =?utf-8?q?A=C3=A9?= <a@x>\nSubject: L\n"
    "Date: Mon, 1 Mar 2021 10:00:00 +0000\nContent-Type: text/plain; charset=utf-8\n\nWho?\n> Q\n"
)
_BIB = '@article{a,\n author = {A {\\"o} and B},\n year = 2021, title = "T",\n abstract={No.}\n}\n'


def _bytes(write):
    sink = io.BytesIO()
    write(sink)
    return sink.getvalue()


def _zip(**members):
    return _bytes(lambda sink: _written(sink, members))


def _written(sink, members):
    with zipfile.ZipFile(sink, "w") as book:
        for name, content in members.items():
            book.writestr(name.replace("__", "."), content)


_CODEBOOK = """version = "1"
language = "en"
title = "Locks"
[[frame]]
id = "threat"
label = "threat"
definition = "d"
source = "s"
[[term]]
id = "going dark"
frame = "threat"
definition = "d"
include = "i"
exclude = "e"
patterns = ["(go|goes|going) {0,2} dark", "(the)? lock*"]
exclusions = ["before dark"]
positive = ["They go dark."]
negative = ["Before dark."]
"""


_FACTIVA_XML = (
    "<PPSResponse><ppsArticleResponse><article><accessionNo>X</accessionNo><headline><paragraph>L"
    "</paragraph></headline><leadParagraph><paragraph>He said.</paragraph></leadParagraph>"
    "<publicationDate><date>2021-03-04</date></publicationDate></article></ppsArticleResponse>"
    "</PPSResponse>"
)
_FACTIVA_TEXT = (
    "SE  News\nHD  Keeper\nBY  A B\nWC  9 words\nPD  4 March 2021\nSN  The Post\nLP\nHe said.\n\n"
    "TD\nNo.\nAN  Document x\n\nHD  Critic\nPD  5 March 2021\nSN  The Post\nLP\nShe said.\n"
)
_AWS = {
    "results": {
        "items": [
            {
                "type": "pronunciation",
                "speaker_label": "spk_0",
                "alternatives": [{"content": "We"}],
            },
            {"type": "punctuation", "alternatives": [{"content": "."}]},
        ]
    }
}
_REFI = (
    '<Project xmlns="urn:QDA-XML:project:1.0"><Sources><TextSource name="a" guid="g">'
    "<PlainTextContent>ADA: Who?\nTOM: No.</PlainTextContent></TextSource>"
    '<TextSource name="b" plainTextPath="internal://b.txt"/></Sources></Project>'
)
_UNMARKED = {
    "chat.txt": "<ada> Who?\n<tom> No.\n",
    "scene.txt": "ADA ARDEN\nWho?\n\nTOM BELL\nNo.\n\n",
    "columns.txt": "INT\tWho?\nB1\tNo.\n",
    "dashes.txt": "Mme Brun. – Who?\nM. Bell. – No.\n",
    "lines.txt": "01 Ada: Who?\n02 Tom: No.\n",
}
"""A pair of turns of each form of label without a colon."""


def _dna():
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.dna"
        database = sqlite3.connect(path)
        database.execute(
            "CREATE TABLE DOCUMENTS(ID INTEGER PRIMARY KEY,Title TEXT,Text TEXT,Coder INTEGER,"
            "Author TEXT,Source TEXT,Section TEXT,Notes TEXT,Type TEXT,Date INTEGER)"
        )
        row = (1, "Locks", "The keeper said no.", 1, "A", "P", "", "", "", 1614850000)
        database.execute(f"INSERT INTO DOCUMENTS VALUES({','.join('?' * len(row))})", row)
        database.commit()
        database.close()
        return path.read_bytes()


def _pdf():
    spec = importlib.util.spec_from_file_location(
        "pdfwriter", Path(__file__).with_name("pdfwriter.py")
    )
    writer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(writer)
    rows = ["    MS. ARDEN:  Good morning.", "    MR. BELL:  No.", "    MS. ARDEN:  Yes."]
    return writer.pdf([writer.numbered(rows)])


SEEDS = {
    "nexis.txt": _NEXIS.encode(),
    "uni.txt": _UNI.encode(),
    "proquest.txt": _PROQUEST.encode(),
    "factiva.html": _FACTIVA.encode(),
    "europresse.html": _EUROPRESSE.encode(),
    "akoma.xml": _AKOMA.encode(),
    "publicwhip.xml": _PUBLICWHIP.encode(),
    "list.mbox": _MBOX.encode(),
    "refs.ris": b"TY  - NEWS\nTI  - T\nPY  - 2021/03/04\nAB  - No.\nER  - \n",
    "refs.bib": _BIB.encode(),
    "front.md": b"---\ntitle: L\ndate: 2021-03-01\n---\nADA: Who?\nTOM: No.\n",
    "old.txt": "Příliš žluťoučký kůň. Řekl: „ne“.\n".encode("cp1250"),
    "east.txt": "だれが名簿を読むのか。".encode("cp932"),
    "half.txt": "Who reads the list?".encode("utf-16-le"),
    "press.csv": b"title,publication,author,date,content\nK,P,A,04/03/21,No.\nL,P,A,13/03/21,No.\n",
    "note.rtf": rb"{\rtf1\ansi{\fonttbl{\f0 T;}}\f0 ADA: Who? \'e9\u8217?\par TOM: No.\par}",
    "note.odt": _zip(mimetype="application/vnd.oasis.opendocument.text", content__xml=_ODT),
    "texts.zip": _zip(a__txt="ADA: Who?\n", b__csv="speaker,text\nA,b\n"),
    "transcript.txt": b"A hearing.\nMS. ARDEN: We met.\nMR. BELL: No.\n",
    "speech.txt": b"Locks\nSpeech by Ada Arden, Keeper\nLinden, 1 March 2021\n\nFriends, hear.\n",
    "story.txt": "Keeper Backs\n\nBy A B\nMarch 1, 2021\n\nHe said “no” so she said.\n".encode(),
    "paper.txt": b"Title\n\n1\n\x0cPage 2 of 3\nThe long-\nterm plan. 1 2 3\n\x0c4\n",
    "pleading.txt": "".join(f"{n}  words of line\n" for n in range(1, 29)).encode() + b"\x0c1\n",
    "podcast.md": b"**Ada:** We met.\n\n\\[04:01.2\\] More.\n\n**Break:** x\n\n**Tom:** No.\n",
    "hearing.pdf": _pdf(),
    "turns.csv": _TABLE.to_csv(index=False).encode(),
    "turns.tsv": _TABLE.to_csv(index=False, sep="\t").encode(),
    "turns.parquet": _bytes(_TABLE.to_parquet),
    "turns.xlsx": _bytes(lambda sink: _TABLE.to_excel(sink, index=False)),
    "turns.jsonl": _TABLE.to_json(orient="records", lines=True).encode(),
    "talk.jsonl": b'{"id": "1", "conversation_id": "c", "speaker": "a", "text": "x", "meta": {}}\n',
    "oyez.json": json.dumps(
        {"title": "T", "transcript": {"sections": [{"turns": [_TURN]}]}}
    ).encode(),
    "record.json": json.dumps(
        {
            "header": {"month": "March", "day": "1", "year": "2021"},
            "content": [{"kind": "speech", "speaker": "Mr. ARDEN", "text": "  Mr. ARDEN. We met."}],
        }
    ).encode(),
    "singapore.jsonl": json.dumps(_SINGAPORE).encode(),
    "record.htm": _RECORD.encode(),
    "debate.html": _TWFY.encode(),
    "page.html": b"<html><h1>T</h1><nav>x</nav><article><p>We met.<br>No.</p></article></html>",
    "day.xml": _TEI.encode(),
    "film.srt": b"1\n00:00:01,000 --> 00:00:02,500\nADA: We\n\n"
    b"2\n00:00:03,000 --> 00:00:04,000\nmet.\n",
    "film.vtt": b"WEBVTT\n\n00:01.000 --> 00:02.500\n<v Ada>We met</v>\n",
    "rolling.vtt": b"WEBVTT\n\n00:00:00.000 --> 00:00:02.000\n \nwe<00:00:00.400><c> met</c>\n\n"
    b"00:00:02.000 --> 00:00:02.010\nwe met\n \n\n00:00:02.010 --> 00:00:04.000\nwe met\nNo.\n",
    "whisper.tsv": b"start\tend\tspeaker\ttext\n0\t1000\tADA\tWe met.\n1000\t2000\tTOM\tNo.\n",
    "whisperx.json": json.dumps(
        {"segments": [{"start": 0, "end": 1, "text": " We met.", "speaker": "SPEAKER_00"}]}
    ).encode(),
    "otter.txt": b"Ada Arden  0:03  \nWe met. [inaudible 00:04]\n\nTom Bell  0:09  \nNo.\n\n"
    b"Ada Arden (she/her): #00:00:09-3#\n(Pause)\nWhy?\n",
    "as_shown.txt": (
        "Keeper Backs\nBy A B\n9 words\n4 March 2021\nThe Post\nPST\nEnglish\n(c) 2021\n\n"
        "He said “no”.\n\nDocument PST0000020210304eh34\n"
    ).encode(),
    "unsure.txt": (
        "Q Who?\nB?: No.\nInterviewer:in: Why?\nB1, B3: So.\nADA [laughs]: 4 марта 2021 г.\n"
        "<< x >> Ada: << x >>\n[Tom Bell] 14:02:11\nNo.\nTranscribed by https://otter.ai\n"
    ).encode(),
    "asked.txt": (
        "<Files\\\\I 1> - § 2 references coded  [12.50% Coverage]\nReference 1 - 6% Coverage\n"
        "P.- Who?\nR.- No.\nP. Why?\nR - So.\nPRESIDENTE. Go.\n受访者A：No.\n"
        "+1 (202) 555-0101: I.\n"
    ).encode(),
    "pane.txt": b"Ada Arden\n0 minutes 3 seconds\n0:03\nAda Arden 0 minutes 3 seconds\nWho?\n"
    b"0:00 Tom Bell\n0:00 No [00:11] so.\nAt 10:30: we met.\nAda Arden, Tom Bell\nS00: Yes.\n",
    "cells.csv": b"author,code,segment\nAda,x,\"<!-- p --><p>We &amp; <a href='x'>you</a>"
    b'<br>.</p>"\nTom,y,&lt;b&gt; &#39;\n',
    "questions.txt": "Q.  Who?\nA.  Élodie & Tom.\nQ.  Why?\n田中：No.\n[R1] Yes.\n".encode(),
    "timed.txt": b"0:00\nthey call it\n0:03\na list\n[00:05] and more\n",
    "whatsapp.txt": b"[22/03/2021, 10:16:00] Ada: We met.\n[22/03/2021, 10:17:00] Tom: No\nway.\n"
    b"[22/03/2021, 10:18:00] Ada: <Media omitted>\n",
    "telegram.json": json.dumps(
        {
            "name": "Locks",
            "messages": [
                {"type": "message", "date": "2021-03-22T10:15:00", "from": "Ada", "text": "Yes."},
                {"type": "message", "from": "Tom", "text": ["No ", {"text": "way"}]},
            ],
        }
    ).encode(),
    "messages.html": b'<html><body><div class="message default"><div class="body">'
    b'<div class="date details" title="22.03.2021 10:15:00">x</div>'
    b'<div class="from_name">Ada</div><div class="text">We<br>met.</div></div></div></body></html>',
    "talk.cha": b"@UTF8\n@Begin\n@Participants:\tMOT Ada Mother\n@Date:\t27-FEB-1994\n"
    b"*MOT:\twho reads [/] <reads it> [//] &=laughs (be)cause .\n%mor:\tx\n@End\n",
    "tiers.eaf": b"<ANNOTATION_DOCUMENT><TIME_ORDER><TIME_SLOT TIME_SLOT_ID='a' TIME_VALUE='0'/>"
    b"</TIME_ORDER><TIER TIER_ID='T' PARTICIPANT='Ada'><ANNOTATION><ALIGNABLE_ANNOTATION "
    b"TIME_SLOT_REF1='a'><ANNOTATION_VALUE>We met.</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION>"
    b"</ANNOTATION></TIER></ANNOTATION_DOCUMENT>",
    "sitting.txt": b'<CHAPTER ID=1>\nLocks\n<SPEAKER ID=1 NAME="Brun" AFFILIATION="X">\nNo.\n<P>\n'
    b"(Applause)\nNever.\n",
    "brief.docx": _bytes(
        lambda sink: zipfile.ZipFile(sink, "w").writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{_WORD}"><w:body><w:p><w:r><w:t>We met.</w:t></w:r></w:p>'
            "</w:body></w:document>",
        )
    ),
    "rows.docx": _bytes(
        lambda sink: zipfile.ZipFile(sink, "w").writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{_WORD}"><w:body><w:tbl><w:tr><w:tc><w:p><w:r><w:t>Ada</w:t>'
            "</w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Who?</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:body>"
            "</w:document>",
        )
    ),
    "flat.fodt": _ODT.replace("document-content", "document").encode(),
    "factiva.xml": _FACTIVA_XML.encode(),
    "factiva.txt": _FACTIVA_TEXT.encode(),
    "message.eml": _MBOX.split("\n", 1)[1]
    .encode()
    .replace(b"Subject", b"MIME-Version: 1.0\nSubject"),
    "amazon.json": json.dumps(_AWS).encode(),
    "typed.otr": json.dumps(
        {
            "text": '<p>Ada: <span class="timestamp">0:01</span> Who?</p><p>Tom: No.</p>',
            "media": "a",
        }
    ).encode(),
    "coded.dna": _dna(),
    "coded.qdpx": _zip(project__qde=_REFI, **{"sources/b.txt": "We met."}),
    "messenger.json": json.dumps(
        {"title": "L", "messages": [{"sender_name": "Ada", "timestamp_ms": 1, "content": "Ã©?"}]}
    ).encode(),
    "slack.json": b'[{"type": "message", "user": "U1", "text": "Who?", "ts": "1614593000.1"}]',
    "copied.txt": b"Ada, [22.03.21 10:15]\nWho?\n\nTom, [Mar 22, 2021 at 10:16 AM]:\nNo.\n",
    "deepgram.json": b'{"results": {"channels": [{"alternatives": [{"transcript": "who",'
    b' "words": [{"word": "who", "speaker": 0}]}]}]}}',
    "watson.json": b'{"results": [{"alternatives": [{"transcript": "who", "timestamps":'
    b' [["who", 0.0, 1.0]]}]}], "speaker_labels": [{"from": 0.0, "to": 1.0, "speaker": 0}]}',
    "film.ass": b"[Script Info]\n[Events]\n"
    b"Dialogue: 0,0:00:01.00,0:00:03.00,D,Ada,0,0,0,,Who?\\NNo.\n",
    "film.sub": b"{1}{25}Who|reads {y:i}it?\n{26}{50}No.\n",
    "shown.html": b'<html><div class="article x"><span class="enHeadline">K</span>'
    b'<div>4 March 2021</div><div>P</div><p class="articleParagraph">No.</p></div></html>',
    "names.csv": b"First Name,Last Name,Text\nAda,Arden,Who?\n",
    "film.sbv": b"0:00:01.000,0:00:02.500\nADA: We\n\n0:00:03.000,0:00:04.000\nmet.\n",
    "webex.vtt": b'WEBVTT\n\n1 "Ada Arden" (34)\n00:00:01.000 --> 00:00:02.500\nWe met.\n',
    **{name: turns.encode() * 2 for name, turns in _UNMARKED.items()},
    "codebook.toml": _CODEBOOK.encode(),
    "documents.csv": b"file,title,date\na.txt,Locks,2021-03-01\n",
    "speakers.csv": b"document,label,speaker,affiliation,group\nd,ADA,Ada Arden,,press\n",
}
"""A small whole file for every reader, by a name that leads to it."""

OTHERS = {
    "codebook.toml": read_codebook,
    "documents.csv": lambda path: read_metadata(path, ["a.txt"]),
    "speakers.csv": read_speakers,
}
"""What reads the seeds that are no texts."""

_PIECES = st.sampled_from(
    (
        *(b"", b"\x00", b"\xff\xfe", b'"', b"\n" * 50, b"<", b">", b"&x;", b"{", b"]", b"-", b"|"),
        *(b"\xed\xa0\x80", b"9" * 30, b": ", b"\x0c", b"(" * 300, b"null", b"<p>" * 300),
        *(b"00:", b" --> ", b"\r", b"Ada Arden: ", b"[00:00:01]", b"\t" * 40),
        "\u202e\ufb01\u0301".encode(),
    )
)
EDITS = st.lists(
    st.tuples(
        st.floats(0, 1, exclude_max=True),
        st.integers(0, 40),
        st.one_of(_PIECES, st.binary(max_size=12)),
        st.integers(1, 3),
    ),
    min_size=1,
    max_size=8,
)
"""Damage: where, how many bytes go, what comes instead, how often."""


def damaged(name, edits):
    """Return a seed with the damage done; of a ZIP, to the members of it, not to their packing."""
    content = SEEDS[name]
    if name.endswith((".xlsx", ".docx", ".odt", ".zip", ".qdpx")) and edits[0][1] % 8:
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            members = {member: book.read(member) for member in book.namelist()}
        for number, edit in enumerate(edits):
            chosen = sorted(members)[(number + edit[1]) % len(members)]
            members[chosen] = _edited(members[chosen], [edit])
        sink = io.BytesIO()
        with zipfile.ZipFile(sink, "w") as book:
            for member, data in members.items():
                book.writestr(member, data)
        return sink.getvalue()
    return _edited(content, edits)


def _edited(content, edits):
    for place, gone, piece, times in edits:
        at = int(place * len(content))
        content = content[:at] + piece * times + content[at + gone :]
    return content


def probe(name, edits, folder):
    """Read a damaged file; any error but our own, and any hang, goes through."""
    path = Path(folder) / name
    path.write_bytes(damaged(name, edits))
    # Time of the processor: on a busy machine, or when paused, the clock on the wall runs on.
    began = time.process_time()
    try:
        if name in OTHERS:
            OTHERS[name](path)
        else:
            readers.read_all(path, repair=True)
    except AnalysisError:
        pass
    seconds = time.process_time() - began
    assert seconds < MOST_SECONDS, f"{seconds:.1f} s"


def _for(seconds, name, folder):
    """Probe one target for so much time of the processor; return with how many inputs."""
    count = 0

    @settings(
        max_examples=500, deadline=None, database=None, suppress_health_check=list(HealthCheck)
    )
    @given(EDITS)
    def run(edits):
        nonlocal count
        count += 1
        probe(name, edits, folder)

    # Time of the processor here too: niced or paused, a target still has its share.
    end = time.process_time() + seconds
    while time.process_time() < end:
        run()
    return count


def main():
    """Fuzz every target for the time given; stop at the first failure."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--each", action="store_true", help="so many minutes for every target")
    parser.add_argument("--target", choices=sorted(SEEDS), action="append")
    options = parser.parse_args()
    targets = options.target or list(SEEDS)
    share = options.minutes * 60 / (1 if options.each else len(targets))
    resource.setrlimit(resource.RLIMIT_AS, (8 * MOST_MEMORY, 8 * MOST_MEMORY))
    with tempfile.TemporaryDirectory() as folder:
        for name in targets:
            count = _for(share, name, folder)
            sys.stdout.write(f"{name}: {count:,} inputs\n")
            sys.stdout.flush()
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    sys.stdout.write(f"peak memory {peak / 2**20:,.0f} MiB\n")
    return int(peak > MOST_MEMORY)


if __name__ == "__main__":
    sys.exit(main())

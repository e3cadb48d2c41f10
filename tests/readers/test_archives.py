"""Press archives, tables, mail, references and encodings as people have them.

The cases in ``field_cases`` were composed for this; those below are more of the same kinds.
"""

import json
import zipfile
from itertools import groupby
from pathlib import Path

import pandas as pd
import pytest

from analysis import AnalysisError, readers
from analysis.corpus import intake, report
from analysis.text.words import count_words

HERE = Path(__file__).with_name("field_cases")
KINDS = ("encodings", "html", "linguistic", "news", "news2", "office", "parlamint2")
KINDS += ("parlamint_folder", "scripts", "social", "tables", "text")
CASES = sorted(
    path
    for path in HERE.rglob("*.expected.json")
    if path.relative_to(HERE).parts[0].removesuffix(".expected.json") in KINDS
)


def read(path, **more):
    return intake.read([path], **more).documents


def spoken(document):
    words = {}
    rows = document.utterances[["speaker", "body", "end"]].itertuples(index=False)
    for speaker, body, end in rows:
        words[speaker] = words.get(speaker, 0) + count_words(document.text[body:end])
    return {speaker: count for speaker, count in words.items() if count}


def fits(documents, want):
    if "documents" in want:
        if len(documents) != len(want["documents"]):
            return False
        left = sorted(documents, key=lambda one: one.metadata.get("date", ""))
        for document, right in zip(left, want["documents"], strict=True):
            got = spoken(document)
            if got.get("", 0) <= right.get("unspoken", 0):
                got.pop("", None)
            if got != right["words_by_speaker"]:
                return False
            names = [name for name, _ in groupby(document.utterances["speaker"]) if name]
            if any(right["words_by_speaker"]) and len(names) != right.get("turns", len(names)):
                return False
            for key in ("title", "date"):
                if right.get(key) and document.metadata.get(key) != right[key]:
                    return False
    together = {}
    for document in documents:
        for speaker, count in spoken(document).items():
            together[speaker] = together.get(speaker, 0) + count
    checks = {
        "document_count": lambda right: (
            len(documents) in (right if isinstance(right, list) else [right])
        ),
        "words": lambda right: sum(together.values()) == right,
        "words_by_speaker": lambda right: {k: v for k, v in together.items() if k} == right,
        "speakers": lambda right: sorted(filter(None, together)) == sorted(right),
        "dates": lambda right: sorted({d.metadata["date"] for d in documents}) == sorted(right),
        "titles": lambda right: sorted(d.metadata["title"] for d in documents) == sorted(right),
        "text": lambda right: documents[0].text.split() == right.split(),
        "never_speakers": lambda right: (
            not {s.lower() for s in together} & {name.lower() for name in right}
        ),
    }
    return all(check(want[key]) for key, check in checks.items() if key in want)


@pytest.mark.parametrize("expected", CASES, ids=lambda path: path.name.split(".exp")[0])
def test_field_cases(expected):
    path = expected.with_name(expected.name.removesuffix(".expected.json"))
    want = json.loads(expected.read_text(encoding="utf-8"))
    if "warned_of" in want:
        said = str(report.describe(path))
        assert any(piece in said for piece in want["warned_of"])
        return
    try:
        documents = read(path)
    except AnalysisError as error:
        said = str(error).replace(str(path), "").replace(path.name, "").lower()
        if any(name in said for name in want.get("or_refused_naming", ())):
            return
        raise
    answers = [want, *({**want, **other} for other in want.get("accept", ()))]
    assert any(fits(documents, answer) for answer in answers)


def written(folder, name, text, encoding="utf-8"):
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


GERMAN = """
                               Dokument 1 von 2

                              Die Hafenpost

                           4. März 2021 Donnerstag

Wächter lobt Schlösser

AUTOR: Von Ada Arden

RUBRIK: POLITIK; S. 3

LÄNGE: 9 Wörter

Der Wächter sagte am Montag,
die Schlösser seien sicher.

UPDATE: 5. März 2021

SPRACHE: GERMAN; DEUTSCH

                               Dokument 2 von 2

                              Die Torzeitung

                           5. März 2021 Freitag

Kritik an Schlössern

LÄNGE: 60 Wörter

Eine Kritikerin nannte es Massenüberwachung.

SPRACHE: GERMAN; DEUTSCH
"""


def test_nexis_in_german(tmp_path):
    first, second = read(written(tmp_path, "a.txt", GERMAN))
    assert first.text == "Der Wächter sagte am Montag, die Schlösser seien sicher."
    assert dict(first.metadata) == {
        "kind": "news",
        "title": "Wächter lobt Schlösser",
        "date": "2021-03-04",
        "source": "Die Hafenpost",
        "author": "Ada Arden",
        "section": "POLITIK; S. 3",
        "length": "9 Wörter",
        "archive": "LexisNexis",
    }
    assert second.notes == (
        "story 'Kritik an Schlössern': 5 words read of the 60 that the archive counts",
    )


def test_nexis_with_a_body_field_and_a_paragraph_like_a_field(tmp_path):
    text = (
        "1 of 1 DOCUMENT\n\nThe Post\n\nMarch 4, 2021 Thursday\nLate Edition\n\nKeeper "
        "Backs Locks;\n"
        "Towns Uneasy\n\nBYLINE: By ADA ARDEN\n\nSECTION: Section A; Pg. 1\n\nLENGTH: 19 words\n\n"
        "DATELINE: LINDEN\n\nBODY:\n   The keeper said that the\nlocks were sound.\n\n"
        "   FACT: nobody had asked, he said.\n\nSUBJECT: LOCKS (90%)\n\nLOAD-DATE: March 9, 2021\n"
    )
    (story,) = read(written(tmp_path, "a.txt", text))
    assert (
        story.text
        == "The keeper said that the locks were sound.\n\nFACT: nobody had asked, he said."
    )
    assert story.metadata["title"] == "Keeper Backs Locks; Towns Uneasy"
    assert story.metadata["author"] == "ADA ARDEN"


UNI = (
    "Keeper Backs Locks",
    "The Harbour Post",
    "March 4, 2021 Thursday",
    "",
    "Copyright 2021 The Harbour Post All Rights Reserved",
    "",
    "Section: NEWS",
    "Length: 18 words",
    "Byline: Ada Arden",
    "",
    "Body",
    "",
    "The keeper said on Monday that the locks were sound.",
    "",
    "Nobody had asked for a key, he said.",
    "",
    "Classification",
    "",
    "Language: ENGLISH",
    "",
    "End of Document",
)


@pytest.mark.parametrize("form", ["txt", "rtf", "html"])
def test_nexis_uni_in_every_form(tmp_path, form):
    text = {
        "txt": "\n".join(UNI),
        "rtf": r"{\rtf1\ansi{\fonttbl{\f0 Times;}}\f0 " + r"\par ".join(UNI) + r"\par}",
        "html": "<html><body>" + "".join(f"<p>{line}</p>" for line in UNI) + "</body></html>",
    }[form]
    (story,) = read(written(tmp_path, f"a.{form}", text))
    assert count_words(story.text) == 18
    assert story.text.startswith("The keeper said on Monday")
    told = {key: story.metadata[key] for key in ("title", "source", "date", "author", "section")}
    assert list(told.values()) == [UNI[0], UNI[1], "2021-03-04", "Ada Arden", "NEWS"]


PROQUEST = """____________________________________________________________

Report Information from ProQuest
October 20 2023 16:51
____________________________________________________________

Document 1 of 2

Keeper Backs Locks

Author: Arden, Ada

Publication info: The Harbour Post ; Linden [Linden]04 Mar 2021: A1.

Abstract: A keeper speaks.

Full text: The keeper said on Monday that the locks were sound.

Nobody had asked for a key, he said.

Subject: Locks

Publication title: The Harbour Post; Linden

Publication date: Mar 4, 2021

Section: News

ProQuest document ID: 1

____________________________________________________________

Document 2 of 2

Critics Doubt Locks

Publication info: The Gate Gazette ; Gate [Gate]05 Mar 2021.

Abstract: A critic called it mass surveillance.

ProQuest document ID: 2

____________________________________________________________

Contact us at: http://www.proquest.com
"""


@pytest.mark.parametrize("form", ["txt", "html"])
def test_proquest(tmp_path, form):
    text = PROQUEST
    if form == "html":
        parts = PROQUEST.split("_" * 60)[2:4]
        paragraphs = ["".join(f"<p>{p}</p>" for p in part.split("\n\n")) for part in parts]
        docs = [f'<div><a name="DocID_{n}"></a>{p}</div>' for n, p in enumerate(paragraphs)]
        text = f"<html><body>{''.join(docs)}</body></html>"
    first, second = read(written(tmp_path, f"a.{form}", text))
    assert first.text.split("\n\n")[1] == "Nobody had asked for a key, he said."
    assert count_words(first.text) == 18
    assert [one.metadata["date"] for one in (first, second)] == ["2021-03-04", "2021-03-05"]
    assert first.metadata["source"] == "The Harbour Post"
    assert second.text == "A critic called it mass surveillance."
    assert "the abstract is read" in second.notes[0]


def test_europresse_of_old(tmp_path):
    page = (
        '<html><body><table><tr><td><span class="DocPublicationName">Le Port, no. 12</span><br>'
        '<span class="DocHeader">Politique, </span><span class="DocHeader">jeudi </span>'
        '<span class="DocHeader">4 mars 2021, p. 3</span><br><br>'
        '<span class="TitreArticleVisu">Le gardien parle</span><br><br>Ada Arden<p></p>'
        "Le gardien a dit lundi que les serrures tiennent.<p></p><b><i>© 2021 Le Port.</i></b>"
        "<p></p>Numéro de document : news·1<br></td></tr></table></body></html>"
    )
    (story,) = read(written(tmp_path, "a.html", page))
    assert story.text == "Le gardien a dit lundi que les serrures tiennent."
    assert story.metadata["source"] == "Le Port"
    assert (story.metadata["author"], story.metadata["section"]) == ("Ada Arden", "Politique")


@pytest.mark.parametrize(
    "title", ["", "<br>", "Le gardien<br>parle", "Le  gardien\nparle (suite) [1]"]
)
def test_europresse_of_old_keeps_the_body_whatever_its_title(tmp_path, title):
    page = (
        '<html><body><table><tr><td><span class="DocPublicationName">Le Port</span><br>'
        f'<span class="TitreArticleVisu">{title}</span><br><br>'
        "Le gardien a dit lundi que les serrures tiennent.<p></p></td></tr></table></body></html>"
    )
    (story,) = read(written(tmp_path, "a.html", page))
    assert story.text.endswith("Le gardien a dit lundi que les serrures tiennent.")
    assert "parle" not in story.text


def test_the_same_story_twice_is_reported(tmp_path):
    body = "The keeper said on Monday that the locks were sound, and nobody had asked for a key."
    story = "The Post\n\nMarch 4, 2021\n\nKeeper\n\nLENGTH: 18 words\n\n{}\n\nLANGUAGE: ENGLISH\n"
    text = "".join(f"{n} of 2 DOCUMENTS\n\n{story.format(body)}\n\n" for n in (1, 2))
    found = report.describe(written(tmp_path, "a.txt", text)).near_duplicates
    assert found[["document", "other"]].to_numpy().tolist() == [["a-1", "a-2"]]


TABLES = {
    "member.csv": (
        (
            "member_name,speech_text,sitting_date\nAda,Who reads the list?,4 March 2021\n"
            "Tom,Nobody.,5 March 2021\n"
        ),
        [("2021-03-04", {"Ada": 4}), ("2021-03-05", {"Tom": 1})],
    ),
    "dots.csv": (
        "Sprecher;Text;Datum\nAda;Wer liest?;04.03.2021\nTom;Niemand.;05.03.2021\n",
        [("2021-03-04", {"Ada": 2}), ("2021-03-05", {"Tom": 1})],
    ),
    "us.csv": (
        "document,date,speaker,text\na,3/14/2021,Ada,Who?\nb,05/04/2021,Ada,Who?\n",
        [("2021-03-14", {"Ada": 1}), ("2021-05-04", {"Ada": 1})],
    ),
    "nested.jsonl": (
        (
            '{"created_at":"Mon Mar 01 10:00:00 +0000 2021","user":{"screen_name":"ada"},'
            '"full_text":"Who?"}\n{"created_at":"Tue Mar 02 10:00:00 +0000 2021",'
            '"user":{"screen_name":"tom"},"full_text":"Nobody."}\n'
        ),
        [("2021-03-01", {"ada": 1}), ("2021-03-02", {"tom": 1})],
    ),
    "posts.csv": (
        (
            "author,subreddit,title,selftext,created_utc\nada,locks,Help,Who reads?,1614593000\n"
            "[deleted],locks,Gone,[removed],1614593000\n[deleted],locks,Kept,No.,1614593000\n"
        ),
        [("2021-03-01", {"ada": 2}), ("2021-03-01", {"": 1})],
    ),
    "press.csv": (
        "id,headline,newspaper,byline,date,body\n1,Keeper,The Post,By Ada,04-Mar-21,He spoke so.\n",
        [("2021-03-04", {"": 3})],
    ),
    "api.json": (
        (
            '{"status":"ok","articles":[{"source":{"name":"The Post"},"author":"Ada","title":"K",'
            '"publishedAt":"2021-03-04T10:00:00Z","content":"The keeper spoke."}]}'
        ),
        [("2021-03-04", {"": 3})],
    ),
    "pipes.txt": ("Speaker|Date|Text\nAda|2021-03-01|Who?\n", [("2021-03-01", {"Ada": 1})]),
    "classes.csv": ("text,label\nWho reads?,1\nNobody.,0\n", [(None, {"": 2}), (None, {"": 1})]),
}


@pytest.mark.parametrize("name", TABLES)
def test_tables_under_names_in_use(tmp_path, name):
    content, expected = TABLES[name]
    documents = read(written(tmp_path, name, content))
    assert [(one.metadata.get("date"), spoken(one)) for one in documents] == expected
    assert documents[0].notes[0].startswith("columns read: text = ")


def test_a_table_of_articles_is_press_and_its_author_no_speaker(tmp_path):
    (story,) = read(written(tmp_path, "a.csv", TABLES["press.csv"][0]))
    assert {k: story.metadata[k] for k in ("kind", "source", "author", "title")} == {
        "kind": "news",
        "source": "The Post",
        "author": "Ada",
        "title": "Keeper",
    }
    assert "not used: id" in story.notes[0]


@pytest.mark.parametrize(
    ("cells", "line", "found"),
    [
        (("03/04/2021", "05/04/2021"), 2, "cannot be told apart"),
        (("13/04/2021", "05/14/2021"), 3, "both orders"),
        (("31/02/2021", "01/02/2021"), 2, "no month has"),
        (("2021-13-01", "2021-01-01"), 2, "no month has"),
    ],
)
def test_dates_that_cannot_be_read_are_refused_at_their_line(tmp_path, cells, line, found):
    rows = "".join(f"d{n},{cell},Ada,Who?\n" for n, cell in enumerate(cells))
    path = written(tmp_path, "a.csv", f"document,date,speaker,text\n{rows}")
    with pytest.raises(AnalysisError, match=found) as refused:
        readers.read_all(path)
    assert refused.value.where == f"{path}, line {line}, column date"


def test_what_is_no_date_is_left_out_and_said(tmp_path):
    path = written(tmp_path, "a.csv", "document,date,speaker,text\na,n.d.,Ada,x\nb,soon,Ada,y\n")
    first, _ = readers.read_all(path)
    assert "date" not in first.metadata
    assert first.notes[1] == "line 3: 'soon' is no date that is understood; left out"


def test_every_sheet_is_read_or_said_not_to_be(tmp_path):
    with pd.ExcelWriter(tmp_path / "a.xlsx") as book:
        pd.DataFrame({"Codes": ["x"]}).to_excel(book, sheet_name="Codes", index=False)
        day = pd.to_datetime(["2021-03-04"])
        rows = pd.DataFrame({"Speaker": ["Ada"], "Text": ["Who?"], "Date": day})
        rows.to_excel(book, sheet_name="Data", index=False)
    (made,) = readers.read_all(tmp_path / "a.xlsx")
    assert (made.document, made.metadata["date"]) == ("a", "2021-03-04")
    assert made.notes[1] == "sheet 'Codes' is not read: no column of text in it"


@pytest.mark.parametrize(
    ("lines", "line"),
    [
        ('Ada,fine\nTom,"He said no\nAda,Yes\nTom,No\n', 3),
        ('Ada,fine\nTom,"He said no\nAda,"Yes, I did"\n', 3),
        ('Ada,"two\nlines"\nTom,"He said "no" to it"\n', 4),
    ],
)
def test_a_stray_quotation_mark_is_blamed_where_it_stands(tmp_path, lines, line):
    path = written(tmp_path, "a.csv", f"speaker,text\n{lines}")
    with pytest.raises(AnalysisError) as refused:
        readers.read_all(path)
    assert refused.value.where == f"{path}, line {line}"


ENCODED = {
    "cp1250": "Kto czyta listę? Powiedział, że żaden klucz nie zginął, więc miasto czekało.",
    "iso8859_2": "Kdo čte seznam? Řekl, že žádný klíč nechybí a úředník mlčel celý den.",
    "cp1251": "Хто читає список? Ніхто, хто не питав. Сторож сказав, що замки міцні.",
    "koi8_u": "Хто читає список? Ніхто, хто не питав. Сторож сказав, що замки міцні.",
    "cp866": "Кто читает список? Никто, кто не спросил. Сторож сказал, что замки крепкие.",
    "cp1253": "Ποιος διαβάζει τον κατάλογο; Κανείς που δεν ρώτησε. Ο φύλακας είπε ναι.",
    "cp1254": "Listeyi kim okuyor? Hiçbir anahtarın eksik olmadığını söyledi, şehirler bekledi.",
    "cp1257": "Kas skaito sąrašą? Jis pasakė, kad nė vieno rakto netrūksta, miestai laukė.",
    "cp1255": "מי קורא את הרשימה? אף אחד שלא שאל. השומר אמר שהמנעולים חזקים.",
    "gb18030": "谁在读这个名单？没有问过的人不会读。看守说锁是好的，城里的人们等了一天。",
    "big5": "誰在讀這個名單？沒有問過的人不會讀。看守說鎖是好的，城裡的人們等了一天。",
    "euc_jp": "だれが名簿を読むのか。たずねていない者は読まない。番人は錠は固いと言った。",
    "cp949": "누가 명단을 읽는가? 묻지 않은 사람은 아무도 읽지 않는다.",
    "cp874": "ใครอ่านรายชื่อ ไม่มีใครที่ไม่ได้ถาม ผู้เฝ้าประตูกล่าวว่ากุญแจแข็งแรง",
    "utf-16-be": "Who reads the list? Nobody who has not asked.",
    "utf-16-le": "Кто читает список? Никто, кто не спросил.",
}


@pytest.mark.parametrize("encoding", ENCODED)
def test_encodings_of_many_languages(tmp_path, encoding):
    (made,) = read(written(tmp_path, "a.txt", ENCODED[encoding], encoding))
    assert made.text == ENCODED[encoding]
    assert made.metadata["encoding"]


def test_an_encoding_that_is_told_is_taken(tmp_path):
    path = written(tmp_path, "a.txt", "Kljuè", "cp1252")
    assert read(path, encoding="cp1250")[0].text == "Ključ"
    with pytest.raises(AnalysisError, match="encoding: 'klingon'"):
        read(path, encoding="klingon")
    with pytest.raises(AnalysisError, match="line 1: byte 0xe8 at offset 4 is not ascii"):
        read(path, encoding="ascii")


MBOX = """From ada@x.org Mon Mar  1 10:00:00 2021
From: Ada Arden <ada@x.org>
To: list@x.org
Subject: The list
Date: Mon, 1 Mar 2021 10:00:00 +0000

Who reads the list?

From tom@x.org Tue Mar  2 10:00:00 2021
From: =?utf-8?q?Tom_B=C3=A9ll?= <tom@x.org>
Subject: Re: The list
Date: Tue, 2 Mar 2021 10:00:00 +0000

On Mon, 1 Mar 2021, Ada Arden wrote:
> Who reads the list?

Nobody who asked.
--
Tom
"""


def test_mail(tmp_path):
    first, second = read(written(tmp_path, "a.mbox", MBOX))
    assert spoken(first) == {"Ada Arden": 4}
    assert spoken(second) == {"": 12, "Tom Béll": 3}
    assert (second.metadata["title"], second.metadata["date"]) == ("Re: The list", "2021-03-02")


def test_bibtex_and_ris(tmp_path):
    text = (
        '@article{a1,\n author = {Arden, Ada and B{\\"o}ll, Tom},\n title = {Keeper {Locks}},\n'
        ' journal = "The Post", year = 2021, month = mar,\n abstract = {Nobody reads.}\n}\n'
        "@book{b2, title={No abstract}, year={2020}}\n"
    )
    (made,) = read(written(tmp_path, "a.bib", text))
    assert made.text == "Nobody reads."
    assert made.metadata["author"] == "Arden, Ada; Böll, Tom"
    assert (made.metadata["title"], made.metadata["date"]) == ("Keeper Locks", "2021-03")
    assert made.notes == ("1 of 2 records have no abstract",)
    text = (
        "TY  - JOUR\r\nTI  - Keeper\r\nDA  - 2021/03/04/\r\nN2  - Nobody\r\n reads.\r\nER  - \r\n"
    )
    (made,) = read(written(tmp_path, "a.ris", text))
    assert (made.text, made.metadata["date"]) == ("Nobody reads.", "2021-03-04")


def test_publicwhip_with_its_declaration(tmp_path):
    text = (
        '<?xml version="1.0" encoding="ISO-8859-1"?>\n<!DOCTYPE publicwhip [ <!ENTITY eacute '
        '"&#233;"> ]>\n<publicwhip><major-heading id="x">The Locks</major-heading><speech '
        'id="uk.org.publicwhip/debate/2021-03-01a.1.2" speakername="Ada Arden"><p>Who reads the '
        'caf&eacute; list?</p></speech><speech nospeaker="true"><p>Question put.</p></speech>'
        '<speech speakername="Tom Bell"><p>Nobody.</p></speech></publicwhip>'
    )
    (made,) = read(written(tmp_path, "debates.xml", text))
    assert spoken(made) == {"Ada Arden": 5, "Tom Bell": 1}
    assert (made.metadata["title"], made.metadata["date"]) == ("The Locks", "2021-03-01")


def test_a_zip_of_texts(tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as book:
        book.writestr("b.txt", "The keeper spoke.\n")
        book.writestr("sub/b.txt", "A critic spoke.\n")
        book.writestr("__MACOSX/._b.txt", "x")
        book.writestr("p.png", b"\x89PNG\x00")
    made = read(tmp_path / "a.zip")
    assert [(one.document, one.text) for one in made] == [
        ("b", "The keeper spoke.\n"),
        ("sub/b.txt", "A critic spoke.\n"),
    ]
    assert made[0].notes == ("p.png in it is not read: a picture (PNG)",)


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"WARC/1.0\r\nWARC-Type: response\r\n", "WARC"),
        (b"**** *speaker_ada *year_2021\nWho reads?\n", "Alceste"),
        (b"<doc id='a'>\n<s>\nWho\tWP\nreads\tVBZ\nit\tPRP\n</s>\n</doc>\n", "vertical"),
        (b"%0 Journal Article\n%T Locks\n", "EndNote"),
        (b"\\documentclass{article}\n", "LaTeX"),
        (b"<?xml version='1.0'?><Trans/>", "Transcriber"),
        (b"<?xml version='1.0'?><mediawiki/>", "MediaWiki"),
        (b"ID3\x03\x00", "sound"),
        (b"\x00" * 257 + b"ustar\x0000", "TAR"),
    ],
)
def test_what_is_not_read_is_refused_by_its_name(tmp_path, content, named):
    (tmp_path / "a").write_bytes(content)
    with pytest.raises(AnalysisError, match=named) as refused:
        readers.read_all(tmp_path / "a", repair=True)
    assert refused.value.remedy


def test_front_matter_is_before_the_text_and_in_nobody_s_words(tmp_path):
    front = '---\ntitle: "Going dark"\ntags:\n  - locks\ndate: 8 July 2015\n---\n'
    path = written(tmp_path, "a.md", f"{front}The keeper spoke.\n")
    (made,) = read(path)
    assert (made.metadata["title"], made.metadata["date"]) == ("Going dark", "2015-07-08")
    assert made.text == path.read_text(encoding="utf-8")
    assert spoken(made) == {"": 3}


def test_a_sitting_in_several_forms_is_read_once(tmp_path):
    written(
        tmp_path, "a.srt", "1\n00:00:01,000 --> 00:00:02,000\nWho reads the list of the towns?\n"
    )
    written(tmp_path, "a.txt", "Who reads the list of the towns?\n")
    written(tmp_path, "b.txt", "Who reads the list of the towns?\n")
    found = intake.read([tmp_path])
    assert [one.document for one in found.documents] == ["a", "b"]
    assert "another form of a.srt" in found.skipped["reason"].iloc[0]


def test_parlamint_text_takes_its_speakers_from_the_table_beside_it(tmp_path):
    written(tmp_path, "P_2021-03-01.txt", "P_2021-03-01.u0\tGood morning.\nP_2021-03-01.u1\tNo.\n")
    with pytest.raises(AnalysisError, match=r"P_2021-03-01-meta.tsv beside it"):
        read(tmp_path / "P_2021-03-01.txt")
    rows = "ID\tTitle\tDate\tSpeaker_name\nP_2021-03-01.u0\tSitting\t2021-03-01\tAda\n"
    written(tmp_path, "P_2021-03-01-meta.tsv", rows + "P_2021-03-01.u1\tSitting\t2021-03-01\tTom\n")
    (made,) = intake.read([tmp_path]).documents
    assert spoken(made) == {"Ada": 2, "Tom": 1}
    assert (made.metadata["title"], made.metadata["date"]) == ("Sitting", "2021-03-01")

"""The formats researchers have, in texts of our own writing."""

import gzip
import json
import zipfile
from dataclasses import replace

import pandas as pd
import pytest

from analysis import readers
from analysis.cli import main
from analysis.corpus import Corpus, intake, report
from analysis.errors import AnalysisError
from analysis.study import new

TURNS = [("Ada Arden", "We met at the lock."), ("Tom Bell", "We did not."), ("Ada Arden", "No?")]
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def said(document):
    return [
        (row.speaker, document.text[row.body : row.end].strip())
        for row in document.utterances.itertuples()
    ]


def docx(path, paragraphs):
    body = "".join(f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>" for text in paragraphs)
    with zipfile.ZipFile(path, "w") as book:
        book.writestr(
            "word/document.xml",
            f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>',
        )
    return path


@pytest.fixture
def table():
    return pd.DataFrame(TURNS, columns=["speaker", "text"])


@pytest.mark.parametrize(
    ("name", "write"),
    [
        ("t.csv", lambda t, p: t.to_csv(p, index=False)),
        ("t.csv", lambda t, p: t.to_csv(p, index=False, sep=";")),
        ("t.tsv", lambda t, p: t.to_csv(p, index=False, sep="\t")),
        ("t.csv.gz", lambda t, p: t.to_csv(p, index=False)),
        ("t.xlsx", lambda t, p: t.to_excel(p, index=False)),
        ("t.parquet", lambda t, p: t.to_parquet(p)),
        ("t.jsonl", lambda t, p: t.to_json(p, orient="records", lines=True)),
        ("t.json", lambda t, p: t.to_json(p, orient="records")),
    ],
)
def test_tables(tmp_path, table, name, write):
    write(table, tmp_path / name)
    made = readers.read(tmp_path / name)
    assert (made.document, said(made)) == ("t", TURNS)


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet", "jsonl"])
def test_columns_by_another_name_are_mapped_in_every_form(tmp_path, ending):
    odd = pd.DataFrame(TURNS, columns=["wer", "was"]).assign(tag="2021-03-01", sitzung="s1")
    path = tmp_path / f"t.{ending}"
    {
        "csv": lambda: odd.to_csv(path, index=False),
        "xlsx": lambda: odd.to_excel(path, index=False),
        "parquet": lambda: odd.to_parquet(path),
        "jsonl": lambda: odd.to_json(path, orient="records", lines=True),
    }[ending]()
    with pytest.raises(AnalysisError, match=r"no column text .*--columns"):
        readers.read(path)
    columns = {"speaker": "wer", "text": "was", "date": "tag", "document": "sitzung"}
    (made,) = readers.read_all(path, columns=columns)
    assert (made.document, said(made), made.metadata["date"]) == ("s1", TURNS, "2021-03-01")
    with pytest.raises(AnalysisError, match="columns: 'words'"):
        readers.read_all(path, columns={"words": "was"})


def test_a_table_without_speakers_is_one_text_a_row(tmp_path):
    path = tmp_path / "press.csv"
    path.write_text("title,text\nOne,The keeper spoke.\nTwo,The towns wrote.\n")
    made = readers.read_all(path)
    assert [(d.document, d.metadata["title"]) for d in made] == [
        ("press-1", "One"),
        ("press-2", "Two"),
    ]
    assert set(made[0].utterances["mode"]) == {"narration"}


PAGE = """<!DOCTYPE html><html><head><title>Locks - The Harbour Post</title>
<meta property="article:published_time" content="2021-03-04T09:00:00Z"></head><body>
<header>The Harbour Post</header><nav><a href="/">Home</a><a href="/x">Privacy</a></nav>
<div class="cookie-consent">We value your privacy.</div>
<main><h1>Keeper Defends Locks</h1><p>By Ines Corday</p>
<p>The keeper said on Monday that the locks were sound, and that nobody had asked for a key.</p>
<aside>Related: more privacy</aside><figure><figcaption>A lock</figcaption></figure>
<p>A critic&nbsp;said the towns had <b>al</b>ready told him so.</p>
<div class="share-bar">Share this</div></main><footer>Privacy policy</footer></body></html>"""


def test_an_article_without_its_furniture(tmp_path):
    path = tmp_path / "locks.html"
    path.write_text(PAGE, encoding="utf-8")
    made = readers.read(path)
    assert made.metadata["kind"] == "news"
    assert made.metadata["title"] == "Keeper Defends Locks"
    assert made.metadata["date"] == "2021-03-04"
    assert "rivacy" not in made.text
    assert "Share" not in made.text
    assert made.text.splitlines()[-1] == "A critic said the towns had already told him so."


def test_a_docx_is_read_as_what_it_holds(tmp_path):
    path = docx(tmp_path / "t.docx", ["A hearing.", "MS. ARDEN: Yes &amp; no.", "MR. BELL: No."])
    assert said(readers.read(path))[1:] == [("MS. ARDEN", "Yes & no."), ("MR. BELL", "No.")]


def test_a_docx_of_python_docx(tmp_path):
    made = pytest.importorskip("docx").Document()
    made.add_heading("On Locks")
    made.add_paragraph("A lock is a promise.")
    made.save(str(tmp_path / "t.docx"))
    assert readers.read(tmp_path / "t.docx").text == "On Locks\nA lock is a promise."


TEI = """<?xml version="1.0" encoding="UTF-8"?>
<TEI xmlns="http://www.tei-c.org/ns/1.0" xml:id="day"><teiHeader><fileDesc><titleStmt>
<title>Locks Day</title></titleStmt><sourceDesc><bibl><date when="2021-03-01"/></bibl></sourceDesc>
</fileDesc></teiHeader><text><body><div><head>Locks</head><note>The bell rings.</note>
<u who="#AdaArden" ana="#chair"><seg>{one}</seg><note>(Noise.)</note><seg>And again.</seg></u>
<u who="#TomBell" ana="#regular"><seg>No.</seg></u><note>The house rose.</note>
</div></body></text></TEI>"""
ANNOTATED = (
    "<s><w>We</w><w>met</w><name type='LOC'><w>there</w><w join='right'>now</w></name>"
    "<pc join='right'>,</pc>\n<pc>”</pc><w>did</w><w join='right'>n't<w norm='do'/></w><pc>?</pc>"
    "<linkGrp type='UD-SYN'><link ana='x' target='#a #b'/></linkGrp></s>"
)


def test_parlamint_plain_with_its_list_of_persons(tmp_path):
    (tmp_path / "day.xml").write_text(TEI.format(one="We met &amp; parted."), encoding="utf-8")
    (tmp_path / "X-listPerson.xml").write_text(
        '<listPerson xmlns="http://www.tei-c.org/ns/1.0"><person xml:id="AdaArden"><persName>'
        "<surname>Arden</surname><forename>Ada</forename></persName>"
        '<affiliation role="member" ref="#party.LOCK"/></person></listPerson>'
    )
    made = readers.read(tmp_path / "day.xml")
    assert said(made) == [("Ada Arden", "We met & parted.\nAnd again."), ("TomBell", "No.")]
    assert made.text.startswith("Locks\nThe bell rings.\nWe met")
    assert made.utterances[["affiliation", "group"]].to_numpy().tolist() == [
        ["LOCK", "chair"],
        ["", "regular"],
    ]
    assert made.metadata["date"] == "2021-03-01"
    assert made.metadata["closing"] == "The house rose."
    found = intake.read([tmp_path])
    assert found.skipped["reason"].tolist() == ["about the texts, not one of them"]


def test_parlamint_annotated_joins_words_as_marked(tmp_path):
    (tmp_path / "day.ana.xml").write_text(TEI.format(one=ANNOTATED), encoding="utf-8")
    made = readers.read(tmp_path / "day.ana.xml")
    assert said(made)[0] == ("AdaArden", "We met there now,” did n't?\nAnd again.")


def test_a_convokit_corpus(tmp_path):
    folder = tmp_path / "talks"
    folder.mkdir()
    rows = [
        {"id": str(n), "conversation_id": "c1", "speaker": key, "text": text, "meta": {}}
        for n, (key, text) in enumerate([("a", "We met."), ("b", "No."), ("a", "No?")])
    ]
    (folder / "utterances.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    (folder / "speakers.json").write_text(
        '{"a": {"meta": {"name": "Ada", "party": "Lock"}}, "b": {}}'
    )
    (folder / "conversations.json").write_text('{"c1": {"title": "Locks", "date": "2021-03-01"}}')
    for path in (folder, tmp_path):
        corpus = Corpus.read(path)
        rows = corpus.utterances[["speaker", "affiliation", "words"]]
        assert rows.to_numpy().tolist() == [["Ada", "Lock", 2], ["b", "", 1], ["Ada", "Lock", 1]]
        assert corpus.documents[["document", "title"]].to_numpy().tolist() == [["c1", "Locks"]]


SRT = (
    "1\n00:00:01,000 --> 00:00:02,500\nADA: We\n<i>met</i>\n\n"
    "2\n00:00:03,000 --> 00:00:04,000\nat noon.\n\n"
    "3\n00:00:05,000 --> 00:00:06,000\nTOM: No.\n"
)
VTT = (
    "WEBVTT\n\nNOTE ours\n\n00:01.000 --> 00:02.500\n<v ADA>We met</v>\n\n"
    "00:03.000 --> 00:04.000\n<v ADA>at noon.</v>\n\nNOTE more\n\n"
    "00:05.000 --> 00:06.000\n<v TOM>No.</v>\n"
)


@pytest.mark.parametrize(("name", "text"), [("t.srt", SRT), ("t.vtt", VTT)])
def test_subtitles(tmp_path, name, text):
    (tmp_path / name).write_text(text)
    assert said(readers.read(tmp_path / name)) == [("ADA", "We met at noon."), ("TOM", "No.")]


def test_a_speech_names_its_speaker_in_its_header(tmp_path):
    path = tmp_path / "s.txt"
    path.write_text(
        "On Locks\nSpeech by Ada Arden, Keeper\nLinden, 6 October 2031\n\nFriends, hear.\n"
    )
    made = Corpus.read(path)
    columns = ["label", "mode", "affiliation"]
    assert made.utterances[columns].to_numpy().tolist() == [
        ["", "narration", ""],
        ["Ada Arden", "turn", "Keeper"],
    ]
    assert made.documents[["title", "date"]].to_numpy().tolist() == [["On Locks", "2031-10-06"]]


@pytest.mark.parametrize(
    ("text", "encoding", "named"),
    [
        ("Naïve – “quite” so, señor.", "cp1252", "cp1252"),
        ("Закон о связи принят вчера вечером. Говорят, что всё читают.", "cp1251", "cp1251"),
        ("Plain – dash", "utf-16", "utf-16"),
        ("Plain – dash", "utf-8-sig", ""),
    ],
)
def test_encodings_are_repaired_and_said(tmp_path, text, encoding, named):
    (tmp_path / "t.txt").write_bytes(text.encode(encoding))
    (tmp_path / "u.txt.gz").write_bytes(gzip.compress(text.encode(encoding)))
    corpus = Corpus.read(tmp_path)
    assert corpus.texts == {"t": text, "u": text}
    told = report.describe(tmp_path).to_dict()
    assert [row["encoding"] for row in told["encodings"]] == ([named] * 2 if named else [])


def test_a_page_in_the_encoding_that_it_declares(tmp_path):
    page = "<html><head><meta charset='windows-1251'></head><body><p>Да.</p></body></html>"
    (tmp_path / "p.html").write_bytes(page.encode("cp1251"))
    corpus = Corpus.read(tmp_path)
    assert corpus.texts == {"p": "Да."}
    assert corpus.documents["encoding"].tolist() == ["windows-1251"]
    for odd in ("rot13", "zlib", "undefined", "unheard-of"):
        (tmp_path / "p.html").write_bytes(
            page.replace("windows-1251", odd).encode("cp1252", "replace") + b"\xe9"
        )
        assert len(Corpus.read(tmp_path).texts) == 1


def test_names_that_meet_are_told_apart(tmp_path):
    (tmp_path / "x").mkdir()
    for name in ("a.txt", "a.md", "x/a.txt"):
        (tmp_path / name).write_text(f"Words of {name}.")
    assert list(Corpus.read(tmp_path).texts) == ["a", "a.txt", "x/a.txt"]


BROKEN = {
    "b1.txt": b"",
    "b2.pdf": b"%PDF-1.4 and then nothing",
    "b3.csv": b'speaker,text\nA,"b\n',
    "b4.xlsx": b"PK\x03\x04 and then nothing",
    "b5.parquet": b"PAR1 and then nothing PAR1",
    "b6.jsonl": b'{"speaker": "A", "text": "b"}\n{"speaker": \n',
    "b7.xml": b"<TEI><text><body><p>no end",
    "b8.docx": b"PK\x05\x06" + bytes(18),
    "b9.json": b'{"neither": "this nor that"}',
    "b10.txt.gz": gzip.compress(b"Words. " * 99)[:-5],
}


@pytest.fixture
def mixed(tmp_path, table):
    """A folder with every format, and ten files that are broken."""
    folder = tmp_path / "mixed"
    folder.mkdir()
    table.to_csv(folder / "t1.csv", index=False)
    table.to_csv(folder / "t2.tsv", index=False, sep="\t")
    table.to_excel(folder / "t3.xlsx", index=False)
    table.to_parquet(folder / "t4.parquet")
    table.to_json(folder / "t5.jsonl", orient="records", lines=True)
    docx(folder / "d.docx", ["On Locks", "A lock is a promise."])
    (folder / "p.html").write_text(PAGE, encoding="utf-8")
    (folder / "tei.xml").write_text(TEI.format(one="We met."), encoding="utf-8")
    (folder / "s.srt").write_text(SRT)
    (folder / "s.vtt").write_text(VTT)
    (folder / "m.md").write_text("**Ada:** Yes.\n\n**Tom:** No.\n")
    (folder / "h.txt").write_text("MS. ARDEN: Mass surveillance.\nMR. BELL: No.\n")
    (folder / "speech.txt").write_text("Speech by Ada Arden, Keeper\n\nFriends.\n")
    for name, content in BROKEN.items():
        (folder / name).write_bytes(content)
    return folder


def test_a_mixed_folder_names_each_broken_file(mixed, capsys):
    assert main(["describe", str(mixed), "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    # The two files of subtitles are one sitting in two forms.
    skipped = {row["path"].rpartition("/")[2] for row in told["skipped"]}
    assert skipped == {*BROKEN, "s.vtt"}
    assert all(row["reason"] for row in told["skipped"])
    assert told["documents"] == 12
    assert told["kinds"] == {
        "news": 1,
        "podcast": 1,
        "speech": 1,
        "subtitles": 1,
        "table": 5,
        "tei": 1,
        "text": 1,
        "transcript": 1,
    }
    assert told["utterances"] == sum(row["utterances"] for row in told["files"])
    assert main(["describe", str(mixed)]) == 0
    text = capsys.readouterr().out
    assert all(name in text for name in BROKEN)
    assert not list(mixed.glob(".*"))


def test_a_file_that_is_refused_is_described_with_status_two(mixed, capsys):
    assert main(["describe", str(mixed / "b3.csv"), "--format", "json"]) == 2
    told = json.loads(capsys.readouterr().out)
    assert (told["documents"], told["words"]) == (0, 0)
    assert "line 2: broken CSV" in told["skipped"][0]["reason"]


def test_near_duplicates_are_listed(tmp_path):
    words = [f"word{n}" for n in range(400)]
    (tmp_path / "a.txt").write_text(" ".join(words))
    (tmp_path / "b.txt").write_text(" ".join([*words[:200], "other", *words[201:]]))
    (tmp_path / "c.txt").write_text(" ".join(reversed(words)))
    found = report.describe(tmp_path).near_duplicates
    assert found[["document", "other"]].to_numpy().tolist() == [["a", "b"]]
    # Of 396 phrases each, 391 are shared and 5 are the other's own.
    assert found["similarity"].tolist() == [pytest.approx(391 / 401)]


def test_a_new_study_of_a_mixed_folder(mixed, tmp_path, root, monkeypatch, capsys):
    top = tmp_path / "project"
    (top / "data" / "studies").mkdir(parents=True)
    (top / "data" / "codebook.toml").write_bytes((root / "data" / "codebook.toml").read_bytes())
    monkeypatch.chdir(top)
    assert main(["new", "mine", str(mixed)]) == 0
    said = capsys.readouterr().out
    assert all(name in said for name in BROKEN)
    assert main(["verify", "mine"]) == 0
    capsys.readouterr()
    assert main(["new", "mine", str(mixed)]) == 2
    assert "there is a study of this name" in capsys.readouterr().err
    assert main(["new", "My Study", str(mixed)]) == 2
    assert "small letters" in capsys.readouterr().err
    notebook = json.loads((top / "notebooks" / "mine.ipynb").read_text(encoding="utf-8"))
    space = {}
    import matplotlib.pyplot as plt

    monkeypatch.setattr(plt, "show", lambda: None)
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), space)
    assert space["study"].documents["words"].sum() > 0
    before = (top / "data" / "studies" / "mine" / "manifest.json").read_bytes()
    new.new_study("mine", mixed, top=top, replace=True)
    assert (top / "data" / "studies" / "mine" / "manifest.json").read_bytes() == before


def test_what_a_reader_notes_is_reported_once_a_file(debate):
    noted = [replace(document, notes=("two sheets, one read",)) for document in debate]
    paths = {"morning": "a.xlsx", "evening": "a.xlsx"}
    skipped = pd.DataFrame(columns=["path", "reason"])
    made = report.of(intake.Intake(noted, paths, skipped))
    assert made.to_dict()["notes"] == [{"path": "a.xlsx", "note": "two sheets, one read"}]
    assert "to be checked:\n  a.xlsx: two sheets, one read\n" in f"{made}\n"

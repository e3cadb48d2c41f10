"""Files that mean harm: refused or harmless, within five seconds and little memory."""

import gzip
import io
import os
import re
import signal
import subprocess
import sys
import time
import tracemalloc
import zipfile
import zlib
from pathlib import Path

import pytest

from analysis import readers
from analysis.codebook import read_codebook
from analysis.corpus import Corpus, export, intake
from analysis.errors import AnalysisError
from analysis.occurrences import find, finding
from analysis.readers import decoding
from analysis.study import measured
from analysis.study import new as newstudy

WORD = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SECRET = "the harbour keeper's secret"


@pytest.fixture(autouse=True)
def _bounded(request):
    """Five seconds of the processor, and 256 MiB of Python's own memory.

    The clock on the wall tells of waiting for a pipe, but on a busy machine of others too.
    """
    if "project" in request.fixturenames:
        yield
        return
    tracemalloc.start()
    began, clock = time.process_time(), time.monotonic()
    yield
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.process_time() - began < 5
    assert time.monotonic() - clock < 60
    assert peak < 256 * 2**20


def refused(path, match):
    with pytest.raises(AnalysisError, match=match) as caught:
        readers.read_all(path)
    assert "\n" not in str(caught.value)


def packed(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in members.items():
            book.writestr(name, content)
    return path


def document(body):
    return f"<w:document {WORD}><w:body>{body}</w:body></w:document>"


BOMB = (
    '<!DOCTYPE TEI [<!ENTITY a "ha ha ha ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_an_entity_bomb_in_xml(tmp_path, encoding):
    path = tmp_path / "a.xml"
    head = f'<?xml version="1.0" encoding="{encoding}"?>'
    path.write_bytes(
        f"{head}{BOMB}<TEI><text><body><p>&j;</p></body></text></TEI>".encode(encoding)
    )
    refused(path, "entity declaration")


def test_an_external_entity_is_not_read(tmp_path):
    (tmp_path / "secret").write_text(SECRET)
    path = tmp_path / "a.xml"
    path.write_text(
        f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]>'
        "<TEI><text><body><p>&x;</p></body></text></TEI>"
    )
    refused(path, "entity declaration")
    path.write_text(
        '<TEI xmlns:xi="http://www.w3.org/2001/XInclude"><text><body><p>Words.</p>'
        f'<p><xi:include parse="text" href="file://{tmp_path}/secret"/></p></body></text></TEI>'
    )
    assert SECRET not in readers.read(path).text


def test_a_deep_tree(tmp_path):
    path = tmp_path / "a.xml"
    path.write_text(f"<TEI>{'<p>' * 100_000}")
    refused(path, "broken XML")
    path = tmp_path / "a.json"
    path.write_text("[" * 100_000)
    refused(path, "nested too deeply|broken JSON")
    path = tmp_path / "a.html"
    path.write_text(f"<html><body>{'<div>' * 50_000}words")
    refused(path, "nested too deeply")


@pytest.mark.parametrize("inside", ["word/document.xml", "xl/workbook.xml"])
def test_a_zip_bomb(tmp_path, inside):
    path = packed(tmp_path / "a.docx", {inside: b" " * (80 * 2**20)})
    refused(path, "unpacks to 80 MiB")
    refused(packed(path, {inside: "<x/>", **{f"{n}.txt": "" for n in range(6000)}}), "members")


def test_a_zip_that_lies_about_its_sizes(tmp_path):
    path = packed(tmp_path / "a.docx", {"word/document.xml": b" " * (8 * 2**20)})
    honest = (8 * 2**20).to_bytes(4, "little")
    path.write_bytes(path.read_bytes().replace(honest, (100).to_bytes(4, "little")))
    refused(path, "damaged|broken")


@pytest.mark.parametrize("name", ["../../evil", "/etc/evil", "a\\..\\..\\evil", "C:evil"])
@pytest.mark.parametrize("inside", ["word/document.xml", "xl/workbook.xml"])
def test_a_path_out_of_the_archive(tmp_path, name, inside):
    before = sorted(tmp_path.rglob("*"))
    refused(packed(tmp_path / "a.docx", {name: "x", inside: document("")}), "outside")
    assert len(sorted(tmp_path.rglob("*"))) == len(before) + 1


def test_entities_inside_a_docx(tmp_path):
    content = f'<!DOCTYPE x [<!ENTITY a "b">]>{document("<w:p><w:r><w:t>&a;</w:t></w:r></w:p>")}'
    refused(packed(tmp_path / "a.docx", {"word/document.xml": content}), "entity declaration")


def test_a_sheet_that_claims_its_last_row(tmp_path):
    from openpyxl import Workbook

    book = Workbook()
    book.active.append(["speaker", "text"])
    book.save(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as old:
        members = {name: old.read(name) for name in old.namelist()}
    far = b'<row r="999999999"><c r="B999999999" t="inlineStr"><is><t>x</t></is></c></row>'
    name = "xl/worksheets/sheet1.xml"
    sheet = (
        members[name]
        .replace(b'<dimension ref="A1:B1"/>', b"")
        .replace(b'<dimension ref="A1:B1" />', b"")
    )
    assert b"dimension" not in sheet
    members[name] = sheet.replace(b"</sheetData>", far + b"</sheetData>")
    refused(packed(tmp_path / "b.xlsx", members), "empty rows")


def _pdf(kids, count, stream):
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [%s] /Count %d >>" % (kids, count),
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents 4 0 R >>",
        b"<< /Length %d /Filter /FlateDecode >>\nstream\n%s\nendstream" % (len(stream), stream),
    ]
    body = b"%PDF-1.4\n"
    body += b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    return body + b"trailer << /Size 5 /Root 1 0 R >>\n%%EOF"


def _squeezed(blocks):
    packer = zlib.compressobj(9)
    parts = [packer.compress(b" " * 2**20) for _ in range(blocks)]
    return b"".join([*parts, packer.flush()])


@pytest.mark.parametrize(
    ("kids", "count", "stream", "match"),
    [
        (b"3 0 R " * 20_000, 20_000, zlib.compress(b"q Q"), "pages|page|scan"),
        (b"3 0 R", 1_000_000_000, zlib.compress(b"q Q"), "page|scan|opened"),
        (b"2 0 R", 7, zlib.compress(b"q Q"), "page|scan|opened"),
        (b"3 0 R", 1, _squeezed(200), "stream that unpacks to more than 128 MiB"),
    ],
    ids=["many-pages", "claimed-pages", "its-own-child", "packed"],
)
def test_a_pdf_that_never_ends(tmp_path, kids, count, stream, match):
    path = tmp_path / "a.pdf"
    path.write_bytes(_pdf(kids, count, stream))
    refused(path, match)


def test_a_line_of_two_gigabytes(tmp_path):
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.write(b"speaker,text\nA,")
        file.truncate(2 * 2**30)  # a hole: it takes no room on the disk
    refused(path, "2,048 MiB; expected at most 128 MiB")


def test_a_field_without_an_end(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f'speaker,text\nA,"{"x" * (17 * 2**20)}')
    refused(path, "broken CSV")


def test_a_gzip_bomb(tmp_path):
    path = tmp_path / "a.txt.gz"
    path.write_bytes(b"".join(gzip.compress(b" " * (16 * 2**20)) for _ in range(10)))
    refused(path, "unpacks to more than 128 MiB")
    path.write_bytes(gzip.compress(b"words " * 1000)[:-20])
    refused(path, "gzip")


def test_a_parquet_bomb(tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    column = pa.array(["x" * 2**20]).dictionary_encode()
    table = pa.table({"text": pa.DictionaryArray.from_arrays([0] * 1000, column.dictionary)})
    path = tmp_path / "a.parquet"
    pq.write_table(table, path)
    refused(path, "more text than fits")


def test_scripts_do_not_reach_the_notebook(tmp_path):
    path = tmp_path / "a.html"
    path.write_text(
        "<html><title>&lt;script&gt;alert(1)&lt;/script&gt;</title><body><article>"
        "<script>alert(2)</script><svg onload=alert(3)><text>drawn</text></svg>"
        "<p onclick='alert(4)'>Plain words of the harbour towns, and nothing that runs.</p>"
        "<iframe srcdoc='<script>alert(5)</script>'></iframe></article></body></html>"
    )
    corpus = Corpus.read(path)
    assert corpus.texts["a"] == "Plain words of the harbour towns, and nothing that runs."
    assert "<script" not in corpus.documents._repr_html_()
    path = tmp_path / "b.txt"
    path.write_text("MR. <script>alert(1)</script>: Mass surveillance <script>alert(2)</script>.")
    corpus = Corpus.read(path)
    found = find(corpus, read_codebook(PROJECT / "data" / "codebook.toml"))
    assert len(found) == 1
    for table in (corpus.documents, corpus.utterances, found, export.turns(corpus)):
        assert "<script" not in table._repr_html_()
    path = tmp_path / "a.svg"
    path.write_text("<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>")
    refused(path, "a picture")


@pytest.mark.parametrize(
    "pattern",
    [
        "(a|a|a)* (a|a|a)* b",
        "(" + "|".join("ab" for _ in range(500)) + ")? " * 40 + "x",
        " ".join(["(a|b|c|d)?"] * 30) + " x",
        "a {0,999999999} b",
        "((((((((((a+)+)+)+)+)+)+)+)+)+",
    ],
)
def test_a_pattern_that_never_ends(tmp_path, pattern):
    path = tmp_path / "book.toml"
    path.write_text(
        'version = "1"\nlanguage = "en"\ntitle = "t"\n'
        '[[frame]]\nid = "f"\nlabel = "f"\ndefinition = "d"\nsource = "s"\n'
        '[[term]]\nid = "t"\nframe = "f"\ndefinition = "d"\ninclude = "i"\nexclude = "e"\n'
        f'patterns = ["{pattern}"]\nexclusions = []\n'
        f'positive = ["{"a " * 5000}x"]\nnegative = ["b"]\n'
    )
    with pytest.raises(AnalysisError):
        read_codebook(path)


def test_links_out_of_the_folder_are_not_followed(tmp_path):
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "secret.txt").write_text(SECRET)
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "fine.txt").write_text("Plain words.")
    (folder / "link.txt").symlink_to(outside / "secret.txt")
    (folder / "links").symlink_to(outside)
    (folder / "round").symlink_to(folder)
    found = intake.read([folder])
    assert [made.text for made in found.documents] == ["Plain words."]
    assert found.skipped["reason"].str.contains("symbolic link").tolist() == [True] * 3


def test_pipes_and_devices_are_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "a.txt")
    refused(tmp_path / "a.txt", "a pipe or device")
    if Path("/dev/zero").exists():
        refused(Path("/dev/zero"), "a pipe or device")


def test_names_with_line_breaks(tmp_path):
    (tmp_path / "a\nskipped: nothing\x1b[2J.txt").write_text("Words.")
    (tmp_path / "b.txt").write_text("Words.")
    (tmp_path / os.fsdecode(b"c\xff.txt")).write_text("Words.")
    found = intake.read([tmp_path])
    assert [made.document for made in found.documents] == ["b"]
    assert found.skipped["reason"].str.contains("control character").tolist() == [True] * 2
    assert not found.skipped["path"].str.contains(r"[\x00-\x1f]").any()
    found.skipped["path"].str.encode("utf-8")


PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path):
    top = tmp_path / "project"
    (top / "data" / "studies").mkdir(parents=True)
    book = (PROJECT / "data" / "codebook.toml").read_bytes()
    (top / "data" / "codebook.toml").write_bytes(book)
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in ("a", "b", "c"):
        (texts / f"{name}.txt").write_text(f"ARDEN: Mass surveillance, {name}.\nBELL: No.\n")
    return top, texts


def everything(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


KILLED = """
import os, pathlib, sys
from analysis.study import new as newstudy
real = pathlib.Path.replace
def replace(self, other):
    if self.name == sys.argv[1] or self.parent.name == sys.argv[1]:
        os.kill(os.getpid(), 9)
    return real(self, other)
pathlib.Path.replace = replace
newstudy.new_study("mine", pathlib.Path("../texts"), top=pathlib.Path(), replace=True)
"""


@pytest.mark.parametrize(("at", "new"), [(".writing", False), (".ready", True)])
def test_a_study_killed_while_it_is_replaced_is_the_old_or_the_new(project, at, new):
    top, texts = project
    newstudy.new_study("mine", texts, top=top)
    (texts / "d.txt").write_text("CORDAY: Going dark.\nARDEN: No.\n")
    done = subprocess.run([sys.executable, "-c", KILLED, at], cwd=top, check=False)
    assert done.returncode == -9
    study = measured.read_study("mine", top / "data" / "studies" / "mine")
    assert study.documents["document"].tolist() == (
        ["a", "b", "c", "d"] if new else ["a", "b", "c"]
    )
    assert set(study.occurrences["document"]) == set(study.documents["document"])


def test_a_run_broken_off_goes_on_where_it_stopped(project, monkeypatch):
    top, texts = project
    for path in texts.iterdir():
        path.rename(path.with_suffix(".pdf"))  # texts by their form; what is slow is kept
    seen = []
    real = readers.read_all

    def broken_off(path, **options):
        seen.append(Path(path).name)
        if len(seen) == 3:
            raise KeyboardInterrupt
        return real(path, **options)

    monkeypatch.setattr(intake.readers, "read_all", broken_off)
    with pytest.raises(KeyboardInterrupt):
        newstudy.new_study("mine", texts, top=top)
    assert not (top / "data" / "studies" / "mine").exists()
    made, _ = newstudy.new_study("mine", texts, top=top)
    assert seen == ["a.pdf", "b.pdf", "c.pdf", "c.pdf"]
    assert len(made.documents) == 3
    assert not list((top / ".cache" / "intake").rglob("*.json"))


def test_a_measuring_broken_off_leaves_nothing_and_the_next_is_whole(project, monkeypatch):
    top, texts = project
    newstudy.new_study("whole", texts, top=top)

    def broken_off(corpus, codebook):
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(finding, "find", broken_off)
        with pytest.raises(KeyboardInterrupt):
            newstudy.new_study("mine", texts, top=top)
    assert not (top / "data" / "studies" / "mine").exists()
    newstudy.new_study("mine", texts, top=top)
    for name in ("documents.csv", "utterances.csv", "words.parquet", "occurrences.csv"):
        once, twice = (top / "data" / "studies" / study / name for study in ("whole", "mine"))
        assert once.read_bytes() == twice.read_bytes()
    assert not list((top / ".cache" / "intake").rglob("*.json"))


def test_ctrl_c_is_one_line_and_the_next_run_is_whole(project):
    top, texts = project
    for number in range(400):
        (texts / f"{number}.pdf").write_text(f"ARDEN: Mass surveillance, {number}.\n" * 200)
    command = [sys.executable, "-m", "analysis", "new", "mine", str(texts)]
    run = subprocess.Popen(command, cwd=top, stdout=-1, stderr=-1, text=True)
    while run.poll() is None and not list((top / ".cache" / "intake").rglob("*.json")):
        time.sleep(0.02)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=60)
    assert (run.returncode, said.count("\n")) == (130, 1)
    assert "what was written before is whole" in said
    assert not (top / "data" / "studies" / "mine").exists()
    assert not list(top.rglob(".*.json.*"))


def test_work_shows_how_far_it_is_on_a_terminal_only(project, monkeypatch, capsys):
    top, texts = project
    newstudy.new_study("silent", texts, top=top, progress=True)
    assert capsys.readouterr() == ("", "")

    class Terminal(io.StringIO):
        def isatty(self):
            return True

    monkeypatch.setattr(sys, "stderr", Terminal())
    newstudy.new_study("mine", texts, top=top, progress=True)
    shown = sys.stderr.getvalue()
    assert "reading: 100%" in shown
    # The table of speakers that the first study left beside the three texts is seen too.
    assert "4/4" in shown
    assert "finding voices" not in shown, "labels say who speaks"
    (texts / "story.txt").write_text("By Ann Moss\n\n" + '"It is dark," said Ben Hale.\n' * 50)
    newstudy.new_study("press", texts, top=top, progress=True)
    shown = sys.stderr.getvalue()
    assert "finding voices: 100%" in shown
    assert " characters/s" in shown
    assert re.search(r"\[\d\d:\d\d<\d\d:\d\d", shown), "how long it will take"


def test_limits_are_what_the_manual_says():
    manual = (PROJECT / "docs" / "your-own-texts.md").read_text(encoding="utf-8")
    assert f"{decoding.MOST_BYTES // 2**20} MiB" in manual

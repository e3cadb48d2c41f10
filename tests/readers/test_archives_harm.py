"""Harmful files for the readers of archives: refused in our words, soon, in little memory."""

import io
import time
import zipfile

import pytest

from analysis import AnalysisError, readers

OPEN = "urn:oasis:names:tc:opendocument:xmlns"
ODT = (
    f'<office:document-content xmlns:office="{OPEN}:office:1.0" xmlns:text="{OPEN}:text:1.0">'
    "<office:body><office:text><text:p>{}</text:p></office:text></office:body>"
    "</office:document-content>"
)
BOMB = (
    '<!DOCTYPE {} [<!ENTITY a "ha ha ha ha">'
    + "".join(
        f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefghi", "bcdefghij", strict=True)
    )
    + "]>"
)


def packed(members):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as book:
        for name, content in members.items():
            book.writestr(name, content)
    return sink.getvalue()


def odt(content):
    return packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content})


HARMFUL = {
    "unpacks.odt": (odt(" " * (80 * 2**20)), "unpacks to 80 MiB"),
    "entities.odt": (odt(BOMB.format("x") + ODT.format("&j;")), "entity declaration"),
    "empty.odt": (odt(ODT.format("")), "without words"),
    "broken.odt": (odt("<x"), "broken XML"),
    "unpacks.zip": (packed({"a.txt": " " * (200 * 2**20)}), "unpacks to 200 MiB"),
    "nested.zip": (packed({"a.zip": packed({"a.txt": "x"})}), "archive within an archive"),
    "outside.zip": (packed({"../a.txt": "x"}), "outside"),
    "empty.zip": (packed({"a.txt": "", "b/": ""}), "without a text"),
    "entities.xml": (f"{BOMB.format('akomaNtoso')}<akomaNtoso>&j;</akomaNtoso>", "entity"),
    "deep.xml": (f"<akomaNtoso>{'<p>' * 100_000}", "broken XML"),
    "deep.json": ('{"articles":' + "[" * 100_000, "nested too deeply|broken JSON"),
    "deep.rtf": (r"{\rtf1 " + "{" * 300_000, "without words|broken RTF"),
    "open.bib": ("@article{a,\n title = {" * 2000, "without an abstract"),
    "joined.tsv": ("start\tend\tspeaker\ttextWe met.\n1000\t2000\tTOM\tNo.\n", "no column text"),
    "open.csv": ('start,end,"text\n0,1000,We met.\n1000,2000,No.\n', "no cue with words"),
    "many.ris": ("TY  - NEWS\n" * 50_000, "without an abstract"),
    "many.mbox": ("From a 2021\nFrom: a\n\n" * 2000, "without a text"),
}


@pytest.mark.parametrize("name", HARMFUL)
def test_harmful_files_are_refused(tmp_path, name):
    content, found = HARMFUL[name]
    path = tmp_path / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    began = time.process_time()
    with pytest.raises(AnalysisError, match=found):
        readers.read_all(path, repair=True)
    assert time.process_time() - began < 20


def test_entities_of_publicwhip_are_letters_and_nothing_else(tmp_path):
    path = tmp_path / "debates2021-03-01a.xml"
    speech = '<speech speakername="Ada"><p>It costs &pound;5 &j;.</p></speech>'
    path.write_text(f"{BOMB.format('publicwhip')}<publicwhip>{speech}</publicwhip>")
    assert readers.read(path).text == "It costs £5 ."
    path.write_text(
        f'<!DOCTYPE publicwhip SYSTEM "file:///etc/passwd"><publicwhip>{speech}</publicwhip>'
    )
    assert readers.read(path).text == "It costs £5 ."


def test_a_zip_of_many_texts_of_one_name_is_read_soon(tmp_path):
    members = {f"{n:03}/talk.txt": f"ADA: We met {n} times.\nTOM: No.\n" for n in range(200)}
    path = tmp_path / "many.zip"
    path.write_bytes(packed(members))
    began = time.process_time()
    found = readers.read_all(path)
    assert len({one.document for one in found}) == len(members)
    assert time.process_time() - began < 20

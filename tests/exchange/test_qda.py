"""REFI-QDA: round trips, the rules of its schema, files of other programs, broken files."""

import io
import re
import zipfile

import pandas as pd
import pytest
from lxml import etree

from analysis.codebook import read_codebook
from analysis.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.exchange import (
    codes_of,
    codings_of,
    qda_read,
    read_qdc,
    read_qdpx,
    write_qdc,
    write_qdpx,
)
from analysis.study.statements import statements

NS = "urn:QDA-XML:project:1.0"
GUID = r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
# What the schema of March 2019 asks of the elements that are written here: the order of the
# children and the attributes, the required ones first.
RULES = {
    "Project": (["Users", "CodeBook", "Sources"], ["name"], ["origin"]),
    "Users": (["User"], [], []),
    "User": ([], ["guid"], ["name"]),
    "CodeBook": (["Codes"], [], []),
    "Codes": (["Code"], [], []),
    "Code": (["Description", "Code"], ["guid", "name", "isCodable"], ["color"]),
    "Description": ([], [], []),
    "Sources": (["TextSource"], [], []),
    "TextSource": (["PlainTextSelection"], ["guid"], ["name", "plainTextPath", "creatingUser"]),
    "PlainTextSelection": (
        ["Description", "Coding"],
        ["guid", "startPosition", "endPosition"],
        ["name", "creatingUser"],
    ),
    "Coding": (["CodeRef"], ["guid"], ["creatingUser"]),
    "CodeRef": ([], ["targetGUID"], []),
}

CODES = pd.DataFrame({"code": ["a", "b"], "parent": ["", "a"], "colour": ["#aa00FF", ""]})
TEXTS = {"one": "Sätze\nund 😀 mehr", "zwei": "", "one (2)": "\ufeffx"}
CODINGS = pd.DataFrame(
    [("one", 0, 5, "a", "Ann", "memo: 1\nfree text"), ("one", 10, 11, "b", "Ben", ""),
     ("one", 10, 11, "b", "Ann", "")],
    columns=["document", "start", "end", "code", "coder", "memo"],
)  # fmt: skip


@pytest.fixture(scope="module")
def book(root):
    return read_codebook(root / "data/codebook.toml")


@pytest.fixture(scope="module")
def press(root, book):
    corpus = Corpus.read(*sorted((root / "data/demo").glob("press_*.txt")))
    return corpus.texts, codings_of(statements(corpus, book), coder="us")


def test_the_demonstration_comes_back_whole(press, book, tmp_path):
    texts, codings = press
    codes = codes_of(book)
    path = write_qdpx(codings, codes, texts, tmp_path / "p.qdpx")
    back = read_qdpx(path)
    assert back.codes.to_dict("list") == codes.to_dict("list")
    assert dict(back.texts) == dict(texts)
    columns = ["document", "start", "end", "code", "coder", "memo"]
    order = codings.sort_values("document", kind="stable")
    assert back.codings[columns].to_numpy().tolist() == order[columns].to_numpy().tolist()
    assert set(back.codings["stance"]) == {"asserted", "denied"}
    assert back.left_out == {}
    again = write_qdpx(codings, codes, texts, tmp_path / "q.qdpx")
    names = [zipfile.ZipFile(p).namelist() for p in (path, again)]
    assert names[0] == names[1]


def test_coders_memos_and_strange_texts_come_back(tmp_path):
    back = read_qdpx(write_qdpx(CODINGS, CODES, TEXTS, tmp_path / "p.qdpx"))
    assert back.codings[list(CODINGS)].to_numpy().tolist() == CODINGS.to_numpy().tolist()
    assert back.codings["text"].tolist() == ["Sätze", "😀", "😀"]
    assert back.texts["one"] == TEXTS["one"]
    assert back.codes["parent"].tolist() == ["", "a"]


def test_a_codebook_comes_back_whole(book, tmp_path):
    codes = codes_of(book)
    path = write_qdc(codes, tmp_path / "c.qdc")
    assert read_qdc(path).to_dict("list") == codes.to_dict("list")
    assert "patterns: " in read_qdc(path)["description"][1]


def test_what_is_written_keeps_the_rules_of_the_schema(press, book, tmp_path):
    texts, codings = press
    path = write_qdpx(codings, codes_of(book), texts, tmp_path / "p.qdpx")
    with zipfile.ZipFile(path) as archive:
        root = etree.fromstring(archive.read("project.qde"))
        files = set(archive.namelist())
    known = {element.get("guid") for element in root.iter() if element.get("guid")}
    assert len(known) == len([e for e in root.iter() if e.get("guid")])
    for element in root.iter():
        tag = etree.QName(element)
        assert tag.namespace == NS
        children, required, optional = RULES[tag.localname]
        order = [children.index(etree.QName(child).localname) for child in element]
        assert order == sorted(order)
        assert set(required) <= set(element.attrib) <= {*required, *optional}
        for name, value in element.attrib.items():
            if name in ("guid", "targetGUID", "creatingUser"):
                assert re.fullmatch(GUID, value)
            if name in ("targetGUID", "creatingUser"):
                assert value in known
            if name == "plainTextPath":
                assert f"Sources/{value.removeprefix('internal://')}" in files


def project(body, files=(), *, name="project.qde", space=NS, origin="Other"):
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w") as archive:
        archive.writestr(
            name, f'<Project xmlns="{space}" name="p" origin="{origin}">{body}</Project>'
        )
        for file, content in files:
            archive.writestr(file, content)
    return sink.getvalue()


BOOK = '<CodeBook><Codes><Code guid="{C1}" name="k" isCodable="true"/></Codes></CodeBook>'


def source(start, end, code="{c1}", path="internal://t.txt"):
    return (
        f'<Sources><TextSource guid="s" name="talk" plainTextPath="{path}"><PlainTextSelection '
        f'guid="x" startPosition="{start}" endPosition="{end}"><Coding guid="y"><CodeRef '
        f'targetGUID="{code}"/></Coding></PlainTextSelection></TextSource>'
        '<AudioSource guid="a" name="sound"/></Sources><Notes><Note guid="n"/></Notes>'
    )


def test_a_project_of_another_program_is_read_and_what_is_left_out_is_said(tmp_path):
    path = tmp_path / "p.qdpx"
    path.write_bytes(project(BOOK + source(3, 6), [("sources/T.txt", b"\xef\xbb\xbfab\r\ncd")]))
    back = read_qdpx(path)
    assert back.codings[["document", "text", "code", "coder"]].to_numpy().tolist() == [
        ["talk", "\ncd", "k", ""]
    ]
    assert back.left_out == {"AudioSource": 1, "Notes": 1}
    # ATLAS.ti counts a Windows line end as one.
    path.write_bytes(
        project(BOOK + source(3, 5), [("Sources/t.txt", b"ab\r\ncd")], origin="ATLAS.ti 9")
    )
    assert read_qdpx(path).codings["text"].tolist() == ["cd"]


TEXT = [("Sources/t.txt", b"abcdef")]
BROKEN = {
    "outside": (project(BOOK + source(3, 99), TEXT), "source 'talk': the span 3 to 99"),
    "turned": (project(BOOK + source(5, 3), TEXT), "the span 5 to 3"),
    "no numbers": (project(BOOK + source("x", 3), TEXT), "the span x to 3; expected numbers"),
    "missing": (project(BOOK + source(1, 3)), "source 'talk': the file t.txt is missing"),
    "elsewhere": (
        project(BOOK + source(1, 3, path="absolute:///C/t.txt"), TEXT),
        "its text is not in the project",
    ),
    "latin": (project(BOOK + source(1, 3), [("Sources/t.txt", b"\xe4bc")]), "is not UTF-8"),
    "code": (project(BOOK + source(1, 3, code="z"), TEXT), "with the code 'z'"),
    "empty": (project("", name="other.xml"), "no project.qde"),
    "space": (project("", space="urn:other"), "expected Project in the namespace"),
    "xml": (project("<Users>"), "not well-formed"),
    "zip": (b"nothing", "no ZIP archive"),
}


@pytest.mark.parametrize("kind", BROKEN)
def test_a_broken_project_is_named(tmp_path, kind):
    content, message = BROKEN[kind]
    path = tmp_path / "p.qdpx"
    path.write_bytes(content)
    with pytest.raises(AnalysisError, match=re.escape(message)):
        read_qdpx(path)


def test_of_two_files_that_differ_in_capitals_the_one_that_is_named_is_read(tmp_path):
    path = tmp_path / "p.qdpx"
    path.write_bytes(project(BOOK + source(1, 3), [*TEXT, ("sources/T.txt", b"zzzzzz")]))
    assert read_qdpx(path).codings["text"].tolist() == ["bc"]


@pytest.mark.parametrize("place", ["internal://../../etc/passwd", "internal:///etc/passwd"])
def test_no_path_leads_out_of_the_project(tmp_path, place):
    path = tmp_path / "p.qdpx"
    path.write_bytes(project(BOOK + source(1, 3, path=place), TEXT))
    with pytest.raises(AnalysisError, match="is missing"):
        read_qdpx(path)


def test_a_file_that_unpacks_to_too_much_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(qda_read, "_LARGEST", 1000)
    path = tmp_path / "p.qdpx"
    path.write_bytes(project(BOOK + source(1, 3), [("Sources/t.txt", b"0" * 5000)]))
    with pytest.raises(AnalysisError, match="5,000 bytes"):
        read_qdpx(path)


def test_entities_are_not_followed(tmp_path):
    (tmp_path / "secret").write_text("secret")
    path = tmp_path / "c.qdc"
    path.write_text(
        f'<!DOCTYPE x [<!ENTITY e SYSTEM "file://{tmp_path}/secret">]>'
        '<CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes><Code guid="a" name="k">'
        "<Description>&e;</Description></Code></Codes></CodeBook>"
    )
    assert read_qdc(path)["description"].tolist() == [""]


@pytest.mark.parametrize(
    ("column", "value", "message"),
    [
        ("end", 99, "row 1: the span 0 to 99"),
        ("code", "z", "row 1: the code 'z'"),
        ("document", "z", "document 'z' has no text"),
    ],
)
def test_codings_that_fit_no_text_are_refused(tmp_path, column, value, message):
    codings = CODINGS.copy()
    codings.loc[0, column] = value
    with pytest.raises(AnalysisError, match=message):
        write_qdpx(codings, CODES, TEXTS, tmp_path / "p.qdpx")


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([("a", "b"), ("b", "a")], "'a' is below itself"),
        ([("a", "z")], "below 'z', which is not there"),
        ([("a", ""), ("a", "")], "'a' again"),
        ([], "no code"),
    ],
)
def test_codes_that_are_no_tree_are_refused(tmp_path, rows, message):
    codes = pd.DataFrame(rows, columns=["code", "parent"])
    with pytest.raises(AnalysisError, match=message):
        write_qdc(codes, tmp_path / "c.qdc")

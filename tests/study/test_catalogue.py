"""What a catalogue of sources may say, and how a mistake in it is named."""

from pathlib import Path

import pytest

from analysis.errors import AnalysisError
from analysis.study.catalogue import documents, read_catalogue, read_left_out

DOCUMENT = """\
[[document]]
study = "tiny"
id = "paper"
title = "A paper"
date = "2016-03"
kind = "testimony"
author = "A. Witness"
affiliation = "A House"
group = "industry"
licence = "CC0"
address = "https://example.org/paper.pdf"
file = "paper.pdf"
also = ["local.pdf"]
bytes = 12
sha256 = "{}"
""".format("0a" * 32)

LEFT_OUT = """\
[[left_out]]
study = "tiny"
title = "A scan"
name = "scan.pdf"
reason = "no text"
"""


def read(tmp_path, text, reader=read_catalogue) -> object:
    path = tmp_path / "sources.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return reader(path)


def test_columns_and_values(tmp_path):
    rows = read(tmp_path, LEFT_OUT + DOCUMENT)
    assert rows.to_dict("records") == [
        {
            "study": "tiny",
            "document": "paper",
            "title": "A paper",
            "date": "2016-03",
            "kind": "testimony",
            "licence": "CC0",
            "author": "A. Witness",
            "affiliation": "A House",
            "group": "industry",
            "address": "https://example.org/paper.pdf",
            "file": "paper.pdf",
            "also": ("local.pdf",),
            "bytes": 12,
            "sha256": "0a" * 32,
        }
    ]
    assert (
        documents("tiny", tmp_path / "sources.toml").columns.tolist() == rows.columns.tolist()[1:]
    )


def test_left_out(tmp_path):
    rows = read(tmp_path, LEFT_OUT + DOCUMENT, read_left_out)
    assert rows.to_dict("records") == [
        {"study": "tiny", "title": "A scan", "name": "scan.pdf", "reason": "no text"}
    ]
    assert read(tmp_path, DOCUMENT, read_left_out).columns.tolist() == rows.columns.tolist()
    with pytest.raises(AnalysisError, match=r"line 1: \[\[left_out\]\] without 'reason'"):
        read(tmp_path, LEFT_OUT.replace('reason = "no text"', ""), read_left_out)


@pytest.mark.parametrize(
    "field", ["study", "id", "title", "date", "kind", "licence", "address", "file", "bytes"]
)
def test_missing_field_names_the_line_of_its_table(tmp_path, field):
    kept = [line for line in DOCUMENT.splitlines() if not line.startswith(f"{field} =")]
    with pytest.raises(
        AnalysisError, match=rf"sources\.toml, line 6: \[\[document\]\] without '{field}'"
    ):
        read(tmp_path, LEFT_OUT + "\n".join(kept))


@pytest.mark.parametrize(
    ("line", "old", "new", "message"),
    [
        (15, "0a" * 32, "0a" * 31, "64 hexadecimal digits in lower case, not 62 signs"),
        (15, "0a" * 32, "0A" * 32, "64 hexadecimal digits in lower case"),
        (14, "12", '"12"', "expected int, not empty"),
        (14, "12", "true", "expected int, not empty"),
        (14, "12", "-12", "at least 1"),
        (3, '"paper"', '""', "expected str, not empty"),
        (3, '"paper"', '"a paper"', "letters, digits"),
        (5, "2016-03", "2016-13", "YYYY-MM-DD or YYYY-MM"),
        (5, "2016-03", "March 2016", "YYYY-MM-DD or YYYY-MM"),
        (6, "testimony", "speech", "one of: hearing, court argument"),
        (11, "https:", "ftp:", "an http or https address"),
        (11, "https:", "file:", "an http or https address"),
        (11, "//example.org", "//[example.org", "an http or https address"),
        (12, '"paper.pdf"', '"../paper.pdf"', "without a folder"),
        (12, '"paper.pdf"', "'a\\paper.pdf'", "without a folder"),
        (12, '"paper.pdf"', '".."', "without a folder"),
        (12, '"paper.pdf"', '"paper.part"', "without a folder"),
        (13, '["local.pdf"]', '["a/local.pdf"]', "without a folder"),
        (13, '["local.pdf"]', "[1]", "without a folder"),
        (13, '["local.pdf"]', '"local.pdf"', "expected list, not empty"),
        (13, "also", "alias", "unknown field 'alias'"),
        (6, "testimony", "hearing", "no 'author' field"),
        (8, "affiliation = ", "# ", "an 'affiliation' field"),
    ],
)
def test_impossible_field_is_refused_with_its_line(tmp_path, line, old, new, message):
    assert old in DOCUMENT
    with pytest.raises(AnalysisError) as caught:
        read(tmp_path, DOCUMENT.replace(old, new, 1))
    assert message in str(caught.value)
    named = {"no 'author' field": 7, "an 'affiliation' field": 1}.get(message, line)
    assert str(caught.value).startswith(f"{tmp_path / 'sources.toml'}, line {named}: ")


@pytest.mark.parametrize(
    ("second", "message"),
    [
        (DOCUMENT, r"line 19: id 'paper' is used twice; .*first is at .*line 3"),
        (
            DOCUMENT.replace('id = "paper"', 'id = "b"').replace("paper.pdf", "Paper.PDF"),
            r"line 28: file 'Paper.PDF' is used twice; .*first is at .*line 12",
        ),
    ],
)
def test_duplicates_are_refused_with_both_lines(tmp_path, second, message):
    with pytest.raises(AnalysisError, match=message):
        read(tmp_path, f"{DOCUMENT}\n{second}")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", r"no \[\[document\]\] table"),
        ("[[document]\n", r"not TOML: .*line 1"),
        (b"# ok\n# \xff\n", r"line 2: not UTF-8"),
        ("[document]\nid = 'a'\n", "'document' is not a list of tables"),
        ("document = [{id = 'a'}]\n", "'document' is not a list of tables"),
        ("document = 3\n", "'document' is not a list of tables"),
        ("[[documents]]\n", "unknown table 'documents'"),
    ],
)
def test_broken_file_is_named(tmp_path, text, message):
    with pytest.raises(AnalysisError, match=message):
        read(tmp_path, text)


def test_missing_file_is_named(tmp_path):
    with pytest.raises(AnalysisError, match=r"none\.toml: cannot be read \(No such file"):
        read_catalogue(Path(tmp_path) / "none.toml")

import re
import shutil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.codebook import read_codebook
from analysis.codebook.patterns import phrases
from analysis.errors import AnalysisError

BOOK = """version = "1.0"
language = "en"
title = "Harbours"

[[frame]]
id = "safety"
label = "Safety"
definition = "What keeps boats afloat."
source = "Our own"

[[term]]
id = "high tide"
frame = "safety"
definition = "Water at its highest."
include = "Tides."
exclude = "Figures of speech."
patterns = ["high (tide|tides)"]
exclusions = ["high tide of"]
positive = ["At high tide they sail."]
negative = ["At the high tide of empire."]

[[term]]
id = "lifeboat"
frame = "safety"
definition = "A boat that rescues."
include = "Lifeboats."
exclude = "Rafts."
patterns = [
    "lifeboat*",
    "rescue {0,2} boat",
]
exclusions = []
positive = [
    "The lifeboats left.",
]
negative = [
    "A raft left.",
]
"""


@pytest.fixture
def write(tmp_path):
    def _write(text):
        path = tmp_path / "book.toml"
        path.write_bytes(text if isinstance(text, bytes) else text.encode("utf-8"))
        return path

    return _write


def refusal(path):
    with pytest.raises(AnalysisError) as caught:
        read_codebook(path)
    assert caught.value.where.startswith(str(path))
    return str(caught.value).removeprefix(str(path))


def test_reads(write):
    book = read_codebook(write(BOOK))
    assert (book.version, book.language, book.title) == ("1.0", "en", "Harbours")
    assert book.frames["id"].tolist() == ["safety"]
    assert book.terms["id"].tolist() == ["high tide", "lifeboat"]
    assert book.terms.loc[1, "patterns"] == ("lifeboat*", "rescue {0,2} boat")
    assert book.matcher.scan("a rescue row boat at high tide") == [(2, 17, 1), (21, 30, 0)]


@pytest.mark.parametrize(
    ("label", "printed"), [("Safety", "Safety"), ("High tide", "High tide (frame)")]
)
def test_a_frame_is_never_printed_as_a_term_is(write, label, printed):
    book = read_codebook(write(BOOK.replace('label = "Safety"', f'label = "{label}"')))
    assert book.labels == {"safety": printed}


def test_reads_windows_lines_and_a_byte_order_mark(write):
    path = write(b"\xef\xbb\xbf" + BOOK.replace("\n", "\r\n").encode())
    assert len(read_codebook(path).terms) == 2
    path = write(
        b"\xef\xbb\xbf" + BOOK.replace("\n", "\r\n").replace('"lifeboat*"', '"["').encode()
    )
    assert refusal(path).startswith(", line 29: bad pattern")


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('title = "Harbours"', 'title = "Harbours', 3, "not TOML"),
        ('title = "Harbours"\n', "", None, "the head has no field 'title'"),
        ('title = "Harbours"', 'title = ""', 3, "title = ''; expected a text that is not empty"),
        ('version = "1.0"', "version = 1.0", 1, "version = 1.0; expected a text"),
        ('language = "en"', 'language = "en"\ncolour = "red"', 3, "unknown field 'colour'"),
        ('label = "Safety"\n', "", 5, "[[frame]] 'safety' has no field 'label'"),
        ('include = "Tides."\n', "", 11, "[[term]] 'high tide' has no field 'include'"),
        ('exclude = "Rafts."', 'exclude = "Rafts."\nweight = 2', 28, "unknown field 'weight'"),
        ('exclude = "Rafts."', "exclude = 3", 27, "exclude = 3; expected a text"),
        ("exclusions = []", "exclusions = [2]", 32, "exclusions = [2]; expected a list of texts"),
        ('["high (tide|tides)"]', '"high tide"', 17, "expected a list of texts, one at least"),
        ('["At high tide they sail."]', "[]", 19, "positive = []; expected a list of texts, one"),
        ('id = "lifeboat"', 'id = " lifeboat"', 23, "without spaces to spare"),
        ('id = "lifeboat"', 'id = "High tide"', 23, "duplicate term id 'High tide'"),
        ('id = "lifeboat"\nframe = "safety"', 'id = "lifeboat"\nframe = "safe"', 24,
         "term 'lifeboat' is of the unknown frame 'safe'; expected one of safety"),
        ('"lifeboat*"', '"(lifeboat"', 29, "bad pattern: '('"),
        ('"lifeboat*"', '"(lifeboat)?"', 29, "could match no word at all"),
        ('"lifeboat*"', '"(life+)+$"', 29, "bad pattern: '+'"),
        ('"high tide of"', '"{0,3} tide"', 18, "a gap in '{0,3} tide' has no word on one side"),
        ('"lifeboat*"', '"lifeboat*", "High-Tides"', 29,
         "duplicate pattern: 'high tides' of term 'lifeboat' is already matched by"),
        ('"rescue {0,2} boat"', '"lifeboat*"', 29, "duplicate pattern: 'lifeboat*'"),
        ('"The lifeboats left."', '"The ferry left."', 34,
         "positive example of term 'lifeboat' does not match: 'The ferry left.'"),
        ('"A raft left."', '"A lifeboat left."', 37,
         "negative example of term 'lifeboat' matches: 'A lifeboat left.'"),
        ('exclusions = ["high tide of"]', "exclusions = []", 20,
         "negative example of term 'high tide' matches"),
    ],
)  # fmt: skip
def test_refused_with_the_line(write, old, new, line, said):
    assert BOOK.count(old) == 1
    message = refusal(write(BOOK.replace(old, new)))
    assert message.startswith(f", line {line}: " if line else ": ")
    assert said in message


def test_duplicate_frame(write):
    frame = BOOK[BOOK.index("[[frame]]") : BOOK.index("[[term]]")]
    message = refusal(write(BOOK.replace(frame, frame * 2)))
    assert message.startswith(", line 12: duplicate frame id 'safety'")
    assert "line 6" in message


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the file is empty"),
        (b"\n \n", "the file is empty"),
        (b'version = "1"\ntitle = "caf\xe9"\n', ", line 2: byte 0xe9 is not UTF-8"),
        (b'version = "1"\nlanguage = "en"\ntitle = "t"\n', "no [[frame]]"),
        (b'version = "1"\nlanguage = "en"\ntitle = "t"\nframe = [1]\n', "line 4: no [[frame]]"),
        (b"a = " + b"[" * 5_000, "nested too deeply"),
    ],
)
def test_not_a_codebook(write, content, said):
    assert said in refusal(write(content))


def test_missing_and_folder(tmp_path):
    assert "cannot be read (No such file" in refusal(tmp_path / "none.toml")
    assert "cannot be read (" in refusal(tmp_path)


@settings(deadline=None)
@given(st.one_of(st.binary(max_size=200), st.text(max_size=200).map(str.encode)), st.data())
def test_any_bytes_are_read_or_refused_in_our_words(tmp_path_factory, piece, data):
    path = tmp_path_factory.mktemp("any") / "book.toml"
    at = data.draw(st.integers(0, len(BOOK)))
    places = []
    for content in (piece, BOOK[:at].encode() + piece + BOOK[at:].encode()):
        path.write_bytes(content)
        try:
            read_codebook(path)
        except AnalysisError as error:
            places.append(error.where)
    assert all(place.startswith(str(path)) for place in places)
    shutil.rmtree(path.parent)


@pytest.fixture(scope="module")
def shipped(root):
    return read_codebook(root / "data" / "codebook.toml")


def test_shipped_codebook_is_as_large_as_promised(shipped):
    assert len(shipped.frames) >= 8
    assert len(shipped.terms) >= 40
    assert set(shipped.terms["frame"]) == set(shipped.frames["id"])
    ids = set(shipped.terms["id"])
    assert {"going dark", "mass surveillance", "ethical responsibility"} <= ids


@pytest.mark.parametrize(
    "work",
    ["Entman 1993", "Policy Frames Codebook", "Schulze 2017", "Mols and Janssen 2017"],
)
def test_shipped_codebook_rests_on_the_literature(shipped, work):
    assert shipped.frames["source"].str.contains(work, regex=False).any()


def test_one_changed_pattern_is_noticed(root, write):
    text = (root / "data" / "codebook.toml").read_text(encoding="utf-8")
    old = 'patterns = [\n    "(go|goes|going|gone|went)'
    assert text.count(old) == 1
    message = refusal(write(text.replace(old, old.replace("|gone", ""))))
    assert "positive example of term 'going dark' does not match" in message


def test_every_shipped_pattern_can_be_found(shipped):
    for number, term in shipped.terms.iterrows():
        for pattern in term["patterns"]:
            phrase = re.sub(r"\{.*?\}|\*", "", next(phrases(pattern)))
            assert any(found == number for _, _, found in shipped.matcher.scan(phrase)), phrase

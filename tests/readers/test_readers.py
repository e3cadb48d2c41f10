"""Readers on texts and tiny PDFs of our own writing."""

import importlib.util
import textwrap
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis import readers
from analysis.errors import AnalysisError
from analysis.readers import layout, read_table
from analysis.text.words import words

_spec = importlib.util.spec_from_file_location(
    "pdfwriter", Path(__file__).parents[1] / "pdfwriter.py"
)
writer = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(writer)


@pytest.fixture
def keep(tmp_path):
    """Write a file and return its path."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


def turns(document):
    return [
        (row.label, document.text[row.body : row.end].strip())
        for row in document.utterances.itertuples()
    ]


FRONT = ["BOARD MEMBERS", "", "Ada Arden, Chair", "Ben Bell", "PANEL ONE", "Cy Corday, Harbour"]
FIRST = [
    "               PROCEEDINGS",
    "     MS. ARDEN:  Good morning.  We shall follow-",
    "up on what the harbour towns asked of us and --",
    "     MR. BELL:  May I?",
    "     The keeper of the lock is absent.",
    "               (Laughter)",
    "     MS. ARDEN:  You may.  It concerns (inaudible)",
    "(see the list) and nothing else.",
    "     (A recess was called at ten and",
    "the room was cleared.)",
    "     AUDIENCE MEMBER:  Speak up.",
]
SECOND = [
    "     Mr. Bell: Twice I said",
    "215 locks were lost.  I asked",
    "Mr. Bell: nothing.",
    "               CERTIFICATE OF REPORTER",
    "     I, Zoe Zane, certify that this is all.",
]
HEARD = [
    ("MS. ARDEN", "Good morning. We shall follow-up on what the harbour towns asked of us and --"),
    ("MR. BELL", "May I?\nThe keeper of the lock is absent."),
    ("MS. ARDEN", "You may. It concerns (inaudible) (see the list) and nothing else."),
    ("AUDIENCE MEMBER", "Speak up."),
    ("Mr. Bell", "Twice I said 215 locks were lost. I asked Mr. Bell: nothing."),
]
INDEX = [(80 + 90 * (n % 5), 700 - 12 * (n // 5), f"lock{n} 1:{n},{n + 1}") for n in range(200)]


def hearing_pages(*, apart=False):
    pages = [
        [(200, 600, "HARBOUR BOARD"), (200, 500, "July 9, 2013")],
        *(writer.numbered(rows, apart=apart) for rows in (FRONT, FIRST, SECOND)),
        INDEX,
    ]
    furniture = [(72, 760, "Public Workshop July 9, 2013"), (72, 30, "Reporters, Inc. 555-0100")]
    return [[*furniture, (513, 730, str(number)), *page] for number, page in enumerate(pages, 1)]


@pytest.mark.parametrize("apart", [False, True])
def test_a_numbered_transcript_is_its_turns(keep, apart):
    document = readers.read(keep("any name.pdf", writer.pdf(hearing_pages(apart=apart))))
    assert turns(document) == HEARD
    assert document.metadata == {"kind": "transcript", "date": "2013-07-09"}
    assert document.document == "any name"
    assert set(document.utterances["mode"]) == {"turn"}


def test_four_pages_to_a_sheet_are_read_column_by_column(keep):
    def cell(rows, left, top):
        return writer.numbered(rows, left=left, top=top, pitch=13, gap=20)

    where = [(60, 690), (60, 380), (320, 690), (320, 380)]
    said = [
        [f"     MS. ARDEN: This is page {n}.", "     MR. BELL: And so"] + ["it goes"] * 20
        for n in range(4)
    ]
    sheet = [
        part
        for rows, (left, top), number in zip(said, where, (2, 3, 4, 5), strict=True)
        for part in [(left + 200, top + 16, str(number)), *cell(rows, left, top)]
    ]
    document = readers.read(keep("sheet.pdf", writer.pdf([sheet], size=6)))
    assert [said for label, said in turns(document) if label == "MS. ARDEN"] == [
        f"This is page {n}." for n in range(4)
    ]
    assert len(words(document.text)) == 4 * (4 + 2 + 40)


def test_a_hearing_of_24_lines_without_panel_labels(keep):
    rows = ["     CHAIRMAN DE VRIES: Welcome.", "     DR. O'HARA: Thanks.", "     THE CLERK: Rise."]
    pages = [writer.numbered(rows, count=24, pitch=25), writer.numbered(["and sit."], count=24)]
    assert turns(readers.read(keep("d.pdf", writer.pdf(pages)))) == [
        ("CHAIRMAN DE VRIES", "Welcome."),
        ("DR. O'HARA", "Thanks."),
        ("THE CLERK", "Rise. and sit."),
    ]


def test_text_that_keeps_the_layout_reads_as_its_pdf(keep):
    pages = []
    for rows in (FRONT, FIRST, SECOND):
        lines = [f"{n:>3}   {rows[n - 1] if n <= len(rows) else ''}" for n in range(1, 23)]
        pages.append("\n".join(["Public Workshop      July 9, 2013", *lines, "Reporters, Inc."]))
    index = "\n".join(f"lock{n} 1:{n},{n + 1}   key{n} 2:{n}" for n in range(60))
    document = readers.read(keep("d.txt", "\f".join([*pages, index])))
    assert turns(document) == HEARD


def test_pages_side_by_side_in_text_are_refused(keep):
    rows = [
        f"{n:>3}   {'MR. BELL' if n % 2 else 'THE COURT'}: Yes.   {n:>3}  MS. ARDEN: No."
        for n in range(1, 23)
    ]
    path = keep("d.txt", "\n".join(rows) + "\f")
    with pytest.raises(AnalysisError, match="side by side"):
        readers.read(path)


_WORD = st.from_regex(r"[a-z]{1,9}", fullmatch=True)
_TURN = st.tuples(
    st.sampled_from(["MS. ARDEN", "MR. BELL", "DR. MCKAY-ORR", "THE COURT"]),
    st.lists(_WORD, min_size=1, max_size=60),
)


@settings(max_examples=25, deadline=None)
@given(st.lists(_TURN, min_size=4, max_size=12), st.booleans())
def test_what_is_printed_on_numbered_pages_is_read_back(tmp_path_factory, spoken, apart):
    spoken = [("MS. ARDEN", ["we", "begin"]), ("MR. BELL", ["yes"]), *spoken]
    rows = []
    for label, said in spoken:
        rows += textwrap.wrap(f"{label}: {' '.join(said)}", 60, initial_indent="     ")
    pages = [writer.numbered(rows[at : at + 22], apart=apart) for at in range(0, len(rows), 22)]
    path = tmp_path_factory.mktemp("round") / "d.pdf"
    path.write_bytes(writer.pdf(pages))
    assert turns(readers.read(path)) == [(label, " ".join(said)) for label, said in spoken]


PLAIN = "Harbour Board\nMay 3, 2021\n\nMS. ARDEN: Good morning.\n\nWe begin.\nMR. BELL:\tYes.\n"


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_plain_transcript_is_the_file(keep, newline, mark):
    text = PLAIN.replace("\n", newline)
    document = readers.read(keep("d.txt", mark + text))
    assert document.text == text
    assert document.metadata == {"kind": "transcript", "date": "2021-05-03"}
    rows = document.utterances
    assert rows["label"].tolist() == ["", "MS. ARDEN", "MR. BELL"]
    assert rows["mode"].tolist() == ["narration", "turn", "turn"]
    assert [text[s:b].strip() for s, b in zip(rows["start"], rows["body"], strict=True)] == [
        "",
        "MS. ARDEN:",
        "MR. BELL:",
    ]
    assert turns(document)[1:] == [
        ("MS. ARDEN", f"Good morning.{newline}{newline}We begin."),
        ("MR. BELL", "Yes."),
    ]


def test_names_in_mixed_case_are_labels_when_they_come_back(keep):
    text = "Ada Arden: Yes.\nBen Bell: No.\nAda Arden: Why?\nBen Bell: So.\n"
    assert turns(readers.read(keep("d.txt", text)))[3] == ("Ben Bell", "So.")
    prose = "Note: we met.\nIn short: nothing.\nOne thing: locks.\nAnother thing: keys.\n"
    assert readers.read(keep("p.txt", prose)).metadata["kind"] == "text"


STAMP = "Case 1:21-cv-00042-XY Document {} Filed 05/03/21 Page {} of 4 Page ID #:{}"


def pleading_pages():
    contents = ["TABLE OF CONTENTS"]
    contents += [f"{n}. The going dark of lamps" + "." * 20 + str(n) for n in range(1, 9)]
    body = ["     The petitioner says that going dark is a", "matter for the lock-keeper of"]
    more = ["the third quay.", "     It asks for relief."]
    pages = [writer.numbered(rows, count=28, pitch=24) for rows in (contents, body, more)]
    margin = [(10, 60, "Locke, Keyes LLP")]
    return [
        [*page, *margin, (60, 765, STAMP.format(7, n, n)), (300, 20, str(n))]
        for n, page in enumerate(pages, 1)
    ]


def test_a_pleading_loses_its_tables_numbers_stamps_and_margin(keep):
    document = readers.read(keep("p.pdf", writer.pdf(pleading_pages())))
    assert document.metadata == {"kind": "pleading", "date": "2021-05-03"}
    said = "The petitioner says that going dark is a matter for the lock-keeper of the third quay."
    assert turns(document) == [("", f"{said}\nIt asks for relief.")]
    assert document.utterances[["speaker", "mode"]].to_numpy().tolist() == [["", "narration"]]


def test_a_pleading_s_text_reads_as_its_pdf(keep):
    numbers = "\n".join(map(str, range(1, 29)))
    entries = "\n\n".join(f"{n}. The going dark of lamps {'.' * 20} {n}" for n in range(1, 9))
    bodies = [
        f"TABLE OF CONTENTS\n\n{entries}",
        "The petitioner says that going dark is a\n\nmatter for the lock-keeper of",
        "the third quay.\n\nIt asks for relief.",
    ]
    pages = [
        f"{STAMP.format(7, n, n)}\n{numbers}\nLocke, Keyes LLP\n\n{body}\n\n{n}\n"
        for n, body in enumerate(bodies, 1)
    ]
    document = readers.read(keep("p.txt", "\f".join(pages) + "\f"))
    assert document.metadata == {"kind": "pleading", "date": "2021-05-03"}
    assert words(document.text) == words(
        "The petitioner says that going dark is a matter for the lock-keeper of the third quay. "
        "It asks for relief."
    )


def paper_pages():
    """Three pages; 'surveil-lance' is broken by the line, 'follow-up' is written so."""
    bodies = [
        ["On Harbour Locks", "May 3, 2021", "The surveillance of quays is", "old. A follow-up"],
        ["is due, and the surveil-", "lance of boats too. We follow-", "up each year and go"],
        [
            "on and on since 2012",
            "0101 1100 0011 1010 0110",
            "as the harbour-",
            "masters of old did.",
        ],
    ]
    return [
        [(72, 760, "Harbour Papers, No. 7"), (300, 40, f"- {n} -")]
        + [(72, 700 - 14 * row, text) for row, text in enumerate(body)]
        for n, body in enumerate(bodies, 1)
    ]


def test_a_prose_paper_loses_heads_and_numbers_and_keeps_real_hyphens(keep):
    document = readers.read(keep("p.pdf", writer.pdf(paper_pages())))
    assert document.metadata == {"kind": "paper", "date": "2021-05-03"}
    assert words(document.text) == words(
        "On Harbour Locks May 3, 2021 The surveillance of quays is old. A follow-up is due, and "
        "the surveillance of boats too. We follow-up each year and go on and on since 2012 as the "
        "harbourmasters of old did."
    )


def test_a_paper_s_text_loses_contents_but_keeps_a_year_at_a_page_s_foot(keep):
    pages = [
        "Contents\n\nOne ........ 2\nTwo ........ 3\nThree ........ 4\n",
        "Locks were counted in\n2012\n\n1\n",
        "Keys were counted in\n2009\n\n2\n",
        "Boats were counted in\n2016.\n\n3\n",
    ]
    document = readers.read(keep("p.txt", "\f".join(pages)))
    kept = "Locks were counted in 2012 Keys were counted in 2009 Boats were counted in 2016."
    assert " ".join(document.text.split()) == kept


def test_contents_without_page_numbers_are_known_by_the_headings_that_come_back(keep):
    pages = [
        "Contents\n\nOn locks\n\nOn keys\n\nOn boats\n",
        "On locks\n\nA lock is old.\n\nOn keys\n\nA key is new.\n",
        "On boats\n\nA boat is neither.\n",
    ]
    document = readers.read(keep("p.txt", "\f".join(pages)))
    kept = "On locks A lock is old. On keys A key is new. On boats A boat is neither."
    assert " ".join(document.text.split()) == kept


STORY = (
    "Harbour chief: lamps must not \u201cgo dark\u201d\n\n    Keepers should act, he says.\n\n"
    "By Ada Arden\nMay 3, 2021\n\n    The chief said lamps matter. \u201cThey do,\u201d he added.\n"
)


def test_a_press_story_is_the_file_with_its_head_understood(keep):
    document = readers.read(keep("s.txt", STORY))
    assert document.text == STORY
    assert document.metadata == {
        "kind": "news",
        "title": "Harbour chief: lamps must not \u201cgo dark\u201d",
        "dek": "Keepers should act, he says.",
        "byline": "Ada Arden",
        "date": "2021-05-03",
    }
    assert document.utterances[["start", "end", "mode"]].to_numpy().tolist() == [
        [0, len(STORY), "narration"]
    ]


def test_a_speech_is_the_file(keep):
    text = "On Lamps\n\nFriends, a lamp is a promise. Keep it.\n"
    document = readers.read(keep("s.txt", text))
    assert (document.text, document.metadata) == (text, {"kind": "text", "title": "On Lamps"})


TABLE = (
    'doc_id,seq,speaker,date,title,text\n"b",2,Bell,2021-05-03,T,"No.\n\nNever."\n'
    'a,1,Arden,,,Yes.\nb,1,Arden,2021-05-03,T,"Well, yes."\n'
)


def test_a_table_gives_its_documents_in_order(keep):
    path = keep("t.csv", TABLE)
    first, second = read_table(path)
    assert (first.document, turns(first)) == (
        "b",
        [("Arden", "Well, yes."), ("Bell", "No.\nNever.")],
    )
    assert first.metadata == {"kind": "table", "title": "T", "date": "2021-05-03"}
    assert turns(second) == [("Arden", "Yes.")]
    assert [document.document for document in readers.read_all(path)] == ["b", "a"]
    with pytest.raises(AnalysisError, match=r"table of 2 documents.*read_all"):
        readers.read(path)


def test_a_table_is_known_by_its_header_too_and_columns_can_be_named(keep):
    assert turns(readers.read(keep("t.txt", "text,speaker\nYes.,Arden\n"))) == [("Arden", "Yes.")]
    path = keep("u.csv", "who,what\nArden,Yes.\n")
    assert turns(read_table(path, speaker="who", text="what")[0]) == [("Arden", "Yes.")]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("e.txt", b"", "e.txt: an empty file; expected a text"),
        ("e.pdf", b" \n\xef\xbb\xbf\n", "e.pdf: an empty file"),
        ("b.txt", b"fine\nbad \x81 here", "b.txt, line 2: byte 0x81 at offset 9 is not UTF-8"),
        ("b.bin", bytes(range(32)) * 9, "b.bin: bytes that are no text"),
        ("p.pdf", b"%PDF-1.4 and then nothing", "p.pdf: not a PDF that can be opened"),
        ("s.pdf", writer.pdf([[], []]), "s.pdf: a PDF without text, a scan.*OCR"),
        ("h.csv", b"who,words\nx,y\n", "line 1: no column text .found who, words.*columns="),
        ("n.csv", b"speaker,text\n", "a header and no row"),
        ("r.csv", b"speaker,text\nA,b\nC\n", "line 3: 1 fields; expected 2"),
        ("l.csv", b"speaker,text\nA,b\nC,d,e\nF,g,h,i\n", "line 3: 3 fields; expected 2"),
        ("q.csv", b"speaker,text,seq\nA,b,x\n", "line 2: seq 'x'"),
        ("d.csv", b"speaker,text,document\nA,b,\n", "line 2: an empty document"),
        ("z.csv", b'speaker,text\nA,"b\n', "line [23]: broken CSV"),
    ],
)
def test_bad_files_are_refused_with_their_place(keep, name, content, message):
    path = keep(name, content)
    with pytest.raises(AnalysisError, match=message) as caught:
        readers.read_all(path)
    assert str(caught.value).startswith(str(path))
    assert "\n" not in str(caught.value)


def test_missing_files_folders_and_unknown_kinds_are_refused(keep, tmp_path):
    with pytest.raises(AnalysisError, match="no such file"):
        readers.read(tmp_path / "none.txt")
    with pytest.raises(AnalysisError, match="a directory"):
        readers.read(tmp_path)
    path = keep("x.txt", "Words.")
    with pytest.raises(AnalysisError, match="'opera'; expected one of transcript, "):
        readers.read(path, kind="opera")
    with pytest.raises(AnalysisError, match="no line opens with a speaker's label"):
        readers.read(path, kind="transcript")
    with pytest.raises(AnalysisError, match="a pdf file, which no speech reader takes"):
        readers.read(keep("x.pdf", writer.pdf([[(72, 700, "Words.")]])), kind="speech")
    with pytest.raises(AnalysisError, match="no page with numbered lines"):
        readers.read(tmp_path / "x.pdf", kind="transcript")


def test_the_kind_can_be_said(keep):
    path = keep("x.txt", STORY)
    assert readers.read(path, kind="text").metadata["kind"] == "text"
    assert readers.read(keep("y.txt", PLAIN), kind="news").metadata["kind"] == "news"


def test_a_page_of_stamps_alone_is_no_pleading(keep):
    pages = [[(60, 765, STAMP.format(7, n, n))] for n in range(1, 5)]
    with pytest.raises(AnalysisError, match=r"no text beside page furniture.*OCR"):
        readers.read(keep("s.pdf", writer.pdf(pages)))


@pytest.mark.parametrize(
    ("lines", "joined"),
    [
        (["the harbour-", "master"], "the harbourmaster"),
        (["a well-", "known lock"], "a well-known lock"),
        (["in 2012-", "2013"], "in 2012-2013"),
        (["so --", "no"], "so -- no"),
        (["the sur\u00ad", "veyor"], "the surveyor"),
        (["an ex-", "", "keeper"], "an ex- keeper"),
    ],
)
def test_hyphens_at_line_ends(lines, joined):
    known = layout.vocabulary(["it was well known to a keeper here."])
    assert " ".join(layout.join(map(layout.tidy, lines), known).split()) == joined


@settings(max_examples=50, deadline=None)
@given(st.text(alphabet="ABab:.\n \f\t(,1", max_size=200))
def test_any_text_is_read_or_refused(tmp_path_factory, text):
    path = tmp_path_factory.mktemp("any") / "x.txt"
    path.write_text(text, encoding="utf-8", newline="")
    try:
        documents = readers.read_all(path)
    except AnalysisError:
        return
    for document in documents:
        assert document.utterances["end"].iloc[-1] == len(document.text)
        if document.metadata["kind"] in {"news", "text"}:
            assert document.text == text

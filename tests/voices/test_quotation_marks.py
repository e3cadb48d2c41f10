"""Pairing of quotation marks, sentences, and what no text may break."""

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.text.document import from_spans
from analysis.voices import attribute, voices
from analysis.voices.english.sentences import sentences
from analysis.voices.quotation_marks import inner_quotations, paragraphs, quotations


def quoted(text):
    return [text[q.start : q.end] for q in quotations(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Yes," he said. "No."', ['"Yes,"', '"No."']),
        ("“Yes,” he said. “No.”", ["“Yes,”", "“No.”"]),
        ("''Yes,'' he said.", ["''Yes,''"]),
        ("``Yes,'' he said.", ["``Yes,''"]),
        ("He called it ‘a trap’ and left.", ["‘a trap’"]),
        ("The firm's lawyers' view isn't theirs.", []),
        ("The lawyers' 'last word' was theirs.", ["'last word'"]),
        ("\"They say 'never' to us,\" he said.", ["\"They say 'never' to us,\""]),
        ('<a href="x">"Yes"</a>', ['"Yes"']),
        ('\u202b"Yes\u200f"\u202c he said.', ['"Yes\u200f"']),
        ("", []),
        ("The firm called it „a trap“ and left.", ["„a trap“"]),
        ("„Yes,” he said. „No.”", ["„Yes,”", "„No.”"]),
        ("»Yes,« he said. »No.«", ["»Yes,«", "»No.«"]),
        ("«Yes,» he said. « No. »", ["«Yes,»", "« No. »"]),
        ("”Yes”, he said. ”No.”", ["”Yes”", "”No.”"]),
        ("He said 「yes」 and 『no』.", ["「yes」", "『no』"]),
        ("He called it ‚a trap‘ and left.", ["‚a trap‘"]),
        ("‘They speak of “the box” here,’ he said.", ["‘They speak of “the box” here,’"]),
        ("'They speak of \"the box\" here,' he said.", ["'They speak of \"the box\" here,'"]),
        ("In the '90s “the box” was the workers' own.", ["“the box”"]),
        ("“They say “never” to us,” he said.", ["“They say “never” to us,”"]),
        ('"They say "never" to us," he said.', ['"They say "never" to us,"']),
        ("“We stay, said Ann Moss. Rain fell.", ["“We stay,"]),
        ("“We stay, said Ann Moss. The chief said “no.”", ["“We stay,", "“no.”"]),
        ('"We stay, Ann Moss said. Rain fell.', ['"We stay,']),
        ("„We stay“, she said, „or go“.", ["„We stay“", "„or go“"]),
    ],
)
def test_marks_are_paired(text, expected):
    assert quoted(text) == expected


def test_an_unclosed_quotation_ends_with_its_paragraph():
    found = quotations('"We begin here.\n\n"And end here," she said.')
    assert [q.closed for q in found] == [False, True]
    assert [q.paragraph for q in found] == [0, 1]


def test_single_marks_inside_double_ones_are_found_apart():
    text = "“They call it ‘the box’ here,” he said."
    (outer,) = quotations(text)
    assert [text[q.start : q.end] for q in inner_quotations(text, outer)] == ["‘the box’"]


def test_marks_nested_in_marks_of_their_own_kind_are_found_apart():
    text = "“They call it “the box” here,” he said."
    (outer,) = quotations(text)
    assert [text[q.start : q.end] for q in inner_quotations(text, outer)] == ["“the box”"]


def test_a_hard_wrapped_line_belongs_to_its_paragraph():
    assert len(paragraphs("The minister said,\nlate on Monday, nothing.\n\nRain fell.")) == 2


def test_sentences_end_outside_quotations_and_not_after_abbreviations():
    text = 'Mr. Dole of St. Anne met Sen. J. Moss. "Why? Why?" she asked. "Because." Rain fell.'
    found = sentences(text, quotations(text))
    assert [text[s.start : s.end] for s in found] == [
        "Mr. Dole of St. Anne met Sen. J. Moss.",
        '"Why? Why?" she asked.',
        '"Because."',
        "Rain fell.",
    ]


PIECES = st.sampled_from(
    [
        '"',
        "“",
        "”",
        "''",
        "'",
        "‘",
        "’",
        " ",
        " ",
        "\n",
        "\n\n",
        ",",
        ".",
        "?",
        ":",
        "—",
        "(",
        ")",
        "said ",
        "he ",
        "Ann Moss ",
        "Moss ",
        "according to ",
        "told ",
        "that ",
        "and ",
        "who ",
        "the chief ",
        "adding ",
        "\u200f",
        "\u202b",
        "<tweet>",
        "denied ",
        "it ",
        "…",
        "to ",
        "Mr. ",
        "Asked ",
        "words ",
        "\x00",
        "é",
        "漢字",
        "5",
        "%",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=60).map("".join))


@settings(max_examples=400, deadline=None)
@given(TEXTS)
def test_any_text_gets_an_answer(text):
    found = attribute(text)
    taken = []
    for item in found.items:
        assert item.content
        for spans in (item.content, item.source, item.cue):
            assert all(0 <= a < b <= len(text) for a, b in spans)
            assert list(spans) == sorted(spans)
        taken += item.content
    taken.sort()
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(taken))
    assert attribute(text).items == found.items

    whole = from_spans("d", text, [(0, 0, len(text), "", "", "narration")] if text else [])
    rows = voices(whole).utterances
    assert "".join(text[a:b] for a, b in zip(rows["start"], rows["end"], strict=True)) == text
    assert set(rows["mode"]) <= {"direct", "indirect", "narration"}
    silent = rows[rows["mode"] == "narration"]
    assert (silent["speaker"] == "").all()


@pytest.mark.parametrize(
    "unit",
    [
        '"',
        '" ',
        '"a" ',
        "'a' ",
        "“",
        "”",
        '"never closed ',
        '\u202b"abc\u202c" he said. ',
        ", said Ann",
        "Ann Moss ",
        "Ann Moss said. ",
        "Ann, who said ",
        "said ",
        "according to ",
        '"a b c d" x ',
    ],
)
def test_time_grows_as_the_text_does(unit):
    text = unit * (60_000 // len(unit))
    begun = time.process_time()
    attribute(text)
    # A quarter of a second is usual; quadratic time would be minutes.
    assert time.process_time() - begun < 10


def test_a_story_that_is_one_quotation_is_somebodys_words():
    story = '"' + "We keep nothing at all. " * 500 + '"'
    made = voices(from_spans("d", story, [(0, 0, len(story), "", "", "narration")]))
    assert made.utterances[["speaker", "mode"]].to_numpy().tolist() == [["", "direct"]]

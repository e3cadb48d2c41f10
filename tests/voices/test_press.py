"""Which documents are read for their voices, by every way in; composed texts."""

import json

import pytest

from analysis import readers
from analysis.corpus.report import describe
from analysis.text.document import from_spans, from_turns
from analysis.voices import is_press, language, unread, voices

STORY = '{}\n\n"The plan is a gift to burglars," said Ann Moss. The council met on Monday.\n'


def prose(text, **metadata):
    return from_spans("d", text, [(0, 0, len(text), "", "", "narration")], metadata)


@pytest.mark.parametrize(
    "text",
    [
        STORY.format("Council backs locks"),
        STORY.format("Council backs locks."),
        STORY.format("Council backs locks").partition("\n\n")[2],
        "Ministers insist that the plan is lawful.",
        "The plan is lawful, according to a report.",
        "Mayor warns of ‘sleepy locks’\n\nThe council met.",
        "Ms Moss calls it „a lawful search“.",
    ],
)
@pytest.mark.parametrize("suffix", [".txt", ".csv", ".jsonl", ".html"])
def test_unlabelled_prose_that_reports_is_press_by_every_way_in(tmp_path, text, suffix):
    path = tmp_path / f"story{suffix}"
    if suffix == ".csv":
        doubled = text.replace('"', '""')
        path.write_text(f'text,outlet\n"{doubled}",The Herald\n', encoding="utf-8")
    elif suffix == ".jsonl":
        path.write_text(json.dumps({"text": text}) + "\n", encoding="utf-8")
    elif suffix == ".html":
        paragraphs = "".join(f"<p>{line}</p>" for line in text.split("\n\n"))
        path.write_text(f"<html><body><article>{paragraphs}</article></body></html>", "utf-8")
    else:
        path.write_text(text, encoding="utf-8")
    (document,) = readers.read_all(path)
    assert is_press(document)
    assert set(voices(document).utterances["mode"]) & {"direct", "indirect"}


def test_labels_stay_as_they_are_printed():
    heard = from_turns("d", [("MR. POOLE", '"Locks," she said.'), ("MS. MOSS", "Who?")])
    assert not is_press(heard)
    assert unread(heard) == ""
    assert voices(heard) is heard


@pytest.mark.parametrize(
    ("metadata", "reason"),
    [
        ({"kind": "speech"}, "one author's speech"),
        ({"kind": "pleading"}, "one author's pleading"),
        ({"kind": "text", "kind_given": "text"}, "one author's text"),
        ({"kind": "news"}, ""),
        ({"kind": "Opinion"}, ""),
        ({"kind": "table"}, ""),
        ({"kind": "speech", "kind_given": "news"}, ""),
    ],
)
def test_what_a_document_is_said_to_be_counts_before_its_words(metadata, reason):
    made = voices(prose('Ann Moss said: "We met."', **metadata))
    assert reason in unread(made)
    assert ("direct" in set(made.utterances["mode"])) == (not reason)


def test_prose_that_quotes_nobody_says_so():
    made = voices(prose("Rain fell. The river rose.", kind="text"))
    assert made.metadata["voices"] == "none: nothing in it is quoted or reported"


def test_an_author_who_is_known_keeps_the_whole_text():
    rows = [(0, 0, 24, "", "Ann Moss", "narration")]
    assert "author is known" in unread(from_spans("d", '"No," he said to us all.', rows))


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("„Wir sind nicht blind“, sagte die Ministerin, und das sei auch gut.", "German"),
        ("« Nous ne sommes pas aveugles », dit la ministre dans une lettre.", "French"),
        ("”Vi är inte blinda”, sa ministern på måndagen, och det var bra.", "Swedish"),
        ("«No somos ciegos», dijo la ministra en una carta que se perdió.", "Spanish"),
        ("「我们不会监视任何人」，部长说。", "a language not in Latin letters"),
    ],
)
def test_a_language_without_rules_is_refused_and_named(text, written):
    assert language(text) == written
    made = voices(prose(text, kind="news"))
    assert f"written in {written}, for which there are no rules" in made.metadata["voices"]
    assert list(made.utterances["mode"]) == ["narration"]


@pytest.mark.parametrize(
    "text",
    ["", "Locks.", "The man in Die Zeit said that „das ist nicht wahr“ was what he wrote."],
)
def test_english_and_what_is_too_short_to_tell_is_read(text):
    assert language(text) == "English"


def test_a_user_s_word_reaches_a_row_of_a_table(tmp_path):
    path = tmp_path / "stories.csv"
    path.write_text('author,text\nJane Roe,"Ann Moss said: ""We met."""\n', encoding="utf-8")
    (document,) = readers.read_all(path)
    assert list(voices(document).utterances["mode"]) == ["turn"]
    (document,) = readers.read_all(path, kind="news")
    assert "Ann Moss" in set(voices(document).utterances["speaker"])


def test_the_report_says_what_is_read_without_voices(tmp_path):
    (tmp_path / "a.txt").write_text("Speech by Ada Arden, Chair\n\nWe met.\n", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Der Rat hat das nicht und nie gesagt.\n", encoding="utf-8")
    (tmp_path / "c.txt").write_text("Ann Moss said no.\n", encoding="utf-8")
    made = describe(tmp_path)
    assert [row["document"] for row in made.to_dict()["read_without_voices"]] == ["b"]
    assert "read without voices: written in German" in str(made)

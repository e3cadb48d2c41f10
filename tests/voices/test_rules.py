"""The rule engine on sentences of our own."""

import pytest

from analysis.voices import attribute


def found(text):
    table = attribute(text).table()
    return table[["content", "source", "speaker", "mode"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("text", "content", "source", "speaker"),
    [
        ('"We keep nothing," Ann Moss said.', '"We keep nothing,"', "Ann Moss", "Ann Moss"),
        ('"We keep nothing," said Ann Moss.', '"We keep nothing,"', "Ann Moss", "Ann Moss"),
        (
            '"We keep nothing!" Ann Moss told the panel.',
            '"We keep nothing!"',
            "Ann Moss",
            "Ann Moss",
        ),
        (
            'Ann Moss, a minister, said: "We keep nothing."',
            '"We keep nothing."',
            "Ann Moss, a minister",
            "Ann Moss",
        ),
        ("Ann Moss said that nothing is kept.", "that nothing is kept", "Ann Moss", "Ann Moss"),
        ("Ann Moss told reporters nothing is kept.", "nothing is kept", "Ann Moss", "Ann Moss"),
        (
            "Nothing at all is kept, Ann Moss said.",
            "Nothing at all is kept",
            "Ann Moss",
            "Ann Moss",
        ),
        (
            "Nothing at all is kept, according to Ann Moss.",
            "Nothing at all is kept",
            "Ann Moss",
            "Ann Moss",
        ),
        ("Moss Warns: Nothing Is Kept\n\nAnn Moss spoke.", "Nothing Is Kept", "Moss", "Ann Moss"),
        (
            "Privacy advocates dismissed the plan on Monday.",
            "the plan on Monday",
            "Privacy advocates",
            "Privacy advocates",
        ),
        (
            "The country's agencies contend this is lawful.",
            "this is lawful",
            "The country's agencies",
            "The country's agencies",
        ),
        ("Ann Moss left early, saying she was ill.", "she was ill", "Ann Moss", "Ann Moss"),
        ('Asked why, the chief of staff, Ann Moss, replied: "No."', '"No."', None, "Ann Moss"),
    ],
)
def test_who_says_what(text, content, source, speaker):
    rows = [row for row in found(text) if row[0] == content]
    assert rows, found(text)
    assert rows[0][2] == speaker
    if source is not None:
        assert rows[0][1] == source


def test_a_verb_with_its_particle_reports():
    assert [row[2] for row in found('"We keep nothing," Ann Moss pointed out.')] == ["Ann Moss"]


def test_an_interrupted_quotation_is_one_attribution():
    (row,) = found('"We keep nothing," Ann Moss said, "and never did." "It is true."')
    assert row[0] == '"We keep nothing," … "and never did." … "It is true."'
    assert row[3] == "direct"


def test_marks_around_some_words_make_mixed_speech():
    (row,) = found('Ann Moss said the plan was "plainly unlawful" and dear.')
    assert row[0] == 'the plan was "plainly unlawful" and dear'
    assert row[3] == "mixed"


def test_the_clause_that_governs_wins_over_a_nearer_verb():
    rows = found('Ann Moss said the firm, which sells locks, called it "a gift" last year.')
    assert [row[2] for row in rows] == ["Ann Moss"]


def test_two_speakers_of_one_sentence_are_kept_apart():
    rows = found(
        'Ann Moss said the plan was "unlawful," but Ben Dole called it "a gift to us all."'
    )
    assert [(row[2], row[3]) for row in rows] == [("Ann Moss", "mixed"), ("Ben Dole", "mixed")]


def test_a_quotation_alone_in_the_next_paragraph_keeps_its_speaker():
    rows = found('"We keep nothing," Ann Moss said.\n\n"We never did and never will."')
    assert [row[2] for row in rows] == ["Ann Moss", "Ann Moss"]


def test_a_paragraph_that_opens_without_closing_goes_on():
    rows = found('"We keep nothing," Ann Moss said. "We delete it.\n\n"We always did so."')
    assert len(rows) == 1
    assert rows[0][0].endswith('"We always did so."')


def test_titles_of_works_belong_to_nobody():
    rows = found('Ann Moss wrote about rain on the programme "Weather Tonight". Ben Dole left.')
    assert not [row for row in rows if "Weather" in row[0] and row[3] == "direct"]


def test_marks_that_no_cue_governs_are_left_alone():
    assert not found('Ann Moss made no comment, but tackled "going dark".')


def test_every_answer_says_its_engine_and_rule():
    made = attribute('"No," said Ann Moss.')
    assert (made.engine, made.pipeline) == ("rules", "")
    assert made.items[0].rule == "inverted"


def test_an_unknown_engine_is_refused():
    with pytest.raises(ValueError, match="engine: 'magic'; expected 'rules' or 'parse'"):
        attribute("", engine="magic")


@pytest.mark.parametrize("told", ["court told", "the court told", "inquest told", "jury told"])
def test_who_is_told_at_the_end_of_a_paragraph_without_a_stop_does_not_speak(told):
    for text in (f"There was no rain all week, {told}", f"It rained.\n\nNo rain fell here, {told}"):
        assert all(told.split()[-2] not in row[1] for row in found(text))

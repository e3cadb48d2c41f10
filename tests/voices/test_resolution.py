"""Names, pronouns and descriptions, in stories of our own."""

import pytest

from analysis.voices import attribute

STORY = """Spy Chief: Firms Must Not Let Plotters "Go Dark"

The director-general of the Calder Security Service, Honor Pell, met Councillor Rob Tuckett.

"{said}," {who} said.
"""


def last_speaker(text):
    return attribute(text).items[-1].speaker


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("Ann Moss met Ben Dole. She said that rain fell.", "Ann Moss"),
        ("Ann Moss met Ben Dole. He said that rain fell.", "Ben Dole"),
        ("Ann Moss arrived. Moss said that rain fell.", "Ann Moss"),
        ("Mr. Kew Tarrant arrived with Ann Moss. Mr. Tarrant said that rain fell.", "Kew Tarrant"),
        ("Ann Moss, the mayor, met Ben Dole. The mayor said that rain fell.", "Ann Moss"),
        ("Mayor Ann Moss met Ben Dole, a senator. The senator said that rain fell.", "Ben Dole"),
        ("A man shouted. They said that rain fell.", ""),
        ("Critics said that rain fell.", "Critics"),
        ("A spokesman for Ann Moss said that rain fell.", "A spokesman for Ann Moss"),
        ("The Harbour Trust said that rain fell.", "Harbour Trust"),
        ("Senate Leader Ann Moss said that rain fell.", "Ann Moss"),
        ("Ann Moss's lawyer, Ben Dole, said that rain fell.", "Ben Dole"),
        ("It was cold. He said that rain fell.", ""),
    ],
)
def test_who_is_meant(text, speaker):
    assert last_speaker(text) == speaker


def test_the_only_one_who_speaks_is_the_one_a_headline_describes():
    story = (
        'Lock Chief: Doors Must Not "Stay Shut"\n\nBen Dole slept.\n\n'
        "Ann Moss said that doors matter. She said that locks do too."
    )
    assert [item.speaker for item in attribute(story).items] == ["Ann Moss"] * 3


def test_a_description_of_nobody_named_is_kept():
    story = "Ann Moss said yes. Ben Dole said no. The engineer said that rain fell."
    assert last_speaker(story) == "The engineer"


def test_gender_learnt_from_a_title_holds_for_the_name():
    story = "Mrs. Tarrant met Mr. Quill. She said that rain fell. He said that it did not."
    assert [item.speaker for item in attribute(story).items] == ["Tarrant", "Quill"]


def test_the_previous_speaker_is_preferred():
    story = (
        '"It rained," Ann Moss told Eve Lund. "It poured." The street was empty.\n\n'
        '"We went home," she said.'
    )
    assert last_speaker(story) == "Ann Moss"


def test_a_plural_at_the_start_of_a_sentence_is_nobody_s_name():
    text = "Suspects are going dark, the minister said. Critics speak of mass surveillance."
    first = attribute(text).items[0]
    assert first.speaker == "the minister"

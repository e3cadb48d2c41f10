"""Opinion pieces and letters: what is nobody else's is their author's; composed texts."""

import pytest

from analysis.text.document import from_spans
from analysis.voices import voices
from analysis.voices.authors import author


def prose(text, **metadata):
    return from_spans("d", text, [(0, 0, len(text), "", "", "narration")], metadata)


@pytest.mark.parametrize(
    ("text", "metadata", "who"),
    [
        ("Opinion\nLocks matter\nBy Ida Arden\n\nWe must keep them.\n", {}, "Ida Arden"),
        ("Opinion: locks matter\n\nBy Ida Arden\n\nKeep them.\n", {}, "Ida Arden"),
        ("Locks matter.\n", {"kind": "opinion", "byline": "Ida Arden"}, "Ida Arden"),
        ("Locks matter.\n", {"kind": "editorial"}, "the author"),
        ("Sir, We write about locks.\n\nIda Arden\nChair, Lock Trust\n", {}, "Ida Arden"),
        ("To the Editor:\nI keep locks.\n\nRob van der Lund, York\n", {}, "Rob van der Lund"),
        (
            "Locks matter\n\nBy Ida Arden\n\nI keep locks. We do. My door has one. Rain fell.\n",
            {},
            "Ida Arden",
        ),
        (
            'Locks matter\n\nBy Ida Arden\n\n"We keep it. I do. My door does," he said.\n',
            {},
            "",
        ),
        ("Locks matter\n\nThe minister said we must keep them.\n", {}, ""),
    ],
)
def test_whose_text_it_is(text, metadata, who):
    assert author(prose(text, **metadata)) == who


def test_we_is_the_author_and_others_keep_their_words():
    text = 'Opinion\nBy Ida Arden\n\nWe need locks. "We do not," said Ben Dole. I disagree.\n'
    rows = voices(prose(text, kind="text")).utterances
    assert rows[["speaker", "mode"]].to_numpy().tolist() == [
        ["Ida Arden", "turn"],
        ["Ben Dole", "direct"],
        ["Ida Arden", "turn"],
    ]

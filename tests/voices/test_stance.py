"""How a term is used: on sentences of our own, stories and transcripts alike."""

import pandas as pd
import pytest

from analysis.text.document import from_spans, from_turns
from analysis.voices import Stance, add_voices, stance, voices


def judge(text, term="bulk collection", mode="turn"):
    start = text.lower().index(term)
    return stance(text, start, start + len(term), mode=mode)


@pytest.mark.parametrize(
    "text",
    [
        "We do not do bulk collection.",
        "We don't do bulk collection.",
        "We have never done any bulk collection of the kind.",
        "There is no bulk collection in this country.",
        "The agency denied that it engages in bulk collection.",
        "She rejects bulk collection outright.",
        "This does not amount to bulk collection.",
        "It is nothing like bulk collection.",
        "This is targeted work rather than bulk collection.",
        "We work without bulk collection.",
        "Bulk collection is not what we do.",
        "Bulk collection does not exist here.",
        "The bulk collection story is a myth.",
        "We neither seek nor practise bulk collection.",
        "We cannot do bulk collection.",
        "We no longer do bulk collection.",
    ],
)
def test_denied(text):
    assert judge(text).stance == "denied"


@pytest.mark.parametrize(
    "text",
    [
        "We do bulk collection.",
        "Bulk collection goes on every night.",
        "It is not only bulk collection that troubles us.",
        "There is no doubt that bulk collection goes on.",
        "It is not true that there is no bulk collection.",
        "She did not come, because bulk collection troubles her.",
        "Nobody came; bulk collection went on.",
        "The state must not permit bulk collection.",
        "They should not let bulk collection go on.",
        "Not everyone agrees. Bulk collection goes on.",
        "This is not a small matter but bulk collection.",
    ],
)
def test_asserted(text):
    assert judge(text).stance == "asserted"


@pytest.mark.parametrize(
    "text",
    [
        "So-called bulk collection came up again.",
        "He spoke of what critics call bulk collection.",
        "The term bulk collection is not in the law.",
        'The phrase "bulk collection" came up again.',
        "It is known as bulk collection.",
        '"Bulk collection" – a term used for taking everything – came up.',
        '"Bulk collection" means taking everything.',
        "Bulk collection is a misleading phrase.",
        "Bulk collection, as the firms like to call it, came up.",
    ],
)
def test_mentioned(text):
    assert judge(text).mention
    assert judge(text).stance == "mentioned"


@pytest.mark.parametrize(
    "text",
    [
        "It may lead to bulk collection.",
        "Bulk collection could return.",
        "Is this bulk collection?",
        "He asked whether this was bulk collection.",
        "They fear bulk collection.",
    ],
)
def test_hedged(text):
    found = judge(text)
    assert found.hedged
    assert found.stance == "asserted"


def test_a_plain_use_is_not_hedged():
    assert judge("Bulk collection goes on every night.") == Stance(False, False, False, False)


@pytest.mark.parametrize(
    ("text", "mode", "expected"),
    [
        ('They fear "bulk collection" most.', "indirect", True),
        ("They fear ‘bulk collection’ most.", "indirect", True),
        ('They fear "the bulk collection plan" most.', "indirect", True),
        ('"We fear that bulk collection will now return to us," she said.', "direct", False),
        ("“We fear ‘bulk collection’ and much else,” she said.", "direct", True),
        ("They fear bulk collection most.", "turn", False),
    ],
)
def test_quoted_is_its_own_short_marks(text, mode, expected):
    assert judge(text, mode=mode).quoted is expected


def test_quoted_words_of_nobody_are_a_mention():
    assert judge('The speech tackled "bulk collection".', mode="narration").stance == "mentioned"


def test_words_marked_within_speech_are_a_mention():
    assert judge("“We fear ‘bulk collection’ and much else,” she said.", mode="direct").mention
    assert judge('They like to say "bulk collection" these days.', mode="turn").mention
    assert not judge('They fear "bulk collection" most.', mode="indirect").mention


@pytest.mark.parametrize(
    "text",
    [
        "Bulk collection does not trouble anyone here.",
        "Access was denied, and bulk collection goes on.",
        "We cannot be squared with the need for bulk collection at home.",
        "They do not ask unless bulk collection is at stake.",
        "Do not forget bulk collection.",
        "It does not prove the point that bulk collection makes.",
    ],
)
def test_a_negation_out_of_reach_denies_nothing(text):
    assert judge(text).stance == "asserted"


def test_the_verb_that_reports_may_deny():
    text = "The agency denied that bulk collection goes on."
    document = voices(from_spans("d", text, [(0, 0, len(text), "", "", "narration")]))
    start = text.index("bulk")
    row = add_voices(pd.DataFrame({"start": [start], "end": [start + 15]}), document).iloc[0]
    assert (row["speaker"], row["mode"], row["stance"]) == ("The agency", "indirect", "denied")


def test_transcripts_keep_their_labels():
    document = from_turns("d", [("MS. MOSS", "We do not do bulk collection."), ("MR. DOLE", "Oh.")])
    assert voices(document) is document
    row = add_voices(pd.DataFrame({"start": [13], "end": [28]}), document).iloc[0]
    assert (row["speaker"], row["mode"], row["stance"]) == ("MS. MOSS", "turn", "denied")
    assert row["utterance"] == 0


def test_the_table_given_is_not_changed_and_keeps_its_index():
    document = from_turns("d", [("MS. MOSS", "We do not do bulk collection.")])
    given = pd.DataFrame({"start": [13], "end": [28]}, index=[7])
    made = add_voices(given, document)
    assert list(given.columns) == ["start", "end"]
    assert list(made.index) == [7]
    assert made["negated"].dtype == "boolean"


def test_no_occurrences_make_an_empty_table():
    document = from_turns("d", [("MS. MOSS", "Oh.")])
    empty = pd.DataFrame({"start": [], "end": []}).astype("int64")
    assert list(add_voices(empty, document)["stance"]) == []


def test_marks_and_who_speaks_between_them_and_the_verb_hide_no_denial():
    text = 'The "data breach", it went on, was a figment of a blogger\'s imagination.'
    at = text.index("data breach")
    assert stance(text, at, at + len("data breach"), mode="indirect").stance == "denied"

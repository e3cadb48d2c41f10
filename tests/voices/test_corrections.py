"""A reader's corrections: they win, they stay, and they say when they no longer fit."""

import itertools
import re

import pytest

from analysis.corpus.corrections_table import read_corrections
from analysis.errors import AnalysisError
from analysis.text.document import from_spans
from analysis.voices import attribute, voices

STORY = '"We keep nothing," said Ann Moss. Ben Dole said that rain fell. It was cold.'


def story(text=STORY, name="d"):
    return from_spans(name, text, [(0, 0, len(text), "", "", "narration")])


def corrections(folder, *lines):
    path = folder / "corrections.csv"
    path.write_text("\n".join(["document,quote,speaker,action", *lines]) + "\n", encoding="utf-8")
    return read_corrections(path)


def speakers(document):
    rows = document.utterances
    return {
        document.text[a:b]: (speaker, mode)
        for a, b, speaker, mode in rows[["start", "end", "speaker", "mode"]].to_numpy().tolist()
    }


def test_a_speaker_is_corrected(tmp_path):
    given = corrections(tmp_path, "d,that rain fell,Eve Lund,speaker")
    made = voices(story(), corrections=given)
    assert speakers(made)["that rain fell"] == ("Eve Lund", "indirect")
    assert given.unmatched == []
    assert speakers(voices(story(), corrections=given)) == speakers(made)


def test_an_attribution_is_made_and_the_rest_keeps_its_own(tmp_path):
    given = corrections(tmp_path, "d,It was cold.,Eve Lund,attribute")
    made = speakers(voices(story(), corrections=given))
    assert made["It was cold."] == ("Eve Lund", "indirect")
    assert made['"We keep nothing,"'] == ("Ann Moss", "direct")


def test_an_attribution_is_removed(tmp_path):
    given = corrections(tmp_path, "d,that rain fell,,remove")
    made = voices(story(), corrections=given)
    assert "Ben Dole" not in set(made.utterances["speaker"])


def test_part_of_an_attribution_is_given_to_another(tmp_path):
    given = corrections(tmp_path, "d,rain,Eve Lund,attribute")
    made = given.apply("d", STORY, attribute(STORY).items)
    assert [(a.speaker, a.rule) for a in made] == [
        ("Ann Moss", "inverted"),
        ("Ben Dole", "verb"),
        ("Eve Lund", "corrected"),
    ]
    taken = sorted(span for a in made for span in a.content)
    assert all(b <= c for (_, b), (c, _) in itertools.pairwise(taken))


def test_white_space_does_not_matter_and_other_documents_do_not_either(tmp_path):
    given = corrections(tmp_path, "d,that  rain fell,Eve Lund,speaker", "e,nothing,X,speaker")
    made = speakers(voices(story(STORY.replace("rain fell", "rain\nfell")), corrections=given))
    assert made["that rain\nfell"] == ("Eve Lund", "indirect")
    assert given.unmatched == []


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("d,that hail fell,Eve Lund,speaker", "'that hail fell' stands nowhere in the text"),
        ("d,said,Eve Lund,speaker", "'said' stands 2 times in the text, expected once"),
        ("d,It was cold.,Eve Lund,speaker", "'It was cold.' is attributed to nobody"),
        ("d,It was cold.,,remove", "'It was cold.' is attributed to nobody already"),
    ],
)
def test_a_correction_that_no_longer_fits_is_reported(tmp_path, line, problem):
    given = corrections(tmp_path, line)
    voices(story(), corrections=given)
    voices(story(), corrections=given)
    (message,) = given.unmatched
    assert message.startswith(f"{tmp_path / 'corrections.csv'}, line 2: {problem}")


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        (
            "d,rain,Eve,rename",
            "line 2: action 'rename'; expected one of speaker, attribute, remove",
        ),
        ("d,,Eve,speaker", "line 2: an empty quote"),
        (",rain,Eve,speaker", "line 2: an empty document"),
        ("d,rain,Eve,remove", "line 2: a speaker for words to be removed"),
        ("d,rain,,attribute", "line 2: an empty speaker"),
        ("d,rain,Eve,speaker\nd,rain,Ann,speaker", "line 3: 'rain' again"),
    ],
)
def test_a_broken_file_is_refused_by_line(tmp_path, line, problem):
    with pytest.raises(AnalysisError, match=re.escape(problem)):
        corrections(tmp_path, line)


def test_a_missing_file_or_column_is_named(tmp_path):
    with pytest.raises(AnalysisError, match="no such file"):
        read_corrections(tmp_path / "none.csv")
    path = tmp_path / "few.csv"
    path.write_text("document,quote\n", encoding="utf-8")
    with pytest.raises(AnalysisError, match="no column speaker, action"):
        read_corrections(path)

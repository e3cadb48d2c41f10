"""Labels to persons."""

import pandas as pd
import pytest

from analysis.corpus import Corpus
from analysis.corpus.speakers_table import SPEAKER_COLUMNS, read_speakers, resolve_all, unresolved
from analysis.errors import AnalysisError
from analysis.study.own_speakers import plan_speakers, speakers_of
from analysis.text.document import from_spans, from_turns

HEADER = "document,label,speaker,affiliation,group\n"
GOOD = HEADER + (
    "morning,MS. ARDEN,Ada Arden,Harbour Board,board\n"
    "morning,MS ARDEN,Ada Arden,Harbour Board,board\n"
    "evening,MS. ARDEN,Ann Arden,,industry\n"
)


@pytest.fixture
def keep(tmp_path):
    def write(content):
        path = tmp_path / "speakers.csv"
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
        return path

    return write


def test_labels_of_a_document_become_persons(keep):
    table = read_speakers(keep("\ufeff" + GOOD))
    assert tuple(table.columns) == SPEAKER_COLUMNS
    assert table["affiliation"].tolist() == ["Harbour Board", "Harbour Board", ""]
    spoken = [("MS. ARDEN", "One."), ("MS ARDEN", "Two."), ("MR. NEW", "Three."), ("", "Four.")]
    heard = from_turns("morning", spoken)
    found = next(resolve_all([heard], table))
    assert found.utterances["speaker"].tolist() == ["Ada Arden", "Ada Arden", "MR. NEW", ""]
    assert found.utterances["label"].tolist() == [label for label, _ in spoken]
    assert heard.utterances["speaker"].tolist() == [label for label, _ in spoken]
    assert unresolved(heard, table) == ["MR. NEW"]


def test_the_same_label_is_another_person_in_another_document(keep):
    table = read_speakers(keep(GOOD))
    heard = next(resolve_all([from_turns("evening", [("MS. ARDEN", "One.")])], table))
    assert heard.utterances["speaker"].tolist() == ["Ann Arden"]
    assert unresolved(from_turns("night", [("MS. ARDEN", "One.")]), table) == ["MS. ARDEN"]


def test_an_empty_label_is_the_author_s(keep):
    table = read_speakers(keep(GOOD))
    author = table.iloc[:1].assign(document="paper", label="", speaker="Cy Corday")
    paper = next(resolve_all([from_turns("paper", [("", "One.")])], author))
    assert paper.utterances["speaker"].tolist() == ["Cy Corday"]
    assert unresolved(paper, table) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "an empty file"),
        ("document,label,person\n", "line 1: no column speaker, affiliation, group .found docum"),
        (GOOD + "evening,MS. ARDEN,Amy Arden,,audience\n", "line 5: label 'MS. ARDEN' of .*line 4"),
        (GOOD + "evening,ANN,Ann Arden,,board\n", "line 5: 'Ann Arden' as 'board'.*line 4"),
        (GOOD + "evening,ANN,Ann Arden\n", "line 5: 3 fields; expected 5"),
        (GOOD + "evening,ANN,Ann Arden,,board,more\n", "line 5: 6 fields"),
        (HEADER.replace("group", "label"), "no column group"),
        (HEADER.replace("\n", ",label\n"), "a column named twice"),
        (GOOD + "evening,,Ann Arden,,industry\n", "line 5: an empty label"),
        (GOOD + 'evening,"ANN"x,Ann,,board\n', "line 5: broken CSV"),
        (GOOD.encode() + b"evening,\xff,Ann,,board\n", "line 5: byte 0xff"),
    ],
)  # fmt: skip
def test_a_bad_table_is_refused_with_its_line(keep, content, message):
    path = keep(content)
    with pytest.raises(AnalysisError, match=message) as caught:
        read_speakers(path)
    assert str(caught.value).startswith(str(path))


def test_a_missing_table_is_refused(tmp_path):
    with pytest.raises(AnalysisError, match="no such file"):
        read_speakers(tmp_path / "none.csv")


def test_the_oversight_table_is_sound(root):
    table = read_speakers(root / "data" / "studies" / "oversight" / "speakers.csv")
    assert len(table) == 83
    assert table["document"].nunique() == 7
    assert table["speaker"].nunique() == 49
    changed = table.groupby("speaker")["group"].nunique()
    assert changed[changed > 1].empty


SPREADSHEET = (
    "label;speaker;group;words;first words\nTOM BELL;Tom Bell;press;12;So.\nADA;Ada;;3;No.\n"
)


def test_a_table_without_documents_is_about_all_of_them(keep):
    table = read_speakers(keep(SPREADSHEET))
    assert table["document"].tolist() == ["", ""]
    talks = [from_turns(name, [("TOM BELL", "So it is."), ("ADA", "No.")]) for name in ("a", "b")]
    said = Corpus.of(talks, table).utterances
    assert (
        said[["speaker", "group"]].to_numpy().tolist() == [["Tom Bell", "press"], ["Ada", ""]] * 2
    )


def test_what_is_said_of_one_document_wins(keep):
    everywhere = read_speakers(keep(SPREADSHEET))
    here = pd.DataFrame(
        [["b", "TOM BELL", "Theo Bell", "", "board"]], columns=list(SPEAKER_COLUMNS)
    )
    talks = [from_turns(name, [("TOM BELL", "So it is.")]) for name in ("a", "b")]
    said = Corpus.of(talks, pd.concat([everywhere, here])).utterances
    assert said[["speaker", "group"]].to_numpy().tolist() == [
        ["Tom Bell", "press"],
        ["Theo Bell", "board"],
    ]


def test_those_whom_a_story_quotes_have_the_role_of_their_name(keep):
    table = read_speakers(keep("label,speaker,group\nAda Brand,Ada Brand,board\n"))
    story = '"No," said Ada Brand, the keeper of Harrow. "It is a myth," she said. Rain fell.'
    spans = [(0, 0, len(story), "", "", "narration")]
    said = Corpus.of([from_spans("story", story, spans)], table).voiced().utterances
    groups = dict(zip(said["mode"], said["group"], strict=True))
    assert groups == {"direct": "board", "narration": ""}


def test_the_same_label_twice_is_named_without_a_document(keep):
    with pytest.raises(AnalysisError, match=r"line 3: label 'A' again; .*each label once"):
        read_speakers(keep("label,speaker,group\nA,A,x\nA,B,y\n"))


def test_a_name_that_another_story_prints_short_stays_the_one_found(tmp_path):
    long = '"No," said Ann Moss. Rain fell. "It is a myth," Moss said.'
    short = '"Yes," said Moss. Rain fell.'
    stories = [
        from_spans(name, text, [(0, 0, len(text), "", "", "narration")])
        for name, text in (("long", long), ("short", short))
    ]
    before = Corpus.of(stories).voiced()
    plan = plan_speakers(speakers_of(before), None, tmp_path, tmp_path / "aside.csv")
    plan.path.write_bytes(plan.content)
    assert {"Ann Moss", "Moss"} <= set(before.utterances["speaker"])
    after = Corpus.of(stories, read_speakers(plan.path)).voiced()
    pd.testing.assert_frame_equal(before.utterances, after.utterances)


def test_two_names_of_one_source_become_one(keep):
    table = read_speakers(keep("label,speaker,group\nMoss,Ann Moss,board\n"))
    story = '"Yes," said Moss. The rain fell. "It is," he said.'
    spans = [(0, 0, len(story), "", "", "narration")]
    said = Corpus.of([from_spans("story", story, spans)], table).voiced().utterances
    assert set(said["speaker"]) == {"Ann Moss", ""}

"""A plan is read, frozen, and names every silent deviation from it."""

import shutil
from datetime import date

import pandas as pd
import pytest

from analysis.errors import AnalysisError
from analysis.study import new, plan

TEXT = """
title = "Who speaks of mass surveillance"
question = "Do advocates voice the frame oftener than officials?"
expected = "They do."
known = "Nobody has counted the frame in these texts; the titles have been read."

[data]
codebook = "data/codebook.toml"
unit = "segment"
excluded_documents = []
minimum_words = 0
shortest_turn = 0

[contrast]
frame = "mass surveillance"
first = ["civil society"]
second = ["government"]
by = "group"

[coding]
coders = ["A", "B"]
instructions = "docs/coding.md"
seed = 1

[analysis]
annotator = "words"
correction = "design-based"
variance_unit = "appearance"
level = 0.95
alternatives = ["prediction-powered"]

[finding]
measure = "ratio of shares"
counts_if = "the 95% interval of the ratio lies above 1"
does_not_count_if = "the interval holds 1"
"""


@pytest.fixture
def folder(tmp_path, root):
    """A study of our own making, its plan frozen before any code."""
    study = tmp_path / "data" / "studies" / "harbour"
    (study / "coding").mkdir(parents=True)
    (tmp_path / "docs").mkdir()
    shutil.copy(root / "data" / "codebook.toml", tmp_path / "data" / "codebook.toml")
    (tmp_path / "docs" / "coding.md").write_text("Code what the line says.\n")
    (study / "plan.toml").write_text(TEXT)
    speakers = [
        ("morning", "MS. A", "Ada Arden", "civil society"),
        ("morning", "MR. B", "Ben Bell", "government"),
    ]
    pd.DataFrame(speakers, columns=["document", "label", "speaker", "group"]).to_csv(
        study / "speakers.csv", index=False
    )
    pd.DataFrame({"document": ["morning", "evening"], "sha256": ["aa", "bb"]}).to_csv(
        study / "documents.csv", index=False
    )
    pd.DataFrame(
        {
            "item": ["s001", "s002"],
            "document": "morning",
            "start": [0, 9],
            "end": [9, 20],
            "inclusion": 0.5,
        }
    ).to_csv(study / "coding" / "sample.csv", index=False)
    (study / "coding" / "segments.csv").write_text("document,start,end\nmorning,0,9\n")
    plan.freeze(study, tmp_path, today=date(2026, 1, 2))
    for coder in "AB":
        codes(study, coder)
    return study


def codes(study, coder, version="1.0"):
    table = pd.DataFrame({"item": ["s001"], "codebook": [version], "coder": [coder]})
    table.to_csv(study / "coding" / f"codes_{coder}.csv", index=False)


def found(folder, **done):
    return plan.deviations(folder, folder.parents[2], done or None)


def edit(path, old, new):
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new, 1))


def test_as_planned_nothing_is_named(folder):
    assert found(folder).empty
    assert "nothing departs" in plan.report(found(folder), plan.frozen_on(folder))


def book(folder):
    return folder.parents[1] / "codebook.toml"


NEW_TERM = """
[[term]]
id = "prying"
frame = "mass surveillance"
definition = "Prying."
include = "Prying."
exclude = "Bars."
patterns = ["prying eyes"]
exclusions = []
positive = ["They feared prying eyes."]
negative = ["He used a bar."]
"""
SILENT = {
    "a term added after coding began": (
        lambda f: book(f).write_text(book(f).read_text() + NEW_TERM),
        "term: prying",
    ),
    "a term taken out": (
        lambda f: book(f).write_text(book(f).read_text().rpartition("[[term]]")[0]),
        "term: nothing to hide",
    ),
    "a pattern widened": (
        lambda f: edit(book(f), '    "orwellian",', '    "orwellian",\n    "watched by all",'),
        "term: surveillance state",
    ),
    "an exclusion dropped": (
        lambda f: edit(
            book(f), '    "big brother (house|contestant|contestants|final|show)",\n', ""
        ),
        "term: surveillance state",
    ),
    "a term moved to another frame": (
        lambda f: edit(
            book(f),
            'id = "innocent people"\nframe = "mass surveillance"',
            'id = "innocent people"\nframe = "rights and liberties"',
        ),
        "term: innocent people",
    ),
    "a frame defined anew": (
        lambda f: edit(
            book(f), "The problem is watching without suspicion", "The problem is any watching"
        ),
        "definition of frame: mass surveillance",
    ),
    "another version of the codebook": (
        lambda f: edit(book(f), 'version = "1.0"', 'version = "1.1"'),
        "codebook: version",
    ),
    "a group merged": (
        lambda f: edit(f / "speakers.csv", "civil society", "others"),
        "group of: morning, MS. A, Ada Arden",
    ),
    "a speaker left out": (
        lambda f: edit(f / "speakers.csv", "morning,MR. B,Ben Bell,government\n", ""),
        "group of: morning, MR. B, Ben Bell",
    ),
    "a document added": (
        lambda f: (f / "documents.csv").write_text(
            (f / "documents.csv").read_text() + "night,cc\n"
        ),
        "document: night",
    ),
    "a document left out": (
        lambda f: edit(f / "documents.csv", "evening,bb\n", ""),
        "document: evening",
    ),
    "a text changed": (lambda f: edit(f / "documents.csv", "aa", "ab"), "document: morning"),
    "the sample drawn anew": (
        lambda f: edit(f / "coding" / "sample.csv", "s002,morning,9", "s002,morning,8"),
        "line of the sample: s002",
    ),
    "a line of the sample dropped": (
        lambda f: edit(f / "coding" / "sample.csv", "s002,morning,9,20,0.5\n", ""),
        "line of the sample: s002",
    ),
    "segments cut anew": (
        lambda f: (f / "coding" / "segments.csv").write_text("document,start,end\nmorning,0,8\n"),
        "segments: segments.csv",
    ),
    "coding instructions changed": (
        lambda f: (f.parents[2] / "docs" / "coding.md").write_text("Code what you think.\n"),
        "instructions: coding.md",
    ),
    "codes by another codebook": (lambda f: codes(f, "B", "0.9"), "codes codes_B.csv"),
    "a third coder": (lambda f: codes(f, "C"), "coder C"),
    "a coder left out": (lambda f: (f / "coding" / "codes_B.csv").unlink(), "coder B"),
    "a minimum changed": (
        lambda f: edit(f / "plan.toml", "minimum_words = 0", "minimum_words = 2500"),
        "plan: data.minimum_words",
    ),
    "a side widened": (
        lambda f: edit(f / "plan.toml", '["civil society"]', '["civil society", "academic"]'),
        "plan: contrast.first",
    ),
    "another frame": (
        lambda f: edit(f / "plan.toml", 'frame = "mass surveillance"', 'frame = "legality"'),
        "plan: contrast.frame",
    ),
    "another correction": (
        lambda f: edit(f / "plan.toml", 'correction = "design-based"', 'correction = "raw"'),
        "plan: analysis.correction",
    ),
    "another unit of variance": (
        lambda f: edit(
            f / "plan.toml", 'variance_unit = "appearance"', 'variance_unit = "segment"'
        ),
        "plan: analysis.variance_unit",
    ),
    "another level": (
        lambda f: edit(f / "plan.toml", "level = 0.95", "level = 0.9"),
        "plan: analysis.level",
    ),
    "another finding": (
        lambda f: edit(f / "plan.toml", "lies above 1", "lies above 0.9"),
        "plan: finding.counts_if",
    ),
}


@pytest.mark.parametrize("name", SILENT)
def test_a_silent_deviation_is_named(folder, name):
    change, wanted = SILENT[name]
    change(folder)
    assert wanted in found(folder)["what"].tolist()


def test_there_are_twenty_of_them():
    assert len(SILENT) >= 20


def test_what_was_done_is_held_to_the_plan(folder):
    table = found(folder, **{"analysis.correction": "raw"})
    assert table.to_numpy().tolist() == [["analysis: analysis.correction", "design-based", "raw"]]
    (folder / "done.toml").write_text("[analysis]\nlevel = 0.9\n")
    assert found(folder)["what"].tolist() == ["analysis: analysis.level"]


def test_a_plan_frozen_after_the_codes_were_opened_is_named(folder):
    plan.freeze(folder, folder.parents[2], today=date(2026, 3, 4), again=True)
    table = found(folder)
    assert table["what"].tolist() == ["frozen after the codes were opened", "frozen again"]
    assert "codes_A.csv" in table["done"][0]


def test_the_command_says_at_once_that_the_codes_were_opened(folder):
    (folder / plan.LOCK).unlink()
    said, code = plan.run("freeze", folder, folder.parents[2])
    assert code == 0
    assert "frozen after the codes were opened (codes_A.csv, codes_B.csv)" in said


def test_the_plan_of_the_oversight_study_says_that_it_came_after_looking(root):
    study = root / "data/studies/oversight"
    assert "before this was written" in plan.read_plan(study)["known"]
    assert plan.state(study, root, plan.read_plan(study))["codes"].keys() >= {"codes_A.csv"}


def test_freezing_twice_is_refused(folder):
    with pytest.raises(AnalysisError, match="frozen on 2026-01-02"):
        plan.freeze(folder, folder.parents[2], today=date(2026, 3, 4))


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'question = "Do advocates voice the frame oftener than officials?"\n',
            "",
            "no field question",
        ),
        ("minimum_words = 0", 'minimum_words = "few"', "a number"),
        ("[finding]", "[findings]", "no field finding.measure"),
        ("seed = 1", "seed = 1\nmood = 2", "unknown field coding.mood"),
        ("seed = 1", "seed = ", "not TOML"),
    ],
)
def test_a_faulty_plan_is_refused(folder, old, new, said):
    edit(folder / "plan.toml", old, new)
    with pytest.raises(AnalysisError, match=said):
        plan.read_plan(folder)


def test_a_plan_that_is_not_frozen_cannot_be_checked(folder):
    (folder / "plan.lock.json").unlink()
    with pytest.raises(AnalysisError, match="not frozen"):
        found(folder)


def test_the_plan_of_a_study_of_ones_own_is_frozen_and_checked(tmp_path, root):
    texts = tmp_path / "texts"
    texts.mkdir()
    (tmp_path / "data" / "studies").mkdir(parents=True)
    (tmp_path / "notebooks").mkdir()
    shutil.copy(root / "data" / "codebook.toml", tmp_path / "data" / "codebook.toml")
    (texts / "talk.txt").write_text("ADA: Mass surveillance.\nTOM: No.\nADA: Yes.\n")
    new.new_study("mine", texts, top=tmp_path)
    table = (texts / "speakers.csv").read_text(encoding="utf-8-sig")
    table = table.replace("ADA,ADA,,,", "ADA,ADA,,civil society,")
    table = table.replace("TOM,TOM,,,", "TOM,TOM,,government,")
    (texts / "speakers.csv").write_text(table)
    new.new_study("mine", texts, top=tmp_path, replace=True)
    study = tmp_path / "data" / "studies" / "mine"
    wrong = TEXT.replace('second = ["government"]', 'second = ["the state"]')
    (study / "plan.toml").write_text(wrong)
    with pytest.raises(AnalysisError, match=r"contrast\.second: 'the state' is not in this study"):
        plan.freeze(study, tmp_path, today=date(2021, 3, 1))
    (study / "plan.toml").write_text(TEXT)
    plan.freeze(study, tmp_path, today=date(2021, 3, 1))
    assert plan.deviations(study, tmp_path).empty
    (texts / "talk.txt").write_text("ADA: Mass surveillance!\nTOM: No.\nADA: Yes.\n")
    (texts / "speakers.csv").write_text(table.replace("government", "state"))
    new.new_study("mine", texts, top=tmp_path, replace=True)
    named = plan.deviations(study, tmp_path)["what"].tolist()
    assert sorted(named) == ["document: talk", "group of: TOM, TOM"]


def test_the_plan_that_the_manual_prints_has_every_field(root, tmp_path):
    page = (root / "docs" / "labels.md").read_text(encoding="utf-8")
    (tmp_path / "plan.toml").write_text(page.split("```toml\n")[1].split("```")[0])
    fields = [f"{name}.{field}".strip(".") for name, own in plan.FIELDS.items() for field in own]
    assert list(plan.read_plan(tmp_path)) == fields

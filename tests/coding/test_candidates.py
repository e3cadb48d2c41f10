"""Candidates are decided by keys, saved at once, and never enter the codebook by themselves."""

import tomllib

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from analysis.codebook import read_codebook
from analysis.coding import candidates
from analysis.coding.missed import Missed
from analysis.errors import AnalysisError

FRAME = "mass surveillance"


@pytest.fixture
def proposed():
    rows = [
        ("whole town", "They open <b>the</b> letters of the Whole Town."),
        ("ledgers", "The ledgers."),
        ("noon", "At noon."),
    ]
    phrases = pd.DataFrame(rows, columns=["phrase", "example"]).assign(
        lift=[50.0, 30.0, 20.0],
        count=[9, 5, 3],
        segments=[8, 5, 3],
        speakers=2,
        documents=1,
        inside=4,
        document="day",
        start=3,
        end=13,
        coded=[4, 0, 0],
        right=[3, 0, 0],
        precision=0.8,
        recall=0.3,
        precision_with=[0.75, None, None],
        recall_with=[0.6, None, None],
    )
    return Missed(FRAME, pd.DataFrame(), phrases)


@pytest.fixture
def reading(tmp_path, proposed):
    return candidates.begin(tmp_path / "draft.csv", proposed)


def on_disk(reading):
    table = candidates.read_draft(reading.path)
    return dict(zip(table["phrase"], table["decision"], strict=True))


def test_every_decision_is_on_disk_and_the_next_is_shown(reading):
    for key, decision in candidates.DECISIONS.items():
        phrase = reading.phrases["phrase"][reading.at]
        reading = candidates.press(reading, key)
        assert on_disk(reading)[phrase] == decision
    assert len(on_disk(reading)) == 3


def test_the_same_key_takes_it_back(reading):
    reading = candidates.press(reading, "a")
    reading = candidates.press(reading, candidates.BACK)
    assert reading.at == 0
    reading = candidates.press(reading, "a")
    assert on_disk(reading) == {}


def test_another_key_does_nothing(reading):
    assert candidates.press(reading, "q") is reading


def test_a_reading_is_gone_on_with(reading, proposed):
    candidates.press(reading, "r")
    again = candidates.begin(reading.path, proposed)
    assert again.at == 1


def test_the_page_shows_what_admission_would_do_and_escapes_texts(reading):
    page = candidates.page(reading)
    assert "<b>" not in page
    assert "<mark>Whole Town</mark>" in page
    assert "3 of 4 express the frame" in page
    assert "30%, with it 60%" in page


def test_nothing_enters_the_codebook_by_itself(reading, root, tmp_path):
    for key in "axr":
        reading = candidates.press(reading, key)
    text = candidates.draft_toml(reading.draft, FRAME)
    term = tomllib.loads(text)["term"][0]
    assert term["patterns"] == ["whole town"]
    assert term["exclusions"] == ["ledgers"]
    path = tmp_path / "book.toml"
    path.write_text((root / "data" / "codebook.toml").read_text() + "\n" + text)
    with pytest.raises(AnalysisError, match="definition"):
        read_codebook(path)


def test_what_another_wrote_into_the_draft_meanwhile_stays(reading, proposed):
    other = candidates.begin(reading.path, proposed)
    reading = candidates.press(reading, "a")
    draft = candidates.read_draft(reading.path).assign(note="sure", why="mine")
    reading.path.write_text(draft.to_csv(index=False))
    other = candidates.press(candidates.press(other, candidates.FORWARD), "r")
    assert on_disk(other) == {"whole town": "accept", "ledgers": "reject"}
    other = candidates.press(candidates.press(other, candidates.FORWARD), "x")
    draft = candidates.read_draft(reading.path).set_index("phrase")
    assert draft["decision"].to_dict() == {"whole town": "exclude", "ledgers": "reject"}
    assert draft.loc["whole town", ["note", "why"]].tolist() == ["sure", "mine"]


def test_a_draft_that_somebody_broke_meanwhile_is_not_written_over(reading):
    form = candidates.CandidateForm(reading)
    reading.path.write_text("mine\n")
    form.pressed = [1, "a"]
    assert "Not saved" in form.page
    assert reading.path.read_text() == "mine\n"


def test_a_foreign_file_is_refused(tmp_path, proposed):
    path = tmp_path / "draft.csv"
    path.write_text(",".join(candidates.COLUMNS) + "\nf,p,perhaps,d,0,1,\n")
    with pytest.raises(AnalysisError, match=r"line 2.*perhaps"):
        candidates.begin(path, proposed)


def test_the_widget_hears_keys(reading):
    form = candidates.CandidateForm(reading)
    form.pressed = [1, "a"]
    assert on_disk(reading) == {"whole town": "accept"}
    assert "1 of 3 candidates decided" in form.page


@pytest.mark.browser
def test_keys_in_a_browser(reading, chromium):
    form = candidates.CandidateForm(reading)
    page = chromium.new_page()
    page.set_content(
        "<html lang='en'><title>Draft</title>"
        f"<main><h1>Draft</h1><style>{form._css}</style><div id='el'></div></main>"
    )
    page.evaluate(
        """async ([source, first, label]) => {
          const url = URL.createObjectURL(new Blob([source], {type: "text/javascript"}));
          const form = (await import(url)).default;
          const state = {page: first, pressed: [0, ""], label};
          window.sent = [];
          const model = {get: (k) => state[k], set: (k, v) => {state[k] = v; window.sent.push(v)},
            save_changes: () => {}, on: () => {}};
          form.render({model, el: document.querySelector("#el")});
        }""",
        [str(form._esm), form.page, form.label],
    )
    page.get_by_role("group", name="Candidates for the codebook").focus()
    page.keyboard.press("a")
    page.keyboard.press("x")
    assert [sent[1] for sent in page.evaluate("window.sent")] == ["a", "x"]
    assert Axe().run(page).violations_count == 0

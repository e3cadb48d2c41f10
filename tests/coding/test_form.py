import html
import json
import re
from dataclasses import replace

import pandas as pd
import pytest
from axe_playwright_python.sync_playwright import Axe

from analysis.codebook import read_codebook
from analysis.coding import codes as coding
from analysis.coding import form as coder_form
from analysis.coding import sampling
from analysis.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.study.measured import measure
from analysis.text.document import from_turns

HOSTILE = "<script>alert('&')</script> Mass surveillance is <b>what</b> we fear. We fear it."


@pytest.fixture(scope="module")
def codebook(root):
    return read_codebook(root / "data" / "codebook.toml")


@pytest.fixture(scope="module")
def material(codebook):
    turns = [("MS. ARDEN", HOSTILE), ("MR. BELL", "Phones are going dark."), ("MR. BELL", "Yes.")]
    corpus = Corpus.of([from_turns("talk", turns, {"kind": "hearing"})])
    found = measure(corpus, codebook).occurrences
    sizes = {"occurrence": len(found), "without": 1, "with": 2}
    sample = sampling.coding_sample(found, sampling.segments(corpus), sizes=sizes, seed=1)
    return sample, coding.lines(sample, corpus, codebook)


@pytest.fixture
def sitting(tmp_path, material, codebook):
    return coder_form.begin(tmp_path, "A", *material, codebook)


def on_disk(sitting, item):
    table = pd.read_csv(sitting.path, keep_default_na=False).set_index("item")
    return table.loc[item, list(coding.CODE_COLUMNS)].tolist()


def pressed(sitting, keys):
    for key in keys:
        sitting = coder_form.press(sitting, key)
    return sitting


def at(sitting, item):
    return replace(sitting, at=sitting.lines["item"].tolist().index(item))


def test_every_answer_is_on_disk_before_it_is_shown(sitting):
    sitting = at(sitting, "o001")
    for keys, codes in (
        ("y", ["yes", "", "", "", "", ""]),
        ("3", ["yes", "mass surveillance", "", "", "", ""]),
        ("dx", ["yes", "mass surveillance", "direct", "denied", "", ""]),
        ("u", ["yes", "mass surveillance", "direct", "denied", "yes", ""]),
        ("oa-", ["yes", "none", "own", "asserted", "yes", ""]),
        ("ou", ["yes", "none", "", "asserted", "", ""]),
    ):
        sitting = pressed(sitting, keys)
        assert on_disk(sitting, "o001") == codes
        assert list(coder_form.current(sitting).values()) == codes


def test_a_line_that_is_not_valid_has_no_other_codes(sitting):
    sitting = pressed(at(sitting, "o001"), "y3oa")
    sitting = pressed(sitting, "n3oau")
    assert on_disk(sitting, "o001") == ["no", "", "", "", "yes", ""]
    assert coder_form.progress(sitting) == (1, 5)


def test_a_segment_takes_several_frames_or_none(sitting):
    sitting = at(sitting, "s001")
    assert "y" not in coder_form.keys(sitting)
    for key, frames in (
        ("1", "security threat"),
        ("0", "security threat; trade-off"),
        ("1", "trade-off"),
        ("-", "none"),
        ("6", "legality"),
        ("y", "legality"),
    ):
        sitting = coder_form.press(sitting, key)
        assert on_disk(sitting, "s001")[1] == frames


def test_a_sitting_that_was_broken_off_goes_on_where_it_was(sitting, tmp_path, material, codebook):
    first = coder_form.item(sitting)
    sitting = pressed(sitting, ["n", "Enter"])
    second = coder_form.item(sitting)
    assert second != first
    again = coder_form.begin(tmp_path, "A", *material, codebook)
    assert coder_form.item(again) == second
    assert coder_form.progress(again) == (1, 5)
    read = coding.read_codes(again.path, material[0], codebook, partial=True)
    assert read["item"].tolist() == [first]


def test_the_whole_sample_can_be_coded_by_keys_and_read_back(sitting, material, codebook):
    for _ in range(5):
        sitting = pressed(sitting, [*"y3oa", "Enter"])
    assert coder_form.progress(sitting) == (5, 5)
    codes = coding.read_codes(sitting.path, material[0], codebook)
    assert set(codes["frame"]) == {"mass surveillance"}
    assert coding.check(sitting.path, material[0], codebook).empty


def test_back_and_forward_stop_at_the_ends(sitting):
    sitting = replace(sitting, at=0)
    assert coder_form.press(sitting, "ArrowLeft").at == 0
    assert pressed(sitting, ["ArrowRight"] * 9).at == 4
    assert coder_form.press(sitting, "q") is sitting


def test_coders_are_blind_to_each_other(sitting, tmp_path, material, codebook):
    pressed(at(sitting, "o001"), "y3")
    other = at(coder_form.begin(tmp_path, "B", *material, codebook), "o001")
    assert set(coder_form.current(other).values()) == {""}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["codes_A.csv", "codes_B.csv"]


def test_what_a_spreadsheet_changed_meanwhile_is_kept(sitting):
    table = pd.read_csv(sitting.path, keep_default_na=False, dtype=str)
    table.loc[table["item"] == "s001", "frame"] = "legality"
    coding.write_table(table, sitting.path)
    sitting = pressed(at(sitting, "o001"), "y")
    assert on_disk(sitting, "s001")[1] == "legality"
    assert coder_form.current(at(sitting, "s001"))["frame"] == "legality"


def test_a_faulty_file_is_named_by_line_and_left_alone(sitting, tmp_path, material, codebook):
    text = sitting.path.read_text()
    sitting.path.write_text(text.replace(",1.0,A,,", ",1.0,A,ja,", 1))
    with pytest.raises(AnalysisError, match="line 2: valid 'ja'; expected one of yes, no"):
        coder_form.begin(tmp_path, "A", *material, codebook)
    assert "ja" in sitting.path.read_text()
    sitting.path.write_text("\n".join(text.splitlines()[:-1]) + "\n")
    with pytest.raises(AnalysisError, match="no line for item"):
        coder_form.begin(tmp_path, "A", *material, codebook)
    sitting.path.write_text(text.replace(",1.0,A,", ",1.0,B,"))
    with pytest.raises(AnalysisError, match="coder 'B'; expected 'A'"):
        coder_form.begin(tmp_path, "A", *material, codebook)
    with pytest.raises(AnalysisError, match="expected letters, digits"):
        coder_form.begin(tmp_path, "../A", *material, codebook)
    with pytest.raises(AnalysisError, match="other items than the sample's"):
        coder_form.begin(tmp_path, "C", material[0], material[1].iloc[1:], codebook)


def test_every_text_shown_is_escaped(sitting):
    sitting = at(coder_form.write_note(sitting, "o001", 'it\'s <i>"odd"</i>'), "o001")
    shown = coder_form.page(sitting, "<img src=x>")
    for text in ("<script", "<b>what", "<i>", "<img"):
        assert text not in shown
    assert "&lt;script&gt;" in coder_form.page(at(sitting, "s001")) + shown
    assert html.unescape(re.search(r"value='([^']*)'></label>", shown)[1]) == 'it\'s <i>"odd"</i>'


def test_the_definition_stands_beside_the_line(sitting, codebook):
    sitting = at(sitting, "o001")
    term = codebook.terms.set_index("id").loc[sitting.lines.iloc[sitting.at]["term"]]
    shown = html.unescape(coder_form.page(sitting))
    for name in ("definition", "include", "exclude"):
        assert term[name] in shown
    assert coder_form.SEGMENT_RULE in coder_form.page(at(sitting, "s001"))


def test_the_widget_codes_when_its_traits_are_set(sitting):
    form = coder_form.CoderForm(at(sitting, "o001"))
    form.pressed = [1, "y"]
    form.pressed = [2, "y"]
    form.pressed = [3, "n"]
    assert on_disk(sitting, "o001")[0] == "no"
    assert re.search(r"data-key='n' aria-pressed='true'", form.page)
    assert re.search(r"data-key='y' aria-pressed='false'", form.page)
    form.note = ["o001", "  a  note "]
    assert on_disk(sitting, "o001")[5] == "a note"
    assert "1 of 5 coded" in form.page


def test_an_answer_that_cannot_be_saved_is_not_shown_as_given(sitting):
    form = coder_form.CoderForm(at(sitting, "o001"))
    sitting.path.unlink()
    form.pressed = [1, "y"]
    assert "Not saved" in form.page
    assert "aria-pressed='true'" not in form.page


@pytest.mark.browser
def test_in_a_browser_keys_and_buttons_and_notes_reach_python(chromium, sitting):
    form = coder_form.CoderForm(at(sitting, "o001"))
    tab = chromium.new_page()
    problems = []
    tab.on("pageerror", lambda problem: problems.append(str(problem)))

    def tell(name, value):
        setattr(form, name, value)
        return form.page

    tab.expose_function("tell", tell)
    tab.set_content("<html lang='en'><title>Form</title><main><h1>Form</h1></main></html>")
    tab.add_style_tag(content=coder_form.CoderForm._css)
    # A model as small as the form needs: what is set goes to Python, which answers with the page.
    tab.evaluate(f"window.first = {json.dumps(form.page)}")
    tab.add_script_tag(
        type="module",
        content=form._esm.replace("export default { render };", "")
        + """
        const state = { page: window.first, pressed: [0, ""], note: ["", ""] };
        let draw, name;
        const model = {
          get: (key) => state[key],
          set: (key, value) => { state[key] = value; name = key; },
          save_changes: async () => { state.page = await window.tell(name, state[name]); draw(); },
          on: (event, action) => { draw = action; },
        };
        render({ model, el: document.querySelector("main") });
        """,
    )
    pressed = "button[aria-pressed=true]"
    tab.focus(".coder-form")
    for number, key in enumerate(("y", "3", "x"), 1):
        tab.keyboard.press(key)
        tab.wait_for_function(f"document.querySelectorAll('{pressed}').length == {number}")
    tab.click("button[data-key='o']")
    tab.wait_for_function(f"document.querySelectorAll('{pressed}').length == 4")
    tab.keyboard.press("t")
    tab.keyboard.type("no answer, a note: y3x")
    tab.keyboard.press("Enter")
    tab.wait_for_function("document.querySelector('input').value.includes('y3x')")
    tab.keyboard.press("Control+u")
    assert on_disk(sitting, "o001") == [
        "yes", "mass surveillance", "own", "denied", "", "no answer, a note: y3x",
    ]  # fmt: skip
    assert tab.evaluate("document.activeElement.className") == "coder-form"
    assert tab.evaluate("document.querySelector('.coder-form script')") is None
    for width in (1280, 800, 390):
        tab.set_viewport_size({"width": width, "height": 800})
        assert tab.evaluate("document.documentElement.scrollWidth") <= width
        found = Axe().run(tab)
        assert found.violations_count == 0, found.generate_report()
    # Without a mouse: Tab comes to every button and to the note.
    tab.focus(".coder-form")
    buttons = tab.locator(".coder-form button")
    for number in range(buttons.count()):
        tab.keyboard.press("Tab")
        while tab.evaluate("document.activeElement.tagName") == "INPUT":
            tab.keyboard.press("Tab")
        assert buttons.nth(number).evaluate("e => e === document.activeElement")
    assert problems == []
    tab.close()

"""The lines of the workbench: as wide as the window, gone through and marked by keyboard."""

import json

import pandas as pd
import pytest

from analysis.workbench import kwic

HOSTILE = '<img src="x" onerror="window.harmed = 1"> & going'
SIDE = "the towns by the harbour have heard of it for a year and nobody has asked them what they "
LINES = pd.DataFrame(
    {
        "document": ["talk", "talk", "a document with a long name"],
        "utterance": [1, 2, 30],
        "start": [4, 90, 500],
        "end": [14, 101, 523],
        "speaker": ["ADA ARDEN", "", "Interior Minister Lev Doran"],
        "group": ["", "watch", "government"],
        "mode": ["turn"] * 3,
        "stance": ["asserted", "denied", "mentioned"],
        "left": [SIDE * 3 + "\n", HOSTILE, ""],
        "node": ["going dark", "went dark", "indiscriminate collection"],
        "right": [" " + SIDE * 3, "", ", they said"],
    }
)


def test_the_cells_are_text_without_breaks_and_sides_are_cut_at_their_far_end():
    columns, cells = kwic.cells_of(LINES)
    assert [name for _, name in columns] == ["left", "node", "right", "who", "stance", "where"]
    assert [row[3] for row in cells] == [
        "ADA ARDEN", "watch", "Interior Minister Lev Doran, government",
    ]  # fmt: skip
    assert cells[0][0].endswith("what they")
    assert cells[0][2].startswith("the towns")
    assert max(len(row[0]) for row in cells) <= kwic.LONGEST_SIDE
    assert cells[1][0] == HOSTILE


def test_without_words_the_places_are_shown():
    bare = LINES.drop(columns=["left", "node", "right"])
    columns, cells = kwic.cells_of(bare)
    assert columns[0] == ("Characters", "place")
    assert cells[0][0] == "4–14"
    widget = kwic.KwicLines()
    widget.show(bare, [1], labels=True)
    assert (widget.kind, widget.selected_rows) == ("places", [1])


@pytest.fixture
def page(chromium):
    """Return a page with the lines of a small model, which keeps what the browser sends."""
    widget = kwic.KwicLines()
    widget.show(LINES, [2], labels=True)
    state = {name: getattr(widget, name) for name in kwic.KwicLines.class_own_traits(sync=True)}
    tab = chromium.new_page(viewport={"width": 1280, "height": 400})
    problems = []
    tab.on("pageerror", lambda problem: problems.append(str(problem)))
    style = "<style>body {margin: 0 16px; font: 13px sans-serif}</style>"
    tab.set_content(f"<html lang='en'><title>Lines</title>{style}<main><h1>Lines</h1></main>")
    tab.add_style_tag(content=widget._css)
    names = [name for name in state if not name.startswith("_")]
    tab.evaluate(f"window.state = {json.dumps({name: state[name] for name in names})}")
    tab.add_script_tag(
        type="module",
        content=widget._esm.replace("export default { render };", "")
        + """
        window.sent = [];
        window.acts = {};
        const model = {
          get: (key) => window.state[key],
          set: (key, value) => { window.state[key] = value; window.sent.push([key, value]); },
          save_changes: () => {},
          on: (event, act) => { window.acts[event] = act; },
        };
        render({ model, el: document.querySelector("main") });
        """,
    )
    yield tab
    assert problems == []
    tab.close()


def sent(tab):
    return tab.evaluate("window.sent.splice(0)")


@pytest.mark.browser
def test_every_action_has_a_key(page):
    page.keyboard.press("Tab")
    focus = "document.activeElement.sectionRowIndex"
    assert page.evaluate(focus) == 0
    for key, row in (("ArrowDown", 1), ("ArrowUp", 0), ("End", 2), ("ArrowDown", 2), ("Home", 0)):
        page.keyboard.press(key)
        assert page.evaluate(focus) == row
    page.keyboard.press("Space")
    assert sent(page) == [["selected_rows", [2, 0]]]
    assert page.locator("tbody tr.selected[aria-selected=true]").count() == 2
    page.keyboard.press("Space")
    assert sent(page) == [["selected_rows", [2]]]
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert sent(page) == [["read", [1, 1]]]
    page.keyboard.press("PageDown")
    page.keyboard.press("PageUp")
    assert sent(page) == [["turned", [1, 1]], ["turned", [2, -1]]]
    page.keyboard.press("Control+a")
    assert sent(page) == []
    # A new page of lines keeps the keyboard where it was: at the lines.
    page.evaluate("window.acts['change:rows']()")
    assert page.evaluate(focus) == 0
    page.locator("tbody tr").nth(1).click()
    assert sent(page) == [["selected_rows", [2, 1]]]


@pytest.mark.browser
@pytest.mark.parametrize("width", [1280, 800, 390])
def test_the_words_have_the_width_and_the_node_stands_whole_in_the_middle(
    page, width, accessible, keep_picture
):
    page.set_viewport_size({"width": width, "height": 400})
    keep_picture(page, f"kwic_{width}")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    table = page.locator("table.kwic").bounding_box()
    box = {
        name: page.locator(f"tbody .kwic-{name}").nth(0).bounding_box()
        for name in ("left", "node", "right")
    }
    words = box["right"]["x"] + box["right"]["width"] - box["left"]["x"]
    assert words / table["width"] > (0.65 if width == 1280 else 0.95)
    assert abs(box["left"]["width"] - box["right"]["width"]) < 2
    node = "e => e.scrollWidth <= e.clientWidth + 1"
    whole = [cell.evaluate(node) for cell in page.locator("tbody .kwic-node").all()]
    assert all(whole)
    # The left side ends at the node: its last letter is seen, its first is not.
    side = page.locator("tbody .kwic-left span").nth(0).bounding_box()
    assert abs(side["x"] + side["width"] - box["left"]["x"] - box["left"]["width"]) < 2
    assert side["x"] < box["left"]["x"]
    assert page.evaluate("window.harmed") is None
    assert page.locator("img").count() == 0
    assert accessible(page) == []


@pytest.mark.browser
def test_who_stance_and_where_fold_away(page):
    page.evaluate("window.state.kind = 'bare'; window.acts['change:rows']()")
    assert not page.locator("tbody .kwic-who").first.is_visible()
    table = page.locator("table.kwic").bounding_box()
    right = page.locator("tbody .kwic-right").first.bounding_box()
    assert right["x"] + right["width"] > table["x"] + table["width"] - 12

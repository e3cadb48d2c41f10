"""The notebooks in JupyterLab, as a reader opens them."""

import csv
import re

import nbformat
import pytest

pytestmark = pytest.mark.browser
NOTEBOOK = ".jp-NotebookPanel:not(.lm-mod-hidden)"
ALL_RUN = """() => {
    const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputArea-prompt")];
    const status = document.querySelector("#jp-main-statusbar").innerText;
    return prompts.every(prompt => /\\d/.test(prompt.textContent)) && /Idle/.test(status);
}"""


def run_all(page, address, name):
    """Open a notebook in a workspace of its own, run all its cells, and wait for the last."""
    page.goto(f"{address}/lab/workspaces/{name}/tree/notebooks/{name}.ipynb?token=browser")
    page.wait_for_selector(f"{NOTEBOOK} .jp-Cell")
    page.wait_for_function("document.body.innerText.match(/Python 3.*\\| Idle/)")
    page.locator("li.lm-MenuBar-item", has_text="Run").first.click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(ALL_RUN)
    for kind in ("error", "stderr"):
        found = page.locator(f"{NOTEBOOK} [data-mime-type='application/vnd.jupyter.{kind}']")
        assert found.count() == 0


def test_start_here_runs_and_its_figure_appears(lab, watched, keep_picture):
    run_all(watched, lab[0], "00_start_here")
    watched.get_by_text("What it does not show").last.scroll_into_view_if_needed()
    figures = watched.locator(f"{NOTEBOOK} .jp-OutputArea img")
    figures.first.scroll_into_view_if_needed()
    widths = figures.evaluate_all("all => all.map(image => image.naturalWidth)")
    assert widths
    assert min(widths) > 300
    keep_picture(watched, "00_start_here")


class Lines:
    """The workbench of an open notebook, as its reader sees it."""

    def __init__(self, page):
        self.box = page.locator(".workbench.widget-vbox")
        self.box.scroll_into_view_if_needed()
        self.notice = self.box.locator("[role=status]").first
        self.rows = self.box.locator("table.kwic tbody tr")
        self.rows.first.wait_for()

    def count(self):
        return int(re.match(r"([\d,]+) line", self.notice.inner_text())[1].replace(",", ""))

    def wait_for(self, pattern):
        self.notice.get_by_text(re.compile(pattern)).wait_for()

    def column(self, name):
        return self.rows.locator(f"td.kwic-{name}").all_inner_texts()

    def choose(self, label, value):
        self.box.get_by_label(label, exact=True).select_option(value)

    def press(self, name, pattern):
        self.box.get_by_role("button", name=name, exact=True).click()
        self.wait_for(pattern)

    def click(self, row, pattern):
        self.rows.nth(row).click()
        self.wait_for(pattern)

    def selected(self):
        return self.box.locator("tr.selected").count()


def spoken(text):
    return re.findall(r"\w(?:[\w'-]*\w)?", text.lower().replace("’", "'"))


@pytest.fixture
def explored(lab, watched):
    run_all(watched, lab[0], "90_explore")
    return Lines(watched)


def test_the_workbench_filters_sorts_and_marks(lab, explored, watched, keep_picture, accessible):
    gives_its_width_to_the_words(explored, watched, keep_picture, accessible)
    sorts_and_filters(explored, watched)
    marks_and_keeps(explored, watched, keep_picture, lab[1] / "marks" / "marked_lines.csv")
    takes_a_candidate_into_a_draft(explored, watched, keep_picture, accessible)
    explored.choose("Corpus", "oversight")
    explored.wait_for("Positions are shown")
    assert explored.count() > 100
    keep_picture(watched, "90_explore_positions")


def gives_its_width_to_the_words(lines, page, keep_picture, accessible):
    for width in (1280, 800):
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(500)
        lines.rows.first.scroll_into_view_if_needed()
        keep_picture(page, f"90_explore_{width}")
        table = lines.box.locator("table.kwic").bounding_box()
        assert table["width"] > 0.95 * lines.box.bounding_box()["width"]
        for cell in lines.box.locator("tbody .kwic-node").all():
            assert cell.evaluate("e => e.scrollWidth <= e.clientWidth + 1")
        assert accessible(page, ".workbench.widget-vbox") == []
    page.set_viewport_size({"width": 1280, "height": 900})
    assert not lines.box.locator(".beside").is_visible()
    folded = lines.box.get_by_role("button", name="Rates and spread")
    folded.focus()
    page.keyboard.press("Space")
    lines.box.locator(".beside").wait_for()
    assert accessible(page, ".workbench.widget-vbox") == []
    keep_picture(page, "90_explore_rates")
    folded.click()
    # Marked, read and taken back without a mouse; the next page and back.
    lines.rows.first.focus()
    for key, said in (("Space", "1 marked line "), ("PageDown", "page 2 of"), ("PageUp", "page 1")):
        page.keyboard.press(key)
        lines.wait_for(said)
    assert lines.selected() == 1
    page.keyboard.press("Space")
    lines.wait_for("0 marked lines")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    lines.box.locator(".reading mark").wait_for()


def sorts_and_filters(lines, page):
    everything = lines.count()
    firsts = [spoken(text)[:1] for text in lines.column("right")]
    assert firsts == sorted(firsts)
    first = lines.column("left")[0]
    lines.choose("Sort by", "1L")
    changed = "old => document.querySelector('tbody .kwic-left').innerText !== old"
    page.wait_for_function(changed, arg=first)
    lasts = [spoken(text)[-1:] for text in lines.column("left")]
    assert lasts == sorted(lasts)
    lines.choose("Stance", "denied")
    lines.wait_for(r"^\d+ lines?, page 1 of [1-3]")
    denied = lines.count()
    lines.choose("Group", "government")
    lines.wait_for(r"^\d+ lines?, page 1 of 1")
    assert 0 < lines.count() < denied < everything
    assert "denied" in lines.column("stance")
    assert all(text.endswith(", government") for text in lines.column("who"))
    lines.choose("Group", "all")
    lines.choose("Stance", "any")
    lines.wait_for(f"^{everything} lines")


def marks_and_keeps(lines, page, keep_picture, path):
    chosen = lines.column("node")[1]
    lines.click(1, "1 marked line ")
    lines.click(3, "2 marked lines")
    keep_picture(page, "90_explore")
    lines.press("Next page", "page 2 of")
    assert lines.selected() == 0
    chosen = [chosen, lines.column("node")[0]]
    lines.click(0, "3 marked lines")
    lines.press("Previous page", "page 1 of")
    assert lines.selected() == 2
    lines.click(3, "2 marked lines")
    term = lines.box.get_by_label("Term")
    term.fill("the")
    term.press("Enter")
    lines.wait_for(r"^1,\d+ lines")
    with path.open(encoding="utf-8-sig", newline="") as file:
        kept = list(csv.DictReader(file))
    assert [row["query"] for row in kept] == ["mass surveillance"] * 2
    assert [row["node"] for row in kept] == chosen


def takes_a_candidate_into_a_draft(lines, page, keep_picture, accessible):
    folded = lines.box.get_by_role("button", name="What the words miss")
    folded.click()
    lines.box.get_by_role("button", name="Look for candidates").click()
    form = lines.box.get_by_role("group", name="Candidates for the codebook")
    form.focus()
    page.keyboard.press("a")
    form.get_by_text(re.compile("1 of [0-9]+ candidates decided")).wait_for()
    assert "[[term]]" in lines.box.get_by_label("Accepted, for the codebook").input_value()
    assert accessible(page, ".workbench.widget-vbox") == []
    keep_picture(page, "90_explore_candidates")
    folded.click()


EVIL = '<img src="x" onerror="window.harmed = 1"><script>window.harmed = 2</script> & "going dark"'


def test_no_text_of_a_corpus_is_run(lab, watched, keep_picture):
    address, copy = lab
    source = (
        "from analysis import Corpus\n"
        "from analysis.text.document import from_turns\n"
        "from analysis import explore\n"
        f"evil = {EVIL!r}\n"
        "turns = [(evil, f'{evil} going dark {evil}')] * 3\n"
        "explore(Corpus.of([from_turns(evil, turns, {'title': evil})]), keep=f'{evil[:4]}.csv')"
    )
    metadata = nbformat.read(copy / "notebooks" / "90_explore.ipynb", 4).metadata
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(source)], metadata=metadata)
    nbformat.write(book, copy / "notebooks" / "evil.ipynb")
    run_all(watched, address, "evil")
    lines = Lines(watched)
    assert lines.count() == 9
    assert any("</script>" in text for text in lines.column("left"))
    assert any("<img" in text for text in lines.column("right"))
    lines.click(0, "1 marked line ")
    lines.box.locator(".reading mark").wait_for()
    term = lines.box.get_by_label("Term")
    term.fill(EVIL)
    term.press("Enter")
    watched.wait_for_timeout(500)
    assert watched.evaluate("window.harmed") is None
    assert lines.box.locator("img").count() == 0
    keep_picture(watched, "evil")

"""The notebooks in JupyterLab, as a reader opens them."""

import csv
import re

import pytest

pytestmark = [pytest.mark.browser, pytest.mark.filterwarnings("ignore::ResourceWarning")]
NOTEBOOK = ".jp-NotebookPanel:not(.lm-mod-hidden)"

ALL_RUN = """() => {
    const prompts = [...document.querySelectorAll(".jp-CodeCell .jp-InputArea-prompt")];
    const status = document.querySelector("#jp-main-statusbar").innerText;
    return prompts.every(prompt => /\\d/.test(prompt.textContent)) && /Idle/.test(status);
}"""


def run_all(page, address, last):
    """Open a notebook, run all its cells, and wait until the last has its number."""
    page.goto(f"{address}?token=browser")
    page.wait_for_selector(f"{NOTEBOOK} .jp-Cell")
    page.wait_for_function("document.body.innerText.match(/Python 3.*\\| Idle/)")
    page.locator("li.lm-MenuBar-item", has_text="Run").first.click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    page.wait_for_function(ALL_RUN)
    page.get_by_text(last).last.scroll_into_view_if_needed()
    assert page.locator(f"{NOTEBOOK} [data-mime-type='application/vnd.jupyter.error']").count() == 0
    assert (
        page.locator(f"{NOTEBOOK} [data-mime-type='application/vnd.jupyter.stderr']").count() == 0
    )


def test_start_here_runs_and_its_figure_appears(lab, watched, keep_picture):
    address, _ = lab
    run_all(watched, f"{address}notebooks/00_start_here.ipynb", "What it does not show")
    figures = watched.locator(f"{NOTEBOOK} .jp-OutputArea img")
    figures.first.scroll_into_view_if_needed()
    widths = figures.evaluate_all("all => all.map(image => image.naturalWidth)")
    assert widths
    assert min(widths) > 300
    keep_picture(watched, "00_start_here")


def count(notice):
    return int(re.match(r"([\d,]+) line", notice.inner_text())[1].replace(",", ""))


def wait_for(notice, pattern):
    notice.get_by_text(re.compile(pattern)).wait_for()


def test_the_workbench_filters_sorts_and_marks(lab, watched, keep_picture):
    page = watched
    address, copy = lab
    run_all(page, f"{address}notebooks/90_explore.ipynb", "What it does not show")
    bench = page.locator(".workbench.widget-vbox")
    bench.scroll_into_view_if_needed()
    notice = bench.locator("[role=status]")
    rows = bench.locator("table.kwic tbody tr")
    rows.nth(24).wait_for()

    def column(name):
        return rows.locator(f"td.kwic-{name}").all_inner_texts()

    everything = count(notice)
    firsts = [text.split()[:1] for text in column("right")]
    assert firsts == sorted(
        firsts, key=lambda words: [word.lower().strip("’'.,:;?!”") for word in words]
    )
    bench.get_by_label("Sort by").select_option("1L")
    page.wait_for_timeout(500)
    lasts = [re.findall(r"[\w’'-]+", text)[-1:] for text in column("left")]
    assert lasts == sorted(lasts, key=lambda words: [word.lower() for word in words])

    bench.get_by_label("Stance").select_option("denied")
    wait_for(notice, r"^\d+ lines?, page 1 of [1-3]")
    denied = count(notice)
    assert 0 < denied < everything
    bench.get_by_label("Group").select_option("government")
    page.wait_for_timeout(500)
    assert 0 < count(notice) < denied
    assert {text.strip() for text in column("meta")} >= {"government", "denied"}

    bench.get_by_label("Group").select_option("all")
    bench.get_by_label("Stance").select_option("any")
    wait_for(notice, f"^{everything} lines")
    rows.nth(1).click()
    wait_for(notice, "1 marked line ")
    rows.nth(3).click()
    wait_for(notice, "2 marked lines")
    keep_picture(page, "90_explore")
    bench.get_by_role("button", name="Next page").click()
    wait_for(notice, "page 2 of")
    assert bench.locator("tr.selected").count() == 0
    rows.nth(0).click()
    wait_for(notice, "3 marked lines")
    bench.get_by_role("button", name="Previous page").click()
    wait_for(notice, "page 1 of")
    assert bench.locator("tr.selected").count() == 2
    rows.nth(3).click()
    wait_for(notice, "2 marked lines")

    term = bench.get_by_label("Term")
    term.fill("the register of warrants")
    term.press("Enter")
    wait_for(notice, r"^0 lines|^\d+ lines?, page 1")
    with (copy / "marks" / "marked_lines.csv").open(encoding="utf-8-sig", newline="") as file:
        kept = list(csv.DictReader(file))
    assert [row["query"] for row in kept] == ["mass surveillance"] * 2
    assert all(row["node"].lower().startswith("mass surveillance") for row in kept)

"""Pages opened from disk: the site and the reproduction page; without errors, open to all."""

import json
import shutil
from pathlib import Path

import pytest
from lxml import html

import analysis
from analysis.publication import site
from analysis.reproduction import page, reproduce
from analysis.study import data_manifest

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def pages(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    site.build(root, folder)
    return folder


PAGES = (
    *("index", "notebooks/04_news_voices", "notebooks/07_figures"),
    *("docs/methods", "reference/index", "reference/analysis.coding"),
)


@pytest.mark.parametrize("name", PAGES)
def test_the_site_is_open_to_all(pages, watched, keep_picture, accessible, name):
    watched.goto((pages / f"{name}.html").as_uri())
    widths = watched.locator("img").evaluate_all("all => all.map(image => image.naturalWidth)")
    assert all(widths)
    assert accessible(watched) == []
    keep_picture(watched, f"site_{name.replace('/', '_')}", full_page=True)
    watched.set_viewport_size({"width": 390, "height": 844})
    assert watched.evaluate("document.documentElement.scrollWidth") <= 390
    # The pages of the reference are one form, long, and the same elements at either width.
    if not name.startswith("reference/"):
        assert accessible(watched) == []
    for frame in watched.locator(".scroll, pre").all():
        assert frame.evaluate("e => ['auto', 'visible'].includes(getComputedStyle(e).overflowX)")
    keep_picture(watched, f"site_{name.replace('/', '_')}_phone")


def test_the_search_finds_by_keyboard(pages, watched, keep_picture, accessible):
    watched.goto((pages / "docs" / "methods.html").as_uri())
    field = watched.get_by_label("Search all pages")
    field.fill("contrast_shares")
    field.press("Enter")
    watched.wait_for_url("**/search.html?q=contrast_shares")
    assert int(watched.locator("#count").inner_text().split()[0]) > 3
    assert accessible(watched) == []
    keep_picture(watched, "site_search")
    watched.get_by_label("Words, names").fill("no such words anywhere")
    assert watched.locator("#count").inner_text() == "0 places"
    watched.get_by_label("Words, names").fill("<b>contrast_shares")
    watched.locator("#found a").first.click()
    watched.wait_for_url("**/reference/**")


def test_code_opens_and_is_legible(pages, watched, accessible):
    watched.goto((pages / "notebooks" / "00_start_here.html").as_uri())
    watched.locator("main summary").first.click()
    assert watched.get_by_text("read_study").first.is_visible()
    assert accessible(watched) == []


# Here and not beside the site's other tests, since it takes long to build and is built once.
def test_the_project_s_own_site_is_whole(root, pages):
    the_reference_is_whole(pages)
    made = list(pages.rglob("*.html"))
    assert {path.stem for path in made} >= {path.stem for path in (root / "docs").glob("*.md")}
    assert site.broken_links(pages) == []
    for path in made:
        assert "No description has been provided" not in path.read_text(encoding="utf-8")


def the_reference_is_whole(folder):
    """Hold the page of the one import to what it gives, and the search to names it must find."""
    face = html.parse(str(folder / "reference" / "index.html")).getroot()
    links = face.xpath("//h2[@id='facade']/following::table[1]//a")
    assert {link.text_content().removeprefix("da.") for link in links} == set(analysis.__all__)
    told = {path.stem for path in (folder / "reference").glob("*.html")} - {"index"}
    here = Path(analysis.__file__).parent
    assert told == {
        ".".join(("analysis", *path.parent.relative_to(here).parts))
        for path in here.rglob("*/__init__.py")
    }
    contrast = html.parse(str(folder / "reference" / "analysis.study.html")).getroot()
    (heading,) = contrast.xpath("//*[@id='analysis.study.questions.contrast']")
    words = heading.getparent().text_content()
    for said in ("def contrast", ":func:", "``", "====="):
        assert said not in words
    assert contrast.xpath("//*[@id='analysis.study.questions.contrast']/following::dl[1]/dt")
    found = (folder / "search_index.js").read_text(encoding="utf-8")
    rows = json.loads(found.removeprefix("window.searchIndex = ").rstrip(";\n"))
    addresses = {heading: address for _, heading, address, _ in rows}
    assert addresses["contrast"].startswith("reference/analysis.")
    assert all(address.count("#") <= 1 for address in addresses.values())


@pytest.fixture(scope="module")
def reproduction(root, tmp_path_factory):
    """Return what writes the reproduction page of the project as it is, or tampered with."""
    folder = tmp_path_factory.mktemp("reproduction")

    def write(name, tampered=""):
        old, new = folder / name / "committed", folder / name / "rebuilt"
        for copy in (old, new):
            for part in ("notebooks", "figures", "data"):
                shutil.copytree(root / part, copy / part)
            for file in ("requirements.lock", "pyproject.toml"):
                shutil.copyfile(root / file, copy / file)
        if tampered:
            with (new / tampered).open("ab") as file:
                file.write(b"0,0\n")
        checks = reproduce.check(old, new)
        data = data_manifest.verify_data(old)
        done = reproduce.Reproduction(old, new, "0" * 40, checks, data)
        return page.write(done, folder / name / "index.html")

    return write


def test_the_reproduction_page_says_identical(reproduction, watched, keep_picture, accessible):
    watched.goto(reproduction("same").as_uri())
    assert "Identical" in watched.locator(".banner").inner_text()
    widths = watched.locator("img").evaluate_all("all => all.map(image => image.naturalWidth)")
    assert len(widths) > 10
    assert all(widths)
    # The rest of the page is looked through where something differs, in the next test.
    assert accessible(watched, ".banner") == []
    keep_picture(watched, "reproduction")


def test_the_reproduction_page_names_what_differs(reproduction, watched, keep_picture, accessible):
    name = "figures/00_mass_surveillance_by_group.csv"
    watched.goto(reproduction("tampered", name).as_uri())
    assert "Not identical" in watched.locator(".banner").inner_text()
    assert watched.get_by_text(name).first.is_visible()
    assert accessible(watched) == []
    keep_picture(watched, "reproduction_tampered")

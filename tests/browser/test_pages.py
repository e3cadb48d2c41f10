"""Pages opened from disk: the site and the reproduction page; without errors, open to all."""

import shutil

import pytest

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
    assert accessible(watched) == []
    keep_picture(watched, "reproduction")


def test_the_reproduction_page_names_what_differs(reproduction, watched, keep_picture, accessible):
    name = "figures/00_mass_surveillance_by_group.csv"
    watched.goto(reproduction("tampered", name).as_uri())
    assert "Not identical" in watched.locator(".banner").inner_text()
    assert watched.get_by_text(name).first.is_visible()
    assert accessible(watched) == []
    keep_picture(watched, "reproduction_tampered")

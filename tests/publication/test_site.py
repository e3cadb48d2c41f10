"""The site: every notebook and page is in it, every link leads somewhere, every picture is told."""

import json
import sys
from types import SimpleNamespace

import nbformat
import pytest
from lxml import html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from analysis.errors import AnalysisError
from analysis.publication import reference, search, site

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk"
    "+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)


@pytest.fixture
def small(tmp_path):
    """Return a small project: a README, a page, a notebook with a figure and a hostile table."""
    top = tmp_path / "project"
    for name in ("notebooks", "docs", "figures"):
        (top / name).mkdir(parents=True)
    (top / "data.csv").write_text("a\n")
    (top / "README.md").write_text("# Home: all\n\n[a](docs/a.md) [b](notebooks/00_b.ipynb#why)\n")
    (top / "docs" / "a.md").write_text("# A page\n\n[data](../data.csv), [home](../README.md)\n")
    picture = new_output("display_data", {"image/png": PIXEL})
    widget = new_output("display_data", {site._WIDGET: {}, "text/plain": "needs <a> kernel"})
    cells = [
        new_markdown_cell("# Why\n\n[page](../docs/a.md)"),
        new_code_cell("plot('<script>')", outputs=[picture, widget]),
        new_code_cell('import analysis as da\nda.save_figure(fig, "00_b", x)'),
    ]
    nbformat.write(new_notebook(cells=cells), top / "notebooks" / "00_b.ipynb")
    manifest = {"00_b": {"alt": 'Two dots & a "line"'}}
    (top / "figures" / "manifest.json").write_text(json.dumps(manifest))
    return top


def test_a_site_is_whole(small, tmp_path):
    made = site.build(small, tmp_path / "site")
    assert [page.path for page in made] == ["index.html", "notebooks/00_b.html", "docs/a.html"]
    assert [page.short for page in made] == ["Start", "Why", "A page"]
    assert (tmp_path / "site" / "data.csv").read_text() == "a\n"
    # Anchors of notebooks are kept; this one is not there.
    assert site.broken_links(tmp_path / "site") == ["index.html: notebooks/00_b.html#why"]
    tree = html.parse(str(tmp_path / "site" / "notebooks" / "00_b.html")).getroot()
    assert [image.get("alt") for image in tree.iter("img")] == ['Two dots & a "line"']
    assert not list(tree.iter("script"))
    assert "needs <a> kernel" in tree.text_content()
    assert {link.get("href") for link in tree.xpath("//main//a")} == {"../docs/a.html"}


def test_a_picture_nobody_describes_is_refused(small, tmp_path):
    path = small / "notebooks" / "00_b.ipynb"
    book = nbformat.read(path, 4)
    book.cells.pop()
    nbformat.write(book, path)
    with pytest.raises(AnalysisError, match=r"00_b\.ipynb: a picture that no saved figure"):
        site.build(small, tmp_path / "site")


def test_a_link_to_nowhere_is_refused(small, tmp_path):
    (small / "docs" / "a.md").write_text("# A\n\n[lost](lost.md)\n")
    with pytest.raises(AnalysisError, match=r"a\.md: a link to lost\.md"):
        site.build(small, tmp_path / "site")


def test_a_page_without_title_is_refused(small, tmp_path):
    (small / "docs" / "a.md").write_text("Nothing\n")
    with pytest.raises(AnalysisError, match=r"a\.md: no title"):
        site.build(small, tmp_path / "site")


def test_links_to_a_missing_file_and_to_another_host_are_found(tmp_path):
    page = (
        '<link rel="stylesheet" href="//host/a.css"><a href="b.html">b</a><a href="http://h/">h</a>'
    )
    (tmp_path / "index.html").write_text(page)
    assert site.broken_links(tmp_path) == ["index.html: //host/a.css", "index.html: b.html"]


def test_a_site_has_the_same_bytes_each_time(small, tmp_path):
    pages = site.build(small, tmp_path / "one")
    site.build(small, tmp_path / "two")
    for page in pages:
        assert (tmp_path / "one" / page.path).read_bytes() == (
            tmp_path / "two" / page.path
        ).read_bytes()


def test_a_section_of_the_search_holds_what_stands_under_its_heading():
    body = (
        "<h1 id='a'>A</h1><p>one <code>two</code></p><div class='output'>9</div>"
        "<h2>B</h2><table><tr><td>3</td><td>4</td></tr></table><style>x</style>"
    )
    assert search.sections("T", "a.html", body) == [
        ("T", "A", "a.html#a", "one two"),
        ("T", "B", "a.html", "3 4"),
    ]


def test_the_marks_of_docstrings_become_html():
    known = {"analysis.a.f": "reference/analysis.a.html"}
    text = "Use ``x < y`` and :func:`f`, not `<b>`:\n\n=== ====\na   one\n    two\n=== ====\n"
    module = SimpleNamespace(path="analysis.a", parent=None)
    made = reference._block(text, module, known, "reference/index.html")
    assert "<code>x &lt; y</code>" in made
    assert '<a href="analysis.a.html#analysis.a.f"><code>f</code></a>' in made
    assert "<code>&lt;b&gt;</code>" in made
    assert "<th scope='row'>a</th><td>one two</td>" in made


def test_without_griffe_the_reference_says_what_is_missing(root, monkeypatch):
    monkeypatch.setitem(sys.modules, "griffe", None)
    with pytest.raises(AnalysisError, match="griffe is not installed"):
        reference.pages(root)

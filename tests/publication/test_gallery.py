"""The gallery of figures and the methods appendix."""

import json
import re
import shutil

import nbformat
import pandas as pd
import pytest
from lxml import html
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from analysis.errors import AnalysisError
from analysis.publication import gallery, methods_appendix

PIXEL = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x04\x1b\x00\x00\x02\x00"


@pytest.fixture
def project(tmp_path):
    """A project with one figure and one table, whose texts want escaping."""
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "figures" / "tables").mkdir(parents=True)
    cells = [
        new_markdown_cell("# Who says <b>what</b>?"),
        new_markdown_cell("## A\n\n**Method.** Of MR. X, *U.S.* words are counted. Not shown."),
        new_code_cell('import analysis as da\nda.save_figure(fig, "02_a", caption="x")'),
        new_code_cell('da.save_table(made[["n"]], "02_b", caption="x")'),
        new_markdown_cell("**Method.** Of what comes after."),
    ]
    path = tmp_path / "notebooks" / "02_words.ipynb"
    nbformat.write(new_notebook(cells=cells), path)
    entry = {"caption": "A < B & <script>alert(1)</script>", "alt": 'He said "5 < 6" and $x$.'}
    for folder, name in (("figures", "02_a"), ("figures/tables", "02_b")):
        text = json.dumps({name: entry})
        (tmp_path / folder / "manifest.json").write_text(text)
    (tmp_path / "figures" / "02_a.png").write_bytes(PIXEL)
    return tmp_path


def test_a_figure_is_told_with_its_notebook_and_its_method(project):
    made = gallery.figures_made(project).iloc[0]
    assert (made["notebook"], made["title"]) == ("02_words.ipynb", "Who says <b>what</b>?")
    assert made["method"] == "Of MR. X, U.S. words are counted."
    assert made["width"] == 1051


def test_every_text_is_escaped_and_every_picture_described(project):
    page = gallery.figures_html(gallery.figures_made(project))
    page += gallery.tables_html(gallery.tables_made(project))
    tree = html.fragment_fromstring(page, create_parent="div")
    assert [image.get("alt") for image in tree.iter("img")] == ['He said "5 < 6" and $x$.']
    assert not list(tree.iter("script"))
    assert not list(tree.iter("b"))
    assert "A < B & <script>alert(1)</script>" in tree.text_content()
    assert "$" not in page
    names = [link.get("aria-label") or link.text for link in tree.iter("a")]
    assert len(set(names)) == len(names) - 1  # the notebook's title stands over both lists


@pytest.mark.parametrize("broken", ["figures/02_a.png", "notebooks/02_words.ipynb"])
def test_what_is_missing_is_named(project, broken):
    (project / broken).unlink()
    with pytest.raises(AnalysisError, match="02_"):
        gallery.figures_made(project)


def test_an_empty_project_has_no_gallery(project):
    (project / "figures" / "manifest.json").unlink()
    with pytest.raises(AnalysisError, match="make figures"):
        gallery.figures_made(project)


def test_all_that_the_gallery_links_to_is_there(root):
    page = gallery.figures_html(gallery.figures_made(root))
    page += gallery.tables_html(gallery.tables_made(root))
    links = re.findall(r'(?:href|src)="([^"]+)"', page)
    missing = [link for link in links if not (root / "notebooks" / link).is_file()]
    assert len(links) > 100
    assert missing == []
    assert len(page) < 200_000


def test_versions_are_those_of_the_lock(tmp_path):
    (tmp_path / "pyproject.toml").write_text(
        '[project]\nrequires-python = ">=3.11"\ndependencies = ["one", "two[x]>=2"]\n'
    )
    lock = "one==1.5 \\\n    --hash=sha256:ab\ntwo==2.1 ; python_full_version < '3.12' \\\n"
    (tmp_path / "requirements.lock").write_text(
        lock + "    --hash=sha256:cd\ntwo==2.2 ; python_full_version >= '3.12' \\\n"
    )
    found = methods_appendix.locked_versions(tmp_path).set_index("library")["version"]
    assert found["one"] == "1.5"
    # One version each: that of the reference environment, the oldest Python if none is named.
    assert found.loc[["two", "Python"]].tolist() == ["2.1", "3.11"]
    (tmp_path / ".python-version").write_text("3.13\n")
    found = methods_appendix.locked_versions(tmp_path).set_index("library")["version"]
    assert found.loc[["two", "Python"]].tolist() == ["2.2", "3.13"]
    (tmp_path / "requirements.lock").write_text("one==1.5\n")
    with pytest.raises(AnalysisError, match="two"):
        methods_appendix.locked_versions(tmp_path)


def test_settings_are_those_of_the_calls_and_else_the_defaults(tmp_path):
    cells = [
        new_code_cell(
            "from analysis.publication import figures\n"
            "from analysis.statistics.counts.rates import rates as r"
        ),
        new_code_cell(
            "r(a, b, by='g', seed=7)\nr(a, b, by='g', unit=each)\nfigures.save_figure(x)"
        ),
        new_code_cell("from analysis.statistics import group_tests\nprint(other(seed=9))"),
    ]
    nbformat.write(new_notebook(cells=cells), tmp_path / "02_words.ipynb")
    nbformat.write(new_notebook(cells=cells[:2]), tmp_path / "03_more.ipynb")
    nbformat.write(new_notebook(cells=cells[:2]), tmp_path / "90_hands.ipynb")
    found = methods_appendix.settings_used(tmp_path)
    assert set(found["function"]) == {"statistics.counts.rates.rates"}
    assert set(found["notebooks"]) == {"02, 03"}
    assert sorted(found["settings"]) == [
        "resamples 2000, level 0.95, seed 20130709",
        "unit appearance, resamples 2000, level 0.95, seed 7",
    ]


def test_the_appendix_follows_the_codebook(root, tmp_path):
    for name in ("data", "notebooks"):
        shutil.copytree(root / name, tmp_path / name)
    for name in (".python-version", "pyproject.toml", "requirements.lock"):
        shutil.copy(root / name, tmp_path / name)
    (tmp_path / "figures").mkdir()
    before = methods_appendix.write(top=tmp_path)
    assert before == (root / "figures" / "methods.md").read_text(encoding="utf-8")
    book = tmp_path / "data" / "codebook.toml"
    text = book.read_text(encoding="utf-8")
    book.write_text(text.replace('version = "1.0"', 'version = "9.9"'), encoding="utf-8")
    after = methods_appendix.write(top=tmp_path)
    assert "version 9.9" in after
    assert "version 9.9" not in before
    assert "version 9.9" in (tmp_path / "figures" / "methods.tex").read_text(encoding="utf-8")


def test_latex_and_markdown_escape_every_cell():
    parts = [("A & B", ["50% of $x_1$"], pd.DataFrame({"a|b": ["<c>", "d_e"]}))]
    markdown, latex = methods_appendix.to_markdown(parts), methods_appendix.to_latex(parts)
    assert r"| a\|b |" in markdown
    assert r"\<c\>" in markdown
    assert r"\$x\_1\$" in markdown
    assert r"A \& B" in latex
    assert r"50\% of \$x\_1\$" in latex
    assert r"d\_e \\" in latex
    assert latex.count(r"\begin{longtable}") == latex.count(r"\end{longtable}") == 1

"""Every committed table, caption and appendix as LaTeX sets it, on the page of an article."""

import os
import re
import subprocess

import pytest

from analysis.publication.escaping import latex as escaped
from analysis.publication.longtable import longtable

MOST = 2.0
"""Points by which a box may stick out before a reader sees it."""

PAGE = r"""\documentclass[a4paper]{article}
\usepackage[T1]{fontenc}
\usepackage{array,booktabs,graphicx,longtable}
\graphicspath{{%s/}}
\begin{document}
%s
\end{document}
"""


@pytest.fixture(scope="module")
def pdflatex(program):
    return program("pdflatex", "texlive-latex-recommended")


@pytest.fixture
def sets(pdflatex, tmp_path):
    """Return what is wrong with parts of a page, by the name of the part."""

    def wrong(parts, graphics="."):
        body = "\n".join(f"\\typeout{{@@ {name}}}{text}\\clearpage" for name, text in parts.items())
        (tmp_path / "page.tex").write_text(PAGE % (graphics, body), encoding="utf-8")
        # Once without a picture of the page: only what LaTeX says of it is read.
        subprocess.run(
            [pdflatex, "-draftmode", "-interaction=nonstopmode", "page.tex"],
            cwd=tmp_path,
            capture_output=True,
            check=False,
            env={**os.environ, "max_print_line": "1000"},
        )
        log = (tmp_path / "page.log").read_text(encoding="utf-8", errors="replace")
        found, part = {}, ""
        for line in log.splitlines():
            if line.startswith("@@ "):
                part = line[3:].split()[0].rstrip(")")
            over = re.match(r"Overfull \\hbox \(([\d.]+)pt", line)
            if line.startswith("!") or (over and float(over[1]) > MOST):
                found.setdefault(part, []).append(line)
        return found

    return wrong


def test_every_table_caption_and_appendix_fits_an_article_on_a4(root, sets):
    files = [*(root / "figures").glob("*.tex"), *(root / "figures" / "tables").glob("*.tex")]
    assert len(files) > 60
    parts = {
        f"{path.parent.name}/{path.stem}": f"\\input{{{path.as_posix()}}}" for path in sorted(files)
    }
    assert sets(parts, root.as_posix()) == {}


def test_a_table_too_wide_would_be_named(sets):
    wide = r"\begin{tabular}{l}" + "accountability " * 12 + r"\end{tabular}"
    assert list(sets({"narrow": "Fine.", "wide": wide})) == ["wide"]


@pytest.mark.parametrize("columns", [1, 4, 9, 25])
def test_tables_of_any_shape_fit(columns, sets):
    heads = ["speaker", *(f"oversight and accountability {n}" for n in range(columns))]
    rows = [["A body with a long name_of_its own, and others " * 2, *["1,234.567"] * columns]] * 60
    table = longtable(heads, rows, [False, *[True] * columns], caption="C.", label="tab:x")
    assert sets({"table": table}) == {}


def test_every_sign_that_is_escaped_can_be_set(sets):
    signs = '\\&%$#_{}~^<>|"–—“”‘’…·×−±½≥≤→←∞›₁₂²ακχéüßøñ'
    assert sets({"signs": escaped(signs)}) == {}

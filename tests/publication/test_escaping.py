"""A file of LaTeX says at its head what sets it, where pdfLaTeX cannot."""

import re
import subprocess

import pytest

from analysis.publication.escaping import headed, latex
from analysis.publication.longtable import longtable


@pytest.mark.parametrize("text", ["Zoë Müller", "José Núñez, Łódź", "“10” € – ş ț ő", r"\alpha"])
def test_latin_letters_need_no_remedy(text):
    assert headed(text) == text


@pytest.mark.parametrize(
    ("name", "font"),
    [
        ("Иван Петров", "DejaVuSerif.ttf"),
        ("Ελένη Παππά", "DejaVuSerif.ttf"),
        ("张伟", "NotoSerifCJK-Regular.ttc"),
        ("김민준", "NotoSerifCJK-Regular.ttc"),
    ],
)
def test_other_letters_are_named_with_engine_and_font(name, font):
    made = headed(longtable(["speaker", "n"], [[name, "1"]], [False, True]))
    comment = [line for line in made.splitlines() if line.startswith("% ")]
    assert len(comment) == 4
    assert set(comment[0].partition(": ")[2].split()) == set(name) - {" "}
    assert "LuaLaTeX" in comment[1]
    assert font in comment[3]


def test_a_greek_letter_alone_is_a_symbol_and_in_a_name_a_letter():
    assert latex("α = 0.7, Παππά") == r"$\alpha$ = 0.7, Παππά"


def test_what_the_head_says_sets_the_table(program, tmp_path):
    lualatex, finder = (program(name, "texlive-luatex") for name in ("lualatex", "kpsewhich"))
    needed = [finder, "luaotfload.sty"]
    if subprocess.run(needed, capture_output=True, check=False).returncode:
        pytest.skip("needs LuaLaTeX's fonts (Debian: apt-get install texlive-luatex fonts-dejavu)")
    rows = [[name, "1"] for name in ("Иван Петров", "Ελένη Παππά", "Zoë Müller, “говорила”")]
    made = headed(longtable(["speaker", "n"], rows, [False, True], caption="Имена."))
    preamble = re.findall(r"^% (\\.+)$", made, re.MULTILINE)
    page = [r"\documentclass[a4paper]{article}", *preamble]
    page += [r"\usepackage{array,booktabs,graphicx,longtable}", r"\begin{document}", made]
    (tmp_path / "page.tex").write_text("\n".join([*page, r"\end{document}"]), encoding="utf-8")
    command = [lualatex, "-draftmode", "-interaction=nonstopmode", "page.tex"]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)
    log = (tmp_path / "page.log").read_text(encoding="utf-8", errors="replace")
    assert not re.findall(r"^!.*|Missing character.*|Overfull.*", log, re.MULTILINE)

"""The ten commonest jobs run as the page prints them, in one import and some twenty lines."""

import ast
import re
import shutil

import pytest

BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def page(root):
    return (root / "docs" / "ten-jobs.md").read_text(encoding="utf-8")


def test_the_ten_jobs_run_as_printed(page, root, tmp_path, monkeypatch):
    shutil.copytree(root / "data", tmp_path / "data")
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "figures").mkdir()
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    values = []
    for block in BLOCK.findall(page):
        *before, last = ast.parse(block).body
        exec(compile(ast.Module(before, []), "page", "exec"), names)
        if isinstance(last, ast.Expr):
            values.append(eval(compile(ast.Expression(last.value), "page", "eval"), names))
        else:
            exec(compile(ast.Module([last], []), "page", "exec"), names)
    lines, concordance, contrast, keywords, company, saved, shares, bench = values
    assert {"asserted", "denied", "mentioned"} == set(names["lines"]["stance"])
    assert lines["speaker"].nunique() > 5
    assert len(concordance) > 10
    assert set(contrast["frame"]) == set(names["study"].occurrences["frame"])
    assert (keywords["units_focus"] > 0).any()
    assert set(company["group"]) == {"civil society", "government"}
    assert (tmp_path / "figures" / "00_mass_surveillance.pdf").is_file()
    assert "00_mass_surveillance.png" in saved
    assert len(shares) > 3
    assert (tmp_path / "notebooks" / "my_study.ipynb").is_file()
    assert type(bench).__name__ == "Workbench"


def test_one_import_and_some_twenty_lines(page):
    code = "\n".join(BLOCK.findall(page))
    statements = ast.parse(code).body
    assert sum(isinstance(node, ast.Import | ast.ImportFrom) for node in statements) == 1
    assert len(statements) <= 21
    numbered = [int(number) for number in re.findall(r"^\*\*(\d+)\.", page, re.MULTILINE)]
    assert numbered == list(range(1, 11))

"""The page on labels, run as printed."""

import re

import pytest

from analysis.storage import project


@pytest.fixture
def page(root):
    return (root / "docs" / "labels.md").read_text(encoding="utf-8")


def test_it_runs_as_printed(page, root, tmp_path, monkeypatch, capsys):
    (tmp_path / "build").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(project, "root", lambda: root)
    blocks = re.findall(r"^```python\n(.*?)^```", page, re.M | re.S)
    assert len(blocks) >= 8
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, "docs/labels.md", "exec"), names)
    contrast = names["contrast"].set_index(["annotator", "method"])
    # Bare labels of the two annotators disagree; corrected by the same codes they agree.
    raw = contrast["difference"].xs("raw", level="method")
    corrected = contrast["difference"].xs("prediction-powered", level="method")
    assert abs(corrected.diff().iloc[-1]) < 0.03
    assert abs(raw.diff().iloc[-1]) > 0.01
    assert (tmp_path / "build" / "tf-idf.jsonl").is_file()
    assert "design-based" in capsys.readouterr().out

"""The draft of a paper: it has the parts a journal asks for and cites what it lists."""

import re
import tomllib

import yaml

PARTS = (
    *("Summary", "Statement of need", "State of the field", "Software design", "Research use"),
    *("AI usage disclosure", "References"),
)


def test_the_draft_has_its_parts_and_cites_what_is_listed(root):
    folder = root / "docs" / "paper"
    _, head, text = (folder / "paper.md").read_text(encoding="utf-8").split("---\n", 2)
    assert {"title", "tags", "authors", "affiliations", "bibliography"} <= set(yaml.safe_load(head))
    assert re.findall(r"^# (.+)$", text, re.MULTILINE) == list(PARTS)
    listed = re.findall(r"^@\w+\{(\w+),", (folder / "paper.bib").read_text("utf-8"), re.MULTILINE)
    assert set(re.findall(r"@(\w+)", text)) == set(listed)
    assert len(listed) == len(set(listed))
    assert 250 < len(text.split()) < 1_750
    assert "not submitted" in text


def test_the_citation_and_the_package_say_the_same(root):
    cited = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert cited["version"] == project["version"]
    assert cited["license"] == project["license"]
    assert set(cited["keywords"]) <= set(project["keywords"])
    assert len(cited["abstract"]) > 300
    assert all({"type", "title", "authors", "year"} <= set(work) for work in cited["references"])

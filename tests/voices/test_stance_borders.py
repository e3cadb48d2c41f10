"""The borders that docs/coding.md draws: the program codes each example as the page says."""

import re

import pytest

from analysis.voices import stance


def borders(root):
    """Yield the examples of the table that one code alone follows."""
    page = (root / "docs" / "coding.md").read_text(encoding="utf-8")
    for line in page.split("### Stance: borderline cases")[1].split("\n## ")[0].split("\n"):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        code = re.match(r"(asserted|denied|mentioned)\b", cells[-1]) if len(cells) == 3 else None
        if code and cells[1].count("**") >= 2 and "; " not in cells[-1]:
            for example in re.findall(r"[^.?!]*\*\*[^*]+\*\*[^.?!]*[.?!](?: No\.)?", cells[1]):
                yield cells[0], example.strip(), code.group(), cells[-1]


def judge(example):
    speaker = re.match(r"[A-Z]+: ", example)
    text = example[speaker.end() :] if speaker else example
    start = text.index("**")
    end = text.index("**", start + 2) - 2
    mode = "indirect" if text.startswith("He said the search") else "turn"
    return stance(text.replace("**", ""), start, end, mode=mode)


def test_every_border_is_coded_as_the_page_says(root):
    found = list(borders(root))
    assert len(found) >= 25
    wrong = [
        (case, example, code, judge(example).stance)
        for case, example, code, _ in found
        if judge(example).stance != code
    ]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "hedged"),
    [
        ("This may not be bulk collection.", False),
        ("They would have used bulk collection.", True),
        ("This is bulk collection, isn't it?", False),
        ("I think that this is bulk collection.", False),
    ],
)
def test_hedged_as_the_page_defines_it(text, hedged):
    start = text.index("bulk")
    assert stance(text, start, start + 15).hedged is hedged

"""The numbers of captions are led back to the code and the lines they come from."""

import json

import pandas as pd
import pytest

from analysis.publication.caption_numbers import caption_numbers, plotting_cell, saving_cell
from analysis.publication.figures import read_manifest
from analysis.publication.wording import sentences
from analysis.reproduction import evidence


def notebook(*cells):
    first = "import analysis as da"
    return {"cells": [{"cell_type": "code", "source": cell} for cell in (first, *cells)]}


def save(caption):
    return f'da.save_figure(fig, "01_a", data=rows, caption={caption}, alt="A")'


def test_a_number_knows_its_expression_through_names_and_joined_strings():
    book = notebook(
        'kind = "denied"\nlines = rows[rows["stance"] == kind]',
        'first, last = len(rows), len(lines)\nfinding = f"{first:,} rows, {last} of them denied"',
        "lines = None",
        save('f"{finding}; " + f"per 1,000 words {100 * last / first:.1f}%."'),
    )
    numbers = caption_numbers("1,204 rows, 7 of them denied; per 1,000 words 0.6%.", book, "01_a")
    assert [(n.text, n.expression) for n in numbers] == [
        ("1,204", "first"),
        ("7", "last"),
        ("1,000", ""),
        ("0.6%", "100 * last / first"),
    ]
    # The statements before the one that counts, and not the later one of the same name.
    assert numbers[1].statements[-1].startswith("first, last =")
    assert "lines = None" not in numbers[1].statements
    assert {"denied", "stance"} <= frozenset().union(*numbers[1].literals)


def test_a_caption_that_is_not_what_the_notebook_says_has_no_expressions():
    book = notebook("n = 3", save('f"Of {n} lines."'))
    assert [n.expression for n in caption_numbers("All 3 rows.", book, "01_a")] == [""]
    assert [n.expression for n in caption_numbers("Of 3 lines.", book, "02_b")] == [""]


@pytest.mark.parametrize(
    ("caption", "numbers"),
    [
        ("31 in 2013, 9 in 2014,", ["31", "2013", "9", "2014"]),
        ("p = 0.008, 1,204,000 words, 5.5%.", ["0.008", "1,204,000", "5.5%"]),
        ("log2 of -0.5; log₂; 02_frames; F1", ["-0.5"]),
    ],
)
def test_what_a_number_is(caption, numbers):
    assert [n.text for n in caption_numbers(caption, notebook(), "01_a")] == numbers


def test_a_cell_that_is_no_python_is_passed_over():
    book = notebook("%matplotlib inline", "n = 3", save('f"Of {n} lines."'))
    assert caption_numbers("Of 3 lines.", book, "01_a")[0].expression == "n"
    assert saving_cell(book, "01_a") == 3
    assert plotting_cell(book, "01_a") is None


@pytest.fixture(scope="module")
def committed(root):
    """Return, for every committed figure, its numbers and the evidence of each."""
    books = [json.loads(p.read_text()) for p in sorted((root / "notebooks").glob("[0-8]*.ipynb"))]
    found, said = {}, sentences(root)
    for name, entry in read_manifest(root / "figures").items():
        book = next(book for book in books if saving_cell(book, name) is not None)
        table = evidence.lines(root, entry["inputs"])
        source = pd.read_csv(root / "figures" / f"{name}.csv", keep_default_na=False)
        numbers = caption_numbers(entry["caption"], book, name, said)
        found[name] = [(n, evidence.behind(n, table, source)) for n in numbers]
    return found


@pytest.mark.no_cover
def test_every_committed_caption_is_laid_over_its_notebook(committed):
    for name, numbers in committed.items():
        assert any(number.expression for number, _ in numbers), name


def test_counts_of_the_composed_stories_are_their_lines(committed):
    computed = [(n, e) for n, e in committed["04_voice_by_stance"] if n.expression]
    assert len(computed) >= 4
    for number, found in computed:
        assert found.counted, number.text
        assert (found.lines["node"] != "").all()
        assert len(set(found.lines["term"])) == 1


def test_lines_of_the_study_have_places_and_no_text(committed):
    counted = [e for n, e in committed["04_stance_in_hearings"] if n.expression and e.counted]
    assert len(counted) >= 3
    for found in counted:
        assert (found.lines[["left", "node", "right"]] == "").all(axis=None)
        assert (found.lines["end"].astype(int) > found.lines["start"].astype(int)).all()

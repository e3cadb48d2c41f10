"""Sentences beside the notebooks: filled by name, refused where they cannot be."""

import json
import re

import pandas as pd
import pytest

from analysis import AnalysisError, wording
from analysis.publication.caption_numbers import caption_numbers
from analysis.publication.saving_cells import FIGURE, TABLE, saved
from analysis.publication.tables import save_table
from analysis.publication.wording import FOLDER, sentences

ENTRY = """
[01_a]
finding = "{top[rate]:.2f} per 1,000 words, {share:.0%} of {n:,}."
caption = "{finding} Intervals: {intervals}."
alt = "Dots. {finding}"
table = "Rates."
"""


@pytest.fixture
def project(tmp_path, monkeypatch):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "codebook.toml").touch()
    (tmp_path / FOLDER).mkdir(parents=True)
    (tmp_path / FOLDER / "01_first.toml").write_text(ENTRY, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


FIELDS = {"top": pd.Series({"rate": 1.234}), "share": 0.456, "n": 1204}


def test_fields_are_filled_and_a_finding_is_said_once(project):
    said = wording("01_a", **FIELDS)
    assert said.finding == "1.23 per 1,000 words, 46% of 1,204."
    assert said.alt == f"Dots. {said.finding}"
    assert said.caption.startswith(f"{said.finding} Intervals: bootstrap")
    assert said.table == "Rates."


@pytest.mark.parametrize(
    ("name", "fields", "message"),
    [
        ("01_b", FIELDS, r"no \[01_b\]"),
        ("02_a", FIELDS, "no captions of notebook 02"),
        ("01_a", {**FIELDS, "idle": 1}, "no sentence uses idle"),
        ("01_a", {"top": FIELDS["top"]}, "cannot be filled.*share"),
        ("01_a", {**FIELDS, "n": "many"}, "cannot be filled"),
        ("01_a", {**FIELDS, "top": pd.Series({"low": 1.0})}, "cannot be filled.*rate"),
    ],
)
def test_what_cannot_be_said_is_refused_by_file_and_name(project, name, fields, message):
    with pytest.raises(AnalysisError, match=message):
        wording(name, **fields)


@pytest.mark.parametrize("text", ["[01_a", "[01_a]\ntitle = 'T'", "[01_a]\nalt = 3", "x = 1"])
def test_a_file_that_holds_no_sentences_is_named(project, text):
    (project / FOLDER / "01_first.toml").write_text(text, encoding="utf-8")
    with pytest.raises(AnalysisError, match=r"01_first\.toml"):
        wording("01_a")


def test_a_table_finds_its_caption_beside_the_notebook(project):
    save_table(pd.DataFrame({"rate": [1.0]}), "01_a")
    manifest = json.loads((project / "figures" / "tables" / "manifest.json").read_text())
    assert manifest["01_a"]["caption"] == "Rates."


def test_a_number_of_a_sentence_knows_the_expression_that_filled_it(project):
    code = "import analysis as da\nrows = read()\ntop = rows.loc['board']\n"
    code += "said = da.wording('01_a', top=top, share=rows['part'].sum(), n=len(rows))\n"
    code += "da.save_figure(fig, '01_a', caption=said.caption)"
    book = {"cells": [{"cell_type": "code", "source": code}]}
    caption = wording("01_a", **FIELDS).caption
    found = caption_numbers(caption, book, "01_a", sentences(project))
    expressions = {number.text: number.expression for number in found}
    assert expressions["1.23"] == "top['rate']"
    assert expressions["46%"] == "rows['part'].sum()"
    assert expressions["1,204"] == "len(rows)"
    assert expressions["1,000"] == ""
    board = next(number for number in found if number.text == "1.23")
    assert {"board", "rate"} <= frozenset().union(*board.literals)


def test_every_sentence_belongs_to_what_a_notebook_saves(root):
    made = {}
    for path in (root / "notebooks").glob("[0-8]*.ipynb"):
        for call in saved(json.loads(path.read_text(encoding="utf-8"))):
            made.setdefault(call.name, set()).add(call.kind)
    for name, entry in sentences(root).items():
        assert ("caption" in entry) == (FIGURE in made[name]), name
        assert ("table" in entry) <= (TABLE in made[name]), name


def test_no_caption_is_written_in_a_cell(root):
    for path in (root / "notebooks").glob("[0-8]*.ipynb"):
        for call in saved(json.loads(path.read_text(encoding="utf-8"))):
            for word in call.call.keywords:
                if word.arg in ("caption", "alt"):
                    # The name of something that a captions file says.
                    assert type(word.value).__name__ == "Attribute", (path.stem, call.name)


def printed(root):
    """Yield the texts that a reader sees: where, and what."""
    for folder in ("figures", "figures/tables"):
        manifest = json.loads((root / folder / "manifest.json").read_text(encoding="utf-8"))
        for name, entry in manifest.items():
            for part in ("title", "caption", "alt"):
                yield f"{name}, {part}", entry.get(part, "")
    yield "README", (root / "README.md").read_text(encoding="utf-8")
    for path in sorted((root / "notebooks").glob("[0-8]*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            if cell["cell_type"] == "markdown":
                yield f"{path.stem}, {cell['id']}", "".join(cell["source"])


def test_a_frame_and_a_term_never_share_a_printed_name(root):
    """What is both a frame's id and a term is printed as the term only, in quotation marks."""
    import analysis as da

    for file in ("codebook.toml", "codebook_revised.toml"):
        book = da.read_codebook(root / "data" / file)
        shared = set(book.frames["id"]) & set(book.terms["id"])
        assert {label.casefold() for label in book.labels.values()}.isdisjoint(book.terms["id"])
    assert shared
    bare = re.compile(rf"\bframes? \*?({'|'.join(shared)})|\*({'|'.join(shared)})\*|mass-surveill")
    for where, text in printed(root):
        assert not bare.search(text), where
    for path in (root / "figures" / "tables").glob("*.csv"):
        table = pd.read_csv(path, dtype=str, keep_default_na=False)
        if "frame" in table:
            assert set(table["frame"]).isdisjoint(book.frames["id"]), path.name

"""However a cell calls the library, all three readers of notebooks find what it saves."""

import json

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output

from analysis.publication import caption_numbers, gallery, site
from analysis.publication.saving_cells import FIGURE, TABLE, saved

WAYS = [
    'import analysis as da\nda.save_figure(fig, "02_x", caption="A 1.")',
    "import analysis\nanalysis.save_figure(fig, '02_x', caption='A 1.')",
    'import analysis as da\nda.save_figure(fig, name="02_x", caption="A 1.")',
    'import analysis as da\nda.save_figure(ax.figure, "02_x", caption="A 1.")',
    'import analysis as da\nNAME = "02_x"\nda.save_figure(fig, NAME, caption="A 1.")',
    'from analysis.publication import figures\nfigures.save_figure(fig, "02_x", caption="A 1.")',
    'from analysis import save_figure as keep\nkeep(fig, "02_x", caption="A 1.")',
    'import analysis.publication.figures as f\nhashes = f.save_figure(fig, "02_x", caption="A 1.")',
    'import analysis.publication.figures\nanalysis.publication.figures.save_figure(fig, "02_x")',
]
OTHERS = [
    'figures.save_figure(fig, "02_x")',
    "import analysis as da\nprint('da.save_figure(fig, \"02_x\")')",
    '# da.save_figure(fig, "02_x")',
    'import shelf as da\nda.save_figure(fig, "02_x")',
    'import analysis as da\nda.save_figure(fig, "02_y")',
]
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c49444154789c63606060"
    "0000000400012734270a0000000049454e44ae426082"
)


def notebook(source):
    picture = new_output("display_data", {"image/png": "aGk="})
    return new_notebook(cells=[new_code_cell(source, outputs=[picture])])


@pytest.mark.parametrize("source", WAYS)
def test_every_way_to_save_is_found_by_all(source, tmp_path):
    book = notebook(source)
    assert [(call.cell, call.kind, call.name) for call in saved(book)] == [(0, FIGURE, "02_x")]
    assert caption_numbers.saving_cell(book, "02_x") == 0
    assert caption_numbers.plotting_cell(book, "02_x") == 0
    (tmp_path / "notebooks").mkdir()
    (tmp_path / "figures").mkdir()
    nbformat.write(book, tmp_path / "notebooks" / "02_words.ipynb")
    entry = {"caption": "A 1.", "alt": "Dots."}
    (tmp_path / "figures" / "manifest.json").write_text(json.dumps({"02_x": entry}))
    (tmp_path / "figures" / "02_x.png").write_bytes(PIXEL)
    assert gallery.figures_made(tmp_path)["notebook"].tolist() == ["02_words.ipynb"]
    site._describe(book, {"02_x": entry}, tmp_path / "notebooks" / "02_words.ipynb")
    assert book.cells[0].outputs[0].metadata["image/png"] == {"alt": "Dots."}


@pytest.mark.parametrize("source", OTHERS)
def test_what_only_looks_like_saving_is_not_found(source):
    assert caption_numbers.saving_cell(notebook(source), "02_x") is None


def test_names_hold_from_one_cell_to_the_next_and_tables_are_told_from_figures():
    cells = [
        new_code_cell("import analysis as da"),
        new_code_cell("%matplotlib inline"),
        new_code_cell('da.save_table(a, "02_a", caption="")\nda.save_table(b, "02_b", caption="")'),
    ]
    found = [(call.cell, call.kind, call.name) for call in saved(new_notebook(cells=cells))]
    assert found == [(2, TABLE, "02_a"), (2, TABLE, "02_b")]

"""What a notebook must be before anyone runs it; nothing is run here."""

import ast
import base64
import io
import json
import re
from collections import Counter
from pathlib import Path

import pytest
from matplotlib import image

from analysis.publication.saving_cells import FIGURE, TABLE, saved

NOTEBOOKS = sorted((Path(__file__).parents[2] / "notebooks").glob("*.ipynb"))
LEAKS = re.compile(r"0x[0-9a-f]{6,}|/(home|root|tmp|Users|work)/|ipykernel_\d")


def read(path):
    return json.loads(path.read_text(encoding="utf-8"))


def code(path):
    return [cell for cell in read(path)["cells"] if cell["cell_type"] == "code"]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return request.param


def test_the_suite_is_complete():
    numbers = [path.stem[:2] for path in NOTEBOOKS]
    assert numbers[:8] == ["00", "01", "02", "03", "04", "05", "06", "07"]


def test_it_was_run_from_top_to_bottom(notebook):
    counts = [cell["execution_count"] for cell in code(notebook)]
    assert counts == list(range(1, len(counts) + 1))


def test_cells_are_short_and_have_fixed_ids(notebook):
    cells = read(notebook)["cells"]
    names = [cell["id"] for cell in cells]
    assert len(set(names)) == len(names)
    for cell in code(notebook):
        assert len("".join(cell["source"]).splitlines()) <= 12, cell["id"]


def test_no_cell_does_what_nbval_cannot_compare(notebook):
    for cell in code(notebook):
        source = "".join(cell["source"])
        assert not source.rstrip().endswith(";"), cell["id"]
        assert not re.search(r"clear_output|tqdm|%timeit|^!|\bdef \b", source, re.M), cell["id"]
        assert "nbval-ignore-output" not in cell["metadata"].get("tags", []), cell["id"]


def test_it_finds_its_files_from_any_folder_of_the_project(notebook):
    for cell in code(notebook):
        assert not re.search(r"[\"']\.\./", "".join(cell["source"])), cell["id"]


def test_a_cell_that_only_saves_is_folded_so_that_the_article_reads_on(notebook):
    for cell in code(notebook):
        folded = cell["metadata"].get("jupyter", {}).get("source_hidden", False)
        assert folded == only_saves("".join(cell["source"])), cell["id"]


def only_saves(source):
    body = ast.parse(source).body
    value = getattr(body[0], "value", None) if len(body) == 1 else None
    return isinstance(value, ast.Call) and ast.unparse(value.func) in (
        "da.save_figure",
        "da.save_table",
    )


def test_outputs_tell_nothing_of_the_machine(notebook):
    assert "execution" not in json.dumps([cell["metadata"] for cell in code(notebook)])
    for cell in code(notebook):
        for output in cell["outputs"]:
            assert output.get("name") != "stderr", cell["id"]
            assert output["output_type"] != "error", cell["id"]
            text = {k: v for k, v in output.get("data", {}).items() if not k.startswith("image/")}
            assert not LEAKS.search(json.dumps(text) + json.dumps(output.get("text", "")))


def test_no_picture_is_cut_off_at_its_edge(notebook):
    for cell in code(notebook):
        for output in cell["outputs"]:
            if encoded := "".join(output.get("data", {}).get("image/png", "")):
                pixels = image.imread(io.BytesIO(base64.b64decode(encoded)))[..., :3]
                for edge in (pixels[:2], pixels[-2:], pixels[:, :2], pixels[:, -2:]):
                    assert edge.min() > 0.9, cell["id"]


def test_the_kernel_is_the_plain_one(notebook):
    metadata = read(notebook)["metadata"]
    assert metadata["kernelspec"]["name"] == "python3"
    assert "version" not in metadata["language_info"]


def test_every_figure_is_made_once_in_the_notebook_its_name_says(root):
    made = {}
    for path in NOTEBOOKS:
        for name in [call.name for call in saved(read(path)) if call.kind == FIGURE]:
            assert name[:2] == path.stem[:2], name
            assert name not in made, name
            made[name] = path.stem
    manifest = json.loads((root / "figures" / "manifest.json").read_text(encoding="utf-8"))
    assert set(made) == set(manifest)


def test_every_table_shown_is_written_for_print(notebook):
    if notebook.stem > "9":
        pytest.skip("a workbench shows what its user picks")
    tables = Counter(call.cell for call in saved(read(notebook)) if call.kind == TABLE)
    for number, cell in enumerate(read(notebook)["cells"]):
        shown = sum(
            'class="dataframe"' in "".join(output.get("data", {}).get("text/html", ""))
            for output in cell.get("outputs", [])
        )
        assert tables[number] == shown, cell["id"]


def test_tables_for_print_are_those_the_notebooks_show(root):
    made = []
    for path in NOTEBOOKS:
        for name in [call.name for call in saved(read(path)) if call.kind == TABLE]:
            assert name[:2] == path.stem[:2], name
            made.append(name)
    manifest = json.loads((root / "figures/tables/manifest.json").read_text(encoding="utf-8"))
    assert sorted(made) == sorted(manifest)
    files = {path.stem for path in (root / "figures" / "tables").glob("[0-9]*.*")}
    assert files == set(manifest)


def test_the_start_lists_every_notebook():
    start = "".join("".join(cell["source"]) for cell in read(NOTEBOOKS[0])["cells"])
    others = [path.name for path in NOTEBOOKS[1:]]
    assert [name for name in others if f"]({name})" not in start] == []

"""Each of many single changes to what is committed is found, and its place named."""

import base64
import io
import json
import re
import shutil
import subprocess

import matplotlib.image
import nbformat
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from analysis.cli import main
from analysis.errors import AnalysisError
from analysis.reproduction import notebooks, reproduce
from analysis.reproduction import page as reproduction_page
from analysis.study import data_manifest

FIGURE = "figures/04_voice_by_stance"
NOTEBOOK = "notebooks/04_news_voices.ipynb"
STUDY = "data/studies/oversight"


@pytest.fixture(scope="module")
def built(root, tmp_path_factory):
    """Return the committed state, which stands for the rebuilt one."""
    top = tmp_path_factory.mktemp("built") / "built"
    for folder in ("data", "figures", "notebooks"):
        aside = shutil.ignore_patterns(".*")
        shutil.copytree(root / folder, top / folder, ignore=aside)
    return top


@pytest.fixture(scope="module")
def copy(built, tmp_path_factory):
    return shutil.copytree(built, tmp_path_factory.mktemp("copy") / "copy")


def replaced(old, new):
    return lambda content: content.replace(old.encode(), new.encode(), 1)


def pixel(content):
    picture = matplotlib.image.imread(io.BytesIO(content)).copy()
    picture[100, 200, 0] = 1 - picture[100, 200, 0]
    sink = io.BytesIO()
    matplotlib.image.imsave(sink, picture, format="png")
    return sink.getvalue()


def one_word_more(content):
    table = pq.read_table(io.BytesIO(content))
    counts = table["count"].to_numpy().copy()
    counts[17] += 1
    sink = io.BytesIO()
    pq.write_table(table.set_column(3, "count", pa.array(counts, pa.int32())), sink)
    return sink.getvalue()


def digit(content):
    """Make the first digit another one."""
    return re.sub(rb"\d", lambda found: b"%d" % ((int(found[0]) + 1) % 10), content, count=1)


def last_digit(content):
    return digit(content[::-1])[::-1]


def cell(kind, change):
    """Change the first cell of a notebook that has an output of a kind."""

    def changed(content):
        book = json.loads(content)
        for part in book["cells"]:
            for output in part.get("outputs", []):
                if kind in output.get("data", {}):
                    change(part, output["data"])
                    return json.dumps(book, indent=1, ensure_ascii=False).encode() + b"\n"
        raise LookupError(kind)

    return changed


def other_picture(_, data):
    data["image/png"] = base64.b64encode(pixel(base64.b64decode(data["image/png"]))).decode()


def other_number(_, data):
    data["text/markdown"] = digit("".join(data["text/markdown"]).encode()).decode()


def other_source(part, _):
    part["source"] = ["".join(part["source"]).replace("=", "=  0 *", 1)]


def other_alt(content):
    entries = json.loads(content)
    entries["04_voice_by_stance"]["alt"] = "Bars."
    return json.dumps(entries, indent=2, ensure_ascii=False).encode() + b"\n"


def other_hash(content):
    entries = json.loads(content)
    entries["04_voice_by_stance"]["files"]["04_voice_by_stance.csv"] = "0" * 64
    return json.dumps(entries, indent=2, ensure_ascii=False).encode() + b"\n"


TAMPERINGS = {
    "a pixel": (f"{FIGURE}.png", pixel, "pixels 200–200 across, 100–100 down"),
    "a path of an SVG": (f"{FIGURE}.svg", replaced("L 518.", "L 508."), "differ, by 10 at most"),
    "a byte of a PDF": (f"{FIGURE}.pdf", last_digit, "bytes differ, first byte"),
    "a count drawn": (f"{FIGURE}.csv", last_digit, "difference "),
    "a caption": (f"{FIGURE}.md", digit, "word 2: committed “Of 68 "),
    "a LaTeX caption": (f"{FIGURE}.tex", replaced("58", "59"), "committed “\\caption{Of 59"),
    "a hash": ("figures/manifest.json", other_hash, "files › 04_voice_by_stance.csv"),
    "an alt text": ("figures/manifest.json", other_alt, "04_voice_by_stance › alt"),
    "an alt text in an SVG": (f"{FIGURE}.svg", replaced("Stacked", "Piled"), "Piled"),
    "a figure taken away": ("figures/01_words_by_group.png", None, "there now, but not committed"),
    "a figure nothing makes": ("figures/99_extra.png", pixel, "committed, but not there now"),
    "a number in an output": (NOTEBOOK, cell("text/markdown", other_number), "text/markdown word"),
    "a picture in an output": (NOTEBOOK, cell("image/png", other_picture), "image/png, pixels 200"),
    "a line of code": (NOTEBOOK, cell("text/markdown", other_source), "source word"),
    "a document": (f"{STUDY}/documents.csv", replaced("2013", "2012"), "changed"),
    "an utterance's words": (f"{STUDY}/utterances.csv", replaced(",0,18\n", ",0,81\n"), "changed"),
    "an occurrence": (f"{STUDY}/occurrences.csv", replaced("asserted", "denied"), "changed"),
    "a count of a word": (f"{STUDY}/words.parquet", one_word_more, "changed"),
    "a speaker's group": (f"{STUDY}/speakers.csv", replaced(",board", ",judge"), "changed"),
    "a study's manifest": (
        f"{STUDY}/manifest.json",
        replaced('"word": "A', '"word": "B'),
        "changed",
    ),
    "a code of the coders": (f"{STUDY}/coding/codes_A.csv", replaced("yes", "no"), "changed"),
    "a pattern": ("data/codebook.toml", replaced("dark", "dim"), "changed"),
    "a composed text": ("data/demo/press_01.txt", replaced("e", "a"), "changed"),
    "a mark of its writer": ("data/demo/press_01.marks.json", replaced("true", "false"), "changed"),
    "an accuracy": ("data/voices/accuracy.csv", replaced("0.958", "0.985"), "changed"),
    "a source": ("data/sources.toml", replaced("sha256", "sha265"), "changed"),
    "data taken away": ("data/voices/errors.csv", None, "missing"),
    "data nothing records": ("data/demo/press_09.txt", replaced("e", "a"), "in no manifest"),
}


@pytest.mark.parametrize("name", TAMPERINGS)
def test_a_single_change_is_named(copy, built, name):
    file, change, said = TAMPERINGS[name]
    path = copy / file
    before = path.read_bytes() if path.is_file() else None
    try:
        if change is None:
            path.unlink()
        else:
            # A file that nothing makes is a copy of one that something does.
            like = path if before is not None else next(path.parent.glob(f"*{path.suffix}"))
            changed = change(like.read_bytes())
            assert changed != before, "the tampering changes nothing"
            path.write_bytes(changed)
        checks = reproduce.check(copy, built)
        wrong = checks[~checks["verdict"].isin(reproduce.GOOD)]
    finally:
        path.unlink(missing_ok=True) if before is None else path.write_bytes(before)
    assert set(wrong["file"]) == {file}
    rows = wrong[["verdict", "where", "difference"]].agg(": ".join, axis=1)
    assert said in "; ".join(rows)


def test_what_is_committed_differs_in_nothing(built, copy):
    checks = reproduce.check(copy, built)
    assert set(checks["verdict"]) <= set(reproduce.GOOD)
    assert {"identical", data_manifest.RECORDED} <= set(checks["verdict"])


PLOT = """import pandas as pd
import matplotlib.pyplot as plt
from analysis import plots
from analysis.publication import figures, tables
plots.use_style()
rows = pd.read_csv("../data/rows.csv")
fig, ax = plt.subplots(figsize=(2, 1))
ax.plot(rows["n"])
plt.show()"""
SAVE = """figures.save_figure(fig, "00_tiny", data=rows,
             caption=f"Rows add up to {rows['n'].sum()} <b>.", alt="A line & a dot.",
             inputs=["data/rows.csv"])
tables.save_table(rows, "00_tiny", caption="Rows.")"""


@pytest.fixture(scope="module")
def tiny_project(tmp_path_factory):
    """Return a project of one notebook, one figure and one table, under version control."""
    top = tmp_path_factory.mktemp("tiny") / "tiny"
    (top / "data").mkdir(parents=True)
    (top / "notebooks").mkdir()
    (top / "data" / "codebook.toml").touch()
    (top / "data" / "rows.csv").write_text("n\n3\n4\n")
    book = new_notebook(cells=[new_code_cell(PLOT, id="a"), new_code_cell(SAVE, id="b")])
    nbformat.write(book, top / "notebooks" / "00_tiny.ipynb")
    notebooks.run_notebook(top / "notebooks" / "00_tiny.ipynb")
    data_manifest.record(top)
    git(top, "init", "-q")
    commit(top)
    return top


@pytest.fixture
def tiny(tiny_project, tmp_path, monkeypatch):
    top = shutil.copytree(tiny_project, tmp_path / "tiny")
    monkeypatch.chdir(top)
    return top


def git(top, *words):
    who = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
    subprocess.run(["git", "-C", str(top), *who, *words], check=True, capture_output=True)


def commit(top):
    git(top, "add", "-A")
    git(top, "commit", "-q", "-m", "all")


def test_from_a_commit_to_a_page(tiny, tmp_path, capsys):
    out = tmp_path / "out"
    assert main(["reproduce", "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert "Figures: 7 of 7 files identical when made again" in said
    assert "Tables: 4 of 4 files identical when made again" in said
    page = (out / "reproduction.html").read_text(encoding="utf-8")
    assert "<b>" not in page
    assert "&lt;b&gt;" in page
    assert "<script" not in page
    assert "rows[&#39;n&#39;].sum()" in page
    assert page.count("data:image/png;base64,") == 2
    assert not (tiny / "build").exists()

    # Once more with three things wrong: a figure and a datum as committed, a caption only here.
    (tiny / "data" / "rows.csv").write_text("n\n3\n5\n")
    (tiny / "figures" / "00_tiny.png").write_bytes(pixel(read(tiny, "00_tiny.png")))
    commit(tiny)
    (tiny / "figures" / "00_tiny.md").write_text("Rows add up to 9.\n")
    before = state(tiny)
    assert main(["reproduce", "--out", str(out)]) == 1
    said = capsys.readouterr().out
    assert "data/rows.csv: changed: sha256" in said
    assert "figures/00_tiny.csv: differs: row 2 (4), column n: committed 4, now 5" in said
    assert "figures/tables/00_tiny.csv: differs: row 2 (4), column n" in said
    assert "figures/00_tiny.png: differs: pixels" in said
    assert "figures/00_tiny.md: changed here: word 5: committed “to 7 <b>.”, now “to 9.”" in said
    assert "Not identical" in said
    assert state(tiny) == before
    page = (out / "reproduction.html").read_text(encoding="utf-8")
    assert "Where they differ" in page


def read(top, name):
    return (top / "figures" / name).read_bytes()


def state(top):
    return {path: path.read_bytes() for path in top.rglob("*") if path.is_file()}


def test_a_notebook_that_fails_is_named_and_the_page_still_written(tiny, tmp_path):
    path = tiny / "notebooks" / "00_tiny.ipynb"
    path.write_text(path.read_text().replace("rows.csv", "gone.csv", 1))
    shutil.rmtree(tiny / ".git")
    done = reproduce.reproduce(tiny, tmp_path / "out")
    said = done.wrong.set_index("file")["verdict"]
    assert done.commit == ""
    assert said["notebooks/00_tiny.ipynb"] == "fails"
    assert said["figures/00_tiny.png"] == "made by no notebook"
    page = reproduction_page.write(done, tmp_path / "out" / "page.html").read_text()
    assert "There is none." in page


def test_a_folder_with_other_files_is_left_alone(tiny, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.txt").write_text("years of work")
    with pytest.raises(AnalysisError, match="holds files that are no reproduction"):
        reproduce.reproduce(tiny, tmp_path / "mine")
    assert (tmp_path / "mine" / "thesis.txt").read_text() == "years of work"


def test_pictures_of_other_sizes_are_told_apart():
    from analysis.reproduction.differences import describe

    pictures = []
    for height in (2, 3):
        sink = io.BytesIO()
        matplotlib.image.imsave(sink, np.zeros((height, 4, 3)), format="png")
        pictures.append(sink.getvalue())
    said = describe("a.png", *pictures)
    assert said == [("size", "committed 4 × 2 pixels, now 4 × 3 pixels")]


@pytest.mark.parametrize(
    "kind", ["png", "svg", "pdf", "csv", "md", "tex", "ipynb", "json", "parquet"]
)
def test_a_file_broken_in_any_way_is_described(root, kind):
    from analysis.reproduction.differences import describe

    path = {
        "ipynb": root / NOTEBOOK,
        "json": root / "figures" / "manifest.json",
        "parquet": root / STUDY / "words.parquet",
    }.get(kind, root / f"{FIGURE}.{kind}")
    whole = path.read_bytes()
    rng = np.random.default_rng(7)
    broken = [b"", whole[: len(whole) // 2], b"[]", b"{}", b"null", bytes(100)]
    for _ in range(5):
        noise = bytearray(whole)
        for at in rng.integers(0, len(whole), 20):
            noise[at] = rng.integers(0, 256)
        broken.append(bytes(noise))
    for content in broken:
        found = describe(path.name, content, whole)
        assert found
        assert all(where and what for where, what in found)


def test_the_page_is_written_whatever_is_broken(built, tmp_path):
    copy = shutil.copytree(built, tmp_path / "copy")
    (copy / NOTEBOOK).write_text("{")
    (copy / "notebooks" / "00_start_here.ipynb").write_text('{"cells": [{}]}')
    (copy / "figures" / "manifest.json").write_text(
        '{"00_x": 1, "01_words_by_group": {"inputs": 3}}'
    )
    (copy / "data" / "demo" / "press_01.marks.json").write_text("[]")
    (copy / STUDY / "occurrences.csv").write_bytes(b"\xff\xfe")
    data = data_manifest.verify_data(copy)
    checks = reproduce.check(copy, built)
    done = reproduce.Reproduction(copy, built, "", checks, data)
    page = reproduction_page.write(done, tmp_path / "page.html").read_text(encoding="utf-8")
    assert "Not identical" in page
    assert "press_01.marks.json" in page

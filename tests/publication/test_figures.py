import json
import re
import subprocess
import sys

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from analysis import claim, plots
from analysis.errors import AnalysisError
from analysis.publication import figures

DATA = pd.DataFrame(
    {"name": ["α → κ ≥ 2", "second"], "rate": [1.23456789, 0.5], "low": [1, 0.1], "high": [2, 0.9]}
)
SCRIPT = """
import pandas as pd, matplotlib.pyplot as plt
from analysis import plots
from analysis.publication import figures
plots.use_style()
fig, ax = plt.subplots(figsize=(plots.ONE_COLUMN, 2))
plots.dot_intervals(pd.DataFrame({"name": ["a", "b"], "rate": [1, 2], "low": [0, 1],
                                  "high": [2, 3]}), label="name", ax=ax)
figures.save_figure(fig, "01_test", data=pd.DataFrame({"x": [1]}), caption="C.", alt="A.",
                    folder="out")
"""


def draw():
    fig, ax = plt.subplots(figsize=(plots.ONE_COLUMN, 2))
    plots.dot_intervals(DATA, label="name", ax=ax)
    return fig


def save(folder, **changes):
    arguments = {"data": DATA, "caption": "Rates & more, 50 %.", "alt": 'Two "dots".'}
    with plots.house_style():
        return figures.save_figure(draw(), "01_rates", folder=folder, **arguments | changes)


def test_everything_a_reader_needs_is_written(tmp_path, capsys):
    hashes = save(tmp_path)
    written = {path.name for path in tmp_path.iterdir()}
    kinds = ("png", "svg", "pdf", "csv", "md", "tex")
    assert written == {f"01_rates.{kind}" for kind in kinds} | {"manifest.json"}
    assert capsys.readouterr().out.splitlines()[0] == (
        f"01_rates.png  sha256 {hashes['01_rates.png'][:16]}"
    )
    assert "1.234568" in (tmp_path / "01_rates.csv").read_text()
    assert r"Rates \& more, 50 \%." in (tmp_path / "01_rates.tex").read_text()
    svg = (tmp_path / "01_rates.svg").read_text()
    assert '<svg role="img" aria-label="Two &quot;dots&quot;." ' in svg
    assert "<title>Rates &amp; more, 50 %.</title>" in svg
    entry = figures.read_manifest(tmp_path)["01_rates"]
    assert entry["files"] == dict(sorted(hashes.items()))


def test_the_same_bytes_twice_in_one_process(tmp_path):
    assert save(tmp_path / "a") == save(tmp_path / "b")


def test_a_figure_whose_bytes_are_right_already_needs_no_writing(tmp_path, monkeypatch):
    def read_only(*_, **__):
        raise OSError(30, "Read-only file system")

    hashes = save(tmp_path)
    monkeypatch.setattr("analysis.storage.files.tempfile.mkstemp", read_only)
    assert save(tmp_path) == hashes
    with pytest.raises(AnalysisError, match=r"cannot be written \(Read-only file system\)"):
        save(tmp_path, caption="Another.")


@pytest.mark.parametrize(
    "environment",
    [
        {"TZ": "Asia/Tokyo", "LC_ALL": "C", "PYTHONHASHSEED": "99"},
        {"TZ": "America/New_York", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
    ],
    ids=["Tokyo", "New York"],
)
def test_the_same_bytes_on_another_machine_state(tmp_path, root, environment):
    # A matplotlibrc in the working directory must not matter either.
    (tmp_path / "matplotlibrc").write_text("lines.linewidth: 9\nfont.size: 20\n")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "codebook.toml").touch()
    path = str(root / "src")
    for folder, extra in (("plain", {}), ("other", environment)):
        here = tmp_path if extra else tmp_path / folder
        here.mkdir(exist_ok=True)
        (here / "data").mkdir(exist_ok=True)
        (here / "data" / "codebook.toml").touch()
        subprocess.run(
            [sys.executable, "-c", SCRIPT],
            cwd=here,
            check=True,
            env={"PYTHONPATH": path, "HOME": str(tmp_path), **extra},
        )
    for kind in figures.FORMATS:
        plain = tmp_path / "plain" / "out" / f"01_test.{kind}"
        assert plain.read_bytes() == (tmp_path / "out" / f"01_test.{kind}").read_bytes()


def test_a_missing_glyph_is_an_error(tmp_path):
    fig, ax = plt.subplots()
    ax.set_title("\u4e00")
    with pytest.raises(UserWarning, match="Glyph"):
        figures.save_figure(fig, "01_glyph", data=DATA, caption="C", alt="A", folder=tmp_path)


@pytest.mark.parametrize("name", ["rates", "1_rates", "01_Rates", "01_../x"])
def test_a_name_of_another_form_is_refused(tmp_path, name):
    with pytest.raises(AnalysisError, match="not a figure's name"):
        figures.save_figure(draw(), name, data=DATA, caption="C", alt="A", folder=tmp_path)


def test_a_figure_without_alt_text_is_refused(tmp_path):
    with pytest.raises(AnalysisError, match="no caption or no alt text"):
        save(tmp_path, alt=" ")
    assert not list(tmp_path.iterdir())


def test_a_broken_manifest_is_named(tmp_path):
    (tmp_path / "manifest.json").write_text("{")
    with pytest.raises(AnalysisError, match=r"manifest\.json: not JSON"):
        save(tmp_path)


def titled(title):
    fig = draw()
    plots.headline(fig, title)
    return fig


def test_a_claim_that_no_longer_holds_is_refused_with_its_values(tmp_path):
    rates = {"advocates": 0.25, "officials": 1.5}
    said = claim("Advocates say\nit more", rates["advocates"] > rates["officials"], **rates)
    with pytest.raises(
        AnalysisError,
        match=r"01_rates: “Advocates say it more” does not hold \(advocates 0.25, officials 1.5\)",
    ):
        figures.save_figure(
            titled(said), "01_rates", data=DATA, caption="C", alt="A", folder=tmp_path
        )
    assert not list(tmp_path.iterdir())


def test_a_claim_that_holds_is_recorded_with_its_values(tmp_path):
    title = claim("Two is\nmore", np.float64(2.0000000001) > 1, two=np.float64(2.0000000001))
    also = claim("One is less.", 1 < 2)  # noqa: PLR0133 - the claim of a caption
    with plots.house_style():
        figures.save_figure(
            titled(title),
            "01_rates",
            data=DATA,
            caption="C",
            alt="A",
            claims=[also],
            folder=tmp_path,
        )
    entry = figures.read_manifest(tmp_path)["01_rates"]
    assert entry["title"] == "Two is more"
    assert entry["claims"] == {"Two is more": {"two": 2.0}, "One is less.": {}}


DESCRIPTIVE = {
    "10_who_agrees_with_whom": "names what is drawn",
    "11_before_and_after": "names what is drawn",
    "11_month_by_month": "names what is drawn",
}
"""Titles that state no finding; every other names the expression that makes it true."""


def test_every_title_names_what_makes_it_true_or_is_known_to_describe(root):
    manifest = figures.read_manifest(root / "figures")
    assert all(entry["title"] for entry in manifest.values())
    plain = {name for name, entry in manifest.items() if entry["title"] not in entry["claims"]}
    assert plain == set(DESCRIPTIVE)


def test_what_rests_on_composed_texts_says_so_first(root):
    composed = {
        name: entry["title"]
        for name, entry in figures.read_manifest(root / "figures").items()
        if any(file.startswith("data/demo/") for file in entry["inputs"])
    }
    tables = figures.read_manifest(root / "figures" / "tables")
    composed |= {
        name: entry["caption"]
        for name, entry in tables.items()
        if re.search(r"\bcomposed\b", entry["caption"])
    }
    assert len(composed) >= 8
    silent = [name for name, said in composed.items() if not said.startswith("Demonstration")]
    assert silent == []


def test_every_committed_figure_is_whole_and_as_recorded(root):
    manifest = json.loads((root / "figures" / "manifest.json").read_text())
    assert len(manifest) >= 6
    for name, entry in manifest.items():
        for file, recorded in entry["files"].items():
            assert figures.sha256_of(root / "figures" / file) == recorded, f"{name}: {file}"
        for file, recorded in entry["inputs"].items():
            assert figures.sha256_of(root / file) == recorded, f"{name}: {file} has changed"
    stray = {p.stem for p in (root / "figures").glob("[0-9]*.*")} - set(manifest)
    assert not stray


@pytest.mark.filterwarnings("ignore:Glyph")
def test_letters_that_the_font_lacks_are_said(tmp_path, capsys):
    with plots.house_style():
        figure, ax = plt.subplots()
        ax.set_title("Ada & 田中")
        figures.save_figure(figure, "01_a", data=DATA, caption="C.", alt="A.", folder=tmp_path)
    assert "not drawn: 中 田" in capsys.readouterr().out
    save(tmp_path)
    assert "not drawn" not in capsys.readouterr().out

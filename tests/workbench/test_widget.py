"""The workbench's panels, without a browser."""

from analysis.codebook.reading import read_codebook
from analysis.corpus.corpus import Corpus
from analysis.text.document import from_turns
from analysis.workbench.prepared import bench_of
from analysis.workbench.widget import Workbench


def test_rates_are_computed_when_they_are_shown_and_follow_the_query(root, tmp_path):
    book = read_codebook(root / "data" / "codebook.toml")
    turns = [("MS. ARDEN", "They fear going dark."), ("MR. BELL", "Mass surveillance, they say.")]
    bench = bench_of("talk", Corpus.of([from_turns("day", turns)]), book)
    shown = Workbench({"talk": lambda: bench}, tmp_path / "lines.csv")
    assert shown.panel.value == ""
    shown.term.value = "going dark"
    assert shown.panel.value == ""
    shown.rates.value = True
    assert shown.panel.layout.display == ""
    assert "<strong>going dark</strong>" in shown.panel.value
    shown.term.value = "mass surveillance"
    assert "<strong>mass surveillance</strong>" in shown.panel.value
    shown.rates.value = False
    assert shown.panel.layout.display == "none"

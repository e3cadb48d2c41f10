"""The researcher's workbench: a concordance with controls, for JupyterLab.

``explore()`` opens the project's own corpora, ``explore("my_folder")`` a researcher's. Only one
page of lines ever goes to the browser; nothing is fetched from a network; every text is escaped.
The questions are answered by :mod:`analysis.workbench.queries`, the marks kept by
:mod:`analysis.workbench.marked_lines`.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import ipywidgets as widgets
import pandas as pd

from analysis.codebook.reading import Codebook, read_codebook
from analysis.coding.codes import STANCES
from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.storage import project
from analysis.workbench import marked_lines
from analysis.workbench.html import STYLE, beside_html, notice_html, reading_html
from analysis.workbench.kwic import KwicLines
from analysis.workbench.missing_words import DRAFT, MissingWords
from analysis.workbench.prepared import Bench, bench_of, bench_without_text
from analysis.workbench.queries import (
    LABEL_KEYS,
    NO_GROUP,
    PAGE,
    WORD_KEYS,
    Query,
    beside,
    lines,
    page,
)
from analysis.workbench.saved import opened

DEMONSTRATION = "demonstration inquiry (composed)"
MARKS = Path("marks") / "marked_lines.csv"
_ANY = ""
_WORDS = 25
"""Of context on each side: as many as a wide window has room for."""

Source = str | os.PathLike | Corpus | Bench


class Workbench:
    """Controls, lines and what stands beside them; made by :func:`workbench`.

    Parameters
    ----------
    benches : mapping of str to callable
        What makes each corpus ready, called when it is first chosen.
    keep : pathlib.Path
        The file of marked lines; decisions on candidates lie beside it.
    """

    def __init__(self, benches: Mapping[str, Callable[[], Bench]], keep: Path) -> None:
        self.benches = benches
        self.number = 0
        self.shown = pd.DataFrame()
        self.bench: Bench
        self._quiet = False
        self._make_controls(keep)
        self._choose_corpus()

    def _make_controls(self, keep: Path) -> None:
        def control(kind: type, label: str, width: str = "15em", **options: Any) -> widgets.Widget:
            made = kind(description=label, layout=widgets.Layout(width=width), **options)
            made.style.description_width = "initial"
            return made

        keys = [("text order", ""), *((key, key) for key in (*WORD_KEYS, *LABEL_KEYS))]
        self.corpus = control(widgets.Dropdown, "Corpus", "24em", options=list(self.benches))
        self.term = control(widgets.Combobox, "Term", "20em", continuous_update=False)
        self.group = control(widgets.Dropdown, "Group")
        self.speaker = control(widgets.Dropdown, "Speaker", "18em")
        stances = [("any", _ANY), *((name, name) for name in STANCES)]
        self.stance = control(widgets.Dropdown, "Stance", "12em", options=stances)
        self.contains = control(widgets.Text, "Context has", "18em", continuous_update=False)
        self.sort = [
            control(widgets.Dropdown, label, "12em", options=keys, value=value)
            for label, value in (("Sort by", "1R"), ("then", "2R"), ("then", "3R"))
        ]
        self.back = widgets.Button(description="Previous page")
        self.forth = widgets.Button(description="Next page")
        self.all = widgets.Button(description="Mark this page")
        self.none = widgets.Button(description="Unmark this page")
        self.keep = control(
            widgets.Text, "Marked lines go to", "26em", value=str(keep), continuous_update=False
        )
        self.notice, self.panel, self.reading = (widgets.HTML() for _ in range(3))
        self.table = KwicLines()
        self.labels = widgets.ToggleButton(value=True, description="Who, stance, where")
        self.rates = widgets.ToggleButton(description="Rates and spread")
        self.misses = widgets.ToggleButton(description="What the words miss")
        self.missing = MissingWords(keep.with_name(DRAFT))
        self.corpus.observe(lambda _: self._choose_corpus(), "value")
        for asked in (self.term, self.group, self.speaker, self.stance, self.contains, *self.sort):
            asked.observe(lambda _: self._turn_to(0), "value")
        self.keep.observe(lambda _: self._turn_to(self.number), "value")
        self.back.on_click(lambda _: self._turn_to(self.number - 1))
        self.forth.on_click(lambda _: self._turn_to(self.number + 1))
        self.all.on_click(lambda _: self._mark(list(range(len(self.shown)))))
        self.none.on_click(lambda _: self._mark([]))
        self.table.observe(lambda change: self._mark(change["new"]), "selected_rows")
        self.table.observe(lambda change: self._read(change["new"][1]), "read")
        self.table.observe(lambda change: self._turn_to(self.number + change["new"][1]), "turned")
        self.labels.observe(lambda _: self._turn_to(self.number), "value")
        self.rates.observe(lambda _: self._fold(), "value")
        self.misses.observe(lambda _: self._fold(), "value")
        self._fold()
        wrap = widgets.Layout(flex_flow="row wrap")
        self.box = widgets.VBox(
            [
                widgets.HTML(STYLE),
                widgets.HBox([self.corpus, self.term, self.group, self.speaker], layout=wrap),
                widgets.HBox([self.stance, self.contains, *self.sort], layout=wrap),
                self.notice,
                self.table,
                self.reading,
                widgets.HBox([self.back, self.forth, self.all, self.none, self.keep], layout=wrap),
                widgets.HBox([self.labels, self.rates, self.misses], layout=wrap),
                self.panel,
                self.missing.box,
            ]
        )
        self.box.add_class("workbench")

    def _repr_mimebundle_(self, **_: object) -> dict[str, object]:
        """Show the widgets; where no kernel runs, say how to get them."""
        view = "application/vnd.jupyter.widget-view+json"
        told = "The workbench needs a running kernel: open this notebook in JupyterLab and run it."
        return {"text/plain": told, view: self.box._repr_mimebundle_()[view]}

    @property
    def query(self) -> Query:
        """What the controls ask for."""
        chosen = (self.group.value, self.speaker.value, self.stance.value)
        group, speaker, stance = (value if value != _ANY else None for value in chosen)
        if self.group.value == NO_GROUP:
            group = ""
        keys = tuple(control.value for control in self.sort if control.value)
        return Query(
            self.term.value, group, speaker, stance, self.contains.value.strip(), keys, _WORDS
        )

    def _choose_corpus(self) -> None:
        try:
            self.bench = self.benches[self.corpus.value]()
        except AnalysisError as error:
            self._refuse(error)
            return
        self.missing.turn_to(self.bench)
        said, terms = self.bench.utterances, self.bench.terms()
        groups = sorted({name or NO_GROUP for name in said["group"]})
        speakers = sorted({name for name in said["speaker"] if name})
        self._quiet = True
        self.group.options = [("all", _ANY), *((name, name) for name in groups)]
        self.speaker.options = [("all", _ANY), *((name, name) for name in speakers)]
        self.group.value = self.speaker.value = _ANY
        self.term.options = terms
        common = self.bench.occurrences["term"].value_counts()
        self.term.value = common.index[0] if len(common) else ""
        self.contains.disabled = self.bench.index is None
        self._quiet = False
        self._turn_to(0)

    def _turn_to(self, number: int) -> None:
        """Show a page of what is asked for; what cannot be shown leaves all as it was."""
        if self._quiet or not hasattr(self, "bench"):
            return
        if not self.term.value.strip():
            self.notice.value = notice_html("Choose a term, or write any word or phrase.")
            return
        try:
            found = lines(self.bench, self.query)
            last = max(0, (len(found) - 1) // PAGE)
            self.number = min(max(number, 0), last)
            self.shown = page(self.bench, self.query, self.number)
            kept = marked_lines.marked(self.keep.value, self._keyed())
        except AnalysisError as error:
            self._refuse(error)
            return
        self._fill([at for at, is_marked in enumerate(kept) if is_marked])
        self.back.disabled, self.forth.disabled = self.number == 0, self.number == last
        pages = f"page {self.number + 1:,} of {last + 1:,}"
        count = f"{len(found):,} line{'s' * (len(found) != 1)}, {pages}"
        self._tell(count)
        self.reading.value = ""
        self._fold()

    def _tell(self, count: str) -> None:
        self._count = count
        kept = len(marked_lines.read_marks(self.keep.value))
        self.notice.value = notice_html(
            f"{count}. {kept:,} marked line{'s' * (kept != 1)} in {self.keep.value}. "
            "Click a line to mark or unmark it; with keys: arrows, space to mark, Enter to read.",
            self.bench.note,
        )

    def _refuse(self, error: AnalysisError) -> None:
        self.notice.value = notice_html(str(error), wrong=True)

    def _keyed(self) -> pd.DataFrame:
        return self.shown.assign(corpus=self.bench.name, query=self.term.value)

    def _fill(self, selected: list[int]) -> None:
        """Give the browser a page of lines, the marked ones selected."""
        self._quiet = True
        self.table.show(self.shown, selected, labels=self.labels.value)
        self._quiet = False

    def _fold(self) -> None:
        """Show what is asked for under the lines, or give its room to the lines.

        What is not shown is not computed: a first page waits for no interval.
        """
        self.panel.layout.display = "" if self.rates.value else "none"
        if self.rates.value and hasattr(self, "bench") and self.term.value.strip():
            try:
                rates, spread = beside(self.bench, self.query)
            except AnalysisError as error:
                self._refuse(error)
            else:
                found = lines(self.bench, self.query)
                self.panel.value = beside_html(self.bench, self.query, rates, spread, found)
        self.missing.box.layout.display = "" if self.misses.value else "none"

    def _read(self, number: int) -> None:
        """Show a line of the page in full."""
        if number < len(self.shown):
            self.reading.value = reading_html(self.bench, self.shown.iloc[number].to_dict())

    def _mark(self, selected: list[int]) -> None:
        """Keep on disk which lines of the page are marked, and show the last one in full."""
        if self._quiet or not hasattr(self, "bench"):
            return
        rows = self._keyed().to_dict("records")
        before = marked_lines.marked(self.keep.value, self._keyed()) if rows else []
        new = [at for at in selected if at < len(rows) and not before[at]]
        try:
            marked_lines.mark(self.keep.value, [rows[at] for at in new])
            gone = [row for at, row in enumerate(rows) if before[at] and at not in selected]
            if gone:
                marked_lines.unmark(self.keep.value, gone)
        except AnalysisError as error:
            self._refuse(error)
            return
        self._quiet = True
        self.table.selected_rows = [at for at in selected if at < len(rows)]
        self._quiet = False
        self._tell(self._count)
        if len(new) == 1:
            self._read(new[0])


_OWN_TEXTS = "explore('the folder of the texts') shows their lines"


def explore(
    *corpora: Source,
    codebook: Codebook | None = None,
    keep: str | os.PathLike[str] | None = None,
) -> Workbench:
    """Open the workbench, in a notebook.

    Parameters
    ----------
    *corpora : str, path-like, Corpus or Bench
        A researcher's own: folders or files (read as :meth:`analysis.corpus.corpus.Corpus.read`
        does, with a ``speakers.csv`` in the folder), or corpora already read. The
        demonstration and the studies of the project are always there after them.
    codebook : Codebook, optional
        That of the project if left out.
    keep : str or path-like, optional
        The file of marked lines; ``marks/marked_lines.csv`` of the project if left out. Decisions
        on what the words miss go to ``candidates.csv`` beside it.

    Returns
    -------
    Workbench
        Shown by a notebook that ends a cell with it.

    Raises
    ------
    AnalysisError
        If a corpus cannot be read or the codebook is refused.
    """
    top = project.root()
    book = codebook or read_codebook(top / project.CODEBOOK)
    benches = {}
    for number, source in enumerate(corpora, 1):
        name = _name(source, number)
        benches[name] = cache(lambda name=name, source=source: _bench(name, source, book, top))
    benches[DEMONSTRATION] = cache(lambda: demonstration(top, book))
    for name in project.studies(top):
        benches[name] = cache(lambda name=name: study(name, top, book))
    return Workbench(benches, Path(keep) if keep else Path(os.path.relpath(top / MARKS)))


def _name(source: Source, number: int) -> str:
    if isinstance(source, Bench):
        return source.name
    if isinstance(source, Corpus):
        return f"corpus {number}"
    return Path(source).name or str(source)


def _bench(name: str, source: Source, codebook: Codebook, top: Path) -> Bench:
    if isinstance(source, Bench):
        return source
    if isinstance(source, Corpus):
        return bench_of(name, source, codebook)
    kept = top / ".cache" / "workbench"
    bench = opened(kept, Path(source), codebook, lambda: _read(name, source, codebook))
    if bench.material is None:
        bench = replace(bench, material=cache(lambda: (Corpus.read(source).voiced(), codebook)))
    return bench


def _read(name: str, source: str | os.PathLike[str], codebook: Codebook) -> Bench:
    corpus = Corpus.read(source, progress=True)
    skipped = len(corpus.skipped)
    note = [f"{skipped} files were not read: see Corpus.read(…).skipped."] if skipped else []
    said = " ".join([*note, *corpus.notes])
    return bench_of(name, corpus, codebook, note=said)


def demonstration(top: Path, codebook: Codebook) -> Bench:
    """Prepare the composed demonstration texts."""
    folder = top / "data" / "demo"
    corpus = Corpus.read(*sorted(folder.glob("*_*.txt")), speakers=folder / "speakers.csv")
    note = "Composed texts about a fictional country: no evidence about the world."
    return bench_of(DEMONSTRATION, corpus, codebook, note=note)


def study(name: str, top: Path, codebook: Codebook) -> Bench:
    """Prepare a study: with its texts if they are here, else with the positions of its terms."""
    from analysis.study import measured, own_files, own_lines, remeasure

    if remeasure.sources_folder(name, top).is_dir():
        return bench_of(name, remeasure.read_texts(name, top), codebook)
    folder = project.study_folder(name, top)
    if remeasure.is_public(name, top):
        way = f"The texts are not here; python -m analysis fetch {name} brings them."
    else:
        try:
            own = read_codebook(own_files.codebook_path(name, top))
            return bench_of(name, own_lines.read_texts(name, top), own)
        except AnalysisError as error:
            way = f"{error}. {_OWN_TEXTS}."
    note = f"Positions are shown instead of lines. {way}"
    return bench_without_text(name, measured.read_study(name, folder), note=note)

"""What the words miss, in the workbench: candidates that a key takes into a draft or rejects."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

import ipywidgets as widgets

from analysis.errors import AnalysisError
from analysis.workbench.html import notice_html
from analysis.workbench.prepared import Bench

if TYPE_CHECKING:
    from analysis.coding.candidates import CandidateForm, Reading
    from analysis.coding.missed import Missed

DRAFT = "candidates.csv"


class MissingWords:
    """A frame, a button that looks for candidates, and the form in which a person decides.

    Parameters
    ----------
    draft : pathlib.Path
        The file of decisions, which may be changed in the form. The codebook is never written.
    """

    def __init__(self, draft: Path) -> None:
        whole = {"description_width": "initial"}
        self.bench: Bench | None = None
        self.found: Missed | None = None
        self.frame = widgets.Dropdown(
            description="Frame", style=whole, layout=widgets.Layout(width="20em")
        )
        self.look = widgets.Button(
            description="Look for candidates", layout=widgets.Layout(width="auto")
        )
        self.draft = widgets.Text(
            str(draft),
            description="Decisions go to",
            continuous_update=False,
            style=whole,
            layout=widgets.Layout(width="26em"),
        )
        self.notice, self.terms = widgets.HTML(), widgets.HTML()
        self.form = widgets.VBox()
        self.frame.observe(lambda _: self._clear(), "value")
        self.draft.observe(lambda _: self._try(self._open), "value")
        self.look.on_click(lambda _: self._try(self._look))
        asked = widgets.HBox(
            [self.frame, self.look, self.draft], layout=widgets.Layout(flex_flow="row wrap")
        )
        self.box = widgets.VBox([asked, self.notice, self.form, self.terms])
        self.box.add_class("missing-words")

    def turn_to(self, bench: Bench) -> None:
        """Offer the frames of another corpus, that with most occurrences first."""
        self.bench = bench
        frames = bench.occurrences["frame"].value_counts().index.tolist()
        self.frame.options = [(bench.label_of(name), name) for name in frames]
        self.frame.value = frames[0] if frames else None
        self._clear()

    def _clear(self) -> None:
        self.found = None
        self._show(())
        self.notice.value = ""

    def _show(self, forms: tuple[CandidateForm, ...]) -> None:
        shown = self.form.children
        self.form.children = forms
        for form in shown:
            form.close()
        self.terms.value = ""

    def _try(self, action: Callable[[], None]) -> None:
        self.look.disabled = True
        try:
            action()
        except AnalysisError as error:
            self._show(())
            self.notice.value = notice_html(str(error), wrong=True)
        finally:
            self.look.disabled = False

    def _look(self) -> None:
        from analysis.coding.missed import missed

        if self.bench is None:
            return
        self._clear()
        if self.bench.material is None:
            raise AnalysisError(
                self.bench.name, "no texts here to look in", "a corpus with texts", self.bench.note
            )
        if self.frame.value is None:
            raise AnalysisError(
                self.bench.name, "no term of the codebook occurs", "a frame to learn from"
            )
        self.notice.value = notice_html("Reading the texts and looking. This can take a while.")
        corpus, codebook = self.bench.material()
        self.found = missed(corpus, codebook, self.frame.value)
        self._open()

    def _open(self) -> None:
        """Show what was found, with the decisions in the file."""
        if self.found is None:
            return
        if not self.draft.value.strip():
            raise AnalysisError("Decisions go to", "no file", f"a CSV such as marks/{DRAFT}")
        from analysis.coding.candidates import CandidateForm, begin

        form = CandidateForm(begin(self.draft.value, self.found))
        self._show((form,))
        form.observe(lambda _: self._say(form.reading), "page")
        self._say(form.reading)

    def _say(self, reading: Reading) -> None:
        from analysis.coding.candidates import draft_toml

        self.notice.value = notice_html(
            "Phrases that stand where the frame's terms could. Click into the form and decide by "
            f"keys; every decision is in {reading.path} at once. Nothing enters the codebook by "
            "itself: what you accept is written below, for you to finish and paste."
        )
        self.terms.value = terms_html(draft_toml(reading.draft, reading.frame))


def terms_html(terms: str) -> str:
    """Show what was accepted, to be copied; JupyterLab does not hear the keys pressed in it.

    Parameters
    ----------
    terms : str
        From :func:`analysis.coding.candidates.draft_toml`.

    Returns
    -------
    str
        HTML.
    """
    if not terms:
        return "<p>Nothing is accepted yet.</p>"
    return (
        "<label data-lm-suppress-shortcuts='true'>Accepted, for the codebook: write definition, "
        "include, exclude and examples, without which it is refused"
        f"<textarea readonly rows='12' style='width: 100%'>\n{escape(terms)}</textarea></label>"
    )

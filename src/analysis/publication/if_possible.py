"""Cells of a notebook that say in a sentence what their material lacks, instead of failing."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.storage import project


@dataclass(frozen=True)
class Sentence:
    """A sentence that a notebook shows as text and a script prints.

    Parameters
    ----------
    text : str
    """

    text: str

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return self.text

    def _repr_markdown_(self) -> str:
        return "*" + re.sub(r"([\\*_`<>\[\]#$|])", r"\\\1", self.text) + "*"


def not_shown(error: AnalysisError) -> Sentence:
    """Say what is not shown, and what would make it possible.

    Examples
    --------
    >>> not_shown(AnalysisError("groups", "nobody has one", "two groups", "fill in speakers.csv"))
    Not shown: groups: nobody has one. It would need two groups; fill in speakers.csv.
    """
    text = f"Not shown: {error.where}: {error.found}."
    if error.expected:
        text += f" It would need {error.expected}"
        text += f"; {error.remedy}." if error.remedy else "."
    elif error.remedy:
        text += f" {error.remedy[:1].upper()}{error.remedy[1:]}."
    return Sentence(" ".join(text.replace(_here(), "").split()))


def _here() -> str:
    """Return the project's folder: what a notebook shows is the same on every machine."""
    try:
        return f"{project.root()}{os.sep}"
    except AnalysisError:
        return f"{Path.cwd()}{os.sep}"


@contextmanager
def if_possible() -> Iterator[None]:
    """Run the cells' lines below; where their material is lacking, show a sentence that says so.

    Only an :class:`analysis.errors.AnalysisError` is turned into a sentence: it names what is
    lacking. Anything else is a fault, and fails. Figures begun inside are closed unfinished.

    Examples
    --------
    >>> with if_possible():
    ...     raise AnalysisError("dates", "no document has one", "dates in a documents.csv")
    Not shown: dates: no document has one. It would need dates in a documents.csv.
    """
    before = _figures()
    try:
        yield
    except AnalysisError as error:
        for number in _figures() - before:
            sys.modules["matplotlib.pyplot"].close(number)
        say(not_shown(error))


def say(text: str | Sentence) -> None:
    """Show a sentence: as text of the notebook where there is one, else printed."""
    sentence = Sentence(text) if isinstance(text, str) else text
    module = sys.modules.get("IPython")
    if module and module.get_ipython():
        from IPython.display import display

        display(sentence)
    else:
        print(sentence)  # noqa: T201 - what a script shows


def _figures() -> set[int]:
    drawing = sys.modules.get("matplotlib.pyplot")
    return set(drawing.get_fignums()) if drawing else set()

"""Measure framing terms: who voices them, how, and how sure we are.

The library reads in the order data flows:

- :mod:`analysis.readers` — from a file of any kind to a `Document`
- :mod:`analysis.text` — a document, its characters, its words
- :mod:`analysis.voices` — who says it, and how
- :mod:`analysis.codebook` — which words are a term, and where a text holds them
- :mod:`analysis.corpus` — a researcher's texts and the tables beside them
- :mod:`analysis.index` — large corpora as arrays, in one piece or many
- :mod:`analysis.study` — a corpus fetched, measured, shipped without its text, and proved
- :mod:`analysis.coding` — hand coding, and how far the measure errs
- :mod:`analysis.statistics` — rates, contrasts and all else, on counts and exposures
- :mod:`analysis.plots` — a table and an ``ax`` to ``Axes``
- :mod:`analysis.publication` — what a paper prints: figures, tables, captions, methods
- :mod:`analysis.workbench` — the lines behind a number
- :mod:`analysis.reproduction` — rebuild everything and compare
- :mod:`analysis.storage` — files whole or not at all, where a project lies

The names most used are here as well; each is imported when first asked for, so that
``import analysis`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module

_HOME = {
    "AnalysisError": "errors",
    "Corpus": "corpus.corpus",
    "Document": "text.document",
    "find": "codebook.occurrences",
    "find_all": "codebook.occurrences",
    "read_codebook": "codebook.reading",
    "read_study": "study.measured",
}

__all__ = [
    "AnalysisError",
    "Corpus",
    "Document",
    "find",
    "find_all",
    "read_codebook",
    "read_study",
]


def __getattr__(name: str) -> object:
    if name in _HOME:
        return getattr(import_module(f"analysis.{_HOME[name]}"), name)
    raise AttributeError(f"module 'analysis' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})

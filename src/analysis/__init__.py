"""Measure framing terms: who voices them, how, and how sure we are.

The library reads in the order data flows:

- :mod:`analysis.readers`, :mod:`analysis.corpus.speakers_table` — from a file to a `Document`, from a printed
  label to a person
- :mod:`analysis.corpus.intake`, :mod:`analysis.corpus.report`, :mod:`analysis.corpus.cleaning` — a folder of one's own
  texts: what was understood of it, what was skipped, what was put in order
- :mod:`analysis.corpus.corpus` — documents, utterances and text in three aligned tables
- :mod:`analysis.voices` — who says it, and how
- :mod:`analysis.text.words` — what counts as a word; :mod:`analysis.index.token_index`, :mod:`analysis.index.queries`,
  :mod:`analysis.index.concordance` — large corpora in columns, and quick answers from them
- :mod:`analysis.index.partitions`, :mod:`analysis.index.scale` — the same answers past memory and past one
  machine
- :mod:`analysis.codebook.reading`, :mod:`analysis.codebook.occurrences` — frames, terms, and where they occur;
  :mod:`analysis.codebook.many_texts` — the same in many texts, quickly
- :mod:`analysis.study.measured`, :mod:`analysis.study.remeasure`, :mod:`analysis.study.new` — a corpus without
  its text, the study that ships that way, and how to make another
- :mod:`analysis.statistics` — rates, contrasts and all else, on counts and exposures
- :mod:`analysis.coding.sampling`, :mod:`analysis.coding.codes`, :mod:`analysis.coding.adjudication`,
  :mod:`analysis.coding.agreement` — hand coding: drawn, checked, compared, decided
- :mod:`analysis.coding.accuracy`, :mod:`analysis.coding.correction` — how often the measure errs, and what is
  left of a share once that is allowed for
- :mod:`analysis.plots`, :mod:`analysis.publication.figures`, :mod:`analysis.publication.tables` — drawing, and what a
  paper prints; :mod:`analysis.publication.gallery`, :mod:`analysis.publication.methods_appendix` — all of it in one place, and
  the methods with the versions and settings in use
- :mod:`analysis.study.fetch`, :mod:`analysis.reproduction.reproduce` — fetch the documents, rebuild everything
- :mod:`analysis.study.data_manifest`, :mod:`analysis.reproduction.differences`, :mod:`analysis.reproduction.pixels` — is it what is
  recorded, and if not, what differs and by how much
- :mod:`analysis.publication.caption_numbers`, :mod:`analysis.reproduction.evidence`, :mod:`analysis.reproduction.page` —
  what computed each number of a caption, the lines behind it, and the page that shows both
- :mod:`analysis.workbench.prepared`, :mod:`analysis.workbench.explore`, :mod:`analysis.workbench.widget` — the lines behind a
  number, with their widgets beside them in :mod:`analysis.workbench.html` and marks in
  :mod:`analysis.workbench.marked_lines`; :mod:`analysis.publication.site` — the notebooks and docs as web pages
- :mod:`analysis.corpus.export` — corpora and networks as other programs expect them

The names most used are here as well; each is imported when first asked for, so that
``import analysis`` costs nothing.
"""

from __future__ import annotations

from importlib import import_module

_HOME = {
    "AnalysisError": "errors",
    "Corpus": "corpus",
    "Document": "document",
    "find": "occurrences",
    "find_all": "occurrences",
    "read_codebook": "codebook",
    "read_study": "measured",
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

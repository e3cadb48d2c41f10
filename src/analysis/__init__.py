"""Measure framing terms: who voices them, how, and how sure we are.

``import analysis as da`` is the one import that a notebook needs. Two things hold the data, a
`Corpus` (texts, with who says what) and a `Study` (the same as counts, without its text), and
everything else is a function of them:

- read: `describe`, `Corpus.read`, `read_codebook`, `read_study`, `read_coding`, `new_study`
- find and count: `find`, `concordance`, `measure`
- compare: `rates`, `contrast`, `keywords`, `collocates`, `dispersion`, `word_shift`
- who agrees with whom: `propose_actors`, `read_actors`, `statements`, `mentions`
- follow through time: `over_time`; to and from other programs: `exchange`
- check and correct: `draw_sample`, `code_lines`, `corrected_shares`, `contrast_shares`; labels of
  any origin in `coding`
- find what the words miss: `missed`, `compare_codebooks`
- draw and print: `plots`, `claim`, `wording`, `save_figure`, `save_table`, `in_words`, `rounded`,
  `INTERVALS`
- look closer: `explore`, `statistics`
- an article of one's own study: `article`, `own_round`, `if_possible`, `say`

The library under it reads in the order data flows:

- :mod:`analysis.readers` — from a file of any kind to a `Document`
- :mod:`analysis.text` — a document, its characters, its words
- :mod:`analysis.voices` — who says it, and how
- :mod:`analysis.codebook` — which words are a term, and where a text holds them
- :mod:`analysis.corpus` — a researcher's texts and the tables beside them
- :mod:`analysis.index` — large corpora as arrays, in one piece or many
- :mod:`analysis.occurrences` — every occurrence of a term, with its voice and stance
- :mod:`analysis.study` — a corpus fetched, measured, shipped without its text, and proved
- :mod:`analysis.exchange` — work that goes to other programs and comes back
- :mod:`analysis.coding` — hand coding, and how far the measure errs
- :mod:`analysis.statistics` — rates, contrasts and all else, on counts and exposures
- :mod:`analysis.plots` — a table and an ``ax`` to ``Axes``
- :mod:`analysis.publication` — what a paper prints: figures, tables, captions, methods
- :mod:`analysis.workbench` — the lines behind a number
- :mod:`analysis.reproduction` — rebuild everything and compare
- :mod:`analysis.storage` — files whole or not at all, where a project lies

Each name is imported when first asked for, so that ``import analysis`` costs nothing.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["coding", "exchange", "plots", "statistics"],
    submod_attrs={
        "codebook.reading": ["Codebook", "read_codebook"],
        "coding.compare_codebooks": ["compare_codebooks"],
        "coding.correction": ["contrast_shares"],
        "coding.label_estimates": ["corrected_shares"],
        "coding.missed": ["missed"],
        "coding.rounds": ["Coding", "code_lines", "draw_sample", "read_coding"],
        "corpus.actor_table": ["propose_actors"],
        "corpus.actors": ["read_actors"],
        "corpus.corpus": ["Corpus"],
        "corpus.report": ["describe"],
        "errors": ["AnalysisError"],
        "occurrences.concordance": ["concordance"],
        "occurrences.finding": ["find"],
        "plots.claims": ["claim"],
        "publication.if_possible": ["if_possible", "say"],
        "publication.figures": ["in_words", "rounded", "save_figure"],
        "publication.tables": ["save_table"],
        "publication.wording": ["wording"],
        "statistics.counts.rates": ["INTERVALS"],
        "study.measured": ["Study", "measure", "read_study"],
        "study.new": ["new_study"],
        "study": ["article", "over_time"],
        "study.statements": ["mentions", "statements"],
        "study.questions": [
            "collocates",
            "contrast",
            "dispersion",
            "keywords",
            "rates",
            "word_shift",
        ],
        "text.document": ["Document"],
        "workbench": ["own_round"],
        "workbench.widget": ["explore"],
    },
)

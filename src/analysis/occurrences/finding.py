"""The one way from a corpus to its occurrences, which all commands and notebooks take."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import numpy as np
import pandas as pd

from analysis.codebook.many_texts import find_in_texts
from analysis.codebook.reading import Codebook
from analysis.corpus.corpus import Corpus
from analysis.text.document import Document, from_spans
from analysis.voices.engines import Engine
from analysis.voices.stance import add_voices_of_many

COLUMNS = (
    "document",
    "utterance",
    "start",
    "end",
    "text",
    "term",
    "frame",
    "speaker",
    "group",
    "mode",
    "quoted",
    "mention",
    "negated",
    "hedged",
    "stance",
    "left",
    "right",
)


def find(
    source: Corpus | Document | str,
    codebook: Codebook,
    *,
    terms: Collection[str] | None = None,
    engine: Engine = "rules",
    pipeline: Any = None,
    workers: int = 1,
) -> pd.DataFrame:
    """Find every occurrence of a codebook's terms, who voices it and how.

    Within one term the leftmost match is taken, of those the longest, and the next is looked for
    after its end: no word counts twice for one term. Matches that overlap an exclusion of their
    term are dropped. Different terms may overlap, and each is reported. An occurrence never
    reaches from one utterance into another, nor into the printed label of its speaker.

    Parameters
    ----------
    source : Corpus, Document or str
        A document, or a bare text, is taken as a corpus of one document. Where no labels say who
        speaks, voices are found first (:meth:`analysis.corpus.Corpus.voiced`).
    codebook : Codebook
    terms : collection of str, optional
        Ids of the terms to look for; all of them where it is left out.
    engine, pipeline
        What finds the voices, where they have not been found: ``"rules"``, or ``"parse"`` with a
        spaCy pipeline (:func:`analysis.voices.attribute`), whose parse then says the stance too.
    workers : int
        Processes that read stances by the rules, where there is enough to read; the result is the
        same with any number (:func:`analysis.voices.stance.add_voices_of_many`).

    Returns
    -------
    pandas.DataFrame
        One row per occurrence, document after document, in order of ``start``, ``end`` and the
        codebook: ``document`` (str), ``utterance``, ``start``, ``end`` (int, characters of the
        corpus's text), ``text`` (as written there), ``term``, ``frame`` (ids), ``speaker`` (str,
        missing in narration and where unknown), ``group`` (str, empty where unknown), ``mode``
        (turn, direct, indirect or narration), ``quoted``, ``mention``, ``negated``, ``hedged``
        (boolean), ``stance`` (asserted, denied or mentioned), ``stance_confidence`` (float, the
        chance that it is right), whatever else the voices say of it, and ``left``, ``right`` (up
        to 60 characters of the same utterance, white space collapsed).

    Raises
    ------
    AnalysisError
        If a term is not in the codebook.

    Examples
    --------
    >>> import analysis as da
    >>> book = da.read_codebook("data/codebook.toml")  # doctest: +SKIP
    >>> story = '"We are not going dark," said Ann Moss.'
    >>> find(story, book)[["speaker", "mode", "stance"]].values.tolist()  # doctest: +SKIP
    [['Ann Moss', 'direct', 'denied']]
    """
    if isinstance(source, str):
        spans = [(0, 0, len(source), "", "", "narration")]
        source = from_spans("", source, spans if source else [])
    corpus = Corpus.of([source]) if isinstance(source, Document) else source
    corpus = corpus.voiced(engine=engine, pipeline=pipeline)
    found = _terms_in(corpus, codebook, terms)
    rows = found.groupby("document", sort=False).indices
    voiced = add_voices_of_many(
        found,
        ((document, rows[document.document]) for document in corpus.each(set(rows))),
        pipeline=pipeline,
        workers=workers,
    ).reset_index(drop=True)
    more = [name for name in voiced if name not in COLUMNS]
    at = COLUMNS.index("left")
    return voiced[[*COLUMNS[:at], *more, *COLUMNS[at:]]]


def _terms_in(corpus: Corpus, codebook: Codebook, terms: Collection[str] | None) -> pd.DataFrame:
    """Find the terms in the bodies of all utterances at once."""
    said = corpus.utterances
    # Half a surrogate pair has no bytes; one character takes its place, so that offsets hold.
    bodies = (
        body if body.isascii() else body.encode("utf-8", "replace").decode()
        for body in corpus.said()
    )
    found = find_in_texts(bodies, codebook, terms=terms)
    rows = found.pop("row").to_numpy(np.int64)
    body = said["body"].to_numpy()[rows]
    return found.assign(
        document=said["document"].to_numpy()[rows],
        group=said["group"].to_numpy()[rows],
        start=found["start"] + body,
        end=found["end"] + body,
    ).astype({"document": "str", "group": "str", "start": "int64", "end": "int64"})

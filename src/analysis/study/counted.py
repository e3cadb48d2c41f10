"""A corpus counted: its utterances, their words as numbers, its occurrences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from analysis.text.word_table import RunningWords, WordTable, word_table, words_in_order

if TYPE_CHECKING:
    from analysis.codebook.reading import Codebook
    from analysis.corpus.corpus import Corpus

UTTERANCE_COLUMNS = (
    "document",
    "utterance",
    "speaker",
    "affiliation",
    "group",
    "mode",
    "words_before",
    "words",
)
STANCE_COLUMNS = ("quoted", "mention", "negated", "hedged", "stance")
OCCURRENCE_COLUMNS = (
    "document",
    "utterance",
    "start",
    "end",
    "words_before",
    "term",
    "frame",
    "speaker",
    "group",
    "mode",
    *STANCE_COLUMNS,
)

SENTENCES = ("dek", "closing")
"""What readers note of a text in its own words; no study keeps it."""


class Counted(NamedTuple):
    """The tables of a measured corpus, the words as numbers.

    Parameters
    ----------
    documents, utterances, occurrences : pandas.DataFrame
        As in :class:`analysis.study.measured.Study`.
    words : WordTable
        Its texts are the rows of ``utterances``.
    said : RunningWords
        The words of the utterances of the voiced corpus, in its order.
    """

    documents: pd.DataFrame
    utterances: pd.DataFrame
    occurrences: pd.DataFrame
    words: WordTable
    said: RunningWords


def counted(corpus: Corpus, codebook: Codebook, said: RunningWords | None = None) -> Counted:
    """Count a corpus; see :func:`analysis.study.measured.measure`."""
    corpus = corpus.voiced()
    said = said or words_in_order(corpus.said())
    as_said = corpus.utterances.assign(row=np.arange(len(corpus.utterances)))
    utterances = as_said.sort_values(["document", "utterance"], ignore_index=True)
    before = utterances.groupby("document")["words"].cumsum() - utterances["words"]
    utterances = utterances.assign(words_before=before)
    place = np.argsort(utterances["row"].to_numpy()).astype(np.int32)
    # Not at the top: who reads a study that is measured needs none of it.
    from analysis.occurrences.finding import find

    documents = corpus.documents.drop(columns=list(SENTENCES), errors="ignore")
    return Counted(
        documents.sort_values("document", ignore_index=True),
        utterances[list(UTTERANCE_COLUMNS)],
        _placed(find(corpus, codebook), utterances, corpus.texts, said),
        word_table(said._replace(text=place[said.text])),
        said,
    )


def _placed(
    found: pd.DataFrame, utterances: pd.DataFrame, texts: Mapping[str, str], said: RunningWords
) -> pd.DataFrame:
    """Add to each occurrence its group and the number of words said before it."""
    spans = utterances[["document", "utterance", "body", "row", "group", "words_before"]]
    table = found.drop(columns="group").merge(
        spans, on=["document", "utterance"], how="left", validate="m:1"
    )
    columns = (table[name].tolist() for name in ("document", "body", "start"))
    places = [
        start - body
        if texts[name].isascii()
        else len(texts[name][body:start].encode("utf-8", "replace"))
        for name, body, start in zip(*columns, strict=True)
    ]
    table["words_before"] += said.before(table["row"].to_numpy(), np.array(places, np.int64))
    return table.sort_values(["document", "start", "end", "term"], ignore_index=True)[
        list(OCCURRENCE_COLUMNS)
    ]

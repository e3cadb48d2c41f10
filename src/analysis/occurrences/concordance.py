"""Any words in their lines, straight from a corpus."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.index import concordance as of_index
from analysis.index.store import index_table
from analysis.index.token_index import TokenIndex


def token_index(corpus: Corpus) -> TokenIndex:
    """Index the utterances of a corpus, in memory.

    Parameters
    ----------
    corpus : Corpus

    Returns
    -------
    TokenIndex
        One row per utterance of the corpus, in its order.
    """
    rows = corpus.utterances
    said = [
        corpus.texts[document][body:end]
        for document, body, end in rows[["document", "body", "end"]].itertuples(index=False)
    ]
    # Half a surrogate pair has no bytes; one character takes its place.
    said = [text.encode("utf-8", "replace").decode() for text in said]
    return index_table(rows[["document", "speaker"]].assign(text=said))


def concordance(
    source: Corpus | TokenIndex, phrase: str, *, width: int = 10, sort: str | Sequence[str] = ()
) -> pd.DataFrame:
    """Show every line of a word or phrase.

    Parameters
    ----------
    source : Corpus or TokenIndex
        A corpus is indexed first; of a large one that is asked often, keep an index
        (:func:`analysis.index.store.build_index`).
    phrase, width, sort
        As for :func:`analysis.index.concordance.concordance`.

    Returns
    -------
    pandas.DataFrame
        As :func:`analysis.index.concordance.concordance`.

    Examples
    --------
    >>> from analysis.text.document import from_turns
    >>> talk = Corpus.of([from_turns("talk", [("A", "They go dark."), ("B", "All dark.")])])
    >>> concordance(talk, "dark")[["speaker", "left", "node"]].values.tolist()
    [['A', 'They go ', 'dark'], ['B', 'All ', 'dark']]
    """
    index = token_index(source) if isinstance(source, Corpus) else source
    return of_index.concordance(index, phrase, width=width, sort=sort)

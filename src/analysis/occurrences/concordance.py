"""Any words in their lines, straight from a corpus."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.index import concordance as of_index
from analysis.index.selection import Where
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
        One row per utterance of the corpus, in its order, with what is known of utterance and
        document as metadata.
    """
    corpus = corpus.voiced()
    about = corpus.documents.drop(columns=["utterances", "words"])
    new = ["document", *(name for name in about if name not in corpus.utterances)]
    rows = corpus.utterances.merge(about[new], on="document", how="left", validate="m:1")
    said = [
        corpus.texts[document][body:end]
        for document, body, end in rows[["document", "body", "end"]].itertuples(index=False)
    ]
    # Half a surrogate pair has no bytes; one character takes its place.
    said = [text.encode("utf-8", "replace").decode() for text in said]
    texts_of = rows.select_dtypes(exclude="number").drop(columns="utterance", errors="ignore")
    kept = texts_of.fillna("")
    return index_table(kept.assign(text=said))


def concordance(
    source: Corpus | TokenIndex,
    phrase: str,
    *,
    width: int = 10,
    sort: str | Sequence[str] = (),
    where: Where | None = None,
) -> pd.DataFrame:
    """Show every line of a word or phrase.

    Parameters
    ----------
    source : Corpus or TokenIndex
        A corpus is indexed first; of a large one that is asked often, keep an index
        (:func:`analysis.index.store.build_index`).
    phrase, width, sort, where
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
    >>> concordance(talk, "dark", where={"speaker": "B"})["left"].tolist()
    ['All ']
    """
    index = token_index(source) if isinstance(source, Corpus) else source
    return of_index.concordance(index, phrase, width=width, sort=sort, where=where)

"""The spans of a codebook's occurrences in the utterances of an index."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.codebook.reading import Codebook
from analysis.index.freshness import codebook_hash
from analysis.index.token_index import TokenIndex

_COLUMNS = ("row", "term", "start", "end")
_CODEBOOK = b"codebook"


def find_in_index(index: TokenIndex, codebook: Codebook) -> pa.Table:
    """Find every occurrence of a codebook's terms in the utterances of an index.

    What the index keeps of the same codebook is taken as it is.

    Parameters
    ----------
    index : TokenIndex
    codebook : Codebook

    Returns
    -------
    pyarrow.Table
        ``row`` (int64, the utterance), ``term`` (int64, row of the codebook's terms), ``start``,
        ``end`` (int64, characters of the utterance), in the order of the text: the spans of
        :func:`analysis.codebook.occurrences.match_terms`.
    """
    mark = {_CODEBOOK: codebook_hash(codebook).encode()}
    if index.occurrences is not None and index.occurrences.schema.metadata == mark:
        return index.occurrences
    # Not at the top: it brings polars, which who asks an index of its words does not need.
    from analysis.codebook.many_texts import find_in_texts

    found = find_in_texts(index.texts, codebook)
    found["term"] = pd.Index(codebook.terms["id"]).get_indexer(found["term"])
    columns = {name: found[name].to_numpy(np.int64) for name in _COLUMNS}
    return pa.table(columns).replace_schema_metadata(mark)

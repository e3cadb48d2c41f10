"""What a codebook finds in an index: the spans of its terms, kept with the index or found anew."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np
import pyarrow as pa

from analysis.index_manifest import codebook_hash

if TYPE_CHECKING:
    from analysis.codebook import Codebook
    from analysis.index import TokenIndex

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
        :func:`analysis.occurrences.find`.
    """
    mark = {_CODEBOOK: codebook_hash(codebook).encode()}
    if index.occurrences is not None and index.occurrences.schema.metadata == mark:
        return index.occurrences
    found = np.array(list(_spans(index, codebook)), np.int64).reshape(-1, 4)
    columns = zip(_COLUMNS, found.T.copy(), strict=True)
    return pa.table(dict(columns)).replace_schema_metadata(mark)


def _spans(index: TokenIndex, codebook: Codebook) -> Iterator[tuple[int, int, int, int]]:
    for row in range(len(index.document)):
        for start, end, term in codebook.matcher.scan(index.text_of(row)):
            yield row, term, start, end

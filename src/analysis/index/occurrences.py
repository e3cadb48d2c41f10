"""The occurrences of a codebook in a token index: where they are, who uses which term how often."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.codebook.many_texts import find_in_texts
from analysis.codebook.reading import Codebook
from analysis.index.freshness import codebook_hash
from analysis.index.queries import rate_table
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
    buffers = map(pa.py_buffer, (index.text_offset, index.text))
    texts = pa.LargeStringArray.from_buffers(len(index.document), *buffers)
    found = find_in_texts(texts, codebook)
    found["term"] = pd.Index(codebook.terms["id"]).get_indexer(found["term"])
    columns = {name: found[name].to_numpy(np.int64) for name in _COLUMNS}
    return pa.table(columns).replace_schema_metadata(mark)


def count_occurrences(index: TokenIndex, codebook: Codebook) -> pa.Table:
    """Count the occurrences of every term by speaker.

    Returns
    -------
    pyarrow.Table
        ``term`` (int64, row of the codebook's terms), ``speaker`` (str), ``count`` and ``words``
        (int64, the speaker's exposure) for every pair.
    """
    found = find_in_index(index, codebook)
    speakers, terms = len(index.speakers), len(codebook.terms)
    cells = found["term"].to_numpy() * speakers + index.speaker[found["row"].to_numpy()]
    words = np.bincount(index.speaker, index.exposure, speakers).astype(np.int64)
    return pa.table(
        {
            "term": np.repeat(np.arange(terms), speakers),
            "speaker": pa.concat_arrays([index.speakers] * terms),
            "count": np.bincount(cells, minlength=terms * speakers),
            "words": np.tile(words, terms),
        }
    )


def occurrences_by_speaker(index: TokenIndex, codebook: Codebook) -> pd.DataFrame:
    """Give the rate at which every speaker uses every term of a codebook.

    Parameters
    ----------
    index : TokenIndex
    codebook : Codebook

    Returns
    -------
    pandas.DataFrame
        One row per term and speaker, those without an occurrence too: ``term``, ``frame``,
        ``speaker`` (str), ``count``, ``words`` (int, the speaker's), ``per_million`` (float).
    """
    return occurrence_table(count_occurrences(index, codebook), codebook)


def occurrence_table(counts: pa.Table, codebook: Codebook) -> pd.DataFrame:
    """Make the table of :func:`occurrences_by_speaker` of counts by term and speaker."""
    table = counts.to_pandas()
    for at, name in enumerate(("id", "frame")):
        values = codebook.terms[name].take(table["term"]).to_numpy()
        table.insert(at + 1, f"{name}_", pd.Series(values, dtype="str"))
    table = table.drop(columns="term").rename(columns={"id_": "term", "frame_": "frame"})
    return rate_table(table)

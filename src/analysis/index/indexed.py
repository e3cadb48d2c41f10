"""The occurrences of a codebook in a token index: who uses which term how often."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa

from analysis.codebook.reading import Codebook
from analysis.index.coded import find_in_index
from analysis.index.queries import rate_table
from analysis.index.token_index import TokenIndex


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

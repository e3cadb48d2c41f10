"""Who uses which term of a codebook how often."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa

from analysis.codebook.reading import Codebook
from analysis.index.counts import by_speaker
from analysis.index.partitions import Partitions, ask
from analysis.index.selection import Where, check_where, selected
from analysis.index.spans import find_in_index
from analysis.index.tables import PER, rate_table
from analysis.index.token_index import TokenIndex

if TYPE_CHECKING:
    from distributed import Client


def count_occurrences(
    index: TokenIndex, codebook: Codebook, where: Where | None = None
) -> pa.Table:
    """Count the occurrences of every term by speaker.

    Returns
    -------
    pyarrow.Table
        ``term`` (int64, row of the codebook's terms), ``speaker`` (str), ``count`` and ``words``
        (int64, the speaker's exposure) for every pair.
    """
    found = find_in_index(index, codebook)
    term, row = found["term"].to_numpy(), found["row"].to_numpy()
    chosen = selected(index, where)
    if chosen is not None:
        term, row = term[chosen[row]], row[chosen[row]]
    return by_speaker(index, "term", (term, row), size=len(codebook.terms), chosen=chosen)


def occurrences_by_speaker(
    source: TokenIndex | Partitions,
    codebook: Codebook,
    *,
    per: float = PER,
    where: Where | None = None,
    client: Client | None = None,
) -> pd.DataFrame:
    """Give the rate at which every speaker uses every term of a codebook.

    Parameters
    ----------
    source : TokenIndex or Partitions
    codebook : Codebook
    per : float, default 1000
        Words that the rate is per.
    where : mapping, optional
        Only these utterances; see :mod:`analysis.index.selection`.
    client : distributed.Client, optional
        Whose workers count; see :func:`analysis.index.partitions.ask`.

    Returns
    -------
    pandas.DataFrame
        One row per term and speaker, those without an occurrence too: ``term``, ``frame``,
        ``speaker`` (str), ``count``, ``words`` (int, the speaker's), ``rate`` (float, per 1,000
        words).

    Raises
    ------
    AnalysisError
        If the filter is not understood, or a partition cannot be read.
    """
    check_where(source, where)
    count = partial(count_occurrences, codebook=codebook, where=where)
    table = ask(source, count, ["term", "speaker"], client=client).to_pandas()
    for at, name in enumerate(("id", "frame")):
        values = codebook.terms[name].take(table["term"]).to_numpy()
        table.insert(at + 1, f"{name}_", pd.Series(values, dtype="str"))
    table = table.drop(columns="term").rename(columns={"id_": "term", "frame_": "frame"})
    return rate_table(table, per)

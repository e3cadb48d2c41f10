"""Statements: who affirms or denies what, where; the table that discourse networks are made of."""

from __future__ import annotations

from typing import Literal

import numpy as np
import pandas as pd

from analysis.codebook.reading import Codebook
from analysis.corpus.actor_table import resolve_actors
from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.occurrences import find

STATEMENT_COLUMNS = {
    "document": "str",
    "date": "str",
    "actor": "str",
    "kind": "str",
    "organisation": "str",
    "group": "str",
    "concept": "str",
    "term": "str",
    "frame": "str",
    "stance": "str",
    "agreement": "Int64",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "printed": "str",
    "mode": "str",
    "confidence": "float64",
    "stance_confidence": "float64",
}
LEVELS = ("term", "frame")
Level = Literal["term", "frame"]


def statements(
    corpus: Corpus,
    codebook: Codebook,
    *,
    actors: pd.DataFrame | None = None,
    concept: Level = "term",
) -> pd.DataFrame:
    """Find every statement of a corpus: an actor who affirms or denies a term of the codebook.

    Parameters
    ----------
    corpus : Corpus
    codebook : Codebook
    actors : pandas.DataFrame, optional
        A register (:func:`analysis.corpus.actors.read_actors`), which wins over the names found.
    concept : {"term", "frame"}
        What stands in the column ``concept``.

    Returns
    -------
    pandas.DataFrame
        One row per statement in the order of the texts: ``document``, ``date``, ``actor``,
        ``kind`` (person, body or unnamed), ``organisation``, ``group``, ``concept``, ``term``,
        ``frame``, ``stance`` (asserted or denied), ``agreement`` (1 or 0), ``start``, ``end``
        (characters of the document), ``text``, ``printed`` (the source as written), ``mode``,
        ``confidence`` and ``stance_confidence`` (how sure the voice and the stance are, missing
        where the engine does not say). ``attrs["left_out"]`` counts the occurrences that are no
        statements, by reason. Mere mentions are in :func:`mentions`.

    Raises
    ------
    AnalysisError
        If the register contradicts itself or `concept` is neither of the two.

    Examples
    --------
    >>> from analysis.codebook import read_codebook
    >>> book = read_codebook("data/codebook.toml")  # doctest: +SKIP
    >>> press = Corpus.read("texts/")  # doctest: +SKIP
    >>> statements(press, book)[["actor", "concept", "agreement"]]  # doctest: +SKIP
    """
    found = _all(corpus, codebook, actors, concept)
    table = stated(found)
    table.attrs["left_out"] = _left_out(found)
    return table


def stated(found: pd.DataFrame) -> pd.DataFrame:
    """Return the occurrences that are statements, of all that were given to their actors."""
    those = found["actor"].ne("") & found["stance"].isin(["asserted", "denied"])
    return found[those].reset_index(drop=True)


def mentions(
    corpus: Corpus,
    codebook: Codebook,
    *,
    actors: pd.DataFrame | None = None,
    concept: Level = "term",
) -> pd.DataFrame:
    """Find the terms that an actor only mentions, neither affirming nor denying them.

    Parameters
    ----------
    corpus, codebook, actors, concept
        As for :func:`statements`.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`statements`; ``agreement`` is missing.
    """
    found = _all(corpus, codebook, actors, concept)
    mere = found["actor"].ne("") & found["stance"].eq("mentioned")
    return found[mere].reset_index(drop=True)


def _all(
    corpus: Corpus,
    codebook: Codebook,
    actors: pd.DataFrame | None,
    concept: Level,
) -> pd.DataFrame:
    if concept not in LEVELS:
        raise AnalysisError("concept", repr(concept), " or ".join(map(repr, LEVELS)))
    return by_actor(find(corpus, codebook), corpus, actors, concept=concept)


def by_actor(
    found: pd.DataFrame,
    corpus: Corpus,
    actors: pd.DataFrame | None = None,
    *,
    concept: Level = "term",
) -> pd.DataFrame:
    """Give occurrences that were found in a corpus to its actors.

    Parameters
    ----------
    found : pandas.DataFrame
        From :func:`analysis.occurrences.find`, in the order of the texts.
    corpus : Corpus
    actors : pandas.DataFrame, optional
        A register.
    concept : {"term", "frame"}
        What stands in the column ``concept``.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`statements`, all that were found.
    """
    resolved = resolve_actors(corpus, actors)
    table = found.drop(columns="group").merge(
        resolved[["document", "utterance", "printed", "actor", "kind", "organisation", "group"]],
        on=["document", "utterance"],
        how="left",
    )
    texts = ["printed", "actor", "kind", "organisation", "group"]
    table[texts] = table[texts].fillna("")
    dates = dict(zip(corpus.documents["document"], corpus.documents["date"], strict=True))
    agreement = table["stance"].map({"asserted": 1, "denied": 0})
    table = table.assign(
        date=table["document"].map(dates).fillna(""),
        concept=table[concept],
        agreement=agreement.astype("Int64"),
        mode=table["mode"].fillna(""),
    )
    for name in ("confidence", "stance_confidence"):
        if name not in table:
            table[name] = np.nan
    return table[list(STATEMENT_COLUMNS)].astype(STATEMENT_COLUMNS)


def _left_out(found: pd.DataFrame) -> dict[str, int]:
    """Count what is no statement, by reason."""
    narrated = found["actor"].eq("") & found["mode"].isin(["narration", "turn", ""])
    return {
        "occurrences": len(found),
        "in the reporter's own voice": int(narrated.sum()),
        "source unknown": int((found["actor"].eq("") & ~narrated).sum()),
        "mere mentions": int((found["actor"].ne("") & found["stance"].eq("mentioned")).sum()),
    }

"""Find the occurrences of a codebook's terms: where, in which words, in whose turn."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from analysis.codebook.reading import Codebook
from analysis.errors import AnalysisError
from analysis.text.document import Document, from_spans

COLUMNS = {
    "document": "str",
    "utterance": "int64",
    "start": "int64",
    "end": "int64",
    "text": "str",
    "term": "str",
    "frame": "str",
    "speaker": "str",
    "mode": "str",
    "left": "str",
    "right": "str",
}
CONTEXT = 60
"""How many characters of the utterance are shown on each side of an occurrence."""


def match_terms(
    document: Document | str, codebook: Codebook, *, terms: Collection[str] | None = None
) -> pd.DataFrame:
    """Find the terms in one document: where, in which words; not yet how they are meant.

    Within one term the leftmost match is taken, of those the longest, and the next is looked for
    after its end: no word counts twice for one term. Matches that overlap an exclusion of their
    term are dropped. Different terms may overlap, and each is reported. An occurrence never
    reaches from one utterance into another, nor into the printed label of its speaker.

    Parameters
    ----------
    document : Document or str
        A bare text is one utterance of nobody known.
    codebook : Codebook
    terms : collection of str, optional
        Ids of the terms to look for; all of them where it is left out.

    Returns
    -------
    pandas.DataFrame
        One row per occurrence, in order of ``start``, ``end`` and the codebook: ``document``
        (str, empty for a bare text), ``utterance`` (int), ``start``, ``end`` (int, characters of
        the text as read), ``text`` (as written there), ``term``, ``frame`` (ids), ``speaker``,
        ``mode`` (str; missing where the document does not say), ``left``, ``right`` (up to 60
        characters of the same utterance, white space collapsed).

    Raises
    ------
    AnalysisError
        If a term is not in the codebook.

    Examples
    --------
    >>> from analysis.codebook import read_codebook
    >>> book = read_codebook("data/codebook.toml")  # doctest: +SKIP
    >>> match_terms("They fear going dark.", book)[["start", "end", "term"]]  # doctest: +SKIP
       start  end        term
    0     11   21  going dark
    """
    wanted = wanted_terms(codebook, terms)
    if isinstance(document, str):
        spans = [(0, 0, len(document), "", "", "")]
        document = from_spans("", document, spans if document else [])
    ids, frames = (codebook.terms[column].tolist() for column in ("id", "frame"))
    text = document.text
    rows = []
    columns = ("utterance", "body", "end", "speaker", "mode")
    for utterance, body, stop, speaker, mode in zip(
        *(document.utterances[column].tolist() for column in columns), strict=True
    ):
        for start, end, term in _scan(text[body:stop], codebook):
            if term not in wanted:
                continue
            first, last = body + start, body + end
            rows.append(
                (
                    document.document,
                    utterance,
                    first,
                    last,
                    text[first:last],
                    ids[term],
                    frames[term],
                    _or_missing(speaker),
                    _or_missing(mode),
                    " ".join(text[max(body, first - CONTEXT) : first].split()),
                    " ".join(text[last : min(stop, last + CONTEXT)].split()),
                )
            )
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def once_per_frame(occurrences: pd.DataFrame) -> pd.DataFrame:
    """Count a place once for each frame, where terms of the frame overlap.

    Of occurrences of one frame that overlap the longest stays, of these the first in the
    codebook. A rate of a frame counts places; with overlapping terms it would count some twice.

    Parameters
    ----------
    occurrences : pandas.DataFrame
        With ``document``, ``start``, ``end``, ``frame``.

    Returns
    -------
    pandas.DataFrame
        The rows that stay, in their order.

    Examples
    --------
    >>> found = pd.DataFrame({"document": "a", "start": [0, 0, 9], "end": [4, 15, 15],
    ...                       "frame": ["scale", "scale", "law"]})
    >>> once_per_frame(found).index.tolist()
    [1, 2]
    """
    order = occurrences.assign(_place=range(len(occurrences)), _length=occurrences["end"])
    order["_length"] -= occurrences["start"]
    order = order.sort_values(["_length", "_place"], ascending=[False, True], kind="stable")
    taken: dict[tuple[str, str], list[tuple[int, int]]] = {}
    kept = []
    columns = ["document", "frame", "start", "end", "_place"]
    for document, frame, start, end, place in order[columns].itertuples(index=False):
        spans = taken.setdefault((document, frame), [])
        if all(end <= first or start >= last for first, last in spans):
            spans.append((start, end))
            kept.append(place)
    return occurrences.iloc[sorted(kept)]


def _scan(text: str, codebook: Codebook) -> list[tuple[int, int, int]]:
    """Give ``(start, end, row of the term)``; the one place where texts meet patterns."""
    return codebook.matcher.scan(text)


def wanted_terms(codebook: Codebook, terms: Collection[str] | None) -> set[int]:
    """Return the rows of the terms asked for; an unknown one is refused."""
    ids = codebook.terms["id"].tolist()
    if terms is None:
        return set(range(len(ids)))
    asked = [terms] if isinstance(terms, str) else list(terms)
    for term in asked:
        if term not in ids:
            raise AnalysisError(
                "terms", f"unknown term {term!r}", f"one of {', '.join(map(repr, ids))}"
            )
    return {ids.index(term) for term in asked}


def _or_missing(value: object) -> str | None:
    return value if isinstance(value, str) and value else None

"""Candidates for the terms of a codebook that is only begun: what goes together in the texts.

A codebook that has terms is better served by :mod:`analysis.coding.missed`, which learns from what
they find; :func:`candidate_lines` gives both where there is something to learn from.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import pairwise

import pandas as pd

from analysis.codebook.reading import Codebook
from analysis.coding.missed import EMPTY, missed
from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.statistics.words.collocation import measures
from analysis.text.words import fold, word_spans

FEWEST = 3
"""Occurrences below which a pair of words is no candidate."""
_MOST_MEASURED = 5000
_SHOWN = 8
_PARTING = frozenset('.?!;:,()"“”\n')


def first_terms(corpus: Corpus, *, most: int = 40) -> pd.DataFrame:
    """Return the pairs of words that go together in several documents or speakers' words.

    Parameters
    ----------
    corpus : Corpus
        With its texts.
    most : int
        How many pairs at most.

    Returns
    -------
    pandas.DataFrame
        ``phrase`` (str), ``count``, ``documents``, ``speakers`` (int), ``log_likelihood`` (that
        the two stand together by chance, Dunning 1993), highest first. Pairs across a mark, or
        with a word such as "the", are left out, and so are those of one utterance alone and
        names, whose words always have capitals.

    Examples
    --------
    >>> from analysis.text.document import from_turns
    >>> turns = [("ADA", "Mass surveillance it is."), ("TOM", "Who fears mass surveillance?")]
    >>> talk = from_turns("d", [*turns, ("ADA", "I fear mass surveillance, and you do not.")])
    >>> first_terms(Corpus.of([talk]))[["phrase", "count", "speakers"]].values.tolist()
    [['mass surveillance', 3, 2]]
    """
    single: Counter[str] = Counter()
    pairs: Counter[tuple[str, str]] = Counter()
    named: Counter[tuple[str, str]] = Counter()
    places: dict[tuple[str, str], set[tuple[str, str, int]]] = defaultdict(set)
    for row in corpus.utterances[["document", "utterance", "speaker", "body", "end"]].itertuples():
        written = list(_words(corpus.texts[row.document][row.body : row.end]))
        words = [fold(word) for word in written]
        single.update(word for word in words if word)
        for (first, second), shown in zip(pairwise(words), pairwise(written), strict=True):
            if first and second and not {first, second} & EMPTY and first != second:
                pairs[first, second] += 1
                named[first, second] += all(word[0].isupper() for word in shown)
                places[first, second].add((row.document, row.speaker or "", row.utterance))
    kept = [
        pair
        for pair, count in pairs.items()
        if count >= FEWEST
        and named[pair] < count
        and len(places[pair]) > 1
        and not any(map(str.isdigit, "".join(pair)))
    ]
    kept = sorted(kept, key=lambda pair: (-pairs[pair], pair))[:_MOST_MEASURED]
    if not kept:
        names = ["phrase", "count", "documents", "speakers", "log_likelihood"]
        return pd.DataFrame(columns=names)
    table = pd.DataFrame(
        {
            "phrase": [" ".join(pair) for pair in kept],
            "count": [pairs[pair] for pair in kept],
            "documents": [len({document for document, _, _ in places[pair]}) for pair in kept],
            "speakers": [len({who for _, who, _ in places[pair]} - {""}) for pair in kept],
        }
    )
    measured = measures(
        table["count"].to_numpy(),
        [single[first] for first, _ in kept],
        [single[second] for _, second in kept],
        single.total(),
    )
    table["log_likelihood"] = measured["log_likelihood_signed"].round(3).to_numpy()
    table = table.sort_values(["log_likelihood", "phrase"], ascending=[False, True])
    return table.head(most).reset_index(drop=True)


def candidate_lines(corpus: Corpus, codebook: Codebook | None = None) -> list[str]:
    """Return as comments of a codebook what might become a term of it.

    Parameters
    ----------
    corpus : Corpus
    codebook : Codebook, optional
        One whose frames are looked for too: what its terms seem to miss in these texts.

    Returns
    -------
    list of str
        Lines that each begin with ``#``.
    """
    found = first_terms(corpus)
    lines = ["# Candidates: words that go together in your texts. Nothing is counted of them until"]
    # Who speaks in the press is found with the terms: until then nobody is known to say a pair.
    known = ["count", "documents", *(["speakers"] if found["speakers"].any() else [])]
    lines += [f"# you write a [[term]] for one. Pair, {', '.join(['times', *known[1:]])}:"]
    lines += [
        f"#   {phrase:<34} {' '.join(f'{number:>5}' for number in numbers)}"
        for phrase, *numbers in found[["phrase", *known]].itertuples(index=False)
    ]
    if found.empty:
        lines.append("#   none: no two words stand together three times, in two utterances")
    if codebook is None:
        return lines
    corpus = corpus.voiced()
    for frame in codebook.frames.itertuples():
        try:
            found = missed(corpus, codebook, frame.id, phrases=200).phrases
        except AnalysisError:
            continue  # too few of its terms are here to learn from
        phrases = found.loc[found["segments"] > 0, "phrase"] if len(found) else []
        if some := [phrase for phrase in phrases if " " in str(phrase)][:_SHOWN]:
            lines += ["#", f"# Said where terms of the frame {frame.label!r} are missing:"]
            lines.append(f"#   {', '.join(some)}")
    return lines


def _words(text: str) -> Iterator[str]:
    """Yield the words of a text, and "" where a mark parts two."""
    last = 0
    for start, end in word_spans(text):
        if _PARTING & set(text[last:start]):
            yield ""
        yield text[start:end]
        last = end

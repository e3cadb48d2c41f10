"""What to code by hand: probability samples of occurrences and of the text around them.

Precision can be had from occurrences; recall cannot. So two populations are sampled: the
occurrences, and the segments of the text, most of which hold none. Every drawn line keeps its
stratum, the sizes of the stratum and of its sample, and hence its inclusion probability.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
import scipy

from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.text.words import word_spans

SEGMENT_COLUMNS = ("document", "utterance", "start", "end", "words", "speaker", "group")
DESIGN_COLUMNS = ("stratum", "population", "sampled", "inclusion")
SAMPLE_COLUMNS = (
    "item",
    "kind",
    "document",
    "utterance",
    "start",
    "end",
    "term",
    "frame",
    "speaker",
    "group",
    *DESIGN_COLUMNS,
)
LONGEST = 120
"""Words of the longest segment: what a coder can hold in mind, and mostly a whole utterance."""
SHORT = 20
"""Segments of fewer words than this ("I agree.") are one stratum of their own."""

_SENTENCE_END = re.compile(r"[.?!][\"'”’)\]]*\s+")


def segments(corpus: Corpus, *, longest: int = LONGEST) -> pd.DataFrame:
    """Cut a corpus into the units in which something may have been missed.

    An utterance of at most `longest` words is one segment. A longer one is cut after sentences,
    each segment taking as many as fit; a sentence that is longer still is cut after a word.

    Parameters
    ----------
    corpus : Corpus
    longest : int, default 120
        Words of the longest segment.

    Returns
    -------
    pandas.DataFrame
        One row per segment in the order of the text: ``document``, ``utterance``, ``start``,
        ``end`` (characters of the document), ``words``, ``speaker``, ``group``. Utterances
        without a word have none.

    Raises
    ------
    AnalysisError
        If `longest` is not a positive whole number.

    Examples
    --------
    >>> from analysis.text.document import from_turns
    >>> talk = from_turns("talk", [("MS. BRAND", "We met. We spoke. We left.")])
    >>> segments(Corpus.of([talk]), longest=4)[["start", "end", "words"]].values.tolist()
    [[0, 18, 4], [18, 26, 2]]
    """
    if not isinstance(longest, int) or longest < 1:
        raise AnalysisError("longest", repr(longest), "a whole number of words, 1 or more")
    rows = []
    order = corpus.utterances.sort_values(["document", "utterance"])
    columns = ["document", "utterance", "body", "end", "speaker", "group"]
    for document, utterance, body, end, speaker, group in order[columns].itertuples(index=False):
        text = corpus.texts[document][body:end]
        for first, last, words in _pieces(text, longest):
            rows.append((document, utterance, body + first, body + last, words, speaker, group))
    return pd.DataFrame(rows, columns=list(SEGMENT_COLUMNS))


def _pieces(text: str, longest: int) -> list[tuple[int, int, int]]:
    spans = word_spans(text)
    if not spans:
        return []
    starts = [start for start, _ in spans]
    ends = [match.end() for match in _SENTENCE_END.finditer(text)]
    # How many words stand before each place where a sentence has ended.
    before = np.searchsorted(starts, ends).tolist()
    pieces = []
    done = position = 0
    while len(spans) - done > longest:
        fitting = [
            (count, end)
            for count, end in zip(before, ends, strict=True)
            if done < count <= done + longest
        ]
        count, end = fitting[-1] if fitting else (done + longest, starts[done + longest])
        pieces.append((position, end, count - done))
        done, position = count, end
    return [*pieces, (position, len(text), len(spans) - done)]


def segment_of(occurrences: pd.DataFrame, segments: pd.DataFrame) -> pd.Series:
    """Say in which segment each occurrence begins.

    Parameters
    ----------
    occurrences : pandas.DataFrame
        With ``document``, ``start``.
    segments : pandas.DataFrame
        From :func:`segments`.

    Returns
    -------
    pandas.Series of int
        The row of `segments`, on the index of `occurrences`.

    Raises
    ------
    AnalysisError
        If an occurrence lies in no segment: the two were made from different texts.
    """
    rows = segments.reset_index(names="row").sort_values(["document", "start"])
    result = pd.Series(-1, index=occurrences.index)
    for document, own in occurrences.groupby("document"):
        there = rows[rows["document"] == document]
        at = np.searchsorted(there["start"], own["start"], side="right") - 1
        inside = at >= 0
        inside[inside] &= (own["start"][inside] < there["end"].to_numpy()[at[inside]]).to_numpy()
        if not inside.all():
            raise AnalysisError(
                f"{document}, character {own['start'][~inside].iloc[0]}",
                "an occurrence outside every segment",
                "occurrences and segments of the same texts",
                "measure both anew",
            )
        result[own.index] = there["row"].to_numpy()[at]
    return result


def allocate(sizes: Sequence[int], n: int, *, minimum: int = 2, power: float = 0.5) -> list[int]:
    """Share out a sample among strata: more to the large ones, some to every one.

    Power allocation (Bankier 1988): in proportion to size to the `power`; 1 is proportional
    allocation, 0 the same number for each. No stratum gets fewer than `minimum`, which a variance
    needs, or more than it has.

    Parameters
    ----------
    sizes : sequence of int, (strata,)
        Units in each stratum.
    n : int
        Units to draw in all.
    minimum : int, default 2
    power : float, default 0.5

    Returns
    -------
    list of int, (strata,)
        Sums to `n`.

    Raises
    ------
    AnalysisError
        If `n` is less than the minima need or more than there is.

    Examples
    --------
    >>> allocate([100, 25, 1], 31)
    [20, 10, 1]
    """
    whole = np.asarray(sizes, dtype=np.int64)
    least = np.minimum(whole, minimum)
    if not least.sum() <= n <= whole.sum():
        raise AnalysisError(
            "n",
            f"{n} units to draw",
            f"{least.sum()} ({minimum} of each stratum) to {whole.sum()} (all there is)",
            "draw another number or join strata",
        )
    weight = whole.astype(np.float64) ** power
    # The largest multiple of the weights that, within the bounds, does not exceed n.
    low, high = 0.0, float(whole.max()) + 1
    for _ in range(100):
        middle = (low + high) / 2
        fits = np.clip(np.floor(middle * weight), least, whole).sum() <= n
        low, high = (middle, high) if fits else (low, middle)
    share = np.clip(low * weight, least, whole)
    taken = np.clip(np.floor(share), least, whole).astype(np.int64)
    for stratum in np.lexsort((np.arange(len(whole)), -(share - taken))):
        if taken.sum() < n and taken[stratum] < whole[stratum]:
            taken[stratum] += 1
    for stratum in np.argsort(-(whole - taken), kind="stable"):
        taken[stratum] += min(n - taken.sum(), whole[stratum] - taken[stratum])
    return taken.tolist()


def draw(
    units: pd.DataFrame, strata: pd.Series, n: int, *, seed: int, minimum: int = 2
) -> pd.DataFrame:
    """Draw a stratified random sample without replacement.

    Parameters
    ----------
    units : pandas.DataFrame
        The population.
    strata : pandas.Series of str
        The stratum of each unit, on the same index.
    n : int
        Units to draw.
    seed : int
        The same seed draws the same units.
    minimum : int, default 2
        As :func:`allocate`.

    Returns
    -------
    pandas.DataFrame
        The units drawn, in the order of the population, with ``stratum`` (str), ``population``
        and ``sampled`` (int, units of the stratum and of its sample), ``inclusion`` (float,
        sampled / population).

    Raises
    ------
    AnalysisError
        As :func:`allocate`.

    Examples
    --------
    >>> units = pd.DataFrame({"unit": range(6)})
    >>> taken = draw(units, pd.Series(list("aaaabb")), 4, seed=1)
    >>> taken[["stratum", "sampled", "inclusion"]].drop_duplicates().values.tolist()
    [['a', 2, 0.5], ['b', 2, 1.0]]
    """
    rng = np.random.default_rng(seed)
    rows = {
        str(name): np.flatnonzero(strata.to_numpy() == name) for name in sorted(strata.unique())
    }
    numbers = allocate([len(places) for places in rows.values()], n, minimum=minimum)
    taken = []
    for (name, places), number in zip(rows.items(), numbers, strict=True):
        chosen = np.sort(rng.choice(places, size=number, replace=False))
        taken.append(
            units.iloc[chosen].assign(
                stratum=name,
                population=len(places),
                sampled=number,
                inclusion=number / len(places),
            )
        )
    return pd.concat(taken).sort_index(kind="stable")


def coding_sample(
    occurrences: pd.DataFrame,
    segments: pd.DataFrame,
    *,
    sizes: Mapping[str, int],
    seed: int,
    census: str | None = None,
    pooled: Sequence[str] = (),
) -> pd.DataFrame:
    """Draw what two coders are to read: occurrences, and segments with and without any.

    Occurrences are stratified by frame and group, segments by group, by whether they hold an
    occurrence and, of those that hold none, whether they are short. Items are numbered in an
    order of chance, so that neither position nor stratum can be told from the number.

    Parameters
    ----------
    occurrences : pandas.DataFrame
        Of a :class:`analysis.study.measured.Study`.
    segments : pandas.DataFrame
        From :func:`segments`, of the same texts.
    sizes : mapping of str to int
        How many ``"occurrence"``, ``"with"`` (segments that hold an occurrence) and
        ``"without"``. The census is apart from these.
    seed : int
    census : str, optional
        A frame every occurrence of which is taken.
    pooled : sequence of str
        Groups too small for strata of their own.

    Returns
    -------
    pandas.DataFrame
        ``item`` ("o001" ... occurrences, "s001" ... segments), ``kind`` ("occurrence",
        "without", "with"), ``document``, ``utterance``, ``start``, ``end``, ``term``, ``frame``
        (empty for segments), ``speaker``, ``group``, then the design: ``stratum``,
        ``population``, ``sampled``, ``inclusion``.

    Raises
    ------
    AnalysisError
        If more is asked for than there is, or segments and occurrences do not fit.
    """
    group = segments["group"].where(~segments["group"].isin(pooled), "other")
    holds = pd.Series(False, index=segments.index)
    holds[segment_of(occurrences, segments).to_numpy()] = True
    short = segments["words"] < SHORT
    segment_strata = group.where(~short, "short")
    wanted = occurrences["frame"] == census
    own = occurrences["group"].where(~occurrences["group"].isin(pooled), "other")
    occurrence_strata = occurrences["frame"] + ", " + own
    drawn = [
        _part("occurrence", occurrences[~wanted], occurrence_strata, sizes["occurrence"], seed),
        _part("occurrence", occurrences[wanted], occurrence_strata, int(wanted.sum()), seed),
        _part("without", segments[~holds], segment_strata, sizes["without"], seed),
        _part("with", segments[holds], group, sizes["with"], seed),
    ]
    table = pd.concat([part for part in drawn if len(part)], ignore_index=True)
    order = np.random.default_rng(seed).permutation(len(table))
    table = table.iloc[order].reset_index(drop=True)
    is_segment = table["kind"] != "occurrence"
    number = table.groupby(is_segment).cumcount() + 1
    letter = np.where(is_segment, "s", "o")
    table["item"] = [f"{a}{b:03d}" for a, b in zip(letter, number, strict=True)]
    table[["term", "frame"]] = table[["term", "frame"]].fillna("")
    return table.sort_values("item", ignore_index=True)[list(SAMPLE_COLUMNS)]


def _part(kind: str, units: pd.DataFrame, strata: pd.Series, size: int, seed: int) -> pd.DataFrame:
    if units.empty:
        return pd.DataFrame()
    units = units.reindex(columns=[name for name in SAMPLE_COLUMNS if name in units])
    return draw(units, kind + ": " + strata[units.index], size, seed=seed).assign(kind=kind)


def lines_needed(
    width: float, *, share: float = 0.5, population: int | None = None, level: float = 0.95
) -> int:
    """Say how many lines to code so that the interval of a share is as narrow as wanted.

    n₀ = z²·p(1 − p)/(width/2)², n = n₀/(1 + (n₀ − 1)/N) where the population is finite (Cochran
    1977, 4.4).

    Parameters
    ----------
    width : float
        Of the whole interval, from its lower to its upper bound.
    share : float, default 0.5
        The share expected, such as a precision of 0.9; 0.5 is the worst case.
    population : int, optional
        Lines there are; without it there is no end of them.
    level : float, default 0.95
        Confidence level.

    Returns
    -------
    int

    Raises
    ------
    AnalysisError
        If a number lies outside its bounds.

    Examples
    --------
    >>> lines_needed(0.1), lines_needed(0.1, share=0.9), lines_needed(0.1, population=500)
    (385, 139, 218)
    """
    for name, value in (("width", width), ("share", share), ("level", level)):
        if not 0 < value < 1:
            raise AnalysisError(name, f"{value:g}", "a number between 0 and 1")
    if population is not None and population < 1:
        raise AnalysisError("population", f"{population}", "1 line or more")
    z = scipy.special.ndtri((1 + level) / 2)
    n = z**2 * share * (1 - share) / (width / 2) ** 2
    if population is not None:
        n = n / (1 + (n - 1) / population)
    # A hair's breadth above a whole number is rounding, not one more line.
    return int(np.ceil(n - 1e-9))

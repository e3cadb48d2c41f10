"""A study over time: rates by month or year, breaks, before and after an event, dispersion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, Protocol, get_args

import numpy as np
import pandas as pd

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.counts import rates as group_rates
from analysis.statistics.counts.rates import RESAMPLES, SEED, Unit
from analysis.statistics.over_time.change_points import count_change_point
from analysis.statistics.words.dispersion import measures

Period = Literal["month", "year"]
_LENGTH = {"month": 7, "year": 4}
LEAST_WORDS = 2_000
"""With fewer words in a period its rate is given, and said to rest on too little."""

FEW_DOCUMENTS = 10
"""With fewer documents resampling them is too narrow."""

LEAST_UNITS = 3
"""With fewer speakers' appearances in a period likewise."""


class Measured(Protocol):
    """What a study is here: three tables, as :class:`analysis.study.measured.MeasuredCorpus`."""

    @property
    def documents(self) -> pd.DataFrame:
        """One row per document."""

    @property
    def utterances(self) -> pd.DataFrame:
        """One row per utterance."""

    @property
    def occurrences(self) -> pd.DataFrame:
        """One row per occurrence."""


def rates(
    study: Measured,
    *,
    period: Period = "year",
    of: str = "frame",
    categories: Sequence[str] | None = None,
    groups: str | Sequence[str] | None = None,
    unit: Unit = "appearance",
    level: float = 0.95,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> pd.DataFrame:
    """Return how often each frame or term is said in each month or year, with its band.

    Parameters
    ----------
    study : MeasuredCorpus
    period : {"year", "month"}
    of : {"frame", "term"}
    categories : sequence of str, optional
        Those to count; all that occur where it is left out.
    groups : str or sequence of str, optional
        Only what these groups say; everybody where it is left out.
    unit : {"appearance", "utterance", "document"}
        What is resampled for the band.
    level : float
    resamples, seed : int

    Returns
    -------
    pandas.DataFrame
        One row per period and category, the periods in between without any text included:
        ``period``, `of`, ``count``, ``words``, ``documents``, ``speakers``, ``units``, ``rate``,
        ``low``, ``high`` (per 1,000 words; missing without text), ``enough`` (bool), ``linked``
        (bool: somebody speaks in this period and in the one with text before it, so that the two
        may be joined), ``note`` (what there is too little of).

    Raises
    ------
    AnalysisError
        If a document has no date, or one too coarse, or nothing is left.

    Examples
    --------
    >>> da.over_time.rates(da.read_study("oversight"), groups="board")  # doctest: +SKIP
    """
    said = _said(study, period, groups)
    table = group_rates.rates(
        study.occurrences, said, by="period", of=of, categories=_categories(study, of, categories),
        unit=unit, level=level, resamples=resamples, seed=seed,
    )  # fmt: skip
    people = said.groupby("period")["speaker"].agg(lambda names: frozenset(names) - {""})
    table["speakers"] = table["period"].map(people.map(len))
    known: set[str] = set()
    linked = {}
    for name, here in people.items():
        linked[name] = bool(known & here)
        known = set(here)
    table["linked"] = table["period"].map(linked)
    table["note"] = [
        _note(words, units) for words, units in table[["words", "units"]].itertuples(index=False)
    ]
    table = _with_gaps(table, of, period)
    table["enough"] = table["note"] == ""
    return table[["period", of, "count", "words", "documents", "speakers", "units", "rate", "low",
                  "high", "enough", "linked", "note"]]  # fmt: skip


def breaks(
    study: Measured,
    *,
    period: Period = "year",
    of: str = "frame",
    categories: Sequence[str] | None = None,
    groups: str | Sequence[str] | None = None,
    permutations: int = 999,
    seed: int = SEED,
) -> pd.DataFrame:
    """Find for each frame or term the period at which its rate breaks, and how sure that is.

    Parameters
    ----------
    study, period, of, categories, groups
        As :func:`rates`.
    permutations : int, default 999
    seed : int

    Returns
    -------
    pandas.DataFrame
        One row per category: `of`, ``count``, ``at`` (first period after the break), ``before``,
        ``after`` (rates per 1,000 words), ``gain`` (log-likelihood, Poisson, over no break),
        ``p``, ``documents``, ``note``.

    Raises
    ------
    AnalysisError
        As :func:`rates`, or with text in fewer than three periods or documents.

    Notes
    -----
    The break is searched for, so the gain is not chi-square; and words of one document belong
    together. p is therefore the share of rearrangements of the documents' dates, with the break
    searched for anew, that gain as much (Hawkins 1977 shows why; the permutation is exact).

    Examples
    --------
    >>> da.over_time.breaks(da.read_study("oversight"))  # doctest: +SKIP
    """
    said = _said(study, period, groups)
    names = _categories(study, of, categories)
    places = said[["document", "utterance", "period"]]
    hits = study.occurrences.merge(places, on=["document", "utterance"])
    documents = said.groupby("document").agg(period=("period", "first"), words=("words", "sum"))
    periods = sorted(documents["period"].unique())
    if len(periods) < 3 or len(documents) < 3:
        raise AnalysisError(
            "study",
            f"text in {len(periods)} {period}s, {len(documents)} documents",
            "three of both at least, to look for a break",
        )
    counts = pd.crosstab(hits["document"], hits[of]).reindex(
        index=documents.index, columns=names, fill_value=0
    )
    when = documents["period"].map(periods.index).to_numpy()
    rng = np.random.default_rng(seed)
    orders = [
        when,
        *(rng.permutation(when) for _ in range(checks.whole("permutations", permutations))),
    ]
    rows = []
    for name in names:
        if not counts[name].sum():
            rows.append((name, 0, "", np.nan, np.nan, np.nan, np.nan, len(documents),
                         "never said here"))  # fmt: skip
            continue
        gains: list = []
        found: dict = {}
        for order in orders:
            k = np.bincount(order, weights=counts[name], minlength=len(periods)).astype(np.int64)
            n = np.bincount(order, weights=documents["words"], minlength=len(periods))
            made = count_change_point(k, n)
            gains.append(made["log_likelihood"] - made["log_likelihood_no_change"])
            found = found or made
        reached = sum(gain >= gains[0] - 1e-9 for gain in gains[1:])
        before, after = (1_000 * rate for rate in found["rates"])
        rows.append((name, int(counts[name].sum()), periods[found["before"]], before, after,
                     gains[0], (reached + 1) / len(gains), len(documents),
                     _few(len(documents))))  # fmt: skip
    columns = [of, "count", "at", "before", "after", "gain", "p", "documents", "note"]
    return pd.DataFrame(rows, columns=columns)


def before_and_after(
    study: Measured,
    event: str,
    *,
    of: str = "frame",
    categories: Sequence[str] | None = None,
    groups: str | Sequence[str] | None = None,
    unit: Unit = "appearance",
    level: float = 0.95,
    resamples: int = RESAMPLES,
    seed: int = SEED,
) -> pd.DataFrame:
    """Compare how often each frame or term is said before and after an event.

    Parameters
    ----------
    study : MeasuredCorpus
    event : str
        A day, ISO. Documents of that day count as after it.
    of, categories, groups, unit, level, resamples, seed
        As :func:`rates`.

    Returns
    -------
    pandas.DataFrame
        One row per category: `of`, ``count_before``, ``count_after``, ``words_before``,
        ``words_after``, ``rate_before``, ``rate_after`` (per 1,000 words), ``log_ratio`` (base 2,
        positive where it is said more after), ``low``, ``high``, ``p``, ``q`` (Benjamini-Hochberg),
        ``speakers_both`` (heard on both sides), ``note``.

    Raises
    ------
    AnalysisError
        If the event is no day, or there is no text on one side of it.

    Examples
    --------
    >>> study = da.read_study("oversight")  # doctest: +SKIP
    >>> da.over_time.before_and_after(study, "2014-01-23", groups="board")  # doctest: +SKIP
    """
    if len(event) != 10 or pd.isna(pd.to_datetime(event, errors="coerce", format="ISO8601")):
        raise AnalysisError("event", repr(event), "a day, such as 2014-01-23")
    said = _said(study, "year", groups)
    coarse = said.loc[(said["date"].str.len() < 10) & _touches(said["date"], event), "document"]
    if len(coarse):
        raise AnalysisError(
            coarse.iloc[0], f"a date too coarse to lie on one side of {event}", "its day",
            "give the document its day, or leave it out",
        )  # fmt: skip
    side = np.where(said["date"] < event, "before", "after")
    said = said.assign(side=side)
    for name in ("before", "after"):
        if not (side == name).any():
            raise AnalysisError("event", f"no text {name} {event}", "text on both sides of it")
    table = group_rates.contrast(
        study.occurrences, said, first=["after"], second=["before"], by="side", of=of, unit=unit,
        resamples=resamples, level=level, seed=seed,
    )  # fmt: skip
    table = table.rename(columns={
        "count_1": "count_after", "count_2": "count_before", "words_1": "words_after",
        "words_2": "words_before", "units_1": "units_after", "units_2": "units_before",
    })  # fmt: skip
    table = table.set_index(of).reindex(_categories(study, of, categories)).reset_index()
    absent = table["count_after"].isna()
    for name in ("after", "before"):
        words = int(said.loc[said["side"] == name, "words"].sum())
        table[f"words_{name}"] = words
        table[f"count_{name}"] = table[f"count_{name}"].fillna(0).astype("int64")
        table[f"rate_{name}"] = 1_000 * table[f"count_{name}"] / words
    sides = said.groupby("side")["speaker"].agg(lambda names: frozenset(names) - {""})
    table["speakers_both"] = len(sides["before"] & sides["after"])
    fewest = said.groupby("side")["document"].nunique().min()
    note = _few(int(fewest), " on one side")
    table["note"] = np.where(absent, "never said here", note)
    return table[[of, "count_before", "count_after", "words_before", "words_after", "rate_before",
                  "rate_after", "log_ratio", "low", "high", "p", "q", "speakers_both",
                  "note"]]  # fmt: skip


def dispersion(
    study: Measured,
    *,
    period: Period = "year",
    of: str = "frame",
    categories: Sequence[str] | None = None,
    groups: str | Sequence[str] | None = None,
) -> pd.DataFrame:
    """Measure whether a frame or term is said all the time or at one time.

    Parameters
    ----------
    study, period, of, categories, groups
        As :func:`rates`.

    Returns
    -------
    pandas.DataFrame
        One row per category: `of`, ``count``, ``periods`` (in which it is said), ``of_periods``
        (with any text), ``dp`` (Gries 2008; 0 as the words are spread, towards 1 all at one time),
        ``dp_norm``, ``peak`` (the period with the highest rate), ``peak_share`` (of all its
        occurrences).

    Raises
    ------
    AnalysisError
        As :func:`rates`, or with text in one period only.

    Examples
    --------
    >>> da.over_time.dispersion(da.read_study("oversight"))  # doctest: +SKIP
    """
    said = _said(study, period, groups)
    names = _categories(study, of, categories)
    places = said[["document", "utterance", "period"]]
    hits = study.occurrences.merge(places, on=["document", "utterance"])
    words = said.groupby("period")["words"].sum()
    words = words[words > 0]
    if len(words) < 2:
        raise AnalysisError("study", f"text in {len(words)} {period}", "text in two at least")
    counts = pd.crosstab(hits["period"], hits[of]).reindex(
        index=words.index, columns=names, fill_value=0
    )
    found = measures(counts, words).reset_index(drop=True)
    rate = counts.div(words, axis=0)
    peak = rate.idxmax().where(counts.sum() > 0, "")
    share = [counts.loc[peak[name], name] / counts[name].sum() if peak[name] else np.nan
             for name in names]  # fmt: skip
    return pd.DataFrame({
        of: names, "count": counts.sum().to_numpy(), "periods": (counts > 0).sum().to_numpy(),
        "of_periods": len(words), "dp": found["dp"], "dp_norm": found["dp_norm"],
        "peak": peak.to_numpy(), "peak_share": share,
    })  # fmt: skip


def _said(study: Measured, period: str, groups: str | Sequence[str] | None) -> pd.DataFrame:
    """Return the utterances with words, each with its date and period."""
    checks.one_of("period", period, get_args(Period))
    said = study.utterances[study.utterances["words"] > 0]
    if groups is not None:
        wanted = [groups] if isinstance(groups, str) else list(groups)
        known = set(study.utterances["group"])
        for name in wanted:
            if name not in known:
                raise AnalysisError("groups", repr(name), f"of {', '.join(sorted(known - {''}))}")
        said = said[said["group"].isin(wanted)]
    dates = dict(zip(study.documents["document"], study.documents["date"], strict=True))
    said = said.assign(date=said["document"].map(dates).fillna(""))
    short = said.loc[said["date"].str.len() < _LENGTH[period], "document"]
    if len(short):
        name = short.iloc[0]
        raise AnalysisError(
            name, f"the date {dates.get(name, '')!r}", f"a date to the {period}",
            "write it into documents.csv, or take a longer period",
        )  # fmt: skip
    if said.empty:
        raise AnalysisError("study", "no words of these groups", "some text")
    return said.assign(period=said["date"].str[: _LENGTH[period]])


def _categories(study: Measured, of: str, given: Sequence[str] | None) -> list[str]:
    checks.one_of("of", of, ("frame", "term"))
    known = sorted(study.occurrences[of].unique())
    if given is None:
        return known
    names = [given] if isinstance(given, str) else list(given)
    for name in names:
        if name not in known:
            raise AnalysisError(
                "categories", f"the {of} {name!r} is nowhere in the study", ", ".join(known)
            )
    return names


def _note(words: int, units: int) -> str:
    if words < LEAST_WORDS:
        return f"only {words:,} words"
    return f"only {units} appearances" if units < LEAST_UNITS else ""


def _few(documents: int, where: str = "") -> str:
    return f"only {documents} documents{where}" if documents < FEW_DOCUMENTS else ""


def _with_gaps(table: pd.DataFrame, of: str, period: str) -> pd.DataFrame:
    """Add the periods in between that have no text at all."""
    frequency = "M" if period == "month" else "Y"
    every = pd.period_range(table["period"].min(), table["period"].max(), freq=frequency).astype(
        str
    )
    names = list(dict.fromkeys(table[of]))
    full = pd.MultiIndex.from_product([every, names], names=["period", of])
    filled = table.set_index(["period", of]).reindex(full).reset_index()
    empty = filled["words"].isna()
    counted = ["count", "words", "documents", "speakers", "units"]
    filled[counted] = filled[counted].fillna(0).astype("int64")
    filled["linked"] = filled["linked"].eq(True)
    filled["note"] = filled["note"].where(~empty, "no text")
    return filled


def _touches(dates: pd.Series, event: str) -> pd.Series:
    return pd.Series([event.startswith(date) for date in dates], index=dates.index)

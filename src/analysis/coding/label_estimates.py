"""What may be concluded from labels: agreement, and estimates with the annotator's error in them.

Labels taken as the truth give wrong conclusions even where most are right (Egami and others 2023;
Baumann and others 2025). A probability sample that people coded puts that right; the plain
estimate stands beside the corrected one, each with its assumption.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from analysis.coding import correction
from analysis.coding.accuracy import PRECISION, RECALL, accuracy
from analysis.coding.correction import DESIGN, POWERED
from analysis.coding.labels import label_table, label_truth
from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.coders.agreement import krippendorff_interval
from analysis.statistics.models.labelled_regression import Model, design_based_regression

GOLD = "gold"
PLAIN, CODES = "plain", "codes alone"
ASSUMPTIONS = {
    PLAIN: "the labels are the truth",
    CODES: "the codes are the truth; the labels are not used",
    POWERED: "the codes are the truth; the labels only narrow the interval, as far as they are "
    "right",
    DESIGN: "the codes are the truth; every unit's chance of being coded is known",
}


def annotator_agreement(
    labels: pd.DataFrame,
    codes: pd.DataFrame,
    units: pd.DataFrame,
    label: str,
    *,
    variable: str = "frame",
    resamples: int = 1000,
    seed: int = 0,
) -> pd.DataFrame:
    """Say how far each annotator agrees with the gold and with each other annotator.

    Parameters
    ----------
    labels : pandas.DataFrame
        From :func:`analysis.coding.labels.read_labels`.
    codes : pandas.DataFrame
        Of one coder, or the gold, with the columns of the sample.
    units : pandas.DataFrame
        The segments, or for a voice or a stance the occurrences, that the labels are of.
    label : str
        A frame, voice or stance.
    variable : {"frame", "voice", "stance"}
    resamples, seed : int
        Of the bootstrap around alpha.

    Returns
    -------
    pandas.DataFrame
        ``first``, ``second`` (annotators; "gold" last), ``units`` (that both labelled),
        ``percent`` (alike), ``alpha`` (Krippendorff, nominal), ``low``, ``high``; of the gold also
        ``precision``, ``recall`` (weighted); ``note`` (what cannot be computed, and what can).
    """
    wide = label_table(labels, units, label, variable=variable)
    truth = _true(codes, units, label, variable)
    sides = {name: (wide[name] >= 0.5).astype(float).where(wide[name].notna()) for name in wide}
    sides[GOLD] = truth
    names = list(sides)
    rows = []
    for place, first in enumerate(names):
        for second in names[place + 1 :]:
            pair = pd.concat([sides[first], sides[second]], axis=1, keys=["a", "b"]).dropna()
            row: dict[str, object] = {"first": first, "second": second, "units": len(pair)}
            row |= dict.fromkeys(("percent", "alpha", "low", "high", PRECISION, RECALL), np.nan)
            row["note"] = ""
            if pair.empty:
                row["note"] = (
                    f"no unit that both {first} and {second} labelled; agreement with the other "
                    "annotators, and the plain shares, can be computed"
                )
            else:
                row["percent"] = 100 * float((pair["a"] == pair["b"]).mean())
                if pair.to_numpy().min() < pair.to_numpy().max():
                    estimate = krippendorff_interval(
                        pair.T.to_numpy(), resamples=resamples, seed=seed
                    )
                    row |= dict(zip(("alpha", "low", "high"), estimate, strict=True))
                if pair["a"].nunique() < 2:
                    row["note"] = f"{first} labels all alike: no alpha says how well it tells"
            if second == GOLD and len(pair) and wide[first].notna().all():
                table = label_truth(labels, codes, units, label, annotator=first, variable=variable)
                measures = accuracy(table, groups=[]).set_index("measure")["estimate"]
                row |= {name: float(measures[name]) for name in (PRECISION, RECALL)}
            rows.append(row)
    return pd.DataFrame(rows)


def _true(codes: pd.DataFrame, units: pd.DataFrame, label: str, variable: str) -> pd.Series:
    blank = pd.DataFrame(
        {
            "annotator": "",
            "variable": variable,
            "row": range(len(units)),
            "label": label,
            "probability": 0.0,
        }
    )
    return label_truth(blank, codes, units, label, annotator="", variable=variable)["true"]


def corrected_shares(
    truth: pd.DataFrame | None = None,
    groups: list[str] | None = None,
    *,
    labels: pd.DataFrame | None = None,
    codes: pd.DataFrame | None = None,
    units: pd.DataFrame | None = None,
    label: str = "",
    variable: str = "frame",
    by: str = "group",
    annotators: Sequence[str] | None = None,
    unit: str = "segment",
) -> pd.DataFrame:
    """Correct the share of units that bear a label, per group, for the error of what labels them.

    What labels them may be the words of a codebook (give `truth`) or any annotators (give
    `labels`, `codes`, `units` and `label`).

    Parameters
    ----------
    truth : pandas.DataFrame, optional
        Segments with what the words find and what coders say
        (:meth:`analysis.coding.rounds.Coding.truth`).
    groups : list of str, optional
        Values of `by`; all by default.
    labels, codes, units, label, variable
        As :func:`annotator_agreement`.
    by : {"group", "speaker"}
    annotators : sequence of str, optional
        All by default.
    unit : {"segment", "appearance"}
        As :func:`analysis.coding.correction.corrected_shares`.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`analysis.coding.correction.corrected_shares`, where "raw" is the plain
        share; of annotators first ``annotator``, and ``note`` last.

    Raises
    ------
    AnalysisError
        If neither or not all that is needed is given, an annotator and the codes have no unit in
        common, or an annotator leaves units out.
    """
    if truth is not None:
        return correction.corrected_shares(truth, groups, by=by, unit=unit)
    if labels is None or codes is None or units is None:
        raise AnalysisError(
            "corrected_shares",
            "neither the words' truth nor an annotator's labels",
            "truth=…, or labels=…, codes=… and units=…",
        )
    wide = label_table(labels, units, label, variable=variable)
    parts = []
    for annotator in list(wide) if annotators is None else annotators:
        table = _overlapping(labels, codes, units, label, annotator, variable)
        shares = correction.corrected_shares(table, groups, by=by, unit=unit)
        note = _missing(shares)
        if table["score"].nunique() < 2:
            alike = "labels all alike: they add nothing to the codes"
            note = [f"{alike}; {own}" if own else alike for own in note]
        told = shares["assumption"].str.replace("the words", "the labels", regex=False)
        parts.append(shares.assign(assumption=told, note=note, annotator=annotator))
    joined = pd.concat(parts, ignore_index=True)
    return joined[["annotator", *joined.columns.drop("annotator")]]


def _missing(shares: pd.DataFrame) -> list[str]:
    """Say of each share what of it is not given, and why; nothing where all is."""
    notes = []
    for row in shares.itertuples():
        coded = f"{row.coded} coded" if row.coded else "no line of it coded"
        few = coded if row.coded < correction.FEWEST else "no coded line shows a mistake"
        if pd.isna(row.estimate):
            worse = "the labels are no better than chance"
            why = worse if row.method == correction.ROGAN_GLADEN else coded
            notes.append(f"no estimate: {why}")
        elif pd.isna(row.low):
            why = (
                few if row.method == correction.DESIGN else "too few appearances, or beyond 0 to 1"
            )
            enough = f", {correction.FEWEST} at least needed" if why == coded else ""
            notes.append(f"no interval: {why}{enough}")
        else:
            notes.append("")
    return notes


def _overlapping(  # noqa: PLR0917 - what every estimate is given
    labels: pd.DataFrame,
    codes: pd.DataFrame,
    units: pd.DataFrame,
    label: str,
    annotator: str,
    variable: str,
) -> pd.DataFrame:
    table = label_truth(labels, codes, units, label, annotator=annotator, variable=variable)
    given = labels.loc[labels["variable"] == variable, "label"]
    if not given.eq(label).any() and not (table["true"] > 0).any():
        known = ", ".join(sorted(given.unique()))
        raise AnalysisError(
            "label", f"{variable} {label!r} is in no label and no code", f"one of {known}"
        )
    if table["true"].notna().sum() == 0:
        raise AnalysisError(
            f"annotator {annotator}",
            "no unit that it labelled is among the codes",
            "units that both labelled and coded",
            "code a probability sample of these units; the plain shares and the agreement of "
            "annotators with each other can still be computed",
        )
    return table


def corrected_contrast(
    shares: pd.DataFrame, first: str, second: str, *, by: str = "group"
) -> pd.DataFrame:
    """Set the shares of two groups against each other, for each annotator and method.

    Parameters
    ----------
    shares : pandas.DataFrame
        From :func:`corrected_shares`.
    first, second : str
        Values of `by`.
    by : {"group", "speaker"}

    Returns
    -------
    pandas.DataFrame
        ``annotator``, then the columns of :func:`analysis.coding.correction.contrast_shares`, and
        ``note`` (what is not given of either share, and why).
    """
    parts = []
    for annotator, own in shares.groupby("annotator", sort=False):
        table = correction.contrast_shares(own, first, second, by=by)
        noted = own[own[by].isin([first, second]) & (own["note"] != "")]
        said = (noted[by] + ": " + noted["note"]).groupby(noted["method"]).agg("; ".join)
        notes = [str(said.get(method, "")) for method in table["method"]]
        parts.append(table.assign(annotator=annotator, note=notes))
    joined = pd.concat(parts, ignore_index=True)
    return joined[["annotator", *joined.columns.drop("annotator")]]


def corrected_regression(
    *,
    labels: pd.DataFrame,
    codes: pd.DataFrame,
    units: pd.DataFrame,
    label: str,
    on: Sequence[str],
    model: Model = "linear",
    cluster: str | None = "speaker",
    reference: Mapping[str, str] | None = None,
    variable: str = "frame",
    annotators: Sequence[str] | None = None,
) -> pd.DataFrame:
    """Regress whether a unit bears a label on what is known of it, the annotator's error in mind.

    Parameters
    ----------
    labels, codes, units, label, variable, annotators
        As :func:`corrected_shares`.
    on : sequence of str
        Columns of `units`: numbers as they are, texts as one column of 0 and 1 for each value but
        the reference.
    model : {"linear", "logistic"}
        Differences of shares, or log odds ratios.
    cluster : str, optional
        Column of `units` that says what is drawn together; None if each unit is by itself.
    reference : mapping of str to str, optional
        The value of a text column that others are compared with; the first in the alphabet by
        default.

    Returns
    -------
    pandas.DataFrame
        One row per annotator, method and term: ``annotator``, ``method`` ("plain", "codes alone",
        "prediction-powered": tuned, "design-based"), ``term``, ``coef``, ``se``, ``low``,
        ``high``, ``p``, ``lambda`` (how far the labels are leaned on), ``assumption``.

    Raises
    ------
    AnalysisError
        As :func:`corrected_shares`, or if a column is not in `units`.
    """
    checks.one_of("model", model, ("linear", "logistic"))
    design = _design(units, on, reference or {})
    if cluster is not None and cluster not in units:
        raise AnalysisError("cluster", f"no column {cluster!r}", f"one of {', '.join(units)}")
    owner = None if cluster is None else units[cluster].tolist()
    wide = label_table(labels, units, label, variable=variable)
    parts = []
    for annotator in list(wide) if annotators is None else annotators:
        table = _overlapping(labels, codes, units, label, annotator, variable)
        score, true = table["score"], table["true"]
        chance = table["inclusion"].fillna(1.0)
        settings: dict[str, Any] = {"model": model, "cluster": owner}
        sure = np.ones(len(table))
        fits = {
            PLAIN: design_based_regression(score, score, sure, design, **settings),
            CODES: design_based_regression(true, 0 * score, chance, design, **settings),
            POWERED: design_based_regression(true, score, chance, design, tuned=True, **settings),
            DESIGN: design_based_regression(true, score, chance, design, **settings),
        }
        for method, fit in fits.items():
            leaned = {PLAIN: np.nan, CODES: 0.0}.get(method, fit.attrs["lambda"])
            row = {"annotator": annotator, "method": method, "lambda": leaned}
            parts.append(fit.reset_index().assign(**row, assumption=ASSUMPTIONS[method]))
    joined = pd.concat(parts, ignore_index=True)
    names = ["annotator", "method", "term", "coef", "se", "low", "high", "p", "lambda"]
    return joined[[*names, "assumption"]]


def _design(
    units: pd.DataFrame, on: Sequence[str], reference: Mapping[str, str]
) -> dict[str, np.ndarray]:
    columns = {}
    for name in on:
        if name not in units:
            raise AnalysisError("on", f"no column {name!r}", f"one of {', '.join(units)}")
        values = units[name]
        if pd.api.types.is_numeric_dtype(values):
            columns[name] = values.to_numpy(float)
            continue
        kinds = sorted(values.astype(str).unique())
        base = reference.get(name, kinds[0])
        if base not in kinds:
            raise AnalysisError("reference", f"{name} {base!r}", f"one of {', '.join(kinds)}")
        for kind in kinds:
            if kind != base:
                columns[f"{name}: {kind}"] = (values == kind).to_numpy(float)
    return columns

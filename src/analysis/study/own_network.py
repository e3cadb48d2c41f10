"""Who agrees with whom in the press of a study of a researcher's own."""

from __future__ import annotations

import pandas as pd

from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.statistics.networks import projections
from analysis.statistics.networks.polarisation import polarisation
from analysis.storage import csv_tables, project
from analysis.study.measured import Study
from analysis.study.sides import again
from analysis.study.statements import by_actor, stated

FILE = "statements.csv"
FEWEST = 2
"""Statements of an actor who is drawn."""
MOST = 16
LEAST_TIE = 1 / 3
_KEPT = (
    "document",
    "date",
    "actor",
    "kind",
    "group",
    "concept",
    "stance",
    "agreement",
    "start",
    "end",
)


def statements_in(found: pd.DataFrame, corpus: Corpus) -> pd.DataFrame:
    """Return the statements among the occurrences of a corpus, without a word of the texts.

    Parameters
    ----------
    found : pandas.DataFrame
        From :func:`analysis.occurrences.find`.
    corpus : Corpus

    Returns
    -------
    pandas.DataFrame
        ``document``, ``date``, ``actor``, ``kind``, ``group``, ``concept``, ``stance``,
        ``agreement`` (1 or 0), ``start``, ``end``.
    """
    return stated(by_actor(found, corpus))[list(_KEPT)]


def network(study: Study) -> tuple[pd.DataFrame, pd.DataFrame, dict[int, str], str]:
    """Return who agrees with whom on the terms, of actors with two statements at least.

    Two agree where both affirm, or both deny, the same term; a tie is agreements less
    disagreements over the mean number of statements of the two.

    Parameters
    ----------
    study : Study

    Returns
    -------
    edges : pandas.DataFrame
        ``source``, ``target``, ``weight``: ties of a third at least.
    people : pandas.DataFrame
        ``actor``, ``side``, ``statements``, ``group``.
    sides : dict of int to str
        What to write above each side.
    finding : str
        In a sentence.

    Raises
    ------
    AnalysisError
        If no text quotes anybody, or too few actors say enough.
    """
    path = project.study_folder(study.name) / FILE
    if not path.is_file():
        raise AnalysisError(
            "the network of statements", "no text reports what others said",
            "press stories that quote several people", f"add some, then {again(study)}",
        )  # fmt: skip
    stated = csv_tables.read_csv(path, numbers=("agreement", "start", "end"))
    named = stated[stated["kind"] != "unnamed"]
    active = named["actor"].value_counts().sort_index().sort_values(ascending=False, kind="stable")
    active = active[active >= FEWEST].head(MOST)
    ends = list(active.index)
    if len(ends) < 3:
        raise AnalysisError(
            "the network of statements",
            f"{len(ends)} named actors make {FEWEST} statements or more", "three at least",
            "more stories, or a codebook nearer to what they speak of",
        )  # fmt: skip
    ties = projections.one_mode_network(named, duplicates=False)
    split = polarisation(named, duplicates=False)
    edges = projections.edge_table(ties.loc[ends, ends])
    edges = edges[edges["weight"].abs() >= LEAST_TIE].reset_index(drop=True)
    group = named.drop_duplicates("actor").set_index("actor")["group"]
    # Not at the top, since matplotlib comes with it and a study is made without a figure.
    from analysis.plots.rows import shortened

    short = {name: shortened(name, 20) for name in ends}
    if len(set(short.values())) < len(short):
        short = {name: name for name in ends}
    people = pd.DataFrame(
        {
            "actor": [short[name] for name in ends],
            "side": split.partition[ends].to_numpy(),
            "statements": active.to_numpy(),
            "group": [group[name] for name in ends],
        }
    )
    if people["side"].nunique() < 2 or edges.empty:
        raise AnalysisError(
            "the network of statements", "the actors stand on one side" if len(edges) else
            "no two actors speak of the same terms", "actors who agree and disagree",
        )  # fmt: skip
    edges = edges.assign(source=edges["source"].map(short), target=edges["target"].map(short))
    first = int(people.loc[0, "side"])
    sides = {first: f"the side of\n{people.loc[0, 'actor']}", 1 - first: "the other side\n"}
    agree = int((edges["weight"] > 0).sum())
    finding = (
        f"{len(people)} actors with at least {FEWEST} statements in {study.name}, "
        f"{people['statements'].sum():,} statements in all. A tie: agreements less disagreements, "
        "over the mean number of statements of the two. Drawn are ties of at least "
        f"{LEAST_TIE:.2f} either way: {agree} of agreement, {len(edges) - agree} of disagreement. "
        f"Modularity of the agreements is {split.modularity:.2f}; agreements shuffled within each "
        f"term give {split.null_mean:.2f} on average (p = {split.p:.2f})."
    )
    return edges, people, sides, finding

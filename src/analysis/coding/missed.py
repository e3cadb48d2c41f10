"""What the words miss: segments that look as if they expressed a frame, and what gives them away.

A linear model on words learns from the segments that hold an occurrence what is said around it,
the occurrence itself masked, and ranks the segments that hold none (King, Lam & Roberts 2017,
"Computer-assisted keyword and document set discovery"). No hand code is needed. What it proposes
is for a person to read: nothing enters a codebook by itself.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import scipy

from analysis.codebook.reading import Codebook
from analysis.coding.correction import segment_truth
from analysis.coding.sampling import segment_of, segments
from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.occurrences.finding import find
from analysis.text.words import fold, word_spans

if TYPE_CHECKING:
    from sklearn.linear_model import LogisticRegression

FEWEST = 10
"""Segments with an occurrence below which there is nothing to learn from."""
LONGEST_PHRASE = 3
RARE = 3
"""Segments in which a phrase must stand to be counted on."""
FOLDS = 5
TOP = 0.2
"""The part of the ranking whose phrases are listed, and in which the gold is looked for."""
EMPTY = frozenset(
    re.findall(
        r"\w+",
        """
a about am an and any are as at be because been but by can could did do does for from had has
have he her his how i if in into is it its just like may me might mr ms my no not of on one or
our out over said say she should so some than that the their them then there these they this
those through to up us very was we well were what when where which while who whom why will with
would you your
        """,
    )
)
"""Words without which a phrase must still say something, and that no phrase begins or ends with."""


@dataclass(frozen=True)
class Missed:
    """Segments that may have been missed, and the phrases that make them look so.

    Attributes
    ----------
    frame : str
    segments : pandas.DataFrame
        One row per segment without an occurrence of the frame, the most suspect first:
        ``document``, ``utterance``, ``start``, ``end``, ``words``, ``speaker``, ``group``,
        ``score`` (0 to 1, how much it looks like those with one), ``text`` (white space
        collapsed).
    phrases : pandas.DataFrame
        One row per phrase, that which lifts most first: ``phrase``, ``lift`` (its part in the
        scores of the top fifth, all phrases together 100), ``count`` and ``segments`` (in
        segments without an occurrence), ``speakers``, ``documents``, ``inside`` (segments with
        an occurrence, whose mask it is not), ``example`` (a text to read), ``document``,
        ``start``, ``end`` (of the phrase in the example). Where codes are given, also ``coded``
        (coded segments it would add), ``right`` (of these, those that express the frame),
        ``precision``, ``recall`` (as they are), ``precision_with``, ``recall_with`` (weighted,
        with the phrase admitted); NaN where nothing is coded.
    """

    frame: str
    segments: pd.DataFrame
    phrases: pd.DataFrame


def missed(
    corpus: Corpus,
    codebook: Codebook,
    frame: str,
    *,
    codes: pd.DataFrame | None = None,
    phrases: int = 50,
    seed: int = 0,
) -> Missed:
    """Rank the segments without an occurrence of a frame by how much they look like those with one.

    Logistic regression on tf-idf of one to three words, the occurrences masked. A segment is
    scored by a model that was trained on other documents (with a single document, on other
    utterances). Scores are rounded before they are sorted, and ties stand in the order of the
    text, so that every processor gives the same ranking.

    Parameters
    ----------
    corpus : Corpus
        With its texts.
    codebook : Codebook
    frame : str
        One of the codebook.
    codes : pandas.DataFrame, optional
        Of one coder, or the gold, with the columns of the sample
        (:func:`analysis.coding.codes.read_codes`): then each phrase is judged on them.
    phrases : int, default 50
        How many to list.
    seed : int, default 0
        Of the solver.

    Returns
    -------
    Missed

    Raises
    ------
    AnalysisError
        If the frame is not in the codebook, too few segments hold an occurrence to learn from, or
        they have no words in common.
    """
    if frame not in set(codebook.frames["id"]):
        raise AnalysisError(
            "frame", f"{frame!r}", f"one of {', '.join(codebook.frames['id'])}", "see the codebook"
        )
    table = segments(corpus)
    found = find(corpus, codebook)
    own = found[found["frame"] == frame]
    row = segment_of(own, table)
    holds = np.zeros(len(table), bool)
    holds[row.to_numpy()] = True
    if min(holds.sum(), (~holds).sum()) < FEWEST:
        raise AnalysisError(
            f"frame {frame}",
            f"{holds.sum()} segments with an occurrence, {(~holds).sum()} without",
            f"{FEWEST} of each at least to learn from",
            "read a sample of segments by hand; precision of what is found can still be computed",
        )
    masked = {number: own.loc[places.index] for number, places in row.groupby(row)}
    words = [list(_words(corpus, at, masked.get(i))) for i, at in enumerate(_places(table))]
    counts, names = _counts([_ngrams(each) for each in words])
    if not names:
        raise AnalysisError(
            f"frame {frame}", f"no phrase stands in {RARE} segments", "texts with words in common"
        )
    tfidf = _tfidf(counts)
    score = _scores(tfidf, holds, table, seed)
    ranked = table[~holds].assign(score=score[~holds])
    ranked = ranked.sort_values("score", ascending=False, kind="stable")
    top = ranked.index[: max(1, round(TOP * len(ranked)))].to_numpy()
    weights = _fit(tfidf, holds, seed).coef_[0]
    lift = np.asarray(tfidf[top].sum(axis=0)).ravel() * np.maximum(weights, 0)
    lift = np.round(100 * lift / lift.sum(), 6) if lift.any() else lift
    best = [j for j in np.lexsort((np.array(names), -lift)) if lift[j] > 0][:phrases]
    listed = pd.DataFrame(_phrase_rows(best, names, lift, counts.tocsc(), holds, ranked, corpus))
    if codes is not None and len(listed):
        truth = segment_truth(codes, table, found, frame)
        columns = counts.tocsc()[:, best] > 0
        listed = listed.join(_admissions(truth, columns))
    spoken = [
        " ".join(corpus.texts[document][start:end].split())
        for document, start, end in ranked[["document", "start", "end"]].itertuples(index=False)
    ]
    return Missed(frame, ranked.assign(text=spoken).reset_index(drop=True), listed)


def ranking_quality(result: Missed, codes: pd.DataFrame) -> dict[str, float]:
    """Say how well the ranking tells missed segments from the others, on the codes there are.

    Parameters
    ----------
    result : Missed
    codes : pandas.DataFrame
        As :func:`missed`.

    Returns
    -------
    dict
        ``coded`` (segments of the ranking that are coded), ``missed`` (of these, those that
        express the frame), ``auc`` (the chance that one of these stands above one of the others,
        weighted by the inverse of the inclusion probabilities), ``top_fifth`` (the weighted share
        of what is missed that stands there). NaN where one of the two kinds is not among the codes.
    """
    from sklearn.metrics import roc_auc_score

    from analysis.coding.codes import frames_of

    places = ["document", "start", "end"]
    own = codes[codes["item"].str.startswith("s")]
    own = own.assign(true=own["frame"].map(lambda value: result.frame in frames_of(value)))
    ranked = result.segments.assign(place=np.arange(len(result.segments)))
    joined = own[[*places, "true", "inclusion"]].merge(
        ranked[[*places, "score", "place"]], on=places
    )
    answer = {"coded": len(joined), "missed": int(joined["true"].sum())}
    if joined["true"].nunique() < 2:
        return answer | {"auc": np.nan, "top_fifth": np.nan}
    weight = 1 / joined["inclusion"]
    auc = roc_auc_score(joined["true"], joined["score"], sample_weight=weight)
    true = weight * joined["true"]
    top = joined["place"] < TOP * len(ranked)
    return answer | {"auc": float(auc), "top_fifth": float(true[top].sum() / true.sum())}


def _places(table: pd.DataFrame) -> Iterator[tuple[str, int, int]]:
    return table[["document", "start", "end"]].itertuples(index=False)


def _words(
    corpus: Corpus, at: tuple[str, int, int], masked: pd.DataFrame | None
) -> Iterator[tuple[str, int, int]]:
    """Yield the words of a segment in lower case; "" where an occurrence is masked."""
    document, start, end = at
    text = corpus.texts[document][start:end]
    spans = [] if masked is None else masked[["start", "end"]].to_numpy() - start
    last = 0
    for first, stop in word_spans(text):
        if any(first < b and stop > a for a, b in spans) or _parted(text[last:first]):
            yield "", first, stop
        if not any(first < b and stop > a for a, b in spans):
            yield fold(text[first:stop]), start + first, start + stop
        last = stop


def _parted(between: str) -> bool:
    """No phrase reaches over the end of a clause."""
    return any(mark in between for mark in '.?!;:,()"“”')


def _ngrams(words: list[tuple[str, int, int]]) -> Counter[str]:
    forms = [word for word, _, _ in words]
    found: Counter[str] = Counter()
    for first in range(len(forms)):
        for last in range(first + 1, min(first + LONGEST_PHRASE, len(forms)) + 1):
            phrase = forms[first:last]
            if "" in phrase:
                break
            if phrase[0] in EMPTY or phrase[-1] in EMPTY or not any(map(str.isalpha, phrase)):
                continue
            found[" ".join(phrase)] += 1
    return found


def _counts(found: list[Counter[str]]) -> tuple[scipy.sparse.csr_array, list[str]]:
    spread = Counter(phrase for each in found for phrase in each)
    names = sorted(phrase for phrase, number in spread.items() if number >= RARE)
    column = {phrase: number for number, phrase in enumerate(names)}
    rows, columns, values = [], [], []
    for row, each in enumerate(found):
        for phrase, number in sorted(each.items()):
            if phrase in column:
                rows.append(row)
                columns.append(column[phrase])
                values.append(number)
    # The solver takes 32-bit places only.
    places = np.array(rows, np.int32), np.array(columns, np.int32)
    shape = (len(found), len(names))
    return scipy.sparse.csr_array((np.array(values, float), places), shape=shape), names


def _tfidf(counts: scipy.sparse.csr_array) -> scipy.sparse.csr_array:
    from sklearn.feature_extraction.text import TfidfTransformer

    table = scipy.sparse.csr_array(TfidfTransformer(sublinear_tf=True).fit_transform(counts))
    # Logarithms differ in the last bits between processors.
    table.data = np.round(table.data, 6)
    return table


def _fit(tfidf: scipy.sparse.csr_array, holds: np.ndarray, seed: int) -> LogisticRegression:
    from sklearn.linear_model import LogisticRegression

    model = LogisticRegression(
        solver="liblinear", class_weight="balanced", tol=1e-8, max_iter=1000, random_state=seed
    )
    return model.fit(tfidf, holds)


def _scores(
    tfidf: scipy.sparse.csr_array, holds: np.ndarray, table: pd.DataFrame, seed: int
) -> np.ndarray:
    from sklearn.model_selection import GroupKFold

    block = table["document"].astype(str)
    if block.nunique() < 2:
        block = block + " " + table["utterance"].astype(str)
    folds = min(FOLDS, block.nunique())
    score = np.full(len(table), holds.mean())
    if folds < 2:
        return score
    for train, test in GroupKFold(folds).split(tfidf, holds, block):
        if 0 < holds[train].sum() < len(train):
            score[test] = _fit(tfidf[train], holds[train], seed).predict_proba(tfidf[test])[:, 1]
    return np.round(score, 6)


def _phrase_rows(  # noqa: PLR0917 - everything a phrase is described by
    best: list[int],
    names: list[str],
    lift: np.ndarray,
    counts: scipy.sparse.csc_array,
    holds: np.ndarray,
    ranked: pd.DataFrame,
    corpus: Corpus,
) -> Iterator[dict[str, object]]:
    for j in best:
        column = counts[:, [j]].toarray().ravel()
        outside = column * ~holds
        rows = ranked[outside[ranked.index] > 0]
        row = {
            "phrase": names[j],
            "lift": float(lift[j]),
            "count": int(outside.sum()),
            "segments": len(rows),
            "speakers": int(rows["speaker"].nunique()),
            "documents": int(rows["document"].nunique()),
            "inside": int((column[holds] > 0).sum()),
        }
        example = rows.iloc[0] if len(rows) else None
        yield row | _example(corpus, example, names[j])


def _example(corpus: Corpus, row: pd.Series | None, phrase: str) -> dict[str, object]:
    if row is None:
        return {"example": "", "document": "", "start": -1, "end": -1}
    at = row["document"], row["start"], row["end"]
    words = list(_words(corpus, at, None))
    wanted = phrase.split(" ")
    forms = [word for word, _, _ in words]
    first = next(i for i in range(len(forms)) if forms[i : i + len(wanted)] == wanted)
    start, end = words[first][1], words[first + len(wanted) - 1][2]
    text = corpus.texts[row["document"]]
    shown = text[max(row["start"], start - 90) : min(row["end"], end + 90)]
    return {
        "example": " ".join(shown.split()),
        "document": row["document"],
        "start": int(start),
        "end": int(end),
    }


def _admissions(truth: pd.DataFrame, holding: scipy.sparse.csc_array) -> pd.DataFrame:
    """Precision and recall as they are and with each phrase admitted, on the coded segments."""
    coded = truth["true"].notna().to_numpy()
    weight = 1 / truth.loc[coded, "inclusion"].to_numpy()
    true = truth.loc[coded, "true"].to_numpy() > 0
    predicted = truth.loc[coded, "predicted"].to_numpy() > 0

    def rates(says: np.ndarray) -> tuple[float, float]:
        both = weight[says & true].sum()
        found, expressed = weight[says].sum(), weight[true].sum()
        precision = float(both / found) if found else np.nan
        return precision, float(both / expressed) if expressed else np.nan

    before = rates(predicted)
    rows = []
    for j in range(holding.shape[1]):
        adds = holding[:, [j]].toarray().ravel()[coded] & ~predicted
        after = rates(predicted | adds) if adds.any() else (np.nan, np.nan)
        rows.append((int(adds.sum()), int((adds & true).sum()), *before, *after))
    names = ["coded", "right", "precision", "recall", "precision_with", "recall_with"]
    return pd.DataFrame(rows, columns=names)

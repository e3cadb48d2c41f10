"""Where a document stands between two poles of meaning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from analysis.errors import AnalysisError
from analysis.statistics import checks
from analysis.statistics.checks import Array


def frame_axis(
    vectors: Mapping[str, Any],
    positive_pole: Sequence[str],
    negative_pole: Sequence[str],
    document: Sequence[str],
    background: Sequence[str],
) -> dict[str, float]:
    """Bias and intensity of a document on a frame axis (Kwak et al. 2021).

    Axis: centroid of the positive pole less that of the negative. Bias: mean cosine of the
    document's tokens with the axis. Intensity: mean (cosine − background bias)². A public
    implementation passes no background, that is 0: its intensity is another number. Report the
    embedding and which pole is positive.

    Parameters
    ----------
    vectors : mapping of word to array (dimensions,)
        Word embedding; tokens without a vector are left out.
    positive_pole, negative_pole : sequence of str
        Words of the poles, all with a vector.
    document, background : sequence of str
        Tokens of the document, and of the corpus it is set against.

    Returns
    -------
    dict
        background_bias, bias, intensity.

    Raises
    ------
    ValueError
        If a pole word has no vector, or no token of a text has one.

    Examples
    --------
    >>> vectors = {"care": [1, 0], "harm": [-1, 0], "tax": [0, 1], "help": [1, 1]}
    >>> result = frame_axis(vectors, ["care"], ["harm"], ["tax", "help"], ["tax", "care"])
    >>> print(f"{result['bias']:.3f}")
    0.354
    """
    poles = [
        _pole(vectors, name, words)
        for name, words in (("positive_pole", positive_pole), ("negative_pole", negative_pole))
    ]
    axis = poles[0] - poles[1]
    if not np.linalg.norm(axis):
        raise AnalysisError("positive_pole", "the same centroid as the negative pole", "another")
    texts = {"document": document, "background": background}
    cosines = {name: _cosines(vectors, axis, name, words) for name, words in texts.items()}
    baseline = float(cosines["background"].mean())
    return {
        "background_bias": baseline,
        "bias": float(cosines["document"].mean()),
        "intensity": float(((cosines["document"] - baseline) ** 2).mean()),
    }


def _pole(vectors: Mapping[str, Any], name: str, words: Sequence[str]) -> Array:
    checks.at_least(name, len(words), 1, "words")
    if missing := [word for word in words if word not in vectors]:
        raise AnalysisError(name, f"{missing[0]!r} has no vector", "words with one")
    return np.mean([checks.numbers(word, vectors[word], ndim=1) for word in words], axis=0)


def _cosines(vectors: Mapping[str, Any], axis: Array, name: str, tokens: Sequence[str]) -> Array:
    known = [token for token in tokens if token in vectors]
    checks.at_least(name, len(known), 1, "tokens with a vector")
    matrix = np.array([vectors[token] for token in known], dtype=np.float64)
    return matrix @ axis / (np.linalg.norm(matrix, axis=1) * np.linalg.norm(axis))

"""What every statistic asks of its input, said in the same words everywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from analysis.errors import AnalysisError

Array = npt.NDArray[np.float64]

FEW_DOCUMENTS = 10
"""Below this many documents no interval that resamples them can be trusted."""


def numbers(name: str, values: Any, *, ndim: int | None = None) -> Array:
    """Return `values` as finite floats, or say which are not numbers."""
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise AnalysisError(name, f"{values!r:.80} is not an array of numbers") from None
    if ndim is not None and array.ndim != ndim:
        raise AnalysisError(name, f"an array of {array.ndim} dimensions", f"{ndim} dimensions")
    _refuse(name, array, ~np.isfinite(array), "finite numbers, none missing")
    return array


def counts(name: str, values: Any, *, ndim: int | None = None) -> Array:
    """Return `values` as floats that hold non-negative whole numbers."""
    array = numbers(name, values, ndim=ndim)
    _refuse(name, array, (array < 0) | (array != np.floor(array)), "whole numbers, 0 or more")
    return array


def exposures(name: str, values: Any, *, ndim: int | None = None) -> Array:
    """Return `values` as non-negative floats: tokens, or any other unit of exposure."""
    array = numbers(name, values, ndim=ndim)
    _refuse(name, array, array < 0, "numbers, 0 or more")
    return array


def positive(name: str, values: Any) -> Array:
    """Return `values` as floats greater than 0."""
    array = numbers(name, values)
    _refuse(name, array, array <= 0, "numbers greater than 0")
    return array


def probability(name: str, values: Any) -> Array:
    """Return `values` as floats from 0 to 1."""
    array = numbers(name, values)
    _refuse(name, array, (array < 0) | (array > 1), "numbers from 0 to 1")
    return array


def level(value: float) -> float:
    """Return a confidence level strictly between 0 and 1."""
    if not (isinstance(value, (int, float, np.number)) and 0 < value < 1):
        raise AnalysisError("level", f"{value!r}", "a number between 0 and 1, such as 0.95")
    return float(value)


def whole(name: str, value: Any, *, least: int = 1) -> int:
    """Return one whole number of at least `least`."""
    if (
        isinstance(value, (bool, np.bool_))
        or not isinstance(value, (int, float, np.number))
        or value != int(value)
        or value < least
    ):
        raise AnalysisError(name, f"{value!r}", f"a whole number, {least} or more")
    return int(value)


def one_of(name: str, value: Any, options: Iterable[Any]) -> Any:
    """Return `value` if it is one of `options`."""
    allowed = list(options)
    if value not in allowed:
        raise AnalysisError(name, f"{value!r}", "one of " + ", ".join(map(repr, allowed)))
    return value


def within(part_name: str, part: Array, whole_name: str, total: Array) -> None:
    """Refuse a count greater than its total."""
    part, total = np.broadcast_arrays(part, total)
    bad = part > total
    if bad.any():
        raise AnalysisError(
            whole_name, f"{_show(total[bad])} is smaller than {part_name} {_show(part[bad])}"
        )


def same_length(**columns: Sequence[Any] | Array) -> None:
    """Refuse columns of different lengths."""
    lengths = {name: len(column) for name, column in columns.items()}
    if len(set(lengths.values())) > 1:
        found = ", ".join(f"{name} has {length}" for name, length in lengths.items())
        raise AnalysisError(", ".join(lengths), found, "equal lengths")


def at_least(name: str, number: int, least: int, unit: str) -> None:
    """Refuse fewer than `least` units."""
    if number < least:
        raise AnalysisError(name, f"{number} {unit}", f"at least {least}")


def units(counts_: Any, exposures_: Any, *, least: int = 2) -> tuple[Array, Array]:
    """Return counts (units x columns) and exposures (units) without the empty units.

    A unit without exposure says nothing, so it is left out; one that nevertheless has a count
    is a mistake.
    """
    count = counts("counts", counts_)
    exposure = exposures("exposures", exposures_, ndim=1)
    if count.ndim not in (1, 2):
        raise AnalysisError("counts", f"{count.ndim} dimensions", "1 (units) or 2 (units, columns)")
    same_length(counts=count, exposures=exposure)
    matrix = count if count.ndim == 2 else count[:, None]
    empty = exposure == 0
    if matrix[empty].any():
        raise AnalysisError(
            "exposures", "0 for a unit with occurrences", "the tokens of every unit that has any"
        )
    at_least("exposures", int((~empty).sum()), least, "units with tokens")
    return count[~empty], exposure[~empty]


def few_documents(number: int, what: str = "documents") -> str:
    """Return the sentence to print beside a result from too few documents, or nothing."""
    if number >= FEW_DOCUMENTS:
        return ""
    return (
        f"only {number} {what}: intervals and tests that resample them are too narrow below "
        f"{FEW_DOCUMENTS}; prefer the t interval on per-document rates and the exact permutation "
        "test, and report every document"
    )


def _refuse(name: str, array: Array, bad: npt.NDArray[np.bool_], expected: str) -> None:
    if bad.any():
        raise AnalysisError(name, f"found {_show(array[bad])}", expected)


def _show(values: Array) -> str:
    return f"{np.ravel(values)[0]:.12g}"

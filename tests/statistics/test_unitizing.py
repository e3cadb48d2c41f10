"""Unitising alpha against the values that Krippendorff prints."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.errors import AnalysisError
from analysis.statistics.coders.unitizing import unitizing_alpha


def rows(*given):
    return [{"coder": c, "start": s, "end": s + n, "category": k} for s, n, c, k in given]


PAGE_254 = rows(
    (225, 70, "i", "c"), (370, 30, "i", "c"), (220, 80, "j", "c"), (355, 20, "j", "c"),
    (400, 20, "j", "c"), (180, 60, "i", "k"), (300, 50, "i", "k"), (180, 60, "j", "k"),
    (300, 50, "j", "k"),
)  # fmt: skip


def test_krippendorff_2004_page_254():
    table = unitizing_alpha(PAGE_254, begin=150, length=300).set_index("category")
    assert table.loc["c", "observed"] == pytest.approx(0.0144, abs=5e-5)
    assert table.loc["c", "expected"] == pytest.approx(0.0532, abs=5e-5)
    assert table.loc["c", "alpha"] == pytest.approx(0.7286, abs=5e-4)
    assert table.loc["k", "expected"] == pytest.approx(0.0490, abs=5e-5)
    assert table.loc["k", "alpha"] == 1
    assert table.loc["", "alpha"] == pytest.approx(0.8591, abs=5e-4)


def test_krippendorff_1995_on_a_continuum_that_is_all_but_continuous():
    marks = {
        "A": ([(2, 8), (14, 6)], [(4, 4), (15, 2)]),
        "B": ([(0, 18)], [(0, 2), (2, 1), (3, 1), (4, 1), (5, 1), (6, 3), (9, 1)]),
        "C": ([(2, 6), (10, 2), (14, 4), (20, 2)], [(0, 2), (4, 4), (10, 4), (16, 2), (20, 2)]),
        "D": (
            [(0, 2), (2, 8), (10, 4), (14, 6), (20, 4)],
            [(0, 4), (4, 4), (8, 7), (15, 2), (17, 7)],
        ),
    }
    fine = 50_000
    units = [
        {"coder": coder, "start": start * fine, "end": (start + n) * fine, "category": name}
        for name, pair in marks.items()
        for coder, spans in zip("ij", pair, strict=True)
        for start, n in spans
    ]
    table = unitizing_alpha(units, length=24 * fine).set_index("category")
    observed = {"A": 0.03125, "B": 2.26736, "C": 0.02777, "D": 0.38715}
    assert table["observed"].drop("").to_dict() == pytest.approx(observed, abs=1e-5)
    # The expected disagreement of 1995 has a sign that the book of 2004 puts right; with it the
    # coefficients lie up to 0.014 from those printed then, as other implementations find too.
    for name, printed in {"A": 0.553, "B": -0.926, "C": 0.679, "D": 0.066}.items():
        assert table.loc[name, "alpha"] == pytest.approx(printed, abs=0.015)


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=1, max_size=8))
def test_the_same_spans_agree_wholly_and_order_does_not_matter(spans):
    units = [
        {"coder": c, "start": 10 * at + s, "end": 10 * at + min(s + n, 10), "category": "k"}
        for at, (s, n) in enumerate(spans)
        for c in "AB"
    ]
    table = unitizing_alpha(units, length=10 * len(spans) + 5)
    assert table["alpha"].iloc[0] == 1
    again = unitizing_alpha(units[::-1], length=10 * len(spans) + 5)
    assert np.array_equal(table["expected"], again["expected"])


@pytest.mark.parametrize(
    ("units", "message"),
    [
        (rows((0, 5, "a", "k")), "coders"),
        (rows((0, 5, "a", "k"), (90, 20, "b", "k")), "90 to 110 of 'b'"),
        (rows((0, 5, "a", "k"), (3, 5, "a", "k"), (1, 2, "b", "k")), "overlap at 3"),
    ],
)
def test_what_cannot_be_compared_is_named(units, message):
    with pytest.raises(AnalysisError, match=message):
        unitizing_alpha(units, length=100)

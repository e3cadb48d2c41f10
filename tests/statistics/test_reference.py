"""The reference values, and the program that checks them."""

from __future__ import annotations

import importlib.util
import json
import os
from pathlib import Path

import pytest

TESTS = Path(__file__).resolve().parents[1]
SHARED = Path(os.environ.get("DISCOURSE_SHARED", TESTS.parents[1] / "shared"))
PROGRAM = TESTS / "reference" / "check_reference.py"


@pytest.fixture(scope="module")
def program():
    spec = importlib.util.spec_from_file_location("check_reference", PROGRAM)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def write(folder, expected, statistic="simple_maths", **tolerance):
    case = {
        "id": "made/up",
        "statistic": statistic,
        "inputs": {"f1": 166, "n1": 46349, "f2": 54, "n2": 108539},
        "expected": expected,
        "tolerance": tolerance or {"rel": 1e-6},
    }
    content = {"family": "keyness", "cases": [case]}
    (folder / "keyness.json").write_text(json.dumps(content), encoding="utf-8")


@pytest.mark.no_cover
@pytest.mark.shared
def test_every_shared_reference_value(program):
    folder = SHARED / "reference_values"
    if not folder.is_dir():
        pytest.skip(f"no reference values at {folder}")
    tally, reasons = program.run(folder)
    failed = {case: why for case, why in reasons.items() if why[0] == "failed"}
    assert not failed
    assert sum(counter["passed"] for counter in tally.values()) >= 297


@pytest.mark.parametrize(
    ("expected", "statistic", "outcome", "code"),
    [
        ({"n1": 7.18636002326537}, "simple_maths", "passed", 0),
        ({"n1": 7.19}, "simple_maths", "failed", 1),
        ({"n1": 7.18636002326537, "unheard_of": 1}, "simple_maths", "not implemented", 0),
        ({"n1": 7.19, "unheard_of": 1}, "simple_maths", "failed", 1),
        ({"n1": 1}, "unheard_of", "not implemented", 0),
    ],
)
def test_the_check_tells_right_from_wrong(program, tmp_path, expected, statistic, outcome, code):
    write(tmp_path, expected, statistic)
    tally, _ = program.run(tmp_path)
    assert tally["keyness"] == {outcome: 1}
    assert program.main([str(tmp_path)]) == code


def test_the_check_fails_on_nothing(program, tmp_path):
    assert program.main([str(tmp_path)]) == 2


@pytest.mark.parametrize(
    ("actual", "expected", "agree"),
    [
        (float("nan"), None, True),
        (float("inf"), None, True),
        (1.0, None, False),
        (float("inf"), "inf", True),
        (float("inf"), "-inf", False),
        (True, True, True),
        (False, True, False),
        ([1, 2], [1, 2, 3], False),
        ({"a": 1, "b": 5}, {"a": 1}, True),
        (1.01, 1.0, False),
    ],
)
def test_agreement_of_values(program, actual, expected, agree):
    assert (program.disagreements(actual, expected, 1e-6, 0.0) == []) is agree


def test_coarse_keys_are_compared_at_the_precision_of_their_program(program):
    true = {"odds_ratio_cmle": 39.518715}
    [near] = program.disagreements(true, {"odds_ratio_cmle": 39.52055}, 2e-5, 0)
    [far] = program.disagreements(true, {"odds_ratio_cmle": 45.0}, 2e-5, 0)
    assert near.startswith(program.COARSE_MARK)
    assert not far.startswith(program.COARSE_MARK)

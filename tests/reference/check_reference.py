"""Run every case of every file in a folder of the reference format through the public functions.

    python tests/reference/check_reference.py FOLDER [-v]

Prints, per family, the cases passed, failed and not implemented; exits with 1 if any failed. A
case counts as passed only if every key it expects is computed and agrees.
"""

# ruff: noqa: T201 - the table is what this program is for
from __future__ import annotations

import importlib.util
import json
import math
import sys
from collections import Counter
from pathlib import Path
from typing import Any

COARSE = {"odds_ratio_cmle", "odds_ratio_cmle_ci95"}
"""R's fisher.test solves for t, or for 1/t above 1, and stops within eps^(1/4) = 1.2e-4 of the
root, so the files' values of these keys can be wrong in their fourth digit, where ours agree with
scipy's. The right value stands: it must lie within R's own precision of the file's, and every
case that needs this is listed below the table."""


COARSE_MARK = "R: "


def _dispatch() -> dict[str, Any]:
    cases: dict[str, Any] = {}
    for path in sorted(Path(__file__).parent.glob("reference_*.py")):
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        cases |= module.CASES
    return cases


def disagreements(actual: Any, expected: Any, rel: float, abs_: float, at: str = "") -> list[str]:
    """Every place where `actual` is not `expected`, as text; keys missing in `actual` too."""
    if isinstance(expected, dict):
        found: list[str] = []
        for key, value in expected.items():
            if not hasattr(actual, "keys") or key not in actual:
                found.append(f"{at}.{key}: not implemented")
            else:
                found += disagreements(actual[key], value, rel, abs_, f"{at}.{key}")
        return found
    if isinstance(expected, list):
        values = list(actual)
        if len(values) != len(expected):
            return [f"{at}: {len(values)} values instead of {len(expected)}"]
        return [
            text
            for i, (a, e) in enumerate(zip(values, expected, strict=True))
            for text in disagreements(a, e, rel, abs_, f"{at}[{i}]")
        ]
    if _agrees(actual, expected, rel, abs_):
        return []
    text = f"{at}: {actual!r}, not {expected!r}"
    if at.removeprefix(".").split("[")[0] in COARSE and _agrees_coarsely(actual, expected):
        return [COARSE_MARK + text]
    return [text]


def _agrees(actual: Any, expected: Any, rel: float, abs_: float) -> bool:
    if expected is None:  # JSON has neither NaN nor infinity, and R's programs write both as null
        return actual is None or not math.isfinite(actual)
    if isinstance(expected, str) and expected in ("inf", "-inf"):
        return float(actual) == float(expected)
    if isinstance(expected, (str, bool)):
        return bool(actual == expected)
    return abs(float(actual) - expected) <= max(abs_, rel * abs(expected))


def _agrees_coarsely(actual: Any, expected: Any) -> bool:
    if expected is None:
        return not math.isfinite(actual)
    actual, expected, precision = float(actual), float(expected), 2.0**-13
    distances = [abs(actual - expected)] if math.isfinite(expected) else []
    if actual and expected:
        distances.append(abs(1 / actual - 1 / expected))
    return min(distances) <= precision


def check(case: dict[str, Any], cases: dict[str, Any]) -> tuple[str, list[str]]:
    """Return "passed", "failed" or "not implemented", with the reasons."""
    compute = cases.get(case["statistic"])
    if compute is None:
        return "not implemented", [f"statistic {case['statistic']}"]
    expected, tolerance = case["expected"], case.get("tolerance", {})
    try:
        actual = compute(case["inputs"], expected)
        found = disagreements(actual, expected, tolerance.get("rel", 0), tolerance.get("abs", 0))
    except Exception as error:  # one broken case must not hide the others
        return "failed", [f"{type(error).__name__}: {error}"]
    wrong = [text for text in found if not text.endswith("not implemented")]
    coarse = [text for text in wrong if text.startswith(COARSE_MARK)]
    wrong = [text for text in wrong if not text.startswith(COARSE_MARK)]
    found = [text for text in found if text not in coarse]
    if coarse and not found:
        return "passed", ["reference coarser than its tolerance", *coarse]
    return ("failed", wrong) if wrong else ("not implemented" if found else "passed", found)


def run(folder: Path) -> dict[str, Counter[str]]:
    """Check every case; return the tally by family and the reasons by case."""
    cases = _dispatch()
    tally: dict[str, Counter[str]] = {}
    reasons: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.json")):
        content = json.loads(path.read_text(encoding="utf-8"))
        counter = tally.setdefault(content["family"], Counter())
        for case in content["cases"]:
            outcome, why = check(case, cases)
            counter[outcome] += 1
            if why:
                reasons[case["id"]] = why if outcome == "passed" else [outcome, *why]
    return tally, reasons


def main(arguments: list[str]) -> int:
    folders = [argument for argument in arguments if argument != "-v"]
    if len(folders) != 1 or not list(Path(folders[0]).glob("*.json")):
        print("usage: python check_reference.py FOLDER [-v]; FOLDER holds the *.json files")
        return 2
    tally, reasons = run(Path(folders[0]))
    columns = ("passed", "failed", "not implemented")
    print(f"{'family':<20}" + "".join(f"{name:>17}" for name in columns))
    total: Counter[str] = Counter()
    for family, counter in tally.items():
        total += counter
        print(f"{family:<20}" + "".join(f"{counter[name]:>17}" for name in columns))
    print(f"{'total':<20}" + "".join(f"{total[name]:>17}" for name in columns))
    for case, (outcome, *why) in reasons.items():
        print(f"{outcome}: {case}")
        for text in why if "-v" in arguments else why[:4]:
            print(f"    {text}")
    return 1 if total["failed"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

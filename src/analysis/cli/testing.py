"""The command that checks the repository: lint, layers, types, tests, notebooks, on any machine."""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from pathlib import Path

from analysis.errors import AnalysisError

_LAYERS = "from importlinter.cli import lint_imports_command as run; run()"
_COVERED = ("--cov=analysis", "--cov-report=term", "--cov-fail-under=95")


def add(commands: argparse._SubParsersAction) -> None:
    """Add this command to those of the command line."""
    test = commands.add_parser("test", help="lint, types, tests and notebooks of the repository")
    test.add_argument("--workers", type=int, default=2, help="tests at once (2)")
    test.add_argument(
        "--coverage", action="store_true", help="fail where tests reach less than 95 %% of lines"
    )
    test.set_defaults(run=_test)


def _test(options: argparse.Namespace) -> int:
    from analysis.storage import project

    top = project.root()
    if not (top / "tests").is_dir():
        raise AnalysisError(top, "no folder tests", "the repository of the suite itself")
    cache = top / ".cache" if os.access(top, os.W_OK) else Path(tempfile.mkdtemp())
    for words in steps(cache, options.workers, options.coverage):
        print(f"\n$ python {' '.join(words)}", flush=True)
        failed = subprocess.run(
            [sys.executable, *words], cwd=top, env=environment(cache), check=False
        ).returncode
        if failed:
            print(f"analysis: this step fails: python {' '.join(words)}", file=sys.stderr)
            return 1
    return 0


def environment(cache: Path) -> dict[str, str]:
    """Return the variables under which the tools keep what they keep for the next run."""
    places = {
        "RUFF_CACHE_DIR": cache / "ruff",
        "MYPY_CACHE_DIR": cache / "mypy",
        "COVERAGE_FILE": cache / "coverage",
        "HYPOTHESIS_STORAGE_DIRECTORY": cache / "hypothesis",
    }
    own = {name: str(path) for name, path in places.items()}
    return os.environ | own | {"PYTHONUTF8": "1"}


def steps(cache: Path, workers: int, coverage: bool = False) -> list[list[str]]:
    """Return the words after ``python`` of each step, in order.

    Parameters
    ----------
    cache : pathlib.Path
        Where pytest and import-linter keep what they keep for the next run.
    workers : int
        How many tests run at once.
    coverage : bool
        Whether to count the lines that the tests reach, which takes half as long again.

    Returns
    -------
    list of list of str
        The bytes of figures are promised on Linux x86-64 alone, so that elsewhere the notebooks
        have to run but not to print the same.
    """
    kept = ["-o", f"cache_dir={cache / 'pytest'}"]
    promised = (platform.system(), platform.machine()) == ("Linux", "x86_64")
    compared = "--nbval" if promised else "--nbval-lax"
    spread = ["-n", str(workers), "--dist", "loadfile", "--no-loadscope-reorder"]
    counted = _COVERED if coverage else ()
    return [
        ["-m", "ruff", "check", "."],
        ["-m", "ruff", "format", "--check", "."],
        ["-c", _LAYERS, "--cache-dir", str(cache / "import-linter")],
        ["-m", "mypy"],
        ["-m", "pytest", *spread, *kept, *counted, "--durations=15", "src", "tests"],
        ["-m", "pytest", *spread, *kept, compared, "--nbval-current-env", "notebooks"],
    ]

import subprocess
import sys

import pytest

import analysis
from analysis import statistics


@pytest.mark.parametrize("name", analysis.__all__)
def test_every_public_name_is_there(name):
    assert name in dir(analysis)
    assert getattr(analysis, name).__doc__


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="corpsu"):
        _ = analysis.corpsu


def test_completion_shows_the_names_and_nothing_else():
    assert sorted(dir(analysis)) == sorted(analysis.__all__)
    assert 25 <= len(analysis.__all__) <= 50


def test_importing_takes_no_time():
    script = "import time; t = time.perf_counter(); import analysis; print(time.perf_counter() - t)"
    runs = [
        float(
            subprocess.run([sys.executable, "-c", script], capture_output=True, check=True).stdout
        )
        for _ in range(3)
    ]
    assert min(runs) < 0.1


HEAVY = {"matplotlib", "scipy.stats", "scipy.special", "sklearn", "spacy", "distributed"}


@pytest.mark.parametrize(
    ("modules", "refused"),
    [
        ("analysis", HEAVY | {"numpy", "pandas", "pyarrow"}),
        ("analysis, analysis.cli, analysis.study.remeasure, analysis.voices", HEAVY),
        (
            "analysis, analysis.index.queries, analysis.index.resampling",
            HEAVY,
        ),
    ],
)
def test_importing_costs_nothing_that_is_not_used(modules, refused):
    script = f"import sys, {modules}; print(*sorted({refused!r} & set(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == ""


@pytest.mark.parametrize("name", statistics.__all__)
def test_every_statistics_module_is_there(name):
    assert name in dir(statistics)
    assert getattr(statistics, name).__doc__


def test_every_statistics_module_is_named(root):
    files = {path.stem for path in (root / "src" / "analysis" / "statistics").rglob("[a-z]*.py")}
    inner = {"checks", "contingency", "dirichlet", "effect_size", "exact", "keyness_table"}
    inner |= {"labelled_regression", "one_against_rest"}
    assert files - inner == set(statistics.__all__)
    with pytest.raises(AttributeError, match="no attribute 'keynes'"):
        _ = statistics.keynes

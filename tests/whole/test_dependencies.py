"""Each dependency is used, each import is declared, and the manual says what each is for."""

import ast
import importlib.metadata
import re
import sys
import tomllib

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

NOT_IMPORTED = {
    "ipykernel": "a program: it runs the notebooks",
    "jupyterlab": "a program: the notebooks are read in it",
}
PROGRAMS = {
    "flit-core": "the build backend",
    "import-linter": "make test runs it",
    "mypy": "make test runs it",
    "nbval": "make test runs it",
    "pytest-cov": "make test runs it",
    "pytest-xdist": "make test runs it",
    "ruff": "make test runs it",
}
OF_PEERS = {
    "conc",
    "corpus_toolkit",
    "docx",
    "hyperscan",
    "made_text",
    "ppi_py",
    "run",
    "textacy",
    "texts",
    "whole_path",
}
"""What we are compared with, libraries a test needs only where they are, our benchmarks' files."""


def names(requirements):
    return [canonicalize_name(Requirement(line).name) for line in requirements]


@pytest.fixture(scope="module")
def declared(root):
    made = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    extras = made["project"]["optional-dependencies"].values()
    return {
        "run": names(made["project"]["dependencies"]),
        "extra": names(line for lines in extras for line in lines),
        "dev": names(made["dependency-groups"]["dev"]),
    }


def imported(*folders):
    """Return the libraries imported in a folder, also by ``import_module("name")``."""
    found = set()
    for path in (path for folder in folders for path in folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                found |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and not node.level:
                found.add(node.module)
            elif isinstance(node, ast.Call) and node.args:
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                argument = node.args[0]
                if name in {"import_module", "importorskip"} and isinstance(argument, ast.Constant):
                    found.add(argument.value)
    modules = {name.split(".")[0] for name in found} - sys.stdlib_module_names - {"analysis"}
    of = importlib.metadata.packages_distributions()
    return {canonicalize_name(of[name][0]) if name in of else name for name in modules}


def test_all_that_the_library_imports_is_declared_and_the_other_way_round(root, declared):
    used = imported(root / "src")
    assert used - {*declared["run"], *declared["extra"]} == set()
    assert {*declared["run"], *declared["extra"]} - used == set(NOT_IMPORTED)


def test_all_that_the_tests_import_is_declared_and_the_other_way_round(root, declared):
    used = imported(root / "tests", root / "benchmarks", root / "src")
    assert used - {name for kind in declared.values() for name in kind} - OF_PEERS == set()
    assert set(declared["dev"]) - used == set(PROGRAMS)


def test_the_manual_says_of_each_what_it_is_for_and_of_no_other(root, declared):
    text = (root / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for heading, kind, cell in (
        ("At run time", "run", 0),
        ("Optional", "extra", 1),
        ("For development", "dev", 0),
    ):
        part = re.search(rf"^## {heading}$(.*?)(?=^## |\Z)", text, re.MULTILINE | re.DOTALL)[1]
        rows = [line.strip("| ").split(" | ") for line in part.splitlines() if line[:1] == "|"]
        assert [canonicalize_name(row[cell]) for row in rows[2:]] == sorted(declared[kind])
        assert all(len(row[-1]) > 3 for row in rows[2:])

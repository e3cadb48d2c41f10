"""The command that checks the repository, and that nothing here needs one system alone."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

import analysis
from analysis.cli import testing
from analysis.cli.main import main as run

UNIX = {"fcntl", "grp", "posix", "pty", "pwd", "resource", "syslog", "termios", "tty"}
IMPORT_ALL = """
import builtins, importlib, json, pathlib, sys

unix, here = set(json.loads(sys.argv[1])), pathlib.Path(sys.argv[2])
theirs = builtins.__import__

def ours(name, globals=None, *rest, **words):
    asks = (globals or {}).get("__name__") or ""
    if name in unix and asks.startswith("analysis"):
        raise ModuleNotFoundError(f"{asks} imports {name}", name=name)
    return theirs(name, globals, *rest, **words)

builtins.__import__ = ours
done = 0
for path in sorted(here.rglob("*.py")):
    name = ".".join(("analysis", *path.relative_to(here).with_suffix("").parts))
    if path.stem == "change_points":
        continue  # ruptures has no release for every Python
    importlib.import_module(name.removesuffix(".__init__"))
    done += 1
print(done)
"""


def test_every_module_is_imported_where_what_unix_alone_has_is_missing():
    here = Path(analysis.__file__).parent
    command = [sys.executable, "-c", IMPORT_ALL, json.dumps(sorted(UNIX)), str(here)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=300)
    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) == len(list(here.rglob("*.py"))) - 1


def test_nothing_that_unix_alone_has_is_imported_later_either(root):
    for path in [*(root / "src").rglob("*.py"), root / "environment.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            assert not UNIX & set(names), path


def test_the_steps_are_those_of_make_test_and_the_first_that_fails_ends_it(
    tmp_path, monkeypatch, capfd
):
    steps = testing.steps(tmp_path, 3, coverage=True)
    words = [" ".join(step) for step in steps]
    for tool in ("ruff check", "ruff format", "importlinter", "mypy", "--cov=analysis", "--nbval"):
        assert sum(tool in line for line in words) == 1
    assert steps[-2][2:4] == ["-n", "3"]
    assert "--cov=analysis" not in testing.steps(tmp_path, 3)[-2]
    (tmp_path / "tests").mkdir()
    (tmp_path / "pyproject.toml").write_text("")
    monkeypatch.setattr("analysis.storage.project.root", lambda: tmp_path)
    said = [["-c", "print('one')"], ["-c", "raise SystemExit(3)"], ["-c", "print('three')"]]
    monkeypatch.setattr(testing, "steps", lambda cache, workers, coverage: said)
    assert run(["test"]) == 1
    out, err = capfd.readouterr()
    assert "one" in out
    assert "$ python -c print('three')" not in out
    assert "this step fails: python -c raise SystemExit(3)" in err
    said.pop(1)
    assert run(["test"]) == 0


@pytest.mark.parametrize(
    ("system", "machine", "how"),
    [("Linux", "x86_64", "--nbval"), ("Windows", "AMD64", "--nbval-lax")],
)
def test_bytes_are_compared_where_they_are_promised(monkeypatch, tmp_path, system, machine, how):
    monkeypatch.setattr("platform.system", lambda: system)
    monkeypatch.setattr("platform.machine", lambda: machine)
    assert how in testing.steps(tmp_path, 1)[-1]


def test_a_project_without_tests_is_told_so(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr("analysis.storage.project.root", lambda: tmp_path)
    assert run(["test"]) == 2
    assert "no folder tests" in capsys.readouterr().err

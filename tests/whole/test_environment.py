"""What makes the environment: Makefile, environment.py, environment.yml and the locks agree.

No network is needed.
"""

import importlib.util
import os
import re
import subprocess
import sys
import tomllib

import pytest
import rattler
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet

HASHED = "pip install --no-deps --require-hashes -r requirements.lock"


@pytest.fixture
def environment(root, tmp_path, monkeypatch):
    """Return environment.py as it stands in a small project of another folder."""
    spec = importlib.util.spec_from_file_location("environment", root / "environment.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    top = tmp_path / "a clone"
    top.mkdir()
    for name in ("requirements.lock", "pyproject.toml"):
        (top / name).write_bytes((root / name).read_bytes())
    monkeypatch.setattr(module, "TOP", top)
    monkeypatch.setattr(module, "LOCK", top / "requirements.lock")
    monkeypatch.chdir(top)
    return module


def lock(root):
    text = (root / "requirements.lock").read_text()
    pins = re.findall(r"^([a-zA-Z0-9._-]+)==(\S+)", text, re.MULTILINE)
    return text, {name.lower().replace("_", "-"): version for name, version in pins}


def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text())


def test_conda_gives_python_and_pip_and_the_same_lock(root):
    text = (root / "environment.yml").read_text()
    specs = {
        str(spec.name.normalized): spec
        for spec in map(rattler.MatchSpec, yaml.safe_load(text)["dependencies"])
    }
    assert set(specs) == {"python", "pip"}
    assert str(specs["pip"].version) == ">=23.3"
    wanted = (root / ".python-version").read_text().strip()
    assert str(specs["python"].version).lstrip("=").rstrip(".*") == wanted
    assert wanted in SpecifierSet(project(root)["project"]["requires-python"])
    commands = re.findall(r"^#   (.+)$", text, re.MULTILINE)
    assert commands == [
        "conda activate discourse-analysis",
        HASHED,
        "pip install --no-deps --no-build-isolation -e .",
        "pip check",
    ]


def test_no_command_anywhere_resolves_a_lock(root, environment):
    assert {"--no-deps", "--require-hashes", "-r"} <= set(environment.FROM_LOCK)
    assert "--no-deps" in environment.THE_LIBRARY
    said = []
    for pattern in ("Makefile", "environment.yml", "*.md", "docs/*.md", "benchmarks/*.md", ".ci/*"):
        for path in root.glob(pattern):
            text = path.read_text(encoding="utf-8").replace("\\\n", " ")
            said += re.findall(r"pip install[^\n]*\s-r\b.*", text)
    assert len(said) >= 2
    assert [line for line in said if "--no-deps" not in line] == []


@pytest.mark.parametrize("version", [(2, 7, 18), (3, 6, 15), (3, 10, 13), (3, 11, 0), (3, 15, 0)])
def test_a_python_too_old_is_refused_in_a_sentence_before_anything_is_made(root, tmp_path, version):
    python = tmp_path / "python"
    number = ".".join(map(str, version))
    code = (
        "import sys; sys.argv.pop(0); "
        f"sys.version_info, sys.version = {version}, '{number} (of a test)'; "
        "exec(sys.argv[1]) if sys.argv[0] == '-c' else print('making')"
    )
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" -c "{code}" "$@"\n')
    python.chmod(0o755)
    (tmp_path / "Makefile").write_bytes((root / "Makefile").read_bytes())
    done = subprocess.run(
        ["make", "-s", "environment", f"PYTHON={python}"],
        cwd=tmp_path,
        env={name: value for name, value in os.environ.items() if name != "MAKEFLAGS"},
        capture_output=True,
        text=True,
        check=False,
    )
    allowed = SpecifierSet(project(root)["project"]["requires-python"]).contains(number)
    assert allowed == (version >= (3, 11))
    assert (done.returncode == 0, done.stdout) == (allowed, "making\n" if allowed else "")
    if not allowed:
        assert done.stderr.splitlines()[0] == (
            f"Python 3.11 or newer is needed, and {python} is {number}: "
            "name another with PYTHON=python3.11"
        )


def made(environment, folder):
    """Put there what a whole environment has, and return its stamp."""
    (folder / "bin").mkdir(parents=True)
    (folder / "bin" / "python").symlink_to(sys.executable)
    (folder / "pyvenv.cfg").touch()
    (folder / environment.STAMP).write_text(environment.stamp(), encoding="utf-8")
    return folder / environment.STAMP


def test_an_environment_is_ready_only_if_it_is_whole_and_of_this_python_lock_and_folder(
    environment, tmp_path
):
    folder = tmp_path / "venv"
    ready = lambda: environment.is_ready(folder, environment.stamp())  # noqa: E731
    assert not ready()
    stamp = made(environment, folder)
    whole = stamp.read_text(encoding="utf-8")
    assert ready()
    version = f"{sys.version_info.major}.{sys.version_info.minor}"
    for old, new in ((version, "3.10"), ("a clone", "a moved clone")):
        stamp.write_text(whole.replace(old, new), encoding="utf-8")
        assert not ready()
    stamp.write_bytes(b"")
    assert not ready()
    stamp.write_text(whole, encoding="utf-8")
    environment.LOCK.write_text(environment.LOCK.read_text() + "\n")
    assert not ready()
    stamp.write_text(environment.stamp(), encoding="utf-8")
    assert ready()
    (folder / "bin" / "python").unlink()
    (folder / "bin" / "python").symlink_to(tmp_path / "python that was removed")
    assert not ready()


def test_a_ready_environment_is_left_alone_also_behind_a_symbolic_link(environment, tmp_path):
    stamp = made(environment, tmp_path / "elsewhere")
    (environment.TOP / ".venv").symlink_to(tmp_path / "elsewhere")
    before = stamp.stat().st_mtime_ns
    assert environment.main([".venv"]) is None
    assert stamp.stat().st_mtime_ns == before


def test_a_half_made_environment_is_emptied_and_a_link_stays_one(environment, tmp_path):
    stamp = made(environment, tmp_path / "elsewhere")
    (tmp_path / "elsewhere" / "lib").mkdir()
    (tmp_path / "elsewhere" / "lib" / "old").touch()
    (environment.TOP / ".venv").symlink_to(tmp_path / "elsewhere")
    environment.create(environment.Path(".venv"))
    assert (environment.TOP / ".venv").is_symlink()
    assert not stamp.exists()
    assert not (tmp_path / "elsewhere" / "lib" / "old").exists()
    assert environment.pip(environment.Path(".venv"), "--version").returncode == 0


def test_what_is_no_environment_is_never_emptied(environment):
    place = environment.TOP / ".venv"
    place.write_text("discourse")  # where pyenv's and Poetry's users keep a name
    assert environment.main([]) == ".venv is a file, where the environment goes: move it away"
    place.unlink()
    place.mkdir()
    (place / "thesis.odt").write_text("years of work")
    assert environment.main([]) == (
        ".venv holds thesis.odt, which is no environment's: move it away"
    )
    assert (place / "thesis.odt").read_text() == "years of work"


def test_a_lock_that_cannot_be_installed_leaves_no_ready_environment(
    environment, capsys, monkeypatch
):
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    said = environment.main([])
    assert said == (
        "pip fails at requirements.lock, above; .venv is half made, and made anew next time"
    )
    assert "No matching distribution found" in capsys.readouterr().err
    assert not environment.is_ready(environment.Path(".venv"), environment.stamp())


def test_every_requirement_is_locked_within_its_bounds(root):
    _, pins = lock(root)
    declared = project(root)
    wanted = [
        *declared["project"]["dependencies"],
        *declared["project"]["optional-dependencies"]["parse"],
        *declared["dependency-groups"]["dev"],
        *declared["build-system"]["requires"],
    ]
    for requirement in map(Requirement, wanted):
        name = requirement.name.lower().replace("_", "-")
        assert pins[name] in requirement.specifier, name


def test_the_lock_holds_hashes_and_no_address(root):
    text, pins = lock(root)
    assert len(pins) > 50
    assert "://" not in text
    for block in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in block, block.splitlines()[0]

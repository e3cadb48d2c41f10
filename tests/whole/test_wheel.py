"""The wheel holds all that is needed at run time; built without a network."""

import os
import subprocess
import sys
import zipfile

import pytest


def run(*words, folder, **environment):
    return subprocess.run(
        [sys.executable, *map(str, words)],
        cwd=folder,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys; from flit_core import buildapi; buildapi.build_wheel(sys.argv[1])"
    done = run("-c", build, folder, folder=root)
    assert done.returncode == 0, done.stderr
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """Return a folder with two texts, and how to run the unpacked wheel in it."""
    place = tmp_path_factory.mktemp("installed")
    with zipfile.ZipFile(wheel) as packed:
        packed.extractall(place / "site")
    (place / "work" / "texts").mkdir(parents=True)
    for name in ("a", "b"):
        text = f"ARDEN: Mass surveillance, {name}.\nBELL: No.\n"
        (place / "work" / "texts" / f"{name}.txt").write_text(text)

    def call(*words):
        site = str(place / "site")
        return run("-m", "analysis", *words, folder=place / "work", PYTHONPATH=site)

    return place, call


def test_every_file_of_the_package_is_in_it(root, wheel):
    source = root / "src"
    here = {
        path.relative_to(source).as_posix(): path.read_bytes()
        for path in (source / "analysis").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and path.suffix != ".pyc"
    }
    assert {"analysis/study/templates/study.ipynb", "analysis/py.typed"} <= set(here)
    with zipfile.ZipFile(wheel) as packed:
        inside = {
            name: packed.read(name) for name in packed.namelist() if name.startswith("analysis/")
        }
    assert inside == here


def test_texts_are_described_without_a_project(installed):
    place, call = installed
    where = "import analysis; print(analysis.__file__)"
    found = run("-c", where, folder=place, PYTHONPATH=str(place / "site")).stdout
    assert found.strip() == str(place / "site" / "analysis" / "__init__.py")
    done = call("describe", "texts")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("2 documents, 4 utterances, 2 speakers")


def test_a_study_needs_a_codebook_and_says_so_and_then_is_made(installed, root):
    place, call = installed
    done = call("new", "mine", "texts")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    assert "no project here or above" in done.stderr
    assert "data/codebook.toml" in done.stderr
    (place / "work" / "data").mkdir()
    codebook = (root / "data" / "codebook.toml").read_bytes()
    (place / "work" / "data" / "codebook.toml").write_bytes(codebook)
    done = call("verify", "mine")
    assert done.returncode == 2
    assert "no such study" in done.stderr
    done = call("new", "mine", "texts")
    assert (done.returncode, done.stderr) == (0, "")
    assert (place / "work" / "notebooks" / "mine.ipynb").is_file()
    assert call("verify", "mine").returncode == 0

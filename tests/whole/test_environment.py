"""environment.yml, the lock, pyproject and .python-version say the same; no network needed."""

import re
import tomllib

import rattler
import yaml
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet


def lock(root):
    text = (root / "requirements.lock").read_text()
    pins = re.findall(r"^([a-zA-Z0-9._-]+)==(\S+)", text, re.MULTILINE)
    return text, {name.lower().replace("_", "-"): version for name, version in pins}


def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text())


def test_conda_gives_python_and_pip_and_the_same_lock(root):
    environment = yaml.safe_load((root / "environment.yml").read_text())
    *conda, pip = environment["dependencies"]
    specs = {str(spec.name.normalized): spec for spec in map(rattler.MatchSpec, conda)}
    assert set(specs) == {"python", "pip"}
    assert pip == {"pip": ["--require-hashes", "-r requirements.lock"]}
    wanted = (root / ".python-version").read_text().strip()
    assert str(specs["python"].version).lstrip("=").rstrip(".*") == wanted
    assert wanted in SpecifierSet(project(root)["project"]["requires-python"])


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

"""The lock is installed as it is, whatever newer release the index holds and whichever pip it is.

Offline: the index is a folder of made-up wheels. Each locked library lies there in the locked
version and in a newer one, with the requirements and extras (``coverage[toml]``) of the real one.
"""

import base64
import ensurepip
import hashlib
import importlib.metadata
import importlib.util
import re
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
_spec = importlib.util.spec_from_file_location("environment", ROOT / "environment.py")
environment = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(environment)

NEWER = "9999"
PINNED = re.findall(r"^pip==(\S+)", (ROOT / "requirements-pips.lock").read_text(), re.MULTILINE)


def pip_wheels():
    """Return the pips on this machine by version: the one of this Python, and those of `.pips`."""
    bundled = Path(ensurepip.__file__).parent / "_bundled"
    folders = [bundled, sysconfig.get_config_var("WHEEL_PKG_DIR"), ROOT / ".pips"]
    paths = [path for folder in folders if folder for path in Path(folder).glob("pip-*.whl")]
    return {path.name.split("-")[1]: path for path in paths}


WHEELS = pip_wheels()
PIPS = sorted({*WHEELS, *PINNED}, key=lambda version: [int(part) for part in version.split(".")])


def wheel(folder, name, version, metadata):
    """Put into an index a library that has a name, a version and requirements; return its hash."""
    stem = f"{name.replace('-', '_').replace('.', '_')}-{version}"
    head = f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\n"
    for key in ("Requires-Dist", "Provides-Extra"):
        head += "".join(f"{key}: {line}\n" for line in metadata.get_all(key, ()))
    files = {
        f"{stem}.dist-info/METADATA": head,
        f"{stem}.dist-info/WHEEL": "Wheel-Version: 1.0\nGenerator: test\n"
        "Root-Is-Purelib: true\nTag: py3-none-any\n",
    }
    record = ""
    for path, text in files.items():
        digest = base64.urlsafe_b64encode(hashlib.sha256(text.encode()).digest()).decode()
        record += f"{path},sha256={digest.rstrip('=')},{len(text.encode())}\n"
    path = folder / name / f"{stem}-py3-none-any.whl"
    path.parent.mkdir(exist_ok=True)
    with zipfile.ZipFile(path, "w") as packed:
        for inside, text in files.items():
            packed.writestr(inside, text)
        packed.writestr(f"{stem}.dist-info/RECORD", f"{record}{stem}.dist-info/RECORD,,\n")
    with (path.parent / "index.html").open("a") as page:
        page.write(f'<a href="{path.name}">{path.name}</a><br>\n')
    return hashlib.sha256(path.read_bytes()).hexdigest()


@pytest.fixture(scope="module")
def index(tmp_path_factory):
    """Return a folder of made-up wheels, the lock with their hashes, and what it pins here."""
    folder = tmp_path_factory.mktemp("index")
    lines, pins = [], {}
    for block in re.split(r"\n(?=\S)", (ROOT / "requirements.lock").read_text().strip()):
        head = block.splitlines()[0].removesuffix(" \\")
        name, version = re.match(r"(\S+)==([^\s;]+)", head).groups()
        try:
            metadata = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            metadata = importlib.metadata.metadata("iniconfig")  # requires nothing
        else:
            if metadata["Version"] == version:
                pins[name] = version
        wheel(folder, name, NEWER, metadata)
        lines.append(f"{head} --hash=sha256:{wheel(folder, name, version, metadata)}\n")
    (folder / "requirements.lock").write_text("".join(lines))
    assert len(pins) > 100
    return folder, pins


@pytest.fixture
def fresh(tmp_path, index, monkeypatch):
    """Return how to make an empty environment with one pip that knows only the made-up index."""
    for name in ("PIP_EXTRA_INDEX_URL", "PIP_FIND_LINKS", "PIP_CONSTRAINT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", "/dev/null")
    monkeypatch.setenv("PIP_INDEX_URL", index[0].as_uri())

    def make(version):
        if version not in WHEELS:
            pytest.skip(f"pip {version} is not here: `make test` brings it into .pips")
        venv.create(tmp_path / "venv", with_pip=False, symlinks=True)
        (site,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
        with zipfile.ZipFile(WHEELS[version]) as packed:
            packed.extractall(site)
        return tmp_path / "venv", site

    return make


@pytest.mark.parametrize("version", PIPS)
def test_each_pip_installs_what_is_locked_though_all_has_newer_releases(version, fresh, index):
    folder, site = fresh(version)
    lock, pins = index[0] / "requirements.lock", index[1]
    done = environment.pip(folder, *environment.FROM_LOCK, str(lock))
    assert done.returncode == 0, done.stdout
    made = {
        re.sub(r"[-_.]+", "-", found.name).lower(): found.version
        for found in importlib.metadata.distributions(path=[str(site)])
    }
    assert made.pop("pip") == version
    assert made == pins
    done = environment.pip(folder, "check")
    assert done.returncode == 0, done.stdout


def test_resolved_the_lock_fails_with_an_old_pip_so_the_index_is_a_trap(fresh, index):
    folder, _ = fresh("23.2.1")
    words = [word for word in environment.FROM_LOCK if word != "--no-deps"]
    done = environment.pip(folder, *words, str(index[0] / "requirements.lock"))
    assert done.returncode == 1
    assert "all requirements must have their versions pinned with ==" in done.stdout

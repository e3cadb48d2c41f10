"""Make the folder `.venv` from the lock, whole and of this Python; `make` calls it first.

Without make: `python environment.py`, then, with the Python of `.venv`, `-m analysis rebuild` and
`-m analysis test`.

No library is there yet when this runs, so it needs the standard library alone.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tomllib
import venv
from importlib.util import find_spec
from pathlib import Path

TOP = Path(__file__).resolve().parent
LOCK = TOP / "requirements.lock"
STAMP = "ready"
"""Written last, so that an environment without it is a half-made one."""

# A lock is installed, not resolved: without --no-deps the pips before 23.3 resolve an extra such
# as coverage[toml] anew, and refuse the lock as soon as a newer coverage is released.
INSTALL = ("install", "--disable-pip-version-check", "--no-deps", "--no-compile")
FROM_LOCK = (*INSTALL, "--require-hashes", "-r")
THE_LIBRARY = (*INSTALL, "--no-build-isolation", "-e")


def main(words: list[str]) -> str | None:
    """Make the environment unless it is ready; return what is wrong in a sentence, or None."""
    folder = Path(words[0] if words else ".venv")
    wanted = stamp()
    if is_ready(folder, wanted):
        return None
    wrong = obstacle(folder)
    if wrong:
        return wrong
    print(f"making {folder} with Python {sys.version.split()[0]}: about a minute", flush=True)
    try:
        create(folder)
    except (OSError, ValueError, subprocess.CalledProcessError) as error:
        return f"{folder} cannot be made ({error}): name another folder with VENV=FOLDER"
    for name, arguments in (
        ("requirements.lock", (*FROM_LOCK, str(LOCK))),
        ("the library", (*THE_LIBRARY, str(TOP))),
        ("a check of the installation", ("check",)),
    ):
        done = pip(folder, *arguments)
        if done.returncode:
            print(done.stdout, file=sys.stderr)
            return f"pip fails at {name}, above; {folder} is half made, and made anew next time"
    compile_all(folder)
    (folder / STAMP).write_text(wanted, encoding="utf-8")
    return None


def stamp() -> str:
    """Return all that an environment is made of: this Python, this folder, the lock, the name."""
    project = tomllib.loads((TOP / "pyproject.toml").read_text(encoding="utf-8"))
    parts = [project.get(name) for name in ("build-system", "project")]
    made_of = {
        "python": f"{sys.version_info.major}.{sys.version_info.minor}",
        "folder": str(TOP),
        "requirements.lock": hashlib.sha256(LOCK.read_bytes()).hexdigest(),
        "pyproject.toml": hashlib.sha256(json.dumps(parts).encode()).hexdigest(),
    }
    return json.dumps(made_of, indent=2, ensure_ascii=False) + "\n"


def is_ready(folder: Path, wanted: str) -> bool:
    """Return whether an environment was made whole of what is wanted, and its Python is there."""
    try:
        made = (folder / STAMP).read_text(encoding="utf-8")
    except (OSError, ValueError):
        return False
    return made == wanted and python_of(folder).exists()


def obstacle(folder: Path) -> str | None:
    """Return why no environment may or can be made in a folder, or None."""
    if find_spec("ensurepip") is None or find_spec("venv") is None:
        return f"{sys.executable} has no venv with pip (Debian: apt-get install python3-venv)"
    if folder.exists() and not folder.is_dir():
        return f"{folder} is a file, where the environment goes: move it away"
    if folder.is_dir() and not (folder / "pyvenv.cfg").is_file():
        parts = {"bin", "include", "lib", "lib64", "share", "etc", "scripts", STAMP}
        others = sorted(path.name for path in folder.iterdir() if path.name.lower() not in parts)
        if others:
            return f"{folder} holds {others[0]}, which is no environment's: move it away"
    return None


def create(folder: Path) -> None:
    """Make an empty environment with pip; what it held goes, and a symbolic link stays one."""
    # The folder itself, since venv refuses a link.
    target = Path(os.path.realpath(folder))
    target.mkdir(parents=True, exist_ok=True)
    (target / STAMP).unlink(missing_ok=True)
    venv.create(target, clear=True, symlinks=os.name != "nt", with_pip=True)


def python_of(folder: Path) -> Path:
    """Return where an environment keeps its Python, which Windows calls otherwise."""
    return folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def pip(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run an environment's pip, which sees neither PYTHONPATH nor the user's own packages."""
    return subprocess.run(
        [str(python_of(folder)), "-I", "-m", "pip", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
    )


def compile_all(folder: Path) -> None:
    """Compile what was installed on every core, where pip would use one.

    A library's templates and its code for other Pythons do not compile, and need not.
    """
    subprocess.run(
        [str(python_of(folder)), "-I", "-m", "compileall", "-q", "-q", "-j", "0", str(folder)],
        stdout=subprocess.DEVNULL,
        check=False,
    )


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

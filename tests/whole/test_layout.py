"""The shape of the repository: what the top level holds, and how long a module may be."""

import re
import subprocess

MOST_LINES = 400


def test_no_module_is_longer_than_a_reader_can_hold(root):
    long = {
        path.relative_to(root).as_posix(): lines
        for path in (root / "src").rglob("*.py")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > MOST_LINES
    }
    assert long == {}


def test_the_layout_is_the_agreed_one(root):
    for name in ("notebooks", "src/analysis", "data", "figures", "tests", "environment.yml"):
        assert (root / name).exists(), name


def test_ci_runs_what_the_readme_says(root):
    command = (root / ".ci" / "run").read_text(encoding="utf-8").splitlines()[-1]
    readme = (root / "README.md").read_text(encoding="utf-8")
    assert re.search(rf"^{command}\b", readme, re.MULTILINE)


def test_shell_and_make_files_parse(root):
    subprocess.run(["bash", "-n", root / ".ci" / "run"], check=True)
    for target in ("figures", "test", "lab"):
        subprocess.run(["make", "-n", target], cwd=root, check=True, capture_output=True)

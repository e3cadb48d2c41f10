"""The walk-through, command by command as it stands in the manual."""

import os
import re
import subprocess
import sys

import pytest

BLOCK = re.compile(r"^```(sh|text|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


@pytest.fixture
def project(root, tmp_path):
    (tmp_path / "data" / "studies").mkdir(parents=True)
    (tmp_path / "data" / "codebook.toml").write_bytes((root / "data/codebook.toml").read_bytes())
    tools = tmp_path / "tools"
    tools.mkdir()
    python = tools / "python"
    python.write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    python.chmod(0o755)
    return tmp_path


def run(command, folder, root):
    path = [str(root / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {
        **os.environ,
        "PATH": f"{folder / 'tools'}{os.pathsep}{os.environ['PATH']}",
        "PYTHONPATH": os.pathsep.join(path),
    }
    done = subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_every_command_prints_what_the_manual_shows(root, project):
    manual = (root / "docs" / "your-own-texts.md").read_text(encoding="utf-8")
    printed, commands, shown = "", 0, 0
    for language, content in BLOCK.findall(manual):
        if language == "text":
            shown += 1
            assert printed == content
            continue
        commands += 1
        printed = ""
        if language == "sh":
            printed = run(content, project, root)
        else:
            (project / "block.py").write_text(content, encoding="utf-8")
            run("python block.py", project, root)
    assert (commands, shown) == (13, 11)
    made = sorted(path.name for path in (project / "notebooks").iterdir())
    assert made == ["council.ipynb", "interviews.ipynb", "press.ipynb"]
    assert (project / "out" / "turns.csv").is_file()

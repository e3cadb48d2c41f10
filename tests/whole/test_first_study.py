"""The three walk-throughs from bare files to a figure, command by command as they are printed."""

import json
import os
import re
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor

BLOCK = re.compile(r"^```(sh|text|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FIGURES = {"pilots": "04_groups", "post": "08_who_agrees", "parliament": "05_terms"}


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
        timeout=900,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def follow(number, part, folder, root):
    """Run the blocks of one part in turn; return how many outputs were as printed."""
    printed, shown = "", 0
    for language, content in BLOCK.findall(part):
        if language == "text":
            shown += 1
            assert printed == content
        elif language == "sh":
            printed = run(content, folder, root)
        else:
            (folder / f"block_{number}.py").write_text(content, encoding="utf-8")
            printed = run(f"python block_{number}.py", folder, root)
    return shown


def test_the_walk_throughs_run_as_printed(root, tmp_path):
    (tmp_path / "data" / "studies").mkdir(parents=True)
    shutil.copy(root / "data" / "codebook.toml", tmp_path / "data")
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "python").write_text(f'#!/bin/sh\nexec "{sys.executable}" "$@"\n')
    (tools / "python").chmod(0o755)
    parts = (root / "docs/first-study.md").read_text("utf-8").split("\n## ")
    # Each walk-through is a study of its own, so that two are followed at a time.
    with ThreadPoolExecutor(2) as pool:
        own = [(n, part) for n, part in enumerate(parts) if part[:1].isdigit()]
        shown = sum(pool.map(lambda each: follow(*each, tmp_path, root), own))
    rest = [(n, part) for n, part in enumerate(parts) if not part[:1].isdigit()]
    shown += sum(follow(*each, tmp_path, root) for each in rest)
    assert (len(own), shown) == (3, 8)
    for study, figure in FIGURES.items():
        made = tmp_path / "figures" / study / f"{figure}.png"
        assert made.read_bytes() == (root / "docs/first-study" / f"{study}.png").read_bytes()
        notebook = json.loads((tmp_path / "notebooks" / f"{study}.ipynb").read_text("utf-8"))
        outputs = [o for cell in notebook["cells"] for o in cell.get("outputs", ())]
        assert not [o for o in outputs if o["output_type"] == "error" or o.get("name") == "stderr"]
        assert str(tmp_path) not in json.dumps(notebook)
    # What a reviewer runs: the notebook as it was made passes nbval.
    command = (
        "python -m pytest -q -p no:cacheprovider --nbval --nbval-current-env notebooks/pilots.ipynb"
    )
    assert " passed" in run(command, tmp_path, root)

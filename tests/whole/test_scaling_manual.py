"""The manual of large corpora, block by block as it stands."""

import ast
import os
import re
import subprocess
import sys
from importlib import import_module

BLOCK = re.compile(r"^```(text|python)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
ELSEWHERE = ("dask_jobqueue", "dask_kubernetes")


def test_every_block_prints_what_the_manual_shows(root, tmp_path):
    manual = (root / "docs" / "scaling.md").read_text(encoding="utf-8")
    path = [str(root / "src"), *filter(None, [os.environ.get("PYTHONPATH")])]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path)}
    printed, shown, read = "", 0, 0
    for language, content in BLOCK.findall(manual):
        if language == "text":
            shown += 1
            assert printed == content
        elif any(name in content for name in ELSEWHERE):
            read += 1
            check_names(content)
        else:
            (tmp_path / "block.py").write_text(content, encoding="utf-8")
            done = subprocess.run(
                [sys.executable, "block.py"],
                cwd=tmp_path,
                env=environment,
                capture_output=True,
                text=True,
                timeout=120,
                check=False,
            )
            assert done.returncode == 0, done.stderr
            printed = done.stdout
    assert (shown, read) == (3, 2)


def check_names(code):
    """Hold what a block takes from the suite to what the suite has."""
    tree = ast.parse(code)
    modules = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module.split(".")[0] == "analysis":
            for alias in node.names:
                found = getattr(import_module(node.module), alias.name, None)
                modules[alias.name] = found or import_module(f"{node.module}.{alias.name}")
    called = {node.func.id for node in ast.walk(tree) if _is_named_call(node)}
    asked = called & modules.keys()
    assert {"keyness", "open_partitions"} <= asked
    assert all(callable(modules[name]) for name in asked)


def _is_named_call(node):
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name)

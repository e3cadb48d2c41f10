"""A page in Chromium that must stay without errors and requests, and a JupyterLab to look at."""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest


def _free_port():
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@pytest.fixture
def watched(chromium):
    """Return a page, and fail at the end if it met an error or asked another host for anything."""
    context = chromium.new_context(viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    page.set_default_timeout(60_000)
    problems = []
    page.on("pageerror", lambda error: problems.append(f"page error: {error}"))
    page.on("console", lambda m: m.type == "error" and problems.append(f"console: {m.text}"))

    def request(asked):
        if not asked.url.startswith(("file:", "data:", "blob:", "http://127.0.0.1:", "ws://127.")):
            problems.append(f"asked for {asked.url}")

    page.on("request", request)
    yield page
    context.close()
    assert problems == []


@pytest.fixture(scope="session")
def lab(root, tmp_path_factory):
    """Return the address of a JupyterLab on a copy of the project, with settings of its own."""
    copy = tmp_path_factory.mktemp("project")
    for name in ("notebooks", "data", "figures"):
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns(".ipynb_*"))
    for path in (copy / "notebooks").glob("*.ipynb"):
        # What is seen later can then only come of the run.
        book = nbformat.read(path, 4)
        for cell in book.cells:
            if cell.cell_type == "code":
                cell.outputs, cell.execution_count = [], None
        nbformat.write(book, path)
    home = tmp_path_factory.mktemp("jupyter")
    (home / "config" / "labconfig").mkdir(parents=True)
    (home / "config" / "labconfig" / "page_config.json").write_text(
        '{"disabledExtensions": {"@jupyterlab/apputils-extension:announcements": true}}'
    )
    places = {
        f"JUPYTER_{name.upper()}_DIR": str(home / name) for name in ("config", "data", "runtime")
    }
    (home / "ipython").mkdir()
    environment = os.environ | places | {"IPYTHONDIR": str(home / "ipython")}
    environment["PYTHONPATH"] = str(root / "src")
    port = _free_port()
    command = [
        *(sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", "--ip=127.0.0.1"),
        *(f"--port={port}", "--ServerApp.port_retries=0", "--IdentityProvider.token=browser"),
        *(f"--ServerApp.root_dir={copy}", "--LabApp.news_url="),
        "--LabApp.check_for_updates_class=jupyterlab.NeverCheckForUpdate",
    ]
    with (home / "log").open("wb") as log:
        server = subprocess.Popen(command, env=environment, stdout=log, stderr=log, cwd=copy)
    try:
        _wait_for(f"http://127.0.0.1:{port}/api?token=browser", server, home / "log")
        yield f"http://127.0.0.1:{port}", copy
    finally:
        server.terminate()
        try:
            server.wait(15)
        except subprocess.TimeoutExpired:
            server.kill()
            server.wait()


def _wait_for(address, server, log):
    until = time.monotonic() + 60
    while True:
        try:
            with urllib.request.urlopen(address, timeout=5):
                return
        except OSError:
            if server.poll() is not None or time.monotonic() > until:
                pytest.fail(f"JupyterLab did not start: {log.read_text()[-2000:]}")
            time.sleep(0.2)

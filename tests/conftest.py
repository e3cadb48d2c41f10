"""What tests share: where the makers' texts lie, a small study of our own writing, a browser."""

import os
import shutil
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest
from hypothesis import settings

from analysis.text.document import from_turns

mpl.use("Agg")
# The same examples on every machine; `--hypothesis-profile search` looks for new ones.
settings.register_profile("same", deadline=None, derandomize=True, max_examples=50)
settings.register_profile("search", deadline=None, max_examples=1_000)
settings.load_profile("same")
ROOT = Path(__file__).resolve().parents[1]
ARTEFACTS = "artefacts"


def pytest_collection_modifyitems(items):
    """Begin with the files that take longest, so that no process is left alone with one."""
    long = [ROOT / "tests" / "whole" / "test_first_study.py", ROOT / "tests" / "browser"]
    items.sort(key=lambda item: not any(item.path.is_relative_to(path) for path in long))


@pytest.fixture(scope="session")
def root():
    return ROOT


@pytest.fixture(scope="session")
def shared():
    """Return the folder of texts beside the repository, which users do not have."""
    folder = Path(os.environ.get("DISCOURSE_SHARED", ROOT.parent / "shared"))
    if not folder.is_dir():
        pytest.skip("the texts beside the repository (../shared) are not here")
    return folder


@pytest.fixture(autouse=True)
def _close_figures():
    yield
    plt.close("all")


@pytest.fixture
def debate():
    """Two documents, four speakers, words of our own."""
    first = from_turns(
        "morning",
        [
            ("MS. ARDEN", "Mass surveillance is what the harbour towns fear. We fear it too."),
            ("MR. BELL", "Phones are going dark. The service is going dark with them."),
            ("MS. ARDEN", "There is an ethical responsibility here."),
        ],
        {"title": "Morning session", "date": "2021-03-01", "kind": "hearing"},
    )
    second = from_turns(
        "evening",
        [
            ("MR. BELL", "Nobody proposes mass surveillance."),
            ("MS. CORDAY", "A moral duty binds the makers."),
        ],
        {"title": "Evening session", "date": "2021-03-02", "kind": "hearing"},
    )
    return [first, second]


@pytest.fixture(scope="session")
def program():
    """Return what finds a program; where there is none it skips, but fails in CI."""

    def find(name, package):
        path = shutil.which(name)
        if path is None:
            reason = f"needs {name} (Debian: apt-get install {package})"
            if os.environ.get("CI"):
                pytest.fail(reason)
            pytest.skip(reason)
        return path

    return find


@pytest.fixture(scope="session")
def chromium(program):
    """Return Debian's Chromium."""
    from playwright.sync_api import sync_playwright

    path = program("chromium", "chromium")
    with sync_playwright() as play:
        browser = play.chromium.launch(
            executable_path=path, args=["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        )
        yield browser
        browser.close()


@pytest.fixture
def keep_picture(root):
    """Return what keeps a screenshot among the build's artefacts."""
    folder = root / ARTEFACTS
    folder.mkdir(exist_ok=True)
    return lambda page, name, **how: page.screenshot(path=folder / f"{name}.png", **how)


@pytest.fixture
def accessible():
    """Return what asks axe-core for violations of a page, each with where it stands."""
    from axe_playwright_python.sync_playwright import Axe

    def violations(page, context=None):
        # It would ask for style sheets again, which a page opened from disk may not.
        options = {"resultTypes": ["violations"], "preload": False}
        found = Axe().run(page, context=context, options=options).response["violations"]
        return [(v["id"], [node["target"] for node in v["nodes"]][:3]) for v in found]

    return violations

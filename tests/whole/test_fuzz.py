"""Damaged files for each reader and the codebook: forty, of an archive twelve; fuzz.py has more."""

import importlib.util
import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

_spec = importlib.util.spec_from_file_location("fuzz", Path(__file__).parents[1] / "fuzz.py")
fuzz = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(fuzz)


@pytest.mark.parametrize("name", fuzz.SEEDS)
def test_the_seed_itself_is_read(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(fuzz.SEEDS[name])
    if name in fuzz.OTHERS:
        fuzz.OTHERS[name](path)
    else:
        assert any(made.text for made in fuzz.readers.read_all(path, repair=True))


@pytest.mark.parametrize("name", fuzz.SEEDS)
def test_a_damaged_file_is_read_or_refused(name, tmp_path_factory):
    folder = tmp_path_factory.mktemp("fuzz")

    # An archive opens all that it holds for each example; `python tests/fuzz.py` tries more.
    packed = zipfile.is_zipfile(io.BytesIO(fuzz.SEEDS[name]))

    @settings(
        max_examples=12 if packed else 40,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(fuzz.EDITS)
    def run(edits):
        fuzz.probe(name, edits, folder)

    run()

"""A prepared corpus that is opened again: the same answers, and none from what has changed."""

import os
from pathlib import Path

import pandas as pd
import pytest

from analysis.codebook.reading import read_codebook
from analysis.corpus.corpus import Corpus
from analysis.workbench.prepared import bench_of
from analysis.workbench.queries import Query, page
from analysis.workbench.saved import opened

PROJECT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def book():
    return read_codebook(PROJECT / "data" / "codebook.toml")


@pytest.fixture
def texts(tmp_path):
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "a.txt").write_text("ARDEN: Is it going dark? Naïve.\nBELL: Mass surveillance.\n")
    return folder


def open_it(texts, book, prepared):
    def prepare():
        prepared.append(1)
        return bench_of("texts", Corpus.read(texts), book, note="a note")

    return opened(texts.parent / "kept", texts, book, prepare)


def test_a_second_opening_prepares_nothing_and_answers_alike(texts, book):
    prepared = []
    first, second = (open_it(texts, book, prepared) for _ in range(2))
    assert len(prepared) == 1
    assert (first.name, first.note) == (second.name, second.note)
    assert dict(first.texts) == dict(second.texts)
    for name in ("utterances", "occurrences", "blocks"):
        pd.testing.assert_frame_equal(getattr(first, name), getattr(second, name))
    for query in ("dark", "mass surveillance", "it going"):
        one, two = (page(bench, Query(query, sort=("1L",))) for bench in (first, second))
        pd.testing.assert_frame_equal(one, two)


def test_a_changed_text_a_damaged_copy_and_another_codebook_are_prepared_anew(texts, book):
    prepared = []
    open_it(texts, book, prepared)
    (texts / "a.txt").write_text("ARDEN: Nothing at all is said here, nothing.\n")
    assert len(open_it(texts, book, prepared).occurrences) == 0
    assert len(prepared) == 2
    for file in (texts.parent / "kept").rglob("*.arrow"):
        os.truncate(file, 10)
    open_it(texts, book, prepared)
    assert len(prepared) == 3


def test_where_nothing_can_be_written_it_is_prepared_each_time(texts, book):
    (texts.parent / "kept").write_text("a file, not a folder")
    prepared = []
    for _ in range(2):
        assert len(open_it(texts, book, prepared).occurrences) == 2
    assert len(prepared) == 2

"""Statements of a corpus, and the network that the demonstration's writer had in mind."""

import pandas as pd
import pytest

from analysis.codebook import read_codebook
from analysis.corpus import Corpus
from analysis.corpus.actor_table import name_actors
from analysis.corpus.actors import read_actors
from analysis.errors import AnalysisError
from analysis.statistics.networks.comparison_of_networks import network_correlations
from analysis.statistics.networks.polarisation import polarisation_score
from analysis.statistics.networks.uncertainty import network_interval, stance_errors
from analysis.study import demonstration
from analysis.study.statements import STATEMENT_COLUMNS, mentions, statements
from analysis.text.document import from_spans


@pytest.fixture(scope="module")
def book(root):
    return read_codebook(root / "data/codebook.toml")


@pytest.fixture(scope="module")
def press(root, book):
    demo = root / "data/demo"
    corpus = Corpus.read(*sorted(demo.glob("press_*.txt")))
    return corpus, read_actors(demo / "actors.csv"), demonstration.read_demo(demo)


def test_a_statement_has_its_actor_its_stance_and_its_place(book):
    text = (
        '"The phones are going dark," said Ann Moss. "Nobody is going dark," a spokesman for the '
        "Home Office said. Mass surveillance is a phrase. "
        'Ben Dole spoke of "so-called mass surveillance".'
    )
    story = from_spans("d", text, [(0, 0, len(text), "", "", "narration")], {"date": "2031-09-16"})
    corpus = Corpus.of([story])
    found = statements(corpus, book)
    assert found[["actor", "kind", "agreement"]].to_numpy().tolist() == [
        ["Ann Moss", "person", 1],
        ["Home Office", "body", 0],
    ]
    assert found.dtypes.astype(str).to_dict() == STATEMENT_COLUMNS
    assert [text[a:b] for a, b in found[["start", "end"]].to_numpy()] == ["going dark"] * 2
    assert set(found["date"]) == {"2031-09-16"}
    left = found.attrs["left_out"]
    mere = mentions(corpus, book)
    assert left["occurrences"] == 4
    assert left["occurrences"] - len(found) - left["mere mentions"] == (
        left["in the reporter's own voice"] + left["source unknown"]
    )
    assert mere["agreement"].isna().all()
    by_frame = statements(corpus, book, concept="frame")
    assert by_frame["concept"].tolist() == by_frame["frame"].tolist()
    with pytest.raises(AnalysisError, match="'word'; expected 'term' or 'frame'"):
        statements(corpus, book, concept="word")


def test_a_corpus_without_a_term_has_no_statement(book):
    story = from_spans("d", "Rain fell.", [(0, 0, 10, "", "", "narration")])
    found = statements(Corpus.of([story]), book)
    assert len(found) == 0
    assert list(found) == list(STATEMENT_COLUMNS)


def test_whom_the_writer_marked_is_whom_we_find(press, book):
    corpus, actors, stories = press
    names = {name for _, marks in stories for name in marks["speaker"]}
    theirs = demonstration.marked_statements(
        stories, book, name_actors(sorted(names), corpus, actors)
    )
    found = [f(corpus, book, actors=actors) for f in (statements, mentions)]
    ours = demonstration.with_marked_stance(pd.concat(found, ignore_index=True), stories)
    # Names alone, the stances being the writer's: what this room answers for. The rules were
    # written with these stories at hand, so the figures guard and do not promise.
    alike = network_correlations(ours, theirs)
    assert alike.min() > 0.8
    whole = network_correlations(found[0], theirs)
    assert whole["actors by concepts"] > 0.75


@pytest.mark.no_cover
def test_the_interval_of_polarisation_covers_the_writer_s(press, book, root):
    corpus, actors, stories = press
    names = {name for _, marks in stories for name in marks["speaker"]}
    theirs = demonstration.marked_statements(
        stories, book, name_actors(sorted(names), corpus, actors)
    )
    talks = demonstration.read_demo(root / "data/demo", kind="hearing")
    judged = demonstration.compare(talks, book)
    errors = stance_errors(judged["stance"], judged["marked_stance"])
    ours = statements(corpus, book, actors=actors)
    sure = network_interval(ours, polarisation_score, errors=errors, voice_error=0.11, draws=49)
    assert sure["low"][0] <= polarisation_score(theirs) <= sure["high"][0]

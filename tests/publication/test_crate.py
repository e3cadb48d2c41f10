"""The crate of a study: every file with its hash, no text, the same bytes again."""

import hashlib
import json
import zipfile

import pytest

from analysis.errors import AnalysisError
from analysis.publication.crate import METADATA, write_crate
from analysis.study import new


@pytest.fixture
def top(root, tmp_path):
    (tmp_path / "data" / "studies").mkdir(parents=True)
    (tmp_path / "data" / "codebook.toml").write_bytes((root / "data/codebook.toml").read_bytes())
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "lock.txt").write_text(
        "ADA: Mass surveillance, they say.\nTOM: Going dark is worse.\n"
    )
    new.new_study("mine", texts, top=tmp_path)
    figure = tmp_path / "figures" / "mine" / "04_x.png"
    figure.parent.mkdir(parents=True)
    figure.write_bytes(b"png")
    return tmp_path


def read(path):
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_every_file_stands_with_its_hash_and_no_text_is_in_it(top):
    names = write_crate("mine", top / "mine.zip", top=top, authors=["Ada Arden"])
    files = read(top / "mine.zip")
    assert list(files) == names
    graph = {entity["@id"]: entity for entity in json.loads(files[METADATA])["@graph"]}
    root = graph["./"]
    assert {part["@id"] for part in root["hasPart"]} == set(files) - {METADATA}
    for name, data in files.items():
        if name != METADATA:
            assert graph[name]["sha256"] == hashlib.sha256(data).hexdigest()
            assert graph[name]["contentSize"] == str(len(data))
            assert b"they say" not in data
    assert "figures/mine/04_x.png" in files
    assert "data/studies/mine/codebook.toml" in files
    inputs = [graph[part["@id"]]["name"] for part in graph["#measured"]["object"]]
    assert sorted(inputs) == ["codebook.toml", "lock"]
    assert graph[root["author"]["@id"]]["name"] == "Ada Arden"


def test_every_reference_leads_somewhere(top):
    write_crate("mine", top / "mine.zip", top=top, licence="https://example.org/terms")
    graph = json.loads(read(top / "mine.zip")[METADATA])["@graph"]
    known = {entity["@id"] for entity in graph}
    assert len(known) == len(graph)

    def references(value):
        if isinstance(value, dict):
            if set(value) == {"@id"}:
                yield value["@id"]
            for one in value.values():
                yield from references(one)
        if isinstance(value, list):
            for one in value:
                yield from references(one)

    found = {one for entity in graph for one in references(entity)}
    assert found - known == {"https://w3id.org/ro/crate/1.1"}


def test_the_same_study_gives_the_same_bytes(top):
    write_crate("mine", top / "a.zip", top=top)
    write_crate("mine", top / "b.zip", top=top)
    assert (top / "a.zip").read_bytes() == (top / "b.zip").read_bytes()


def test_a_licence_has_an_address(top):
    with pytest.raises(AnalysisError, match="the address of a licence"):
        write_crate("mine", top / "a.zip", top=top, licence="CC BY")


def test_a_study_that_was_tampered_with_is_not_packed(top):
    with (top / "data/studies/mine/occurrences.csv").open("a") as file:
        file.write("x\n")
    with pytest.raises(AnalysisError, match=r"occurrences\.csv"):
        write_crate("mine", top / "a.zip", top=top)
    assert not (top / "a.zip").exists()

"""The oversight study: the committed counts are those of the documents themselves."""

import shutil

import pytest

from analysis.errors import AnalysisError
from analysis.storage import project
from analysis.study import fetch, measured, remeasure


@pytest.fixture(scope="module")
def project_with_texts(root, shared, tmp_path_factory):
    """Return a copy of the project's data with the study's documents fetched from disk."""
    top = tmp_path_factory.mktemp("project")
    shutil.copytree(root / "data", top / "data")
    fetch.fetch(
        "oversight",
        top / remeasure.CATALOGUE,
        remeasure.sources_folder("oversight", top),
        source_folder=shared / "corpora",
        progress=False,
    )
    return top


@pytest.mark.no_cover
@pytest.mark.shared
def test_the_study_is_measured_to_the_same_bytes(project_with_texts):
    table = remeasure.compare("oversight", project_with_texts)
    assert dict(zip(table["file"], table["verdict"], strict=True)) == dict.fromkeys(
        (
            measured.DOCUMENTS,
            measured.UTTERANCES,
            measured.WORDS,
            measured.OCCURRENCES,
            measured.WINDOWS,
            measured.COLLOCATES,
            measured.MANIFEST,
        ),
        "identical",
    )


@pytest.mark.shared
def test_one_changed_pattern_is_noticed(project_with_texts):
    path = project_with_texts / project.CODEBOOK
    before = path.read_text(encoding="utf-8")
    path.write_text(before + "\n# changed\n", encoding="utf-8")
    try:
        table = remeasure.compare("oversight", project_with_texts)
    finally:
        path.write_text(before, encoding="utf-8")
    assert table.set_index("file")["verdict"][measured.MANIFEST] == "differs"


@pytest.mark.shared
def test_a_changed_document_is_refused(project_with_texts):
    folder = remeasure.sources_folder("oversight", project_with_texts)
    path = sorted(folder.iterdir())[0]
    before = path.read_bytes()
    path.write_bytes(before + b"x")
    try:
        with pytest.raises(AnalysisError, match=r"sha256 differs from data/sources\.toml"):
            remeasure.read_texts("oversight", project_with_texts)
    finally:
        path.write_bytes(before)


def test_a_study_not_fetched_says_how_to_fetch_it(root, tmp_path):
    shutil.copytree(root / "data", tmp_path / "data")
    with pytest.raises(AnalysisError, match="not there; expected the fetched document; run"):
        remeasure.read_texts("oversight", tmp_path)


def test_the_committed_study_is_whole(root):
    assert measured.verify(root / "data" / "studies" / "oversight") == []


def test_the_committed_study_was_measured_with_the_committed_codebook(root):
    study = measured.read_study("oversight", root / "data" / "studies" / "oversight")
    folder = "data/studies/oversight"
    for file in (project.CODEBOOK.as_posix(), f"{folder}/speakers.csv", f"{folder}/nodes.csv"):
        assert study.inputs[file] == measured.sha256_of(root / file), file


def test_the_committed_windows_add_up(root):
    study = measured.read_study("oversight", root / "data" / "studies" / "oversight")
    said = study.utterances.groupby(["speaker", "group"])["words"].sum()
    by_speaker = study.windows.groupby(["speaker", "group"])["words"]
    assert by_speaker.nunique().max() == 1
    assert by_speaker.first().to_dict() == said.to_dict()
    counted = study.words.groupby("word")["count"].sum()
    nodes = study.windows.groupby("node")["count"].sum()
    assert nodes.to_dict() == counted.loc[nodes.index].to_dict()

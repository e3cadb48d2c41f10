import pytest

from analysis import read_codebook, readers
from analysis.errors import AnalysisError
from analysis.study import demonstration


@pytest.fixture(scope="module")
def folder(root):
    return root / "data" / "demo"


@pytest.fixture(scope="module")
def codebook(root):
    return read_codebook(root / "data" / "codebook.toml")


@pytest.mark.parametrize(("kind", "texts"), [("press", 8), ("hearing", 4), ("speech", 3)])
def test_every_occurrence_is_marked_and_found(folder, codebook, kind, texts):
    read = demonstration.read_demo(folder, kind=kind)
    assert len(read) == texts
    table = demonstration.compare(read, codebook)
    assert (table["in"] == "both").all()


def test_there_are_as_many_words_as_promised(folder):
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("*_*.txt")]
    assert len(texts) == 15
    assert sum(len(text.split()) for text in texts) >= 15_000


def test_turns_are_voiced_by_their_speaker(folder, codebook):
    table = demonstration.compare(demonstration.read_demo(folder, kind="hearing"), codebook)
    assert (table["speaker"] == table["marked_speaker"]).all()
    assert (table["mode"] == "turn").all()


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(AnalysisError, match=r"no text named press_\*\.txt"):
        demonstration.read_demo(tmp_path)


@pytest.mark.parametrize("kind", ["press", "hearing", "speech"])
def test_each_text_is_recognised_for_what_it_is(folder, kind):
    expected = {"press": "news", "hearing": "transcript", "speech": "speech"}[kind]
    for path in sorted(folder.glob(f"{kind}_*.txt")):
        assert readers.read(path).metadata["kind"] == expected, path.name

"""What the words of a study of one's own miss, looked for beside its round of coding."""

from dataclasses import replace

import pytest

from analysis.coding import candidates, form
from analysis.errors import AnalysisError
from analysis.study import new
from analysis.study.measured import read_study
from analysis.workbench import own_round

LIKE = "The harbour office opens the letters of the whole town, street by street."
TALK = f"""ADA ARDEN: It was mass surveillance. {LIKE}
TOM BELL: {LIKE}
EVE CORDAY: The committee met at nine and adjourned at noon; the agenda was read.
"""


@pytest.fixture
def study(root, tmp_path, monkeypatch):
    (tmp_path / "data" / "studies").mkdir(parents=True)
    (tmp_path / "data" / "codebook.toml").write_bytes((root / "data/codebook.toml").read_bytes())
    texts = tmp_path / "texts"
    texts.mkdir()
    for name in "ab":
        (texts / f"{name}.txt").write_text(TALK * 8, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    new.new_study("mine", texts, top=tmp_path)
    return read_study("mine", tmp_path / "data" / "studies" / "mine")


@pytest.mark.no_cover
def test_candidates_lie_beside_the_codes_and_are_judged_on_them(study):
    shown = own_round.open_candidates(study)
    assert "coded" not in shown.reading.phrases
    shown.pressed = [1, "a"]
    path = own_round.folder_of(study) / "candidates.csv"
    assert candidates.read_draft(path)["decision"].tolist() == ["accept"]
    sitting = own_round.open_form(study, "ada").sitting
    assert "Nobody has coded" in own_round.standing(study)
    texts = sitting.lines["hit"][sitting.lines["item"].str.startswith("s")]
    for at, text in texts.iloc[-9:].items():
        sitting = form.press(replace(sitting, at=at), "3" if LIKE in text else "-")
    assert "Coded by ada" in own_round.standing(study)
    again = own_round.open_candidates(study)
    assert again.reading.at == 1
    assert again.reading.phrases["coded"].max() > 0
    assert "express the frame" in again.page


def test_a_frame_that_is_hardly_there_is_refused(study):
    with pytest.raises(AnalysisError, match="legality"):
        own_round.open_candidates(study, frame="legality")

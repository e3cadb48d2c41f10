"""The README's numbers about the study and its errors, computed anew from what is committed."""

import pandas as pd
import pytest

from analysis.reproduction import differences, readme, reproduce
from analysis.study import data_manifest


@pytest.fixture(scope="module")
def sentences(root):
    return list(readme.sentences(root))


@pytest.fixture
def known(sentences, monkeypatch):
    monkeypatch.setattr(readme, "sentences", lambda top: iter(sentences))
    return dict(sentences)


def test_every_number_of_the_readme_is_that_of_the_data(root, known):
    checks = readme.compare(root / "README.md", root)
    assert checks.to_dict("records") == [
        {"file": "README.md", "verdict": "identical", "where": "", "difference": ""}
    ]


def test_the_main_claim_holds_under_both_codebooks_and_every_correction(root):
    ratios = pd.read_csv(root / "figures" / "tables" / "09_contrast.csv")
    assert (ratios["low"] > 1).all()
    points = pd.read_csv(root / "figures" / "tables" / "06_contrast.csv")
    assert (points["difference low"] > 0).all()


def test_a_changed_number_is_named_with_the_one_computed(root, tmp_path, known):
    text = " ".join((root / "README.md").read_text(encoding="utf-8").split())
    for about, sentence in known.items():
        place = list(readme._NUMBER.finditer(sentence))[-1]
        wrong = f"{sentence[: place.start()]}7{place[0]}{sentence[place.end() :]}"
        (tmp_path / "README.md").write_text(text.replace(sentence, wrong), encoding="utf-8")
        checks = readme.compare(tmp_path / "README.md", root)
        said = f"committed 7{place[0]}, computed {place[0]}"
        assert checks.to_numpy().tolist() == [["README.md", "differs", about, said]]


def test_a_sentence_taken_away_is_named(root, tmp_path, known):
    (tmp_path / "README.md").write_text("Nothing is claimed.", encoding="utf-8")
    checks = readme.compare(tmp_path / "README.md", root)
    assert set(checks["verdict"]) == {"differs"}
    assert checks["difference"].str.startswith("not in the README: “").all()


def test_a_project_without_the_study_has_nothing_to_compare(root, tmp_path):
    assert readme.compare(root / "README.md", tmp_path).empty


def test_a_reproduction_asks_for_the_readme_too(tmp_path, monkeypatch):
    for folder in ("data", "notebooks", "figures"):
        (tmp_path / folder).mkdir()
    (tmp_path / "data" / "codebook.toml").touch()
    data_manifest.record(tmp_path)
    row = (readme.FILE, "differs", "a claim", "committed 1, computed 2")
    named = pd.DataFrame([row], columns=differences.COLUMNS)
    monkeypatch.setattr(readme, "compare", lambda *_: named)
    checks = reproduce.check(tmp_path, tmp_path)
    wrong = checks[~checks["verdict"].isin(reproduce.GOOD)]
    assert wrong[differences.COLUMNS].to_numpy().tolist() == [list(row)]

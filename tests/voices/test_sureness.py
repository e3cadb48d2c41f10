"""How sure an attribution is, and where it is said; composed texts."""

import json
import math
from dataclasses import replace

import pandas as pd
import pytest

from analysis.text.document import from_spans, from_turns
from analysis.voices import add_voices, attribute, quotes_json, voices
from analysis.voices.sureness import WEIGHTS, fired, sureness

STORY = '"We keep nothing," said Ann Moss. Officials criticised locks. He said rain fell.'


def test_a_named_speaker_beside_a_quotation_is_surer_than_a_bare_object():
    table = attribute(STORY).table()
    assert table["confidence"].between(0, 1).all()
    by_content = dict(zip(table["content"], table["confidence"], strict=True))
    assert by_content['"We keep nothing,"'] > 0.85
    assert by_content["locks"] < by_content['"We keep nothing,"'] - 0.2
    assert by_content["rain fell"] < by_content['"We keep nothing,"'] - 0.1


def test_every_name_that_fires_has_a_weight():
    for item in attribute(STORY).items:
        assert set(fired(STORY, item)) <= WEIGHTS.keys()


def _names(text: str, content: str) -> set[str]:
    """Return what is true of the attribution whose content begins so."""
    (item,) = (i for i in attribute(text).items if text[i.content[0][0] :].startswith(content))
    return set(fired(text, item))


def test_what_is_true_is_named():
    assert {"core", "past", "named", "full name", "clause"} <= _names(
        "Ann Moss said the locks were safe.", "the locks"
    )
    assert {"according", "named"} <= _names("According to Ann Moss, rain fell.", "rain fell")
    assert "direct" in _names('"We keep nothing," said Ann Moss.', '"We')
    assert "pronoun first" in _names("Ann Moss said she kept nothing.", "she kept")
    assert "unsaid" in _names("Ann Moss would say rain fell.", "rain fell")


def test_the_judged_attributions_hold_no_text_and_agree_with_the_weights(root):
    table = pd.read_csv(root / "data" / "voices" / "wikinews_judged.csv", keep_default_na=False)
    assert list(table) == ["article", "engine", "content", "speaker", "right", "features"]
    assert table["content"].str.fullmatch(r"\d+-\d+( \d+-\d+)*").all()
    assert table["speaker"].str.fullmatch("[0-9a-f]{8}").all()
    assert set(table["engine"]) == {"rules", "parse"}
    found = table.loc[table["features"] != "", ["features", "right"]]
    names = found["features"].str.split("; ")
    odds = names.map(lambda row: sum(WEIGHTS.get(name, 0.0) for name in row))
    chance = odds.map(lambda total: 1 / (1 + math.exp(-total)))
    assert chance.mean() == pytest.approx(found["right"].mean(), abs=0.03)
    sure = chance >= 0.9
    assert sure.mean() > 0.3
    assert found["right"][sure].mean() > 0.9


def test_the_chance_is_the_logistic_of_the_weights_that_fired():
    (item,) = attribute('"No," said Ann Moss.').items
    total = sum(WEIGHTS[name] for name in fired('"No," said Ann Moss.', item))
    expected = math.exp(total) / (1 + math.exp(total))
    assert sureness('"No," said Ann Moss.', item) == pytest.approx(expected, rel=1e-12)
    assert item.confidence == round(expected, 4)


def test_a_reader_s_correction_is_sure():
    (item,) = attribute('"No," said Ann Moss.').items
    assert sureness('"No," said Ann Moss.', replace(item, rule="corrected")) == 1.0


def test_utterances_occurrences_and_json_say_it():
    whole = from_spans("d", STORY, [(0, 0, len(STORY), "", "", "narration")], {"kind": "news"})
    made = voices(whole)
    rows = made.utterances
    assert rows["confidence"].isna().tolist() == (rows["mode"] == "narration").tolist()
    found = add_voices(pd.DataFrame({"start": [1, 22], "end": [3, 25]}), made)
    assert found["confidence"].isna().tolist() == [False, True]
    lines = quotes_json({"doc_id": "a", "text": STORY})["attributions"]
    assert json.loads(json.dumps(lines))[0]["confidence"] == rows["confidence"].iloc[0]


def test_what_is_printed_has_no_chance():
    turn = from_turns("d", [("MS. MOSS", "We keep locks.")])
    found = add_voices(pd.DataFrame({"start": [8], "end": [13]}), turn)
    assert found["confidence"].isna().all()

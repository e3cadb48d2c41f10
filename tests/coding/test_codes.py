import re

import pandas as pd
import pytest

from analysis.codebook import read_codebook
from analysis.coding import adjudication, sampling
from analysis.coding import codes as coding
from analysis.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.study.measured import measure


@pytest.fixture(scope="module")
def codebook(root):
    return read_codebook(root / "data" / "codebook.toml")


@pytest.fixture
def corpus(debate):
    return Corpus.of(debate)


@pytest.fixture
def sample(corpus, codebook, tmp_path):
    found = measure(corpus, codebook).occurrences
    sizes = {"occurrence": len(found), "without": 0, "with": 5}
    drawn = sampling.coding_sample(found, sampling.segments(corpus), sizes=sizes, seed=1)
    return coding.read_sample(coding.write_table(drawn, tmp_path / "sample.csv"))


@pytest.fixture
def coded(sample, codebook, tmp_path):
    """Return a function that writes a coder's file, with changes per item."""

    def write(coder="A", name=None, changes=None):
        table = coding.blank(sample, coder, codebook).set_index("item")
        occurrences = table.index.str.startswith("o")
        table.loc[occurrences, ["valid", "voice", "stance"]] = ["yes", "own", "asserted"]
        table["frame"] = "mass surveillance"
        for (item, column), value in (changes or {}).items():
            table.loc[item, column] = value
        return coding.write_table(table.reset_index(), tmp_path / (name or f"codes_{coder}.csv"))

    return write


def test_codes_come_back_with_the_design(coded, sample, codebook):
    codes = coding.read_codes(coded(), sample, codebook)
    assert codes["item"].tolist() == sample["item"].tolist()
    assert codes["inclusion"].tolist() == sample["inclusion"].tolist()
    assert set(codes["frame"]) == {"mass surveillance"}
    assert set(codes["found_frame"]) == set(sample["frame"])


def test_a_coder_sees_the_line_and_not_the_verdict(sample, corpus, codebook):
    shown = coding.lines(sample, corpus, codebook)
    assert not {"frame", "group", "stratum", "speaker"} & set(shown.columns)
    first = shown[shown["item"] == "o001"].iloc[0]
    assert first["definition"] == codebook.terms.set_index("id").loc[first["term"], "definition"]
    row = sample[sample["item"] == "o001"].iloc[0]
    assert first["hit"] == corpus.texts[row["document"]][row["start"] : row["end"]]


def test_text_in_a_sheet_is_ignored_on_reading(coded, sample, corpus, codebook, tmp_path):
    path = coded()
    sheet = pd.read_csv(path, keep_default_na=False).merge(
        coding.lines(sample, corpus, codebook), on="item"
    )
    wide = coding.write_table(sheet, tmp_path / "sheet.csv")
    read = coding.read_codes(wide, sample, codebook)
    pd.testing.assert_frame_equal(read, coding.read_codes(path, sample, codebook))


def test_an_interrupted_sitting_loses_nothing(sample, codebook, tmp_path):
    path = coding.write_table(coding.blank(sample, "A", codebook), tmp_path / "codes_A.csv")
    assert not coding.coded(pd.read_csv(path, keep_default_na=False)).any()
    coding.save_line(path, "o001", valid="no", note='a "name", only')
    coding.save_line(path, "s001", frame="legality; trade-off")
    again = coding.read_codes(path, sample, codebook, partial=True)
    assert again["item"].tolist() == ["o001", "s001"]
    assert again["note"].tolist() == ['a "name", only', ""]
    assert (again["sampled"] == 1).all()
    assert (again["inclusion"] == 1 / again["population"]).all()


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({("o001", "valid"): "ja"}, "line 2: valid 'ja'; expected one of yes, no"),
        ({("o002", "voice"): "hers"}, "line 3: voice 'hers'; expected one of own, direct"),
        ({("o002", "frame"): "gossip"}, "line 3: frame 'gossip'; expected one of security"),
        ({("o002", "frame"): "legality; trade-off"}, "line 3: frame .*; expected one frame"),
        ({("s001", "frame"): "none;legality"}, "expected each frame once, or none"),
        ({("s001", "stance"): "denied"}, "expected nothing: the item is a segment"),
        ({("o003", "codebook"): "0.9"}, "line 4: codebook version '0.9'; expected '1.0'"),
        ({("o003", "coder"): "Z"}, r"line 4: coder 'Z'; expected one coder per file \('A'\)"),
        ({("o001", "start"): 3}, "line 2: another place in the texts"),
    ],
)
def test_a_bad_line_is_named(coded, sample, codebook, change, message):
    with pytest.raises(AnalysisError, match=message):
        coding.read_codes(coded(changes=change), sample, codebook)


def test_all_faults_are_listed(coded, sample, codebook):
    changes = {("o001", "valid"): "ja", ("o003", "codebook"): "0.9"}
    path = coded(changes=changes)
    assert coding.check(path, sample, codebook)["line"].tolist() == [2, 4]
    with pytest.raises(AnalysisError, match=r"1 more faults, see coding\.check"):
        coding.read_codes(path, sample, codebook)


def test_a_duplicate_and_a_missing_line_are_named(coded, sample, codebook):
    path = coded()
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines, lines[1]]) + "\n")
    with pytest.raises(AnalysisError, match="item o001 again; expected one line for it, as in"):
        coding.read_codes(path, sample, codebook)
    path.write_text("\n".join([lines[0], *lines[2:]]) + "\n")
    missing = coding.check(path, sample, codebook)
    assert missing[["line", "found"]].to_numpy().tolist() == [[0, "no line for item o001"]]
    with pytest.raises(AnalysisError, match=r"1 of .* without codes, the first o001.*partial=True"):
        coding.read_codes(path, sample, codebook)
    assert len(coding.read_codes(path, sample, codebook, partial=True)) == len(sample) - 1


def test_an_item_nobody_drew_is_named(coded, sample, codebook):
    path = coded()
    path.write_text(re.sub(r"^o001", "o999", path.read_text(), flags=re.MULTILINE))
    with pytest.raises(AnalysisError, match="line 2: item 'o999'; expected an item of the sample"):
        coding.read_codes(path, sample, codebook)


def test_what_cannot_be_saved_is_refused(coded):
    path = coded()
    with pytest.raises(AnalysisError, match="no item 'o999'"):
        coding.save_line(path, "o999", valid="yes")
    with pytest.raises(AnalysisError, match="colour: no column for codes"):
        coding.save_line(path, "o001", colour="red")


def test_a_single_coder_is_told_what_is_left(coded, sample, codebook):
    alone = coding.read_codes(coded(), sample, codebook)
    with pytest.raises(AnalysisError, match=r"a single coder \(A\).*precision, recall"):
        adjudication.combine([alone])
    with pytest.raises(AnalysisError, match="coder 'A' twice"):
        adjudication.combine([alone, alone])


def test_gold_is_agreement_and_decisions(coded, sample, codebook):
    other = {
        ("o001", "valid"): "no",
        ("o001", "frame"): "",
        ("o002", "stance"): "denied",
        ("o002", "unsure"): "yes",
        ("s001", "frame"): "legality;trade-off",
        ("s002", "frame"): "legality",
    }
    same = {("o001", "stance"): "denied", ("s001", "frame"): "trade-off; legality"}
    both = adjudication.combine(
        coding.read_codes(path, sample, codebook)
        for path in (coded("A", changes=same), coded("B", changes=other))
    )
    differ = adjudication.disagreements(both)
    assert differ.to_numpy().tolist() == [
        ["o001", "valid", "yes", "no"],
        ["o002", "stance", "asserted", "denied"],
        ["s002", "frame", "mass surveillance", "legality"],
    ]
    decisions = differ[["item", "variable"]].assign(decision=["yes", "denied", "legality"])
    gold = adjudication.adjudicate(both, decisions).set_index("item")
    assert len(gold) == len(sample)
    assert gold.loc["o001", ["valid", "stance"]].tolist() == ["yes", "denied"]
    assert gold.loc["o002", ["stance", "unsure"]].tolist() == ["denied", "yes"]
    assert gold.loc["s002", "frame"] == "legality"
    refused = adjudication.adjudicate(both, decisions.replace({"yes": "no"})).loc[0]
    assert refused[["valid", "frame", "voice", "stance"]].tolist() == ["no", "", "", ""]
    with pytest.raises(AnalysisError, match="item o002: coders disagree on stance"):
        adjudication.adjudicate(both, decisions.drop(1))


def test_codes_by_another_version_of_the_codebook_are_named(
    coded, sample, codebook, root, tmp_path
):
    path = coded()
    path.write_text(path.read_text().replace(",1.0,", ",0.9,"))
    with pytest.raises(
        AnalysisError,
        match=r"codebook version '0\.9'; expected '1\.0'.*codebook of its own version.*can then be",
    ):
        coding.read_codes(path, sample, codebook)
    text = (root / "data" / "codebook.toml").read_text(encoding="utf-8")
    (tmp_path / "older.toml").write_text(text.replace('version = "1.0"', 'version = "0.9"', 1))
    read = coding.read_codes(path, sample, read_codebook(tmp_path / "older.toml"))
    current = coding.read_codes(coded("B"), sample, codebook)
    with pytest.raises(
        AnalysisError,
        match=r"'0\.9' \(A\), '1\.0' \(B\); expected one version.*each coder's codes alone",
    ):
        adjudication.combine([read, current])


def test_a_refused_line_can_be_left_out(coded, sample, codebook):
    path = coded(changes={("s001", "frame"): "gossip"})
    with pytest.raises(AnalysisError, match="empty its codes and read with partial=True"):
        coding.read_codes(path, sample, codebook)
    coding.save_line(path, "s001", frame="")
    rest = coding.read_codes(path, sample, codebook, partial=True)
    assert "s001" not in set(rest["item"])
    whole = coding.read_codes(coded("B"), sample, codebook)
    both = adjudication.combine([rest, whole])
    assert set(both["item"]) == set(sample["item"]) - {"s001"}
    stratum = sample.set_index("item").loc["s001", "stratum"]
    left = both[both["stratum"] == stratum].drop_duplicates("item")
    assert (left["sampled"] == len(left)).all()
    assert (left["inclusion"] == len(left) / left["population"]).all()
    assert adjudication.disagreements(both).empty


def test_coders_without_a_common_line_are_told(coded, sample, codebook):
    paths = [coded(name) for name in "AB"]
    codes = [coding.read_codes(path, sample, codebook) for path in paths]
    with pytest.raises(AnalysisError, match="no line coded by all"):
        adjudication.combine([codes[0].iloc[:1], codes[1].iloc[1:]])


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        (["o002,stance,denied,x", "o002,stance,denied,x"], "line 3: decided again, as in line 2"),
        (["o002,stance,perhaps,x"], "line 2: stance 'perhaps'; expected one of asserted"),
        (["o002,stance,,x"], "line 2: no decision; expected a category"),
        (["o001,valid,yes,x"], "line 2: a decision on valid of o001; .* these coders differ"),
        (["s001,frame,none;legality,x"], "line 2: frame 'none;legality'; .*each frame once"),
    ],
)
def test_a_bad_decision_is_named(coded, sample, codebook, tmp_path, rows, message):
    other = {("o002", "stance"): "denied", ("s001", "frame"): "legality"}
    paths = coded("A"), coded("B", changes=other)
    both = adjudication.combine(coding.read_codes(path, sample, codebook) for path in paths)
    path = tmp_path / "decisions.csv"
    path.write_text("\n".join(["item,variable,decision,reason", *rows]) + "\n")
    with pytest.raises(AnalysisError, match=message):
        adjudication.read_decisions(path, both, codebook)

"""A study of a researcher's own, whatever her texts are: its tables, and a notebook that runs."""

import contextlib
import csv
import io
import json
import os

import matplotlib as mpl
import matplotlib.pyplot as plt
import pytest

from analysis.codebook.beginning import new_codebook
from analysis.codebook.reading import read_codebook
from analysis.corpus.speakers_table import read_speakers
from analysis.errors import AnalysisError
from analysis.storage import csv_tables
from analysis.study import again, article, measured, new, own_files
from analysis.study.measured import read_study

TALK = """Interview, 1 March 2021

ADA ARDEN: They call it mass surveillance. I call it keeping a list of boats.
TOM BELL: We are going dark, and mass surveillance is what they say of it.
ADA ARDEN: Nobody who has not asked for mass surveillance gets it.
"""
PRESS = """Keeper Backs Locks

March 4, 2021

The keeper said on Monday that the locks were sound and that nobody had asked for a key. "This is
mass surveillance," said Tom Bell, a critic. Ada Arden denied that this was mass surveillance.
"""


@pytest.fixture
def top(root, tmp_path, monkeypatch):
    (tmp_path / "data" / "studies").mkdir(parents=True)
    (tmp_path / "data" / "codebook.toml").write_bytes((root / "data/codebook.toml").read_bytes())
    (tmp_path / "texts").mkdir()
    (tmp_path / "notebooks").mkdir()
    monkeypatch.chdir(tmp_path / "notebooks")
    return tmp_path


def make(top, texts, **options):
    for name, text in texts.items():
        (top / "texts" / name).write_text(text, encoding="utf-8")
    return new.new_study("mine", top / "texts", top=top, **options)


def run(top, **parameters):
    """Run every cell of the notebook in this process and return what it says."""
    notebook = json.loads((top / "notebooks" / "mine.ipynb").read_text(encoding="utf-8"))
    said, names = io.StringIO(), {}
    with contextlib.redirect_stdout(said):
        for cell in notebook["cells"]:
            source = "".join(cell["source"])
            if cell["cell_type"] != "code":
                continue
            assert len(source.splitlines()) <= 12
            exec(compile(source, "cell", "exec"), names)
            if source.startswith("STUDY ="):
                names.update(parameters)
    plt.close("all")
    mpl.rcdefaults()
    return said.getvalue()


def groups(top, **of):
    path = top / "texts" / "speakers.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8-sig").splitlines()))
    for row in rows:
        row["group"] = of.get(row["label"].split()[0].lower(), "")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0], delimiter=";")
        writer.writeheader()
        writer.writerows(rows)


def test_a_table_of_speakers_is_begun_and_read_back(top):
    made, _ = make(top, {"lock.txt": TALK})
    path = top / "texts" / "speakers.csv"
    assert path.read_bytes().startswith(b"\xef\xbb\xbflabel,speaker,affiliation,group,words,")
    table = read_speakers(path)
    assert table["label"].tolist() == ["ADA ARDEN", "TOM BELL"]
    assert set(table["group"]) == {""}
    assert f"2 speakers go into {path}" in str(made)
    groups(top, ada="towns")
    new.new_study("mine", top / "texts", top=top, replace=True)
    said = read_study("mine", top / "data/studies/mine").utterances
    assert said.groupby("speaker")["group"].first()[["ADA ARDEN", "TOM BELL"]].tolist() == [
        "towns",
        "",
    ]


def test_what_she_wrote_stays_and_new_speakers_are_added(top):
    make(top, {"lock.txt": TALK})
    groups(top, ada="towns", tom="watch")
    path = top / "texts" / "speakers.csv"
    before = path.read_bytes()
    more = "INES CORDAY: We have an ethical duty.\nADA ARDEN: Yes.\nINES CORDAY: We do.\n"
    made, _ = make(top, {"quay.txt": more}, replace=True)
    assert path.read_bytes().startswith(before)
    assert path.read_bytes()[len(before) :].startswith(b"INES CORDAY;INES CORDAY;;;7;1;")
    assert "2 of 2 have a group; 1 speaker added at its end" in str(made)
    assert len(read_speakers(path)) == 3


def test_a_table_about_single_documents_is_left_alone(top):
    table = "document,label,speaker,affiliation,group\nlock,ADA ARDEN,Ada Arden,,towns\n"
    made, _ = make(top, {"speakers.csv": table, "lock.txt": TALK})
    assert (top / "texts" / "speakers.csv").read_text() == table
    assert "it does not know TOM BELL" in str(made)


def test_where_nothing_can_be_written_the_table_lies_with_the_study(top, monkeypatch):
    allowed = os.access
    monkeypatch.setattr(
        os, "access", lambda path, mode: path != top / "texts" and allowed(path, mode)
    )
    made, _ = make(top, {"lock.txt": TALK})
    path = top / "data/studies/mine/speakers.csv"
    assert not (top / "texts" / "speakers.csv").exists()
    assert "data/studies/mine/speakers.csv" in str(made)
    path.write_text(path.read_text(encoding="utf-8-sig").replace("ARDEN,,", "ARDEN,,towns"))
    new.new_study("mine", top / "texts", top=top, replace=True)
    said = read_study("mine", top / "data/studies/mine").utterances
    assert "towns" in set(said["group"])


def test_what_was_left_out_is_kept_in_words(top):
    make(top, {"lock.txt": TALK, "report.pdf": "%PDF-1.4 and no more", "plain.txt": "One two."})
    table = csv_tables.read_csv(top / "data/studies/mine" / own_files.LEFT_OUT)
    rows = table.set_index(["what", "where"])["reason"]
    assert "not a PDF" in rows["not read", "report.pdf"]
    assert ("no speaker", "plain") in rows.index
    assert measured.verify(top / "data/studies/mine") == []
    assert str(top) not in "".join(table.to_numpy().ravel())


def test_a_codebook_of_her_own_is_begun_used_and_kept(top):
    book = new_codebook(top / "texts")
    assert book.name == "codebook.toml"
    with pytest.raises(AnalysisError, match="there is a file already"):
        new_codebook(book)
    made, _ = make(top, {"lock.txt": TALK})
    kept = top / "data/studies/mine/codebook.toml"
    assert "codebook: texts/codebook.toml, 2 terms" in str(made)
    assert kept.read_bytes() == book.read_bytes()
    assert len(read_codebook(kept).terms) == 2
    manifest = measured.read_manifest(kept.parent)
    assert "texts/codebook.toml" in manifest["inputs"]
    book.write_text(book.read_text().replace('patterns = ["(mass', 'pattern = ["(mass'))
    with pytest.raises(AnalysisError, match=r"codebook\.toml, line \d+"):
        new.new_study("mine", top / "texts", top=top, replace=True)
    assert measured.verify(kept.parent) == []


def test_a_codebook_named_once_is_used_again(top):
    book = new_codebook(top / "terms.toml")
    make(top, {"lock.txt": TALK}, codebook=book)
    made, _ = new.new_study("mine", top / "texts", top=top, replace=True)
    assert "codebook: terms.toml" in str(made)


def test_a_single_file_has_its_table_beside_it(top):
    path = top / "texts" / "turns.csv"
    path.write_text("speaker,text\nAda,Mass surveillance it is.\nTom,It is not.\n")
    new.new_study("mine", path, top=top)
    table = path.with_name("turns.speakers.csv")
    text = table.read_text(encoding="utf-8-sig").replace("Ada,Ada,,", "Ada,Ada,,towns")
    table.write_text(text, encoding="utf-8")
    made, _ = new.new_study("mine", path, top=top, replace=True)
    assert "1 of 2 have a group" in str(made)
    assert "towns" in set(read_study("mine", top / "data/studies/mine").utterances["group"])


@pytest.mark.parametrize("name", ["07_figures", "tables"])
def test_no_study_takes_a_name_of_ours(top, name):
    with pytest.raises(AnalysisError, match="unlike the name"):
        new.new_study(name, top / "texts", top=top)


LACKING = {
    "nobody speaks": (
        {"plain.txt": "The locks are old. Mass surveillance is new.\n"},
        "no text names",
    ),
    "one document, no groups": ({"lock.txt": TALK}, "nobody has a group yet"),
    "one speaker": (
        {"lock.txt": "ADA: Mass surveillance, they say.\nADA: They do.\n"},
        "only ADA speaks",
    ),
    "no date": ({"lock.txt": TALK.partition("\n")[2]}, "no text has a date"),
    "no occurrence": (
        {"lock.txt": "ADA: Good day.\nTOM: And to you.\n"},
        "none of its terms occurs",
    ),
    "no word": ({"lock.txt": "ADA: …\nTOM: —\n"}, "none of its terms occurs"),
    "press": ({"keeper.txt": PRESS}, "the network of statements"),
}


@pytest.mark.parametrize("case", LACKING)
def test_the_notebook_runs_and_says_what_is_lacking(top, case):
    texts, sentence = LACKING[case]
    make(top, texts)
    said = run(top)
    assert f"{sentence}" in said
    assert "It would need" in said
    assert str(top) not in said


def test_groups_half_filled_are_said(top):
    make(top, {"lock.txt": TALK + "LEV: I saw it.\n"})
    groups(top, ada="towns", tom="watch")
    new.new_study("mine", top / "texts", top=top, replace=True)
    said = run(top)
    assert "2 of 3 speakers" in said
    assert "The others are in no comparison of groups." in said
    assert (top / "figures/mine/04_groups.png").is_file()
    entry = json.loads((top / "figures/mine/manifest.json").read_text())["04_groups"]
    assert "towns" in entry["alt"]
    assert "figures/mine/04_groups.pdf" in (top / "figures/mine/04_groups.tex").read_text()


def test_lines_are_shown_only_where_she_says_so(top):
    make(top, {"lock.txt": TALK})
    assert "keeping a list" not in run(top)
    assert "kept out of this notebook" in run(top)
    said = run(top, SHOW_LINES=True)
    assert "keeping a list" in said
    (top / "texts").rename(top / "moved")
    assert "not in texts any more" in run(top, SHOW_LINES=True)
    assert "keeping a list" in run(top, SHOW_LINES=True, TEXTS="moved")
    # A text that was changed is measured again before its lines are shown.
    (top / "moved" / "lock.txt").write_text(TALK.replace("boats", "ships"))
    assert "a list of ships" in run(top, SHOW_LINES=True, TEXTS="moved")


def test_groups_typed_into_the_table_count_at_the_next_run(top):
    make(top, {"lock.txt": TALK})
    assert again.changed("mine") == []
    groups(top, ada="towns", tom="watch")
    assert again.changed("mine") == ["speakers.csv"]
    assert "2 of 2 speakers" in run(top)
    assert again.changed("mine") == []
    assert (top / "figures/mine/04_groups.png").is_file()
    table = csv_tables.read_csv(top / "figures/mine/04_groups.csv")
    assert sorted(table["group"]) == ["towns", "watch"]


def test_what_changes_on_disk_is_seen(top):
    make(top, {"lock.txt": TALK})
    (top / "texts" / "documents.csv").write_text("file,date\nlock.txt,2020-05-01\n")
    assert again.changed("mine") == ["texts"]
    again.bring_up_to_date("mine")
    study = read_study("mine")
    assert again.changed("mine") == []
    assert study.documents["date"].tolist() == ["2020-05-01"]
    new_codebook(top / "texts")
    assert again.changed("mine") == ["codebook.toml"]
    (top / "texts").rename(top / "moved")
    assert again.changed("mine") == []
    assert again.changed("mine", texts="moved") == ["codebook.toml"]


def test_a_codebook_with_an_error_leaves_the_numbers_of_before(top):
    book = new_codebook(top / "texts")
    make(top, {"lock.txt": TALK})
    before = measured.read_manifest(top / "data/studies/mine")
    wrong = "frame = “surveillance”"
    book.write_text(book.read_text().replace('frame = "surveillance"', wrong))
    line = book.read_text().splitlines().index(wrong) + 1
    said = run(top)
    assert "your latest changes, so all numbers are those of before" in said
    assert f"texts/codebook.toml, line {line}: a curly quotation mark, “" in said
    assert "It would need name = " in said
    assert measured.read_manifest(top / "data/studies/mine") == before
    # The copy that the numbers were made with is not to be written to; if it is, that is said.
    copy = top / "data/studies/mine/codebook.toml"
    copy.write_text(copy.read_text().replace('id = "mass surveillance"', "id = 3"))
    with pytest.raises(AnalysisError, match="write your changes into texts/codebook"):
        read_study("mine")


def test_texts_moved_since_are_said_where_they_are_needed(top):
    make(top, {"lock.txt": TALK})
    (top / "texts").rename(top / "elsewhere")
    said = run(top, SHOW_LINES=True, CODER="ada")
    assert said.count("the texts of mine: not in texts any more") == 2
    assert "the folder from which the study was made, named as TEXTS" in said


def test_an_author_named_in_the_table_speaks(top):
    make(top, {"plain.txt": "The locks are old. Mass surveillance is new.\n"})
    table = "document,label,speaker,affiliation,group\nplain,(author),Ada Arden,,towns\n"
    make(top, {"speakers.csv": table}, replace=True)
    assert read_study("mine").utterances["speaker"].tolist() == ["Ada Arden"]


def test_a_label_that_no_text_knows_is_said(top):
    make(top, {"lock.txt": TALK})
    path = top / "texts" / "speakers.csv"
    text = path.read_text(encoding="utf-8-sig").replace("TOM BELL,TOM BELL,,", "TOM,Tom,,watch")
    path.write_text(text.replace("label", "Label", 1))
    made, _ = new.new_study("mine", top / "texts", top=top, replace=True)
    assert "nobody in the texts is called TOM; 1 speaker added" in str(made)


def test_a_text_said_twice_is_in_the_first_sentence(top):
    long = TALK + "ADA ARDEN: " + " ".join(f"word{n}" for n in range(40)) + "\n"
    made, _ = make(top, {"lock.txt": long, "copy.txt": long + "TOM BELL: One word more.\n"})
    assert "near-duplicates" in str(made)
    said = article.material(read_study("mine"))
    assert said.startswith("2 documents, dated 2021-03-01; ")
    assert "Careful: 1 pair of documents say nearly the same" in said


def test_intervals_of_few_appearances_are_never_nothing(top):
    make(top, {"lock.txt": TALK, "quay.txt": TALK})
    groups(top, ada="towns", tom="watch")
    new.new_study("mine", top / "texts", top=top, replace=True)
    study = read_study("mine")
    for table in (article.by_speaker(study), article.by_group(study)):
        assert (table["high"] - table["low"] > 1).all()
        assert set(table["interval"]) == {"Poisson"}
    assert (article.looks(study, "group")["high"] > article.looks(study, "group")["low"] + 1).all()
    contrast = article.compared(study)
    assert contrast["term"].tolist() == ["mass surveillance"]
    assert (contrast["high"] > contrast["low"] + 1).all()
    caption = article.caption_of_contrast(study, contrast, article.sides_of(study))
    assert "Appearances: watch 2, towns 2" in caption or "Appearances: towns 2, watch 2" in caption


def test_a_frame_or_group_that_is_not_there_is_named(top):
    make(top, {"lock.txt": TALK})
    assert "'gossip' does not occur" in run(top, FRAME="gossip")
    groups(top, ada="towns", tom="watch")
    new.new_study("mine", top / "texts", top=top, replace=True)
    assert "nobody is in 'press'" in run(top, GROUPS=("towns", "press"))


def test_codes_correct_the_shares(top):
    make(top, {"lock.txt": TALK * 3})
    groups(top, ada="towns", tom="watch")
    new.new_study("mine", top / "texts", top=top, replace=True)
    said = run(top, CODER="ada")
    assert "Nobody has coded lines" in said
    path = top / "data/studies/mine/coding/codes_ada.csv"
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))
    for row in rows:
        row["frame"] = "mass surveillance"
        if row["item"].startswith("o"):
            row |= {"valid": "yes", "voice": "own", "stance": "asserted"}
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(rows)
    said = run(top)
    assert "Coded by ada" in said
    assert "a single coder" in said
    assert (top / "figures/mine/09_corrected.png").is_file()


def test_looks_are_corrected_over_all_of_them(top):
    make(top, {"lock.txt": TALK})
    study = read_study("mine", top / "data/studies/mine")
    table = article.looks(study, "speaker")
    assert (table["q"] >= table["p"] - 1e-12).all()
    # Of two, the second look would be the first one seen from behind.
    assert set(table["speaker"]) == {"ADA ARDEN"}


BOOK = """version = "1"
language = "en"
title = "Watching"

[[frame]]
id = "watch"
label = "Everybody watched"
definition = "Somebody is watched."
source = "Ours."

[[term]]
id = "mass surveillance"
frame = "watch"
definition = "As it says."
include = "All."
exclude = "None."
patterns = ["mass surveillance"]
exclusions = []
positive = ["It is mass surveillance."]
negative = ["It is a list."]
"""


def test_a_frame_is_printed_by_its_label_and_may_be_named_by_it(top):
    make(top, {"lock.txt": TALK, "codebook.toml": BOOK})
    said = run(top, FRAME="Everybody watched")
    study = read_study("mine")
    assert article.frame_of(study, "Everybody watched") == "watch"
    assert "Frame “Everybody watched”" in (top / "figures/mine/04_speakers.md").read_text()
    assert "Everybody watched" in (top / "figures/mine/tables/03_voices.csv").read_text()
    assert "watch'" not in said
    assert "one of 'Everybody watched'" in run(top, FRAME="gossip")


def test_words_quoted_in_the_press_stand_in_quotation(top):
    make(top, {"press.txt": PRESS})
    table = article.voices(read_study("mine"))
    assert table.set_index("frame").loc["mass surveillance", "in_quotation"] == 0.5


def test_who_is_not_drawn_is_said(top):
    long = "".join(f"{who}: {'We keep a list of boats. ' * 40}\n" for who in ("ADA", "TOM"))
    make(top, {"lock.txt": f"{long}INES: Mass surveillance.\nADA: Mass surveillance.\n"})
    study = read_study("mine")
    table = article.by_speaker(study)
    assert table["speaker"].tolist() == ["ADA", "TOM"]
    caption = article.caption_of_rates(study, table, "mass surveillance", "speaker")
    assert "2 speakers, 2 appearances" in caption
    assert "1 occurrence;" in caption
    assert "Left out, with fewer than 200 words: INES." in caption
    few = article.by_speaker(study, most=1)
    caption = article.caption_of_rates(study, few, "mass surveillance", "speaker")
    assert "Not drawn: 2 other speakers with fewer words." in caption


def test_no_interval_over_time_is_narrower_than_chance(top):
    days = {f"d{n}.txt": f"{n} March 202{n}\n\n{TALK.partition(chr(10))[2]}" for n in (1, 2)}
    make(top, days)
    _, table = article.over_time(read_study("mine"))
    # Two speakers in each year who say it nearly as often agree by chance.
    assert (table["high"] - table["low"] > 1.5 * table["rate"]).all()


def test_groups_that_may_be_one_are_named(top):
    make(top, {"lock.txt": TALK})
    groups(top, ada="towns", tom="Towns")
    made, _ = new.new_study("mine", top / "texts", top=top, replace=True)
    assert "careful: Towns and towns are taken for different groups" in str(made)
    assert "if they are one, write them alike." in article.share_with_a_group(read_study("mine"))


def test_a_label_changed_in_place_of_a_name_costs_nobody_the_group(top):
    make(top, {"lock.txt": TALK})
    groups(top, ada="towns", tom="watch")
    path = top / "texts" / "speakers.csv"
    text = path.read_text(encoding="utf-8").replace("TOM BELL;TOM BELL", "Thomas;TOM BELL")
    path.write_text(text, encoding="utf-8")
    new.new_study("mine", top / "texts", top=top, replace=True)
    said = read_study("mine").utterances
    assert set(said.loc[said["speaker"] == "TOM BELL", "group"]) == {"watch"}


def test_key_words_of_few_speakers_and_terms_of_one_side_have_wide_intervals(top):
    quay, frame = "The list of boats is kept at the quay by night. " * 12, "Mass surveillance. " * 3
    said = "".join(
        f"UNION {name}: {quay}{frame}\nBOARD {name}: {quay}\n" for name in "ABCDEFGHIJKL"
    )
    make(top, {"lock.txt": said})
    groups(top, union="union", board="board")
    new.new_study("mine", top / "texts", top=top, replace=True)
    study = read_study("mine")
    row = article.compared(study).iloc[0]
    assert row["high"] - row["low"] > 6
    looks = article.looks(study, "group").iloc[0]
    assert looks["high"] - looks["low"] > 6
    caption = article.caption_of_contrast(study, article.compared(study), article.sides_of(study))
    assert "Where one side never says a term" in caption

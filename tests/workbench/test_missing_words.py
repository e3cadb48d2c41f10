"""What the words miss, in the workbench: looked for when asked, decided by keys."""

import tomllib

import pytest

from analysis.codebook.reading import read_codebook
from analysis.coding import candidates
from analysis.corpus.corpus import Corpus
from analysis.study import measured
from analysis.text.document import from_turns
from analysis.workbench import widget
from analysis.workbench.missing_words import MissingWords, terms_html
from analysis.workbench.prepared import bench_of, bench_without_text

FRAME = "mass surveillance"
LIKE = "The harbour office opens the letters of the whole <b>town</b>, street by street."
OTHER = "The committee met at nine and adjourned at noon; item {} of the agenda was read."


@pytest.fixture(scope="module")
def book(root):
    return read_codebook(root / "data" / "codebook.toml")


def talk(number):
    turns = []
    for turn in range(8):
        turns.append(("MS. ARDEN", f"It was mass surveillance. {LIKE}"))
        turns.append(("MR. BELL", LIKE))
        turns.append(("MR. BELL", OTHER.format(f"{number}{turn}")))
    return from_turns(f"day {number}", turns)


@pytest.fixture(scope="module")
def bench(book):
    return bench_of("talk", Corpus.of([talk(number) for number in range(3)]), book)


@pytest.fixture
def part(bench, tmp_path):
    made = MissingWords(tmp_path / "marks" / "candidates.csv")
    made.turn_to(bench)
    return made


def on_disk(path):
    draft = candidates.read_draft(path)
    return dict(zip(draft["phrase"], draft["decision"], strict=True))


def refused(part):
    return "notice wrong" in part.notice.value


def test_nothing_is_looked_for_or_written_before_it_is_asked(part, tmp_path):
    assert part.frame.options == (("Surveillance of everybody", FRAME),)
    assert part.form.children == ()
    assert list(tmp_path.iterdir()) == []


def test_keys_decide_and_what_is_accepted_is_shown_to_be_pasted(part, root):
    before = (root / "data" / "codebook.toml").read_bytes()
    part.look.click()
    (form,) = part.form.children
    assert "Nothing enters the codebook by itself" in part.notice.value
    assert "Nothing is accepted" in part.terms.value
    phrases = form.reading.phrases["phrase"].tolist()
    for number, key in enumerate("axr", 1):
        form.pressed = [number, key]
    decided = dict(zip(phrases, ["accept", "exclude", "reject"], strict=False))
    assert on_disk(part.draft.value) == decided
    shown = part.terms.value.split("'>\n")[1].split("</textarea>")[0].replace("&quot;", '"')
    (term,) = tomllib.loads(shown)["term"]
    assert (term["patterns"], term["exclusions"]) == ([phrases[0]], [phrases[1]])
    assert (root / "data" / "codebook.toml").read_bytes() == before
    assert "<b>" not in form.page


def test_a_second_look_goes_on_where_the_first_stopped(part, bench):
    part.look.click()
    part.form.children[0].pressed = [1, "a"]
    part.turn_to(bench)
    assert part.form.children == ()
    assert part.terms.value == ""
    part.look.click()
    assert part.form.children[0].reading.at == 1
    assert "readonly" in part.terms.value


def test_another_file_has_its_own_decisions_and_a_foreign_one_is_left_alone(part, tmp_path):
    part.look.click()
    part.form.children[0].pressed = [1, "a"]
    first = part.draft.value
    part.draft.value = str(tmp_path / "other.csv")
    assert part.form.children[0].reading.at == 0
    foreign = tmp_path / "mine.csv"
    foreign.write_text("name\nAda\n")
    for bad in (str(foreign), " ", str(tmp_path)):
        part.draft.value = bad
        assert refused(part)
        assert part.form.children == ()
    assert foreign.read_text() == "name\nAda\n"
    part.draft.value = first
    assert not refused(part)
    assert part.form.children[0].reading.at == 1


@pytest.mark.parametrize(
    ("turns", "said"),
    [
        ([("A B", "Mass surveillance.")] * 3, "3 segments with an occurrence"),
        ([("A B", "Mass surveillance.")] * 12 + [("B C", "It was.")] * 12, "no phrase stands"),
        ([("A B", "Mass surveillance.")] * 12 + [("B C", "Town hall.")] * 12, "candidates: none"),
        ([("A B", "Town hall.")] * 30, "no term of the codebook occurs"),
    ],
)
def test_where_there_is_too_little_it_is_said(book, part, turns, said):
    part.turn_to(bench_of("few", Corpus.of([from_turns("d", turns)]), book))
    part.look.click()
    assert refused(part)
    assert said in part.notice.value
    assert part.form.children == ()
    assert not part.look.disabled


def test_without_texts_the_way_to_them_is_said(part, root):
    study = measured.read_study("oversight", root / "data" / "studies" / "oversight")
    part.turn_to(bench_without_text("oversight", study, note="fetch oversight brings them"))
    part.look.click()
    assert refused(part)
    assert "fetch oversight" in part.notice.value


def test_a_corpus_from_the_cache_is_read_when_it_is_asked_for(book, tmp_path, monkeypatch):
    texts = tmp_path / "texts"
    texts.mkdir()
    said = f"ARDEN: It was mass surveillance. {LIKE}\n\nBELL: {LIKE}\n\nCORDAY: {OTHER}\n\n"
    for name in "abc":
        (texts / f"{name}.txt").write_text(said * 8)
    read = []
    reader = Corpus.read
    monkeypatch.setattr(Corpus, "read", lambda *a, **k: (read.append(1), reader(*a, **k))[1])
    for _ in range(2):
        bench = widget._bench("texts", texts, book, tmp_path)
    assert len(read) == 1
    part = MissingWords(tmp_path / "draft.csv")
    part.turn_to(bench)
    for _ in range(2):
        part.look.click()
        assert len(part.form.children) == 1
    assert len(read) == 2


def test_the_workbench_folds_it_away_and_keeps_the_draft_beside_the_marks(bench, tmp_path):
    shown = widget.Workbench({"talk": lambda: bench}, tmp_path / "marks" / "lines.csv")
    assert shown.missing.draft.value == str(tmp_path / "marks" / "candidates.csv")
    assert shown.missing.box.layout.display == "none"
    shown.misses.value = True
    assert shown.missing.box.layout.display == ""
    assert shown.missing.box in shown.box.children
    assert shown.missing.frame.value == FRAME


def test_terms_are_shown_as_text():
    assert "<img" not in terms_html("</textarea><img src=x>")

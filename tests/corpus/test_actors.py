"""One person, one name: the register, and what is found without one."""

from pathlib import Path

import pandas as pd
import pytest

from analysis.corpus import Corpus
from analysis.corpus.actor_names import acronyms
from analysis.corpus.actor_table import (
    merged_names,
    name_actors,
    propose_actors,
    resolve_actors,
)
from analysis.corpus.actors import check_actors, read_actors, write_actors
from analysis.errors import AnalysisError
from analysis.text.document import from_spans, from_turns
from analysis.voices.english.printed_names import names_in, surname
from analysis.voices.english.sources import read_source


def story(text, name="d", date="2031-09-16"):
    return from_spans(name, text, [(0, 0, len(text), "", "", "narration")], {"date": date})


def actors_in(*texts, actors=None):
    corpus = Corpus.of([story(text, f"d{number}") for number, text in enumerate(texts)])
    return resolve_actors(corpus, actors)


def register(*rows):
    return pd.DataFrame(
        rows, columns=["name", "aliases", "kind", "affiliation", "group", "from", "to"]
    )


@pytest.mark.parametrize(
    ("name", "last"),
    [
        ("Sabine von der Heide", "von der heide"),
        ("Ana de la Cruz", "de la cruz"),
        ("J. Arthur Holt", "holt"),
        ("von der Heide", "von der heide"),
        ("Adaeze Mbeki-Holt", "mbeki-holt"),
    ],
)
def test_particles_and_initials_are_kept_whole(name, last):
    assert [found for _, _, found in names_in(f"He met {name}.")] == [name]
    assert surname(name) == last
    assert read_source(f"Dr. {name}").name == name


@pytest.mark.parametrize(
    ("label", "kind", "value"),
    [
        ("a spokesman for the Home Office", "mouthpiece", "Home Office"),
        ("an Interior Ministry spokeswoman", "mouthpiece", "Interior Ministry"),
        ("Apple’s lawyers", "mouthpiece", "Apple"),
        ("the head of the Domestic Intelligence Service", "role", "Domestic Intelligence Service"),
        ("DIS Director", "role", "DIS"),
        ("The Interior Minister, Callum Prideaux", "name", "Callum Prideaux"),
        ("Home Office spokesman Ed Roe", "name", "Ed Roe"),
        ("pollster Stan Greenberg", "name", "Stan Greenberg"),
        ("ECB President Christine Lagarde", "name", "Christine Lagarde"),
        ("One of them, a former ministry lawyer", "role", ""),
        ("he", "pronoun", ""),
        ("Anyone who", "pronoun", ""),
        ("61 percent of those questioned", "description", ""),
    ],
)
def test_a_printed_source_is_taken_apart(label, kind, value):
    source = read_source(label)
    assert source.kind == kind
    assert (source.name if kind == "name" else source.of) == value


def test_acronyms_are_declared_in_brackets():
    text = "the Bank of Calder (BoC), the Home Office (HO), and the men (two of them) (see A)"
    assert acronyms(text) == {"BoC": "Bank of Calder", "HO": "Home Office"}


def test_a_surname_joins_its_full_name_across_documents():
    found = actors_in(
        '"No," said J. Arthur Holt, the minister. "Never," Mr Holt added.',
        '"We shall see," said Arthur Holt.',
        '"Perhaps," said Mr Holt.',
    )
    assert set(found["actor"]) == {"J. Arthur Holt"}
    why = merged_names(found).set_index("printed")["why"]
    assert why["Mr Holt"].startswith("surname, the only one")


def test_two_people_of_one_surname_stay_two():
    found = actors_in(
        '"No," said Ann Holt. "Yes," said Ben Holt. "No," Ms Holt said again.',
    )
    assert found["actor"].tolist() == ["Ann Holt", "Ben Holt", "Ann Holt"]


def test_a_spokesman_and_an_acronym_count_to_the_body():
    found = actors_in(
        "The Domestic Intelligence Service (DIS) met on Monday. "
        '"We never did," a spokeswoman for the DIS said. '
        '"It is false," said a spokesman for the Domestic Intelligence Service.',
    )
    assert set(found["actor"]) == {"Domestic Intelligence Service"}
    assert set(found["kind"]) == {"body"}
    assert set(found["organisation"]) == {"Domestic Intelligence Service"}


def test_a_role_joins_the_person_whom_the_texts_call_so():
    found = actors_in(
        '"No," said the Interior Minister, Callum Prideaux. '
        '"The bill stands," the minister told parliament.',
        'Callum Prideaux, the Interior Minister, was there. "Yes," the minister said.',
    )
    assert set(found["actor"]) == {"Callum Prideaux"}


def test_the_register_wins_and_knows_the_date():
    actors = register(
        ["Ann Moss", "the minister", "person", "Home Office", "government", "", "2030"],
        ["Ben Dole", "the minister", "person", "Home Office", "government", "2031", ""],
        ["Ann Moss", "", "person", "Open Signal", "civil society", "2031", ""],
    )
    texts = ['"No," the minister said.', '"No," said Ann Moss.']
    early = Corpus.of([story(text, str(n), "2029-05-01") for n, text in enumerate(texts)])
    late = Corpus.of([story(text, str(n), "2031-05-01") for n, text in enumerate(texts)])
    before, after = resolve_actors(early, actors), resolve_actors(late, actors)
    assert before["actor"].tolist() == ["Ann Moss", "Ann Moss"]
    assert after["actor"].tolist() == ["Ben Dole", "Ann Moss"]
    assert before["group"].tolist() == ["government", "government"]
    assert after["organisation"].tolist() == ["Home Office", "Open Signal"]


def test_labels_of_a_transcript_are_actors_too():
    talk = from_turns("t", [("MS. MOSS", "Yes."), ("MR. DOLE", "No.")])
    actors = register(["Ann Moss", "Ms. Moss", "person", "", "", "", ""])
    found = resolve_actors(Corpus.of([talk]), actors)
    assert found["actor"].tolist() == ["Ann Moss", "MR. DOLE"]


def test_a_proposed_register_is_read_back_and_keeps_the_same_actors(root, tmp_path):
    corpus = Corpus.read(*sorted((root / "data/demo").glob("press_*.txt")))
    proposed = propose_actors(corpus)
    path = write_actors(proposed, tmp_path / "actors.csv")
    assert read_actors(path).to_dict("list") == proposed.to_dict("list")
    again = resolve_actors(corpus, read_actors(path))
    first = resolve_actors(corpus)
    same = first.merge(again, on=["document", "utterance"])
    assert (same["actor_x"] == same["actor_y"]).mean() > 0.97
    named = set(proposed["name"])
    assert {"Tobias Renn", "Petra Lindqvist-Ames", "Domestic Intelligence Service"} <= named


def test_names_written_elsewhere_take_the_form_of_the_corpus(root):
    corpus = Corpus.read(*sorted((root / "data/demo").glob("press_*.txt")))
    actors = read_actors(root / "data/demo/actors.csv")
    given = ["Interior Minister Callum Prideaux", "Renn", "The ministry's lawyers", "a vet"]
    assert list(name_actors(given, corpus, actors).values()) == [
        "Callum Prideaux", "Tobias Renn", "Interior Ministry", "vet",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        (["Ann,,person,,gov,,", "Ann,,person,,civil,2031,"],
         "line 3: 'Ann' has the group 'civil'.* and in line 2 'gov'.* at the same time"),
        (["Ann,the minister,,,,,", "Ben,The Minister,,,,,"],
         "line 3: 'minister' stands for 'Ben', and for 'Ann' in line 2 at the same time"),
        (["Ann,Ben,,,,,", "Ben,,,,,,"], "line 3: 'ben' stands for 'Ben', and for 'Ann' in line 2"),
        (["Ann,,,,,,", "Ann,,,,,,"], "line 3: 'Ann' again"),
        ([",x,,,,,"], "line 2: an empty name"),
        (["Ann,,firm,,,,"], "line 2, column kind: 'firm'; expected person or body"),
        (["Ann,,,,,2031-13,"], "line 2, column from: '2031-13'"),
        (["Ann,,,,,2031,2030"], "line 2: from 2031 to 2030"),
    ],
)  # fmt: skip
def test_a_register_that_contradicts_itself_is_named_by_line(tmp_path, lines, message):
    path = tmp_path / "actors.csv"
    path.write_text("\n".join(["name,aliases,kind,affiliation,group,from,to", *lines]) + "\n")
    with pytest.raises(AnalysisError, match=message):
        read_actors(path)


def test_periods_that_follow_each_other_are_no_contradiction():
    rows = register(
        ["Ann", "the minister", "person", "", "gov", "", "2030-12-31"],
        ["Ann", "", "person", "", "civil", "2031-01-01", ""],
        ["Ben", "the minister", "person", "", "gov", "2031", ""],
    )
    assert len(check_actors(rows)) == 3


def test_a_register_without_names_is_refused(tmp_path):
    path = tmp_path / "actors.csv"
    path.write_text("person,alias\nAnn,x\n")
    with pytest.raises(AnalysisError, match="name"):
        read_actors(path)


SETS = {"s": (62, 62), "t": (64, 64), "u": (33, 35)}
"""Of each set of composed stories how many sources must be right, of how many. Written with the
right answers before they were run; before the rules were corrected on them 46, 56 and 30 were."""


@pytest.fixture(scope="module", params=SETS)
def composed(request):
    folder = Path(__file__).parent / "actor_stories"
    paths = sorted(folder.glob(f"{request.param}*.txt"))
    texts = {path.stem: path.read_text(encoding="utf-8") for path in paths}
    corpus = Corpus.of([story(text, name, "2032-03-04") for name, text in texts.items()])
    marked = pd.read_csv(folder / "actors.csv", keep_default_na=False)
    marked = marked[marked["story"].isin(list(texts))]
    return request.param, texts, marked, corpus, resolve_actors(corpus)


def test_tricky_names_of_composed_stories_become_one_person_each(composed):
    name, texts, marked, corpus, resolved = composed
    spoken = corpus.voiced().utterances.merge(resolved, on=["document", "utterance"], how="left")
    wrong = []
    for row in marked.itertuples():
        at = texts[row.story].index(row.words) + 2
        here = spoken[
            (spoken["document"] == row.story) & (spoken["start"] <= at) & (spoken["end"] > at)
        ]
        if here.empty or here["actor"].iloc[-1] != row.actor:
            wrong.append((row.story, row.words, row.actor))
    right, all_of = SETS[name]
    assert len(marked) == all_of
    assert len(marked) - len(wrong) >= right, wrong


def test_no_alias_is_a_first_name_or_a_shared_surname(composed):
    _, _, marked, corpus, resolved = composed
    proposed = check_actors(propose_actors(corpus, resolved=resolved))
    people = proposed[proposed["kind"] == "person"]
    last = people["name"].map(surname)
    for row in people.itertuples():
        own = [alias.strip().lower() for alias in row.aliases.split(";")]
        assert row.name.split()[0].lower() not in own
        if (last == surname(row.name)).sum() > 1:
            assert surname(row.name) not in own
    assert set(proposed["name"]) >= set(marked["actor"]) - {"rtu official"}


def test_an_acronym_stands_for_what_its_own_text_says():
    found = actors_in(
        'The Vell Digital Council (VDC) met. "We warned them," said the VDC.',
        'The Vehicle Data Company (VDC) met. "Nothing," said the VDC.',
    )
    assert found["actor"].tolist() == ["Vell Digital Council", "Vehicle Data Company"]


def test_an_office_that_no_list_knows_is_no_part_of_a_name():
    said = '"No," said Keeper Ada Arden on Monday. "Never," Arden added.'
    assert set(actors_in(said)["actor"]) == {"Ada Arden"}

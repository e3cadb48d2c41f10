"""Every shared corpus, read raw, against the counts of turns, speakers and words it states.

The words of those READMEs are stretches between white space, in the turns' text as their own
parser left it; ours are counted so here too. Where the numbers differ, a comment says why.
"""

import os
from pathlib import Path

import pandas as pd
import pytest

from analysis import readers

ROOT = Path(__file__).resolve().parents[2]
CORPORA = Path(os.environ.get("DISCOURSE_SHARED", ROOT.parent / "shared")) / "corpora"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not CORPORA.is_dir(), reason="the shared texts are not beside the repo"),
]


def counts(*documents):
    """Return turns, speakers and words between white space of what was said."""
    speakers, turns, words = set(), 0, 0
    for document in documents:
        rows = document.utterances
        speakers |= set(rows["speaker"]) - {""}
        turns += len(rows)
        words += sum(
            len(document.text[body:end].split())
            for body, end in zip(rows["body"], rows["end"], strict=True)
        )
    return turns, len(speakers), words


# Turns and words of each README's last line; speakers counted in its own table.
TABLES = {
    "apple_v_fbi/edny_2015-10-26_turns.csv": (1, 303, 4, 15162),
    "changelog_podcasts/turns.csv": (8, 1027, 14, 85638),
    "pclob_hearings/turns.csv": (6, 1241, None, 176384),
    "scotus_oral_arguments/turns.csv": (8, 2329, None, 98096),
    "singapore_hansard/turns.csv": (11, 348, None, 143081),
    "uk_hansard/turns.csv": (11, 350, None, 201338),
    "us_congressional_record_2005/turns.csv": (2, 461, None, 65121),
}


@pytest.mark.parametrize("path", TABLES)
def test_tables_of_turns(path):
    documents = readers.read_all(CORPORA / path)
    number, turns, speakers, words = TABLES[path]
    rows = pd.read_csv(CORPORA / path, keep_default_na=False)
    column = "speaker" if "speaker" in rows else "speaker_label"
    speakers = speakers or rows.loc[rows[column] != "", column].nunique()
    assert len(documents) == number
    assert counts(*documents) == (turns, speakers, words)


# Episode, turns, speakers, words; ours may be up to twenty more, since the file is kept as it is,
# links and time stamps inside turns included.
EPISODES = {
    "the-changelog-221": (110, 3, 14164),
    "the-changelog-243": (190, 3, 11384),
    "the-changelog-279": (67, 3, 9319),
    "request-for-commits-11": (48, 3, 12621),
    "practical-ai-60": (102, 2, 6028),
    "the-changelog-346": (151, 3, 10545),
    "practical-ai-191": (42, 2, 6532),
    "the-changelog-396": (317, 5, 15045),
}


@pytest.mark.parametrize("name", EPISODES)
def test_podcasts(name):
    turns, speakers, words = counts(
        readers.read(CORPORA / "changelog_podcasts/raw_md" / f"{name}.md")
    )
    assert (turns, speakers) == EPISODES[name][:2]
    assert 0 <= words - EPISODES[name][2] <= 20


def test_theyworkforyou():
    page = readers.read(CORPORA / "uk_hansard/raw_html/2021-11-04a.1403.0.html.gz")
    assert counts(page) == (8, 7, 7919)
    assert page.metadata["date"] == "2021-11-04"
    assert "Liberal Democrat Lords Spokesperson (Digital)" in set(page.utterances["affiliation"])


def test_oyez():
    argument = readers.read(CORPORA / "scotus_oral_arguments/raw_json/2012.11-1025-t01.json.gz")
    assert counts(argument) == (210, 10, 10595)
    assert argument.metadata["date"] == "2012-10-29"
    rows = pd.read_csv(CORPORA / "scotus_oral_arguments/turns.csv", keep_default_na=False)
    rows = rows[rows["doc_id"] == "scotus_11-1025_t01"]
    assert argument.utterances["group"].tolist() == rows["role_group"].tolist()


def test_parlamint():
    sitting = readers.read(CORPORA / "parlamint_gb_tei_sample/ParlaMint-GB_2017-09-07-commons.xml")
    turns, speakers, words = counts(sitting)
    assert (turns, speakers, words) == (4, 4, 250)
    assert sitting.metadata["date"] == "2017-09-07"
    assert sitting.metadata["closing"] == "House adjourned. End of debateSection."


@pytest.mark.parametrize(
    ("name", "turns", "speakers", "words"),
    [("PgH6117-3", 390, 77, 54592), ("PgS8536", 71, 5, 10529)],
)
def test_congressional_record(name, turns, speakers, words):
    folder = CORPORA / "us_congressional_record_2005/raw"
    parsed = readers.read(folder / f"CREC-2005-07-20-pt1-{name}.json")
    found = counts(parsed)
    # Their text keeps the printed label ("Mr. WARNER."), which ours parts from what was said.
    labels = sum(len(label.split()) for label in parsed.utterances["label"])
    assert found[:2] == (turns, speakers)
    assert found[2] + labels == pytest.approx(words, abs=3)
    # The page itself: their parser leaves headings and tallies of votes in turns, 3% of the words
    # in the House; ours leaves them between turns.
    page = readers.read(folder / f"CREC-2005-07-20-pt1-{name}.htm")
    assert page.utterances["label"].tolist() == parsed.utterances["label"].tolist()
    assert counts(page)[2] == pytest.approx(found[2], rel=0.04)


def test_singapore():
    documents = readers.read_all(CORPORA / "singapore_hansard/sections_raw.jsonl.gz")
    rows = pd.read_csv(CORPORA / "singapore_hansard/turns.csv", keep_default_na=False)
    assert len(documents) == 11
    assert sum(counts(document)[0] for document in documents) == 348
    for document in documents:
        theirs = rows[rows["doc_id"] == document.document]
        # Procedure is narration here and the speaker "(procedure)" there.
        speakers = theirs["speaker"].replace("(procedure)", "").tolist()
        assert document.utterances["speaker"].tolist() == speakers
        # Their text has blanks around bold and slanted words ("M r", "St atutory").
        words = sum(len(text.split()) for text in theirs["text"])
        assert counts(document)[2] == pytest.approx(words, rel=0.002)


def test_addresses():
    table = pd.read_csv(CORPORA / "us_state_of_union/documents.csv")
    for row in table.itertuples():
        address = readers.read(CORPORA / "us_state_of_union" / row.file)
        turns, speakers, words = counts(address)
        assert (turns, speakers) == (1, 1)
        assert address.utterances["speaker"].tolist() == [row.speaker]
        # The printed label "The President." is no word of the speech.
        assert row.words - words in {0, 2}


def test_wikinews():
    documents = readers.read_all(CORPORA / "wikinews/wikinews_2020.csv")
    titles = sum(len(document.metadata["title"].split()) for document in documents)
    turns, speakers, words = counts(*documents)
    # Their words are those of titles and texts together.
    assert (turns, speakers, words + titles) == (124, 0, 151427)


@pytest.mark.parametrize(
    ("folder", "words", "least"),
    # pdftotext's text holds page numbers, running heads, contents and, on pleading paper, line
    # numbers, all of which the readers leave out; so the brief and its tables lose most.
    [("pclob_documents", 152433, 0.99), ("apple_v_fbi", 94471, 0.88)],
)
def test_papers(folder, words, least):
    files = sorted((CORPORA / folder / "text").glob("*.txt"))
    assert sum(len(path.read_text(encoding="utf-8").split()) for path in files) == words
    found = counts(*(readers.read(path) for path in files))
    assert least <= found[2] / words <= 1

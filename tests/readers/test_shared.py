"""The readers against the turns parsed independently, word by word, on the shared hearings."""

import difflib
import functools
import os
from pathlib import Path

import pandas as pd
import pytest

from analysis import readers
from analysis.corpus.speakers_table import read_speakers, resolve_all, unresolved
from analysis.errors import AnalysisError
from analysis.text.words import words

ROOT = Path(__file__).resolve().parents[2]
SHARED = Path(os.environ.get("DISCOURSE_SHARED", ROOT.parent / "shared"))
HEARINGS = SHARED / "corpora" / "pclob_hearings"
CASE = SHARED / "corpora" / "apple_v_fbi"

pytestmark = [
    pytest.mark.shared,
    pytest.mark.skipif(not HEARINGS.is_dir(), reason="the shared texts are not beside the repo"),
]

TRANSCRIPTS = {
    "pclob_2013-07-09": HEARINGS / "pdf" / "20130709-Transcript.pdf",
    "pclob_2013-11-04": HEARINGS / "pdf" / "20131104-Transcript.pdf",
    "pclob_2014-01-23": HEARINGS / "pdf" / "20140123-Transcript.pdf",
    "pclob_2014-07-02": HEARINGS / "pdf" / "20140702-Transcript.pdf",
    "pclob_2014-11-12": HEARINGS / "pdf" / "20141112-Transcript.pdf",
    "pclob_2015-04-08": HEARINGS / "pdf" / "20150408-Transcript.pdf",
    "edny_2015-10-26": CASE / "pdf" / "edny_2015-10-26_transcript.pdf",
}
# Persons whom the other table names by a description.
DESCRIBED = {"(audience member)": "Audience member", "(clerk)": "Clerk"}


@pytest.fixture(scope="module")
def parsed():
    tables = [HEARINGS / "turns.csv", CASE / "edny_2015-10-26_turns.csv"]
    table = pd.concat([pd.read_csv(path, keep_default_na=False) for path in tables])
    return table.assign(speaker=table["speaker"].replace(DESCRIBED))


@functools.cache
def read(path):
    return readers.read(path)


@pytest.fixture(scope="module")
def labels():
    return read_speakers(ROOT / "data" / "studies" / "oversight" / "speakers.csv")


def equal_share(ours, theirs):
    """Return the share, of the longer sequence, of elements equal in order."""
    matcher = difflib.SequenceMatcher(None, ours, theirs, autojunk=False)
    equal = sum(block.size for block in matcher.get_matching_blocks())
    return equal / max(len(ours), len(theirs))


def by_speaker(turns):
    """Return ``word\\tspeaker`` for every word, of turns as ``(speaker, text)``."""
    return [f"{word}\t{speaker}" for speaker, text in turns for word in words(text)]


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_words_and_speakers_agree_with_the_turns_parsed_elsewhere(
    name, parsed, labels, record_property
):
    document = read(TRANSCRIPTS[name])
    table = document.utterances.assign(document=name)
    labelled = type(document)(name, document.text, table, document.metadata)
    [document] = resolve_all([labelled], labels)
    assert unresolved(document, labels) == []
    ours = [
        (row.speaker, document.text[row.body : row.end]) for row in document.utterances.itertuples()
    ]
    rows = parsed[parsed["doc_id"] == name]
    theirs = list(zip(rows["speaker"], rows["text"], strict=True))

    # Words with their speakers, so that a word counts only under the same speaker.
    share_of_words = equal_share(by_speaker(ours), by_speaker(theirs))
    share_of_turns = equal_share([who for who, _ in ours], [who for who, _ in theirs])
    record_property("words", round(share_of_words, 5))
    record_property("turns", round(share_of_turns, 5))
    assert share_of_words >= 0.995
    assert share_of_turns >= 0.995


def test_role_groups_agree_with_those_coded_elsewhere(parsed, labels):
    theirs = parsed.groupby(["doc_id", "speaker_label"])["role_group"].first()
    ours = labels.set_index(["document", "label"])["group"].to_dict()
    # A label typed in mixed case, which the other parse took for words of the speaker before.
    assert ours.pop(("pclob_2013-07-09", "Mr. Weitzner")) == "academic"
    assert ours == theirs.to_dict()


@pytest.mark.parametrize("name", TRANSCRIPTS)
def test_the_date_is_the_hearing_s(name):
    assert read(TRANSCRIPTS[name]).metadata["date"] == name[-10:]


def test_the_reply_brief_reads_alike_from_pdf_and_from_text():
    from_pdf = readers.read(CASE / "pdf" / "2016-03-10_DOJ_reply.pdf")
    from_text = readers.read(CASE / "text" / "2016-03-10_DOJ_reply.txt")
    for document in (from_pdf, from_text):
        assert document.metadata == {"kind": "pleading", "date": "2016-03-10"}
        assert document.utterances[["speaker", "mode"]].to_numpy().tolist() == [["", "narration"]]
    assert equal_share(words(from_pdf.text), words(from_text.text)) >= 0.99


@pytest.mark.parametrize(
    ("name", "kind", "term", "count"),
    [
        # 15 in the file, of which 4 stand in the table of authorities (seen in the file).
        ("text/2016-02-25_Apple_motion_to_vacate.txt", "pleading", "going dark", 10),
        ("text/2016-02-29_Orenstein_order.txt", "pleading", "going dark", 2),
        ("text/2016-03-01_Landau_testimony.txt", "paper", "going dark", 3),
        ("pdf/landau-written-testimony.pdf", "paper", "going dark", 3),
        ("pdf/Testimony-of-Bruce-Sewell-March-1-2016.pdf", "paper", "encryption", 7),
    ],
)
def test_papers_keep_their_terms_and_lose_their_tables(name, kind, term, count):
    document = readers.read(CASE / name)
    assert document.metadata["kind"] == kind
    assert document.text.lower().replace("\n", " ").count(term) == count
    assert "....." not in document.text
    assert "Page ID" not in document.text


@pytest.mark.parametrize("name", ["2013-11-04", "2014-01-23", "2014-11-12"])
def test_another_program_s_text_of_the_same_pages_reads_the_same(name):
    # Poppler's pdftotext -layout, which shares no code with PDFium.
    other = readers.read(HEARINGS / "raw_text" / f"{name}.layout.txt")
    ours = read(TRANSCRIPTS[f"pclob_{name}"])
    assert other.utterances["label"].tolist() == ours.utterances["label"].tolist()
    assert abs(len(words(other.text)) - len(words(ours.text))) <= 1
    assert words(other.text)[:9000] == words(ours.text)[:9000]


def test_a_scan_is_refused():
    with pytest.raises(AnalysisError, match="OCR"):
        readers.read(CASE / "pdf" / "Statement-from-the-FBI-Feb-20-2016.pdf")


def test_the_press_story_is_the_file():
    path = SHARED / "seed" / "article.txt"
    story = readers.read(path)
    assert story.text == path.read_text(encoding="utf-8")
    assert story.metadata["kind"] == "news"

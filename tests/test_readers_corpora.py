"""Every shared corpus, read raw, against the counts of turns, speakers and words it states.

The words of those READMEs are stretches between white space, in the turns' text as their own
parser left it; ours are counted so here too. Where the numbers differ, a comment says why.
"""

import os
from pathlib import Path

import pandas as pd
import pytest

from analysis import readers

ROOT = Path(__file__).resolve().parents[1]
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

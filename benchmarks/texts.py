"""Texts to time: anybody's, or as many words as are asked for drawn from the demonstration's."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from analysis.corpus.corpus import Corpus
from analysis.text.words import count_words, fold, words

DEMO = Path(__file__).resolve().parent.parent / "data" / "demo"
SEED = 20251123
_ROWS = 200


def utterances(path):
    """Return what is said in the texts of a file or folder, a row an utterance."""
    corpus = Corpus.read(path)
    spans = corpus.utterances
    dates = dict(zip(corpus.documents["document"], corpus.documents["date"], strict=True))
    said = [
        corpus.texts[document][body:end]
        for document, body, end in spans[["document", "body", "end"]].itertuples(index=False)
    ]
    speakers = spans["speaker"].where(spans["speaker"] != "", "nobody")
    return pa.table(
        {
            "doc_id": pa.array(spans["document"].astype(str)),
            "date": pa.array(spans["document"].map(dates).astype(str)),
            "speaker": pa.array(speakers.astype(str)),
            "text": pa.array(said, pa.large_string()),
        }
    )


def drawn(table, tokens):
    """Return rows drawn at random, some hundreds to a document, until they have so many words."""
    sizes = np.array([count_words(text) for text in table["text"].to_pylist()])
    table, sizes = table.filter(pa.array(sizes > 0)), sizes[sizes > 0]
    count = int(tokens / sizes.mean()) + 1
    rows = table.take(np.random.default_rng(SEED).integers(0, len(table), count))
    names = pa.array([f"d{number // _ROWS}" for number in range(count)])
    return rows.set_column(0, "doc_id", names)


def write(table, folder):
    """Write the texts and what is asked of them: 50 phrases, two words, a speaker."""
    source, asked = Path(folder) / "texts.parquet", Path(folder) / "terms.txt"
    pq.write_table(table, source)
    single: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    for text in table["text"].to_pylist()[:20_000]:
        found = [fold(word) for word in words(text)]
        single.update(found)
        pairs.update(map(" ".join, pairwise(found)))
    common = [word for word, _ in single.most_common()]
    speaker = Counter(table["speaker"].to_pylist()).most_common(1)[0][0]
    phrases = [phrase for phrase, _ in pairs.most_common(50)]
    lines = [*(phrases * 50)[:50], common[min(20, len(common) - 1)], common[len(common) // 4]]
    asked.write_text("\n".join([*lines, speaker]), encoding="utf-8")
    return str(source), str(asked)

"""The same questions put to other programs, each in a process of its own.

Run by ``benchmarks/run.py --peers``; prints one JSON object of seconds by question.
"""

from __future__ import annotations

import contextlib
import io
import json
import re
import resource
import sys
import tempfile
import time
from collections import Counter, defaultdict
from pathlib import Path

FREQUENT, MIDDLING, WINDOW = "government", "inflation", 5


class Clock:
    """Seconds by question; the median of several tries where a question can be asked again."""

    def __init__(self):
        self.seconds = {}

    def ask(self, question, function, tries=1):
        times = []
        for _ in range(tries):
            start = time.perf_counter()
            answer = function()
            times.append(time.perf_counter() - start)
        self.seconds[question] = sorted(times)[len(times) // 2]
        return answer


def read(path):
    import pandas as pd

    return pd.read_parquet(path, columns=["doc_id", "speaker", "text"])


def nltk(path, terms, speaker, clock):
    from nltk.text import ConcordanceIndex
    from nltk.tokenize import RegexpTokenizer

    def index():
        table = read(path)
        cut = RegexpTokenizer(r"[\w]+(?:['’-][\w]+)*").tokenize
        rows = [[word.lower() for word in cut(text)] for text in table["text"]]
        tokens = [word for row in rows for word in row]
        return table["speaker"].tolist(), rows, tokens, ConcordanceIndex(tokens)

    speakers, rows, tokens, lines = clock.ask("index", index)
    owner = [name for name, row in zip(speakers, rows, strict=True) for _ in row]

    def count():
        counts = Counter()
        for term in terms:
            words = term.split()
            for at in lines.offsets(words[0]):
                if tokens[at : at + len(words)] == words:
                    counts[term, owner[at]] += 1
        return counts

    clock.ask("terms", count, 3)
    clock.ask("frequent", lambda: lines.find_concordance(FREQUENT), 3)
    clock.ask("middling", lambda: lines.find_concordance(MIDDLING), 3)

    def keyness():
        own, every = Counter(), Counter()
        for name, row in zip(speakers, rows, strict=True):
            every.update(row)
            if name == speaker:
                own.update(row)
        return own, every

    clock.ask("keyness", keyness)


def conc(path, terms, speaker, clock):
    import spacy

    # Conc switches off all of its pipeline but the tokeniser, which the blank one has too.
    blank = spacy.blank("en")
    blank.disable_pipes = lambda *_: None
    spacy.load = lambda *_, **__: blank
    from conc.conc import Conc
    from conc.corpus import Corpus

    folder = Path(tempfile.mkdtemp())

    def build(table, name):
        table.to_csv(folder / f"{name}.csv", index=False)
        corpus = Corpus(name, name)
        corpus.build_from_csv(
            str(folder / f"{name}.csv"), str(folder), text_column="text",
            metadata_columns=["speaker"],
        )  # fmt: skip
        return corpus

    table = read(path)[["speaker", "text"]]
    table["text"] = table["text"].str.replace("\0", " ")
    corpus = clock.ask("index", lambda: build(table, "all"))
    asked = Conc(corpus)
    names = table["speaker"].to_numpy()

    def count():
        counts = Counter()
        for term in terms:
            sequences, kind = corpus.tokenize(term, simple_indexing=True)
            places = corpus.get_token_positions(sequences, kind)[0]
            docs = corpus.get_tokens_by_index("token2doc_index")[places]
            counts.update((term, names[doc - 1]) for doc in docs)
        return counts

    clock.ask("terms", count)
    for question, word in (("frequent", FREQUENT), ("middling", MIDDLING)):
        clock.ask(
            question,
            lambda word=word: asked.concordance(
                word, page_size=10**9, context_length=10, use_cache=False
            ).to_frame(),
        )
    clock.ask("collocates", lambda: asked.collocates(FREQUENT, page_size=10**9).to_frame())
    own = build(table[table["speaker"] == speaker], "own")
    rest = clock.ask("keyness build", lambda: build(table[table["speaker"] != speaker], "rest"))
    key = Conc(own)
    key.set_reference_corpus(rest)
    clock.ask(
        "keyness",
        lambda: key.keywords(page_size=10**9, exclude_negative_keywords=False).to_frame(),
    )


def textacy(path, terms, speaker, clock):
    import spacy
    from textacy.extract.kwic import keyword_in_context

    table = read(path)
    blank = spacy.blank("en")
    blank.max_length = 10**9
    clock.ask("index", lambda: [len(blank.make_doc(text)) for text in table["text"]])
    texts = list(zip(table["speaker"], table["text"], strict=True))

    def count():
        counts = Counter()
        for term in terms:
            pattern = re.compile(rf"\b{re.escape(term)}\b", re.I)
            for name, text in texts:
                counts[term, name] += sum(1 for _ in keyword_in_context(text, pattern))
        return counts

    clock.ask("terms", count)
    for question, word in (("frequent", FREQUENT), ("middling", MIDDLING)):
        pattern = re.compile(rf"\b{word}\b", re.I)
        clock.ask(
            question,
            lambda pattern=pattern: [
                line for _, text in texts for line in keyword_in_context(text, pattern)
            ],
        )


def corpus_toolkit(path, terms, speaker, clock):
    import spacy

    spacy.load = lambda *_, **__: spacy.blank("en")
    with contextlib.redirect_stdout(io.StringIO()):
        from corpus_toolkit import corpus_tools as tools
    table = read(path)
    rows = clock.ask("index", lambda: list(tools.tokenize(table["text"].tolist(), lemma=False)))
    clock.ask("frequent", lambda: tools.concord(rows, [FREQUENT], nhits=10**9))
    clock.ask("middling", lambda: tools.concord(rows, [MIDDLING], nhits=10**9))
    clock.ask("collocates", lambda: tools.collocator(rows, FREQUENT, left=WINDOW, right=WINDOW))
    groups = defaultdict(list)
    for name, row in zip(table["speaker"], rows, strict=True):
        groups[name == speaker].append(row)
    clock.ask(
        "keyness",
        lambda: tools.keyness(tools.frequency(groups[True]), tools.frequency(groups[False])),
    )


def hyperscan(path, expressions, speaker, clock):
    """Pass once over the text with the patterns of the codebook: the floor, not an answer."""
    import hyperscan

    whole = b"\1".join(text.encode() for text in read(path)["text"])
    for question, more in (("scan", 0), ("scan with starts", hyperscan.HS_FLAG_SOM_LEFTMOST)):
        database = hyperscan.Database()
        flags = [hyperscan.HS_FLAG_CASELESS | more] * len(expressions)
        database.compile(
            expressions=[expression.encode() for expression in expressions],
            ids=list(range(len(expressions))), elements=len(expressions), flags=flags,
        )  # fmt: skip
        clock.ask(
            question, lambda d=database: d.scan(whole, match_event_handler=lambda *_: None), 5
        )


PEERS = {
    "hyperscan": hyperscan,
    "NLTK": nltk,
    "Conc": conc,
    "textacy": textacy,
    "corpus-toolkit": corpus_toolkit,
}


def main():
    peer, path, terms, speaker = sys.argv[1:]
    clock = Clock()
    start = time.perf_counter()
    with contextlib.redirect_stdout(io.StringIO()):
        try:
            PEERS[peer](
                path,
                Path(terms).read_text().split("\n")[: 50 if peer != "hyperscan" else None],
                speaker,
                clock,
            )
        except Exception as error:  # one peer's failure is a line in the table
            print(f"{peer}: {error!r}", file=sys.stderr)
    if peer != "hyperscan":
        clock.seconds["whole"] = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(json.dumps({"seconds": clock.seconds, "gigabytes": peak}))


if __name__ == "__main__":
    main()

import pickle
from collections import Counter
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from analysis import index as face
from analysis.codebook import match_terms, read_codebook
from analysis.errors import AnalysisError
from analysis.index import build_index, index_table, occurrences, partitions, runs
from analysis.index.partitions import open_partitions, split
from analysis.index.spans import find_in_index
from analysis.text.document import from_spans
from analysis.text.words import fold, words

CODEBOOK = read_codebook(Path(__file__).resolve().parents[2] / "data" / "codebook.toml")
PIECES = [
    "going",
    "dark",
    "Going dark",
    "mass surveillance",
    "the",
    "go-dark's",
    "naïve",
    ",",
    "\n",
]
TURN = st.lists(st.sampled_from(PIECES), max_size=10).map(" ".join)
ROW = st.tuples(TURN, st.sampled_from(["A", "B", ""]), st.sampled_from("def"))
PARTS = st.lists(st.lists(ROW, max_size=5), min_size=1, max_size=4)
TERMS = ("going dark", "the", "nowhere", "the")
STRADDLING = [
    [("going dark the", "A", "d"), ("the naïve", "B", "e")],
    [],
    [("going dark going", "A", "d"), ("dark, the dark", "", "f"), ("", "C", "g")],
    [("mass surveillance is going dark", "B", "e")],
]
YEARS = {"year": (2013, 2014)}
QUESTIONS = {
    "terms": lambda source, ask: ask("phrases_by_speaker", source, TERMS),
    "patterns": lambda source, ask: ask("phrases_by_speaker", source, ["(going|go) dark", "surv*"]),
    "refused": lambda source, ask: ask("phrases_by_speaker", source, ["go*"]),
    "of A": lambda source, ask: ask("frequency_list", source, where={"speaker": "A"}),
    "words of A": lambda source, ask: ask("ngrams", source, where={"speaker": ["A", "B"]}, least=1),
    "years": lambda source, ask: ask("phrases_by_speaker", source, TERMS, where=YEARS),
    "spread": lambda source, ask: ask("dispersion", source, TERMS, where=YEARS),
    "drawn": lambda source, ask: ask("resample", source, TERMS, where=YEARS, resamples=5),
    "key": lambda source, ask: ask("keyness", source, {"year": 2013}),
    "key of A": lambda source, ask: ask("keyness", source, "A", where=YEARS),
    "near": lambda source, ask: ask("collocates", source, "dark", where=YEARS, least=1),
    "book": lambda source, ask: ask("occurrences_by_speaker", source, CODEBOOK, where=YEARS),
    "no column": lambda source, ask: ask("ngrams", source, where={"party": "x"}),
    "frequencies": lambda source, ask: ask("frequency_list", source, least=1),
    "often": lambda source, ask: ask("frequency_list", source, least=3),
    "single": lambda source, ask: ask("ngrams", source, 1, least=1),
    "pairs": lambda source, ask: ask("ngrams", source),
    "runs": lambda source, ask: ask("ngrams", source, 3, least=1),
    "keyness": lambda source, ask: ask("keyness", source, "A"),
    "collocates": lambda source, ask: ask("collocates", source, "dark", window=2, least=1),
    "near phrase": lambda source, ask: ask("collocates", source, "going dark"),
    "dispersion": lambda source, ask: ask("dispersion", source, TERMS),
    "documents": lambda source, ask: ask("resample", source, TERMS, resamples=7, seed=5),
    "speakers": lambda source, ask: ask("resample", source, TERMS, unit="speaker", resamples=7),
    "codebook": lambda source, ask: ask("occurrences_by_speaker", source, CODEBOOK),
}


def table(rows):
    made = pd.DataFrame(rows, columns=["text", "speaker", "document"], dtype="str")
    return made.assign(year=[2012 + len(text) % 4 for text, *_ in rows]).astype({"year": "int64"})


def written(parts, folder):
    kinds = dict.fromkeys(("text", "speaker", "document"), pa.large_string())
    schema = pa.schema({**kinds, "year": pa.int64()})
    folder.mkdir()
    for number, rows in enumerate(parts):
        table(rows).to_parquet(folder / f"part-{number}.parquet", schema=schema)
    return folder


def asked(name, source, *arguments, **options):
    return getattr(face, name)(source, *arguments, **options)


def told(question, source):
    """Answer, or say in which words the question was refused."""
    try:
        return question(source, asked)
    except AnalysisError as error:
        return str(error)


def same(found, expected):
    if isinstance(expected, str):
        assert found == expected
    else:
        pd.testing.assert_frame_equal(found, expected, check_exact=True)


@settings(max_examples=8, deadline=None)
@given(PARTS)
@example(STRADDLING)
@example([[]])
def test_partitions_answer_as_one_index_does(tmp_path_factory, parts):
    folder = tmp_path_factory.mktemp("corpus") / "parts"
    source = open_partitions(written(parts, folder))
    index = index_table(table([row for rows in parts for row in rows]))
    for question in QUESTIONS.values():
        same(told(question, source), told(question, index))


def test_questions_find_what_is_there(tmp_path):
    """The property above would hold of empty tables too."""
    source = open_partitions(written(STRADDLING, tmp_path / "parts"))
    texts = [row for rows in STRADDLING for row in rows]
    listed = face.frequency_list(source)
    counted = Counter(fold(word) for text, _, _ in texts for word in words(text))
    assert dict(zip(listed["word"], listed["count"], strict=True)) == counted
    spread = face.dispersion(source, ["going dark"])
    # d begins in one partition and ends in another: it is one document of the four.
    assert spread[["count", "documents", "range"]].to_numpy().tolist() == [[3, 2, 0.5]]
    pairs = face.ngrams(source).set_index("ngram")["count"].to_dict()
    # A comma stands between dark and the in one of the two places.
    assert pairs == {"going dark": 3}
    drawn = face.resample(source, ["going dark"], unit="speaker", resamples=50)
    assert drawn["count"].tolist() == [3]
    assert drawn["low"][0] < drawn["rate"][0] < drawn["high"][0]


def test_codebook_counts_are_those_of_the_documents():
    parts = [row for rows in STRADDLING for row in rows if row[0]]
    documents = [
        from_spans(str(at), text, [(0, 0, len(text), speaker, speaker, "turn")])
        for at, (text, speaker, _) in enumerate(parts)
    ]
    found = pd.concat([match_terms(document, CODEBOOK) for document in documents])
    assert len(found) == 4
    index = index_table(table(parts))
    listed = occurrences.occurrences_by_speaker(index, CODEBOOK)
    expected = found.groupby(["term", "frame", found["speaker"].fillna("")]).size()
    assert expected.to_dict() == (
        listed[listed["count"] > 0].set_index(["term", "frame", "speaker"])["count"].to_dict()
    )
    spans = find_in_index(index, CODEBOOK).to_pandas()
    assert spans[["row", "start", "end"]].to_numpy().tolist() == [
        [int(at), start, end]
        for at, start, end in found[["document", "start", "end"]].itertuples(index=False)
    ]
    assert listed["words"].sum() == len(CODEBOOK.terms) * index.tokens


def test_many_rounds_and_additions_change_nothing(tmp_path, monkeypatch):
    source = open_partitions(written(STRADDLING, tmp_path / "parts"))
    expected = {name: told(question, source) for name, question in QUESTIONS.items()}
    monkeypatch.setattr(runs, "_WORDS_AT_ONCE", 3)
    monkeypatch.setattr(partitions, "_ROWS_AT_ONCE", 1)
    for name, question in QUESTIONS.items():
        same(told(question, source), expected[name])


def test_kept_indexes_are_built_once_and_again_when_a_file_changes(tmp_path):
    folder = written(STRADDLING, tmp_path / "parts")
    source = open_partitions(folder, kept=tmp_path / "kept")
    first = face.phrases_by_speaker(source, TERMS)
    homes = {path.parent.name: path.read_bytes() for path in tmp_path.glob("kept/*/index.json")}
    assert sorted(homes) == [f"part-{number}" for number in range(4)]
    same(face.phrases_by_speaker(source, TERMS), first)
    table(STRADDLING[0] * 2).to_parquet(folder / "part-1.parquet")
    changed = face.phrases_by_speaker(source, TERMS)
    same(changed, face.phrases_by_speaker(open_partitions(folder), TERMS))
    assert changed["count"].sum() > first["count"].sum()
    again = {path.parent.name: path.read_bytes() for path in tmp_path.glob("kept/*/index.json")}
    assert [name for name in homes if homes[name] != again[name]] == ["part-1"]


def test_cuts_a_file_into_partitions(tmp_path):
    whole = table([(f"row {number} {'x' * 300}", "A", f"d{number}") for number in range(20_000)])
    whole.to_parquet(tmp_path / "whole.parquet")
    paths = split(tmp_path / "whole.parquet", tmp_path / "parts", megabytes=2)
    assert [path.name for path in paths] == [f"part-{n:05}.parquet" for n in range(len(paths))]
    assert 2 <= len(paths) <= 5
    back = pd.concat([pd.read_parquet(path) for path in paths], ignore_index=True)
    pd.testing.assert_frame_equal(back, whole)
    with pytest.raises(AnalysisError, match="not empty; expected a new folder"):
        split(tmp_path / "whole.parquet", tmp_path / "parts")


def test_says_which_partition_is_at_fault(tmp_path):
    folder = written(STRADDLING, tmp_path / "parts")
    (folder / "part-2.parquet").write_bytes(b"not Parquet")
    source = open_partitions(folder)
    with pytest.raises(AnalysisError, match=r"part-2\.parquet: not Parquet"):
        face.frequency_list(source)
    with pytest.raises(AnalysisError, match="no Parquet file here"):
        open_partitions(tmp_path / "nowhere")


def test_an_error_travels_whole_from_a_worker():
    error = AnalysisError("a.csv", "no text", "text", "write some")
    back = pickle.loads(pickle.dumps(error))
    assert (str(back), back.where, back.remedy) == (str(error), "a.csv", "write some")


def test_a_saved_index_answers_as_its_partitions(tmp_path):
    folder = written(STRADDLING, tmp_path / "parts")
    index = build_index(folder, tmp_path / "index")
    source = open_partitions(folder)
    for question in QUESTIONS.values():
        same(told(question, source), told(question, index))

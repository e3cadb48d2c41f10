"""Small files of the kinds researchers have, each with its right answer beside it.

``NAME.expected.json`` says what must come of ``NAME``, each key checked where it is given:
``documents`` (title, date, words by speaker in the order in which they first speak, turns, and how
many words may be nobody's), ``words``, ``words_by_speaker``, ``speakers``, ``never_speakers``,
``dates``, ``titles``, ``text``, ``document_count``, ``counts`` and ``occurrences`` of the
codebook's terms, ``warned_of``, ``or_refused_naming``; ``accept`` lists other right answers.
"""

import json
import re
from collections import Counter
from itertools import groupby
from pathlib import Path

import pytest

from analysis.cli import main
from analysis.corpus import Corpus, report
from analysis.errors import AnalysisError

CASES = Path(__file__).with_name("field_cases")
EXPECTED = sorted(CASES.rglob("*.expected.json"))


def _spoken(rows):
    sums = rows.groupby(rows["speaker"].fillna(""))["words"].sum()
    return {speaker: int(count) for speaker, count in sums.items() if count}


def _document_faults(row, rows, right):
    got, want = _spoken(rows), {who: n for who, n in right["words_by_speaker"].items() if n}
    if got.get("", 0) <= right.get("unspoken", 0):
        got.pop("", None)
    faults = [] if got == want else [f"words {got}, right {want}"]
    turns = [speaker for speaker, _ in groupby(who for who in rows["speaker"].fillna("") if who)]
    if any(want):
        if list(dict.fromkeys(turns)) != [who for who in want if who]:
            faults.append(f"in the order {turns}")
        if len(turns) != right.get("turns", len(turns)):
            faults.append(f"{len(turns)} turns, right {right['turns']}")
    for key in ("title", "date"):
        if right.get(key) and row[key] != right[key]:
            faults.append(f"{key} {row[key]!r}, right {right[key]!r}")
    return faults


def _documents_faults(corpus, documents):
    table, said = corpus.documents, corpus.utterances
    if len(table) != len(documents):
        return [f"{len(table)} documents, right {len(documents)}"]
    left = list(table["document"])
    faults = []
    for right in documents:
        found = {
            name: _document_faults(
                table[table["document"] == name].iloc[0], said[said["document"] == name], right
            )
            for name in left
        }
        best = min(left, key=lambda name: len(found[name]))
        left.remove(best)
        faults += found[best]
    return faults


def _corpus_faults(corpus, want):
    table, said = corpus.documents, corpus.utterances
    named = {who: n for who, n in _spoken(said).items() if who}
    speakers = set(said["speaker"].fillna("")) - {""}
    got = {
        "words": int(said["words"].sum()),
        "words_by_speaker": named,
        "speakers": sorted(speakers),
        "dates": sorted(set(table["date"].fillna("")) - {""}),
        "titles": sorted(table["title"]),
        "text": " ".join(next(iter(corpus.texts.values())).split()),
    }
    faults = _documents_faults(corpus, want["documents"]) if "documents" in want else []
    for key, value in got.items():
        if key in want:
            right = sorted(want[key]) if isinstance(want[key], list) else want[key]
            right = " ".join(right.split()) if isinstance(right, str) else right
            faults += [] if value == right else [f"{key} {value!r}, right {right!r}"]
    counts = want.get("document_count", len(table))
    if len(table) not in (counts if isinstance(counts, list) else [counts]):
        faults.append(f"{len(table)} documents, right {counts}")
    never = {name.casefold() for name in want.get("never_speakers", [])}
    none = sorted(who for who in speakers if who.casefold() in never)
    return faults + [f"{who} is no speaker" for who in none]


def _occurrence_faults(path, want, capsys):
    if not {"counts", "occurrences"} & want.keys():
        return []
    assert main(["occurrences", str(path), "--format", "jsonl"]) == 0
    lines = [json.loads(line) for line in capsys.readouterr().out.splitlines() if line.strip()]
    terms = Counter(line["term"] for line in lines)
    faults = [
        f"{term} {terms[term]} times, right {count}"
        for term, count in want.get("counts", {}).items()
        if terms[term] != count
    ]
    for right in want.get("occurrences", []):
        folded = {k: v.casefold() if isinstance(v, str) else v for k, v in right.items()}
        found = [
            {k: v.casefold() if isinstance(v, str) else v for k, v in line.items()}
            for line in lines
        ]
        if not any(all(line.get(k) == v for k, v in folded.items()) for line in found):
            faults.append(f"no occurrence {right}")
    return faults


def _faults(path, want, capsys):
    if "warned_of" in want:
        said = str(report.describe(path)).replace(str(path), "").lower()
        return [] if any(word in said for word in want["warned_of"]) else ["no warning"]
    try:
        corpus = Corpus.read(path)
    except AnalysisError as error:
        said = str(error).replace(str(path), "").replace(path.name, "")
        said = re.sub(r"<[^>]*>", "", said).lower()
        names = [name.lower() for name in want.get("or_refused_naming", [])]
        named = any(re.search(rf"\b{re.escape(name)}", said) for name in names)
        return [] if named else [f"refused: {said}"]
    return _corpus_faults(corpus, want) + _occurrence_faults(path, want, capsys)


@pytest.mark.parametrize("expected", EXPECTED, ids=lambda path: path.relative_to(CASES).as_posix())
def test_a_case_comes_out_right(expected, capsys):
    want = json.loads(expected.read_text(encoding="utf-8"))
    path = expected.with_name(expected.name.removesuffix(".expected.json"))
    others = [{**want, **other} for other in want.get("accept", [])]
    faults = [_faults(path, answer, capsys) for answer in (want, *others)]
    assert not min(faults, key=len), faults[0]

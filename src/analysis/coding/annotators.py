"""An annotator of one's own: a function from texts to labels, run once and replayed from a file.

The function is the researcher's: a scikit-learn pipeline, a spaCy model, a call to a model on this
machine or elsewhere. This module sends nothing anywhere; what the function does with the texts it
is given is what its author wrote. Each answer is kept in a cassette, a file of JSON lines with the
hash of each text and no text, so that a run that broke off is gone on with, and a rebuild answers
from the file and never calls out.
"""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import cast

import pandas as pd
from tqdm import tqdm

from analysis.coding.codes import NONE, STANCES, VOICES
from analysis.coding.labels import OPTIONAL
from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.storage import csv_tables
from analysis.storage.files import replace_file

Answer = str | Mapping[str, float]
Annotator = Callable[[list[str]], Sequence[Answer]]
BATCH = 32
FILE_COLUMNS = ("document", "start", "end", "variable", "label", "annotator", *OPTIONAL)
_MODEL = ("annotator", "model", "version", "prompt", "temperature", "date")


def annotate(
    corpus: Corpus | None,
    units: pd.DataFrame,
    function: Annotator | None,
    *,
    annotator: str,
    labels: Sequence[str],
    variable: str = "frame",
    model: Mapping[str, str] | None = None,
    cassette: str | os.PathLike[str] | None = None,
    batch: int = BATCH,
    per_minute: float | None = None,
    progress: bool = False,
    replay: pd.Series | None = None,
) -> pd.DataFrame:
    """Have units labelled by a function, or by what it answered before.

    Parameters
    ----------
    corpus : Corpus, optional
        The texts; not needed where `replay` gives their hashes.
    units : pandas.DataFrame
        Segments, or for a voice or a stance occurrences: ``document``, ``start``, ``end``.
    function : callable, optional
        From a list of texts to one answer each: a label, or a mapping of labels to probabilities.
        None to answer from the cassette alone.
    annotator : str
        A name for this way of labelling.
    labels : sequence of str
        The labels allowed besides "none": ids of frames; of a voice or a stance left as they are.
    variable : {"frame", "voice", "stance"}
    model : mapping of str to str, optional
        Of a machine: ``model``, ``version``, ``prompt`` (its hash, :func:`prompt_hash`), ``date``,
        ``temperature``.
    cassette : path-like, optional
        Where answers are kept and found again. Answers of another annotator, model or prompt are
        refused.
    batch : int, default 32
        Texts in one call.
    per_minute : float, optional
        Texts at most in a minute.
    progress : bool, default False
        Show a bar on standard error, if that is a terminal.
    replay : pandas.Series of str, optional
        The hash of the text of each unit (:func:`text_hashes`), in place of the corpus.

    Returns
    -------
    pandas.DataFrame
        The columns of a labels file (:mod:`analysis.coding.labels`), to be written with
        :func:`write_labels`.

    Raises
    ------
    AnalysisError
        If the function fails (what it had answered is in the cassette, and the next call goes on
        from there), answers with another number of labels than it was given texts, with an unknown
        label or a probability beyond 0 to 1; if the cassette is of another annotator or torn; if
        there is no function and an answer is missing.
    """
    allowed = {"voice": VOICES, "stance": STANCES}.get(variable, (*labels, NONE))
    head = dict.fromkeys(_MODEL, "") | {"annotator": annotator}
    head |= {name: str(value) for name, value in (model or {}).items()}
    path = None if cassette is None else Path(cassette)
    hashes = (text_hashes(corpus, units) if replay is None else replay).tolist()
    known = _played(path, head) if path is not None else {}
    wanted = [row for row, key in enumerate(hashes) if key not in known]
    # One answer for texts that are the same.
    first = list({hashes[row]: row for row in reversed(wanted)}.values())[::-1]
    if first and (function is None or corpus is None):
        raise AnalysisError(
            cassette or "function",
            f"{len(first):,} of {len(units):,} texts without an answer",
            "an answer for every text",
            "pass the function and the texts; the labels of the others can be had by passing "
            "only their units",
        )
    asked, texts_of = cast("Annotator", function), cast("Corpus", corpus)
    bar = tqdm(total=len(first), unit=" texts", disable=not (progress and sys.stderr.isatty()))
    with bar:
        for rows in _batches(first, batch, per_minute):
            texts = [_text(texts_of, units.iloc[row]) for row in rows]
            answers = _asked(asked, texts, allowed, len(known), path)
            fresh = {hashes[row]: answer for row, answer in zip(rows, answers, strict=True)}
            known |= fresh
            if path is not None:
                _record(path, head, fresh)
            bar.update(len(rows))
    return _rows(units, [known[key] for key in hashes], head, variable)


def text_hashes(corpus: Corpus | None, units: pd.DataFrame) -> pd.Series:
    """Return the SHA-256 of the text of each unit.

    Parameters
    ----------
    corpus : Corpus
    units : pandas.DataFrame
        ``document``, ``start``, ``end``.

    Returns
    -------
    pandas.Series of str
    """
    if corpus is None:
        raise AnalysisError("corpus", "no texts", "the texts, or replay= with their hashes")
    made = [sha256(_text(corpus, row).encode()).hexdigest() for _, row in units.iterrows()]
    return pd.Series(made, index=units.index, dtype="str")


def prompt_hash(prompt: str) -> str:
    """Return a short hash that stands for a prompt.

    Examples
    --------
    >>> prompt_hash("Which frame does the passage express?")
    'fa686510230c'
    """
    return sha256(prompt.encode()).hexdigest()[:12]


def write_labels(labels: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a labels file, whole or not at all.

    Parameters
    ----------
    labels : pandas.DataFrame
        From :func:`annotate` or :func:`labels_of_words`, or several under one another.
    path : str or path-like

    Returns
    -------
    pathlib.Path
    """
    return replace_file(path, csv_tables.to_csv(labels[list(FILE_COLUMNS)]))


def labels_of_words(
    occurrences: pd.DataFrame, segments: pd.DataFrame, label: str, *, annotator: str = "words"
) -> pd.DataFrame:
    """Return what a codebook finds as the labels of one more annotator.

    Parameters
    ----------
    occurrences : pandas.DataFrame
        ``document``, ``start``, ``frame``.
    segments : pandas.DataFrame
    label : str
        A frame.
    annotator : str

    Returns
    -------
    pandas.DataFrame
        The columns of a labels file; probability 1 or 0.
    """
    from analysis.coding.sampling import segment_of

    rows = segment_of(occurrences[occurrences["frame"] == label], segments)
    holds = segments.index.isin(rows)
    answers = [{label: float(held)} for held in holds]
    head = dict.fromkeys(_MODEL, "") | {"annotator": annotator}
    return _rows(segments, answers, head, "frame")


def _text(corpus: Corpus, row: pd.Series) -> str:
    return corpus.texts[row["document"]][row["start"] : row["end"]]


def _batches(rows: list[int], batch: int, per_minute: float | None) -> Iterator[list[int]]:
    if batch < 1 or (per_minute is not None and per_minute <= 0):
        raise AnalysisError("batch, per_minute", f"{batch}, {per_minute}", "numbers above 0")
    size = batch if per_minute is None else max(1, min(batch, int(per_minute)))
    began = time.monotonic()
    for place in range(0, len(rows), size):
        if per_minute is not None:
            # So many texts have been sent; the next may go when their time is over.
            wait = began + 60 * place / per_minute - time.monotonic()
            if wait > 0:
                time.sleep(wait)
        yield rows[place : place + size]


def _asked(
    function: Annotator, texts: list[str], allowed: Sequence[str], done: int, path: Path | None
) -> list[dict[str, float]]:
    kept = f"; {done:,} answers are kept in {path}, and the same call goes on from there"
    kept = kept if path is not None else "; pass cassette= and answers are kept"
    try:
        answers = list(function(texts))
    except Exception as error:
        raise AnalysisError(
            "annotator",
            f"the function failed: {type(error).__name__}: {error}",
            "one answer for each text",
            f"correct the function and call again{kept}",
        ) from error
    if len(answers) != len(texts):
        raise AnalysisError(
            "annotator",
            f"{len(answers)} answers to {len(texts)} texts",
            "one for each, in order",
            f"correct the function{kept}",
        )
    made = []
    for answer in answers:
        pairs = {answer: 1.0} if isinstance(answer, str) else dict(answer)
        for name, value in pairs.items():
            if name not in allowed:
                expected = f"one of {', '.join(allowed)}"
                raise AnalysisError("annotator", f"label {name!r}", expected, f"correct it{kept}")
            if not 0 <= float(value) <= 1:
                found = f"probability {value!r} of {name!r}"
                raise AnalysisError("annotator", found, "0 to 1", f"correct it{kept}")
        made.append({name: round(float(value), 6) for name, value in pairs.items()})
    return made


def _played(path: Path, head: Mapping[str, str]) -> dict[str, dict[str, float]]:
    if not path.is_file():
        return {}
    known = {}
    lines = path.read_text(encoding="utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        try:
            entry = json.loads(line)
        except ValueError:
            if number == len(lines):
                # The last line of a run that was cut off; it is asked again.
                path.write_text("".join(f"{each}\n" for each in lines[:-1]), encoding="utf-8")
                break
            raise AnalysisError(
                f"{path}, line {number}", "not JSON", "an answer a line", "delete the line"
            ) from None
        if "annotator" in entry:
            differ = [name for name in _MODEL if entry.get(name, "") != head[name]]
            # The day on which a run is gone on with may be another one.
            if differ not in ([], ["date"]):
                name = differ[0]
                raise AnalysisError(
                    f"{path}, line {number}",
                    f"answers of {name} {entry.get(name, '')!r}",
                    f"{name} {head[name]!r}",
                    "use a cassette of its own for each annotator, model and prompt",
                )
        else:
            known[entry["text"]] = entry["answer"]
    return known


def _record(path: Path, head: Mapping[str, str], fresh: Mapping[str, dict[str, float]]) -> None:
    lines = [] if path.is_file() and path.stat().st_size else [json.dumps(dict(head))]
    lines += [json.dumps({"text": key, "answer": answer}) for key, answer in fresh.items()]
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a", encoding="utf-8", newline="\n") as file:
        file.write("".join(f"{line}\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())


def _rows(
    units: pd.DataFrame,
    answers: Sequence[Mapping[str, float]],
    head: Mapping[str, str],
    variable: str,
) -> pd.DataFrame:
    rows = []
    places = units[["document", "start", "end"]].itertuples(index=False)
    for (document, start, end), answer in zip(places, answers, strict=True):
        pairs = dict(answer) or {NONE: 1.0}
        if variable != "frame":
            # A voice or a stance is one thing: the likeliest.
            best = max(pairs, key=lambda name: (pairs[name], name))
            pairs = {best: pairs[best]}
        for name, value in pairs.items():
            rows.append(
                {
                    "document": document,
                    "start": start,
                    "end": end,
                    "variable": variable,
                    "label": name,
                    "probability": value,
                    **head,
                }
            )
    return pd.DataFrame(rows, columns=list(FILE_COLUMNS))

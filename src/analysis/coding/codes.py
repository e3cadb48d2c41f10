"""What coders said of the lines they were given: written, read back, checked.

A codes file is a CSV with one line per item of a sample (:mod:`analysis.coding.sampling`). It is
the same whether it was filled in JupyterLab or in a spreadsheet. Columns:

========= ===================================================================================
item      of the sample
document, utterance, start, end
          where the line stands; no text is kept
codebook  the version of the codebook that was coded by
coder     who coded
valid     occurrences: ``yes`` if the words mean what the term's definition says, else ``no``
frame     occurrences: the one frame the words serve here, or ``none``. Segments: every frame
          that is expressed, whether or not by a term of the codebook, parted by ``;``, or
          ``none``
voice     occurrences: ``own`` (the speaker's or author's), ``direct`` (quoted from another),
          ``indirect`` (reported of another)
stance    occurrences: ``asserted``, ``denied`` or ``mentioned``
unsure    ``yes`` where the coder hesitated, else empty
note      anything
========= ===================================================================================

A line is coded once ``frame`` and, of occurrences, ``valid``, ``voice`` and ``stance`` are there;
of an occurrence that is not valid, ``valid`` alone suffices. Other columns, such as the text
shown to the coder, are ignored on reading and never written.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from analysis.codebook.reading import Codebook
from analysis.coding.sampling import SAMPLE_COLUMNS
from analysis.corpus.corpus import Corpus
from analysis.errors import AnalysisError
from analysis.readers import decoding
from analysis.storage import csv_tables
from analysis.storage.files import replace_file

PLACE_COLUMNS = ("document", "utterance", "start", "end")
CODE_COLUMNS = ("valid", "frame", "voice", "stance", "unsure", "note")
COLUMNS = ("item", *PLACE_COLUMNS, "codebook", "coder", *CODE_COLUMNS)
NONE = "none"
VALID = ("yes", "no")
VOICES = ("own", "direct", "indirect")
STANCES = ("asserted", "denied", "mentioned")
CONTEXT = 200
"""How many characters a coder sees on each side of an occurrence."""


def read_sample(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read a sample that was drawn for coding.

    Parameters
    ----------
    path : str or path-like
        A CSV with the columns of :func:`analysis.coding.sampling.coding_sample`.

    Returns
    -------
    pandas.DataFrame

    Raises
    ------
    AnalysisError
        If the file is not there, lacks a column, or holds what is no number where one must be.
    """
    path = Path(path)
    rows = decoding.rows(path, decoding.decode(path), SAMPLE_COLUMNS)
    table = pd.DataFrame([row for _, row in rows], columns=list(SAMPLE_COLUMNS))
    for name in ("utterance", "start", "end", "population", "sampled", "inclusion"):
        numbers = pd.to_numeric(table[name], errors="coerce")
        if numbers.isna().any():
            at = int(numbers.isna().to_numpy().argmax())
            raise AnalysisError(
                f"{path}, line {rows[at][0]}", f"{name} {table[name][at]!r}", "a number"
            )
        table[name] = numbers
    return table


def write_table(table: pd.DataFrame, path: str | os.PathLike[str]) -> Path:
    """Write a sample or codes as CSV, whole or not at all.

    Parameters
    ----------
    table : pandas.DataFrame
    path : str or path-like

    Returns
    -------
    pathlib.Path
    """
    return replace_file(path, csv_tables.to_csv(table))


def blank(sample: pd.DataFrame, coder: str, codebook: Codebook) -> pd.DataFrame:
    """Return a codes table with nothing coded yet.

    Parameters
    ----------
    sample : pandas.DataFrame
    coder : str
    codebook : Codebook

    Returns
    -------
    pandas.DataFrame
        The columns of a codes file, str except the positions.
    """
    table = sample[["item", *PLACE_COLUMNS]].assign(codebook=codebook.version, coder=coder)
    return table.assign(**dict.fromkeys(CODE_COLUMNS, ""))


def lines(sample: pd.DataFrame, corpus: Corpus, codebook: Codebook) -> pd.DataFrame:
    """Return the text a coder reads: nothing of group, stratum or the instrument's frame.

    Parameters
    ----------
    sample : pandas.DataFrame
    corpus : Corpus
        The texts, as they were when the sample was drawn.
    codebook : Codebook

    Returns
    -------
    pandas.DataFrame
        ``item``, ``term``, ``definition``, ``include``, ``exclude`` (of the term; empty for
        segments), ``left``, ``hit``, ``right``: white space collapsed; of a segment all in
        ``hit``. Context stays within the utterance.
    """
    terms = codebook.terms.set_index("id")
    utterances = corpus.utterances.set_index(["document", "utterance"])
    rows = []
    columns = ["item", "document", "utterance", "start", "end", "term"]
    for item, document, utterance, start, end, term in sample[columns].itertuples(index=False):
        text = corpus.texts[document]
        shown = [item, term, "", "", ""]
        left = right = ""
        if term:
            body, stop = utterances.loc[(document, utterance), ["body", "end"]]
            left = text[max(body, start - CONTEXT) : start]
            right = text[end : min(stop, end + CONTEXT)]
            shown[2:] = terms.loc[term, ["definition", "include", "exclude"]]
        rows.append(shown + [" ".join(part.split()) for part in (left, text[start:end], right)])
    names = ["item", "term", "definition", "include", "exclude", "left", "hit", "right"]
    return pd.DataFrame(rows, columns=names)


def coded(codes: pd.DataFrame) -> pd.Series:
    """Say of each line whether it has been coded.

    Parameters
    ----------
    codes : pandas.DataFrame
        Of a codes file.

    Returns
    -------
    pandas.Series of bool

    Examples
    --------
    >>> table = pd.DataFrame({"item": ["o001", "o002", "s001"], "valid": ["no", "yes", ""],
    ...                       "frame": ["", "legality", "none"], "voice": "", "stance": ""})
    >>> coded(table).tolist()
    [True, False, True]
    """
    there = codes[["valid", "frame", "voice", "stance"]] != ""
    whole = there.all(axis=1) | (codes["valid"] == "no")
    return whole.where(codes["item"].str.startswith("o"), there["frame"])


def save_line(path: str | os.PathLike[str], item: str, **codes: str) -> pd.DataFrame:
    """Put the codes of one line into a codes file at once.

    Parameters
    ----------
    path : str or path-like
        A codes file, as :func:`blank` made it.
    item : str
    **codes : str
        ``valid``, ``frame``, ``voice``, ``stance``, ``unsure``, ``note``; those left out stay.

    Returns
    -------
    pandas.DataFrame
        The codes file as it now stands.

    Raises
    ------
    AnalysisError
        If the item is not in the file or a column is none for codes.
    """
    table = _table(Path(path))[1]
    if item not in table["item"].tolist():
        raise AnalysisError(path, f"no item {item!r}", "an item of the sample")
    for name, value in codes.items():
        if name not in CODE_COLUMNS:
            raise AnalysisError(name, "no column for codes", f"one of {', '.join(CODE_COLUMNS)}")
        table.loc[table["item"] == item, name] = value
    write_table(table, path)
    return table


def read_table(path: str | os.PathLike[str]) -> pd.DataFrame:
    """Read a codes file as it stands, faults and lines without codes included.

    Returns
    -------
    pandas.DataFrame
        The columns of a codes file, all str.
    """
    return _table(Path(path))[1]


def _table(path: Path) -> tuple[list[int], pd.DataFrame]:
    rows = decoding.rows(path, decoding.decode(path), COLUMNS)
    values = [[row[name].strip() for name in COLUMNS] for _, row in rows]
    return [line for line, _ in rows], pd.DataFrame(values, columns=list(COLUMNS), dtype="str")


def check(path: str | os.PathLike[str], sample: pd.DataFrame, codebook: Codebook) -> pd.DataFrame:
    """List everything that is wrong with a codes file.

    Parameters
    ----------
    path : str or path-like
    sample : pandas.DataFrame
        What the file should have a line for.
    codebook : Codebook

    Returns
    -------
    pandas.DataFrame
        ``line`` (int, of the file; 0 for what is missing), ``item``, ``found``, ``expected``;
        empty if all is well. Lines not yet coded are no fault.

    Raises
    ------
    AnalysisError
        If the file cannot be read as a table with the columns of a codes file.
    """
    numbers, table = _table(Path(path))
    places = {
        item: tuple(map(str, place))
        for item, *place in sample[["item", *PLACE_COLUMNS]].itertuples(index=False)
    }
    frames = [*codebook.frames["id"], NONE]
    coders = table["coder"].tolist()
    first: dict[str, int] = {}
    found: list[tuple[int, str, str, str]] = []
    for line, row in zip(numbers, table.to_dict("records"), strict=True):
        item = row["item"]
        faults = []
        if item not in places:
            faults.append((f"item {item!r}", "an item of the sample"))
        elif tuple(row[name] for name in PLACE_COLUMNS) != places[item]:
            faults.append(("another place in the texts", " ".join(places[item])))
        if first.setdefault(item, line) != line:
            faults.append((f"item {item} again", f"one line for it, as in line {first[item]}"))
        if row["codebook"] != codebook.version:
            version = f"codebook version {row['codebook']!r}"
            faults.append((version, f"{codebook.version!r}, the version of this codebook"))
        if not row["coder"] or row["coder"] != coders[0]:
            faults.append((f"coder {row['coder']!r}", f"one coder per file ({coders[0]!r})"))
        faults += code_faults(row, frames)
        found += [(line, item, *fault) for fault in faults]
    found += [(0, item, f"no line for item {item}", "") for item in places if item not in first]
    return pd.DataFrame(found, columns=["line", "item", "found", "expected"])


def code_faults(row: Mapping[str, str], frames: Sequence[str]) -> list[tuple[str, str]]:
    """Say what is wrong with the codes of one line.

    Parameters
    ----------
    row : mapping of str to str
        ``item``, ``valid``, ``frame``, ``voice``, ``stance``, ``unsure``; "" where not coded.
    frames : sequence of str
        The frames allowed, with "none".

    Returns
    -------
    list of (found, expected)

    Examples
    --------
    >>> row = dict.fromkeys(["valid", "voice", "stance", "unsure"], "")
    >>> code_faults(row | {"item": "s001", "frame": "gossip"}, ["legality", "none"])
    [("frame 'gossip'", 'one of legality, none')]
    """
    occurrence = row["item"].startswith("o")
    allowed = {"valid": VALID, "voice": VOICES, "stance": STANCES, "unsure": ("yes",)}
    faults = []
    for name, values in allowed.items():
        if row[name] and row[name] not in values:
            faults.append((f"{name} {row[name]!r}", f"one of {', '.join(values)}"))
        if row[name] and name != "unsure" and not occurrence:
            faults.append((f"{name} {row[name]!r}", "nothing: the item is a segment"))
    listed = frames_of(row["frame"])
    unknown = [name for name in listed if name not in frames]
    if unknown:
        faults.append((f"frame {unknown[0]!r}", f"one of {', '.join(frames)}"))
    if len(listed) > 1 and (occurrence or NONE in listed or len(set(listed)) < len(listed)):
        rule = "one frame" if occurrence else "each frame once, or none"
        faults.append((f"frame {row['frame']!r}", rule))
    return faults


def frames_of(value: str) -> list[str]:
    """Split the frames of a line.

    Examples
    --------
    >>> frames_of("legality; trade-off")
    ['legality', 'trade-off']
    """
    return [name.strip() for name in value.split(";") if name.strip()]


def read_codes(
    path: str | os.PathLike[str],
    sample: pd.DataFrame,
    codebook: Codebook,
    *,
    partial: bool = False,
) -> pd.DataFrame:
    """Read a codes file and refuse what is wrong with it.

    Parameters
    ----------
    path : str or path-like
    sample : pandas.DataFrame
    codebook : Codebook
    partial : bool, default False
        Whether to take a file in which lines are missing or not yet coded. These are left out;
        the rest is no longer the sample as drawn, and estimates from it assume that what was
        left out is like the rest of its stratum.

    Returns
    -------
    pandas.DataFrame
        One row per coded line in the order of the sample: the columns of the sample, then those
        of a codes file. Where `partial`, ``sampled`` and ``inclusion`` are those of the lines
        coded.

    Raises
    ------
    AnalysisError
        Names the first faulty line, says how many there are (:func:`check` lists all) and what
        can be computed all the same.
    """
    faults = check(path, sample, codebook)
    wrong = faults[faults["line"] > 0]
    _, table = _table(Path(path))
    versions = set(table["codebook"])
    if len(versions) == 1 and versions != {codebook.version}:
        raise AnalysisError(
            path,
            f"codes by codebook version {versions.pop()!r}",
            f"{codebook.version!r}, the version of this codebook",
            "code anew, or read it with the codebook of its own version: agreement, precision and "
            "corrected shares can then be computed, and hold for that version alone",
        )
    if len(wrong):
        line, item, found, expected = wrong.iloc[0]
        more = f"; {len(wrong) - 1} more faults, see coding.check" if len(wrong) > 1 else ""
        remedy = (
            "correct the line, or empty its codes and read with partial=True, which leaves it out"
        )
        if found == f"item {item} again":
            remedy = "delete one of the two"
        raise AnalysisError(f"{path}, line {line}", found, expected, remedy + more)
    done = table[coded(table)]
    absent = [item for item in sample["item"] if item not in set(done["item"])]
    if absent and not partial:
        raise AnalysisError(
            path,
            f"{len(absent)} of {len(sample)} items without codes, the first {absent[0]}",
            "codes for every item",
            "finish coding; with partial=True the coded lines are taken, and precision, recall "
            "and agreement are those of these lines",
        )
    done = done.drop(columns=list(PLACE_COLUMNS))
    merged = sample.rename(columns={"frame": "found_frame"}).merge(done, on="item")
    if absent:
        sampled = merged.groupby("stratum")["item"].transform("size")
        merged = merged.assign(sampled=sampled, inclusion=sampled / merged["population"])
    return merged

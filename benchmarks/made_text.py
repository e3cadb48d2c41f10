"""Text to measure with, made anywhere: seeded, Zipf-like, with the codebook's terms in it.

    python benchmarks/made_text.py --tokens 1M --out turns.csv [--press FOLDER]

Words are made up and come as often as Zipf's law has it (Zipf 1949); terms of the codebook stand
among them about once in three hundred words, as they do in debates on surveillance. The same
tokens and seed give the same bytes.
"""

from __future__ import annotations

import argparse
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd

CODEBOOK = Path(__file__).resolve().parent.parent / "data" / "codebook.toml"
KNOWN = {"government": 60, "inflation": 900}
"""Words that questions ask for, and their ranks."""
_ONSETS = (*"bcdfghlmnprstvw", "st", "tr", "pl")
_SYLLABLES = [onset + vowel for onset in _ONSETS for vowel in "aeiou"]
_TYPES, _WORDS, _SENTENCE, _SPEAKERS = 60_000, 330, 22, 180


def words(text: str) -> int:
    """Return the number that 1M or 500k stands for."""
    unit = {"k": 1_000, "M": 1_000_000}.get(text[-1], 1)
    return int(float(text.rstrip("kM")) * unit)


def terms() -> list[str]:
    """Return words of each term of the codebook, as its ids give them."""
    book = tomllib.loads(CODEBOOK.read_text(encoding="utf-8"))
    return sorted(term["id"] for term in book["term"])


def vocabulary(rng: np.random.Generator) -> np.ndarray:
    """Return made-up words, the commonest first and the shortest."""
    made: dict[str, None] = {}
    while len(made) < _TYPES:
        size = 1 + min(4, len(made) // 4_000 + int(rng.integers(0, 2)))
        made["".join(rng.choice(_SYLLABLES, size))] = None
        if len(made) in KNOWN.values():
            made[next(word for word, rank in KNOWN.items() if rank == len(made))] = None
    return np.array(list(made), object)


def speeches(tokens: int, seed: int = 1949) -> pd.DataFrame:
    """Return a table of speeches: ``doc_id``, ``date``, ``speaker``, ``text``.

    Parameters
    ----------
    tokens : int
        Words in all, about.
    seed : int
    """
    rng = np.random.default_rng(seed)
    known, phrases = vocabulary(rng), terms()
    chances = 1 / np.arange(2.7, 2.7 + _TYPES)
    edges = np.cumsum(chances / chances.sum())
    rows = []
    for number in range(max(1, tokens // _WORDS)):
        size = int(rng.geometric(1 / _WORDS))
        said = known[np.minimum(np.searchsorted(edges, rng.random(size)), _TYPES - 1)].tolist()
        for at in np.flatnonzero(rng.random(size) < 1 / 300).tolist():
            said[at] = phrases[int(rng.zipf(1.6)) % len(phrases)]
        text = " ".join(
            " ".join(said[at : at + _SENTENCE]).capitalize() + "."
            for at in range(0, size, _SENTENCE)
        )
        speaker = f"Speaker {min(int(rng.zipf(1.3)), _SPEAKERS)}"
        day = np.datetime64("2010-01-01") + number % 4_000
        rows.append((f"d{number:07d}", str(day), speaker, text))
    return pd.DataFrame(rows, columns=["doc_id", "date", "speaker", "text"])


def stories(tokens: int, folder: Path, seed: int = 1949) -> int:
    """Write press stories that differ in their names: the composed ones, again and again.

    Returns
    -------
    int
        How many.
    """
    import re

    rng = np.random.default_rng(seed)
    composed = sorted((CODEBOOK.parent / "demo").glob("press_*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in composed]
    names = [first + last for first in ("Har", "Mor", "Wal", "Bren", "Kirk", "Lang")
             for last in ("well", "ton", "ley", "ford", "wick", "by", "den")]  # fmt: skip
    folder.mkdir(parents=True, exist_ok=True)
    number = done = 0
    while done < tokens:
        text = texts[number % len(texts)]
        own = sorted(set(re.findall(r"(?<=[a-z,] )[A-Z][a-z]{3,}\b", text)))
        new = dict(zip(own, rng.choice(names, len(own)).tolist(), strict=True))
        text = re.sub(r"\b[A-Z][a-z]{3,}\b", lambda word, new=new: new.get(word[0], word[0]), text)
        (folder / f"story_{number:06d}.txt").write_text(text, encoding="utf-8")
        done += len(text.split())
        number += 1
    return number


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--tokens", default="1M", help="such as 300k, 1M, 10M")
    parser.add_argument("--out", type=Path, help="a CSV, or Parquet by its name")
    parser.add_argument("--press", type=Path, metavar="FOLDER", help="write press stories here")
    asked = parser.parse_args()
    if asked.out:
        table = speeches(words(asked.tokens))
        table.to_parquet(asked.out) if asked.out.suffix == ".parquet" else table.to_csv(
            asked.out, index=False
        )
    if asked.press:
        stories(words(asked.tokens), asked.press)


if __name__ == "__main__":
    main()

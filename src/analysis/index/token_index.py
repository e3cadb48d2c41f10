"""The token index: a corpus as arrays, built once, opened in milliseconds, asked ever after.

Words are numbers in the order of the alphabet, utterances are runs of words, and every word has
a list of its places. The text stays as it came, in one buffer, so that every place can be shown.
An index on disk is opened memory-mapped: nothing is read before it is asked for.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import regex

from analysis.index.arrow_columns import leading_bytes, rows_of
from analysis.index.build import LONG
from analysis.index.oddities import bare
from analysis.text.words import WORD, fold

_WORD = regex.compile(WORD)


@dataclass(frozen=True, eq=False)
class TokenIndex:
    """A corpus as arrays; made by :mod:`analysis.index.store`.

    Parameters
    ----------
    text : numpy.ndarray of uint8
        All utterances one after another, in UTF-8.
    text_offset, token_offset : numpy.ndarray of int64, (utterances + 1,)
        Where each utterance begins in ``text`` and among the words.
    start : numpy.ndarray of uint32, (words,)
        First byte of each word, counted from the start of its utterance.
    length : numpy.ndarray of uint8, (words,)
        Bytes of each word; 255 for that or more.
    word : numpy.ndarray of int32, (words,)
        Row of ``vocabulary``.
    word_offset, posting : numpy.ndarray
        The places of word ``w`` are ``posting[word_offset[w]:word_offset[w + 1]]``, in order.
    speaker, document : numpy.ndarray of int32, (utterances,)
        Rows of ``speakers`` and ``documents``.
    vocabulary, speakers, documents : pyarrow.LargeStringArray
        Folded words, names and identifiers, each in the order of their characters.
    joined : numpy.ndarray of uint8, (words,)
        1 where the next word follows as in a phrase: after white space, in the same utterance.
    odd_begin, odd_end : numpy.ndarray of int64
        Stretches of ``text`` in which a codebook may see other words; see
        :mod:`analysis.index.oddities`.
    part, part_word, part_begin, part_end, part_stop : arrays
        The parts of words with a hyphen, and words without their ``'s``, in order: the part, the
        row of its word, its bytes in it, and where the last part of the word ends.
    said_offset, said_word, said_count : arrays
        The words of speaker ``s`` and how often each was said, in the order of the vocabulary:
        the rows ``said_offset[s]:said_offset[s + 1]``.
    metadata : pyarrow.Table
        The other columns of the source, a row for each utterance.
    occurrences : pyarrow.Table or None
        What :func:`analysis.index.spans.find_in_index` found with the codebook it was built
        with.
    """

    text: np.ndarray
    text_offset: np.ndarray
    token_offset: np.ndarray
    start: np.ndarray
    length: np.ndarray
    word: np.ndarray
    word_offset: np.ndarray
    posting: np.ndarray
    speaker: np.ndarray
    document: np.ndarray
    joined: np.ndarray
    odd_begin: np.ndarray
    odd_end: np.ndarray
    vocabulary: pa.LargeStringArray
    speakers: pa.LargeStringArray
    documents: pa.LargeStringArray
    part: pa.LargeStringArray
    part_word: np.ndarray
    part_begin: np.ndarray
    part_end: np.ndarray
    part_stop: np.ndarray
    said_offset: np.ndarray
    said_word: np.ndarray
    said_count: np.ndarray
    metadata: pa.Table
    occurrences: pa.Table | None = None

    @property
    def tokens(self) -> int:
        """Number of words."""
        return len(self.word)

    @cached_property
    def counts(self) -> np.ndarray:
        """Occurrences of every word of the vocabulary, int64."""
        return np.diff(self.word_offset)

    @cached_property
    def exposure(self) -> np.ndarray:
        """Words of every utterance, int64."""
        return np.diff(self.token_offset)

    @cached_property
    def utterance(self) -> np.ndarray:
        """Number of every utterance within its document, from 0."""
        return pd.Series(self.document).groupby(self.document).cumcount().to_numpy()

    @cached_property
    def texts(self) -> pa.LargeStringArray:
        """The text of every utterance."""
        buffers = map(pa.py_buffer, (self.text_offset, self.text))
        return pa.LargeStringArray.from_buffers(len(self.document), *buffers)

    @cached_property
    def odd_letters(self) -> tuple[str, np.ndarray]:
        """The letters of every odd clause, bare of all else, and where each clause begins."""
        spans = zip(self.odd_begin.tolist(), self.odd_end.tolist(), strict=True)
        clauses = [bare(self.text[a:b].tobytes().decode()) for a, b in spans]
        return "\n".join(clauses), np.cumsum([0, *(len(clause) + 1 for clause in clauses)])

    @cached_property
    def word_bytes(self) -> np.ndarray:
        """The bytes of every word of the vocabulary, int64."""
        return pc.binary_length(self.vocabulary).to_numpy(zero_copy_only=False)

    @cached_property
    def plans(self) -> dict[tuple[str, ...], tuple[list, Any]]:
        """What is known of the phrases asked for so far; see :mod:`analysis.index.phrases`."""
        return {}

    @cached_property
    def part_keys(self) -> tuple[np.ndarray, np.ndarray]:
        """Where each part begins, word and byte in one number, and where one after it would."""
        word = self.part_word.astype(np.int64) << 32
        return word | self.part_begin, word | self.part_end + 1

    @cached_property
    def _vocabulary_keys(self) -> np.ndarray:
        return leading_bytes(self.vocabulary)

    @cached_property
    def _part_keys(self) -> np.ndarray:
        return leading_bytes(self.part)

    def vocabulary_rows(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Return the rows of folded words in the vocabulary, each as a half-open range."""
        return rows_of(self.vocabulary, self._vocabulary_keys, words)

    def part_rows(self, words: Sequence[str]) -> list[tuple[int, int]]:
        """Return the rows of folded words among the parts, each as a half-open range."""
        return rows_of(self.part, self._part_keys, words)

    def number(self, word: str) -> int | None:
        """Return the row of a word in the vocabulary, folded first; None where it never occurs."""
        low, high = self.vocabulary_rows([fold(word)])[0]
        return low if high > low else None

    def places(self, number: int) -> np.ndarray:
        """Return the places of a word of the vocabulary, in order."""
        return self.posting[self.word_offset[number] : self.word_offset[number + 1]]

    def rows(self, places: np.ndarray) -> np.ndarray:
        """Return the utterance (row) of each of some places."""
        return np.searchsorted(self.token_offset, places, side="right") - 1

    def begins(self, places: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Return the first byte in ``text`` of the words at some places of known rows."""
        return self.text_offset.take(rows) + self.start.take(places)

    def ends(self, places: np.ndarray, rows: np.ndarray) -> np.ndarray:
        """Return the byte in ``text`` after the words at some places of known rows."""
        lengths = self.length[places].astype(np.int64)
        for i in np.flatnonzero(lengths == LONG).tolist():
            # The length of a giant is not kept: measure it where it stands.
            begin = int(self.begins(places[i], rows[i]))
            after = self.text[begin : int(self.text_offset[rows[i] + 1])].tobytes().decode()
            lengths[i] = len(_WORD.match(after)[0].encode())
        return self.begins(places, rows) + lengths

    def text_of(self, row: int) -> str:
        """Return the text of an utterance."""
        return self.text[self.text_offset[row] : self.text_offset[row + 1]].tobytes().decode()

"""To NLTK and back: its corpus readers in, its texts and frequency tables out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from analysis.errors import AnalysisError
from analysis.text.document import Document, from_spans
from analysis.text.words import fold, words

if TYPE_CHECKING:
    from nltk import ConditionalFreqDist, Text
    from nltk.corpus.reader.api import CorpusReader

    from analysis.corpus.corpus import Corpus


def is_reader(source: object) -> bool:
    """Return whether something is a corpus reader of NLTK's."""
    return hasattr(source, "fileids") and hasattr(source, "raw")


def documents_of(reader: CorpusReader) -> Iterator[Document]:
    """Read the files of a corpus reader of NLTK's, one document each.

    Parameters
    ----------
    reader : nltk.corpus.reader.api.CorpusReader
        Such as ``PlaintextCorpusReader(folder, r".*[.]txt")``.

    Yields
    ------
    Document
        Named by its file; all of it narration, until its voices are found.

    Raises
    ------
    AnalysisError
        If a file cannot be read as the reader says.
    """
    for name in reader.fileids():
        try:
            text = reader.raw(name)
        except (OSError, LookupError, UnicodeError) as error:
            raise AnalysisError(
                name, f"NLTK cannot read it ({error})", "a file of the reader's encoding"
            ) from None
        spans = [(0, 0, len(text), "", "", "narration")] if text else []
        yield from_spans(name, text, spans, {"title": name})


def nltk_texts(corpus: Corpus, *, by: str = "speaker") -> dict[str, Text]:
    """Give all that each speaker says as a text of NLTK's.

    Parameters
    ----------
    corpus : Corpus
    by : str, default "speaker"
        A column of ``corpus.utterances``, such as ``"group"``.

    Returns
    -------
    dict of str to nltk.Text
        By speaker, most words first: the words as this library cuts them, not folded. What
        nobody is known to say is left out.

    Raises
    ------
    AnalysisError
        If there is no such column.

    Examples
    --------
    >>> from analysis.corpus import Corpus
    >>> from analysis.text.document import from_turns
    >>> talk = Corpus.of([from_turns("talk", [("A", "They go dark."), ("B", "All dark.")])])
    >>> nltk_texts(talk)["A"].count("dark")
    1
    """
    import nltk

    said = {
        name: [word for text in texts for word in words(text)] for name, texts in _said(corpus, by)
    }
    return {
        name: nltk.Text(tokens, name=name)
        for name, tokens in sorted(said.items(), key=lambda item: (-len(item[1]), item[0]))
    }


def frequencies(corpus: Corpus, *, by: str = "group") -> ConditionalFreqDist:
    """Count the folded words of each group as NLTK's conditional frequency distribution.

    Parameters
    ----------
    corpus : Corpus
    by : str, default "group"
        A column of ``corpus.utterances``, such as ``"speaker"``.

    Returns
    -------
    nltk.ConditionalFreqDist
        One distribution per group. What is in no group is left out.

    Raises
    ------
    AnalysisError
        If there is no such column.

    Examples
    --------
    >>> from analysis.corpus import Corpus
    >>> from analysis.text.document import from_turns
    >>> talk = Corpus.of([from_turns("talk", [("A", "They go dark."), ("B", "All dark.")])])
    >>> frequencies(talk, by="speaker")["B"].most_common()
    [('all', 1), ('dark', 1)]
    """
    import nltk

    return nltk.ConditionalFreqDist(
        (name, fold(word))
        for name, texts in _said(corpus, by)
        for text in texts
        for word in words(text)
    )


def _said(corpus: Corpus, by: str) -> Iterator[tuple[str, list[str]]]:
    corpus = corpus.voiced()
    rows = corpus.utterances
    if by not in rows:
        raise AnalysisError("by", f"no column {by!r}", f"one of {', '.join(rows.columns)}")
    for name, part in rows[rows[by].fillna("") != ""].groupby(by, sort=True):
        spans = part[["document", "body", "end"]].itertuples(index=False)
        yield str(name), [corpus.texts[document][body:end] for document, body, end in spans]

"""Any other plain text: a speech, a statement, an essay."""

from __future__ import annotations

from analysis.readers import dates
from analysis.text.document import Document, from_spans

_LONGEST_TITLE = 200


def heading(text: str) -> str:
    r"""Return the first line, where it is short and does not end as a sentence does; else nothing.

    Examples
    --------
    >>> heading("On Locks\n\nA lock is a promise.\n"), heading("A lock is a promise.")
    ('On Locks', '')
    """
    first, _, rest = text.lstrip().partition("\n")
    first = " ".join(first.split())
    titled = 0 < len(first) <= _LONGEST_TITLE and not first.endswith((".", ",", ";", ":"))
    return first if titled and rest.strip() else ""


def read_text(document: str, text: str, where: str = "") -> Document:
    """Read a plain text as one utterance of narration.

    Parameters
    ----------
    document : str
        Identifier of the document.
    text : str
        The file as read; every offset counts in it.
    where : str, optional
        The file; taken for the sake of a common signature.

    Returns
    -------
    analysis.text.document.Document
        ``title`` and ``date`` in its metadata where the first lines give them.
    """
    del where
    metadata = {"kind": "text", **dates.first_date(text.split("\n")[:10], alone=True)}
    if title := heading(text):
        metadata["title"] = title
    return from_spans(document, text, [(0, 0, len(text), "", "", "narration")], metadata)

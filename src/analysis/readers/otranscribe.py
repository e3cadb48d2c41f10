"""What oTranscribe saves: a page of labelled turns with time stamps, within JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from analysis.readers import labelled, markup
from analysis.readers.press import lines
from analysis.text.document import Document


def is_otranscribe(content: Any) -> bool:
    """Return whether JSON is a transcript of oTranscribe: a page beside the name of a recording."""
    return (
        isinstance(content, Mapping)
        and isinstance(content.get("text"), str)
        and "<" in content["text"]
        and any(str(name).startswith("media") for name in content)
    )


def read(document: str, content: Mapping[str, Any], where: str) -> Document:
    """Read a transcript of oTranscribe; its time stamps are no words.

    Parameters
    ----------
    document, where : str
    content : mapping
        With ``text``, a page of paragraphs.

    Returns
    -------
    Document

    Examples
    --------
    >>> page = '<p>Ada: <span class="timestamp">0:01</span> Who?</p><p>Tom: Nobody.</p>'
    >>> read("talk", {"text": page, "media": "a.mp3"}, "").utterances["speaker"].tolist()
    ['Ada', 'Tom']
    """
    page = markup.page(where, content["text"])
    for stamp in page.xpath("//span[contains(@class, 'timestamp')]"):
        stamp.drop_tree()
    return labelled.read_text(document, lines(page), where, spoken=True)

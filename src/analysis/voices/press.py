"""Which documents are read for who speaks in them, and why the others are not."""

from __future__ import annotations

import re

from analysis.text.document import Document
from analysis.voices.authors import author
from analysis.voices.english.cues import VERBS
from analysis.voices.english.names import ROLES
from analysis.voices.english.predicates import HOLDING
from analysis.voices.english.wordlist import words
from analysis.voices.language import language

PRESS = words("news press story article blog opinion comment editorial column letter magazine")
"""Kinds of document whose voices are looked for."""

_ONE_VOICE = words(
    """filing speech address lecture statement testimony pleading brief paper report order ruling
    transcript hearing argument debate record interview podcast subtitles conversation tei talk"""
)
_MARKS = re.compile(r"[\"“”„«»‘「『＂]|''|``")
_WORD = re.compile(r"[A-Za-z]+")
_REPORTED = {"according", "statement", "spokesman", "spokeswoman", "spokesperson", *VERBS, *HOLDING}
_PAPER_REPORTS, _LONGEST_STORY = 150, 6000


def unread(document: Document) -> str:
    """Say why the voices in a document are not looked for.

    Parameters
    ----------
    document : Document

    Returns
    -------
    str
        A short sentence, empty where its voices are looked for or its labels say who speaks.

    Notes
    -----
    What the document's reader or its user says it is counts first: ``kind_given`` in the metadata
    (what a user said) over ``kind`` (what a reader or a table of documents says). Prose of no
    such kind, without labels, is press if it holds a quotation mark or a verb of reporting,
    whatever its headline. A speech, a pleading or a paper has one author, whose words they are
    whomever they quote; a paper of at most 6,000 words that reports as densely as news does is
    press. A language other than English has no rules here.

    Examples
    --------
    >>> from analysis.text.document import from_spans
    >>> text = "Die Ministerin sagte, dass das nicht der Plan sei."
    >>> unread(from_spans("d", text, [(0, 0, len(text), "", "", "narration")]))
    'written in German, for which there are no rules: terms are counted, speakers not found'
    """
    if labelled(document):
        return ""
    told = document.metadata.get("kind_given", "")
    kind = (told or document.metadata.get("kind", "")).strip().lower()
    text = document.text
    if (told and kind not in PRESS) or (
        _ONE_VOICE & {*kind.split()} and not _short_news(kind, text)
    ):
        return f"read as one author's {kind}: whom it quotes is not looked for"
    rows = document.columns
    modes = zip(rows["mode"], rows["speaker"], strict=True)
    if any(mode == "narration" and speaker != "" for mode, speaker in modes):
        return "its author is known: whom it quotes is not looked for"
    written = language(text)
    if written != "English":
        return (
            f"written in {written}, for which there are no rules: "
            "terms are counted, speakers not found"
        )
    if kind not in PRESS and not _reports(text) and not author(document):
        return "nothing in it is quoted or reported"
    return ""


def is_press(document: Document) -> bool:
    """Return whether a document's voices are to be found, rather than printed as labels.

    Examples
    --------
    >>> from analysis.text.document import from_spans
    >>> text = "The plan is unlawful, Ann Moss said."
    >>> is_press(from_spans("d", text, [(0, 0, len(text), "", "", "narration")], {"kind": "text"}))
    True
    """
    return not labelled(document) and not unread(document)


def labelled(document: Document) -> bool:
    """Say whether labels tell who speaks; a user's word makes a whole text under a byline press.

    Examples
    --------
    >>> from analysis.text.document import from_turns
    >>> labelled(from_turns("d", [("MS. MOSS", "No.")]))
    True
    """
    given = document.metadata.get("kind_given", "").strip().lower()
    modes = document.columns["mode"]
    if given in PRESS and len(modes) == 1:
        return False
    return "turn" in modes


def _reports(text: str) -> bool:
    """Say whether a text holds a quotation mark or a form of a verb of reporting."""
    return (
        bool(_MARKS.search(text))
        or _headed(text)
        or any(match.group().lower() in _REPORTED for match in _WORD.finditer(text))
    )


def _headed(text: str) -> bool:
    """Say whether the first line is a headline that says who speaks: «Home secretary: …»."""
    head, colon, rest = text.lstrip().partition("\n")[0].partition(": ")
    last = head.lower().split()[-1:]
    return bool(colon and rest) and len(head.split()) < 7 and bool(ROLES.intersection(last))


def _short_news(kind: str, text: str) -> bool:
    """Say whether what a reader took for a paper reports what people say as a story does."""
    if kind != "paper":
        return False
    count = len(text.split())
    said = len(re.findall(r"\b(?:said|says|told|according to)\b", text))
    return count <= _LONGEST_STORY and said * _PAPER_REPORTS >= count

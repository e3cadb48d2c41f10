"""CHAT, the transcripts of TalkBank and CHILDES: the words of the main lines, without the codes."""

from __future__ import annotations

import re
from datetime import datetime

from analysis.errors import AnalysisError
from analysis.readers.turns import Turn, compose
from analysis.text.document import Document

_CONTINUED = re.compile(r"\r?\n[\t ]+")
_BULLET = re.compile(r"\x15[^\x15\n]*\x15?|•[\d_]+•")
_BRACKETS = re.compile(r"\[[^\[\]]*\]")
_UNSAID = re.compile(
    r"(?:&[=+~\-*]?\S*|\+\S*|0\S*|[#‡„↑↓≠]+|\((?:\.+|[\d.:]+)\)|(?:xxx|yyy|www|xx|yy)(?:@\S+)?)"
)
_MARKS = re.compile(r"[<>‹›⌈⌉⌊⌋∆°▔▁☺♋⁇∬Ϋ∾↗↘→↫^≈“”\"]|(?<=\w):+(?=\w|\s|$)")
_PUNCTUATION = re.compile(r"[.?!,;]+")


def is_chat(text: str) -> bool:
    """Return whether a text opens with the headers of CHAT."""
    opening = text[:2000].lstrip("\ufeff")
    return opening.startswith(("@UTF8", "@Begin")) and "@Begin" in opening


def read_text(document: str, text: str, where: str = "") -> Document:
    r"""Read a CHAT transcript: each main line a turn of its participant.

    Headers, dependent tiers (``%mor`` and others) and codes are left out: what was retraced stays,
    as it was said; pauses, events, fragments, fillers and what was unintelligible go.

    Parameters
    ----------
    document : str
    text : str
    where : str, optional
        The file, for the error message.

    Returns
    -------
    analysis.text.document.Document
        The speaker is the participant's code, the ``affiliation`` the role.

    Raises
    ------
    AnalysisError
        If no main line has words.

    Examples
    --------
    >>> made = read_text("d", "@Begin\n*MOT:\twho &-uh reads [/] reads (be)cause (.) ?\n@End\n")
    >>> made.text, made.utterances["speaker"].tolist()
    ('who reads reads because ?', ['MOT'])
    """
    roles: dict[str, str] = {}
    metadata = {"kind": "transcript"}
    turns = []
    for line in _CONTINUED.sub(" ", text).splitlines():
        head, _, rest = line.partition(":")
        if head == "@Participants":
            roles |= {
                words[0]: " ".join(words[1:]).replace("_", " ")
                for part in rest.split(",")
                if (words := part.split())
            }
        elif head == "@Date" and (day := _iso(rest.strip())):
            metadata["date"] = day
        elif head in {"@Title", "@Situation"} and rest.strip():
            metadata.setdefault("title", " ".join(rest.split()))
        elif line.startswith("*") and (said := _words(rest)):
            code = head[1:].strip()
            turns.append(Turn(code, said, affiliation=roles.get(code, "")))
    if not turns:
        raise AnalysisError(
            where or document, "CHAT without a main line", "lines as '*MOT:\twe met .'"
        )
    return compose(document, turns, metadata)


def _words(line: str) -> str:
    line = _BULLET.sub(" ", line)
    while (bare := _BRACKETS.sub(" ", line)) != line:
        line = bare
    kept = []
    for token in line.split():
        word = _MARKS.sub("", token)
        if not word or _UNSAID.fullmatch(word):
            continue
        word = re.sub(r"(?<=\w)@\w.*|(?<=\w)\$\w+", "", word)
        kept.append(re.sub(r"[()]", "", word).replace("_", " "))
    return " ".join(kept) if any(not _PUNCTUATION.fullmatch(word) for word in kept) else ""


def _iso(printed: str) -> str:
    try:
        return datetime.strptime(printed.title(), "%d-%b-%Y").date().isoformat()
    except ValueError:
        return ""

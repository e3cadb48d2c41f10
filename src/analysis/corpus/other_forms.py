"""One sitting in several forms: told by the names of files and by their words, and read once."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from analysis.corpus.near_duplicates import near_duplicates
from analysis.text.document import Document

_ENDINGS = (".ana.xml", ".txt", ".conllu", ".vert", "-meta.tsv", "-meta-en.tsv")
_LEAST = 0.9
_OPENING = 2000


def why_not(path: Path) -> str:
    """Return why a file is not read: it is another form of a sitting in TEI beside it.

    Examples
    --------
    >>> why_not(Path("nowhere/ParlaMint-XX_2021-03-01.ana.xml"))
    ''
    """
    ending = next((one for one in _ENDINGS if path.name.endswith(one)), "")
    stem = path.name.removesuffix(ending)
    if not ending or not stem:
        return ""
    for other in (f"{stem}.xml", f"{stem}.ana.xml"):
        beside = path.with_name(other)
        if other != path.name and _is_tei(beside):
            return f"another form of {other}, which is read"
    # Words one a line beside the plain text, or the table of who speaks in it.
    if ending in {".vert", ".conllu"} and path.with_name(f"{stem}.txt").is_file():
        return f"another form of {stem}.txt, which is read"
    if ending.startswith("-meta"):
        if path.with_name(f"{stem}.txt").is_file():
            return f"about {stem}.txt: who speaks in it is used"
        if stem.startswith("ParlaMint-"):
            return f"about {stem}, the text of which is not here"
    return ""


def _is_tei(path: Path) -> bool:
    try:
        with path.open("rb") as file:
            return b"<TEI" in file.read(_OPENING)
    except OSError:
        return False


def sitting(path: Path) -> Path:
    """Return what files have in common that may be forms of one text: their name up to a dot.

    Examples
    --------
    >>> sitting(Path("a/day.ana.xml")).as_posix()
    'a/day'
    """
    return path.with_name(path.name.split(".")[0]) if path.name.strip(".") else path


def said_again(documents: Sequence[Document], paths: Mapping[str, str]) -> dict[str, str]:
    """Return the documents that say again what another file of the same name says.

    Parameters
    ----------
    documents : sequence of Document
    paths : mapping of str to str
        The file of each.

    Returns
    -------
    dict of str to str
        By document, why it is left out. Of two forms the one that knows more speakers is kept,
        of two that know as many the first.
    """
    several: dict[Path, list[Document]] = defaultdict(list)
    count: dict[str, int] = defaultdict(int)
    for document in documents:
        count[paths[document.document]] += 1
    for document in documents:
        path = Path(paths[document.document])
        # A table of many documents is no form of one of them.
        if count[paths[document.document]] == 1:
            several[sitting(path)].append(document)
    left: dict[str, str] = {}
    for group in several.values():
        if len(group) < 2:
            continue
        known = {document.document: _speakers(document) for document in group}
        order = sorted(group, key=lambda one: -known[one.document])
        texts = {one.document: _said(one) for one in order}
        pairs = near_duplicates(texts, least=_LEAST)
        for first, second in zip(pairs["document"], pairs["other"], strict=True):
            if first not in left and paths[first] != paths[second]:
                shown = Path(paths[first]).name
                left.setdefault(second, f"another form of {shown}, which is read")
    return left


def _speakers(document: Document) -> int:
    return len({name for name in document.columns["speaker"] if name != ""})


def _said(document: Document) -> str:
    rows = document.columns
    return " ".join(
        document.text[body:end] for body, end in zip(rows["body"], rows["end"], strict=True)
    )

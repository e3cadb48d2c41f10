"""ELAN's annotations (EAF): the words of the tiers that are aligned with time, in its order."""

from __future__ import annotations

from lxml import etree

from analysis.errors import AnalysisError
from analysis.readers.turns import Turn, compose, tidy
from analysis.text.document import Document


def is_elan(root: etree._Element) -> bool:
    """Return whether XML is an ELAN file."""
    return root.tag == "ANNOTATION_DOCUMENT"


def read(document: str, root: etree._Element, where: str = "") -> Document:
    """Read the annotations in the order of time, each a turn of its tier's participant.

    A tier that hangs on another (a translation, a gloss, words cut out of it) is left aside, and
    the notes name it.

    Parameters
    ----------
    document : str
    root : lxml.etree._Element
        ``ANNOTATION_DOCUMENT``.
    where : str, optional
        The file, for the error message.

    Returns
    -------
    analysis.text.document.Document

    Raises
    ------
    AnalysisError
        If no annotation on an independent tier has words.
    """
    times: dict[str, tuple[int, int]] = {}
    for number, slot in enumerate(root.iter("TIME_SLOT")):
        value = slot.get("TIME_VALUE", "")
        # Slots stand in the order of time, with or without one of their own.
        last = next(reversed(times.values()), (0, 0))[0]
        known = value.isascii() and value.isdigit()
        times[slot.get("TIME_SLOT_ID", "")] = (int(value[:15]) if known else last, number)
    found = []
    aside = []
    for tier in root.iter("TIER"):
        name = tier.get("PARTICIPANT", "").strip() or tier.get("TIER_ID", "").strip()
        if tier.get("PARENT_REF"):
            aside.append(tier.get("TIER_ID", ""))
            continue
        for annotation in tier.iter("ALIGNABLE_ANNOTATION"):
            said = tidy(annotation.findtext("ANNOTATION_VALUE") or "")
            if said:
                found.append((times.get(annotation.get("TIME_SLOT_REF1", ""), (0, 0)), name, said))
    if not found:
        raise AnalysisError(where or document, "ELAN without annotations", "a tier with words")
    found.sort(key=lambda item: item[0])
    made = compose(document, [Turn(name, said) for _, name, said in found], {"kind": "transcript"})
    notes = (f"tiers that hang on others, not read: {', '.join(aside)}",) if aside else ()
    return Document(document, made.text, made.columns, made.metadata, notes)

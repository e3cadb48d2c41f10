"""Labels that say more than a name: ``ADA ARDEN, CHAIR``, ``The Chair (Ada Arden)``."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from analysis.readers.labels import Shape, shape_of
from analysis.text.document import Document

_LONG_FORM = re.compile(
    r"(?P<name>[^(),\[\]]+?)\s*(?:\((?P<aside>[^()]*)\)(?:\s*\((?P<more>[^()]*)\))?"
    r"|\[(?P<seat>[^\[\]]*)\]|,\s*(?P<role>.+))"
)
_MANNER = 4
_AND = re.compile(r"(?:and|und|et|y|e|en|og|och|i|и|та|&)\s", re.IGNORECASE)


def people(labels: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Return for each long form who it is, and what else it says of that person.

    A long form is that of a label that the file has as well: ``ADA ARDEN, CHAIR`` and ``Tom Bell
    (Linden) (Lab)`` hold the name before what they add, ``The Chair (Ada Arden)`` in brackets.
    A name with several long forms in one file is left as it is, but for how something is said:
    ``Maria [laughs]``. ``B1, B3`` are two people, ``ADA ARDEN, TOM BELL AND IDA MOSS`` three.

    Examples
    --------
    >>> people(["Tom Bell (Linden) (Lab)", "Tom Bell", "The Chair (Ada Arden)", "Ada Arden"])
    {'Tom Bell (Linden) (Lab)': ('Tom Bell', 'Linden, Lab'), 'The Chair (Ada Arden)': \
('Ada Arden', 'The Chair')}
    """
    known = dict.fromkeys(labels)
    longer = {label: found for label in known if (found := _LONG_FORM.fullmatch(label))}
    told = {}
    manners = set()
    for label, found in longer.items():
        role = found["role"] or ""
        if role and (shape_of(role) == Shape.SHORT or _names_others(role, known)):
            continue
        if found["name"] in known:
            asides = ", ".join(filter(None, (found["aside"], found["more"], found["seat"])))
            told[label] = found["name"], asides or found["role"] or ""
            if asides.islower() and len(asides.split()) <= _MANNER:
                manners.add(label)
        elif found["aside"] in known and not found["more"]:
            told[label] = found["aside"], found["name"]
    names = Counter(one[0] for label, one in told.items() if label not in manners)
    return {label: one for label, one in told.items() if label in manners or names[one[0]] == 1}


def _names_others(role: str, known: Iterable[str]) -> bool:
    """Return whether what stands behind a name and a comma are more names, and no role."""
    return bool(_AND.match(role)) or any(re.search(rf"\b{re.escape(one)}\b", role) for one in known)


def merged(document: Document) -> Document:
    """Give a label with a role beside the name to the same speaker's plain label, if there is one.

    ``ADA ARDEN, CHAIR:`` and ``Ada Arden (she/her):`` are the speaker of ``ADA ARDEN:`` and
    ``Ada Arden:`` where the file has those too and no other long form of them.
    """
    short = people(document.columns["speaker"])
    if not short:
        return document
    rows = document.columns
    roles = [short[label][1] if label in short else "" for label in rows["label"]]
    speakers = [short[label][0] if label in short else label for label in rows["speaker"]]
    rows = {**rows, "speaker": speakers, "affiliation": roles, "group": [""] * len(roles)}
    return Document(document.document, document.text, rows, document.metadata, document.notes)

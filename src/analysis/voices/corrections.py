"""A reader's corrections of attributions: a small CSV beside the text, and it wins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from analysis.voices.english.assemble import Attribution, kind
from analysis.voices.english.reporting import Span
from analysis.voices.quotation_marks import quotations

COLUMNS = ("document", "quote", "speaker", "action")
ACTIONS = ("speaker", "attribute", "remove")


@dataclass(frozen=True, slots=True)
class Correction:
    """One line of the file: what to do with the attribution that holds some words.

    ``quote`` are words of the text, written exactly but for white space, that occur once in it;
    ``action`` is ``speaker`` (the attribution that holds them is by ``speaker``), ``attribute``
    (these words are ``speaker``'s, whatever the engine found) or ``remove`` (nobody's but the
    reporter's).
    """

    document: str
    quote: str
    speaker: str
    action: str
    line: int


@dataclass
class Corrections:
    """The corrections of a file, and those that no longer match.

    Attributes
    ----------
    items : tuple of Correction
    unmatched : list of str
        Filled by :meth:`apply`: one sentence for every correction that found no place.
    """

    where: str
    items: tuple[Correction, ...]
    unmatched: list[str] = field(default_factory=list)

    def apply(
        self, document: str, text: str, attributions: Sequence[Attribution]
    ) -> tuple[Attribution, ...]:
        """Correct the attributions of one document.

        Parameters
        ----------
        document : str
            Its identifier; only its own corrections are applied.
        text : str
        attributions : sequence of Attribution

        Returns
        -------
        tuple of Attribution
            Corrected ones say ``corrected`` as their rule. Contents stay disjoint.
        """
        held = list(attributions)
        for item in self.items:
            if item.document != document:
                continue
            places = _places(text, item.quote)
            if len(places) != 1:
                found = "nowhere" if not places else f"{len(places)} times"
                self._report(item, f"{item.quote!r} stands {found} in the text, expected once")
                continue
            over = [number for number, a in enumerate(held) if _overlaps(places[0], a.content)]
            if item.action == "speaker":
                if not over:
                    self._report(item, f"{item.quote!r} is attributed to nobody")
                for number in over:
                    held[number] = replace(
                        held[number], speaker=item.speaker, rule="corrected", confidence=1.0
                    )
                continue
            if item.action == "remove" and not over:
                self._report(item, f"{item.quote!r} is attributed to nobody already")
            held = _without(text, held, places[0])
            if item.action == "attribute":
                content = (places[0],)
                held.append(
                    Attribution(
                        content,
                        (),
                        (),
                        kind(quotations(text), text, content),
                        "corrected",
                        item.speaker,
                    )
                )
        return tuple(sorted(held, key=lambda a: a.content))

    def _report(self, item: Correction, problem: str) -> None:
        message = f"{self.where}, line {item.line}: {problem}"
        if message not in self.unmatched:
            self.unmatched.append(message)


def _places(text: str, quote: str) -> list[Span]:
    """Return where words stand in a text, any white space for any other."""
    flat: list[str] = []
    offsets: list[int] = []
    space = True
    for offset, sign in enumerate(text):
        if sign.isspace():
            if not space:
                flat.append(" ")
                offsets.append(offset)
            space = True
            continue
        space = False
        flat.append(sign)
        offsets.append(offset)
    joined, wanted = "".join(flat), " ".join(quote.split())
    found: list[Span] = []
    at = joined.find(wanted)
    while at >= 0:
        found.append((offsets[at], offsets[at + len(wanted) - 1] + 1))
        at = joined.find(wanted, at + 1)
    return found


def _overlaps(span: Span, content: Sequence[Span]) -> bool:
    return any(a < span[1] and span[0] < b for a, b in content)


def _without(text: str, attributions: Sequence[Attribution], span: Span) -> list[Attribution]:
    """Return the attributions with a span taken out of their contents."""
    kept: list[Attribution] = []
    quotes = None
    for item in attributions:
        if not _overlaps(span, item.content):
            kept.append(item)
            continue
        content: list[Span] = []
        for a, b in item.content:
            content += [s for s in ((a, min(b, span[0])), (max(a, span[1]), b)) if s[0] < s[1]]
        content = [s for s in content if any(map(str.isalnum, text[s[0] : s[1]]))]
        if content:
            quotes = quotations(text) if quotes is None else quotes
            kept.append(replace(item, content=tuple(content), kind=kind(quotes, text, content)))
    return kept

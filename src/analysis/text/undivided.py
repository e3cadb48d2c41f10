"""Scripts that put no space between words, in which a run of letters is no word but a clause."""

from __future__ import annotations

import regex

STATEMENT = (
    "In texts in {scripts} the words are not divided by spaces: there a word of the counts is a "
    "run of letters, mostly a clause, and rates per word are not comparable with those of other "
    "texts."
)
"""What a report and a methods section say, with the names of the scripts."""

_SCRIPTS = {
    "Chinese or Japanese": r"[\p{Han}\p{Hiragana}\p{Katakana}]",
    "Thai": r"\p{Thai}",
    "Lao": r"\p{Lao}",
    "Khmer": r"\p{Khmer}",
    "Burmese": r"\p{Myanmar}",
    "Tibetan": r"\p{Tibetan}",
}
_ANY = regex.compile(f"(?:{'|'.join(_SCRIPTS.values())})")
_EACH = {name: regex.compile(script) for name, script in _SCRIPTS.items()}
_LETTER = regex.compile(r"\p{L}")
_LEAST = 0.2
_SAMPLE = 20_000


def scripts(text: str) -> tuple[str, ...]:
    """Return the scripts without spaces that a good part of a text is written in.

    Examples
    --------
    >>> scripts("だれが名簿を読むのか。"), scripts("Who reads the list?")
    (('Chinese or Japanese',), ())
    """
    text = text[:_SAMPLE]
    if text.isascii() or not _ANY.search(text):
        return ()
    least = _LEAST * len(_LETTER.findall(text))
    return tuple(name for name, one in _EACH.items() if len(one.findall(text)) > least)


def statement(text: str) -> str:
    """Return what is to be said of a text whose words are not divided; empty for the others."""
    found = scripts(text)
    return STATEMENT.format(scripts=" and ".join(found)) if found else ""

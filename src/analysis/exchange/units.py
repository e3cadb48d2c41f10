"""Places in a text as other programs count them."""

from __future__ import annotations


def utf16_places(text: str) -> list[int]:
    """Return the place of each character, and of the end, in UTF-16 units.

    Examples
    --------
    >>> utf16_places("a😀b")
    [0, 1, 3, 4]
    """
    places = [0]
    for character in text:
        places.append(places[-1] + (2 if ord(character) > 0xFFFF else 1))
    return places

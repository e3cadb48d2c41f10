"""How much two pictures differ, as numbers and as a picture of the places."""

from __future__ import annotations

import io
from typing import NamedTuple

import numpy as np
from PIL import Image


class PixelDifference(NamedTuple):
    """What differs between two pictures of one size.

    Parameters
    ----------
    share : float
        Share of pixels that differ in any channel, 0 to 1.
    pixels : int
        Their number.
    level : int
        Greatest difference of a channel, 0 to 255.
    box : tuple of int
        Left, top, right, bottom of the smallest box around them, right and bottom excluded.
    """

    share: float
    pixels: int
    level: int
    box: tuple[int, int, int, int]


def read_png(content: bytes) -> np.ndarray:
    """Return a PNG's pixels as height × width × 4 (uint8, RGBA).

    Raises
    ------
    OSError
        If it is no picture.
    """
    with Image.open(io.BytesIO(content)) as picture:
        return np.asarray(picture.convert("RGBA"))


def compare_pixels(first: np.ndarray, second: np.ndarray) -> PixelDifference | None:
    """Measure how two pictures of one size differ; None if they do not.

    Parameters
    ----------
    first, second : numpy.ndarray of uint8
        Height × width × channels.

    Returns
    -------
    PixelDifference or None

    Examples
    --------
    >>> first = np.zeros((2, 5, 3), np.uint8)
    >>> second = first.copy()
    >>> second[1, 4] = 0, 7, 0
    >>> compare_pixels(first, second)
    PixelDifference(share=0.1, pixels=1, level=7, box=(4, 1, 5, 2))
    """
    apart = np.abs(first.astype(np.int16) - second.astype(np.int16)).max(axis=2)
    rows, columns = np.nonzero(apart)
    if not len(rows):
        return None
    left, top, right, bottom = columns.min(), rows.min(), columns.max() + 1, rows.max() + 1
    box = (int(left), int(top), int(right), int(bottom))
    share = len(rows) / apart.size
    return PixelDifference(share, len(rows), int(apart.max()), box)


def difference_png(first: bytes, second: bytes) -> bytes | None:
    """Draw the first picture faintly and, in red, every pixel that differs in the second.

    Returns
    -------
    bytes or None
        A PNG; None if either is no picture, or their sizes differ.
    """
    try:
        one, two = read_png(first), read_png(second)
    except Exception:  # a tampered file may break its reader in any way
        return None
    if one.shape != two.shape:
        return None
    apart = (one != two).any(axis=2)
    # One pixel at 300 dots an inch is invisible on a screen: each gets a square of nine around it.
    wide = apart.copy()
    for _ in range(4):
        wide[1:] |= wide[:-1].copy()
        wide[:-1] |= wide[1:].copy()
        wide[:, 1:] |= wide[:, :-1].copy()
        wide[:, :-1] |= wide[:, 1:].copy()
    grey = 255 - (255 - one[..., :3].mean(axis=2)) * 0.3
    drawn = np.repeat(grey[..., None], 3, axis=2).astype(np.uint8)
    drawn[wide] = 200, 0, 0
    sink = io.BytesIO()
    Image.fromarray(drawn).save(sink, "PNG", optimize=True)
    return sink.getvalue()

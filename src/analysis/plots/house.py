"""The one place where an author sets width, type, palette and the language of labels.

The suite's own choice is `house.toml` beside this file; `figures/style.toml` of a project
overrides any line of it.
"""

from __future__ import annotations

import re
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.ticker import FixedLocator

from analysis.errors import AnalysisError
from analysis.storage import project

OWN = Path("figures") / "style.toml"


def read_house(path: str | Path | None = None) -> dict[str, dict]:
    """Read the house style, with what an author has changed of it.

    Parameters
    ----------
    path : str or path-like, optional
        The author's file; ``figures/style.toml`` of the project if left out, where there is one.

    Returns
    -------
    dict of str to dict
        The tables ``width``, ``type``, ``colours`` and ``labels`` of `house.toml`.

    Raises
    ------
    AnalysisError
        If the author's file is not TOML, names what is not in the style, or gives it a value of
        another kind; the table and the key are named.

    Examples
    --------
    >>> read_house()["width"]["one_column"]
    89.0
    """
    default = resources.files("analysis.plots").joinpath("house.toml").read_text(encoding="utf-8")
    house = tomllib.loads(default)
    path = Path(path) if path else _own()
    if path is None or not path.is_file():
        return house
    try:
        changed = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AnalysisError(path, f"not TOML ({error})") from None
    for table, values in changed.items():
        if table not in house or not isinstance(values, dict):
            raise AnalysisError(path, f"[{table}]", f"one of the tables {', '.join(house)}")
        for key, value in values.items():
            _check(path, table, key, value, house[table])
        house[table] |= values
    return house


def _own() -> Path | None:
    try:
        return project.root() / OWN
    except AnalysisError:
        return None


def _check(path: Path, table: str, key: str, value: Any, known: dict) -> None:
    where = f"{path}, [{table}] {key}"
    if table == "labels":
        if not isinstance(value, str):
            raise AnalysisError(where, repr(value), "the words to print instead")
        return
    if key not in known:
        raise AnalysisError(where, "no such setting", f"one of {', '.join(known)}")
    if isinstance(known[key], float):
        if isinstance(value, bool) or not isinstance(value, int | float) or not value > 0:
            raise AnalysisError(where, repr(value), "a number above 0")
    elif isinstance(value, str) != isinstance(known[key], str) or not value:
        kind = "one text" if isinstance(known[key], str) else "a list of texts"
        raise AnalysisError(where, repr(value), kind)
    elif table == "colours":
        _check_colour(where, key, value)


def _check_colour(where: str, key: str, value: str | list[str]) -> None:
    if key == "ramp":
        if value not in mpl.colormaps:
            raise AnalysisError(where, repr(value), "a colour map of matplotlib, such as cividis")
        return
    for colour in [value] if isinstance(value, str) else value:
        if not mpl.colors.is_color_like(colour):
            raise AnalysisError(where, repr(colour), "a colour, such as #0072b2")


def translate(figure: Figure, labels: dict[str, str]) -> None:
    r"""Put the phrases of a figure into another language.

    Longer phrases go before shorter ones, only whole words are replaced, and a line break counts
    as a blank.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
        Its titles, labels, legends, notes and fixed tick labels are changed in place.
    labels : dict of str to str
        Phrase as drawn, and what is drawn instead.

    Examples
    --------
    >>> figure = Figure()
    >>> title = figure.suptitle("mass\nsurveillance (58)")
    >>> translate(figure, {"mass surveillance": "surveillance de masse"})
    >>> title.get_text()
    'surveillance de masse (58)'
    """
    if not labels:
        return
    by_words = {" ".join(phrase.split()): text for phrase, text in labels.items()}
    longest_first = sorted(by_words, key=len, reverse=True)
    words = (r"\s+".join(map(re.escape, phrase.split())) for phrase in longest_first)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(words)})(?!\w)")

    def put(text: str) -> str:
        return pattern.sub(lambda match: by_words[" ".join(match[0].split())], text)

    axes = [one for ax in figure.axes for one in (ax, *ax.child_axes)]
    for axis in (axis for ax in axes for axis in (ax.xaxis, ax.yaxis)):
        if isinstance(axis.get_major_locator(), FixedLocator):
            old = [label.get_text() for label in axis.get_majorticklabels()]
            new = [put(text) for text in old]
            if new != old:
                axis.set_ticklabels(new)
    for text in figure.findobj(Text):
        text.set_text(put(text.get_text()))

"""What is said of a figure or table: sentences in a file beside the notebook, numbers from it.

`notebooks/captions/03_speakers.toml` holds the captions of notebook 03, one table of TOML for each
figure or table::

    [03_null_experiment]
    finding = "Word-level tests reject {worst[max]:.0f}% of the time."
    caption = "{finding} Share of 2,000 random splits."
    alt = "False alarms: {rows}."
    table = "How often each test finds a difference."

A notebook fills the fields: ``da.wording("03_null_experiment", worst=worst, rows=rows)``. So the
sentences read without code around them, and no number in them is typed.
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from analysis.errors import AnalysisError
from analysis.statistics.counts.rates import INTERVALS
from analysis.storage import project

FOLDER = Path("notebooks") / "captions"
PARTS = ("finding", "caption", "alt", "table")
_ALWAYS = {"intervals": INTERVALS}


class Wording(NamedTuple):
    """The sentences of a figure or table, with their numbers.

    Parameters
    ----------
    finding : str
        What the figure shows, as the notebook says it beside it.
    caption : str
        The figure's.
    alt : str
        What a reader who cannot see the figure should know.
    table : str
        The caption of the table of that name.
    """

    finding: str = ""
    caption: str = ""
    alt: str = ""
    table: str = ""


def wording(name: str, **fields: Any) -> Wording:
    """Fill the sentences of a figure or table with what a notebook has computed.

    Parameters
    ----------
    name : str
        The figure or table; the file is that of its notebook, by the two digits it begins with.
    **fields
        What the fields in braces stand for, in the manner of :meth:`str.format`: a number, a text,
        or a row of a table of which the sentence names the column (``{civil_society[rate]:.2f}``).
        ``{intervals}``, how the library makes its intervals, is always known, and so is
        ``{finding}`` after the finding.

    Returns
    -------
    Wording
        Parts that the file does not have are empty.

    Raises
    ------
    AnalysisError
        If there is no such file or no such name in it, or a field is not given, given for nothing,
        or not of the kind that its format asks for.
    """
    path, entry = _entry(name)
    used: set[str] = set()
    texts: dict[str, str] = {}
    for part in (part for part in PARTS if part in entry):
        used |= {root(field) for _, field, _, _ in pieces(entry[part]) if field is not None}
        texts[part] = _filled(path, name, entry[part], {**_ALWAYS, **texts, **fields})
    if idle := sorted(fields.keys() - used):
        raise AnalysisError(
            f"{path} [{name}]",
            f"no sentence uses {', '.join(idle)}",
            "each given field in braces in a sentence",
            "remove it from the notebook, or name it in a sentence",
        )
    return Wording(**texts)


def table_caption(name: str) -> str:
    """Return the caption of a table that has no fields to fill."""
    path, entry = _entry(name)
    return _filled(path, name, entry.get("table", ""), _ALWAYS)


def sentences(top: Path) -> dict[str, dict[str, str]]:
    """Return the sentences of all captions files of a project, unfilled, by figure or table.

    Raises
    ------
    AnalysisError
        If a file is no TOML.
    """
    found: dict[str, dict[str, str]] = {}
    for path in sorted((top / FOLDER).glob("*.toml")):
        found |= _read(path)
    return found


def pieces(text: str) -> list[tuple[str, str | None, str, str]]:
    """Take a sentence apart into what is written and the fields between.

    Returns
    -------
    list of (str, str or None, str, str)
        What is written, the field after it (None after the last), its format and conversion.

    Examples
    --------
    >>> pieces("Of {n:,} words.")
    [('Of ', 'n', ',', ''), (' words.', None, '', '')]
    """
    parts = string.Formatter().parse(text)
    return [(before, field, spec or "", how or "") for before, field, spec, how in parts]


def root(field: str) -> str:
    """Return the name that a field begins with.

    Examples
    --------
    >>> root("top[rate]"), root("split.p")
    ('top', 'split')
    """
    return field.partition("[")[0].partition(".")[0]


def _entry(name: str) -> tuple[Path, dict[str, str]]:
    folder = project.root() / FOLDER
    path = next(iter(sorted(folder.glob(f"{name[:2]}_*.toml"))), None)
    if path is None:
        raise AnalysisError(
            folder,
            f"no captions of notebook {name[:2]}",
            f"{name[:2]}_….toml with a table [{name}]",
            "write one, or give caption and alt as texts",
        )
    entries = _read(path)
    if name not in entries:
        raise AnalysisError(
            path, f"no [{name}]", "a table of that name", "write it, with a caption"
        )
    return path, entries[name]


def _read(path: Path) -> dict[str, dict[str, str]]:
    try:
        entries = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise AnalysisError(path, str(error), "TOML in UTF-8", "correct it there") from None
    for name, entry in entries.items():
        whole = isinstance(entry, dict) and all(isinstance(text, str) for text in entry.values())
        if not whole or not set(entry) <= set(PARTS):
            raise AnalysisError(
                f"{path} [{name}]", "not sentences", f"texts called {', '.join(PARTS)}"
            )
    return entries


def _filled(path: Path, name: str, text: str, fields: Mapping[str, Any]) -> str:
    try:
        return " ".join(text.format_map(fields).split())
    except (LookupError, AttributeError, TypeError, ValueError) as error:
        raise AnalysisError(
            f"{path} [{name}]",
            f"cannot be filled ({type(error).__name__}: {error})",
            f"fields among {', '.join(sorted(fields))}",
            "give the field in the notebook, or correct its name or format here",
        ) from None

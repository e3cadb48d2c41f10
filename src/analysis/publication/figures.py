"""Figures as a paper prints them: three formats, the numbers drawn, the caption, a manifest.

Everything a figure needs to be checked is written beside it: `<name>.png`, `.svg`, `.pdf`, the
source data as `.csv`, the caption as `.md` and `.tex`, and an entry in `manifest.json`.
"""

from __future__ import annotations

import hashlib
import html
import io
import json
import os
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import matplotlib as mpl
import pandas as pd
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, findfont, get_font
from matplotlib.text import Text

from analysis.errors import AnalysisError
from analysis.plots.claims import check, title_of
from analysis.plots.style import ONE_COLUMN, TWO_COLUMNS
from analysis.publication.escaping import headed, latex
from analysis.storage import csv_tables, project
from analysis.storage.files import replace_file, sha256_of
from analysis.storage.locks import alone

FORMATS = ("png", "svg", "pdf")
MANIFEST = "manifest.json"
DECIMALS = 6

# What would make two savings of one figure differ is left out of the file.
_METADATA: dict[str, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
NAME = re.compile(r"\d\d_[a-z0-9_]+")


def rounded(table: pd.DataFrame, decimals: int = DECIMALS) -> pd.DataFrame:
    """Round the floating-point columns of a table that is to be drawn or stored.

    The last bits of a logarithm differ between processors; six decimals do not.

    Parameters
    ----------
    table : pandas.DataFrame
    decimals : int, default 6

    Returns
    -------
    pandas.DataFrame

    Examples
    --------
    >>> rounded(pd.DataFrame({"rate": [0.12345678]})).iloc[0, 0].item()
    0.123457
    """
    floats = table.select_dtypes("floating").columns
    return table.assign(**{name: table[name].round(decimals) for name in floats})


def save_figure(
    figure: Figure,
    name: str,
    *,
    data: pd.DataFrame,
    caption: str,
    alt: str,
    claims: Sequence[str] = (),
    inputs: Sequence[str | os.PathLike[str]] = (),
    folder: str | os.PathLike[str] | None = None,
) -> dict[str, str]:
    """Write a figure with everything a reader needs to check it, and print the hashes.

    Parameters
    ----------
    figure : matplotlib.figure.Figure
    name : str
        Two digits of the notebook that makes it, then words: ``"02_frames_by_group"``.
    data : pandas.DataFrame
        The numbers drawn; rounded to six decimals and written as CSV.
    caption : str
        What the figure shows, on how much text, by which method.
    alt : str
        What a reader who cannot see it should know.
    claims : sequence of Claim
        Findings that the caption states, made by :func:`analysis.claim`. The title's own claim
        is checked without being named here.
    inputs : sequence of path
        The files under the project's folder that the numbers come from.
    folder : str or path-like, optional
        Where to write; ``figures/`` of the project if left out.

    Returns
    -------
    dict of str to str
        SHA-256 of each file written, by name.

    Raises
    ------
    AnalysisError
        If the name does not have the agreed form, caption or alt text is empty, or a claim of
        title or caption does not hold.
    """
    if not NAME.fullmatch(name):
        raise AnalysisError(
            name, "not a figure's name", "two digits, an underscore, then lower-case words"
        )
    if not caption.strip() or not alt.strip():
        raise AnalysisError(name, "no caption or no alt text", "both, in whole sentences")
    title = title_of(figure)
    held = {" ".join(said.split()): check(name, said) for said in (title, *claims) if said}
    top = project.root()
    folder = Path(folder) if folder else top / "figures"
    caption, alt = " ".join(caption.split()), " ".join(alt.split())
    wide = figure.get_figwidth() > (ONE_COLUMN + TWO_COLUMNS) / 2
    files = {f"{name}.{kind}": _render(figure, kind, caption, alt) for kind in FORMATS}
    files[f"{name}.csv"] = csv_tables.to_csv(rounded(data))
    files[f"{name}.md"] = (caption + "\n").encode()
    files[f"{name}.tex"] = _latex(name, caption, _place(folder, top), wide=wide).encode()
    hashes = {}
    for file, content in files.items():
        replace_file(folder / file, content)
        hashes[file] = hashlib.sha256(content).hexdigest()
    entry = {
        "title": " ".join(title.split()),
        # Each finding with the numbers that make it true; none of a title that only describes.
        "claims": {said: values for said, values in held.items() if values is not None},
        "caption": caption,
        "alt": alt,
        "files": dict(sorted(hashes.items())),
        "inputs": _input_hashes(top, inputs),
        # Only the libraries that decide the bytes and are one version on every Python.
        "versions": {"matplotlib": mpl.__version__, "pandas": pd.__version__},
    }
    enter(folder, name, entry)
    if lacking := _not_drawn(figure):
        print(  # noqa: T201 - a box in the figure would else be the only sign
            f"not drawn: {lacking}, which are not in the figure's font; name these people or terms "
            "in letters that it has (DejaVu Sans), or install a font with them"
        )
    for file in (f"{name}.{kind}" for kind in FORMATS):
        print(f"{file}  sha256 {hashes[file][:16]}")  # noqa: T201 - nbval compares it
    return hashes


def in_words(
    table: pd.DataFrame,
    label: str,
    value: str,
    low: str | None = None,
    high: str | None = None,
    *,
    form: str = "{:.2f}",
) -> str:
    """Give the rows of a figure in words, for the alt text of those who cannot see it.

    Parameters
    ----------
    table : pandas.DataFrame
        One row per dot or bar, in the order drawn.
    label, value : str
        Columns with each row's name and number.
    low, high : str, optional
        Columns with the interval of the number.
    form : str, default "{:.2f}"
        How a number is written.

    Returns
    -------
    str

    Examples
    --------
    >>> rows = pd.DataFrame({"group": ["board"], "rate": [0.4], "low": [0.2], "high": [0.8]})
    >>> in_words(rows, "group", "rate", "low", "high", form="{:.1f}")
    'board 0.4 (0.2 to 0.8)'
    """
    names = [name for name in (value, low, high) if name]
    rows = zip(table[label], *(table[name].map(form.format) for name in names), strict=True)
    return "; ".join(
        f"{name} {number}" + (f" ({' to '.join(ends)})" if ends else "")
        for name, number, *ends in rows
    )


def _not_drawn(figure: Figure) -> str:
    """Return the letters of a figure that its font does not have, up to twenty."""
    families = mpl.rcParams["font.family"]
    fonts = [get_font(findfont(FontProperties(family=[family]))) for family in families]
    written = {letter for text in figure.findobj(Text) for letter in text.get_text()}
    lacking = [
        letter
        for letter in sorted(written)
        if letter.isprintable() and not any(font.get_char_index(ord(letter)) for font in fonts)
    ]
    return " ".join(lacking[:20])


def _render(figure: Figure, kind: str, caption: str, alt: str) -> bytes:
    metadata = dict(_METADATA[kind])
    if kind == "svg":
        metadata |= {"Title": caption, "Description": alt}
    sink = io.BytesIO()
    figure.savefig(sink, format=kind, metadata=metadata)
    if kind != "svg":
        return sink.getvalue()
    # Screen readers read role and label; matplotlib writes neither.
    spoken = html.escape(alt, quote=False).replace('"', "&quot;")
    label = f'<svg role="img" aria-label="{spoken}" '
    return sink.getvalue().replace(b"<svg ", label.encode(), 1)


def _place(folder: Path, top: Path) -> str:
    """Return a folder as seen from the project; ``figures`` for one that lies elsewhere."""
    try:
        return folder.resolve().relative_to(top).as_posix()
    except ValueError:
        return "figures"


def _latex(name: str, caption: str, place: str, *, wide: bool) -> str:
    # Figures of several studies may stand in one paper: each label says whose it is.
    whose = place.removeprefix("figures").strip("/").replace("/", "-")
    label = "-".join(filter(None, (whose, name.replace("_", "-"))))
    # One that is wider than a column spans the page, and is shrunk where the page is narrower.
    kind, width = ("figure*", r"[width=\textwidth]") if wide else ("figure", "")
    return headed(
        f"\\begin{{{kind}}}\n  \\centering\n"
        f"  \\includegraphics{width}{{{place}/{name}.pdf}}\n"
        f"  \\caption{{{latex(caption)}}}\n  \\label{{fig:{label}}}\n"
        f"\\end{{{kind}}}\n"
    )


def _input_hashes(top: Path, inputs: Sequence[str | os.PathLike[str]]) -> dict[str, str]:
    paths = sorted((top / path).resolve() for path in inputs)
    return {path.relative_to(top).as_posix(): sha256_of(path) for path in paths}


def enter(folder: Path, name: str, entry: Mapping[str, Any]) -> None:
    """Write an entry into a folder's manifest; several processes may do so at once."""
    with alone(folder / MANIFEST):
        entries = read_manifest(folder) | {name: entry}
        text = json.dumps(dict(sorted(entries.items())), indent=2, ensure_ascii=False) + "\n"
        replace_file(folder / MANIFEST, text)


def read_manifest(folder: str | os.PathLike[str]) -> dict[str, dict]:
    """Return the entries of a figures folder's manifest; none if there is no manifest yet.

    Raises
    ------
    AnalysisError
        If the manifest is not JSON.
    """
    path = Path(folder) / MANIFEST
    if not path.is_file():
        return {}
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except ValueError as error:
        raise AnalysisError(
            path, f"not JSON ({error})", remedy="restore it from version control"
        ) from None

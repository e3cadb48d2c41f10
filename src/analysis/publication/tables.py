"""Tables as a paper prints them: LaTeX that fits the page, HTML that Word opens, and CSV."""

from __future__ import annotations

import hashlib
import html
import os
import re
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import pandas as pd

from analysis.errors import AnalysisError
from analysis.publication.escaping import headed
from analysis.publication.figures import NAME, enter, rounded
from analysis.publication.longtable import longtable
from analysis.publication.wording import table_caption
from analysis.storage import csv_tables, project
from analysis.storage.files import replace_file

FOLDER = Path("figures") / "tables"
HEADS = {
    "count": "occurrences",
    "n": "occurrences",
    "rate": "rate per 1,000 words",
    "shrunk": "shrunk rate per 1,000 words",
    "shrunk_low": "low, 95%",
    "shrunk_high": "high, 95%",
    "rate_before": "rate before, per 1,000 words",
    "rate_after": "rate after, per 1,000 words",
    "low": "low, 95%",
    "high": "high, 95%",
    "difference_low": "difference, low, 95%",
    "difference_high": "difference, high, 95%",
    "ratio_low": "ratio, low, 95%",
    "ratio_high": "ratio, high, 95%",
    "log_ratio": "log₂ ratio",
    "log_dice": "logDice",
    "lrc": "conservative log₂ ratio",
    "p_token": "p over words",
    "p_document": "p over speakers",
    "p_document_bh": "q over speakers",
    "f1": "F1",
    "auc": "AUC",
    "alpha": "Krippendorff’s α",
    "count_focus": "occurrences, focus",
    "count_reference": "occurrences, reference",
    "units_focus": "speakers, focus",
    "units_reference": "speakers, reference",
    "contribution": "share of the divergence, %",
    "inclusion": "chance of being drawn",
}
"""What the library's columns are called in print, with their units."""

_COUNTS = {"coded", "count", "documents", "n", "occurrences", "speakers", "units", "words"}
_RULES = [
    {"selector": "", "props": "border-collapse: collapse; font-family: serif;"},
    {"selector": "caption", "props": "text-align: left; padding-bottom: 6px;"},
    {"selector": "th, td", "props": "padding: 2px 8px; text-align: left; font-weight: normal;"},
    {"selector": "thead tr:first-child th", "props": "border-top: 2px solid black;"},
    {"selector": "thead tr:last-child th", "props": "border-bottom: 1px solid black;"},
    {"selector": "tbody tr:last-child *", "props": "border-bottom: 2px solid black;"},
]


def save_table(
    table: pd.DataFrame,
    name: str,
    *,
    caption: str | None = None,
    decimals: int = 2,
    heads: Mapping[str, str] | None = None,
    folder: str | os.PathLike[str] | None = None,
) -> pd.DataFrame:
    r"""Write a table for print and give it back, so that a notebook shows it.

    Parameters
    ----------
    table : pandas.DataFrame
        Its index is printed unless it merely numbers the rows.
    name : str
        Two digits of the notebook that makes it, then words: ``"02_frames"``.
    caption : str, optional
        What the table shows, on how much text, by which method; from the notebook's captions file
        if left out (:func:`analysis.wording`).
    decimals : int, default 2
        Digits after the point, of columns of floating-point numbers. Counts are whole numbers,
        whatever kind of number holds them.
    heads : mapping of str to str, optional
        What a column is called in print, with its unit; on top of :data:`HEADS`. The CSV keeps
        the column's own name.
    folder : str or path-like, optional
        Where to write; ``figures/tables/`` of the project if left out.

    Returns
    -------
    pandas.DataFrame
        `table` itself.

    Raises
    ------
    AnalysisError
        If the name does not have the agreed form, or the caption is empty.

    Examples
    --------
    >>> import tempfile
    >>> said = pd.DataFrame({"rate": [1.234]}, index=pd.Index(["R&D"], name="group"))
    >>> with tempfile.TemporaryDirectory() as place:
    ...     _ = save_table(said, "02_rates", caption="Rates.", folder=place)
    ...     print(*(Path(place) / "02_rates.tex").read_text().splitlines()[2:6], sep="\n")
    \caption{Rates.}\label{tab:02-rates} \\
    \toprule
    group & rate per 1,000 words \\
    \midrule
    """
    if not NAME.fullmatch(name):
        raise AnalysisError(
            name, "not a table's name", "two digits, an underscore, then lower-case words"
        )
    caption = table_caption(name) if caption is None else caption
    if not caption.strip():
        raise AnalysisError(name, "no caption", "one, in whole sentences")
    folder = Path(folder) if folder else project.root() / FOLDER
    caption = " ".join(caption.split())
    plain = _flat(table)
    shown, right = _printed(_flat(table, {**HEADS, **(heads or {})}), decimals)
    texts = {
        f"{name}.csv": csv_tables.to_csv(rounded(plain)).decode(),
        f"{name}.html": _html(shown, right, name, caption),
        f"{name}.tex": headed(
            longtable(
                list(shown.columns),
                shown.to_numpy().tolist(),
                right,
                caption=caption,
                label=f"tab:{name.replace('_', '-')}",
            )
        ),
    }
    for file, text in texts.items():
        replace_file(folder / file, text)
    hashes = {file: hashlib.sha256(text.encode()).hexdigest() for file, text in texts.items()}
    enter(folder, name, {"caption": caption, "files": hashes})
    return table


def _flat(table: pd.DataFrame, heads: Mapping[str, str] = {}) -> pd.DataFrame:
    """Make columns of the index, and one line of a head of several."""
    numbers_rows = table.index.name is None and pd.api.types.is_integer_dtype(table.index.dtype)
    flat = table if numbers_rows else table.reset_index(names=_names(table.index))
    flat = flat.set_axis([_head(name, heads) for name in flat.columns], axis="columns")
    return flat.reset_index(drop=True)


def _names(index: pd.Index) -> list[str]:
    return [str(name) if name is not None else "" for name in index.names]


def _head(name: object, heads: Mapping[str, str]) -> str:
    parts = name if isinstance(name, tuple) else (name,)
    return " ".join(heads.get(str(p), str(p)) for p in parts if str(p)).replace("_", " ")


def _printed(table: pd.DataFrame, decimals: int) -> tuple[pd.DataFrame, list[bool]]:
    """Return a table's cells as they are printed, and which columns hold numbers."""
    columns = [table.iloc[:, at] for at in range(table.shape[1])]
    right = [_is_number(column) for column in columns]
    texts = [
        _numbers(column, decimals) if number else column.map(_text)
        for column, number in zip(columns, right, strict=True)
    ]
    shown = pd.concat(texts, axis=1) if texts else table
    return shown.set_axis(table.columns, axis="columns"), right


def _is_number(column: pd.Series) -> bool:
    kind = column.dtype
    return pd.api.types.is_numeric_dtype(kind) and not pd.api.types.is_bool_dtype(kind)


def _text(value: object) -> str:
    if isinstance(value, (bool, np.bool_)):
        return "yes" if value else "no"
    return "–" if pd.isna(value) else str(value)


def _numbers(column: pd.Series, decimals: int) -> pd.Series:
    known = column.dropna().astype(float)
    finite = known[np.isfinite(known)]
    # Counts become floating-point numbers where a table has gaps; they are counts all the same.
    whole = (finite % 1 == 0).all() and (
        pd.api.types.is_integer_dtype(column.dtype)
        or (finite.abs() > 1).any()
        or str(column.name) in _COUNTS
    )
    form = "{:,.0f}" if whole else f"{{:,.{decimals}f}}"
    return column.map(lambda value: _number(value, form)).astype(str)


def _number(value: float, form: str) -> str:
    if pd.isna(value):
        return "–"
    if np.isinf(value):
        return "∞" if value > 0 else "−∞"
    return form.format(value).replace("-", "−")


def _html(shown: pd.DataFrame, right: list[bool], name: str, caption: str) -> str:
    styler = shown.style.hide(axis="index").format(escape="html")
    styler = styler.format_index(axis="columns", escape="html")
    styler = styler.set_uuid(name).set_caption(html.escape(caption))
    aligned = [
        {"selector": f".col{at}", "props": "text-align: right;"}
        for at, number in enumerate(right)
        if number
    ]
    page = styler.set_table_styles(_RULES + aligned).to_html(doctype_html=True)
    page = page.replace("<html>", '<html lang="en">').replace(
        "<head>", f"<head>\n<title>{html.escape(name)}</title>"
    )
    return re.sub(r"<th (?=id=\S+ class=\"col_heading)", '<th scope="col" ', page)

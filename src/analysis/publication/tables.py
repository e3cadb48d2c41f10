"""Tables as a paper prints them: LaTeX with booktabs, HTML that Word opens, and CSV."""

from __future__ import annotations

import hashlib
import html
import os
import re
from pathlib import Path

import pandas as pd
from pandas.io.formats.style import Styler

from analysis.errors import AnalysisError
from analysis.publication.figures import NAME, enter, rounded
from analysis.storage import csv_tables, project
from analysis.storage.files import replace_file

FOLDER = Path("figures") / "tables"
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
    caption: str,
    decimals: int = 2,
    folder: str | os.PathLike[str] | None = None,
) -> pd.DataFrame:
    r"""Write a table for print and give it back, so that a notebook shows it.

    Parameters
    ----------
    table : pandas.DataFrame
        Its index is printed unless it merely numbers the rows.
    name : str
        Two digits of the notebook that makes it, then words: ``"02_frames"``.
    caption : str
        What the table shows, on how much text, by which method.
    decimals : int, default 2
        Digits after the point, of columns of floating-point numbers.
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
    ...     print((Path(place) / "02_rates.tex").read_text())
    \begin{table}
    \centering
    \caption{Rates.}
    \label{tab:02-rates}
    \begin{tabular}{lr}
    \toprule
    group & rate \\
    \midrule
    R\&D & 1.23 \\
    \bottomrule
    \end{tabular}
    \end{table}
    <BLANKLINE>
    """
    if not NAME.fullmatch(name):
        raise AnalysisError(
            name, "not a table's name", "two digits, an underscore, then lower-case words"
        )
    if not caption.strip():
        raise AnalysisError(name, "no caption", "one, in whole sentences")
    folder = Path(folder) if folder else project.root() / FOLDER
    caption = " ".join(caption.split())
    plain = _flat(table)
    texts = {
        f"{name}.csv": csv_tables.to_csv(rounded(plain)).decode(),
        f"{name}.html": _html(plain, name, caption, decimals),
        f"{name}.tex": _latex(plain, name, caption, decimals),
    }
    for file, text in texts.items():
        replace_file(folder / file, text)
    hashes = {file: hashlib.sha256(text.encode()).hexdigest() for file, text in texts.items()}
    enter(folder, name, {"caption": caption, "files": hashes})
    return table


def _flat(table: pd.DataFrame) -> pd.DataFrame:
    """Make columns of the index, and one line of a head of several."""
    numbers_rows = isinstance(table.index, pd.RangeIndex) and table.index.name is None
    flat = table if numbers_rows else table.reset_index(names=_names(table.index))
    flat = flat.set_axis([_head(name) for name in flat.columns], axis="columns")
    return flat.reset_index(drop=True)


def _names(index: pd.Index) -> list[str]:
    return [str(name) if name is not None else "" for name in index.names]


def _head(name: object) -> str:
    parts = name if isinstance(name, tuple) else (name,)
    return " ".join(str(part) for part in parts if str(part)).replace("_", " ")


def _styled(table: pd.DataFrame, decimals: int, escape: str) -> Styler:
    styler = table.style.hide(axis="index")
    styler = styler.format(precision=decimals, thousands=",", na_rep="–", escape=escape)
    return styler.format_index(axis="columns", escape=escape)


def _latex(table: pd.DataFrame, name: str, caption: str, decimals: int) -> str:
    numbers = table.dtypes.map(pd.api.types.is_numeric_dtype)
    escaped = _styled(pd.DataFrame({"": [caption]}), decimals, "latex").to_latex()
    return _styled(table, decimals, "latex").to_latex(
        hrules=True,
        caption=escaped.splitlines()[2].removesuffix(" \\\\"),
        label=f"tab:{name.replace('_', '-')}",
        position_float="centering",
        column_format="".join("r" if number else "l" for number in numbers),
    )


def _html(table: pd.DataFrame, name: str, caption: str, decimals: int) -> str:
    styler = _styled(table, decimals, "html").set_uuid(name).set_caption(html.escape(caption))
    right = [
        {"selector": f".col{at}", "props": "text-align: right;"}
        for at, kind in enumerate(table.dtypes)
        if pd.api.types.is_numeric_dtype(kind)
    ]
    page = styler.set_table_styles(_RULES + right).to_html(doctype_html=True)
    page = page.replace("<html>", '<html lang="en">').replace(
        "<head>", f"<head>\n<title>{html.escape(name)}</title>"
    )
    return re.sub(r"<th (?=id=\S+ class=\"col_heading)", '<th scope="col" ', page)

"""The gallery: every figure and table a project makes, with its caption, its method and links."""

from __future__ import annotations

import html
import re
import struct
from collections.abc import Iterable
from pathlib import Path

import nbformat
import pandas as pd

from analysis.errors import AnalysisError
from analysis.publication.figures import MANIFEST, read_manifest
from analysis.publication.saving_cells import FIGURE, TABLE, saved
from analysis.storage import project

FIGURE_LINKS = {"data": "csv", "PDF": "pdf", "SVG": "svg", "LaTeX": "tex", "caption": "md"}
TABLE_LINKS = {"HTML": "html", "LaTeX": "tex", "data": "csv"}
_NO_SENTENCE_ENDS = re.compile(r"(?:\b[A-Z]{1,2}|\bet al|\bcf|\be\.g|\bi\.e)\.$")


def figures_made(top: Path | None = None) -> pd.DataFrame:
    """List the figures of a project's manifest.

    Parameters
    ----------
    top : pathlib.Path, optional
        The project's folder; found upwards from the working directory if left out.

    Returns
    -------
    pandas.DataFrame
        One row per figure, in the order of its notebooks: ``name``, ``notebook`` (file name),
        ``title`` (of the notebook), ``caption``, ``alt``, ``method`` (the first sentence after
        the last "**Method.**" above the cell that saves it), ``width`` (pixels of the PNG).

    Raises
    ------
    AnalysisError
        If a picture is missing, or no notebook saves a figure of the manifest.
    """
    top = top or project.root()
    rows = []
    for name, entry in _entries(top / "figures"):
        notebook, title, method = _told(top, name, FIGURE)
        picture = top / "figures" / f"{name}.png"
        rows.append(
            (name, notebook, title, entry["caption"], entry["alt"], method, _width(picture))
        )
    columns = ["name", "notebook", "title", "caption", "alt", "method", "width"]
    return pd.DataFrame(rows, columns=columns)


def tables_made(top: Path | None = None) -> pd.DataFrame:
    """List the tables for print of a project's manifest.

    Parameters
    ----------
    top : pathlib.Path, optional
        The project's folder; found upwards from the working directory if left out.

    Returns
    -------
    pandas.DataFrame
        One row per table: ``name``, ``notebook``, ``title``, ``caption``.

    Raises
    ------
    AnalysisError
        If no notebook shows a table of the manifest.
    """
    top = top or project.root()
    rows = []
    for name, entry in _entries(top / "figures" / "tables"):
        notebook, title, _ = _told(top, name, TABLE)
        rows.append((name, notebook, title, entry["caption"]))
    return pd.DataFrame(rows, columns=["name", "notebook", "title", "caption"])


def figures_html(made: pd.DataFrame, folder: str = "../figures") -> str:
    """Write the gallery as HTML; pictures are linked, not embedded.

    Parameters
    ----------
    made : pandas.DataFrame
        From :func:`figures_made`.
    folder : str, default "../figures"
        The figures, as seen from where the HTML is read.

    Returns
    -------
    str
        All text is escaped, and every image has its alt text.

    Examples
    --------
    >>> made = pd.DataFrame({"name": ["02_a"], "notebook": ["02_b.ipynb"], "title": ["Who?"],
    ...     "caption": ["A < B."], "alt": ["Dots."], "method": ["Counted."], "width": [1000]})
    >>> "A &lt; B." in figures_html(made), 'alt="Dots."' in figures_html(made)
    (True, True)
    """
    parts = []
    for (notebook, title), rows in made.groupby(["notebook", "title"], sort=False):
        parts.append(_heading(notebook, title))
        for row in rows.itertuples():
            source = _text(f"{folder}/{row.name}.png")
            parts.append(
                f'<figure id="{_text(row.name)}">\n'
                f'<img src="{source}" alt="{_text(row.alt)}" width="{row.width // 2}">\n'
                f"<figcaption>{_text(row.caption)}</figcaption>\n</figure>\n"
                f"<p><em>Method.</em> {_text(row.method)}</p>\n"
                f"<p>{_links(folder, row.name, FIGURE_LINKS)}</p>"
            )
    return "\n".join(parts)


def tables_html(made: pd.DataFrame, folder: str = "../figures/tables") -> str:
    """Write the list of tables as HTML, with links to each as HTML, LaTeX and CSV.

    Parameters
    ----------
    made : pandas.DataFrame
        From :func:`tables_made`.
    folder : str, default "../figures/tables"
        The tables, as seen from where the HTML is read.

    Returns
    -------
    str
        All text is escaped.
    """
    parts = []
    for (notebook, title), rows in made.groupby(["notebook", "title"], sort=False):
        lines = [
            f"<li>{_text(row.caption)} ({_links(folder, row.name, TABLE_LINKS)})</li>"
            for row in rows.itertuples()
        ]
        parts += [_heading(notebook, title), "<ul>", *lines, "</ul>"]
    return "\n".join(parts)


def _entries(folder: Path) -> Iterable[tuple[str, dict]]:
    manifest = read_manifest(folder)
    if not manifest:
        raise AnalysisError(
            folder / MANIFEST, "no figure or table", "one entry each", "run `make figures`"
        )
    return sorted(manifest.items())


def _told(top: Path, name: str, kind: str) -> tuple[str, str, str]:
    """Return the notebook that makes a figure or table, its title, and the method it gives."""
    for path in sorted((top / "notebooks").glob(f"{name[:2]}_*.ipynb")):
        title, method = path.stem, ""
        notebook = nbformat.read(path, as_version=4)
        saving = {call.cell for call in saved(notebook) if (call.kind, call.name) == (kind, name)}
        for number, cell in enumerate(notebook.cells):
            if cell.cell_type == "markdown":
                heading = re.match(r"# (.+)", cell.source)
                title = heading[1].strip() if heading and title == path.stem else title
                method = _first_sentence(cell.source) or method
            elif number in saving:
                return path.name, title, method
    raise AnalysisError(
        top / "figures" / MANIFEST,
        f"no notebook makes {name}",
        f"a cell of notebooks/{name[:2]}_*.ipynb",
        "take it out of the manifest, or restore the notebook",
    )


def _first_sentence(markdown: str) -> str:
    """Return the first sentence of the last method a Markdown cell gives, without its marks."""
    found = ""
    for start in re.finditer(r"\*\*Method\.\*\*\s+", markdown):
        paragraph = " ".join(markdown[start.end() :].split("\n\n", maxsplit=1)[0].split())
        end = 0
        for stop in re.finditer(r"[.!?](?=\s+[A-Z*`\"“]|$)", paragraph):
            end = stop.end()
            if not _NO_SENTENCE_ENDS.search(paragraph[:end]):
                break
        found = re.sub(r"\[([^\]]+)\]\([^)]*\)", r"\1", paragraph[: end or None])
    return found.replace("*", "").replace("`", "")


def _width(picture: Path) -> int:
    try:
        with picture.open("rb") as file:
            head = file.read(24)
    except OSError:
        head = b""
    if head[:8] != b"\x89PNG\r\n\x1a\n" or len(head) < 24:
        raise AnalysisError(picture, "no picture", "a PNG", "run `make figures`")
    return struct.unpack(">I", head[16:20])[0]


def _heading(notebook: str, title: str) -> str:
    number = html.escape(notebook[:2])
    return f'<h3>{number} <a href="{_text(notebook)}">{_text(title)}</a></h3>'


def _links(folder: str, name: str, kinds: dict[str, str]) -> str:
    return " · ".join(
        f'<a href="{_text(f"{folder}/{name}.{kind}")}" aria-label="{_text(f"{label} of {name}")}">'
        f"{label}</a>"
        for label, kind in kinds.items()
    )


def _text(text: str) -> str:
    # A dollar sign would begin a formula.
    return html.escape(text).replace("$", "&#36;")

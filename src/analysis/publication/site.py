"""The documentation as a small site: notebooks, the pages of `docs/`, a reference, a search.

Built by nbconvert from what is committed; nothing is run and nothing is loaded from a network.
"""

from __future__ import annotations

import os
import posixpath
import re
import shutil
from dataclasses import dataclass
from html import escape, unescape
from importlib import resources
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import jinja2
import nbformat
from lxml import html
from nbconvert import HTMLExporter
from nbconvert.filters import markdown2html

from analysis.errors import AnalysisError
from analysis.publication import figures, reference, search
from analysis.publication.saving_cells import FIGURE, saved
from analysis.storage.files import replace_file

INDEX = "index.html"
_TEMPLATES = resources.files("analysis.publication").joinpath("templates")
_ARTICLE = """
{%- extends 'basic/index.html.j2' -%}
{% block input_group -%}<details><summary>Code</summary>{{ super() }}</details>{% endblock %}
"""
_WIDGET = "application/vnd.jupyter.widget-view+json"
_KINDS = {".ipynb": "article", ".py": "reference"}
_ENDINGS = re.compile(r"\.(?:ipynb|md)$")


@dataclass(frozen=True)
class Page:
    """A page of the site: where it goes, what its source is, what it is called."""

    path: str
    source: Path
    title: str

    @property
    def short(self) -> str:
        """The title up to its first colon or comma, as a menu shows it."""
        return "Start" if self.path == INDEX else re.split(r"[:,?]", self.title)[0]


def build(top: Path, folder: str | os.PathLike[str]) -> list[Page]:
    """Build the site.

    Parameters
    ----------
    top : pathlib.Path
        The project's folder.
    folder : str or path-like
        Where the site goes; what an earlier build left there is replaced.

    Returns
    -------
    list of Page

    Raises
    ------
    AnalysisError
        If a figure has no alternative text, or a link leads nowhere; the message names the page.
    """
    folder = Path(folder)
    pages = _pages(top)
    made = {page.path: _body(page, top) for page in pages}
    texts = {kind: [p for p in pages if p.source.suffix == kind] for kind in (".ipynb", ".md")}
    menu = [("Articles", texts[".ipynb"]), ("Manuals", texts[".md"][1:])]
    written = reference.pages(top)
    for path, (title, source, body) in written.items():
        pages.append(Page(path, source, title))
        made[path] = body
    template = jinja2.Template(_TEMPLATES.joinpath("site.html").read_text(encoding="utf-8"))

    def write(page: Page, kind: str, body: str) -> None:
        text = template.render(
            title=page.title,
            here=page.path,
            up="../" * page.path.count("/"),
            menu=[(name, inside) for name, inside in menu if inside],
            reference=reference.FACE if written else "",
            kind=kind,
            body=body,
        )
        replace_file(folder / page.path, text)

    bodies = {}
    for page in pages:
        bodies[page.path] = _linked(made[page.path], page, top, folder, set(made))
        write(page, _KINDS.get(page.source.suffix, "prose"), bodies[page.path])
    searched = search.write(folder, [(page.title, page.path, bodies[page.path]) for page in pages])
    write(Page(search.PAGE, top / search.PAGE, "Search"), "prose", searched)
    style = _TEMPLATES.joinpath("site.css").read_text(encoding="utf-8")
    replace_file(folder / "site.css", style)
    return pages


def _pages(top: Path) -> list[Page]:
    sources = [*sorted((top / "notebooks").glob("*.ipynb")), *sorted((top / "docs").glob("*.md"))]
    pages = [Page(INDEX, top / "README.md", _title(top / "README.md"))]
    for source in sources:
        name = source.relative_to(top).with_suffix(".html").as_posix()
        pages.append(Page(name, source, _title(source)))
    return pages


def _title(source: Path) -> str:
    text = source.read_text(encoding="utf-8")
    if source.suffix == ".ipynb":
        text = nbformat.reads(text, 4).cells[0].source
    found = re.search(r"^# (.+)$", text, re.MULTILINE)
    if found is None:
        raise AnalysisError(source, "no title", "a first line `# Title`")
    return found[1].strip()


def _body(page: Page, top: Path) -> str:
    if page.source.suffix == ".md":
        made = markdown2html(page.source.read_text(encoding="utf-8"))
        return made + _contents(top) if page.path == INDEX else made
    book = nbformat.read(page.source, 4)
    _describe(book, figures.read_manifest(top / "figures"), page.source)
    exporter = HTMLExporter(
        raw_template=_ARTICLE,
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        exclude_anchor_links=True,
    )
    return exporter.from_notebook_node(book)[0]


def _contents(top: Path) -> str:
    """List every page with its title, under the index."""
    pages = [page for page in _pages(top) if page.path != INDEX]
    rows = "".join(f'<li><a href="{page.path}">{escape(page.title)}</a></li>' for page in pages)
    return f"<h2>Every article and page</h2><ul>{rows}</ul>"


def _describe(book: nbformat.NotebookNode, manifest: dict[str, dict], source: Path) -> None:
    """Give every picture the alternative text of the figure saved from it."""
    waiting = []
    figures_saved = [call for call in saved(book) if call.kind == FIGURE]
    for number, cell in enumerate(book.cells):
        if cell.cell_type != "code":
            continue
        for output in cell.outputs:
            output.get("data", {}).pop(_WIDGET, None)
            if "image/png" in output.get("data", {}):
                waiting.append(output)
        names = [call.name for call in figures_saved if call.cell == number]
        for output, name in zip(waiting[-len(names) :], names, strict=False):
            output.metadata["image/png"] = {"alt": manifest[name]["alt"]}
            waiting.remove(output)
    if waiting:
        raise AnalysisError(source, "a picture that no saved figure describes", "alternative text")


def _linked(body: str, page: Page, top: Path, folder: Path, known: set[str]) -> str:
    """Point links at the pages of the site, bring what else they lead to, correct tables."""
    tree = html.fragment_fromstring(body, create_parent="div")
    home = PurePosixPath(page.path).parent
    for anchor in tree.xpath("//a[@class='anchor-link']"):
        anchor.drop_tree()
    for element, attribute, link, _ in list(tree.iterlinks()):
        parts = urlsplit(link)
        if parts.scheme or not parts.path:
            continue
        target = posixpath.normpath((home / unquote(parts.path)).as_posix())
        converted = _ENDINGS.sub(".html", target)
        if converted in known:
            path = converted
        elif link in known:
            path = link
        elif (top / target).is_file():
            (folder / target).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(top / target, folder / target)
            path = target
        else:
            raise AnalysisError(page.source, f"a link to {link}", "a file of the repository")
        here = posixpath.dirname(page.path) or "."
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        element.set(attribute, posixpath.relpath(path, here) + fragment)
    for number, table in enumerate(list(tree.iter("table")), 1):
        _mend(table, f"Table {number}")
    for block in tree.iter("pre"):
        # A line too long for the page is reached by keyboard only so.
        block.set("tabindex", "0")
    return html.tostring(tree, encoding="unicode")


def _mend(table: html.HtmlElement, name: str) -> None:
    """Make a table one that a screen reader can read and a narrow window can scroll."""
    table.attrib.pop("border", None)
    for cell in list(table.iter("th")):
        if not (cell.text_content() or "").strip():
            cell.tag = "td"
    parent = table.getparent()
    frame = html.Element("div", {"class": "scroll", "tabindex": "0"})
    frame.set("role", "region")
    frame.set("aria-label", name)
    parent.replace(table, frame)
    frame.tail, table.tail = table.tail, None
    frame.append(table)


def broken_links(folder: str | os.PathLike[str]) -> list[str]:
    """Follow every link within a site.

    Parameters
    ----------
    folder : str or path-like

    Returns
    -------
    list of str
        Page and link of each that leads nowhere, or out to something that would be loaded.
    """
    folder = Path(folder)
    trees = {path: html.parse(os.fspath(path)).getroot() for path in folder.rglob("*.html")}
    wrong = []
    for path, tree in sorted(trees.items()):
        for element, _, link, _ in tree.iterlinks():
            parts = urlsplit(unescape(link))
            if parts.scheme == "data" or (parts.scheme and element.tag == "a"):
                continue
            target = (path.parent / unquote(parts.path)).resolve() if parts.path else path
            lost = parts.scheme or not target.is_file()
            if not lost and parts.fragment and target in trees:
                lost = not trees[target].xpath("//*[@id=$name]", name=unquote(parts.fragment))
            if lost:
                wrong.append(f"{path.relative_to(folder).as_posix()}: {link}")
    return wrong

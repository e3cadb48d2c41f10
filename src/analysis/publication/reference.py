"""The reference in the site: what each public function takes and gives, read from its docstring.

The source is read, not imported, by griffe, which knows numpydoc. The names that one import gives
stand first, then every package, one page each.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from html import escape
from importlib import resources
from pathlib import Path
from typing import Any

import jinja2
from nbconvert.filters import markdown2html

from analysis.errors import AnalysisError

FOLDER = "reference"
FACE = f"{FOLDER}/index.html"
PACKAGE = "analysis"
_TEMPLATES = resources.files("analysis.publication").joinpath("templates")
_ROLE = re.compile(r":(?:func|class|mod|data|meth|attr|exc):`~?\.?([^`]+)`")
_CODE = re.compile(r"``(?P<two>.+?)``|`(?P<one>[^`]+)`", re.DOTALL)
_TABLE = re.compile(r"^(=+(?: +=+)+)\n(.*?)\n\1$", re.MULTILINE | re.DOTALL)
_LISTED = {"parameters": "Parameters", "attributes": "Attributes", "other parameters": "Others"}
_GIVEN = {"returns": "Returns", "yields": "Yields", "raises": "Raises"}


def pages(top: Path) -> dict[str, tuple[str, Path, str]]:
    """Make the pages of the reference.

    Parameters
    ----------
    top : pathlib.Path
        The project's folder.

    Returns
    -------
    dict of str to (str, pathlib.Path, str)
        By the page's place in the site: its title, its source, its HTML. Empty for a project that
        does not hold the library itself.

    Raises
    ------
    AnalysisError
        If griffe is not installed.
    """
    if not (top / "src" / PACKAGE / "__init__.py").is_file():
        return {}
    try:
        import griffe
    except ImportError:
        raise AnalysisError(
            "the reference", "griffe is not installed", "the library that reads docstrings",
            "python -m pip install griffelib",
        ) from None  # fmt: skip
    package = griffe.load(
        PACKAGE,
        search_paths=[top / "src"],
        docstring_parser="numpy",
        docstring_options={"warnings": False},
        allow_inspection=False,
    )
    packages = [found for found in _packages(package) if found is not package]
    known = {name: _path(found) for found in packages for name in _names(found)}
    known |= dict.fromkeys(_names(package), FACE)
    made = {FACE: ("Reference", _source(package), _face(package, packages, known))}
    for found in packages:
        here = _path(found)
        made[here] = (found.path, _source(found), _package(found, here, known))
    return made


def _source(found: Any) -> Path:
    return Path(found.filepath)


def _path(package: Any) -> str:
    return f"{FOLDER}/{package.path}.html"


def _own(found: Any) -> Iterator[Any]:
    """Give the public things that are defined here and described, in the order of the source."""
    for name, member in found.members.items():
        described = not member.is_alias and (member.is_module or member.docstring)
        if described and not name.startswith("_"):
            yield member


def _packages(package: Any) -> Iterator[Any]:
    yield package
    for member in _own(package):
        if member.is_module and _source(member).name == "__init__.py":
            yield from _packages(member)


def _modules(package: Any) -> list[Any]:
    """Give the modules of a package with something public in them."""
    inside = [found for found in _own(package) if found.is_module]
    files = [found for found in inside if _source(found).name != "__init__.py"]
    return [found for found in files if any(True for _ in _own(found))]


def _names(package: Any) -> Iterator[str]:
    """Give all that a package's page has an anchor for."""
    yield package.path
    for module in _modules(package):
        yield module.path
        for found in _own(module):
            yield found.path
            if found.is_class:
                yield from (inner.path for inner in _own(found))


def _first(found: Any) -> str:
    """Give the first sentence of a docstring."""
    text = found.docstring.value if found.docstring else ""
    return text.partition("\n\n")[0]


def _face(package: Any, packages: list[Any], known: dict[str, str]) -> str:
    """Write the page of the one import: each name with what it is, then the packages."""
    named = sorted(_facade(package).items(), key=lambda row: row[0].lower())
    rows = [
        _summary(package[where.removeprefix(f"{PACKAGE}.")], where, f"da.{name}", known)
        for name, where in named
    ]
    about = [_summary(found, found.path, found.path, known) for found in packages]
    head = "<thead><tr><th scope='col'>{}</th><th scope='col'>What it is</th></tr></thead>"
    return (
        f"<h1>Reference</h1><p><code>import {PACKAGE} as da</code> gives these names; the packages "
        "behind them follow. Everything here is read from the docstrings of the source.</p>"
        f"<h2 id='facade'>One import</h2><table>{head.format('Name')}<tbody>{''.join(rows)}</tbody>"
        f"</table><h2 id='packages'>Packages</h2><table>{head.format('Package')}<tbody>"
        f"{''.join(about)}</tbody></table>{_package(package, FACE, known)}"
    )


def _summary(found: Any, where: str, name: str, known: dict[str, str]) -> str:
    told = _inline(_first(found), found, known, FACE)
    return f"<tr><th scope='row'>{_link(where, known, FACE, name)}</th><td>{told}</td></tr>"


def _facade(package: Any) -> dict[str, str]:
    """Give the names of the one import and where each is defined, from the call that says so."""
    tree = ast.parse(_source(package).read_text(encoding="utf-8"))
    given: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "lazy_loader.attach":
            given = {word.arg: ast.literal_eval(word.value) for word in node.keywords if word.arg}
    names = {name: f"{PACKAGE}.{name}" for name in given.get("submodules", ())}
    for module, inside in given.get("submod_attrs", {}).items():
        names |= {name: f"{PACKAGE}.{module}.{name}" for name in inside}
    return names


def _package(package: Any, here: str, known: dict[str, str]) -> str:
    template = jinja2.Template(_TEMPLATES.joinpath("reference.html").read_text(encoding="utf-8"))
    return template.render(
        package=None if here == FACE else package,
        modules=[(module, list(_own(module))) for module in _modules(package)],
        inside=lambda found: [
            inner for inner in _own(found) if inner.is_function or inner.docstring
        ],
        described=lambda found: _described(found, known, here),
        signature=_signature,
        short=lambda found: found.path.removeprefix(f"{package.path}."),
    )


def _signature(found: Any) -> str:
    """Write how a function is called, or what a class or constant is called."""
    if found.is_function:
        return escape(str(found.signature()))
    if found.is_class and "dataclass" not in found.labels and "__init__" in found.members:
        made = str(found.members["__init__"].signature()).removesuffix(" -> None")
        return escape(made.replace("__init__(self, ", f"{found.name}(", 1))
    return escape(
        f"{found.name} = {found.value}" if found.is_attribute and found.value else found.name
    )


def _described(found: Any, known: dict[str, str], here: str) -> str:
    """Write a docstring as HTML."""
    if not found.docstring:
        return ""
    parts = []
    for section in found.docstring.parsed:
        kind = section.kind.value
        if kind == "text":
            parts.append(_block(section.value, found, known, here))
        elif kind == "examples":
            parts.append("<p class='part'>Examples</p>")
            for inner, text in section.value:
                code = inner.value == "examples"
                parts.append(
                    f"<pre><code>{escape(text)}</code></pre>"
                    if code
                    else _block(text, found, known, here)
                )
        elif kind in _LISTED or kind in _GIVEN:
            rows = "".join(
                _row(item, kind in _LISTED, found, known, here) for item in section.value
            )
            parts.append(f"<p class='part'>{(_LISTED | _GIVEN)[kind]}</p><dl>{rows}</dl>")
        else:
            text = str(getattr(section.value, "contents", section.value))
            parts.append(f"<p class='part'>{escape(section.title or kind.capitalize())}</p>")
            parts.append(_block(text, found, known, here))
    return "".join(parts)


def _row(item: Any, named: bool, found: Any, known: dict[str, str], here: str) -> str:
    of = escape(str(item.annotation)) if item.annotation is not None else ""
    called = item.name if named else str(getattr(item, "name", None) or "")
    name = f"<code>{escape(called)}</code>" if called else ""
    head = " : ".join(filter(None, (name, f"<span class='type'>{of}</span>" if of else "")))
    told = _block(item.description, found, known, here) if item.description else ""
    return f"<dt>{head}</dt><dd>{told}</dd>"


def _block(text: str, found: Any, known: dict[str, str], here: str) -> str:
    """Write a text as HTML: paragraphs and lists by Markdown, simple tables by their columns."""
    parts, last = [], 0
    for table in _TABLE.finditer(text):
        parts.append(markdown2html(_markdown(text[last : table.start()], found, known, here)))
        rows = "".join(
            f"<tr><th scope='row'>{head}</th><td>{told}</td></tr>"
            for head, told in (
                [_inline(cell, found, known, here) for cell in row] for row in _rows(table)
            )
        )
        parts.append(f"<table>{rows}</table>")
        last = table.end()
    return "".join([*parts, markdown2html(_markdown(text[last:], found, known, here))])


def _rows(table: re.Match[str]) -> list[tuple[str, str]]:
    """Cut a simple table into two columns; a line without a first cell goes on with the row."""
    width = table[1].index(" ")
    rows: list[tuple[str, str]] = []
    for line in table[2].splitlines():
        wide = line[width : width + 1].strip()
        head, told = (line.strip(), "") if wide else (line[:width].strip(), line[width:].strip())
        if not head and rows:
            rows[-1] = (rows[-1][0], f"{rows[-1][1]} {told}")
        elif set(line) - {"=", " "}:
            rows.append((head, told))
    return rows


def _inline(text: str, found: Any, known: dict[str, str], here: str) -> str:
    return _block(text, found, known, here).strip().removeprefix("<p>").removesuffix("</p>")


def _markdown(text: str, found: Any, known: dict[str, str], here: str) -> str:
    """Turn the marks of numpydoc into those of Markdown; what is HTML's is escaped."""
    parts, last = [], 0
    text = re.sub(r"::$", ":", text, flags=re.MULTILINE)
    text = _ROLE.sub(lambda role: f"`\0{role[1]}`", text)
    for code in _CODE.finditer(text):
        parts.append(_plain(text[last : code.start()]))
        inner, last = " ".join((code["two"] or code["one"]).split()), code.end()
        name = inner.removeprefix("\0")
        target = _resolved(name, found, known) if inner != name else None
        parts.append(_link(target, known, here, name) if target else f"<code>{escape(name)}</code>")
    return "".join([*parts, _plain(text[last:])])


def _plain(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("_", r"\_").replace("$", "&#36;")


def _resolved(name: str, found: Any, known: dict[str, str]) -> str | None:
    """Find what a reference names: in full, or beside what refers to it."""
    places = [name]
    while found is not None:
        places.append(f"{found.path}.{name}")
        found = found.parent
    good = [place for place in places if place in known]
    if good:
        return good[0]
    # A package offers what its modules define: analysis.voices.attribute.
    package, _, last = name.rpartition(".")
    inside = [
        path for path in known if path.startswith(f"{package}.") and path.endswith(f".{last}")
    ]
    return inside[0] if package and len(inside) == 1 else None


def _link(where: str, known: dict[str, str], here: str, text: str) -> str:
    if where not in known:
        return f"<code>{escape(text)}</code>"
    page = known[where]
    target = "" if page == here else page.removeprefix(f"{FOLDER}/")
    return f'<a href="{target}#{where}"><code>{escape(text)}</code></a>'

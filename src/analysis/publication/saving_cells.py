"""Which cell of a notebook saves a figure or a table, whatever it calls the library."""

from __future__ import annotations

import ast
import functools
from collections.abc import Iterator
from typing import NamedTuple

FIGURE, TABLE = "save_figure", "save_table"
_HOMES = ("analysis", "analysis.publication.figures", "analysis.publication.tables")


class Saved(NamedTuple):
    """A call that saves a figure or a table.

    Parameters
    ----------
    cell : int
        Its number among the cells of the notebook.
    kind : {"save_figure", "save_table"}
    name : str
        What is saved.
    call : ast.Call
    """

    cell: int
    kind: str
    name: str
    call: ast.Call


def saved(notebook: dict) -> list[Saved]:
    r"""Find the calls of a notebook that save a figure or a table.

    Parameters
    ----------
    notebook : dict
        As JSON has it. It is read, never run.

    Returns
    -------
    list of Saved
        In the order of the notebook. A call counts by the function that it calls, under whatever
        name the notebook imports it; what is saved may be named by position or keyword, by a
        string or a variable that was given one.

    Examples
    --------
    >>> code = "from analysis import save_figure as keep\nkeep(fig, name='01_a', caption=text)"
    >>> [found[:3] for found in saved({"cells": [{"cell_type": "code", "source": code}]})]
    [(0, 'save_figure', '01_a')]
    """
    known: dict[str, str] = {}
    strings: dict[str, str] = {}
    found = []
    for number, cell in enumerate(notebook["cells"]):
        if cell["cell_type"] != "code":
            continue
        nodes = _named_or_called("".join(cell["source"]))
        for node in nodes:
            known |= dict(_imports(node))
            strings |= dict(_strings(node))
        for call in nodes:
            if isinstance(call, ast.Call):
                kind = _saver(_dotted(call.func, known))
                name = _name(call, strings) if kind else None
                if kind and name is not None:
                    found.append(Saved(number, kind, name, call))
    return found


# A page asks this of every cell for each of its figures.
@functools.lru_cache(maxsize=2_000)
def _named_or_called(source: str) -> tuple[ast.AST, ...]:
    """Return the imports, assignments and calls of code; none of what is not Python."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return ()
    wanted = (ast.Import, ast.ImportFrom, ast.Assign, ast.Call)
    return tuple(node for node in ast.walk(tree) if isinstance(node, wanted))


def parsed(cell: dict) -> list[ast.Module]:
    """Return the code of a cell as a tree; nothing for other cells and for what is not Python."""
    if cell["cell_type"] != "code":
        return []
    try:
        return [ast.parse("".join(cell["source"]))]
    except SyntaxError:
        return []


def _imports(node: ast.AST) -> Iterator[tuple[str, str]]:
    """Give the local names that a statement imports, and what they are in the library."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            # Without another name, the import binds the first part and makes the rest reachable.
            bound = alias.name if alias.asname else alias.name.split(".")[0]
            yield alias.asname or bound, bound
    elif isinstance(node, ast.ImportFrom) and not node.level:
        for alias in node.names:
            yield alias.asname or alias.name, f"{node.module}.{alias.name}"


def _strings(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant):
        for target in node.targets:
            if isinstance(target, ast.Name) and isinstance(node.value.value, str):
                yield target.id, node.value.value


def _dotted(node: ast.expr, known: dict[str, str]) -> str:
    """Return the full name of what is called; empty where it is no name."""
    if isinstance(node, ast.Name):
        return known.get(node.id, "")
    if isinstance(node, ast.Attribute):
        home = _dotted(node.value, known)
        return f"{home}.{node.attr}" if home else ""
    return ""


def _saver(called: str) -> str:
    home, _, function = called.rpartition(".")
    return function if function in (FIGURE, TABLE) and home in _HOMES else ""


def _name(call: ast.Call, strings: dict[str, str]) -> str | None:
    """Return what the second argument, or the one called name, is."""
    named = (word.value for word in call.keywords if word.arg == "name")
    given = call.args[1] if len(call.args) > 1 else next(named, None)
    if isinstance(given, ast.Constant) and isinstance(given.value, str):
        return given.value
    return strings.get(given.id) if isinstance(given, ast.Name) else None

"""Which expression of its notebook computed each number of a figure's caption.

The notebook is read, never run: the caption it passes to ``save_figure`` is a formatted string, or
a sentence of its captions file filled by ``wording``, and laid over the caption as written it says
which expression stands behind which characters.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from analysis.publication.saving_cells import FIGURE, Saved, parsed, saved
from analysis.publication.wording import PARTS, pieces, root

NUMBER = re.compile(r"(?<![\w.])[-−+]?(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?!\w)%?")


class CaptionNumber(NamedTuple):
    """A number of a caption and what made it.

    Parameters
    ----------
    text : str
        As printed.
    start : int
        Its place in the caption.
    expression : str
        The code that computed it; empty if it was typed.
    statements : tuple of str
        The statements the expression rests on, in the order they are run.
    literals : tuple of frozenset of str
        The strings in them, those of the expression first, then those of the statements it
        names, and so on outwards.
    """

    text: str
    start: int
    expression: str
    statements: tuple[str, ...] = ()
    literals: tuple[frozenset[str], ...] = ()


class _Binding(NamedTuple):
    position: int
    name: str
    value: ast.expr
    source: str


def saving_cell(notebook: dict, name: str) -> int | None:
    """Return which cell saves a figure; None if none does.

    Parameters
    ----------
    notebook : dict
        As JSON has it.
    name : str
        The figure.
    """
    found = _save_call(notebook, name)
    return found.cell if found else None


def _save_call(notebook: dict, name: str) -> Saved | None:
    named = (call for call in saved(notebook) if call.kind == FIGURE and call.name == name)
    return next(named, None)


def plotting_cell(notebook: dict, name: str) -> int | None:
    """Return the nearest cell at or before the saving one that shows a picture; None if none."""
    saving = saving_cell(notebook, name)
    for number in range(saving if saving is not None else -1, -1, -1):
        outputs = notebook["cells"][number].get("outputs", [])
        if any("image/png" in output.get("data", {}) for output in outputs):
            return number
    return None


def caption_numbers(
    caption: str,
    notebook: dict,
    name: str,
    sentences: Mapping[str, Mapping[str, str]] | None = None,
) -> list[CaptionNumber]:
    r"""Find the numbers of a caption and the expressions that computed them.

    Parameters
    ----------
    caption : str
        As written.
    notebook : dict
        The notebook that saves the figure, as JSON has it.
    name : str
        The figure.
    sentences : mapping, optional
        The project's captions files, as :func:`analysis.publication.wording.sentences` reads them.

    Returns
    -------
    list of CaptionNumber
        In the order of the caption; without expressions if the notebook's caption cannot be laid
        over the one written.

    Examples
    --------
    >>> code = 'import analysis as da\nn = len(rows)\n'
    >>> code += 'da.save_figure(fig, "01_a", caption=f"Of {n}, 2 typed.")'
    >>> book = {"cells": [{"cell_type": "code", "source": code}]}
    >>> [(n.text, n.expression) for n in caption_numbers("Of 7, 2 typed.", book, "01_a")]
    [('7', 'n'), ('2', '')]
    """
    found = [(match.group(), match.start()) for match in NUMBER.finditer(caption)]
    plain = [CaptionNumber(text, start, "") for text, start in found]
    bindings, call, position = _read(notebook, name)
    given = next((k.value for k in call.keywords if k.arg == "caption"), None) if call else None
    if given is None:
        return plain
    given = _worded(given, position, bindings, sentences or {})
    parts = list(_parts(given, position, bindings))
    match = re.fullmatch("".join(pattern for pattern, _, _ in parts), caption, re.DOTALL)
    if match is None:
        return plain
    numbers = []
    for text, start in found:
        owner = next(
            (
                part
                for group, part in enumerate(parts, 1)
                if match.start(group) <= start and start + len(text.rstrip("%")) <= match.end(group)
            ),
            None,
        )
        if owner is None or owner[1] is None:
            numbers.append(CaptionNumber(text, start, ""))
        else:
            statements, literals = _slice(owner[1], owner[2], bindings)
            numbers.append(CaptionNumber(text, start, ast.unparse(owner[1]), statements, literals))
    return numbers


def _read(notebook: dict, name: str) -> tuple[list[_Binding], ast.Call | None, int]:
    """Return all assignments up to the call that saves the figure, that call and its place."""
    bindings: list[_Binding] = []
    position = 0
    saving = _save_call(notebook, name)
    for number, cell in enumerate(notebook["cells"]):
        for tree in parsed(cell):
            source = "".join(cell["source"])
            for statement in ast.walk(tree):
                if not isinstance(statement, ast.stmt):
                    continue
                position += 1
                text = ast.get_source_segment(source, statement) or ""
                for target, value in _assigned(statement):
                    bindings.append(_Binding(position, target, value, text))
        if saving and number == saving.cell:
            return bindings, saving.call, position + 1
    return bindings, None, position


def _assigned(statement: ast.stmt) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(statement, ast.Assign):
        for target in statement.targets:
            yield from _targets(target, statement.value)
    elif isinstance(statement, ast.AugAssign):
        yield from _targets(statement.target, statement.value)
    elif isinstance(statement, ast.For):
        yield from _targets(statement.target, statement.iter)


def _targets(target: ast.expr, value: ast.expr) -> Iterator[tuple[str, ast.expr]]:
    if isinstance(target, ast.Name):
        yield target.id, value
    elif isinstance(target, (ast.Subscript, ast.Attribute, ast.Starred)):
        # A column set: the table is then made of this as well.
        yield from _targets(target.value, value)
    elif isinstance(target, (ast.Tuple, ast.List)):
        values = value.elts if isinstance(value, (ast.Tuple, ast.List)) else []
        each = len(values) == len(target.elts)
        for number, part in enumerate(target.elts):
            yield from _targets(part, values[number] if each else value)


def _bound(name: str, before: int, bindings: list[_Binding]) -> list[_Binding]:
    """Return the latest assignment of a name before a place, and the columns set after it."""
    found: list[_Binding] = []
    for binding in bindings:
        if binding.name == name and binding.position < before:
            whole = re.match(rf"(.*,\s*)?\(?{re.escape(name)}\b\s*[,=)]", binding.source)
            found = [binding] if whole else [*found, binding]
    return found


def _parts(
    node: ast.expr, position: int, bindings: list[_Binding], spec: str = ""
) -> Iterator[tuple[str, ast.expr | None, int]]:
    """Yield a pattern (one group) for each piece of a string, and the expression that fills it."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield "(" + re.sub(r"(?:\\?\s)+", r"\\s*", re.escape(node.value)) + ")", None, position
    elif isinstance(node, ast.JoinedStr):
        for value in node.values:
            yield from _parts(value, position, bindings)
    elif isinstance(node, ast.FormattedValue):
        form = ast.unparse(node.format_spec) if node.format_spec else ""
        yield from _parts(node.value, position, bindings, form)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        yield from _parts(node.left, position, bindings)
        yield from _parts(node.right, position, bindings)
    else:
        made = _bound(node.id, position, bindings) if isinstance(node, ast.Name) else []
        if made and _is_text(made[-1].value):
            yield from _parts(made[-1].value, made[-1].position, bindings)
        else:
            numeric = re.search(r"[fd%eg,]['\"]?$", spec)
            yield (r"([-−+]?[\d.,]*\d%?|nan|inf)" if numeric else "(.*?)"), node, position


def _worded(
    node: ast.expr, position: int, bindings: list[_Binding], sentences: Mapping
) -> ast.expr:
    """Return a part of a wording as the formatted string that it is; any other node as it is."""
    if not isinstance(node, ast.Attribute) or node.attr not in PARTS:
        return node
    call = node.value
    if isinstance(call, ast.Name):
        made = _bound(call.id, position, bindings)
        call = made[-1].value if made else call
    if not isinstance(call, ast.Call) or not ast.unparse(call.func).endswith("wording"):
        return node
    named = call.args[0].value if call.args and isinstance(call.args[0], ast.Constant) else None
    given = {word.arg: word.value for word in call.keywords if word.arg}
    entry = sentences.get(str(named), {})
    return _formatted(entry[node.attr], entry, given) if node.attr in entry else node


def _formatted(text: str, entry: Mapping[str, str], given: Mapping[str, ast.expr]) -> ast.JoinedStr:
    """Make of a sentence and what fills it the formatted string that says the same."""
    values: list[ast.expr] = []
    for before, field, spec, _ in pieces(text):
        values.append(ast.Constant(before))
        if field == "finding":
            values.append(_formatted(entry["finding"], entry, given))
        elif field is not None:
            # What the library fills in itself is text, and no expression of the notebook.
            value = given.get(root(field), ast.Name(root(field)))
            for key in re.findall(r"\[([^\]]*)\]", field):
                value = ast.Subscript(value, ast.Constant(key))
            for attribute in re.findall(r"\.(\w+)", field):
                value = ast.Attribute(value, attribute)
            form = ast.JoinedStr([ast.Constant(spec)])
            values.append(ast.FormattedValue(value, -1, form))
    return ast.JoinedStr(values)


def _is_text(node: ast.expr) -> bool:
    if isinstance(node, ast.BinOp):
        return _is_text(node.left) or _is_text(node.right)
    return isinstance(node, ast.JoinedStr) or (
        isinstance(node, ast.Constant) and isinstance(node.value, str)
    )


def _slice(
    node: ast.expr, position: int, bindings: list[_Binding]
) -> tuple[tuple[str, ...], tuple[frozenset[str], ...]]:
    """Return the statements an expression rests on, and the strings in them by distance."""
    used: dict[int, str] = {}
    levels: list[frozenset[str]] = []
    here = [(node, position)]
    seen: set[int] = set()
    names: set[str] = set()
    while here:
        strings: set[str] = set()
        outer: list[tuple[ast.expr, int]] = []
        while here:
            at, before = here.pop()
            for part in ast.walk(at):
                if isinstance(part, ast.Constant) and isinstance(part.value, str):
                    strings.add(part.value)
                elif isinstance(part, ast.Call) and ast.unparse(part.func).endswith("read_study"):
                    names |= {ast.unparse(given).strip("'") for given in part.args}
                elif isinstance(part, ast.Name):
                    for made in _bound(part.id, before, bindings):
                        if id(made.value) in seen:
                            continue
                        seen.add(id(made.value))
                        used[made.position] = made.source
                        # A name for something written out counts as what is written.
                        near = here if _is_written_out(made.value) else outer
                        near.append((made.value, made.position))
        levels.append(frozenset(strings))
        here = outer
    # The name of a study picks no lines, even where a term has the same name.
    levels = [strings - names for strings in levels]
    return tuple(used[at] for at in sorted(used)), tuple(levels)


def _is_written_out(node: ast.expr) -> bool:
    if isinstance(node, (ast.List, ast.Tuple, ast.Set)):
        return all(_is_written_out(part) for part in node.elts)
    if isinstance(node, ast.Starred):
        return isinstance(node.value, ast.Name)
    return isinstance(node, ast.Constant)

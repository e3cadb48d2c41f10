"""A dependency parse as plain lists, and the subject of a verb in it."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from analysis.voices.english.cues import SAYING, VERBS
from analysis.voices.english.wordlist import words

_USED = words("use used uses using take took takes taking spend spent spends spending have had has")
"""Verbs with an object and a purpose, which is their subject's: «used the speech to warn»."""
_DOERS = words(
    """first last only latest next second third nobody somebody anybody everybody one people person
    man woman men women"""
)


class Tree:
    """Tokens of a whole text with heads, relations and edges, as plain lists."""

    def __init__(self, parsed: Sequence[tuple[int, Any]]) -> None:
        self.start: list[int] = []
        self.end: list[int] = []
        self.low: list[str] = []
        self.head: list[int] = []
        self.dep: list[str] = []
        self.pos: list[str] = []
        self.tag: list[str] = []
        self.left: list[int] = []
        self.right: list[int] = []
        self.kids: list[list[int]] = []
        for offset, doc in parsed:
            base = len(self.start)
            for item in doc:
                self.start.append(offset + item.idx)
                self.end.append(offset + item.idx + len(item))
                self.low.append(item.lower_)
                self.head.append(base + item.head.i)
                self.dep.append(item.dep_)
                self.pos.append(item.pos_)
                self.tag.append(item.tag_)
                self.left.append(base + item.left_edge.i)
                self.right.append(base + item.right_edge.i)
                self.kids.append([])
            for node in range(base, len(self.start)):
                if self.head[node] != node:
                    self.kids[self.head[node]].append(node)
        self.at = {start: node for node, start in enumerate(self.start)}

    def child(self, node: int, *deps: str) -> int | None:
        """Return the first child with one of the relations."""
        for kid in self.kids[node]:
            if self.dep[kid] in deps:
                return kid
        return None


def subject_of(
    tree: Tree, node: int, depth: int = 0
) -> tuple[int, int] | tuple[int, int, bool] | None:
    """Return subject node, relative pronoun node or -1, and whether it is shared."""
    found = tree.child(node, "nsubj", "csubj")
    if found is not None:
        if tree.low[found] in ("who", "which", "that") and tree.dep[node] == "relcl":
            return _antecedent(tree, tree.head[node], tree.low[found]), found, False
        return found, -1, False
    if depth > 5:
        return None
    dep, head = tree.dep[node], tree.head[node]
    if head == node:
        return None
    if dep in ("acl", "relcl") and tree.pos[head] not in ("VERB", "AUX"):
        if tree.low[head] in SAYING and tree.dep[head] in ("dobj", "pobj"):
            verb = tree.head[head]
            if tree.dep[head] == "pobj":
                verb = tree.head[verb]
            above = subject_of(tree, verb, depth + 1) if tree.pos[verb] in ("VERB", "AUX") else None
            if above is not None:
                return above[0], above[1], True
        purpose = _purpose(tree, node, head) if dep == "acl" and tree.tag[node] == "VB" else -1
        if purpose >= 0:
            above = subject_of(tree, purpose, depth + 1)
            return (above[0], above[1], True) if above is not None else None
        return head, -1, False
    if dep == "xcomp" and tree.pos[head] == "VERB" and tree.low[head] not in _USED:
        controlled = tree.child(head, "dobj")
        if controlled is not None and controlled < node and tree.tag[node] == "VB":
            return controlled, -1, False
    if dep in ("conj", "advcl") and depth == 0 and tree.low[node] in VERBS:
        reporter = _reporter(tree, head)
        if reporter is not None:
            above = subject_of(tree, reporter, depth + 1)
            if above is not None:
                return above[0], above[1], True
    if dep in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "dep", "prep", "parataxis"):
        passive = tree.child(head, "nsubjpass")
        if passive is not None and dep != "ccomp":
            return passive, -1, True
        above = subject_of(tree, head, depth + 1)
        return (above[0], above[1], True) if above is not None else None
    return None


def _purpose(tree: Tree, node: int, noun: int) -> int:
    """Return the verb above «an effort to explain», whose subject explains, or -1.

    The first to explain, and somebody to explain, do so themselves.
    """
    own = any(tree.low[kid] in _DOERS or tree.tag[kid] == "JJS" for kid in tree.kids[noun])
    if own or tree.low[noun] in _DOERS or tree.pos[noun] in ("PROPN", "PRON"):
        return -1
    above = noun
    while tree.head[above] != above and tree.pos[above] not in ("VERB", "AUX"):
        above = tree.head[above]
    return above if tree.pos[above] in ("VERB", "AUX") else -1


def _antecedent(tree: Tree, node: int, relative: str) -> int:
    """Return the noun of a relative clause: of «a report by X, a scholar, which», the report."""
    above = node
    while relative == "which" and tree.dep[above] in ("appos", "pobj", "prep", "agent"):
        above = tree.head[above]
        if tree.low[above] in SAYING:
            return above
    return node


def _reporter(tree: Tree, node: int) -> int | None:
    """Return the reporting verb whose clause a verb heads, if it does not report itself."""
    while tree.dep[node] in ("conj", "xcomp", "advcl") and tree.low[node] not in VERBS:
        node = tree.head[node]
    verb = VERBS.get(tree.low[tree.head[node]])
    if (
        tree.dep[node] == "ccomp"
        and verb is not None
        and verb.clause
        and tree.low[node] not in VERBS
    ):
        return tree.head[node]
    return None

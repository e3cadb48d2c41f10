"""A tree without a parser: noun groups, verb groups and what each hangs on.

Groups are cut by tags (:mod:`analysis.voices.english.groups`) and attached from left to right by
what their words take. The relations are those that :mod:`analysis.voices.english.scope` asks for,
named as spaCy names them.
"""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0912, PLR0915
from __future__ import annotations

from analysis.voices.english import polarity as p
from analysis.voices.english.groups import AUXILIARY, VERBAL, Group, LightTree, cut, link
from analysis.voices.english.light_clauses import State, attach_verb, wait
from analysis.voices.english.light_nouns import (
    attach_adjective,
    attach_adverb,
    attach_negation,
    attach_noun,
    attach_preposition,
)
from analysis.voices.english.tagging import tagged
from analysis.voices.english.word_classes import tokens
from analysis.voices.english.wordlist import words

_BETWEEN = words("once even really actually ever yet knowingly")
"""Adverbs between «never» and its verb."""
_POSES = {"VB": "VERB", "VBP": "VERB", "VBZ": "VERB", "VBD": "VERB", "VBN": "VERB", "VBG": "VERB",
          "BE": "AUX", "HAVE": "AUX", "DO": "AUX", "MD": "AUX", "IN": "ADP", "TO": "PART",
          "DT": "DET", "PRP": "PRON", "WP": "PRON", "EX": "PRON", "JJ": "ADJ", "RB": "ADV",
          "NEG": "PART", "NNP": "PROPN", "CD": "NUM", "PUNCT": "PUNCT", "CC": "CCONJ",
          "MARK": "SCONJ", "PRP$": "PRON", "POS": "PART"}  # fmt: skip


def light_tree(text: str, start: int = 0, end: int | None = None) -> LightTree:
    """Read one sentence.

    Parameters
    ----------
    text : str
    start, end : int
        The sentence's characters, ``[start, end)``; all of the text if left out.

    Returns
    -------
    LightTree

    Examples
    --------
    >>> tree = light_tree("We do not collect records.")
    >>> [(tree.low[node], tree.dep[node], tree.low[tree.head[node]]) for node in (0, 2, 4)]
    [('we', 'nsubj', 'collect'), ('not', 'neg', 'collect'), ('records', 'dobj', 'collect')]
    """
    found = tagged(tokens(text, start, end))
    size = len(found)
    tree = LightTree(
        [word.start for word in found],
        [word.end for word in found],
        [word.low for word in found],
        [word.tag for word in found],
        ["" for _ in found],
        [-1] * size,
        ["dep"] * size,
        [[] for _ in found],
    )
    groups = _whole_subjects(cut(found, tree), tree)
    _attach(groups, tree)
    root = _main(groups, tree)
    for node in range(size):
        if tree.head[node] < 0 or _circular(tree, node):
            tree.head[node] = root if node != root else node
            tree.dep[node] = "ROOT" if node == root else "dep"
        if tree.low[node] in p.PERHAPS and tree.tag[tree.head[node]] not in VERBAL:
            link(tree, node, root, "advmod")
        if tree.tag[node] == "IN" and tree.dep[node] == "dep":
            tree.dep[node] = "prep"
        tree.pos[node] = _POSES.get(tree.tag[node], "NOUN")
    for node in range(size):
        if tree.head[node] != node:
            tree.kids[tree.head[node]].append(node)
    return tree


def _whole_subjects(groups: list[Group], tree: LightTree) -> list[Group]:
    """Take «what we run here» before «is» for one noun group."""
    kinds = [group.kind for group in groups]
    for at in range(len(groups) - 3):
        after = at + 3 + (kinds[at + 3] == "adv")
        if kinds[at : at + 3] != ["what", "noun", "verb"] or after >= len(groups):
            continue
        last = groups[after]
        if last.kind == "verb" and tree.low[last.first] in ("is", "was", "are", "were"):
            return [*groups[:at], Group("noun", groups[at].head, groups[at].first), *groups[after:]]
    return groups


def _main(groups: list[Group], tree: LightTree) -> int:
    """Return the word that all others hang on at last."""
    for group in groups:
        if tree.dep[group.head] == "ROOT":
            return group.head
    for kind in ("verb", "noun"):
        for group in groups:
            if group.kind == kind and tree.head[group.head] < 0:
                return group.head
    return 0


def _circular(tree: LightTree, node: int) -> bool:
    seen = node
    for _ in range(60):
        above = tree.head[seen]
        if above < 0 or above == seen:
            return False
        if above == node:
            return True
        seen = above
    return True


def _attach(groups: list[Group], tree: LightTree) -> None:
    s = State()
    for number, group in enumerate(groups):
        following = groups[number + 1] if number + 1 < len(groups) else None
        if group.kind == "noun":
            attach_noun(s, group, groups, number, tree)
        elif group.kind == "adj":
            attach_adjective(s, group, tree)
            s.helper = -1
        elif group.kind == "verb":
            attach_verb(s, group, groups, number, tree)
            broken = following is not None and following.kind in ("comma", "neg", "adv", "prep")
            if group.form == "finite" and _helping(tree, group.head) and broken:
                s.helper = group.head
        elif group.kind == "prep":
            attach_preposition(s, group, tree)
        elif group.kind == "mark":
            if s.mark >= 0 and s.kind == "mark" and tree.low[s.mark] == "that":
                s.held, s.holder = s.mark, s.verb  # … that if they go, it …
            s.mark, s.before = group.head, s.noun
            if s.subject == s.noun and s.kind == "noun":
                wait(s)
            s.subject = -1
            if s.kind != "cc":
                s.prep = -1
        elif group.kind in ("rel", "what"):
            if group.kind == "rel" and s.kind in ("noun", "comma", "prep") and s.noun >= 0:
                s.relative = s.noun
                link(tree, group.head, s.noun, "dep")
                s.prep = -1
                wait(s)
            else:
                s.mark = group.head
            s.subject = -1
        elif group.kind == "cc":
            s.joint = group.head
        elif group.kind == "neg":
            later = groups[number + 2] if number + 2 < len(groups) else None
            passed = following is not None and tree.low[following.head] in _BETWEEN
            attach_negation(s, group, later if passed else following, tree)
        elif group.kind == "comma":
            s.comma = True
            s.prep = -1
        elif group.kind == "stop":
            if tree.low[group.head] in (";", ":", "—", "–", "--", ".", "?", "!", "(", ")"):
                s.mark = s.prep = s.joint = s.subject = s.relative = -1
                s.verb = -1 if tree.low[group.head] not in ("(", ")") else s.verb
                s.noun = -1 if s.verb < 0 else s.noun
            s.comma = True
        else:
            attach_adverb(s, group, following, tree)
        s.last, s.kind = group.head, group.kind
        if group.kind not in ("comma", "stop", "adv", "neg", "cc"):
            s.comma = False


def _helping(tree: LightTree, node: int) -> bool:
    """Say whether a verb group ended at a «has», «did» or «will» whose verb may still come."""
    return tree.low[node] in AUXILIARY

"""A sentence cut into noun groups and verb groups by the tags of its words."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0912, PLR0915
from __future__ import annotations

from dataclasses import dataclass

from analysis.voices.english.word_classes import Word
from analysis.voices.english.wordlist import words

_NOMINAL = words("NN NNS NNP CD")


VERBAL = words("VB VBP VBZ VBD VBN VBG")


_HELPING = words("MD BE HAVE DO")


AUXILIARY = words(
    "is are was were do does did have has had can could will would may might should must"
)


@dataclass(slots=True)
class LightTree:
    """Words with heads and relations, as lists: see :class:`analysis.voices.english.scope.Tree`."""

    start: list[int]
    end: list[int]
    low: list[str]
    tag: list[str]
    pos: list[str]
    head: list[int]
    dep: list[str]
    kids: list[list[int]]


@dataclass(slots=True)
class Group:
    """A noun group, a verb group, or a single word that joins."""

    kind: str  # noun, verb, adj, prep, mark, cc, rel, stop, comma
    head: int
    first: int
    form: str = ""  # of verbs: finite, to, ing, part, bare


def link(tree: LightTree, node: int, head: int, dep: str) -> None:
    """Hang a word on another."""
    if node != head and node >= 0 and head >= 0:
        tree.head[node], tree.dep[node] = head, dep


def cut(found: list[Word], tree: LightTree) -> list[Group]:
    """Cut the words into groups and link the words inside each."""
    groups: list[Group] = []
    at, size = 0, len(found)
    while at < size:
        tag, low = found[at].tag, found[at].low
        if tag in _HELPING or tag in VERBAL or (tag == "TO"):
            at = _verb_group(found, tree, groups, at)
        elif tag == "NEG":
            at = _negation(found, tree, groups, at)
        elif tag in ("DT", "PRP$", "PRP", "EX", "JJ", *_NOMINAL):
            at = _noun_group(found, tree, groups, at)
        elif tag == "WP":
            kind = "rel" if low in ("who", "which", "that", "whom", "whose") else "what"
            groups.append(Group(kind, at, at))
            at += 1
        elif tag in ("IN", "MARK", "CC"):
            groups.append(Group({"IN": "prep", "MARK": "mark", "CC": "cc"}[tag], at, at))
            at += 1
        elif tag == "PUNCT":
            groups.append(Group("comma" if low == "," else "stop", at, at))
            at += 1
        else:
            groups.append(Group("adv", at, at))
            at += 1
    return groups


def _negation(found: list[Word], tree: LightTree, groups: list[Group], at: int) -> int:
    """Place a «not» or «never» that stands before no verb group it was taken into."""
    groups.append(Group("neg", at, at))
    return at + 1


def _verb_group(found: list[Word], tree: LightTree, groups: list[Group], at: int) -> int:
    first, size = at, len(found)
    helpers: list[int] = []
    inner: list[int] = []
    head = -1
    to = found[at].tag == "TO"
    if to:
        helpers.append(at)
        at += 1
    while at < size:
        tag = found[at].tag
        if tag in ("NEG", "RB"):
            ahead = at + 1
            while ahead < size and found[ahead].tag in ("NEG", "RB"):
                ahead += 1
            goes = ahead < size and (
                found[ahead].tag in VERBAL or (found[ahead].tag in _HELPING and helpers)
            )
            if tag == "RB" and not goes:
                break
            inner.append(at)
        elif tag in _HELPING and head < 0:
            if to and tag in ("MD",):
                break
            helpers.append(at)
        elif tag in VERBAL and head < 0:
            if not helpers or _continues(found, helpers[-1], at):
                head = at
            else:
                break
        else:
            break
        at += 1
        if head >= 0:
            break
    if head < 0:
        if not helpers or (to and len(helpers) == 1):
            groups.append(Group("prep", first, first))
            return max(at, first + 1) if not inner else first + 1
        head = helpers.pop()
    tags = {found[item].tag for item in helpers}
    for item in helpers:
        passive = found[head].tag in ("VBN", "VBD") and found[item].tag == "BE"
        link(tree, item, head, "auxpass" if passive else "aux")
    for item in inner:
        low = found[item].low
        if found[item].tag == "NEG":
            link(tree, item, head, "neg")
        else:
            link(tree, item, head, "advmod")
            if low == "longer" and item and found[item - 1].low == "no":
                link(tree, item - 1, item, "neg")
    if tags & {"BE", "HAVE"} and found[head].tag == "VBD":
        found[head].tag = tree.tag[head] = "VBN"
    tree.tag[head] = found[head].tag
    form = "finite"
    if to:
        form = "to"
    elif not helpers:
        form = {"VBG": "ing", "VBN": "part", "VB": "bare"}.get(found[head].tag, "finite")
        if _by_somebody(found, head):
            form = "part"
        if found[head].low in ("being", "having"):
            form = "ing"
        if found[head].low in ("be",):
            form = "bare"
    elif found[helpers[0]].low in ("being", "having"):
        form = "ing"
    if found[head].tag in _HELPING:
        low = found[head].low
        tree.tag[head] = "VBD" if low in ("was", "were", "had", "did") else (
            "VB" if low in ("be", "have", "do") and helpers else "VBZ")  # fmt: skip
        if low in ("been", "done"):
            tree.tag[head] = "VBN"
        if low in ("being", "having", "doing"):
            tree.tag[head] = "VBG"
    groups.append(Group("verb", head, first, form))
    return at


def _by_somebody(found: list[Word], at: int) -> bool:
    """Say whether «painted» in «the picture of it painted by the charity» is no main verb."""
    by = at + 1 < len(found) and found[at + 1].low == "by"
    noun = at > 0 and found[at - 1].tag in ("NN", "NNS", "NNP")
    return by and noun and found[at].tag == "VBD" and found[at].low.endswith("ed")


def _continues(found: list[Word], helper: int, at: int) -> bool:
    """Say whether a verb form may follow its auxiliary."""
    aux, form = found[helper].tag, found[at].tag
    if aux == "BE":
        return form in ("VBN", "VBG", "VBD")
    if aux == "HAVE":
        return form in ("VBN", "VBD")
    return form in ("VB", "VBP") or aux == "TO"


def _noun_group(found: list[Word], tree: LightTree, groups: list[Group], at: int) -> int:
    first, size = at, len(found)
    if found[at].tag in ("PRP", "EX"):
        groups.append(Group("noun", at, at))
        return at + 1
    head = -1
    while at < size:
        tag = found[at].tag
        if tag in _NOMINAL:
            head = at
        elif tag == "POS" and head >= 0:
            pass
        elif tag in ("VBN", "VBG", "VBD", "RB", "NEG") and (head < 0 or found[at - 1].tag == "POS"):
            ahead = found[at + 1].tag if at + 1 < size else ""
            if tag == "VBG" and at > first and ahead in ("IN", "PUNCT", "CC", ""):
                found[at].tag = tree.tag[at] = "NN"
                head = at
                at += 1
                continue
            if at == first or ahead not in ("JJ", "VBN", "VBG", *_NOMINAL):
                break
        elif (
            tag in ("DT", "PRP$")
            and (
                at == first
                or found[at - 1].low in ("all", "both", "such", "half", "of", "neither", "either")
            )
        ) or (tag == "JJ" and (head < 0 or found[at - 1].tag in ("POS", "CD"))):
            pass
        else:
            break
        at += 1
    if head < 0:
        # An adjective alone, or a determiner that stands for its noun.
        last = at - 1
        while last > first and found[last].tag not in ("JJ", "DT"):
            last -= 1
        kind = "adj" if found[last].tag == "JJ" else "noun"
        if kind == "adj" and found[first].tag in ("DT", "PRP$"):
            kind = "noun"
            if found[last].tag == "JJ":
                found[last].tag = tree.tag[last] = "NN"
        _inside(found, tree, first, last)
        groups.append(Group(kind, last, first))
        return last + 1
    _inside(found, tree, first, head)
    groups.append(Group("noun", head, first))
    return head + 1


def _inside(found: list[Word], tree: LightTree, first: int, head: int) -> None:
    names = {
        "DT": "det",
        "PRP$": "poss",
        "JJ": "amod",
        "VBN": "amod",
        "VBG": "amod",
        "VBD": "amod",
        "CD": "nummod",
        "RB": "advmod",
        "NEG": "neg",
        "POS": "case",
    }
    owner = max((item for item in range(first, head) if found[item].tag == "POS"), default=-1)
    for item in range(first, head):
        if item < owner:
            link(tree, item, head, "poss" if item == owner - 1 else "dep")
        else:
            link(tree, item, head, names.get(found[item].tag, "compound"))


def finite_ahead(groups: list[Group], number: int) -> bool:
    """Say whether the next verb group is finite and this noun group's own."""
    for group in groups[number + 1 : number + 7]:
        if group.kind == "verb":
            return group.form == "finite"
        if group.kind in ("mark", "rel", "what", "stop"):
            return False
        if group.kind in ("cc",) and number + 1 < len(groups) and group is not groups[number + 1]:
            return False
    return False

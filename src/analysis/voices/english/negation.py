"""Negations and doubts at a word of a tree: «not», «nobody», «hardly», «may», «if»."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0912, PLR0915
from __future__ import annotations

from typing import Protocol

from analysis.voices.english import polarity as p
from analysis.voices.english.cues import SAY, TELL
from analysis.voices.english.wordlist import words


class Tree(Protocol):
    """Words with heads, relations and tags, as :class:`analysis.voices.english.parse_tree.Tree`."""

    start: list[int]
    end: list[int]
    low: list[str]
    head: list[int]
    dep: list[str]
    pos: list[str]
    tag: list[str]
    kids: list[list[int]]


FUTURE = words("to will would 'll 'd can could may might should must")
_SAYING = SAY | TELL


VERB = words("VERB AUX")


NOUN = words("NOUN PROPN PRON")


_DONE = words(
    """do have make take be give hear say know put play provide offer issue receive reach pay leave
    find get serve"""
)
"""Verbs denied by their object: «took no action»; not «saw no end»."""


_OPENERS = frozenset(['"', "“", ".", "!", "?"])
_SOME = words("a the these those some every his her their its our past last next first")
"""Words before «few» and «little» that make them some."""


_WAY = words(
    """way time circumstances circumstance means sense point stage event case account condition
    conditions"""
)
"""Nouns of «in no way», «at no time»."""
_SURPRISED = words("surprised doubtful doubt doubts doubted")
"""Words after which «if» and «whether» ask nothing."""
_WITH_NOT = words("a any one enough much many")
"""Words that make «not» negate a noun."""
_STRUCK = words(
    """violate infringe invade breach break harm undermine endanger threaten damage compromise
    weaken erode affect implicate impair jeopardise jeopardize override overturn displace"""
)
"""Verbs whose «no» falls on what is done: «no right was violated»."""
_ALONE = words("simply solely merely exclusively purely only wholly entirely alone")
_MORE = words(
    """greater bigger larger stronger weaker higher lower deeper wider broader clearer worse better
    more less fewer lesser"""
)
_MOST = words("more better worse worst clearer stronger happier plainer higher louder")


def kids_by(tree: Tree, node: int, *deps: str) -> list[int]:
    """Return the words that hang on a word by one of some relations."""
    return [kid for kid in tree.kids[node] if tree.dep[kid] in deps]


def auxiliaries(tree: Tree, node: int) -> set[str]:
    """Return the auxiliaries of a verb."""
    return {tree.low[kid] for kid in kids_by(tree, node, "aux", "auxpass")}


def next_word(tree: Tree, node: int) -> str:
    """Return the word after a word, or nothing."""
    return tree.low[node + 1] if node + 1 < len(tree.low) else ""


def indefinite(tree: Tree, node: int) -> bool:
    """Say whether a noun names something not yet known to be there."""
    if kids_by(tree, node, "nummod"):
        return False
    for kid in kids_by(tree, node, "det", "poss"):
        if tree.low[kid] not in ("a", "an", "any", "some", "no", "such", "much", "another"):
            return False
    return tree.pos[node] != "PROPN"


def negative(tree: Tree, node: int) -> bool:
    """Say whether a noun phrase is negative: «nobody», «no agency», «few people»."""
    if tree.low[node] in p.NOBODY or (tree.low[node] == "one" and _no(tree, node)):
        return True
    if tree.low[node] == "few" and (not node or tree.low[node - 1] not in _SOME):
        return True
    return _no(tree, node)


def _no(tree: Tree, node: int) -> bool:
    low = tree.low
    if low[node] in p.NO_DENIAL and not (low[node] == "question" and next_word(tree, node) == "of"):
        return False
    inside = [
        kid
        for part in kids_by(tree, node, "compound")
        for kid in kids_by(tree, part, "det")
        if low[kid] == "no"
    ]
    for kid in (*tree.kids[node], *inside):
        word = low[kid]
        if kid > node:
            continue
        if word in p.NO and next_word(tree, kid) not in (
            "longer",
            "doubt",
            "less",
            "fewer",
            "more",
            ".",
            "sum",
            "day",
            "trust",
            "tolerance",
            "two",
        ):
            return True
        if word == "not" and next_word(tree, kid) in _WITH_NOT:
            return True
        before = low[kid - 1] if kid else ""
        if word in p.FEW and before not in _SOME:
            return True
        if word == "any" and before in p.HARDLY:
            return True
    return False


def negators(tree: Tree, node: int, came: int) -> list[str]:
    """Return the negations at a word that reach what the walk came from."""
    low, found = tree.low, []
    deontic = bool(auxiliaries(tree, node) & p.DEONTIC) and "have" not in auxiliaries(tree, node)
    for kid in tree.kids[node]:
        word, dep = low[kid], tree.dep[kid]
        if kid == came:
            continue
        if word in p.NOT and dep in ("neg", "advmod", "preconj", "cc", "dep", "det"):
            if word == "nor" and dep == "cc" and kid and low[kid - 1] not in _OPENERS:
                continue  # counted with the verb it joins
            after = next_word(tree, kid)
            if tree.pos[node] in NOUN and after in _WITH_NOT:
                continue  # counted with its noun
            if kid > node and low[kid - 1] == ",":
                continue  # a contrast: X, not Y
            if after in p.NOT_DENYING or deontic or (kid and low[kid - 1] == "if"):
                continue
            if "could" in low[max(0, kid - 2) : kid] and _MOST & set(low[kid : kid + 9]):
                continue  # it could not be clearer
            if _until(tree, kid) and low[kid - 1] in ("did", "was", "were"):
                continue
            if _only_so(tree, kid):
                continue
            found.append("not")
        elif word == "neither" and dep in ("neg", "preconj", "cc") and tree.pos[node] not in NOUN:
            found.append("not")
        elif word in p.HARDLY and next_word(tree, kid) == "any":
            continue
        elif word in p.HARDLY and dep in ("advmod", "neg", "amod", "det"):
            found.append("hardly")
        elif word == "longer" and low[kid - 1] == "no":
            found.append("no longer")
        elif word == "before" and low[kid - 1] == "never":
            found.append("not")
        elif word in ("nearly", "almost") and tree.tag[node] == "VBD" and kid == node - 1:
            found.append("nearly")
        elif dep in ("nsubj", "nsubjpass") and negative(tree, kid) and not deontic:
            found += ["nobody"] * (not _more(tree, node))
        elif dep in ("dobj", "attr") and kid > node and negative(tree, kid):
            unrelated = low[kid + 1 : kid + 3] in (["to", "do"], ["short", "of"])
            joined = came >= 0 and tree.dep[came] == "conj"
            done = came >= 0 or p.lemma(low[node]) in _DONE
            found += ["nothing"] * (done and not unrelated and not joined)
        elif dep == "prep" and low[kid] in ("in", "at", "under", "by", "on"):
            nouns = kids_by(tree, kid, "pobj")
            if any(low[noun] in _WAY and _no(tree, noun) for noun in nouns):
                found.append("in no way")
    noun = tree.pos[node] in NOUN or any(tree.dep[kid] == "det" for kid in tree.kids[node])
    if (
        noun
        and _no(tree, node)
        and not (_except(tree, node) or _struck(tree, node) or _due(tree, node))
    ):
        found.append("no")
    if _hardly_after(tree, node, came):
        found.append("hardly")
    for aux_kid in kids_by(tree, node, "aux", "auxpass"):
        if any(low[kid] in p.NOT and kid < aux_kid for kid in tree.kids[aux_kid]):
            found.append("not")
    if tree.pos[node] in NOUN and any(low[kid] in p.UNREAL for kid in kids_by(tree, node, "amod")):
        found.append("unreal")
    return found


def compared(tree: Tree, node: int) -> bool:
    """Say whether a noun is measured, not denied: «never under greater threat», «not the same»."""
    before = node - 1
    while before > 0 and tree.pos[before] in ("ADJ", "NOUN", "PROPN") and node - before < 4:
        under = tree.low[before - 1] == "under" and tree.low[before] in _MORE
        if tree.low[before] == "same" or under:
            return True
        before -= 1
    return False


def _struck(tree: Tree, node: int) -> bool:
    """Say whether «no» denies the harm, not what is harmed: «no right has been violated»."""
    up = tree.head[node]
    return tree.dep[node] in ("nsubjpass", "dobj") and p.lemma(tree.low[up]) in _STRUCK


def _due(tree: Tree, node: int) -> bool:
    """Say whether «no» forbids: «there should be no torture»."""
    up = tree.head[node]
    aux = auxiliaries(tree, up)
    return tree.dep[node] in ("attr", "dobj") and bool(aux & p.DEONTIC) and "have" not in aux


def _only_so(tree: Tree, negation: int) -> bool:
    """Say whether a «not» falls on «simply» or «solely» soon after: «not be based simply on»."""
    for low in tree.low[negation + 1 : negation + 6]:
        if not low[0].isalpha():
            return False
        if low in _ALONE:
            return True
    return False


def _hardly_after(tree: Tree, node: int, came: int) -> bool:
    """Say whether «hardly» stands right after a verb, whatever a parser hangs it on."""
    if next_word(tree, node) not in p.HARDLY or tree.pos[node] not in VERB:
        return False
    return tree.head[node + 1] not in (node, came) and tree.low[node + 2 : node + 3] != ["any"]


def _if(tree: Tree, clause: int) -> bool:
    return any(tree.low[mark] in ("if", "unless") for mark in kids_by(tree, clause, "mark"))


def _until(tree: Tree, node: int) -> bool:
    """Say whether «not … until» says that it came about in the end."""
    for word in tree.low[node + 1 : node + 11]:
        if word in (",", ";", "."):
            return False
        if word in ("until", "till"):
            return True
    return False


def _except(tree: Tree, noun: int) -> bool:
    """Say whether «no» leaves something: «no duty but to its owners», «no court other than»."""
    after = tree.low[noun + 1 : noun + 3]
    return after[:1] in (["but"], ["except"], ["save"], ["besides"]) or after == ["other", "than"]


def _more(tree: Tree, verb: int) -> bool:
    """Say whether a negated subject compares: «no organisation does more to protect»."""
    more = ("more", "better", "harder", "further")
    near = range(verb + 1, min(verb + 4, len(tree.low)))
    return any(tree.low[kid] in more for kid in tree.kids[verb] if kid > verb) or any(
        tree.low[n] in more and not _wanted(tree, n) for n in near
    )


def _wanted(tree: Tree, more: int) -> bool:
    """Say whether «more» belongs to a thing, and nothing is compared: «no one wants more cars»."""
    thing = tree.dep[more] == "amod" and tree.pos[tree.head[more]] in NOUN
    return thing and "than" not in tree.low[more : more + 9]


def _doubted(tree: Tree, clause: int) -> bool:
    """Say whether a clause with «if» or «whether» hangs on a word of doubt, and so asks nothing."""
    up = tree.head[clause]
    return any(tree.low[word] in _SURPRISED for word in (up, *kids_by(tree, up, "acomp", "attr")))


def _told(tree: Tree, node: int) -> bool:
    """Say whether «would» only stands for «will» under a past «said»."""
    up = tree.head[node]
    past = tree.tag[up] in ("VBD", "VBN")
    return tree.dep[node] in ("ccomp", "parataxis") and past and p.lemma(tree.low[up]) in _SAYING


def _polite(tree: Tree, node: int, came: int) -> bool:
    """Say whether «I would say that» only puts softly what is asserted."""
    own = any(tree.low[kid] in ("i", "we") for kid in kids_by(tree, node, "nsubj"))
    return own and came >= 0 and tree.dep[came] == "ccomp"


def doubts(tree: Tree, node: int, came: int) -> list[str]:
    """Return what makes a word only possible at its own place."""
    found = []
    aux = auxiliaries(tree, node)
    if aux & p.MODAL:
        found.append("modal")
    only = aux & {"would", "'d"} and not aux & {"have", "had"}
    if only and not _told(tree, node) and not _polite(tree, node, came):
        found.append("would be")
    low = tree.low
    for kid in tree.kids[node]:
        word, dep = low[kid], tree.dep[kid]
        if kid == came:
            continue
        if word in p.PERHAPS and dep in ("advmod", "acomp"):
            found.append("perhaps")
        elif dep in ("mark", "advmod") and word in p.IF and not _doubted(tree, node):
            found.append("if")
        elif dep == "amod" and word in p.HEDGING:
            found.append("possible")
        elif dep == "advcl" and aux & FUTURE and _if(tree, kid):
            found += ["conditional", "would"] if aux & {"would", "'d", "could"} else ["conditional"]
    return found

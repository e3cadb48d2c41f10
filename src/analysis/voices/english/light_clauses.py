"""Verb groups hung on one another: main clauses, complements, relative clauses, infinitives."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0912
from __future__ import annotations

from dataclasses import dataclass, field

from analysis.voices.english import cues
from analysis.voices.english import polarity as p
from analysis.voices.english.groups import AUXILIARY, Group, LightTree, finite_ahead, link
from analysis.voices.english.wordlist import words

CLAUSE_TAKING = cues.SAY | cues.TELL | p.RAISE | p.DENY | p.HEDGING | words("ensure mean prove")


_CONTROL = words(
    """ask allow force want get tell order require permit enable persuade urge encourage expect help
    cause compel forbid advise warn instruct authorise authorize invite prevent lead see let make
    believe consider like need oblige prompt"""
)


_NOUN_INFINITIVE = p.RAISE | p.SORT | p.HEDGING | p.CLAIM | p.REVERSE | words("time money order")
_NOUN_CLAUSE = p.RAISE | p.SORT | p.REVERSE | p.HEDGING | p.EVALUATION
_CLAIM_OR_EVALUATION = p.CLAIM | p.EVALUATION


@dataclass(slots=True)
class State:
    """What the attaching has seen of the sentence so far."""

    verb: int = -1
    root: int = -1
    subject: int = -1
    noun: int = -1
    last: int = -1
    kind: str = ""
    prep: int = -1
    mark: int = -1
    joint: int = -1
    comma: bool = False
    filled: set[int] = field(default_factory=set)
    relative: int = -1
    asked: int = -1
    apart: bool = False
    before: int = -1
    waiting: int = -1
    held: int = -1
    holder: int = -1
    thatted: int = -1
    helper: int = -1
    outer: int = -1
    early: list[int] = field(default_factory=list)


def attach_verb(s: State, group: Group, groups: list[Group], number: int, tree: LightTree) -> None:
    """Hang a verb group on the clause it belongs to, or make it the main one."""
    node, form = group.head, group.form
    passive = any(
        tree.dep[kid] == "auxpass" and tree.head[kid] == node for kid in range(group.first, node)
    )
    low = tree.low
    if (
        s.helper >= 0
        and s.prep < 0
        and _takes(tree, s.helper, node)
        and (form != "finite" or (group.first == node and s.subject < 0))
        and s.helper not in s.filled
        and s.joint < 0
    ):
        s.verb = s.helper
        _merge(s, node, tree)
        return
    if s.asked >= 0 or (
        s.verb >= 0
        and s.verb not in s.filled
        and (form in ("bare", "part", "ing") or tree.tag[node] in ("VBP", "VBD"))
        and s.subject < 0
        and _inverted(s, tree)
    ):
        _merge(s, node, tree)
        return
    if (
        form == "part"
        and s.kind == "noun"
        and s.prep < 0
        and s.subject >= 0
        and s.mark < 0
        and not finite_ahead(groups, number)
        and s.verb < 0
    ):
        form = "finite"
    if form in ("bare",) and s.subject >= 0:
        form = "finite"
    if form == "finite" and _reduced(s, groups, number, tree):
        form = "part"
    if (
        form == "finite"
        and s.subject < 0
        and (s.kind == "" or _fronted(s, groups, number))
        and tree.pos[node] == ""
        and tree.tag[node] in ("VBZ", "VBD")
        and low[node] in AUXILIARY
    ):
        # A question: the subject follows.
        _root(s, node, tree)
        s.asked = node
        return
    if form == "finite":
        _attach_finite(s, node, passive, tree)
    elif form == "to":
        _attach_infinitive(s, node, tree)
    elif form in ("ing", "part"):
        _attach_participle(s, group, tree)
    elif s.verb >= 0 and s.kind == "noun" and p.lemma(low[s.verb]) in _CONTROL:
        link(tree, node, s.verb, "ccomp")
        _enter(s, node)
    elif s.joint >= 0 and s.verb >= 0:
        _join(s, node, tree)
    elif s.verb < 0:
        _root(s, node, tree)
    elif p.lemma(low[s.verb]) in ("help", "let", "make", "dare", "need"):
        link(tree, node, s.verb, "xcomp")
        _enter(s, node)
    else:
        link(tree, node, s.verb, "conj")
        _enter(s, node)


def _reduced(s: State, groups: list[Group], number: int, tree: LightTree) -> bool:
    """Say whether «planned» in «a service planned at Leeds was cancelled» is no main verb."""
    node = groups[number].head
    if tree.tag[node] != "VBD" or not tree.low[node].endswith("ed") or groups[number].first != node:
        return False
    after = groups[number + 1] if number + 1 < len(groups) else None
    alone = s.kind == "noun" and s.verb < 0 and s.mark < 0 and s.relative < 0
    return alone and after is not None and after.kind == "prep" and finite_ahead(groups, number)


def _takes(tree: LightTree, helper: int, node: int) -> bool:
    """Say whether a verb form may follow an auxiliary that stands apart from it."""
    low, tag = tree.low[helper], tree.tag[node]
    if low in ("is", "are", "was", "were"):
        return tag in ("VBN", "VBG", "VBD")
    if low in ("have", "has", "had"):
        return tag in ("VBN", "VBD")
    return tag in ("VB", "VBP")


def _fronted(s: State, groups: list[Group], number: int) -> bool:
    """Say whether an auxiliary stands before its subject after «never» or «at no time»."""
    ahead = groups[number + 1 : number + 3]
    if len(ahead) < 2 or ahead[0].kind != "noun":
        return False
    inverts = ahead[1].kind == "verb" and ahead[1].form in ("bare", "part", "ing", "finite")
    return s.verb < 0 and (inverts or s.kind in ("neg",))


def _inverted(s: State, tree: LightTree) -> bool:
    """Say whether the verb so far is an auxiliary that waits, its subject already seen."""
    return tree.low[s.verb] in AUXILIARY and any(
        tree.head[node] == s.verb and tree.dep[node] == "nsubj" and node > s.verb
        for node in range(s.verb, len(tree.head))
    )


def _merge(s: State, node: int, tree: LightTree) -> None:
    """Make an auxiliary that stands apart that of its verb."""
    aux = s.verb
    s.helper = -1
    for item in range(len(tree.head)):
        if tree.head[item] == aux and item != aux:
            tree.head[item] = node
    tree.head[node], tree.dep[node] = tree.head[aux], tree.dep[aux]
    if tree.head[node] == aux:
        tree.head[node] = node
    link(tree, aux, node, "aux")
    s.root = node if s.root == aux else s.root
    s.asked = -1
    _enter(s, node)


def _root(s: State, node: int, tree: LightTree) -> None:
    if s.root < 0:
        tree.head[node], tree.dep[node] = node, "ROOT"
        s.root = node
        for item in s.early:
            link(tree, item, node, "advcl")
    else:
        link(tree, node, s.root, "parataxis")
    _enter(s, node)


def wait(s: State) -> None:
    """Keep a subject whose verb is still to come while a clause inside it is read."""
    if s.subject >= 0 and s.waiting < 0:
        s.waiting, s.outer = s.subject, s.verb


def _enter(s: State, node: int) -> None:
    s.verb = node
    s.subject = s.mark = s.relative = s.joint = s.prep = -1
    s.apart = False


def _join(s: State, node: int, tree: LightTree) -> None:
    link(tree, s.joint, s.verb, "cc")
    link(tree, node, s.verb, "conj")
    _enter(s, node)


def _attach_finite(s: State, node: int, passive: bool, tree: LightTree) -> None:
    if s.held >= 0 and s.mark < 0 and s.apart:
        s.mark, s.held, s.verb = s.held, -1, s.holder
    if s.waiting >= 0 and s.subject < 0 and s.relative < 0 and s.joint < 0 and s.mark < 0:
        s.subject, s.verb, s.waiting = s.waiting, s.outer, -1
    if s.subject < 0 and s.noun >= 0 and s.relative < 0 and s.joint < 0 and s.verb < 0:
        s.subject = s.noun
    subject, dep = s.subject, "nsubjpass" if passive else "nsubj"
    if subject >= 0 and tree.tag[subject] == "EX":
        dep = "expl"
    if subject >= 0:
        link(tree, subject, node, dep)
    if s.relative >= 0:
        link(tree, node, s.relative, "relcl")
        _enter(s, node)
    elif s.mark >= 0:
        _attach_clause(s, node, tree)
    elif s.joint >= 0 and s.verb >= 0:
        if s.apart and subject >= 0 and s.root >= 0:
            s.verb = s.root  # «, and the agency …» joins the sentence, not the clause before
        _join(s, node, tree)
    elif s.verb < 0 or (s.root < 0 and subject >= 0 and (s.comma or s.apart)):
        _root(s, node, tree)
    elif subject >= 0 and not (s.comma or s.apart) and p.lemma(tree.low[s.verb]) in CLAUSE_TAKING:
        link(tree, node, s.verb, "ccomp")
        _enter(s, node)
    else:
        link(tree, node, s.verb, "parataxis")
        _enter(s, node)


def _infinitive(tree: LightTree, verb: int) -> bool:
    """Say whether a verb is an infinitive that hangs on another verb."""
    above = tree.head[verb]
    marked = any(tree.low[item] == "to" and tree.head[item] == verb for item in range(verb))
    return marked and above >= 0 and above != verb and tree.dep[verb] in ("xcomp", "ccomp")


def _attach_clause(s: State, node: int, tree: LightTree) -> None:
    """Attach a finite clause that a conjunction opens."""
    mark = s.mark
    low = tree.low[mark]
    link(tree, mark, node, "mark")
    verb, noun = s.verb, s.before
    if verb < 0 and not (low == "that" and noun >= 0 and noun < mark):
        # Before its main clause: hangs on what comes.
        tree.dep[node] = "advcl"
        tree.head[node] = -1
        if s.root >= 0:
            tree.head[node] = s.root
        s.early.append(node)
        _enter(s, node)
        return
    if low == "that" and s.comma and s.thatted >= 0 and noun != mark - 1:
        link(tree, node, tree.head[s.thatted], tree.dep[s.thatted])
        _enter(s, node)
        return
    if low == "that":
        s.thatted = node
    if s.joint >= 0 and verb >= 0 and low == "that":
        _join(s, node, tree)
        return
    if low == "that" or low in ("whether", "how", "why", "what"):
        if (
            noun >= 0
            and noun == mark - 1
            and (
                tree.low[noun] in p.CLAIM
                or p.lemma(tree.low[noun]) in _NOUN_CLAUSE
                or tree.tag[noun] == "JJ"
                or tree.low[noun] in p.NO_DENIAL
                or tree.low[noun] == "fact"
                or verb < 0
            )
        ):
            link(tree, node, noun, "ccomp" if tree.tag[noun] == "JJ" else "acl")
        else:
            link(tree, node, verb, "ccomp")
    else:
        while low in p.IF and _infinitive(tree, verb):
            verb = tree.head[verb]
        link(tree, node, verb, "advcl")
    _enter(s, node)


def _attach_infinitive(s: State, node: int, tree: LightTree) -> None:
    low = tree.low
    if s.joint >= 0 and s.verb >= 0 and s.kind == "cc":
        _join(s, node, tree)
        return
    noun, verb = s.noun, s.verb
    if s.kind in ("noun", "adj", "neg", "adv") and noun >= 0 and noun >= verb:
        base = p.lemma(low[noun])
        if tree.tag[noun] == "JJ":
            link(tree, node, noun, "xcomp")
        elif verb >= 0 and p.lemma(low[verb]) in _CONTROL and tree.dep[noun] == "dobj":
            link(tree, node, verb, "ccomp")
        elif (
            base in _NOUN_INFINITIVE
            or low[noun].endswith(("ion", "ity", "ment"))
            or low[noun] in _CLAIM_OR_EVALUATION
            or verb < 0
        ):
            link(tree, node, noun, "acl")
        else:
            link(tree, node, verb, "advcl")
    elif verb >= 0:
        link(
            tree,
            node,
            verb,
            "xcomp" if s.kind in ("verb", "adv", "neg") and not s.comma else "advcl",
        )
    else:
        _root(s, node, tree)
        return
    if verb < 0:
        wait(s)
    _enter(s, node)


def _attach_participle(s: State, group: Group, tree: LightTree) -> None:
    node = group.head
    if s.verb < 0:
        wait(s)
    if s.prep >= 0:
        link(tree, node, s.prep, "pcomp")
    elif s.joint >= 0 and s.verb >= 0 and s.kind == "cc":
        _join(s, node, tree)
        return
    elif s.kind == "noun" and s.noun >= 0:
        link(tree, node, s.noun, "acl")
    elif s.verb >= 0:
        link(
            tree,
            node,
            s.verb,
            "xcomp" if s.kind in ("verb", "adv", "neg") and not s.comma else "advcl",
        )
    else:
        s.early.append(node)
    _enter(s, node)

"""Noun groups, adjectives and prepositions hung on verbs and on one another."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911
from __future__ import annotations

from analysis.voices.english import cues
from analysis.voices.english import polarity as p
from analysis.voices.english.groups import Group, LightTree, finite_ahead, link
from analysis.voices.english.light_clauses import CLAUSE_TAKING, State, wait
from analysis.voices.english.prepositions import PHRASAL
from analysis.voices.english.wordlist import words

_REPORTING = cues.SAY | p.DENY | words("say think believe")


_NAMING = words("call label term describe consider deem dub name brand make think")
_NO_ANTECEDENT = cues.PRONOUNS | {"there", "this", "that", "it"}
_TAKING = p.RAISE | p.SORT | p.REVERSE | p.HEDGING


_GIVING = words("give show offer grant hand send promise pay deny allow owe bring serve ask tell")


def attach_negation(s: State, group: Group, following: Group | None, tree: LightTree) -> None:
    """Hang a stray «not» on the verb before or the group after."""
    if following is not None and following.kind == "verb" and following.form == "to":
        link(tree, group.head, following.head, "neg")  # they promised never to …
    elif (s.verb >= 0 and s.kind in ("verb", "neg", "adv")) or (
        s.verb >= 0 and s.kind == "noun" and tree.dep[s.last] == "nsubj" and s.verb < s.last
    ):
        link(tree, group.head, s.verb, "neg")
    elif following is not None:
        link(tree, group.head, following.head, "neg")
    elif s.verb >= 0:
        link(tree, group.head, s.verb, "neg")


def attach_adverb(s: State, group: Group, following: Group | None, tree: LightTree) -> None:
    """Hang an adverb on the group after it or the verb before."""
    low = tree.low[group.head]
    if (following is not None and following.kind in ("verb", "adj", "neg")) or s.verb < 0:
        if following is not None:
            link(tree, group.head, following.head, "advmod")
        return
    if low in p.HARDLY and following is not None and following.kind == "noun":
        link(tree, group.head, following.head, "advmod")
        return
    link(tree, group.head, s.verb, "advmod")
    if low == "longer" and group.head and tree.low[group.head - 1] == "no":
        link(tree, group.head - 1, group.head, "neg")


def attach_noun(s: State, group: Group, groups: list[Group], number: int, tree: LightTree) -> None:
    """Make a noun group an object, an apposition, one of a list, or the next verb's subject."""
    node = group.head
    nextone = groups[number + 1] if number + 1 < len(groups) else None
    direct = nextone is not None and nextone.kind == "verb" and nextone.form in ("finite", "bare")
    if s.prep >= 0:
        link(tree, node, s.prep, "pobj")
        s.prep = -1
        s.noun = node
        return
    if (
        s.joint >= 0
        and s.noun >= 0
        and (not direct or s.subject >= 0)
        and not (s.comma and s.subject < 0 and finite_ahead(groups, number))
    ):
        link(tree, s.joint, s.noun, "cc")
        link(tree, node, s.noun, "conj")
        s.joint = -1
        s.noun = node
        return
    verb = s.verb
    if s.asked >= 0:  # Is this …?
        link(tree, node, s.asked, "nsubj")
        s.asked = -1
        s.noun = node
        s.subject = -1
        s.filled.discard(verb)
        return
    clause = s.mark >= 0 or s.relative >= 0 or s.joint >= 0
    if (
        verb >= 0
        and not clause
        and not s.comma
        and verb not in s.filled
        and not _own_clause(s, nextone, direct, finite_ahead(groups, number), tree)
    ):
        base = p.lemma(tree.low[verb])
        dep = "attr" if base in ("be", "become", "remain") else "dobj"
        link(tree, node, verb, dep)
        s.filled.add(verb)
        s.noun = node
        return
    if s.kind == "noun" and verb in s.filled and p.lemma(tree.low[verb]) in _NAMING and not direct:
        link(tree, node, verb, "oprd")
        s.noun = node
        return
    if s.kind == "noun" and verb in s.filled and p.lemma(tree.low[verb]) in _GIVING and not direct:
        link(tree, node, verb, "dobj")  # they showed us a warrant
        s.noun = node
        return
    if (
        s.subject >= 0
        and s.comma
        and s.kind == "comma"
        and not direct
        and _comma_ahead(groups, number)
    ):
        link(tree, node, s.subject, "appos")
        s.noun = node
        return
    if direct or finite_ahead(groups, number) or verb < 0 or clause:
        if (
            direct
            and s.noun >= 0
            and s.kind == "noun"
            and not clause
            and not s.comma
            and (s.subject < 0 or s.subject == s.noun)
            and tree.low[s.noun] not in _NO_ANTECEDENT
        ):
            s.relative = s.noun  # the data they hold
            wait(s)
        if s.subject < 0 or clause or s.comma or direct:
            s.subject = node
            s.apart = s.comma
        s.noun = node
        return
    if s.comma and s.noun >= 0:
        link(tree, node, s.noun, "conj" if _listed(groups, number) else "appos")
    else:
        link(tree, node, verb, "npadvmod")
    s.noun = node


def _comma_ahead(groups: list[Group], number: int) -> bool:
    """Say whether a comma closes what a noun after a comma opened, before any verb."""
    for group in groups[number + 1 : number + 7]:
        if group.kind == "comma":
            return True
        if group.kind in ("verb", "stop", "cc"):
            return False
    return False


def _listed(groups: list[Group], number: int) -> bool:
    """Say whether a noun after a comma is one of a list that «and» or «or» closes."""
    kinds = [group.kind for group in groups[number + 1 : number + 6]]
    return "cc" in kinds and "verb" not in kinds[: kinds.index("cc")]


def _own_clause(
    s: State, nextone: Group | None, direct: bool, ahead: bool, tree: LightTree
) -> bool:
    """Say whether a noun after a verb begins a clause that the verb takes: «think this is»."""
    base = p.lemma(tree.low[s.verb])
    if s.waiting >= 0 and base not in _REPORTING:
        return False
    if direct and nextone is not None:
        return base in CLAUSE_TAKING or nextone.form == "finite"
    return ahead and base in _REPORTING


def attach_adjective(s: State, group: Group, tree: LightTree) -> None:
    """Hang an adjective on the verb it completes."""
    node = group.head
    if s.joint >= 0 and s.noun >= 0 and tree.tag[s.noun] == "JJ":
        link(tree, s.joint, s.noun, "cc")
        link(tree, node, s.noun, "conj")
        s.joint = -1
    elif s.prep >= 0:
        link(tree, node, s.prep, "pobj")
        s.prep = -1
    elif s.verb >= 0:
        link(tree, node, s.verb, "acomp")
    s.noun = node


def attach_preposition(s: State, group: Group, tree: LightTree) -> None:
    """Hang a preposition on the noun or the verb that takes it."""
    node = group.head
    word = tree.low[node]
    above = s.verb
    if s.kind == "prep" and s.prep >= 0:
        above = s.prep
    elif s.kind in ("noun", "adj") and s.noun >= 0:
        base, low = p.lemma(tree.low[s.noun]), tree.low[s.noun]
        takes = low in p.CLAIM or base in _TAKING or tree.tag[s.noun] == "JJ"
        if (
            word == "of"
            or s.verb < 0
            or (s.verb < s.noun and s.subject == s.noun)
            or (takes and word not in ("in", "by", "at", "without"))
        ):
            above = s.noun
        if base in ("interest", "part", "role", "involvement", "participation", "end") and word in (
            "in",
            "to",
            "for",
        ):
            above = s.noun
        if word == "without" and (s.subject == s.noun or p.lemma(tree.low[s.verb]) == "be"):
            above = s.noun
        if (
            s.verb >= 0
            and word in PHRASAL
            and p.lemma(tree.low[s.verb]) in PHRASAL[word]
            and word not in ("of", "to", "for")
        ):
            above = s.verb if not takes else above
        apart = {"from": p.FROM, "of": p.DEPRIVE}.get(word, ())
        if s.verb >= 0 and p.lemma(tree.low[s.verb]) in apart:
            above = s.verb
    elif s.kind in ("adv",) and tree.low[s.last] in ("far", "instead", "short"):
        above = s.last
    elif s.kind == "comma" or above < 0:
        above = s.verb
    if above < 0:
        above = s.noun
    link(tree, node, above, "prep")
    s.prep = node

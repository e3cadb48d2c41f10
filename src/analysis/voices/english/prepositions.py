"""What a preposition and the word above it do to a denial."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912, PLR0915
from __future__ import annotations

from analysis.voices.english import polarity as p
from analysis.voices.english.complements import (
    END,
    FLIP,
    FLIP_END,
    PASS,
    PROPOSALS,
    asserted,
    object_step,
)
from analysis.voices.english.cues import SAY
from analysis.voices.english.headline_passives import aside
from analysis.voices.english.negation import VERB, Tree, auxiliaries, indefinite, kids_by, negative
from analysis.voices.english.standing import called_for
from analysis.voices.english.wordlist import words

PHRASAL = {
    "in": words("engage participate result be involve interest believe succeed take"),
    "to": words("amount lead resort contribute come agree equate be open subject close relate"),
    "of": words("consist approve guilty capable think accuse conceive worthy be dream"),
    "for": words("call ask look push provide apply vote go reach use design intend mean"),
    "on": words("rely depend count embark be insist go"),
    "as": words("describe regard see view use treat present portray serve act count qualify"),
    "into": words("turn go get come enter"),
    "with": words("go do bother"),
    "under": words("be"),
    "about": words("be talk"),
    "at": words("be aim"),
    "by": words("protect cover govern authorise authorize back"),
    "like": words("be look sound"),
    "near": words("be come go get"),
    "from": words("be come stem result arise derive benefit"),
}
"""Verbs and adjectives that take what follows a preposition as their object."""
_GROUNDS = words("basis ground grounds justification authority reason reasons")
"""Nouns whose denial leaves what they are for."""
_HARMS = words(
    """breach breaches violation violations loss losses invasion attack attacks threat threats
    damage     harm infringement erosion criticism discussion review cost costs prevention
    protection detection disclosure destruction investigation"""
)
"""Nouns whose denial leaves what they are done to."""
_BLAMED = words(
    """accountable responsible liable answerable punish prosecute charge jail sack fire discipline
    apologise apologize blame convict arrest sorry fine thank praise account try"""
)
"""Words «for» which is what was done, whether or not somebody answers for it."""
_AWAY = words("away back clear")
_SHY = words("shy step back pull walk retreat stay steer move")
"""Verbs that say with «away from» that it is not done."""
_NO_JOY = words("joy pleasure comfort pride satisfaction problem quarrel innocent")
"""What is felt about something that is there."""
_RISKS = words("risk risks danger dangers")
"""Nouns whose denial leaves what they threaten: «there is no risk to privacy»."""
_ALIKE = words(
    """comparable consistent identical limited confined restricted familiar different better worse
    relevant similar"""
)
"""Adjectives whose denial leaves what somebody is set beside: «not comparable with»."""
_KINDS = words("set series range layer layers body mention mechanism mechanisms role roles")
"""More nouns that pass a denial down to what they are of or for."""
_SPELLS = words("day week month year hour night morning")
_SUBSTANCE = words("truth substance merit nothing foundation")
"""What a claim is denied to have: «there is no truth in the claim»."""


def preposition_step(tree: Tree, node: int, prep: int, target: int) -> tuple[str, int]:
    """Say what a preposition and the word above it do to what follows; return that word too."""
    above, word = tree.head[prep], tree.low[prep]
    if prep > 1 and tree.low[prep - 2 : prep] == ["rather", "than"]:
        return FLIP_END, above
    if prep and tree.low[prep - 1] == "not" and tree.head[prep - 1] != above:
        return FLIP_END, above
    low = tree.low[above]
    deed = tree.dep[node] == "pcomp" or tree.tag[node] == "VBG"
    if word == "against" and tree.pos[above] not in VERB:
        return END, above
    if word == "of" and (low == "amount" or _judged(tree, above)):
        return END, above  # no amount of X will help, no system of X is perfect
    if word == "of" and prep and tree.low[prep - 1] == "because":
        return END, above
    if word in ("on", "about") and prep and tree.low[prep - 1] == "silent":
        return FLIP_END, above
    if (
        word == "without"
        and tree.low[prep - 1] == ","
        and tree.dep[above] in ("nsubj", "nsubjpass")
    ):
        above = tree.head[above]  # the police, without a warrant, came in
        low = tree.low[above]
    if word == "without":
        if _passes(tree, above):
            return END, above  # hardly a day passes without X
        done = tree.pos[above] in VERB and (asserted(tree, above) or _verbless(tree, above))
        if _edge_of_sentence(tree, prep) and tree.tag[above] in ("VBZ", "VBP", "VB"):
            done = False  # Without a warrant, no search is lawful.
        if deed:
            return (FLIP_END if done else END), above
        return (FLIP if done else END), above
    if word == "from" and p.lemma(low) in p.FROM:
        return (END if "to" in auxiliaries(tree, above) else FLIP), above
    base = p.lemma(low)
    shy = tree.head[above] if low in _AWAY else above
    if word == "from" and p.lemma(tree.low[shy]) in _SHY and _AWAY & set(tree.low[shy:prep]):
        return (FLIP if asserted(tree, shy) else END), above
    felt = {low, *(tree.low[kid] for kid in kids_by(tree, above, "dobj"))}
    if word in ("in", "with", "from") and felt & _NO_JOY:
        return END, above  # she takes no joy in X; he has no problem with X
    if word == "of" and base in p.DEPRIVE:
        return (FLIP_END if asserted(tree, above) else END), above
    if (word == "from" and low == "far") or (word == "of" and low in ("instead", "lieu")):
        return FLIP, above
    if word in ("than",) and low in ("rather",):
        return FLIP_END, above
    if word == "for" and (base in _BLAMED or low in _BLAMED):
        return END, above
    if word == "about" and base == "talk" and not _own_not(tree, above):
        return END, above  # not a way to talk about X
    if prep and tree.low[prep - 1] == "but" and any(low in p.NOT for low in tree.low[:prep]):
        return END, above  # not about X, but about Y
    if tree.pos[above] in VERB:
        if aside(tree, above) and word in ("at", "on", "against", "with", "to"):
            # They cast doubt on X; they hit out at claims of X, but hitting out at X is no denial.
            denied = word == "on" or tree.low[node] in p.CLAIM
            return (FLIP if denied else END), above
        if word == "against" and base in ("decide", "rule", "vote", "recommend", "advise"):
            return FLIP, above
        said = kids_by(tree, above, "attr", "acomp", "dobj", "nsubj") if base == "be" else []
        claim = word == "in" and tree.low[node] in p.CLAIM
        if claim and any(tree.low[kid] in _SUBSTANCE for kid in said):
            return PASS, above
        if any(tree.dep[kid] != "nsubj" for kid in said):
            return END, above
        if base == "put" and word == "to" and tree.low[prep - 1] in ("end", "stop"):
            return (FLIP if asserted(tree, above) else END), above
        claims = [kid for kid in kids_by(tree, above, "dobj") if tree.low[kid] in p.CLAIM]
        if word == "as" and claims:
            # They reject the description of it as X.
            return object_step(tree, claims[0], above, target), above
        told = [kid for kid in kids_by(tree, above, "dobj") if tree.low[kid] in p.NOBODY]
        if word in ("about", "on") and base == "say" and told:
            return PASS, above  # the bill says nothing about X
        if base in PHRASAL.get(word, ()):
            doing = word == "for" and "to" in tree.low[node + 1 : node + 4]
            return (END if doing else PASS), above  # not intended for X to …
        if word == "in" and base in ("fail", "cease"):
            return FLIP, above
        if word == "of" and base in ("accuse",):
            return PASS, above
        return END, above
    if called_for(tree, above):
        return END, above
    if (low in p.REVERSE or base in p.REVERSE) and (low != "far" or word == "from"):
        claimed = tree.low[node] in p.CLAIM
        own = node == target or (tree.head[target] == node and not claimed)
        return (END if tree.low[node] in PROPOSALS and own else FLIP), above
    if low == "end" and word == "to":
        verb = tree.head[above]
        return (END if tree.pos[verb] in VERB and not asserted(tree, verb) else FLIP), above
    if low == "question" and word in ("of", "about"):
        return PASS, above  # there is no question of X
    if low in p.NO_DENIAL:
        return END, above
    if (
        low in ("truth", "substance", "merit", "nothing", "foundation")
        and tree.low[node] in p.CLAIM
    ):
        return PASS, above
    if low in _RISKS and word in ("to", "for"):
        return END, above
    if low in _ALIKE:
        return END, above
    if low in _HARMS and word in ("of", "to", "on", "against", "in"):
        return END, above
    if word == "in" and low not in ("interest", "part", "role", "involvement", "participation"):
        return END, above
    if word == "for" and low in _GROUNDS:
        return END, above  # there is no basis for X, which is there
    if word == "as" and low in p.CLAIM:
        return PASS, above
    if (
        low in p.CLAIM
        or base in p.SORT
        or (low in _KINDS and word in ("of", "for"))
        or (base in p.RAISE and tree.pos[above] != "NOUN")
    ):
        return PASS, above
    if tree.pos[above] in ("ADJ", "ADV"):
        return (PASS if word in ("of", "to", "for", "about", "with", "in") else END), above
    if word in ("of", "about") and (low in p.NOBODY or low in ("any", "some", "all", "either")):
        return PASS, above
    if word == "of" and indefinite(tree, node):
        return PASS, above
    return END, above


def _judged(tree: Tree, noun: int) -> bool:
    """Say whether a noun is the subject of «is» and an adjective."""
    up = tree.head[noun]
    return (
        tree.dep[noun] == "nsubj"
        and tree.low[noun] in p.SORT
        and p.lemma(tree.low[up]) == "be"
        and any(tree.low[kid] not in p.GONE for kid in kids_by(tree, up, "acomp"))
    )


def _own_not(tree: Tree, verb: int) -> bool:
    """Say whether a verb has a «not» or a «nobody» of its own."""
    subjects = kids_by(tree, verb, "nsubj")
    return any(tree.low[kid] in p.NOT for kid in tree.kids[verb]) or any(
        negative(tree, kid) for kid in subjects
    )


def _passes(tree: Tree, verb: int) -> bool:
    """Say whether a verb tells that time passes: «not a day goes by»."""
    return tree.low[verb] in ("passes", "passed", "pass", "goes", "went", "go") and any(
        tree.low[kid] in _SPELLS for kid in kids_by(tree, verb, "nsubj")
    )


def _verbless(tree: Tree, verb: int) -> bool:
    """Say whether a participle is the only verb of its clause: a parser's slip, or a headline."""
    if tree.tag[verb] != "VBN" or tree.dep[verb] != "acl":
        return False
    node = verb
    while tree.head[node] != node:
        came, node = node, tree.head[node]
        if tree.pos[node] in VERB:
            return tree.dep[came] in ("dobj", "ccomp") and p.lemma(tree.low[node]) in SAY
    return True


def _edge_of_sentence(tree: Tree, prep: int) -> bool:
    """Say whether a preposition opens its sentence."""
    while prep and tree.low[prep - 1] in ("also", "even", "then", "so"):
        prep -= 1
    return prep == 0 or tree.low[prep - 1] in (".", "?", "!", ";", ":", '"', "“", "but", "and")

"""Verbs that deny what stands before them: with a particle, or in the passive of a headline."""

from __future__ import annotations

from analysis.voices.english import polarity as p
from analysis.voices.english.negation import NOUN, Tree, auxiliaries, kids_by
from analysis.voices.english.wordlist import words

_STRUCK = words(
    """reject deny dismiss abandon scrap axe shelve ditch outlaw halt cancel abolish rebut refute
    repeal revoke ban dispute"""
)
"""Verbs that a headline has in the passive without «is»: «Bulk collection banned»."""
_GIVEN_UP = words("drop withdraw end kill bin delay pull")
"""Verbs that a headline has so of a plan: «Backdoor plan dropped after outcry»."""
_AFTER_PASSIVE = words("as after by in for amid over at on until from since when but . ;") | {""}
"""What follows the passive of a headline."""


def aside(tree: Tree, verb: int) -> bool:
    """Say whether a verb denies by its particle: «brushed aside», «rules out»."""
    particles = p.ASIDE.get(p.lemma(tree.low[verb]), ())
    return any(word in particles for word in tree.low[verb + 1 : verb + 3])


def headline_passive(tree: Tree, node: int, verb: int) -> bool:
    """Say whether a headline leaves «is» out: «Bulk collection ruled out as …»."""
    if tree.tag[verb] not in ("VBD", "VBN") or auxiliaries(tree, verb) or node > verb:
        return False
    if kids_by(tree, verb, "dobj", "ccomp", "xcomp"):
        return False
    word = p.lemma(tree.low[verb])
    end = verb + 2 if aside(tree, verb) else verb + 1
    planned = word in _GIVEN_UP and p.lemma(tree.low[node]) in p.SORT
    denied = aside(tree, verb) or word in _STRUCK or planned
    return denied and " ".join(tree.low[end : end + 1]) in _AFTER_PASSIVE


def headline_noun(tree: Tree, noun: int) -> bool:
    """Say whether a parse took a headline for a noun: «Bulk collection banned»."""
    after = kids_by(tree, noun, "acl")
    return tree.pos[noun] in NOUN and any(
        verb == noun + 1 and headline_passive(tree, noun, verb) for verb in after
    )

"""What a denial leaves standing: it strikes another word of the sentence than the term."""

from __future__ import annotations

from analysis.voices.english import polarity as p
from analysis.voices.english.negation import VERB, Tree, auxiliaries, kids_by
from analysis.voices.english.wordlist import words

_ABOUT = words(
    """officer officers adviser advisers advisor advisors official officials expert experts advocate
    advocates commissioner commissioners agency agencies department departments board committee
    council court community company companies industry sector service services staff team group
    groups body bodies act awareness training education literacy consideration considerations
    constraint constraints threat threats risk risks letter letters application applications
    sign-off sign purposes purpose reasons reason perspective viewpoint implications impact impacts
    decision decisions direction directions debate debates discussion question questions issue
    issues gap gaps deal deals adviser amendments indicator indicators notice policy policies
    protective oriented related violations abuses arrangements
    problem problems model models experience knowledge expertise consent"""
)
"""Heads beside which a modifier only names what they are about: «no privacy officer»."""
_DEFINITE = words("the this these those that such")
_USE = words("use exercise invoke deploy wield")
_MEANT = words("mean intend design suppose")
_ACTS = words(
    """cessation abolition cancellation suspension dismissal rejection avoidance moratorium
    repudiation abandonment withdrawal elimination"""
)
"""Nouns of an end that is denied only where somebody says that it came."""
_DUE = words("important essential vital crucial imperative necessary critical right desirable")
_AHEAD = words("once until till when unless if")
_AGAIN = words("again recur repeat")


def about(tree: Tree, node: int, head: int) -> bool:
    """Say whether a modifier only says what its head is about: «there is no privacy officer»."""
    if tree.low[head] in _ABOUT or tree.low[head].endswith("-related"):
        return node < head
    if tree.pos[head] == "PROPN" and node < head:
        return tree.low[head] in ("protection", "bill", "board", "agency", "court", "council")
    return False


def definite(tree: Tree, node: int) -> bool:
    """Say whether a noun is one already spoken of."""
    return any(
        tree.low[kid] in _DEFINITE or tree.dep[kid] == "poss"
        for kid in kids_by(tree, node, "det", "poss")
    )


def used(tree: Tree, node: int, verb: int) -> bool:
    """Say whether what is there is not put to use: «would not use those powers to do harm»."""
    base, particle = p.lemma(tree.low[verb]), tree.low[verb + 1 : verb + 2]
    if (base in _USE or (base in _MEANT and tree.dep[node] == "nsubjpass")) and definite(
        tree, node
    ):
        return True
    return base in ("spell", "set", "lay") and particle == ["out"] and definite(tree, node)


def called_for(tree: Tree, above: int) -> bool:
    """Say whether an end is only wanted: «ensure the cessation of X», «the right to abolition»."""
    if tree.low[above] not in _ACTS:
        return False
    node = above
    while tree.head[node] != node and tree.pos[node] not in VERB:
        node = tree.head[node]
    if tree.pos[node] not in VERB:
        return True
    aux = auxiliaries(tree, node)
    return bool("to" in aux or aux & p.MODAL or tree.tag[node] not in ("VBD", "VBN"))


def wished(tree: Tree, node: int, up: int) -> bool:
    """Say whether a clause says what must not be: «it is important that it does not»."""
    if tree.dep[node] != "ccomp" or not kids_by(tree, node, "mark"):
        return False
    if tree.low[up] in _DUE:
        return True
    due = any(tree.low[kid] in _DUE for kid in kids_by(tree, up, "acomp", "attr"))
    return due and p.lemma(tree.low[up]) == "be"


def left_alone(tree: Tree, node: int, verb: int) -> bool:
    """Say whether what is there is not to do something: «let the abuses occur», «the act to do»."""
    let = p.lemma(tree.low[verb]) == "let"
    return definite(tree, node) and (let or "to" in tree.low[node + 1 : node + 9])


def once_more(tree: Tree, node: int, verb: int) -> bool:
    """Say whether what was there is not to come again: «never to let the abuses occur again»."""
    after = tree.low[verb : verb + 5]
    return definite(tree, node) and bool(_AGAIN & set(after))


def ends_later(tree: Tree, verb: int) -> bool:
    """Say whether an end still lies ahead: «once X has ended», «as soon as X is over»."""
    marks = kids_by(tree, verb, "mark", "advmod")
    ahead = any(tree.low[kid] in _AHEAD for kid in marks)
    soon = any(tree.low[kid - 2 : kid] == ["as", "soon"] for kid in marks if kid > 1)
    return tree.dep[verb] == "advcl" and (ahead or soon)

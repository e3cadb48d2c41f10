"""What reaches a word from above: denial and doubt along the path to the head of its sentence.

A tree gives every word its head. From the word named, the walk goes up step by step. At each word
on the way its own negations count («not», «no», «nobody», «hardly»). Each step up then says what
becomes of a denial above it: it passes on («do not think that»), turns round («deny that»), or
ends («did not say that», a relative clause, the object of a verb that takes its object for
granted). Two denials cancel.
"""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912, PLR0915
from __future__ import annotations

from dataclasses import dataclass

from analysis.voices.english import polarity as p
from analysis.voices.english.complements import (
    END,
    FLIP,
    FLIP_END,
    OBJECT,
    PASS,
    STRUCK_BY,
    SUBJECT,
    clause_step,
    first_person,
    object_step,
    predicate,
    subject_step,
    unreal,
)
from analysis.voices.english.headline_passives import headline_noun
from analysis.voices.english.negation import (
    NOUN,
    VERB,
    Tree,
    auxiliaries,
    compared,
    doubts,
    kids_by,
    negative,
    negators,
)
from analysis.voices.english.prepositions import preposition_step
from analysis.voices.english.standing import about, wished
from analysis.voices.english.wordlist import words


@dataclass(frozen=True, slots=True)
class Reading:
    """What the walk found: denied or not, only possible or not, and the rules that said so."""

    negated: bool
    hedged: bool
    fired: tuple[str, ...]


_INSIDE = words("compound amod nmod nummod quantmod advmod predet")


_CLAIM_OR_REVERSE = p.CLAIM | p.REVERSE
_ARGUMENT = OBJECT | SUBJECT


_COMING = words(
    "return come follow result begin start grow spread continue go occur happen return be"
)


_TELLING = words(
    """say tell claim argue insist maintain contend assert allege hear write reply answer assure
    remind inform read believe think state announce emphasise emphasize stress
    report suggest warn mention urge"""
)
"""Verbs under which a clause is another's, where the subject is another."""


_HELD = words(
    "position argument view contention submission point claim case answer theory belief opinion"
)
"""What somebody holds, whose it is said to be: «their position is that …»."""
_THEIRS = words("their your his her its")


_REALISED = words(
    """begin start continue manage get go come happen use tend dare bother fail refuse decline
    force cause neglect keep stop avoid prove help forget"""
)
"""Verbs whose infinitive is what was done, or was not."""


_IDIOMS = frozenset([
    ("rather", "than"), ("rather", "than", "be"), ("instead", "of"), ("anything", "but"),
    ("nothing", "like"), ("nowhere", "near"), ("no", "such", "thing", "as"), ("far", "from"),
    ("far", "from", "being"), ("not", "so", "much"), ("everything", "but"),
    ("way", "from"), ("way", "from", "being"), ("miles", "from"), ("miles", "from", "being"),
    ("opposite", "of"), ("antithesis", "of"), ("reverse", "of"), ("remote", "from"),
    ("nothing", "to", "do", "with"), ("little", "to", "do", "with"), ("cry", "from"),
    ("without", "so", "much", "as"), ("world", "away", "from"), ("as", "opposed", "to"),
    ("done", "away", "with"), ("did", "away", "with"), ("does", "away", "with"),
    ("stopped", "short", "of"), ("stops", "short", "of"), ("falls", "short", "of"),
    ("fell", "short", "of"), ("far", "short", "of"), ("well", "short", "of"),
    ("way", "short", "of"),
    ("let", "alone"), ("much", "less"), ("never", "mind"), ("still", "less"), ("no", "longer"),
])  # fmt: skip
"""Words right before a word or its group that deny it."""
_SIZES = sorted({len(idiom) for idiom in _IDIOMS})


def _edge(tree: Tree, node: int) -> int:
    """Return the first word of what stands before a word and hangs on it."""
    first = node
    while first and tree.head[first - 1] in range(first, node + 1) and first - 1 != node:
        first -= 1
    return first


def _set_against(tree: Tree, node: int, edge: int) -> bool:
    """Say whether a noun stands in a contrast: «a search, not a dragnet»."""
    if edge and tree.low[edge] == "not" and tree.low[edge - 1] == "," and tree.head[edge] != node:
        return True
    if edge < 1 or tree.low[edge - 1] != "not" or tree.pos[node] not in NOUN:
        return False
    if edge > 1 and tree.low[edge - 2] in (",", ";", "—", "–", "--"):
        return tree.head[edge - 1] != node
    return edge == 1 and tree.head[edge - 1] not in (node, tree.head[node])


def _such(tree: Tree, noun: int) -> bool:
    """Say whether a relative clause tells what something is not: «it is not a system that has»."""
    articles = [tree.low[kid] for kid in kids_by(tree, noun, "det")]
    return tree.dep[noun] == "attr" and articles in (["a"], ["an"], ["any"])


def _step(tree: Tree, node: int, target: int) -> tuple[str, int]:
    """Return what becomes of a denial above a word, and the word above."""
    up, dep = tree.head[node], tree.dep[node]
    edge = _edge(tree, node)
    if any(tuple(tree.low[edge - size : edge]) in _IDIOMS for size in _SIZES if size <= edge):
        return FLIP_END, up
    if _set_against(tree, node, edge):
        return FLIP_END, up
    if dep in ("pobj", "pcomp") or (dep == "conj" and tree.dep[up] == "prep"):
        return preposition_step(tree, node, up, target)
    if dep in SUBJECT:
        return subject_step(tree, node, up), up
    if dep in OBJECT:
        return object_step(tree, node, up, target), up
    nothing = tree.low[up] == "nothing" and "to" in auxiliaries(tree, node)
    if dep in ("acl", "relcl") and nothing:
        return FLIP_END, up  # it would do nothing to provide X
    if dep in ("ccomp", "xcomp", "acl"):
        reduced = tree.tag[node] in ("VBN", "VBG") and not kids_by(tree, node, "mark", "aux")
        if dep == "acl" and reduced and tree.pos[up] in NOUN:
            return (PASS if negative(tree, up) or _such(tree, up) else END), up
        return clause_step(tree, node, up), up
    if dep == "relcl" and kids_by(tree, node, "mark") and tree.low[up] in _CLAIM_OR_REVERSE:
        return clause_step(tree, node, up), up
    if dep == "relcl":
        return (PASS if negative(tree, up) or _such(tree, up) else END), up
    if dep == "advcl":
        if "to" in auxiliaries(tree, node) and any(
            tree.dep[kid] in ("dobj",) and negative(tree, kid) for kid in tree.kids[up]
        ):
            return PASS, up
        return END, up
    if dep == "conj":
        return _join_step(tree, node, up), up
    if dep in _INSIDE:
        return (END if about(tree, node, up) else PASS), up
    if dep == "prep":
        return PASS if tree.pos[up] in VERB else END, up
    return (PASS if dep == "auxpass" else END), up


def _hedging_step(tree: Tree, node: int, up: int, step: str) -> str:
    """Return the name of the doubt that a word casts on what hangs on it, or nothing."""
    dep = tree.dep[node]
    word = p.lemma(tree.low[up])
    to = "to" in auxiliaries(tree, node)
    done = word in _REALISED or tree.low[up] in STRUCK_BY
    if dep in ("xcomp", "ccomp", "acl", "advcl", "pcomp") and to and not done:
        return "" if word == "go" or tree.low[up] == "going" else "to"
    if dep in SUBJECT and dep != "nsubjpass":
        return ""
    if dep in ("pobj", "pcomp") and step == END:
        return ""
    if dep == "ccomp" and word in ("believe", "think", "hope") and first_person(tree, up):
        return "" if word != "hope" else "under verb"
    if dep == "ccomp" and word in ("say", "tell", "warn", "agree", "insist"):
        return ""
    if dep in ("relcl", "conj", "compound", "amod", "poss", "appos", "advcl"):
        return ""
    if word == "be" and node > up and predicate(tree, up, p.HEDGING):
        return "under verb"
    return "under " + ("noun" if tree.pos[up] in NOUN else "verb") if word in p.HEDGING else ""


def _comes_about(tree: Tree, node: int, verb: int) -> bool:
    """Say whether a verb says of its subject that it comes: «X could return»."""
    return tree.dep[node] in SUBJECT and p.lemma(tree.low[verb]) in _COMING


def _alleged(tree: Tree, node: int, up: int, voice: tuple[int, int] | None) -> bool:
    """Say whether a clause is the content of a claim that is not the voice's own."""
    if voice is None or tree.dep[node] not in ("acl", "ccomp") or tree.low[up] not in p.CLAIM:
        return False
    return not any(tree.low[kid] in ("my", "our") for kid in kids_by(tree, up, "poss"))


def _another(tree: Tree, node: int, verb: int, voice: tuple[int, int]) -> bool:
    """Say whether a clause is what somebody else is said to say, within a voice."""
    if tree.dep[node] not in ("ccomp", "acl") or not voice[0] <= tree.start[verb] < voice[1]:
        return False
    word = p.lemma(tree.low[verb])
    subject = kids_by(tree, verb, "nsubj", "nsubjpass")
    if word == "be" and subject and tree.low[subject[0]] in _HELD:
        return any(tree.low[kid] in _THEIRS for kid in kids_by(tree, subject[0], "poss"))
    if word not in _TELLING:
        return False
    if word in p.DENY or any(tree.low[kid] in p.NOT for kid in tree.kids[verb]):
        return False
    if not subject and (
        tree.dep[verb] == "relcl" or (tree.dep[verb] == "acl" and tree.tag[verb] == "VBG")
    ):
        subject = [tree.head[verb]]
    return bool(subject) and tree.low[subject[0]] not in ("i", "we")


def _under_another(tree: Tree, node: int, voice: tuple[int, int]) -> bool:
    """Say whether a clause stands, at any depth, in what somebody else is said to say."""
    for _ in range(40):
        up = tree.head[node]
        if up == node or tree.dep[node] in ("advcl", "relcl", "parataxis"):
            return False
        if tree.dep[node] == "conj" and kids_by(tree, node, "nsubj", "nsubjpass", "expl"):
            return False
        if _another(tree, node, up, voice):
            return True
        node = up
    return False


def read(tree: Tree, target: int, *, voice: tuple[int, int] | None = None) -> Reading:
    """Walk from a word to the head of its sentence and say what reaches it.

    Parameters
    ----------
    tree : Tree
    target : int
        The word, such as the head of a term.
    voice : tuple of int, optional
        The characters that one voice speaks. What somebody else is said within them to deny,
        this voice does not deny.

    Returns
    -------
    Reading
    """
    negated = hedged = doubtful = False
    fired: list[str] = []
    node, came, limit = target, -1, 40
    measured = compared(tree, target)
    while limit:
        limit -= 1
        for name in negators(tree, node, came):
            if measured and name in ("not", "nobody", "no", "nothing"):
                continue
            negated = not negated
            fired.append(name)
        if unreal(tree, node):
            hedged = True
            fired.append("would have")
        for name in doubts(tree, node, came):
            hedged = True
            fired.append(name)
        if tree.pos[node] in VERB and tree.low[max(0, node - 2) : node] == ["rather", "than"]:
            negated = not negated
            fired.append("rather than")
            break
        if tree.head[node] == node:
            if headline_noun(tree, node):
                negated = not negated
                fired.append("headline turned")
            break
        step, up = _step(tree, node, target)
        if step == END and _comes_about(tree, node, up) and auxiliaries(tree, up) & p.MODAL:
            hedged = True
            fired.append("modal below")
        if step == END and any(tree.low[kid] in p.IF for kid in kids_by(tree, up, "mark")):
            hedged = True
            fired.append("if")
        doubt = _hedging_step(tree, node, up, step)
        if doubt:
            hedged = True
            fired.append(doubt)
        if _alleged(tree, node, up, voice):
            doubtful = negated
        elif step in (FLIP, FLIP_END):
            doubtful = False
        if step in (FLIP, FLIP_END):
            negated = not negated
            claim = tree.low[node] in p.CLAIM and tree.dep[node] in _ARGUMENT
            fired.append("claim turned" if claim else f"{tree.dep[node]} turned")
        if negated and wished(tree, node, up):
            negated, hedged = False, True
            fired.append("wished")
            break
        if voice is not None and _another(tree, node, up, voice):
            negated = False
            fired.append("another's")
            break
        if step in (END, FLIP_END):
            break
        fired.append(f"{tree.dep[node]} passed") if tree.dep[node] in ("ccomp", "pobj") else None
        # The negation of the word just left is counted there.
        came, node = node, up
        if tree.dep[came] in ("pobj", "pcomp"):
            came = tree.head[came]
    if negated and voice is not None and _under_another(tree, node, voice):
        negated = False
        fired.append("another's")
    if "if" in fired or doubtful or ("conditional" in fired and "would" in fired):
        negated = False
    return Reading(negated, hedged and not negated, tuple(fired))


def _join_step(tree: Tree, node: int, up: int) -> str:
    """Say whether what is denied of the first of two joined words is denied of the second."""
    joints = [kid for kid in tree.kids[up] if tree.dep[kid] in ("cc", "preconj") and kid < node]
    joint = tree.low[joints[-1]] if joints else ""
    if joint in ("but", "yet", "though"):
        return END
    if joint == "nor" and tree.pos[up] in VERB and kids_by(tree, node, "nsubj", "nsubjpass"):
        return FLIP_END  # nor has it done X
    if any(tree.dep[kid] in ("nsubj", "nsubjpass", "expl") for kid in tree.kids[node]):
        return END
    if tree.pos[up] in VERB and joint not in ("or", "nor"):
        own = auxiliaries(tree, node) or any(tree.low[kid] in p.NOT for kid in tree.kids[node])
        if own or (tree.tag[node] != tree.tag[up]):
            return END
    return PASS

"""What reaches a word from above: denial and doubt along the path to the head of its sentence.

A tree gives every word its head. From the word named, the walk goes up step by step. At each word
on the way its own negations count («not», «no», «nobody», «hardly»). Each step up then says what
becomes of a denial above it: it passes on («do not think that»), turns round («deny that»), or
ends («did not say that», a relative clause, the object of a verb that takes its object for
granted). Two denials cancel.
"""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from analysis.voices.english import polarity as p
from analysis.voices.english.cues import SAY, TELL
from analysis.voices.english.wordlist import words


class Tree(Protocol):
    """Words with heads, relations and tags, as :class:`analysis.voices.english.parse.Tree`."""

    start: list[int]
    end: list[int]
    low: list[str]
    head: list[int]
    dep: list[str]
    pos: list[str]
    tag: list[str]
    kids: list[list[int]]


@dataclass(frozen=True, slots=True)
class Reading:
    """What the walk found: denied or not, only possible or not, and the rules that said so."""

    negated: bool
    hedged: bool
    fired: tuple[str, ...]


_FUTURE = words("to will would 'll 'd can could may might should must")
PASS, FLIP, END, FLIP_END = "pass", "flip", "end", "flip end"

_SUBJECT = words("nsubj nsubjpass csubj csubjpass expl")
_OBJECT = words("dobj attr acomp oprd dative obj iobj")
_INSIDE = words("compound amod nmod nummod quantmod advmod predet")
_VERB = words("VERB AUX")
_NOUN = words("NOUN PROPN PRON")
_SAYING = SAY | TELL
_COMING = words("return come follow result begin start grow spread continue go occur happen return be")
_TELLING = words(
    """say tell claim argue insist maintain contend assert allege hear write reply answer assure
    remind inform read believe think state announce"""
)
"""Verbs under which a clause is another's, where the subject is another."""
_DONE = words(
    """do have make take be give hear say know put play provide offer issue receive reach pay leave
    find get serve"""
)
"""Verbs denied by their object: «took no action»; not «saw no end»."""
_REALISED = words(
    """begin start continue manage get go come happen use tend dare bother fail refuse decline
    force cause neglect keep stop avoid prove help forget"""
)
"""Verbs whose infinitive is what was done, or was not."""
PHRASAL = {
    "in": words("engage participate result be involve interest believe succeed take"),
    "to": words("amount lead resort contribute come agree equate be open subject close relate"),
    "of": words("consist approve guilty capable think accuse conceive worthy be dream"),
    "for": words("call ask look push provide apply vote stand go"),
    "on": words("rely depend count embark be insist go"),
    "as": words("describe regard see view use treat present portray serve act count qualify"),
    "into": words("turn go get come enter"),
    "with": words("go deal do"),
    "under": words("be"),
    "about": words("be think talk"),
    "at": words("be aim"),
    "like": words("be look sound"),
    "from": words("be come"),
}
"""Verbs and adjectives that take what follows a preposition as their object."""
_NAMING = words("call label term describe consider deem dub name regard")
_SOME = words("a the these those some every his her their its our past last next first")
"""Words before «few» and «little» that make them some."""
_MOST = words("more better worse worst clearer stronger happier plainer higher louder")
_MYTH = words("myth myths fiction fallacy misconception lie lies hoax delusion fantasy canard")
"""Nouns that deny already: to dispel a myth is no double denial."""
_LEAVE = words("allow permit enable authorize authorise entitle empower")
"""Verbs that leave it open whether what they speak of is done."""
_PROPOSALS = words(
    """proposal proposals bill request requests offer offers plea pleas amendment amendments motion
    appeal appeals demand demands bid application petition claim claims charge charges allegation
    allegations suggestion suggestions accusation accusations lawsuit criticism call calls advice effort efforts deal agreement
    objection objections plan plans"""
)
"""Nouns that are there even where somebody rejects or denies them."""


_IDIOMS = (
    ("rather", "than"), ("rather", "than", "be"), ("instead", "of"), ("anything", "but"),
    ("nothing", "like"), ("nowhere", "near"), ("no", "such", "thing", "as"), ("far", "from"),
    ("far", "from", "being"), ("not", "so", "much"), ("everything", "but"),
    ("let", "alone"), ("much", "less"), ("never", "mind"), ("still", "less"), ("no", "longer"),
)  # fmt: skip
"""Words right before a word or its group that deny it."""


def _kids(tree: Tree, node: int, *deps: str) -> list[int]:
    return [kid for kid in tree.kids[node] if tree.dep[kid] in deps]


def _aux(tree: Tree, node: int) -> set[str]:
    return {tree.low[kid] for kid in _kids(tree, node, "aux", "auxpass")}


def _next(tree: Tree, node: int) -> str:
    return tree.low[node + 1] if node + 1 < len(tree.low) else ""


def _indefinite(tree: Tree, node: int) -> bool:
    """Say whether a noun names something not yet known to be there."""
    for kid in _kids(tree, node, "det", "poss"):
        if tree.low[kid] not in ("a", "an", "any", "some", "no", "such", "much", "another"):
            return False
    return tree.pos[node] != "PROPN"


def _nothing(tree: Tree, node: int) -> bool:
    """Say whether a noun phrase is negative: «nobody», «no agency», «few people»."""
    if tree.low[node] in p.NOBODY or (tree.low[node] == "one" and _no(tree, node)):
        return True
    if tree.low[node] == "few" and (not node or tree.low[node - 1] not in _SOME):
        return True
    return _no(tree, node)


def _no(tree: Tree, node: int) -> bool:
    low = tree.low
    if low[node] in p.NO_DENIAL:
        return False
    for kid in tree.kids[node]:
        word = low[kid]
        if kid > node:
            continue
        if word in p.NO and _next(tree, kid) not in (
            "longer",
            "doubt",
            "less",
            "fewer",
            "more",
            ".",
        ):
            return True
        if word == "not" and _next(tree, kid) in ("a", "any", "one", "enough", "much", "many"):
            return True
        before = low[kid - 1] if kid else ""
        if word in p.FEW and before not in _SOME:
            return True
        if word == "any" and before in p.HARDLY:
            return True
    return False


def _negators(tree: Tree, node: int, came: int) -> list[str]:
    """Return the negations at a word that reach what the walk came from."""
    low, found = tree.low, []
    deontic = bool(_aux(tree, node) & p.DEONTIC) and "have" not in _aux(tree, node)
    for kid in tree.kids[node]:
        word, dep = low[kid], tree.dep[kid]
        if kid == came:
            continue
        if word in p.NOT and dep in ("neg", "advmod", "preconj", "cc", "dep", "det"):
            if (word == "nor") == (dep == "cc" and tree.low[kid] == "nor") and word == "nor":
                continue
            after = _next(tree, kid)
            if kid > node and low[kid - 1] == ",":
                continue  # a contrast: X, not Y
            if after in p.NOT_DENYING or deontic or (kid and low[kid - 1] == "if"):
                continue
            if "could" in low[max(0, kid - 2) : kid] and _MOST & set(low[kid : kid + 9]):
                continue  # it could not be clearer
            if _until(tree, kid) and low[kid - 1] in ("did", "was", "were"):
                continue
            found.append("not")
        elif word == "neither" and dep in ("neg", "preconj") and tree.pos[node] in _VERB:
            found.append("not")
        elif word in p.HARDLY and _next(tree, kid) == "any":
            continue
        elif word in p.HARDLY and dep in ("advmod", "neg", "amod", "det"):
            found.append("hardly")
        elif word == "longer" and low[kid - 1] == "no":
            found.append("no longer")
        elif word == "before" and low[kid - 1] == "never":
            found.append("not")
        elif word in ("nearly", "almost") and tree.tag[node] == "VBD" and kid == node - 1:
            found.append("nearly")
        elif dep in ("nsubj", "nsubjpass") and _nothing(tree, kid):
            if not _more(tree, node):
                found.append("nobody")
        elif dep in ("dobj", "attr") and kid > node and _nothing(tree, kid):
            if came >= 0 or p.lemma(low[node]) in _DONE:
                found.append("nothing")
        elif dep == "prep" and low[kid] in ("in", "at", "under", "by", "on"):
            if any(
                _no(tree, noun)
                and low[noun]
                in ("way", "time", "circumstances", "circumstance", "means", "sense", "point",
                    "stage", "event", "case", "account", "condition", "conditions")
                for noun in _kids(tree, kid, "pobj")
            ):  # fmt: skip
                found.append("in no way")
    noun = tree.pos[node] in _NOUN or any(tree.dep[kid] == "det" for kid in tree.kids[node])
    if noun and _no(tree, node) and not _except(tree, node):
        found.append("no")
    if _hardly_after(tree, node, came):
        found.append("hardly")
    for aux_kid in _kids(tree, node, "aux", "auxpass"):
        if any(low[kid] in p.NOT and kid < aux_kid for kid in tree.kids[aux_kid]):
            found.append("not")
    if tree.pos[node] in _NOUN and any(low[kid] in p.UNREAL for kid in _kids(tree, node, "amod")):
        found.append("unreal")
    return found


def _hardly_after(tree: Tree, node: int, came: int) -> bool:
    """Say whether «hardly» stands right after a verb, whatever a parser hangs it on."""
    if _next(tree, node) not in p.HARDLY or tree.pos[node] not in _VERB:
        return False
    return tree.head[node + 1] not in (node, came) and tree.low[node + 2 : node + 3] != ["any"]


def _if(tree: Tree, clause: int) -> bool:
    return any(tree.low[mark] in ("if", "unless") for mark in _kids(tree, clause, "mark"))


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


def _cleft(tree: Tree, node: int, verb: int) -> bool:
    """Say whether «it is not X that …» denies what follows rather than that there is X."""
    subject = _kids(tree, verb, "nsubj")
    if not subject or tree.low[subject[0]] != "it" or _kids(tree, node, "det", "poss"):
        return False
    return bool(_kids(tree, node, "relcl", "acl")) or _next(tree, node) in ("that", "which", "who")


def _first_person(tree: Tree, verb: int) -> bool:
    return any(tree.low[kid] in ("i", "we") for kid in _kids(tree, verb, "nsubj"))


def _more(tree: Tree, verb: int) -> bool:
    """Say whether a negated subject compares: «no organisation does more to protect»."""
    return any(
        tree.low[kid] in ("more", "better", "harder", "further")
        for kid in tree.kids[verb]
        if kid > verb
    )


def _doubts(tree: Tree, node: int, came: int) -> list[str]:
    """Return what makes a word only possible at its own place."""
    found = []
    aux = _aux(tree, node)
    if aux & p.MODAL:
        found.append("modal")
    low = tree.low
    for kid in tree.kids[node]:
        word, dep = low[kid], tree.dep[kid]
        if kid == came:
            continue
        if word in p.PERHAPS and dep in ("advmod", "acomp"):
            found.append("perhaps")
        elif dep in ("mark", "advmod") and word in p.IF and low[tree.head[node]] != "surprised":
            found.append("if")
        elif dep == "amod" and word in p.HEDGING:
            found.append("possible")
        elif dep == "advcl" and aux & _FUTURE and _if(tree, kid):
            found.append("conditional")
    return found


def _unreal(tree: Tree, node: int) -> bool:
    """Say whether a verb stands in «would have …» or «could have …»."""
    aux = _aux(tree, node)
    return bool(aux & {"would", "could", "'d"}) and "have" in aux and tree.tag[node] == "VBN"


def _asserted(tree: Tree, node: int) -> bool:
    """Say whether a verb is a finite main one, or reported as such, without a modal."""
    aux = _aux(tree, node)
    if "to" in aux or aux & p.MODAL or aux & {"would"}:
        return False
    finite = tree.tag[node] in ("VBD", "VBZ", "VBP") or bool(aux)
    if not finite and not _kids(tree, node, "nsubj"):
        return False
    return tree.dep[node] in ("ROOT", "ccomp", "conj", "parataxis")


def _predicate(tree: Tree, verb: int, group: frozenset[str]) -> bool:
    """Say whether a copula or verb is completed by a word of a group."""
    for kid in _kids(tree, verb, "attr", "acomp", "oprd", "advmod", "dobj", "ccomp"):
        if kid > verb and (tree.low[kid] in group or p.lemma(tree.low[kid]) in group):
            return True
        for under in _kids(tree, kid, "amod", "advmod") if tree.dep[kid] == "attr" else ():
            if tree.low[under] in group:
                return True
    return False


def _subject_step(tree: Tree, node: int, up: int) -> str:
    """Say what a predicate does to its subject."""
    verb = p.lemma(tree.low[up])
    if tree.dep[node] in ("nsubjpass", "csubjpass"):
        if verb in p.DENY or verb in p.STOP or verb in ("delay", "postpone"):
            return FLIP if tree.low[node] not in _PROPOSALS or verb not in p.DENY else END
        if verb in p.KEEP:
            return END
        return PASS if verb in p.MAKE or _indefinite(tree, node) else END
    if verb in p.THERE:
        return PASS
    if verb == "take" and any(tree.low[kid] == "place" for kid in tree.kids[up]):
        return PASS
    if verb == "go" and any(tree.low[kid] == "on" for kid in tree.kids[up]):
        return PASS
    if verb in ("be", "become", "remain", "prove", "seem", "look"):
        if _predicate(tree, up, p.GONE):
            return FLIP
        if tree.low[node] in p.CLAIM and _predicate(tree, up, p.EVALUATION | p.REVERSE):
            return FLIP
        if tree.dep[node] in ("csubj",) and _predicate(tree, up, p.REVERSE):
            return FLIP
        if _predicate(tree, up, p.NOT_WHAT) or _next(tree, up) == "what":
            return PASS
        if any(
            tree.dep[kid] == "ccomp" and kid > up for kid in tree.kids[up]
        ):  # X is not what we do
            return PASS
    if verb in ("cease", "vanish", "disappear"):
        return FLIP_END
    return END


def _object_step(tree: Tree, node: int, up: int, target: int) -> str:
    """Say what a verb does to its object."""
    verb, noun = p.lemma(tree.low[up]), tree.low[node]
    if verb in ("be", "become", "remain", "'s", "seem", "look", "sound"):
        return END if tree.dep[node] == "attr" and _cleft(tree, node, up) else PASS
    if tree.dep[node] == "acomp":
        return PASS
    if _aside(tree, up):
        return FLIP if node == target or noun in p.CLAIM or _indefinite(tree, node) else END
    if verb in _NAMING and (
        tree.dep[node] == "oprd" or any(tree.low[kid] == "this" for kid in _kids(tree, node, "det"))
    ):
        return PASS
    if verb in p.DENY:
        if noun in _PROPOSALS and node == target:
            return END
        if noun in _MYTH:
            return PASS
        if node == target or noun in p.CLAIM or p.lemma(noun) in p.SORT | p.REVERSE:
            return FLIP
        return END
    if verb in p.STOP:
        return FLIP if _asserted(tree, up) else END
    if verb in p.KEEP:
        return END
    if verb in p.MAKE or verb in p.RAISE or _indefinite(tree, node):
        return PASS
    return END


def _aside(tree: Tree, verb: int) -> bool:
    """Say whether a verb denies by its particle: «brushed aside», «rules out»."""
    particles = p.ASIDE.get(p.lemma(tree.low[verb]), ())
    return any(word in particles for word in tree.low[verb + 1 : verb + 3])


def _clause_step(tree: Tree, node: int, up: int) -> str:
    """Say what a word does to the clause it takes."""
    low, dep = tree.low[up], tree.dep[node]
    word = p.lemma(low)
    if tree.pos[up] in _VERB and word not in p.REVERSE:
        if word in ("be", "seem", "become", "remain"):
            if node > up and _predicate(tree, up, p.REVERSE | p.EVALUATION):
                return _evaluated(tree, node)
            return PASS
        if word == "make" and _predicate(tree, up, words("impossible")):
            return FLIP
        if word == "have" and "yet" in tree.low[up + 1 : node]:
            return FLIP
        if word in p.DENY or _aside(tree, up):
            return END if up and tree.low[up - 1] == "no" else FLIP
        if word in p.STOP:
            if word in ("stop", "avoid", "end", "cease") and _aux(tree, up) & _FUTURE:
                return END
            return FLIP
        if word == "doubt":
            return FLIP
        if word == "have" and "to" in _aux(tree, node):
            return END
        if word in p.RAISE:
            return PASS
        if word in _SAYING or word in ("call", "describe", "pretend", "label", "regard"):
            return _said(tree, up)
        open_ended = dep == "xcomp" or (dep == "ccomp" and "to" in _aux(tree, node))
        return PASS if open_ended and word not in _LEAVE else END
    if low == "free":
        return PASS
    if low in p.REVERSE | p.EVALUATION or word in p.REVERSE:
        return _evaluated(tree, node)
    if low == "surprised" and any(tree.low[kid] == "if" for kid in tree.kids[node]):
        return FLIP
    if any(tree.low[kid] == "too" for kid in _kids(tree, up, "advmod")) and dep != "relcl":
        return FLIP
    if low in p.NO_DENIAL:
        return END
    if low in p.CLAIM or word in p.RAISE | p.SORT:
        return PASS
    return PASS if tree.pos[up] in ("ADJ", "ADV") else END


def _evaluated(tree: Tree, node: int) -> str:
    """Say whether «wrong to …», «a myth that …» denies what follows.

    «Wrong to call», not «wrong to punish»; «impossible to punish», «false that».
    """
    up = tree.head[node]
    places = [up, *_kids(tree, up, "attr", "acomp", "oprd", "ccomp")]
    if not any(tree.low[place] in p.EVALUATION for place in places):
        return FLIP
    if "to" not in _aux(tree, node):
        return FLIP
    return FLIP if p.lemma(tree.low[node]) in p.THINKING else END


def _said(tree: Tree, verb: int) -> str:
    """Say whether what stands above a verb of saying reaches what is said.

    «It would be wrong to say that», «it cannot be said that»; not «he did not say that».
    """
    aux = _aux(tree, verb)
    if _first_person(tree, verb) and p.lemma(tree.low[verb]) in ("say", "call", "claim", "argue"):
        return PASS
    if aux & {"can", "could"} and any(tree.low[kid] in p.NOT for kid in tree.kids[verb]):
        return PASS if _kids(tree, verb, "auxpass") else END
    up = tree.head[verb]
    if tree.dep[verb] not in ("xcomp", "ccomp", "acl", "csubj", "advcl") or up == verb:
        return END
    group = p.REVERSE | p.EVALUATION
    if tree.low[up] in group or _predicate(tree, up, group):
        return PASS
    if tree.low[up] in ("true", "right", "fair", "accurate", "correct"):
        return PASS
    return END


def _preposition_step(tree: Tree, node: int, prep: int, target: int) -> tuple[str, int]:
    """Say what a preposition and the word above it do to what follows; return that word too."""
    above, word = tree.head[prep], tree.low[prep]
    low = tree.low[above]
    deed = tree.dep[node] == "pcomp" or tree.tag[node] == "VBG"
    if word == "without":
        done = tree.pos[above] in _VERB and _asserted(tree, above)
        if deed:
            return (FLIP_END if done else END), above
        return (FLIP if done else END), above
    if word == "from" and p.lemma(low) in p.FROM:
        return (END if "to" in _aux(tree, above) else FLIP), above
    if (word == "from" and low == "far") or (word == "of" and low in ("instead", "lieu")):
        return FLIP, above
    if word in ("than",) and low in ("rather",):
        return FLIP_END, above
    base = p.lemma(low)
    if tree.pos[above] in _VERB:
        if _aside(tree, above) and word in ("at", "on", "against", "with"):
            return FLIP, above
        if word == "against" and base in ("decide", "rule", "vote", "recommend", "advise"):
            return FLIP, above
        if base == "be" and _kids(tree, above, "attr", "acomp", "dobj"):
            return END, above
        if base in PHRASAL.get(word, ()):
            return PASS, above
        if word == "in" and base in ("fail", "cease"):
            return FLIP, above
        if word == "of" and base in ("accuse",):
            return PASS, above
        return END, above
    if low in p.REVERSE or base in p.REVERSE:
        return (END if tree.low[node] in _PROPOSALS and node == target else FLIP), above
    if low == "end" and word == "to":
        return FLIP, above
    if low in p.NO_DENIAL:
        return END, above
    if word == "in" and low not in ("interest", "part", "role", "involvement", "participation"):
        return END, above
    if low in p.CLAIM or base in p.SORT or (base in p.RAISE and tree.pos[above] != "NOUN"):
        return PASS, above
    if tree.pos[above] in ("ADJ", "ADV"):
        return (PASS if word in ("of", "to", "for", "about", "with", "in") else END), above
    if word == "of" and (low in p.NOBODY or low in ("any", "some", "all", "either")):
        return PASS, above
    if word == "of" and _indefinite(tree, node):
        return PASS, above
    return END, above


def _join_step(tree: Tree, node: int, up: int) -> str:
    """Say whether what is denied of the first of two joined words is denied of the second."""
    joints = [kid for kid in tree.kids[up] if tree.dep[kid] in ("cc", "preconj") and kid < node]
    joint = tree.low[joints[-1]] if joints else ""
    if joint in ("but", "yet", "though"):
        return END
    if any(tree.dep[kid] in ("nsubj", "nsubjpass", "expl") for kid in tree.kids[node]):
        return END
    if tree.pos[up] in _VERB and joint not in ("or", "nor"):
        own = _aux(tree, node) or any(tree.low[kid] in p.NOT for kid in tree.kids[node])
        if own or (tree.tag[node] != tree.tag[up]):
            return END
    return PASS


def _edge(tree: Tree, node: int) -> int:
    """Return the first word of what stands before a word and hangs on it."""
    first = node
    while first and tree.head[first - 1] in range(first, node + 1) and first - 1 != node:
        first -= 1
    return first


def _step(tree: Tree, node: int, target: int) -> tuple[str, int]:
    """Return what becomes of a denial above a word, and the word above."""
    up, dep = tree.head[node], tree.dep[node]
    edge = _edge(tree, node)
    for idiom in _IDIOMS:
        if edge >= len(idiom) and tuple(tree.low[edge - len(idiom) : edge]) == idiom:
            return FLIP_END, up
    if dep in ("pobj", "pcomp") or (dep == "conj" and tree.dep[up] == "prep"):
        return _preposition_step(tree, node, up, target)
    if dep in _SUBJECT:
        return _subject_step(tree, node, up), up
    if dep in _OBJECT:
        return _object_step(tree, node, up, target), up
    if dep in ("ccomp", "xcomp", "acl"):
        if dep == "acl" and tree.tag[node] in ("VBN", "VBG") and tree.pos[up] in _NOUN:
            return (PASS if _nothing(tree, up) else END), up
        return _clause_step(tree, node, up), up
    if dep == "relcl":
        return (PASS if _nothing(tree, up) else END), up
    if dep == "advcl":
        if "to" in _aux(tree, node) and any(
            tree.dep[kid] in ("dobj",) and _nothing(tree, kid) for kid in tree.kids[up]
        ):
            return PASS, up
        return END, up
    if dep == "conj":
        return _join_step(tree, node, up), up
    if dep in _INSIDE:
        return PASS, up
    if dep == "prep":
        return PASS if tree.pos[up] in _VERB else END, up
    return (PASS if dep == "auxpass" else END), up


def _hedging_step(tree: Tree, node: int, up: int, step: str) -> str:
    """Return the name of the doubt that a word casts on what hangs on it, or nothing."""
    dep = tree.dep[node]
    word = p.lemma(tree.low[up])
    to = "to" in _aux(tree, node)
    if dep in ("xcomp", "ccomp", "acl", "advcl", "pcomp") and to and word not in _REALISED:
        return "" if word == "go" or tree.low[up] == "going" else "to"
    if dep in _SUBJECT and dep != "nsubjpass":
        return ""
    if dep in ("pobj", "pcomp") and step == END:
        return ""
    if dep == "ccomp" and word in ("believe", "think", "hope") and _first_person(tree, up):
        return "" if word != "hope" else "under verb"
    if dep == "ccomp" and word in ("say", "tell", "warn", "agree", "insist"):
        return ""
    if dep in ("relcl", "conj", "compound", "amod", "poss", "appos", "advcl"):
        return ""
    if word == "be" and node > up and _predicate(tree, up, p.HEDGING):
        return "under verb"
    return "under " + ("noun" if tree.pos[up] in _NOUN else "verb") if word in p.HEDGING else ""


def _comes_about(tree: Tree, node: int, verb: int) -> bool:
    """Say whether a verb says of its subject that it comes: «X could return»."""
    return tree.dep[node] in _SUBJECT and p.lemma(tree.low[verb]) in _COMING


def _another(tree: Tree, node: int, verb: int, voice: tuple[int, int]) -> bool:
    """Say whether a clause is what somebody else is said to say, within a voice."""
    if tree.dep[node] not in ("ccomp", "acl") or not voice[0] <= tree.start[verb] < voice[1]:
        return False
    word = p.lemma(tree.low[verb])
    if word not in _TELLING:
        return False
    if word in p.DENY or any(tree.low[kid] in p.NOT for kid in tree.kids[verb]):
        return False
    subject = _kids(tree, verb, "nsubj", "nsubjpass")
    return bool(subject) and tree.low[subject[0]] not in ("i", "we")


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
    negated = hedged = False
    fired: list[str] = []
    node, came, limit = target, -1, 40
    while limit:
        limit -= 1
        for name in _negators(tree, node, came):
            negated = not negated
            fired.append(name)
        if _unreal(tree, node):
            hedged = True
            fired.append("would have")
        for name in _doubts(tree, node, came):
            hedged = True
            fired.append(name)
        if tree.head[node] == node:
            break
        step, up = _step(tree, node, target)
        if step == END and _comes_about(tree, node, up) and _aux(tree, up) & p.MODAL:
            hedged = True
            fired.append("modal below")
        if step == END and any(tree.low[kid] in p.IF for kid in _kids(tree, up, "mark")):
            hedged = True
            fired.append("if")
        doubt = _hedging_step(tree, node, up, step)
        if doubt:
            hedged = True
            fired.append(doubt)
        if step in (FLIP, FLIP_END):
            negated = not negated
            claim = tree.low[node] in p.CLAIM and tree.dep[node] in _OBJECT
            fired.append("claim turned" if claim else f"{tree.dep[node]} turned")
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
    if "if" in fired:
        negated = False
    return Reading(negated, hedged and not negated, tuple(fired))

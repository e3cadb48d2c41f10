"""What a verb, an adjective, a noun or a preposition does to what it takes."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

from itertools import pairwise

from analysis.voices.english import polarity as p
from analysis.voices.english.cues import SAY, TELL
from analysis.voices.english.headline_passives import aside, headline_passive
from analysis.voices.english.negation import (
    FUTURE,
    VERB,
    Tree,
    auxiliaries,
    indefinite,
    kids_by,
    negative,
    next_word,
)
from analysis.voices.english.standing import ends_later, left_alone, once_more, used
from analysis.voices.english.wordlist import words

PASS, FLIP, END, FLIP_END = "pass", "flip", "end", "flip end"


SUBJECT = words("nsubj nsubjpass csubj csubjpass expl")


OBJECT = words("dobj attr acomp oprd dative obj iobj")


_SAYING = SAY | TELL
_JUDGING = p.REVERSE | p.EVALUATION
_SORT_OR_REVERSE = p.SORT | p.REVERSE
_RAISE_OR_SORT = p.RAISE | p.SORT


_AT_ISSUE = (("at", "issue"), ("at", "stake"), ("at", "play"), ("at", "work"))
_MOCK = words("demolish explode puncture shatter ridicule scorn mock deride lampoon")
"""Verbs that deny a claim, not what they have for object otherwise."""
_PERCEIVING = words("accept find see help force compel manage forget")
"""Verbs whose definite object is there although they are denied: «nobody can find the key»."""
_DOERS = words("we they i anyone he she you this the our my any")
_TABLES = words("table cards agenda menu")
_NO_PART = words("part place role")
_VANISH = words("cease vanish disappear evaporate lapse end")
_UNDONE = words("fail refuse decline neglect lack forbear refrain abstain omit")
"""Verbs that say that what follows is not done, whenever it is that they say it of."""
_STANDS = words("stand hold wash add bear survive withstand fly")
"""What a claim does if there is something in it."""
STRUCK_BY = words("surprised amazed astonished shocked stunned dismayed appalled delighted")
"""Adjectives for what is there, whether or not it surprises."""
_NAMING = words("call label term describe consider deem dub name regard")


_MYTH = words("myth myths fiction fallacy misconception lie lies hoax delusion fantasy canard")
"""Nouns that deny already: to dispel a myth is no double denial."""


_TOLD = words("reports rumours rumors talk stories fears concerns")
"""What is told or feared is told or feared also where it is denied."""
_OWN_WORDS = words("say call claim argue write")
"""Verbs by which a voice that does not, or cannot, use them denies: «I can't write that»."""
_LETTING = words("let allow permit want enable expect like")
_LEAVE = words("allow permit enable authorize authorise entitle empower")
"""Verbs that leave it open whether what they speak of is done."""


PROPOSALS = words(
    """proposal proposals bill request requests offer offers plea pleas amendment amendments motion
    appeal appeals demand demands bid application petition claim claims charge charges allegation
    allegations suggestion suggestions accusation accusations lawsuit criticism call calls advice
    effort efforts deal agreement     objection objections plan plans"""
)
"""Nouns that are there even where somebody rejects or denies them."""


def _cleft(tree: Tree, node: int, verb: int) -> bool:
    """Say whether «it is not X that …» denies what follows rather than that there is X."""
    subject = kids_by(tree, verb, "nsubj")
    if not subject or tree.low[subject[0]] != "it" or kids_by(tree, node, "det", "poss"):
        return False
    return bool(kids_by(tree, node, "relcl")) or next_word(tree, node) in (
        "that",
        "which",
        "who",
    )


def first_person(tree: Tree, verb: int) -> bool:
    """Say whether the subject of a verb is «I» or «we»."""
    return any(tree.low[kid] in ("i", "we") for kid in kids_by(tree, verb, "nsubj"))


def unreal(tree: Tree, node: int) -> bool:
    """Say whether a verb stands in «would have …» or «could have …»."""
    aux = auxiliaries(tree, node)
    return bool(aux & {"would", "could", "'d"}) and "have" in aux and tree.tag[node] == "VBN"


def asserted(tree: Tree, node: int) -> bool:
    """Say whether a verb is a finite main one, or reported as such, without a modal."""
    aux = auxiliaries(tree, node)
    if "to" in aux or aux & p.MODAL or aux & {"would"}:
        return False
    finite = tree.tag[node] in ("VBD", "VBZ", "VBP") or bool(aux)
    if not finite and not kids_by(tree, node, "nsubj"):
        return False
    if tree.dep[node] == "advcl":
        # What we have long known: that they searched without a warrant.
        return any(tree.low[kid] == "that" for kid in kids_by(tree, node, "mark"))
    return tree.dep[node] in ("ROOT", "ccomp", "conj", "parataxis")


def predicate(tree: Tree, verb: int, group: frozenset[str]) -> bool:
    """Say whether a copula or verb is completed by a word of a group."""
    for kid in kids_by(tree, verb, "attr", "acomp", "oprd", "advmod", "dobj", "ccomp"):
        if kids_by(tree, kid, "mark"):
            continue  # it is not that we lack X
        if kid > verb and (tree.low[kid] in group or p.lemma(tree.low[kid]) in group):
            return True
        for under in kids_by(tree, kid, "amod", "advmod") if tree.dep[kid] == "attr" else ():
            if tree.low[under] in group:
                return True
    return False


def subject_step(tree: Tree, node: int, up: int) -> str:
    """Say what a predicate does to its subject."""
    verb = p.lemma(tree.low[up])
    if ends_later(tree, up):
        return END  # once the raids are over; as soon as the threats are removed
    if verb in ("turn", "prove", "seem", "appear", "look"):
        for kid in kids_by(tree, up, "xcomp", "ccomp"):
            if tree.low[kid] == "be":
                return subject_step(tree, node, kid)
    if verb == "take" and tree.low[up + 1 : up + 3] == ["for", "granted"]:
        return END
    if used(tree, node, up) or once_more(tree, node, up):
        return END
    if tree.dep[node] in ("nsubjpass", "csubjpass"):
        open_ended = auxiliaries(tree, up) & FUTURE or not auxiliaries(tree, up) - {"be"}
        if verb in p.STOP and open_ended and verb not in p.DENY:
            return END  # They want it to be ended.
        if verb in p.DENY or verb in p.STOP or verb in ("delay", "postpone"):
            said = tree.low[node] in p.CLAIM and kids_by(
                tree, node, "acl", "ccomp", "relcl", "prep"
            )
            return FLIP if said or tree.low[node] not in PROPOSALS or verb not in p.DENY else END
        if aside(tree, up) and tree.low[node] in p.CLAIM:
            return FLIP  # the complaint of X was thrown out
        if verb in p.KEEP:
            return END
        return PASS if verb in p.MAKE or indefinite(tree, node) else END
    if headline_passive(tree, node, up):
        return FLIP
    if verb in p.THERE:
        return PASS
    if verb == "take" and any(tree.low[kid] == "place" for kid in tree.kids[up]):
        return PASS
    if verb == "go" and any(tree.low[kid] == "on" for kid in tree.kids[up]):
        return PASS
    if verb in ("form", "play", "have") and any(
        tree.low[kid] in _NO_PART for kid in kids_by(tree, up, "dobj")
    ):
        return PASS  # X has no place in the plan
    if verb in ("be", "become", "remain", "prove", "seem", "look"):
        after = " ".join(tree.low[up + 1 : up + 5])
        if after.startswith(("off the table", "out of the question")):
            return FLIP
        if predicate(tree, up, p.GONE) or tree.low[up + 2 : up + 6] == [
            "thing",
            "of",
            "the",
            "past",
        ]:
            return FLIP
        if tree.low[node] in p.CLAIM and predicate(tree, up, _JUDGING):
            return FLIP
        if tree.dep[node] in ("csubj",) and predicate(tree, up, p.REVERSE):
            return FLIP
        if next_word(tree, up) == "what" or _not_what(tree, up):
            return PASS
        for kid in kids_by(tree, up, "ccomp"):
            marks = {tree.low[mark] for mark in kids_by(tree, kid, "mark")}
            if kid > up and not marks & {"that", "whether", "if"}:
                return PASS  # X is not what we do
    claim = tree.low[node] in p.CLAIM
    over = verb != "end" or (
        tree.tag[up] in ("VBD", "VBN") and not (claim or kids_by(tree, up, "prep"))
    )
    if verb in _VANISH and over and not kids_by(tree, up, "dobj"):
        return FLIP_END
    if claim and verb in _STANDS:
        return PASS  # the charge does not stand up
    return FLIP_END if claim and verb in ("collapse", "crumble", "fall") else END


def _not_what(tree: Tree, verb: int) -> bool:
    """Say whether «X is not the case», «… something we do», «… at issue» follows."""
    ahead = tree.low[verb + 1 : verb + 5]
    if any(pair in pairwise(ahead) for pair in _AT_ISSUE):
        return True
    if ahead[-2:-1] == ["the"] and "on" in ahead and ahead[-1] in _TABLES:
        return True
    if "part" in ahead[:3] and any(tree.low[kid] in p.NOT for kid in tree.kids[verb]):
        return True
    if "something" in ahead:
        after = tree.low[verb + 1 + ahead.index("something") + 1 :][:2]
        return any(word in _DOERS for word in after)
    return predicate(tree, verb, p.NOT_WHAT)


def object_step(tree: Tree, node: int, up: int, target: int) -> str:
    """Say what a verb does to its object."""
    verb, noun = p.lemma(tree.low[up]), tree.low[node]
    if verb in ("be", "become", "remain", "'s", "seem", "look", "sound"):
        counted = tree.dep[node] == "attr" and kids_by(tree, node, "nummod")
        return END if counted or (tree.dep[node] == "attr" and _cleft(tree, node, up)) else PASS
    if tree.dep[node] == "acomp":
        return PASS
    if aside(tree, up):
        return FLIP if node == target or noun in p.CLAIM or indefinite(tree, node) else END
    if verb in _NAMING and (
        tree.dep[node] == "oprd"
        or any(tree.low[kid] == "this" for kid in kids_by(tree, node, "det"))
    ):
        return PASS
    if verb in p.DENY:
        if noun in PROPOSALS | _TOLD and node == target:
            return END
        if noun in _MYTH:
            return PASS
        if node == target or noun in p.CLAIM or p.lemma(noun) in _SORT_OR_REVERSE:
            return FLIP
        return END
    if verb in _MOCK and noun in p.CLAIM:
        return PASS if noun in _MYTH else FLIP
    if verb in p.STOP:
        past = tree.tag[up] in ("VBD", "VBN") or verb in ("lack", "exclude", "omit", "avoid")
        return FLIP if past and asserted(tree, up) else END
    if verb in _LETTING and left_alone(tree, node, up):
        return END
    if verb == "give" and tree.low[up + 1] not in ("up", "away", "in", "over"):
        return PASS  # the court is not given the authority
    if verb in p.KEEP or (node == target and used(tree, node, up)):
        return END
    if verb in ("accept", "recognise", "recognize", "buy") and noun in p.CLAIM:
        return PASS
    if verb in _PERCEIVING and not indefinite(tree, node):
        return END
    if verb in p.MAKE or verb in p.RAISE or indefinite(tree, node):
        return PASS
    return END


def clause_step(tree: Tree, node: int, up: int) -> str:
    """Say what a word does to the clause it takes."""
    low, dep = tree.low[up], tree.dep[node]
    if (
        dep == "ccomp"
        and p.lemma(tree.low[up]) in ("think", "believe", "suggest", "say")
        and (auxiliaries(tree, node) & p.DEONTIC)
    ):
        return END
    word = p.lemma(low)
    if dep == "ccomp" and node < up and _spliced(tree, node, up):
        denied = any(tree.low[kid] in p.NOT for kid in tree.kids[node])
        if denied or word not in _SAYING:
            return END
    if low in STRUCK_BY:
        # I would be surprised if X; we were not surprised to see X.
        return FLIP if any(tree.low[kid] == "if" for kid in tree.kids[node]) else END
    if (low == "far" and up and tree.low[up - 1] == "so") or (word == "dream" and dep == "ccomp"):
        return END  # they have said so far that X; he never dreamed that X
    small = tree.pos[node] == "ADJ" and not kids_by(tree, node, "mark", "aux", "cop")
    if small and word in ("hold", "make", "keep", "render", "find", "leave"):
        return PASS
    if tree.pos[up] in VERB and word not in p.REVERSE:
        if word in ("be", "seem", "become", "remain"):
            if node > up and predicate(tree, up, _JUDGING):
                return _evaluated(tree, node)
            return PASS
        if word == "make" and predicate(tree, up, words("impossible")):
            return FLIP
        if word == "have" and "yet" in tree.low[up + 1 : node]:
            return FLIP
        if word in p.DENY and tree.low[tree.head[up]] in (
            "hard",
            "difficult",
            "futile",
            "pointless",
        ):
            return END  # it is hard to deny that …
        if word in p.DENY or aside(tree, up):
            return END if up and tree.low[up - 1] == "no" else FLIP
        if word in p.STOP:
            if word not in _UNDONE and auxiliaries(tree, up) & FUTURE:
                return END
            return FLIP
        if word == "doubt":
            return FLIP
        if word == "have" and "to" in auxiliaries(tree, node):
            return END
        if (
            word in p.RAISE
            or low in p.RAISE
            or (word in ("persuade", "convince") and "be" in _be(tree, up))
        ):
            return PASS
        asked = word in ("ask", "tell", "order", "instruct", "invite", "force", "compel")
        if asked and "to" in auxiliaries(tree, node):
            nobody = any(negative(tree, kid) for kid in kids_by(tree, up, "nsubj"))
            if nobody or "be" in _be(tree, up):
                return PASS  # she was never asked to …; nobody is asking you to …
        if word in _SAYING or word in ("call", "describe", "pretend", "label", "regard"):
            return _said(tree, up)
        open_ended = dep == "xcomp" or (dep == "ccomp" and "to" in auxiliaries(tree, node))
        return PASS if open_ended and word not in _LEAVE else END
    if low == "free":
        return PASS
    if low in _JUDGING or word in p.REVERSE:
        return _evaluated(tree, node)
    if any(tree.low[kid] == "too" for kid in kids_by(tree, up, "advmod")) and dep != "relcl":
        return FLIP
    if low in p.NO_DENIAL:
        return END
    if low in p.CLAIM or word in _RAISE_OR_SORT:
        return PASS
    return PASS if tree.pos[up] in ("ADJ", "ADV") else END


def _spliced(tree: Tree, node: int, up: int) -> bool:
    """Say whether two whole sentences are joined by a comma alone: «we do not X, we do not Y»."""
    if kids_by(tree, node, "mark"):
        return False
    own = kids_by(tree, node, "nsubj", "nsubjpass", "expl")
    after = kids_by(tree, up, "nsubj", "nsubjpass", "expl")
    return bool(own) and any(kid > node for kid in after) and "," in tree.low[node:up]


def _be(tree: Tree, verb: int) -> set[str]:
    """Return the auxiliaries of a verb, each as its base form."""
    return {p.lemma(low) for low in auxiliaries(tree, verb)}


def _evaluated(tree: Tree, node: int) -> str:
    """Say whether «wrong to …», «a myth that …» denies what follows.

    «Wrong to call», not «wrong to punish»; «impossible to punish», «false that».
    """
    up = tree.head[node]
    places = [up, *kids_by(tree, up, "attr", "acomp", "oprd", "ccomp")]
    if not any(tree.low[place] in p.EVALUATION for place in places):
        return FLIP
    if "to" not in auxiliaries(tree, node):
        return FLIP
    lemma = p.lemma(tree.low[node])
    return FLIP if lemma in p.THINKING or lemma in ("deny", "dispute", "doubt") else END


def _said(tree: Tree, verb: int) -> str:
    """Say whether what stands above a verb of saying reaches what is said.

    «It would be wrong to say that», «it cannot be said that»; not «he did not say that».
    """
    aux = auxiliaries(tree, verb)
    if first_person(tree, verb) and p.lemma(tree.low[verb]) in _OWN_WORDS:
        return PASS
    if aux & {"can", "could", "ca"} and any(tree.low[kid] in p.NOT for kid in tree.kids[verb]):
        anybody = any(tree.low[kid] in ("you", "one") for kid in kids_by(tree, verb, "nsubj"))
        return PASS if anybody or kids_by(tree, verb, "auxpass") else END
    up = tree.head[verb]
    if tree.dep[verb] not in ("xcomp", "ccomp", "acl", "csubj", "advcl") or up == verb:
        return END
    if tree.low[up] in _JUDGING or predicate(tree, up, _JUDGING):
        return PASS
    if tree.low[up] in ("true", "right", "fair", "accurate", "correct"):
        return PASS
    return END

"""A tree without a parser: noun groups, verb groups and what each hangs on.

Groups are cut by tags (:mod:`analysis.voices.english.tagging`) and attached from left to right by
what their words take. The relations are those that :mod:`analysis.voices.english.scope` asks for,
named as spaCy names them.
"""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912, PLR0915
from __future__ import annotations

from dataclasses import dataclass, field

from analysis.voices.english import cues
from analysis.voices.english import polarity as p
from analysis.voices.english.scope import PHRASAL
from analysis.voices.english.tagging import Word, tagged, tokens
from analysis.voices.english.wordlist import words

_NOMINAL = words("NN NNS NNP CD")
_MODIFIER = words("JJ NN NNS NNP CD VBN VBG POS RB")
_VERBAL = words("VB VBP VBZ VBD VBN VBG")
_HELPING = words("MD BE HAVE DO")
_CLAUSE_TAKING = cues.SAY | cues.TELL | p.RAISE | p.DENY | p.HEDGING | words("ensure mean prove")
_REPORTING = cues.SAY | p.DENY | words("say think believe")
_AUXILIARY = words(
    "is are was were do does did have has had can could will would may might should must"
)
_NAMING = words("call label term describe consider deem dub name brand make think")
_CONTROL = words(
    """ask allow force want get tell order require permit enable persuade urge encourage expect help
    cause compel forbid advise warn instruct authorise authorize invite prevent lead see let make
    believe consider like need oblige prompt"""
)
_NOUN_INFINITIVE = p.RAISE | p.SORT | p.HEDGING | p.CLAIM | p.REVERSE | words("time money order")
_PURPOSE = words("if unless because although though while whereas since until when once lest where")
_POSES = {"BE": "AUX", "HAVE": "AUX", "DO": "AUX", "MD": "AUX", "IN": "ADP", "TO": "PART",
          "DT": "DET", "PRP": "PRON", "WP": "PRON", "EX": "PRON", "JJ": "ADJ", "RB": "ADV",
          "NEG": "PART", "NNP": "PROPN", "CD": "NUM", "PUNCT": "PUNCT", "CC": "CCONJ",
          "MARK": "SCONJ", "PRP$": "PRON", "POS": "PART"}  # fmt: skip


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
class _Group:
    """A noun group, a verb group, or a single word that joins."""

    kind: str  # noun, verb, adj, prep, mark, cc, rel, stop, comma
    head: int
    first: int
    form: str = ""  # of verbs: finite, to, ing, part, bare


@dataclass(slots=True)
class _State:
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
    helper: int = -1
    outer: int = -1
    early: list[int] = field(default_factory=list)
    mains: list[int] = field(default_factory=list)


def light_tree(text: str, start: int = 0, end: int | None = None) -> LightTree:
    """Read one sentence.

    Parameters
    ----------
    text : str
    start, end : int
        The sentence's characters, ``[start, end)``; all of the text if left out.

    Returns
    -------
    LightTree

    Examples
    --------
    >>> tree = light_tree("We do not collect records.")
    >>> [(tree.low[node], tree.dep[node], tree.low[tree.head[node]]) for node in (0, 2, 4)]
    [('we', 'nsubj', 'collect'), ('not', 'neg', 'collect'), ('records', 'dobj', 'collect')]
    """
    found = tagged(tokens(text, start, end))
    size = len(found)
    tree = LightTree(
        [word.start for word in found],
        [word.end for word in found],
        [word.low for word in found],
        [word.tag for word in found],
        ["" for _ in found],
        [-1] * size,
        ["dep"] * size,
        [[] for _ in found],
    )
    groups = _groups(found, tree)
    _attach(groups, tree)
    root = _main(groups, tree)
    for node in range(size):
        if tree.head[node] < 0 or _circular(tree, node):
            tree.head[node] = root if node != root else node
            tree.dep[node] = "ROOT" if node == root else "dep"
        if tree.low[node] in p.PERHAPS and tree.tag[tree.head[node]] not in _VERBAL:
            _link(tree, node, root, "advmod")
        if tree.tag[node] == "IN" and tree.dep[node] == "dep":
            tree.dep[node] = "prep"
        tree.pos[node] = _pos(tree, node)
    for node in range(size):
        if tree.head[node] != node:
            tree.kids[tree.head[node]].append(node)
    return tree


def _main(groups: list[_Group], tree: LightTree) -> int:
    """Return the word that all others hang on at last."""
    for group in groups:
        if tree.dep[group.head] == "ROOT":
            return group.head
    for kind in ("verb", "noun"):
        for group in groups:
            if group.kind == kind and tree.head[group.head] < 0:
                return group.head
    return 0


def _circular(tree: LightTree, node: int) -> bool:
    seen = node
    for _ in range(60):
        above = tree.head[seen]
        if above < 0 or above == seen:
            return False
        if above == node:
            return True
        seen = above
    return True


def _pos(tree: LightTree, node: int) -> str:
    tag = tree.tag[node]
    if tag in ("VB", "VBP", "VBZ", "VBD", "VBN", "VBG"):
        return "VERB"
    return _POSES.get(tag, "NOUN")


def _link(tree: LightTree, node: int, head: int, dep: str) -> None:
    if node != head and node >= 0 and head >= 0:
        tree.head[node], tree.dep[node] = head, dep


def _groups(found: list[Word], tree: LightTree) -> list[_Group]:
    """Cut the words into groups and link the words inside each."""
    groups: list[_Group] = []
    at, size = 0, len(found)
    while at < size:
        tag, low = found[at].tag, found[at].low
        if tag in _HELPING or tag in _VERBAL or (tag == "TO"):
            at = _verb_group(found, tree, groups, at)
        elif tag == "NEG":
            at = _negation(found, tree, groups, at)
        elif tag in ("DT", "PRP$", "PRP", "EX", "JJ", *_NOMINAL):
            at = _noun_group(found, tree, groups, at)
        elif tag == "WP":
            kind = "rel" if low in ("who", "which", "that", "whom", "whose") else "what"
            groups.append(_Group(kind, at, at))
            at += 1
        elif tag in ("IN", "MARK", "CC"):
            groups.append(_Group({"IN": "prep", "MARK": "mark", "CC": "cc"}[tag], at, at))
            at += 1
        elif tag == "PUNCT":
            groups.append(_Group("comma" if low == "," else "stop", at, at))
            at += 1
        else:
            groups.append(_Group("adv", at, at))
            at += 1
    return groups


def _negation(found: list[Word], tree: LightTree, groups: list[_Group], at: int) -> int:
    """Place a «not» or «never» that stands before no verb group it was taken into."""
    groups.append(_Group("neg", at, at))
    return at + 1


def _verb_group(found: list[Word], tree: LightTree, groups: list[_Group], at: int) -> int:
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
                found[ahead].tag in _VERBAL or (found[ahead].tag in _HELPING and helpers)
            )
            if tag == "RB" and not goes:
                break
            inner.append(at)
        elif tag in _HELPING and head < 0:
            if to and tag in ("MD",):
                break
            helpers.append(at)
        elif tag in _VERBAL and head < 0:
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
            groups.append(_Group("prep", first, first))
            return max(at, first + 1) if not inner else first + 1
        head = helpers.pop()
    tags = {found[item].tag for item in helpers}
    for item in helpers:
        passive = found[head].tag in ("VBN", "VBD") and found[item].tag == "BE"
        _link(tree, item, head, "auxpass" if passive else "aux")
    for item in inner:
        low = found[item].low
        if found[item].tag == "NEG":
            _link(tree, item, head, "neg")
        else:
            _link(tree, item, head, "advmod")
            if low == "longer" and item and found[item - 1].low == "no":
                _link(tree, item - 1, item, "neg")
    if tags & {"BE", "HAVE"} and found[head].tag == "VBD":
        found[head].tag = tree.tag[head] = "VBN"
    tree.tag[head] = found[head].tag
    form = "finite"
    if to:
        form = "to"
    elif not helpers:
        form = {"VBG": "ing", "VBN": "part", "VB": "bare"}.get(found[head].tag, "finite")
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
    groups.append(_Group("verb", head, first, form))
    return at


def _continues(found: list[Word], helper: int, at: int) -> bool:
    """Say whether a verb form may follow its auxiliary."""
    aux, form = found[helper].tag, found[at].tag
    if aux == "BE":
        return form in ("VBN", "VBG", "VBD")
    if aux == "HAVE":
        return form in ("VBN", "VBD")
    return form in ("VB", "VBP") or aux == "TO"


def _noun_group(found: list[Word], tree: LightTree, groups: list[_Group], at: int) -> int:
    first, size = at, len(found)
    if found[at].tag in ("PRP", "EX"):
        groups.append(_Group("noun", at, at))
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
            if at == first or ahead not in ("JJ", "VBN", "VBG", *_NOMINAL):
                break
        elif tag in ("DT", "PRP$") and (
            at == first
            or found[at - 1].low in ("all", "both", "such", "half", "of", "neither", "either")
        ):
            pass
        elif tag == "JJ" and (head < 0 or found[at - 1].tag in ("POS", "CD")):
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
        _inside(found, tree, first, last)
        groups.append(_Group(kind, last, first))
        return last + 1
    _inside(found, tree, first, head)
    groups.append(_Group("noun", head, first))
    return head + 1


def _inside(found: list[Word], tree: LightTree, first: int, head: int) -> None:
    names = {"DT": "det", "PRP$": "poss", "JJ": "amod", "VBN": "amod", "VBG": "amod", "CD": "nummod",
             "RB": "advmod", "NEG": "neg", "POS": "case", "VBD": "amod"}  # fmt: skip
    owner = max((item for item in range(first, head) if found[item].tag == "POS"), default=-1)
    for item in range(first, head):
        if item < owner:
            _link(tree, item, head, "poss" if item == owner - 1 else "dep")
        else:
            _link(tree, item, head, names.get(found[item].tag, "compound"))


def _attach(groups: list[_Group], tree: LightTree) -> None:
    s = _State()
    for number, group in enumerate(groups):
        following = groups[number + 1] if number + 1 < len(groups) else None
        if group.kind == "noun":
            _attach_noun(s, group, groups, number, tree)
        elif group.kind == "adj":
            _attach_adjective(s, group, following, tree)
        elif group.kind == "verb":
            _attach_verb(s, group, groups, number, tree)
            broken = following is not None and following.kind in ("comma", "neg", "adv", "prep")
            if group.form == "finite" and _helping(tree, group.head) and broken:
                s.helper = group.head
        elif group.kind == "prep":
            _attach_preposition(s, group, tree)
        elif group.kind == "mark":
            s.mark, s.before = group.head, s.noun
            if s.subject == s.noun and s.kind == "noun":
                _wait(s)
            s.subject = -1
            if s.kind != "cc":
                s.prep = -1
        elif group.kind in ("rel", "what"):
            if group.kind == "rel" and s.kind in ("noun", "comma", "prep") and s.noun >= 0:
                s.relative = s.noun
                _link(tree, group.head, s.noun, "dep")
                s.prep = -1
                _wait(s)
            else:
                s.mark = group.head
            s.subject = -1
        elif group.kind == "cc":
            s.joint = group.head
        elif group.kind == "neg":
            _attach_negation(s, group, following, tree)
        elif group.kind == "comma":
            s.comma = True
            s.prep = -1
        elif group.kind == "stop":
            if tree.low[group.head] in (";", ":", "—", "–", "--", ".", "?", "!", "(", ")"):
                s.mark = s.prep = s.joint = s.subject = s.relative = -1
                s.verb = -1 if tree.low[group.head] not in ("(", ")") else s.verb
                s.noun = -1 if s.verb < 0 else s.noun
            s.comma = True
        else:
            _attach_adverb(s, group, following, tree)
        s.last, s.kind = group.head, group.kind
        if group.kind not in ("comma", "stop", "adv", "neg", "cc"):
            s.comma = False


def _helping(tree: LightTree, node: int) -> bool:
    """Say whether a verb group ended at a «has», «did» or «will» whose verb may still come."""
    return tree.low[node] in _AUXILIARY


def _attach_negation(s: _State, group: _Group, following: _Group | None, tree: LightTree) -> None:
    """Hang a stray «not» on the verb before or the group after."""
    if (
        s.verb >= 0
        and s.kind in ("verb", "neg", "adv")
        or (s.verb >= 0 and s.kind == "noun" and tree.dep[s.last] == "nsubj" and s.verb < s.last)
    ):
        _link(tree, group.head, s.verb, "neg")
    elif following is not None:
        _link(tree, group.head, following.head, "neg")
    elif s.verb >= 0:
        _link(tree, group.head, s.verb, "neg")


def _attach_adverb(s: _State, group: _Group, following: _Group | None, tree: LightTree) -> None:
    low = tree.low[group.head]
    if following is not None and following.kind in ("verb", "adj", "neg") or s.verb < 0:
        if following is not None:
            _link(tree, group.head, following.head, "advmod")
        return
    if low in p.HARDLY and following is not None and following.kind == "noun":
        _link(tree, group.head, following.head, "advmod")
        return
    _link(tree, group.head, s.verb, "advmod")
    if low == "longer" and group.head and tree.low[group.head - 1] == "no":
        _link(tree, group.head - 1, group.head, "neg")


def _finite_ahead(groups: list[_Group], number: int) -> bool:
    """Say whether the next verb group is finite and this noun group's own."""
    for group in groups[number + 1 : number + 7]:
        if group.kind == "verb":
            return group.form == "finite"
        if group.kind in ("mark", "rel", "what", "stop"):
            return False
        if group.kind in ("cc",) and number + 1 < len(groups) and group is not groups[number + 1]:
            return False
    return False


def _attach_noun(
    s: _State, group: _Group, groups: list[_Group], number: int, tree: LightTree
) -> None:
    node = group.head
    low = tree.low[node]
    nextone = groups[number + 1] if number + 1 < len(groups) else None
    direct = nextone is not None and nextone.kind == "verb" and nextone.form in ("finite", "bare")
    if s.prep >= 0:
        _link(tree, node, s.prep, "pobj")
        s.prep = -1
        s.noun = node
        return
    if (
        s.joint >= 0
        and s.noun >= 0
        and (not direct or s.subject >= 0)
        and not (s.comma and s.subject < 0 and _finite_ahead(groups, number))
    ):
        _link(tree, s.joint, s.noun, "cc")
        _link(tree, node, s.noun, "conj")
        s.joint = -1
        s.noun = node
        return
    verb = s.verb
    if s.asked >= 0:  # Is this …?
        _link(tree, node, s.asked, "nsubj")
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
        and not _own_clause(s, nextone, direct, _finite_ahead(groups, number), tree)
    ):
        base = p.lemma(tree.low[verb])
        dep = "attr" if base in ("be", "become", "remain") else "dobj"
        _link(tree, node, verb, dep)
        s.filled.add(verb)
        s.noun = node
        return
    if s.kind == "noun" and verb in s.filled and p.lemma(tree.low[verb]) in _NAMING and not direct:
        _link(tree, node, verb, "oprd")
        s.noun = node
        return
    if (
        s.subject >= 0
        and s.comma
        and s.kind == "comma"
        and not direct
        and _comma_ahead(groups, number)
    ):
        _link(tree, node, s.subject, "appos")
        s.noun = node
        return
    if direct or _finite_ahead(groups, number) or verb < 0 or clause:
        if (
            direct
            and s.noun >= 0
            and s.kind == "noun"
            and not clause
            and not s.comma
            and (s.subject < 0 or s.subject == s.noun)
            and tree.low[s.noun] not in cues.PRONOUNS | {"there", "this", "that", "it"}
        ):
            s.relative = s.noun  # the data they hold
            _wait(s)
        if s.subject < 0 or clause or s.comma or direct:
            s.subject = node
            s.apart = s.comma
        s.noun = node
        return
    if s.comma and s.noun >= 0:
        _link(tree, node, s.noun, "conj" if _listed(groups, number) else "appos")
    else:
        _link(tree, node, verb, "npadvmod")
    s.noun = node


def _comma_ahead(groups: list[_Group], number: int) -> bool:
    """Say whether a comma closes what a noun after a comma opened, before any verb."""
    for group in groups[number + 1 : number + 7]:
        if group.kind == "comma":
            return True
        if group.kind in ("verb", "stop", "cc"):
            return False
    return False


def _listed(groups: list[_Group], number: int) -> bool:
    """Say whether a noun after a comma is one of a list that «and» or «or» closes."""
    kinds = [group.kind for group in groups[number + 1 : number + 6]]
    return "cc" in kinds and "verb" not in kinds[: kinds.index("cc")]


def _own_clause(
    s: _State, nextone: _Group | None, direct: bool, ahead: bool, tree: LightTree
) -> bool:
    """Say whether a noun after a verb begins a clause that the verb takes: «think this is»."""
    base = p.lemma(tree.low[s.verb])
    if s.waiting >= 0 and base not in _REPORTING:
        return False
    if direct and nextone is not None:
        return base in _CLAUSE_TAKING or nextone.form == "finite"
    return ahead and base in _REPORTING


def _attach_adjective(s: _State, group: _Group, following: _Group | None, tree: LightTree) -> None:
    node = group.head
    if s.joint >= 0 and s.noun >= 0 and tree.tag[s.noun] == "JJ":
        _link(tree, s.joint, s.noun, "cc")
        _link(tree, node, s.noun, "conj")
        s.joint = -1
    elif s.prep >= 0:
        _link(tree, node, s.prep, "pobj")
        s.prep = -1
    elif s.verb >= 0:
        _link(tree, node, s.verb, "acomp")
    s.noun = node


def _attach_preposition(s: _State, group: _Group, tree: LightTree) -> None:
    node = group.head
    word = tree.low[node]
    above = s.verb
    if s.kind == "prep" and s.prep >= 0:
        above = s.prep
    elif s.kind in ("noun", "adj") and s.noun >= 0:
        base, low = p.lemma(tree.low[s.noun]), tree.low[s.noun]
        takes = (
            low in p.CLAIM
            or base in p.RAISE | p.SORT | p.REVERSE | p.HEDGING
            or tree.tag[s.noun] == "JJ"
        )
        if (
            word == "of"
            or s.verb < 0
            or s.verb < s.noun
            and s.subject == s.noun
            or (takes and word not in ("in", "by", "at", "without"))
        ):
            above = s.noun
        if base in ("interest", "part", "role", "involvement", "participation", "end") and word in (
            "in",
            "to",
        ):
            above = s.noun
        if word == "without" and s.subject == s.noun:
            above = s.noun
        if (
            s.verb >= 0
            and word in PHRASAL
            and p.lemma(tree.low[s.verb]) in PHRASAL[word]
            and word not in ("of", "to", "for")
        ):
            above = s.verb if not takes else above
        if s.verb >= 0 and word == "from" and p.lemma(tree.low[s.verb]) in p.FROM:
            above = s.verb
    elif s.kind in ("adv",) and tree.low[s.last] in ("far", "instead", "short"):
        above = s.last
    elif s.kind == "comma" or above < 0:
        above = s.verb
    if above < 0:
        above = s.noun
    _link(tree, node, above, "prep")
    s.prep = node


def _attach_verb(
    s: _State, group: _Group, groups: list[_Group], number: int, tree: LightTree
) -> None:
    node, form = group.head, group.form
    passive = any(
        tree.dep[kid] == "auxpass" and tree.head[kid] == node for kid in range(group.first, node)
    )
    low = tree.low
    if (
        s.helper >= 0
        and (
            form in ("bare", "part", "ing")
            or (tree.tag[node] == "VBD" and group.first == node and s.subject < 0)
        )
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
        and not _finite_ahead(groups, number)
        and s.verb < 0
    ):
        form = "finite"
    if form in ("bare",) and s.subject >= 0:
        form = "finite"
    if (
        form == "finite"
        and s.subject < 0
        and (s.kind == "" or _fronted(s, groups, number))
        and tree.pos[node] == ""
        and tree.tag[node] in ("VBZ", "VBD")
        and low[node] in _AUXILIARY
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
        _link(tree, node, s.verb, "ccomp")
        _enter(s, node)
    elif s.joint >= 0 and s.verb >= 0:
        _join(s, node, tree)
    elif s.verb < 0:
        _root(s, node, tree)
    elif p.lemma(low[s.verb]) in ("help", "let", "make", "dare", "need"):
        _link(tree, node, s.verb, "xcomp")
        _enter(s, node)
    else:
        _link(tree, node, s.verb, "conj")
        _enter(s, node)


def _fronted(s: _State, groups: list[_Group], number: int) -> bool:
    """Say whether an auxiliary stands before its subject after «never» or «at no time»."""
    ahead = groups[number + 1 : number + 3]
    if len(ahead) < 2 or ahead[0].kind != "noun":
        return False
    inverts = ahead[1].kind == "verb" and ahead[1].form in ("bare", "part", "ing", "finite")
    return s.verb < 0 and (inverts or s.kind in ("neg",))


def _inverted(s: _State, tree: LightTree) -> bool:
    """Say whether the verb so far is an auxiliary that waits, its subject already seen."""
    return tree.low[s.verb] in _AUXILIARY and any(
        tree.head[node] == s.verb and tree.dep[node] == "nsubj" and node > s.verb
        for node in range(s.verb, len(tree.head))
    )


def _merge(s: _State, node: int, tree: LightTree) -> None:
    """Make an auxiliary that stands apart that of its verb."""
    aux = s.verb
    s.helper = -1
    for item in range(len(tree.head)):
        if tree.head[item] == aux and item != aux:
            tree.head[item] = node
    tree.head[node], tree.dep[node] = tree.head[aux], tree.dep[aux]
    if tree.head[node] == aux:
        tree.head[node] = node
    _link(tree, aux, node, "aux")
    s.root = node if s.root == aux else s.root
    s.asked = -1
    _enter(s, node)


def _root(s: _State, node: int, tree: LightTree) -> None:
    if s.root < 0:
        tree.head[node], tree.dep[node] = node, "ROOT"
        s.root = node
        for item in s.early:
            _link(tree, item, node, "advcl")
    else:
        _link(tree, node, s.root, "parataxis")
    _enter(s, node)
    s.mains = [node]


def _wait(s: _State) -> None:
    """Keep a subject whose verb is still to come while a clause inside it is read."""
    if s.subject >= 0 and s.waiting < 0:
        s.waiting, s.outer = s.subject, s.verb


def _enter(s: _State, node: int) -> None:
    s.verb = node
    s.subject = s.mark = s.relative = s.joint = s.prep = -1
    s.apart = False


def _join(s: _State, node: int, tree: LightTree) -> None:
    _link(tree, s.joint, s.verb, "cc")
    _link(tree, node, s.verb, "conj")
    _enter(s, node)


def _attach_finite(s: _State, node: int, passive: bool, tree: LightTree) -> None:
    if s.waiting >= 0 and s.subject < 0 and s.relative < 0 and s.joint < 0 and s.mark < 0:
        s.subject, s.verb, s.waiting = s.waiting, s.outer, -1
    if s.subject < 0 and s.noun >= 0 and s.relative < 0 and s.joint < 0 and s.verb < 0:
        s.subject = s.noun
    subject, dep = s.subject, "nsubjpass" if passive else "nsubj"
    if subject >= 0 and tree.tag[subject] == "EX":
        dep = "expl"
    if subject >= 0:
        _link(tree, subject, node, dep)
    if s.relative >= 0:
        _link(tree, node, s.relative, "relcl")
        _enter(s, node)
    elif s.mark >= 0:
        _attach_clause(s, node, tree)
    elif s.joint >= 0 and s.verb >= 0:
        _join(s, node, tree)
    elif s.verb < 0 or (s.root < 0 and subject >= 0 and (s.comma or s.apart)):
        _root(s, node, tree)
    elif subject >= 0 and not (s.comma or s.apart) and p.lemma(tree.low[s.verb]) in _CLAUSE_TAKING:
        _link(tree, node, s.verb, "ccomp")
        _enter(s, node)
    else:
        _link(tree, node, s.verb, "parataxis")
        _enter(s, node)


def _attach_clause(s: _State, node: int, tree: LightTree) -> None:
    """Attach a finite clause that a conjunction opens."""
    mark = s.mark
    low = tree.low[mark]
    _link(tree, mark, node, "mark")
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
    if s.joint >= 0 and verb >= 0 and low == "that":
        _join(s, node, tree)
        return
    if low == "that" or low in ("whether", "how", "why", "what"):
        if (
            noun >= 0
            and noun == mark - 1
            and (
                tree.low[noun] in p.CLAIM
                or p.lemma(tree.low[noun])
                in p.RAISE | p.SORT | p.REVERSE | p.HEDGING | p.EVALUATION
                or tree.tag[noun] == "JJ"
                or tree.low[noun] in p.NO_DENIAL
                or tree.low[noun] == "fact"
                or verb < 0
            )
        ):
            _link(tree, node, noun, "ccomp" if tree.tag[noun] == "JJ" else "acl")
        else:
            _link(tree, node, verb, "ccomp")
    else:
        _link(tree, node, verb, "advcl")
    _enter(s, node)


def _attach_infinitive(s: _State, node: int, tree: LightTree) -> None:
    low = tree.low
    if s.joint >= 0 and s.verb >= 0 and s.kind == "cc":
        _join(s, node, tree)
        return
    noun, verb = s.noun, s.verb
    if s.kind in ("noun", "adj", "neg", "adv") and noun >= 0 and noun >= verb:
        base = p.lemma(low[noun])
        if tree.tag[noun] == "JJ":
            _link(tree, node, noun, "xcomp")
        elif verb >= 0 and p.lemma(low[verb]) in _CONTROL and tree.dep[noun] == "dobj":
            _link(tree, node, verb, "ccomp")
        elif (
            base in _NOUN_INFINITIVE
            or low[noun].endswith(("ion", "ity", "ment"))
            or low[noun] in p.CLAIM | p.EVALUATION
            or verb < 0
        ):
            _link(tree, node, noun, "acl")
        else:
            _link(tree, node, verb, "advcl")
    elif verb >= 0:
        _link(
            tree,
            node,
            verb,
            "xcomp" if s.kind in ("verb", "adv", "neg") and not s.comma else "advcl",
        )
    else:
        _root(s, node, tree)
        return
    if verb < 0:
        _wait(s)
    _enter(s, node)


def _attach_participle(s: _State, group: _Group, tree: LightTree) -> None:
    node = group.head
    if s.verb < 0:
        _wait(s)
    if s.prep >= 0:
        _link(tree, node, s.prep, "pcomp")
    elif s.joint >= 0 and s.verb >= 0 and s.kind == "cc":
        _join(s, node, tree)
        return
    elif s.kind == "noun" and s.noun >= 0:
        _link(tree, node, s.noun, "acl")
    elif s.verb >= 0:
        _link(
            tree,
            node,
            s.verb,
            "xcomp" if s.kind in ("verb", "adv", "neg") and not s.comma else "advcl",
        )
    else:
        s.early.append(node)
    _enter(s, node)

"""Words of a sentence with a part of speech each, from lists, endings and neighbours.

A tagger without a model: enough to cut a sentence into noun and verb groups
(:mod:`analysis.voices.english.groups`), which is all that is asked of it.
"""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

from analysis.voices.english import cues
from analysis.voices.english.open_classes import open_class
from analysis.voices.english.word_classes import (
    ADJ,
    ADV,
    BE,
    CC,
    DET,
    DO,
    HAVE,
    HELPERS,
    MARK,
    MODALS,
    NOT,
    NOUNS,
    POSS,
    PREP,
    PRON,
    VERBS,
    WH,
    Word,
    is_function_word,
)
from analysis.voices.english.wordlist import words

_DOORS = frozenset(["door", "doors"])
_ZERO_SUM = frozenset(["sum", "day", "trust", "tolerance", "hour", "hours"])
_SUBJECTS = PRON | WH | {"that", "here", "what"}
_AFTER_SUBJECT = NOT | HELPERS | {"no", "now", "still"}
_AFTER_PRONOUN = HELPERS | PREP | CC | NOT
_AFTER_THAT = BE | words("does did would will can could may might has had have must")
_EXISTS = BE | MODALS | HAVE | {"exist", "exists", "existed"}
_PREP_OR_TO = PREP | {"to"}
_BEFORE_NOUN = DET | POSS | PRON | PREP
_NOMINAL = NOUNS | ADJ
_PRON_OR_DET = PRON | DET
_ARTICLES = DET | POSS | {"up"}
_LISTED = (NOT | BE | HAVE | DO | MODALS | CC | DET | POSS | PRON | PREP | MARK | ADV | WH) | words(
    """'s to than that close back let alone one many most few several some all no neither who whom
    which what whose whatever whoever such more much little enough there this these those both
    each either any another zero nil once before after since as so open"""
)
"""Words whose tag does not hang on their endings."""
_NO_ADVERBS = words(
    """family supply apply rely reply likely unlikely italy july ally early assembly comply daily
    multiply deadly only"""
)
_ADVERB = 5
"""Letters of the shortest adverb with -ly."""


def tagged(found: list[Word]) -> list[Word]:
    """Give every word its tag, one of the Penn Treebank's or a sign."""
    for at, word in enumerate(found):
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        word.tag = _tag(word, before, after, found, at)
    return found


def _tag(word: Word, before: Word | None, after: Word | None, found: list[Word], at: int) -> str:
    low = word.low
    last = before.tag if before else ""
    following = after.low if after else ""
    if not low[0].isalnum() and low[0] not in "$£€'" and low not in ("n't",):
        return "PUNCT"
    if low[0].isdigit() or low[0] in "$£€":
        return "CD"
    if low not in _LISTED:
        return "RB" if _adverb(low) else open_class(found, at)
    if low in NOT:
        return "NEG"
    if low == "'s" and before and before.low in ("one", "nobody", "anyone", "everyone", "somebody"):
        nominal = after is not None and after.low.isalpha() and not is_function_word(after.low)
        return "POS" if nominal else "BE"
    if low == "'s":
        if before and (before.low in _SUBJECTS):
            return "BE"
        return "POS"
    if low in BE:
        return "BE"
    if low in HAVE:
        return "HAVE"
    if low in DO:
        return "DO"
    if low in MODALS:
        if low in ("may", "might", "must", "will", "can") and (
            last in ("DT", "POS", "PRP$", "JJ")
            or (low == "may" and word.capital and _dated(before, after, at))
        ):
            return "NN"
        return "MD"
    if low == "to":
        return "TO" if _infinitive(found, at) else "IN"
    if low == "than" and before and before.low == "rather" and VERBS.get(following) == "VB":
        later = found[at + 2].low if at + 2 < len(found) else ""
        return "TO" if later[:1].isalpha() else "IN"
    if low == "that":
        return _that(last, before, after, found, at)
    if (low == "close" and following == "to") or (low == "back" and following in _DOORS):
        return "JJ"
    if low in CC:
        return "CC" if low != "yet" or (last == "PUNCT") else "RB"
    if low == "let" and following == "alone":
        return "CC"
    if low == "alone" and before and before.low == "let":
        return "RB"
    counts = after is not None and after.low.isalpha() and not is_function_word(after.low)
    if low == "one" and counts and VERBS.get(following) not in ("VBD", "VBZ"):
        return "CD"
    if low == "one" and before and before.low in ("no", "any", "every", "some"):
        return "NN"
    if low in ("many", "most", "few", "several", "some", "all") and (
        following in _AFTER_SUBJECT
        or (at == 0 and VERBS.get(following) in ("VB", "VBD") and following not in cues.NOUN_TOO)
    ):
        return "NNS"
    if low == "neither" and VERBS.get(following) in ("VB", "VBZ", "VBD", "VBG", "VBN"):
        return "NEG"
    if low in ("no", "neither") and after and after.tag == "" and following not in (",", "."):
        return "RB" if following in ("longer", "more") else "DT"
    if low in POSS:
        return "PRP$" if after and after.low[0].isalnum() and following not in PREP else "PRP"
    if low in ("who", "whom", "which", "what", "whose", "whatever", "whoever"):
        return "WP"
    if low in ("such", "more", "most", "much", "many", "few", "little", "several", "enough"):
        if low == "enough" and following == "to" and last not in ("JJ", "RB"):
            return "JJ"
        if low == "enough" and last in ("JJ", "RB"):
            return "RB"
        return "JJ" if low not in ("enough",) or following not in _PREP_OR_TO else "NN"
    if low == "there":
        return "EX" if following in _EXISTS else "RB"
    if low in ("this", "these", "those", "all", "both", "each", "either", "some", "any", "another"):
        nominal = (
            after is not None
            and after.low[0].isalnum()
            and not (following in _AFTER_PRONOUN or VERBS.get(following) in ("VBD", "VBZ"))
        )
        return "DT" if nominal else "PRP"
    if low in DET and low not in PRON:
        return "DT"
    if low in ("zero", "nil") and last != "DT" and counts and following not in _ZERO_SUM:
        return "DT"
    if low in PRON:
        return "PRP"
    if low == "once" and last == "NEG":
        return "RB"
    if low in MARK and low not in ("as", "so", "before", "after", "since"):
        return "MARK"
    if low in ("before", "after", "since", "as"):
        if low == "as" and last in ("BE", "NEG") and following not in ("if", "though"):
            return "RB"
        return "MARK" if _clause_ahead(found, at) else "IN"
    if low in PREP:
        if low != "of" and (after is None or after.low in (".", ",", "?", "!", ";")):
            return "RB"
        return "IN"
    if low == "so":
        return "RB"
    if low == "open" and last in ("MD", "TO", "NEG") and after and after.low in _ARTICLES:
        return "VB"
    if low in ADV and low not in ("early", "far", "first", "long", "more", "about"):
        return "RB"
    return "RB" if _adverb(low) else open_class(found, at)


def _adverb(low: str) -> bool:
    return low.endswith("ly") and len(low) >= _ADVERB and low not in _NO_ADVERBS


def _dated(before: Word | None, after: Word | None, at: int) -> bool:
    """Say whether «May» is the month or a name, not the auxiliary."""
    if after and (after.low[0].isdigit() or after.low in (",", ".", "'s")):
        return True
    if before and (
        before.low in ("in", "last", "of", "by", "since", "until", "mrs", "mr", "ms")
        or before.low.endswith(".")
    ):
        return True
    # A capital in the midst of a sentence is a name's; at its head a question is rare.
    return at > 0 or bool(after and VERBS.get(after.low) in ("VBD", "VBZ"))


def _infinitive(found: list[Word], at: int) -> bool:
    for item in found[at + 1 : at + 4]:
        if (
            item.low in ("not", "n't")
            or (item.low.endswith("ly") and item.low not in ("italy", "family"))
            or item.low in ("be", "have", "do", "further", "even", "just")
        ):
            if item.low in ("be", "have", "do"):
                return True
            continue
        if item.capital or not item.low.isalpha():
            return False
        if VERBS.get(item.low) in ("VB",) or item.low in (
            "put",
            "cut",
            "set",
            "hit",
            "hurt",
            "let",
            "cost",
            "shut",
        ):
            return True
        if item.low in _BEFORE_NOUN or VERBS.get(item.low) is not None:
            return False
        if item.low in ("act", "order", "plan", "trade", "access"):
            return True
        if item.low == "open":
            return any(later.low in _ARTICLES for later in found[at + 2 : at + 3])
        nominal = item.low.endswith(("s", "ing", "ion", "ity", "ness", "ment", "ed"))
        return not nominal and item.low not in _NOMINAL
    return False


def _clause_ahead(found: list[Word], at: int) -> bool:
    """Say whether a subject and a verb follow, before any comma, within some words."""
    for item in found[at + 1 : at + 9]:
        if item.low in (",", ";", ".", "and", "that"):
            return False
        if item.low in HELPERS:
            return found[at + 1] is not item and item.low not in ("being", "having", "doing")
        if VERBS.get(item.low) in ("VBD", "VBZ") and found[at + 1] is not item:
            return True
    return False


def _that(last: str, before: Word | None, after: Word | None, found: list[Word], at: int) -> str:
    if after is None or not after.low[0].isalnum():
        return "PRP"
    if after.low in _AFTER_THAT:
        return "WP" if last in ("NN", "NNS", "CD") else "PRP"
    if last == "HAVE" or (before and before.low in ("have", "had", "do", "did", "doing")):
        return "DT" if after.low not in _PRON_OR_DET else "MARK"
    if last in ("IN", "TO") or (
        before and before.low in (".", ",") and VERBS.get(after.low) in ("VBZ", "VBD")
    ):
        return "DT" if after.low not in PRON else "MARK"
    if (
        last in ("NN", "NNS", "CD")
        and VERBS.get(after.low) in ("VBZ", "VBD", "VBP", "VB")
        and after.low not in cues.NOUN_TOO
    ):
        return "WP"
    return "MARK"

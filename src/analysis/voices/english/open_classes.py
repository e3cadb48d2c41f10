"""Nouns, verbs and adjectives told apart by their endings and by what stands before them."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

from functools import lru_cache

from analysis.voices.english import cues
from analysis.voices.english.word_classes import (
    ADJ,
    ADJ_ENDINGS,
    DET,
    HELPERS,
    NOUN_ENDINGS,
    NOUNS,
    POSS,
    VERBS,
    Word,
    is_function_word,
)
from analysis.voices.english.wordlist import words

_LIKE_THE_BASE = words("run rerun outrun come become overcome read reread misread beat")
"""Participles that look like the base, of verbs whose past looks or sounds otherwise."""
_OPENS_NOUN = DET | POSS | {"of"}


def _verb_after(found: list[Word], at: int) -> bool:
    """Say whether a verb or auxiliary comes within the next two words."""
    return any(
        item.low in HELPERS or VERBS.get(item.low) in ("VBD", "VBZ")
        for item in found[at + 1 : at + 3]
    )


@lru_cache(maxsize=1 << 14)
def _ending(low: str) -> str:
    """Return the tag of a noun or an adjective that is known by its ending, or nothing."""
    if low.endswith(NOUN_ENDINGS):
        return "NNS" if low.endswith("s") and not low.endswith(("ss", "ness")) else "NN"
    return "JJ" if low.endswith(ADJ_ENDINGS) else ""


_RELATED = words("related associated connected linked")
_SHOWING = words("show shows suggest suggests indicate indicates reveal reveals confirm confirms")


def open_class(found: list[Word], at: int) -> str:
    """Tag a word of an open class: noun, verb or adjective."""
    word = found[at]
    before = found[at - 1] if at else None
    after = found[at + 1] if at + 1 < len(found) else None
    low, last = word.low, before.tag if before else ""
    form = VERBS.get(low)
    previous = _skipped(found, at)
    nominal = last in ("DT", "PRP$", "POS", "CD") or (last == "JJ" and previous not in ("BE",))
    following = after.low if after else ""
    if word.capital and at and before and before.low not in (".", ":", "?", "!"):
        return "NNP"
    if low in _LIKE_THE_BASE and previous == "HAVE":
        return "VBN"
    if low in ADJ and not (form and last in ("TO", "MD")):
        return "JJ"
    if low == "set" and last in ("DT", "JJ") and following == "of":
        return "NN"
    third = low in cues.VERBS and cues.VERBS[low].form == "third"
    if third and before and before.low in ("he", "she", "who"):
        return "VBZ"
    if low in _RELATED and last in ("NN", "NNS") and following in ("to", "with"):
        return "VBN"  # evidence related to the crime
    if low in ("police", "people", "media", "data"):
        return "NNS"
    if low in NOUNS:
        if low in (
            "order",
            "trade",
            "access",
            "plan",
            "police",
            "power",
            "state",
            "act",
        ) and previous in (
            "TO",
            "MD",
            "DO",
        ):
            return "VB"
        return "NNS" if low.endswith("s") else "NN"
    if form == "VBG" or (form is None and low.endswith("ing") and len(low) > 5):
        if (
            low
            in (
                "thing",
                "nothing",
                "morning",
                "evening",
                "during",
                "king",
                "building",
                "meeting",
                "hearing",
                "ruling",
                "finding",
                "spending",
                "trading",
                "wording",
            )
            and last != "BE"
        ):
            return "NN"
        if nominal and following not in _OPENS_NOUN and not (after and after.low[0].isalpha()):
            return "NN"
        return "VBG" if not (nominal and following == "of") else "NN"
    if form in ("VBD", "VBN") or (form is None and low.endswith("ed") and len(low) > 3):
        if last == "IN" and after and after.low.isalpha() and not is_function_word(after.low):
            return "JJ"
        if previous in ("BE", "HAVE"):
            return "VBN"
        if nominal:
            return "VBN" if last != "CD" else "VBD"
        if form == "VBN":
            return "VBN"
        return "VBD"
    if form in ("VB", "VBZ"):
        stored = before is not None and before.low == "data" and low not in _SHOWING
        if nominal or last == "IN" or stored:
            return "NNS" if low.endswith("s") and form == "VBZ" else "NN"
        if form == "VB":
            if following == "that" and last in ("NN", "NNS", "NNP") and low not in cues.NOUN_TOO:
                return "VBP"
            if last == "CC" and at > 1 and found[at - 2].tag in ("VB", "VBP", "VBZ"):
                return found[at - 2].tag if found[at - 2].tag != "VBZ" else "NN"
            if before and before.low in ("alone", "less"):
                return "VB"
            if last in ("NN", "NNS", "NNP") and _asked(found, at):
                return "VB"
            if previous in ("TO", "MD", "DO") or last in ("PRP", "WP", "NNS", "MARK"):
                return "VB" if previous in ("TO", "MD", "DO") else "VBP"
            if at == 0 or (
                before
                and before.low
                in (
                    ",",
                    ";",
                    ":",
                    "and",
                    "or",
                    "but",
                    "please",
                    "help",
                    "let",
                    "helped",
                    "us",
                    "them",
                    "him",
                    "her",
                )
            ):
                return "VB"
            if last in ("RB", "NEG") and previous in ("NNS", "PRP", "WP"):
                return "VBP"
            return "NN"
        noun_too = low in cues.NOUN_TOO or low[:-1].endswith(NOUN_ENDINGS)
        if (
            last in ("NN", "NNP", "PRP", "WP", "POS", "DO")
            or (last == "RB" and previous in ("NN", "NNP", "PRP", "WP"))
        ) or (before and before.low in ("and", ",")):
            if noun_too and last in ("NN", "NNP") and _verb_after(found, at):
                return "NNS"
            return "VBZ" if last != "NNS" else "NNS"
        if last == "NNS" and not noun_too and _singular_of(found, at):
            return "VBZ"
        return "NNS"
    ending = _ending(low)
    if previous in ("TO", "MD", "DO") and low.isalpha() and ending[:2] != "NN":
        return "VB"
    if ending:
        return ending
    if before and low.endswith("s") and before.low in ("longer", "never", "also", "still", "now"):
        return "VBZ"
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return "NNS"
    return "NN"


def _singular_of(found: list[Word], at: int) -> bool:
    """Say whether a plural right before is only what a singular is of: «none of the firms uses»."""
    for back in range(at - 2, max(0, at - 6), -1):
        if found[back].low == "of":
            return found[back - 1].tag in ("NN", "PRP", "NNP", "CD")
        if found[back].tag not in ("DT", "JJ", "PRP$", "NNS", "NN"):
            return False
    return False


def _asked(found: list[Word], at: int) -> bool:
    """Say whether «did» or «will» stands before the subject of a verb: «did the service engage»."""
    for back in range(at - 2, max(-1, at - 7), -1):
        tag = found[back].tag
        if tag in ("DO", "MD"):
            return found[back + 1].tag in ("DT", "PRP", "PRP$", "NNP", "EX") and (
                back == 0 or found[back - 1].tag not in ("PRP", "EX", "WP")
            )
        if tag not in ("DT", "PRP$", "JJ", "NN", "NNS", "NNP", "POS", "RB"):
            return False
    return False


def _skipped(found: list[Word], at: int) -> str:
    """Return the tag before a word; adverbs, negations, an inverted subject left out."""
    back = at - 1
    while back >= 0 and found[back].tag in ("RB", "NEG"):
        back -= 1
    if back < 0:
        return ""
    tag = found[back].tag
    # «Did they ever read», «Is it known»: the subject stands between.
    inverted = tag in ("PRP", "EX") and back > 0 and found[back - 1].tag in ("DO", "MD", "BE")
    if inverted and (back == 1 or found[back - 2].tag in ("PUNCT", "CC", "WP", "MARK")):
        return found[back - 1].tag
    return tag

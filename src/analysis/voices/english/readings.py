"""How a reporting verb is to be read: finite, passive, infinitive, -ing, or as a noun."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912, PLR0915
from __future__ import annotations

from collections.abc import Sequence

from analysis.voices.english.cues import (
    AUXILIARIES,
    BE,
    BOUNDARIES,
    DETERMINERS,
    NOUN_TOO,
    PREPOSITIONS,
    PRONOUNS,
    SAYING,
    VERB_FORMS,
    Verb,
)
from analysis.voices.english.names import BODY_WORDS, GROUPS, ROLES
from analysis.voices.english.phrases import DATA, KEEPS, adverb, apposed, noun_phrase
from analysis.voices.english.sentences import Token
from analysis.voices.english.subjects import LONGEST_QUOTED, QUOTING
from analysis.voices.english.wordlist import words

_CLOSED = BOUNDARIES | PREPOSITIONS | {"who"}
_BARE_SUBJECTS = words(
    """i you we they who some others many most few both all several people critics"""
)
_PLAIN_VERBS = words("say argue insist believe warn think suggest deny admit")
_OPENERS = words("that they the it he she there this these we his her their a")
_BEFORE_NOUNS = DETERMINERS | PREPOSITIONS
_ANYBODY = words("others those anyone anybody everyone someone")
_AFTER_NOUNS = PREPOSITIONS | AUXILIARIES
_SAYING = words("saying claiming insisting arguing warning telling complaining admitting")
_OF_PAPERS = words("calls brands labels claims warns promises offers demands notes shows reports")
"""Forms that, after a comma, are verbs of a paper: «a draft, seen by the Herald, promises»."""
_SAME = words("hit cast set")
"""Verbs whose past is their base form."""
_OBJECTS = frozenset(["it", "him", "them", "me", "us", "himself", "herself"])
_BY_MEANS = words("telephone phone email e-mail text letter video fax post satellite then now")
NAMING = words("brands labels terms dubs")
"""Forms that give what somebody calls something, where it stands in quotation marks."""
_CLOSING = words("claims reports notes predicts suggests complains warns")


def _closing(tokens: Sequence[Token], at: int) -> bool:
    """Say whether «, its sponsor, Ann Moss, claims.» or «, the Herald reports.» ends a sentence."""
    for begin in range(at - 1, max(3, at - 8), -1):
        token = tokens[begin]
        if token.text == ",":
            if begin == at - 1:
                continue
            named = any(item.capital for item in tokens[begin:at])
            so = tokens[begin + 1].low == "or" and tokens[begin + 2].low == "so"
            return named and (so or tokens[begin + 1].low not in _CLOSED)
        if not token.word or token.low in AUXILIARIES or token.low in VERB_FORMS:
            return False
    return False


def _quotes_soon(tokens: Sequence[Token], at: int) -> bool:
    """Say whether «brands the cameras "…"» gives what it calls them in quotation marks."""
    for token in tokens[at + 1 : at + 8]:
        if token.quote >= 0:
            return True
        if not token.word or token.low in AUXILIARIES:
            return False
    return False


def leaves_words(tokens: Sequence[Token], at: int) -> bool:
    """Say whether «the paper quotes Ann Moss as saying» leaves the words to her."""
    if tokens[at].low not in QUOTING:
        return False
    ahead = range(at + 1, min(len(tokens) - 1, at + LONGEST_QUOTED))
    return any(tokens[n].low == "as" and tokens[n + 1].low in _SAYING for n in ahead)


def told_last(tokens: Sequence[Token], at: int) -> bool:
    """Say whether «, court told» ends a sentence: who is told does not speak."""
    return tokens[at].low == "told" and all(item.text in ".!?" for item in tokens[at + 1 :])


def _beside_noun(low: str, before: Token) -> bool:
    if low == "worried":
        return before.low in _ANYBODY
    return low == "alleged" and (before.low in PREPOSITIONS or before.low[-2:] in ("'s", "s'"))


def reading(tokens: Sequence[Token], at: int, begin: int, verb: Verb) -> str:
    """Name the reading of a verb form: finite, passive, infinitive, ing, or none."""
    low = tokens[at].low
    commas = [n for n in range(begin, at) if tokens[n].text == ","]
    said = (*tokens[begin : commas[0]], *tokens[commas[-1] : at]) if commas else tokens[begin:at]
    if low == "assured" and at and tokens[at - 1].low == "rest":
        return ""
    if told_last(tokens, at) or leaves_words(tokens, at):
        return ""
    helpers = [
        token.low
        for token in said
        if token.low in AUXILIARIES and (not adverb(token) or token.low == "not")
    ]
    before = tokens[begin - 1] if begin else None
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    last = next((word for word in reversed(helpers) if word not in ("not", "never")), "")
    if low in ("reasons", "reasoning") and before and before.text.islower():
        return "" if before.low not in PRONOUNS else "finite"
    if (
        before is not None
        and all(adverb(token) for token in tokens[begin:at])
        and before.low in DETERMINERS
        and before.low
        not in (
            "all",
            "some",
            "many",
            "most",
            "both",
            "few",
            "several",
            "that",
            "other",
            "this",
            "each",
        )
    ):
        return ""
    if (
        tokens[at].capital
        and begin == at
        and before is not None
        and before.capital
        and after is not None
        and after.capital
        and verb.form != "third"
        and low != "said"
    ):
        return ""
    if low in _SAME and not helpers and before is not None and before.word and after is not None:
        nominal = before.low in PREPOSITIONS or before.low in DETERMINERS
        return "finite" if after.low in verb.particles and not nominal else ""
    if verb.form in ("past", "participle"):
        stands = (
            low == "accused" and before is not None and before.low in ("stands", "stood", "stand")
        )
        if stands or last in BE or (before is not None and begin == at and before.low in BE):
            return "passive"
        if verb.form == "participle" and not helpers and low not in ("read", "put"):
            return ""
        if before is not None and not helpers and _beside_noun(low, before):
            return ""  # the firm's alleged abuses, others worried about
        later = tokens[at + 2].low if at + 2 < len(tokens) else ""
        agent = after is not None and after.low == "by" and later not in _BY_MEANS
        if not helpers and before is None and agent and verb.hearer and low != "asked":
            return "passive"  # Told by Ann Moss that …, the mayor shrugged
        if not helpers and (before is None or agent):
            return ""
        return "finite"
    if verb.form == "ing":
        if last in BE or (before is not None and tokens[begin].low in KEEPS and begin < at):
            return "finite"
        if before is None or not before.word:
            return "ing"
        if before.low in (
            "by",
            "in",
            "for",
            "while",
            "when",
            "and",
            "before",
            "after",
            "without",
            "but",
        ):
            return "ing"
        if before.low == "as" and low in _SAYING and begin == at:
            return "noun-ing"
        if before.low in PREPOSITIONS or before.low in DETERMINERS or before.low in BOUNDARIES:
            return ""
        if before.low.endswith(("'s", "s'")) or low in (
            "ruling",
            "finding",
            "warning",
            "feeling",
            "mourning",
        ):
            return ""
        return "noun-ing"
    if low == "put" and not helpers and before is not None and before.word:
        return "finite" if after is not None and after.low == "it" else ""
    if low == "like" and not helpers:
        return ""
    if last == "to":
        return "infinitive"
    if helpers and last not in BE and last not in ("has", "have", "had"):
        return "finite"
    if before is None or helpers:
        return ""
    if verb.form == "third":
        if low in NOUN_TOO:
            clause = after is not None and (
                after.low in ("that", "he", "she", "it", "they", "the", "a", "to", "him", "his")
                or after.quote >= 0
                or after.capital
                or after.text == ":"
            )
            named = before.capital or before.low in ("he", "she", "it", "who") or before.text == ")"
            named = (
                named
                or before.low in ROLES
                or (before.low in GROUPS and after is not None and after.quote >= 0)
                or (low in NAMING and before.low in GROUPS | BODY_WORDS)
            )
            clause = clause or (low in NAMING and _quotes_soon(tokens, at))
            if before.text == "," and low in _OF_PAPERS:
                whose = apposed(tokens, begin - 1, 0)
                named = named or (
                    whose is not None
                    and any(token.low in SAYING for token in tokens[slice(*whose)][:5])
                )
            if low == "calls" and before.low in ROLES | GROUPS | BODY_WORDS and after is not None:
                named = True
                clause = clause or (after.word and after.low not in PREPOSITIONS | BOUNDARIES)
            plain = before.word or before.text == ","
            plain = plain and not before.low.endswith(("'s", "s'"))
            reports = after is not None and after.low == "that" and plain
            reports = reports and before.low not in PREPOSITIONS
            if low in ("shows", "reports", "claims") and before.low in DATA:
                return "finite"
            if low == "shows" and any(token.low in DATA for token in tokens[:3]):
                return "finite"  # research published in the Lancet shows
            if after is not None and after.low in _OBJECTS and (before.word or before.text == ","):
                return "finite"
            closes = after is not None and after.text in ".?!" and low in _CLOSING
            if closes and _closing(tokens, at):
                return "finite"
            return "finite" if (named and clause) or reports else ""
        if before.low in PREPOSITIONS or before.low.endswith(("'s", "s'")):
            return ""
        return "finite"
    following = at + 1
    while following + 1 < len(tokens) and adverb(tokens[following]):
        following += 1
    after = tokens[following] if following < len(tokens) else None
    clausal = after is not None and (after.low in _OPENERS or after.quote >= 0 or after.text == ":")
    plain = before.word and before.low not in _BEFORE_NOUNS
    if low in _PLAIN_VERBS and clausal and plain:
        return "finite"
    if before.low in _BARE_SUBJECTS or (low == "show" and before.low in DATA):
        return "finite"
    if before.text == "," and low in ("point", "show", "suggest", "indicate", "reveal", "confirm"):
        whose = apposed(tokens, begin - 1, 0)
        if whose is not None and any(token.low in DATA for token in tokens[slice(*whose)][:6]):
            return "finite"
    if low == "show" and after is not None and after.low == "that":
        phrase = noun_phrase(tokens, begin - 1, 0)
        if phrase is not None and any(token.low in DATA for token in tokens[slice(*phrase)]):
            return "finite"
    if before.word and before.low.endswith("s") and not before.low.endswith(("'s", "ss", "s'")):
        shown = low == "show" and before.low in DATA
        people = before.low in GROUPS or before.text[:-1].isupper()
        calls = after is not None and (
            after.low in verb.particles
            or after.low in ("that", "the", "he")
            or (people and after.word and after.low not in _AFTER_NOUNS)
            or (people and after.quote >= 0)
        )
        if low in NOUN_TOO and not (shown or calls):
            return ""
        return (
            "finite"
            if before.low not in PREPOSITIONS and before.low not in ("this", "his", "its")
            else ""
        )
    return ""

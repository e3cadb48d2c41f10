"""Verbs that tell what somebody does or wants, without a word of theirs."""

from __future__ import annotations

from collections.abc import Sequence

from analysis.voices.english.cues import AUXILIARIES, VERB_FORMS
from analysis.voices.english.reporting import Clause
from analysis.voices.english.sentences import Token
from analysis.voices.english.wordlist import words

_CONJUNCTIONS = frozenset(["that", "how", "whether", "what", "why"])
_NO_VOICE = words(
    """refuse decline plan seek decide intend aim hope want agree offer prefer expect go vote back
    like love learn determine figure post tout contest embrace trust respect continue release
    answer see know understand feel remember consider find charge push hit lay calculate explore
    view tweet outline challenge"""
)
"""Verbs that say nothing with an infinitive or a bare object, however often they report."""


_NOBODY = words("nobody none neither no-one")
_FEW = 2
_EMPTY = words(
    """it this that them him her us me so nothing something anything everything much little more
    twice once again too either otherwise as well"""
)
_CONCEDING = words(
    "accept admit concede acknowledge believe agree recognise recognize countenance allow"
)
_UNSAID = words(
    """say discuss mention explain disclose reveal specify comment elaborate identify confirm answer
    address respond reply announce"""
)
"""Verbs that, denied, say that somebody kept silent."""


def is_act(tokens: Sequence[Token], clause: Clause) -> bool:
    """Say whether a clause tells what somebody does or wants, without a word of theirs."""
    if _nobody(tokens, clause):
        return True
    if len(clause.content) == 1 and _stands_for(tokens[slice(*clause.content[0])]):
        return True
    helpers = {token.low for token in tokens[clause.begin : clause.at]}
    negated = any(low in ("not", "never") or low.endswith("n't") for low in helpers)
    if negated and clause.verb.lemma in _UNSAID:
        return not _quoted(tokens, clause)
    if clause.verb.lemma not in _NO_VOICE or not clause.content or _quoted(tokens, clause):
        return False
    a, b = clause.content[0]
    if (
        b <= clause.begin
        or tokens[a].low in _CONJUNCTIONS
        or _withheld(tokens, clause.verb.lemma, a, b)
        or (clause.verb.lemma in ("see", "view") and any(t.low == "as" for t in tokens[a + 1 : b]))
    ):
        return False
    bare = tokens[a].low == "to" or clause.verb.lemma in ("back", "go", "vote")
    return bare or (clause.verb.thing and not _finite(tokens, a, b))


def _nobody(tokens: Sequence[Token], clause: Clause) -> bool:
    """Say whether the subject is nobody: «neither Ann Moss nor Tom Hale would say»."""
    if clause.subject is None:
        return False
    first = clause.subject[0]
    return tokens[first].low in _NOBODY or (first > 0 and tokens[first - 1].low == "nor")


def _withheld(tokens: Sequence[Token], lemma: str, a: int, b: int) -> bool:
    """Say whether somebody «refused to accept that …»: what they do not concede, they deny."""
    if lemma not in ("refuse", "decline") or tokens[a].low != "to" or a + 2 >= b:
        return False
    return tokens[a + 1].low in _CONCEDING and any(
        item.low == "that" for item in tokens[a + 2 : a + 5]
    )


def _stands_for(content: Sequence[Token]) -> bool:
    """Say whether all that is reported is a word such as «it» or «nothing», or how often."""
    return len(content) <= _FEW and all(item.low in _EMPTY for item in content)


def _quoted(tokens: Sequence[Token], clause: Clause) -> bool:
    return any(tokens[n].quote >= 0 for a, b in clause.content for n in range(a, b))


def _finite(tokens: Sequence[Token], a: int, b: int) -> bool:
    """Say whether a stretch holds a finite verb, and so may be a clause."""
    return any(
        token.low in AUXILIARIES - {"to", "not", "never"} or token.low in VERB_FORMS
        for token in tokens[a:b]
    )

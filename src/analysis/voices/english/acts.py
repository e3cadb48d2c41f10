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


def is_act(tokens: Sequence[Token], clause: Clause) -> bool:
    """Say whether a clause tells what somebody does or wants, without a word of theirs."""
    if clause.verb.lemma not in _NO_VOICE or not clause.content:
        return False
    if any(tokens[n].quote >= 0 for a, b in clause.content for n in range(a, b)):
        return False
    a, b = clause.content[0]
    if b <= clause.begin or tokens[a].low in _CONJUNCTIONS:
        return False
    if tokens[a].low == "to" or clause.verb.lemma in ("back", "go", "vote"):
        return True
    return clause.verb.thing and not _finite(tokens, a, b)


def _finite(tokens: Sequence[Token], a: int, b: int) -> bool:
    """Say whether a stretch holds a finite verb, and so may be a clause."""
    return any(
        token.low in AUXILIARIES - {"to", "not", "never"} or token.low in VERB_FORMS
        for token in tokens[a:b]
    )

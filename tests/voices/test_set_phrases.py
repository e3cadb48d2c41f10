"""Long patterns are tried only where a word of theirs stands: no phrase may be lost by that."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from analysis.voices.english import mention, set_phrases
from analysis.voices.english.wordlist import words_in

_GUARDED = [
    (set_phrases, "_NOT_AS_IF", "_AS_IF"),
    (set_phrases, "_DISMISSED_AS", "_CLAIMS"),
    (set_phrases, "_CLAIMED", "_CLAIMS"),
    (set_phrases, "_CALLING", "_CALLS"),
    (mention, "_BEFORE", "_NAMING"),
    (mention, "_WITHHELD", "_WITHHOLDING"),
]


@pytest.mark.parametrize(("module", "pattern", "needed"), _GUARDED)
def test_every_phrase_holds_a_word_that_lets_its_pattern_be_tried(module, pattern, needed):
    compiled = getattr(module, pattern)

    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.from_regex(compiled, alphabet=st.characters(codec="ascii")))
    def holds(text):
        assert not compiled.search(text) or words_in(text) & getattr(module, needed)

    holds()

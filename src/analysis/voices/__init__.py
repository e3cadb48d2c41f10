"""Who says it, and how.

``attribute`` finds direct, mixed and indirect speech in a press text by one of two engines;
``voices`` cuts a document into utterances by it, ``unread`` says why it does not; ``stance``
and ``add_voices`` say of each occurrence of a term whether its voice asserts, denies or only
mentions it; ``Corrections`` let a reader overrule all of it; ``quotes_json`` and ``stances_json``
write both for other programs.
"""

from analysis.voices.corrections import Corrections
from analysis.voices.engines import ENGINES, Attributions, attribute, load_pipeline
from analysis.voices.english.assemble import Attribution
from analysis.voices.language import language
from analysis.voices.press import is_press, unread
from analysis.voices.quotes import quotes_json
from analysis.voices.stance import STANCES, Stance, add_voices, stance
from analysis.voices.stances import stances_json
from analysis.voices.utterances import voices

__all__ = [
    "ENGINES",
    "STANCES",
    "Attribution",
    "Attributions",
    "Corrections",
    "Stance",
    "add_voices",
    "attribute",
    "is_press",
    "language",
    "load_pipeline",
    "quotes_json",
    "stance",
    "stances_json",
    "unread",
    "voices",
]

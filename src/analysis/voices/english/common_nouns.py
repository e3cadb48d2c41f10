"""Ordinary nouns that open a sentence with a capital, told from names."""

from __future__ import annotations

import re

from analysis.voices.english.cues import BOUNDARIES, NOUN_TOO
from analysis.voices.english.names import FEMALE, MALE
from analysis.voices.english.phrases import DATA
from analysis.voices.english.polarity import CLAIM, SORT
from analysis.voices.english.word_classes import NOUNS
from analysis.voices.english.wordlist import words

_UNCOUNTED = words(
    """rain snow hail sleet ice fog mist wind thunder lightning sunshine sunlight daylight darkness
    weather heat water blood sweat dust mud sand smoke fire steam gas oil coal steel iron wood
    timber grass corn wheat rice bread meat fish food milk tea coffee beer wine whisky salt
    sugar traffic silence applause laughter music noise news gossip rumour rumor talk chatter
    anger rage fury hope fear grief joy pride shame guilt panic hunger thirst pain luck love
    hate work labour labor leisure sport football cricket chess homework housing transport
    money cash gold silver wealth poverty debt trade commerce business industry farming
    tourism crime murder theft violence terror justice law order power politics democracy
    freedom liberty privacy security secrecy safety trust truth honesty history science art
    literature poetry fiction philosophy religion faith prayer education knowledge advice
    evidence proof data software hardware encryption research progress time space youth age
    life death birth health sleep growth change peace war nature everyone everybody nobody
    something nothing anything turnout attendance morale momentum spending funding rent
    inflation unemployment demand supply support opposition dissent outrage confusion chaos
    calm tempers tension dinner lunch breakfast supper night dawn dusk spring summer autumn
    winter midnight noon christmas easter"""
)
"""Nouns that stand without an article."""
_DERIVED = re.compile(
    r"\w{4,}(?:tion|sion|ment|ness|ship|hood|ance|ence|ancy|ency|ism|ology|graphy|ities)s?$"
    r"|\w{5,}ity$"
)
"""The endings of nouns made of other words."""
_LISTED = (_UNCOUNTED | CLAIM | SORT | NOUNS | NOUN_TOO | DATA) - words("will may")
_PLURALS = words(
    """lights cameras phones doors windows walls cars lorries trucks buses trains planes ships boats
    drones screens papers letters leaflets posters banners flags songs drums bells sirens
    shots bombs birds dogs cats horses crowds queues streets roads shops markets schools
    hospitals churches prices wages taxes rents profits losses costs sales exports imports
    jobs wars riots strikes protests marches meetings rallies elections votes polls clouds
    storms floods fires negotiations tempers hours days weeks months years decades trade-offs
    things times eyes hands heads hearts voices questions answers words names numbers faces
    tears nerves emotions passions"""
)


def common_noun(word: str) -> bool:
    """Say whether a capitalised word that opens a sentence is an ordinary noun rather than a name.

    Parameters
    ----------
    word : str
        In lower case.

    Examples
    --------
    >>> [common_noun(word) for word in ("snow", "negotiations", "karim", "davies")]
    [True, True, False, False]
    """
    if word in MALE or word in FEMALE:
        return False
    if word in _LISTED or word in _PLURALS or word in BOUNDARIES:
        return True
    if "-" in word:
        return word.rsplit("-", 1)[-1].removesuffix("s") in _SMALL or common_noun(
            word.rsplit("-", 1)[-1]
        )
    if word.endswith("s") and word[:-1] in _LISTED:
        return True
    return bool(_DERIVED.match(word))


_SMALL = words("off up out down in over back by through on")
"""The second part of nouns made of a verb: «trade-offs», «cover-up»."""

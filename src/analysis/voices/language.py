"""Which language a text is written in, guessed by its function words."""

from __future__ import annotations

import re
from collections import Counter

from analysis.voices.english.wordlist import words

_WORDS = {
    "English": words(
        """the of and to that it with as his he be by not this are but from they which we you i in
        on at for is was or an all has have had were been would will their her she said no if"""
    ),
    "German": words(
        """der und das nicht ist von zu mit den sich auf für dem des ein eine wird werden wir
        sie ich haben sind bei über aus wie noch wurde sei dass einen einer sagte auch nach"""
    ),
    "French": words(
        """le la les des et est une dans que qui pour pas sur du au avec ce cette il elle nous
        vous sont été être mais aux ont leur par ne se"""
    ),
    "Spanish": words(
        """el la los las de que y en un una por con para del se es lo como más pero sus ha al
        su este esta son fue"""
    ),
    "Italian": words(
        """il di che e la le un una per con del della non sono è nel alla gli dei delle si ha
        anche come ma dal questo"""
    ),
    "Portuguese": words(
        """o de que e do da em um uma para com não os as dos das por mais foi ao na no se é
        são como mas"""
    ),
    "Dutch": words(
        """de het een van en dat niet zijn op te voor met aan er maar om ook hij wij ze bij
        door naar heeft werd worden uit deze"""
    ),
    "Swedish": words(
        """och att det som en på är av för med den till inte har de ett om vi han hon men var
        jag från kan sa"""
    ),
    "Danish or Norwegian": words(
        """og at det som en på er af av for med den til ikke har de et om vi han hun men var
        jeg fra kan sig seg"""
    ),
    "Polish": words("i w na z nie do się że jest to od po jak za ale przez o są był dla ma"),
    "Turkish": words("ve bir bu da de için ile çok olarak daha gibi olan kadar ne mi ama"),
}
_LETTERS = re.compile(r"[^\W\d_]+")
_LATIN = re.compile(r"[A-Za-zÀ-ɏ]")
_LONGEST = 20_000
_FEWEST = 3
_TIMES = 1.5


def language(text: str) -> str:
    """Guess the language of a text, in favour of English where there is too little to tell.

    Parameters
    ----------
    text : str
        Its first 20,000 characters are looked at.

    Returns
    -------
    str
        ``"English"``, another language's English name, or ``"a language not in Latin letters"``.

    Notes
    -----
    Counts the words of each language's short list of function words. Another language is named
    only where at least three of its words occur, and half as many again as of the English ones.

    Examples
    --------
    >>> language("The minister said that it was not the plan.")
    'English'
    >>> language("Die Ministerin sagte, dass das nicht der Plan sei.")
    'German'
    """
    found = Counter(map(str.lower, _LETTERS.findall(text[:_LONGEST])))
    letters = sum(len(word) * count for word, count in found.items())
    latin = sum(_latin_letters(word) * count for word, count in found.items())
    if letters and latin < letters / 2:
        return "a language not in Latin letters"
    counts = {name: sum(found[word] for word in listed) for name, listed in _WORDS.items()}
    likely = max(counts, key=lambda name: counts[name])
    english = counts["English"]
    if likely == "English" or counts[likely] < max(_FEWEST, _TIMES * english):
        return "English"
    return likely


def _latin_letters(word: str) -> int:
    return len(word) if word.isascii() else len(_LATIN.findall(word))

"""Stems of words, by the Snowball stemmers that NLTK brings."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from analysis.codebook.patterns import PatternError

LANGUAGES = {
    "ar": "arabic",
    "da": "danish",
    "de": "german",
    "en": "english",
    "es": "spanish",
    "fi": "finnish",
    "fr": "french",
    "hu": "hungarian",
    "it": "italian",
    "nb": "norwegian",
    "nl": "dutch",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sv": "swedish",
}
"""Codes of the languages that have a Snowball stemmer."""


@lru_cache(maxsize=1 << 16)
def stem_of(word: str, language: str) -> str:
    """Return the stem of a word.

    Parameters
    ----------
    word : str
        In small letters.
    language : str
        The code of a language, such as ``"en"`` or ``"en-GB"``.

    Returns
    -------
    str
        By the Snowball stemmer of the language (Porter 2001).

    Raises
    ------
    PatternError
        If the language has none.

    Examples
    --------
    >>> [stem_of(word, "en") for word in ("surveilled", "surveilling", "surveillance")]
    ['surveil', 'surveil', 'surveil']
    """
    return _stemmer(language).stem(word)


@lru_cache(maxsize=8)
def _stemmer(language: str) -> Any:
    code = language.lower().replace("_", "-").partition("-")[0]
    if code not in LANGUAGES:
        known = ", ".join(LANGUAGES)
        raise PatternError(f"no Snowball stems for the language {language!r}; there are {known}")
    from nltk.stem.snowball import SnowballStemmer

    return SnowballStemmer(LANGUAGES[code])

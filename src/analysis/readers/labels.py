"""What a speaker's label looks like: one set of rules for texts, documents and subtitles.

A label opens a line and ends in a colon, or stands beside a time. Whether what looks like one is
one depends on the rest of the file: :mod:`analysis.readers.labelled`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple

import regex

from analysis.readers import times
from analysis.readers.field_names import is_field, is_phrase
from analysis.readers.role_names import ROLES


class Shape(IntEnum):
    """How much a label looks like a speaker's, from not at all."""

    NONE = 0
    FIELD = 1
    LOOSE = 2
    """Words in small letters: ``ines's iPhone``, ``interviewer``."""
    SINGLE = 3
    """One word with a capital, or in a script without capitals."""
    SHORT = 4
    """One or two letters, with digits or without: ``Q``, ``B1``."""
    NAME = 5
    """Two words with capitals or more: ``Élodie Brun``."""
    CLEAR = 6
    """Capitals throughout, a title, a role: ``BÁRTOL``, ``Mr Bell``, ``Speaker 2``."""


class Opening(NamedTuple):
    """A line that opens like a turn.

    ``start`` is the line's first character, ``said`` where speech begins; ``timed`` whether a time
    stands beside the label; ``bare`` whether it ends without a colon.
    """

    start: int
    said: int
    label: str
    shape: Shape
    timed: bool
    bare: bool


LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_LONGEST = 70
_UNSEEN = "\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff"
_UNSEEN_SIGNS = re.compile(f"[{_UNSEEN}]")
_COLONS = ":：﹕︰∶፦"
_DAY = r"(?:\d{4}[-/]\d\d?[-/]\d\d?[ T])?"
_WRITTEN = rf"""
    [ \t\u00a0\u3000{_UNSEEN}]* (?:(?:[-*•–—]|>{{1,3}})[ \t]+|>{{1,3}})?
    (?:[\#]{{1,6}}[ ]*(?=[^\W\d])|Anf\.[ ]\d{{1,4}}[ ]+|\d\d{{0,2}}\.\d{{1,3}}[ ]+(?=[^\W\d]))?
    (?:(?:\[(?=\D{{0,20}}\d)[^\[\]:\r\n]{{6,24}}\][ ]*)?(?P<before>{_DAY}{times.MARK})(?![:.]?\d)
    [ \t]*(?:[-–—|,:>][ \t]+)?)?
    (?P<strong>\*\*|__|[*_])?
    (?P<bracket>\\?\[|[(<{{])?
    (?P<label>[^\s{_COLONS}\[\](){{}}<>|"“”«»;!?=…*\\][^{_COLONS}\[\]{{}}<>|"“”«»;!?=…*\t\\]{{0,{_LONGEST}}}?ASIDE)
    (?(bracket)\\?[\])>}}])
    (?(strong)(?:\*\*|__|[*_])?)
    (?:[ \t\u00a0]*[,|–—-]?[ \t\u00a0]*(?P<after>{_DAY}{times.MARK}))?
    (?:\*\*|__)?
    [ \t\u00a0]*
    (?:(?P<colon>[{_COLONS}])(?:\*\*|__|[*_])?|(?P<end>$)|GAP|(?P<column>\t))
    (?:[ \t\u00a0]*(?P<inside>{times.BRACKETED}|\d{{1,2}}:[0-5]\d:[0-5]\d(?=\s)))?
    """
_GAP = r"(?P<gap>(?<=[\])}>\#])(?=\s))"
_SEAT = rf"(?:[ ]\[[^\W\d][^\[\]{_COLONS}\r\n]{{1,40}}\])?"
_OPENING = re.compile(_WRITTEN.replace("GAP", _GAP).replace("ASIDE", ""), re.VERBOSE)
_TO_THE_COLON = re.compile(
    _WRITTEN.replace("GAP", "(?P<gap>(?!))").replace("ASIDE", _SEAT), re.VERBOSE
)
"""The same where brackets before the colon are part of it: ``Mr. Bell (Linden) [by video]:``."""
_BRACKET_AND_COLON = re.compile(rf"[)\]][ ]?[{_COLONS}]")
# In Hebrew a quotation mark stands within words.
_GERSHAYIM = re.compile(r"(?<=[א-ת])\"(?=[א-ת])")
# In German a colon may stand before the ending: "Interviewer:in 2: Wer?", "Befragte:r: Ich."
_GENDERED = re.compile(r"(?<=[^\W\d_]{3})[:*/_](?=-?(?:in(?:nen)?|rn?)\b)")
_GENDERED_LABEL = re.compile(
    r"(?<=[^\W\d_]{3}):(?=(?:in(?:nen)?|rn?)(?:[ ][^\W_][^\s:]{0,20})?"
    r"(?:[ ][(\[][^()\[\]\r\n]{1,40}[)\]])?:)"
)
# The Knesset marks what a line is: "<< דובר >> עידה ברג: << דובר >>".
_BETWEEN_SIGNS = re.compile(r"<<[^<>\r\n]{1,30}>>")
# The typist is not sure: "B?: Nie."
_UNSURE_LABEL = re.compile(r"(?m)^([ \t]*[\[(]?[^\W\d_][^\r\n:?!,;()]{0,30})\?(?=[\])]?:)")
_QUESTIONED = re.compile(
    r"[ \t\u00a0]*(?:(?P<label>[QA])(?:\.[ \t\u00a0]+|[ \t\u00a0]{2,}|\t)|(?P<q>Q)[ \u00a0])(?=\S)"
)
_TO = re.compile(r"From\s+(?P<who>.+?)(?:\s+to\s+.+)?", re.IGNORECASE)
_HINT = re.compile(rf"[{_COLONS}\])>#]|\d (?:minute|second)")
_LOOKED_AT = 220
_BEFORE_AN_HOUR = frozenset(
    re.findall(
        r"\S+",
        """
about after around at before by from on since til till until ab bis gegen seit um von vor à dès vers
alle dalle verso às das desde hasta om vanaf tot kl klo o od do w v в с до
""",
    )
)
"""Words that stand before an hour: «At 10:30: we meet.»"""
_HONORIFICS = frozenset(
    re.findall(
        r"\S+",
        """
frau herr m madam madame mademoiselle mister mlle mme monsieur mr mrs ms señor señora sig signor
signora sr sra
""",
    )
)
_PARTICLES = frozenset(
    re.findall(
        r"\S+",
        """
& + / a abu al and at bin bint binti da das de del della den der des di do dos du e el en et for
from i ibn in ka la las le les los mac och of or ter the und van vom von y zu zum zur
""",
    )
)
_TITLED = regex.compile(
    r"(?:M[rR]s?|M[sS]|MISS|Miss|D[rR]|P[rR][oO][fF](?:essor|ESSOR)?|H[oO][nN]|Judge|JUDGE|Justice"
    r"|JUSTICE|Sen(?:ator)?|SEN(?:ATOR)?|Rep(?:resentative)?|REP(?:RESENTATIVE)?|Sir|SIR|Dame|DAME"
    r"|Lord|LORD|Lady|LADY|Baroness|Minister|President|Chair(?:man|woman|person)?|Secretary"
    r"|Commissioner|Councill?or|Ambassador|General|Gen|Capt(?:ain)?|Col(?:onel)?|Sgt|Mme|MME|M"
    r"|(?:Vize|Minister|Bundes|Alters)?[Pp]räsident(?:in)?|Bundeskanzler(?:in)?|Abgeordneter?"
    r"|(?:Bundes|Staats)minister(?:in)?|Staatssekretär(?:in)?|Ministerin|Ministre|Président(?:e)?"
    r"|Député(?:e)?|Sénat(?:eur|rice)|Presidente|Presidenta|Ministr[oa]|D[ie]putad[oa]|Senador(?:a)?"
    r"|Onorevole|On|Voorzitter|Staatssecretaris"
    r"|Herr|Frau|Señora?|Sra?|Sig(?:nora)?|The (?:Chair|Court|Clerk|Speaker|President|Witness)\b"
    r"|THE)\b\.?,?\s*\S"
)
_CAPITALS = regex.compile(
    r"(?:M[ac]*c|De|Di|Le|La|Van|Von|O['’]|d['’]|D['’])?[\p{Lu}\p{Lt}][\p{Lu}\p{Lt}\p{M}\p{N}'’.\-_/]*"
)
_CAPITAL = regex.compile(r"(?:al-|el-|di-|d['’]|l['’])?[\p{Lu}\p{Lt}][\p{L}\p{M}\p{N}'’.\-_/]*")
_UNCASED = regex.compile(
    r"[\p{Lo}\p{M}][\p{Lo}\p{Lm}\p{M}\p{N}・·.\-'\"׳״]*(?:[A-Za-zＡ-Ｚ]\d{0,2})?"
)
_COUNTED = regex.compile(r"(?:(?<=\p{Lo})[A-Za-zＡ-Ｚ])?[\d_#.\-]*$")
"""What tells several of one role apart: ``Speaker 2``, ``受访者A``."""
_ROLE_BEHIND = re.compile(r",|[ ][-–—]{1,2}[ ]")
_DASHED = re.compile(r"\w[ ][-–—]{1,2}[ ]\w")
_ON_BEHALF = re.compile(
    r"\s*(?:on behalf|au nom|im Namen|a nome|en nombre|em nome|namens|in writing|rapporteur)\b"
)
# What programs call those whom they tell apart by voice: S00 (noScribe), SPEAKER_01 (WhisperX).
_DIARIZED = re.compile(r"(?:S|(?:SPK|SPEAKER|Speaker|Sprecher|spk|speaker)[_ -]?)0\d")
_HANDLE = re.compile(r"@\w{2,30}|(?:spk|speaker|participant|respondent|person|guest)[_ -]?\d{1,3}")
# Who joins a meeting by telephone.
_TELEPHONE = re.compile(r"\+\d[\d .()\u00a0-]{6,20}\d|1?\d{10}")
_ORDINAL = re.compile(r"\d{1,2}(?:st|nd|rd|th|\.)", re.IGNORECASE)
_NUMBER = regex.compile(r"[#№]?\p{N}{1,4}\p{L}?\.?|N[oOrR]\.?|n[°º]|№")
_SHORT = regex.compile(r"\p{Lu}{1,2}\d{0,3}\p{Ll}?|\p{Lu}{1,3}[\d_\-]+\d*")
_SPEECH_VERB = regex.compile(r"[\p{Han}\p{Hiragana}]*[说說道称稱曰]")
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|（[^（）]*）")
_HELD_BY = re.compile(r"(?:The )?[A-Z][^()]*\((?P<who>[^()]+)\)")
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_MOST_WORDS = 8
_MOST_OF_ROLE = 4


def openings(text: str) -> Iterator[Opening]:
    """Yield the lines of a text that open like a turn, fields and rubrics too."""
    last = None
    plain = text if text.isascii() else _GERSHAYIM.sub("״", text)
    plain = _BETWEEN_SIGNS.sub(_blank, plain) if "<<" in plain else plain
    plain = _GENDERED_LABEL.sub("_", plain) if ":in" in plain or ":r" in plain else plain
    plain = _UNSURE_LABEL.sub(r"\1_", plain) if "?:" in plain else plain
    for line in LINE.finditer(text):
        start, end = line.span()
        made = None
        if _HINT.search(text, start, min(end, start + _LOOKED_AT)):
            found = _OPENING.match(plain, start, end)
            made = _opening(text, found, end) if found else None
            # Words may go on behind a bracket, up to the colon: "+1 (202) 555-0101: No."
            parted = found is not None and found["gap"] is not None
            if (made is None and parted) or (
                found is None
                and _BRACKET_AND_COLON.search(text, start, min(end, start + _LOOKED_AT))
            ):
                found = _TO_THE_COLON.match(plain, start, end)
                made = _opening(text, found, end) if found else None
        asked = _QUESTIONED.match(text, start, end)
        if asked and (made is None or made.shape < Shape.NAME):
            made = Opening(start, asked.end(), asked["label"] or "Q", Shape.SHORT, False, True)
        if made and made.bare and made.timed and times.ALONE.fullmatch(line[0]):
            made = None
        if made:
            yield made
        elif last and times.ALONE.fullmatch(line[0]):
            # A name on a line of its own, and the time on the next.
            made = _above(text, last, line)
            if made:
                yield made
        last = None if made else line


def _blank(found: re.Match[str]) -> str:
    return " " * len(found[0])


def _above(text: str, name: re.Match[str], time: re.Match[str]) -> Opening | None:
    between = text[name.end() : time.start()]
    label = " ".join(name[0].replace("*", " ").split())
    if between.strip("\r") not in {"", "\n"} or len(label) > _LONGEST:
        return None
    shape = shape_of(label)
    named = shape > Shape.LOOSE
    return Opening(name.start(), time.end(), label, shape, True, True) if named else None


def _opening(text: str, found: re.Match[str], end: int) -> Opening | None:
    parts = found.groupdict()
    timed = bool(parts["before"] or parts["after"] or parts["inside"])
    label = _UNSEEN_SIGNS.sub("", text[found.start("label") : found.end("label")])
    label = " ".join(label.split()).rstrip(" ,-–—/")
    if parts["after"] and label.lower() in _BEFORE_AN_HOUR:
        return None
    if parts["before"] and (sent := _TO.fullmatch(label)):
        label = sent["who"]
    shape = shape_of(label)
    colon, following = parts["colon"], text[found.end() : found.end() + 1]
    if not colon:
        coded = shape == Shape.SHORT or any(map(str.isdigit, label))
        coded = coded or (shape == Shape.CLEAR and is_role(label))
        named = bool(parts["bracket"]) and coded and shape >= Shape.SHORT
        # A nickname in a log: 10:15 <ada> Who reads it?
        named = named or (parts["bracket"] == "<" and bool(parts["before"]))
        # A time in brackets parts a label from its words; a bare one must end the line.
        within = parts["after"] and parts["gap"] is not None and shape > Shape.LOOSE
        parted = parts["end"] is not None or within
        parted = parted or (parts["before"] and parts["column"])
        if not (timed and parted) and not (named and parts["gap"] is not None):
            return None
        over = parts["end"] is not None or parts["gap"] is not None
        headed = parts["after"] and over and shape > Shape.LOOSE
        if parts["bracket"] and not (named or headed):
            return None
    elif colon == ":" and following.strip() and not parts["inside"]:
        # Typed without a blank: "B1:Nobody", but not a web address or a time.
        if not (following.isalpha() or following in "\"“'‘[(") or shape < Shape.SINGLE:
            return None
        shape = min(shape, Shape.SHORT)
    if shape == Shape.NONE:
        return None
    said = found.end()
    while said < end and found.string[said] in " \t\u00a0\u3000":
        said += 1
    return Opening(found.start(), said, label, shape, timed, not colon)


@lru_cache(maxsize=4096)
def shape_of(label: str) -> Shape:
    """Return how much words look like a speaker's label.

    Examples
    --------
    >>> [shape_of(label).name for label in ("REP. JORDAN (R-OH)", "Élodie Brun", "R1", "田中")]
    ['CLEAR', 'NAME', 'SHORT', 'SINGLE']
    >>> [shape_of(label).name for label in ("LOAD-DATE", "He said that", "ines's iPhone")]
    ['FIELD', 'LOOSE', 'LOOSE']
    """
    # A constituency in brackets may have a region in brackets of its own.
    label = label.removesuffix("?")
    plain = _GENDERED.sub("", without_asides(label))
    # What stands behind a comma or a dash is a role: "Tom Bell -- Harbour Bank".
    name, role = (*_ROLE_BEHIND.split(plain, maxsplit=1), "")[:2]
    words = name.replace("/", " / ").split()
    if is_phrase(plain) or _YEAR.search(plain):
        return Shape.NONE
    if is_field(label) or is_field(plain):
        return Shape.FIELD
    if "(" in plain or ")" in plain or len(role.split()) > _MOST_WORDS:
        return Shape.NONE
    if not 0 < len(words) <= _MOST_WORDS or not any(map(str.isalpha, name)):
        return Shape.SHORT if _TELEPHONE.fullmatch(label) else Shape.NONE
    short = _HANDLE.fullmatch(label) or (len(words) == 1 and _SHORT.fullmatch(words[0]))
    if short and not _DIARIZED.fullmatch(label):
        return Shape.SHORT
    shape = Shape.CLEAR if _DIARIZED.fullmatch(label) else _shape_of_words(name, words)
    if shape == Shape.LOOSE and (held := _HELD_BY.fullmatch(label)):
        # The office, and who holds it: "The Minister for Locks (Ada Arden)".
        shape = Shape.NAME if shape_of(held["who"]) >= Shape.NAME else shape
    # "Now, let me repeat:" is no name with a role behind it.
    small = role.strip() and not role.strip()[0].isupper()
    small = small and not _ON_BEHALF.match(role)
    said = small and (shape < Shape.NAME or len(role.split()) > _MOST_OF_ROLE)
    return Shape.NONE if said else shape


def without_asides(label: str) -> str:
    """Return a label without what it says in brackets.

    Examples
    --------
    >>> without_asides("Tom Bell (Linden (North), Lab)").rstrip()
    'Tom Bell'
    """
    return _ASIDE.sub(" ", _ASIDE.sub(" ", label))


def has_role(label: str) -> bool:
    """Return whether a label says behind a dash what somebody is: ``Ada Arden -- Analyst``."""
    return bool(_DASHED.search(label))


def is_role(label: str) -> bool:
    """Return whether a label is what somebody does there, numbered or not: ``Interviewer 2``."""
    words = (_COUNTED.sub("", word).lower() for word in label.split())
    return all(not word or word in ROLES for word in words)


def _shape_of_words(name: str, words: list[str]) -> Shape:
    telling = [word for word in words if word.lower() not in _PARTICLES or word.isupper()]
    telling = [word for word in telling if not _ORDINAL.fullmatch(word)]
    named = [word for word in telling if not _NUMBER.fullmatch(word)]
    bare = [_COUNTED.sub("", word).lower() for word in named]
    ended = any(word.endswith(".") and len(word) > 6 for word in words)
    first = bool(named) and telling[0] == named[0]
    several = Shape.NAME if len(telling) > 1 else Shape.SINGLE
    made = Shape.LOOSE if len(words) <= 4 and name[0].isalpha() and not ended else Shape.NONE
    called = [word for word in bare if word not in _HONORIFICS] or bare
    role = all(word in ROLES for word in called) and not name[0].islower()
    if first and (role or all(map(_CAPITALS.fullmatch, named))):
        made = Shape.CLEAR
    elif first and words[0] == named[0] and not ended and all(map(_CAPITAL.fullmatch, named)):
        made = Shape.CLEAR if _TITLED.match(name) else several
    elif first and all(map(_UNCASED.fullmatch, named)):
        long = len(name) > 30 or len(telling) > 4
        made = Shape.NONE if long or _SPEECH_VERB.fullmatch(name) else several
    return made

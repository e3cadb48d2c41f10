"""Which of the world's older encodings a text has, told by the letters that its languages use.

A text that is not UTF-8 is read in each encoding in turn, and each reading is held to the
alphabets of the languages that are written in it. A reading in the wrong encoding has letters of
no one language, signs within words, or capitals after small letters.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

_SAMPLE = 65_536
_LATIN = {
    "cp1252": (
        "àâæçéèêëîïôœùûüÿ",
        "äöüß",
        "áéíñóúü¿¡ºª",
        "àáâãçéêíóôõúü",
        "åäöéü",
        "æøåéòôü",
        "àèéìíîòóù",
        "áéíóúàèïüç·",
        "áðéíóúýþæö",
        "äëéèïöüáóíêûç",
        "äöõüšž",
    ),
    "cp1250": (
        "áčďéěíňóřšťúůýž",
        "áäčďéíĺľňóôŕšťúýž",
        "ąćęłńóśźż",
        "áéíóöőúüű",
        "čćđšž",
        "ăâîșțşţ",
        "ëç",
        "äöüß",
    ),
    "cp1254": ("çğıİöşüâîû",),
    "cp1257": ("āčēģīķļņšūžō", "ąčęėįšųūž", "äöõüšž"),
}
_LATIN["iso8859_2"] = _LATIN["cp1250"]
_LATIN["iso8859_13"] = _LATIN["cp1257"]
_LATIN["iso8859_15"] = _LATIN["cp1252"]
_LATIN["mac_roman"] = _LATIN["cp1252"]
_LATIN["mac_latin2"] = _LATIN["cp1250"]
_LATIN["cp852"] = _LATIN["cp1250"]
_LATIN["cp850"] = _LATIN["cp1252"]
_RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
_CYRILLIC = (
    _RUSSIAN,
    "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя'’",
    "абвгдежзийклмнопрстуфхцчшщъьюя",
    "абвгдђежзијклљмнњопрстћуфхцчџш",
    "абвгдеёжзійклмнопрстуўфхцчшыьэюя",
)
_OTHERS = {
    "cp1251": _CYRILLIC,
    "koi8_r": (_RUSSIAN,),
    "koi8_u": _CYRILLIC,
    "iso8859_5": _CYRILLIC,
    "cp866": _CYRILLIC[:1],
    "mac_cyrillic": _CYRILLIC,
    "cp1253": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",),
    "iso8859_7": ("αβγδεζηθικλμνξοπρσςτυφχψωάέήίόύώϊϋΐΰ",),
    "cp1255": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",),
    "iso8859_8": ("אבגדהוזחטיךכלםמןנסעףפץצקרשת",),
    "cp1256": ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيپچژگـًٌٍَُِّْ؟،؛",),
    "iso8859_6": ("ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهوىيـًٌٍَُِّْ؟،؛",),
    "cp874": ("".join(map(chr, range(0xE01, 0xE5C))),),
}
_COMMON = {
    "о": "оеаинтсрвлкмдпу",
    "ا": "اليمنرتوبعدسه",
    # Japanese read as Thai has few of them.
    "ก": "านรกอเงมยลวดท่้ิัีส",
}
_HAN_SIMPLE = (
    "的一是不了在人有我他这中大来上个国到说们为子和你地出道也时年得就那要下以生会自着去之过家"
    "学对可她里后小么心多天而能好都然没日于起还发成事只作当想看文无开手十用主行方又如前所本见经"
    "头面公同三已老从动两长问者谁读名单守门城等锁门监视法律政府部说数据"
)
_HAN_FULL = (
    "的一是不了在人有我他這中大來上個國到說們為子和你地出道也時年得就那要下以生會自著去之過家"
    "學對可她裡後小麼心多天而能好都然沒日於起還發成事只作當想看文無開手十用主行方又如前所本見經"
    "頭面公同三已老從動兩長問者誰讀名單守門城等鎖監視法律政府部數據"
)
_PUNCTUATION = frozenset(
    "„“”‚‘’«»‹›–—…•§°©®™·\u00a0¿¡€£№。、，．？！：；「」『』（）・ー《》“”\u3000"
)
_MULTI = ("cp932", "euc_jp", "gb18030", "big5hkscs", "cp949")
_LEAST = 0.85
_ENOUGH = 20
_MIXED = re.compile(r"[^\W\d_](?<=[a-zа-яёα-ωß-öø-ÿ])[^\W\d_](?<=[A-ZА-ЯЁΑ-ΩÀ-ÖØ-Þ])")

NAMES = (*_LATIN, *_OTHERS, *_MULTI)
"""The encodings that are told apart."""


def best(content: bytes) -> str:
    """Return the encoding in which some bytes are most plainly a language, empty if in none.

    Parameters
    ----------
    content : bytes
        Lines that are neither ASCII nor UTF-8.

    Returns
    -------
    str
        A name that Python knows; the Western one where several do as well.

    Examples
    --------
    >>> best("Kdo čte seznam? Řekl, že žádný klíč nechybí.".encode("cp1250"))
    'cp1250'
    >>> best("Кто читает список? Никто, кто не спросил.".encode("koi8-r"))
    'koi8_r'
    """
    sample = content[:_SAMPLE]
    found: list[tuple[float, int, str]] = []
    for rank, (name, alphabets) in enumerate({**_LATIN, **_OTHERS}.items()):
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        found.append((_fits(text, name, alphabets), -rank, name))
    for rank, name in enumerate(_MULTI):
        # A sample may end within a character.
        for short in range(4):
            try:
                text = sample[: len(sample) - short].decode(name)
            except UnicodeDecodeError:
                continue
            found.append((_fits_east(text, name), -rank - len(_LATIN) - len(_OTHERS), name))
            break
    # What differs by a hair is told apart by rank alone, the commonest first.
    score, _, name = max(
        ((round(score, 2), rank, name) for score, rank, name in found), default=(0.0, 0, "")
    )
    return name if score >= _LEAST else ""


def _fits(text: str, name: str, alphabets: tuple[str, ...]) -> float:
    """Return which share of the letters beyond ASCII belongs to the language that fits best."""
    odd = [letter for letter in text if letter > "\x7f"]
    if not odd:
        return 0.0
    signs = sum(letter in _PUNCTUATION for letter in odd)
    within = len(
        re.findall(
            r"(?<=[^\W\d_])[^\w\s'’‘.,\-\u00ad·–—/‐:;!?)(\]\[\"“”»«…*]"
            r"(?=[^\W\d_])",
            text,
        )
    )
    letters = [letter for letter in odd if letter not in _PUNCTUATION]
    shares = []
    for alphabet in alphabets:
        known = _both_cases(alphabet)
        own = sum(letter in known for letter in letters)
        share = own / len(letters) if letters else 1.0
        if name in _OTHERS and letters:
            # No word is written in two scripts.
            share *= _typical(letters, alphabet) - 2 * _two_scripts(text) / len(letters)
        shares.append(share)
    if name == "cp1252" and letters:
        # A text may quote words of several languages of the West.
        shares.append(sum(letter in _WEST for letter in letters) / len(letters) - 0.06)
    mixed = len(_MIXED.findall(text))
    # The marks of Thai and Arabic stand within words and are no letters to Python.
    within = 0 if name in {"cp874", "cp1256", "iso8859_6"} else within
    score = max(shares) - 2 * within / len(odd) - 1.5 * mixed / max(len(letters), 1)
    # Punctuation alone says little: every page of Windows has it in the same places.
    return score - (0.05 if signs and not letters and name != "cp1252" else 0)


def _two_scripts(text: str) -> int:
    """Count the places where a letter of ASCII and one of another script are neighbours."""
    odd = [letter > "\x7f" and letter not in _PUNCTUATION for letter in text]
    plain = [letter.isascii() and letter.isalpha() for letter in text]
    return sum((odd[n] and plain[n + 1]) or (plain[n] and odd[n + 1]) for n in range(len(text) - 1))


def _typical(letters: list[str], alphabet: str) -> float:
    """Lower the score where the commonest letters of a script are rare, or all are of one case."""
    common = next((common for sign, common in _COMMON.items() if sign in alphabet), "")
    share = sum(letter.lower() in common for letter in letters) / len(letters) if common else 1.0
    # Hebrew read as Cyrillic or Greek is all small letters or all capitals.
    cased = [letter for letter in letters if letter.upper() != letter.lower()]
    capitals = sum(map(str.isupper, cased))
    same = len(cased) >= _ENOUGH and capitals in {0, len(cased)}
    return (1.0 if share > 0.5 else 0.5 + share) - 0.1 * same


@cache
def _both_cases(alphabet: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFC", alphabet)
    return frozenset(plain) | frozenset(plain.upper()) | frozenset(plain.lower())


_WEST = _both_cases("".join(_LATIN["cp1252"][:-1]))


def _fits_east(text: str, name: str) -> float:
    """Return how far a text is what Chinese, Japanese or Korean looks like."""
    odd = [letter for letter in text if letter > "\x7f"]
    if not odd:
        return 0.0
    count = len(odd)
    kana = sum("\u3040" <= letter <= "\u30ff" for letter in odd) / count
    half = sum("\uff61" <= letter <= "\uff9f" for letter in odd) / count
    hangul = sum("\uac00" <= letter <= "\ud7a3" for letter in odd) / count
    han = [letter for letter in odd if "\u4e00" <= letter <= "\u9fff"]
    signs = sum(letter in _PUNCTUATION for letter in odd) / count
    strange = 1 - kana - hangul - len(han) / count - signs
    if name in {"cp932", "euc_jp"}:
        return (1.0 if kana > 0.2 else 0.5 + 2 * kana) - half - 2 * max(strange, 0.0)
    if name == "cp949":
        return hangul + signs - 2 * max(strange - 0.02, 0.0) - (0.5 if hangul < 0.5 else 0)
    known = _HAN_FULL if name.startswith("big5") else _HAN_SIMPLE
    if not han:
        return 0.0
    common = sum(letter in known for letter in han) / len(han)
    return min(1.0, 0.6 + 2 * common) - 2 * max(strange, 0.0) - (0.3 if common < 0.1 else 0)


def unmarked_utf16(content: bytes) -> str:
    """Return ``utf-16-le`` or ``utf-16-be`` where bytes are that without a mark, else nothing.

    Examples
    --------
    >>> unmarked_utf16("Кто читает список?".encode("utf-16-le")), unmarked_utf16(b"Who reads?")
    ('utf-16-le', '')
    """
    sample = content[: min(len(content), 8192) // 2 * 2]
    if len(sample) < 8 or not re.search(rb"[\x00-\x08]", sample):
        return ""
    for name, high, low in (
        ("utf-16-le", sample[1::2], sample[::2]),
        ("utf-16-be", sample[::2], sample[1::2]),
    ):
        # Of a letter's two bytes the one says the script, of which a text has two or three.
        counts = sorted((high.count(byte) for byte in set(high)), reverse=True)
        narrow = sum(counts[:3]) > 0.9 * len(high) and len(set(low)) > len(set(high))
        if not narrow or len(set(low)) < 4:
            continue
        try:
            text = sample.decode(name)
        except UnicodeDecodeError:
            continue
        plain = sum(
            letter.isalnum()
            or letter.isspace()
            or letter in _PUNCTUATION
            or letter in "\ufeff'\".,;:!?()-[]<>/&%"
            for letter in text
        )
        if plain > 0.9 * len(text) and any(letter in " \n\u3000" for letter in text):
            return name
    return next((name for name in ("utf-16-le", "utf-16-be") if _is_han(sample, name)), "")


def _is_han(sample: bytes, name: str) -> bool:
    """Return whether bytes are Chinese or Japanese, with its commas or full stops."""
    try:
        text = sample.decode(name)
    except UnicodeDecodeError:
        return False
    east = sum(
        "\u3000" <= letter <= "\u30ff"
        or "\u4e00" <= letter <= "\u9fff"
        or "\uff00" <= letter <= "\uffef"
        for letter in text
    )
    return east > 0.8 * len(text) and any(letter in "，。、" for letter in text)


def shifted(content: bytes) -> str:
    r"""Return ``iso2022_jp`` or ``iso2022_kr`` where bytes shift to it and back, else nothing.

    Examples
    --------
    >>> shifted("大臣".encode("iso2022_jp")), shifted(b"Who reads?")
    ('iso2022_jp', '')
    """
    if b"\x1b$" not in content or not content.isascii():
        return ""
    for name in ("iso2022_jp", "iso2022_jp_2", "iso2022_kr"):
        try:
            content.decode(name)
        except UnicodeDecodeError:
            continue
        return name
    return ""

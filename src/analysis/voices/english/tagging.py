"""Words of a sentence with a part of speech each, from lists, endings and neighbours.

A tagger without a model: enough to cut a sentence into noun and verb groups
(:mod:`analysis.voices.english.chunks`), which is all that is asked of it.
"""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.voices.english import cues
from analysis.voices.english import polarity as p
from analysis.voices.english.wordlist import words

_TOKEN = re.compile(
    r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof|St|Inc|Corp|Co|Ltd|No|vs|Jr|Sr)\.(?=\s*\w)"
    r"|(?:[A-Za-z]\.){2,}|can(?=not\b)|[$£€]?\d[\d.,:]*\d?%?\w*"
    r"|\w+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b"
    r"|\w+(?:['’]\w+(?<!['’]s)|-\w+)*|\.{2,}|--+|[^\w\s]",
    re.IGNORECASE,
)
_MARKS = words("\" “ ” ‘ ’ ' `` '' ` * _")
_BE = words("be is are was were am been being 's 're 'm ai")
_HAVE = words("have has had having 've 'd")
_DO = words("do does did doing done")
_MODALS = words("will would can could may might must shall should 'll ca wo sha ought")
_NOT = words("not n't n’t never")
_PREP = words(
    """of in on at by for with from about into onto over under between among against through during
    without within despite amid amongst across behind beyond near toward towards upon per via
    concerning regarding like unlike than except outside inside throughout to as alongside around
    versus besides"""
)
_MARK = words(
    """that if whether because although though unless until while since when where why how once
    whereas lest before after as so"""
)
_WH = words("who whom which what whose whoever whatever")
_CC = words("and or but nor yet & plus")
_DET = words(
    """the a an this that these those every each some any no all both either neither another such
    much many more most few little several enough what which whose half"""
)
_POSS = words("my your his her its our their")
_PRON = words(
    """i you he she it we they me him us them this that these those there who nobody nothing none
    everybody everyone everything somebody someone something anybody anyone anything myself
    himself herself itself themselves ourselves one neither both others"""
)
_ADV = words(
    """also then again now still even just already often recently previously soon always sometimes
    further only simply first early today yesterday tomorrow ever instead thus therefore however
    meanwhile quite rather too very well perhaps maybe almost nearly here there hardly scarcely
    seldom rarely barely so far long ago twice once not never away out up down off back together
    yet later abroad altogether anyway nowhere elsewhere indeed really else at-all anymore over
    more most less least longer about outright anyway"""
)
_ADJ = words(
    """true false wrong right new old good bad great big small large high low own other certain sure
    clear able unable likely unlikely possible impossible free ready due legal illegal secret
    public private mass bulk open sorry afraid aware fair unfair happy guilty proud such same
    different untrue mistaken dead serious strong weak real short full late early few little
    much many more most less better worse best last next first second third national
    federal foreign domestic british american strict broad narrow effective necessary
    reluctant willing unwilling prepared absurd innocent capable incapable worth hard easy
    transparent accountable responsible illegitimate legitimate proportionate disproportionate
    systematic wholesale blanket genuine simple plain mere enough sensible reasonable safe secure
    vast huge massive moral ethical lawful unlawful judicial independent individual personal
    available far"""
)
_NOUNS = words(
    """agency agencies government state company companies police court law bill act evidence data
    people man woman men women thing things way ways time times year years day days world country
    program programs programme programmes surveillance privacy security liberty rights power
    powers order authority judge minister officer official officials collection information
    access interest interests committee president senator chief spokesman spokeswoman one
    suspicion warrant warrants consent oversight system systems trade stock sales profit plan
    anything nothing"""
)
_COMMON = words(
    """accept act add affect agree aim allow amount answer apply argue arrest arrive ask attack
    attend back become begin believe break bring build buy call carry cause change charge check
    choose claim close collect come commit compare conduct consider contain continue control cost
    cover create cross cut deal decide defend deliver depend describe destroy determine develop
    die disappear discuss do draw drive drop eat emerge encourage end engage enjoy ensure enter
    establish examine exist expand expect explain express face fail fall feel fight fill find
    follow force form gain gather get give go grow happen hear help hide hit hold hope hurt
    identify improve include increase indicate intercept introduce invade invest investigate
    involve join justify keep kill know lack last launch lead learn leave let lie listen live look
    lose love maintain make manage mean meet mention mind monitor move need note obtain occur
    offer open operate oppose order own pass pay perform persuade plan play point prepare present
    prevent produce promise propose protect prove provide publish pull push put raise reach read
    receive recognise recognize record reduce refer reflect refuse regard regulate reject release
    rely remain remember remove report represent require resign respect respond rest result retain
    retire return reveal rise rule run save say scan search see seek seem sell send serve set
    settle share show sign sit sleep snoop solve speak spend spy stand start stay steal stop store
    strike study succeed suffer suggest support survive suspect take talk tell tend test think
    threaten touch track trade train travel treat trust try turn undermine understand use violate
    visit vote wait walk want warn watch weaken wear win wish wonder work worry write yield listen
    target tap encrypt decrypt dissuade contravene comply elaborate weigh balance hinge erode
    snatch engage sweep trawl harvest amass handle process access inspect audit disclose
    prosecute detain"""
)


def _verb_forms() -> dict[str, str]:
    table: dict[str, str] = {}
    lemmas = p.DENY | p.STOP | p.KEEP | p.MAKE | p.HEDGING | p.THERE | p.FROM | _COMMON
    lemmas |= cues.SAY | cues.TELL | cues.OBJECT | cues.TO
    for lemma in sorted(lemmas - p.CLAIM - _ADJ - {"so", "set-up"}):
        if not lemma.isalpha() or lemma in ("going", "supposed", "able"):
            continue
        tags = ("VB", "VBZ", "VBD", "VBN", "VBG")
        for tag, form in zip(tags, (lemma, *cues.inflect(lemma)), strict=True):
            table.setdefault(form, tag)
    irregular = """came VBD went VBD gone VBN took VBD taken VBN gave VBD given VBN got VBD saw VBD
        seen VBN knew VBD known VBN made VBD kept VBD held VBD left VBD lost VBD met VBD paid VBD
        ran VBD sent VBD spent VBD stood VBD broke VBD broken VBN brought VBD built VBD bought VBD
        chose VBD chosen VBN fell VBD fallen VBN felt VBD fought VBD found VBD grew VBD grown VBN
        heard VBD hid VBD hidden VBN led VBD lay VBD meant VBD rose VBD risen VBN sold VBD sat VBD
        spoke VBD spoken VBN stole VBD stolen VBN struck VBD sought VBD taught VBD thought VBD
        told VBD understood VBD won VBD wrote VBD written VBN became VBD began VBD begun VBN
        drew VBD drawn VBN drove VBD driven VBN put VBD cut VBD set VBD hit VBD hurt VBD let VBD
        cost VBD shut VBD quit VBD said VBD dealt VBD slept VBD swept VBD wore VBD worn VBN
        forgot VBD forgotten VBN forbade VBD forbidden VBN withheld VBD shown VBN borne VBN
        proven VBN foresaw VBD foreseen VBN caught VBD""".split()
    return table | dict(zip(irregular[::2], irregular[1::2], strict=True))


_VERBS = _verb_forms()
_NOUN_ENDING = re.compile(
    r"(?:tion|sion|ment|ness|ity|ance|ence|ism|ship|hood|cy|ure|dom|eer|logy|graphy)s?$"
)
_ADJ_ENDING = re.compile(r"(?:ous|ful|less|able|ible|ive|ary|ish|ical|ial|ual|al|ic)$")


@dataclass(slots=True)
class Word:
    """A word with its place, its lower-case form with plain apostrophes, and its tag."""

    start: int
    end: int
    low: str
    tag: str
    capital: bool


def tokens(text: str, start: int = 0, end: int | None = None) -> list[Word]:
    """Return the words and signs of a stretch of text, quotation marks left out."""
    found = []
    for match in _TOKEN.finditer(text, start, len(text) if end is None else end):
        written = match.group()
        if written in _MARKS:
            continue
        low = written.lower().replace("’", "'")
        found.append(Word(match.start(), match.end(), low, "", written[0].isupper()))
    return found


def tagged(found: list[Word]) -> list[Word]:
    """Give every word its tag, one of the Penn Treebank's or a sign."""
    for at, word in enumerate(found):
        before = found[at - 1] if at else None
        after = found[at + 1] if at + 1 < len(found) else None
        word.tag = _tag(word, before, after, found, at)
    return found


def _verb_after(found: list[Word], at: int) -> bool:
    """Say whether a verb or auxiliary comes within the next two words."""
    return any(
        item.low in _BE | _HAVE | _DO | _MODALS or _VERBS.get(item.low) in ("VBD", "VBZ")
        for item in found[at + 1 : at + 3]
    )


def _tag(word: Word, before: Word | None, after: Word | None, found: list[Word], at: int) -> str:
    low = word.low
    last = before.tag if before else ""
    following = after.low if after else ""
    if not low[0].isalnum() and low[0] not in "$£€'" and low not in ("n't",):
        return "PUNCT"
    if low[0].isdigit() or low[0] in "$£€":
        return "CD"
    if low in _NOT:
        return "NEG"
    if low == "'s":
        if before and (before.low in _PRON | _WH or before.low in ("that", "here", "what")):
            return "BE"
        return "POS"
    if low in _BE:
        return "BE"
    if low in _HAVE:
        return "HAVE"
    if low in _DO:
        return "DO"
    if low in _MODALS:
        if low in ("may", "might", "must", "will", "can") and (
            last in ("DT", "POS", "PRP$", "JJ")
            or (low == "may" and word.capital and _dated(before, after, at))
        ):
            return "NN"
        return "MD"
    if low == "to":
        return "TO" if _infinitive(found, at) else "IN"
    if low == "that":
        return _that(last, before, after, found, at)
    if low in _CC:
        return "CC" if low != "yet" or (last == "PUNCT") else "RB"
    if low == "let" and following == "alone":
        return "CC"
    if low == "alone" and before and before.low == "let":
        return "RB"
    if low == "one" and after and after.low.isalpha() and not _function(after.low):
        if _VERBS.get(after.low) not in ("VBD", "VBZ"):
            return "CD"
    if low == "one" and before and before.low in ("no", "any", "every", "some"):
        return "NN"
    if low in ("many", "most", "few", "several", "some", "all") and (
        following in _NOT | _BE | _HAVE | _DO | _MODALS | {"no", "now", "still"}
        or (at == 0 and _VERBS.get(following) in ("VB", "VBD") and following not in cues.NOUN_TOO)
    ):
        return "NNS"
    if low == "neither" and _VERBS.get(following) in ("VB", "VBZ", "VBD", "VBG", "VBN"):
        return "NEG"
    if low in ("no", "neither") and after and after.tag == "" and following not in (",", "."):
        return "RB" if following in ("longer", "more") else "DT"
    if low in _POSS:
        return "PRP$" if after and after.low[0].isalnum() and following not in _PREP else "PRP"
    if low in ("who", "whom", "which", "what", "whose", "whatever", "whoever"):
        return "WP"
    if low in ("such", "more", "most", "much", "many", "few", "little", "several", "enough"):
        if low == "enough" and following == "to" and last not in ("JJ", "RB"):
            return "JJ"
        if low == "enough" and last in ("JJ", "RB"):
            return "RB"
        return "JJ" if low not in ("enough",) or following not in _PREP | {"to"} else "NN"
    if low == "there":
        return "EX" if following in _BE | _MODALS | _HAVE | {"exist", "exists", "existed"} else "RB"
    if low in ("this", "these", "those", "all", "both", "each", "either", "some", "any", "another"):
        nominal = (
            after
            and after.low[0].isalnum()
            and not (
                following in _BE | _HAVE | _DO | _MODALS | _PREP | _CC | _NOT
                or _VERBS.get(following) in ("VBD", "VBZ")
            )
        )
        return "DT" if nominal else "PRP"
    if low in _DET and low not in _PRON:
        return "DT"
    if low in _PRON:
        return "PRP"
    if low == "once" and last == "NEG":
        return "RB"
    if low in _MARK and low not in ("as", "so", "before", "after", "since"):
        return "MARK"
    if low in ("before", "after", "since", "as"):
        if low == "as" and last in ("BE", "NEG") and following not in ("if", "though"):
            return "RB"
        return "MARK" if _clause_ahead(found, at) else "IN"
    if low in _PREP:
        if low != "of" and (after is None or after.low in (".", ",", "?", "!", ";")):
            return "RB"
        return "IN"
    if low == "so":
        return "RB"
    if low in _ADV and low not in ("early", "far", "first", "long", "more", "about"):
        return "RB"
    if (
        low.endswith("ly")
        and len(low) > 4
        and low
        not in (
            "family",
            "supply",
            "apply",
            "rely",
            "reply",
            "likely",
            "unlikely",
            "italy",
            "july",
            "ally",
            "early",
            "assembly",
            "comply",
            "daily",
            "multiply",
            "deadly",
            "only",
        )
    ):
        return "RB"
    return _open(word, last, before, after, found, at)


def _function(low: str) -> bool:
    """Say whether a word is one of a closed class."""
    return low in _DET | _POSS | _PRON | _PREP | _MARK | _CC | _ADV | _BE | _HAVE | _DO | _MODALS


def _dated(before: Word | None, after: Word | None, at: int) -> bool:
    """Say whether «May» is the month or a name, not the auxiliary."""
    if after and (after.low[0].isdigit() or after.low in (",", ".", "'s")):
        return True
    if before and (
        before.low in ("in", "last", "of", "by", "since", "until", "mrs", "mr", "ms")
        or before.low.endswith(".")
    ):
        return True
    # A capital in the midst of a sentence is a name's; at its head a question is rare.
    return at > 0 or bool(after and _VERBS.get(after.low) in ("VBD", "VBZ"))


def _infinitive(found: list[Word], at: int) -> bool:
    for item in found[at + 1 : at + 4]:
        if (
            item.low in ("not", "n't")
            or (item.low.endswith("ly") and item.low not in ("italy", "family"))
            or item.low in ("be", "have", "do", "further", "even", "just")
        ):
            if item.low in ("be", "have", "do"):
                return True
            continue
        if item.capital or not item.low.isalpha():
            return False
        if _VERBS.get(item.low) in ("VB",) or item.low in (
            "put",
            "cut",
            "set",
            "hit",
            "hurt",
            "let",
            "cost",
            "shut",
        ):
            return True
        if item.low in _DET | _POSS | _PRON | _PREP or _VERBS.get(item.low) is not None:
            return False
        if item.low in _NOUNS | _ADJ or item.low.endswith(
            ("s", "ing", "ion", "ity", "ness", "ment", "ed")
        ):
            return False
        return True
    return False


def _clause_ahead(found: list[Word], at: int) -> bool:
    """Say whether a subject and a verb follow, before any comma, within some words."""
    for item in found[at + 1 : at + 9]:
        if item.low in (",", ";", ".", "and", "that"):
            return False
        if item.low in _BE | _HAVE | _DO | _MODALS:
            return found[at + 1] is not item and item.low not in ("being", "having", "doing")
        if _VERBS.get(item.low) in ("VBD", "VBZ") and found[at + 1] is not item:
            return True
    return False


def _that(last: str, before: Word | None, after: Word | None, found: list[Word], at: int) -> str:
    if after is None or not after.low[0].isalnum():
        return "PRP"
    if after.low in _BE | {
        "does",
        "did",
        "would",
        "will",
        "can",
        "could",
        "may",
        "might",
        "has",
        "had",
        "have",
        "must",
    }:
        return "WP" if last in ("NN", "NNS") else "PRP"
    if last in ("IN", "TO") or (
        before and before.low in (".", ",") and _VERBS.get(after.low) in ("VBZ", "VBD")
    ):
        return "DT" if after.low not in _PRON else "MARK"
    if (
        last in ("NN", "NNS")
        and _VERBS.get(after.low) in ("VBZ", "VBD", "VBP", "VB")
        and after.low not in cues.NOUN_TOO
    ):
        return "WP"
    return "MARK"


def _open(
    word: Word, last: str, before: Word | None, after: Word | None, found: list[Word], at: int
) -> str:
    """Tag a word of an open class: noun, verb or adjective."""
    low = word.low
    form = _VERBS.get(low)
    previous = _skipped(found, at)
    nominal = last in ("DT", "PRP$", "POS", "CD") or (last == "JJ" and previous not in ("BE",))
    following = after.low if after else ""
    if word.capital and at and before and before.low not in (".", ":", "?", "!"):
        return "NNP"
    if low in _ADJ and not (form and last in ("TO", "MD")):
        return "JJ"
    if low in ("police", "people", "media", "data"):
        return "NNS"
    if low in _NOUNS:
        if low in ("order", "trade", "access", "plan", "police", "power", "state") and previous in (
            "TO",
            "MD",
            "DO",
        ):
            return "VB"
        return "NNS" if low.endswith("s") else "NN"
    if form == "VBG" or (form is None and low.endswith("ing") and len(low) > 5):
        if (
            low
            in (
                "thing",
                "nothing",
                "morning",
                "evening",
                "during",
                "king",
                "building",
                "meeting",
                "hearing",
                "ruling",
                "finding",
                "spending",
                "trading",
                "wording",
            )
            and last != "BE"
        ):
            return "NN"
        if (
            nominal
            and following not in _DET | _POSS | {"of"}
            and not (after and after.low[0].isalpha())
        ):
            return "NN"
        return "VBG" if not (nominal and following == "of") else "NN"
    if form in ("VBD", "VBN") or (form is None and low.endswith("ed") and len(low) > 3):
        if last == "IN" and after and after.low.isalpha() and not _function(after.low):
            return "JJ"
        if previous in ("BE", "HAVE"):
            return "VBN"
        if nominal:
            return "VBN" if last != "CD" else "VBD"
        if form == "VBN":
            return "VBN"
        return "VBD"
    if form in ("VB", "VBZ"):
        if nominal or last == "IN":
            return "NNS" if low.endswith("s") and form == "VBZ" else "NN"
        if form == "VB":
            if last == "CC" and at > 1 and found[at - 2].tag in ("VB", "VBP", "VBZ"):
                return found[at - 2].tag if found[at - 2].tag != "VBZ" else "NN"
            if before and before.low in ("alone", "less"):
                return "VB"
            if last in ("NN", "NNS", "NNP") and _asked(found, at):
                return "VB"
            if previous in ("TO", "MD", "DO") or last in ("PRP", "WP", "NNS", "MARK"):
                return "VB" if previous in ("TO", "MD", "DO") else "VBP"
            if at == 0 or (
                before
                and before.low
                in (
                    ",",
                    ";",
                    ":",
                    "and",
                    "or",
                    "but",
                    "please",
                    "help",
                    "let",
                    "helped",
                    "us",
                    "them",
                    "him",
                    "her",
                )
            ):
                return "VB"
            if last in ("RB", "NEG") and previous in ("NNS", "PRP", "WP"):
                return "VBP"
            return "NN"
        noun_too = low in cues.NOUN_TOO or _NOUN_ENDING.search(low[:-1])
        if (
            last in ("NN", "NNP", "PRP", "WP", "POS", "DO")
            or (last == "RB" and previous in ("NN", "NNP", "PRP", "WP"))
        ) or (before and before.low in ("and", ",")):
            if noun_too and last in ("NN", "NNP") and _verb_after(found, at):
                return "NNS"
            return "VBZ" if last != "NNS" else "NNS"
        return "NNS"
    if previous in ("TO", "MD", "DO") and low.isalpha() and not _NOUN_ENDING.search(low):
        return "VB"
    if _NOUN_ENDING.search(low):
        return "NNS" if low.endswith("s") and not low.endswith(("ss", "ness")) else "NN"
    if _ADJ_ENDING.search(low):
        return "JJ"
    if before and low.endswith("s") and before.low in ("longer", "never", "also", "still", "now"):
        return "VBZ"
    if low.endswith("s") and not low.endswith(("ss", "us", "is")):
        return "NNS"
    return "NN"


def _asked(found: list[Word], at: int) -> bool:
    """Say whether «did» or «will» stands before the subject of a verb: «did the service engage»."""
    for back in range(at - 2, max(-1, at - 7), -1):
        tag = found[back].tag
        if tag in ("DO", "MD"):
            return found[back + 1].tag in ("DT", "PRP", "PRP$", "NNP", "EX") and (
                back == 0 or found[back - 1].tag not in ("PRP", "EX", "WP")
            )
        if tag not in ("DT", "PRP$", "JJ", "NN", "NNS", "NNP", "POS", "RB"):
            return False
    return False


def _skipped(found: list[Word], at: int) -> str:
    """Return the tag before a word, adverbs and negations and, in a question, a subject left out."""
    back = at - 1
    while back >= 0 and found[back].tag in ("RB", "NEG"):
        back -= 1
    if back < 0:
        return ""
    tag = found[back].tag
    # «Did they ever read», «Is it known»: the subject stands between.
    if tag in ("PRP", "EX") and back > 0 and found[back - 1].tag in ("DO", "MD", "BE"):
        if back == 1 or found[back - 2].tag in ("PUNCT", "CC", "WP", "MARK"):
            return found[back - 1].tag
    return tag

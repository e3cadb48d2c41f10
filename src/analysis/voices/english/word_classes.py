"""Closed classes of words, common verbs in all their forms, and the endings of nouns."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analysis.voices.english import cues
from analysis.voices.english import polarity as p
from analysis.voices.english.wordlist import words

_TOKEN = re.compile(
    # Most words and signs, which nothing further down would cut otherwise, come first.
    r"(?!cannot\b)[a-z]++(?=[\s,;:?!])|,"
    r"|(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof|St|Inc|Corp|Co|Ltd|No|vs|Jr|Sr)\.(?=\s*\w)"
    r"|(?:[A-Za-z]\.){2,}|can(?=not\b)|[$£€]?\d[\d.,:]*\d?%?\w*"
    r"|\w+?(?=n['’]t\b)|n['’]t\b|['’](?:s|re|ve|ll|d|m)\b"
    r"|\w+(?:['’]\w+(?<!['’]s)|-\w+)*|\.{2,}|--+|[^\w\s]",
    re.IGNORECASE,
)


_MARKS = words("\" “ ” ‘ ’ ' `` '' ` * _")


BE = words("be is are was were am been being 's 're 'm ai")


HAVE = words("have has had having 've 'd")


DO = words("do does did doing done")


MODALS = words("will would can could may might must shall should 'll ca wo sha ought")


HELPERS = BE | HAVE | DO | MODALS


NOT = words("not n't n’t never")


PREP = words(
    """of in on at by for with from about into onto over under between among against through during
    without within despite amid amongst across behind beyond near toward towards upon per via
    concerning regarding like unlike than except outside inside throughout to as alongside around
    versus besides"""
)


MARK = words(
    """that if whether because although though unless until while since when where why how once
    whereas lest before after as so"""
)


WH = words("who whom which what whose whoever whatever")


CC = words("and or but nor yet & plus")


DET = words(
    """the a an this that these those every each some any no all both either neither another such
    much many more most few little several enough what which whose half"""
)


POSS = words("my your his her its our their")


PRON = words(
    """i you he she it we they me him us them this that these those there who nobody nothing none
    everybody everyone everything somebody someone something anybody anyone anything myself
    himself herself itself themselves ourselves one neither both others"""
)


ADV = words(
    """also then again now still even just already often recently previously soon always sometimes
    further only simply first early today yesterday tomorrow ever instead thus therefore however
    meanwhile quite rather too very well perhaps maybe almost nearly here there hardly scarcely
    seldom rarely barely so far long ago twice once not never away out up down off back together
    yet later abroad altogether anyway nowhere elsewhere indeed really else at-all anymore over
    more most less least longer about outright anyway"""
)


ADJ = words(
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


NOUNS = words(
    """agency agencies government state company companies police court law bill act evidence data
    people man woman men women thing things way ways time times year years day days world country
    program programs programme programmes surveillance privacy security liberty rights power
    powers order authority judge minister officer official officials collection information
    access interest interests committee president senator chief spokesman spokeswoman one
    approval trial removal proposal appeal withdrawal suspicion warrant warrants consent oversight
    system systems trade stock sales profit plan
    anything nothing shred"""
)


_COMMON = words(
    """abandon absorb accelerate accept access accommodate accompany accomplish accuse achieve
    acquire act adapt add adjust administer adopt affect agree aim allow alter amass amend
    amount analyse answer apply appoint appreciate approve argue arise arrest arrive ask
    assemble assess assign assist assume assure attach attack attend attract audit automate
    await back balance become begin believe betray bind break bring build bury buy calculate
    call carry cause celebrate certify change charge check choose claim clarify classify close
    coerce collapse collect combine come commit communicate compare compensate compete compile
    complete complicate comply compose comprise conceal concede concentrate condone conduct
    confront confuse connect conquer consider consist constrain consult consume contain
    continue contravene control convert convey convince cooperate coordinate cost cover create
    cross crumble cure cut deal deceive decide declare decrease decrypt dedicate defend define
    delete deliver demolish depend deport deprive derive describe deserve destroy detain
    detect deter determine develop devote die differ diminish disagree disappear disapprove
    disclose discourage discriminate discuss dismantle disrupt dissolve dissuade distinguish
    distort distribute disturb divert divide do dominate draw drive drop earn eat educate
    elaborate elect embarrass embed emerge employ enact encourage encrypt end enforce engage
    enhance enjoy enlist enrich ensure enter entitle equip erase erode escalate escape
    establish evade evaluate evaporate evolve exaggerate examine exceed execute exist expand
    expect explain exploit expose express extend extract face facilitate fail fall feed feel
    fight fill find flee follow force form fulfil gain gather generate get give go govern
    greet grow hamper handle hang happen harass harvest hear help hesitate hide hinge hire hit
    hold hope hurt identify ignite illustrate implement impose impress imprison improve
    include incorporate increase incur indicate induce infer inflict inform inherit inhibit
    initiate inject injure insert inspect install instruct insure intend intercept interfere
    interpret interrogate interrupt intervene intimidate introduce invade invent invest
    investigate invite involve isolate join justify keep kill know lack last launch lead learn
    leave lend let lie listen live locate look lose love maintain make manage mean meet
    mention merge migrate mind mislead modify monitor motivate move multiply need negotiate
    nominate note notify obey oblige observe obstruct obtain occupy occur offend offer open
    operate oppose order organise organize originate overcome overlook oversee overturn owe
    own participate pass pay penalise perceive perform permit persist persuade plan play point
    possess postpone pour practise predict prefer prepare present preserve pretend prevent
    process produce prohibit prolong promise pronounce propose prosecute protect prove provide
    publish pull punish pursue push put qualify raise reach read rebuild receive recognise
    recognize recommend reconsider record recover redefine reduce refer reflect refuse regain
    regard regulate reinforce reject relate relax release relieve rely remain remember remind
    remove render repeat replace report represent require resemble resign resist resolve
    respect respond rest restore restrain restrict result resume retain retire return reveal
    revise revive rise rob rule run sack sacrifice satisfy save say scan scrutinise scrutinize
    search see seek seem seize select sell send separate serve set settle share show sign sit
    sleep smuggle snatch snoop solve speak specify spend spoil spy stand start stay steal
    stifle stop store strengthen strike strip study submit succeed sue suffer suggest
    summarise summon supervise support suppress surrender surround survive suspect sustain
    swear sweep take talk tap target tell tempt tend test think threaten throw tighten
    tolerate touch track trade train transform transmit travel trawl treat trust try turn
    uncover undergo undermine understand undo unify unite uphold upload use utter vanish vary
    verify vet veto violate visit vote wait walk wander want warn watch weaken wear weigh
    widen win wipe wish withdraw withstand wonder work worry write yield"""
)


_IRREGULAR = """came VBD went VBD gone VBN took VBD taken VBN gave VBD given VBN got VBD saw VBD
        seen VBN knew VBD known VBN made VBD kept VBD held VBD left VBD lost VBD met VBD paid VBD
        ran VBD sent VBD spent VBD stood VBD broke VBD broken VBN brought VBD built VBD bought VBD
        chose VBD chosen VBN fell VBD fallen VBN felt VBD fought VBD found VBD grew VBD grown VBN
        heard VBD hid VBD hidden VBN led VBD lay VBD meant VBD rose VBD risen VBN sold VBD sat VBD
        spoke VBD spoken VBN stole VBD stolen VBN struck VBD sought VBD taught VBD thought VBD
        told VBD understood VBD won VBD wrote VBD written VBN became VBD began VBD begun VBN
        drew VBD drawn VBN drove VBD driven VBN put VBD cut VBD set VBD hit VBD hurt VBD let VBD
        cost VBD shut VBD quit VBD said VBD dealt VBD slept VBD swept VBD wore VBD worn VBN
        forgot VBD forgotten VBN forbade VBD forbidden VBN withheld VBD shown VBN borne VBN
        threw VBD thrown VBN withdrew VBD withdrawn VBN arose VBD arisen VBN swore VBD sworn VBN
        tore VBD torn VBN shook VBD shaken VBN flew VBD flown VBN froze VBD frozen VBN fled VBD
        fed VBD hung VBD lent VBD stuck VBD rode VBD ridden VBN blew VBD blown VBN overthrew VBD
        overcame VBD undertook VBD undertaken VBN shot VBD ate VBD eaten VBN rewrote VBD dug VBD
        secure VB secures VBZ secured VBD securing VBG
        clears VBZ cleared VBD clearing VBG acquitted VBD acquitting VBG
        proven VBN foresaw VBD foreseen VBN caught VBD"""


def _verb_forms() -> dict[str, str]:
    table: dict[str, str] = {}
    lemmas = p.DENY | p.STOP | p.KEEP | p.MAKE | p.HEDGING | p.THERE | p.FROM | _COMMON
    lemmas |= cues.SAY | cues.TELL | cues.OBJECT | cues.TO
    for lemma in sorted(lemmas - p.CLAIM - ADJ - {"so", "set-up"}):
        if not lemma.isalpha() or lemma in ("going", "supposed", "able"):
            continue
        tags = ("VB", "VBZ", "VBD", "VBN", "VBG")
        for tag, form in zip(tags, (lemma, *cues.inflect(lemma)), strict=True):
            table.setdefault(form, tag)
    irregular = _IRREGULAR.split()
    return table | dict(zip(irregular[::2], irregular[1::2], strict=True))


VERBS = _verb_forms()


_NOUN_ENDINGS = words("tion sion ment ness ity ance ence ism ship hood cy ure dom eer logy graphy")
NOUN_ENDINGS = (*_NOUN_ENDINGS, *(f"{ending}s" for ending in _NOUN_ENDINGS))


ADJ_ENDINGS = tuple(words("ous ful less able ible ive ary ish ical ial ual al ic"))


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
        written = match[0]
        if written not in _MARKS:
            low = written.lower().replace("’", "'")
            found.append(Word(*match.span(), low, "", written[0].isupper()))
    return found


_CLOSED = DET | POSS | PRON | PREP | MARK | CC | ADV | BE | HAVE | DO | MODALS


def is_function_word(low: str) -> bool:
    """Say whether a word is one of a closed class."""
    return low in _CLOSED

"""The words that report speech and attitude: verbs by what they take, phrases, word classes."""

from __future__ import annotations

from dataclasses import dataclass

from analysis.voices.english.wordlist import words

SAY = words(
    """say state add note argue claim insist contend maintain assert allege acknowledge admit
    concede confirm predict warn suggest announce declare report reveal disclose explain
    recall conclude complain testify tweet write joke reply respond answer remark
    observe comment reiterate repeat stress emphasize emphasise boast quip recount imply
    indicate estimate caution counter clarify lament muse opine proclaim profess protest
    retort shout yell whisper mutter exclaim scream cry chant interject volunteer
    continue agree theorize speculate hint signal surmise bemoan gush crow sniff
    tout attest affirm avow elaborate grumble rant sing chide deadpan fume post retweet
    email blog charge rule show find demonstrate wonder grouse decree espouse recommend
    specify theorise sneer scoff sigh shrug laugh grin think believe hope fear feel
    assume suspect guess figure realize realise doubt worry determine decide learn
    understand imagine know expect anticipate calculate reason intone echo bellow bark
    demand confess reckon marvel moan groan chuckle fret hazard hypothesise hypothesize counsel
    stipulate hold underline underscore deduce caution promise foresee forecast grant
    snap vent offer conjecture intimate urge preach deny swear vow pledge promise
    mention accept submit posit aver regret dispute recognise recognize certify discover"""
)
"""Verbs that take a clause: «X said (that) ...», and may stand beside a quotation."""

QUOTED_ONLY = words(
    """press retaliate crack jeer chime confide plead beg roar thunder cheer hiss growl mumble
    stammer gasp croak drawl tease taunt needle enthuse explode persist pipe prod
    venture interrupt correct riff mouth interject begin finish deliver herald react
    continue laugh grin sigh shrug sing cry offer ask tweet echo post answer respond
    read blare snarl purr coo stutter bawl holler squeal whimper"""
)
"""Verbs that report only with quotation marks beside them, or by their object."""

INVERTING = words(
    """say add write note argue explain ask tweet recall declare report conclude joke quip
    announce continue reply insist agree observe remark predict warn chuckle muse scoff
    grumble boast lament"""
)
"""Verbs that stand before their subject without a quotation: «..., said Mr Rhodes»."""

TELL = words(
    """tell assure remind inform advise notify ask convince persuade warn reassure caution"""
)
"""Verbs that name the hearer first: «X told Y (that) ...»."""

TO = words(
    """vow promise pledge refuse decline threaten offer agree want hope plan seek ask urge
    expect propose decide prefer intend aim swear"""
)
"""Verbs that take an infinitive: «X vowed to ...»."""

OBJECT = words(
    """describe call dub praise criticize criticise blast slam denounce condemn reject dismiss
    attack defend accuse blame cite propose question mock credit deny hail characterize
    characterise label portray liken compare decry deride deplore lambast lambaste
    assail rebuke ridicule tout applaud commend congratulate thank urge demand request
    recommend mention discuss repeat reiterate predict reveal suggest acknowledge
    express voice challenge address disavow repudiate quote reference rip knock bash
    hammer skewer chide scold berate castigate chastise denigrate disparage belittle
    malign salute invoke promote oppose support endorse favor favour back want seek
    prefer like love hate dislike admire fear hope-for welcome promise pledge outline
    lament bemoan protest contest dispute refute rebut downplay emphasize emphasise
    stress highlight explain clarify confirm announce declare report note allege argue
    assert claim consider deem view regard recall remember recount envision expect
    anticipate doubt embrace reaffirm affirm admonish advocate preach champion see tweet
    write explore demean slander smear disclose detail interpret pronounce nickname term
    brand slap laud estimate project resent mourn respect trust distrust appreciate
    understand know think warn ask discourage rate rank depict paint dispel decry debunk
    refute trash scorn rubbish brand contradict
    scotch quash squash allay dampen spike quell"""
)
"""Verbs whose object is what is reported: «X criticised ...», «X called it ...»."""

PARTICLES: dict[str, frozenset[str]] = {
    "call": frozenset(["for", "on"]),
    "refer": frozenset(["to"]),
    "speak": frozenset(["about", "of", "out", "against"]),
    "point": frozenset(["to", "out"]),
    "agree": frozenset(["with", "on"]),
    "disagree": frozenset(["with", "about"]),
    "rail": frozenset(["against"]),
    "complain": frozenset(["about", "of"]),
    "joke": frozenset(["about"]),
    "caution": frozenset(["against", "about"]),
    "advise": frozenset(["against"]),
    "worry": frozenset(["about"]),
    "warn": frozenset(["of", "about", "against"]),
    "boast": frozenset(["about", "of"]),
    "brag": frozenset(["about", "of"]),
    "rave": frozenset(["about"]),
    "allude": frozenset(["to"]),
    "apologize": frozenset(["for"]),
    "apologise": frozenset(["for"]),
    "argue": frozenset(["for", "against"]),
    "advocate": frozenset(["for"]),
    "push": frozenset(["for", "back"]),
    "believe": frozenset(["in"]),
    "vote": frozenset(["for", "against"]),
    "object": frozenset(["to"]),
    "insist": frozenset(["on"]),
    "comment": frozenset(["on", "about"]),
    "elaborate": frozenset(["on"]),
    "expand": frozenset(["on"]),
    "respond": frozenset(["to"]),
    "reply": frozenset(["to"]),
    "hint": frozenset(["at"]),
    "lash": frozenset(["out"]),
    "hit": frozenset(["back", "out"]),
    "shoot": frozenset(["back"]),
    "fire": frozenset(["back"]),
    "side": frozenset(["with"]),
    "inquire": frozenset(["about"]),
    "hear": frozenset(["about"]),
    "lay": frozenset(["out"]),
    "go": frozenset(["after", "on"]),
    "brush": frozenset(["aside", "off"]),
    "shrug": frozenset(["off"]),
    "play": frozenset(["down"]),
    "wave": frozenset(["away"]),
    "laugh": frozenset(["off", "at"]),
    "rule": frozenset(["out"]),
    "spell": frozenset(["out"]),
    "set": frozenset(["out"]),
    "pour": frozenset(["cold", "scorn"]),
    "cast": frozenset(["doubt", "doubts", "aside"]),
    "take": frozenset(["issue"]),
    "draw": frozenset(["attention"]),
    "throw": frozenset(["cold", "doubt"]),
    "give": frozenset(["short"]),
    "bristle": frozenset(["at"]),
    "bridle": frozenset(["at"]),
    "baulk": frozenset(["at"]),
    "balk": frozenset(["at"]),
    "scoff": frozenset(["at"]),
    "swat": frozenset(["away", "aside"]),
    "bat": frozenset(["away", "aside"]),
    "knock": frozenset(["back", "down"]),
    "sweep": frozenset(["aside"]),
    "talk": frozenset(["about", "of", "down", "up"]),
}
"""Verbs that report by a particle; those in no other table report only with it."""

LESS_OFTEN = words(
    """offer back like love see show find answer charge figure project request promote address
    rule rip knock hammer slap brand term view detail explore learn determine calculate
    contest continue post signal tout push hit fire go hear lay think ask consider
    remember trust respect know understand feel imagine decide expand begin vote embrace
    outline label voice challenge release seek hold grant forecast underline underscore counsel
    hazard marvel chuckle moan groan fret accept submit recognise recognize certify discover"""
)
"""Verbs that name an attitude or an act as often as a report: kept apart, so that they can be
asked to show a clause or quotation marks."""

ATTITUDE = words(
    """want hope plan seek expect prefer decide intend aim believe think fear feel assume
    suspect guess figure realize realise doubt worry understand imagine know anticipate
    oppose support endorse favor favour back like love hate dislike admire welcome
    embrace consider deem view regard see trust distrust appreciate respect resent mourn
    remember vote side champion learn determine calculate reject"""
)
"""Verbs of belief, wish and support."""

DENYING = words(
    """deny denies denied denying reject rejects rejected rejecting dismiss dismisses dismissed
    dismissing refute refutes refuted refuting rebut rebuts rebutted rebutting dispute
    disputes disputed disputing repudiate repudiates repudiated repudiating disavow
    disavows disavowed contradict contradicts contradicted disclaim disclaims disclaimed"""
)
"""Forms of the verbs by which a voice denies what follows."""

_IRREGULAR = {
    "say": ("says", "said", "said", "saying"),
    "tell": ("tells", "told", "told", "telling"),
    "write": ("writes", "wrote", "written", "writing"),
    "think": ("thinks", "thought", "thought", "thinking"),
    "know": ("knows", "knew", "known", "knowing"),
    "feel": ("feels", "felt", "felt", "feeling"),
    "see": ("sees", "saw", "seen", "seeing"),
    "find": ("finds", "found", "found", "finding"),
    "show": ("shows", "showed", "shown", "showing"),
    "swear": ("swears", "swore", "sworn", "swearing"),
    "speak": ("speaks", "spoke", "spoken", "speaking"),
    "understand": ("understands", "understood", "understood", "understanding"),
    "sing": ("sings", "sang", "sung", "singing"),
    "begin": ("begins", "began", "begun", "beginning"),
    "seek": ("seeks", "sought", "sought", "seeking"),
    "shoot": ("shoots", "shot", "shot", "shooting"),
    "hit": ("hits", "hit", "hit", "hitting"),
    "go": ("goes", "went", "gone", "going"),
    "hear": ("hears", "heard", "heard", "hearing"),
    "lay": ("lays", "laid", "laid", "laying"),
    "admit": ("admits", "admitted", "admitted", "admitting"),
    "blog": ("blogs", "blogged", "blogged", "blogging"),
    "quip": ("quips", "quipped", "quipped", "quipping"),
    "grin": ("grins", "grinned", "grinned", "grinning"),
    "snap": ("snaps", "snapped", "snapped", "snapping"),
    "slam": ("slams", "slammed", "slammed", "slamming"),
    "slap": ("slaps", "slapped", "slapped", "slapping"),
    "rip": ("rips", "ripped", "ripped", "ripping"),
    "dub": ("dubs", "dubbed", "dubbed", "dubbing"),
    "plan": ("plans", "planned", "planned", "planning"),
    "refer": ("refers", "referred", "referred", "referring"),
    "prefer": ("prefers", "preferred", "preferred", "preferring"),
    "rebut": ("rebuts", "rebutted", "rebutted", "rebutting"),
    "brag": ("brags", "bragged", "bragged", "bragging"),
    "submit": ("submits", "submitted", "submitted", "submitting"),
    "aver": ("avers", "averred", "averred", "averring"),
    "regret": ("regrets", "regretted", "regretted", "regretting"),
    "label": ("labels", "labeled", "labeled", "labeling"),
    "signal": ("signals", "signaled", "signaled", "signaling"),
    "hold": ("holds", "held", "held", "holding"),
    "foresee": ("foresees", "foresaw", "foreseen", "foreseeing"),
    "forecast": ("forecasts", "forecast", "forecast", "forecasting"),
    "read": ("reads", "read", "read", "reading"),
    "set": ("sets", "set", "set", "setting"),
    "put": ("puts", "put", "put", "putting"),
    "cast": ("casts", "cast", "cast", "casting"),
    "draw": ("draws", "drew", "drawn", "drawing"),
    "take": ("takes", "took", "taken", "taking"),
    "throw": ("throws", "threw", "thrown", "throwing"),
    "give": ("gives", "gave", "given", "giving"),
    "sweep": ("sweeps", "swept", "swept", "sweeping"),
    "swat": ("swats", "swatted", "swatted", "swatting"),
    "bat": ("bats", "batted", "batted", "batting"),
    "quote": ("quotes", "quoted", "quoted", "quoting"),
}


def inflect(lemma: str) -> tuple[str, str, str, str]:
    """Return third person, past, participle and -ing form of a verb."""
    if lemma in _IRREGULAR:
        return _IRREGULAR[lemma]
    if lemma.endswith(("s", "sh", "ch", "x", "z", "o")):
        third = lemma + "es"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        third = lemma[:-1] + "ies"
    else:
        third = lemma + "s"
    if lemma.endswith("e"):
        past, ing = lemma + "d", lemma[:-1] + "ing" if not lemma.endswith("ee") else lemma + "ing"
    elif lemma.endswith("y") and lemma[-2] not in "aeiou":
        past, ing = lemma[:-1] + "ied", lemma + "ing"
    else:
        past, ing = lemma + "ed", lemma + "ing"
    return third, past, past, ing


@dataclass(frozen=True, slots=True)
class Verb:
    """What a verb form is and takes."""

    lemma: str
    form: str  # base, third, past, participle, ing
    clause: bool
    hearer: bool
    infinitive: bool
    thing: bool
    particles: frozenset[str]
    attitude: bool
    loose: bool


def _verbs() -> dict[str, Verb]:
    say, tell, to, thing = SAY, TELL, TO, OBJECT
    table: dict[str, Verb] = {}
    for lemma in sorted(say | tell | to | thing | PARTICLES.keys() | QUOTED_ONLY | {"read", "put"}):
        if not lemma.isalpha():
            continue
        names = ("base", "third", "past", "participle", "ing")
        for form, name in zip((lemma, *inflect(lemma)), names, strict=True):
            if form in table and name in ("participle", "past"):
                continue
            table[form] = Verb(
                lemma,
                name,
                lemma in say or lemma in tell,
                lemma in tell,
                lemma in to,
                lemma in thing,
                PARTICLES.get(lemma, frozenset()),
                lemma in ATTITUDE,
                lemma in LESS_OFTEN,
            )
    return table


_BRITISH = {
    "labelled": "labeled", "labelling": "labeling", "signalled": "signaled",
    "signalling": "signaling", "learnt": "learned", "spelt": "spelled",
}  # fmt: skip


VERBS = _verbs()
del VERBS["regarding"]  # a preposition: «the defence of Bell regarding the fire»
VERBS |= {british: VERBS[american] for british, american in _BRITISH.items()}
"""Every form of every reporting verb, lower case."""

PRONOUNS = words("i you he she it we they who")
"""Pronouns that stand as subjects."""

AUXILIARIES = words(
    """has have had having was were is are am be been being do does did will would could should
    shall may might can must 's 're 've 'll 'd ain't isn't aren't wasn't weren't hasn't
    haven't hadn't doesn't don't didn't won't wouldn't couldn't shouldn't can't cannot
    mustn't not to never"""
)
BE = words("""was were is are am be been being isn't aren't wasn't weren't 's 're""")
ADVERBS = words(
    """also later then once again now still even just already often recently previously soon
    always sometimes further only simply first initially early earlier today yesterday
    tonight ever instead thus therefore however meanwhile quite rather long all both too
    never not indeed outright twice himself herself themselves itself"""
)
TIMES = words(
    """monday tuesday wednesday thursday friday saturday sunday today yesterday tomorrow
    tonight morning afternoon evening night noon week month year weekend january
    february march april may june july august september october november december early
    late earlier later last this next recently jan. feb. mar. apr. aug. sept. oct. nov.
    dec. repeatedly publicly privately afterward afterwards once again bluntly simply
    flatly"""
)
PREPOSITIONS = words(
    """in on at during after before by for with from about of to into over under through
    against among between via within without as despite since until upon amid outside
    inside near like toward towards across behind beyond per than"""
)
DETERMINERS = words(
    """the a an this that these those his her its their our my your some any each every no
    another several many most all both few more one two three four five six other such
    own"""
)
BOUNDARIES = words(
    """that because when while as if after before although though since until but so whether
    than what how why where which whereas unless once or and yet nor whom whose lest"""
)
NOUN_TOO = words(
    """states advocates figures guesses replies shouts chants cries laughs requests backs slams
    sneers whispers screams repeats charts champions claims reports calls questions
    demands plans hopes fears concerns notes views attacks remarks charges shows offers
    promises answers comments supports estimates predictions projects forecasts quotes
    credits rules terms brands labels details references posts tweets boasts warnings
    complaints votes doubts worries thanks challenges voices protests praises signals
    hints attempts pledges vows responses mentions says-so state email emails rates ranks paint
    waves sets set play plays rate rank feelings findings claim
    report call question demand plan hope fear concern note view attack remark charge
    show offer promise answer comment support estimate project quote credit rule term
    brand label detail reference post tweet boast vote doubt worry challenge voice
    protest praise signal hint pledge vow mention address champion blast love hate
    request promote favor favour back echo knock respect trust holds hold grants grant
    underlines forecast marvels moans groans frets hazards counsel"""
)
"""Forms that are as often nouns."""

VERB_FORMS = words(
    """went took made got came gave ran won lost left held kept met set stood began became goes
    takes makes gets comes gives runs wins loses holds keeps stands begins becomes looks
    looked sat rose fell led drew grew spent built bought sold sent caught taught
    brought broke chose drove ate flew forgot froze hid hurt laid lay let meant paid
    rode rang sang sank shook shut slept spoke spread stole struck swept threw wore has
    had is was are were does did reads put puts cut cuts quit would will could can may
    might should must"""
)
"""Verb forms that report nothing but end the noun phrase before them."""

SAYING = words(
    """statement message tweet letter email e-mail post ad ads memo speech article video report
    tweets release op-ed note sign poster banner text study paper review document dossier inquiry
    survey analysis blog book essay judgment ruling pamphlet leaflet booklet briefing submission
    story column editorial podcast bulletin newsletter guide manual complaint petition lawsuit
    filing affidavit verdict resolution communique audit account draft annex charter manifesto
    prospectus brochure notice circular"""
)
"""Nouns of things that say something for whoever made them."""

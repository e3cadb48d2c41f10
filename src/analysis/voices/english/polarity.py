"""Which words deny, which pass a denial on, which only say that something is possible.

Classes follow the field: two-way and one-way implicatives (Karttunen 1971), neg raising (Horn
1978), plugs, holes and filters (Karttunen 1973).
"""

from __future__ import annotations

from analysis.voices.english.cues import SAY, TELL, inflect
from analysis.voices.english.wordlist import words

NOT = words("not n't n’t never nt nor")
"""Words that negate the verb or the word they stand at."""
HARDLY = words("barely hardly scarcely rarely seldom nowhere unsuccessfully")
"""Adverbs as good as a negation."""
NOBODY = words("nobody none nothing neither no-one noone nought")
"""Subjects and objects that negate their verb."""
NO = words("no neither zero nil")
"""Determiners that negate their noun."""
FEW = words("little few scant")
"""Determiners that negate, unless «a» stands before them."""
NOT_DENYING = words(
    """only just merely simply solely necessarily alone least entirely always everyone
    everybody all every surprisingly surprising since"""
)
"""Words after «not» that take its force away."""
NO_DENIAL = words(
    """doubt question wonder surprise coincidence secret accident matter mistake exaggeration
    denying disputing mistaking escaping mystery longer stranger secrets
    question different difficulty difficulties trouble"""
)
"""Nouns after «no» that strengthen what follows."""
DEONTIC = words("must should ought shall let")
"""Auxiliaries whose negation forbids."""

DENY = words(
    """deny reject dismiss refute rebut dispute repudiate disavow contradict disclaim debunk
    dispel discredit disprove negate scotch quash belie downplay discount rubbish"""
)
"""Verbs by which a voice denies what follows."""
STOP = words(
    """fail refuse decline avoid prevent cease neglect forgo forego forbear refrain abstain
    lack eliminate cancel scrap shelve abandon halt stop suspend preclude forestall
    withhold omit abolish discontinue thwart foil avert rescind scuttle eschew shun
    preempt hesitate end exclude obviate terminate drop withdraw axe ditch revoke repeal ban
    outlaw forbid prohibit"""
)
"""Verbs that say that what follows does not come about, or is no more."""
KEEP = words(
    """ignore forget underestimate undermine weaken neglect overlook oppose mind lose break
    violate spare
        surrender harm hurt endanger threaten damage compromise trouble affect protect respect
    question challenge address solve discuss consider like love understand know regret resent
    apply enforce follow criticise criticize condemn attack explain describe mention answer
    welcome fear hate trust ensure guarantee observe satisfy meet match share doubt define
    interpret read touch change erode jeopardise jeopardize diminish reduce limit restrict
    impair waive relinquish give sacrifice breach infringe impede hamper hinder end stop
    prevent reject deny dismiss avoid outweigh override trump displace replace attend visit
    join leave reach pay disclose identify specify elaborate comment confirm reveal release
    escape flee comply regulate monitor return lift think believe say tell justify improve
    strengthen
    authorise authorize determine resolve settle exhaust reconcile square overstate exaggerate
    excuse fault measure compare equal rival quantify tolerate condone curb tackle combat
    counter confront punish prosecute expose investigate probe remedy suppress resist restrain
    rein conceal hide examine review audit assess evaluate inspect oversee supervise
    scrutinise scrutinize debate extinguish curtail trample invade destroy dismantle circumvent
    bypass sidestep flout subvert eviscerate hollow"""
)
"""Verbs whose object is there whether or not the verb is denied."""
MAKE = words(
    """require defend open pave do have make use conduct hold keep collect create build seek want
    need provide offer include contain mean become introduce launch face pose cause produce
    involve amount constitute represent be practise practice perform run operate carry
    undertake engage commit intend plan propose support favour favor allow permit sanction
    expect foresee anticipate envisage contemplate take show present exercise enjoy establish
    maintain impose order begin start possess allege suggest claim spell signal herald raise
    advocate endorse promote conclude reach gain win secure resort result lead come contribute
    equate exist detect set call put develop reflect participate imply entail demonstrate
    prove indicate"""
)
"""Verbs whose object is denied with them."""
RAISE = words(
    """think believe accept suppose expect imagine seem appear want intend plan feel reckon mean
    suggest guess anticipate look wish consider deem choose hope figure try attempt seek
    happen manage bother dare begin start get come go continue prove tend need have be
    let make help allow require compel force agree dream aim use find see cause lead do
    like design supposed going able ready willing likely inclined convinced about meant
    designed intended required certain true possible case accurate correct fair right
    legitimate plausible prepared obliged sure conceivable"""
)
"""Words that pass a denial down to their complement."""
SORT = words(
    """evidence proof sign indication hint suggestion trace plan intention desire wish reason need
    way basis ground grounds money means resources courage will chance prospect hope
    possibility danger risk point attempt effort sense question kind form sort type thing part
    instance act case example amount level number use practice programme program policy system
    regime talk idea justification authority power ability right capacity opportunity interest
    shred scrap whiff scintilla iota semblance vestige inkling era days age appetite aim goal
    purpose object provision allowance agreement increase change decline drop rise growth
    creation establishment introduction imposition adoption construction deployment"""
)
"""Nouns that pass a denial down to what they are of."""
REVERSE = words(
    """impossible unable unlikely false untrue wrong incorrect mistaken misleading absurd
    nonsense ridiculous ludicrous preposterous inaccurate fanciful inconceivable
    unthinkable implausible incapable mistake fallacy myth lie fiction fantasy error
    delusion misconception nonsensical failure refusal inability rejection denial
    dismissal refutation absence lack rebuttal impossibility abolition cancellation
    suspension cessation avoidance free devoid innocent exempt immune baseless unfounded
    groundless hoax caricature misnomer invention refuse fail doubtful sceptical
    skeptical disavowal debunking laughable risible far-fetched untenable moratorium repudiation
    shortage paucity dearth far cease"""
)
"""Adjectives and nouns that deny their complement, or their subject."""
CLAIM = words(
    """claim claims allegation allegations suggestion suggestions accusation accusations charge
    charges assertion assertions notion notions idea ideas argument arguments characterisation
    characterization view theory theories report reports rumour rumours rumor rumors talk
    insinuation insinuations criticism criticisms story stories myth contention label fears
    concern concerns speculation complaint complaints implication premise narrative
    description picture account depiction existence presence portrayal perception impression
    comparison comparisons
    analogy analogies metaphor
    interpretation belief possibility prospect likelihood probability myths warning warnings
    prediction predictions portrait caricature finding findings conclusion conclusions"""
)
"""Nouns by whose denial their content is denied."""
EVALUATION = words(
    """wrong mistake mistaken absurd ridiculous ludicrous preposterous misleading error
    incorrect inaccurate unfair nonsense dishonest exaggeration simplistic naive foolish insult
    laughable risible far-fetched perverse daft funny comical farcical premature silly idiotic
    disingenuous distortion slur
    travesty smear libel stretch insulting offensive outrageous scurrilous caricature"""
)
"""What it is to say or think something that is not so."""
THINKING = words(
    """say call think suggest describe believe claim argue conclude assume infer imagine see
    treat regard portray speak talk label characterise characterize pretend view assert
    allege suppose consider depict present paint equate accuse"""
)
"""Verbs of saying and thinking, under which an evaluation denies."""
HEDGING = words(
    """seem appear believe think expect hope fear suspect want plan threaten try attempt seek
    ask urge propose suppose suggest imagine guess speculate wonder doubt worry wish
    intend demand request order recommend consider warn need aim prepare allege require
    predict envisage contemplate risk offer assume agree pledge promise vow invite
    encourage persuade likely unlikely possible potential willing ready prepared able
    eager due set supposed alleged suspected presumed potential prospective would-be
    probable reluctant unwilling unclear uncertain conceivable plausible hypothetical
    possibility risk fear allegation proposal attempt prospect suspicion hope
    speculation danger desire wish effort decision intention demand option threat
    potential opportunity recommendation expectation goal aim target offer bid
    accusation commitment design schedule estimate forecast encourage vote apply
    authorise authorize"""
)
"""Words under which what follows is not said to be so."""
MODAL = words("may might could must should ought can")
"""Auxiliaries of what is only possible, or only due."""
PERHAPS = words(
    """perhaps possibly maybe probably reportedly allegedly apparently seemingly supposedly
    conceivably arguably presumably potentially likely hopefully purportedly ostensibly
    theoretically"""
)
"""Adverbs of what is only possible."""
IF = words("if whether unless until lest")
"""Conjunctions of what is not yet so."""
THERE = words(
    """return recur resurface apply exist happen occur materialise materialize arise ensue emerge
    loom"""
)
"""Verbs whose denial denies their subject."""
NOT_WHAT = words(
    """what case aim goal point purpose idea plan something anything intention intent object
    objective reality fact here there happening practice true real underway place way business
    policy"""
)
"""What X is not, where «X is not …» says that there is no X."""
GONE = words(
    """dead over finished gone myth nonsense fiction fantasy lie hoax false untrue baseless
    nonexistent non-existent invention fabrication absent lacking impossible history
    unfounded groundless fallacy caricature misnomer missing unheard unthinkable
    bunkum hogwash claptrap poppycock twaddle rubbish bogus fabricated fictional fictitious
    laughable risible far-fetched untenable figment fairytale canard cancelled canceled moonshine
    balderdash piffle tosh hokum hooey guff drivel codswallop baloney gibberish garbage
    scaremongering fearmongering hysteria hyperbole paranoia propaganda unsubstantiated
    unsupported unproven malicious defamatory libellous slanderous exaggerated overblown
    overstated inflated nonsensical incorrect mistaken misplaced misguided misinformed mischief
    bluster tripe bilge hot-air misconception delusion"""
)
"""What X is, where «X is …» says that there is no X."""
UNREAL = words(
    """non-existent nonexistent fictitious imaginary phantom imagined mythical nonsensical
    baseless unfounded"""
)
"""Adjectives that deny their noun."""
ASIDE = {
    "brush": words("aside off away"), "wave": words("aside away off"), "laugh": words("off at"),
    "shrug": words("off"), "rule": words("out"), "bat": words("away"), "swat": words("away aside"),
    "knock": words("down back"), "shoot": words("down"), "turn": words("down"),
    "throw": words("out"), "explain": words("away"), "play": words("down"),
    "push": words("aside back"), "hit": words("back out"),
    "fight": words("off"), "pour": words("cold scorn"), "cast": words("doubt aside"),
    "strike": words("down"),
    "take": words("issue"), "dispose": words("of"),
    "sweep": words("aside"), "talk": words("down"), "bristle": words("at"), "baulk": words("at"),
    "scoff": words("at"), "bridle": words("at"), "balk": words("at"),
    "scotch": words("the"), "give": words("lie short"),
}  # fmt: skip
"""Verbs that deny with a particle: «brush aside suggestions that», «rule out»."""
DEPRIVE = words("deprive rob strip rid acquit absolve exonerate clear")
"""Verbs that take away what follows «of»."""
FROM = words(
    """prevent stop keep refrain abstain bar desist deter dissuade preclude constrain excuse
    prohibit ban forbid"""
)
"""Verbs that deny what follows «from»."""

_MORE = words(
    """brush wave laugh shrug bat swat knock shoot turn throw play sweep push hit fight pour
    demolish explode puncture shatter ridicule scorn mock deride lampoon cast scoff bristle
    deprive rob strip rid acquit absolve exonerate clear vanish disappear evaporate cease
    strike bridle balk baulk dispose talk lapse collapse crumble decide rule vote advise
    participate rely depend resort portray
    qualify approve stem arise derive shy step back pull walk retreat steer"""
)
_IRREGULAR = {
    "shied": "shy", "shying": "shy", "stepped": "step", "stepping": "step",
    "denies": "deny", "shot": "shoot", "threw": "throw", "swept": "sweep", "fought": "fight",
    "thrown": "throw", "struck": "strike", "shrugged": "shrug", "batted": "bat", "swatted": "swat",
    "is": "be", "are": "be", "was": "be", "were": "be", "am": "be", "been": "be", "being": "be",
    "'s": "be", "'re": "be", "'m": "be", "ai": "be",
    "has": "have", "had": "have", "having": "have", "'ve": "have",
    "did": "do", "does": "do", "done": "do", "doing": "do",
    "made": "make", "took": "take", "taken": "take", "kept": "keep", "held": "hold",
    "meant": "mean", "got": "get", "gotten": "get", "gave": "give", "given": "give",
    "sought": "seek", "led": "lead", "left": "leave", "lost": "lose", "broke": "break",
    "broken": "break", "built": "build", "came": "come", "became": "become", "thought": "think",
    "felt": "feel", "found": "find", "saw": "see", "seen": "see", "forgot": "forget",
    "forgotten": "forget", "chose": "choose", "chosen": "choose", "forbade": "forbid",
    "forbidden": "forbid", "withheld": "withhold", "ran": "run", "drew": "draw",
    "understood": "understand", "told": "tell", "said": "say", "knew": "know", "known": "know",
    "paid": "pay", "won": "win", "shown": "show", "undertook": "undertake",
    "began": "begin", "begun": "begin", "went": "go", "gone": "go", "foresaw": "foresee",
    "forgone": "forgo", "meeting": "meet", "shunned": "shun", "barred": "bar", "barring": "bar",
    "stopped": "stop", "stopping": "stop", "banned": "ban", "banning": "ban", "scrapped": "scrap",
    "planned": "plan", "planning": "plan", "omitted": "omit", "omitting": "omit",
    "committed": "commit", "permitted": "permit", "permitting": "permit", "committing": "commit",
    "refrained": "refrain", "getting": "get", "letting": "let", "bid": "bid", "rebutted": "rebut",
    "deterred": "deter", "averted": "avert", "vetoed": "veto", "cancelled": "cancel",
    "cancelling": "cancel", "dispelled": "dispel", "dispelling": "dispel", "referred": "refer",
    "preferred": "prefer", "compelled": "compel", "spelled": "spell", "set": "set", "put": "put",
    "robbed": "rob", "stripped": "strip", "dropped": "drop", "dropping": "drop",
    "withdrew": "withdraw",
    "withdrawn": "withdraw",
    "acquitted": "acquit", "stemmed": "stem", "arose": "arise", "clears": "clear", "running": "run",
    "beginning": "begin", "lying": "lie", "equated": "equate",
}  # fmt: skip


def _lemmas() -> dict[str, str]:
    table: dict[str, str] = {}
    listed = DENY | STOP | KEEP | MAKE | RAISE | HEDGING | SORT | THERE | FROM | SAY | TELL | _MORE
    for lemma in sorted(listed):
        for form in (lemma, *inflect(lemma)):
            table.setdefault(form, lemma)
    return table | _IRREGULAR


_LEMMAS = _lemmas()


def lemma(word: str) -> str:
    """Return the base form of a listed word, a noun's plural taken back; else the word."""
    found = _LEMMAS.get(word)
    if found is None and word.endswith("ies"):
        found = _LEMMAS.get(word[:-3] + "y")
    return found or word

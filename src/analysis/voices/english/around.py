"""The sentence around a term, whether it asks, and whether the next one takes it back."""

from __future__ import annotations

import re

REACH = 320
"""Characters on either side within which a sentence is looked for."""

_SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n\s*\n|\n(?=\s*\S)")
_ABBREVIATION = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|Prof|Sir|St|v|vs|No|U\.S|U\.K|[A-Z])\.$"
)
_ASKS = re.compile(r"[^.!?…\n]{0,200}\?")
_TAG = re.compile(
    r"[^.!?…\n]{0,200},\s*(?:is|are|was|were|do|does|did|has|have|had|would|will|can|could|should)"
    r"(?:n['’]t)?\s+(?:it|they|he|she|you|we|there|that|i)(?:\s+not)?\?"
    r"|[^.!?…\n]{0,200},\s*(?:right|correct|no|okay|eh)\?",
    re.IGNORECASE,
)
_DEMONSTRATIVE = r"(?:that|this|it|none of (?:that|this|it|those)|nothing of the (?:sort|kind))"
_VERY = (
    r"(?:\w+ly |just |quite |not even |flat |an? |the |pure |complete |utter |all |gross |rank "
    r"|plain "
    r"|outright |blatant |wild |serious |crude |total |absolute |sheer |deliberate |cynical "
    r"|bit of )*"
)
_FALSE = (
    r"(?:false|untrue|wrong|nonsense|rubbish|myth|lie|fiction|fantasy|invention|absurd|ridiculous"
    r"|incorrect|bunk|bogus|misleading|preposterous|rot|fabrication|caricature)\b"
)
_TAKEN_BACK = re.compile(
    r"\s*[\"'”’]*\s*[\"'“‘]*(?:well|oh|look|so|but|and|frankly|sorry)?[,\s]*(?:"
    r"(?:no|nope|never|hardly|wrong|nonsense|rubbish|untrue|false)(?=\s*(?:[.,!;—–-]|$))"
    r"|(?:absolutely|certainly|definitely|of course|surely|probably)? ?not (?:at all|so|true|in the"
    r" least|a bit of it|remotely)\b|(?:absolutely|certainly|definitely|of course|surely) not\b"
    r"|i (?:rather )?think not\b|give (?:me|us) strength|the very idea\b|do me a favou?r\b"
    r"|(?:please|come on|get real|dream on|ha|what nonsense|what rot|who are (?:they|you) kidding)"
    r"(?=\s*[.,!?;—–-])"
    r"|(?:you['’]re|you are|are you|they['’]re|they are) (?:joking|kidding|having a laugh"
    r"|dreaming)\b"
    r"|(?:pure |utter |complete |total |sheer |an? |absolute )+(?:myth|fiction|fantasy"
    r"|fairy tale|lie"
    r"|nonsense|invention|rubbish|hoax|fabrication)\b"
    r"|(?:of course |clearly |plainly |obviously |certainly |well,? )*(?:it|there|they|we|he|she"
    r"|that|this|i) "
    r"(?:is|was|are|were|did|do|does|has|have|had|would|will)(?:n['’]t| not| never)\s*[.!,;\"”]"
    r"|i (?:would|should|['’]d) say not\b|not (?:to my|that (?:i|we)|as far as|so far as"
    r"|any ?more)\b"
    r"|i (?:very much |rather |strongly )?(?:doubt it|disagree|beg to differ)\b"
    r"|(?:you|they|he|she) (?:would|['’]d) be (?:wrong|mistaken)\b"
    r"|(?:i|we|nobody|no one) (?:have|has|had)(?:n['’]t| not| never| yet to)? (?:seen|found|see)\b"
    r"|(?:please )?(?:do not|don['’]t) (?:you )?(?:believe|buy|fall for|listen to)\b"
    r"|(?:i|we) (?:do not|don['’]t|did not|didn['’]t) (?:buy|believe|accept|recogni[sz]e) (?:it"
    r"|that"
    r"|this|a word|any of|one word)\b"
    r"|not (?:a|one|any) (?:word|bit|shred|scrap|syllable|jot) of\b|not a chance\b|no chance\b"
    r"|there(?:['’]s| is| was) not (?:a|one) (?:word|shred|scrap|grain|jot) of\b"
    r"|(?:they|he|she|you|critics) could(?:n['’]t| not) be (?:more|further)\b"
    r"|(?:they|we|he|she|it|i) (?:simply |just )?(?:never (?:happened|existed)|made (?:it|that) up"
    r"|(?:does|did) not (?:exist|happen)|(?:does|did)n['’]t (?:exist|happen))\b"
    r"|(?:oh, )?(?:give me a break|don['’]t make me laugh|you must be joking|spare me|come off it"
    r"|pull the other one|hogwash|bunkum|bunk|poppycock|claptrap|balderdash|hardly that|as if)\b"
    r"|nothing could be further from\b|(?:quite |just )?the (?:very )?(?:opposite|reverse)\b"
    r"|far from it\b|on the contrary\b"
    r"|not (?:here|us|we|in (?:this|my|our) \w+|on (?:my|our) watch|under (?:this|my|our) \w+"
    r"|while (?:i|we))\b"
    r"|none of (?:that|this|it|those|them) (?:is|was|are|were|happened|happens|exists?)\b"
    rf"|{_DEMONSTRATIVE}\s*(?:is|was|'s|’s|are|were)(?: \w+ly)?(?:n['’]t| not| never)\s+"
    r"(?:\w+ly\s+)?(?:what|so|true|the case|how|our|us|who|happening|right|correct|going|here|it)\b"
    rf"|{_DEMONSTRATIVE}\s*(?:is|was|'s|’s)(?:n['’]t| not)\s*[.!]"
    rf"|{_DEMONSTRATIVE}\s*(?:is|was|'s|’s)\s+{_VERY}{_FALSE}"
    r"|(?:that|this|it)\s*(?:did|does|do|has|had|will|would|could|ca)(?:n['’]t| not| never)"
    r"(?:\s+(?:happen|exist|be|been|happened|occur)[^.]{0,20})?\s*[.!,]"
    r"|(?:they|he|she|you|critics)\s+(?:are|is|was|were)\s+(?:\w+ly\s+)?(?:wrong|mistaken|lying)\b"
    r"|there(?:['’]s| is| was| are| were) (?:no such|nothing of|none)\b"
    r"|(?:we|they|i|he|she)\s+(?:do|did|does|have|has|had|would|will|are|were|was|am|is)"
    r"(?:n['’]t| not| never)(?:\s+(?:do|done|doing|been|be)(?:\s+(?:that|this|it|so))?)?"
    r"\s*(?:[.!]|, [^.]{0,30}\.)"
    r"|(?:we|they|i)\s+(?:do|did)(?:n['’]t| not)\s+(?:think|believe) so\b"
    r"|(?:we|they|i|he|she)\s+(?:never did|never have|reject|deny|dispute)s?\b"
    r"[^.]{0,12}(?:that|this|it)?\s*[.,!])",
    re.IGNORECASE,
)
_FINITE = re.compile(
    r"\b(?:is|are|was|were|has|have|had|do|does|did|will|would|can|could|may|might|must|should)\b"
    r"|['’](?:s|re|ve|ll|d|m)\b|n['’]t\b",
    re.IGNORECASE,
)
_TOLD = re.compile(
    r"^[\s\"'“‘]*(?:(?:they|people|critics|some|others|many|opponents|you|we"
    r"|the (?:\w+ )?(?:press|media"
    r"|critics|campaigners|opposition|minister|papers))\b[^.]{0,25}?\b(?:say|says|talk|talks|speak|speaks"
    r"|call|calls|claim|claims|allege|alleges|hear|tell us|accuse|said|talked|spoke|called|claimed"
    r"|alleged|accused|told)\b"
    r"|(?:they|critics|people|some|others|opponents) (?:will|would|['’]ll|like to"
    r"|love to) (?:\w+ )?"
    r"(?:tell you|say|talk|speak|claim|have you believe)\b"
    r"|(?:it|this|that) has been (?:\w+ly )?(?:called|described|said|claimed|suggested|alleged)\b"
    r"|(?:we|you|people) (?:will|['’]ll|may|might|can) (?:often |always |no doubt |well |also )?"
    r"(?:hear|read|think|be told|have heard|have read|have been told)\b"
    r"|(?:you|we|i|people)(?:['’]ve| have) (?:all |often |no doubt |probably )?(?:heard|read"
    r"|been told)"
    r"\b|(?:we|you|i) (?:are|were|am|was) (?:often |always |constantly )?told\b"
    r"|it is (?:often )?said\b"
    r"|there (?:is|was|has been) (?:much |a lot of )?talk (?:of|about)\b|rumou?r has it\b"
    r"|the story goes"
    r"|(?:the|his|her|their|its) (?:\w+ )?(?:charge|claim|allegation|accusation|suggestion"
    r"|rumou?r|story)"
    r" (?:is|was)\b"
    r"|(?:i|we|you|people) (?:(?:keep|kept) (?:reading|hearing|being told)"
    r"|(?:often )?(?:read|hear))\b"
    r"|(?:\w+ ){1,3}(?:am|is|are|was|were) (?:often |always |sometimes )?asked\b)",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:asked|pressed|challenged|questioned|quizzed)\b[^.;]{0,90}\b(?:whether|if|about|over|on)\b",
    re.IGNORECASE,
)
_ANSWERED_NO = re.compile(
    r"\b(?:said|says|replied|answered|insisted|told|responded|testified|added)\b[^.;]{0,40}?"
    r"(?:\b(?:it|they|he|she|that|this|there|we)\s+(?:did|was|were|had|has|have|does|do|would|is|are"
    r"|will|could)\s*(?:n['’]t|not|never)\s*(?:[.,;\"”]|$)|\bno\b\s*(?:[.,;:\"”]|$)|[\"“]no\b)",
    re.IGNORECASE,
)
_RHETORICAL = re.compile(
    r"\b(?:since when|who (?:really )?(?:thinks|believes|says))\b", re.IGNORECASE
)


_CLAIMED = re.compile(
    r"\b(?:claims?|allegations?|suggestions?|accusations?|talk|reports?|rumou?rs?|notions?|ideas?"
    r"|charges?|stor(?:y|ies)|fears?)\b[^.;:!?]{0,50}$",
    re.IGNORECASE,
)
_OFF_THE_MARK = re.compile(
    r"[\"”’]*[^.;:!?,]{0,30}?\b(?:(?:have|has|had)\s+(?:no|little|zero|not the slightest)\s+"
    r"(?:basis|foundation|merit|substance|truth|grounding|validity)"
    r"|(?:is|was|are|were|seems?|proved?|turned out(?: to be)?)\s+(?:\w+ly |just |all |so |well )*"
    r"(?:unfounded|groundless|baseless|exaggerated|false|unjustified|wide of the mark"
    r"|off the mark|made up|made-up|without (?:foundation|merit|basis|substance)"
    r"|one (?:that )?[^.;:!?,]{1,30}\b(?:rejects?|den(?:y|ies)|disputes?)|for the birds"
    r"|pure invention|pie in the sky))",
    re.IGNORECASE,
)
_CALLING = re.compile(
    r"(?:\bto (?:call|describe|speak of|talk of|label|brand)|\b(?:calling|describing|labelling))\b"
    r"[^.;:!?]{0,40}$",
    re.IGNORECASE,
)
_MISCALLED = re.compile(
    rf"[\"”’]*[^.;:!?,]{{0,30}}?\b(?:is|was|would be|are)\s+{_VERY}"
    r"(?:wrong|absurd|ridiculous|misleading|mistaken|inaccurate|unfair|nonsense|dishonest|insulting"
    r"|preposterous|insult|mistake|distortion|exaggeration|slur|travesty|stretch|lie|myth|fantasy)\b",
    re.IGNORECASE,
)
_NOT_AS_IF = re.compile(
    r"(?<!not )(?<!n.t )\b(?:hard|difficult|impossible) to (?:believe|imagine|credit|see how)\b"
    r"[^.;:!?]*$"
    r"|\b(?:not|n['’]t) (?:exactly )?as (?:if|though)\b[^.;:!?]*$"
    r"|\b(?:struggle|struggles|fail|fails) to (?:see|believe|understand)"
    r" (?:how|where|this as|it as|that as)\b[^.;:!?]*$"
    r"|\bno (?:\w+ )?(?:evidence|proof|signs?|indication|trace|hint)"
    r" (?:has|have|had|was|were|is) (?:(?:ever|yet|so far) )?(?:been )?\w+ (?:of|that|for)\b"
    r"[^.;:!?]*$"
    r"|\bno more (?:of )?an? [^.;:!?]{0,12}$"
    r"|\bgone are the (?:days|times) (?:of|when)\b[^.;:!?]*$"
    r"|\bthe last thing (?:[\w’']+ ){1,4}?(?:want|need|desire)(?:s|ed)? (?:is|was)\b[^.;:!?]*$"
    r"|(?<!not )(?<!n.t )\b(?:is|was|would be) (?:\w+ly |just )?an? (?:exaggeration|distortion"
    r"|stretch|mistake|insult|slur|lie|travesty)"
    r" to (?:call|speak|talk|describe|label|suggest|say|claim|think|regard|see|view|treat|portray"
    r"|present|paint|depict|imagine|believe|suppose)\b(?:(?!\b(?:not|no|never)\b|n['’]t)[^.;:!?])*$"
    r"|\b(?:not (?:a|an|one) (?:grain|shred|scrap|word|ounce|iota|jot) of|no|little)"
    r" (?:truth|substance|merit|foundation) (?:in|to|behind)\b[^.;:!?]*$"
    r"|\b(?:little|nothing|not much|n['’]t much) (?:in the way of|by way of|resembling|approaching"
    r"|that resembles)\b[^.;:!?]{0,12}$"
    r"|\blet(?:['’]s| us) not (?:call|pretend|describe|speak|talk)\b[^.;:!?]{0,25}$"
    r"|\b(?:nothing|no \w+|nobody|little) (?:that|which|who) (?:could|can|might|would)(?: \w+)? be"
    r" (?:called|described as|termed|considered|taken for|construed as)\b[^.;:!?]{0,15}$"
    r"|\b(?:gives?|gave|lends?|lent|attach(?:es|ed)?|puts?) (?:no|little|scant) (?:credence|weight"
    r"|credit|store|stock) (?:to|by|in) (?:\w+ ){0,3}?(?:claims?|rumou?rs?|reports?|allegations?"
    r"|suggestions?|talk|stories|the (?:idea|notion))\b[^.;:!?]*$"
    r"|\bstill waiting (?:for|to see|to be shown)\b[^.;:!?]{0,25}$"
    r"|\b(?:has|have|had) (?:nothing|little) in common with\b[^.;:!?]{0,20}$"
    r"|\b(?:bears?|bore) (?:no|little) (?:\w+ )?(?:resemblance|relation|similarity"
    r"|likeness) to\b[^.;:!?]{0,20}$"
    r"|(?:\bnot|\bnever|n['’]t)(?: to)? be (?:confused with|mistaken for|mixed up with"
    r"|conflated with)\b"
    r"[^.;:!?]{0,20}$"
    r"|\b(?:nothing|little|few things) (?:could|can|would) be (?:further|farther|more remote)"
    r"(?: removed)? from\b[^.;:!?]{0,20}$"
    r"|\b(?:world of"
    r"|all the) difference(?: in the world)? between\b[^.;:!?]{1,40}\band\b[^.;:!?]{0,10}$"
    r"|\bwhat (?:\w+ )?(?:(?:is|was|are) (?:\w+ )?(?:missing|lacking|absent)|(?:it|he|she|they|we"
    r"|you|the \w+) (?:lacks?|lacked)) (?:is|was)\b[^.;:!?]{0,15}$"
    r"|^\W*not (?:for (?:a|one) (?:moment|second|minute)|at any (?:time|point|stage)"
    r"|in any (?:way|sense))"
    r" (?:did|do|does|have|has|had|was|were|is|are|would|will|can|could)\b[^.;:!?]*$",
    re.IGNORECASE,
)
_DISMISSED_AS = re.compile(
    r"\b(?:dismiss|reject|derid|decr|rubbish|denounc|ridicul|brand|scorn|mock)\w* as"
    r" [^.;:!?]{2,60}?\b(?:claims?|allegations?|suggestions?|accusations?|reports?|rumou?rs?"
    r"|charges?|fears?|stor(?:y|ies)|talk|the (?:idea|notion|claim|suggestion|allegation|charge))"
    r"\s+(?:that|of|about)\b[^.;:!?]*$",
    re.IGNORECASE,
)
"""«Dismissed as fantasy reports that …»."""
_FRONTED = re.compile(
    r"[\"”’]*,?\s*(?:(?:it|this|that|they|these|we)\s*(?:is|was|are|were|['’]s)\s*"
    r"(?:\w+ly )?not\s*[.!;,\"”]"
    r"|(?:is|was)\s+(?:\w+ly |just )?what (?:this|it|that) (?:is|was)(?:n['’]t| not)\b"
    r"|(?:is|was|would be) the last thing (?:[\w’']+ ){1,4}?(?:want|need|desire))",
    re.IGNORECASE,
)
"""«Mass surveillance it is not», «… is the last thing we want»."""
_ABSENT = re.compile(
    r"[\"”’]*\s+(?:(?:has|have|had) yet to (?:arrive|materiali[sz]e|appear|happen|emerge|come"
    r"|exist)\b|(?:is|was|are|were|has been|have been|remains?|seems?)\s+(?:\w+ly |still |simply )*"
    r"(?:conspicuous by (?:its|their) absence|nowhere (?:to be (?:found|seen)|in sight|near)"
    r"|lacking|missing|wanting|in short supply)\b)",
    re.IGNORECASE,
)
"""«Oversight is nowhere to be found», of a term that opens its sentence."""
_OPENS_IT = re.compile(
    r"[\"'“‘\s]*(?:(?:the|any|all|such|real|true|proper|meaningful|but|and|so)\s+){0,3}",
    re.IGNORECASE,
)
_BUT_NONE = re.compile(
    r"[\"”’]*[^.;:!?]{0,30}?(?:,?\s(?:and|but)\s(?:\w+\s){0,2}?(?:found|finds|got|gets|saw|see|received|had|have"
    r"|heard)\s(?:none|nothing|neither)(?: of it)?\s*[.,;\"”]"
    r"|[.?;,—–]\s*(?:and |but |well,? |no,? |of course,? )?there (?:is|was|are|were)(?: none\b"
    r"|(?:n['’]t| not)(?: any| one| any more)?\s*[.,;!\"”])"
    r"|[.;]\s*(?:we|they|i|he|she|it) (?:got|received|delivered|saw|found|had) (?:none|nothing"
    r"|neither)\b)",
    re.IGNORECASE,
)
"""«They looked for oversight and found none», «… checks and balances. There are none»."""
_IF_THERE = re.compile(
    r"[\"'“‘\s]*if there (?:is|was|were|has been)\s(?:\w+\s){0,3}", re.IGNORECASE
)
_NEVER_SEEN = re.compile(
    r"[\"”’]*,\s(?:i|we|nobody|no one|no \w+)\b[^.;:!?]{0,20}?(?:\bnot|n['’]t|\bnever|\bnobody"
    r"|\bno \w+|\bhas"
    r"|\bhave) (?:\w+ )?(?:seen|found|heard|produced|shown|met)\b",
    re.IGNORECASE,
)
"""«If there is a backdoor, I have never seen it»."""
_JUSTIFIED = re.compile(
    r"[\"”’]*[^.;:!?,]{0,30}?\b(?:could|can|would|might|may|is|was|are|were) (?:ever |possibly )?"
    r"(?:(?:be|have been|been) )?(?:justified|defended|excused|lawful|legal|necessary|proportionate"
    r"|acceptable|tolerated|reconciled|warranted|fair|right|wise|helpful|effective|directed)\b",
    re.IGNORECASE,
)
"""«It is hard to see how such surveillance could be justified» leaves it standing."""
_AS_IF_NOT = re.compile(
    r"\bas (?:if|though)\b.*(?:\b(?:no|not|never|nobody|nothing)\b|n['’]t\b)", re.IGNORECASE
)
_NEGATIVE = re.compile(
    r"\b(?:not|never|no|nor|neither|nobody|none|nothing|without|cannot|hardly|few|little|den(?:y|ie[sd])"
    r"|reject\w*|refus\w*|fail\w*|wrong|false|myth|lack\w*)\b|n['’]t\b",
    re.IGNORECASE,
)


_ACTED = re.compile(
    r"\b(?:they|he|she|it|you|people|some|who|someone|somebody|courts?|government|agency|company"
    r"|officers?|police|critics)(?:['’](?:ll|d)| will| would| could| can| might| may)? ?"
    r"(?:\w+ ){0,2}?(?:say|says|said|saying|argue|argued),? "
    r"(?:to \w+, )?(?:well|look|oh|okay|hey|no|yes),",
    re.IGNORECASE,
)
_THROWN_OUT = re.compile(
    r"\W*(?:we|they|i|he|she|parliament|the \w+|that(?: \w+)?(?: was| were)?|it was|those were)\s"
    r"(?:\w+\s){0,3}?(?:threw|thrown|ruled|dropped|scrapped|abandoned|rejected|dismissed|buried|killed"
    r"|ditched|shelved|dumped|binned)\b",
    re.IGNORECASE,
)
"""«A golden key? We threw that idea out.»"""
_FRAGMENT = 8
"""Words of the longest question without a verb."""
_NO_AT_ALL = re.compile(
    r"(?:\b(?:not|never|no|nobody|none|nothing|neither|hardly)\b|n['’]t\b)"
    r"(?! (?:only|just|merely|doubt|question|wonder|matter|enough|yet)\b)",
    re.IGNORECASE,
)
_WELCOMES = re.compile(
    r"\b(?:against|oppos\w+|object\w*|mind|problem|afraid|going away|wait|afford|without"
    r"|complain\w*"
    r"|sorry|regret\w*|apologi\w+|deny|denies|denied|doubt\w*|stop\w*|end)\b",
    re.IGNORECASE,
)
"""Words by which an answer with a «no» leaves what was asked about standing."""


def negative_word(text: str, begin: int, stop: int) -> bool:
    """Say whether a sentence holds a negative word anywhere."""
    return _NEGATIVE.search(text, begin, stop) is not None


def sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the sentence around a span, no farther than a reach on either side."""
    low, high = max(0, start - REACH), min(len(text), end + REACH)
    begin = low
    for match in _SENTENCE_END.finditer(text, low, min(len(text), start + 2)):
        if match.end() <= start and not _ABBREVIATION.search(text, low, match.start() + 1):
            begin = match.end()
    stop = high
    for match in _SENTENCE_END.finditer(text, end, high):
        if not _ABBREVIATION.search(text, end, match.start() + 1):
            stop = match.end()
            break
    return begin, stop


def asks(text: str, end: int) -> bool:
    """Say whether the next sign after a term that ends a sentence is a question mark."""
    last = min(len(text), end + REACH)
    return bool(_ASKS.match(text, end, last)) and not _TAG.match(text, end, last)


def none_of_it(text: str, begin: int, start: int, end: int, last: int) -> bool:
    """Say whether the same voice goes on that there is none: «… safeguards. There are none»."""
    if _IF_THERE.fullmatch(text, begin, start) and _NEVER_SEEN.match(text, end, last):
        return True
    return _BUT_NONE.match(text, end, min(last, end + 80)) is not None


def not_as_if(text: str, begin: int, start: int, end: int, stop: int) -> bool:
    """Say whether words before or after a term deny it: «it is not as if», «X it is not»."""
    found = _NOT_AS_IF.search(text, begin, start)
    if found is not None and not _AS_IF_NOT.search(found.group()):
        return _JUSTIFIED.match(text, end, stop) is None
    if _OPENS_IT.fullmatch(text, begin, start) and _ABSENT.match(text, end, stop):
        return True
    return not text[begin:start].strip(" \"'“‘") and _FRONTED.match(text, end, stop) is not None


def wrongly_called(text: str, begin: int, start: int, end: int, stop: int) -> bool:
    """Say whether it is wrong to say so: «to call this X is absurd», «talk of X is made up»."""
    if _DISMISSED_AS.search(text, begin, start):
        return True
    if _CLAIMED.search(text, begin, start) and _OFF_THE_MARK.match(text, end, stop):
        return True
    called = _CALLING.search(text, begin, start) is not None
    return called and _MISCALLED.match(text, end, stop) is not None


def put_in_mouth(text: str, begin: int, start: int) -> bool:
    """Say whether somebody else is acted as saying so: «they'll say, well, there is no X»."""
    return _ACTED.search(text, begin, start) is not None


def rhetorical(text: str, begin: int, start: int) -> bool:
    """Say whether a question denies what it asks: «since when is»."""
    return _RHETORICAL.search(text, begin, start) is not None


def taken_back(text: str, around: tuple[int, int], term: tuple[int, int], last: int) -> bool:
    """Say whether a question, a fragment or hearsay is denied by the sentence that follows.

    Parameters
    ----------
    text : str
    around, term : tuple of int
        The characters of the sentence, and of the term in it.
    last : int
        Where its voice ends: another voice's answer is not its own.
    """
    (begin, stop), (start, end) = around, term
    question = asks(text, end)
    if question:
        stop = text.index("?", end) + 1
    elif (_FINITE.search(text, begin, stop) and not _TOLD.match(text[begin:start])) or (
        not _TOLD.match(text[begin:start]) and len(text[begin:stop].split()) > 8
    ):
        return False
    if _TAKEN_BACK.match(text, stop, min(last, stop + 120)) is not None:
        return True
    echo = re.compile(rf"\s*what (?:\w+ ){{0,2}}?{re.escape(text[start:end])}\b", re.IGNORECASE)
    if question and echo.match(text, stop, last):
        return True
    return question and _waved_off(text, begin, stop, last)


def _waved_off(text: str, begin: int, stop: int, last: int) -> bool:
    """Say whether «Going dark? We have never seen so well» answers a question without a verb."""
    if _FINITE.search(text, begin, stop) or len(text[begin:stop].split()) > _FRAGMENT:
        return False
    following = re.compile(r"[^.!?…]{0,160}[.!?…,]?").match(text, stop, min(last, stop + 160))
    answer = following.group() if following else ""
    if _THROWN_OUT.match(answer):
        return True
    return bool(_NO_AT_ALL.search(answer)) and not _WELCOMES.search(answer)


def answered_no(text: str, begin: int, start: int, end: int, stop: int) -> bool:
    """Say whether a term that somebody was asked about is denied in the same sentence."""
    return bool(_ASKED.search(text, begin, start)) and bool(_ANSWERED_NO.search(text, end, stop))

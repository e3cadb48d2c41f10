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
VERY = (
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
    rf"|{_DEMONSTRATIVE}\s*(?:is|was|'s|’s)\s+{VERY}{_FALSE}"
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
    elif not _TOLD.match(text[begin:start]) and (
        len(text[begin:stop].split()) > _FRAGMENT or _FINITE.search(text, begin, stop)
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

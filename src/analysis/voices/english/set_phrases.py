"""Set phrases before and after a term that deny it: «hard to believe that», «talk of … is made up».

The patterns are long, and few sentences hold any word of theirs: they are tried where one is there.
"""

from __future__ import annotations

import re

from analysis.voices.english.around import VERY
from analysis.voices.english.wordlist import words, words_in

_CLAIMS = words(
    """claim claims allegation allegations suggestion suggestions accusation accusations talk report
    reports rumor rumors rumour rumours notion notions idea ideas charge charges story stories fear
    fears"""
)
_CALLS = words("call describe speak talk label brand calling describing labelling")
_AS_IF = words(
    """believe imagine credit see if though understand evidence proof sign signs indication trace
    hint more gone last exaggeration distortion stretch mistake insult slur lie travesty truth
    substance merit foundation way resembling approaching resembles let called described termed
    considered taken construed credence weight store stock waiting common resemblance relation
    similarity likeness confused mistaken mixed conflated further farther remote difference missing
    lacking absent lack lacks lacked moment second minute time point stage
    sense"""
)
"""Words, one of which stands in each phrase that :data:`_NOT_AS_IF` finds."""
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
    rf"[\"”’]*[^.;:!?,]{{0,30}}?\b(?:is|was|would be|are)\s+{VERY}"
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


def not_as_if(text: str, begin: int, start: int, end: int, stop: int) -> bool:
    """Say whether words before or after a term deny it: «it is not as if», «X it is not»."""
    before = text[begin:start]
    if words_in(before) & _AS_IF:
        found = _NOT_AS_IF.search(before)
        if found is not None and not _AS_IF_NOT.search(found.group()):
            return _JUSTIFIED.match(text, end, stop) is None
    if _OPENS_IT.fullmatch(before) and _ABSENT.match(text, end, stop):
        return True
    return not before.strip(" \"'“‘") and _FRONTED.match(text, end, stop) is not None


def wrongly_called(text: str, begin: int, start: int, end: int, stop: int) -> bool:
    """Say whether it is wrong to say so: «to call this X is absurd», «talk of X is made up»."""
    before = text[begin:start]
    found = words_in(before)
    if found & _CLAIMS:
        if _DISMISSED_AS.search(before):
            return True
        if _CLAIMED.search(before) and _OFF_THE_MARK.match(text, end, stop):
            return True
    called = found & _CALLS and _CALLING.search(before)
    return bool(called) and _MISCALLED.match(text, end, stop) is not None

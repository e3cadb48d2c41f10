"""Whether a term is named rather than used: «so-called», «the phrase», «a term used for»."""

from __future__ import annotations

import re

from analysis.voices.english.wordlist import words, words_in

_NAMING = words(
    """call calls called term terms termed dub dubs dubbed as label labels labelled labeled headed
    titled entitled christened defines defined defining name names word words phrase phrases
    expression expressions jargon by slogan euphemism buzzword catchphrase notion concept metaphor
    tag motto cliche clich shorthand heading title definition describes"""
)
"""Words, one of which stands in each phrase that :data:`_BEFORE` finds."""
_WITHHOLDING = words(
    """call calling describe describing say saying use using utter label labelling labeling terming
    alleging accusing"""
)
"""The same for :data:`_WITHHELD`."""
_BEFORE = re.compile(
    r"(?:\bso[- ]called|\b(?:a|an|the|this|that|something|somebody"
    r"|things?)\s(?:[\w-]+\s){0,4}?(?:that\s|which\s)?"
    r"(?:it|they|he|she|we|some|many|critics|officials|lawyers|engineers|experts|insiders)\s"
    r"(?:(?:\w+ly|like to|likes to)\s)?(?:calls?|called|terms?|termed|dubs?|dubbed)"
    r"|\bwhat\s(?:[\w-]+\s){1,4}?(?:knows?|knew|speaks? of|refers?)\s(?:to\s)?as"
    r"|\b(?:what|which)\b[^.;:!?\"“]{0,50}?\b(?:calls?|called|terms?|termed|dubs?"
    r"|dubbed|labels?|labell?ed|describes?|described as|refers? to as|referred to as)(?:\s+as)?"
    r"|\b(?:known(?:\s\w+){0,3}?|referred to|described|billed|branded|styled)\s+as"
    r"|\b(?:headed|titled|entitled|christened|dubbed)|\bdefin(?:es|ed|ing)"
    r"|\b(?:names?|words?|terms?|phrases?|expressions?)\s+for\s+(?:it|this|that|them|what\s\w+\s\w+)"
    r"(?:\s+(?:is|was))?|\bin\s+the\s+jargon(?:,|\s+(?:this|it|that)\s+(?:is|was))|^\W*by(?=\s[\"'“‘]*$)"
    r"|\b(?:the|a|an|this|that|these|those|such|his|her|their|its|of)\s+(?:\w+\s+){0,2}?"
    r"(?:terms?|phrases?|words?|expression|label|slogan|euphemism|buzzword|catchphrase|notion"
    r"|concept|metaphor|tag|motto|cliche|cliché|jargon|shorthand|name|heading|title|definition)"
    r"(?:\s+(?:of|like|for|such as|as|called))?"
    r"|\w['’]s\s+(?:terms?|phrases?|words?)|\b(?:by|with)\s+the\s+(?:name|words?)|\bterm(?:s|ed)?|\bthe\s+words?|\bthe\s+phrase"
    r"|\b(?:says?|uses?|used|using|hears?|heard|utters?|uttered)\s+(?:the\s+)?(?:words?|terms?))"
    r"(?!\w)[\s,:]*(?:of\s+)?(?:the\s+|a\s+|an\s+)?[\"'“‘]*$",
    re.IGNORECASE,
)
_AFTER = re.compile(
    r"^[\"'”’]*\s*(?:[,(—–-]+\s*)?(?:"
    r"(?:as|or)\s+(?:it|he|she|they|we|some|critics|officials)\b[^.;!?]{0,40}?\b(?:calls?|called|puts?"
    r"|terms?|like)\b"
    r"|as\s+\w+(?:\s+\w+){0,3}\s+(?:calls?|called|puts?|termed|terms?)\s+it"
    r"|(?:a|an|the|that|this|whose)\s+(?:\w+\s+){0,3}?(?:term|phrase|word|expression|label|slogan"
    r"|euphemism|buzzword|catchphrase|shorthand|jargon|name)\b"
    r"|(?:in|to\s+use)\s+(?:the|its|his|her|their)\s+(?:[\w'’]+\s+){0,2}?(?:jargon|phrase|words?|term"
    r"|parlance|language|lingo)\b"
    r"|(?:is|was|are|were|has become|had become|became|remains)\s+(?:itself\s+)?(?:a|an|the|his|her"
    r"|their|our|not a)\s+(?:[\w'’]+\s+){0,3}?(?:term|phrase|word|expression|label|slogan|euphemism"
    r"|buzzword|metaphor|misnomer|name|jargon)\b"
    r"|meaning\b|means\b|meant\b|which\s+means\b|refers?\s+to\b|referring\s+to\b|defined\s+as\b"
    r"|stands\s+for\b|shorthand\s+for\b|jargon\s+for\b)",
    re.IGNORECASE,
)
_WITHHELD = re.compile(
    r"(?:(?:\bnot|n['’]t) go (?:quite )?(?:so|as) far as to (?:call|describe|say|use)"
    r"|\b(?:stop|stops|stopped|stopping|fall|falls|fell)\s+short\s+of\s+(?:calling|describing|saying|labelling"
    r"|labeling|terming|alleging|accusing)"
    r"|(?<!not )(?<!n['’]t )\b(?:refus|declin|hesitat|avoid|shr[aiu]nk|balk)(?:e|es|ed|ing"
    r"|s)?\s+(?:to\s+(?:call|use|describe|utter|say|label)"
    r"|at\s+(?:calling|using|describing)|from\s+(?:calling|using|describing)|calling|using|describing))\b[^.;!?]{0,60}$",
    re.IGNORECASE,
)


_SPOKEN_OF = re.compile(
    r"\b(?:speaks?|spoke|talks?|talked|writes?|wrote|warns?|warned|tells?|told|heard|hear)"
    r" (?:of|about) (?:an? |the )?[\"“‘']$",
    re.IGNORECASE,
)
_GLOSSED = re.compile(
    r"[\"”’',]*\s*(?::|[–—-]+|\(|,)\s*(?:an?|the|that is|meaning|i\.e\.|in other words|or)\b"
)
"""«… speak of “key escrow”: a copy of every key»."""


def named(text: str, begin: int, start: int, end: int, stop: int) -> bool:
    """Say whether the words around a term make it a name under discussion.

    Parameters
    ----------
    text : str
    begin, stop : int
        The sentence around it.
    start, end : int
        The term.
    """
    if _GLOSSED.match(text, end) and _SPOKEN_OF.search(text, begin, start):
        return True
    if _AFTER.match(text[end : stop + 20]):
        return True
    before = text[begin:start]
    found = words_in(before)
    if found & _NAMING and _BEFORE.search(before):
        return True
    return bool(found & _WITHHOLDING) and _WITHHELD.search(before) is not None

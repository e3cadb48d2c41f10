"""The rule engine: reporting clauses from word lists and word order, without a model."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

from collections.abc import Sequence

from analysis.voices.english.clauses import opening, resolve
from analysis.voices.english.cues import (
    AUXILIARIES,
    BOUNDARIES,
    DETERMINERS,
    INVERTING,
    NOUN_TOO,
    PREPOSITIONS,
    PRONOUNS,
    QUOTED_ONLY,
    SAYING,
    TIMES,
    VERB_FORMS,
    VERBS,
)
from analysis.voices.english.gather import clause_report, gathered
from analysis.voices.english.headlines import titled
from analysis.voices.english.insertions import DASHES, nickname
from analysis.voices.english.names import ROLES
from analysis.voices.english.noun_cues import noun_cues
from analysis.voices.english.openings import first_subject
from analysis.voices.english.passives import labelled, passive
from analysis.voices.english.phrases import adverb, apposed, group, noun_phrase
from analysis.voices.english.predicates import predicate
from analysis.voices.english.readings import reading
from analysis.voices.english.reporting import Clause, Range, Report
from analysis.voices.english.right_side import END
from analysis.voices.english.sentences import Sentence, Token
from analysis.voices.english.subjects import (
    absolute,
    after_name,
    after_preposition,
    before_participle,
    before_saying,
    between_dashes,
    causer,
    moved,
    paper_before,
    sayer,
)
from analysis.voices.english.wordlist import words

_HEARERS = words(
    """reporters journalists mps peers lawmakers parliament congress readers viewers supporters
    me us him them you her everyone everybody people delegates"""
)


_ARTICLES = words("the a an his her its their one")
_CLOSING = words(
    """said says added adds argued argues explained explains joked jokes quipped quips replied
    replies insisted insists agreed agrees observed observes remarked remarks concluded concludes
    warned warns asked asks complained complains conceded concedes admitted admits"""
)
"""Verbs that may follow a comma and open «said the minister»."""
_QUESTIONS = words("why how what when who where which did had is are was were can could should do")
_NO_NAME = PREPOSITIONS | BOUNDARIES | TIMES | PRONOUNS
_TIMES = TIMES | {"on"}
_RELATIVE = words("who whose which that whom")
_FEW = 6
_FINITE = AUXILIARIES - words("to not never be been being having")


def _shared(tokens: Sequence[Token], found: list[Clause], limit: int) -> Range | None:
    """Return the subject that a verb without its own takes over."""
    for clause in found:
        if clause.subject is None or clause.how != "finite":
            continue
        edge = min(clause.subject[0], clause.begin)
        before = tokens[edge - 1].low if edge else ""
        if before not in BOUNDARIES or before in ("but", "and", "so", "yet"):
            return clause.subject
    return first_subject(tokens, limit)


def _says(phrase: Sequence[Token]) -> bool:
    """Say whether «a message on the site» is a thing by which somebody says something."""
    stop = next((n for n, token in enumerate(phrase) if token.low in PREPOSITIONS), len(phrase))
    return stop > 0 and phrase[stop - 1].low in SAYING


def _long_apposition(tokens: Sequence[Token], comma: int) -> Range | None:
    """Return the subject of «Ann Moss, 40, of Linden, head of the trust, who won, said»."""
    first = tokens[0]
    if not first.capital or first.low in _NO_NAME or adverb(first):
        return None
    if first.low.endswith("ing") or (first.low in VERBS and VERBS[first.low].form != "base"):
        return None
    commas = [at for at in range(comma + 1) if tokens[at].text == ","]
    if len(commas) < 2 or commas[0] > 7:
        return None
    relative_of_object = tokens[commas[0] + 1].low in ("which", "whom")
    if relative_of_object and not _finite(tokens[commas[0] + 2]):
        return None
    relative = False
    for at in range(comma):
        token = tokens[at]
        if token.text in (";", ":", *DASHES):
            return None
        if token.text == ",":
            relative = relative and tokens[at + 1].low in ("who", "whose", "which")
        elif token.low in ("who", "whose", "which", "that"):
            relative = at > commas[0]
        finite = (
            token.low in AUXILIARIES
            or token.low in VERB_FORMS
            or (token.low in VERBS and VERBS[token.low].form in ("past", "third"))
        )
        if finite and token.word and not token.capital and token.low != "to" and not relative:
            return None
    return 0, comma


def subject_by_order(
    tokens: Sequence[Token], begin: int, how: str, found: list[Clause]
) -> tuple[Range | None, bool]:
    """Return the subject of a verb group, and whether it is shared with an earlier verb."""
    before = begin - 1
    while before > 0 and tokens[before].low in _TIMES and tokens[before].low != "may":
        before -= 1
    if before < 0:
        return (first_subject(tokens, len(tokens)) if how == "ing" else None), True
    token = tokens[before]
    if how == "ing" and (held := absolute(tokens, before)) is not None:
        return held, False
    if how in ("ing", "infinitive"):
        if (held := sayer(tokens, begin) or moved(tokens, begin)) is not None:
            return held, False
        if opening(tokens, before):
            return first_subject(tokens, len(tokens)), True
        return _shared(tokens, found, before + 1), True
    if token.text in DASHES and (near := between_dashes(tokens, before)) is not None:
        return near, False
    if token.low in ("and", "but", "or", "then", "—", "–", "-", "--"):
        return _shared(tokens, found, before), True
    if token.low in ("who", "which", "that"):
        back = before - 1
        if token.low == "who" and back > 1 and tokens[back].low in ("and", "but"):
            first = [n for n in range(back) if tokens[n].low == "who"]
            back = first[-1] - 1 if first else back
        if back >= 0 and tokens[back].text == ",":
            back -= 1
        near = noun_phrase(tokens, back, 0)
        if token.low == "who" and near is not None:
            near = after_preposition(tokens, near)
        paper = paper_before(tokens, back) if token.low == "which" and back < before - 1 else None
        if paper is not None:
            return (paper, before + 1), False
        if near and near[0] > 1 and tokens[near[0] - 1].text == ",":
            named = tokens[near[0] - 2].capital or tokens[near[0] - 2].text == ")"
            apposition = tokens[near[0]].low in DETERMINERS or tokens[near[0]].text[0].isdigit()
            if named and apposition:
                near = noun_phrase(tokens, near[0] - 2, 0) or near
        return ((near[0], before + 1) if near else (before, before + 1)), False
    if token.text == "," or (token.quote >= 0 and token.end - token.start < 60 and before > 1):
        near = _long_apposition(tokens, before) or apposed(tokens, before, 0)
        if near is not None:
            return near, False
        return _shared(tokens, found, before), True
    if token.word or token.text in (")", "%"):
        near = after_name(tokens, noun_phrase(tokens, before, 0))
        return before_participle(tokens, near) or causer(tokens, near) or near, False
    if token.quote >= 0:
        return None, False
    return _shared(tokens, found, before), True


def _inverted(tokens: Sequence[Token], at: int, stop: int) -> Range | None:
    """Return the subject of «said Mr Rhodes, a doctor»."""
    a = at + 1
    end = a
    while end < stop:
        token = tokens[end]
        if token.text == "(":
            while end < stop and tokens[end].text != ")":
                end += 1
            end += 1
            continue
        if token.quote >= 0 and end > a:
            if nickname(tokens, end):
                end += 1
                continue
            break
        if not token.word and token.text not in "%$&’'":
            break
        known = token.low == "as" and tokens[end - 1].low == "known"
        if end > a and not known and (token.low in BOUNDARIES or token.low in TIMES):
            break
        held = token.low in VERB_FORMS and token.low not in ("may", "will", "might")
        if end > a and held and not token.capital:
            break  # says tourist held over a photo
        if (
            end > a
            and not known
            and token.low in PREPOSITIONS
            and token.low not in ("of", "for", "with", "from", "at")
            and not (token.low in ("to", "on") and tokens[end - 1].low in ROLES)
        ):
            break
        end += 1
    if end == a:
        return None
    if end < stop and tokens[end].text == "," and end + 1 < stop and tokens[end + 1].word:
        inner = tokens[end + 1]
        if inner.low in ("a", "an", "the", "who", "whose", "one", "former", "his", "her") or (
            inner.text[0].isdigit() or inner.capital
        ):
            if inner.low in _ARTICLES and _goes_on(tokens, end + 1, stop):
                return a, end
            end += 1
            while end < stop and tokens[end].text not in (";", ".", ":") and tokens[end].quote < 0:
                if (
                    tokens[end].text == ","
                    and end + 1 < stop
                    and tokens[end + 1].low.endswith("ing")
                ):
                    break
                end += 1
    return a, end


def _goes_on(tokens: Sequence[Token], begin: int, stop: int) -> bool:
    """Say whether a clause follows a comma, not an apposition: «, said Mr Hale, the rain will»."""
    for token in tokens[begin:stop]:
        if not token.word or token.low in BOUNDARIES or token.low in _RELATIVE:
            return False
        if token.low in _FINITE:
            return True
    return False


def _last_clause(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """Say whether only a short name or noun phrase follows a verb."""
    return stop - at < 8 and all(token.word or token.text == "," for token in tokens[at:stop])


def _named_last(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """Say whether a name follows a verb, and after it a comma or nothing: «, said Ann Moss, a»."""
    end = at + 1
    while end < stop and tokens[end].capital and tokens[end].low not in TIMES:
        end += 1
    return end > at + 1 and (end >= stop or tokens[end].text == ",")


def _asks(tokens: Sequence[Token], at: int) -> bool:
    """Say whether «asked» stands within a question: «Why, asked Ann Moss, had nobody …?»."""
    return tokens[at].low in ("asked", "warned") and tokens[0].low in _QUESTIONS


def _warns(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """Say whether «, warns coach Ed Jones» ends a sentence that is not about who warns."""
    named = tokens[at].low in ("warns", "warned") and tokens[stop - 1].capital
    return named and stop - at < _FEW and apposed(tokens, at - 1, 0) is None


def _finite(token: Token) -> bool:
    """Say whether a word may be the verb of a clause of its own."""
    verb = VERBS.get(token.low)
    reports = verb is not None and verb.form in ("past", "third") and token.low not in NOUN_TOO
    return token.low in AUXILIARIES or token.low in VERB_FORMS or reports or token.low[-2:] == "ed"


def _closes(tokens: Sequence[Token], at: int, stop: int) -> bool:
    """Say whether «, said the minister» ends a sentence, or stands between commas in a question."""
    if tokens[at].low not in _CLOSING or tokens[at + 1].low not in _ARTICLES:
        return False
    comma = next((n for n in range(at + 1, stop) if tokens[n].text == ","), stop)
    asks = tokens[0].low in _QUESTIONS and comma < min(stop, at + 8)
    joined = comma < min(stop - 2, at + 8) and (
        tokens[comma + 1].low in ("and", "but", "so")
        or (tokens[comma + 1].low in PREPOSITIONS and not any(map(_finite, tokens[comma:stop])))
    )
    if joined and any(_finite(item) for item in tokens[: at - 1]):
        asks = True  # The scheme is a trap, argued the bishop, and …
    tail = tokens[at + 1 : comma if asks else stop]
    if apposed(tokens, at - 1, 0) is not None or any(_finite(item) for item in tail):
        return False
    return asks or _last_clause(tokens, at, stop)


def clauses_by_order(tokens: Sequence[Token]) -> list[Clause]:
    """Return the verbs of a sentence that may report, with their subjects."""
    found: list[Clause] = []
    stop = len(tokens)
    while stop and tokens[stop - 1].text in END:
        stop -= 1
    capitals = titled(tokens)
    for at in range(stop):
        token = tokens[at]
        held = predicate(tokens, at)
        if held is not None:
            begin = group(tokens, held[1])
            subject, joined = subject_by_order(tokens, begin, "finite", found)
            found.append(Clause(held[0], begin, at, "finite", subject, joined, [], "predicate"))
            continue
        verb = VERBS.get(token.low)
        if verb is None:
            continue
        if at and token.capital and not capitals and verb.form != "past":
            continue
        begin = group(tokens, at)
        before = tokens[begin - 1] if begin else None
        after = tokens[at + 1] if at + 1 < len(tokens) else None
        opens = before is not None and (before.quote >= 0 or before.text in (",", *DASHES))
        if (
            opens
            and before is not None
            and (verb.clause or (before.quote >= 0 and verb.lemma in QUOTED_ONLY))
            and verb.form in ("past", "third")
            and begin == at
            and after is not None
            and after.word
            and (
                not verb.hearer
                or before.quote >= 0
                or _asks(tokens, at)
                or _warns(tokens, at, stop)
            )
            and after.low not in _HEARERS
            and not adverb(after)
            and (
                after.capital
                or after.low in PRONOUNS
                or (after.low in ROLES and at + 2 < stop and tokens[at + 2].capital)
                or _warns(tokens, at, stop)
                or _closes(tokens, at, stop)
                or (before.quote >= 0 and after.low not in PREPOSITIONS)
            )
            and after.low not in TIMES
            and after.low not in ("that", "in", "on", "to")
        ):
            is_pair = before.quote < 0 and (
                after.low in PRONOUNS
                or verb.lemma not in INVERTING
                or (
                    apposed(tokens, begin - 1, 0) is not None
                    and not _last_clause(tokens, at, stop)
                    and not _named_last(tokens, at, stop)
                )
            )
            subject = None if is_pair else _inverted(tokens, at, stop)
            if subject is not None:
                found.append(Clause(verb, begin, at, "finite", subject, False, [], "inverted"))
                continue
        how = reading(tokens, at, begin, verb)
        if labelled(tokens, begin, at, verb):
            how = "passive"
        if how == "passive" and (named := passive(tokens, begin, at, verb, _inverted)) is not None:
            found.append(named)
        if how in ("", "passive"):
            continue
        if how == "noun-ing":
            subject, joined = before_saying(tokens, begin), False
            if subject is not None and _says(tokens[slice(*subject)]):
                subject, joined = _shared(tokens, found, begin), True
        else:
            subject, joined = subject_by_order(tokens, begin, how, found)
        found.append(Clause(verb, begin, at, how, subject, joined, [], "verb"))
    return found


def reports(sentences: Sequence[Sentence]) -> list[Report]:
    """Return the reporting clauses of a text, by word lists and word order.

    Parameters
    ----------
    sentences : sequence of Sentence

    Returns
    -------
    list of Report
        In order of the sentences.
    """
    return gathered(sentences, _of_sentence)


def _of_sentence(tokens: Sequence[Token], number: int) -> list[Report]:
    """Return the reports of a sentence that are neither headline nor «according to»."""
    found = noun_cues(tokens, number)
    for clause in resolve(tokens, clauses_by_order(tokens)):
        found.append(clause_report(tokens, number, clause, clause.rule))
    return found

"""The reports of a whole text, whichever engine finds those of its verbs."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import pairwise

from analysis.voices.english.acts import is_act
from analysis.voices.english.as_told import as_told
from analysis.voices.english.clauses import spans, trim
from analysis.voices.english.headlines import headline
from analysis.voices.english.names import FEMALE, MALE, TITLES
from analysis.voices.english.questions import (
    answer,
    question,
    questioned,
    statement,
    under_label,
)
from analysis.voices.english.reporting import Clause, Report
from analysis.voices.english.sentences import Sentence, Token
from analysis.voices.english.subjects import narrowed

_LONGEST_HEADLINE = 24


def clause_report(tokens: Sequence[Token], number: int, clause: Clause, rule: str) -> Report:
    """Return a clause that has its content as a report."""
    return Report(
        number,
        spans(tokens, [(clause.begin, clause.at + 1)]),
        spans(tokens, [narrowed(tokens, clause.subject)] if clause.subject else []),
        spans(tokens, clause.content),
        f"{rule} act" if is_act(tokens, clause) else rule,
        clause.verb.attitude,
    )


def _is_quotation(tokens: Sequence[Token], report: Report) -> bool:
    return any(token.quote >= 0 and token.start == report.content[0][0] for token in tokens)


def gathered(
    sentences: Sequence[Sentence], of_sentence: Callable[[Sequence[Token], int], list[Report]]
) -> list[Report]:
    """Return the reports of a text: headlines by who speaks below them, the rest by an engine."""
    made: list[list[Report]] = []
    known: set[str] = set()
    asks = questioned(sentences)
    for number, sentence in enumerate(sentences):
        tokens = sentence.tokens
        here: list[Report] = []
        if len(tokens) > 2:
            here = of_sentence(tokens, number) + according(tokens, number)
            told = as_told(tokens, number)
            if told is not None and _alone(here, told):
                here = [told]
            here += [made for made in (question(tokens, number),) if made is not None]
            if any(report.content and report.rule != "noun" for report in here):
                here = [r for r in here if r.rule != "noun" or not _is_quotation(tokens, r)]
            fresh = not number or sentences[number - 1].paragraph != sentence.paragraph
            told = statement(tokens, number) if fresh else None
            if fresh and told is None:
                told = under_label(sentences, number) or answer(sentences, number, asks=asks)
            here = [told] if told is not None else here
        made.append(sorted(here, key=lambda report: report.cue[:1]))
        speaking = [span for report in here if report.content for span in report.source]
        known |= {
            later.low
            for before, later in pairwise(tokens)
            if later.capital
            and (
                before.low in MALE
                or before.low in FEMALE
                or before.low.rstrip(".") in TITLES
                or any(a <= later.start < b for a, b in speaking)
            )
            and number
        }
        if number and speaking and tokens[0].capital and speaking[0][0] == tokens[0].start:
            known.add(tokens[0].low)
    for number, sentence in enumerate(sentences):
        first = sentence.paragraph == 0 and len(sentence.tokens) <= _LONGEST_HEADLINE
        following = sentences[number + 1] if number + 1 < len(sentences) else None
        first = first and following is not None and following.paragraph > 0
        if len(sentence.tokens) > 2 and (first or sentence.tokens[-1].quote >= 0):
            named = headline(sentence.tokens, number, known, first=first)
            if named is not None:
                made[number] = [named]
    return [report for here in made for report in here]


def _alone(here: Sequence[Report], told: Report) -> bool:
    """Say whether no report but one inside «As Ann Moss wrote in …,» stands in a sentence."""
    begin = told.content[0][0]
    return all(not item.content or item.cue[0][0] < begin for item in here) and (
        begin > told.cue[0][0] or not any(item.content for item in here)
    )


def _within(tokens: Sequence[Token], at: int) -> bool:
    """Say whether a quotation is part of a name: «according to the "Rain for All" paper»."""
    nouns = at + 1 < len(tokens) and tokens[at + 1].word and not tokens[at + 1].capital
    return (
        tokens[at].quote >= 0 and nouns and tokens[at - 1].low in ("the", "a", "an", "its", "his")
    )


def according(tokens: Sequence[Token], number: int) -> list[Report]:
    """Return the reports of «according to X» in a sentence."""
    found = []
    for at in range(len(tokens) - 2):
        if tokens[at].low != "according" or tokens[at + 1].low != "to":
            continue
        end = at + 2
        while end < len(tokens) and (
            tokens[end].word or tokens[end].text in "()&%/’'" or _within(tokens, end)
        ):
            if (
                end > at + 2
                and tokens[end].low in ("that", "which", "who", "and")
                and (not tokens[end - 1].capital or tokens[end].low != "and")
            ):
                break
            end += 1
        if end == at + 2:
            continue
        past = end
        while tokens[at - 1].text == "," and past < len(tokens) and tokens[past].word:
            past += 1  # according to people who were there, …
        before = trim(tokens, 0, at)
        after = trim(tokens, past, len(tokens))
        ranges = []
        if before[0] < before[1]:
            ranges.append(before)
            if tokens[at - 1].text == "," and past < len(tokens) and tokens[past].text == ",":
                ranges.append(after)
        elif after[0] < after[1]:
            ranges.append(after)
        found.append(
            Report(
                number,
                [(tokens[at].start, tokens[at + 1].end)],
                spans(tokens, [(at + 2, end)]),
                spans(tokens, ranges),
                "according to",
            )
        )
    return found

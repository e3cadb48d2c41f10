"""The parse engine: reporting clauses from a spaCy dependency parse."""

# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Any

from analysis.voices.english.assemble import Governor
from analysis.voices.english.clauses import resolve, spans
from analysis.voices.english.cues import PREPOSITIONS, VERBS
from analysis.voices.english.gather import clause_report, gathered
from analysis.voices.english.headlines import titled
from analysis.voices.english.mentions import whole_name
from analysis.voices.english.noun_cues import noun_cues
from analysis.voices.english.openings import dateline
from analysis.voices.english.parse_tree import Tree, subject_of
from analysis.voices.english.phrases import group
from analysis.voices.english.readings import NAMING, leaves_words, told_last
from analysis.voices.english.reporting import Clause, Range, Report, Span
from analysis.voices.english.rules import clauses_by_order, subject_by_order
from analysis.voices.english.sentences import Sentence, Token, token
from analysis.voices.english.subjects import absolute, causer, sayer
from analysis.voices.quotation_marks import blank_tags, paragraphs

_CURLY = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'"})
_DOUBLED = re.compile(r"''|``")


def prepared(text: str) -> str:
    """Return the text as a parser expects it: straight marks, no tags, every offset kept."""

    def mark(match: re.Match[str]) -> str:
        before = plain[match.start() - 1] if match.start() else " "
        after = plain[match.end()] if match.end() < len(plain) else " "
        opens = match.group() == "``" or (
            (before.isspace() or before in "([—–-") and not after.isspace()
        )
        return '" ' if opens else ' "'

    plain = blank_tags(text)
    return _DOUBLED.sub(mark, plain).translate(_CURLY)


def _range(tokens: Sequence[Token], starts: Sequence[int], a: int, b: int) -> Range:
    """Return the token range of a sentence that covers characters ``[a, b)``."""
    first = max(0, bisect_right(starts, a) - 1)
    last = max(0, bisect_right(starts, b - 1) - 1)
    return first, last + 1


def _how(tree: Tree, node: int) -> str:
    """Name the reading of a verb in the parse."""
    if tree.child(node, "auxpass", "nsubjpass") is not None:
        return "passive"
    helpers = [tree.low[kid] for kid in tree.kids[node] if tree.dep[kid] == "aux"]
    if tree.tag[node] == "VBG":
        return "finite" if helpers else "ing"
    if "to" in helpers:
        return "infinitive"
    if tree.tag[node] == "VBN" and not helpers:
        return ""
    return "finite"


def _edge(tree: Tree, node: int) -> int:
    """Return the character where what a verb governs to its right ends."""
    edge = tree.end[tree.right[node]]
    for kid in tree.kids[node]:
        if kid > node and tree.dep[kid] in ("cc", "conj"):
            return tree.start[kid]
        if kid > node and tree.dep[kid] == "advcl" and tree.start[kid] > 0:
            left = tree.left[kid]
            if tree.low[left - 1] == ",":
                edge = min(edge, tree.start[left])
    return edge


def _clauses(
    tokens: Sequence[Token], tree: Tree, starts: Sequence[int]
) -> tuple[list[Clause], dict[int, int]]:
    """Return the verbs of a sentence that may report, subjects from the parse."""
    ordered = {clause.at: clause for clause in clauses_by_order(tokens)}
    found: list[Clause] = []
    edges: dict[int, int] = {}
    capitals = titled(tokens)
    for at, item in enumerate(tokens):
        if (held := ordered.get(at)) is not None and held.rule == "predicate":
            found.append(held)
            continue
        verb = VERBS.get(item.low)
        node = tree.at.get(item.start)
        if verb is None or node is None or told_last(tokens, at) or leaves_words(tokens, at):
            continue
        if at and item.capital and not capitals and verb.form != "past":
            continue
        clause = ordered.get(at)
        misread = capitals and item.capital and tree.pos[node] not in ("VERB", "AUX")
        if clause is not None and misread:
            found.append(clause)
            continue
        beside = (at > 0 and tokens[at - 1].quote >= 0) or (
            at + 1 < len(tokens) and (tokens[at + 1].quote >= 0 or tokens[at + 1].text in ",.:")
        )
        if tree.pos[node] not in ("VERB", "AUX"):
            beside = (
                beside
                or item.low in NAMING
                or (at + 1 < len(tokens) and tokens[at + 1].low in verb.particles)
            )
            if clause is not None and beside and clause.how == "finite":
                found.append(clause)
            continue
        if clause is not None and (clause.rule == "inverted" or clause.how == "passive"):
            found.append(clause)
            continue
        how = _how(tree, node)
        if how in ("", "passive"):
            after_comma = (
                clause is not None and clause.begin and tokens[clause.begin - 1].text == ","
            )
            inserted = clause is not None and any(
                item.text == "," for item in tokens[clause.begin : at]
            )
            if clause is not None and (
                clause.how == "passive" or (how == "" and after_comma) or inserted
            ):
                found.append(clause)
            continue
        begin = group(tokens, at)
        subject, joined = _placed(tokens, tree, starts, node, item)
        if subject is None:
            if clause is not None:
                found.append(clause)
                continue
            subject, joined = subject_by_order(tokens, begin, how, found)
        if subject is not None and subject[0] <= at < subject[1]:
            subject = (subject[0], at) if subject[0] < at else None
        if subject is not None:
            subject = _mended(tokens, (begin, how), subject, clause, found)
        made = Clause(verb, begin, at, how, subject, joined, [], "verb")
        found.append(made)
        edges[at] = _range(tokens, starts, tree.start[node], _edge(tree, node))[1]
    return found, edges


def _mended(
    tokens: Sequence[Token],
    verb: tuple[int, str],
    subject: Range,
    ordered: Clause | None,
    found: list[Clause],
) -> Range | None:
    """Return the subject by word order where the parse stumbled over what opens a sentence."""
    begin, how = verb
    if tokens[begin].low == "put" and ordered is not None and ordered.subject:
        return ordered.subject  # owed it to, as a diplomat put it
    if how == "ing" and tokens[begin - 1].low == "as" and ordered is not None:
        return ordered.subject
    made = causer(tokens, subject) or sayer(tokens, begin)
    if made is not None:
        return made
    inside = subject[0] and tokens[subject[0] - 1].low in PREPOSITIONS
    if inside and ordered is not None and ordered.subject and ordered.subject[1] < subject[0]:
        return ordered.subject  # a leaflet pushed through doors in Hull says
    between = tokens[subject[1] : begin]
    if how == "finite" and between and all(item.word and item.capital for item in between):
        return subject[0], begin  # the Labour whip Dame Rosa Pike
    place = dateline(tokens, 0, len(tokens))
    if subject[0] < place < subject[1]:
        return place, subject[1]
    opener = subject[0] == 0 and tokens[0].low.endswith("ing") and subject[1] < begin
    if (subject[1] <= place or opener) and ordered is not None:
        return ordered.subject
    if how == "ing" and (named := absolute(tokens, begin - 1 if begin else 0)) is not None:
        return named
    if how == "ing" and begin and tokens[begin - 1].text == ",":
        for clause in found:
            inside = clause.at < subject[0] and clause.subject is not None
            if inside and clause.how == "finite" and clause.verb.clause:
                return clause.subject
    return subject


def _placed(
    tokens: Sequence[Token], tree: Tree, starts: Sequence[int], node: int, token: Token
) -> tuple[Range | None, bool]:
    """Return the subject of a verb as a token range of its sentence."""
    named = subject_of(tree, node)
    if named is None:
        return None, False
    subject, relative, joined = (*named, False)[:3]
    a, b = tree.start[tree.left[subject]], tree.end[tree.right[subject]]
    if relative >= 0:
        b = tree.end[relative]
    elif tree.right[subject] > node > subject:
        b = min(b, token.start)
    first, last = tokens[0].start, tokens[-1].end
    if not (first <= tree.start[subject] < last):
        return None, joined
    a, b = max(a, first), min(b, last)
    head = _range(tokens, starts, tree.start[subject], tree.end[subject])
    if tokens[head[0]].quote >= 0:
        return None, joined
    begin, end = _range(tokens, starts, a, b)
    while begin < head[0] and (tokens[begin].quote >= 0 or not tokens[begin].word):
        begin += 1
    begin = whole_name(tokens, begin)
    while (
        end > head[1]
        and tokens[end - 1].quote < 0
        and not tokens[end - 1].word
        and tokens[end - 1].text not in ")%"
    ):
        end -= 1
    return (begin, end), joined


def reports(sentences: Sequence[Sentence], tree: Tree) -> list[Report]:
    """Return the reporting clauses of a parsed text."""

    def of_sentence(tokens: Sequence[Token], number: int) -> list[Report]:
        starts = [token.start for token in tokens]
        found = noun_cues(tokens, number, lambda token: _noun_edge(tree, token))
        clauses, edges = _clauses(tokens, tree, starts)
        for clause in resolve(tokens, clauses, edges):
            found.append(clause_report(tokens, number, clause, "parse " + clause.rule))
        return found

    return gathered(sentences, of_sentence)


def _noun_edge(tree: Tree, noun: Token) -> int:
    """Return the character where the clause that hangs on a noun ends, or 0."""
    node = tree.at.get(noun.start)
    clause = None if node is None else tree.child(node, "acl", "ccomp", "relcl")
    return tree.end[tree.right[clause]] if clause is not None else 0


@lru_cache(maxsize=2)
def tree(text: str, pipeline: Any) -> Tree:
    """Parse a text whole; asked for the voices and then for the stances, it is parsed once."""
    return Tree(parsed(text, pipeline))


def tree_around(text: str, pipeline: Any, places: Sequence[int]) -> Tree:
    """Parse only the paragraphs of a text that hold one of some places."""
    return Tree(parsed(text, pipeline, sorted(places)))


def parsed(text: str, pipeline: Any, held: Sequence[int] | None = None) -> list[tuple[int, Any]]:
    """Parse a text paragraph by paragraph; return each paragraph's offset and parse.

    ``held``: sorted places; paragraphs without one of them are left out.
    """
    plain = prepared(text)
    places = paragraphs(plain)
    if held is not None:
        places = [(a, b) for a, b in places if bisect_left(held, a) < bisect_left(held, b)]
    return list(
        zip(
            (start for start, _ in places),
            pipeline.pipe(plain[a:b] for a, b in places),
            strict=True,
        )
    )


def governor(sentences: Sequence[Sentence], tree: Tree) -> Governor:
    """Return a function that gives the subject of the verb a quotation hangs on.

    Of the verbs above it a reporting one counts first, then the nearest with a subject.
    """
    begins = [sentence.start for sentence in sentences]

    def source(span: Span) -> tuple[tuple[Span, ...], bool]:
        first = bisect_right(tree.start, span[0] - 1)
        last = bisect_right(tree.start, span[1] - 1)
        sentence = sentences[max(0, bisect_right(begins, span[0]) - 1)]
        tokens = sentence.tokens
        starts = [token.start for token in tokens]
        nearest: tuple[Span, ...] = ()
        for node in range(first, last):
            above = tree.head[node]
            if first <= above < last:
                continue
            while True:
                if tree.pos[above] in ("VERB", "AUX") and not first <= above < last:
                    verb = VERBS.get(tree.low[above])
                    holder = token(tree.start[above], tree.low[above])
                    found, _ = _placed(tokens, tree, starts, above, holder)
                    if found is not None:
                        subject = tuple(spans(tokens, [found]))
                        if verb is not None and (verb.clause or verb.thing):
                            return subject, True
                        nearest = nearest or subject
                if tree.head[above] == above:
                    break
                above = tree.head[above]
        return nearest, False

    return source

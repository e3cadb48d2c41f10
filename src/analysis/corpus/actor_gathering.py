"""Gather who is named in the texts of a corpus: people, bodies, their offices."""

from __future__ import annotations

import re
from collections import Counter, defaultdict

import pandas as pd

from analysis.corpus.actor_names import Named, Names, WordCounts, acronyms, looks_like_a_body
from analysis.corpus.actor_roles import read_roles
from analysis.corpus.actors import aliases
from analysis.corpus.corpus import Corpus
from analysis.voices.english.names import FEMALE, MALE
from analysis.voices.english.resolution import Cast
from analysis.voices.english.sentences import sentences
from analysis.voices.english.sources import name_words, plain_name, read_source
from analysis.voices.quotation_marks import quotations

_BODY_BESIDE = re.compile(
    r"^,\s*(?:a|an|the|one of)\s+(?:(?!wh|of\b|that\b)[\w’'-]+\s+){0,4}?"
    r"(?:group|charity|company|firm|agency|messenger|messaging app|app|organi[sz]ation|maker|"
    r"manufacturer|party|union|newspaper|"
    r"think tank|clinic|campaign|service|body|watchdog|regulator|bank|ministry|department)\b"
)

_SURELY = 21
"""Votes of a text that calls a name a group, or of a name that is one by its words."""


def gather_names(corpus: Corpus, actors: pd.DataFrame | None = None) -> Names:
    """Gather the people and bodies that the texts of a corpus name.

    Parameters
    ----------
    corpus : Corpus
    actors : pandas.DataFrame, optional
        A register, whose names and aliases are taken as they are.

    Returns
    -------
    Names
    """
    corpus = corpus.voiced()
    names = Names(_registered(actors))
    press = set(corpus.utterances.loc[corpus.utterances["mode"] != "turn", "document"])
    people: dict[str, Counter[str]] = defaultdict(Counter)
    gender: dict[str, Counter[str]] = defaultdict(Counter)
    sources = {read_source(label).name for label in corpus.utterances["label"].unique()}
    for document, text in corpus.texts.items():
        if document not in press:
            continue
        names.acronyms |= acronyms(text)
        for person in Cast(sentences(text, quotations(text))).people.all:
            name = plain_name(" ".join(person.name.replace("’", "'").split()))
            beside = text.find(person.name)
            body = looks_like_a_body(name) or bool(
                _BODY_BESIDE.match(text[beside + len(person.name) :][:80])
            )
            people[name]["body" if body or not person.person else "person"] += (
                _SURELY if body else 1
            )
            if person.person and person.gender:
                gender[name][person.gender] += 1
    counts = WordCounts(corpus.texts[document] for document in sorted(press))
    for name in sorted(people, key=lambda name: (-len(name_words(name)), name)):
        votes = people[name]
        sex = gender[name].most_common(1)[0][0] if gender[name] else ""
        if name.isupper() and len(name_words(name)) > 1:
            continue
        single = len(name_words(name)) == 1
        if single and names.people_called(name):
            continue
        personal = votes["person"] > votes["body"] or (votes["person"] == votes["body"] and sex)
        personal = personal or (single and votes["person"] > 0 and votes["body"] < _SURELY)
        if personal and not looks_like_a_body(name):
            if not single or name in sources:
                names.add(name, person=True, gender=sex)
        elif not single or _is_name(name, counts):
            sure = looks_like_a_body(name) or name in sources or votes["body"] >= _SURELY
            names.add(name, person=False, sure=sure and not counts.is_place(name))
    _lengthen(names, sources)
    for name in [named.name for named in names.all if not named.person]:
        names.shorten(name)
    for document in sorted(press):
        read_roles(corpus.texts[document], names)
    names.index_offices()
    return names


def _lengthen(names: Names, sources: set[str]) -> None:
    for name in sorted(sources):
        # A source may be printed in full where the text's own table has it short.
        if len(name_words(name)) > 1 and not name.isupper() and names.exact(name) is None:
            held = names.same_person(name)
            if held is not None:
                names.add(name, person=True)


def _is_name(word: str, counts: WordCounts) -> bool:
    return word.lower() not in MALE | FEMALE and counts.is_name(word)


def _registered(actors: pd.DataFrame | None) -> list[Named]:
    if actors is None:
        return []
    made: dict[str, Named] = {}
    for row in actors.itertuples(index=False):
        named = made.setdefault(row.name, Named(row.name, row.kind == "person"))
        for alias in aliases(row.aliases):
            read = read_source(alias)
            if read.kind == "role":
                named.roles[read.role] += 1
                named.phrases[read.phrase] += 1
            else:
                named.forms[alias] += 1
            named.gender = named.gender or read.gender
        if row.affiliation:
            named.bodies[row.affiliation] += 1
    return list(made.values())

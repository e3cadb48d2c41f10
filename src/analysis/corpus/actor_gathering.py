"""Gather who is named in the texts of a corpus: people, bodies, their offices."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

import pandas as pd

from analysis.corpus.actor_names import (
    Named,
    Names,
    WordCounts,
    acronyms,
    joined_names,
    looks_like_a_body,
)
from analysis.corpus.actor_roles import read_roles, without_office
from analysis.corpus.actors import aliases
from analysis.corpus.corpus import Corpus
from analysis.voices.english.names import FEMALE, MALE, ROLES, TITLES
from analysis.voices.english.printed_names import PARTICLES, name_words, plain_name
from analysis.voices.english.resolution import Cast
from analysis.voices.english.sentences import sentences
from analysis.voices.english.sources import Source, read_source
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
    said = corpus.utterances[["label", "speaker"]].fillna("").drop_duplicates("label")
    said = said[said["label"] != ""]
    labels = said["label"].tolist()
    read = [
        without_office(read_source(label), speaker)
        for label, speaker in said.itertuples(index=False)
    ]
    sources = {source.name for source in read}
    people, gender, declared = _votes(
        (corpus.texts[document] for document in corpus.texts if document in press), names
    )
    # What two texts declare for two bodies is neither's throughout.
    shared = {short: min(full) for short, full in declared.items() if len(full) == 1}
    names.declare(shared)
    counts = WordCounts(corpus.texts[document] for document in sorted(press))
    bodies = joined_names(corpus.texts[document] for document in sorted(press))
    for full in [*bodies, *sorted(set().union(*declared.values()))]:
        names.add(full, person=False)
    for label, source in zip(labels, read, strict=True):
        if _is_person(label, source):
            people[source.name]["person"] += 1
            gender[source.name].update([source.gender] if source.gender in ("m", "f") else [])
    for name in sorted(people, key=lambda name: (-len(name_words(name)), name)):
        votes = people[name]
        sex = gender[name].most_common(1)[0][0] if gender[name] else ""
        office = name_words(name)[-1] in ROLES and not sex
        if office or name in declared or (name.isupper() and len(name_words(name)) > 1):
            continue
        single = len(name_words(name)) == 1 or set(name_words(name)[:-1]) <= PARTICLES
        if single and names.people_called(name):
            continue
        personal = _is_personal(name, votes, sex, single=single, names=names)
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
        names.declare(shared | acronyms(corpus.texts[document]))
        read_roles(corpus.texts[document], names)
    names.declare(shared)
    names.index_offices()
    return names


def _votes(
    texts: Iterable[str], names: Names
) -> tuple[dict[str, Counter[str]], dict[str, Counter[str]], dict[str, set[str]]]:
    """Count how often each name is a person, a body, a man, a woman; list what has an acronym."""
    people: dict[str, Counter[str]] = defaultdict(Counter)
    gender: dict[str, Counter[str]] = defaultdict(Counter)
    declared: dict[str, set[str]] = defaultdict(set)
    for text in texts:
        for short, full in acronyms(text).items():
            declared[short].add(full)
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
    return people, gender, declared


def _is_personal(name: str, votes: Counter[str], sex: str, *, single: bool, names: Names) -> bool:
    if single and not sex and names.bodies_called(name):
        # Beacon, for Beacon Systems.
        return name_words(name)[0] in MALE | FEMALE
    if votes["person"] == votes["body"]:
        return bool(sex) or (single and 0 < votes["body"] < _SURELY)
    return votes["person"] > votes["body"] or (
        single and votes["person"] > 0 and votes["body"] < _SURELY
    )


def _is_person(label: str, source: Source) -> bool:
    """Say whether a printed source is a person's full name by its title, first name or office."""
    parts = name_words(source.name)
    if source.kind != "name" or len(parts) < 2 or looks_like_a_body(source.name):
        return False
    if source.gender in ("m", "f") or source.title in TITLES:
        return True
    beside = label.partition(source.name)[2]
    role = read_source(beside.strip(" ,")) if beside.startswith(",") else None
    return role is not None and role.kind == "role" and set(parts[1:-1]) <= PARTICLES


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

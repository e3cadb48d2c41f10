"""Which actor each utterance belongs to, in one name throughout a corpus, and why."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import dataclass, field

import pandas as pd

from analysis.corpus.actor_names import (
    Named,
    Names,
    acronyms,
    looks_like_a_body,
    name_pattern,
    read_roles,
)
from analysis.corpus.actors import ACTOR_COLUMNS, SEPARATOR, aliases, check_actors, covers, folded
from analysis.corpus.corpus import Corpus
from analysis.voices.english.names import FEMALE, MALE
from analysis.voices.english.resolution import Cast
from analysis.voices.english.sentences import sentences
from analysis.voices.english.sources import (
    BODY_NOUNS,
    PAPERS,
    Source,
    name_words,
    names_in,
    read_source,
    surname,
)
from analysis.voices.quotation_marks import quotations

RESOLVED_COLUMNS = (
    "document", "utterance", "printed", "actor", "kind", "organisation", "group", "why",
)  # fmt: skip
UNNAMED = "unnamed"
"""The kind of a source that a text describes without naming it."""

_SAME_OFFICE = (
    frozenset(["head", "chief", "director", "boss", "executive", "leader", "spook", "spymaster"]),
    frozenset(["father", "priest", "pastor"]),
    frozenset(["chair", "chairman", "chairwoman", "chairperson", "judge"]),
    frozenset(["lawyer", "attorney", "counsel", "barrister", "solicitor"]),
    frozenset(["professor", "scholar", "academic"]),
)
_STANDING = frozenset(["government", "police", "opposition", "parliament", "party", "court"])
_BODY_BESIDE = re.compile(
    r"^,\s*(?:a|an|the|one of)\s+(?:(?!wh|of\b|that\b)[\w’'-]+\s+){0,4}?(?:group|charity|company|firm|agency|"
    r"messenger|messaging app|app|organi[sz]ation|maker|manufacturer|party|union|newspaper|"
    r"think tank|clinic|campaign|service|body|watchdog|regulator|bank|ministry|department)\b"
)
_OPENING = re.compile(r"(?:^|[.!?:;”\"]\s+|\n\s*)(?:The\s+|But\s+)?$")
_PANEL = frozenset(["senator", "deputy", "chair", "judge", "dame", "chairman", "chairwoman", "member"])
_KIN = frozenset(
    "daughter son wife husband mother father brother sister widow mum dad friend".split()
)
_BODY_NOUN = re.compile(rf"\b[Tt]he ({'|'.join(sorted(BODY_NOUNS))})\b")
_FAR = 1500
"""Characters within which a description may point back to who spoke last."""


@dataclass
class _Said:
    """A source already settled."""

    place: int
    actor: str
    kind: str
    gender: str
    label: str
    given: str = ""
    own: bool = True


@dataclass
class _Story:
    """What is known while one document is read."""

    text: str
    date: str
    mentions: list[tuple[int, Named]] = field(default_factory=list)
    said: list[_Said] = field(default_factory=list)
    described: dict[str, str] = field(default_factory=dict)

    def before(self, place: int) -> Counter[str]:
        """Count the mentions before a place by name."""
        upto = bisect_left(self.mentions, place, key=_place)
        return Counter(named.name for _, named in self.mentions[:upto])


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
            name = " ".join(person.name.replace("’", "'").split())
            beside = text.find(person.name)
            body = looks_like_a_body(name) or bool(
                _BODY_BESIDE.match(text[beside + len(person.name) :][:80])
            )
            people[name]["body" if body or not person.person else "person"] += 21 if body else 1
            if person.person and person.gender:
                gender[name][person.gender] += 1
    whole = "\n".join(corpus.texts[document] for document in sorted(press))
    for name in sorted(people, key=lambda name: (-len(name_words(name)), name)):
        votes = people[name]
        sex = gender[name].most_common(1)[0][0] if gender[name] else ""
        if name.isupper() and len(name_words(name)) > 1:
            continue
        personal = votes["person"] > votes["body"] or (votes["person"] == votes["body"] and sex)
        if personal and len(name_words(name)) > 1 and not looks_like_a_body(name):
            names.add(name, person=True, gender=sex)
        elif not personal and (len(name_words(name)) > 1 or _is_name(name, whole)):
            sure = looks_like_a_body(name) or name in sources or votes["body"] > 20
            names.add(name, person=False, sure=sure and not _is_place(name, whole))
    for body in [named for named in names.all if not named.person]:
        names.shorten(body.name)
    pattern = name_pattern(names)
    if pattern is not None:
        for document in sorted(press):
            read_roles(corpus.texts[document], names, pattern)
    return names


def _is_name(word: str, text: str) -> bool:
    """Say whether a single capitalised word is a body's name: capital inside sentences as well."""
    if word.lower() in MALE | FEMALE:
        return False
    inside = len(re.findall(rf"[\w,’'] {re.escape(word)}\b", text))
    return inside > len(re.findall(rf"\b{re.escape(word.lower())}\b", text))


def _is_place(name: str, text: str) -> bool:
    return bool(re.search(rf"\b(?:in|near|across|outside|from) {re.escape(name)}\b", text))


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


class _Resolver:
    """Settles the sources of a corpus, one document after the other."""

    def __init__(self, corpus: Corpus, actors: pd.DataFrame | None) -> None:
        self.names = gather_names(corpus, actors)
        self.actors = actors
        self.by_alias: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        if actors is not None:
            for row in actors.to_dict("records"):
                for name in (row["name"], *aliases(row["aliases"])):
                    self.by_alias[folded(name)].append((row["name"], row["from"], row["to"]))
        self.finder = self._finder()

    def _finder(self) -> re.Pattern[str] | None:
        forms: dict[str, None] = {}
        for named in self.names.all:
            for form in (named.name, *named.forms):
                forms[form] = forms[form.upper()] = None
                if named.person and len(named.key) > 1:
                    forms[form.split()[-1]] = None
        ordered = sorted(forms, key=lambda form: (-len(form), form))
        return re.compile(r"\b(?:" + "|".join(map(re.escape, ordered)) + r")\b") if forms else None

    def story(self, text: str, day: str) -> _Story:
        """Read who is named in a text, and where."""
        story = _Story(text, day)
        if self.finder is None:
            return story
        full: dict[str, Named] = {}
        for match in self.finder.finditer(text):
            named = self.names.exact(match.group())
            if named is None:
                called = self.names.people_called(match.group())
                here = [person for person in called if person.name in full]
                named = here[0] if len(here) == 1 else called[0] if len(called) == 1 else None
            if named is not None:
                full[named.name] = named
                story.mentions.append((match.start(), named))
        for match in _BODY_NOUN.finditer(text):
            same = [b for b in self.names.bodies_of_kind(match[1].lower()) if b.sure]
            here = [body for body in same if body.name in full] or same
            if len(here) == 1:
                story.mentions.append((match.start(), here[0]))
        story.mentions.sort(key=_place)
        return story

    def alias(self, label: str, day: str) -> str:
        """Return the actor whom the register gives a printed name to."""
        read = read_source(label)
        for form in (label, label.split(",")[0], read.name):
            for name, first, last in self.by_alias.get(folded(form), ()) if form else ():
                if covers(first, last, day):
                    return name
        return ""

    def settle(self, story: _Story, label: str, given: str, place: int) -> tuple[str, str, str]:
        """Return the actor of a source, its kind, and why it is taken for that."""
        source = read_source(label)
        alias = self.alias(label, story.date) if source.kind != "pronoun" else ""
        if alias:
            held = self.names.exact(alias)
            kind = "person" if held is None or held.person else "body"
            return self._remember(story, place, alias, kind, label, given, "register")
        if source.kind == "pronoun":
            name, kind, why = self._pronoun(story, source, given, place)
        elif source.kind == "name":
            name, kind, why = self._name(story, source, label, given, place)
        elif source.kind == "mouthpiece":
            name, kind, why = self._mouthpiece(story, source, label, given, place)
        elif source.kind == "body":
            name, kind, why = self._body(story, source, place)
        elif source.kind == "role":
            name, kind, why = self._role(story, source, given, place)
        elif source.kind == "people":
            name, kind, why = self._unnamed(story, source, label)
        else:
            name, kind, why = "", "", ""
        if not name:
            return "", "", ""
        return self._remember(story, place, name, kind, label, given, why)

    def _remember(
        self, story: _Story, place: int, name: str, kind: str, label: str, given: str, why: str
    ) -> tuple[str, str, str]:
        source = read_source(label)
        held = self.names.exact(name)
        gender = source.gender if source.gender in ("m", "f") else ""
        gender = gender or (held.gender if held is not None and held.person else "")
        if kind == UNNAMED and source.role.endswith("s"):
            gender = "many"
        own = source.kind != "pronoun"
        story.said.append(_Said(place, name, kind, gender, label, given, own))
        return name, kind, why

    def _pronoun(
        self, story: _Story, source: Source, given: str, place: int
    ) -> tuple[str, str, str]:
        if source.gender in ("", "self", "many"):
            return "", "", ""
        last = story.said[-1] if story.said else None
        if source.gender == "body":
            body = self._opening_body(story, place, last.place if last else 0)
            if body:
                return body, "body", "pronoun: the body named last"
            if last is not None and place - last.place < _FAR:
                return last.actor, last.kind, "pronoun: who spoke last"
            return "", "", ""
        held = self._known(given)
        last = next((s for s in reversed(story.said) if s.own and s.gender == source.gender), None)
        if last is not None and place - last.place >= _FAR:
            last = None
        since = last.place + len(last.label) if last is not None else 0
        first, upto = (bisect_left(story.mentions, at, key=_place) for at in (since, place))
        named = {person.name for _, person in story.mentions[first:upto]}
        if held is None or held.gender not in ("", source.gender):
            newer = self._last_person(story, source.gender, place, since)
            if newer or last is not None:
                name = newer or last.actor
                kind = "person" if newer else last.kind
                return name, kind, "pronoun: who was named last"
            return "", "", ""
        if last is not None and held.name not in named:
            return last.actor, last.kind, "pronoun: who spoke last"
        if held is not None:
            return held.name, "person" if held.person else "body", "pronoun"
        return "", "", ""

    def _known(self, name: str) -> Named | None:
        if not name:
            return None
        held = self.names.exact(name)
        if held is None:
            called = self.names.people_called(name)
            held = called[0] if len(called) == 1 else None
        return held

    def _name(
        self, story: _Story, source: Source, label: str, given: str, place: int
    ) -> tuple[str, str, str]:
        held = self.names.exact(source.name)
        if held is not None and (held.person or not source.gender):
            why = "full name" if held.name == source.name else "another form of the name"
            return held.name, "person" if held.person else "body", why
        called = self.names.people_called(source.name, source.gender)
        near = story.before(len(story.text))
        here = [person for person in called if person.name in near]
        if len(here) == 1 or (not here and len(called) == 1):
            chosen = (here or called)[0]
            where = "in the document" if here else "in the corpus"
            return chosen.name, "person", f"{_part(source.name, chosen)}, the only one {where}"
        if here:
            before = story.before(place)
            chosen = max(here, key=lambda person: before[person.name])
            return chosen.name, "person", "surname of several; the one named most before"
        whole = [n for n in self.names.bodies_called(source.name) if n.name in near]
        whole = whole or self.names.bodies_called(source.name)
        if len(whole) == 1:
            return whole[0].name, "body", "shorter form of the body's name"
        for _, _, name in names_in(label):
            other = self.names.exact(name)
            if other is not None and name != source.name:
                return other.name, "person" if other.person else "body", "named in the source"
        held = self._known(given)
        if held is not None and name_words(held.name)[-1:] == name_words(source.name)[-1:]:
            return held.name, "person" if held.person else "body", "full name in the document"
        if looks_like_a_body(source.name):
            return source.name, "body", "as printed"
        return source.name, "person" if len(name_words(source.name)) > 1 else UNNAMED, "as printed"

    def _owner(self, story: _Story, owner: str, place: int) -> str:
        wanted = {"his": "m", "her": "f"}.get(owner, "")
        if not wanted:
            return self._opening_body(story, place) or next(
                (said.actor for said in reversed(story.said) if said.kind == "body"), ""
            )
        person = self._last_person(story, wanted, place)
        return self._affiliation(person) if person else ""

    def _last_person(self, story: _Story, gender: str, place: int, since: int = 0) -> str:
        """Return the person of a gender named or heard last before a place."""
        said = [
            (said.place, said.actor)
            for said in story.said
            if said.kind == "person" and said.gender == gender and said.place >= since
        ]
        first = bisect_left(story.mentions, since, key=_place)
        upto = bisect_left(story.mentions, place, key=_place)
        named = [
            (where, person.name)
            for where, person in story.mentions[first:upto]
            if person.person and person.gender == gender
        ]
        last = max([*said[-1:], *named[-1:]], default=(0, ""))
        return last[1] if place - last[0] < _FAR else ""

    def _affiliation(self, actor: str) -> str:
        held = self.names.exact(actor)
        if held is None or not held.bodies:
            return ""
        return held.bodies.most_common(1)[0][0]

    def _opening_body(self, story: _Story, place: int, since: int = 0) -> str:
        """Return the body that opens a sentence of this paragraph or the one before, the last."""
        opens = story.text.rfind("\n", 0, story.text[:place].rstrip().rfind("\n") + 1) + 1
        at = bisect_left(story.mentions, place, key=_place)
        for where, named in reversed(story.mentions[:at]):
            if where < max(opens, since):
                break
            before = story.text[max(0, where - 8) : where]
            if not named.person and named.sure and _OPENING.search(before):
                return named.name
        return ""

    def _mouthpiece(
        self, story: _Story, source: Source, label: str, given: str, place: int
    ) -> tuple[str, str, str]:
        why = f"{source.role}, counted to the body"
        if source.of:
            if source.of.islower():
                return self._body(story, Source("body", role=source.of, definite=True), place)
            name, kind, _ = self._name(story, Source("name", name=source.of), label, given, place)
            return name, kind if kind != UNNAMED else "body", why
        if source.owner:
            owner = self._owner(story, source.owner, place)
            return (owner, "body", why) if owner else self._unnamed(story, source, label)
        if source.role in PAPERS:
            for said in reversed(story.said):
                if source.role in said.label.lower() and said.kind != UNNAMED:
                    return said.actor, said.kind, f"the {source.role} of who is named with it"
            said = next((s for s in reversed(story.said) if s.kind != UNNAMED), None)
            if said is not None and place - said.place < _FAR and source.definite:
                return said.actor, said.kind, f"the {source.role} of who spoke last"
            return self._unnamed(story, source, label)
        body = self._opening_body(story, place)
        if not body and story.said and place - story.said[-1].place < _FAR:
            said = story.said[-1]
            body = said.actor if said.kind == "body" else self._affiliation(said.actor)
        return (body, "body", why) if body else self._unnamed(story, source, label)

    def _body(self, story: _Story, source: Source, place: int) -> tuple[str, str, str]:
        if source.of:
            held = self.names.exact(f"{source.of} {source.role.title()}")
            if held is not None:
                return held.name, "body", "full name"
        if source.owner:
            owner = self._owner(story, source.owner, place)
            if owner:
                return owner, "body", "the body of who spoke last"
        same = self.names.bodies_of_kind(source.role)
        near = story.before(place)
        here = [body for body in same if body.name in near]
        if source.definite and (here or len(same) == 1):
            chosen = max(here or same, key=lambda body: near[body.name])
            return chosen.name, "body", f"the only {source.role} named, or the one named most"
        if source.role in _STANDING or source.of:
            return source.phrase or source.role, "body", "as described"
        if source.definite and story.said:
            said = story.said[-1]
            body = said.actor if said.kind == "body" else self._affiliation(said.actor)
            if body and place - said.place < _FAR:
                return body, "body", f"the {source.role} of who spoke last"
        return self._unnamed(story, source, source.phrase or source.role)

    def _role(
        self, story: _Story, source: Source, given: str, place: int
    ) -> tuple[str, str, str]:
        if not source.definite:
            return self._unnamed(story, source, "")
        named = story.before(len(story.text))
        near = story.before(place)
        people = [person for person in self.names.all if person.person]
        if source.gender:
            people = [p for p in people if p.gender in ("", source.gender)]
        if source.of:
            body = self._known(source.of)
            of = body.name if body is not None else source.of
            bound = [person for person in people if of in person.bodies]
            office = [p for p in bound if _holds(p, source)] or bound
            if len(office) == 1 or (office and any(p.name in named for p in office)):
                chosen = max(office, key=lambda p: (named[p.name], p.name))
                return chosen.name, "person", f"role: {source.phrase} of {of}"
        if source.role in story.described:
            return story.described[source.role], UNNAMED, "described before"
        if source.role in _KIN or source.phrase.split()[0] in ("first", "second", "other"):
            return self._unnamed(story, source, "")
        exact = [p for p in people if source.phrase in p.phrases and p.name in named]
        held = exact or [p for p in people if _holds(p, source) and p.name in named]
        if not held:
            held = [p for p in people if _holds(p, source, loose=True) and p.name in near]
        if held:
            turns = Counter(said.actor for said in story.said)
            chosen = max(held, key=lambda p: (near[p.name] + turns[p.name], p.name))
            return chosen.name, "person", f"role: {source.phrase}"
        elsewhere = [p for p in people if source.phrase in p.phrases]
        if len(elsewhere) == 1:
            return elsewhere[0].name, "person", f"role: {source.phrase}, elsewhere in the corpus"
        known = self._known(given)
        if known is not None and known.person:
            return known.name, "person", "as found in the document"
        for said in reversed(story.said) if not source.of else ():
            if said.kind == "person" and place - said.place < _FAR:
                if source.role == "witness" and read_source(said.label).title in _PANEL:
                    continue
                if source.gender and said.gender and said.gender != source.gender:
                    continue
                return said.actor, "person", "description of who spoke last"
        return self._unnamed(story, source, "")

    def _unnamed(self, story: _Story, source: Source, label: str) -> tuple[str, str, str]:
        described = source.phrase or read_source(label).phrase or label.split(",")[0]
        described = " ".join(described.split()).lower() or source.role
        if source.definite and source.role in story.described:
            return story.described[source.role], UNNAMED, "described before"
        if source.role:
            story.described[source.role] = described
        return described, UNNAMED, "described, not named"


def _place(mention: tuple[int, Named]) -> int:
    return mention[0]


def _part(name: str, person: Named) -> str:
    return "surname" if surname(person.name).endswith(folded(name)) else "first name"


def _holds(person: Named, source: Source, *, loose: bool = False) -> bool:
    """Say whether a person is called by a role, or, loosely, by one that means the same."""
    if not loose:
        return source.role in person.roles
    return any(source.role in same and same & set(person.roles) for same in _SAME_OFFICE)


def resolve_actors(corpus: Corpus, actors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say of every utterance which actor it belongs to, in one name throughout the corpus.

    Parameters
    ----------
    corpus : Corpus
        With its press stories cut into voices.
    actors : pandas.DataFrame, optional
        A register as :func:`analysis.corpus.actors.read_actors` returns it. Its names and aliases
        win over what is found; who is not in it is found all the same.

    Returns
    -------
    pandas.DataFrame
        One row per utterance that has a source: ``document``, ``utterance``, ``printed`` (the
        source as written), ``actor``, ``kind`` (person, body, or unnamed for a description),
        ``organisation`` (the actor itself if a body, empty where unknown), ``group``, ``why``.

    Notes
    -----
    A name joins the longest form that fits: surnames, initials and particles compared, first in its
    document, then in the corpus, and only if exactly one fits. A role joins the person whom
    the texts call so; a spokesman, a statement or lawyers count to their body. Pronouns follow the
    document's own resolution, unless their antecedent was put right here.

    Examples
    --------
    >>> from analysis.text.document import from_spans
    >>> from analysis.voices import voices
    >>> text = '"No," said Ann Moss, the minister. "Never," the minister added.'
    >>> story = voices(from_spans("d", text, [(0, 0, len(text), "", "", "narration")]))
    >>> resolve_actors(Corpus.of([story]))["actor"].unique().tolist()
    ['Ann Moss']
    """
    register = check_actors(actors) if actors is not None else None
    resolver = _Resolver(corpus, register)
    dates = dict(zip(corpus.documents["document"], corpus.documents["date"], strict=True))
    groups = _Groups(register)
    rows = []
    for document, said in corpus.utterances.groupby("document", sort=False):
        day = dates.get(document) or ""
        story: _Story | None = None
        for row in said.to_dict("records"):
            label, speaker, mode = row["label"] or "", row["speaker"] or "", row["mode"]
            if not (label or speaker):
                continue
            if mode in ("turn", "narration"):
                name = resolver.alias(speaker, day) or resolver.alias(label, day) or speaker
                kind = groups.kind(name) or ("body" if looks_like_a_body(name) else "person")
                why = "register" if name != speaker else "label"
            else:
                if story is None:
                    story = resolver.story(corpus.texts[str(document)], day)
                name, kind, why = resolver.settle(story, label or speaker, speaker, row["start"])
            if not name:
                continue
            organisation, group = groups.of(name, day)
            organisation = organisation or row.get("affiliation") or ""
            if not organisation:
                organisation = name if kind == "body" else resolver._affiliation(name)
            rows.append((document, row["utterance"], label or speaker, name, kind, organisation,
                         group or row.get("group") or "", why))  # fmt: skip
    table = pd.DataFrame(rows, columns=list(RESOLVED_COLUMNS))
    types = dict.fromkeys(RESOLVED_COLUMNS, "str") | {"utterance": "int64"}
    return table.astype(types)


class _Groups:
    """Affiliation, group and kind as a register has them."""

    def __init__(self, actors: pd.DataFrame | None) -> None:
        self.rows: dict[str, list[dict[str, str]]] = defaultdict(list)
        for row in actors.to_dict("records") if actors is not None else ():
            self.rows[row["name"]].append(row)

    def of(self, name: str, day: str) -> tuple[str, str]:
        for row in self.rows.get(name, ()):
            if covers(row["from"], row["to"], day):
                own = name if row["kind"] == "body" and not row["affiliation"] else ""
                return row["affiliation"] or own, row["group"]
        return "", ""

    def kind(self, name: str) -> str:
        return self.rows[name][0]["kind"] if name in self.rows else ""


def merged_names(resolved: pd.DataFrame) -> pd.DataFrame:
    """List which printed sources became which actor, and why.

    Parameters
    ----------
    resolved : pandas.DataFrame
        From :func:`resolve_actors`.

    Returns
    -------
    pandas.DataFrame
        ``actor``, ``printed``, ``why``, ``utterances``, ``documents`` (int), the actors in
        alphabetical order and each one's names by their frequency.

    Examples
    --------
    >>> columns = ["document", "utterance", "printed", "actor", "why"]
    >>> table = pd.DataFrame([["d", 0, "Mr Renn", "Tobias Renn", "surname"]], columns=columns)
    >>> merged_names(table)[["actor", "printed", "utterances"]].values.tolist()
    [['Tobias Renn', 'Mr Renn', 1]]
    """
    grouped = resolved.groupby(["actor", "printed", "why"], sort=False)
    table = grouped.agg(utterances=("utterance", "size"), documents=("document", "nunique"))
    return table.reset_index().sort_values(
        ["actor", "utterances", "printed"], ascending=[True, False, True], ignore_index=True
    )


def propose_actors(corpus: Corpus, *, resolved: pd.DataFrame | None = None) -> pd.DataFrame:
    """Propose a register of the actors of a corpus, for a researcher to edit.

    Parameters
    ----------
    corpus : Corpus
        With its press stories cut into voices.
    resolved : pandas.DataFrame, optional
        From :func:`resolve_actors`, if there already.

    Returns
    -------
    pandas.DataFrame
        ``name``, ``aliases`` (the names and roles as printed that stand for nobody else in the
        corpus), ``kind``, ``affiliation``, ``group``, ``from``, ``to`` (empty); who speaks
        most comes first. Sources that are described and not named are left out.

    Examples
    --------
    >>> from analysis.text.document import from_turns
    >>> propose_actors(Corpus.of([from_turns("d", [("Ann Moss", "Yes.")])]))["name"].tolist()
    ['Ann Moss']
    """
    found = resolve_actors(corpus) if resolved is None else resolved
    found = found[found["kind"] != UNNAMED]
    owners = _owners(found)
    rows = []
    order = found["actor"].value_counts(sort=False)
    for actor in sorted(order.index, key=lambda name: (-order[name], name)):
        own = found[found["actor"] == actor]
        forms = [form for form in owners if owners[form] == {actor} and folded(form) != folded(actor)]
        kept: dict[str, str] = {}
        for form in forms:
            kept.setdefault(folded(form), form)
        affiliation = next((v for v in own["organisation"] if v and v != actor), "")
        group = own["group"].value_counts()
        group = group.drop("", errors="ignore")
        rows.append((actor, f"{SEPARATOR} ".join(kept.values()), own["kind"].iloc[0], affiliation,
                     group.index[0] if len(group) == 1 else "", "", ""))  # fmt: skip
    return check_actors(pd.DataFrame(rows, columns=list(ACTOR_COLUMNS), dtype="str"))


def _owners(found: pd.DataFrame) -> dict[str, set[str]]:
    """Return the short printed forms that can be aliases, each with whom it stood for."""
    forms: dict[str, set[str]] = defaultdict(set)
    by_key: dict[str, set[str]] = defaultdict(set)
    for printed, actor in found[["printed", "actor"]].drop_duplicates().itertuples(index=False):
        source = read_source(printed)
        form = printed.split(",")[0].strip()
        if source.kind == "name":
            form = source.name
        usable = source.kind in ("name", "role") and len(form.split()) <= 7
        if source.kind == "mouthpiece" and source.of and not source.of.islower():
            usable = len(form.split()) <= 6
        by_key[folded(form)].add(actor)
        if usable and SEPARATOR not in form:
            forms[form].add(actor)
    names = {folded(actor) for actor in found["actor"]}
    return {
        form: by_key[folded(form)]
        for form in forms
        if folded(form) not in names or by_key[folded(form)] == {form}
    }

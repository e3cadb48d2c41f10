"""Which actor each utterance belongs to, in one name throughout a corpus, and why."""

# Rules are cases, each with its own return.
# ruff: noqa: PLR0911, PLR0912
from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from dataclasses import replace

import pandas as pd

from analysis.corpus.actor_gathering import gather_names
from analysis.corpus.actor_names import Named, acronyms, looks_like_a_body
from analysis.corpus.actor_roles import KIN, PANEL, agrees, holds, which_name, without_office
from analysis.corpus.actor_story import UNNAMED, Said, Story, place_of
from analysis.corpus.actors import aliases, covers, folded
from analysis.corpus.corpus import Corpus
from analysis.voices.english.printed_names import BODY_NOUNS, name_words, names_in
from analysis.voices.english.sources import PAPERS, Source, read_source

_STANDIN = "Zzyzx"
"""Stands for a long name while a source is taken apart."""
_STANDING = frozenset(["government", "police", "opposition", "parliament", "party", "court"])
_OPENING = re.compile(r"(?:^|[.!?:;”\"]\s+|\n\s*)(?:The\s+|But\s+)?$")
_BODY_NOUN = re.compile(rf"\b[Tt]he ({'|'.join(sorted(BODY_NOUNS))})\b")
_FAR = 1500
"""Characters within which a description may point back to who spoke last."""


class Resolver:
    """Settles the sources of a corpus, one document after the other.

    Parameters
    ----------
    corpus : Corpus
    actors : pandas.DataFrame, optional
        A checked register.
    """

    def __init__(self, corpus: Corpus, actors: pd.DataFrame | None) -> None:
        self.names = gather_names(corpus, actors)
        self.acronyms = self.names.acronyms
        known = {named.name for named in self.names.all if not named.person}
        self.joined = sorted((n for n in known if " and " in n or " & " in n), key=len)[::-1]
        self.actors = actors
        self.by_alias: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
        if actors is not None:
            for row in actors.to_dict("records"):
                for name in (row["name"], *aliases(row["aliases"])):
                    self.by_alias[folded(name)].append((row["name"], row["from"], row["to"]))

    def story(self, text: str, day: str) -> Story:
        """Read who is named in a text, and where; its own acronyms come before those of others."""
        self.names.declare(self.acronyms | acronyms(text))
        story = Story(text, day)
        full: dict[str, Named] = {}
        for start, _, key in self.names.scan(text):
            named = self.names.of_words(key)
            if named is None:
                called = self.names.people_called(" ".join(key))
                here = [person for person in called if person.name in full]
                named = here[0] if len(here) == 1 else called[0] if len(called) == 1 else None
            if named is not None:
                full[named.name] = named
                story.mentions.append((start, named))
        for match in _BODY_NOUN.finditer(text):
            same = [b for b in self.names.bodies_of_kind(match[1].lower()) if b.sure]
            here = [body for body in same if body.name in full] or same
            if len(here) == 1:
                story.mentions.append((match.start(), here[0]))
        story.mentions.sort(key=place_of)
        story.people = [named for named in full.values() if named.person]
        return story

    def alias(self, label: str, day: str) -> str:
        """Return the actor whom the register gives a printed name to."""
        read = read_source(label)
        for form in (label, label.split(",", maxsplit=1)[0], read.name):
            for name, first, last in self.by_alias.get(folded(form), ()) if form else ():
                if covers(first, last, day):
                    return name
        return ""

    def named(self, name: str) -> str:
        """Return the one form of a name written outside the texts."""
        source = read_source(name)
        alias = self.alias(name, "")
        if alias or not name:
            return alias
        if source.kind == "mouthpiece" and source.of:
            same = self.names.bodies_of_kind(source.of)
            return same[0].name if len(same) == 1 else self.named(source.of)
        if not source.name:
            return folded(name)
        held = self.names.exact(source.name)
        found = [held] if held is not None else self.names.people_called(source.name, source.gender)
        found = found or self.names.bodies_called(source.name)
        return found[0].name if len(found) == 1 else source.name

    def settle(self, story: Story, label: str, given: str, place: int) -> tuple[str, str, str]:
        """Return the actor of a source, its kind, and why it is taken for that."""
        source = without_office(self._read(label), given)
        alias = self.alias(label, story.date) if source.kind != "pronoun" else ""
        if alias:
            held = self.names.exact(alias)
            kind = "person" if held is None or held.person else "body"
            self._remember(story, place, label, alias, kind)
            return alias, kind, "register"
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
        held = self.names.exact(name)
        if held is not None and kind != UNNAMED:
            kind = "person" if held.person else "body"
            if source.kind == "name" and source.of and held.person:
                body = self.names.exact(source.of)
                longer = self.names.bodies_called(source.of) if body is None else [body]
                held.bodies[longer[0].name if len(longer) == 1 else source.of] += 1
        self._remember(story, place, label, name, kind)
        return name, kind, why

    def _read(self, label: str) -> Source:
        """Take a source apart, the names of bodies that hold an «and» kept whole."""
        full = next((name for name in self.joined if name in label), "")
        if not full:
            return read_source(label)
        source = read_source(label.replace(full, _STANDIN))
        return replace(
            source,
            name=source.name.replace(_STANDIN, full),
            of=source.of.replace(_STANDIN, full),
            phrase=source.phrase.replace(_STANDIN.lower(), full.lower()),
        )

    def _remember(self, story: Story, place: int, label: str, name: str, kind: str) -> None:
        source = read_source(label)
        held = self.names.exact(name)
        gender = source.gender if source.gender in ("m", "f") else ""
        gender = gender or (held.gender if held is not None and held.person else "")
        if kind == UNNAMED and source.role.endswith("s"):
            gender = "many"
        own = source.kind != "pronoun"
        story.said.append(Said(place, name, kind, gender, label, own))

    def _pronoun(
        self, story: Story, source: Source, given: str, place: int
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
        first, upto = (bisect_left(story.mentions, at, key=place_of) for at in (since, place))
        named = {person.name for _, person in story.mentions[first:upto]}
        if held is None or held.gender not in ("", source.gender):
            newer = self._last_person(story, source.gender, place, since)
            if newer:
                return newer, "person", "pronoun: who was named last"
            if last is not None:
                return last.actor, last.kind, "pronoun: who was named last"
            return "", "", ""
        if last is not None and held.name not in named:
            return last.actor, last.kind, "pronoun: who spoke last"
        return held.name, "person" if held.person else "body", "pronoun"

    def _known(self, name: str) -> Named | None:
        if not name:
            return None
        held = self.names.exact(name)
        if held is None:
            called = self.names.people_called(name)
            held = called[0] if len(called) == 1 else None
        return held

    def _name(
        self, story: Story, source: Source, label: str, given: str, place: int
    ) -> tuple[str, str, str]:
        held = self.names.exact(source.name)
        if held is not None and (held.person or not source.gender):
            why = "full name" if held.name == source.name else "another form of the name"
            return held.name, "person" if held.person else "body", why
        called = self.names.people_called(source.name, source.gender)
        near = story.before(len(story.text))
        titled = [person for person in called if source.title in person.roles]
        if titled:
            # «Senator Harcourt» is the one of two Harcourts who is a senator.
            called = titled
        here = [person for person in called if person.name in near]
        if len(here or called) == 1:
            chosen = (here or called)[0]
            where = "in the document" if here else "in the corpus"
            return (
                chosen.name,
                "person",
                f"{which_name(source.name, chosen)}, the only one {where}",
            )
        if here:
            before = story.before(place)
            chosen = max(here, key=lambda person: before[person.name])
            return chosen.name, "person", "surname of several; the one named most before"
        whole = [n for n in self.names.bodies_called(source.name) if n.name in near]
        whole = whole or self.names.bodies_called(source.name)
        if len(whole) == 1:
            return whole[0].name, "body", "shorter form of the body's name"
        for _, _, name in names_in(label) if len(name_words(source.name)) == 1 else ():
            other = self.names.exact(name)
            if other is not None and name != source.name:
                return other.name, "person" if other.person else "body", "named in the source"
        held = self._known(given)
        if held is not None and name_words(held.name)[-1:] == name_words(source.name)[-1:]:
            return held.name, "person" if held.person else "body", "full name in the document"
        if looks_like_a_body(source.name):
            return source.name, "body", "as printed"
        return source.name, "person" if len(name_words(source.name)) > 1 else UNNAMED, "as printed"

    def _owner(self, story: Story, owner: str, place: int) -> str:
        wanted = {"his": "m", "her": "f"}.get(owner, "")
        if not wanted:
            return self._opening_body(story, place) or next(
                (said.actor for said in reversed(story.said) if said.kind == "body"), ""
            )
        person = self._last_person(story, wanted, place)
        return self.affiliation(person) if person else ""

    def _last_person(self, story: Story, gender: str, place: int, since: int = 0) -> str:
        """Return the person of a gender named or heard last before a place."""
        said = [
            (said.place, said.actor)
            for said in story.said
            if said.kind == "person" and said.gender == gender and said.place >= since
        ]
        first = bisect_left(story.mentions, since, key=place_of)
        upto = bisect_left(story.mentions, place, key=place_of)
        named = [
            (where, person.name)
            for where, person in story.mentions[first:upto]
            if person.person and person.gender == gender
        ]
        last = max([*said[-1:], *named[-1:]], default=(0, ""))
        return last[1] if place - last[0] < _FAR else ""

    def affiliation(self, actor: str) -> str:
        """Return the body that the texts most often give an actor, if any."""
        held = self.names.exact(actor)
        if held is None or not held.bodies:
            return ""
        return held.bodies.most_common(1)[0][0]

    def _opening_body(self, story: Story, place: int, since: int = 0) -> str:
        """Return the body that opens a sentence of this paragraph or the one before, the last."""
        opens = story.text.rfind("\n", 0, story.text[:place].rstrip().rfind("\n") + 1) + 1
        at = bisect_left(story.mentions, place, key=place_of)
        for where, named in reversed(story.mentions[:at]):
            if where < max(opens, since):
                break
            before = story.text[max(0, where - 8) : where]
            if not named.person and named.sure and _OPENING.search(before):
                return named.name
        return ""

    def _mouthpiece(
        self, story: Story, source: Source, label: str, given: str, place: int
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
            last = next((s for s in reversed(story.said) if s.kind != UNNAMED), None)
            if last is not None and place - last.place < _FAR and source.definite:
                return last.actor, last.kind, f"the {source.role} of who spoke last"
            return self._unnamed(story, source, label)
        body = self._opening_body(story, place)
        if not body and story.said and place - story.said[-1].place < _FAR:
            said = story.said[-1]
            body = said.actor if said.kind == "body" else self.affiliation(said.actor)
        return (body, "body", why) if body else self._unnamed(story, source, label)

    def _body(self, story: Story, source: Source, place: int) -> tuple[str, str, str]:
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
            body = said.actor if said.kind == "body" else self.affiliation(said.actor)
            if body and place - said.place < _FAR:
                return body, "body", f"the {source.role} of who spoke last"
        return self._unnamed(story, source, source.phrase or source.role)

    def _role(self, story: Story, source: Source, given: str, place: int) -> tuple[str, str, str]:
        if not source.definite:
            return self._unnamed(story, source, "")
        named = story.before(len(story.text))
        near = story.before(place)
        people = [p for p in story.people if agrees(p, source.gender)]
        if source.of:
            body = self._known(source.of)
            of = body.name if body is not None else source.of
            bound = [p for p in self.names.by_body.get(of, ()) if agrees(p, source.gender)]
            office = [p for p in bound if holds(p, source)] or bound
            if len(office) == 1 or (office and any(p.name in named for p in office)):
                chosen = max(office, key=lambda p: (named[p.name], p.name))
                return chosen.name, "person", f"role: {source.phrase} of {of}"
        if source.role in story.described:
            return story.described[source.role], UNNAMED, "described before"
        if source.role in KIN or source.phrase.split()[0] in ("first", "second", "other"):
            return self._unnamed(story, source, "")
        exact = [p for p in people if source.phrase in p.phrases]
        held = exact or [p for p in people if holds(p, source)]
        if not held:
            held = [p for p in people if holds(p, source, loose=True) and p.name in near]
        if source.phrase.startswith("new "):
            # The new minister is not the one who was called minister before.
            held = exact
        if held:
            chosen = self._one_of(story, held, place)
            return chosen.name, "person", f"role: {source.phrase}"
        elsewhere = self.names.by_office.get(source.phrase, [])
        elsewhere = [p for p in elsewhere if agrees(p, source.gender)]
        if len(elsewhere) == 1:
            return elsewhere[0].name, "person", f"role: {source.phrase}, elsewhere in the corpus"
        known = self._known(given)
        if known is not None and known.person:
            return known.name, "person", "as found in the document"
        for said in reversed(story.said) if not source.of else ():
            if said.kind == "person" and place - said.place < _FAR:
                if source.role == "witness" and read_source(said.label).title in PANEL:
                    continue
                if source.gender and said.gender and said.gender != source.gender:
                    continue
                return said.actor, "person", "description of who spoke last"
        return self._unnamed(story, source, "")

    def _one_of(self, story: Story, held: list[Named], place: int) -> Named:
        """Return which of several a role means: who spoke last here, else who is named most."""
        last = story.said[-1] if story.said else None
        if last is not None and "\n" not in story.text[last.place : place].strip():
            for person in held:
                if person.name == last.actor:
                    return person
        near = story.before(place)
        turns = Counter(said.actor for said in story.said)
        return max(held, key=lambda p: (near[p.name] + turns[p.name], p.name))

    def _unnamed(self, story: Story, source: Source, label: str) -> tuple[str, str, str]:
        described = source.phrase or read_source(label).phrase or label.split(",", maxsplit=1)[0]
        described = " ".join(described.split()).lower() or source.role
        if source.definite and source.role in story.described:
            return story.described[source.role], UNNAMED, "described before"
        if source.role:
            story.described[source.role] = described
        return described, UNNAMED, "described, not named"

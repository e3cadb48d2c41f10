"""Which actor each utterance of a corpus belongs to, what was joined and why; a register of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

import pandas as pd

from analysis.corpus.actor_names import looks_like_a_body
from analysis.corpus.actor_resolution import Resolver
from analysis.corpus.actor_story import UNNAMED, Story
from analysis.corpus.actors import ACTOR_COLUMNS, SEPARATOR, check_actors, covers, folded
from analysis.corpus.corpus import Corpus
from analysis.voices.english.printed_names import name_words
from analysis.voices.english.sources import Source, read_source

RESOLVED_COLUMNS = (
    "document", "utterance", "printed", "actor", "kind", "organisation", "group", "why",
)  # fmt: skip
_SAID = ("utterance", "start", "label", "speaker", "mode", "affiliation", "group")


def resolve_actors(corpus: Corpus, actors: pd.DataFrame | None = None) -> pd.DataFrame:
    """Say of every utterance which actor it belongs to, in one name throughout the corpus.

    Parameters
    ----------
    corpus : Corpus
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
    >>> text = '"No," said Ann Moss, the minister. "Never," the minister added.'
    >>> story = from_spans("d", text, [(0, 0, len(text), "", "", "narration")])
    >>> resolve_actors(Corpus.of([story]))["actor"].unique().tolist()
    ['Ann Moss']
    """
    register = check_actors(actors) if actors is not None else None
    corpus = corpus.voiced()
    resolver = Resolver(corpus, register)
    dates = dict(zip(corpus.documents["document"], corpus.documents["date"], strict=True))
    groups = _Groups(register)
    rows = []
    # A row of pandas is slow to reach into: the utterances are walked as lists.
    lists = {name: corpus.utterances[name].tolist() for name in _SAID if name in corpus.utterances}
    places = corpus.utterances.groupby("document", sort=False).indices
    for document in corpus.utterances["document"].unique():
        day = dates.get(document) or ""
        story: Story | None = None
        modes = {lists["mode"][at] for at in places[document]}
        quoting = not modes.isdisjoint(("direct", "indirect"))
        for at in places[document]:
            row = {name: values[at] for name, values in lists.items()}
            label, speaker, mode = row["label"] or "", row["speaker"] or "", row["mode"]
            # Of a press story only what is quoted or reported is an actor's; its writer is none.
            if not (label or speaker) or (quoting and mode in ("narration", "turn")):
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
                organisation = name if kind == "body" else resolver.affiliation(name)
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


def name_actors(
    names: Iterable[str], corpus: Corpus, actors: pd.DataFrame | None = None
) -> dict[str, str]:
    """Give names written elsewhere, by a coder or another program, the form they have here.

    Parameters
    ----------
    names : iterable of str
    corpus : Corpus
        The texts that the names are of.
    actors : pandas.DataFrame, optional
        A register, which wins.

    Returns
    -------
    dict of str to str
        Each name as given, and as one actor has it throughout; a name that fits nobody, or
        several, keeps its own form, small and without article if it is a description.

    Examples
    --------
    >>> from analysis.text.document import from_turns
    >>> talk = Corpus.of([from_turns("d", [("A", "Yes.")])])
    >>> register = pd.DataFrame([{"name": "Ann Moss", "aliases": "the minister"}])
    >>> name_actors(["Minister Ann Moss", "The minister"], talk, register)
    {'Minister Ann Moss': 'Ann Moss', 'The minister': 'Ann Moss'}
    """
    register = check_actors(actors) if actors is not None else None
    corpus = corpus.voiced()
    resolver = Resolver(corpus, register)
    return {name: resolver.named(name) for name in names}


def propose_actors(corpus: Corpus, *, resolved: pd.DataFrame | None = None) -> pd.DataFrame:
    """Propose a register of the actors of a corpus, for a researcher to edit.

    Parameters
    ----------
    corpus : Corpus
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
    own_forms: dict[str, list[str]] = defaultdict(list)
    for form, actors in owners.items():
        if len(actors) == 1:
            own_forms[next(iter(actors))].append(form)
    rows = []
    said = dict(tuple(found.groupby("actor", sort=False)))
    order = found["actor"].value_counts(sort=False)
    for actor in sorted(order.index, key=lambda name: (-order[name], name)):
        own = said[actor]
        forms = [form for form in own_forms[actor] if folded(form) != folded(actor)]
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
    pairs = found[["printed", "actor", "kind"]].drop_duplicates()
    namesakes: dict[str, set[str]] = defaultdict(set)
    for actor in pairs.loc[pairs["kind"] == "person", "actor"].unique():
        namesakes[name_words(actor)[-1]].add(actor)
    told = [(printed.lower(), actor) for printed, actor, _ in pairs.itertuples(index=False)]
    for printed, actor, kind in pairs.itertuples(index=False):
        source = read_source(printed)
        form = printed.split(",")[0].strip()
        if source.kind == "name" and not _by_first_name(source, actor):
            form = source.name
        usable = len(form.split()) <= 7 and _stands_alone(source, form, actor, kind)
        if source.kind == "name" and len(name_words(form)) == 1 and kind == "person":
            usable = usable and len(namesakes[name_words(form)[-1]]) < 2
        if source.kind == "role" and usable:
            # An office that changed hands is nobody's alias for good.
            usable = not any(source.phrase in other and actor != who for other, who in told)
        by_key[folded(form)].add(actor)
        if usable and SEPARATOR not in form:
            forms[form].add(actor)
    names = {folded(actor) for actor in found["actor"]}
    return {
        form: by_key[folded(form)]
        for form in forms
        if folded(form) not in names or by_key[folded(form)] == {form}
    }


def _by_first_name(source: Source, actor: str) -> bool:
    """Say whether a person is printed by her first name alone: «Dame Ruth»."""
    parts = name_words(source.name)
    return len(name_words(actor)) > 1 and len(parts) == 1 and parts[0] == name_words(actor)[0]


def _stands_alone(source: Source, form: str, actor: str, kind: str) -> bool:
    """Say whether a printed form names its actor outside its document as well.

    «Mr Renn» and «the director of Open Signal» do; «the director» may be another one elsewhere,
    and a first name is shared by many: «Dame Ruth» does, «Ruth» does not.
    """
    if source.kind == "name":
        if kind == "person" and _by_first_name(source, actor):
            return bool(source.title) and form != source.name
        own, printed = set(name_words(actor)), set(name_words(form))
        return bool(own & printed) or form.isupper()
    if source.kind == "role":
        return bool(source.of) and source.of[:1].isupper()
    return source.kind == "mouthpiece" and kind == "body" and source.of[:1].isupper()

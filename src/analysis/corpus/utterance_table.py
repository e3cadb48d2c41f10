"""The utterances of many documents in one table, with persons, roles and exposure."""

from __future__ import annotations

import pandas as pd

from analysis.corpus import speakers_table
from analysis.text.document import Document
from analysis.text.word_table import count_words_in_each


def utterance_table(documents: list[Document], speakers: pd.DataFrame | None) -> pd.DataFrame:
    """Return the utterances of documents with persons for labels, roles and exposure."""
    if speakers is not None:
        documents = list(speakers_table.resolve_all(documents, speakers))
    return _with_roles(_measured_utterances(documents), speakers)


def _measured_utterances(documents: list[Document]) -> pd.DataFrame:
    """Return the utterances of all documents in one table, with their exposure."""
    names = list(dict.fromkeys(name for document in documents for name in document.columns))
    lists: dict[str, list] = {name: [] for name in names}
    for document in documents:
        columns = document.columns
        size = len(columns["start"])
        for name in names:
            lists[name] += columns.get(name, [None] * size)
    texts = (
        document.text[body:end]
        for document in documents
        for body, end in zip(document.columns["body"], document.columns["end"], strict=True)
    )
    return pd.DataFrame(lists).assign(words=count_words_in_each(texts))


def _with_roles(utterances: pd.DataFrame, labels: pd.DataFrame | None) -> pd.DataFrame:
    """Add affiliation and group: from the table of speakers, else as the source gives them."""
    for name in ("affiliation", "group"):
        told = utterances.get(name, "")
        utterances = utterances.assign(**{name: told}).fillna({name: ""})
    if labels is None:
        return utterances
    everywhere = labels["document"] == ""
    own = labels.loc[~everywhere, ["document", "label", "affiliation", "group"]]
    merged = utterances.merge(
        own, on=["document", "label"], how="left", validate="m:1", suffixes=("_told", "")
    )
    general = labels[everywhere]
    # What a story prints of a source ("Mr Hale, who leads the agency") is no label of a table:
    # those whom it quotes are known by their names, from any row.
    # So is whoever bears a label that no row has, where one has the name: its owner changed the
    # label in place of the name, which would cost the person its group.
    quoted = merged["mode"].isin(["direct", "indirect"]) | ~merged["label"].isin(labels["label"])
    for name in ("affiliation", "group"):
        by_label = merged["label"].map(first_of(general, "label", name)).astype("str")
        by_name = merged["speaker"].map(first_of(labels, "speaker", name)).astype("str")
        given = merged[name].fillna(by_label.where(~quoted, by_name))
        merged[name] = given.fillna(merged[f"{name}_told"]).fillna("")
    return merged.drop(columns=["affiliation_told", "group_told"])


def first_of(table: pd.DataFrame, key: str, value: str) -> pd.Series:
    """Return the first value given for each key that is not empty."""
    known = table[table[value] != ""].drop_duplicates(key)
    return known.set_index(key)[value]

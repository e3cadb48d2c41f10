"""Two engines behind one interface: who says what in a text."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import pandas as pd

from analysis.errors import AnalysisError
from analysis.voices.english import rules
from analysis.voices.english.assemble import Attribution, assemble
from analysis.voices.english.reporting import Span
from analysis.voices.english.resolution import resolve
from analysis.voices.english.sentences import sentences
from analysis.voices.quotation_marks import quotations
from analysis.voices.sureness import sureness

Engine = Literal["rules", "parse"]
ENGINES: tuple[Engine, ...] = ("rules", "parse")
ATTRIBUTION_COLUMNS = (
    "attribution",
    "start",
    "end",
    "content",
    "mode",
    "cue",
    "source",
    "speaker",
    "rule",
    "confidence",
)
_UNUSED = ("ner", "lemmatizer", "textcat", "entity_linker", "spancat")


@dataclass(frozen=True)
class Attributions:
    """Who says what in one text, and which engine found it.

    Parameters
    ----------
    text : str
    items : tuple of Attribution
        In order of their first character; contents do not overlap.
    engine : str
        ``rules`` or ``parse``.
    pipeline : str
        Name and version of the spaCy pipeline, empty for the rule engine.
    """

    text: str
    items: tuple[Attribution, ...]
    engine: str
    pipeline: str = ""

    def table(self) -> pd.DataFrame:
        """Return one row per attribution.

        Returns
        -------
        pandas.DataFrame
            ``attribution`` (int, from 0), ``start``, ``end`` (int, first and last character),
            ``content``, ``cue``, ``source`` (str, as written, fragments joined by `` … ``),
            ``mode`` (direct, mixed or indirect), ``speaker`` (str, empty where unknown), ``rule``
            (those that end in ``act`` tell what somebody does or wants, and are nobody's voice),
            ``confidence`` (float, 0 to 1: the chance that the words are this speaker's).
        """
        rows = [
            (
                number,
                item.content[0][0],
                item.content[-1][1],
                self._written(item.content),
                item.kind,
                self._written(item.cue),
                self._written(item.source),
                item.speaker,
                item.rule,
                item.confidence,
            )
            for number, item in enumerate(self.items)
        ]
        return pd.DataFrame(rows, columns=list(ATTRIBUTION_COLUMNS)).astype(
            {"attribution": "int64", "start": "int64", "end": "int64"}
        )

    def _written(self, spans: tuple[Span, ...]) -> str:
        return " … ".join(" ".join(self.text[a:b].split()) for a, b in spans)


@lru_cache(maxsize=4)
def load_pipeline(pipeline: str) -> Any:
    """Load a spaCy pipeline by installed name or by path, without the parts not needed.

    Parameters
    ----------
    pipeline : str
        Name of an installed package such as ``en_core_web_sm``, or the path of a folder that
        holds a pipeline or a package of one.

    Raises
    ------
    AnalysisError
        If spaCy is not installed, or the pipeline is not there or has no parser.
    """
    try:
        spacy = importlib.import_module("spacy")
    except ImportError as error:
        raise AnalysisError(
            "engine 'parse'",
            "spaCy is not installed",
            "the extra 'parse'",
            "install spacy and an English pipeline, or use engine='rules'",
        ) from error
    place = _folder(Path(pipeline)) if Path(pipeline).exists() else pipeline
    try:
        loaded = spacy.load(place, exclude=list(_UNUSED))
    except (OSError, ValueError) as error:
        raise AnalysisError(
            f"pipeline {pipeline!r}",
            "no spaCy pipeline of this name or at this path",
            "an installed English pipeline",
            "python -m spacy download en_core_web_sm",
        ) from error
    if not {"parser", "tagger"} <= set(loaded.pipe_names):
        raise AnalysisError(
            f"pipeline {pipeline!r}",
            f"the components {', '.join(loaded.pipe_names) or 'none'}",
            "a tagger and a parser",
        )
    return loaded


def _folder(path: Path) -> Path:
    """Return the folder with config.cfg at or below a path, the first by name."""
    if (path / "config.cfg").exists():
        return path
    inner = sorted(path.glob("*/config.cfg")) + sorted(path.glob("*/*/config.cfg"))
    return inner[0].parent if inner else path


def attribute(text: str, *, engine: Engine = "rules", pipeline: Any = None) -> Attributions:
    """Find who says what in a press text.

    Parameters
    ----------
    text : str
    engine : {"rules", "parse"}, default "rules"
        Word lists and word order, or a spaCy dependency parse.
    pipeline : str, path or spaCy Language, optional
        For the parse engine: the pipeline, by name, by path, or loaded.
        ``en_core_web_sm`` if not given.

    Returns
    -------
    Attributions

    Raises
    ------
    AnalysisError
        If the engine is unknown or its pipeline is not installed.

    Examples
    --------
    >>> found = attribute('"We keep nothing," said Ann Moss, a minister. She denied any delay.')
    >>> found.table()[["content", "mode", "source", "speaker"]].values.tolist()[0]
    ['"We keep nothing,"', 'direct', 'Ann Moss, a minister', 'Ann Moss']
    """
    if engine not in ENGINES:
        raise AnalysisError("engine", repr(engine), " or ".join(map(repr, ENGINES)))
    quotes = quotations(text)
    cut = sentences(text, quotes)
    named = ""
    if engine == "rules":
        found = assemble(text, quotes, cut, rules.reports(cut))
    else:
        parse = importlib.import_module("analysis.voices.english.parse")
        loaded = (
            load_pipeline(str(pipeline or "en_core_web_sm"))
            if (pipeline is None or isinstance(pipeline, str | Path))
            else pipeline
        )
        meta = loaded.meta
        named = f"{meta.get('lang', '')}_{meta.get('name', '')} {meta.get('version', '')}".strip()
        tree = parse.tree(text, loaded)
        found = assemble(text, quotes, cut, parse.reports(cut, tree), parse.governor(cut, tree))
    settled, _ = resolve(text, cut, found)
    sure = (replace(item, confidence=round(sureness(text, item), 4)) for item in settled)
    return Attributions(text, tuple(sure), engine, named)

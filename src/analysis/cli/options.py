"""Options that several commands have."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

from analysis.errors import AnalysisError

ENCODING_HELP = "the encoding of texts that are not UTF-8, such as cp1250"
COLUMNS_HELP = "which column of tables is what, such as text=speech,speaker=member"


def columns(given: str | None) -> dict[str, str] | None:
    """Return ``text=speech,speaker=member`` as a mapping."""
    if not given:
        return None
    pairs = [part.partition("=") for part in given.split(",")]
    wrong = [role for role, sign, name in pairs if not (role.strip() and sign and name.strip())]
    if wrong:
        raise AnalysisError("--columns", repr(given), "ROLE=COLUMN,…, such as text=speech")
    return {role.strip(): name.strip() for role, _, name in pairs}


def add_engine(command: argparse.ArgumentParser) -> None:
    """Add what says which engine finds the voices."""
    command.add_argument("--engine", choices=("rules", "parse"), default="rules")
    command.add_argument(
        "--pipeline", help="spaCy pipeline of the parse engine, by name or path (en_core_web_sm)"
    )


def pipeline(options: argparse.Namespace) -> object:
    """Load the spaCy pipeline the options ask for, once; None for the engine without a model."""
    if options.engine == "rules":
        return None
    from analysis.voices import load_pipeline

    here = Path(".pipeline")
    default = str(here) if here.is_dir() else "en_core_web_sm"
    return load_pipeline(options.pipeline or os.environ.get("ANALYSIS_PIPELINE") or default)

"""The command line: ``python -m analysis COMMAND``."""

from analysis.cli.main import main
from analysis.cli.texts import OCCURRENCE_FIELDS

__all__ = ["OCCURRENCE_FIELDS", "main"]

"""Run one command, and say in one line what stopped it."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence

from analysis.cli import rebuilding, studies, testing, texts
from analysis.errors import AnalysisError


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command.

    Parameters
    ----------
    arguments : sequence of str, optional
        The words after ``python -m analysis``; those of the process if left out.

    Returns
    -------
    int
        0 if all went well, 1 if a comparison found a difference, 2 if the input was refused.
    """
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except AnalysisError as error:
        print(f"analysis: {error}", file=sys.stderr)
        return 2
    except MemoryError:
        print(
            "analysis: there is too little memory for this; what was written before is whole; "
            "close other programs or split the texts into several studies",
            file=sys.stderr,
        )
        return 2
    except BrokenPipeError:
        # The reader of our output (head, a pager) has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("analysis: stopped; what was written before is whole", file=sys.stderr)
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m analysis",
        description="Measure framing terms: who voices them, how, and how sure we are.",
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    texts.add(commands)
    studies.add(commands)
    rebuilding.add(commands)
    testing.add(commands)
    return parser

"""The one error a user of the suite is meant to see."""

from __future__ import annotations

import os


class AnalysisError(ValueError):
    """A mistake in the input, said in words its owner can act on.

    The message names the place (file, line or column), what was found there, what was
    expected, and how to correct it. The command line prints it as one line and exits with 2.

    Parameters
    ----------
    where : str or path-like
        The file, argument or column at fault, with the line where there is one.
    found : str
        What was there.
    expected : str, optional
        What should have been there.
    remedy : str, optional
        What to do about it.

    Examples
    --------
    >>> print(AnalysisError("turns.csv", "no column 'speaker'", "the columns speaker, text"))
    turns.csv: no column 'speaker'; expected the columns speaker, text
    """

    def __init__(
        self,
        where: str | os.PathLike[str],
        found: str,
        expected: str | None = None,
        remedy: str | None = None,
    ) -> None:
        self.where = os.fspath(where)
        self.found = found
        self.expected = expected
        self.remedy = remedy
        message = f"{self.where}: {found}"
        if expected:
            message += f"; expected {expected}"
        if remedy:
            message += f"; {remedy}"
        super().__init__(" ".join(message.split()))

    def __reduce__(self) -> tuple:
        """Let the error travel whole from a worker process to the one who asked."""
        return AnalysisError, (self.where, self.found, self.expected, self.remedy)

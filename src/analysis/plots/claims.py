"""A title that states a finding carries what makes it true, so that the two cannot drift apart."""

from __future__ import annotations

from typing import Any

from matplotlib.figure import Figure

from analysis.errors import AnalysisError

_KEPT = "headline"


class Claim(str):
    """A sentence and whether it holds.

    Parameters
    ----------
    sentence : str
    holds : bool
    values : dict of str to object
        The numbers that decide it, by what they are.
    """

    holds: bool
    values: dict[str, Any]

    def __new__(cls, sentence: str, holds: Any, values: dict[str, Any]) -> Claim:
        """Make the sentence a string like any other, with what it rests on beside it."""
        made = super().__new__(cls, sentence)
        made.holds, made.values = bool(holds), values
        return made


def claim(sentence: str, holds: Any, **values: Any) -> Claim:
    """State a finding together with the expression that makes it true.

    Parameters
    ----------
    sentence : str
        As a figure's title, or a sentence of its caption, prints it.
    holds : bool
        The expression that decides it. One that is false is refused when the figure is saved, so
        that a rebuild on other numbers fails where the words no longer fit.
    **values : number or str
        The numbers that the expression compares, for the error and the manifest.

    Returns
    -------
    Claim
        The sentence, which prints as a string.

    Examples
    --------
    >>> said = claim("Advocates say it more", 1.2 > 0.2, advocates=1.2, officials=0.2)
    >>> print(said, said.holds)
    Advocates say it more True
    """
    return Claim(sentence, holds, values)


def keep(figure: Figure, title: str) -> None:
    """Note on a figure what its title says, as it was given."""
    setattr(figure, _KEPT, title)


def title_of(figure: Figure) -> str:
    """Return a figure's title as it was given; empty where it has none."""
    return getattr(figure, _KEPT, "")


def check(name: str, sentence: str) -> dict[str, Any] | None:
    """Return the values that make a sentence true; None for a sentence that claims nothing.

    Parameters
    ----------
    name : str
        The figure that prints it.
    sentence : str or Claim

    Raises
    ------
    AnalysisError
        If the sentence is a claim that does not hold; figure, sentence and values are named.

    Examples
    --------
    >>> check("01_a", claim("Two is more", 2 > 1, two=2, one=1))
    {'two': 2, 'one': 1}
    """
    if not isinstance(sentence, Claim):
        return None
    values = {key: _plain(value) for key, value in sentence.values.items()}
    if not sentence.holds:
        said = ", ".join(f"{key.replace('_', ' ')} {value}" for key, value in values.items())
        raise AnalysisError(
            name,
            f"“{' '.join(sentence.split())}” does not hold ({said or 'no values given'})",
            "a sentence that its numbers make true",
            "write another sentence, or look for what changed the numbers",
        )
    return values


def _plain(value: Any) -> Any:
    number = value.item() if hasattr(value, "item") else value
    return round(number, 6) if isinstance(number, float) else number

"""Statistics on counts and exposures, with the document or the speaker as the unit.

`frequency` (rates and their intervals), `bootstrap` (whole documents redrawn) and `keyness` (words
that set two corpora apart). Functions on arrays are what the published values test; they know
nothing of files or plots.
"""

from analysis.statistics import bootstrap, frequency, keyness

__all__ = ["bootstrap", "frequency", "keyness"]

"""Frequencies and rates: counts over exposures, with their intervals."""

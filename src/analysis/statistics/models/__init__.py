"""Regressions of counts, shares and labels."""

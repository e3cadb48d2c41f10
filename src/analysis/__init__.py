"""Measure framing terms: who voices them, how, and how sure we are."""

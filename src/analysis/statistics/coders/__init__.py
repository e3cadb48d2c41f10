"""Coders and instruments: agreement, validity."""

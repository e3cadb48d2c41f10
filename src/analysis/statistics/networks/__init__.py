"""Actors, concepts and polarisation."""

"""Trends, smooth curves and change points."""

"""Rebuild what is committed elsewhere and say of every byte whether it is the same."""

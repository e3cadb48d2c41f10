"""All defensible analyses at once."""

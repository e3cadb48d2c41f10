"""Words among words: keyness, collocation, dispersion, diversity, similarity."""

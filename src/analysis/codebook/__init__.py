"""Which words are a term, and where a text holds them."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={"reading": ["Codebook", "read_codebook"], "occurrences": ["match_terms"]},
)

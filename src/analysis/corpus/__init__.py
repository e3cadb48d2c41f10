"""A researcher's texts and the tables beside them, in three aligned tables."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "corpus": ["Corpus"],
        "nltk_texts": ["frequencies", "nltk_texts"],
        "report": ["describe"],
    },
)

"""Large corpora as arrays, in one piece or many, with the same answers."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "store": ["build_index", "index_table", "open_index"],
        "token_index": ["TokenIndex"],
    },
)

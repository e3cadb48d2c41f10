"""Large corpora as arrays, in one piece or many, with the same answers."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={"token_index": ["TokenIndex", "build_index", "open_index", "index_table"]},
)

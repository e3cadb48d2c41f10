"""A corpus fetched, measured, shipped without its text, and proved."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submodules=["article", "over_time"],
    submod_attrs={"measured": ["Study", "read_study"]},
)

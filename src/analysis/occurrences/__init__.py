"""Every occurrence of a framing term: where it stands, who voices it, and how."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs={"finding": ["find"]})

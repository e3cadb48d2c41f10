"""Draw lines, have people code them, and say how far the measure errs."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(__name__, submod_attrs={"codes": ["read_codes"]})

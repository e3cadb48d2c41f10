"""Files to documents: one reader per family, chosen by what the file holds.

:mod:`analysis.readers.registry` lists the kinds; :func:`read` gives the one document of a file,
:func:`read_all` all of a table's.
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "reading": ["read", "read_all"],
        "registry": ["KINDS"],
        "table": ["read_table"],
    },
)

"""Read the lines behind a number, in JupyterLab or a script."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__, submodules=["own_round"], submod_attrs={"widget": ["explore"]}
)

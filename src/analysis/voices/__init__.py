"""Who says it: attribution of speech in press stories, by rules or by a parse."""

from .assemble import Attribution
from .engines import ENGINES, Attributions, attribute, load_pipeline

__all__ = ["ENGINES", "Attribution", "Attributions", "attribute", "load_pipeline"]

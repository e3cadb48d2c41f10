"""Large corpora as arrays, in one piece or many, with the same answers."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "occurrences": ["occurrences_by_speaker"],
        "partitions": ["Partitions", "open_partitions"],
        "queries": ["collocates", "frequency_list", "keyness", "phrases_by_speaker"],
        "resampling": ["dispersion", "resample"],
        "runs": ["ngrams"],
        "store": ["build_index", "index_table", "open_index"],
        "token_index": ["TokenIndex"],
    },
)

"""Draw lines, have people code them, and say how far the measure errs."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "annotators": ["annotate", "labels_of_words", "write_labels"],
        "codes": ["read_codes"],
        "label_estimates": ["annotator_agreement", "corrected_contrast", "corrected_regression"],
        "label_multiverse": ["label_specifications"],
        "labels": ["check_labels", "read_labels"],
        "missed": ["ranking_quality"],
        "next_lines": ["by_uncertainty", "lines_for_width"],
    },
)

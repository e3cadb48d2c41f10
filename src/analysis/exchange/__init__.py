"""Work that goes to other programs and comes back.

- Discourse Network Analyzer: `read_dna`, `write_dna`
- QualCoder, NVivo, ATLAS.ti, MAXQDA (REFI-QDA): `read_qdpx`, `write_qdpx`, `read_qdc`, `write_qdc`,
  from `codes_of` a codebook and `codings_of` statements
- CATMA, INCEpTION, Label Studio: `read_spans`, `write_spans`, `read_label_studio`,
  `write_label_studio`
- Gephi and others: `write_network`
"""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "dna_read": ["read_dna"],
        "dna_write": ["write_dna"],
        "networks": ["write_network"],
        "qda_read": ["QdaProject", "read_qdc", "read_qdpx"],
        "qda_write": ["codes_of", "codings_of", "write_qdc", "write_qdpx"],
        "spans": ["read_label_studio", "read_spans", "write_label_studio", "write_spans"],
    },
)

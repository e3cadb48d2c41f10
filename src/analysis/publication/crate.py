"""A study packed as an RO-Crate: its data, codebook, codes and figures, and how they were made.

RO-Crate 1.1 (Soiland-Reyes and others 2022): a ZIP with ``ro-crate-metadata.json``, JSON-LD in
which every file stands with its hash, and every text that was measured by its hash alone.
"""

from __future__ import annotations

import datetime
import hashlib
import io
import json
import platform
import zipfile
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path
from typing import Any

from analysis.codebook.reading import read_codebook
from analysis.errors import AnalysisError
from analysis.storage import project
from analysis.storage.files import replace_file
from analysis.study import measured
from analysis.study.own_files import codebook_path

METADATA = "ro-crate-metadata.json"
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
NO_LICENCE = "No licence has been chosen: ask the author before you use it."
_CODE = "discourse-analysis-suite"
_KINDS = {
    ".csv": "text/csv",
    ".html": "text/html",
    ".ipynb": "application/x-ipynb+json",
    ".json": "application/json",
    ".lock": "text/plain",
    ".md": "text/markdown",
    ".parquet": "application/vnd.apache.parquet",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".tex": "application/x-tex",
    ".toml": "application/toml",
}
# Older than this no ZIP can say, and a date of its own would change the bytes.
_THEN = (1980, 1, 1, 0, 0, 0)


def files_of(study: str, top: Path) -> dict[str, Path]:
    """Return what goes into the crate of a study, by its place there: no text.

    Raises
    ------
    AnalysisError
        If there is no such study.
    """
    folder = project.study_folder(study, top)
    found = [path for where in (folder, top / "figures" / study) for path in where.rglob("*")]
    found += [top / "notebooks" / f"{study}.ipynb", top / "requirements.lock"]
    files = {path.relative_to(top).as_posix(): path for path in found if path.is_file()}
    return {name: files[name] for name in sorted(files) if "/." not in name}


def describe_crate(
    study: str,
    contents: dict[str, bytes],
    *,
    top: Path,
    licence: str | None = None,
    authors: Sequence[str] = (),
) -> dict:
    """Return the metadata of a crate as JSON-LD.

    Parameters
    ----------
    study : str
    contents : dict of str to bytes
        The files, by their place in the crate.
    top : pathlib.Path
        The project's folder.
    licence : str, optional
        The address of the licence.
    authors : sequence of str
        Who made the study.

    Returns
    -------
    dict
    """
    held = measured.read_study(study, project.study_folder(study, top))
    book = read_codebook(codebook_path(study, top))
    words = int(held.utterances["words"].sum())
    of_files = [_file(name, data) for name, data in contents.items()]
    parts = [{"@id": entity["@id"]} for entity in of_files]
    # Two texts with the same words have one hash, and stand once.
    named = {digest: name for name, digest in sorted(held.inputs.items(), reverse=True)}
    inputs = [_input(name, digest) for digest, name in sorted(named.items(), key=lambda p: p[1])]
    people: list[dict[str, str]] = [{"@id": f"#author-{n}", "@type": "Person", "name": name}
              for n, name in enumerate(authors, 1)]  # fmt: skip
    terms = {"@id": licence or "#no-licence", "@type": "CreativeWork",
             "name": licence or "No licence", "description": licence or NO_LICENCE}  # fmt: skip
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": f"Study {study}",
        "description": (
            f"{len(held.documents)} documents, {words:,} words, measured with the codebook "
            f"“{book.title}” {book.version}: {len(held.occurrences):,} occurrences. The texts "
            "themselves are not in the crate; their hashes are."
        ),
        "datePublished": datetime.datetime.now(tz=datetime.UTC).date().isoformat(),
        "license": {"@id": terms["@id"]},
        "hasPart": parts,
        "mentions": {"@id": "#measured"},
    }
    if people:
        refs = [{"@id": person["@id"]} for person in people]
        root["author"] = refs if len(refs) > 1 else refs[0]
    made = {
        "@id": "#measured",
        "@type": "CreateAction",
        "name": f"Measured and drawn: {study}",
        "description": "python -m analysis new; python -m analysis rebuild",
        "instrument": [{"@id": "#software"}, {"@id": "#python"}],
        "object": [{"@id": entity["@id"]} for entity in inputs],
        "result": parts,
    }
    head = {
        "@id": METADATA,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }
    software = [
        {"@id": "#software", "@type": "SoftwareApplication", "name": _CODE,
         "version": metadata.version(_CODE)},
        {"@id": "#python", "@type": "SoftwareApplication", "name": "Python",
         "version": platform.python_version(), "url": "https://www.python.org/"},
    ]  # fmt: skip
    graph = [head, root, *of_files, made, *software, *people, terms, *inputs]
    return {"@context": [CONTEXT, {"sha256": "https://schema.org/sha256"}], "@graph": graph}


def write_crate(
    study: str,
    out: Path,
    *,
    top: Path | None = None,
    licence: str | None = None,
    authors: Sequence[str] = (),
) -> list[str]:
    """Pack a study as an RO-Crate.

    Parameters
    ----------
    study : str
    out : pathlib.Path
        A ``.zip``.
    top : pathlib.Path, optional
        The project's folder.
    licence : str, optional
        The address of the licence, such as that of CC BY 4.0.
    authors : sequence of str
        Who made the study.

    Returns
    -------
    list of str
        The files packed, the metadata first.

    Raises
    ------
    AnalysisError
        If there is no such study, it is not what its manifest records, or the licence is no
        address.
    """
    top = top or project.root()
    if licence and not licence.startswith(("https://", "http://")):
        raise AnalysisError(
            "--licence", repr(licence), "the address of a licence",
            "such as https://creativecommons.org/licenses/by/4.0/",
        )  # fmt: skip
    contents = {name: path.read_bytes() for name, path in files_of(study, top).items()}
    told = describe_crate(study, contents, top=top, licence=licence, authors=authors)
    text = json.dumps(told, indent=2, ensure_ascii=False) + "\n"
    packed = {METADATA: text.encode("utf-8", "replace"), **contents}
    sink = io.BytesIO()
    with zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in packed.items():
            entry = zipfile.ZipInfo(name, _THEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            archive.writestr(entry, data)
    replace_file(out, sink.getvalue())
    return list(packed)


def _file(name: str, data: bytes) -> dict:
    kind = _KINDS.get(Path(name).suffix.lower(), "application/octet-stream")
    return {
        "@id": name,
        "@type": "File",
        "name": Path(name).name,
        "encodingFormat": kind,
        "contentSize": str(len(data)),
        "sha256": hashlib.sha256(data).hexdigest(),
    }


def _input(name: str, digest: str) -> dict:
    # Not a file of the crate: a text that was measured, known by its hash.
    return {
        "@id": f"urn:sha256:{digest}",
        "@type": "CreativeWork",
        "name": Path(name).name,
        "sha256": digest,
    }

"""LexisNexis and Nexis Uni: the stories of a download, as text, page, DOCX or RTF.

Two layouts are known. The older one counts its stories (``1 of 10 DOCUMENTS``) and names its
fields in capitals (``LENGTH: 927 words``); the newer one opens with a list of the stories and puts
each story's text between ``Body`` and ``End of Document``. Both come in several languages.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from analysis.readers.date_forms import in_words
from analysis.readers.press import Story

_OPENING = 20_000
_COUNT = re.compile(
    r"^[^\S\n]*(?:\d+ (?:of|de|di|von|van|sur|su|av|af|z|из) \d+ (?:DO[CK]UMENT|ДОКУМЕНТ)\w*|"
    r"(?:DO[CK]UMENT\w*|ДОКУМЕНТ) \d+ (?:of|de|di|von|van|sur|su|av|af|z|из) \d+)[^\S\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
_END = re.compile(
    r"^[^\S\n]*(?:End of Document|Ende des Dokuments|Fin du document|Fin del documento|"
    r"Einde document)[^\S\n]*$",
    re.MULTILINE | re.IGNORECASE,
)
_BODY = re.compile(r"^[^\S\n]*(?:Body|Text|Corps|Cuerpo)[^\S\n]*$", re.MULTILINE)
_LENGTH = re.compile(
    r"^[^\S\n]*(?:LENGTH|LÄNGE|LONGUEUR|LONGITUD|LUNGHEZZA|LENGTE|EXTENSÃO|COMPRIMENTO)[^\S\n]*:[^\S\n]*\d",
    re.MULTILINE | re.IGNORECASE,
)
_OTHERS = re.compile(
    r"^[^\S\n]*(?:BYLINE|SECTION|LOAD-DATE|PUBLICATION-TYPE|DATELINE|RUBRI(?:K|EK|QUE)|"
    r"AUT(?:OR|EUR|ORE)|SECCIÓN|SEZIONE|SEÇÃO|SECÇÃO|LAAD-DATUM|TAAL|IDIOMA|LINGUA|"
    r"TYPE-PUBLICATION|DATE-CHARGEMENT|SPRACHE|LANGU(?:AG)?E)[^\S\n]*:",
    re.MULTILINE | re.IGNORECASE,
)
_HEAD = {
    "BYLINE": "author",
    "AUTHOR": "author",
    "AUTOR": "author",
    "AUTEUR": "author",
    "AUTORE": "author",
    "SECTION": "section",
    "RUBRIK": "section",
    "RUBRIQUE": "section",
    "SECCIÓN": "section",
    "SEZIONE": "section",
    "LENGTH": "length",
    "LÄNGE": "length",
    "LONGUEUR": "length",
    "LONGITUD": "length",
    "LUNGHEZZA": "length",
    "LENGTE": "length",
    "EXTENSÃO": "length",
    "COMPRIMENTO": "length",
    "RUBRIEK": "section",
    "SEÇÃO": "section",
    "SECÇÃO": "section",
    "KOPREGEL": "title",
    "TITULAR": "title",
    "HEADLINE": "title",
    "BODY": "body",
    **dict.fromkeys(("HIGHLIGHT", "DATELINE", "ENCART", "INSERT", "SERIES", "ORTSANGABE"), ""),
}
_TAIL = frozenset(
    (
        *("LOAD-DATE", "LANGUAGE", "PUBLICATION-TYPE", "GRAPHIC", "SUBJECT", "PERSON"),
        *("ORGANIZATION", "COMPANY", "TICKER", "INDUSTRY", "GEOGRAPHIC", "CITY"),
        *("STATE", "COUNTRY", "REGION", "CORRECTION", "CORRECTION-DATE", "TYPE"),
        *("NOTES", "NOTE", "ACC-NO", "JOURNAL-CODE", "ISSN", "DOCUMENT-TYPE"),
        *("URL", "COPYRIGHT", "UPDATE", "SPRACHE", "LANGUE", "SUJET"),
        *(
            "SOCIETE",
            "LOCALISATION-GEO",
            "DATE-CHARGEMENT",
            "TYPE-PUBLICATION",
            "SYMBOLE-BOURSIER",
            "SECTEUR-ACTIVITE",
        ),
        *("GRAPHIQUE", "GRAFIK", "IDIOMA", "LINGUA", "PUB-TYPE", "CATEGORY"),
        *("CLASSIFICATION", "NAME", "FILE-NAME", "LAAD-DATUM", "TAAL", "TYPE-PUBLICATIE"),
        *("ONDERWERP", "AFBEELDING", "NOOT", "TIPO-PUBLICACIÓN", "FECHA-CARGA", "GRÁFICO"),
        *("DATA-CARICAMENTO", "TIPO-PUBBLICAZIONE", "DATA-CARGA", "TIPO-PUBLICAÇÃO", "MATERIA"),
    )
)
_UNI_TAIL = re.compile(
    r"(?:Classification|Klassifizierung|Graphic|Notes?|Correction|Load-Date\s*:.*|"
    r"Language\s*:\s*\w+.*|Publication-Type\s*:.*|Sprache\s*:.*|Langue\s*:.*)",
    re.IGNORECASE,
)
_FIELD = re.compile(r"\s*(?P<name>[^\W\d_][^\W\d_ -]*(?:[ -][^\W\d_]+)?)\s*:\s*(?P<value>.*)")
_RESERVED = (
    r"(?:All Rights Reserved|Alle Rechte vorbehalten|Tous droits réservés|"
    r"Alle rechten voorbehouden|Todos los derechos reservados|"
    r"Todos os direitos reservados|Tutti i diritti riservati)"
)
_RIGHTS = re.compile(rf"\s*(?:Copyright\b|©|\(c\)|{_RESERVED})", re.IGNORECASE)
_RIGHTS_END = re.compile(
    rf"(?<=\n)[^\S\n]*(?:Copyright\b|©)[^\n]*(?:\n\s*{_RESERVED}[^\n]*)?(?:\n|\Z)",
    re.IGNORECASE,
)
_SWALLOWED = "another story's length stands below its text, so that one is not read"
_FURNITURE = re.compile(r"\s*(?:Page \d+ of \d+|Link to (?:Image|PDF|the original).*)\s*")


def is_nexis(text: str) -> bool:
    r"""Return whether a text is a download from LexisNexis, of one story or more.

    Examples
    --------
    >>> is_nexis("   1 of 2 DOCUMENTS\n\nThe Post\n\nLENGTH: 18 words\n")
    True
    >>> is_nexis("LENGTH: as long as it takes.\n\nMYTH: Locks are safe.\n")
    False
    """
    top = text[:_OPENING]
    if _COUNT.search(top):
        return bool(_LENGTH.search(top) or _OTHERS.search(top))
    cover = "Client/Matter:" in top or "Job Number:" in top
    if _BODY.search(top) or cover:
        return cover or bool(_LENGTH.search(top))
    # One story alone has no count above it.
    return bool(_LENGTH.search(top)) and bool(_OTHERS.search(top))


def stories(text: str) -> Iterator[Story]:
    """Yield the stories of a download, in its order."""
    if _END.search(text) or (not _COUNT.search(text) and _BODY.search(text)):
        parts = _END.split(text)
        for number, part in enumerate(parts):
            if _BODY.search(part):
                yield _newer(part, first=number == 0)
        return
    parts = _COUNT.split(text)
    for part in parts[1:] or _uncounted(text):
        swallowed = len(_LENGTH.findall(part)) > 1
        yield _older(part)._replace(note=_SWALLOWED if swallowed else "")


def _uncounted(text: str) -> list[str]:
    """Return the stories of a download without counts, each of which ends in its rights."""
    parts = [part for part in _RIGHTS_END.split(text) if any(map(str.isalnum, part))]
    return parts if all(map(_LENGTH.search, parts)) else [text]


def _blocks(text: str) -> list[list[str]]:
    # A DOCX has no empty lines: each of its paragraphs is a line.
    parts = re.split(r"\n[^\S\n]*\n" if re.search(r"\n[^\S\n]*\n", text.strip()) else "\n", text)
    # A rule between stories is none of their lines.
    rows = [[line.strip() for line in part.split("\n")] for part in parts]
    blocks = [[line for line in part if line.strip("-_=*–—")] for part in rows]
    return [block for block in blocks if block]


def _field(line: str) -> tuple[str, str]:
    """Return the name and the content of a field; its name is empty where a line is none."""
    found = _FIELD.fullmatch(line)
    name = found["name"].upper() if found else ""
    return (name, found["value"]) if found and (name in _HEAD or name in _TAIL) else ("", "")


def _older(text: str) -> Story:
    blocks = _blocks(text)
    told: dict[str, str] = {}
    top: list[str] = []
    at = 0
    # What stands above the first field: source, date, rights, headline.
    while at < len(blocks) and not _field(blocks[at][0])[0]:
        if len(top) >= 3 and _is_prose(blocks[at]) and told.get("date"):
            break
        if not _RIGHTS.match(blocks[at][0]):
            line = " ".join(blocks[at])
            if not told.get("date") and top and (date := _date(blocks[at][0])):
                told["date"] = date
            else:
                top.append(line)
        at += 1
    body: list[str] = []
    while at < len(blocks):
        name, value = _field(blocks[at][0])
        if not name or name in _TAIL:
            break
        at += 1
        if name == "BODY":
            rest = " ".join([value, *blocks[at - 1][1:]])
            body += [rest] if rest.strip() else []
            break
        _take(told, blocks[at - 1])
    for block in blocks[at:]:
        name, _ = _field(block[0])
        # A paragraph of the story may open with a field's name; a tail field is in capitals.
        if name in _TAIL and block[0][: len(name)].isupper():
            break
        if _RIGHTS.match(block[0]):
            break
        if name == "BODY" and not body:
            continue
        body.append(" ".join(block))
    source = top[0] if top else ""
    title = told.pop("title", "") or " ".join(top[1:])
    return Story(tuple(body), title=title, source=source, **told)


def _take(told: dict[str, str], block: list[str]) -> None:
    """Take the fields of a block, one a line or one over several."""
    kept = ""
    for line in block:
        name, value = _field(line)
        if name:
            kept = _HEAD.get(name, "")
            if kept and kept not in told:
                told[kept] = value
            else:
                kept = ""
        elif kept:
            told[kept] = f"{told[kept]} {line}".strip()


def _is_prose(block: list[str]) -> bool:
    text = " ".join(block)
    return len(text.split()) > 25 or text.endswith((".", "”", '"', "?", "!"))


def _date(line: str) -> str:
    """Return the date of a line that holds little else."""
    return in_words(line) if len(line.split()) <= 12 else ""


def _newer(text: str, *, first: bool) -> Story:
    opens = _BODY.search(text)
    if opens is None:
        return Story(())
    head = [line.strip() for line in text[: opens.start()].split("\n") if line.strip()]
    head = [line for line in head if not _FURNITURE.fullmatch(line)]
    told: dict[str, str] = {}
    dated = [n for n, line in enumerate(head) if _is_date(line)]
    # The list of stories stands above the first one; the search's own date is the file's first.
    at = next((n for n in reversed(dated) if n >= (2 if not first else 1)), None)
    top = head if at is None else head[:at]
    if at is not None:
        told["date"] = in_words(head[at])
    for line in head[len(top) :]:
        name, value = _field(line)
        if kept := _HEAD.get(name, ""):
            told.setdefault(kept, value)
    top = [line for line in top if not _RIGHTS.match(line)]
    # A page's running head repeats the headline.
    top = [line for n, line in enumerate(top) if n == 0 or line != top[n - 1]]
    source = top[-1] if len(top) > 1 else ""
    title = (top[-2] if first else " ".join(top[:-1])) if len(top) > 1 else " ".join(top)
    body = []
    for block in _blocks(text[opens.end() :]):
        if _UNI_TAIL.fullmatch(block[0]):
            break
        lines_kept = []
        for line in block:
            if _UNI_TAIL.fullmatch(line):
                break
            if not _FURNITURE.fullmatch(line):
                lines_kept.append(line)
        if lines_kept:
            body.append(" ".join(lines_kept))
        if len(lines_kept) < len(block) and lines_kept:
            break
    return Story(tuple(body), title=told.pop("title", title), source=source, **told)


def _is_date(line: str) -> bool:
    return bool(_date(line)) and not _FIELD.match(re.sub(r"\d{1,2}:\d{2}.*", "", line))

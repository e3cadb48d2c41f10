"""What the columns of a table are, by the names that are in use for them."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analysis.errors import AnalysisError
from analysis.readers.column_names import (
    CODERS,
    CODES,
    COLUMNS,
    FULL_NAME,
    POSTS,
    SEGMENTS,
    TELL_PRESS,
    UNSURE_DATES,
)

_DELETED = frozenset(["[deleted]", "[removed]", "[deleted by user]", "[gelöscht]", "[supprimé]"])
_POST = re.compile(r"<(?:p|div|span)\b[^<>]*>.*</(?:p|div|span)>", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->\s*", re.DOTALL)
_TAG = re.compile(
    r"</?(?:a|b|i|u|s|em|strong|span|p|div|br|ul|ol|li|h[1-6]|blockquote|img|sup|sub|font)"
    r"(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_MARKED = re.compile(r"<br\s*/?>|</(?:a|b|i|u|em|strong|span|p|div|li|blockquote)>", re.IGNORECASE)
_ESCAPED = re.compile(r"&(?:amp|lt|gt|quot|apos|nbsp|#\d{2,6}|#[xX][0-9A-Fa-f]{2,5});")
"""What only a page has: cells of what interfaces of the web answer hold tags and references."""
_NOBODY = _DELETED | {"nan", "none", "null", "n/a", "<na>", "-", "—"}


class Roles(NamedTuple):
    """Which column is what.

    Parameters
    ----------
    names : dict of str to str
        Role to column.
    press : bool
        Whether the table is one of press articles, whose author is no speaker.
    notes : tuple of str
        Which column became what, and which are not used.
    """

    names: dict[str, str]
    press: bool
    notes: tuple[str, ...]


def key(name: str) -> str:
    """Return the form in which names of columns are compared.

    Examples
    --------
    >>> key("user.screen_name") == key("User Screen-Name") == key("userScreenName")
    True
    >>> key("Text (verbatim)"), key("(no name)")
    ('text', 'noname')
    """
    name = _ASIDE.sub("", name).strip() or name
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


_ASIDE = re.compile(r"\s*\([^()]*\)\s*$")
_OF_WHAT = re.compile(
    r"^(?:comment|post|tweet|message|reply|review|status|thread|talk|segment|turn|utterance|news"
    r"|story|article|doc|document|web)(?=(?:author|user|username|text|body|content|date|time|timestamp"
    r"|datetime|title|createdat|publishedat|publicationdate)$)"
    r"|(?<=^text)of(?:the)?\w+$|(?<=^date)of(?:the)?(?!birth|death)\w+$|(?<=^name)of(?:the)?speaker$"
    r"|(?<=^title)of(?:the)?\w+$"
)
"""What a column's name says it is of: ``Comment Author``, ``Date of speech``."""

_LITTLE = frozenset(
    (
        *("", "a", "al", "d", "da", "das", "de", "dei", "del", "della", "den", "der", "des", "di"),
        *("die", "do", "du", "el", "het", "il", "l", "la", "las", "le", "les", "o", "of", "os"),
        *("the", "van", "von"),
    )
)
_COMPOSED = {
    role: re.compile(pattern)
    for role, pattern in {
        "text": (
            r"(?:texte?|texto|testo|tekst|contenu|contenido|contenuto|conteudo|wortlaut) \w+"
            r"|(?:rede|wort|diskussions|debatten)beitrag"
            r"|(?:rede|interview|beitrags|artikel|zeitungs|nachrichten|kommentar|voll)text"
        ),
        "speaker": (
            r"(?:nom|nombre|nome|name|naam)(?: prenom)? (?:orat|locut|interven|deput|diput|senat"
            r"|redner|sprecher|speak|member|mp|parlament|parlement|sprek|ponent|person|interview"
            r"|politi|auteur|autor)\w*"
            r"|(?:redner|sprecher|abgeordneten|personen|spreker|talar|taler)(?:in)?(?:nen)?name?"
        ),
        "date": (
            r"(?:date|fecha|data|datum|dato) (?:seance|sesion|sessione|sessao|sitzung|debat"
            r"|speech|sitting|session|interview|entrevista|intervista|entretien|publi|discurso"
            r"|discours|post|article|artikel)\w*"
            r"|(?:sitzungs|rede|debatten|interview|erscheinungs|artikel|motes|publicatie)datum"
        ),
    }.items()
}
_KEYS = {role: tuple(map(key, names)) for role, names in COLUMNS.items()}


_GIVEN = ("firstname", "givenname", "vorname", "prenom", "nombre", "nome", "forename", "imie")
_FAMILY = (
    *("lastname", "familyname", "surname", "nachname", "nom", "nomdefamille", "apellido"),
    *("apellidos", "cognome", "sobrenome", "achternaam", "nazwisko"),
)


def names_apart(header: Iterable[str], told: Iterable[str] = ()) -> tuple[str, str] | None:
    """Return the columns of first and last names, where no other column names the speaker.

    Examples
    --------
    >>> names_apart(["Speaker First Name", "Speaker Last Name", "Text"])
    ('Speaker First Name', 'Speaker Last Name')
    """
    header = list(header)
    known = {
        re.sub(r"^(?:speaker|member|mp|person|author)", "", key(name)): name for name in header
    }
    given = next((known[name] for name in _GIVEN if name in known), "")
    family = next((known[name] for name in _FAMILY if name in known), "")
    if not given or not family or given == family:
        return None
    whole = find("speaker", [name for name in header if name not in {given, family}])
    sure = whole and not key(whole).endswith("id") and key(whole) != "author"
    return None if sure or {"speaker", "label"} & set(told) else (given, family)


def with_full_names(
    rows: list[tuple[int, dict[str, str]]], told: Mapping[str, str]
) -> list[tuple[int, dict[str, str]]]:
    """Return rows with the full name of who speaks, where first and last names stand apart.

    Where a person has said which column is the speaker's (``told``), they are left as they are.
    """
    apart = names_apart(rows[0][1], told)
    return rows if apart is None else [(line, with_full_name(row, apart)) for line, row in rows]


def with_full_name(row: dict[str, str], apart: tuple[str, str]) -> dict[str, str]:
    """Return a row with the full name made of its two columns."""
    return {FULL_NAME: " ".join(row.get(name, "").strip() for name in apart).strip(), **row}


def is_known(name: str) -> bool:
    """Return whether a column's name says what it is, or what kind of table it is in."""
    folded = key(name)
    return any(folded in keys for keys in _KEYS.values()) or folded in POSTS | TELL_PRESS | {
        "start",
        "end",
        "duration",
    }


def find(role: str, header: Iterable[str]) -> str:
    """Return the column that is a role by its name, empty if none is.

    Examples
    --------
    >>> find("speaker", ["ID", "Member Name", "Text"])
    'Member Name'
    """
    header = list(header)
    known = {key(name): name for name in reversed(header)}
    if found := next((known[name] for name in _KEYS[role] if name in known), ""):
        return found
    bare = {_OF_WHAT.sub("", name): known[name] for name in reversed(known)}
    if found := next((bare[name] for name in _KEYS[role] if name in bare), ""):
        return found
    made = _COMPOSED.get(role)
    return next((name for name in header if made and made.fullmatch(_telling(name))), "")


def _telling(name: str) -> str:
    """Return a column's name in small letters, without accents and little words.

    Examples
    --------
    >>> _telling("Texte de l'intervention"), _telling("Redebeitrag")
    ('texte intervention', 'redebeitrag')
    """
    plain = unicodedata.normalize("NFKD", _ASIDE.sub("", name).casefold())
    letters = "".join(c for c in plain if not unicodedata.combining(c))
    return " ".join(word for word in re.split(r"[\W_]+", letters) if word not in _LITTLE)


def roles(where: str, header: list[str], told: Mapping[str, str]) -> Roles:
    """Say which column is what.

    Parameters
    ----------
    where : str
        The file, for the error message.
    header : list of str
    told : mapping of str to str
        Role to column, where a person has said so.

    Returns
    -------
    Roles

    Raises
    ------
    AnalysisError
        If a role is none, a column said to be there is not, or no column is one of text.
    """
    unknown = [role for role in told if role not in COLUMNS]
    if unknown:
        raise AnalysisError("columns", repr(unknown[0]), f"one of {', '.join(COLUMNS)}")
    names: dict[str, str] = {}
    for role in COLUMNS:
        if role in told:
            known = {key(name): name for name in header}
            names[role] = told[role] if told[role] in header else known.get(key(told[role]), "")
        else:
            names[role] = find(role, [name for name in header if name not in told.values()])
        if not names[role] and (role in told or role == "text"):
            raise AnalysisError(
                f"{where}, line 1",
                f"no column {told.get(role, COLUMNS[role][0])} "
                f"(found {', '.join(header)[:300] or 'none'})",
                "a column of text, and one of speakers if there are any",
                "say which column is what: columns={'text': …, 'speaker': …}, "
                "or --columns text=…,speaker=…",
            )
    press = _settle(names, header, told)
    names = {role: name for role, name in names.items() if name}
    return Roles(names, press, _notes(names, header))


def _settle(names: dict[str, str], header: list[str], told: Mapping[str, str]) -> bool:
    """Take back what a name alone says and the other columns deny; say if it is a press table."""
    keys = set(map(key, header))
    writer = key(names["speaker"]) in _KEYS["author"] or not names["speaker"]
    titled = bool(names["title"])
    press = titled and writer and not keys & POSTS and "speaker" not in told
    press = press and (bool(keys & TELL_PRESS) or key(names["speaker"]) in _KEYS["author"])
    if press:
        names["speaker"] = names["label"] = ""
        if key(names["document"]) == "sourcefile" and "document" not in told:
            names["document"] = ""  # the download that a story came from
    elif "author" not in told:
        names["author"] = ""
    if keys & POSTS and "source" not in told:
        names["source"] = ""  # the program that a post was sent with
    # A label without a speaker is a class that somebody has coded.
    if not names["speaker"] and "label" not in told and key(names["label"]) == "label":
        names["label"] = ""
    # Who has coded a segment has not said it.
    coded = key(names["text"]) in SEGMENTS and keys & CODES
    if coded and key(names["speaker"]) in CODERS and "speaker" not in told:
        names["speaker"] = ""
    # One column is one thing, the first that its name says.
    taken: set[str] = set()
    for role, name in names.items():
        if name in taken and role not in told:
            names[role] = ""
        taken.add(name)
    return press


def _notes(names: Mapping[str, str], header: Iterable[str]) -> tuple[str, ...]:
    used = ", ".join(f"{role} = {name}" for role, name in names.items())
    left = [name for name in header if name and name not in names.values()]
    return (f"columns read: {used}" + (f"; not used: {', '.join(left)[:200]}" if left else ""),)


def is_unsure(name: str) -> bool:
    """Return whether a column of this name is one of dates only where it holds dates."""
    return key(name) in UNSURE_DATES


def person(name: str) -> str:
    """Return a speaker's name, empty where it stands for nobody.

    Examples
    --------
    >>> person("[deleted]"), person("Ada")
    ('', 'Ada')
    """
    return "" if name.strip().casefold() in _NOBODY else name.strip()


def words(text: str) -> str:
    r"""Return a text, empty where it only says that there is none any more.

    A post that is stored as a page, between tags, is given back as it is shown.

    Examples
    --------
    >>> words("[removed]"), words("<p>Who &amp; why?<br>Nobody.</p>"), words("a < b > c")
    ('', 'Who & why?\nNobody.', 'a < b > c')
    >>> words("Who reads it?<br>I do &amp; <b>you</b>"), words("R&D; AT&T")
    ('Who reads it?\nI do & you', 'R&D; AT&T')
    """
    if text.strip().casefold() in _DELETED:
        return ""
    if "<" in text:
        text = _COMMENT.sub("", text) if "<!--" in text else text
        whole = _POST.fullmatch(text.strip()) is not None
        if whole or _MARKED.search(text):
            text = re.sub(r"<br\s*/?>|</(?:p|div)>(?=.)", "\n", text.strip(), flags=re.IGNORECASE)
            text = (re.compile(r"<[^<>]*>") if whole else _TAG).sub("", text)
    return html.unescape(text) if "&" in text and _ESCAPED.search(text) else text

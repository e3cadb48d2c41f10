"""What the columns of a table are, by the names that are in use for them."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from analysis.errors import AnalysisError

FULL_NAME = "first and last name"
"""The column made of a first and a last name, where a table has one for each."""

COLUMNS = {
    "text": (
        *("text", "content", "speech", "body", "utterance", "transcript", "full_text"),
        *("speech_text", "speech_content", "article_text", "message", "comment", "comment_text"),
        *("tweet", "tweet_text", "post_text", "post", "selftext", "statement", "maintext"),
        *("main_text", "clean_text", "raw_text", "text_body", "body_text", "article", "story"),
        *("response", "paragraph", "sentence", "caption", "msg", "texte", "texto", "testo"),
        *(
            "tekst",
            "rede",
            "redetext",
            "inhalt",
            "contenu",
            "discours",
            "contenido",
            "intervention",
            "intervención",
            "intervenção",
            "intervento",
            "discurso",
            "wypowiedź",
            "texte_brut",
            "text_display",
            "text_original",
            "record.text",
            "said",
        ),
        *("äußerung", "aussage", "beitrag", "wortbeitrag", "kommentar", "nachricht", "antwort"),
        *("réponse", "commentaire", "parole", "propos", "respuesta", "comentario", "mensaje"),
        *("resposta", "comentário", "mensagem", "risposta", "commento", "anförande", "yttrande"),
        *("inlägg", "innlegg", "indlæg", "spreekbeurt", "reactie", "projev", "příspěvek"),
        *("transcription", "transkript", "transkription", "transcripción", "trascrizione"),
        *(
            "dialogue",
            "dialog",
            "spoken_text",
            "video_description",
            "quote",
            "quotation",
            "zitat",
            "wystąpienie",
            "текст",
            "речь",
            "выступление",
            "сообщение",
            "النص",
            "نص",
            "文本",
        ),
        *("内容", "正文", "发言", "发言内容", "發言", "發言內容", "本文", "発言", "発言内容"),
        *("テキスト", "내용", "발언", "본문"),
    ),
    "speaker": (
        *(
            FULL_NAME,
            "speaker",
            "speaker_name",
            "member_name",
            "member",
            "mp_name",
            "mp",
            "person_name",
        ),
        *("person", "participant_name", "participant", "user.screen_name", "screen_name"),
        *(
            "page_name",
            "username",
            "user_name",
            "user.username",
            "user.name",
            "author.username",
            "user_login",
        ),
        *("handle", "nick", "nickname", "display_name", "sender", "sender_name", "from_name"),
        *("from", "author", "author_name", "author.name", "user", "interviewee", "respondent"),
        *("speaker_full_name", "full_name", "fullname", "deputy", "legislator", "senator"),
        *("politician", "witness", "character", "name", "redner", "rednerin", "sprecher"),
        *("sprecherin", "orateur", "orador", "oratore", "spreker", "talare", "nom", "who"),
        *("locuteur", "locutrice", "intervenant", "enquêté", "interviewé", "parlementaire"),
        *("ponente", "entrevistado", "locutor", "parlante", "mluvčí", "mówca", "spreker_naam"),
        *("author_display_name", "author.handle", "author.display_name", "account.acct"),
        *("account.username", "account.display_name"),
        *("спикер", "оратор", "выступающий", "говорящий", "المتحدث", "发言人", "发言者", "發言人"),
        *("说话人", "讲者", "姓名", "発言者", "話者", "氏名", "발언자", "화자", "이름"),
        *("speaker_id", "author_id", "user_id", "participant_id", "respondent_id"),
    ),
    "label": ("speaker_label", "label"),
    "document": (
        *("document", "doc_id", "text_id", "document_id", "conversation_id", "link_id"),
        *("thread_id", "submission_id", "debate_id", "sitting_id", "hearing_id", "interview_id"),
        *("episode_id", "video_id", "dialogue_id", "dialog_id", "meeting_id", "transcript_id"),
        *("file", "file_name", "filename", "source_file", "doc_name", "document_name"),
    ),
    "seq": ("seq", "sequence", "speech_number", "turn_number", "turn_id", "turn", "speech_order"),
    "title": (
        *("title", "headline", "debate_title", "agenda", "agenda_item", "article_title"),
        *("hearing_title", "episode_title", "video_title", "session_title", "post_title"),
        *("название", "заголовок", "العنوان", "标题", "標題", "题目", "タイトル", "제목"),
        *("heading", "subject", "debate", "titel", "titre", "titulo", "titolo"),
    ),
    "date": (
        *("date", "created_at", "created_utc", "published_at", "published", "publish_date"),
        *("publication_date", "pub_date", "pubdate", "date_published", "published_date"),
        *("debate_date", "sitting_date", "speech_date", "session_date", "hearing_date"),
        *(
            "post_created",
            "create_time",
            "date_created",
            "sent_at",
            "record.created_at",
            "post_created_date",
            "publikationsdatum",
        ),
        *(
            "date_seance",
            "interview_date",
            "post_date",
            "posted_at",
            "date_posted",
            "created",
            "created_time",
        ),
        *("дата", "التاريخ", "日期", "日付", "날짜"),
        *("datetime", "date_time", "datum", "fecha", "timestamp", "day", "data", "time", "year"),
    ),
    "affiliation": (
        *("affiliation", "position", "office_or_seat", "party", "speaker_party_name"),
        *("speaker_party", "party_name", "organisation", "organization", "institution", "partei"),
    ),
    "group": ("group", "role_group", "speaker_role", "role"),
    "source": (
        *("publication", "newspaper", "publisher", "outlet", "media_name", "source.name"),
        *("source_name", "source", "medium", "journal", "site", "domain"),
    ),
    "author": ("author", "authors", "byline", "author_name", "journalist"),
    "section": ("section", "desk", "rubric"),
}
"""What a column can be, and the names by which it is known without being told, in any case and
with blanks, full stops, hyphens or nothing for the underscore."""

_UNSURE_DATES = frozenset(["timestamp", "day", "data", "time", "year"])
_POSTS = frozenset(
    (
        *("subreddit", "selftext", "tweet", "tweettext", "retweetcount", "retweets"),
        *("retweeted", "likecount", "likes", "favoritecount", "favouritescount", "hashtags"),
        *("inreplytostatusid", "inreplyto", "score", "upvotes", "permalink", "replycount"),
        *("createdutc", "parentid", "linkid", "userscreenname", "numcomments", "tweetid"),
        *("reposts"),
    )
)
_TELL_PRESS = frozenset(
    (
        *("headline", "publication", "newspaper", "publisher", "outlet", "medianame"),
        *("sourcename", "byline", "url", "link", "publishedat", "publishdate"),
        *("publicationdate", "journalist", "section", "articletext"),
    )
)
_DELETED = frozenset(["[deleted]", "[removed]", "[deleted by user]", "[gelöscht]", "[supprimé]"])
_POST = re.compile(r"<(?:p|div|span)\b[^<>]*>.*</(?:p|div|span)>", re.DOTALL | re.IGNORECASE)
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
    """
    plain = unicodedata.normalize("NFKD", name.casefold())
    return re.sub(r"[\W_]+", "", "".join(c for c in plain if not unicodedata.combining(c)))


_OF_WHAT = re.compile(
    r"^(?:comment|post|tweet|message|reply|review|status|thread|talk|segment|turn|utterance|news"
    r"|story|article|doc|document)(?=(?:author|user|username|text|body|content|date|time|timestamp"
    r"|datetime|title|createdat|publishedat)$)"
)
"""What a column's name says it is of, before it says what it is: ``Comment Author``."""

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
    return any(folded in keys for keys in _KEYS.values()) or folded in _POSTS | _TELL_PRESS | {
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
    return next((bare[name] for name in _KEYS[role] if name in bare), "")


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
    press = titled and writer and not keys & _POSTS and "speaker" not in told
    press = press and (bool(keys & _TELL_PRESS) or key(names["speaker"]) in _KEYS["author"])
    if press:
        names["speaker"] = names["label"] = ""
    elif "author" not in told:
        names["author"] = ""
    if keys & _POSTS and "source" not in told:
        names["source"] = ""  # the program that a post was sent with
    # A label without a speaker is a class that somebody has coded.
    if not names["speaker"] and "label" not in told and key(names["label"]) == "label":
        names["label"] = ""
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
    return key(name) in _UNSURE_DATES


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
    """
    if text.strip().casefold() in _DELETED:
        return ""
    if not _POST.fullmatch(text.strip()):
        return text
    broken = re.sub(r"<br\s*/?>|</(?:p|div)>(?=.)", "\n", text.strip(), flags=re.IGNORECASE)
    return html.unescape(re.sub(r"<[^<>]*>", "", broken))

"""Formats that are not read, each known by its signature, with its name and a way out."""

from __future__ import annotations

import re
from collections.abc import Iterable

_SOUND = "transcribe it first (Whisper, noScribe and others do) and give the transcript"
_TABLES = "export its tables as CSV"
_TO_SRT = "convert them to SRT or VTT (Subtitle Edit does)"
_UNPACK = "unpack it and give the folder"
_BINARY = (
    (
        b"\xd0\xcf\x11\xe0",
        "an old Word or Excel file (DOC, XLS), or a message of Outlook (MSG)",
        "save it as DOCX, XLSX or CSV; a message as EML or plain text",
    ),
    (b"\x89PNG", "a picture (PNG)", "run OCR on it first"),
    (b"\xff\xd8\xff", "a picture (JPEG)", "run OCR on it first"),
    (b"GIF8", "a picture (GIF)", "run OCR on it first"),
    (b"II*\x00", "a picture (TIFF)", "run OCR on it first"),
    (b"MM\x00*", "a picture (TIFF)", "run OCR on it first"),
    (b"\x7fELF", "a program", None),
    (b"MZ", "a program", None),
    (b"SQLite format 3", "a database (SQLite)", _TABLES),
    (b"7z\xbc\xaf", "a 7z archive", _UNPACK),
    (b"Rar!", "a RAR archive", _UNPACK),
    (b"BZh9", "a bzip2 archive", _UNPACK),
    (b"\xfd7zXZ", "an XZ archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", "a Zstandard archive", _UNPACK),
    (b"HWP Document File", "a Hangul document (HWP)", "save it as DOCX, ODT or plain text"),
    (b"ITSF", "a compiled help file (CHM)", "unpack it (7z does) and give its pages"),
    (b"\xe4\x52\x5c\x7b\x8c\xd8\xa7\x4d", "a OneNote section", "export it as DOCX or PDF"),
    (b"\x00\x01\x00\x00Stan", "an Access database", _TABLES),
    (b"\xc2\xea\x81\x60", "a SAS table", "export it as CSV (in SAS: proc export)"),
    (b"\x93NUMPY", "a NumPy array", "save it as CSV"),
    (b"8BPS", "a picture (Photoshop)", "run OCR on it first"),
    (b"MSCF", "a CAB archive", _UNPACK),
    (b"#!AMR", "a sound recording (AMR)", _SOUND),
    (b"\x30\x26\xb2\x75", "a sound recording or a film (WMA, WMV)", _SOUND),
    (b"FLV\x01", "a film (Flash)", _SOUND),
    (b"!BDN", "a mailbox of Outlook (PST)", "export its messages as EML or mbox"),
    (b"AT&TFORM", "a DjVu file", "save it as PDF with its text"),
    (b"\xffWPC", "a WordPerfect file", "open it in LibreOffice and save it as DOCX or ODT"),
    (b"%!PS", "a PostScript file", "make a PDF of it (ps2pdf does)"),
    (b"ARROW1", "an Arrow (Feather) table", "save it as Parquet or CSV"),
    (b"\x89HDF", "an HDF5 file", "save its table as Parquet or CSV"),
    (b"<stata_dta>", "a Stata table", 'export it as CSV (in Stata: export delimited "file.csv")'),
    (b"$FL2@(#)", "an SPSS table", "save it as CSV (in SPSS: Save As, Comma delimited)"),
    (b"RDX", "an R data file", 'in R, load it and write.csv(x, "x.csv")'),
    (b"X\n\x00\x00", "an R data file (RDS)", 'in R, write.csv(readRDS("x.rds"), "x.csv")'),
    (b"\x80\x04\x95", "a Python pickle", "save its table as CSV or Parquet; pickles run code"),
    (b"\xff\xfb", "a sound recording (MP3)", _SOUND),
    (b"\xff\xf3", "a sound recording (MP3)", _SOUND),
    (b"\xff\xf1", "a sound recording (AAC)", _SOUND),
    (b"ID3", "a sound recording (MP3)", _SOUND),
    (b"RIFF", "a sound recording or a film (WAV, AVI)", _SOUND),
    (b"OggS", "a sound recording (Ogg)", _SOUND),
    (b"fLaC", "a sound recording (FLAC)", _SOUND),
    (b"\x1aE\xdf\xa3", "a film (Matroska, WebM)", _SOUND),
)
_PLACED = (
    (257, b"ustar", "a TAR archive", "unpack it (tar xf FILE) and give the folder"),
    (60, b"BOOKMOBI", "a Kindle book (MOBI)", "convert it to DOCX or TXT in Calibre"),
    (3, b"STL25.01", "EBU subtitles (STL)", _TO_SRT),
    (3, b"STL30.01", "EBU subtitles (STL)", _TO_SRT),
    (8, b"AIFFCOMM", "a sound recording (AIFF)", _SOUND),
    (4, b"ftyphei", "a picture (HEIC)", "run OCR on it first"),
    (4, b"ftypmif", "a picture (HEIC)", "run OCR on it first"),
    (4, b"ftypavi", "a picture (AVIF)", "run OCR on it first"),
    (4, b"ftyp", "a film or a sound recording (MP4)", _SOUND),
)
"""Signatures that stand behind a file's first bytes, with their places."""
_IN_ZIP = (
    ("META-INF/container.xml", "an EPUB book", "open it in Calibre and convert it to DOCX or TXT"),
    ("ppt/presentation.xml", "a PowerPoint presentation (PPTX)", "save its text as DOCX or TXT"),
    ("Index/Document.iwa", "an Apple Pages or Numbers file", "export it as DOCX, XLSX or CSV"),
)
_OPEN_DOCUMENT = {
    "spreadsheet": ("an OpenDocument spreadsheet (ODS)", "save it as XLSX or CSV"),
    "presentation": ("an OpenDocument presentation (ODP)", "save its text as ODT or TXT"),
}
_TEXTS = (
    (
        re.compile(r"WARC/\d"),
        "a WARC web archive",
        "open it in ReplayWeb.page and save the pages you need as HTML",
    ),
    (
        re.compile(
            r"(?s)(?=.{0,3000}MIME-Version:)(?=.{0,3000}(?:Snapshot-Content-Location:|"
            r"multipart/related)).{0,3000}Content-",
            re.IGNORECASE,
        ),
        "a web page saved as a single file (MHTML)",
        'open it in a browser and save it as "Webpage, HTML only"',
    ),
    (
        re.compile(
            r'File type = "ooTextFile|.{0,200}Object class = "TextGrid"|"ooTextFile"', re.DOTALL
        ),
        "a Praat TextGrid",
        "import it into ELAN (File, Import, Praat TextGrid File) and save it as EAF",
    ),
    (
        re.compile(r"(?:\*{4}|\d{4}) +\*\w+"),
        "a corpus for Alceste or IRaMuteQ",
        "save each text as a file of its own, or all as CSV with a column text and one a variable",
    ),
    (
        re.compile(r"(?:%[0-9A-Z] .*\n){2}"),
        "an EndNote export",
        "export it as RIS",
    ),
    (
        re.compile(
            r"(?:\{\{[A-Z][^{}\n]{0,80}\s*\n|#REDIRECT)"
            r"|(?s:(?=.{0,4000}\n==+ [^=\n]+ ==+\n).{0,4000}\[\[[^\[\]\n]+\]\])"
        ),
        "the source of a wiki's page",
        "save the page as it is shown, as HTML or plain text",
    ),
    (
        re.compile(r"(?:#.*\n){0,3}# (?:global\.columns|newdoc|newpar|sent_id)\b"),
        "CoNLL-U, one word a line",
        "take its lines '# text = …', which hold the sentences, as plain text",
    ),
    (
        re.compile(r"-DOCSTART-"),
        "CoNLL-2003, one word a line",
        "take the plain text that it was made from",
    ),
    (
        re.compile(r"Scenarist_SCC V\d"),
        "closed captions (Scenarist SCC)",
        _TO_SRT,
    ),
    (
        re.compile(r"<SAMI>", re.IGNORECASE),
        "captions in SAMI",
        _TO_SRT,
    ),
    (
        re.compile(r"# VobSub index file"),
        "subtitles as pictures (VobSub)",
        "run OCR on them (Subtitle Edit does) and save them as SRT",
    ),
    (
        re.compile(r"(?:<!DOCTYPE[^>]*>\s*)?<DOC>\s*<DOCNO>|<!DOCTYPE lewis|<REUTERS "),
        "a collection of TREC or Reuters in SGML",
        "save each text as a file of its own, or all as CSV with a column text",
    ),
    (re.compile(r"BEGIN:VCALENDAR"), "a calendar (ICS)", None),
    (re.compile(r"BEGIN:VCARD"), "a list of contacts (VCF)", None),
    (
        re.compile(r"(?:-- \w+SQL dump|PRAGMA foreign_keys|CREATE TABLE )"),
        "a dump of a database (SQL)",
        _TABLES,
    ),
    (
        re.compile(r"@prefix \w*: <"),
        "linked data (Turtle)",
        "query its texts and save them as CSV",
    ),
    (re.compile(r"PMID- ?\d"), "a PubMed (MEDLINE) export", "import it into Zotero, export as RIS"),
    (
        re.compile(r"FN (?:Clarivate|Thomson|ISI)"),
        "a Web of Science export",
        "export it as BibTeX or RIS",
    ),
    (
        re.compile(r"(?:%.*\n|\s)*\\documentclass\b"),
        "a LaTeX source",
        "make plain text of it (pandoc -t plain does)",
    ),
    (
        re.compile(r"(?:[TRAEMN*#]\d*\t[A-Za-z][\w-]* [^\n]*\n)*T\d+\t\S+ \d+ \d+[\t;]"),
        "brat annotations",
        "give the text file (.txt) that they annotate",
    ),
)
_PLAIN = "save its text as plain text, or as CSV with the columns speaker and text"
_ROOTS = {
    "Trans": ("a Transcriber transcript (TRS)", "import it into ELAN and save it as EAF"),
    "basic-transcription": (
        "an EXMARaLDA transcript (EXB)",
        "export it as TEI or ELAN from the Partitur-Editor",
    ),
    "folker-transcription": ("a FOLKER transcript", "export it as TEI from FOLKER"),
    "Project": ("a REFI-QDA project", "export its documents as DOCX or plain text"),
    "mediawiki": ("a MediaWiki export", "take the plain text of its pages (WikiExtractor does)"),
    "rss": ("an RSS feed", "save the pages it names as HTML"),
    "feed": ("an Atom feed", "save the pages it names as HTML"),
    "tmx": ("a translation memory (TMX)", _PLAIN),
    "xliff": ("a translation file (XLIFF)", _PLAIN),
    "tt": ("captions in TTML", _TO_SRT),
    "timedtext": ("YouTube captions in XML", "fetch them as VTT"),
    "transcript": ("captions in XML, YouTube's perhaps", "fetch them as VTT or SRT"),
    "FictionBook": ("a FictionBook (FB2)", "convert it to DOCX or TXT in Calibre"),
    "wordDocument": ("Word 2003 XML", "save it as DOCX"),
    "package": ("Word in one XML file", "save it as DOCX"),
    "article": ("a JATS article", "make plain text of it (pandoc -f jats -t plain does)"),
    "pmc-articleset": ("JATS articles", "make plain text of them (pandoc -f jats -t plain does)"),
    "nitf": ("a NITF news item", _PLAIN),
    "newsItem": ("a NewsML-G2 item", _PLAIN),
    "NewsML": ("a NewsML item", _PLAIN),
    "bill": ("a bill in XML", _PLAIN),
    "book": ("a DocBook text", "make plain text of it (pandoc -f docbook -t plain does)"),
    "FinalDraft": ("a Final Draft script (FDX)", "export it as plain text from Final Draft"),
    "CHAT": ("a transcript in TalkBank's XML", "take the CHAT file (.cha) of the same corpus"),
    "alto": ("pages of OCR in ALTO", "take the plain text of the same pages"),
    "PcGts": ("pages of OCR in PAGE XML", "take the plain text of the same pages"),
    "mets": ("a METS file, which describes a book's pages", "take the plain text of the pages"),
    "PubmedArticleSet": ("a PubMed export in XML", "import it into Zotero, export as RIS"),
    "OAI-PMH": ("an answer of an OAI-PMH service", "fetch the texts that it names"),
    "FoLiA": ("a linguistic annotation in FoLiA", "make plain text of it (folia2txt does)"),
    "GateDocument": ("a document of GATE", "export its text as plain text from GATE"),
    "NAF": ("a linguistic annotation in NAF", _PLAIN),
    "KAF": ("a linguistic annotation in KAF", _PLAIN),
    "D-Spin": ("a corpus of WebLicht (TCF)", _PLAIN),
    "XMI": ("an annotation of UIMA (XMI)", "export its text as plain text"),
    "METATRANSCRIPT": ("a description in IMDI", "give the transcript that it describes"),
    "CMD": ("a description in CMDI", "give the text that it describes"),
    "ead": ("a finding aid (EAD)", "give the texts that it describes"),
    "urlset": ("a sitemap", "save the pages it names as HTML"),
    "sitemapindex": ("a sitemap", "save the pages it names as HTML"),
    "score-partwise": ("a musical score (MusicXML)", None),
    "MAXQDA": ("a project of MAXQDA", "export its documents as DOCX or plain text"),
    "preferences": ("ELAN's preferences (PFSX)", "give the EAF file beside it"),
    "kml": ("a map (KML)", None),
    "plist": ("an Apple property list", None),
    "opml": ("an outline (OPML)", _PLAIN),
    "xml": ("an EndNote or other export in XML", "export it as RIS"),
    "svg": ("a picture (SVG)", None),
    "HANSARD": ("a Hansard in the XML of Australia's parliament", _PLAIN),
    "hansard": ("a Hansard in XML", _PLAIN),
}
_DOCTYPE = re.compile(r"<!DOCTYPE\s+([\w:.-]+)")
_TOKEN = re.compile(r"\S+(?:\t[^\t]*){1,9}")
_TAG = re.compile(r"</?[A-Za-z][\w:.-]*(?:\s[^<>]*)?/?>")
_TAG_OF_WORD = re.compile(r"[A-Z$.,:;!?()'`\"#-][A-Z0-9$.,:;()'`\"#-]{0,9}(?:[.:-][\w.:*]+)?")
_TAGGED_TOKEN = re.compile(r"[^\s_/]+[_/][A-Z$.,:;!?()'`\"#-]{1,2}[A-Z0-9$:;()'`*-]{0,8}")
_LEAST_TAGGED = 6
_MOST_TAGS = 8
_CONLL = re.compile(r"\d+(?:[-.]\d+)?(?:(?:\t[^\t]*){7,13}|(?: +\S+){7,13})")

Named = tuple[str, str | None]


def of_bytes(content: bytes) -> Named | None:
    """Return the name of a binary format that is not read, and a way out."""
    for signature, found, remedy in _BINARY:
        # A text may begin with "MZ" or "ID3"; what is no text has bytes that no text has.
        if content.startswith(signature) and (b"\x00" in content[:4096] or len(signature) > 3):
            return found, remedy
    return next(
        (
            (found, remedy)
            for place, signature, found, remedy in _PLACED
            if content[place : place + len(signature)] == signature
        ),
        None,
    )


def of_members(names: Iterable[str], mimetype: str = "") -> Named | None:
    """Return the name of a ZIP's format that is not read, by its members, and a way out."""
    names = set(names)
    if "epub" in mimetype:
        return _IN_ZIP[0][1:]
    found = next(((name, remedy) for member, name, remedy in _IN_ZIP if member in names), None)
    kind = next((told for key, told in _OPEN_DOCUMENT.items() if key in mimetype), None)
    if kind is None and mimetype.startswith("application/vnd.sun.xml"):
        kind = "an old OpenOffice file", "open it in LibreOffice and save it as ODT"
    return found or kind


def of_text(text: str) -> Named | None:
    r"""Return the name of a text's format that is not read, by its opening, and a way out.

    Examples
    --------
    >>> of_text("**** *speaker_ada *year_2021\nWho reads the list?\n")[0]
    'a corpus for Alceste or IRaMuteQ'
    """
    opening = text[:4000].lstrip("\ufeff \t\r\n")
    for signature, found, remedy in _TEXTS:
        if signature.match(opening):
            return found, remedy
    rows = [line for line in opening.split("\n")[:-1] or [opening] if line.strip()][:60]
    body = [line for line in rows if not line.startswith("#")]
    if body and _is_conll([row.rstrip("\r") for row in body]):
        return (
            "CoNLL-U, one word a line",
            "take its lines '# text = …', which hold the sentences, as plain text",
        )
    if _is_tagged([row.rstrip("\r").split("\t") for row in rows]):
        return (
            "a tagged text, one word a line (TreeTagger, CoNLL)",
            "take the plain text that it was made from",
        )
    tokens = [token for row in rows for token in row.split()]
    joined = sum(map(bool, map(_TAGGED_TOKEN.fullmatch, tokens)))
    if len(tokens) >= _LEAST_TAGGED and joined >= 0.9 * len(tokens):
        return (
            "a tagged text, each word joined to its tag",
            "take the plain text that it was made from",
        )
    tags = sum(bool(_TAG.fullmatch(row.strip())) for row in rows)
    one_a_line = sum(bool(_TOKEN.fullmatch(row.strip())) for row in rows)
    structured = any(re.match(r"<(?:s|p|doc|text|corpus)\b", row) for row in rows)
    if (
        structured
        and len(rows) > 4
        and tags
        and one_a_line >= 0.25 * len(rows)
        and (tags + one_a_line > 0.9 * len(rows))
    ):
        return (
            "a vertical text, one word a line (Sketch Engine, CWB)",
            "export it as plain text, or take the texts that it was made from",
        )
    return None


def _is_conll(rows: list[str]) -> bool:
    """Return whether rows are words with their tags; parted by blanks, all have as many fields."""
    fields = {len(row.split()) for row in rows if "\t" not in row}
    return len(fields) <= 1 and sum(map(bool, map(_CONLL.fullmatch, rows))) > 0.8 * len(rows)


def _is_tagged(rows: list[list[str]]) -> bool:
    """Return whether rows are a word, its tag in capitals, and more; the stops among them too."""
    widths = {len(row) for row in rows}
    if len(rows) < _LEAST_TAGGED or len(widths) != 1 or not 2 <= widths.pop() <= _MOST_TAGS:
        return False
    tagged = all(_TAG_OF_WORD.fullmatch(row[1]) and " " not in row[0] for row in rows)
    return tagged and any(not any(map(str.isalnum, row[0])) for row in rows)


def of_declared(opening: str) -> Named | None:
    """Return the name of an XML format that is not read, by the document type it declares."""
    declared = _DOCTYPE.search(opening[:1000])
    return of_root(declared[1]) if declared and declared[1] in _ROOTS else None


def of_root(tag: str) -> Named:
    """Return the name of an XML format that is not read, by its root element, and a way out."""
    plain = tag.rpartition("}")[2]
    return _ROOTS.get(plain, (f"XML of another kind (<{plain[:60]}>)", _PLAIN))

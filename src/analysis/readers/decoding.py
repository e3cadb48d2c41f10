"""Bytes from disk and characters from bytes, with errors their owner can act on."""

from __future__ import annotations

import csv
import re
import stat
import zlib
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from analysis.errors import AnalysisError
from analysis.readers import encodings
from analysis.storage.csv_tables import unguard

MOST_BYTES = 128 * 2**20
"""The largest file that is read, packed or unpacked: it fits memory many times over."""

LONGEST_FIELD = 16 * 2**20
_DECLARED = re.compile(
    rb"(?:charset|encoding)\s*=\s*[\"']?(windows-\d+|cp\d+|iso-8859-\d+|koi8-[ru]|macintosh"
    rb"|shift_jis|gb2312|gbk|gb18030|big5|euc-\w+)\b",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+")
_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_END = re.compile(r"\r\n|\r|\n")
_MOST_MARKS = 1_000_000
_OLD_MAC = re.compile(r"(?<![^\S\n])\r(?!\s)")
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1b\x7f]")


def load(path: Path) -> bytes:
    """Return the bytes of a file, unpacked if it is a gzip file.

    Raises
    ------
    AnalysisError
        If it is missing, a directory, a device, unreadable, empty, or larger than
        :data:`MOST_BYTES`, packed or unpacked.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise AnalysisError(path, "a directory", "a file", "name the files in it")
        if not stat.S_ISREG(status.st_mode):
            raise AnalysisError(path, "a pipe or device", "a file")
        if status.st_size > MOST_BYTES:
            raise _too_large(path, f"{status.st_size / 2**20:,.0f} MiB")
        content = path.read_bytes()
    except FileNotFoundError as problem:
        raise AnalysisError(
            path, "no such file", "a file to read", "check the path's spelling"
        ) from problem
    except (OSError, ValueError) as problem:
        if isinstance(problem, AnalysisError):
            raise
        reason = getattr(problem, "strerror", None) or problem
        raise AnalysisError(path, f"cannot be read ({reason})", "a readable file") from problem
    if content.startswith(b"\x1f\x8b"):
        content = _unpacked(path, content)
    if not content.strip(b"\xef\xbb\xbf \t\r\n\f"):
        raise AnalysisError(path, "an empty file", "a text", "fetch or export it again")
    return content


def _too_large(path: Path, size: str) -> AnalysisError:
    return AnalysisError(
        path, size, f"at most {MOST_BYTES // 2**20} MiB", "split it into several files"
    )


def _unpacked(path: Path, content: bytes) -> bytes:
    """Unpack gzip, of one member or several, never beyond the largest size."""
    parts: list[bytes] = []
    room = MOST_BYTES
    try:
        while content.startswith(b"\x1f\x8b"):
            member = zlib.decompressobj(wbits=31)
            part = member.decompress(content, room + 1)
            parts.append(part)
            room -= len(part)
            if room < 0:
                raise _too_large(path, f"unpacks to more than {MOST_BYTES // 2**20} MiB")
            if not member.eof:
                raise AnalysisError(path, "a gzip file cut off", "a whole one", "fetch it again")
            content = member.unused_data
    except zlib.error as problem:
        raise AnalysisError(
            path, f"a broken gzip file ({problem})", "a whole one", "fetch it again"
        ) from problem
    return b"".join(parts)


def guess(
    path: Path, content: bytes, *, repair: bool = True, encoding: str | None = None
) -> tuple[str, str]:
    r"""Return the characters of a text in whatever encoding it has, and that encoding.

    UTF-8 is taken at its word, a byte order mark too, and so is UTF-16 without one, which nothing
    else looks like; only what is none of them is guessed, from the lines that are not ASCII. A
    line end of old Macs (a bare carriage return) becomes a line feed.

    Parameters
    ----------
    path : pathlib.Path
        For the error message.
    content : bytes
    repair : bool
        Whether to guess at all what is neither UTF-8 nor marked.
    encoding : str, optional
        The encoding of what is not UTF-8, where it is known.

    Returns
    -------
    (str, str)
        The text without a byte order mark, and the encoding's name: ``utf-8`` or another.

    Raises
    ------
    AnalysisError
        If it is no text in any encoding we know, or not in the one said.

    Examples
    --------
    >>> guess(Path("a.txt"), "Naïve – “quite” so, señor.".encode("cp1252"))
    ('Naïve – “quite” so, señor.', 'cp1252')
    """
    marked = next((name for mark, name in _MARKS if content.startswith(mark)), None)
    name = marked or encodings.unmarked_utf16(content) or encodings.shifted(content) or "utf-8"
    try:
        text = content.decode("utf-8-sig" if name == "utf-8" else name)
    except UnicodeDecodeError:
        if encoding and not marked:
            name, text = encoding, _decoded(path, content, encoding)
        else:
            name, text = _guessed(path, content) if repair else ("utf-8", decode(path, content))
    if "\r" in text:
        # Among line feeds, a carriage return between blanks is what a PDF's text has for one.
        text = without_old_ends(text) if "\n" in text else text.replace("\r", "\n")
    if len(_CONTROLS.findall(text[:65536])) > 0.01 * min(len(text), 65536) + 2:
        raise AnalysisError(
            path, "bytes that are no text", "a text, or a format named in docs/your-own-texts.md"
        )
    return text, name


def without_old_ends(text: str) -> str:
    """Return a text with line feeds for the line ends of old Macs among them."""
    return _OLD_MAC.sub("\n", text)


def known(encoding: str) -> str:
    """Return the name of an encoding that Python knows.

    Raises
    ------
    AnalysisError
        If it is none of a text.
    """
    try:
        "a".encode(encoding)
    except (LookupError, ValueError) as problem:
        raise AnalysisError(
            "encoding", repr(encoding), f"a name such as utf-8, {', '.join(encodings.NAMES[:4])}"
        ) from problem
    return encoding


def _decoded(path: Path, content: bytes, encoding: str) -> str:
    try:
        return content.decode(known(encoding))
    except UnicodeDecodeError as problem:
        line = content.count(b"\n", 0, problem.start) + 1
        raise AnalysisError(
            f"{path}, line {line}",
            f"byte 0x{content[problem.start]:02x} at offset {problem.start} is not {encoding}",
            f"a text in {encoding}, as was said",
            "give the encoding that the file has, or leave it to be guessed",
        ) from problem


def _guessed(path: Path, content: bytes) -> tuple[str, str]:
    odd = b"\n".join(line for line in content.splitlines() if not line.isascii())
    declared = _DECLARED.search(content[:2048])
    names = ["cp1252"]
    if declared:
        # As browsers do: what calls itself Latin-1 is Windows' page.
        name = declared[1].decode("ascii").lower()
        names = names if name == "iso-8859-1" else [name, *names]
    else:
        names = [encodings.best(odd), *names]
    for name in filter(None, names):
        try:
            return name, content.decode(name)
        except (UnicodeError, LookupError):
            continue
    at = next(n for n, byte in enumerate(content) if byte > 0x7F)
    line = content.count(b"\n", 0, at) + 1
    raise AnalysisError(
        f"{path}, line {line}",
        f"byte 0x{content[at]:02x} at offset {at}, in no encoding we know",
        "UTF-8 text",
        "save the file as UTF-8, or name its encoding (--encoding)",
    )


def decode(path: Path, content: bytes | None = None) -> str:
    """Return the characters of a UTF-8 file as they stand, without a byte order mark.

    Raises
    ------
    AnalysisError
        As :func:`load`, and for bytes that are not UTF-8, with their place.
    """
    content = load(path) if content is None else content
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        # The codec counts from behind a byte order mark.
        at = problem.start + (3 if content.startswith(b"\xef\xbb\xbf") else 0)
        line = content.count(b"\n", 0, at) + 1
        raise AnalysisError(
            f"{path}, line {line}",
            f"byte 0x{content[at]:02x} at offset {at} is not UTF-8",
            "UTF-8 text or a PDF",
            "save the file as UTF-8",
        ) from problem


def lines(content: str) -> Iterator[str]:
    """Yield the lines with their ends; unlike StringIO, without a copy four times the size."""
    return (match[0] for match in _LINE.finditer(content))


def fitted(row: list[str], width: int) -> list[str]:
    """Return a row without the empty fields that spreadsheets add behind its last.

    Examples
    --------
    >>> fitted(["Ada", "We met.", "", ""], 2), fitted(["", "", ""], 2), fitted(["Ada", "a", "b"], 2)
    (['Ada', 'We met.'], [], ['Ada', 'a', 'b'])
    """
    if len(row) <= width or any(field.strip() for field in row[width:]):
        return row
    return row[:width] if any(field.strip() for field in row[:width]) else []


def rows(
    path: Path, content: str, needed: tuple[str, ...], *, delimiter: str = ","
) -> list[tuple[int, dict[str, str]]]:
    """Return the rows of a CSV, each with the number of its last line.

    The apostrophe that keeps a spreadsheet from running a cell (:mod:`analysis.storage.csv_tables`)
    is left out.

    Parameters
    ----------
    path : pathlib.Path
        For the error message.
    content : str
    needed : tuple of str
        Columns it must have.
    delimiter : str

    Raises
    ------
    AnalysisError
        If a column is missing or named twice, a row has more or fewer fields than the first line,
        or a quotation mark stands amiss: the line named is the one where it stands.
    """
    # One turn may be longer than the 131,072 characters that the module expects.
    csv.field_size_limit(LONGEST_FIELD)
    bare = delimiter == "\t" and _marks_are_bare(content)
    reader = csv.reader(
        lines(content),
        strict=True,
        delimiter=delimiter,
        quoting=csv.QUOTE_NONE if bare else csv.QUOTE_MINIMAL,
    )
    done = 0
    try:
        columns = next(reader, [])
        missing = [name for name in needed if name not in columns]
        if missing:
            raise AnalysisError(
                f"{path}, line 1",
                f"no column {', '.join(missing)} (found {', '.join(columns) or 'none'})",
                f"the columns {', '.join(needed)}",
                "name the columns in the first line, parted by commas",
            )
        named = [name for name in columns if name]
        if len(set(named)) < len(named):
            raise AnalysisError(f"{path}, line 1", "a column named twice", "each name once")
        found = []
        done = reader.line_num
        for each in reader:
            row = fitted(each, len(columns))
            if not row:
                done = reader.line_num
                continue
            if len(row) != len(columns):
                several = reader.line_num > done + 1
                raise AnalysisError(
                    f"{path}, line {_opened(content, delimiter, done, reader.line_num)}",
                    f"a quotation mark that is closed in line {reader.line_num} only"
                    if several
                    else f"{len(row)} fields",
                    f"{len(columns)} fields as in line 1",
                    "double the quotation marks within a field"
                    if several
                    else "quote fields that hold commas",
                )
            done = reader.line_num
            found.append((reader.line_num, dict(zip(columns, map(unguard, row), strict=True))))
    except csv.Error as problem:
        raise AnalysisError(
            f"{path}, line {_opened(content, delimiter, done, reader.line_num)}",
            f"broken CSV ({problem})",
            "fields parted by commas, quoted where they hold commas or quotation marks",
            "double the quotation marks within a field, and close each",
        ) from problem
    return found


def _marks_are_bare(content: str) -> bool:
    """Say whether the quotation marks of a TSV are the text's own.

    They are where a field opens with one and does not end in one, and every line has as many
    fields as the first: who parts fields by tabs often quotes none.
    """
    opened = re.search(r'(?:^|\t)"(?:[^"\t\n]|"")*"(?!["\t\r\n]|\Z)', content, re.MULTILINE)
    opened = opened or re.search(r'(?:^|\t)"[^"\t\r\n]*(?=\t|\r?$)', content, re.MULTILINE)
    if not opened:
        return False
    counts = {line.count("\t") for line in content.splitlines() if line.strip()}
    return len(counts) == 1


def _opened(content: str, delimiter: str, done: int, last: int) -> int:
    """Return the line in which the last quoted field of some broken lines of a CSV is opened."""
    lines = islice(_LINE.finditer(content), done, done + 1)
    start = next((line.start() for line in lines), 0)
    at, inside, opened = start, False, start
    for _ in range(_MOST_MARKS):
        at = content.find('"', at)
        if at < 0:
            break
        after = content[at + 1 : at + 2]
        if not inside:
            inside = at == 0 or content[at - 1] in f"{delimiter}\r\n"
            opened = at if inside else opened
        elif after == '"':
            at += 1
        else:
            inside = False
            if after and after not in f"{delimiter}\r\n":
                break
        at += 1
    line = done + 1 + len(_END.findall(content, start, opened))
    return min(line, last)

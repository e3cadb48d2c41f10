"""From positioned lines to running text: numbered paper, running heads, hyphens at line ends."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from analysis.readers.pdf import LINE_HYPHEN, Line, Page

_HYPHENS = "-\u00ad\u2010\u2011"
_ENDS = tuple(_HYPHENS)
_CLUSTER = re.compile(f"[{_HYPHENS}]*[\u00ad\u2010][{_HYPHENS}]+|[{_HYPHENS}]+[\u00ad\u2010]")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "ft", "ﬆ": "st"}
)
_NUMBER = re.compile(r"(\d{1,2})(?:\s+(.*))?$", re.DOTALL)
_WORD_BREAK = re.compile(rf"(\w+)[{_HYPHENS}]$")
_FIRST_WORD = re.compile(r"\w+")
_COMPOUND = re.compile(r"\w+(?:-\w+)*")

_LEAST_NUMBERS = 10
_LOST_NUMBERS = 3
_MOST_CELLS = 8
_NUMBER_WIDTH = 13
_SAME_ROW = 4.0
_TWICE = re.compile(r"^[ \t]*(\d{1,2})[ \t].*[ \t]\1(?=[ \t]{2,}\S|[ \t]*$)", re.MULTILINE)
_NUMBER_GAP = re.compile(r"(?:\d{1,2}\s+(?=\S))?")


def tidy(text: str) -> str:
    r"""Return a line with single spaces, plain ligatures, and one hyphen for a stack of them.

    Word processors' PDFs write tabs and no-break spaces between words and two or three hyphen
    characters for one. A soft hyphen inside a line is dropped; at its end it stays, for
    :func:`join` to decide.

    Examples
    --------
    >>> tidy("ever-\u00ad\u2010increasing\t\r \u00a0ri\u00adsk")
    'ever-increasing risk'
    """
    text = " ".join(text.split())
    if text.isascii():
        return text
    text = text.translate(_LIGATURES)
    if "\u00ad" in text or "\u2010" in text:
        text = _CLUSTER.sub("-", text)
        text = text[:-1].replace("\u00ad", "") + text[-1:]
    return text


def sheets_of_text(text: str) -> list[Page]:
    r"""Return the sheets of text whose spaces keep the layout, as ``pdftotext -layout`` writes it.

    Sheets end with a form feed. Positions are made up: seven points a character, twelve a line.

    Examples
    --------
    >>> [sheet] = sheets_of_text(" 1   MR. LITT:  Yes.\n")
    >>> [(line.x, line.body_x, line.text) for line in sheet.lines]
    [(7.0, 35.0, '1 MR. LITT: Yes.')]
    """
    sheets = []
    for number, page in enumerate(text.split("\f"), 1):
        rows = page.split("\n")
        lines = []
        for row, content in enumerate(rows):
            if text := tidy(content):
                x = len(content) - len(content.lstrip())
                body = x + len(_NUMBER_GAP.findall(content.lstrip())[0])
                lines.append(Line(7.0 * x, 12.0 * (len(rows) - row), 7.0 * body, text))
        width = 7.0 * max(map(len, rows))
        sheets.append(Page(number, width, 12.0 * len(rows), lines))
    return sheets


def side_by_side(text: str) -> bool:
    """Return whether sheets of text hold several numbered pages next to each other.

    A row then bears the same line number twice.
    """
    return any(len(_TWICE.findall(page)) >= _LEAST_NUMBERS for page in text.split("\f"))


def numbered_cells(page: Page) -> list[list[Line]]:
    """Return the transcript or pleading pages on one sheet of line-numbered paper.

    A cell is bounded by its run of line numbers 1, 2, 3 …, in lines of their own or in front of
    the text; a sheet may hold several. Whatever stands above the first number, below the last,
    or left of the numbers is furniture and left out.

    Parameters
    ----------
    page : analysis.readers.pdf.Page

    Returns
    -------
    list of list of analysis.readers.pdf.Line
        Per cell its rows from top to bottom, without the numbers; ``x`` and ``body_x`` are counted
        from the column of numbers. Empty for a page that is not numbered.
    """
    runs = _number_runs(page.lines)
    owner = {index: run for run in runs for index in run}
    cells = []
    for run in runs:
        first, last = page.lines[run[0]], page.lines[run[-1]]
        left = min(page.lines[index].x for index in run)
        slack = 0.6 * (first.y - last.y) / (len(run) - 1)
        right = min(
            (start for start in (page.lines[other[0]].x for other in runs) if start > left + 50),
            default=page.width,
        )
        rows = []
        low, high, begin, end = last.y - slack, first.y + slack, left + 8, right - 8
        for index, (x, y, body_x, text) in enumerate(page.lines):
            if owner.get(index) is run:
                said, at = _NUMBER.findall(text)[0][1], body_x
            elif low < y < high and begin < x < end and index not in owner:
                said, at = text, x
            else:
                continue
            if said:
                rows.append(Line(at - left, y, at - left, tidy(said)))
        cells.append(_merge_rows(rows))
    return cells


def _number_runs(lines: Sequence[Line]) -> list[list[int]]:
    runs: list[list[int]] = []
    values: dict[int, int] = {}
    for index, line in enumerate(lines):
        number = _NUMBER.match(line.text)
        if not number:
            continue
        value = values[index] = int(number[1])
        for run in reversed(runs[-_MOST_CELLS:]):
            above = lines[run[-1]]
            # A number or two may be lost in a merged line; a page number stands elsewhere.
            if (
                0 < value - values[run[-1]] <= _LOST_NUMBERS
                and abs(line.x - above.x) < _NUMBER_WIDTH
                and line.y < above.y
            ):
                run.append(index)
                break
        else:
            if value == 1:
                runs.append([index])
    runs = [run for run in runs if len(run) >= _LEAST_NUMBERS]
    return sorted(runs, key=lambda run: (round(lines[run[0]].x / 100), -lines[run[0]].y))


def _merge_rows(lines: list[Line]) -> list[Line]:
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: -line.y):
        if rows and rows[-1][0].y - line.y < _SAME_ROW:
            rows[-1].append(line)
        else:
            rows.append([line])
    merged = []
    for row in rows:
        if len(row) == 1:
            merged += row
            continue
        row.sort(key=lambda line: line.x)
        merged.append(row[0]._replace(text=" ".join(line.text for line in row)))
    return merged


def running_lines(
    pages: Iterable[Sequence[str]], depth: int | None = 3, share: float = 0.2
) -> set[str]:
    """Return the running heads and feet of a paper, with digits as ``#``.

    A line with letters that comes back, but for its digits, on ``share`` of the pages and on at
    least three.

    Parameters
    ----------
    pages : iterable of sequence of str
        The lines of each page from top to bottom.
    depth : int or None
        How many lines from the top and from the bottom of each page to look at; None for all.
    share : float
        Of the pages, from 0 to 1.

    Returns
    -------
    set of str

    Examples
    --------
    >>> pages = [[f"The Report, page {n}", f"some text {'abc'[n]}"] for n in range(3)]
    >>> running_lines(pages)
    {'The Report, page #'}
    """
    seen: Counter[str] = Counter()
    total = 0
    for lines in pages:
        total += 1
        filled = [line for line in lines if line.strip()]
        edges = filled if depth is None else (*filled[:depth], *filled[-depth:])
        seen.update({mask(line) for line in edges})
    least = max(3, share * total)
    return {line for line, count in seen.items() if count >= least and re.search(r"[^\W\d]", line)}


def mask(line: str) -> str:
    """Return a line, tidied, with every run of digits as ``#``.

    Examples
    --------
    >>> mask("Page  2 of 43")
    'Page # of #'
    """
    return re.sub(r"\d+", "#", tidy(line))


def vocabulary(lines: Iterable[str]) -> Counter[str]:
    """Return how often words and hyphenated compounds stand whole inside a line, in lower case.

    Examples
    --------
    >>> vocabulary(["the well-known har-", "bour"])
    Counter({'the': 1, 'well-known': 1})
    """
    counts: Counter[str] = Counter()
    broken = False
    for line in lines:
        found = _COMPOUND.findall(line.lower())
        ends = line.endswith(_ENDS) and bool(_WORD_BREAK.search(line))
        counts.update(found[int(broken) : len(found) - int(ends)])
        broken = ends
    return counts


def join(lines: Iterable[str], known: Counter[str] | None = None) -> str:
    """Join the lines of one paragraph.

    A hyphen at a line's end is kept and the word closed up. With ``known``, the words of the
    document, a hyphen that only the line's width put there is dropped: when the document writes
    the word whole elsewhere, or neither writes the compound nor knows both of its halves as words.

    Parameters
    ----------
    lines : iterable of str
        Tidied lines.
    known : collections.Counter, optional
        From :func:`vocabulary`. Without it every hyphen is real, as in a transcript.

    Returns
    -------
    str

    Examples
    --------
    >>> from collections import Counter
    >>> join(["a follow-", "up on sur-", "veillance --", "yes"], Counter(["follow", "up"]))
    'a follow-up on surveillance -- yes'
    """
    parts: list[str] = []
    for line in lines:
        above = parts[-1] if parts else ""
        broken = _WORD_BREAK.search(above) if above[-1:] and above[-1] in _HYPHENS else None
        follows = _FIRST_WORD.match(line)
        if broken and follows:
            keep = known is None or _real_hyphen(broken[1].lower(), follows[0].lower(), known)
            parts[-1] = above[:-1] + ("-" if keep else "")
        elif parts:
            parts[-1] = above.rstrip(LINE_HYPHEN) + " "
        parts.append(line)
    return "".join(parts).replace(LINE_HYPHEN, "-")


def _real_hyphen(left: str, right: str, known: Counter[str]) -> bool:
    whole, compound = known[left + right], known[f"{left}-{right}"]
    if whole or compound:
        return compound > whole
    # A number never breaks, nor does a word that both halves of which the document uses.
    return left.isdigit() or right.isdigit() or bool(known[left] and known[right])

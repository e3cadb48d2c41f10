"""What a reader should say of a text that may not be what it was taken for."""

from __future__ import annotations

import re

_LOOKED_AT = 65536
_LEAST_KEPT = 0.2
_MOST_ODD = 1 / 3
_FEW = 40
_SCRIPTED = 500
"""So many characters of scripts for each word of a page with few words."""
_PERHAPS = (
    "perhaps a table or markup of a kind that is not known; export it as plain text, or as CSV "
    "with a column of text"
)
_RUN = re.compile(
    r"<(?P<tag>script|style|noscript|template|svg|head)\b.*?(?:</(?P=tag)\s*>|\Z)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(r"<[^<>]*>")
_MARKUP = re.compile(
    r"</?[A-Za-z!?][^<>\n]{0,300}>|\[/?[a-z]{1,20}(?:=[^\[\]\n]{0,80})?\]|&\w{1,8};"
)


def note_of_page(page: str, body: str) -> tuple[str, ...]:
    """Say that less than a fifth of a page's words were kept as its article, if that is so.

    Examples
    --------
    >>> note_of_page("<p>One.</p><p>" + "two " * 9 + "</p>", "One.")
    ('1 of the 10 words on the page were kept: compare the text with the page',)
    """
    static = _RUN.sub(" ", page)
    shown = len(_TAG.sub(" ", static).split())
    kept = len(body.split())
    if kept < _FEW and "<script" in page.lower() and len(page) - len(static) > _SCRIPTED * kept:
        return (
            (
                f"{kept:,} words are in the page itself, perhaps not the article's: scripts put "
                "the rest there; save the page from a browser, once it is shown"
            ),
        )
    if kept >= _LEAST_KEPT * shown:
        return ()
    return (
        f"{kept:,} of the {shown:,} words on the page were kept: compare the text with the page",
    )


def note_of_text(text: str) -> tuple[str, ...]:
    """Say that a third of a text's characters are digits or tags, if that is so.

    Examples
    --------
    >>> note_of_text("1 2 3 4 5 six")
    ('62% of its characters are digits or tags: perhaps a table or markup of a kind that is not \
known; export it as plain text, or as CSV with a column of text',)
    """
    opening = text[:_LOOKED_AT]
    tags = sum(map(len, _MARKUP.findall(opening)))
    bare = _MARKUP.sub("", opening)
    digits = sum(bare.count(sign) for sign in set(bare) if sign.isdigit())
    shown = tags + sum(map(len, bare.split()))
    if not shown or tags + digits < _MOST_ODD * shown:
        return ()
    share = f"{(tags + digits) / shown:.0%} of its characters are digits or tags"
    return (f"{share}: {_PERHAPS}",)

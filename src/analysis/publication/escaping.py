r"""Text as LaTeX prints it."""

import re

_LATEX = {
    "\\": r"\textbackslash{}",
    "&": r"\&",
    "%": r"\%",
    "$": r"\$",
    "#": r"\#",
    "_": r"\_",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
    '"': r"\textquotedbl{}",
    "–": "--",
    "—": "---",
    "“": "``",
    "”": "''",
    "‘": "`",
    "’": "'",
    "…": r"\ldots{}",
    "·": r"\textperiodcentered{}",
    "×": r"$\times$",
    "−": "$-$",
    "±": r"$\pm$",
    "½": r"$\frac{1}{2}$",
    "≥": r"$\geq$",
    "≤": r"$\leq$",
    "→": r"$\rightarrow$",
    "←": r"$\leftarrow$",
    "∞": r"$\infty$",
    "›": r"\guilsinglright{}",
    "₁": "$_1$",
    "₂": "$_2$",
    "²": "$^2$",
}
_SYMBOLS = {"α": r"$\alpha$", "κ": r"$\kappa$", "χ": r"$\chi$"}
_GREEK = re.compile("[\u0370-\u03ff\u1f00-\u1fff]+")
_LATIN = (
    "\u00a1-\u00ac\u00ae-\u0125\u0128-\u0137\u0139-\u013e\u0141-\u0148\u014a-\u0165\u0168-\u017e"
    "\u01c4-\u01d4\u0218-\u021b\u2010-\u2016\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u20ac"
)
_BEYOND = re.compile(rf"[^\x00-\x7f{_LATIN}]")
_IDEOGRAPHS = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]")


def headed(tex: str) -> str:
    r"""Put a remedy at the head of a file of LaTeX that pdfLaTeX cannot set: another engine.

    Parameters
    ----------
    tex : str
        What :func:`latex` has escaped.

    Returns
    -------
    str
        The same where pdfLaTeX has all its letters (those of Latin alphabets).

    Examples
    --------
    >>> print(headed("Ödön Müller"))
    Ödön Müller
    >>> print(headed("Анна").splitlines()[0])
    % pdfLaTeX has no letters for: А а н
    """
    letters = sorted(set(_BEYOND.findall(tex)))
    if not letters:
        return tex
    wide = any(map(_IDEOGRAPHS.match, letters))
    font = "{NotoSerifCJK-Regular.ttc}" if wide else "{DejaVuSerif.ttf}[Scale=0.86]"
    lines = [
        f"pdfLaTeX has no letters for: {' '.join(letters[:40])}",
        "Set this file with LuaLaTeX. In the preamble, in place of inputenc and fontenc, write:",
        r"\usepackage{fontspec}",
        rf"\setmainfont{font}  % or another font that has them",
    ]
    return "".join(f"% {line}\n" for line in lines) + tex


def latex(text: str) -> str:
    r"""Return a text as LaTeX prints it, its special characters escaped.

    Examples
    --------
    >>> print(latex("90% of a_b"))
    90\% of a\_b
    """
    escaped = "".join(_LATEX.get(character, character) for character in text)
    return _GREEK.sub(_symbols, escaped)


def _symbols(found: re.Match[str]) -> str:
    """Set α, κ and χ as symbols, unless they are letters of a longer word."""
    letters = found[0]
    return (
        "".join(_SYMBOLS[letter] for letter in letters)
        if set(letters) <= set(_SYMBOLS)
        else letters
    )

"""What stands beside a concordance, as HTML: every text in it escaped."""

from __future__ import annotations

from html import escape as escaped
from typing import Any

import numpy as np
import pandas as pd

from analysis.workbench.prepared import Bench
from analysis.workbench.queries import NO_GROUP, RESAMPLES, Query

STYLE = """<style>
.workbench .beside table {border-collapse: collapse; font-size: 12px; width: 100%}
.workbench .beside td {padding: 1px 3px; white-space: nowrap}
.workbench .beside td:first-child {max-width: 24em; overflow: hidden; text-overflow: ellipsis}
.workbench .widget-toggle-button {width: auto}
.workbench .beside {white-space: normal; max-width: 44em; padding: 2px 4px; overflow: auto}
.workbench .beside td.number {text-align: right; font-variant-numeric: tabular-nums}
.workbench .beside, .workbench .reading, .workbench .notice {line-height: 1.35; font-size: 13px}
.workbench .notice.wrong {color: #a4000f; font-weight: bold}
.workbench .reading {max-height: 14em; overflow: auto; border-left: 3px solid #0072b2;
  padding: 4px 10px; margin-top: 6px; white-space: pre-wrap}
</style>"""
_BINS, _WIDTH, _SPAN = 440, 440, 160
_MOST_ROWS = 14
_READ = 1_500


def notice_html(text: str, note: str = "", *, wrong: bool = False) -> str:
    """Say something above the lines; a screen reader hears it."""
    kind = "notice wrong" if wrong else "notice"
    more = f" <em>{escaped(note)}</em>" if note else ""
    return f'<div class="{kind}" role="status">{escaped(text)}{more}</div>'


def beside_html(
    bench: Bench, query: Query, rates: pd.DataFrame, spread: pd.Series, found: pd.DataFrame
) -> str:
    """Show rates with intervals, dispersion, and where in the corpus the lines stand.

    Parameters
    ----------
    bench : Bench
    query : Query
    rates : pandas.DataFrame
    spread : pandas.Series
        As :func:`analysis.workbench.queries.beside` gives them.
    found : pandas.DataFrame
        The lines.

    Returns
    -------
    str
        HTML.
    """
    # An interval from two units can be wider than the panel: it is cut at its edge.
    top = min(float(rates["high"].max()), 3 * float(rates["rate"].max())) or 1.0
    chosen = {query.speaker, NO_GROUP if query.group == "" else query.group} - {None}
    rows = []
    for row in rates.head(_MOST_ROWS).itertuples():
        name = f'<span title="{escaped(row.who)}">{escaped(row.who)}</span>'
        name = f"<strong>{name}</strong>" if row.who in chosen else name
        told = f"{row.rate:.2f} [{row.low:.2f}, {row.high:.2f}], {row.count} in {row.words:,} words"
        rows.append(
            f"<tr><td>{name}</td><td class='number'>{row.count:,}</td>"
            f"<td class='number'>{row.rate:.2f}</td><td>{_interval(row, top, told)}</td></tr>"
        )
    left_out = len(rates) - len(rows)
    more = f"<p>{left_out} more not shown.</p>" if left_out > 0 else ""
    dp = "" if np.isnan(spread["dp"]) else f"; dispersion DP {spread['dp']:.2f} (0 is even)"
    return (
        f'<div class="beside"><strong>{escaped(query.term)}</strong>: lines, and rate per 1,000 '
        f"words with its 95% interval ({RESAMPLES} resamples of appearances).<table>"
        f"{''.join(rows)}</table>{more}"
        f"<p>In {spread['range']:.0f} of {spread['documents']:.0f} documents{dp}.</p>"
        f"{_strip(bench, found)}</div>"
    )


def _interval(row: Any, top: float, told: str) -> str:
    low, rate, high = (_SPAN * min(value / top, 1) for value in (row.low, row.rate, row.high))
    return (
        f'<svg width="{_SPAN + 8}" height="12" role="img" aria-label="{escaped(told)}">'
        f"<title>{escaped(told)}</title>"
        f'<line x1="{low + 4:.1f}" x2="{high + 4:.1f}" y1="6" y2="6" stroke="#767676" '
        f'stroke-width="2"/><circle cx="{rate + 4:.1f}" cy="6" r="3.5" fill="#0072b2"/></svg>'
    )


def _strip(bench: Bench, found: pd.DataFrame) -> str:
    """Draw where in the corpus, document after document, the lines stand."""
    words = max(int(bench.utterances["words"].sum()), 1)
    bins = np.unique((found["place"].to_numpy(np.int64) * _BINS // words).clip(0, _BINS - 1))
    ticks = "".join(
        f'<rect x="{at * _WIDTH // _BINS}" y="0" width="1" height="18"/>' for at in bins
    )
    return (
        f'<svg width="{_WIDTH}" height="18" role="img" aria-label="Where the lines stand in the '
        f'corpus"><rect width="{_WIDTH}" height="18" fill="#eeeeee"/><g fill="#0072b2">{ticks}</g>'
        "</svg><br/>first word to last of the corpus"
    )


def reading_html(bench: Bench, line: dict) -> str:
    """Show a line in its utterance, the term marked.

    Parameters
    ----------
    bench : Bench
    line : dict
        A row of :func:`analysis.workbench.queries.page`.

    Returns
    -------
    str
        HTML; empty where there is no text.
    """
    if bench.index is None:
        return ""
    said = bench.utterances
    row = said[(said["document"] == line["document"]) & (said["utterance"] == line["utterance"])]
    body, stop = (int(row.iloc[0][name]) for name in ("body", "end"))
    text, start, end = bench.texts[line["document"]], line["start"], line["end"]
    first, last = max(body, start - _READ), min(stop, end + _READ)
    before = ("… " if first > body else "") + text[first:start].lstrip()
    after = text[end:last].rstrip() + (" …" if last < stop else "")
    told = [line["speaker"] or "nobody named", line["group"], line["mode"], line["stance"]]
    told += [line["document"], f"utterance {line['utterance']}"]
    who = " · ".join(str(item) for item in told if item)
    return (
        f'<div class="reading" tabindex="0"><strong>{escaped(who)}</strong>\n'
        f"{escaped(before)}<mark>{escaped(text[start:end])}</mark>{escaped(after)}</div>"
    )

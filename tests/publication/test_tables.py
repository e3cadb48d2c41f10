import json

import lxml.html
import pandas as pd
import pytest

from analysis.errors import AnalysisError
from analysis.publication import tables

HEADS = ["group", "term", "occurrences", "rate per 1,000 words"]
INDEX = pd.MultiIndex.from_tuples([("a", "x_1"), ("a", "<y>")], names=["group", "term"])
TABLE = pd.DataFrame({"n": [12345, 2], "rate": [0.123456789, None]}, index=INDEX)


def show(folder, **changes):
    return tables.save_table(
        TABLE, **{"name": "02_x", "caption": "50% & <b>"} | changes, folder=folder
    )


def test_the_notebook_gets_the_table_back_untouched(tmp_path):
    assert show(tmp_path) is TABLE


def test_latex_has_its_rules_and_escapes_everything(tmp_path):
    show(tmp_path)
    text = (tmp_path / "02_x.tex").read_text()
    # The head stands on the first page and on each that follows.
    assert [text.count(f"\\{rule}rule") for rule in ("top", "mid", "bottom")] == [2, 2, 1]
    assert r"\caption{50\% \& \textless{}b\textgreater{}}\label{tab:02-x} \\" in text
    assert r"a & x\_1 & 12,345 & 0.12 \\" in text
    assert r"a & \textless{}y\textgreater{} & 2 & -- \\" in text
    assert r"\begin{longtable}{@{}llrr@{}}" in text


def test_heads_carry_units_counts_are_whole_and_nothing_is_inf(tmp_path):
    table = pd.DataFrame(
        {
            "count": [3.0, None],
            "rate": [-0.5, 1.0],
            "ratio_high": [float("inf"), 2.5],
            "share": [0.0, 1.0],
            "coded": [1.0, 0.0],
        }
    )
    tables.save_table(
        table, "02_x", caption="C.", heads={"share": "share, %"}, folder=tmp_path, decimals=1
    )
    heads = "occurrences & rate per 1,000 words & ratio, high, 95\\% & share, \\% & coded"
    tex = (tmp_path / "02_x.tex").read_text()
    assert heads in tex
    assert r"3 & $-$0.5 & $\infty$ & 0.0 & 1 \\" in tex
    assert r"-- & 1.0 & 2.5 & 1.0 & 0 \\" in tex
    page = lxml.html.parse(tmp_path / "02_x.html")
    assert [cell.text_content() for cell in page.iter("td")][:3] == ["3", "−0.5", "∞"]
    assert (tmp_path / "02_x.csv").read_text().splitlines()[
        0
    ] == "count,rate,ratio high,share,coded"


def test_html_is_a_whole_page_with_nothing_of_the_text_as_markup(tmp_path):
    show(tmp_path)
    text = (tmp_path / "02_x.html").read_text()
    page = lxml.html.fromstring(text)
    assert [cell.text_content() for cell in page.iter("th")] == HEADS
    assert {cell.get("scope") for cell in page.iter("th")} == {"col"}
    assert [cell.text_content() for cell in page.iter("td")][4:7] == ["a", "<y>", "2"]
    assert page.find(".//caption").text_content() == "50% & <b>"
    assert not list(page.iter("b", "y"))


def test_the_same_bytes_every_time_and_recorded(tmp_path):
    show(tmp_path / "a")
    show(tmp_path / "b")
    for path in (tmp_path / "a").iterdir():
        assert path.read_bytes() == (tmp_path / "b" / path.name).read_bytes(), path.name
    entry = json.loads((tmp_path / "a" / "manifest.json").read_text())["02_x"]
    assert set(entry["files"]) == {"02_x.csv", "02_x.html", "02_x.tex"}
    assert (tmp_path / "a" / "02_x.csv").read_text().splitlines()[1] == "a,x_1,12345,0.123457"


@pytest.mark.parametrize(
    ("change", "message"),
    [({"name": "x"}, "x: not a table's name"), ({"caption": " "}, "02_x: no caption")],
)
def test_what_cannot_be_filed_is_refused(tmp_path, change, message):
    with pytest.raises(AnalysisError, match=message):
        show(tmp_path, **change)
    assert not list(tmp_path.iterdir())

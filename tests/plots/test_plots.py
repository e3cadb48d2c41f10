import shutil
import subprocess
import sys
from pathlib import Path

import matplotlib as mpl
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from matplotlib import font_manager

from analysis import plots
from analysis.errors import AnalysisError
from analysis.plots.house import read_house

RATES = pd.DataFrame(
    {"name": ["a", "b"], "rate": [1.0, 3.0], "low": [0.5, 2.5], "high": [1.5, 3.5], "n": ["9", "8"]}
)


def test_dots_stand_at_their_rates_first_row_on_top():
    ax = plots.dot_intervals(RATES, label="name", notes="n", reference=2.0)
    assert ax.collections[1].get_offsets().data.tolist() == [[1, 0], [3, 1]]
    assert [text.get_text() for text in ax.get_yticklabels()] == ["a", "b"]
    assert ax.get_ylim()[0] > ax.get_ylim()[1]


def test_a_dot_is_filled_only_if_its_interval_excludes_the_reference():
    ax = plots.dot_intervals(RATES, label="name", reference=1.2)
    first, second = ax.collections[1].get_facecolors()
    assert first.tolist() == [1, 1, 1, 1]
    assert second.tolist() == list(mpl.colors.to_rgba(plots.ACCENT))


def test_methods_stand_under_one_another_in_every_row():
    data = pd.DataFrame(
        {
            "group": ["a", "a", "b", "b"],
            "method": ["raw", "design", "raw", "design"],
            "estimate": [0.1, 0.3, 0.2, 0.4],
            "low": [0.05, 0.2, 0.1, np.nan],
            "high": [0.2, 0.5, 0.3, np.nan],
        }
    )
    ax = plots.method_intervals(data, row="group", method="method", methods=["raw", "design"])
    raw, design = (ax.collections[k].get_offsets().data for k in (1, 3))
    assert raw[:, 0].tolist() == [0.1, 0.2]
    assert design[:, 0].tolist() == [0.3, 0.4]
    assert (raw[:, 1] < design[:, 1]).all()
    assert [text.get_text() for text in ax.texts] == ["raw", "design"]


def test_bars_add_up_and_end_in_their_total():
    data = pd.DataFrame({"row": ["x", "x", "y"], "part": ["p", "q", "q"], "words": [10, 20, 5]})
    ax = plots.stacked_bars(data, row="row", part="part", parts=["p", "q"], colours=["red", "blue"])
    assert [patch.get_width() for patch in ax.patches] == [10, 0, 20, 5]
    assert [text.get_text() for text in ax.texts] == ["30", "5"]


def test_a_tick_for_every_occurrence():
    data = pd.DataFrame(
        {"row": ["x", "x", "y"], "position": [0.2, 0.1, 0.9], "kind": ["k", "l", "k"]}
    )
    ax = plots.position_strips(
        data, row="row", rows=["x", "y", "z"], kind="kind", colours={"k": "red", "l": "blue"}
    )
    ticks = [
        path.vertices[0, 0]
        for lines in ax.collections
        for path in lines.get_paths()
        if path.vertices[0, 0] == path.vertices[1, 0]
    ]
    assert sorted(ticks) == [0.1, 0.2, 0.9]


def test_dot_area_follows_the_rate_within_a_column():
    data = pd.DataFrame(
        {
            "who": ["a", "b", "a", "b"],
            "frame": ["f", "f", "g", "g"],
            "shrunk": [1.0, 4.0, 0.01, 0.005],
            "above": [False, True, False, False],
        }
    )
    ax = plots.rate_matrix(
        data, row="who", column="frame", rows=["a", "b"], columns=["f", "g"], above="above"
    )
    small, large, other, half = ax.collections[1].get_sizes()
    assert (large, other) == (4 * small, 2 * half)
    assert [text.get_text() for text in ax.texts] == ["4.0", "0.0"]


def test_the_session_keeps_its_own_style():
    before = mpl.rcParams["font.size"]
    with plots.house_style():
        assert mpl.rcParams["font.size"] == 7
    assert mpl.rcParams["font.size"] == before


def test_use_style_ignores_what_was_set_before():
    with mpl.rc_context():
        mpl.rcParams["lines.linewidth"] = 9
        plots.use_style()
        assert mpl.rcParams["lines.linewidth"] == 1.0
        plt.close("all")


@pytest.mark.parametrize("lost", [True, False], ids=["own fonts lost", "own fonts last"])
def test_a_system_s_copy_of_a_font_is_not_drawn_with(tmp_path, monkeypatch, lost):
    manager = font_manager.fontManager
    own = Path(mpl.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")
    copy = shutil.copy(own, tmp_path / "DejaVuSans.ttf")
    monkeypatch.setattr(manager, "ttflist", [] if lost else manager.ttflist[::-1])
    manager.addfont(copy)
    manager.ttflist.insert(0, manager.ttflist.pop())
    assert manager.findfont("DejaVu Sans") == str(copy)
    with plots.house_style():
        assert manager.findfont("DejaVu Sans") == str(own)


@given(arrays(float, st.integers(0, 20), elements=st.floats(-100, 100)), st.floats(0.1, 5))
def test_spread_labels_are_a_gap_apart_and_keep_their_order(wanted, gap):
    placed = plots.spread(wanted, gap)
    order = np.argsort(wanted, kind="stable")
    assert np.all(np.diff(placed[order]) >= gap * (1 - 1e-9))
    if len(wanted):
        assert np.isclose(placed.mean(), wanted.mean(), atol=1e-6)


def specifications(number):
    coef = np.linspace(2, -1, number)
    option = np.where(np.arange(number) < number // 2, "p", "q")
    table = pd.DataFrame({"coef": coef, "low": coef - 1, "high": coef + 1, "choice": option})
    return table.assign(own=np.arange(number) == 1)


def test_specifications_rise_from_left_to_right_with_the_own_marked():
    _, axes = plt.subplots(2)
    upper, lower = plots.specification_curve(
        specifications(4), choices={"choice": ["p", "q"]}, axes=axes
    )
    lines = {len(line.get_xdata()): line.get_ydata() for line in upper.lines[1:3]}
    assert lines[4].tolist() == [-1, 0, 1, 2]
    assert lines[1].tolist() == [1]
    assert lower.collections[0].get_array().tolist() == [[0, 0, 1, 1], [1, 1, 0, 0]]
    assert [text.get_text() for text in lower.get_yticklabels()] == ["p", "q"]
    assert [text.get_text() for text in lower.texts] == ["choice"]


def test_many_specifications_share_columns_and_every_one_counts():
    _, axes = plt.subplots(2)
    table = specifications(1000)
    plots.specification_curve(table, choices={"choice": ["p", "q"]}, axes=axes)
    shares = axes[1].collections[0].get_array()
    assert shares.shape == (2, 96)
    np.testing.assert_allclose(shares.sum(axis=0), 1)
    edges = axes[0].patches[0].get_data().edges
    assert [edges[0], edges[-1]] == [0, 1000]
    np.testing.assert_allclose((shares * np.diff(edges)).sum(axis=1), [500, 500])


NEAR = pd.DataFrame(
    {
        "group": ["left", "left", "left", "right", "right"],
        "collocate": ["own", "weak", "both", "both", "other"],
        "log_dice": [9.0, 7.0, 8.0, 10.0, 9.5],
        "joint": [5, 3, 4, 6, 7],
        "nodes": [40, 40, 40, 10, 10],
        "words": 1000,
        "sure": [True, False, True, True, True],
    }
)


def test_shared_words_stand_between_the_hubs_and_own_words_outside():
    ax = plots.collocate_network(NEAR, groups={"left": "L", "right": "R"})
    at = {text.get_text(): text.xy for text in ax.texts}
    assert at["own"][0] < at["L"][0] < at["both"][0] == 0 < at["R"][0] < at["other"][0]
    assert at["own"][1] > at["weak"][1]
    large, small = (c.get_sizes()[0] for c in ax.collections if c.get_sizes()[0] > 100)
    assert large == 4 * small


def test_a_line_is_as_wide_as_it_is_strong_and_dashed_where_unsure():
    ax = plots.collocate_network(NEAR, groups={"left": "L", "right": "R"})
    lines = ax.get_lines()
    widths = [line.get_linewidth() for line in lines]
    assert np.argsort(widths).tolist() == np.argsort(NEAR["log_dice"]).tolist()
    assert [line.is_dashed() for line in lines] == (~NEAR["sure"]).tolist()


def many_collocates(number):
    rows = [("left" if n % 2 else "right", f"word{n}") for n in range(number)]
    rows += [("left", "collocate"), ("right", "collocate")]
    data = pd.DataFrame(rows, columns=["group", "collocate"])
    return data.assign(log_dice=9.0, joint=10, nodes=50, words=1000, sure=True)


def overlapping(figure, texts):
    figure.canvas.draw()
    boxes = [text.get_window_extent() for text in texts]
    return [
        (a.get_text(), b.get_text())
        for i, a in enumerate(texts)
        for j, b in enumerate(texts)
        if i < j and boxes[i].overlaps(boxes[j])
    ]


def test_words_of_a_network_do_not_overlap():
    with plots.house_style():
        fig, ax = plt.subplots(figsize=(plots.ONE_COLUMN, 2.6))
        data = many_collocates(16)
        plots.collocate_network(data, groups={"left": "one", "right": "two"}, ax=ax)
        words = [text for text in ax.texts if text.get_text() in set(data["collocate"])]
        assert len(words) == 17
        assert overlapping(fig, words) == []


WORDS = pd.DataFrame(
    {
        "word": ["alpha", "beta", "gamma", "delta", "unnamed"],
        "log_ratio": [2.0, 3.0, -1.0, 9.0, 0.2],
        "low": [1.0, np.nan, -2.0, 1.0, -1.0],
        "high": [3.0, np.nan, -0.5, 20.0, 1.0],
        "p": [0.001, 0.001, 0.01, 0.002, 0.5],
        "named": [True, True, True, True, False],
        "marked": [True, False, True, True, False],
    }
)


def test_key_words_are_named_on_their_side_without_overlap():
    with plots.house_style():
        fig, ax = plt.subplots(figsize=(plots.ONE_COLUMN, 3.0))
        plots.effect_evidence(WORDS, label="word", named="named", marked="marked", ax=ax)
        names = {text.get_text(): text.get_position()[0] for text in ax.texts}
        assert set(names) == {"alpha", "beta", "gamma", "delta"}
        assert {word for word, x in names.items() if x < 0} == {"gamma"}
        assert overlapping(fig, ax.texts) == []


def test_a_word_stands_at_its_effect_and_evidence():
    ax = plots.effect_evidence(WORDS, label="word", named="named", marked="marked")
    dots = ax.collections[0].get_offsets().data
    assert dots[:, 0].tolist() == WORDS["log_ratio"].tolist()
    # Two of one p are moved apart by less than a name is high, no others are moved.
    assert np.allclose(dots[2:, 1], -np.log10(WORDS["p"])[2:])
    assert np.abs(dots[:2, 1] - 3).max() < 0.14 / 2
    ends = [path.vertices[:, 0].tolist() for path in ax.collections[1].get_paths()]
    assert [1.0, 3.0] in ends
    assert [1.0, 8.0] in ends


def test_an_evidence_line_stands_at_its_p():
    ax = plots.effect_evidence(WORDS, label="word", named="named", marked="marked")
    plots.evidence_line(ax, 0.05, "p = 0.05")
    assert np.allclose(ax.get_lines()[-1].get_ydata(), -np.log10(0.05))


def test_shift_bars_go_to_the_side_that_says_the_word_more():
    data = pd.DataFrame(
        {
            "word": ["x", "y"],
            "contribution": [-2.0, 1.0],
            "low": [-3.0, -1.0],
            "high": [-1.0, 3.0],
        }
    )
    ax = plots.word_shift_bars(data)
    assert [patch.get_width() for patch in ax.patches] == [-2, 1]
    filled, hollow = (patch.get_facecolor() for patch in ax.patches)
    assert filled == mpl.colors.to_rgba(plots.ACCENT)
    assert hollow == (1, 1, 1, 1)
    assert [text.get_text() for text in ax.get_yticklabels()] == ["x", "y"]


def test_a_trend_is_not_drawn_through_a_change_of_speakers():
    data = pd.DataFrame(
        {
            "year": ["2013", "2014", "2015"],
            "series": "all",
            "rate": [1.0, 2.0, 3.0],
            "low": [0.5, 1.5, 2.0],
            "high": [1.5, 2.5, 4.0],
            "same": [True, True, False],
        }
    )
    ax = plots.trend_bands(
        data, time="year", series="series", colours={"all": "black"}, linked="same"
    )
    assert [line.get_xdata().tolist() for line in ax.get_lines()] == [[0, 1]]
    faces = ax.collections[-1].get_facecolors()
    assert faces[:2].tolist() == [[0, 0, 0, 1]] * 2
    assert faces[2].tolist() == [1, 1, 1, 1]
    assert [text.get_text() for text in ax.get_xticklabels()] == ["2013", "2014", "2015"]


def test_series_stand_side_by_side_with_marks_of_their_own():
    data = pd.DataFrame({"t": ["1", "1"], "s": ["a", "b"], "rate": 1.0, "low": 0.5, "high": 2.0})
    ax = plots.trend_bands(data, time="t", series="s", colours={"a": "red", "b": "blue"})
    dots = [c for c in ax.collections if isinstance(c, mpl.collections.PathCollection)]
    (left, _), (right, _) = (c.get_offsets().data[0] for c in dots)
    assert left < 0 < right
    first, second = (c.get_paths()[0].vertices for c in dots)
    assert first.shape != second.shape


STYLE = """
[width]
one_column = 120
[type]
family = ["DejaVu Serif"]
[colours]
accent = "#000000"
[labels]
"a" = "erste"
"per 1,000 words" = "je 1000 Wörter"
"""
DRAWN = """
import pandas as pd, matplotlib.pyplot as plt
from analysis import plots
from analysis.errors import AnalysisError
from analysis.plots.house import read_house
plots.use_style()
fig, ax = plt.subplots(figsize=(plots.ONE_COLUMN, 2))
table = pd.DataFrame({"name": ["a (9)", "bab"], "rate": [1, 2], "low": [0, 1], "high": [2, 3]})
plots.dot_intervals(table, label="name", notes="name", ax=ax)
ax.set_xlabel("per\\n1,000 words")
plots.headline(fig, "a claim")
fig.draw_without_rendering()
print(round(fig.get_size_inches()[0] * 25.4), plots.ACCENT, plt.rcParams["font.family"][0])
print([text.get_text() for text in ax.get_yticklabels()], ax.get_xlabel())
print([text.get_text() for text in ax.child_axes[0].get_yticklabels()], fig.get_suptitle())
"""


def test_an_author_changes_width_type_palette_and_language_in_one_place(tmp_path, root):
    for folder, name, text in (("data", "codebook.toml", ""), ("figures", "style.toml", STYLE)):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / name).write_text(text, encoding="utf-8")
    run = subprocess.run(
        [sys.executable, "-c", DRAWN],
        cwd=tmp_path,
        check=True,
        capture_output=True,
        text=True,
        env={"PYTHONPATH": str(root / "src"), "HOME": str(tmp_path), "PYTHONUTF8": "1"},
    )
    assert run.stdout.splitlines() == [
        "120 #000000 DejaVu Serif",
        "['erste (9)', 'bab'] je 1000 Wörter",
        "['erste (9)', 'bab'] erste claim",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[width", "not TOML"),
        ("[size]\nx = 1", r"\[size\]; expected one of the tables width, type, colours, labels"),
        ("[width]\nthree = 1", r"\[width\] three: no such setting; expected one of one_column"),
        ("[width]\none_column = -1", r"one_column: -1; expected a number above 0"),
        ('[type]\nfamily = "Arial"', "family: 'Arial'; expected a list of texts"),
        ('[colours]\nink = "blackish"', "ink: 'blackish'; expected a colour"),
        ('[colours]\nramp = "blackish"', "ramp: 'blackish'; expected a colour map"),
        ("[labels]\na = 1", "a: 1; expected the words to print instead"),
    ],
)
def test_a_style_that_cannot_be_is_named(tmp_path, text, message):
    path = tmp_path / "style.toml"
    path.write_text(text)
    with pytest.raises(AnalysisError, match=message):
        read_house(path)

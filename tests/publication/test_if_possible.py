import matplotlib.pyplot as plt
import pytest

from analysis.errors import AnalysisError
from analysis.publication.if_possible import if_possible, not_shown, say


def test_what_is_lacking_is_said_in_a_sentence(capsys):
    with if_possible():
        raise AnalysisError("dates", "no document has one", "some", "write a documents.csv")
    said = capsys.readouterr().out
    assert said == (
        "Not shown: dates: no document has one. It would need some; write a documents.csv.\n"
    )


def test_a_fault_stays_a_fault():
    with pytest.raises(ZeroDivisionError), if_possible():
        _ = 1 / 0


def test_a_figure_begun_is_closed_and_others_stay():
    kept, _ = plt.subplots()
    with if_possible():
        plt.subplots()
        raise AnalysisError("x", "y")
    assert plt.get_fignums() == [kept.number]
    plt.close("all")


@pytest.mark.parametrize(
    ("error", "text"),
    [
        (AnalysisError("a", "b"), "Not shown: a: b."),
        (AnalysisError("a", "b", None, "correct it"), "Not shown: a: b. Correct it."),
        (AnalysisError("a", "b", "c"), "Not shown: a: b. It would need c."),
    ],
)
def test_a_sentence_has_what_the_error_has(error, text):
    assert str(not_shown(error)) == text


def test_no_machine_s_folder_is_shown(root, monkeypatch):
    monkeypatch.chdir(root)
    assert str(not_shown(AnalysisError(root / "data" / "x.csv", "bad"))) == (
        "Not shown: data/x.csv: bad."
    )


def test_markdown_in_a_message_is_no_markdown():
    made = not_shown(AnalysisError("a_b", "<b>*c*</b>"))._repr_markdown_()
    assert made == r"*Not shown: a\_b: \<b\>\*c\*\</b\>.*"


def test_a_script_prints_what_is_said(capsys):
    say("Two words.")
    assert capsys.readouterr().out == "Two words.\n"

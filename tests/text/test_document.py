import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.text.document import from_spans, from_turns, split_paragraphs

turns = st.lists(st.tuples(st.sampled_from(["", "MR. A", "MS. B"]), st.text(max_size=30)))


@given(turns)
def test_turns_partition_the_text(said):
    made = from_turns("d", said)
    rows = made.utterances
    pieces = [made.text[a:b] for a, b in zip(rows["start"], rows["end"], strict=True)]
    assert "".join(pieces) == made.text
    assert [piece.removesuffix("\n\n") for piece in pieces[:-1]] == [
        words.removesuffix("\n\n") for _, words in said[:-1]
    ]


@pytest.mark.parametrize(
    "spans",
    [
        [(0, 0, 3, "A", "A", "turn")],
        [(1, 1, 6, "A", "A", "turn")],
        [(0, 0, 4, "A", "A", "turn"), (3, 3, 6, "B", "B", "turn")],
        [(0, 7, 6, "A", "A", "turn")],
        [],
    ],
    ids=["short", "late", "overlap", "body outside", "none"],
)
def test_a_broken_partition_is_refused(spans):
    with pytest.raises(ValueError, match=r"^d: "):
        from_spans("d", "A: yes", spans)


@given(st.text(alphabet="ab \n", max_size=40))
def test_paragraphs_partition_a_paper_and_none_is_empty(text):
    spans = [(0, 0, len(text), "", "author", "narration")] if text else []
    made = split_paragraphs(from_spans("d", text, spans))
    assert "".join(text[a:b] for a, b in made.utterances[["start", "end"]].to_numpy()) == text
    assert (made.utterances["start"] < made.utterances["end"]).all()


def test_turns_are_not_split():
    made = from_turns("d", [("MR. A", "One.\nTwo."), ("MS. B", "Three.")])
    assert len(split_paragraphs(made).utterances) == 2

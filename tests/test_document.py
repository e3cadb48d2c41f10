import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.document import from_spans, from_turns

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

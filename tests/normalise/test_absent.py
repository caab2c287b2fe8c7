"""What stands for nothing, in a column: against Python's own strings."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from inconcert.normalise.absent import MARKERS, present

CELLS = st.none() | st.sampled_from(
    ["", " ", "id", "12345678901234567890", "nanny", "u1", "é", "\u3000日 ", "a\u00a0", "\tx"]
)
CELLS |= st.sampled_from(sorted(MARKERS)).flatmap(lambda marker: st.sampled_from([marker, f" {marker}", f"{marker}x"]))


@given(st.lists(CELLS, max_size=6), st.integers(0, 3))
def test_present_is_what_is_left_of_each_cell(cells: list[str | None], start: int) -> None:
    want = [None if cell is None or cell.strip() in MARKERS else cell.strip() for cell in cells]
    assert present(pa.array(cells, pa.string())).to_pylist() == want
    assert present(pa.array(cells, pa.string()).slice(start)).to_pylist() == want[start:]


def test_an_empty_cell_beside_a_hidden_one_is_absent() -> None:
    ends, text = pa.array([0, 1, 1, 2], pa.int32()).buffers()[1], pa.py_buffer(b"ab")
    only_last = pa.array([0, 6], pa.uint8()).buffers()[1].slice(1)  # bits: the first of three is NULL and has a letter
    column = pa.StringArray.from_buffers(3, ends, text, only_last, 1)
    assert present(column).to_pylist() == [None, None, "b"]

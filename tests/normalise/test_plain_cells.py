"""Cells read many at once: against reading each."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.normalise import lists
from inconcert.normalise.absent import MARKERS
from inconcert.normalise.distinct import explode
from inconcert.normalise.lists import Cell
from inconcert.normalise.plain_cells import plain_items

WORD = st.sampled_from(
    ["a", "B_1", "tag", "nan", "None", "1.0", "é", "#x", "@y", "", " ", "'", "https://a.com/x,y", "http://b/"]
)
CELL = (
    st.lists(WORD, max_size=4).map(" ".join)
    | st.lists(WORD, max_size=4).map(lambda words: "['" + "', '".join(words) + "']")
    | st.sampled_from(["http://a.com/#f", "https://a.com/@b", "https://a.com|b", "https://a.com\n", *sorted(MARKERS)])
    | st.text(alphabet="ab_1 '[],:/htps#@.\\\n", max_size=12)
)


@pytest.mark.parametrize("read", [lists.links, lists.hashtags, lists.names])
@given(cells=st.lists(CELL | st.none(), max_size=12))
def test_cells_read_at_once_hold_what_each_holds(read: Callable[[str], Cell], cells: list[str | None]) -> None:
    column = pa.array(cells, pa.string())
    one_by_one, faults = explode(column, read)
    items, same_faults = explode(column, read, plain_items)
    assert items.row.tolist() == one_by_one.row.tolist()
    assert items.value.equals(one_by_one.value)
    assert same_faults.equals(faults)


def test_the_commonest_cells_are_read_at_once() -> None:
    cells = [
        "tag1 tag2",
        "['tag1', 'tag2']",
        "https://site1.example/story/1",
        "['nan', 'a']",
        "#tag",
        "https://a.com,b.com",
    ]
    read, items = plain_items(pa.array(cells))
    assert read.tolist() == [True, True, True, False, False, False]
    assert items.to_pylist() == [["tag1", "tag2"], ["tag1", "tag2"], ["https://site1.example/story/1"]]

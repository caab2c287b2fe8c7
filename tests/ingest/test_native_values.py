"""Values are read from the first place that holds one, whatever else stands in a native object."""

from __future__ import annotations

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from inconcert.ingest.native_values import reader, text_at

JSON = st.recursive(
    st.none() | st.booleans() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=12,
)


def test_alternatives_in_their_order() -> None:
    read = reader({"id": "a.b c.1", "mark": "m n", "none": "z"})
    assert read({"a": {"b": "7"}, "c": ["8", "9"]}) == {"id": "7", "mark": None, "none": None}
    assert read({"a": {"b": ""}, "c": ["8", "9"], "m": False, "n": True}) == {"id": "9", "mark": False, "none": None}
    assert read({"a": "no object", "c": {"1": "no list"}, "z": {"any": "object"}}) == {
        "id": None,
        "mark": None,
        "none": None,
    }
    assert read(None) == read([]) == read("text") == {"id": None, "mark": None, "none": None}


def test_only_text_is_text() -> None:
    assert text_at({"a": True, "b": "1"}, "a", "b") is None
    assert text_at({"a": ["1"], "b": "2"}, "a", "b") == "2"


@given(JSON)
def test_no_object_makes_it_fail(native: Any) -> None:
    for value in reader({"x": "a.b.0 a b.0.c c"})(native).values():
        assert value is None or isinstance(value, bool) or (isinstance(value, str) and value)

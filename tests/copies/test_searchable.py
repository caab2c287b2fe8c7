"""The searchable form: compiled code and Python agree, and nothing written is lost from it."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.copies.searchable import searchable, searchables

PIECES = st.sampled_from(
    ["https://a.example/b?c", "@name", "RT @x: ", "&amp;", "#StopIt", "美國霸權病", "ＡＢＣ", "é", "e\u0301", "ﬁ", "ｶﾞ", "नमस्ते",
     "مُحَمَّد", "\u200b", "한글", "\u1112\u1161", "İ", "ß", "\u0000", "👍🏽", "乾隆", "www.x.example", "//@y:", "½"]
)  # fmt: skip
TEXTS = st.lists(PIECES | st.text(max_size=8), max_size=8).map("".join)


@given(st.lists(TEXTS | st.none(), max_size=6))
def test_many_texts_have_the_forms_of_each(texts: list[str | None]) -> None:
    clean = [text and text.encode("utf-8", "ignore").decode() for text in texts]
    assert searchables(pa.array(clean, pa.string())).to_pylist() == [searchable(text or "") for text in clean]


@given(TEXTS)
def test_the_form_of_a_form_is_itself(text: str) -> None:
    assert searchable(searchable(text)) == searchable(text)


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("See https://Example.com/a-b", "see https example com a b"),
        ("RT @Some_One: hi", "rt some one hi"),
        ("美國「霸權病」之一", "美国 霸权病 之一"),
        ("ＷＡＲ", "war"),
        ("Citoyenneté", "citoyennete"),
    ],
)
def test_forms(text: str, form: str) -> None:
    assert searchable(text) == form

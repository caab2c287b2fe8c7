"""Many texts at once: against the same one by one, and every easy character against the rules of Unicode."""

from __future__ import annotations

import re
import sys
import unicodedata

import pyarrow as pa
import pyarrow.compute as pc
from hypothesis import given
from hypothesis import strategies as st

from inconcert.normalise.text import fold, normalise_text, text_hash
from inconcert.normalise.text_hashes import EASY, text_hashes

EVERY = pa.array([chr(code) for code in range(sys.maxunicode + 1) if not 0xD800 <= code <= 0xDFFF])
EASY_ONES = EVERY.filter(pc.match_substring_regex(EVERY, f"[{EASY}]")).to_pylist()
WORDS = st.sampled_from(
    ["RT @a_1: ", "rt @b:", "Rt @", "@bob ", "#tag", "a/b", "www.x.org ", "https://x.org/y ", "  ", " ", "&amp;", "\u200b",
     "e\u0301", "\u0301", "ß", "ς", "Σ", "İ", "ｆｕｌｌ", "ﬁ", "한", "각", "ᆨ", "か", "\u3099", "，", "日本語", "привет", "ПРИВЕТ", "مرحبا", "🙂",
     "👍\ufe0f", "\n", "\u00a0", "Plain words ", "1234567890 "]
)  # fmt: skip


@given(st.lists(st.lists(WORDS | st.text(max_size=6), max_size=9).map("".join) | st.none(), max_size=9))
def test_many_texts_have_the_hashes_they_have_one_by_one(texts: list[str | None]) -> None:
    want = [None if text is None else text_hash(text) for text in texts]
    assert text_hashes(pa.array(texts, pa.string())).to_pylist() == want
    assert text_hashes(pa.chunked_array([["x"], texts], pa.string()).combine_chunks().slice(1)).to_pylist() == want


def test_the_form_of_an_easy_character_is_its_lower_case() -> None:
    assert len(EASY_ONES) > 30_000
    lower = pc.utf8_lower(pa.array(EASY_ONES)).to_pylist()
    assert [(c, low) for c, low in zip(EASY_ONES, lower, strict=True) if fold(c) != low or fold(low) != low] == []
    assert set(lower) <= set(EASY_ONES)
    assert [c for c in EASY_ONES if c not in "@/" and normalise_text(f"a{c}b") != f"a{c.lower()}b"] == []


def test_no_easy_character_changes_the_one_before_it() -> None:
    seconds = {
        chr(int(parts[1], 16))
        for code in range(sys.maxunicode + 1)
        if len(parts := unicodedata.decomposition(chr(code)).split()) == 2 and not parts[0].startswith("<")
    }
    jamo = set(map(chr, range(0x1160, 0x1200)))
    assert not (seconds | jamo) & set(EASY_ONES)
    assert not any(map(unicodedata.combining, EASY_ONES))
    assert not [c for c in EASY_ONES if re.fullmatch(r"\s", c) and c != " "]

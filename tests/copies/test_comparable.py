"""The comparable form: copies in other clothes become equal, nothing hostile breaks it, columns give what single texts give."""

from __future__ import annotations

import sys

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.copies.comparable import comparable, comparables
from inconcert.normalise.text import normalise_text

PIECES = [
    "RT @bob: ", "//@甲:", "@", "@bob", "/", "//", "://", "http", "hxxp", "https://t.co/aB", "HTTP://x.y/z", "www.", "w", "ww",
    "t.co/a", "&", "&amp;", "#", " ", "\n", "\t", "\x07", "\x85", "\u200b", "\u202e", "\ufeff", "…", "。", "：", "＠", "／", "ｗ",
    "rt", "RT ", " @bob ", " @a_1", "@x ", "// ", "@b :", "A", "é", "e\u0301", "ß", "İ", "ﬁ", "½", "™", "\u0345", "\u0301", "\u3099", "か", "が", "ｶﾞ", "가", "\u1100\u1161", "ㄱㅏ",
    "ক", "া", "ে", "กำ", "שָׁ", "مُحَمَّد", "😀", "👩\u200d👩", "乾", "坤", "乾淨", "干净", "藉口", "髮", "发", "薴", "豈",
    "<", '"', "\0", "1", "²", "Ⅷ", "_", "\U0002f800", "\U000e0041", "\U0010ffff",
]  # fmt: skip
PIECED = st.lists(st.sampled_from(PIECES), max_size=10).map("".join)
TEXTS = st.one_of(st.text(st.characters(exclude_categories=["Cs"])), PIECED)
ANY = st.one_of(st.text(), PIECED, st.text(st.characters(categories=["Cs", "Mn", "Lo", "Po"])))


@settings(max_examples=1000)
@given(ANY)
def test_the_form_of_a_form_is_itself(text: str) -> None:
    form = comparable(text)
    assert comparable(form) == form == normalise_text(form)
    form.encode()


@settings(max_examples=300)
@given(st.lists(st.one_of(st.none(), TEXTS), max_size=30), st.integers(1, 7), st.booleans())
def test_a_column_in_any_batches_gives_what_single_texts_give(texts: list[str | None], size: int, large: bool) -> None:
    kind = pa.large_string() if large else pa.string()
    want = [None if text is None else comparable(text) for text in texts]
    column = pa.array(["before", *texts], kind).slice(1)
    assert comparables(column).to_pylist() == want
    assert comparables(column).type == kind
    batches = [comparables(column.slice(begin, size)).to_pylist() for begin in range(0, len(texts), size)]
    assert [form for batch in batches for form in batch] == want


def test_every_character_gives_the_same_by_table_and_by_definition() -> None:
    signs = [chr(p) for p in range(sys.maxunicode + 1) if not 0xD800 <= p < 0xE000 and (p < 0x3400 or p % 11 == 0)]
    texts = [f"a{sign}中{sign}" for sign in signs]
    for text, form in zip(texts, comparables(pa.array(texts)).to_pylist(), strict=True):
        assert form == comparable(text), ascii(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Wake up, SHEEPLE!!!", "wake up sheeple"),
        ("RT @bob: Vote now https://t.co/x", "“Vote” – now…"),
        ("Café Ångström naïve", "CAFE ANGSTROM NAIVE"),
        ("مُحَمَّد رَسُول", "محمد رسول"),
        ("שָׁלוֹם", "שלום"),
        ("Ｆｕｌｌ　ｗｉｄｔｈ", "full width"),
        ("#Stop#Now & then", "stop now then"),
        ("zero\u200bwidth \u202etext", "zerowidth text"),
        ("頭髮發展，乾淨！", "头发发展干净"),
        ("臺灣的藉口", "台湾的借口"),
        ("見 http://a.example/b 這裡", "见这里"),
    ],
)
def test_the_same_words_in_other_clothes(one: str, other: str) -> None:
    assert comparable(one).replace(" ", "") == comparable(other).replace(" ", "")
    assert comparables(pa.array([one, other])).to_pylist() == [comparable(one), comparable(other)]


@pytest.mark.parametrize("text", ["가나다라 각", "がぎぐげご パピプ", "ภาษาไทย", "한국어 문장"])
def test_hangul_kana_and_vowel_signs_stay(text: str) -> None:
    assert comparable(text) == text


@pytest.mark.parametrize(
    "unit", ["a", "中", "發", "\u202e", "\u0301", "a\u0301", "@a", "://", "www.", "&amp;", "\u3099", "乾", "http://x "]
)
def test_megabytes_of_one_thing(unit: str) -> None:
    text = unit * (2_000_000 // len(unit.encode()))
    form = comparable(text)
    assert comparables(pa.array([text, "after it"])).to_pylist() == [form, "after it"]
    assert len(form) <= len(text)


def test_lone_surrogates_and_broken_bytes_are_dropped() -> None:
    assert comparable("a\ud800b\udfff") == "ab"
    broken = [b"plain", b"a\xed\xa0\x80b", b"cut \xe4\xb8", b"\xff\xfeHello", b"a\xc0\x80b", b"\xf4\x90\x80\x80x", b""]
    offsets = np.cumsum([0, *map(len, broken)]).astype(np.int32)
    column = pa.StringArray.from_buffers(len(broken), pa.py_buffer(offsets), pa.py_buffer(b"".join(broken)))
    assert comparables(column).to_pylist() == [comparable(b.decode("utf-8", "ignore")) for b in broken]


def test_bytes_under_a_null_are_not_read() -> None:
    column = pa.StringArray.from_buffers(2, pa.py_buffer(np.array([0, 3, 6], np.int32)), pa.py_buffer(b"\xff@/abc"), pa.py_buffer(b"\2"))  # fmt: skip
    assert comparables(column).to_pylist() == [None, "abc"]


def test_an_empty_column() -> None:
    assert comparables(pa.array([], pa.string())).to_pylist() == []
    assert comparables(pa.array([None], pa.string())).to_pylist() == [None]

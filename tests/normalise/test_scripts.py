"""The script of most letters, and which of its two sets of characters a Chinese text uses."""

from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.normalise.scripts import han_variant, script


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "Zyyy"),
        ("123 !? 😀 ́", "Zyyy"),
        ("hello, мир", "Latn"),
        ("hi, привет", "Cyrl"),
        ("ab вг", "Cyrl"),  # a tie: the first code in the alphabet
        ("漢字かな", "Jpan"),
        ("カタカナ", "Jpan"),
        ("中国人の超市里什么都有卖东西也不贵服务态度好得很", "Hans"),  # one borrowed kana
        ("한국어 漢字", "Hang"),
        ("ㄅㄆㄇ", "Bopo"),
        ("水山石木", "Hani"),
        ("𐎀𐎁𐎂", "Zzzz"),
        ("ไทย", "Thai"),
        ("ⴰⵎⴰⵣⵉⵖ", "Tfng"),
    ],
)
def test_most_letters_decide(text: str, code: str):
    assert script(text) == code


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("美国霸权病之一", "Hans"),
        ("美國霸權病之一", "Hant"),
        ("皇后", None),  # either: the empress, or simplified 'after'
        ("台灣人民", "Hant"),
        ("群眾吃飯了嗎", "Hant"),
        ("只是一只狗在里面", "Hans"),
        ("书里引用了「國」这个字的写法", "Hans"),  # a character is quoted
        ("國国", None),
        ("水山石木", None),
        ("no Chinese", None),
    ],
)
def test_chinese_characters_tell_their_set(text: str, variant: str | None):
    assert han_variant(text) == variant


@given(st.text(st.characters(max_codepoint=sys.maxunicode, exclude_categories=())))
def test_never_fails(text: str):
    assert len(script(text)) == 4
    assert script(text[::-1])[:3] == script(text)[:3], "order matters to phrases alone: Hans, Hant or Hani"

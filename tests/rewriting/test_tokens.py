"""Tokens: words, characters and signs with their places; one key for all spellings of the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.rewriting.tokens import phrase_key, token_key, tokens

PIECES = [
    " ", "\n", "a", "é", "e\u0301", "ß", "İ", "я", "日", "本", "榮", "荣", "フ", "ﾌ", "ﾞ", "น้", "ำ", "한국", "नम", "स्", "😀", "👨\u200d👩",
    "\u200b", "\u202e", "\ud800", "\udfff", "\x00", "\x1b[31m", "\u3164", "ﷺ", "U.S.", ".", ",", "1", "1,2", "'", "’", "-", "_", "$",
    "@bob", "@", "#", "https://x.y/z", "http://", "www.", "t.co/a", "RT @b:", "rt", "//@a:", "\u0345", "㊥", "…", "<b>", "&amp;",
]  # fmt: skip
TEXTS = st.one_of(st.text(max_size=60), st.lists(st.sampled_from(PIECES), max_size=25).map("".join))


def written(text: str) -> list[str]:
    found = tokens(text)
    return [text[start:end] for start, end in zip(found.start, found.end, strict=True)]


@given(TEXTS)
def test_tokens_ascend_lie_apart_and_have_keys_for_any_text(text: str) -> None:
    found = tokens(text)
    borders = [place for pair in zip(found.start.tolist(), found.end.tolist(), strict=True) for place in pair]
    assert borders == sorted(borders)
    assert all(start < end for start, end in zip(found.start, found.end, strict=True))
    assert all(found.keys)
    assert len(found) == len(found.keys) == len(found.dense)
    "".join(found.keys).encode()  # no surrogate is left
    assert phrase_key(text) == phrase_key(text.strip())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The US-backed group, it's said.", ["The", "US", "backed", "group", "it's", "said"]),
        ("U.S. and U.K officials (e.g. Lee)", ["U.S.", "and", "U.K", "officials", "e.g.", "Lee"]),
        ("up 3.5% to 1,200 at 12:30.", ["up", "3.5", "to", "1,200", "at", "12:30"]),
        ("中国APT41黑客", ["中", "国", "APT41", "黑", "客"]),
        ("2023年フォ", ["2023", "年", "フ", "ォ"]),
        ("สวัสดี", ["ส", "วั", "ส", "ดี"]),
        ("한국은 좋다", ["한국은", "좋다"]),
        ("नमस्ते दुनिया", ["नमस्ते", "दुनिया"]),
        ("It costs $5 😀!", ["It", "costs", "$", "5", "😀"]),
        ("#Free_Tibet", ["Free", "Tibet"]),
        ("RT @ann: read https://t.co/x pic.twitter.com/ab, www.a.b/c now @bob", ["read", "now"]),
        ("mail ann@lee.de to www", ["mail", "ann", "lee", "de", "to", "www"]),
        ("", []),
        ("?! \u200b\u3164", []),
    ],
)  # fmt: skip
def test_what_is_a_token(text: str, expected: list[str]) -> None:
    assert written(text) == expected


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("榮光", "荣光"), ("ＡＰＴ４１", "apt41"), ("U.S.", "us"), ("Straße", "STRASSE"), ("e\u0301té", "Été"),
        ("Ch\u200bina", "china"), ("don’t", "don't"), ("ﾌ", "フ"), ("臺灣", "台湾"),
    ],
)  # fmt: skip
def test_spellings_that_are_one(one: str, other: str) -> None:
    assert tokens(one).keys == tokens(other).keys
    assert phrase_key(one) == phrase_key(other)


def test_numbers_and_words_that_differ_stay_apart() -> None:
    assert token_key("1.5") != token_key("15")
    assert token_key("China") != token_key("Chine")


def test_a_phrase_keeps_the_spaces_of_its_script() -> None:
    assert phrase_key("  Qi  An-Xin Group,") == "qi an xin group"
    assert phrase_key("奇 安信") == "奇安信"
    assert phrase_key("中国APT41組織") == "中国 apt41 组织"


@pytest.mark.parametrize(
    "bit", ["a", "a.", "中", "1,", "a'", "@", "http://", "www.", "\u0301", "//@a:", "a\u0301", "\u202e"]
)
def test_megabytes_of_one_thing_are_read(bit: str) -> None:
    text = bit * (300_000 // len(bit))
    found = tokens(text)
    assert len(found) in (0, 1, len(text))

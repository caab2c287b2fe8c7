"""The normal form of texts: copies become equal, different texts stay different, nothing hostile breaks it."""

from __future__ import annotations

import hashlib
import sys
import unicodedata

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.normalise.text import normalise_text, reposts, text_hash
from inconcert.normalise.text_hashes import text_hashes

PIECES = [
    "RT", "rt", " ", "  ", "\n", ":", "：", "@", "＠", "@bob", "//", "//@", "/", "#", "＃", "&", "&amp;", "amp;", "&lt;", "&#64;",
    "&#xfeff;", "&#38;", "＆", "http://", "https://a.b/c", "www.", "www.x", "t.co/", "t.co/a", "a", "é", "e\u0301", "ß", "İ",
    "я", "日本", "😀", "\u200b", "\u200d", "\ufeff", "\u202e", "\u0345", "\u1160", "\u3164", "ﷺ", "ſ", "\ud800", "\0", "…", ".",
    "=", "-", "+", "_", "1", "ﬁ", "\u0338", "\u00a8", "\u2028", "\x1c", "\x85",
]  # fmt: skip
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=14).map("".join))


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_normal_form_of_a_normal_form_is_itself(text: str) -> None:
    form = normalise_text(text)
    assert normalise_text(form) == form
    assert not set("&#@") & set(form)
    form.encode()


def test_every_single_character_has_a_stable_form() -> None:
    for start in range(0, sys.maxunicode + 1, 7):  # a seventh of all, spread over every block
        text = f"a{chr(start)}b"
        assert normalise_text(normalise_text(text)) == normalise_text(text), hex(start)


def test_letters_r_and_t_at_the_front_of_words_stay() -> None:
    """Regression: stripping the characters R and T instead of the mark "RT @name:"."""
    assert normalise_text("RT @bob: Truth about RTL, TTIP and Trump") == "truth about rtl, ttip and trump"
    assert normalise_text("TRTT Trust me, this is true") == "trtt trust me, this is true"
    assert normalise_text("RT this if you agree") == "rt this if you agree"


@pytest.mark.parametrize(
    ("repost", "original"),
    [
        ("RT @bob: Vote now, says he", "Vote now, says he"),
        ("rt @bob Vote now, says he", "vote NOW, says he"),
        ("RT @a: RT @b: Vote now, says he", "Vote now, says he"),
        ("  RT：@bob：Vote now, says he", "Vote now, says he"),
        ("//@甲:我们都支持这个决定//@乙:先前的话", "我们都支持这个决定"),
        ("我们都支持这个决定//@甲:别人的话//@乙:更早的话", "我们都支持这个决定"),
        ("I agree // @甲：别人的话", "I agree"),
        ("Tom &amp; Jerry &lt;3 you", "tom & jerry <3 you"),
        ("Tom &amp;amp; Jerry", "Tom & Jerry"),
        ("News https://t.co/AbC #Foo", "news http://example.com/x?y=1 foo"),
        ("News t.co/AbC pic.twitter.com/x1 www.a.com/b", "news"),
        ("看这里http://t.cn/abc大家", "看这里https://t.cn/xyz 大家"),
        ("hello @bob @carol@mastodon.social world", "hello world"),
        (".@bob said it", ". said it"),
        ("@A+b/9876543210aaaaaaaaaaaaaaaaaaaaaaaaaaaaa= I follow", "i follow"),
        ("Ｆｕｌｌ ｗｉｄｔｈ", "full width"),
        ("zero\u200bwidth \u202eand bidi\u202c \x07bell", "zerowidth and bidi bell"),
        ("cafe\u0301 stra\u00dfe \ufb01n", "café STRASSE fin"),
        ("heart \u2764\ufe0f", "heart \u2764"),
        ("two\n\n lines\t here\u00a0now", "two lines here now"),
    ],
)
def test_the_same_text_in_other_clothes(repost: str, original: str) -> None:
    assert normalise_text(repost) == normalise_text(original)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("write to bob@example.com today", "write to today"),
        ("see http://example.com/ for it", "see for it now"),
        ("and/or this", "and this"),
        ("price 3.50 e.g. here", "price here"),
    ],
)
def test_different_texts_stay_different(one: str, other: str) -> None:
    assert normalise_text(one) != normalise_text(other)


def test_hash_is_that_of_the_normal_form() -> None:
    text = "RT @bob: Vote NOW for the only candidate!"
    want = hashlib.blake2b(b"vote now for the only candidate!", digest_size=16).hexdigest()
    assert text_hash(text) == want


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("x" * 24, False),
        ("x" * 25, True),
        ("x" * 24 + " https://example.com/long/link", False),
        ("我们都支持这个决定一二", False),
        ("我们都支持这个决定一二三", True),
        ("พวกเราทุกคนสนับสนุน", True),
        ("これはテストですよね皆さん", True),
        ("우리는 모두 이 결정을 지지", True),
        ("only three here 一二三", False),
        ("😀" * 24, False),
        ("", False),
    ],
)
def test_short_texts_are_not_compared(text: str, compared: bool) -> None:
    assert (text_hash(text) is not None) is compared


@settings(deadline=None)
@given(st.lists(st.one_of(st.none(), st.sampled_from(["short", "x" * 30, "é" * 30, "日" * 12])), max_size=20))
def test_column_equals_value_by_value(texts: list[str | None]) -> None:
    want = [None if text is None else text_hash(text) for text in texts]
    assert text_hashes(pa.array(texts, pa.string())).to_pylist() == want


@pytest.mark.parametrize(
    ("unit", "form"),
    [("&amp;", ""), ("amp;", None), ("rt ", None), ("@a", None), ("a", None), ("\u202e", ""), ("//@", None), ("#", ""),
     ("http://", ""), ("RT @a: ", ""), ("日本 ", None)],
)  # fmt: skip
def test_ten_megabytes_of_anything(unit: str, form: str | None) -> None:
    text = unit * (10_000_000 // len(unit))
    got = normalise_text(text)
    assert got == form if form is not None else len(got) <= len(text)


def test_millions_of_combining_marks_on_one_letter() -> None:
    """NFKC sorts marks in quadratic time: without a bound this text takes hours."""
    got = normalise_text("a" + "\u0301\u0323" * 2_000_000)
    assert 1 <= len(got) <= 31


def test_invisible_characters_are_all_known() -> None:
    for code in range(sys.maxunicode + 1):
        sign = chr(code)
        if unicodedata.category(sign) in ("Cc", "Cf", "Cs") and not sign.isspace():
            assert normalise_text(f"a{sign}b") == "ab", hex(code)


def test_repost_marks() -> None:
    texts = ["RT @bob: x", " rt @bob x", "//@甲:x", "ART @bob", "x RT @bob", "RT bob", "", None]
    assert reposts(pa.array(texts, pa.string())).tolist() == [True, True, True, False, False, False, False, False]

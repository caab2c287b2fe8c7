"""Encodings found by their bytes, and the text that comes of them."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.errors import InputError
from inconcert.ingest.stream.encoding import as_utf8, detect

ENGLISH = "account_id,text\n7,The minister said nothing – again\n" * 30
GERMAN = "account_id;text\n7;Müller grüßt die Bürger, schöne Größe\n" * 30
FRENCH = "account_id,text\n7,Une élection présidentielle à l'été\n" * 3
CHINESE = "id,微博正文\n7,今天的会议是在北京的人民大会堂举行的，大家都来了，这是我们的国家\n" * 20
SHORT_CHINESE = "用户昵称,正文\n张三,今天天气\n"
RUSSIAN = "account_id,text\n7,Российская цена на новый автомобиль выросла\n" * 30
KOREAN = "account_id,text\n7,오늘의 날씨는 매우 좋습니다 그리고 우리는 함께 갑니다\n" * 30


@pytest.mark.parametrize(
    ("text", "encoding", "found"),
    [
        ("account_id,text\n", "ascii", "utf-8"),
        (GERMAN, "utf-8", "utf-8"),
        (GERMAN, "utf-8-sig", "utf-8"),
        (GERMAN, "utf-16", "utf-16-le"),
        (GERMAN, "utf-16-le", "utf-16-le"),
        (GERMAN, "utf-16-be", "utf-16-be"),
        (CHINESE, "utf-16-le", "utf-16-le"),
        (GERMAN, "utf-32", "utf-32-le"),
        (GERMAN, "latin-1", "cp1252"),
        (ENGLISH, "cp1252", "cp1252"),
        (FRENCH, "latin-1", "cp1252"),
        ("name,text\nMüller,ok\n", "latin-1", "cp1252"),
        (CHINESE, "gb18030", "gb18030"),
        (SHORT_CHINESE, "gb18030", "gb18030"),
        (CHINESE, "utf-8", "utf-8"),
    ],
)
def test_the_encoding_is_found_and_the_text_comes_out_whole(text: str, encoding: str, found: str) -> None:
    content = text.encode(encoding)
    assert detect(content, "posts.csv") == found
    blocks = (content[i : i + 7] for i in range(0, len(content), 7))
    assert b"".join(as_utf8(blocks, found)).decode() == text


@pytest.mark.parametrize(("text", "encoding"), [(RUSSIAN, "cp1251"), (KOREAN, "euc-kr"), (RUSSIAN, "koi8-r")])
def test_an_encoding_that_cannot_be_told_is_refused(text: str, encoding: str) -> None:
    with pytest.raises(InputError, match=r"encoding that cannot be told.*iconv"):
        detect(text.encode(encoding), "posts.csv")


def test_binary_data_are_no_text() -> None:
    with pytest.raises(InputError, match="binary data"):
        detect(bytes(range(256)) * 100, "posts.csv")
    with pytest.raises(InputError, match="binary data"):
        detect(bytes(10_000), "posts.csv")


def test_utf8_with_a_few_faults_stays_utf8() -> None:
    content = CHINESE.encode() + "7,今天".encode()[:-1] + b"\n" + CHINESE.encode()
    assert detect(content, "posts.csv") == "utf-8"
    assert b"".join(as_utf8(iter([content]), "utf-8")) == content


@given(st.text(min_size=1), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be"]))
def test_a_mark_decides_and_does_not_reach_the_text(text: str, encoding: str) -> None:
    marks = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    content = marks[encoding] + text.encode(encoding)
    found = detect(content, "posts.csv")
    if found != "utf-32-le":  # UTF-16 that begins with a zero character begins like UTF-32
        assert found == encoding
        assert b"".join(as_utf8(iter([content]), found)).decode() == text


def test_bytes_that_the_encoding_does_not_know_are_marked() -> None:
    assert b"".join(as_utf8(iter([b"a\x81b\n"]), "cp1252")).decode() == "a\ufffdb\n"

"""What is found in texts when the source does not list it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.normalise import in_text


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("hi #Foo, #bar1!", ["Foo", "bar1"]),
        ("#1 is no tag, #1a is", ["1a"]),
        ("a#b &#39; page.html#part", []),
        ("see http://x.com/#part #real", ["real"]),
        ("#fyp#viral", ["fyp", "viral"]),
        ("＃日本 #नमस्ते #عربي_هاشتاق #สวัสดี", ["日本", "नमस्ते", "عربي_هاشتاق", "สวัสดี"]),
        ("#话题#文字", ["话题"]),
        ("#话 题# 文字", ["话 题"]),
        ("你好#话题", ["话题"]),
        ("#tag1 你好 #tag2", ["tag1", "tag2"]),
        ("no tags # here ##", []),
    ],
)
def test_hashtags(text: str, tags: list[str]) -> None:
    assert in_text.hashtags(text).items == tags


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("see (http://a.com/x_(y)). now", ["http://a.com/x_(y)"]),
        ("http://a.com, https://b.com/?q=1! www.c.com.", ["http://a.com", "https://b.com/?q=1", "www.c.com"]),
        ("cut http://t.co/abc… or http://t.co/ab...", []),
        ("看http://t.cn/abc这个", ["http://t.cn/abc"]),
        ("t.co/abc and hxxp://evil[.]ru", ["t.co/abc", "hxxp://evil[.]ru"]),
        ('"http://a.com/"', ["http://a.com/"]),
        ("(see [http://a.com/x(y.)]).", ["http://a.com/x(y.)"]),
        ("http://a.com/" + ")" * 300_000, ["http://a.com/"]),
        ("HTTPS://A.com", ["HTTPS://A.com"]),
        ("and/or e.g. nothing.here", []),
    ],
)
def test_links(text: str, links: list[str]) -> None:
    assert in_text.links(text).items == links


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("@Bob: and .@carol, @dave!", ["Bob", "carol", "dave"]),
        ("bob@example.com", []),
        ("@user@inst.social @a.b.bsky.social", ["user@inst.social", "a.b.bsky.social"]),
        ("https://medium.com/@carol/x", []),
        ("//@甲:x", ["甲"]),
        ("@ nobody", []),
    ],
)
def test_mentions(text: str, names: list[str]) -> None:
    assert in_text.mentions(text).items == names


@settings(deadline=None)
@given(st.text(alphabet="#＃@ a你_1&/:.…\nhttp", max_size=40))
def test_what_is_found_stands_in_the_text(text: str) -> None:
    for read in (in_text.hashtags, in_text.links, in_text.mentions):
        for item in read(text).items:
            assert item in text


@pytest.mark.parametrize("unit", ["#", "#a", "#你", "@a", "http://", "#a 你", "(", "w"])
def test_long_texts(unit: str) -> None:
    text = unit * (300_000 // len(unit))
    for read in (in_text.hashtags, in_text.links, in_text.mentions):
        assert sum(map(len, read(text).items)) <= len(text)

"""Links to the same page get one form, links to different pages different ones, and what is no link says why."""

from __future__ import annotations

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.normalise import hosts
from inconcert.normalise.urls import domain, link, media

SAME = [
    ("https://www.Example.COM:443/a/b/?utm_source=x&b=2&a=1#part", "https://example.com/a/b?a=1&b=2"),
    ("http://example.com", "https://example.com/"),
    ("HTTP://EXAMPLE.com:80//", "https://example.com/"),
    ("https://user:pw@example.com/x", "https://example.com/x"),
    ("https://example.com:8080/x", "https://example.com:8080/x"),
    ("https://example.com/#!/page/1", "https://example.com/#!/page/1"),
    ("https://example.com/a/../b/./c", "https://example.com/b/c"),
    ("https://example.com/%7euser/%e4%bd%a0%2f", "https://example.com/~user/%E4%BD%A0%2F"),
    ("https://example.com/你", "https://example.com/%E4%BD%A0"),
    ("https://example.com/100%", "https://example.com/100%25"),
    ("https://example.com/?q=a+b", "https://example.com/?q=a%20b"),
    ("https://example.com/x?fbclid=1&gclid=2&igshid=3&mc_cid=4&ref_src=5&spm=6&UTM_Medium=7", "https://example.com/x"),
    ("https://example.com/x?a=1&amp;b=2", "https://example.com/x?a=1&b=2"),
    ("https://example.com/x;jsessionid=AB12?b=1", "https://example.com/x?b=1"),
    ("http://m.facebook.com/story.php?story_fbid=1&id=2", "https://facebook.com/story.php?id=2&story_fbid=1"),
    ("https://mobile.twitter.com/u/status/1?s=20&t=x", "https://twitter.com/u/status/1"),
    ("https://x.com/u/status/1", "https://twitter.com/u/status/1"),
    ("https://en.m.wikipedia.org/wiki/A", "https://en.wikipedia.org/wiki/A"),
    ("https://amp.theguardian.com/world/x", "https://theguardian.com/world/x"),
    ("https://foo.com/story/amp/", "https://foo.com/story"),
    ("https://foo.com/amp/story", "https://foo.com/story"),
    ("https://foo.com/story.amp.html", "https://foo.com/story.html"),
    ("https://www.google.com/amp/s/www.bbc.co.uk/news/1", "https://bbc.co.uk/news/1"),
    ("https://www-foo-com.cdn.ampproject.org/c/s/www.foo.com/a/amp?utm_source=x", "https://foo.com/a"),
    ("https://youtu.be/dQw4w9WgXcQ?t=30", "https://youtube.com/watch?v=dQw4w9WgXcQ"),
    ("https://m.youtube.com/watch?feature=share&v=dQw4w9WgXcQ&list=a", "https://youtube.com/watch?v=dQw4w9WgXcQ"),
    ("https://www.youtube.com/shorts/dQw4w9WgXcQ", "https://youtube.com/watch?v=dQw4w9WgXcQ"),
    ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", "https://youtube.com/watch?v=dQw4w9WgXcQ"),
    ("http://президент.рф/x", "https://xn--d1abbgf6aiiy.xn--p1ai/x"),
    ("http://xn--d1abbgf6aiiy.xn--p1ai/x", "https://xn--d1abbgf6aiiy.xn--p1ai/x"),
    ("https://ＥＸＡＭＰＬＥ。com/x", "https://example.com/x"),
    ("hxxps://evil[.]example[.]com/x", "https://evil.example.com/x"),
    ("hXXp[:]//evil(dot)ru/a", "https://evil.ru/a"),
    ("hxxp[://]evil{.}ru", "https://evil.ru/"),
    ("evil[.]ru", "https://evil.ru/"),
    ("www.example.co.uk/x", "https://example.co.uk/x"),
    ("//example.com/y", "https://example.com/y"),
    ("<https://example.com/x>", "https://example.com/x"),
    ("http://1.2.3.4/x", "https://1.2.3.4/x"),
    ("http://[::0001]:80/x", "https://[::1]/x"),
]


@pytest.mark.parametrize(("raw", "form"), SAME)
def test_canonical_form(raw: str, form: str) -> None:
    assert link(raw).url == form
    assert link(form).url == form


@pytest.mark.parametrize(
    "short",
    [
        "https://t.co/AbC",
        "http://t.co/AbC",
        "https://bit.ly/2xYz?utm_source=a#b",
        "https://goo.gl/x/",
        "http://t.cn/A6",
    ],
)
def test_shorteners_are_left_as_they_are_and_hide_their_domain(short: str) -> None:
    assert link(short) == (short, None, None)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("https://example.com/a", "https://example.com/A"),
        ("https://example.com/?id=1", "https://example.com/?id=2"),
        ("https://example.com/?a=1&b=2", "https://example.com/?a=2&b=1"),
        ("https://a.blogspot.com/x", "https://b.blogspot.com/x"),
        ("https://example.com/#!/a", "https://example.com/#!/b"),
        ("https://example.com/lamp", "https://example.com/l"),
        ("https://t.co/AbC", "https://t.co/abc"),
        ("https://аpple.com/", "https://apple.com/"),  # the first letter is Cyrillic
    ],
)
def test_different_pages_stay_different(one: str, other: str) -> None:
    assert link(one).url != link(other).url


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        ("mailto:a@example.com", "mailto:"),
        ("javascript:alert(1)", "javascript:"),
        ("at://did:plc:abc/x", "at:"),
        ("a@example.com", "no public host"),
        ("just some words", "no public host"),
        ("http://localhost/x", "no public host"),
        ("https://", "no public host"),
        ("file.pdf", "no public host"),
        ("12.5", "no public host"),
        ("http://999.1.1.1/", "no public host"),
        ("http://exa mple.com/", "no public host"),
        ("https://example.com/" + "a" * 5000, "4,096"),
        ("https://" + "google.com/amp/" * 30 + "x.com", "wrapped"),
    ],
)
def test_what_is_no_link_says_why(raw: str, said: str) -> None:
    url, of, reason = link(raw)
    assert (url, of) == (None, None)
    assert reason is not None
    assert said in reason


@pytest.mark.parametrize("opaque", ["url_123", "23678", "e3b0c44298fc1c14", "x-y_z=", "日本"])
def test_opaque_ids_are_kept(opaque: str) -> None:
    assert link(opaque) == (opaque, None, None)
    assert domain(opaque) == opaque
    assert media(opaque) == opaque


@pytest.mark.parametrize(
    ("raw", "registrable"),
    [
        ("https://www.news.example.co.uk/x", "example.co.uk"),
        ("news.example.com", "example.com"),
        ("https://foo.github.io/x", "foo.github.io"),
        ("https://foo.blogspot.com/x", "foo.blogspot.com"),
        ("https://президент.рф/x", "xn--d1abbgf6aiiy.xn--p1ai"),
        ("https://co.uk/", None),
        ("https://1.2.3.4/", None),
        ("https://t.co/x", None),
        ("words", "words"),
    ],
)
def test_registrable_domain(raw: str, registrable: str | None) -> None:
    assert domain(raw) == registrable


def test_media_of_image_stores_lose_their_parameters() -> None:
    assert media("https://pbs.twimg.com/media/X.jpg?name=large") == "https://pbs.twimg.com/media/X.jpg"
    assert media("https://example.com/i?id=3") == "https://example.com/i?id=3"


PARTS = [
    "http://", "https://", "hxxp://", "HTTPS://", "HXXP:", "www.", "m.", "amp.", "example.com", "пример.рф", "t.co", "google.com",
    "youtu.be", "youtube.com", "x.com", "/amp", "/amp/s/", "/s/", "cdn.ampproject.org", "/c/s/", ".", "..", "/", "//", "?", "&",
    "#", "#!", "=", "%", "%41", "%e4", "utm_source", "%75tm_", "v=abcdefg", "+", " ", "é", "[.]", "(dot)", "&amp;", "\\.",
    ";jsessionid=1", "@", ":", "80", "443", ".amp", ".html", "[", "]", "a", "😀", "\ud800", "/watch", "/shorts/abcdefg", "1.2.3.4",
]  # fmt: skip
LINKS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PARTS), max_size=12).map("".join),
    st.tuples(
        st.sampled_from(
            ["https://example.com", "http://google.com", "https://youtu.be/", "https://youtube.com", "t.co/"]
        ),
        st.lists(st.sampled_from(PARTS), max_size=8).map("".join),
    ).map("".join),
)


@settings(max_examples=1500, deadline=None)
@given(LINKS)
def test_form_of_a_form_is_itself_and_never_fails(raw: str) -> None:
    found = link(raw)
    assert (found.url is None) == (found.reason is not None)
    if found.url is not None:
        assert link(found.url) == found


def test_hosts_need_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    hosts.host.cache_clear()
    hosts._list.cache_clear()
    assert domain("https://never-seen-before.example.org.uk/") == "example.org.uk"

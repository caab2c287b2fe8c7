"""Links read many at once: against reading each."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.normalise import plain_links
from inconcert.normalise.plain_links import links
from inconcert.normalise.urls import link

HOST = st.sampled_from(
    ["a.com", "www.A.com", "m.news.co.uk", "bit.ly", "www.bit.ly", "youtube.com", "m.youtube.com", "youtu.be", "x.com", "1.2.3.4",
     "127.1", "localhost", "a.com:443", "u@a.com", "a-b.org.", "amp.a.com", "a-com.cdn.ampproject.org", "google.com", "-a.com", "é.com",
     "site.example", "a.cdn.ampproject.org", "acdn.ampproject.org"]
)  # fmt: skip
STEP = st.sampled_from(
    [
        "/",
        "/a",
        "/a.b",
        "/..",
        "/.a",
        "/a~1",
        "/amp",
        "/watch?v=abcdefgh",
        "/abcdefgh",
        "/a?utm_source=x",
        "/#b",
        "/%41",
        "/a;b",
    ]
)
LINK = st.builds(
    lambda scheme, host, steps: scheme + host + "".join(steps),
    st.sampled_from(["https://", "http://", "HTTP://", "hxxp://", "", "ftp://"]),
    HOST,
    st.lists(STEP, max_size=4),
)


@given(st.lists(LINK | st.none() | st.text(alphabet="htps:/.ac", max_size=14), max_size=12))
def test_links_read_at_once_are_what_each_is(values: list[str | None]) -> None:
    found = links(pa.array(values, pa.string()))
    want = [(None, None, None) if value is None else tuple(link(value)) for value in values]
    assert list(zip(*(column.to_pylist() for column in found), strict=True)) == want


def test_plain_links_are_not_read_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain_links, "link", None)
    found = links(pa.array(["http://www.a.com/example/", "https://a.com", None]))
    assert found.url.to_pylist() == ["https://a.com/example", "https://a.com/", None]
    assert found.domain.to_pylist() == ["a.com", "a.com", None]


def test_a_link_that_is_too_long_is_refused_as_before() -> None:
    value = "https://a.com/" + "b" * 5000
    assert links(pa.array([value])).reason.to_pylist() == [link(value).reason]

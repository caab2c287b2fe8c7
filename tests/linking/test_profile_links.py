"""Links in profiles: read like those of posts, and one piece of evidence with everything else that the same profiles hold."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.linking.first_published import days_between, span_of
from inconcert.linking.profile_links import LINKS_AT_MOST, profile_links

from .made_material import compared, indicator, use


def read(bio: str | None, link_url: str | None = None) -> set[tuple[str, str]]:
    rows = profile_links([{"account_id": "a", "platform": "x", "bio": bio, "link_url": link_url}]).to_pylist()
    assert all(row["post_id"] is None and row["time_us"] is None for row in rows)
    return {(row["kind"], row["value"]) for row in rows}


def test_a_link_of_a_profile_is_its_page_its_host_and_its_domain():
    expected = {
        ("url", "https://news.harbour-post.com/about"),
        ("host", "news.harbour-post.com"),
        ("domain", "harbour-post.com"),
    }
    assert read("come and see hxxps://News.Harbour-Post.com/about#top !") == expected
    assert read(None, "http://news.harbour-post.com/about") == expected
    assert read("no link / at all", "not a link") == set()


def test_a_profile_that_lists_a_directory_is_cut():
    assert (
        len([1 for kind, _ in read(" ".join(f"https://s{n}.example.com/a" for n in range(90))) if kind == "url"])
        == LINKS_AT_MOST
    )


@given(st.text(max_size=80), st.one_of(st.none(), st.text(max_size=40)))
def test_whatever_a_profile_says_nothing_fails(bio: str, link_url: str | None):
    assert all(value for _, value in read(bio, link_url))


def test_a_link_and_its_domain_in_the_same_profiles_count_once():
    library = [indicator("url", "https://harbour-post.com/a"), indicator("domain", "harbour-post.com")]
    held = [
        use(f"g{n}", kind, value, None)
        for n in range(3)
        for kind, value in (("url", "https://harbour-post.com/a"), ("domain", "harbour-post.com"))
    ]
    found = compared(library, [], extra=held)
    (link,), items = found.links.to_pylist(), found.items.to_pylist()
    assert (link["items"], link["evidence"], link["carriers"]) == (2, 1, 3)
    assert {item["posts"] for item in items} == {0}
    assert [item["first_us"] for item in items] == [None, None]


@pytest.mark.parametrize(
    ("published", "seen", "days"),
    [
        ("2021-12-10", date(2022, 11, 16), (341, 341)),
        ("2021-12", date(2022, 11, 16), (320, 350)),
        ("2022", date(2022, 11, 16), (-45, 319)),
        ("2021-02-31", date(2021, 3, 1), (1, 1)),
    ],
)
def test_days_between_a_publication_and_a_post(published: str, seen: date, days: tuple[int, int]):
    span = span_of(published)
    assert span is not None
    assert days_between(span, seen) == days


@given(st.text(max_size=12))
def test_what_is_no_date_is_none(text: str):
    span = span_of(text)
    assert span is None or span[0] <= span[1]

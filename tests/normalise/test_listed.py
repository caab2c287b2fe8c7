"""Published indicators, lists of trends, manifests of media: what their values become."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.normalise.given import SHEETS
from inconcert.normalise.given.threat_indicators import Sign, sign
from inconcert.normalise.profile_links import profile

DIGEST = "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"


@pytest.mark.parametrize(
    ("written", "stated", "expected"),
    [
        ("the-daily-herold[.]example", None, ("text", "the-daily-herold.example")),
        ("daily-herold[.]com", None, ("domain", "daily-herold.com")),
        ("welt.tours", "domain_name", ("domain", "welt.tours")),
        ("hxxps://redirect[.]com/a?b=1", None, ("url", "https://redirect.com/a?b=1")),
        ("daily-herold.com/a/b", None, ("url", "https://daily-herold.com/a/b")),
        ("https://daily-herold.com/", "cib_url", ("url", "https://daily-herold.com/")),
        (DIGEST.upper(), None, ("sha256", DIGEST)),
        (DIGEST, "HASH_PDQ", ("pdq", DIGEST)),
        ("a" * 32, None, ("md5", "a" * 32)),
        ("Someone@Mail[.]com", None, ("email", "someone@mail.com")),
        ("192[.]0[.]2[.]7", None, ("ip", "192.0.2.7")),
        ("2001:DB8::1", "ipv6-addr", ("ip", "2001:db8::1")),
        ("+44 20 7946 0000", None, ("phone", "+442079460000")),
        ("7,704 Facebook accounts", None, ("text", "7,704 Facebook accounts")),
        ("any words", "TEXT_STRING", ("text", "any words")),
    ],
)
def test_a_value_is_what_its_publisher_means(written: str, stated: str | None, expected: tuple[str, str]):
    assert sign(written, stated) == Sign(*expected)


@pytest.mark.parametrize(
    ("written", "stated", "platform", "handle"),
    [
        ("https://twitter[.]com/made_up_4711/", None, "twitter", "made_up_4711"),
        ("https://x.com/made_up_4711?s=20", "url", "twitter", "made_up_4711"),
        ("https://www[.]reddit[.]com/user/Made_Up_99/", None, "reddit", "Made_Up_99"),
        ("https://medium[.]com/@madeup95455", None, "medium", "madeup95455"),
        ("https://www.facebook.com/profile.php?id=100012345678901", None, "facebook", "100012345678901"),
        ("https://t.me/made_up_channel", "telegram_url", "telegram", "made_up_channel"),
        ("https://www.tiktok.com/@made.up", None, "tiktok", "made.up"),
        ("@made_up", None, None, "made_up"),
        ("made_up", "user-account:account_login", None, "made_up"),
    ],
)
def test_a_profile_is_an_account(written: str, stated: str | None, platform: str | None, handle: str):
    found = sign(written, stated)
    assert (found.type, found.platform, found.handle) == ("account", platform, handle)


@pytest.mark.parametrize(
    "url",
    [
        "https://twitter.com/made_up/status/1400000000000000001",
        "https://twitter.com/hashtag/x",
        "https://twitter.com/search?q=x",
        "https://facebook.com/sharer.php?u=x",
        "https://youtube.com/watch?v=abcdefghijk",
        "https://tiktok.com/@made.up/video/7",
        "https://example.org/@made_up",
    ],
)
def test_posts_and_searches_are_no_profiles(url: str):
    assert profile(url) is None


@given(st.text(max_size=60), st.none() | st.sampled_from(["url", "domain", "account", "md5", "text", "odd"]))
def test_any_value_is_some_sign(written: str, stated: str | None):
    found = sign(written, stated)
    assert found.type
    assert isinstance(found.value, str)


def read(table: str, rows: list[dict[str, str | None]]) -> tuple[list[dict[str, object]], list[tuple[int, str, bool]]]:
    names = list(rows[0])
    fields = pa.table({name: pa.array([row.get(name) for row in rows], pa.string()) for name in names})
    done = SHEETS[table].read(fields.append_column("row_ref", pa.array(range(1, len(rows) + 1), pa.int64())), {})
    return done.tables[table].to_pylist(), [(u.row_ref, u.column, u.fatal) for u in done.unread]


def test_techniques_without_a_value_stay_and_empty_lines_are_set_aside():
    rows, unread = read(
        "threat_indicators",
        [
            {"value": None, "tactic": "0. Acquiring assets", "procedure": "0.1.2 Acquiring VPN", "published_at": "2023-06-01"},
            {"value": None, "tactic": None, "procedure": None, "published_at": None},
            {"value": "daily-herold.com", "tactic": None, "procedure": None, "published_at": "soon"},
        ],
    )  # fmt: skip
    assert [(row["type"], row["value"]) for row in rows] == [
        ("technique", "0.1.2 Acquiring VPN"),
        ("domain", "daily-herold.com"),
    ]
    assert unread == [(2, "value", True), (3, "published_at", False)]


def test_a_topic_needs_a_title_and_odd_counts_are_told():
    rows, unread = read(
        "trends",
        [
            {"title": "一", "heat": "1.2万", "rank": "1", "is_advert": "false", "observed_at": "1716209895"},
            {"title": None, "heat": "7", "rank": "2", "is_advert": "true", "observed_at": "1716209895"},
            {"title": "二", "heat": "many", "rank": None, "is_advert": "perhaps", "observed_at": "1716209895"},
        ],
    )
    assert [(row["title"], row["heat"], row["rank"], row["is_advert"]) for row in rows] == [
        ("一", 12_000, 1, False),
        ("二", None, None, None),
    ]
    assert sorted(unread) == [(2, "title", True), (3, "heat", False), (3, "is_advert", False)]


def test_a_manifest_names_posts_and_their_media():
    rows, unread = read(
        "post_media",
        [
            {"post_id": "7", "media": "a.jpg", "hash": None, "url": None},
            {"post_id": "7", "media": None, "hash": "ABCD", "url": "https://example.org/b.jpg"},
            {"post_id": None, "media": "c.jpg", "hash": None, "url": None},
        ],
    )
    assert [(row["post_id"], row["media_id"], row["hash"]) for row in rows] == [
        ("7", "a.jpg", None),
        ("7", "ABCD", "abcd"),
    ]
    assert unread == [(3, "post_id", True)]

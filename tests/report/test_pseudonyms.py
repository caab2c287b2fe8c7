"""No account is named on the page that may be published."""

from __future__ import annotations

import made_up_case
import pytest

from inconcert.report.pseudonyms import pseudonyms


@pytest.fixture
def names() -> object:
    members = made_up_case.as_table(
        "members",
        [
            {"group_id": g, "account_id": a, "membership": 1.0, "n_partners": n, "x": 0.0, "y": 0.0}
            for g, a, n in [("G10", "4711", 3), ("G2", "100200300", 2), ("G2", "8812345", 9), ("G10", "8812345", 9)]
        ],
    )
    return pseudonyms(members, ["55501", "4711"], {"8812345": ("TrueVoice", "PlainVoice"), "55501": ("walker_55",)})


def test_best_connected_first_and_groups_in_number_order(names) -> None:
    assert dict(names.by_id) == {"8812345": "G2-01", "100200300": "G2-02", "4711": "G10-02", "55501": "A-01"}


@pytest.mark.parametrize(
    ("text", "masked"),
    [
        ("RT @TrueVoice: hello", "RT @G2-01: hello"),
        ("@plainvoice, as it was called", "@G2-01, as it was called"),
        ("@truevoice @someone.else", "@G2-01 @[account]"),
        ("by 100200300, not 100200301", "by G2-02, not 100200301"),
        ("https://twitter.com/TrueVoice/status/9", "https://twitter.com/G2-01/status/9"),
        ("https://www.tiktok.com/@nobody/video/1", "https://www.tiktok.com/[account]/video/1"),
        ("https://x.com/hashtag/jobs", "https://x.com/hashtag/jobs"),
        ("https://news.example/TrueVoice", "https://news.example/TrueVoice"),
        ("write to me@mail.example", "write to me@mail.example"),
        ("微博 @人民 说", "微博 @[account] 说"),
    ],
)
def test_masking(names, text: str, masked: str) -> None:
    assert names.masked(text) == masked

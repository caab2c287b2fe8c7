"""Shares of languages against a count in plain Python, and what does not count."""

from __future__ import annotations

from collections import Counter
from typing import Any

import numpy as np
import pytest

from inconcert.describe.language_mix import account_languages, group_languages
from inconcert.normalise.language import UNKNOWN

from .made_posts import HOUR_US, START_US, opened, post

GROUPS = {"G2": ["a0", "a1", "a2"], "G1": ["a2", "a3"]}


def generated(seed: int) -> list[dict[str, Any]]:
    rng = np.random.default_rng(seed)
    codes = ["en", "fr", "zh-Hans", "unknown", None]
    return [
        post(
            f"a{rng.integers(8)}",
            None if rng.random() < 0.1 else float(rng.integers(500)),
            codes[rng.choice(5, p=[0.4, 0.2, 0.2, 0.1, 0.1])],
            id=f"p{n}",
            kind=str(rng.choice(["post", "share", "reply", "quote"])),
        )
        for n in range(300)
    ]


def own(posts: list[dict[str, Any]]) -> list[tuple[str, str, int | None]]:
    """(account, language, time in microseconds) of each post that is no share."""
    times = [row["created_at"] and int(row["created_at"].timestamp() * 1_000_000) for row in posts]
    return [
        (row["account_id"], row["text_hash"] or UNKNOWN, time)
        for row, time in zip(posts, times, strict=True)
        if row["kind"] != "share"
    ]


@pytest.mark.parametrize("seed", range(5))
def test_accounts_are_counted_as_by_hand(seed: int):
    posts = generated(seed)
    found = account_languages(opened(posts, GROUPS)).to_pylist()
    counted = Counter((account, language) for account, language, _ in own(posts))
    assert {(row["account_id"], row["language"]): row["posts"] for row in found} == counted
    for row in found:
        times = [time for *who, time in own(posts) if who == [row["account_id"], row["language"]] and time is not None]
        assert (row["first_us"], row["last_us"]) == ((min(times), max(times)) if times else (None, None))
        known = sum(n for (account, code), n in counted.items() if account == row["account_id"] and code != UNKNOWN)
        assert row["share"] == (None if row["language"] == UNKNOWN else pytest.approx(row["posts"] / known))
    assert found == sorted(found, key=lambda row: (row["account_id"], -row["posts"], row["language"]))


@pytest.mark.parametrize("seed", range(5))
def test_groups_are_counted_as_by_hand(seed: int):
    posts = generated(seed)
    found = group_languages(opened(posts, GROUPS)).to_pylist()
    grouped = {account for accounts in GROUPS.values() for account in accounts}
    outside = Counter(language for account, language, _ in own(posts) if account not in grouped and language != UNKNOWN)
    expected = []
    for group, accounts in GROUPS.items():
        inside = Counter(language for account, language, _ in own(posts) if account in accounts)
        for language in sorted(inside, key=lambda code: (-inside[code], code)):
            known = None if language == UNKNOWN else inside[language] / (inside.total() - inside[UNKNOWN])
            expected.append({
                "group_id": group, "language": language, "posts": inside[language],
                "accounts": len({a for a, code, _ in own(posts) if code == language and a in accounts}),
                "share": known and pytest.approx(known),
                "share_others": None if language == UNKNOWN else pytest.approx(outside[language] / outside.total()),
            })  # fmt: skip
    assert found == expected


def test_without_others_there_is_no_share_of_others():
    found = group_languages(opened([post("a", 1, "en"), post("b", 2, "en"), post("c", 2, None)], {"G1": ["a", "b"]}))
    assert found.to_pylist() == [
        {"group_id": "G1", "language": "en", "posts": 2, "accounts": 2, "share": 1.0, "share_others": None}
    ]


def test_a_language_others_do_not_write_has_share_nought_among_them():
    found = group_languages(opened([post("a", 1, "th"), post("c", 2, "en")], {"G1": ["a"]}))
    assert found["share_others"].to_pylist() == [0.0]


def test_shares_and_second_records_of_a_post_do_not_count():
    once = post("a", 1, "en", id="p")
    found = account_languages(opened([once, once, post("a", 2, "fr", kind="share"), post("a", 3, None)], {}))
    assert [(row["language"], row["posts"], row["share"]) for row in found.to_pylist()] == [
        ("en", 1, 1.0),
        (UNKNOWN, 1, None),
    ]
    assert found["first_us"][0].as_py() == START_US + HOUR_US


def test_nothing_gives_empty_tables():
    engine = opened([], {})
    assert account_languages(engine).num_rows == group_languages(engine).num_rows == 0

"""Controls are alike in what is matched, never members or suspects, and how alike they are is said."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from inconcert import schema
from inconcert.engine.duckdb import DuckDB
from inconcert.indicators.facts import MEMBERS, POSTS, open_facts
from inconcert.indicators.matched_control import PER_MEMBER, POOR, matched_control

START_US, HOUR_US = 1_700_000_000_000_000, 3_600_000_000


def posts_of(account: str, n: int, rng: np.random.Generator, **more: Any) -> list[dict[str, Any]]:
    return [
        {
            "post_id": f"{account}-{i}", "account_id": account, "platform": "x", "role": "case", "kind": "post", "language": "en",
            "time_us": START_US + int(rng.integers(24 * 30)) * HOUR_US, **more,
        }
        for i in range(n)
    ]  # fmt: skip


def opened(
    posts: Sequence[dict[str, Any]], members: dict[str, Sequence[str]], tags: Sequence[tuple[str, str]] = ()
) -> DuckDB:
    engine = DuckDB(threads=1)
    grouped = [{"group_id": g, "account_id": a} for g, accounts in members.items() for a in accounts]
    actions = [
        {
            "account_id": post["account_id"],
            "kind": "hashtag",
            "object_id": tag,
            "post_id": post["post_id"],
            "platform": "x",
        }
        for post in posts
        for account, tag in tags
        if post["account_id"] == account
    ]
    open_facts(
        engine,
        {
            "posts": pa.Table.from_pylist(list(posts), schema=POSTS.arrow),
            "members": pa.Table.from_pylist(grouped, schema=MEMBERS.arrow),
            "actions": pa.Table.from_pylist(actions, schema=schema.ACTIONS.arrow),
        },
    )
    return engine


def crowd(n: int, rng: np.random.Generator, **more: Any) -> list[dict[str, Any]]:
    return [post for i in range(n) for post in posts_of(f"c{i}", int(rng.integers(1, 60)), rng, **more)]


def test_controls_are_as_active_and_neither_members_nor_suspects():
    rng = np.random.default_rng(1)
    members = [f"m{i}" for i in range(20)]
    posts = crowd(600, rng) + [post for m in members for post in posts_of(m, int(rng.integers(40, 60)), rng)]
    suspects = frozenset(f"c{i}" for i in range(100))
    found = matched_control(opened(posts, {"G1": members}), suspects)
    chosen = set(found.controls["account_id"].to_pylist())
    assert not chosen & {*members, *suspects}
    assert 20 <= len(chosen) <= PER_MEMBER * 20
    balance = {row["trait"]: row["difference"] for row in found.balance.to_pylist()}
    assert abs(balance["posts"]) <= POOR
    everybody = np.log([sum(p["account_id"] == f"c{i}" for p in posts) for i in range(100, 600)])
    own = np.log([sum(p["account_id"] == m for p in posts) for m in members])
    # unmatched, the crowd would have been far off
    assert (own.mean() - everybody.mean()) / everybody.std() > 3 * POOR


def test_platform_and_language_are_matched_exactly():
    rng = np.random.default_rng(2)
    posts = crowd(200, rng, language="fr") + posts_of("m0", 20, rng) + posts_of("m1", 20, rng, platform="y")
    found = matched_control(opened(posts, {"G1": ["m0", "m1"]}), frozenset())
    assert len(found.controls) == 0
    assert found.unmatched == {"G1": 2}


def test_those_who_speak_of_the_same_are_preferred():
    rng = np.random.default_rng(3)
    members = [f"m{i}" for i in range(10)]
    posts = [post for i in range(300) for post in posts_of(f"c{i}", 20, rng)]
    posts += [post for m in members for post in posts_of(m, 20, rng)]
    topical = [f"c{i}" for i in range(100)]
    tags = [(account, "#harbour") for account in (*members, *topical)]
    found = matched_control(opened(posts, {"G1": members}, tags), frozenset())
    assert set(found.controls["account_id"].to_pylist()) <= set(topical)


def test_a_list_of_ordinary_accounts_goes_before_the_data():
    rng = np.random.default_rng(4)
    posts = [post for i in range(100) for post in posts_of(f"c{i}", 20, rng)] + posts_of("m0", 20, rng)
    listed = frozenset(f"c{i}" for i in range(10))
    found = matched_control(opened(posts, {"G1": ["m0"]}), frozenset(), listed)
    assert set(found.controls["account_id"].to_pylist()) <= listed
    assert set(found.controls["source"].to_pylist()) == {"list"}


def test_the_order_of_rows_does_not_matter():
    rng = np.random.default_rng(5)
    posts = crowd(100, rng) + posts_of("m0", 20, rng) + posts_of("m1", 5, rng)
    one = matched_control(opened(posts, {"G1": ["m0", "m1"]}), frozenset())
    other = matched_control(opened(posts[::-1], {"G1": ["m1", "m0"]}), frozenset())
    assert one.controls.equals(other.controls)
    assert one.balance.equals(other.balance)


@pytest.mark.parametrize("times", [None, -(10**15)])
def test_posts_without_times_or_with_absurd_ones_are_matched_by_the_rest(times: int | None):
    rng = np.random.default_rng(6)
    posts = [{**post, "time_us": times} for post in crowd(50, rng) + posts_of("m0", 20, rng)]
    assert len(matched_control(opened(posts, {"G1": ["m0", "nobody"]}), frozenset()).controls) > 0

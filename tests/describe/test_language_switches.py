"""A planted switch is found with its date; random order, moods and shares make none."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from inconcert.describe.language_switches import MIN_POSTS, MOST_POSTS, language_switches, switch

from .made_posts import HOUR_US, START_US, opened, post


def switched(account: str, before: int, after: int, *, noise: float = 0.0, seed: int = 0) -> list[dict[str, Any]]:
    """`before` French posts a day apart, then `after` Russian ones; a share `noise` of either in the other language."""
    rng = np.random.default_rng(seed)
    return [
        post(account, 24 * day, "fr" if (day < before) != (rng.random() < noise) else "ru")
        for day in range(before + after)
    ]


def test_a_planted_switch_is_found_with_its_date():
    posts = switched("turned", 30, 40, noise=0.05) + switched("stayed", 40, 0) + switched("other", 20, 0)
    found = language_switches(opened(posts, {"G1": ["x"], "G2": ["turned"], "G3": ["turned"]}), 0.01).to_pylist()
    assert [row["account_id"] for row in found] == ["turned"]
    row = found[0]
    assert (row["group_id"], row["before"], row["after"]) == ("G2", "fr", "ru")
    assert row["at_us"] == START_US + 30 * 24 * HOUR_US
    assert (row["posts_before"], row["posts_after"]) == (30, 40)
    assert row["share_before"] > 0.8
    assert row["share_after"] > 0.8
    assert row["p_value"] == row["q_value"] < 1e-8


def test_a_switch_of_chinese_script_is_one_and_plain_chinese_is_skipped():
    posts = [post("a", 24 * day, ("zh-Hans" if day < 20 else "zh-Hant") if day % 3 else "zh") for day in range(40)]
    found = language_switches(opened(posts, {}), 0.01).to_pylist()
    assert [(row["before"], row["after"], row["group_id"]) for row in found] == [("zh-Hans", "zh-Hant", None)]
    assert found[0]["posts_before"] + found[0]["posts_after"] == sum(row["text_hash"] != "zh" for row in posts)


def test_one_of_many_languages_is_seen_too():
    rng = np.random.default_rng(1)
    posts = [
        post("a", 24 * day, str(rng.choice(["en"] * 18 + ["de", "fr"])) if day < 40 else "ru") for day in range(80)
    ]
    found = language_switches(opened(posts, {}), 0.01).to_pylist()
    assert [(row["before"], row["after"], row["at_us"]) for row in found] == [("en", "ru", START_US + 960 * HOUR_US)]


def test_random_order_makes_hardly_any_switch():
    rng = np.random.default_rng(5)
    posts = []
    for account in range(1500):
        n, share = int(rng.integers(10, 60)), rng.uniform(0.2, 0.8)
        for day in range(n):
            language = rng.choice(["en", "fr", "de"], p=[share, 0.9 * (1 - share), 0.1 * (1 - share)])
            posts.append(post(f"a{account}", 24.0 * day, str(language)))
    engine = opened(posts, {})
    assert language_switches(engine, 0.01).num_rows == 0
    # before the correction for many accounts: the rate promised, whatever was written more often
    p = [row["p_value"] for row in language_switches(engine, 1.0).to_pylist()]
    assert 0 < sum(value <= 0.05 for value in p) <= 0.05 * 1500


def test_an_episode_is_no_switch_since_the_language_before_returns():
    posts = [post("a", 24 * day, "ru" if 50 <= day < 60 else "fr") for day in range(110)]
    assert language_switches(opened(posts, {}), 0.01).num_rows == 0


def test_the_posts_of_one_hour_count_once():
    # a long conversation in French, then one in Russian: two choices, however many posts
    posts = [post("a", minute / 60, "fr") for minute in range(50)]
    posts += [post("a", 5 + minute / 60, "ru") for minute in range(50)]
    assert language_switches(opened(posts, {}), 1.0).num_rows == 0


@pytest.mark.parametrize(
    "posts",
    [
        [],
        switched("a", MIN_POSTS - 1, 60),
        [{**row, "kind": "share"} for row in switched("a", 30, 30)],
        [{**row, "created_at": None, "post_id": str(n)} for n, row in enumerate(switched("a", 30, 30))],
        [post("a", 24 * day, "fr" if day < 30 else "unknown") for day in range(60)],
        [post("a", 24 * day, "fr" if day < 30 else None) for day in range(60)],
    ],
    ids=["no posts", "too few on a side", "shares", "no times", "unknown", "short"],
)
def test_what_tells_no_switch(posts: list[dict[str, Any]]):
    assert language_switches(opened(posts, {}), 0.5).num_rows == 0


def test_very_many_posts_are_thinned_evenly():
    n = 5 * MOST_POSTS
    times = np.arange(n) * 24 * HOUR_US
    found = switch((np.arange(n) >= n // 2).astype(np.int32), times)
    assert found is not None
    assert abs(found.at - times[n // 2]) <= 5 * 24 * HOUR_US


def test_the_order_of_the_rows_changes_nothing():
    posts = switched("a", 20, 20, noise=0.1) + switched("b", 30, 9, noise=0.1, seed=2)
    shuffled = [posts[n] for n in np.random.default_rng(0).permutation(len(posts))]
    assert language_switches(opened(posts, {}), 0.05).equals(language_switches(opened(shuffled, {}), 0.05))


def test_bilingual_people_who_write_one_language_a_day_are_not_taken_for_new_owners():
    """A hundred accounts, sixty days, five posts a day, the language drawn each day: at q of .01 hardly any is listed."""
    rng = np.random.default_rng(4)
    posts = [
        post(f"a{a}", 24 * day + int(hour), "en" if (rng.random() < 0.9) == first else "ru")
        for a in range(100)
        for day in range(60)
        for first in [rng.random() < 0.5]
        for hour in np.sort(rng.choice(24, 5, replace=False))
    ]
    assert language_switches(opened(posts, {}), 0.01).num_rows <= 1

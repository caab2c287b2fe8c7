"""Members' posts in different languages are tied by rare things, not by popular ones, and by nobody alone."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from inconcert.case import write_parquet
from inconcert.describe.cross_language import MOST, POSTS_SHOWN, cross_language

from .made_posts import HOUR_US, opened, post, rows

ENGLISH = "nobody here believes what {} says about the bridge, and nobody ever will"
CHINESE = "没有人相信{}关于这座桥的说法，以后也不会有人相信"
RUSSIAN = "никто здесь не верит тому, что говорит {} об этом мосте"
GROUPS = {"G1": ["a", "b", "c"]}


def action(of: dict[str, Any], kind: str, thing: str) -> dict[str, Any]:
    return {**{name: of[name] for name in ("account_id", "post_id", "platform")}, "kind": kind, "object_id": thing}


def linked(
    posts: list[dict[str, Any]], actions: list[dict[str, Any]], folder: Path, groups: Any = None
) -> list[dict[str, Any]]:
    """The rows of the table for these posts and actions."""
    write_parquet(rows("posts", posts), folder / "posts.parquet")
    engine = opened(posts, GROUPS if groups is None else groups)
    found = cross_language(engine, rows("actions", actions), [folder / "posts.parquet"]).to_pylist()
    engine.close()
    return found


@pytest.mark.parametrize("kind", ["url", "media", "near_media", "hashtag"])
def test_a_rare_thing_ties_two_languages(kind: str, tmp_path: Path):
    one, other = post("a", 1, "en"), post("b", 3.5, "zh-Hans")
    thing = "https://example.org/bridge"
    found = linked([one, other, post("x", 1, "en")], [action(one, kind, thing), action(other, kind, thing)], tmp_path)
    assert found == [{
        "group_id": "G1", "kind": kind, "object_id": thing, "languages": "en,zh", "accounts": 2, "posts": 2,
        "accounts_others": 0, "least_gap_us": 2.5 * HOUR_US,
        "post_ids": json.dumps({"en": [one["post_id"]], "zh": [other["post_id"]]}),
    }]  # fmt: skip


def test_a_name_and_a_number_tie_texts_of_three_scripts(tmp_path: Path):
    posts = [
        post("a", 1, "en", text=ENGLISH.format("Mandiant") + ", not even 48,213 times"),
        post("b", 2, "zh-Hant", text=CHINESE.format("Mandiant") + "48213"),
        post("c", 3, "ru", text=RUSSIAN.format("Mandiant") + ", 48213 раз"),
        post("x", 3, "en", text="mandiant again"),
    ]
    found = linked(posts, [], tmp_path)
    assert [
        (row["kind"], row["object_id"], row["languages"], row["accounts"], row["accounts_others"]) for row in found
    ] == [
        ("number", "48213", "en,ru,zh", 3, 0),
        ("name", "mandiant", "en,ru,zh", 3, 1),
    ]


@pytest.mark.parametrize(("others", "kept"), [(4, True), (5, False)])
def test_popular_things_tie_nobody(others: int, kept: bool, tmp_path: Path):
    one = post("a", 1, "en", text=ENGLISH.format("Mandiant"))
    other = post("b", 2, "zh-Hans", text=CHINESE.format("Mandiant"))
    crowd = [post(f"x{n}", n, "en", text="what did mandiant say") for n in range(others)]
    actions = [action(of, "url", "https://example.org/bridge") for of in (one, other, *crowd)]
    found = linked([one, other, *crowd], actions, tmp_path)
    assert {(row["kind"], row["accounts_others"]) for row in found} == ({("url", 4), ("name", 4)} if kept else set())


def test_members_of_other_groups_are_others_too(tmp_path: Path):
    posts = [post("a", 1, "en"), post("b", 2, "fr"), post("d", 3, "en"), post("e", 4, "fr")]
    actions = [action(of, "hashtag", "bridge") for of in posts]
    found = linked(posts, actions, tmp_path, {"G2": ["a", "b"], "G1": ["d", "e"]})
    assert [(row["group_id"], row["accounts"], row["accounts_others"]) for row in found] == [("G2", 2, 2), ("G1", 2, 2)]


def test_what_does_not_tie(tmp_path: Path):
    alone = [post("a", 1, "en"), post("a", 2, "fr")]
    same_language = [post("a", 3, "en"), post("b", 4, "en")]
    two_scripts = [post("a", 5, "zh-Hans"), post("b", 6, "zh-Hant"), post("c", 7, "zh")]
    unknown = [post("a", 8, "en"), post("b", 9, None)]
    shared = [post("a", 10, "en"), post("b", 11, "fr", kind="share")]
    outside = [post("a", 12, "en"), post("x", 13, "fr")]
    pairs = {"u1": alone, "u2": same_language, "u3": two_scripts, "u4": unknown, "u5": shared, "u6": outside}
    actions = [action(of, "url", f"https://example.org/{thing}") for thing, posts in pairs.items() for of in posts]
    front = [post("a", 14, "en"), post("b", 15, "fr")]
    actions += [action(of, "url", "https://example.org/") for of in front]
    actions += [
        action(of, kind, "example.org") for of in front for kind in ("domain", "mention", "share", "text", "near_text")
    ]
    posts = [*alone, *same_language, *two_scripts, *unknown, *shared, *outside, *front]
    assert linked([{**row, "post_id": f"p{n}"} for n, row in enumerate(posts)], actions, tmp_path) == []
    assert linked(posts, actions, tmp_path) == []


def test_the_rarest_come_first_and_no_more_than_fit(tmp_path: Path):
    members = [post("a", 1, "en"), post("b", 2, "fr")]
    crowd = [post(f"x{n}", n, "en") for n in range(4)]
    actions = [action(of, "hashtag", f"tag{n:03}") for n in range(MOST + 20) for of in (*members, *crowd[: n % 5])]
    found = linked([*members, *crowd], actions, tmp_path)
    assert len(found) == MOST
    assert all(
        (one["accounts_others"], one["object_id"]) < (two["accounts_others"], two["object_id"])
        for one, two in pairwise(found)
    )


def test_posts_are_named_from_as_many_members_as_possible(tmp_path: Path):
    english = [post("a", n, "en", id=f"a{n}") for n in range(10)] + [post("b", 20, "en", id="b0")]
    french = [post("c", 30 + n, "fr", id=f"c{n}") for n in range(2)]
    found = linked([*english, *french], [action(of, "hashtag", "bridge") for of in english + french], tmp_path)
    shown = json.loads(found[0]["post_ids"])
    assert shown == {"en": ["a0", "b0", "a1", "a2", "a3"], "fr": ["c0", "c1"]}
    assert len(shown["en"]) == POSTS_SHOWN
    assert (found[0]["posts"], found[0]["accounts"]) == (13, 3)


@pytest.mark.parametrize("seed", range(10))
def test_the_least_gap_is_that_of_all_pairs(seed: int, tmp_path: Path):
    rng = np.random.default_rng(seed)
    posts = [
        post(str(rng.choice(list("abc"))), float(rng.integers(400)) if rng.random() < 0.9 else None,
             str(rng.choice(["en", "fr", "zh-Hans"])), id=f"p{n}")
        for n in range(rng.integers(3, 15))
    ]  # fmt: skip
    found = linked(posts, [action(of, "hashtag", "bridge") for of in posts], tmp_path)
    gaps = [
        abs(one["created_at"] - two["created_at"]).total_seconds() * 1e6
        for one in posts
        for two in posts
        if one["account_id"] != two["account_id"] and one["text_hash"] != two["text_hash"]
        and one["created_at"] and two["created_at"]
    ]  # fmt: skip
    assert [row["least_gap_us"] for row in found] == ([min(gaps, default=None)] if found else [])


@pytest.mark.parametrize(("code", "kept"), [("ca", False), ("zh-Hans", True)])
def test_a_stray_post_in_a_language_of_the_same_script_ties_nothing(code: str, kept: bool, tmp_path: Path):
    spanish = [post(f"{'ab'[n % 2]}", n, "es") for n in range(150)]
    stray = post("c", 200, code)
    found = linked([*spanish, stray], [action(of, "hashtag", "bridge") for of in (*spanish, stray)], tmp_path)
    assert [row["languages"] for row in found] == (["es,zh"] if kept else [])


def test_without_groups_or_languages_there_is_nothing(tmp_path: Path):
    posts = [post("a", 1, "en"), post("b", 2, "fr")]
    assert linked(posts, [action(of, "hashtag", "bridge") for of in posts], tmp_path, {}) == []
    assert linked([], [], tmp_path) == []

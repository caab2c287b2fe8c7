"""Reply flooding: anchors by their likes, and who replies to them."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pyarrow as pa
import pytest
from scipy import stats

from inconcert.engine.duckdb import DuckDB
from inconcert.evaluate.indicators.answered import START_US, Scene, remarks
from inconcert.evaluate.indicators.reply_flooding import TRIAL, authors, clean, counts, planted
from inconcert.evaluate.indicators.trial import Tables, raised, readings
from inconcert.indicators.engagement.quiet_posts import LEAST_AUTHORS, NARROWEST, Answered, QuietPosts
from inconcert.indicators.engagement.repliers import Repliers
from inconcert.indicators.engagement.reply_flooding import ReplyFlooding
from inconcert.indicators.facts import POSTS, open_facts
from inconcert.indicators.reading import Reading


def read(tables: Tables) -> list[Reading]:
    return readings(ReplyFlooding(), tables, 1)


def ordinary(n: int, rng: np.random.Generator, spoilt: float = 0.0) -> list[Answered]:
    """Posts of n authors, with about three likes to a reply; likes of a share are switched off."""
    replies = 30 + rng.integers(0, 30, n)
    likes = rng.poisson(replies * np.exp(rng.normal(1, 0.6, n)))
    likes[rng.random(n) < spoilt] = 0
    return [
        Answered("x", f"p{k}", f"a{k}", "case", int(r), int(got), 0, False, 500)
        for k, (r, got) in enumerate(zip(replies, likes, strict=True))
    ]


def anchor(replies: int = 461, likes: int = 0) -> Answered:
    return Answered("x", "anchor", "news view", "case", replies, likes, 0, False, 500)


def test_a_post_of_461_replies_and_no_like_ranks_on_top():
    """M20, from counters alone, among posts that are ratioed or have likes switched off."""
    scene, rng = Scene(), np.random.default_rng(1)
    for k in range(150):
        replies, likes = counts(rng, 3.0)
        scene.account(f"a{k}", START_US, 1000)
        scene.post(f"p{k}", f"a{k}", START_US, likes, min(replies, 460))
    scene.account("news view", START_US, 1000)
    scene.post("anchor", "news view", START_US, 0, 461)
    scene.posts[-1]["shares"] = 0
    found = [r for r in read(scene.tables()) if r.measure == "few-likes"]
    ranked = sorted(found, key=lambda r: -r.value)
    assert ranked[0].subject_id == "anchor"
    assert found[0].subject_id == "anchor"
    assert ranked[0].p_value is None  # no group is linked: described
    assert ranked[0].low < ranked[0].value < ranked[0].high
    assert "461 replies by the count of the platform, and 0 likes and 0 shares in the export" in ranked[0].says
    assert {"ordinary", "found"} == {point.layer for point in ranked[0].points}


def test_the_distance_is_that_of_a_naive_bin():
    posts = [post for post in ordinary(80, np.random.default_rng(2)) if post.replies < 60]
    again = [Answered("x", f"{p.post_id}+", p.author, "case", 45, 45, 0, False, 500) for p in posts[:40]]
    quiet = QuietPosts([*posts, *again])
    target = anchor(50, 3)
    by_author: dict[str, list[float]] = defaultdict(list)
    for post in [*posts, *again]:
        if 32 <= post.replies < 64:
            by_author[post.author].append(np.log((post.replies + 1) / (post.likes + 1)))
    middles = np.array([sorted(ratios)[len(ratios) // 2] for ratios in by_author.values()])
    scale = max(NARROWEST, 1.4826 * np.median(np.abs(middles - np.median(middles))))
    assert quiet.z(target) == pytest.approx((np.log(51 / 4) - np.median(middles)) / scale)
    assert quiet.of(target).authors == len(middles)


def test_an_author_with_many_posts_has_one_voice():
    posts = ordinary(60, np.random.default_rng(3))
    many = [Answered("x", f"again{k}", "a0", "case", 40, 0, 0, False, 500) for k in range(500)]
    z = QuietPosts([*posts, *many]).z(anchor(40))
    assert z == pytest.approx(QuietPosts(posts).z(anchor(40)), rel=0.2)
    assert z > 4


def test_a_bin_with_too_few_authors_gives_way_to_a_wider_one_or_to_silence():
    posts = ordinary(LEAST_AUTHORS + 5, np.random.default_rng(4))
    far = Answered("x", "far", "b", "case", 9_000, 10, 0, False, 10**7)
    assert QuietPosts(posts).of(far).authors == LEAST_AUTHORS + 5
    assert QuietPosts(posts[: LEAST_AUTHORS - 1]).of(far) is None
    scene = Scene()
    for k in range(6):
        scene.account(f"m{k}", START_US)
        scene.post(f"p{k}", f"m{k}", START_US, 0, 100)
    scene.members = [{"group_id": "g", "account_id": f"m{k}"} for k in range(6)]
    assert {(r.measure, r.value) for r in read(scene.tables())} == {("few-likes", None)}


def test_the_chance_is_that_of_a_beta_negative_binomial():
    drawn = np.random.default_rng(5)
    replies = drawn.integers(33, 63, 400)
    likes = drawn.negative_binomial(replies, 1 - drawn.beta(6, 2, 400))
    posts = [
        Answered("x", f"p{k}", f"a{k}", "case", int(r), int(got), 0, False, 500)
        for k, (r, got) in enumerate(zip(replies, likes, strict=True))
    ]
    for got in (0, 20, 40):
        found = QuietPosts(posts).of(anchor(50, got))
        exact = stats.nbinom.cdf(got, 50, 1 - np.random.default_rng(6).beta(6, 2, 400_000)).mean()
        assert exact / 3 < found.chance < exact * 3
        assert found.p_value >= found.chance


def test_the_rank_is_valid_where_likes_are_switched_off_and_the_model_alone_is_not():
    drawn = np.random.default_rng(6)
    ranks, chances = [], []
    for _ in range(120):
        posts = ordinary(150, drawn, spoilt=0.02)
        found = QuietPosts(posts[1:]).of(posts[0])
        ranks.append(found.p_value)
        chances.append(QuietPosts([p for p in posts[1:] if p.likes]).of(posts[0]).chance)
    assert np.mean(np.array(ranks) <= 0.05) <= 0.05 + 0.03
    assert min(ranks) >= 1 / 150
    posts = ordinary(150, drawn, spoilt=0.02)
    spoilt = next(post for post in posts if post.likes == 0)
    rest = [post for post in posts if post is not spoilt]
    # fitted to posts with likes, a Beta-binomial thinks a post whose likes are off impossible, yet one in fifty is such a post
    assert QuietPosts([post for post in rest if post.likes]).of(spoilt).chance < 0.001
    assert QuietPosts(rest).of(spoilt).p_value >= 1 / 150


def test_an_anchor_and_the_group_that_answers_it_are_found():
    for seed in range(3):
        found = read(planted(0.0, np.random.default_rng(seed)))
        up = raised(found, TRIAL.measures, 0.01)
        assert {r.subject_id for r in up} <= {"anchor0", "anchor1", "anchor2"}
        assert {r.group_id for r in up if r.measure == "member-repliers"} <= {"g"}
        likes = sorted((r for r in found if r.measure == "few-likes"), key=lambda r: -r.value)
        assert likes[0].subject_id.startswith("anchor")
        tested = [r for r in likes if r.subject_id.startswith("anchor")]
        assert all(r.p_value is not None and r.group_id == "g" for r in tested)
        assert all(r.witnesses[0].post_id == r.subject_id for r in tested)
        assert all(len(r.witnesses) <= 20 for r in found)
    assert up


def test_friends_and_their_favourites_are_not_flagged():
    for seed in range(4):
        assert raised(read(clean(np.random.default_rng(100 + seed))), TRIAL.measures, 0.01) == []


def test_repliers_are_those_of_a_naive_count():
    tables = planted(0.0, np.random.default_rng(8))
    posts, members = tables["posts"].to_pylist(), {m["account_id"] for m in tables["members"].to_pylist()}
    author = {post["post_id"]: post["account_id"] for post in posts}
    answered: dict[tuple[str, str], set[str]] = defaultdict(set)
    for post in posts:
        if post["reply_to_id"] and author[post["reply_to_id"]] != post["account_id"]:
            answered["forum", post["reply_to_id"]].add(post["account_id"])
    engine = DuckDB(threads=1)
    found = Repliers(open_facts(engine, tables), 10, 3)
    engine.close()
    assert found.sizes == {key: len(who) for key, who in answered.items() if len(who) >= 10}
    assert found.members == {(key, "g"): len(who & members) for key, who in answered.items() if who & members}
    shares, sizes = found.elsewhere("g", {("forum", "anchor0")})
    keys = [key for key in found.sizes if key != ("forum", "anchor0")]
    assert shares.tolist() == [len(answered[key] & members) / len(answered[key]) for key in keys]
    assert sizes.tolist() == [len(answered[key]) for key in keys]


def test_without_a_counter_the_replies_in_the_data_count():
    scene, rng = Scene(), np.random.default_rng(9)
    for k in range(30):
        scene.post(f"p{k}", f"a{k}", START_US, int(rng.integers(60, 200)))
        scene.answers(f"p{k}", [f"r{k}.{n}" for n in range(35)], remarks(35, rng), START_US + np.arange(35), rng)
    scene.post("anchor", "b", START_US, 0)
    scene.answers("anchor", [f"s{n}" for n in range(40)], remarks(40, rng), START_US + np.arange(40), rng)
    scene.posts[-1]["kind"] = "quote"
    found = next(r for r in read(scene.tables()) if r.measure == "few-likes")
    assert found.subject_id == "anchor"
    assert found.n == 40
    assert "40 replies in the data, and 0 likes in the export" in found.says


def test_likes_that_no_post_has_raise_nothing():
    scene = authors(np.random.default_rng(10), [f"m{k}" for k in range(20)])
    for row in scene.posts:
        row["likes"] = 0
    assert raised(read(scene.tables()), TRIAL.measures, 0.01) == []
    for row in scene.posts:
        row["likes"] = None
    assert read(scene.tables()) == []


def test_hostile_posts_do_no_harm():
    rows = []
    for k in range(50):
        rows.append(
            {"post_id": f"<i>{k}", "account_id": "=1+1" if k < 2 else f"a{k}", "platform": "x", "role": "case", "kind": "post",
             "time_us": [None, -(10**17), 10**17][k % 3], "text": "\x00" * (k * 1000), "likes": [0, 10**15, -5, 7][k % 4],
             "replies": [30, 10**15, 50, 2**40][k % 4], "shares": None}
        )  # fmt: skip
    found = read({"posts": pa.Table.from_pylist(rows, POSTS.arrow)})
    assert all("<i>" not in r.says for r in found)

"""Honest groups really act in concert, and are people of the crowd or open institutions."""

from __future__ import annotations

import json
from collections import Counter

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.honest import Activists, Fans, Staff
from inconcert.synthetic.press import NewsBots, Newsroom
from inconcert.synthetic.scenarios import Group, Scenario
from inconcert.synthetic.world import World, build

from .measure import accounts_of, in_window, posts_of, taken

CROWD = Crowd(n_accounts=2_500, n_posts=15_000)


def world_of(group: Group) -> World:
    return build(Scenario(name="test", about="", crowd=CROWD, groups=(group,)), 1)


def rate(objects: dict[str, dict[str, float]], tau_s: float) -> float:
    near, pairs = np.sum([in_window(list(people.values()), tau_s) for people in objects.values()], axis=0)
    return near / pairs


def of_favourite(world: World, unit: str) -> pa.Table:
    """Everybody's shares of the author whom the unit shares most: their idol, their firm."""
    favourite = Counter(posts_of(world.posts, accounts_of(world.truth, unit))["shared_account"].drop_null().to_pylist())
    return world.posts.filter(pc.equal(world.posts["shared_account"], favourite.most_common(1)[0][0]))


def test_fans_share_their_idol_within_minutes_and_the_crowd_does_not():
    world = world_of(Fans(n_posts=40))
    posts = of_favourite(world, "fans")
    idol = taken(posts_of(posts, accounts_of(world.truth, "fans")), "share")
    others = taken(posts_of(posts, accounts_of(world.truth, "crowd")), "share")
    assert len(idol) == 40
    assert np.mean([len(who) for who in idol.values()]) > 15
    # Not all of them: a fan may meet the post later, as others do.
    assert rate(idol, 600) > 0.75
    assert rate(idol, 60) > 4 * rate(others, 60)


def test_fans_and_staff_have_an_ordinary_life_besides():
    for group in (Fans(), Staff()):
        world = world_of(group)
        posts = posts_of(world.posts, accounts_of(world.truth, group.unit))
        assert "false" in posts["is_share"].to_pylist()
        assert len(set(posts["account_created_at"].to_pylist())) > 0.9 * group.n_accounts


def test_activists_follow_the_call_with_one_hashtag():
    world = world_of(Activists())
    rows = posts_of(world.posts, accounts_of(world.truth, "activists")).to_pylist()
    tags = Counter(tag for r in rows for tag in json.loads(r["hashtags"] or "[]") if r["is_share"] == "false")
    tag, uses = tags.most_common(1)[0]
    assert uses == pytest.approx(60 * 3 * 0.6, rel=0.25)
    texts = Counter(r["text"] for r in rows if f"#{tag}" in r["text"])
    pasted = sum(n for n in texts.values() if n > 1)
    assert 0.25 < pasted / sum(texts.values()) < 0.55


def test_newspapers_print_the_same_dispatch_under_their_own_address():
    world = world_of(Newsroom())
    papers = accounts_of(world.truth, "newsroom")
    rows = posts_of(world.posts, papers).to_pylist()
    assert len(papers) == 24
    hosts: dict[str, set[str]] = {}
    for r in rows:
        hosts.setdefault(r["account_id"], set()).update(u.split("/")[2] for u in json.loads(r["urls"]))
    assert all(len(h) == 1 for h in hosts.values())
    texts = taken(posts_of(world.posts, papers), "text")
    wire = {t: who for t, who in texts.items() if len(who) >= 3}
    assert 50 <= len(wire) <= 60
    assert not any(len(who) > 1 for who in taken(posts_of(world.posts, papers), "url").values())
    assert 0.02 < rate(wire, 60) < 0.25
    assert rate(wire, 3_600) > 0.5


def test_feeds_post_what_their_sites_publish_day_and_night():
    world = world_of(NewsBots(follows=0.4))
    feeds = accounts_of(world.truth, "news bots")
    links = taken(posts_of(world.posts, feeds), "url")
    assert len(feeds) == 5
    assert rate(links, 90) == 1.0
    assert len(links) > 50


def test_staff_share_in_the_course_of_the_day():
    world = world_of(Staff())
    firm = taken(posts_of(of_favourite(world, "staff"), accounts_of(world.truth, "staff")), "share")
    assert 20 <= len(firm) <= 25
    assert rate(firm, 60) < 0.05
    assert rate(firm, 21_600) > 0.8


def test_more_members_than_people_are_refused():
    with pytest.raises(ValueError, match="only"):
        world_of(Fans(n_accounts=2_000))

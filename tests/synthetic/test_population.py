"""The crowd's knobs do what they say."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import numpy as np
import pytest

from inconcert.synthetic.crowd import Crowd, Home, Mix
from inconcert.synthetic.population import populate
from inconcert.synthetic.rhythm import FREE_DAY, WORKDAY, hour_of_week
from inconcert.synthetic.scenarios import Scenario
from inconcert.synthetic.world import World, build

from .measure import in_window, seconds, taken

SMALL = Crowd(n_accounts=2_000, n_posts=12_000)


def world_of(crowd: Crowd, seed: int = 1) -> World:
    return build(Scenario(name="test", about="", crowd=crowd), seed)


@pytest.mark.parametrize("exponent", [0.6, 0.9])
def test_popularity_falls_with_rank_as_the_exponent_says(exponent):
    # Many people of like activity, so that the most popular posts do not run out of sharers: nobody shares one twice.
    crowd = Crowd(
        n_accounts=30_000,
        n_posts=25_000,
        activity_sigma=0.0,
        popularity_exponent=exponent,
        homophily=1.0,
        foreign=1.0,
        mix=Mix(own=0.1, share=0.9, url=0, reply=0, text=0, media=0),
        n_bursts=0,
    )
    sizes = sorted((len(people) for people in taken(world_of(crowd).posts, "share").values()), reverse=True)
    rank = np.arange(3, 200)
    slope = np.polyfit(np.log(rank), np.log(np.array(sizes)[rank - 1]), 1)[0]
    assert slope == pytest.approx(-exponent, abs=0.06)


@pytest.mark.parametrize("zone_h", [-8, 0, 8])
def test_people_sleep_at_home_and_later_on_free_days(zone_h):
    own = Mix(own=1, share=0, url=0, reply=0, text=0, media=0)
    crowd = replace(SMALL, n_posts=40_000, homes=(Home("en", zone_h, 1.0),), burstiness=0.0, n_bursts=0, mix=own)
    t = seconds(world_of(crowd).posts).astype(np.int64) * 1_000_000
    week = np.bincount(hour_of_week(t, zone_h), minlength=168)
    workday, free = week[:120].reshape(5, 24).sum(0), week[120:].reshape(2, 24).sum(0)
    assert np.corrcoef(workday, WORKDAY)[0, 1] > 0.99
    assert np.corrcoef(free, FREE_DAY)[0, 1] > 0.97
    assert workday[2:5].sum() < 0.04 * workday.sum()


def test_without_rhythm_nobody_sleeps():
    crowd = replace(SMALL, rhythm=0.0, n_bursts=0, mix=Mix(own=1, share=0, url=0, reply=0, text=0, media=0))
    t = seconds(world_of(crowd).posts).astype(np.int64) * 1_000_000
    hours = np.bincount(hour_of_week(t, 0) % 24, minlength=24)
    assert hours.min() > 0.8 * hours.mean()


def test_activity_has_a_long_tail_that_its_knob_flattens():
    def quartiles(sigma: float) -> tuple[float, float]:
        counts = Counter(world_of(replace(SMALL, activity_sigma=sigma)).posts["account_id"].to_pylist())
        n = np.array(sorted(counts.values()))
        return float(np.median(n)), float(n[-len(n) // 100 :].sum() / n.sum())

    median, top = quartiles(1.5)
    assert median <= 4
    assert top > 0.12
    assert quartiles(0.0)[1] < 0.03


@pytest.mark.parametrize("homophily", [1.0, 8.0, 60.0])
def test_homophily_is_how_much_likelier_people_act_within_their_circle(homophily):
    crowd = replace(SMALL, homophily=homophily, homes=(Home("en", 0, 1.0),), n_communities=6, rhythm=0.0)
    scene = populate(crowd, np.random.default_rng(1))
    shares = np.flatnonzero(scene.drafts.share_of >= 0)
    circle = scene.accounts.community[scene.drafts.account]
    theirs, of = circle[shares], circle[scene.drafts.share_of[shares]]
    mass = scene.actors.size / scene.actors.size.sum()
    expected = (homophily * mass / (homophily * mass + 1 - mass))[of].mean()
    # Nobody shares a post twice, and lively circles run out of sharers first.
    assert np.mean(theirs == of) == pytest.approx(expected, abs=0.05)


def test_burstiness_goes_from_a_month_to_seventy_minutes():
    assert Crowd(burstiness=0.0).period_s == pytest.approx(30 * 86_400)
    assert Crowd(burstiness=1.0).period_s == pytest.approx(70 * 60)
    rates = []
    for burstiness in (0.0, 0.5, 1.0):
        objects = taken(world_of(replace(SMALL, burstiness=burstiness, n_bursts=0)).posts, "share")
        rare = [list(people.values()) for people in objects.values() if len(people) <= 15]
        near, pairs = np.sum([in_window(times, 60) for times in rare], axis=0)
        rates.append(near / pairs)
    assert rates[0] < rates[1] < rates[2]
    assert rates[2] > 2 * rates[0]


def test_a_news_burst_brings_many_people_to_one_link_within_minutes():
    slow = replace(SMALL, half_life_s=1e6, half_life_sigma=0.0)
    quiet = replace(slow, n_bursts=0)
    loud = replace(slow, n_bursts=5, burst_accounts=80.0)

    def rush(crowd: Crowd) -> int:
        """Most people posting one link within ten minutes."""
        most = 0
        for people in taken(world_of(crowd).posts, "url").values():
            t = np.sort(list(people.values()))
            most = max(most, int((np.searchsorted(t, t + 600, side="right") - np.arange(len(t))).max()))
        return most

    assert rush(loud) >= 30
    assert rush(quiet) < 15


def test_the_mix_sets_what_posts_do():
    rows = world_of(replace(SMALL, mix=Mix(own=1, share=2, url=0, reply=1, text=0, media=0))).posts.to_pylist()
    shares = sum(r["is_share"] == "true" for r in rows) / len(rows)
    replies = sum(r["reply_to_id"] is not None for r in rows) / len(rows)
    assert shares == pytest.approx(0.5, abs=0.06)
    assert replies == pytest.approx(0.25, abs=0.06)


@pytest.mark.parametrize(
    ("knobs", "says"),
    [({"burstiness": 1.2}, "between 0 and 1"), ({"homes": (Home("xx", 0, 1.0),)}, "words for")],
)
def test_a_knob_out_of_range_is_refused(knobs, says):
    with pytest.raises(ValueError, match=says):
        Crowd(**knobs)


def test_fewer_circles_than_languages_are_refused():
    with pytest.raises(ValueError, match="at least one each"):
        world_of(Crowd(n_communities=2))

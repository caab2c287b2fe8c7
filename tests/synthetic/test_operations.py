"""An operation's knobs do what they say."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import numpy as np
import pytest
from scipy.stats import norm

from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.operations import KINDS, Operation
from inconcert.synthetic.scenarios import SCENARIOS, Scenario
from inconcert.synthetic.world import World, build

from .measure import accounts_of, in_window, posts_of, seconds, taken

CROWD = Crowd(n_accounts=1_500, n_posts=5_000, activity_sigma=0.5)


def world_of(operation: Operation, seed: int = 1) -> World:
    return build(Scenario(name="test", about="", crowd=CROWD, groups=(operation,)), seed)


def pushed(world: World, kind: str) -> dict[str, dict[str, float]]:
    """Objects that operation accounts acted on, with the times of those accounts only."""
    return taken(posts_of(world.posts, accounts_of(world.truth, "operation")), kind)


@pytest.mark.parametrize("jitter_s", [5.0, 60.0, 600.0, 21_600.0])
def test_in_window_pairs_are_as_many_as_the_jitter_gives(jitter_s):
    knobs = Operation(
        n_accounts=30, n_objects=300, kinds=("text",), rotation=0.3, jitter_s=jitter_s, cover=0, organic_sharers=0
    )
    texts = pushed(world_of(knobs), "text")
    near, pairs = np.sum([in_window(list(people.values()), 60) for people in texts.values()], axis=0)
    # Two half-normal delays differ by at most t with chance 1 - (2 (1 - Phi(t / (jitter sqrt 2))))^2; floored to 1 s.
    chance = [1 - (2 * norm.sf(t / jitter_s / np.sqrt(2))) ** 2 for t in (60, 61)]
    error = 4 * np.sqrt(chance[0] * (1 - chance[0]) / len(texts))
    assert chance[0] - error <= near / pairs <= chance[1] + error


@pytest.mark.parametrize(("rotation", "n_accounts"), [(1.0, 20), (0.5, 40), (0.2, 50), (0.02, 100)])
def test_rotation_is_the_share_of_accounts_that_push_each_object(rotation, n_accounts):
    knobs = Operation(
        n_accounts=n_accounts, n_objects=150, kinds=("text",), rotation=rotation, cover=0, organic_sharers=0
    )
    sizes = [len(people) for people in pushed(world_of(knobs), "text").values()]
    assert min(sizes) >= 2
    wanted = np.maximum(2, np.random.default_rng(0).binomial(n_accounts, rotation, size=100_000)).mean()
    assert np.mean(sizes) == pytest.approx(wanted, abs=4 * np.std(sizes) / np.sqrt(len(sizes)) + 1e-9)


def test_the_rotating_operation_posts_each_text_with_a_few_of_hundreds_within_a_minute():
    plan = SCENARIOS["rotating"]
    world = build(replace(plan, groups=(replace(plan.operations[0], cover=0.0),)), 1)
    texts = pushed(world, "text")
    sizes = np.array([len(people) for people in texts.values()])
    assert len(accounts_of(world.truth, "operation")) > 570
    assert np.mean((sizes >= 2) & (sizes <= 5)) > 0.8
    near, pairs = np.sum([in_window(list(people.values()), 60) for people in texts.values()], axis=0)
    assert 0.9 < near / pairs < 0.98


@pytest.mark.parametrize("cover", [0.0, 1.0, 10.0])
def test_cover_is_ordinary_posts_per_post_of_the_operation(cover):
    bare, covered = (
        posts_of(w.posts, accounts_of(w.truth, "operation")).num_rows
        for w in (world_of(Operation(cover=0.0)), world_of(Operation(cover=cover)))
    )
    # A little is lost to second shares of one post, which an export does not hold.
    assert 0.95 * cover <= (covered - bare) / bare <= cover


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_object_is_pushed(kind):
    world = world_of(Operation(kinds=(kind,), n_objects=20, rotation=0.8, cover=0, organic_sharers=0))
    rows = posts_of(world.posts, accounts_of(world.truth, "operation")).to_pylist()
    if kind == "reply":
        targets = [r["reply_to_id"] for r in rows]
        assert None not in targets
        assert 1 <= len(set(targets)) <= 20
        return
    objects = pushed(world, kind)
    assert len(objects) == 20
    assert np.mean([len(people) for people in objects.values()]) == pytest.approx(0.8 * 48, rel=0.1)


def test_seeders_write_what_amplifiers_share():
    world = world_of(Operation(kinds=("share",), n_objects=40, seeders=0.1, cover=0))
    role = dict(zip(world.truth["account_id"].to_pylist(), world.truth["role"].to_pylist(), strict=True))
    rows = posts_of(world.posts, accounts_of(world.truth, "operation")).to_pylist()
    assert sum(r == "seeder" for r in role.values()) == 5
    assert {role[r["account_id"]] for r in rows if r["is_share"] == "false"} == {"seeder"}
    assert all(role[r["shared_account"]] == "seeder" for r in rows if r["is_share"] == "true")
    assert all(r["shared_account"] != r["account_id"] for r in rows if r["is_share"] == "true")


def test_organic_sharers_are_people_of_the_crowd():
    def outsiders(mean: float) -> float:
        world = world_of(Operation(kinds=("text",), n_objects=100, cover=0, organic_sharers=mean))
        ours = pushed(world, "text")
        everybody = taken(world.posts, "text")
        crowd = accounts_of(world.truth, "crowd")
        return float(np.mean([len(set(everybody[text]) & crowd) for text in ours]))

    assert outsiders(0.0) < 0.1
    assert outsiders(6.0) == pytest.approx(6.0, rel=0.15)


def test_operators_keep_office_hours_and_accounts_come_in_batches():
    world = world_of(Operation(zone_h=3, first_h=9, last_h=18, jitter_s=5.0, cover=0, batches=3))
    posts = posts_of(world.posts, accounts_of(world.truth, "operation"))
    local = [datetime.fromisoformat(t) + timedelta(hours=3) for t in posts["created_at"].to_pylist()]
    assert all(9 <= t.hour < 18 or (t.hour == 18 and t.minute == 0) for t in local)
    assert max(t.weekday() for t in local) <= 4
    days = {t[:10] for t in posts["account_created_at"].to_pylist()}
    assert len(days) <= 6
    assert all(handle[-8:].isdigit() for handle in posts["handle"].to_pylist())


def test_chosen_handles_and_spread_creation_on_request():
    world = world_of(Operation(batches=0, generated_handles=False, client="scheduler"))
    posts = posts_of(world.posts, accounts_of(world.truth, "operation"))
    assert len({t[:10] for t in posts["account_created_at"].to_pylist()}) > 40
    # people who came late often keep the handle they were given
    given_out = {handle for handle in posts["handle"].to_pylist() if handle[-8:].isdigit()}
    assert len(given_out) <= 0.25 * len(set(posts["handle"].to_pylist()))
    assert set(posts["client"].to_pylist()) == {"scheduler"}


def test_cover_is_posted_while_its_authors_would_be_awake():
    world = world_of(Operation(cover=10.0, n_objects=10, zone_h=0))
    hour = seconds(posts_of(world.posts, accounts_of(world.truth, "operation"))) % 86_400 // 3_600
    night, evening = np.sum((hour >= 2) & (hour < 5)), np.sum((hour >= 18) & (hour < 21))
    assert night < evening / 4


@pytest.mark.parametrize(
    ("knobs", "says"),
    [
        ({"kinds": ("likes",)}, "choose from"),
        ({"rotation": 0.0}, "above 0"),
        ({"n_accounts": 2}, "at least 3"),
        ({"language": "zz"}, "speaks"),
    ],
)
def test_a_knob_out_of_range_is_refused(knobs, says):
    with pytest.raises(ValueError, match=says):
        world_of(Operation(**knobs))

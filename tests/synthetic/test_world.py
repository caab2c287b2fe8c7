"""A world as a whole: reproducible, covered by the truth, readable as an export."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pyarrow as pa
import pytest

from inconcert.errors import InputError, UnknownName
from inconcert.fields import FIELDS
from inconcert.synthetic.crowd import Crowd
from inconcert.synthetic.operations import Operation
from inconcert.synthetic.scenarios import SCENARIOS, Scenario
from inconcert.synthetic.world import World, build, write, write_truth

from .measure import accounts_of, posts_of, seconds, taken


@cache
def made(name: str, seed: int) -> World:
    return build(name, seed)


@pytest.fixture(scope="module")
def demo() -> World:
    return made("demo", 1)


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_one_seed_gives_the_same_bytes_and_another_seed_others(tmp_path, suffix):
    first, again, other = (build("bursty", seed) for seed in (3, 3, 4))
    files = [write(w, tmp_path / f"{i}.{suffix}").read_bytes() for i, w in enumerate((first, again, other))]
    assert files[0] == files[1]
    assert files[0] != files[2]
    assert first.truth == again.truth


@pytest.mark.parametrize("name", SCENARIOS)
def test_truth_has_every_account_that_posted_exactly_once(name):
    world = made(name, 2)
    accounts = world.truth["account_id"].to_pylist()
    assert len(set(accounts)) == len(accounts)
    assert set(accounts) == set(world.posts["account_id"].to_pylist())
    assert None not in world.truth["unit"].to_pylist() + world.truth["role"].to_pylist()
    assert set(world.truth["unit"].to_pylist()) == {"crowd", *(group.unit for group in world.scenario.groups)}


@pytest.mark.parametrize("name", SCENARIOS)
def test_times_lie_in_the_period_at_the_stated_resolution(name):
    world = made(name, 2)
    crowd = world.scenario.crowd
    start = datetime.fromisoformat(crowd.start).replace(tzinfo=UTC)
    times = [datetime.fromisoformat(t) for t in world.posts["created_at"].to_pylist()]
    assert start <= min(times)
    assert max(times) < start + timedelta(seconds=crowd.period_s)
    assert max(times) - min(times) > timedelta(seconds=0.9 * crowd.period_s)
    if crowd.resolution_s == 60:
        assert {t.second for t in times} == {0}
    else:
        assert {t.second for t in times} == set(range(60))


def test_a_unit_keeps_one_name_per_scenario():
    with pytest.raises(ValueError, match="a name of its own"):
        Scenario(name="twice", about="", groups=(Operation(), Operation()))


@pytest.mark.parametrize("name", ["quiet", "bursty", "partisan"])
def test_a_world_without_an_operation_is_all_crowd(name):
    world = build(name, 5)
    assert not world.scenario.operations
    assert set(world.truth["unit"].to_pylist()) == {"crowd"}
    assert set(world.truth["role"].to_pylist()) == {"ordinary"}


def test_the_demo_world_is_of_the_size_that_was_promised(demo):
    assert 5_000 <= demo.truth.num_rows <= 8_000
    assert 50_000 <= demo.posts.num_rows <= 70_000
    assert 36 <= len(accounts_of(demo.truth, "operation")) <= 60


def test_planting_an_operation_leaves_the_crowd_alone(demo):
    honest = build(replace(demo.scenario, groups=demo.scenario.groups[:-1]), demo.seed)
    crowd = accounts_of(demo.truth, "crowd")
    # Ids shift, since they count all posts; what is said and when does not.
    said = {(r["created_at"], r["text"]) for r in honest.posts.to_pylist()}
    rows = posts_of(demo.posts, crowd).to_pylist()
    plain = [(r["created_at"], r["text"]) for r in rows if not (r["urls"] or r["shared_id"] or r["reply_to_id"])]
    new = [post for post in plain if post not in said]
    # The crowd acts on the operation's objects, too: copies of its texts, images and hashtags.
    assert len(plain) > 10_000
    assert len(new) < 300


def test_post_ids_rise_with_time_and_references_point_back(demo):
    rows = demo.posts.to_pylist()
    ids = [int(r["post_id"]) for r in rows]
    assert ids == sorted(set(ids))
    assert list(seconds(demo.posts)) == sorted(seconds(demo.posts))
    assert all(int(r["shared_id"]) < int(r["post_id"]) for r in rows if r["shared_id"])
    assert all(int(r["reply_to_id"]) < int(r["post_id"]) for r in rows if r["reply_to_id"])
    assert all((r["is_share"] == "true") == (r["shared_id"] is not None) for r in rows)


def test_nobody_shares_the_same_post_twice(demo):
    shares = [(r["account_id"], r["shared_id"]) for r in demo.posts.to_pylist() if r["shared_id"]]
    assert len(set(shares)) == len(shares)


def test_a_share_carries_the_text_and_author_of_what_it_shares(demo):
    by_id = {r["post_id"]: r for r in demo.posts.to_pylist()}
    inside = [(r, by_id[r["shared_id"]]) for r in by_id.values() if r["shared_id"] in by_id]
    assert len(inside) > 5_000
    for share, origin in inside:
        assert share["text"] == f"RT @{origin['handle']}: {origin['text']}"
        assert share["shared_account"] == origin["account_id"]
        assert share["urls"] == origin["urls"]


def test_one_account_has_one_handle_and_no_two_share_it(demo):
    pairs = set(zip(demo.posts["account_id"].to_pylist(), demo.posts["handle"].to_pylist(), strict=True))
    assert len(pairs) == len({account for account, _ in pairs}) == len({handle.lower() for _, handle in pairs})


def test_columns_are_fields_of_an_export(demo):
    assert set(demo.posts.column_names) <= set(FIELDS)
    assert {field.type for field in demo.posts.schema} == {pa.string()}


def test_links_lead_nowhere(demo):
    links = {link for cell in demo.posts["urls"].to_pylist() if cell for link in json.loads(cell)}
    assert len(links) > 1_000
    assert all(link.split("/")[2].endswith(".example") for link in links)


def test_csv_and_jsonl_hold_the_same_posts(tmp_path):
    world = made("bursty", 1)
    with write(world, tmp_path / "w.csv").open(encoding="utf-8", newline="") as file:
        table = list(csv.DictReader(file))
    lines = [json.loads(line) for line in write(world, tmp_path / "w.jsonl").read_text("utf-8").splitlines()]
    assert len(table) == len(lines) == world.posts.num_rows
    for row, record in zip(table, lines, strict=True):
        lists = {k: json.loads(v) if v.startswith("[") else v for k, v in row.items() if v}
        assert lists == record


def test_the_truth_is_a_file_of_its_own(tmp_path):
    world = made("bursty", 1)
    with write_truth(world, tmp_path / "truth.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.DictReader(file)) == world.truth.to_pylist()


def test_a_wrong_suffix_and_a_wrong_name_are_refused_with_the_remedy(tmp_path):
    with pytest.raises(InputError, match=r"\.csv or \.jsonl"):
        write(made("bursty", 1), tmp_path / "w.xlsx")
    with pytest.raises(UnknownName, match="Did you mean 'rotating'"):
        build("rotatin", 1)


def test_three_scripts_are_spoken(demo):
    texts = " ".join(demo.posts["text"].to_pylist())
    assert {"en", "ru", "zh"} == set(demo.posts["language"].to_pylist())
    assert "的" in texts
    assert "автобус" in texts


def test_people_share_headlines_of_articles_and_copy_chain_posts(demo):
    crowd = posts_of(demo.posts, accounts_of(demo.truth, "crowd"))
    texts = taken(crowd, "text")
    assert sum(len(people) >= 5 for people in texts.values()) > 100
    assert any(text.startswith("Copy this if") for text in texts)


def test_without_a_mark_for_shares_the_text_is_that_of_the_post():
    world = build(Scenario(name="plain", about="", crowd=Crowd(n_accounts=300, n_posts=2_000, platform="weibo")), 1)
    assert not any(text.startswith("RT @") for text in world.posts["text"].to_pylist())
    assert set(world.posts["platform"].to_pylist()) == {"weibo"}

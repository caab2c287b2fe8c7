"""The sweep and the SQL give the same arrays as the oracle, at every scale and in every way of counting."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from detect.oracle import (
    SECOND,
    WINDOWS_S,
    Action,
    actions_strategy,
    as_dict,
    common,
    edges,
    object_statistics,
    queries,
    table,
    table_as_dict,
)
from engine.engines import held
from inconcert.detect import sweep as module
from inconcert.detect.co_action import CoAction
from inconcert.detect.counting import Counting, SweepCounting
from inconcert.detect.layer import UNTIMED, Layer
from inconcert.detect.load import load_layers
from inconcert.detect.scales import EVERY, popularity_caps
from inconcert.detect.sql_counting import SqlCounting
from inconcert.detect.sweep import co_actions, object_windows, partners, rare_pairs, shared_objects
from inconcert.errors import InputError

WINDOWS_US = tuple(round(w * SECOND) for w in WINDOWS_S)


def both(actions: list[Action], posts: bool = False) -> list[Counting]:
    engine = held("duckdb")
    engine.attach("actions", table(actions))
    return [SweepCounting(load_layers(engine, ["share"], posts=posts)["share"]), SqlCounting(engine, "share")]


@settings(max_examples=120, deadline=None)
@given(actions=actions_strategy, query=queries(countable=True))
def test_co_actions_equal_the_oracle(actions: list[Action], query: CoAction):
    sweep, sql = (way.co_actions(query) for way in both(actions, posts=query.count == "actions"))
    assert as_dict(sweep) == as_dict(sql) == edges(actions, query, sweep.max_accounts)
    assert sweep.max_accounts == sql.max_accounts
    assert sweep.accounts.equals(sql.accounts)


@settings(max_examples=60, deadline=None)
@given(actions=actions_strategy)
def test_object_statistics_equal_the_oracle(actions: list[Action]):
    objects, nearest = object_statistics(actions, "share", WINDOWS_US)
    for way in both(actions):
        popularity, pairs = way.object_windows(WINDOWS_US)
        assert (
            dict(zip(way.objects.to_pylist(), zip(popularity.tolist(), pairs.tolist(), strict=True), strict=True))
            == objects
        )
        assert (popularity.dtype, pairs.dtype, pairs.shape) == (np.int32, np.int64, (len(objects), 3))
        assert sorted(way.partners(WINDOWS_US).tolist()) == sorted(nearest.values())
    sweep, sql = both(actions)
    assert sweep.partners(WINDOWS_US).tolist() == sql.partners(WINDOWS_US).tolist()
    first = sweep.first
    keys = [
        (first.objects[o].as_py(), first.accounts[a].as_py()) for o, a in zip(first.object, first.account, strict=True)
    ]
    assert dict(zip(keys, sweep.partners(WINDOWS_US).tolist(), strict=True)) == nearest


@settings(max_examples=60, deadline=None)
@given(actions=actions_strategy, most=st.integers(1, 6))
def test_rare_pairs_equal_the_oracle(actions: list[Action], most: int):
    objects, _ = object_statistics(actions, "share", WINDOWS_US)
    rare = {o for o, (n, _) in objects.items() if n <= most}
    for way in both(actions):
        ids, things = way.accounts.to_pylist(), way.objects.to_pylist()
        found = [
            (things[o], ids[s], ids[t], g)
            for s, t, o, g in zip(*(c.tolist() for c in way.rare_pairs(most)), strict=True)
        ]
        expected = [
            (o, a, b, g)
            for a in ids
            for b in ids
            if a.encode() < b.encode()
            for o, g in common(actions, "share", a, b)
            if o in rare
        ]
        assert found == sorted(expected, key=lambda r: [x.encode() for x in r[:3]])


@settings(max_examples=60, deadline=None)
@given(actions=actions_strategy)
def test_shared_objects_equal_the_oracle(actions: list[Action]):
    for way in both(actions):
        ids, things = way.accounts.to_pylist(), way.objects.to_pylist()
        pairs = [(a, b) for a in range(len(ids)) for b in range(len(ids)) if a != b]
        source, target = (np.array([p[side] for p in pairs], dtype=np.int32) for side in (0, 1))
        row, thing, gap_us = way.shared_objects(source, target)
        expected = [(r, o, g) for r, (a, b) in enumerate(pairs) for o, g in common(actions, "share", ids[a], ids[b])]
        assert [
            (r, things[o], g) for r, o, g in zip(row.tolist(), thing.tolist(), gap_us.tolist(), strict=True)
        ] == expected


def crowd(seed: int, accounts: int, objects: int, actions: int, span_s: int) -> list[Action]:
    """Random shares, popular objects and busy accounts more often, some twice, some without a time."""
    rng = np.random.default_rng(seed)
    who = (accounts * rng.random(actions) ** 2).astype(int).tolist()
    what = (objects * rng.random(actions) ** 3).astype(int).tolist()
    when = rng.integers(0, span_s * 10, actions).tolist()
    known = (rng.random(actions) > 0.02).tolist()
    return [
        Action(f"é{a}", "share", f"{o}", f"p{i // 2}", t * SECOND // 10 if k else None)
        for i, (a, o, t, k) in enumerate(zip(who, what, when, known, strict=True))
    ]


@pytest.mark.parametrize("actions", ["first", "all"])
@pytest.mark.parametrize("count", ["objects", "actions"])
def test_a_crowd_counts_the_same_on_both_and_with_any_number_of_threads(actions: str, count: str):
    world = crowd(1, accounts=150, objects=60, actions=4_000, span_s=20_000)
    query = CoAction(actions=actions, count=count, max_accounts=90)
    sweep, sql = (way.co_actions(query) for way in both(world, posts=True))
    assert len(sweep) > 1_000
    assert as_dict(sweep) == as_dict(sql)
    layer = load_layers(held("duckdb"), ["share"], posts=True)["share"]
    for threads in (1, 3):
        again = co_actions(layer, query.windows_us, max_accounts=90, actions=actions, count=count, threads=threads)
        assert np.array_equal(again.n, sweep.n)
        assert np.array_equal(again.source, sweep.source)


@pytest.mark.parametrize("actions", ["first", "all"])
def test_counts_that_outgrow_a_packed_word_are_exact(actions: str, monkeypatch: pytest.MonkeyPatch):
    """Seven windows leave seven bits a scale; these accounts meet on 700 objects, and are counted by one thread in turn."""
    monkeypatch.setattr(module, "_CHUNKS", 1)
    world = [
        Action(a, "share", str(o), f"{a}{o}", o * 7 * SECOND + late) for o in range(700) for late, a in enumerate("abc")
    ]
    world += [Action("d", "share", str(o), f"d{o}", o * 7 * SECOND + 3 * SECOND) for o in range(0, 700, 3)]
    world += [Action(a, "share", o, f"{a}{o}", 0) for a, o in (("e", "0"), ("e", "alone"), ("f", "alone"))]
    query = CoAction(windows_s=(1e-6, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0), actions=actions)
    sweep, sql = (as_dict(way.co_actions(query)) for way in both(world))
    assert sweep == sql
    assert sweep["a", "b"] == [700] * 8
    assert sweep["a", "d"] == [0, 0, 0, 234, 234, 234, 234, 234]
    assert "e" not in {account for pair in sweep for account in pair}


def test_permuted_layers_with_lonely_objects_are_counted():
    """Label permutations and held-out halves leave objects with one account, or none."""
    time_us = np.array([0, 1, 2, 3, 4, UNTIMED, 5], dtype=np.int64)
    layer = Layer(
        "share",
        np.array([0, 1, 2, 0, 1, 2, 0], dtype=np.int32),
        np.array([0, 0, 1, 3, 3, 4, 4], dtype=np.int32),
        time_us,
        pa.array(["a", "b", "c"]),
        pa.nulls(5, pa.string()),
    )
    assert as_dict(co_actions(layer, [10])) == {("a", "b"): [2, 2]}
    popularity, pairs = object_windows(layer, [0, 10])
    assert popularity.tolist() == [2, 1, 0, 2, 2]
    assert pairs.tolist() == [[0, 1], [0, 0], [0, 0], [0, 1], [0, 0]]
    assert partners(layer, [0, 10]).tolist() == [1, 1, 2, 1, 1, 2, 2]
    assert [column.tolist()[:2] for column in rare_pairs(layer, 2)[:3]] == [[0, 0], [1, 1], [0, 3]]
    assert shared_objects(layer, np.array([2]), np.array([0]))[1].tolist() == [4]


def test_an_empty_layer_gives_empty_answers():
    way = both([])[0]
    found = way.co_actions(CoAction())
    assert (len(found), found.n.shape, found.max_accounts) == (0, (0, 6), (EVERY,) * 6)
    assert way.object_windows(WINDOWS_US)[1].shape == (0, 3)
    assert len(way.partners(WINDOWS_US)) == len(way.rare_pairs(9)[0]) == 0
    assert len(way.shared_objects(np.empty(0, np.int32), np.empty(0, np.int32))[0]) == 0


def test_what_the_sweep_does_not_count_is_said():
    way = both([])[0]
    with pytest.raises(InputError, match="engine duckdb or spark"):
        way.co_actions(CoAction(loops=True))
    with pytest.raises(InputError, match="pairs of actions"):
        way.co_actions(CoAction(count="action_pairs"))


def test_popular_objects_are_left_out_alike_by_sweep_and_sql(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(popularity_caps.__kwdefaults__, "work", 300)
    world = crowd(2, accounts=60, objects=20, actions=500, span_s=100)
    query = CoAction(windows_s=WINDOWS_S)
    sweep, sql = (way.co_actions(query) for way in both(world))
    assert sweep.max_accounts == sql.max_accounts
    assert EVERY > sweep.max_accounts[2] > sweep.max_accounts[3] > 1
    assert as_dict(sweep) == as_dict(sql)
    assert as_dict(sweep) == table_as_dict(replace(query, max_accounts=sweep.max_accounts).edges(held("duckdb")))

"""What group finding works on: one object a post, comparable clocks, and halves that are measured afresh."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.detect.layer import UNTIMED, Layer, first_actions
from inconcert.network.material import MOST_PAIRS, RAREST, SEVERAL_A_POST, floored, rarest_of_each_post, shared_only
from inconcert.network.material import tested_accounts as comparable_accounts
from inconcert.network.synchrony import synchrony

from .worlds import MINUTE, SECOND, crowd, layer, material, moved

rows_strategy = st.lists(
    st.tuples(st.integers(0, 7), st.integers(0, 9), st.sampled_from([None, 0, SECOND, 61 * SECOND, 10 * MINUTE])),
    max_size=40,
)
Row = tuple[int, str, int | None]


def rows_of(data: Layer) -> list[Row]:
    names = data.objects.to_pylist()
    times = [None if t == UNTIMED else t for t in data.time_us.tolist()]
    return list(zip(data.account.tolist(), (names[o] for o in data.object.tolist()), times, strict=True))


def in_order(data: Layer) -> bool:
    key = list(zip(data.object.tolist(), data.time_us.tolist(), data.account.tolist(), strict=True))
    return key == sorted(key)


@settings(deadline=None, max_examples=100)
@given(rows=rows_strategy)
def test_of_each_post_the_object_that_fewest_accounts_used_is_kept(rows: list[tuple[int, int, int | None]]):
    data = layer(rows, accounts=8, kind="hashtag")
    audience: dict[str, set[int]] = {}
    for account, name, _ in rows_of(data):
        audience.setdefault(name, set()).add(account)
    kept: list[Row] = []
    posts: dict[tuple[int, int | None], list[Row]] = {}
    for row in rows_of(data):
        posts.setdefault((row[0], row[2]), []).append(row)
    for (_, time_us), of_post in posts.items():
        if time_us is None:  # no time: nothing says that two actions are one post
            kept += of_post
        else:
            kept.append(min(of_post, key=lambda row: (len(audience[row[1]]), row[1])))
    still: dict[str, set[int]] = {}
    for account, name, _ in kept:
        still.setdefault(name, set()).add(account)
    expected = [row for row in kept if len(still[row[1]]) >= 2]
    found = rarest_of_each_post(data)
    assert sorted(map(str, rows_of(found))) == sorted(map(str, expected))
    assert in_order(found)


@pytest.mark.parametrize("kind", ["share", "text", "reply", "hashtag_sequence"])
def test_kinds_of_which_a_post_holds_one_are_left_alone(kind: str):
    data = crowd(np.random.default_rng(1), accounts=20, objects=20, kind=kind)
    assert kind not in SEVERAL_A_POST
    assert rarest_of_each_post(data) is data


def test_people_who_once_used_the_same_eight_hashtags_met_once():
    rows = [(a, tag, a * SECOND) for a in (0, 1) for tag in range(8)]
    found = rarest_of_each_post(layer(rows, accounts=2, kind="hashtag"))
    assert len(found) == 2
    assert found.n_objects == 1


@settings(deadline=None, max_examples=60)
@given(rows=rows_strategy, drop=st.sets(st.integers(0, 7)))
def test_objects_left_with_one_account_drop_out(rows: list[tuple[int, int, int | None]], drop: set[int]):
    data = layer(rows, accounts=8)
    less = data.keep(~np.isin(data.account, list(drop)))
    found = shared_only(less)
    audience: dict[str, set[int]] = {}
    for account, name, _ in rows_of(less):
        audience.setdefault(name, set()).add(account)
    assert rows_of(found) == [row for row in rows_of(less) if len(audience[row[1]]) >= 2]
    assert found.objects.to_pylist() == sorted(n for n, who in audience.items() if len(who) >= 2)


@given(times=st.lists(st.one_of(st.none(), st.integers(-(10**9), 10**9)), min_size=2, max_size=12), resolution_s=st.sampled_from([60, 86_400]))  # fmt: skip
def test_floored_times_are_whole_steps_and_stay_in_order(times: list[int | None], resolution_s: int):
    data = layer([(a, 0, t) for a, t in enumerate(times)], accounts=12)
    found = floored(data, resolution_s)
    step = resolution_s * SECOND
    assert in_order(found)
    for account, _, time_us in rows_of(found):
        before = times[account]
        assert time_us is None if before is None else (time_us % step == 0 and 0 <= before - time_us < step)
    assert floored(data, 1) is data


def test_a_measured_layer_holds_first_actions_and_all_pairs_on_rare_objects():
    data = crowd(np.random.default_rng(5), accounts=60, objects=60)
    m = material(data)
    first = first_actions(data)
    assert rows_of(m.first) == rows_of(first)
    expected = {
        (min(a, b), max(a, b), o)
        for o in range(first.n_objects)
        for a, b in itertools.combinations(first.account[first.object == o].tolist(), 2)
        if (first.object == o).sum() <= RAREST[-1]
    }
    assert len(expected) <= MOST_PAIRS
    rows = zip(m.rare.source.tolist(), m.rare.target.tolist(), m.rare.object.tolist(), strict=True)
    assert set(rows) == expected
    assert len(m.rare.source) == len(expected)
    assert m.rare.popularity.tolist() == np.bincount(first.object)[m.rare.object].tolist()
    assert m.windows_us == m.measured.windows_us == m.counted.windows_us == m.prior.windows_us


def test_a_half_is_measured_as_if_the_rest_were_not_there():
    data = crowd(np.random.default_rng(6), accounts=60, objects=60)
    m = material(data)
    rng = np.random.default_rng(7)
    objects = rng.random(m.first.n_objects) < 0.5
    actions = rng.random(len(m.first)) < 0.8
    for mask, half in ((objects[m.first.object], m.half(objects)), (objects[m.first.object] & actions, m.half(objects, actions))):  # fmt: skip
        alone = shared_only(m.first.keep(mask))
        assert rows_of(half.first) == rows_of(alone)
        again = synchrony(alone, m.windows_us)
        assert half.measured.pairs.tolist() == again.pairs.tolist()
        assert half.measured.partner.tolist() == again.partner.tolist()
        assert half.rare.popularity.tolist() == again.popularity[half.rare.object].tolist()
        assert half.prior is m.prior
        assert half.first.accounts is m.first.accounts


def test_accounts_that_could_be_paired_are_those_with_a_shared_object_in_any_kind():
    one = layer([(0, 0, 0), (1, 0, 0), (5, 1, 0)], accounts=9)
    other = moved(layer([(1, 0, 0), (7, 0, 0)], accounts=9), "url")
    assert comparable_accounts({"share": material(one), "url": material(other)}) == 3

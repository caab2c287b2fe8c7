"""Copies in which nobody acts with anybody: what they keep exactly, and that they are drawn from all such copies alike."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.detect.layer import UNTIMED, Layer
from inconcert.network.permute import _trade, permutation_p, permute_labels

from .worlds import HOUR, MINUTE, at_most, crowd, joined, layer, ring

incidences = st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 5)), st.sampled_from([None, 0, 5, MINUTE, HOUR]), max_size=45)  # fmt: skip


@settings(deadline=None, max_examples=80)
@given(acts=incidences, seed=st.integers(0, 999))
def test_permuted_labels_keep_activity_popularity_and_every_clock(acts: dict[tuple[int, int], int | None], seed: int):
    """All slots stay; only where an account comes to stand twice on one object is the later of its two actions lost."""
    data = layer([(a, o, t) for (a, o), t in acts.items()], accounts=10)
    found = permute_labels(data, np.random.default_rng(seed))
    slots = Counter(zip(data.object.tolist(), data.time_us.tolist(), strict=True))
    left = Counter(zip(found.object.tolist(), found.time_us.tolist(), strict=True))
    assert left <= slots
    assert Counter(found.account.tolist()) <= Counter(data.account.tolist())
    met = list(zip(found.object.tolist(), found.account.tolist(), strict=True))
    assert len(met) == len(set(met))
    order = np.random.default_rng(seed).permutation(len(data))
    assert len(found) == len(set(zip(data.object.tolist(), data.account[order].tolist(), strict=True)))


def test_labels_that_meet_no_object_twice_are_all_kept():
    data = layer([(a, a // 4, a) for a in range(80)], accounts=80)
    found = permute_labels(data, np.random.default_rng(1))
    assert sorted(found.account.tolist()) == list(range(80))
    assert found.time_us.tolist() == data.time_us.tolist()
    assert found.account.tolist() != data.account.tolist()


@settings(deadline=None, max_examples=60)
@given(acts=incidences, seed=st.integers(0, 999), sweeps=st.integers(1, 5))
def test_curveball_keeps_every_degree_exactly(acts: dict[tuple[int, int], int | None], seed: int, sweeps: int):
    data = layer([(a, o, t) for (a, o), t in acts.items()], accounts=10)
    account, start = data.account.copy(), data.starts()
    rng, mark = np.random.default_rng(seed), np.full(10, -1, dtype=np.int64)
    for _ in range(sweeps):
        _trade(account, start, rng.permutation(data.n_objects), mark, int(rng.integers(2**62)))
    assert np.bincount(account, minlength=10).tolist() == np.bincount(data.account, minlength=10).tolist()
    for begin, end in itertools.pairwise(start.tolist()):
        assert len(set(account[begin:end].tolist())) == end - begin
    assert (mark == -1).all()


def p_values(data: Layer, groups: list[list[int]], window_us: int, permutations: int, seed: int = 1) -> np.ndarray:
    p, copies = permutation_p(
        data, np.ones(data.n_objects, bool), [np.array(g, np.int32) for g in groups], window_us,
        permutations=permutations, work=10**9, rng=np.random.default_rng(seed),
    )  # fmt: skip
    assert copies == permutations
    return p


def test_copies_are_drawn_alike_from_all_matrices_of_these_degrees():
    """Every 0/1 matrix of the same rows and columns enumerated; the permutation p-value is the share of them."""
    gaps = (MINUTE, MINUTE, 10 * HOUR, 10 * HOUR)
    rows = [(0, 0), (1, 0), (0, 1), (1, 1), (0, 2), (2, 2), (3, 3), (2, 3)]
    slots = [[0, gap] for gap in gaps]
    data = layer([(a, o, slots[o][place % 2]) for place, (a, o) in enumerate(rows)], accounts=4)
    degree = Counter(a for a, _ in rows)

    def arrangements() -> list[tuple[tuple[int, ...], ...]]:
        """Who stands in which slot of each object, over all matrices with these degrees, every order of slots."""
        per_object = [list(itertools.permutations(range(4), len(times))) for times in slots]
        return [whole for whole in itertools.product(*per_object) if Counter(itertools.chain(*whole)) == degree]

    def statistic(whole: tuple[tuple[int, ...], ...], group: set[int], window_us: int) -> int:
        return sum(
            {a, b} <= group and abs(s - t) <= window_us
            for who, times in zip(whole, slots, strict=True)
            for (a, s), (b, t) in itertools.combinations(zip(who, times, strict=True), 2)
        )

    everything = arrangements()
    names = data.starts().tolist()
    observed_slots = tuple(tuple(data.account[i:j].tolist()) for i, j in itertools.pairwise(names))
    for group, window_us in (({0, 1}, HOUR), ({0, 1}, 20 * HOUR), ({2, 3}, 20 * HOUR)):
        observed = statistic(observed_slots, group, window_us)
        exact = np.mean([statistic(whole, group, window_us) >= observed for whole in everything])
        assert 0.02 < exact < 0.98
        assert observed > 0
        found = p_values(data, [sorted(group)], window_us, permutations=8_000)[0]
        # successive copies are not independent, so their effective number is put at a quarter
        assert found == pytest.approx(exact, abs=4.5 * np.sqrt(exact * (1 - exact) / 2_000))


def test_permutation_p_values_are_valid_where_groups_do_not_exist():
    p = []
    for seed in range(60):
        rng = np.random.default_rng([51, seed])
        data = crowd(rng, accounts=120, objects=80)
        groups = rng.permutation(120)[:60].reshape(3, 20)
        p += p_values(data, np.sort(groups, axis=1).tolist(), HOUR, permutations=99, seed=seed).tolist()
    for level in (0.5, 0.1, 0.05, 0.02):
        assert at_most(sum(x <= level for x in p), len(p), level)
    assert np.mean(np.array(p) <= 0.5) > 0.25  # not blind


def test_a_ring_has_the_smallest_p_value_there_is_and_bystanders_do_not():
    rng = np.random.default_rng(52)
    members = [3, 50, 61, 99, 110]
    data = joined(crowd(rng, accounts=120, objects=80), ring(rng, members, accounts=120))
    p = p_values(data, [members, [1, 2, 4, 5, 6]], MINUTE, permutations=199)
    assert p[0] == 1 / 200
    assert p[1] > 0.05


def test_only_chosen_objects_and_timed_actions_count():
    rng = np.random.default_rng(53)
    people, members = crowd(rng, accounts=60, objects=40), [1, 2, 3, 4, 5]
    data = joined(people, ring(rng, members, accounts=60))
    chosen = np.arange(data.n_objects) < people.n_objects
    group = [np.array(members, np.int32)]
    p, copies = permutation_p(data, chosen, group, MINUTE, permutations=99, work=10**9, rng=rng)
    assert copies == 99
    assert p[0] > 0.05
    timeless = layer([(a, o, None) for o in range(9) for a in range(9)], accounts=9)
    assert (timeless.time_us == UNTIMED).all()
    p, _ = permutation_p(timeless, np.ones(9, bool), [np.array([0, 1, 2], np.int32)], HOUR, permutations=99, work=10**9, rng=rng)  # fmt: skip
    assert p.tolist() == [1.0]


def test_work_that_affords_no_hundred_copies_draws_none_and_claims_nothing():
    rng = np.random.default_rng(54)
    data = joined(crowd(rng, accounts=60, objects=40), ring(rng, [1, 2, 3, 4, 5], accounts=60))
    chosen, group = np.ones(data.n_objects, bool), [np.array([1, 2, 3, 4, 5], np.int32)]
    p, copies = permutation_p(data, chosen, group, MINUTE, permutations=999, work=len(data) * 2 * 90, rng=rng)
    assert (p.tolist(), copies) == ([1.0], 0)
    p, copies = permutation_p(data, chosen, group, MINUTE, permutations=999, work=len(data) * 2 * 300, rng=rng)
    assert 99 <= copies < 300
    assert p[0] == 1 / (1 + copies)

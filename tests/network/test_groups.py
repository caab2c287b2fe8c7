"""Groups: hopeless ones are not tested on, parts and repetitions give way, and the crowd's members are left out."""

from __future__ import annotations

import functools
import itertools
from collections import Counter
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.network import groups as module
from inconcert.network.candidates import Candidate
from inconcert.network.confirm import Heldout
from inconcert.network.discover import STRICT, discover
from inconcert.network.groups import (
    FEWEST,
    Group,
    _once,
    fallen_apart,
    find_groups,
    merge,
    shared,
    untouched,
    without_passers_by,
)
from inconcert.network.halves import Halves
from inconcert.network.material import Material
from inconcert.network.multiple import benjamini_hochberg
from inconcert.network.trials import Trial, split_trials

from .worlds import DAY, SECOND, crowd, joined, layer, material, ring

ALPHA = 0.01


def candidate(members: Sequence[int], found_by: str = "components") -> Candidate:
    return Candidate(np.array(sorted(members), dtype=np.int32), "share", 1, 15, found_by)


def group(members: Sequence[int], p_value: float = 0.001, found_by: str = "components") -> Group:
    found = candidate(members, found_by)
    return Group(found, found, p_value, p_value, ())


def members_of(found: Sequence[Group]) -> list[list[int]]:
    return [g.members.tolist() for g in found]


# Groups that fall apart --------------------------------------------------------------------------------------------------

TEN = group(range(10))


@pytest.mark.parametrize(
    ("smaller", "apart"),
    [
        ([], False),
        ([group(range(9))], False),  # one part is the same circle under stricter links
        ([group(range(4)), group(range(4, 8))], True),
        ([group(range(3)), group(range(4, 8))], False),  # seven of ten
        ([group(range(2)), group(range(2, 5)), group(range(5, 8))], True),
        ([group(range(4), found_by="meetings"), group(range(4, 8), found_by="linked pairs")], True),
        ([group(range(4), found_by="communities"), group(range(4, 8))], False),  # a community is a cut like any other
        ([group(range(4)), group(range(4, 8), found_by="pairs")], False),
        ([group(range(6)), group(range(5, 10))], False),  # parts that overlap are one
        ([group(range(6)), group(range(5, 10)), group(range(6, 10))], True),
        ([group(range(4)), group([4, 5, 6, 7, 50, 51])], True),  # most of a part lies inside, and only that counts
        ([group(range(4)), group([4, 5, 6, 50, 51, 52])], False),  # half of it does not
        ([group(range(4)), group([4, 5, 6, 7, 8, *range(50, 54)])], True),
        ([group(range(10)), group(range(4, 8))], False),  # as large as the group: no part of it
    ],
)
def test_a_group_falls_apart_into_circles_that_hold_most_of_it(smaller: list[Group], apart: bool):
    assert fallen_apart(TEN, smaller) is apart
    assert fallen_apart(TEN, smaller[::-1]) is apart


@given(cut=st.lists(st.integers(0, 9), max_size=4), held=st.integers(0, 20))
def test_disjoint_parts_count_by_the_members_they_hold(cut: list[int], held: int):
    """Members 0 to held of twenty, cut anywhere."""
    bounds = sorted({0, held, *(c for c in cut if c < held)})
    parts = [list(range(a, b)) for a, b in itertools.pairwise(bounds)]
    proper = [part for part in parts if len(part) < 20]
    apart = len(proper) >= 2 and sum(map(len, proper)) >= 15
    assert fallen_apart(group(range(20)), [group(part) for part in parts]) is apart


# The same group seen again -----------------------------------------------------------------------------------------------


def test_of_groups_that_share_most_members_the_strongest_is_kept():
    weak, strong, other = group(range(10), 0.004), group(range(4, 12), 0.001), group(range(20, 30), 0.002)
    assert members_of(merge([weak, other, strong])) == [list(range(4, 12)), list(range(20, 30))]


def test_of_equally_strong_ones_the_largest_is_kept_and_half_is_not_most():
    small, large, touching = group(range(4)), group(range(8)), group([6, 7, 20, 21])
    assert members_of(merge([small, touching, large])) == [list(range(8)), [6, 7, 20, 21]]


def test_a_group_gives_way_only_to_one_that_is_kept():
    """The middle one gives way to the first; the last shares nothing with that."""
    first, middle, last = group(range(6), 0.001), group(range(2, 10), 0.002), group(range(6, 12), 0.003)
    assert members_of(merge([last, middle, first])) == [list(range(6)), list(range(6, 12))]


drawn = st.lists(
    st.tuples(st.sets(st.integers(0, 14), min_size=1), st.sampled_from([0.001, 0.002, 0.003])), max_size=12
)


@given(found=drawn, seed=st.integers(0, 9))
def test_what_is_kept_differs_and_what_is_not_is_weaker(found: list[tuple[set[int], float]], seed: int):
    every = [group(sorted(members), p) for members, p in found]
    kept = merge(every)
    assert [g.p_value for g in kept] == sorted(g.p_value for g in kept)
    names = [id(g) for g in kept]
    for i, one in enumerate(kept):
        assert all(shared(one.members, other.members) <= 0.5 for other in kept[:i])
    for dropped in (g for g in every if id(g) not in names):
        assert any(shared(dropped.members, k.members) > 0.5 and k.p_value <= dropped.p_value for k in kept)
    if len({(g.p_value, len(g.members), int(g.members[0])) for g in every}) == len(every):
        order = np.random.default_rng(seed).permutation(len(every))
        assert members_of(merge([every[i] for i in order])) == members_of(kept)


# Passers-by --------------------------------------------------------------------------------------------------------------

ACCOUNTS = 250
RING = list(range(4, 250, 20))


def with_passers_by(guests: Sequence[int], far: int, seed: int = 1) -> dict[str, Material]:
    """A ring; each guest shares one of its objects in time and `far` of them days later."""
    rng = np.random.default_rng([95, seed])
    act = ring(rng, RING, accounts=ACCOUNTS, objects=60, joins=0.7)
    rows = list(zip(act.account.tolist(), act.object.tolist(), act.time_us.tolist(), strict=True))
    for g in guests:
        things = rng.permutation(60)[: far + 1].tolist()
        moments = {o: min(t for _, other, t in rows[: len(act)] if other == o) for o in things}
        rows.append((g, things[0], moments[things[0]] + 30 * SECOND))
        rows += [(g, o, moments[o] + int(rng.uniform(2, 9) * DAY)) for o in things[1:]]
    return {"share": material(joined(crowd(rng, accounts=ACCOUNTS), layer(rows, accounts=ACCOUNTS)))}


def test_passers_by_are_left_out_and_what_was_found_is_remembered():
    found = with_passers_by([0, 1], far=40)
    whole = group([0, 1, *RING])
    [left] = without_passers_by(found, [whole])
    assert left.members.tolist() == RING
    assert left.found is whole.found
    assert (left.p_value, left.q_value, left.candidate.search) == (whole.p_value, whole.q_value, whole.found.search)


def test_a_group_of_which_a_couple_is_left_is_no_group():
    """Two friends, and three accounts that met them once and shared the rest of their posts days later."""
    for friends in ((0, 1), (0, 1, 5)):
        rng = np.random.default_rng(96)
        rows = [(a, o, int(o * DAY / 2 + a * SECOND)) for o in range(40) for a in friends]
        rows += [(a, a, int(a * DAY / 2 + a * SECOND)) for a in (2, 3, 4)]
        rows += [(a, o, int(o * DAY / 2 + rng.uniform(2, 9) * DAY)) for o in range(5, 40) for a in (2, 3, 4)]
        found = {"share": material(joined(crowd(rng, accounts=ACCOUNTS), layer(rows, accounts=ACCOUNTS)))}
        left = members_of(without_passers_by(found, [group(sorted({*friends, 2, 3, 4}))]))
        assert left == ([list(friends)] if len(friends) >= FEWEST else [])


def test_the_crowd_is_read_from_objects_that_no_group_touched():
    data = layer([(0, 0, 0), (1, 0, 0), (1, 1, 0), (2, 1, 0), (3, 2, 0), (4, 2, 0)], accounts=6)
    found = material(data)
    assert untouched(found, []).tolist() == [True, True, True]
    assert untouched(found, [group([0, 5])]).tolist() == [False, True, True]
    assert untouched(found, [group([0]), group([3, 4])]).tolist() == [False, True, False]


# Testing what can still be confirmed -------------------------------------------------------------------------------------


def combined(candidates: Sequence[Candidate], p_values: Sequence[Sequence[float | None]]) -> list[tuple[float, float]]:
    """p and q of each candidate from its p-values in all splits: twice the median, and Benjamini-Hochberg with an equal share
    for each way of searching."""
    ways = Counter(c.found_by for c in candidates)
    p = [min(1.0, 2 * float(np.median([1.0 if x is None else x for x in each]))) for each in p_values]
    weighted = [x * len(ways) * ways[c.found_by] / max(len(candidates), 1) for x, c in zip(p, candidates, strict=True)]
    return [(x, max(float(q), x)) for x, q in zip(p, benjamini_hochberg(weighted), strict=True)]


Named = list[tuple[list[int], float, float]]


def made_up(
    monkeypatch: pytest.MonkeyPatch, candidates: list[Candidate], p_values: list[list[float | None]]
) -> tuple[Named, list[list[int]]]:
    """find_groups on disjoint candidates with these p-values in each split; also the candidates tested in each split."""
    place = {c.members.tobytes(): i for i, c in enumerate(candidates)}
    tested: list[list[int]] = []

    def trials(_: object, __: int, number: int, asked: Sequence[Candidate]) -> list[Trial | None]:
        rows = [place[c.members.tobytes()] for c in asked]
        tested.append(rows)
        return [
            None if p is None else Trial(candidates[row], Heldout(1, 1, 1.0, p), Halves({}, {}))
            for row in rows
            for p in (p_values[row][number],)
        ]

    with monkeypatch.context() as patched:
        patched.setattr(module, "discover", lambda *_, **__: [candidates])
        patched.setattr(module, "split_trials", trials)
        patched.setattr(module, "without_passers_by", lambda _, found: found)
        found = find_groups({}, alpha=ALPHA, seed=1, splits=len(p_values[0]) if p_values else 1)
    return sorted((g.members.tolist(), g.p_value, g.q_value) for g in found), tested


def naive(candidates: list[Candidate], p_values: list[list[float | None]]) -> Named:
    judged = zip(candidates, combined(candidates, p_values), strict=True)
    return sorted((c.members.tolist(), p, q) for c, (p, q) in judged if q <= ALPHA)


def separate(n: int, found_by: str, shift: int = 0) -> list[Candidate]:
    return [candidate(range(10 * i + shift, 10 * i + shift + 5), found_by) for i in range(n)]


some_p = st.sampled_from([None, 1e-6, 0.001, ALPHA / 2, ALPHA / 2 * (1 + 1e-9), 0.006, ALPHA, 0.3])


@settings(max_examples=200, deadline=None)
@given(splits=st.sampled_from([1, 3, 5, 7]), data=st.data())
def test_with_an_odd_number_of_splits_testing_to_the_last_changes_nothing(splits: int, data: st.DataObject):
    one = st.lists(some_p, min_size=splits, max_size=splits)
    p_values = data.draw(st.lists(one, min_size=1, max_size=8))
    candidates = separate(len(p_values), "components")
    with pytest.MonkeyPatch.context() as monkeypatch:
        found, tested = made_up(monkeypatch, candidates, p_values)
    assert [row[0] for row in found] == [row[0] for row in naive(candidates, p_values)]
    for mine, theirs in zip(found, naive(candidates, p_values), strict=True):
        assert mine[1:] == pytest.approx(theirs[1:])
    for number, rows in enumerate(tested):
        for row, each in enumerate(p_values):
            below = sum(p is not None and p <= ALPHA / 2 for p in each[:number])
            assert (row in rows) == (below + splits - number > splits / 2)


@pytest.mark.parametrize(
    "p_values", [[0.006, 0.001], [0.001, 0.006], [0.3, 0.006, 0.001, 0.001], [1e-4, 1e-4, 0.008, None]]
)
def test_with_an_even_number_of_splits_testing_to_the_last_changes_nothing(
    monkeypatch: pytest.MonkeyPatch, p_values: list[float | None]
):
    """The median lies between the two middle ones, of which one may be above alpha / 2."""
    [found] = naive(separate(1, "components"), [p_values])
    assert found[1] <= ALPHA
    assert made_up(monkeypatch, separate(1, "components"), [p_values])[0] == [found]


def test_a_group_that_misses_by_little_does_not_cost_others_their_confirmation(monkeypatch: pytest.MonkeyPatch):
    """Its way of searching has few candidates, so its share of alpha is large, and its rank counts for the others."""
    candidates = [*separate(9, "components"), *separate(1, "meetings", shift=500)]
    strong, middling, near = [1e-5] * 5, [0.0011] * 5, [0.3, 0.006, 0.006, 0.006, 0.006]
    p_values: list[list[float | None]] = [strong, strong, middling, *([None] * 5 for _ in range(6)), [*near]]
    expected = naive(candidates, p_values)
    assert len(expected) == 3
    assert made_up(monkeypatch, candidates, p_values)[0] == expected


def test_nothing_is_tested_where_nothing_was_found(monkeypatch: pytest.MonkeyPatch):
    assert made_up(monkeypatch, [], []) == ([], [])


@functools.cache
def two_circles(seed: int) -> dict[str, Material]:
    rng = np.random.default_rng([97, seed])
    return {
        kind: material(
            joined(
                crowd(rng, accounts=150, objects=120, kind=kind),
                ring(rng, range(0, 60, 5), accounts=150, objects=24, joins=0.5, kind=kind),
                ring(rng, range(57, 150, 10), accounts=150, objects=24, joins=0.5, kind=kind),
            )
        )
        for kind in ("share", "text")
    }


@pytest.mark.parametrize("seed", range(4))
def test_in_a_world_of_two_rings_testing_to_the_last_changes_nothing(seed: int):
    found = two_circles(seed)
    everything = _once([c for each in discover(found, 1, largest_q=(STRICT,)) for c in each])
    splits = [split_trials(found, 1, number, everything) for number in range(5)]
    p_values = [[None if t is None else t.heldout.p_value for t in trials] for trials in zip(*splits, strict=True)]
    judged = [Group(c, c, p, q, ()) for c, (p, q) in zip(everything, combined(everything, p_values), strict=True)]
    whole: list[Group] = []
    confirmed = [g for g in judged if g.q_value <= ALPHA]
    for g in sorted(without_passers_by(found, confirmed), key=lambda g: len(g.members)):
        if not fallen_apart(g, whole):
            whole.append(g)
    expected = [(g.members.tolist(), g.found.search, g.p_value, g.q_value) for g in merge(whole)]
    assert expected
    got = [(g.members.tolist(), g.found.search, g.p_value, g.q_value) for g in find_groups(found, alpha=ALPHA, seed=1)]
    assert [row[:2] for row in got] == [row[:2] for row in expected]
    assert [row[2:] for row in got] == [pytest.approx(row[2:]) for row in expected]


def test_both_rings_are_found_and_the_whole_of_them_gives_way():
    """One account more joins the two; the strictest searches still tell them apart."""
    found = find_groups(two_circles(0), alpha=ALPHA, seed=1)
    rings = [set(range(0, 60, 5)), set(range(57, 150, 10))]
    for members in rings:
        assert any(len(members & set(g.members.tolist())) >= 0.9 * len(members) for g in found)
    assert all(g.q_value <= ALPHA and g.p_value <= g.q_value for g in found)

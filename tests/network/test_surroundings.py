"""What groups are seen against on an object: the others there, and the clocks of the members themselves."""

from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from inconcert.detect.layer import UNTIMED, Layer
from inconcert.network.surroundings import MOST_MEMBERS, surroundings

from .worlds import DAY, HOUR, MINUTE, SECOND, crowd, layer

WINDOWS = (10 * SECOND, MINUTE, HOUR)
times = st.one_of(st.none(), st.sampled_from([0, 10 * SECOND, 11 * SECOND, 70 * SECOND, HOUR, HOUR + MINUTE, 3 * DAY]))
incidences = st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 7)), times, max_size=60)
groupings = st.lists(st.integers(-1, 2), min_size=10, max_size=10)

Acts = list[tuple[int, int, int]]


def acts(data: Layer) -> Acts:
    return list(zip(data.account.tolist(), data.object.tolist(), data.time_us.tolist(), strict=True))


def clock_by_hand(rows: Acts, label: list[int], thing: int, group: int, window_us: int) -> float:
    """For each two members on the object: at how many of its other moments would the second have been near the first?"""
    mine = [(a, o, t) for a, o, t in rows if label[a] == group and t != UNTIMED]
    here = [(a, t) for a, o, t in mine if o == thing]
    chances = []
    for (_, when), (other, _) in itertools.permutations(here, 2):
        elsewhere = [t for a, o, t in mine if a == other and o != thing]
        if elsewhere:
            chances.append(sum(abs(t - when) <= window_us for t in elsewhere) / len(elsewhere))
    return sum(chances) / len(chances) if chances else 0.0


@settings(deadline=None, max_examples=150)
@given(rows=incidences, label=groupings)
def test_a_members_clock_is_that_of_its_other_moments(rows: dict[tuple[int, int], int | None], label: list[int]):
    data = layer([(a, o, t) for (a, o), t in rows.items()], accounts=10)
    things = np.arange(data.n_objects)
    around = surroundings(data, things, np.array(label, dtype=np.int64), WINDOWS)
    for group, (w, window_us) in itertools.product(range(3), enumerate(WINDOWS)):
        expected = [clock_by_hand(acts(data), label, thing, group, window_us) for thing in range(data.n_objects)]
        assert around.own_clock(things, group, w) == pytest.approx(expected)


@settings(deadline=None, max_examples=120)
@given(rows=incidences, label=groupings, data_=st.data())
def test_the_others_of_an_object_are_those_in_no_group(
    rows: dict[tuple[int, int], int | None], label: list[int], data_: st.DataObject
):
    """On the objects asked for, and nothing on the rest."""
    data = layer([(a, o, t) for (a, o), t in rows.items()], accounts=10)
    asked = data_.draw(st.sets(st.integers(0, max(data.n_objects - 1, 0)))) if data.n_objects else set()
    things = np.array(sorted(asked), dtype=np.int64)
    around = surroundings(data, things, np.array(label, dtype=np.int64), WINDOWS)
    assert around.others.shape == around.popularity.shape == (data.n_objects,)
    assert around.within.shape == (data.n_objects, len(WINDOWS))
    for thing in range(data.n_objects):
        audience = [(a, t) for a, o, t in acts(data) if o == thing]
        others = [t for a, t in audience if label[a] < 0]
        gaps = [abs(s - t) for s, t in itertools.combinations(others, 2) if UNTIMED not in (s, t)]
        if thing in asked:
            assert around.popularity[thing] == len(audience)
            assert around.others[thing] == len(others)
            assert around.within[thing].tolist() == [sum(gap <= w for gap in gaps) for w in WINDOWS]
        else:
            assert around.popularity[thing] == around.others[thing] == around.within[thing].sum() == 0


def audience(rng: np.random.Generator, span_us: int, *, accounts: int = 20, objects: int = 30) -> Layer:
    """Everybody acts on everything, each time at a moment of the span."""
    rows = [(a, o, int(rng.uniform(0, span_us))) for o in range(objects) for a in range(accounts)]
    return layer(rows, accounts=accounts)


def clocks(data: Layer, window_us: int) -> np.ndarray:
    things = np.arange(data.n_objects)
    everybody = np.zeros(data.n_accounts, np.int64)
    return surroundings(data, things, everybody, (window_us,)).own_clock(things, 0, 0)


def test_an_audience_of_one_hour_is_near_itself_at_one_hour_whatever_it_does():
    found = clocks(audience(np.random.default_rng(1), HOUR), HOUR)
    assert found.tolist() == [1.0] * len(found)


@pytest.mark.parametrize("window_us", [MINUTE, HOUR, 6 * HOUR])
def test_a_group_of_all_month_is_near_itself_as_often_as_the_window_is_wide(window_us: int):
    """Two moments of a month lie within w of each other with chance 2 w / month - (w / month)^2. On an object each of
    20 x 19 x 29 of them are compared, two and two independent, and over all objects each twice."""
    month, compared = 28 * DAY, 20 * 19 * 29
    found = clocks(audience(np.random.default_rng(2), month), window_us)
    chance = 2 * window_us / month - (window_us / month) ** 2
    assert chance < 0.02
    assert found.mean() == pytest.approx(chance, abs=5 * np.sqrt(2 * chance / (30 * compared)))
    assert (found * compared <= poisson.isf(1e-6, chance * compared)).all()


def test_what_the_members_do_in_one_second_lies_above_their_clock():
    """The audience of an hour that posts each text within a second: at ten seconds its clock says some seconds in an hour."""
    rng = np.random.default_rng(3)
    rows = [(a, o, int(o * 2 * MINUTE + rng.uniform(0, SECOND))) for o in range(30) for a in range(20)]
    data = layer(rows, accounts=20)
    assert clocks(data, 10 * SECOND).tolist() == [0.0] * 30
    assert (clocks(data, HOUR) == 1.0).all()


def test_members_who_did_nothing_else_say_nothing():
    data = layer([(a, 0, a) for a in range(5)], accounts=5)
    assert clocks(data, HOUR).tolist() == [0.0]
    with_one = layer(
        [*((a, 0, a) for a in range(5)), (0, 1, DAY), (5, 1, DAY), (5, 2, 3 * DAY), (0, 2, HOUR)], accounts=6
    )
    # of account 0, the only one with other moments here, one of two lies within an hour and a second of the others' times
    assert clocks(with_one, HOUR + SECOND)[0] == pytest.approx(0.5)


@pytest.mark.parametrize("members", [MOST_MEMBERS + 1, 2 * MOST_MEMBERS - 1, 100])
def test_of_many_members_some_spread_over_the_times_stand_for_all(members: int):
    """Two dozen of them, at least: the mean over those lies as near that of all as such a sample does."""
    rng = np.random.default_rng([4, members])
    rows = [(a, 0, int(rng.exponential(4 * HOUR))) for a in range(members)]
    rows += [(a, 1 + o, int(rng.uniform(0, 8 * HOUR))) for a in range(members) for o in rng.permutation(40)[:12]]
    data = layer(rows, accounts=members)
    found = clocks(data, HOUR)[0]
    everybody = [0] * members
    whole = clock_by_hand(acts(data), everybody, 0, 0, HOUR)
    # each chance lies in [0, 1]; the mean over 24 of either side
    assert abs(found - whole) <= 4 * np.sqrt(whole * (1 - whole) / MOST_MEMBERS)
    assert 0.05 < whole < 0.5


def test_groups_are_not_mixed_up():
    """Two groups of one family on the same objects: one meets everywhere, one nowhere else."""
    rows = [(a, o, o * DAY + a * SECOND) for o in range(4) for a in range(3)]
    rows += [(a, 4 + o, a * SECOND) for o in range(4) for a in range(3, 6)] + [(a, 0, a * SECOND) for a in range(3, 6)]
    data = layer(rows, accounts=6)
    around = surroundings(data, np.arange(data.n_objects), np.array([0, 0, 0, 1, 1, 1]), WINDOWS)
    assert around.own_clock(np.array([0, 1, 4]), 0, 2).tolist() == [0.0, 0.0, 0.0]
    assert around.own_clock(np.array([0, 4]), 1, 2).tolist() == [1.0, 1.0]


def test_objects_may_be_asked_for_twice_and_in_any_order():
    data = crowd(np.random.default_rng(5), accounts=60, objects=40)
    label = np.where(np.arange(60) < 20, 0, -1)
    around = surroundings(data, np.arange(data.n_objects), label, WINDOWS)
    each = around.own_clock(np.arange(data.n_objects), 0, 2)
    order = np.array([7, 3, 3, 0, data.n_objects - 1])
    assert around.own_clock(order, 0, 2).tolist() == each[order].tolist()

"""Confirmation: counted right, on actions nobody searched, and valid whatever a few busy members do."""

from __future__ import annotations

import itertools
from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit, logit

from inconcert.detect.layer import UNTIMED, Layer
from inconcert.network.candidates import Candidate
from inconcert.network.confirm import Units, day_shifted, heldout, inside, labels, units, unused
from inconcert.network.halves import split
from inconcert.network.material import Material
from inconcert.network.reference import observe, rates
from inconcert.network.surroundings import surroundings

from .worlds import DAY, HOUR, MINUTE, SECOND, at_most, crowd, joined, layer, material, ring

WINDOWS = (10 * SECOND, MINUTE, HOUR)
times = st.one_of(st.none(), st.sampled_from([0, 10 * SECOND, 11 * SECOND, 70 * SECOND, HOUR, 3 * DAY]))
incidences = st.dictionaries(st.tuples(st.integers(0, 9), st.integers(0, 5)), times, max_size=45)
groupings = st.lists(st.integers(-1, 2), min_size=10, max_size=10)


def group(members: list[int], kind: str = "share", window: int = 0) -> Candidate:
    return Candidate(np.array(sorted(members), dtype=np.int32), kind, window, 0, "components")


# Counting ----------------------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=120)
@given(acts=incidences, label=groupings, seed=st.integers(0, 99))
def test_what_members_did_together_is_counted_one_by_one(
    acts: dict[tuple[int, int], int | None], label: list[int], seed: int
):
    data = layer([(a, o, t) for (a, o), t in acts.items()], accounts=10)
    found = inside(data, np.array(label, dtype=np.int64), WINDOWS, np.random.default_rng(seed))
    expected = {}
    for thing, g in itertools.product(range(data.n_objects), range(3)):
        mine = (data.object == thing) & (np.array(label)[data.account] == g)
        who, when = data.account[mine].tolist(), data.time_us[mine].tolist()
        if len(who) >= 2:
            gaps = [abs(s - t) for s, t in itertools.combinations(when, 2) if UNTIMED not in (s, t)]
            expected[thing, g] = (set(who), [sum(gap <= w for gap in gaps) for w in WINDOWS])
    rows = list(zip(found.object.tolist(), found.group.tolist(), strict=True))
    assert sorted(rows) == sorted(expected)
    for row, key in enumerate(rows):
        who, within = expected[key]
        assert found.members[row] == len(who)
        assert found.within[row].tolist() == within
        assert found.first[row] < found.second[row]
        assert {found.first[row], found.second[row]} <= who
        for w in range(len(WINDOWS)):
            assert found.share(w)[row] == pytest.approx(within[w] / (len(who) * (len(who) - 1) / 2))


def test_every_pair_of_members_is_booked_as_often_as_any_other():
    data = layer([(a, o, o * DAY + a) for o in range(3_000) for a in range(4)], accounts=4)
    found = inside(data, np.zeros(4, np.int64), WINDOWS, np.random.default_rng(1))
    counts = Counter(zip(found.first.tolist(), found.second.tolist(), strict=True))
    assert len(counts) == 6
    assert all(abs(n - 500) < 5 * np.sqrt(500) for n in counts.values())


def test_labels_name_each_account_its_group():
    assert labels([group([1, 4]), group([0])], 6).tolist() == [1, 0, -1, -1, 0, -1]


# Validity ----------------------------------------------------------------------------------------------------------------


def evidence(share: list[float], rate: list[float], pair: list[int]) -> Units:
    """Rows of known ordinary rates, all of one weight and without doubt."""
    n = len(share)
    return Units(np.array(share), np.ones(n), logit(np.array(rate)), np.zeros(n), np.array(pair, dtype=np.int64))


@settings(deadline=None, max_examples=60)
@given(
    rate=st.lists(st.floats(0.02, 0.95), min_size=1, max_size=8),
    pair=st.lists(st.integers(0, 3), min_size=8, max_size=8),
)
def test_the_bound_holds_over_all_outcomes_however_the_objects_are_booked(rate: list[float], pair: list[int]):
    """Rows of one couple are averaged, also rows of very different rates: the mean is held against the mean of the rates."""
    fortune, tail = 0.0, []
    for outcome in itertools.product((0.0, 1.0), repeat=len(rate)):
        chance = float(np.prod(np.where(np.array(outcome) > 0, rate, 1 - np.array(rate))))
        p = heldout([evidence(list(outcome), rate, pair[: len(rate)])]).p_value
        fortune += chance / p if p < 1 else 0.0
        tail.append((p, chance))
    assert fortune <= 1 + 1e-9
    for alpha, _ in tail:
        assert sum(c for p, c in tail if p <= alpha) <= alpha + 1e-9


def trial(m: Material, members: list[int], *, seed: int = 1) -> list[float]:
    """p-value at each window of a group that was fixed beforehand, on all the data."""
    reference = rates(m.prior, observe(m.measured))
    label = labels([group(members)], m.first.n_accounts)
    found = inside(m.first, label, m.windows_us, np.random.default_rng(seed))
    around = surroundings(m.first, found.object, label, m.windows_us)
    size = int((label == 0).sum())
    return [heldout([units(found, 0, size, w, around, reference)]).p_value for w in range(len(m.windows_us))]


def events(rng: np.random.Generator) -> Layer:
    """A quiet crowd, and forty moments each of which sets a tenth of it off within seconds."""
    rows = [
        (int(a), o, int(o * DAY / 2 + rng.exponential(20) * SECOND))
        for o in range(40)
        for a in rng.permutation(250)[:25]
    ]
    return joined(crowd(rng, shares=10, life_s=86_400), layer(rows, accounts=250))


@pytest.mark.parametrize(
    "make", [lambda rng: crowd(rng, shares=10), lambda rng: crowd(rng, shares=10, life_s=600), events]
)
def test_groups_that_do_not_exist_are_confirmed_no_more_often_than_stated(make):
    """Random groups of 15 in quiet crowds, in fast ones, and in crowds that events set off."""
    p = []
    for seed in range(40):
        rng = np.random.default_rng([41, seed])
        m = material(make(rng))
        p += [trial(m, rng.permutation(250)[:15].tolist()) for _ in range(3)]
    for level in (0.1, 0.01):
        for scale in np.array(p).T:
            assert at_most(int((scale <= level).sum()), len(p), level)


def test_a_ring_is_confirmed():
    rng = np.random.default_rng(42)
    members = list(range(0, 240, 20))
    data = joined(crowd(rng, shares=10), ring(rng, members, accounts=250, objects=40))
    assert min(trial(material(data), members)) < 1e-3


@pytest.mark.parametrize("joint", [30, 1_000])
def test_a_couple_with_many_posts_in_common_cannot_stand_for_a_group(joint: int):
    rng = np.random.default_rng(43)
    couple = layer([(a, o, int(o * HOUR + a)) for o in range(joint) for a in (3, 4)], accounts=250)
    data = joined(crowd(rng, shares=10), couple)
    alone = min(trial(material(data), [3, 4, 100, 150, 200]))
    assert alone > 0.01
    whole = joined(crowd(rng, shares=10), ring(rng, [3, 4, 100, 150, 200], accounts=250, objects=30))
    assert min(trial(material(whole), [3, 4, 100, 150, 200])) < alone / 10


def test_more_of_the_couples_posts_do_not_strengthen_the_group():
    few, many = ([1.0] * n for n in (5, 500))
    found = [heldout([evidence(share, [0.1] * len(share), [7] * len(share))]) for share in (few, many)]
    assert found[0].p_value == pytest.approx(found[1].p_value)
    assert found[0].p_value > 0.05
    assert [f.units for f in found] == [1, 1]
    assert [f.n_objects for f in found] == [5, 500]


def test_evidence_of_several_kinds_adds_up_and_none_is_none():
    share, rate = [1.0] * 8, [0.2] * 8
    one = heldout([evidence(share, rate, list(range(8)))])
    both = heldout([evidence(share, rate, list(range(8))), evidence(share, rate, list(range(8, 16)))])
    assert both.p_value < one.p_value < 0.05
    assert (both.units, both.share) == (16, 1.0)
    nothing = heldout([evidence([], [], [])])
    assert (nothing.units, nothing.n_objects, nothing.p_value) == (0, 0, 1.0)


def test_outsiders_on_the_same_object_say_what_is_ordinary_there():
    """An object that set a whole crowd off within seconds excuses the group; one that others shared for days does not."""
    members = [0, 1, 2]
    hot = [(a, 0, a * SECOND) for a in range(40)]
    slow = [(a, 1, DAY + a * SECOND if a < 3 else DAY + a * 5 * HOUR) for a in range(40)]
    m = material(layer(hot + slow, accounts=40))
    label = labels([group(members)], 40)
    found = inside(m.first, label, m.windows_us, np.random.default_rng(1))
    around = surroundings(m.first, found.object, label, m.windows_us)
    row = units(found, 0, int((label == 0).sum()), 1, around, rates(m.prior, observe(m.measured)))
    assert row.share.tolist() == [1.0, 1.0]
    ordinary = expit(row.logit)
    assert ordinary[0] > 0.9
    assert ordinary[1] < 0.05
    assert row.weight[0] == row.weight[1] > 0


# Held-out actions --------------------------------------------------------------------------------------------------------

posts_strategy = st.lists(
    st.tuples(
        st.integers(0, 5),
        st.integers(0, 6),
        st.integers(0, 5),
        st.integers(0, 5),
        st.sets(st.integers(0, 3), max_size=2),
    ),
    min_size=8,
    max_size=50,
    unique_by=lambda post: (post[0], post[1]),
)
"""Posts of an account at a moment: a text, a link and hashtags. One account posts once at a moment."""


def of_posts(posts: list[tuple[int, int, int, int, set[int]]]) -> dict[str, Material]:
    rows: dict[str, list[tuple[int, int, int | None]]] = {"text": [], "url": [], "hashtag": []}
    for account, moment, text, url, tags in posts:
        time_us = moment * MINUTE + account
        rows["text"].append((account, text, time_us))
        rows["url"].append((account, url, time_us))
        rows["hashtag"] += [(account, tag, time_us) for tag in tags]
    found = {kind: layer(each, accounts=6, kind=kind) for kind, each in rows.items()}
    return {kind: material(data) for kind, data in found.items() if len(data)}


def acts(data: Layer) -> set[tuple[int, int]]:
    return set(zip(data.account.tolist(), data.time_us.tolist(), strict=True))


@settings(deadline=None, max_examples=30)
@given(posts=posts_strategy, seed=st.integers(0, 99), label=st.lists(st.integers(-1, 1), min_size=6, max_size=6), n_searched=st.integers(1, 3))  # fmt: skip
def test_no_action_that_a_searched_post_carried_is_ever_used_to_confirm(
    posts: list[tuple[int, int, int, int, set[int]]], seed: int, label: list[int], n_searched: int
):
    found = of_posts(posts)
    halves = split(found, np.random.default_rng(seed))
    searched = list(found)[:n_searched]
    group_of = np.array(label, dtype=np.int64)
    rest = unused(found, halves, searched, group_of)
    assert set(rest) == set(found)
    spoken: Counter[tuple[int, int]] = Counter()
    for kind, data in rest.items():
        assert (group_of[data.account] >= 0).all()
        assert acts(data) <= acts(found[kind].first)
        for other in searched:
            if other != kind:
                assert not acts(data) & acts(halves.searched[other].first)
        if kind in searched:
            assert not halves.objects[kind][data.object].any()
        spoken.update(acts(data))
    assert all(times == 1 for times in spoken.values())


def test_what_was_not_searched_is_all_used():
    """Texts and links of different posts: half of the texts and every link in a post of its own."""
    rows = {
        "text": [(a, o, o * DAY + a) for o in range(40) for a in range(4)],
        "url": [(a, o, o * DAY + HOUR + a) for o in range(40) for a in range(4)],
    }
    found = {kind: material(layer(each, accounts=4, kind=kind)) for kind, each in rows.items()}
    halves = split(found, np.random.default_rng(1))
    rest = unused(found, halves, ["text"], np.zeros(4, np.int64))
    assert len(rest["url"]) == 160
    assert len(rest["text"]) == 4 * (~halves.objects["text"]).sum() == 80


# Shifted days ------------------------------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60)
@given(acts=incidences, days=st.integers(3, 9), seed=st.integers(0, 99))
def test_shifting_days_keeps_what_each_account_did_and_its_gaps(
    acts: dict[tuple[int, int], int | None], days: int, seed: int
):
    data = layer([(a, o, t or 0) for (a, o), t in acts.items()], accounts=10)
    if not len(data):
        return
    found = day_shifted(data, days, np.random.default_rng(seed))
    shifts: dict[int, set[int]] = {}
    before = {
        (a, o): t for a, o, t in zip(data.account.tolist(), data.object.tolist(), data.time_us.tolist(), strict=True)
    }
    after = {(a, o): t for a, o, t in zip(found.account.tolist(), found.object.tolist(), found.time_us.tolist(), strict=True)}  # fmt: skip
    assert before.keys() == after.keys()
    for key, time_us in after.items():
        assert (time_us - before[key]) % DAY == 0
        shifts.setdefault(key[0], set()).add((time_us - before[key]) // DAY % days)
        assert int(data.time_us.min()) <= time_us < int(data.time_us.min()) + days * DAY
    assert all(len(shift) == 1 for shift in shifts.values())
    order = list(zip(found.object.tolist(), found.time_us.tolist(), found.account.tolist(), strict=True))
    assert order == sorted(order)


def test_shifting_days_moves_accounts_apart():
    data = layer([(a, 0, a) for a in range(200)], accounts=200)
    found = day_shifted(data, 7, np.random.default_rng(1))
    share = np.bincount((found.time_us // DAY).astype(int), minlength=7) / 200
    assert share.max() < 0.3
    assert share.min() > 0.05

"""Changes of one habit: the p-value is valid for habits that come in spells, and only abrupt and lasting changes are kept."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import comb
from scipy.stats import binom

from inconcert.indicators.repurposing.coinciding_changes import HabitChange, closest, coincidence
from inconcert.indicators.repurposing.habit_changes import (
    AT,
    KEPT,
    SHARE,
    P,
    by_day,
    category_changes,
    change,
    sharpness,
)

NONE = np.zeros((0, 1))


def result(share: np.ndarray, draws: int = 999, seed: int = 1, per_day: int = 3) -> np.ndarray:
    """Of a habit that was shown by this share of posts on each day."""
    n = np.full(len(share), float(per_day))
    x = np.stack([share * n, (1 - share) * n], axis=1)
    found = np.empty(4)
    change(x, n, np.arange(len(share)), 20.0, 3, draws, np.uint64(seed), found)
    return found


def spells(days: int, rng: np.random.Generator) -> np.ndarray:
    """A habit that keeps for some days: autocorrelated, without any change."""
    wave = np.convolve(rng.normal(size=days + 5), np.ones(6) / np.sqrt(6), "valid")
    return np.clip(0.5 + 0.25 * wave, 0, 1)


def test_weeks_in_random_order_are_valid_for_spells_and_days_or_posts_are_not():
    rng = np.random.default_rng(4)
    whole, single = [], []
    for seed in range(150):
        share = spells(280, rng)
        whole.append(result(share, 199, seed)[P])
        n = np.full(280, 3.0)
        found = np.empty(4)
        # the naive version: every day a week of its own
        change(
            np.stack([share * n, (1 - share) * n], axis=1), n, 7 * np.arange(280), 20.0, 3, 199, np.uint64(seed), found
        )
        single.append(found[P])
    assert np.mean(np.array(whole) <= 0.05) <= 0.12
    assert np.mean(np.array(single) <= 0.05) > 0.4


@given(st.integers(30, 150), st.integers(0, 2**40))
@settings(deadline=None, max_examples=30)
def test_a_clean_break_is_found_on_its_day(at: int, seed: int):
    share = np.where(np.arange(200) >= at, 0.9, 0.1)
    found = result(share, seed=seed)
    assert found[AT] == at
    # a draw that puts the 4 weeks before the earliest break at one end again ties: 2 in C(28, 4) of them
    assert found[P] <= (1 + binom.isf(1e-9, 999, 2 / comb(28, 4))) / 1000
    assert found[KEPT] == 1
    assert found[SHARE] == pytest.approx(1)


def test_a_drift_and_a_phase_are_not_kept():
    days = np.arange(280)
    drift = result(days / 280)
    phase = result(np.where((days >= 100) & (days < 150), 1.0, 0.0))
    assert drift[P] <= 0.01
    assert (drift[KEPT], phase[KEPT]) == (0, 0)


def test_the_statistic_is_that_of_its_definition():
    rng = np.random.default_rng(2)
    n = rng.integers(1, 6, 40).astype(float)
    x = rng.random((40, 3)) * n[:, None]
    naive = np.zeros(40)
    for t in range(1, 40):
        if min(n[:t].sum(), n[t:].sum()) >= 20:
            apart = x[:t].sum(axis=0) / n[:t].sum() - x[t:].sum(axis=0) / n[t:].sum()
            naive[t] = (apart**2).sum() * n[:t].sum() * n[t:].sum() / n.sum()
    assert sharpness(x, n, 20.0) == pytest.approx(naive)


def test_codes_are_counted_by_day_the_rare_ones_together():
    day = np.array([1, 1, 2, 4, 4, 4])
    code = np.array([5, -1, 5, 7, 9, 5])
    x, n, days, count = by_day(day, code, 3, NONE)
    assert (count, days[:3].tolist(), n[:3].tolist()) == (3, [1, 2, 4], [1, 1, 3])
    assert x[:3].tolist() == [[1, 0, 0], [1, 0, 0], [1, 1, 1]]


def test_accounts_do_not_touch_each_other_and_short_or_uniform_ones_have_no_change():
    day = np.concatenate([np.arange(100), np.arange(100), np.arange(5)])
    code = np.concatenate([np.arange(100) // 50, np.zeros(100, int), np.arange(5) % 2])
    found = np.empty((3, 4))
    category_changes(
        np.array([0, 100, 200, 205]), day, code, 8, NONE, 20.0, 3, 99, np.arange(3, dtype=np.uint64), found
    )
    assert found[0, AT] == 50
    assert found[1:, P].tolist() == [1, 1]
    assert found[1:, AT].tolist() == [-1, -1]


def habit(name: str, at: int, p: float = 0.001, share: float = 0.5, width: int = 1) -> HabitChange:
    return HabitChange(name, p, at - width, at, share)


def test_changes_far_apart_do_not_meet():
    assert coincidence([habit("a", 10), habit("b", 90)], 5, 200, 7) is None
    assert coincidence([habit("a", 10)], 5, 200, 7) is None


def test_p_is_no_smaller_than_either_way_of_chance():
    met = coincidence([habit("a", 50, share=0.9), habit("b", 50), habit("c", 51)], 5, 300, 7)
    assert met is not None
    assert met.anchor.habit == "a"
    assert met.p_value == max(met.meeting, 4 * 0.001)
    weak = coincidence([habit("a", 50, p=1e-9, share=0.9), habit("b", 50, p=0.04)], 5, 10_000, 7)
    assert weak is not None
    assert weak.p_value == pytest.approx(0.16)


def test_changes_each_in_its_own_time_meet_no_more_often_than_said():
    rng = np.random.default_rng(9)
    p = []
    for _ in range(3_000):
        places = rng.integers(1, 200, 4)
        met = coincidence(
            [habit(str(i), int(at), p=1e-9, share=rng.random()) for i, at in enumerate(places)], 5, 200, 7
        )
        p.append(1.0 if met is None else met.p_value)
    for alpha in (0.1, 0.05, 0.01):
        assert np.mean(np.array(p) <= alpha) <= alpha + 3 * np.sqrt(alpha / 3_000)


@given(st.lists(st.floats(1e-6, 1), min_size=1, max_size=4))
def test_one_share_is_its_own_chance_and_more_close_ones_are_rarer(shares: list[float]):
    assert closest(shares[:1]) == pytest.approx(shares[0])
    assert closest([min(shares)] * len(shares)) <= closest(shares) + 1e-12

"""Bursts of creation: the scan against every window by hand, and what must not make one."""

from __future__ import annotations

import math
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.evaluate.indicators.creation_bursts import clean, planted
from inconcert.evaluate.indicators.sign_ups import made, platform, sign_ups, tables
from inconcert.evaluate.indicators.trial import readings
from inconcert.indicators.evidence import SPREAD
from inconcert.indicators.profiles.burst_scan import _fullest, _ordinary, bursts
from inconcert.indicators.profiles.creation_bursts import CreationBursts
from inconcert.indicators.profiles.ordinary_groups import KIN, keep_company, strangers
from indicators.profiles import DAY_US, HOUR_US, START_US, measured, renamed

QUICK = CreationBursts(draws=1_999)


def fullest_by_hand(group: list[int], control: list[int], windows: list[int], n: int) -> float:
    """The largest log likelihood ratio of Kulldorff over windows that begin with an account, window after window."""
    best, near, m = -1.0, max(5, math.isqrt(len(control))), len(control)
    for window in windows:
        for start in group:
            count = sum(start <= t < start + window for t in group)
            middle = sum(t < start + window // 2 for t in control)
            first, last = max(0, middle - near), min(m - 1, middle + near)
            density = (last - first) / m * window / max(control[last] - control[first], window)
            there = sum(start <= t < start + window for t in control)
            share = max((there - math.sqrt(there)) / m, density)
            expected = min(n * share, n - 0.5)
            if count > expected:
                rest = (n - count) * math.log((n - count) / (n - expected)) if count < n else 0.0
                best = max(best, count * math.log(count / expected) + rest)
    return best


times = st.lists(st.integers(0, 500), min_size=1, max_size=12)


@given(
    times, st.lists(st.integers(0, 500), min_size=2, max_size=20), st.lists(st.integers(1, 200), min_size=1, max_size=3)
)
def test_the_scan_finds_the_fullest_window_there_is(group, control, windows):
    group, control = sorted(group), sorted(control)
    found = _fullest(np.array(group), np.array(control), np.array(windows), len(group))[0]
    assert found == pytest.approx(fullest_by_hand(group, control, windows, len(group)))


def spread(n: int, seed: int, days: int = 2_000) -> list[dict]:
    drawn = np.random.default_rng(seed)
    return [{"created_us": START_US + int(t)} for t in np.sort(drawn.integers(0, days * DAY_US, n))]


def test_two_bursts_are_two_spans_with_their_accounts_for_witnesses():
    first = [{"created_us": START_US + 300 * DAY_US + 7_000_000 + i * 20_000_000} for i in range(14)]
    second = [{"created_us": START_US + 1_200 * DAY_US + 7_000_000 + i * 600_000_000} for i in range(12)]
    reading = measured(QUICK, [*spread(30, 1), *first, *second], spread(200, 2))["burst"]
    spans = [p for p in reading.points if p.layer == "found"]
    assert [span.label for span in spans] == ["14 accounts", "12 accounts"]
    assert reading.p_value == 1 / 2_000
    assert reading.value == pytest.approx(14 / 56)
    assert reading.low < reading.value < reading.high
    assert {w.account_id for w in reading.witnesses[:14]} == {f"m{i:03}" for i in range(30, 44)}
    assert "1 further such burst" in reading.says
    bars = [p for p in reading.points if p.layer == "observed"]
    assert sum(p.y for p in bars) == 56
    assert all(p.x < p.x_end for p in bars)


def test_dates_without_hours_never_make_a_burst_of_minutes():
    drawn = np.random.default_rng(3)
    own = [{"created_us": START_US + int(d) * DAY_US} for d in drawn.integers(0, 300, 60)]
    control = [{"created_us": START_US + int(d) * DAY_US} for d in drawn.integers(0, 300, 200)]
    reading = measured(QUICK, own, control)["burst"]
    assert reading.p_value > 0.05
    assert "minutes" not in reading.says
    assert "hour" not in reading.says


def test_a_rush_that_everybody_joined_is_none_of_the_groups():
    rush = START_US + 700 * DAY_US

    def joined(n: int, seed: int) -> list[dict]:
        drawn = np.random.default_rng(seed)
        return [*spread(n // 2, seed), *({"created_us": rush + int(t)} for t in drawn.integers(0, DAY_US, n // 2))]

    own, control = joined(50, 1), joined(200, 2)
    assert measured(QUICK, own, control)["burst"].p_value > 0.05
    assert burst_by_a_days_mean([row["created_us"] for row in own])


def burst_by_a_days_mean(times_us: list[int]) -> bool:
    """The invalid rule: some day has more creations than the mean of its 60 days about it and six standard deviations."""
    days = np.bincount((np.array(times_us) - START_US) // DAY_US, minlength=2_100)
    near = [np.delete(days[max(0, d - 30) : d + 31], min(d, 30)) for d in range(len(days))]
    return any(days[d] > about.mean() + 6 * max(about.std(), 0.1) for d, about in enumerate(near))


def test_the_rule_of_a_days_mean_raises_most_ordinary_groups_with_friends_and_this_one_few():
    drawn = [np.random.default_rng([7, seed]) for seed in range(20)]
    worlds = [(sign_ups(60, likely := platform(rng), rng, friends=0.33), sign_ups(240, likely, rng)) for rng in drawn]
    base = min(int(own.min()) for own, _ in worlds)
    naive = sum(burst_by_a_days_mean([int(t) - base + START_US for t in own]) for own, _ in worlds)
    here = sum(readings(QUICK, tables([(made(own), made(control))]), 1)[0].p_value <= 0.01 for own, control in worlds)
    assert naive >= 15
    assert here <= 2


def test_every_account_made_at_one_moment_is_a_burst_of_all():
    own = [{"created_us": START_US + 10_000_000_123} for _ in range(20)]
    reading = measured(QUICK, own, spread(60, 5))["burst"]
    assert reading.value == 1.0
    assert reading.p_value <= 0.001


@pytest.mark.parametrize(
    ("own", "control", "words"),
    [
        (9, 40, "9 members and 40 control accounts"),
        (20, 29, "20 members and 29 control accounts"),
        (20, 0, "20 members and 0 control accounts"),
    ],
)
def test_a_small_group_or_control_is_too_little(own, control, words):
    reading = measured(QUICK, spread(own, 1), spread(control, 2))["burst"]
    assert reading.value is None
    assert words in reading.lacking


def test_months_are_too_coarse():
    months = np.arange("2012-01", "2020-01", dtype="datetime64[M]").astype("datetime64[us]").astype(int)
    rows = [{"created_us": int(t)} for t in months]
    assert "too coarse" in measured(QUICK, rows[:40], rows[40:])["burst"].lacking


def test_accounts_without_or_with_absurd_dates_are_left_out():
    odd = [{"created_us": t} for t in (None, 0, -(10**17), 2 * 10**17)]
    reading = measured(QUICK, [*spread(20, 1), *odd], [*spread(60, 2), *odd])["burst"]
    assert (reading.n, reading.n_control) == (20, 60)


def test_ids_bear_on_nothing():
    world = planted(1.0, np.random.default_rng(1))
    plain, other = (readings(QUICK, t, 1) for t in (world, renamed(world, "é")))
    assert [(r.value, r.p_value, r.says) for r in plain] == [(r.value, r.p_value, r.says) for r in other]


def close_company(n: int, rng: np.random.Generator) -> tuple[list[int], list[int]]:
    """A group that keeps as much company as any, some of it at one table, and its control."""
    likely = platform(rng)
    own = sign_ups(n, likely, rng).astype(float)
    keep_company(own, strangers(SPREAD[2]), 60e6, 180.0 * DAY_US, rng)
    return own.astype(np.int64), sign_ups(5 * n, likely, rng)


def test_friends_who_sign_up_minutes_apart_are_no_burst_though_they_are_to_a_narrower_model():
    narrow, here = 0, 0
    for seed in range(40):
        own, control = close_company(60, np.random.default_rng([9, seed]))
        one = np.sort(own), np.sort(control)
        windows = np.array([int(w * 1e6) for w in QUICK.windows_s])
        best = _fullest(*one, windows, 60)[0]
        hour_apart = _ordinary(
            np.concatenate(one), 60, windows, best, 1, strangers(KIN), 3_600e6, 180.0 * DAY_US, 199, 200,
            np.random.default_rng(seed),
        )  # fmt: skip
        narrow += (1 + (hour_apart >= best).sum()) / 200 <= 0.01
        reading = readings(CreationBursts(draws=399), tables([(made(own), made(control))]), seed)[0]
        here += reading.p_value <= 0.01
    assert narrow >= 8
    assert here <= 2


def test_further_bursts_are_disjoint_and_ordinary_groups_rarely_have_any():
    rng = np.random.default_rng(2)
    group = rng.integers(0, 1_000 * DAY_US, 40)
    found = bursts(
        group, rng.integers(0, 1_000 * DAY_US, 200), (HOUR_US, DAY_US),
        precision_us=1, kin=0.02, draws=999, alpha=1.0, rng=rng,
    )  # fmt: skip
    spans = sorted((b.first_us, b.last_us) for b in found)
    assert all(a[1] < b[0] for a, b in pairwise(spans))
    p_values = [r.p_value for seed in range(10) for r in readings(QUICK, clean(np.random.default_rng(seed)), seed)]
    assert np.mean(np.array(p_values) <= 0.05) <= 0.1

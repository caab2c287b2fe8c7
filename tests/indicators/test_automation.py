"""Automation: the statistics are those of the field, people do not raise them, clocks do, and resolution is seen in
the data."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2

from inconcert.errors import InputError
from inconcert.evaluate.indicators.automation import TRIAL, timed
from inconcert.evaluate.indicators.ordinary_people import (
    DAY_US,
    HOUR_US,
    MINUTE_US,
    SECOND_US,
    START_US,
    person,
    some_news,
)
from inconcert.evaluate.indicators.trial import readings
from inconcert.indicators.activity.automation import Automation
from inconcert.indicators.activity.regularity import (
    Sign,
    burstiness,
    clock_face,
    dominant_period,
    even_gaps,
    face_counts,
    gap_counts,
    gap_entropy,
    one_an_hour,
    ordinary_face,
)
from inconcert.indicators.activity.regularity_picture import Moments, Ordinary, fullest, regularity_points
from inconcert.indicators.activity.staged_timelines import staged
from inconcert.indicators.facts import FACTS


def measured(tables, **parameters):
    return {(r.measure, r.subject_id): r for r in readings(Automation(**parameters), tables, 3)}


def people(n: int, days: int, rng: np.random.Generator) -> list[np.ndarray]:
    return [person(days, 150, 2, some_news(days, rng), rng) for _ in range(n)]


def split(inside: list[np.ndarray], outside: list[np.ndarray]):
    times = {f"m{i}": t for i, t in enumerate(inside)} | {f"c{i}": t for i, t in enumerate(outside)}
    return staged(times, {"g": list(times)[: len(inside)]}, {"g": list(times)[len(inside) :]})


def every(minutes: float, days: int, off_s: float, rng: np.random.Generator) -> np.ndarray:
    ticks = np.arange(0, days * 1440, minutes) * 60 + rng.normal(0, off_s, int(np.ceil(days * 1440 / minutes)))
    return np.unique(START_US + np.maximum(ticks, 0).astype(np.int64) * SECOND_US)


@given(st.integers(3, 60))
def test_burstiness_runs_from_clock_to_one_burst(n: int):
    assert burstiness(np.ones(n)) == pytest.approx(-1)
    assert burstiness(np.append(np.zeros(n - 1), 1.0)) == pytest.approx(1)


def test_burstiness_of_independent_moments_is_nothing_at_any_size():
    rng = np.random.default_rng(1)
    for n in (30, 100, 1_000):
        found = [burstiness(rng.exponential(1, n)) for _ in range(400)]
        assert np.mean(found) == pytest.approx(0, abs=0.02)


def test_one_an_hour_keeps_the_clock_and_undoes_the_burst():
    rng = np.random.default_rng(2)
    hourly = one_an_hour(every(20, 10, 0, rng), rng)
    assert len(hourly) == 240
    assert set(hourly // MINUTE_US % 60) == {0, 20, 40}
    assert len(one_an_hour(START_US + np.arange(0, 3_000) * SECOND_US, rng)) == 1


def test_bursts_fool_the_naive_clock_face_and_not_ours():
    # methods: posts of one burst fall on neighbouring minutes, so that chi-square on all posts is no test
    naive, ours = 0, 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        begun = START_US + np.sort(rng.integers(0, 30 * 24, 60)) * HOUR_US + rng.integers(0, 3_600, 60) * SECOND_US
        bursts = np.unique((begun[:, None] + np.arange(6) * 20 * SECOND_US).ravel())
        counts = face_counts(bursts, MINUTE_US)
        naive += chi2.sf(((counts - counts.mean()) ** 2 / counts.mean()).sum(), 59) <= 0.01
        sign = clock_face(
            face_counts(one_an_hour(bursts, rng), MINUTE_US), ordinary_face(np.zeros(60)), "minutes", 999, rng
        )
        ours += sign.p <= 0.01
    assert naive >= 30
    assert ours <= 1


def test_too_even_counts_as_well_as_too_uneven():
    rng = np.random.default_rng(3)
    ordinary = ordinary_face(np.zeros(60))
    assert clock_face(np.full(60, 5.0), ordinary, "minutes", 9_999, rng).p <= 0.001
    assert clock_face(np.eye(60)[7] * 90, ordinary, "minutes", 99, rng).p <= 1e-6
    assert clock_face(np.eye(60)[7] * 20, ordinary, "minutes", 99, rng) is None


def test_what_everybody_does_at_full_hours_is_ordinary():
    rng = np.random.default_rng(4)
    shares = np.where(np.arange(60) < 5, 4.0, 1.0)
    shares /= shares.sum()
    others = ordinary_face(rng.multinomial(20_000, shares).astype(float))
    p = [clock_face(rng.multinomial(300, shares).astype(float), others, "minutes", 999, rng).p for _ in range(100)]
    assert np.mean(np.array(p) <= 0.05) <= 0.1
    alone = clock_face(rng.multinomial(300, shares).astype(float), ordinary_face(np.zeros(60)), "minutes", 999, rng)
    assert alone.p <= 0.01


@pytest.mark.parametrize("period_min", [7.3, 17.0, 41.5])
def test_a_period_that_divides_no_hour_is_found_and_named(period_min: float):
    rng = np.random.default_rng(5)
    sign = dominant_period(one_an_hour(every(period_min, 40, 20, rng), rng), rng)
    assert sign.p <= 1e-6
    shown = float(sign.number.split("period of ")[1].split(" ")[0])
    assert min(abs(shown * k - period_min * 60) for k in range(1, 6)) < 1


def test_daily_and_weekly_habits_are_no_period():
    rng = np.random.default_rng(6)
    meals = np.sort(START_US + (np.arange(90)[:, None] * 24 * 60 + np.array([480, 750, 1_140])).ravel() * MINUTE_US)
    meals = np.unique(meals + (rng.normal(0, 15 * 60, len(meals))).astype(np.int64) * SECOND_US)
    assert dominant_period(one_an_hour(meals, rng), rng).p > 0.05
    assert even_gaps(meals, SECOND_US, 999, rng) is None


@pytest.mark.parametrize("days", [3, 11, 40])
def test_what_repeats_every_hour_is_no_other_period_however_short_the_time(days: int):
    rng = np.random.default_rng(16)
    hourly = one_an_hour(every(20, days, 120, rng), rng)
    assert dominant_period(hourly, rng).p > 0.01


def test_waits_of_one_length_are_even_gaps_and_sessions_are_not():
    rng = np.random.default_rng(7)
    drifting = START_US + np.cumsum(rng.normal(1_500, 200, 200)).astype(np.int64) * SECOND_US
    assert even_gaps(drifting, SECOND_US, 999, rng).p <= 0.001
    assert all(even_gaps(p, SECOND_US, 999, rng).p > 0.05 for p in people(10, 30, rng))
    # the same moments told to the minute: the smallest gap is then a minute, which is no regularity
    poisson = np.unique(START_US + np.cumsum(rng.exponential(100, 400)).astype(np.int64) // 60 * MINUTE_US)
    assert even_gaps(poisson, MINUTE_US, 999, rng).p > 0.05


def test_entropy_of_equal_gaps_is_nothing():
    assert gap_entropy(START_US + np.arange(60) * MINUTE_US) == 0
    rng = np.random.default_rng(8)
    assert gap_entropy(people(1, 30, rng)[0]) > 2
    assert gap_entropy(START_US + np.arange(20) * MINUTE_US) is None


def test_entropy_is_ranked_among_the_control_where_it_is_large_enough():
    rng = np.random.default_rng(9)
    # waits of 30 or 90 minutes at random minutes of the hour
    odd = START_US + np.cumsum(rng.choice([1_800, 5_400], 120) + rng.integers(0, 8, 120)).astype(np.int64) * SECOND_US
    found = measured(split([odd], people(210, 20, rng)), copies=99)
    assert found["regularity", "m0"].says.startswith("5 tests")
    few = measured(split([odd], people(20, 20, rng)), copies=99)
    assert few["regularity", "m0"].says.startswith("4 tests")


def told(unit_us: int, times: list[np.ndarray]) -> list[np.ndarray]:
    return [np.unique(t // unit_us * unit_us) for t in times]


@pytest.mark.parametrize("side", ["members", "some members", "controls"])
def test_times_told_to_the_minute_are_no_clock_beside_times_told_to_the_second(side: str):
    rng = np.random.default_rng(10)
    inside, outside = people(8, 30, rng), people(20, 30, rng)
    coarse = {
        "members": (told(MINUTE_US, inside), outside),
        "some members": (told(MINUTE_US, inside[:4]) + inside[4:], outside),
        "controls": (inside, told(MINUTE_US, outside)),
    }[side]
    # the naive reading: seconds of the group beside the seconds of the control
    faces = [sum(face_counts(t, SECOND_US) for t in times) for times in coarse]
    shares = [face[0] / face.sum() for face in faces]
    assert max(shares) > 10 * min(shares)
    found = measured(split(*coarse), copies=999)
    assert all(r.p_value > 0.001 for (measure, _), r in found.items() if measure == "regularity")
    assert found["clock-like", "g"].p_value > 0.1
    # one unit for both sides: it reads as if all had been told to the minute
    alike = measured(split(told(MINUTE_US, inside), told(MINUTE_US, outside)), copies=999)
    assert found["clock-like", "g"] == alike["clock-like", "g"]


def test_accounts_told_to_the_hour_are_left_out():
    rng = np.random.default_rng(17)
    outside, inside = people(20, 60, rng), people(4, 60, rng)
    alone = measured(split(told(HOUR_US, people(6, 90, rng)), outside), copies=199)
    assert "0 of 6 members" in alone["clock-like", "g"].lacking
    assert not [name for measure, name in alone if measure == "regularity" and name.startswith("m")]
    among = measured(split(inside + told(HOUR_US, people(2, 90, rng)), outside), copies=199)
    assert among["clock-like", "g"].n == 4


def test_a_clock_told_to_the_minute_is_found_beside_people_told_to_the_second():
    rng = np.random.default_rng(18)
    found = measured(split(told(MINUTE_US, [every(20, 20, 0, rng) for _ in range(4)]), people(20, 30, rng)), copies=999)
    assert all(found["regularity", f"m{i}"].p_value <= 1e-6 for i in range(4))
    assert found["clock-like", "g"].p_value <= 0.001


def test_fans_of_a_channel_that_posts_by_the_clock_are_no_clocks():
    rng = np.random.default_rng(19)
    tables = dict(split(people(10, 30, rng), people(20, 30, rng)))
    channel = START_US + (np.arange(30)[:, None] * 24 + rng.integers(8, 24, (30, 12))).ravel() * HOUR_US
    shares, acts = [], []
    for fan in range(10):
        heard = np.flatnonzero(rng.random(len(channel)) < 0.4)
        for place, late_s in zip(heard, 3 + rng.exponential(20, len(heard)), strict=True):
            made = {"account_id": f"m{fan}", "platform": "x", "time_us": int(channel[place] + late_s * SECOND_US)}
            post = f"share {fan} {place}"
            shares.append({**made, "post_id": post, "role": "case", "kind": "share", "shared_id": f"channel {place}"})
            acts.append({**made, "post_id": post, "kind": "share", "object_id": f"channel {place}"})
    shared = pa.Table.from_pylist(shares, schema=FACTS["posts"].arrow)
    tables["posts"] = pa.concat_tables([tables["posts"], shared])
    # without the objects that explain them, the same moments are those of clocks
    assert measured(tables, copies=999)["clock-like", "g"].p_value <= 0.001
    tables["actions"] = pa.Table.from_pylist(acts, schema=FACTS["actions"].arrow)
    found = measured(tables, copies=999)
    assert found["clock-like", "g"].p_value > 0.05
    assert all(found["regularity", f"m{fan}"].p_value > 0.001 for fan in range(10))


def test_posts_twice_in_a_second_count_once():
    rng = np.random.default_rng(11)
    tables = dict(split(people(4, 30, rng), people(12, 30, rng)))
    twice = [{**row, "post_id": f"again {row['post_id']}"} for row in tables["posts"].to_pylist()]
    more = pa.concat_tables([tables["posts"], pa.Table.from_pylist(twice, schema=FACTS["posts"].arrow)])
    assert measured({**tables, "posts": more}) == measured(tables)


def test_two_classes_by_times_alone_beside_the_published_figure():
    # Tavares and Faisal: 84.6 % of accounts told right, on real accounts; these are generated
    rng = np.random.default_rng(12)
    right = []
    for off_min in (0.0, 0.5, 2.0, 5.0):
        inside = [timed(30, 200, off_min, rng) for _ in range(10)]
        found = measured(split(inside, people(10, 30, rng)), copies=1_999)
        right += [
            (r.p_value <= 0.01) == name.startswith("m")
            for (measure, name), r in found.items()
            if measure == "regularity"
        ]
    assert len(right) == 80
    assert np.mean(right) >= 0.9


def test_too_few_are_left_out_and_groups_say_so():
    rng = np.random.default_rng(13)
    found = measured(split([p[:40] for p in people(5, 30, rng)], people(12, 30, rng)))
    assert not [name for measure, name in found if measure == "regularity" and name.startswith("m")]
    assert "0 of 5 members" in found["clock-like", "g"].lacking
    alone = measured(split(people(5, 30, rng), []))
    assert alone["clock-like", "g"].value is None
    assert alone["regularity", "m0"].control is None


def test_absurd_times_and_nulls_do_no_harm():
    tables = dict(TRIAL.clean(np.random.default_rng(14)))
    odd = [
        {
            "post_id": f"odd{i}",
            "account_id": "a0",
            "platform": "x",
            "role": "case",
            "kind": "post",
            "time_us": t,
            "text": "=1+1",
        }
        for i, t in enumerate([None, -62_135_596_800_000_000, 253_402_300_799_000_000, 2**62])
    ]
    more = pa.concat_tables([tables["posts"], pa.Table.from_pylist(odd, schema=FACTS["posts"].arrow)])
    assert measured({**tables, "posts": more}) == measured(tables)


def test_days_only_give_nothing():
    rng = np.random.default_rng(15)
    found = measured(split([np.unique(t // DAY_US * DAY_US) for t in people(4, 90, rng)], people(0, 9, rng)))
    assert all(r.value is None for r in found.values())


def test_alpha_is_a_rate():
    with pytest.raises(InputError, match="2"):
        Automation(alpha=2)


@pytest.mark.parametrize(
    ("kind", "x", "why"),
    [
        ("minutes", "minute of the hour", "at minute 20 of the hour"),
        ("seconds", "second of the minute", "at second 0 of the minute"),
        ("gaps", "minutes between two posts", "20 minutes after the one before"),
        ("entropy", "minutes between two posts", "20 minutes after the one before"),
        ("period", "share of its period of 20.00 minutes, from its usual moment", "20 minutes after the one before"),
    ],
)
def test_the_picture_is_of_what_the_test_looked_at(kind: str, x: str, why: str):
    rng = np.random.default_rng(5)
    time_us = every(20, 40, 0, rng)
    hourly = one_an_hour(time_us, rng)
    hourly[hourly // MINUTE_US % 60 == 0] += 20 * MINUTE_US
    one = Moments(time_us, hourly, SECOND_US, Sign(kind, 0.001, 1.0, 1.0, 1.0, "", 20.0 * MINUTE_US))
    others = gap_counts(every(45, 40, 200, rng))
    points = regularity_points([one], Ordinary(np.full(60, 1 / 60), np.full(60, 1 / 60), others / others.sum()))
    assert next(p.label for p in points if p.layer == "x") == x
    bins = {layer: [p for p in points if p.layer == layer] for layer in ("observed", "expected")}
    seen = len(time_us) - 1 if kind in ("gaps", "entropy") else len(hourly)
    if kind == "period":  # one of each month with enough; forty days hold two
        seen = sum(n for n in np.unique((hourly - hourly[0]) // (30 * DAY_US), return_counts=True)[1] if n >= 30)
    assert sum(p.y for p in bins["observed"]) == seen
    assert sum(p.y for p in bins["expected"]) == pytest.approx(seen, rel=0.02 if kind != "gaps" else 1)
    fullest_bin = max(bins["observed"], key=lambda p: p.y)
    inside = {"minutes": 20.5, "seconds": 0.5, "gaps": 20.1, "entropy": 20.1, "period": 0.01}[kind]
    assert fullest_bin.x <= inside <= fullest_bin.x_end or (kind == "period" and abs(fullest_bin.x) <= 0.05)
    at, said = fullest(one)
    assert said == why
    assert len(at) >= 500


def test_the_picture_of_a_group_is_of_the_test_that_told_of_most():
    rng = np.random.default_rng(9)
    crowd = people(12, 40, rng)
    tables = split([every(17.3, 40, 20, rng)[::3] for _ in range(3)] + [every(30, 40, 5, rng)], crowd)
    found = measured(tables, copies=999)
    kinds = Counter(next(p.label for p in found["regularity", f"m{i}"].points if p.layer == "x")[:5] for i in range(4))
    drawn = next(p.label for p in found["clock-like", "g"].points if p.layer == "x")
    assert kinds[drawn[:5]] == max(kinds.values())

"""Hours of creation: the circular statistics against naive ones, Beijing's hours as the model, and what says too little."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.indicators.profiles.creation_hours import CreationHours
from inconcert.indicators.profiles.hours_of_day import _kuiper, shortest_arc
from indicators.profiles import DAY_US, HOUR_US, START_US, measured

QUICK = CreationHours(draws=1_999)
hours = st.lists(st.integers(0, 95).map(lambda quarter: quarter / 4), min_size=1, max_size=30)


@given(hours, hours)
def test_the_difference_is_the_largest_excess_in_any_stretch_of_the_day(group, control):
    def excess(begin: float, end: float) -> float:
        def share(sample: list[float]) -> float:
            return sum(0 < (h - begin) % 24 <= (end - begin) % 24 for h in sample) / len(sample)

        return share(group) - share(control)

    moments = sorted({*group, *control})
    found, begin, end = _kuiper(np.sort(np.array(group)), np.sort(np.array(control)))
    assert found == pytest.approx(max([0.0, *(excess(a, b) for a in moments for b in moments)]))
    if found > 0:
        assert excess(begin, end) == pytest.approx(found)


@given(hours, hours, st.integers(0, 95))
def test_it_does_not_matter_where_the_day_begins(group, control, quarters):
    turned = [np.sort((np.array(sample) + quarters / 4) % 24) for sample in (group, control)]
    straight = [np.sort(np.array(sample)) for sample in (group, control)]
    assert _kuiper(*turned)[0] == pytest.approx(_kuiper(*straight)[0])
    assert shortest_arc(turned[0], 0.95)[0] == pytest.approx(shortest_arc(straight[0], 0.95)[0])


@given(hours, st.sampled_from([0.5, 0.9, 0.95, 1.0]))
def test_the_shortest_arc_holds_the_share_and_no_shorter_one_does(sample, share):
    length, begin = shortest_arc(np.sort(np.array(sample)), share)
    need = int(np.ceil(share * len(sample) - 1e-9))
    assert sum((h - begin) % 24 <= length + 1e-9 for h in sample) >= need
    shortest = min(sorted((h - start) % 24 for h in sample)[need - 1] for start in sample)
    assert length == pytest.approx(shortest)


def rows(hour: np.ndarray, seed: int) -> list[dict]:
    day = np.random.default_rng(seed).permutation(1_500)[: len(hour)]
    return [{"created_us": START_US + int(d) * DAY_US + int(h * HOUR_US)} for d, h in zip(day, hour, strict=True)]


def ordinary(n: int, seed: int) -> list[dict]:
    return rows(np.random.default_rng(seed).normal(17, 5, n) % 24, seed)


def test_ten_to_ten_in_beijing_is_told_in_both_clocks():
    own = rows(np.random.default_rng(1).uniform(2, 14, 80), 1)
    found = measured(QUICK, own, ordinary(300, 2))
    apart, window = found["creation-hours"], found["creation-window"]
    assert apart.p_value == 1 / 2_000
    assert apart.value > 0.8 > apart.control
    assert "UTC+8" in apart.says
    assert window.value == pytest.approx(11.3, abs=0.7)
    assert window.low <= window.value <= window.high < window.control
    assert all(p.x < p.x_end <= 24 for p in apart.points)
    assert apart.points
    assert window.points == ()
    assert apart.witnesses


def test_a_stretch_over_midnight_is_two_spans():
    own = rows(np.random.default_rng(1).uniform(20, 28, 60) % 24, 1)
    spans = [
        p for p in measured(QUICK, own, rows(np.arange(0, 24, 0.1), 2))["creation-hours"].points if p.layer == "found"
    ]
    assert [(p.x_end == 24, p.x == 0) for p in spans] == [(True, False), (False, True)]


def test_offsets_of_half_hours_are_told():
    indicator = CreationHours(draws=999, offsets_h=(5.75, -3.5))
    says = measured(indicator, ordinary(40, 1), ordinary(90, 2))["creation-window"].says
    assert "UTC+5:45" in says
    assert "UTC−3:30" in says


def test_a_batch_of_one_morning_is_one_occasion():
    batch = [{"created_us": START_US + 9 * HOUR_US + i * 60_000_007} for i in range(60)]
    found = measured(QUICK, [*ordinary(30, 1), *batch], ordinary(200, 2))["creation-hours"]
    assert found.n <= 31
    assert found.p_value > 0.05


@pytest.mark.parametrize(
    ("own", "control", "words"),
    [
        (ordinary(19, 1), ordinary(40, 2), "19 days"),
        (ordinary(25, 1), [], "on 0"),
        (rows(np.zeros(40), 1), rows(np.zeros(60), 2), "without their hour"),
    ],
)
def test_few_days_no_control_and_mere_dates_are_too_little(own, control, words):
    for reading in measured(QUICK, own, control).values():
        assert reading.value is None
        assert words in reading.lacking

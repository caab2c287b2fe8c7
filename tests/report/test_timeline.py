"""Bins of time: every post is in one bin or counted as outside."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.report.timeline import DAY_US, HOUR_US, WEEK_US, axis, timeline
from inconcert.report.zones import QUARTER_US

TIMES = st.dictionaries(st.integers(-2_000_000_000, 8_000_000_000), st.integers(1, 50), min_size=1, max_size=60)


@given(TIMES)
def test_no_post_is_lost_and_the_page_stays_small(quarters: dict[int, int]) -> None:
    line = timeline(quarters, axis(quarters))
    assert sum(line.posts) + line.outside == sum(quarters.values())
    assert line.axis.n == len(line.posts) <= 1_400
    assert sum(line.posts) > 0


@pytest.mark.parametrize(
    ("days", "unit_us"), [(0.5, QUARTER_US), (1, HOUR_US), (4, HOUR_US), (5, DAY_US), (900, DAY_US), (901, WEEK_US)]
)
def test_unit_suits_the_length(days: float, unit_us: int) -> None:
    line = timeline({0: 1, int(days * 96): 2}, axis({0: 1, int(days * 96): 2}))
    assert line.axis.unit_us == unit_us
    assert line.outside == 0
    assert line.posts[0] == 1
    assert line.posts[-1] == 2


def test_weeks_begin_on_monday() -> None:
    along = axis({0: 1, 1_000 * 96: 1})
    assert along.start_us == -3 * DAY_US


def test_impossible_dates_are_left_out_and_counted() -> None:
    quarters = {1_900_000 + i: 10 for i in range(500)} | {-60_000_000: 1, 250_000_000: 1}
    line = timeline(quarters, axis(quarters))
    assert line.outside >= 2
    assert line.axis.unit_us == DAY_US

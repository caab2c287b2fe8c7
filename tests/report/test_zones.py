"""Hours of any zone from 15-minute bins of the UTC week, against the computer's own clock library."""

from __future__ import annotations

from collections import Counter
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.errors import UnknownName
from inconcert.normalise.local_time import refuse_unknown_zone
from inconcert.report.heatmap import packed
from inconcert.report.zones import BINS, QUARTER_US, by_hour, weekly, zones

FIRST = 1_640_995_200 // 900  # 2022-01-01
SOME = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Asia/Kolkata",
    "Asia/Kathmandu",
    "Asia/Tehran",
    "Australia/Adelaide",
    "America/Santiago",
    "Pacific/Auckland",
    "America/St_Johns",
)


@settings(max_examples=30, deadline=None)
@given(st.dictionaries(st.integers(FIRST, FIRST + 3 * 35_040), st.integers(1, 9), min_size=1, max_size=40))
def test_every_post_falls_in_its_local_hour(quarters: dict[int, int]) -> None:
    clock = zones(min(quarters) * QUARTER_US, max(quarters) * QUARTER_US, "UTC")
    week = weekly(quarters, clock.borders_us)
    for zone in SOME:
        expected: Counter[tuple[int, int]] = Counter()
        for quarter, posts in quarters.items():
            local = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(minutes=15 * quarter)
            local = local.astimezone(ZoneInfo(zone))
            expected[local.weekday(), local.hour] += posts
        hours = by_hour(week, clock.offsets[zone])
        assert {(d, h): int(hours[d, h]) for d in range(7) for h in range(24) if hours[d, h]} == dict(expected)


def test_packing_keeps_every_bin() -> None:
    week = ((0, 5, 2), (0, 671, 1), (3, 0, 7))
    flat = packed(week, BINS)
    assert flat is not None
    place, unpacked = 0, []
    for step, posts in zip(flat[::2], flat[1::2], strict=True):
        place += step
        unpacked.append((*divmod(place, BINS), posts))
    assert tuple(unpacked) == week
    assert packed(tuple((i, 0, 1) for i in range(12_001)), BINS) is None


def test_a_zone_of_the_users_own_is_offered_first() -> None:
    clock = zones(0, 1, "Asia/Colombo")
    assert next(iter(clock.regions.values())) == ("Asia/Colombo",)
    assert clock.name("Asia/Colombo") == "Colombo, UTC+5:30"
    assert clock.name("America/St_Johns") == "St Johns, UTC−3:30"


def test_an_unknown_zone_is_refused_with_the_nearest_name() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'Europe/Berlin'"):
        refuse_unknown_zone("Europe/Berln")

"""Clocks of any zone as moments, against the computer's own clock library."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.errors import UnknownName
from inconcert.normalise.local_time import GIVEN, SOURCE, LocalZone, refuse_unknown_zone, to_utc
from inconcert.normalise.times import read_times
from inconcert.normalise.written import Written, written_in

ZONES = [
    "Asia/Shanghai",
    "Europe/Berlin",
    "America/St_Johns",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Africa/Casablanca",
    "UTC",
]
BERLIN = LocalZone("Europe/Berlin", GIVEN)
SHANGHAI = LocalZone("Asia/Shanghai", SOURCE)
NAIVE = datetime(1970, 1, 1)


def us(moment: datetime) -> int:
    return (moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)


@settings(deadline=None)
@given(st.sampled_from(ZONES), st.datetimes(datetime(1995, 1, 1), datetime(2100, 12, 31)))
def test_a_moment_is_that_of_the_clock_library(zone: str, shown: datetime) -> None:
    (moment,), (never,), (twice,) = to_utc(np.array([(shown - NAIVE) // timedelta(microseconds=1)]), zone)
    there = shown.replace(tzinfo=ZoneInfo(zone))
    assert moment == us(there)
    assert never == (there.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) != shown)
    assert twice == (not never and there.replace(fold=1).utcoffset() != there.utcoffset())


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/St_Johns", "Australia/Lord_Howe"])
def test_every_quarter_hour_of_the_nights_of_a_year_is_that_of_the_clock_library(zone: str) -> None:
    nights = [datetime(2024, 1, 1) + timedelta(days=day) for day in range(366)]
    shown = [night + timedelta(minutes=minute) for night in nights for minute in range(0, 300, 15)]
    found, never, twice = to_utc(np.array([(one - NAIVE) // timedelta(microseconds=1) for one in shown]), zone)
    assert found.tolist() == [us(one.replace(tzinfo=ZoneInfo(zone))) for one in shown]
    assert never.sum() > 0
    assert twice.sum() > 0


def test_only_times_without_a_zone_are_moved_and_each_says_who_said_so() -> None:
    values = pa.array(["2024-06-01 10:00:00", "2024-06-01T10:00:00Z", "1717236000", None, "soon"])
    read = read_times(values, zone=SHANGHAI)
    stated = us(datetime(2024, 6, 1, 10, tzinfo=UTC))
    assert read.time_us.to_pylist() == [stated - 8 * 3_600_000_000, stated, stated, None, None]
    assert read.clock_us.to_pylist()[:2] == [stated, stated]
    assert read.zone.to_pylist() == ["source", "stated", "epoch", None, None]
    assert read_times(values, zone=LocalZone("UTC", GIVEN)).zone[0].as_py() == "given"


def test_a_time_that_never_was_is_refused_and_one_that_was_twice_is_doubtful() -> None:
    values = pa.array(["2024-03-31 02:30:00", "2024-10-27 02:30:00", "31 March 2024 02:30"])
    read = read_times(values, zone=BERLIN)
    assert read.time_us.to_pylist() == [None, us(datetime(2024, 10, 27, 0, 30, tzinfo=UTC)), None]
    never, twice, other_form = read.reason.to_pylist()
    assert "never was" in never
    assert "Europe/Berlin" in never
    assert other_form == never
    assert "twice" in twice
    assert read.zone.to_pylist() == [None, "given", None]


def column(name: str, *values: str) -> pa.Table:
    return pa.table({name: pa.array(values, pa.string())})


def test_days_without_a_time_of_day_stay_the_day_that_was_written() -> None:
    days = ("2024-06-01", "2024-06-02 00:00:00", "2024-06-03")
    written = written_in(column("created_at", *days), SHANGHAI)
    read = written.read("created_at", pa.array(days))
    assert [time % 86_400_000_000 for time in read.time_us.to_pylist()] == [0, 0, 0]
    assert read.zone.to_pylist() == ["source"] * 3
    # one time of day in any batch of the file: the midnights are times too
    whole = written | written_in(column("created_at", "2024-06-04 12:00"), SHANGHAI)
    assert whole.read("created_at", pa.array(days)).time_us[0].as_py() == us(datetime(2024, 5, 31, 16, tzinfo=UTC))
    assert whole.read("edited_at", pa.array(days)).time_us[0].as_py() % 86_400_000_000 == 0


def test_what_batches_tell_is_joined_whatever_their_order() -> None:
    parts = [
        written_in(column("created_at", "25/3/2024 10:00"), BERLIN),
        written_in(column("created_at", "2024-01-01"), BERLIN),
        written_in(column("observed_at", "2024-01-01 10:00"), BERLIN),
    ]
    joined = Written(zone=BERLIN) | parts[0] | parts[1] | parts[2]
    assert joined == Written(zone=BERLIN) | parts[2] | parts[1] | parts[0]
    assert joined.clocked == {"created_at", "observed_at"}
    assert joined.dated == {"created_at"}


def test_a_zone_that_nobody_knows_is_refused_with_the_nearest() -> None:
    with pytest.raises(UnknownName, match="Did you mean 'Asia/Shanghai'"):
        refuse_unknown_zone("Asia/Shanhai")
    refuse_unknown_zone("UTC")

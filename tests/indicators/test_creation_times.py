"""When accounts were made, and how precisely that is known."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.indicators.profiles.creation_times import (
    DAY_US,
    FIRST_SNOWFLAKE,
    HOUR_US,
    MONTH_US,
    SECOND_US,
    X_EPOCH_MS,
    creation_times,
    snowflake_us,
)
from indicators.profiles import START_US, profile


@pytest.mark.parametrize(
    ("account_id", "time"),
    [("699570924048162816", "2016-02-16T12:28"), ("699757151795990528", "2016-02-17T00:48")],
)
def test_ids_of_the_first_days_tell_the_minute_that_profiles_of_those_accounts_said(account_id, time):
    made = snowflake_us("twitter", account_id)
    assert str(np.datetime64(made, "us").astype("datetime64[m]")) == time
    assert snowflake_us("x", f"tw_{account_id}") == made


@pytest.mark.parametrize(
    ("platform", "account_id"),
    [("twitter", "4922450361"), ("weibo", "699570924048162816"), ("x", "9" * 19), ("x", "someone"), ("x", "")],
)
def test_ids_before_the_switch_of_other_platforms_or_of_no_number_tell_nothing(platform, account_id):
    assert snowflake_us(platform, account_id) is None


@given(st.integers(FIRST_SNOWFLAKE, (1 << 63) - 1))
def test_the_time_of_an_id_is_its_upper_bits(number):
    assert snowflake_us("x", str(number)) == (number // 2**22 + X_EPOCH_MS) * 1000


def test_an_id_stands_in_for_an_absent_date_and_for_one_without_its_hour_but_not_for_a_date_it_contradicts():
    number = 699_757_151_795_990_528
    exact = snowflake_us("x", str(number))
    day = exact - exact % DAY_US
    dates = [profile(f"{k}", "x", created_us=START_US + k * DAY_US) for k in range(1, 4)]
    made = creation_times(
        [
            profile(str(number), "x"),
            profile(str(number), "x", created_us=day),
            profile(str(number), "x", created_us=day - 400 * DAY_US),
            *dates,
        ]
    )
    assert made.precision_us == DAY_US
    assert made.time_us.tolist() == [day, day, day - 400 * DAY_US, *(d.created_us for d in dates)]


@pytest.mark.parametrize("shift_h", [0, -8, 5])
def test_dates_are_known_for_dates_whatever_zone_their_midnight_is_of(shift_h):
    made = [profile(str(i), created_us=START_US + i * 3 * DAY_US + shift_h * HOUR_US) for i in range(20)]
    assert creation_times(made).precision_us == DAY_US


def test_firsts_of_the_month_are_months_and_full_hours_are_hours():
    firsts = np.arange("2014-01", "2016-01", dtype="datetime64[M]").astype("datetime64[us]").astype(int)
    assert creation_times([profile(str(i), created_us=int(t)) for i, t in enumerate(firsts)]).precision_us == MONTH_US
    drawn = np.random.default_rng(2).integers(0, 9_000, 60)
    hours = [profile(str(i), created_us=START_US + int(h) * HOUR_US) for i, h in enumerate(drawn)]
    assert creation_times(hours).precision_us == HOUR_US


def test_exact_times_stay_exact_even_when_a_whole_batch_was_made_in_one_second():
    spread = np.random.default_rng(1).integers(0, 900 * DAY_US, 40)
    batch = [profile(f"b{i}", created_us=START_US + 123_456_789_012) for i in range(30)]
    made = creation_times([profile(str(i), created_us=START_US + int(t)) for i, t in enumerate(spread)] + batch)
    assert made.precision_us == SECOND_US
    assert (made.time_us >= 0).all()


def test_a_few_dates_among_many_times_are_left_out():
    spread = np.random.default_rng(1).integers(0, 900 * DAY_US, 100)
    dates = [profile(f"d{i}", created_us=START_US + i * DAY_US) for i in range(4)]
    made = creation_times([profile(str(i), created_us=START_US + int(t)) for i, t in enumerate(spread)] + dates)
    assert made.precision_us == SECOND_US
    assert made.time_us[-4:].tolist() == [-1] * 4


@pytest.mark.parametrize("absurd", [None, 0, -62_135_596_800_000_000, 253_402_300_799_000_000])
def test_absent_and_absurd_dates_are_unknown(absurd):
    assert creation_times([profile(created_us=absurd)]).time_us.tolist() == [-1]


def test_nobody_has_no_times():
    assert creation_times([]).time_us.tolist() == []

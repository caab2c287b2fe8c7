"""The work calendar: days off against what is published, moves against worlds with news, clock changes against offices with and without."""

from __future__ import annotations

import datetime
from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import binom, binomtest, poisson

from inconcert.evaluate.indicators.trial import Tables, readings
from inconcert.evaluate.indicators.work_calendar import TRIALS
from inconcert.evaluate.indicators.working_year import WorkingYear
from inconcert.indicators.activity.staged_timelines import staged
from inconcert.indicators.reading import Reading
from inconcert.indicators.working_time.calendar_shift import REACH, Weeks, moves, shifted, weeks_of
from inconcert.indicators.working_time.calendars_followed import best, calendars_followed
from inconcert.indicators.working_time.clock_change import Jump, jump, lateness
from inconcert.indicators.working_time.common_rhythm import Acts
from inconcert.indicators.working_time.country_calendars import COUNTRIES, EPOCH, days_off, local_days
from inconcert.indicators.working_time.weekend_share import weekend
from inconcert.indicators.working_time.work_calendar import WorkCalendar
from inconcert.indicators.working_time.work_templates import SHARES

QUARTER_US = 900_000_000


def measured(tables: Tables) -> dict[str, Reading]:
    return {r.measure: r for r in readings(WorkCalendar(draws=1_999), tables, 1)}


def acts(year: WorkingYear, seed: int, accounts: int = 8) -> Acts:
    times = list(year.times_us(accounts, "m", np.random.default_rng(seed)).values())
    quarters = np.concatenate(times) // QUARTER_US
    return Acts(np.repeat(np.arange(accounts), [len(t) for t in times]), quarters // 96, quarters % 96)


def iso(days: frozenset[int]) -> list[str]:
    return sorted(str(EPOCH + datetime.timedelta(days=day)) for day in days)


# the calendars


def test_working_weekends_of_china_are_those_of_the_state_council():
    assert iso(days_off("cn", 2022)[1]) == [
        "2022-01-29", "2022-01-30", "2022-04-02", "2022-04-24", "2022-05-07", "2022-10-08", "2022-10-09",
    ]  # fmt: skip
    for year in (2021, 2022, 2023):
        off, worked = days_off("cn", year)
        assert (len(off), len(worked)) == (18, 7)


@pytest.mark.parametrize("code", sorted(COUNTRIES))
def test_days_off_are_weekdays_of_their_year(code: str):
    for year in (2015, 2020, 2024):
        off, worked = days_off(code, year)
        dates = [EPOCH + datetime.timedelta(days=day) for day in off | worked]
        assert {date.year for date in dates} <= {year}
        assert all(date.weekday() < 5 for date in dates if (date - EPOCH).days in off)
        assert all(date.weekday() >= 5 for date in dates if (date - EPOCH).days in worked)


def test_only_china_of_utc_plus_8_rests_in_golden_week():
    golden = {(datetime.date(2022, 10, day) - EPOCH).days for day in range(3, 8)}
    assert golden <= days_off("cn", 2022)[0]
    for code in ("sg", "ph", "au-wa"):
        assert not golden & days_off(code, 2022)[0]
        assert not days_off(code, 2022)[1]


@given(st.lists(st.integers(1_600_000, 1_900_000), max_size=20), st.sampled_from(sorted(COUNTRIES)))
@settings(max_examples=40)
def test_local_days_are_those_of_the_zone_but_for_the_night_of_a_change(quarters: list[int], code: str):
    found = local_days(np.array(quarters, dtype=np.int64), code)
    zone = ZoneInfo(COUNTRIES[code].zone)
    for quarter, day in zip(quarters, found, strict=True):
        local = datetime.datetime.fromtimestamp(quarter * 900, zone)
        noon = datetime.datetime.fromtimestamp(quarter // 96 * 86_400 + 43_200, zone)
        if local.utcoffset() == noon.utcoffset():
            assert EPOCH + datetime.timedelta(days=int(day)) == local.date()


# weeks, moves


@given(st.lists(st.integers(18_000, 18_200), max_size=60))
def test_whole_weeks_from_monday(days: list[int]):
    weeks = weeks_of(np.array(days, dtype=np.int64))
    if len(weeks.counts):
        assert (EPOCH + datetime.timedelta(days=weeks.monday)).weekday() == 0
        assert min(days) <= weeks.monday < min(days) + 7
        assert weeks.monday + weeks.counts.size - 1 <= max(days) < weeks.monday + weeks.counts.size + 7
    for week, row in enumerate(weeks.counts):
        for weekday, count in enumerate(row):
            assert count == days.count(weeks.monday + 7 * week + weekday)
    inner = [int(week) for block in weeks.blocks for week in block]
    assert inner == list(range(REACH, len(weeks.counts) - REACH)) or not inner


def test_the_ratio_is_that_of_a_plain_loop():
    rng = np.random.default_rng(3)
    weeks = Weeks(18_995 // 7 * 7 + 4, rng.poisson(6, (30, 7)).astype(float))
    off = weeks.marked(frozenset(int(d) for d in weeks.monday + rng.choice(210, 15, replace=False)))
    other = weeks.marked(frozenset(int(d) for d in weeks.monday + rng.choice(210, 5, replace=False))) & ~off
    found = shifted(weeks, off, other, moves(weeks, 500, rng))
    posts = expected = 0.0
    for week, weekday in zip(*np.nonzero(off), strict=True):
        near = [w for w in range(week - 2, week + 3) if 0 <= w < 30]
        plain = [weeks.counts[w, weekday] for w in near if not off[w, weekday] and not other[w, weekday]]
        posts += weeks.counts[week, weekday]
        expected += np.mean(plain) if plain else np.mean([weeks.counts[w, weekday] for w in near])
    assert found.ratio == pytest.approx(posts / expected)
    assert found.low <= found.ratio <= found.high
    assert found.days == off.sum()


def test_a_level_calendar_means_nothing():
    weeks = Weeks(18_994, np.full((30, 7), 4.0))
    found = shifted(
        weeks,
        weeks.marked(frozenset(range(19_030, 19_035))),
        np.zeros((30, 7), dtype=bool),
        moves(weeks, 99, np.random.default_rng(0)),
    )
    assert found.ratio == 1
    assert found.chance(-1) == found.chance(1) == 1


def test_a_year_of_news_follows_no_calendar_more_often_than_stated():
    """A Poisson test of the holidays' posts takes every quiet week for a holiday kept: invalid, and the reason for moving the calendar."""
    rng = np.random.default_rng(4)
    worlds, ours, naive = 60, 0, 0
    for seed in range(worlds):
        one = acts(WorkingYear(weekend=0.6), seed)
        found = calendars_followed(one, (8, 5), 20.0, 199, rng)["cn"].off
        ours += found.chance(-1) <= 0.05
        naive += poisson.cdf(round(found.ratio * found.expected), found.expected) <= 0.05
    assert ours <= binom.ppf(1 - 1e-4, worlds, 0.05)
    assert naive / worlds > 0.15


def test_the_best_of_all_calendars_is_judged_as_the_best():
    rng = np.random.default_rng(5)
    for seed in range(3):
        most = best(calendars_followed(acts(WorkingYear(weekend=0.6), seed), (8, 5), 20.0, 499, rng))
        assert most.p_value >= most.alone[most.code] == min(most.alone.values())


def test_china_is_told_from_perth_by_the_days_it_rests():
    rng = np.random.default_rng(6)
    chinese = calendars_followed(
        acts(WorkingYear(weekend=0.1, calendar="cn", per_day=1.5), 1), (8, 5), 20.0, 1_999, rng
    )
    perth = calendars_followed(
        acts(WorkingYear(weekend=0.1, calendar="au-wa", per_day=1.5), 1), (8, 5), 20.0, 1_999, rng
    )
    assert best(chinese).code == "cn"
    assert best(perth).code == "au-wa"
    assert best(chinese).p_value <= 0.01 >= best(perth).p_value
    assert chinese["cn"].off.ratio < 0.3 < 0.7 < perth["cn"].off.ratio
    assert chinese["cn"].worked.ratio > 3
    assert chinese["cn"].worked.chance(1) <= 0.01 < perth["cn"].worked.chance(1)


# weekends


def test_the_weekend_share_has_its_interval():
    account, day = np.repeat(np.arange(10), 700), np.tile(np.arange(19_000, 19_700), 10)
    even = weekend(account, day)
    assert even.share == pytest.approx(2 / 7)
    assert even.low < 2 / 7 < even.high
    assert even.p_value > 0.9
    kept = ~((day + 3) % 7 >= 5) | (np.arange(len(day)) % 5 == 0)
    quiet = weekend(account[kept], day[kept])
    assert quiet.high < 2 / 7
    assert quiet.p_value < 1e-4


def test_favourite_weekdays_of_a_few_people_are_no_weekend():
    """The binomial test over posts takes the weekdays of eight people for those of a thousand posts: invalid."""
    worlds, ours, naive = 60, 0, 0
    for seed in range(worlds):
        one = acts(WorkingYear(template="leisure", moody=0.5), seed)
        found = weekend(one.account, one.day)
        free = round(found.share * len(one))
        ours += found.p_value <= 0.05
        naive += binomtest(free, len(one), 2 / 7).pvalue <= 0.05
    assert ours <= binom.ppf(1 - 1e-4, worlds, 0.05)
    assert naive / worlds > 0.2


# clock changes


def test_lateness_is_one_for_an_hour():
    counts = np.repeat(SHARES[0] * 1_000, 4)
    late = lateness(counts, counts)
    shares = counts / counts.sum()
    assert (np.roll(shares, 2) @ late) - (np.roll(shares, -2) @ late) == pytest.approx(1)
    assert np.isfinite(lateness(np.zeros(96), np.zeros(96))).all()


def test_berlin_follows_its_clock_and_moscow_has_none():
    berlin = [jump(acts(WorkingYear(zone="Europe/Berlin", per_day=1.0), seed), "eu") for seed in range(6)]
    moscow = [jump(acts(WorkingYear(zone="Etc/GMT-3", per_day=1.0), seed), "eu") for seed in range(6)]
    assert np.median([one.hours for one in berlin]) == pytest.approx(1, abs=0.3)
    assert np.median([one.hours for one in moscow]) == pytest.approx(0, abs=0.3)
    assert max(np.median([one.p_value for one in berlin]), 0) <= 0.01
    assert np.median([one.no_change[0] for one in berlin]) == pytest.approx(0.1)
    assert np.median([one.no_change[0] for one in moscow]) == pytest.approx(10)
    for one in (*berlin, *moscow):
        assert one.low <= one.hours <= one.high
        assert one.no_change[1] <= one.no_change[0] <= one.no_change[2]
        assert one.changes == 2


def test_a_rhythm_that_wanders_or_a_short_time_gives_no_jump():
    rng = np.random.default_rng(7)
    anyhow = Acts(rng.integers(0, 8, 3_000), rng.integers(18_993, 19_357, 3_000), rng.integers(0, 96, 3_000))
    assert "keeps still" in jump(anyhow, "eu")
    short = Acts(anyhow.account[:400], anyhow.day[:400] % 60 + 18_993, anyhow.quarter[:400])
    assert "it needs 2 changes" in jump(short, "eu")
    assert not isinstance(jump(short, "us"), Jump)


# readings


def test_a_group_that_keeps_chinas_year_is_told_so_beside_its_control():
    found = measured(WorkCalendar.example().tables)
    for measure in ("weekend", "calendar", "holidays-cn", "working-weekends-cn"):
        assert found[measure].p_value <= 0.001
        assert found[measure].control is not None
    assert "China" in found["calendar"].says
    assert found["calendar"].lr_high <= 10
    assert {point.label for point in found["calendar"].points} >= {"China", "Taiwan", "Singapore", "Western Australia"}
    assert "China" in {point.label for point in found["calendar"].points if point.layer == "found"}
    assert found["working-weekends-cn"].low > 1 > found["holidays-cn"].high
    assert found.keys() <= WorkCalendar.measures.keys()
    for reading in found.values():
        assert not {"fake", "bot", "troll", "inauthentic"} & set(reading.says.lower().split())


def test_less_than_a_year_is_too_little_for_a_calendar():
    year = WorkingYear(calendar="cn").times_us(8, "m", np.random.default_rng(1))
    half = {name: times[: len(times) // 2] for name, times in year.items()}
    found = measured(staged(half, {"g": list(half)}, {}))
    assert found.keys() == {"weekend", "calendar"}
    assert found["weekend"].value is not None
    assert found["calendar"].value is None
    assert "it needs 48" in found["calendar"].lacking


def test_countries_with_too_few_days_off_are_not_judged():
    year = WorkingYear().times_us(8, "m", np.random.default_rng(2))
    found = measured(staged(year, {"g": list(year)}, {}))
    assert found["holidays-gb"].value is None
    assert "it needs 8" in found["holidays-gb"].lacking
    assert found["holidays-cn"].control is None
    assert found["working-weekends-tw"].lacking is not None


def test_few_posts_and_single_accounts_are_refused():
    moments = 1_640_995_200_000_000 + np.arange(200) * 86_400_000_000
    assert "it needs 100 on 14" in measured(staged({"a": moments[:50]}, {"g": ["a"]}, {}))["weekend"].lacking
    assert "it needs two" in measured(staged({"a": moments}, {"g": ["a"]}, {}))["weekend"].lacking
    assert measured({}) == {}


def test_hostile_times_do_not_raise():
    times = [None, -62_135_596_800_000_000, 253_402_300_799_000_000, 0, 1_640_995_200_000_000]
    year = WorkingYear().times_us(3, "m", np.random.default_rng(3))
    tables = dict(staged(year, {"g": [*year, "odd"]}, {}))
    rows = [
        {**tables["posts"].to_pylist()[0], "post_id": f"h{i}", "account_id": "odd", "time_us": t}
        for i, t in enumerate(times)
    ]
    odd = pa.Table.from_pylist(rows, schema=tables["posts"].schema)
    tables["posts"] = pa.concat_tables([tables["posts"], odd])
    plain = sum(len(t) for t in year.values())
    assert measured(tables)["weekend"].n == plain + 1


@pytest.mark.parametrize("trial", TRIALS, ids=lambda trial: trial.measures[0])
def test_what_is_planted_is_measured(trial):
    clean = {r.measure: r for r in readings(trial.indicator, trial.clean(np.random.default_rng(12)), 1)}
    # a clean world too small to judge would raise no alarm whatever the indicator did
    assert all(clean[measure].p_value is not None for measure in trial.measures)
    found = {r.measure: r for r in readings(trial.indicator, trial.planted(0.0, np.random.default_rng(12)), 1)}
    assert all(found[measure].p_value <= 0.05 for measure in trial.measures)

"""Written times are read as what they say, the fast way and the slow way alike; what cannot be read says why."""

from __future__ import annotations

import datetime

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.normalise.dates import DAY_FIRST, MONTH_FIRST, read_date
from inconcert.normalise.precision import Grain, grain, midnights
from inconcert.normalise.times import day_orders, read_times

UTC = datetime.UTC
EPOCH = datetime.datetime(1970, 1, 1, tzinfo=UTC)


def us(year: int, month: int, day: int, hour: int = 0, minute: int = 0, second: int = 0, fraction: int = 0) -> int:
    """Microseconds since 1970, by the standard library."""
    moment = datetime.datetime(year, month, day, hour, minute, second, fraction, tzinfo=UTC)
    return (moment - EPOCH) // datetime.timedelta(microseconds=1)


def both(written: str, orders: frozenset[str] = frozenset()) -> tuple[int | None, str | None, str | None]:
    """The value read alone and in a column: they must agree."""
    alone = read_date(written, orders)
    column = read_times(pa.array([written, None, written]), orders)
    for row in (0, 2):
        assert (column.time_us[row].as_py(), column.zone[row].as_py(), column.reason[row].as_py()) == alone
    assert (column.time_us[1].as_py(), column.reason[1].as_py()) == (None, None)
    return alone


TEN = us(2024, 5, 1, 10)


@pytest.mark.parametrize(
    ("written", "time_us", "zone"),
    [
        ("2024-05-01T10:00:00Z", TEN, "stated"),
        ("2024-05-01T12:00:00+02:00", TEN, "stated"),
        ("2024-05-01T12:00:00+0200", TEN, "stated"),
        ("2024-05-01 12:00+02", TEN, "stated"),
        ("2024-05-01T06:30:00.000-0330", TEN, "stated"),
        ("2024-05-01 10:00:00 UTC", TEN, "stated"),
        ("2024-05-01 05:00:00 EST", TEN, "stated"),
        ("2024-05-01 06:00:00 EDT", TEN, "stated"),
        ("2024-05-01 10:00:00.000Z", TEN, "stated"),
        ("2024-05-01T10:00:00.123456789Z", TEN + 123456, "stated"),
        ("2024-05-01 10:00", TEN, "assumed-utc"),
        ("2024-05-01T10:00:00.25", TEN + 250_000, "assumed-utc"),
        ("2024-05-01", us(2024, 5, 1), "assumed-utc"),
        ("2024-5-1 9:05", us(2024, 5, 1, 9, 5), "assumed-utc"),
        ("2024/05/01 10:00", TEN, "assumed-utc"),
        ("20240501T100000Z", TEN, "stated"),
        ("20240501100000", TEN, "assumed-utc"),
        ("1714557600", TEN, "epoch"),
        ("1714557600.0", TEN, "epoch"),
        ("1714557600.5", TEN + 500_000, "epoch"),
        ("1.7145576e+09", TEN, "epoch"),
        ("1714557600000", TEN, "epoch"),
        ("1714557600000000", TEN, "epoch"),
        ("1714557600000000000", TEN, "epoch"),
        ("788918400000", us(1995, 1, 1), "epoch"),
        ("202405011000", TEN, "assumed-utc"),
        ("790000000", us(1995, 1, 13, 12, 26, 40), "epoch"),
        ("Wed May 01 10:00:00 +0000 2024", TEN, "stated"),
        ("Wed May 01 12:00:00 +0200 2024", TEN, "stated"),
        ("Wed, 01 May 2024 12:00:00 +0200", TEN, "stated"),
        ("Wed, 1 May 2024 10:00:00 GMT", TEN, "stated"),
        ("Wed May 01 2024 18:00:00 GMT+0800 (China Standard Time)", TEN, "stated"),
        ("May 1, 2024 10:00 AM", TEN, "assumed-utc"),
        ("1 May 2024, 10:00", TEN, "assumed-utc"),
        ("01-May-2024 12:00AM", us(2024, 5, 1), "assumed-utc"),
        ("13/5/2024 10:00", us(2024, 5, 13, 10), "assumed-utc"),
        ("5/13/2024 10:00 PM", us(2024, 5, 13, 22), "assumed-utc"),
        ("5/5/2024", us(2024, 5, 5), "assumed-utc"),
        ("01.05.2024 10:00", TEN, "assumed-utc"),
        ("2024年05月01日 10:00", TEN, "assumed-utc"),
        ("2024年5月1日10时00分", TEN, "assumed-utc"),
        ("2024年5月1日 10:00:00", TEN, "assumed-utc"),
        ("2024年5月1日", us(2024, 5, 1), "assumed-utc"),
        ("2016-12-31T23:59:60Z", us(2017, 1, 1), "stated"),
        ("1995-01-01", us(1995, 1, 1), "assumed-utc"),
        ("2100-12-31 23:59:59", us(2100, 12, 31, 23, 59, 59), "assumed-utc"),
    ],
)
def test_forms(written: str, time_us: int, zone: str) -> None:
    assert both(written) == (time_us, zone, None)


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("0000-05-01", "1995 and 2100"),
        ("0000-05-01T00:00:00Z", "1995 and 2100"),
        ("9999-12-31 23:59:59", "1995 and 2100"),
        ("9999-12-31T23:59:59Z", "1995 and 2100"),
        ("1994-12-31 23:59", "1995 and 2100"),
        ("2101-01-01", "1995 and 2100"),
        ("0", "since 1970"),
        ("-5", "since 1970"),
        ("9" * 19, "since 1970"),
        ("1e99", "since 1970"),
        ("43016.846", "since 1970"),
        ("2024-02-30", "no such day"),
        ("2024-13-01 10:00", "no such day"),
        ("2024-05-01 25:00", "no such day"),
        ("2024-05-01 10:61", "no such day"),
        ("13:00 PM", "not a date"),
        ("31/02/2024", "no such day"),
        ("soon", "2024-05-01T10:00:00Z"),
        ("yesterday", "not in the file"),
        ("5 minutes ago", "not in the file"),
        ("3h", "not in the file"),
        ("刚刚", "not in the file"),
        ("5分钟前", "not in the file"),
        ("半小时前", "not in the file"),
        ("3天前", "not in the file"),
        ("昨天 10:00", "not in the file"),
        ("今天10:00", "not in the file"),
        ("x" * 10_000, "not a date"),
        ("1" * 10_000, "not a date"),
        ("05月01日 10:00", "names no year"),
        ("5月1日", "names no year"),
        ("05-01 10:00", "names no year"),
        ("2024-05-01 10:00 CST", "'CST'"),
        ("2024-05-01 10:00 XYZ", "'XYZ'"),
        ("24-05-01", "two digits"),
        ("5/13/24 10:00", "two digits"),
        ("3/4/2024 10:00", "other way round"),
    ],
)
def test_what_cannot_be_read_says_why(written: str, said: str) -> None:
    time_us, zone, reason = both(written)
    assert (time_us, zone) == (None, None)
    assert reason is not None
    assert said in reason


def test_day_and_month_are_told_apart_by_the_column() -> None:
    american = pa.array(["10/8/2017 20:19", None, "8/25/2017 1:00", "2017-01-01"])
    assert day_orders(american) == {MONTH_FIRST}
    assert read_times(american, day_orders(american)).time_us[0].as_py() == us(2017, 10, 8, 20, 19)
    european = pa.array(["10/8/2017 20:19", "25/8/2017 1:00"])
    assert day_orders(european) == {DAY_FIRST}
    assert read_times(european, day_orders(european)).time_us[0].as_py() == us(2017, 8, 10, 20, 19)


def test_day_and_month_are_not_guessed() -> None:
    silent = pa.array(["10/8/2017 20:19", "8/8/2017", "1.2.2017"])
    assert day_orders(silent) == frozenset()
    reason = read_times(silent, day_orders(silent)).reason
    assert "--day-first" in reason[0].as_py()
    assert reason.null_count == 2
    mixed = pa.array(["10/8/2017", "25/8/2017", "8/25/2017"])
    assert day_orders(mixed) == {DAY_FIRST, MONTH_FIRST}
    read = read_times(mixed, day_orders(mixed))
    assert "both orders" in read.reason[0].as_py()
    assert read.time_us.to_pylist()[1:] == [us(2017, 8, 25)] * 2


def test_one_bad_day_does_not_change_its_neighbours() -> None:
    read = read_times(
        pa.array(["2024-05-01 10:00", "2024-02-30 10:00", "2024-05-01T10:00:00Z", "1714557600", "x", None])
    )
    assert read.time_us.to_pylist() == [TEN, None, TEN, TEN, None, None]
    assert read.zone.to_pylist() == ["assumed-utc", None, "stated", "epoch", None, None]
    assert [reason is None for reason in read.reason.to_pylist()] == [True, False, True, True, False, True]


MOMENTS = st.datetimes(datetime.datetime(1995, 1, 2), datetime.datetime(2100, 12, 30))
SHAPES = [
    "%Y-%m-%d", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S.%f", "%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%S.%f+05:30",
    "%a %b %d %H:%M:%S +0000 %Y", "%a, %d %b %Y %H:%M:%S -0400", "%Y-%m-%d %H:%M:%S EDT", "%d.%m.%Y %H:%M", "%d/%m/%Y", "%m/%d/%Y %H:%M",
    "%Y年%m月%d日 %H:%M", "%Y%m%d%H%M%S", "%Y-%m-%dT%H:%M:%S%Z",
]  # fmt: skip
VALUES = st.one_of(
    st.none(),
    st.tuples(MOMENTS, st.sampled_from(SHAPES)).map(lambda pair: pair[0].strftime(pair[1])),
    st.integers(0, 10**20).map(str),
    st.floats(0, 5e9).map(str),
    st.text(alphabet="0123456789-:/. TZ+eE", max_size=25),
    st.text(max_size=12),
)


@settings(max_examples=400, deadline=None)
@given(st.lists(VALUES, max_size=12))
def test_a_column_reads_as_its_values_do(values: list[str | None]) -> None:
    """The fast way for whole columns against the slow way for single values."""
    column = pa.array(values, pa.string())
    orders = day_orders(column)
    read = read_times(column, orders)
    for row, value in enumerate(values):
        want = (None, None, None) if value is None else tuple(read_date(value, orders))
        assert (read.time_us[row].as_py(), read.zone[row].as_py(), read.reason[row].as_py()) == want, value


@settings(deadline=None)
@given(MOMENTS)
def test_iso_against_the_standard_library(moment: datetime.datetime) -> None:
    want = (moment.replace(tzinfo=UTC) - EPOCH) // datetime.timedelta(microseconds=1)
    assert both(moment.isoformat() + "Z")[0] == want
    assert both(moment.isoformat(sep=" "))[0] == want


@pytest.mark.parametrize(
    ("times", "precision"),
    [
        ([], None),
        ([None], None),
        (["2024-05-01", "2024-05-02"], "day"),
        (["2024-05-01 10:00", "2024-05-02 11:00", None], "min"),
        (["2024-05-01 10:00:00", "2024-05-02 11:00:00"], "min"),
        (["2024-05-01 10:00:01", "2024-05-02 11:00:59"], "s"),
        (["2024-05-01 10:00:01"] * 3 + ["2024-05-02 11:00:00"], "s"),
        (["2024-05-01 10:00:01"] * 2 + ["2024-05-02 11:00"], "min"),
        (["2024-05-01 10:00:01"] * 2 + ["2024-05-02"], "day"),
    ],
)
def test_precision(times: list[str | None], precision: str | None) -> None:
    assert grain(read_times(pa.array(times, pa.string())).time_us).precision == precision


@settings(deadline=None)
@given(
    st.lists(
        st.lists(st.sampled_from(["2024-05-01", "2024-05-01 10:00", "2024-05-01 10:00:01", None]), max_size=5),
        max_size=5,
    )
)
def test_grain_adds_up_over_batches(batches: list[list[str | None]]) -> None:
    def of(values: list[str | None]) -> Grain:
        return grain(read_times(pa.array(values, pa.string())).time_us)

    assert sum((of(batch) for batch in batches), Grain()) == of([value for batch in batches for value in batch])


def _at(clock: str, n: int) -> list[str]:
    return [f"2024-05-{1 + k % 28:02}T{clock}Z" for k in range(n)]


@pytest.mark.parametrize(
    ("times", "heap"),
    [
        (_at("10:11:12", 24) + _at("00:00:00", 5), True),
        (_at("10:11:12", 24) + _at("00:00:00", 4), False),
        (_at("10:11:12", 23) + _at("00:00:00", 5), False),
        (_at("10:11:12", 24) + _at("00:00:00", 9) + _at("09:00:00", 1), False),
        (_at("10:11:12", 24) + _at("00:00:00", 10) + _at("09:00:00", 1), True),
        (_at("10:11:12", 24) + _at("00:00:00", 900), True),
        (_at("10:11:00", 24) + _at("00:00:00", 5), True),
        (_at("10:11:00", 1440) + _at("00:00:00", 5), False),
        (_at("00:00:00", 900), False),
    ],
)
def test_days_written_as_midnights(times: list[str], heap: bool) -> None:
    found = grain(read_times(pa.array(times)).time_us)
    assert found.heap == heap
    assert not heap or found.precision == ("s" if ":12Z" in times[0] else "min")


def test_bare_days_are_no_heap() -> None:
    times = read_times(pa.array(_at("10:11:12", 40) + ["2024-05-01"] * 9))
    assert not grain(times.time_us, pa.array([False] * 40 + [True] * 9)).heap
    assert midnights(times.time_us, pa.array([False] * 40 + [True] * 9)).to_pylist() == [False] * 49

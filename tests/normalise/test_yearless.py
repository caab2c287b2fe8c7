"""A time without a year gets that of its capture where nothing else is possible, and otherwise stays as it is."""

from __future__ import annotations

import datetime

import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.normalise.yearless import with_years
from normalise.tables import read

UTC = datetime.UTC


def one(written: str, observed: str | None) -> str | None:
    """What becomes of one time."""
    table = pa.table(
        {"created_at": pa.array([written, None]), "observed_at": pa.array([observed, observed], pa.string())}
    )
    done = with_years(table)
    assert done.column_names == table.column_names
    assert done["created_at"][1].as_py() is None
    return done["created_at"][0].as_py()


@pytest.mark.parametrize(
    ("written", "observed", "want"),
    [
        ("06月03日 10:00", "2024-06-05 12:00:00", "2024年06月03日 10:00"),
        (" 6月3日10:00", "1717588800000", "2024年6月3日10:00"),
        ("06月03日 10:00", None, "06月03日 10:00"),
        ("06月03日 10:00", "some day", "06月03日 10:00"),
        ("12月30日 10:00", "2024-06-05 12:00:00", "12月30日 10:00"),
        ("01月01日 03:00", "2023-12-31T20:00:00Z", "01月01日 03:00"),
        ("12月31日 03:00", "2024-01-01T05:00:00Z", "12月31日 03:00"),
        ("02月29日 10:00", "2023-06-05 12:00:00", "02月29日 10:00"),
        ("2023年06月03日 10:00", "2024-06-05 12:00:00", "2023年06月03日 10:00"),
        ("2023-06-03 10:00", "2024-06-05 12:00:00", "2023-06-03 10:00"),
        ("06-03 10:00", "2024-06-05 12:00:00", "06-03 10:00"),
    ],
)
def test_years(written: str, observed: str | None, want: str) -> None:
    assert one(written, observed) == want


def test_without_a_time_of_capture_nothing_is_touched() -> None:
    table = pa.table({"created_at": pa.array(["06月03日 10:00"])})
    assert with_years(table) is table


@settings(deadline=None)
@given(
    st.datetimes(datetime.datetime(2005, 1, 2), datetime.datetime(2090, 12, 30)),
    st.timedeltas(datetime.timedelta(0), datetime.timedelta(days=400)),
)
def test_a_time_that_weibo_would_write_without_a_year_comes_back(
    observed: datetime.datetime, age: datetime.timedelta
) -> None:
    """Either the very time, or no time at all; never another."""
    posted = (observed - age).replace(second=0, microsecond=0)
    weibo = "%m月%d日 %H:%M" if posted.year == observed.year else "%Y年%m月%d日 %H:%M"
    found = read({"text": "x", "created_at": posted.strftime(weibo), "observed_at": observed.isoformat() + "Z"})
    (created,) = found.posts["created_at"].to_pylist()
    assert created in (None, posted.replace(tzinfo=UTC))
    quiet = datetime.timedelta(hours=15)
    if (observed - quiet).year == (observed + quiet).year:
        assert created == posted.replace(tzinfo=UTC)

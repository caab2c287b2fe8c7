"""Numbers as words."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.report import words


@pytest.mark.parametrize(
    ("q", "said"),
    [
        (0.0042, "about 4 would be expected to be false alarms"),
        (0.31, "about 310 would be expected"),
        (0.0002, "fewer than 1 would be expected to be a false alarm (about one in 5,000)"),
        (3e-11, "(fewer than one in a million)"),
        (0.0, "(fewer than one in a million)"),
    ],
)
def test_false_alarms(q: float, said: str) -> None:
    assert said in words.false_alarms(q)


@pytest.mark.parametrize(
    ("x", "said"),
    [
        (0, "0"),
        (0.01, "0.01"),
        (14.2, "14"),
        (2.0, "2"),
        (1234.5, "1,234"),
        (3.2e-11, "3.2 × 10⁻¹¹"),
        (2e-8, "2 × 10⁻⁸"),
        (5e-324, "< 10⁻³⁰⁰"),
    ],
)
def test_number(x: float, said: str) -> None:
    assert words.number(x) == said


@pytest.mark.parametrize(
    ("time_us", "said"),
    [
        (0, "0 seconds"),
        (200_000, "less than a second"),
        (12_000_000, "12 seconds"),
        (60_000_000, "1 minute"),
        (7_500_000_000, "2 hours 5 minutes"),
        (90_061_000_000, "1 day 1 hour"),
    ],
)
def test_duration(time_us: int, said: str) -> None:
    assert words.duration(time_us) == said


@pytest.mark.parametrize(
    ("p", "said"),
    [
        (1 / 270_000, "1 in 270,000"),
        (0.01, "1 in 100"),
        (0.9, "90%"),
        (1e-15, "less than 1 in a million million"),
        (0.5, "1 in 2"),
    ],
)
def test_odds(p: float, said: str) -> None:
    assert words.odds(p) == said


@given(st.floats(0, 1))
def test_a_share_is_never_rounded_to_nothing_or_everything(share: float) -> None:
    said = words.percent(share)
    assert (said == "0%") == (share == 0)
    assert (said == "100%") == (share == 1)


@given(st.floats(1e-290, 0.99))
def test_odds_are_within_a_twentieth(p: float) -> None:
    match = re.fullmatch(r"1 in ([\d,]+)", words.odds(p))
    if match and p <= 0.1:
        assert abs(int(match[1].replace(",", "")) * p - 1) <= 0.05


def test_moment_is_no_finer_than_its_source() -> None:
    at = 1_709_550_127_000_000
    assert [words.moment(at, precision) for precision in ("s", "min", "day")] == [
        "2024-03-04 11:02:07",
        "2024-03-04 11:02",
        "2024-03-04",
    ]


@pytest.mark.parametrize(
    ("gap_us", "precision", "said"),
    [
        (0, "min", "in the same minute"),
        (0, "day", "on the same day"),
        (0, None, "in the same second"),
        (5_000_000, "s", "5 seconds apart"),
    ],
)
def test_apart(gap_us: int, precision: str | None, said: str) -> None:
    assert words.apart(gap_us, precision) == said

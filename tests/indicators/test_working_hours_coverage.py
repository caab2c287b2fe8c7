"""The table of coverage, reduced: shares within what chance allows of the figures to reach."""

from __future__ import annotations

import pytest
from scipy.stats import binom

from inconcert.evaluate.indicators.working_hours_coverage import CROWDS, DAYS, Row, coverage_rows

WORLDS = 40


@pytest.fixture(scope="module")
def rows() -> list[Row]:
    return coverage_rows(3, WORLDS, (50, 200), draws=1_000)


def least(true: float) -> float:
    """Lowest share that a true one of `true` gives in all but one of 10,000 runs of that many worlds."""
    return float(binom.ppf(1e-4, WORLDS, true)) / WORLDS


def test_every_template_size_and_day_has_a_row(rows: list[Row]):
    assert len(rows) == len({(row.template, row.posts, row.day) for row in rows}) == 4 * 2 * len(DAYS) + 2 * len(CROWDS)


def test_the_set_holds_the_true_offset(rows: list[Row]):
    for row in rows:
        if row.coverage is not None and row.day in ("exact", "misfit"):
            assert row.coverage.value >= least(0.93), row
            assert row.coverage.low <= row.coverage.value <= row.coverage.high


def test_the_best_offset_is_within_an_hour_as_often_as_published(rows: list[Row]):
    held = [row for row in rows if row.published is not None and row.within_hour is not None and row.day == "exact"]
    assert len(held) == 6
    for row in held:
        assert row.within_hour.value >= least(row.published), row


def test_no_offset_is_shown_of_crowds_without_one_rhythm(rows: list[Row]):
    for row in rows:
        if row.day in CROWDS:
            assert row.shown.value <= float(binom.ppf(1 - 1e-4, WORLDS, 0.01)) / WORLDS, row
            assert row.coverage is None


def test_an_office_with_two_hundred_posts_is_nearly_always_shown(rows: list[Row]):
    assert all(row.shown.value >= least(0.97) for row in rows if row.template == "office" and row.posts == 200)


def test_the_same_seed_gives_the_same_table():
    def short() -> list[Row]:
        return coverage_rows(5, 3, (50,), draws=99)

    assert short() == short()

"""Events and onsets: the peak after the report of 2022-02-23, and random dates that show none."""

from __future__ import annotations

import datetime

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from inconcert.evaluate.indicators.event_onset import clean
from inconcert.evaluate.indicators.trial import readings
from inconcert.indicators.content.event_onset import EventOnset, example_tables
from inconcert.indicators.content.onset_nearness import distances, nearness
from inconcert.indicators.content.onsets import Onset, habit, onsets
from inconcert.indicators.content.reactions import reaction
from inconcert.indicators.content.volume import DAY_US, Volume
from inconcert.indicators.facts import FACTS
from inconcert.indicators.reading import Reading

DAY_0 = datetime.date(2020, 1, 1)
REPORT = (datetime.date(2022, 2, 23) - DAY_0).days


def of(found: list[Reading], measure: str, group: str | None = "g") -> Reading:
    return next(one for one in found if one.measure == measure and one.group_id == group)


def report_world(seed: int, dates: list[int]) -> dict[str, pa.Table]:
    """2022: a group that posts ten times as much in the six days from 24 February on; a control that does not."""
    rng = np.random.default_rng(seed)
    group, control = np.zeros((12, 1_096)), np.zeros((24, 1_096))
    group[:, 731:], control[:, 731:] = 0.3, 0.3
    group[:, REPORT + 1 : REPORT + 7] *= 10
    return example_tables(rng, {"g": group, "": control}, np.array(dates))


def test_the_peak_after_the_report_appears():
    """M17: daily line, marked event, lag and chance."""
    found = readings(EventOnset(), report_world(4, [REPORT]), 1)
    onset, reaction_, peak = of(found, "onset"), of(found, "reaction"), of(found, "peak")
    assert onset.value == 1.0
    assert onset.low <= 1.0 <= onset.high <= 2.0
    assert onset.p_value is not None
    assert onset.p_value <= 0.01
    assert reaction_.value is not None
    assert reaction_.value > 4
    assert reaction_.control == pytest.approx(1, abs=0.5)
    assert 1 <= peak.value <= 6
    assert peak.low <= peak.value <= peak.high
    assert "2022-02-23" in peak.says
    marked = [one for one in onset.points if one.layer == "found"]
    assert [(one.x, one.label) for one in marked] == [((18_262 + REPORT) * DAY_US, "event 0")]
    drawn = [one for one in onset.points if one.layer == "observed"]
    assert sum(one.y for one in drawn) == onset_posts(report_world(4, [REPORT]))
    assert all(one.x_end - one.x == DAY_US for one in drawn)


def onset_posts(tables: dict[str, pa.Table]) -> int:
    return sum(one.startswith("g") for one in tables["posts"]["account_id"].to_pylist())


def test_shuffled_dates_show_none():
    """M17: other dates of the same year, the weeks after the burst among them."""
    rng = np.random.default_rng(11)
    others = [day for day in range(745, 1_080) if not REPORT - 8 <= day <= REPORT + 8]
    p_values = []
    for seed in range(10):
        found = readings(EventOnset(resamples=19), report_world(4, [int(rng.choice(others))]), seed)
        p_values += [of(found, "onset").p_value, of(found, "reaction").p_value]
    assert min(p_values) > 0.02


def test_a_crowd_that_reacts_to_the_news_like_everybody_is_not_raised():
    found = readings(EventOnset(), clean(np.random.default_rng(2)), 1)
    assert of(found, "reaction").value > 1
    assert of(found, "reaction").p_value > 0.05
    assert of(found, "onset").p_value > 0.05


def test_days_that_resemble_their_neighbours_fool_a_poisson_test_and_not_this_one():
    """Known invalid: a Poisson comparison of the week after with the week before, on autocorrelated counts."""
    rng = np.random.default_rng(3)
    naive, ours = 0, 0
    for _ in range(200):
        course = rng.standard_normal(300)
        for day in range(1, 300):
            course[day] = 0.9 * course[day - 1] + 0.44 * course[day]
        counts = rng.poisson(20 * np.exp(0.5 * course))
        at = int(rng.integers(20, 280))
        before, after = int(counts[at - 7 : at].sum()), int(counts[at : at + 7].sum())
        naive += stats.binomtest(after, before + after, alternative="greater").pvalue <= 0.05
        quiet = np.full(300, 20)
        found = reaction(Volume(0, 0, DAY_US, 7, counts, quiet), np.array([at]), np.array([1]), 7, 1.0)
        ours += found.p_date <= 0.05
    assert naive > 50
    assert ours <= 19


def test_weekdays_are_no_onsets_and_bursts_are_no_habit():
    rng = np.random.default_rng(1)
    week = np.where(np.arange(420) % 7 >= 5, 0.2, 1.3)
    assert onsets(rng.poisson(20 * week), 7) == []
    counts = rng.poisson(20 * week)
    counts[200] = 5_000
    assert np.abs(habit(counts, 7)[:7] / habit(rng.poisson(20 * week), 7)[:7] - 1).max() < 0.2


def test_an_onset_is_found_where_it_was_put():
    covered = 0
    for seed in range(40):
        rng = np.random.default_rng(seed)
        mean = np.full(300, 10.0)
        mean[137:] = 16
        found = onsets(rng.poisson(mean), 7)
        assert len(found) == 1
        covered += found[0].low <= 137 <= found[0].high
        assert found[0].ratio == pytest.approx(1.6, abs=0.35)
    assert covered >= 35


@given(st.lists(st.integers(0, 50), min_size=1, max_size=60), st.sampled_from([7, 24]))
def test_onsets_of_anything_lie_inside_and_rise(counts: list[int], period: int):
    found = onsets(np.array(counts, np.int64), period)
    assert all(0 < one.low <= one.at <= one.high < len(counts) and one.ratio > 0 for one in found)


@given(
    st.lists(st.integers(0, 79), min_size=0, max_size=6, unique=True),
    st.lists(st.tuples(st.integers(0, 70), st.integers(1, 5)), min_size=1, max_size=5),
)
def test_nearness_as_a_loop_counts_it(at: list[int], dates: list[tuple[int, int]]):
    found = [Onset(day, day, day, 2.0) for day in sorted(at)]

    def near(day: int) -> int:
        return min([1 if one == day - 1 else one - day for one in at if one >= day - 1] + [20])

    def total(shift: int) -> int:
        return sum(min(near((day + k + shift) % 80) for k in range(length)) for day, length in dates)

    sums = [total(shift) for shift in range(80)]
    one = nearness(found, 80, np.array([d for d, _ in dates]), np.array([k for _, k in dates]), 20)
    assert one.mean == pytest.approx(sums[0] / len(dates))
    assert one.hits == sum(each <= sums[0] for each in sums)
    assert one.usual == pytest.approx(np.mean(sums) / len(dates))
    assert distances(np.array(sorted(at), np.int64), 80, 20).tolist() == [near(day) for day in range(80)]


def test_without_a_control_the_chance_is_told_and_nothing_is_tested():
    tables = report_world(4, [REPORT])
    del tables["controls"]
    found = readings(EventOnset(), tables, 1)
    onset = of(found, "onset")
    assert onset.value == 1.0
    assert onset.p_value is None
    assert "of 365 shifts" in onset.says
    assert "give control accounts" in of(found, "reaction").lacking


def test_a_stray_date_does_not_stretch_the_time():
    tables = report_world(4, [REPORT])
    stray = tables["posts"].slice(0, 3).to_pylist()
    for number, (one, year) in enumerate(zip(stray, (2_005, 2_060, 2_099), strict=True)):
        one |= {
            "post_id": f"s{number}", "account_id": "g0",
            "time_us": round(datetime.datetime(year, 1, 1, tzinfo=datetime.UTC).timestamp()) * 1_000_000,
        }  # fmt: skip
    more = tables | {"posts": pa.concat_tables([tables["posts"], pa.Table.from_pylist(stray, tables["posts"].schema)])}
    assert (
        of(readings(EventOnset(), more, 1), "onset").p_value == of(readings(EventOnset(), tables, 1), "onset").p_value
    )


def test_short_cases_are_counted_by_the_hour():
    rng = np.random.default_rng(9)
    at = 1_650_000_000_000_000
    time_us = at + np.concatenate([rng.integers(0, 20 * 24, 900), 300 + rng.integers(0, 6, 500)]) * 3_600_000_000
    n = len(time_us)
    posts = {c.name: [None] * n for c in FACTS["posts"].columns} | {
        "post_id": [f"p{k}" for k in range(n)], "account_id": [f"a{k % 9}" for k in range(n)], "platform": ["t"] * n,
        "role": ["case"] * n, "kind": ["post"] * n, "time_us": time_us.tolist(),
    }  # fmt: skip
    begun = at + 299 * 3_600_000_000
    event = {
        "event_id": "e", "title": "a match", "first_us": begun, "last_us": begun + 1, "precision": "min", "source": None,
        "note": None, "import_id": "i", "row_ref": 1,
    }  # fmt: skip
    tables = {
        "posts": pa.Table.from_pydict(posts, FACTS["posts"].arrow),
        "events": pa.Table.from_pylist([event], FACTS["events"].arrow),
    }
    onset = of(readings(EventOnset(), tables, 1), "onset", None)
    assert onset.value == pytest.approx(1 / 24)
    assert "hours" in onset.says


def test_too_little_is_said_and_absurd_input_does_not_raise():
    tables = report_world(4, [REPORT])
    few = tables | {"posts": tables["posts"].slice(0, 40)}
    assert all(one.lacking for one in readings(EventOnset(), few, 1))
    odd = tables["events"].to_pylist()[0]
    rows = [
        odd | {"event_id": "early", "first_us": -(2**63), "last_us": -(2**63) + 1},
        odd | {"event_id": "late", "first_us": 2**63 - 2, "last_us": 2**63 - 1},
        odd | {"event_id": "turned", "last_us": odd["first_us"] - DAY_US},
        odd | {"event_id": "e\x00", "title": "=HYPERLINK()<script>\u202e\n" * 50_000, "note": None},
        odd | {"event_id": "year", "last_us": odd["first_us"] + 365 * DAY_US, "precision": "year"},
    ]
    posts = tables["posts"].to_pylist()
    posts += [posts[0] | {"post_id": f"n{k}", "time_us": t} for k, t in enumerate((None, -(2**62), 2**62))]
    hostile = tables | {
        "events": pa.Table.from_pylist(rows, tables["events"].schema),
        "posts": pa.Table.from_pylist(posts, tables["posts"].schema),
    }
    found = readings(EventOnset(), hostile, 1)
    assert {one.subject_id for one in found if one.measure == "peak"} == {"e\x00"}
    assert all(len(str(one.label)) <= 80 for one in of(found, "onset").points if one.label)
    assert readings(EventOnset(), {}, 1) == []


def test_the_order_of_rows_does_not_matter():
    tables = report_world(4, [REPORT, REPORT + 90])
    rng = np.random.default_rng(1)
    mixed = {name: table.take(pa.array(rng.permutation(len(table)))) for name, table in tables.items()}
    assert readings(EventOnset(), mixed, 1) == readings(EventOnset(), tables, 1)

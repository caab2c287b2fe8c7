"""Chronology: what followed which event, and dates in notes that contradict the column."""

from __future__ import annotations

import csv
import datetime
import json
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from inconcert.evaluate.indicators.trial import readings
from inconcert.indicators.content.chronology import Chronology
from inconcert.indicators.content.dated_events import Event
from inconcert.indicators.content.written_dates import READ, conflicts, days_apart, written_dates
from inconcert.indicators.facts import FACTS
from inconcert.indicators.reading import Reading

DAY_US = 86_400_000_000


def day_us(day: datetime.date) -> int:
    return (day - datetime.date(1970, 1, 1)).days * DAY_US


def bounds(date: str) -> tuple[int, int, str]:
    """First and last moment and precision of 2022, 2022-03, 2022-03-09 or two of them with a stroke between."""
    first, _, last = date.partition("/")
    parts = [int(x) for x in first.split("-")]
    end = [int(x) for x in (last or first).split("-")]
    after = {
        1: lambda: datetime.date(end[0] + 1, 1, 1),
        2: lambda: datetime.date(end[0] + end[1] // 12, end[1] % 12 + 1, 1),
        3: lambda: datetime.date(*end) + datetime.timedelta(days=1),
    }[len(end)]()
    begun = datetime.date(*[*parts, 1, 1][:3])
    return day_us(begun), day_us(after), ("year", "month", "day")[len(parts) - 1]


def event_row(event_id: str, title: str, date: str, note: str | None = None) -> dict[str, object]:
    first, last, precision = bounds(date)
    return {
        "event_id": event_id, "title": title, "first_us": first, "last_us": last, "precision": precision, "source": None,
        "note": note, "import_id": "i", "row_ref": 1,
    }  # fmt: skip


def told(events: list[dict[str, object]], posts: list[dict[str, object]] = (), **more: pa.Table) -> list[Reading]:
    shape = {c.name: None for c in FACTS["posts"].columns} | {"platform": "twitter", "role": "case", "kind": "post"}
    rows = [shape | {"post_id": f"p{k}"} | post for k, post in enumerate(posts)]
    tables = {
        "events": pa.Table.from_pylist(events, FACTS["events"].arrow),
        "posts": pa.Table.from_pylist(rows, FACTS["posts"].arrow),
    }
    return readings(Chronology(), tables | more, 1)


def reference(shared_data: Path, name: str) -> Path:
    path = shared_data.parent / "reference" / name
    if not path.is_file():
        pytest.skip(f"reference data absent: no file {path}")
    return path


@pytest.mark.data
def test_the_conflicts_of_the_reference_events_are_shown_and_no_others(shared_data: Path):
    """M45, on the events of the reference report: eight notes give another date, one title speaks of the year before."""
    with reference(shared_data, "narratives.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] == "event" and row["date"]]
    found = told([event_row(row["id"], row["gloss"], row["date"], row["note"] or None) for row in rows])
    shown = {one.subject_id: one.says for one in found if one.measure == "date-conflict"}
    assert set(shown) == {
        "EVT015", "EVT022", "EVT028", "EVT031", "EVT033", "EVT041", "EVT044", "EVT055", "EVT059",
    }  # fmt: skip
    assert "dated 2020-07-22, but its note says '2019' (204 days apart)" in shown["EVT022"]
    assert "dated 2022-11-15 to 2022-11-19, but its note says '16 to 19 November'" in shown["EVT055"]
    assert "its title says '2022'" in shown["EVT059"]


@pytest.mark.data
def test_dates_of_the_reference_briefs_can_be_events(shared_data: Path):
    records = json.loads(reference(shared_data, "briefs.json").read_text("utf-8"))["records"]
    events = [
        event_row(f"{one['id']}-{k}", one["headline"], date["date"], date["label"])
        for one in records
        for k, date in enumerate(one["event_dates"])
    ]
    assert len(events) >= 4
    assert [one for one in told(events) if one.measure == "date-conflict"] == []


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("text says 2021-06-03", "2021-06-03", "2021-06-03"),
        ("published 3 June 2021.", "2021-06-03", "2021-06-03"),
        ("June 3rd, 2021", "2021-06-03", "2021-06-03"),
        ("on the 3rd of June", "2020-06-03", "2020-06-03"),
        ("Sept. 2021", "2021-09-01", "2021-09-30"),
        ("2021-09", "2021-09-01", "2021-09-30"),
        ("early 2022", "2022-01-01", "2022-04-30"),
        ("from the end of 2022 on", "2022-10-01", "2022-12-31"),
        ("16 to 19 November 2022", "2022-11-16", "2022-11-19"),
        ("November 16–19, 2022", "2022-11-16", "2022-11-19"),
        ("2022-11-15/2022-11-19", "2022-11-15", "2022-11-19"),
        ("2022/11/15", "2022-11-15", "2022-11-15"),
        ("2021年6月3日发布", "2021-06-03", "2021-06-03"),
        ("2021年6月", "2021-06-01", "2021-06-30"),
        ("(listed in 2019)", "2019-01-01", "2019-12-31"),
    ],
)
def test_written_dates(text: str, first: str, last: str):
    found = written_dates(text, 2020)
    assert [(str(one.first), str(one.last)) for one in found] == [(first, last)]


@pytest.mark.parametrize(
    "text",
    [
        "YCCG-2012-CS228-01", "¥2021", "at least US$2000", "50,2021 posts", "34 officers", "they may 3 times", "3/4/2021",
        "31 February 2021", "2021-13-01", "12021", "14th CPPCC", "v2.2021", "", "2022:30", "no. 2021-99",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str):
    assert written_dates(text, 2020) == []


@given(st.text(max_size=200), st.integers(1996, 2100))
def test_any_text_can_be_read(text: str, year: int):
    assert all(one.first <= one.last for one in written_dates(text, year))


def test_long_texts_are_read_to_a_limit():
    assert written_dates("x " * READ + " 2021-06-03", 2020) == []
    assert len(written_dates("2021-06-03 " * 100_000, 2020)) == READ // 11


@pytest.mark.parametrize(
    ("date", "note", "apart"),
    [
        ("2021-06-03", "June 2021", None),
        ("2021-06-03", "in 2021", None),
        ("2021-06", "on 14 June", None),
        ("2021-06-03", "4 June", 1),
        ("2021-06", "early July 2021; 2 July 2021", 1),
        ("2022-11-15/2022-11-19", "16 November", None),
        ("2022-11-15/2022-11-19", "16 to 19 November", 1),
        ("2013/2014", "2014", None),
    ],
)
def test_a_finer_or_coarser_date_agrees(date: str, note: str, apart: int | None):
    first, last, precision = bounds(date)
    event = Event("e", "t", first, last, precision, note)
    found = [days_apart(event, one) for _, one in conflicts(event)]
    assert (found[0] if found else None) == apart


def test_the_lag_to_the_next_burst_is_as_coarse_as_the_date():
    rng = np.random.default_rng(7)
    begun = day_us(datetime.date(2022, 1, 1))
    counts = rng.poisson(np.where((np.arange(120) >= 54) & (np.arange(120) < 60), 40, 4))
    days = np.repeat(np.arange(120), counts)
    posts = [{"account_id": "a", "time_us": int(begun + d * DAY_US + 1)} for d in days]
    exact = event_row("exact", "report", "2022-02-23")
    month = event_row("month", "rumour", "2022-02")
    found = told([exact, month], posts)
    case = next(one for one in found if one.measure == "followed")
    assert case.value == 2.0
    assert "'report' (2022-02-23): up to 48 hours later" in case.says
    assert "'rumour' (2022-02): within the time it is dated to" in case.says
    lanes = {one.layer for one in case.points}
    assert lanes == {"events", "bursts", "first post"}
    span = next(one for one in case.points if one.label == "rumour")
    assert (span.x, span.x_end) == (day_us(datetime.date(2022, 2, 1)), day_us(datetime.date(2022, 3, 1)))
    after = {one.subject_id: one for one in found if one.measure == "next"}
    assert (after["exact"].value, after["exact"].low, after["exact"].high) == (1.0, 0.0, 2.0)
    # a burst within a month that is all one knows of the event has no lag to it
    assert after["month"].value is None
    assert "is dated 2022-02" in (after["month"].lacking or "")


def test_storylines_and_groups_have_lines_of_their_own():
    begun = day_us(datetime.date(2022, 3, 1))
    posts = [
        {"account_id": "a", "time_us": begun, "text": "nothing to see"},
        {"account_id": "b", "time_us": begun + 3 * DAY_US, "text": "They built an Empire of Hackers, all of it"},
    ]
    storyline = {c.name: None for c in FACTS["storylines"].columns} | {
        "storyline": "S1", "title": "hackers", "kind": "phrase", "pattern": "empire of hackers", "import_id": "i", "row_ref": 1,
    }  # fmt: skip
    found = told(
        [event_row("e", "report", "2022-02-28")],
        [{"account_id": "c", "time_us": begun - 9 * DAY_US}, *posts],
        storylines=pa.Table.from_pylist([storyline], FACTS["storylines"].arrow),
        members=pa.table({"group_id": ["g", "h"], "account_id": ["b", "a"]}),
    )
    lines = {(one.subject, one.subject_id) for one in found if one.measure == "followed"}
    assert lines == {("case", "case"), ("group", "g"), ("group", "h"), ("storyline", "S1")}
    says = next(one.says for one in found if one.measure == "next")
    assert "the first post of group h up to 24 hours later" in says
    assert "of the case" not in says
    assert "the first post of storyline S1 3.0 to 4.0 days later" in says


def test_the_beginning_of_the_collection_follows_no_event():
    begun = day_us(datetime.date(2022, 3, 1))
    posts = [{"account_id": "a", "time_us": begun + k * DAY_US} for k in range(3)]
    found = told(
        [event_row("e", "report", "2022-02-27")], posts, members=pa.table({"group_id": ["g"], "account_id": ["a"]})
    )
    assert {(one.measure, one.subject_id): one.value for one in found} == {
        ("followed", "case"): 0,
        ("followed", "g"): 0,
    }
    assert {point.layer for one in found for point in one.points} == {"events", "first post"}


@pytest.mark.parametrize(
    ("hours", "said"), [(0.2, "less than an hour later"), (30, "30 hours later"), (60, "2.5 days later")]
)
def test_short_lags_are_told_in_hours(hours: float, said: str):
    begun = day_us(datetime.date(2022, 3, 1))
    event = event_row("e", "report", "2022-03-01") | {"last_us": begun + 1, "precision": "second"}
    posts = [{"account_id": who, "time_us": begun + round(at * DAY_US / 24)} for who, at in (("b", -99), ("a", hours))]
    found = told([event], posts, members=pa.table({"group_id": ["g"], "account_id": ["a"]}))
    assert f"the first post of group g {said}." in next(one.says for one in found if one.measure == "next")


def test_nothing_is_tested_and_absurd_events_do_not_raise():
    odd = event_row("e", "t" * 10**6, "2022-02-23", "2021 " * 10**6)
    rows = [
        odd,
        odd | {"event_id": "f", "first_us": -(2**63), "last_us": 2**63 - 1},
        odd | {"event_id": "g", "note": "\x00=1"},
    ]
    found = told(rows, [{"account_id": "a", "time_us": None}, {"account_id": "a", "time_us": 2**62}])
    assert {one.subject_id for one in found} == {"e"}
    assert all(one.p_value is None for one in found)
    assert readings(Chronology(), {}, 1) == []
    assert Chronology.example().found == frozenset()
    assert readings(Chronology(), Chronology.example().tables, 1)

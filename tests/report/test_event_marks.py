"""Events on timelines: short ones are lines, lasting ones light bands above the plot, and no label meets another or is cut."""

from __future__ import annotations

import itertools
import re
from xml.etree import ElementTree

from hypothesis import given, settings
from hypothesis import strategies as st

from inconcert.report.chart_look import WIDTH
from inconcert.report.event_marks import labelled, length, numbered
from inconcert.report.events import Event
from inconcert.report.figures import posts_over_time
from inconcert.report.timeline import DAY_US, Axis, Timeline

AXIS = Axis(0, DAY_US, 14)
TIMES = st.tuples(st.integers(-400, 14), st.integers(1, 800))


def event(n: int, first: float, days: float, title: str = "Ferry strike") -> Event:
    return Event(f"E{n}", title, round(first * DAY_US), round((first + days) * DAY_US), "then")


def drawn(*events: Event) -> ElementTree.Element:
    return ElementTree.fromstring(posts_over_time(Timeline(AXIS, (3,) * 14, 0), "posts", events=events))


def test_an_event_of_a_year_is_a_band_above_and_no_line() -> None:
    svg = ElementTree.tostring(drawn(event(1, -100, 366, "Year of the strike"), event(2, 3, 1)), encoding="unicode")
    assert "E1 Year of the strike" in svg
    assert svg.count("stroke-dasharray") == 1
    bands = re.findall(r'fill="#e3e7ec"', svg)
    assert len(bands) == 1
    assert svg.count('fill="#1f5fa8"') >= 14  # the bars stand as they are, nothing over them
    assert 'opacity="0.1"' not in svg


def test_an_event_of_a_day_keeps_its_line_and_number_only() -> None:
    texts = ["".join(e.itertext()) for e in drawn(event(1, 3, 1), event(2, 5, 1)).iter() if e.tag.endswith("text")]
    assert {"E1", "E2"} <= set(texts)
    assert not [text for text in texts if "Ferry" in text]


@settings(max_examples=200)
@given(st.lists(TIMES, min_size=1, max_size=20), st.text(max_size=130))
def test_labels_stay_inside_and_bands_of_a_row_apart(times: list[tuple[int, int]], title: str) -> None:
    events = [event(n, *time, title=title) for n, time in enumerate(sorted(times), 1)]
    inside = [e for e in events if e.last_us > DAY_US and e.first_us < 13 * DAY_US]
    marks = labelled(inside, AXIS, 2)
    assert len(marks) == len(inside)
    rows: dict[int, list[tuple[float, float]]] = {}
    for mark in marks:
        assert mark.row >= 2
        begins, ends, at = (time * 1000 / AXIS.end_us * WIDTH for time in (mark.first, mark.last, mark.at))
        long = length(mark.text)
        text = (at, at + long) if mark.align == "left" else (at - long, at)
        assert text[0] >= -1
        assert text[1] <= WIDTH + 1
        rows.setdefault(mark.row, []).append((min(begins, text[0]), max(ends, text[1])))
    for its in rows.values():
        its.sort()
        assert all(a[1] <= b[0] + 0.5 for a, b in itertools.pairwise(its))


@given(st.lists(st.integers(0, 13 * 24), max_size=3))
def test_three_numbers_never_meet(hours: list[int]) -> None:
    marks = numbered([event(n, hour / 24, 0.01) for n, hour in enumerate(sorted(hours), 1)], AXIS)
    assert len({(mark.row, mark.first) for mark in marks}) == len(marks)


def test_a_label_is_cut_at_a_word_and_wide_letters_count_double() -> None:
    long = "the long debate over the harbour and its ferries and piers"
    (mark,) = labelled([event(1, -1, 30, title=f"Year of {long}")], AXIS, 0)
    assert mark.text.startswith("E1 Year of the long debate")
    assert mark.text.endswith("…")
    assert f"E1 Year of {long} "[len(mark.text) - 1] == " "
    (wide,) = labelled([event(1, -1, 30, title="港" * 60)], AXIS, 0)
    assert 15 < len(wide.text) < 35

"""Pictures of readings: every kind of chart, from ordinary, hostile, huge and broken points."""

from __future__ import annotations

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import replace
from xml.etree import ElementTree

import numpy as np
import pytest
from made_up_case import DAY_US, START_US
from made_up_points import FIGURES, POINTS, scatter

from inconcert.indicators.figure import CHARTS, Figure
from inconcert.indicators.reading import Point
from inconcert.report.charts import DRAWN, chart
from inconcert.report.clock_chart import clocks
from inconcert.report.drawing import Drawing
from inconcert.report.scatter_chart import MARKS_AT_MOST
from inconcert.report.zones import BINS, zones

HOSTILE = (
    "<script>alert(1)</script>",
    "\u202egnp.exe\u202c \u200b\x00\x07 https://evil.example/x",
    '"><img src=x onerror=alert(1)>',
    "z" + "\u0301" * 500,
    "W" * 1_000_000,
    "]]>&lt;b&gt; {{ 7 * 7 }}",
)
KINDS = [kind for kind in CHARTS if kind != "clock"]
ZONES = zones(START_US, START_US + 45 * DAY_US, "UTC")


def drawn(kind: str, points: Sequence[Point], figure: Figure | None = None) -> Drawing:
    found = chart(figure or FIGURES[kind], points, f"a {kind}")
    assert found is not None
    return found


def texts(svg: str) -> list[str]:
    """What is written in a picture; it must be well-formed, and ask for nothing."""
    root = ElementTree.fromstring(svg)
    assert not re.search(r"href|url\((?!#)|https?://|@import|style=", svg)
    assert {element.tag.rpartition("}")[2] for element in root.iter()} <= {
        "svg", "g", "path", "text", "rect", "line", "defs", "clipPath", "tspan",
    }  # fmt: skip
    return ["".join(element.itertext()) for element in root.iter() if element.tag.rpartition("}")[2] == "text"]


def test_every_kind_of_chart_is_drawn() -> None:
    assert {*DRAWN, "clock"} == set(CHARTS)


@pytest.mark.parametrize(
    ("kind", "written", "keys"),
    [
        ("histogram", ["11 in 9 days", "account made", "accounts"], ["observed", "control", "expected", "marked"]),
        (
            "shares",
            ["Default handle of the platform", "62%", "21%", "名字與帳號互相矛盾"],
            ["measured here", "control"],
        ),
        (
            "strip",
            ["G1-01", "G1-03", "first shift", "renamed", "8 March 2024, UTC"],
            ["from beginning to end", "named"],
        ),
        ("scatter", ["block 1", "place in the order of following"], ["ordinary", "bound", "marked", "marked stretch"]),
        ("curve", ["hours from UTC", "posterior"], ["office hours", "leisure"]),
        ("bars", ["exampletown", "120", "840"], ["from outside, at least", "from inside", "unknown"]),
    ],
)
def test_labels_are_written_and_every_sign_is_explained(kind: str, written: list[str], keys: list[str]) -> None:
    found = drawn(kind, POINTS[kind]())
    said = texts(found.svg)
    assert not set(written) - set(said)
    assert [key.means for key in found.keys] == keys
    assert len({key.mark for key in found.keys}) == len(keys)  # told apart by more than colour
    assert all("<svg" in key.glyph for key in found.keys)
    assert 'role="img" aria-label="a ' in found.svg
    assert len(found.svg) < 100_000


@pytest.mark.parametrize("kind", KINDS)
def test_hostile_labels_and_layers_stay_letters(kind: str) -> None:
    own = [p for p in POINTS[kind]() if kind not in ("strip", "curve", "bars")]
    points = own + [
        Point(layer, x=START_US + i * 1e9, y=1.0 + i, x_end=START_US + (i + 0.5) * 1e9, low=0.5, high=9.0, label=label)
        for i, label in enumerate(HOSTILE)
        for layer in (label if kind in ("strip", "curve", "bars") else "group", "found", "span")
    ]
    if kind == "histogram":
        points = [replace(p, y=1.0) for p in points]
    found = drawn(kind, points, Figure(kind, HOSTILE[0] + HOSTILE[4], HOSTILE[1], time=kind == "strip"))
    said = "".join(texts(found.svg)) + "".join(key.means for key in found.keys) + "".join(found.notes)
    assert not set(found.svg + said) & set("\u202e\u202c\u200b\x00\x07")
    assert "evil.example" not in said
    assert len(found.svg) < 200_000
    assert max(len(text) for text in texts(found.svg)) < 200


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", [None, math.nan, math.inf, -math.inf])
def test_points_without_numbers_are_left_out(kind: str, value: float | None) -> None:
    layers = {"shares": "group", "scatter": "ordinary", "histogram": "observed"}
    broken = Point(layers.get(kind, "x"), x=value, y=value, x_end=value, low=value, high=value, label="broken")
    assert chart(FIGURES[kind], [broken], "nothing") is None
    assert "broken" not in texts(drawn(kind, [*POINTS[kind](), broken]).svg)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("at", [0.0, -3.0, 1e12, 1e-9])
def test_one_point_is_enough(kind: str, at: float) -> None:
    layers = {"shares": "group", "scatter": "ordinary", "histogram": "observed"}
    x = START_US if FIGURES[kind].time else at
    one = Point(layers.get(kind, "x"), x=x, y=at, x_end=x + 5, label="one")
    texts(drawn(kind, [one]).svg)


def test_times_beyond_all_calendars_are_left_out() -> None:
    odd = Point("G1-01", x=1e19)
    assert texts(drawn("strip", [*POINTS["strip"](), odd]).svg) == texts(drawn("strip", POINTS["strip"]()).svg)


def test_a_hundred_thousand_points_become_some_hundred_marks_that_stand_for_all() -> None:
    found = drawn("scatter", scatter(100_000))
    assert len(found.svg) < 150_000
    assert "Larger dots stand for several." in found.notes
    assert found.svg.count("translate(") < 3 * MARKS_AT_MOST


def test_many_rows_lanes_lines_and_bins_are_cut_and_it_says_so() -> None:
    many = [Point("group", x=0.5, low=0.4, high=0.6, label=f"row {i}") for i in range(90)]
    assert "18 of 90 are drawn." in drawn("shares", many).notes
    assert "18 of 90 are drawn." in drawn("bars", many).notes
    lanes = [Point(f"lane {i % 40}", x=START_US + i * 1e6) for i in range(20_000)]
    notes = drawn("strip", lanes).notes
    assert "10 of 40 rows are drawn." in notes
    assert any(note.startswith("At most") for note in notes)
    lines = [Point(f"line {i % 9}", x=float(i), y=1.0) for i in range(90)]
    assert "5 of 9 lines are drawn." in drawn("curve", lines).notes
    bins = [Point("observed", x=float(i), x_end=i + 1.0, y=1.0) for i in range(1_000)]
    found = drawn("histogram", bins, Figure("histogram", "x", "y"))
    assert found.notes == ("Each step of the picture adds up 5 bins.",)


def test_marked_stretches_that_crowd_are_numbered_and_explained() -> None:
    bins = [Point("observed", x=float(i), x_end=i + 1.0, y=1.0) for i in range(20)]
    spans = [Point("found", x=9 + 0.1 * i, x_end=9.05 + 0.1 * i, label=f"a long label of span {i}") for i in range(3)]
    found = drawn("histogram", bins + spans, Figure("histogram", "x", "y"))
    assert {"1", "2", "3"} <= set(texts(found.svg))
    assert "2: a long label of span 1." in found.notes


def test_a_label_at_the_edge_is_moved_inside_and_crowded_numbers_apart() -> None:
    bins = [Point("expected", x=float(i), x_end=i + 1.0, y=1.0) for i in range(20)]
    edge = drawn("histogram", [*bins, Point("found", x=300.0, label="observed: 300")], Figure("histogram", "x", "y"))
    assert "observed: 300" in texts(edge.svg)
    names = [f"a long name of event {i}" for i in range(4)]
    crowded = [Point("found", x=9 + 0.01 * i, x_end=9.05 + 0.01 * i, label=name) for i, name in enumerate(names)]
    found = drawn("histogram", bins + crowded, Figure("histogram", "x", "y"))
    places = re.findall(r"translate\(([\d.]+),-\d+\)[^>]*>([1-4])<", found.svg)
    assert [number for _, number in places] == ["1", "2", "3", "4"]
    at = [float(place) for place, _ in places]
    assert all(b - a >= 6 for a, b in itertools.pairwise(at))


def test_a_curve_breaks_at_a_point_without_y() -> None:
    points = [Point("line", x=float(i), y=None if i == 4 else 1.0, low=0.5, high=1.5) for i in range(8)]
    whole = drawn("curve", [p for p in points if p.y is not None])
    broken = drawn("curve", points)
    strokes = [svg.count('stroke-width="2.6"') for svg in (whole.svg, broken.svg)]
    assert strokes == [1, 2]
    assert chart(FIGURES["curve"], [Point("line", x=1.0)], "nothing") is None


def test_a_reading_may_name_the_axes_of_its_picture() -> None:
    points = [Point("x", label="second of the minute"), Point("y", label="hours"), *POINTS["histogram"]()]
    written = texts(drawn("histogram", points).svg)
    assert {"second of the minute", "hours"} <= set(written)
    assert not {FIGURES["histogram"].x, FIGURES["histogram"].y} & set(written)


def test_a_value_far_outside_the_bins_is_still_in_the_picture() -> None:
    bins = [Point("expected", x=float(i), x_end=i + 1.0, y=1.0) for i in range(5)]
    found = drawn("histogram", [*bins, Point("found", x=40.0, x_end=44.0, label="here")], Figure("histogram", "x", "y"))
    assert {"here", "40"} <= set(texts(found.svg))


def test_numbers_over_many_orders_get_a_stretched_scale_and_it_says_so() -> None:
    points = [Point("x", x=10.0**k, y=float(k)) for k in range(-2, 6)]
    found = drawn("curve", points, Figure("curve", "seconds", "n"))
    assert any("stretched" in note for note in found.notes)
    assert not drawn("curve", POINTS["curve"]()).notes[0].startswith("The scale")


def test_clocks_stand_side_by_side_and_count_every_post() -> None:
    points = POINTS["clock"]()
    found = clocks(points, "I7", ZONES, "UTC", 0)
    assert found is not None
    assert [clock.name for clock in found.maps] == ["exampletown", "birdsite"]
    assert [clock.key for clock in found.maps] == ["I7-1", "I7-2"]
    for clock in found.maps:
        posts = sum(p.y or 0 for p in points if p.layer == clock.name)
        assert sum(n for *_, n in clock.week) == posts
        totals = [int(t.replace(",", "")) for t in re.findall(r'class="total"[^>]*>([\d,]+)<', clock.svg)]
        assert sum(totals) == posts
    assert clocks([], "I7", ZONES, "UTC", 0) is None
    assert clocks(points, "I7", None, "UTC", 0) is None


def test_a_clock_is_moved_by_the_distance_from_utc_of_its_stretch() -> None:
    stretch = len(ZONES.borders_us)  # summer time in Europe begins within the case
    point = Point("x", x=float(BINS - 1), y=3.0)
    found = clocks([point], "k", ZONES, "Europe/Berlin", stretch)
    winter = clocks([point], "k", ZONES, "Europe/Berlin", 0)
    assert found is not None
    assert winter is not None
    assert "Monday 01:00 to 02:00 (3 posts)" in found.maps[0].busiest
    assert "Monday 00:00 to 01:00 (3 posts)" in winter.maps[0].busiest


def test_many_platforms_with_hostile_names_leave_four_clean_maps() -> None:
    points = [Point(f"{HOSTILE[i % 6]} {i}", x=float(i), y=float(i + 1)) for i in range(9)]
    found = clocks(points, "k", ZONES, "UTC", 0)
    assert found is not None
    assert (len(found.maps), found.further) == (4, 5)
    for clock in found.maps:
        ElementTree.fromstring(clock.svg)
        assert not set(clock.name + clock.svg) & set("\u202e\u202c\u200b\x00\x07")


def test_pictures_do_not_depend_on_chance() -> None:
    rng = np.random.default_rng(0)
    points = POINTS["histogram"]()
    shuffled = [points[i] for i in rng.permutation(len(points))]
    assert drawn("histogram", points).svg == drawn("histogram", shuffled).svg


def test_a_span_of_a_year_over_others_has_a_lane_of_its_own_and_does_not_stretch_the_scale() -> None:
    strip = FIGURES["strip"]
    figure = replace(strip, time=True)
    near = [
        Point("events", float(START_US + i * DAY_US), x_end=float(START_US + (i + 1) * DAY_US), label=f"day {i}")
        for i in (1, 9)
    ]
    year = Point("events", float(START_US - 100 * DAY_US), x_end=float(START_US + 265 * DAY_US), label="the whole year")
    written = texts(drawn("strip", [*near, year], figure).svg)
    assert written.index("events") < written.index("the whole year")
    assert not [text for text in written if "2025" in text or "Dec" in text]
    alone = texts(drawn("strip", [year], figure).svg)
    assert "events" in alone


def test_a_marked_year_stands_above_a_histogram_and_leaves_its_scale() -> None:
    figure = replace(FIGURES["histogram"], time=True)
    bins = [
        Point("observed", float(START_US + i * DAY_US), 3.0, x_end=float(START_US + (i + 1) * DAY_US))
        for i in range(14)
    ]
    day = Point("found", float(START_US + 3 * DAY_US), x_end=float(START_US + 4 * DAY_US), label="a day")
    year = Point(
        "found",
        float(START_US - 60 * DAY_US),
        x_end=float(START_US + 305 * DAY_US),
        label="the whole year " + "long " * 15,
    )
    both = drawn("histogram", [*bins, day, year], figure)
    written = texts(both.svg)
    assert "a day" in written
    assert any(text.startswith("the whole year") and text.endswith("…") for text in written)
    assert any(note.startswith("Band: the whole year") for note in both.notes)
    assert [key.mark for key in both.keys] == ["filled bar", "bracket"]
    assert [key.mark for key in drawn("histogram", [*bins, year], figure).keys] == ["filled bar"]
    assert not [text for text in written if "2024" in text]  # still days, not months of a year

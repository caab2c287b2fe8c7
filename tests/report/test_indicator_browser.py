"""Indicators in a real browser: quiet, readable on a telephone, and their clocks follow the zone switch of the page."""

from __future__ import annotations

import itertools
from typing import Any

import made_up_case
import pytest
from made_up_points import clock
from test_indicator_cards import hostile_indicators
from test_report_browser import opened  # noqa: F401

from inconcert.case import Case
from inconcert.report.clock_chart import clocks
from inconcert.report.data import gather
from inconcert.report.indicator_cards import busiest_stretch
from inconcert.verbs.report import report

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("width", [390, 1100])
def test_the_page_fits_and_is_quiet(opened: Any, indicators_case: Case, width: int) -> None:  # noqa: F811
    page = opened(indicators_case.path / "report" / "index.html", width)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    for picture in page.locator("svg.measure").all():
        box = picture.bounding_box()
        assert box is not None
        assert box["width"] >= 240
        assert box["x"] + box["width"] <= width
        size = picture.locator("text").first.evaluate("text => text.getBoundingClientRect().height")
        assert size >= 9  # pixels: legible


def test_no_label_of_a_timeline_is_cut_on_a_telephone(opened: Any, indicators_case: Case) -> None:  # noqa: F811
    page = opened(indicators_case.path / "report" / "index.html", 390)
    boxes = page.evaluate(
        "[...document.querySelectorAll('figure:not(.narrow) > svg.chart text')].map(t => t.getBoundingClientRect()).map(b => [b.left, b.right])"
    )
    assert boxes
    assert [box for box in boxes if box[0] < 0 or box[1] > 390] == []
    above = page.evaluate(
        "[...document.querySelectorAll('#volume svg.chart text')].filter(t => /^E[0-9]/.test(t.textContent)).map(t => t.getBoundingClientRect())"
        ".map(b => [b.left, b.right, b.top + 2, b.bottom - 2])"
    )
    for a, b in itertools.combinations(above, 2):
        assert a[1] <= b[0] or b[1] <= a[0] or a[3] <= b[2] or b[3] <= a[2]


def test_hostile_readings_do_nothing(opened: Any, folder: Any, known_indicators: None) -> None:  # noqa: F811
    index = report(made_up_case.write(folder, hostile_indicators()))
    page = opened(index, 390)
    assert page.locator("h1").count() == 1
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_clocks_follow_the_zone_of_the_page(opened: Any, indicators_case: Case) -> None:  # noqa: F811
    gathered = gather(indicators_case, zone="UTC")
    stretch = busiest_stretch(gathered.groups[0], gathered)
    page = opened(indicators_case.path / "report" / "index.html")
    picture = "[...document.querySelectorAll('figure[data-of] svg')].map(svg => svg.outerHTML)"
    before = page.evaluate(picture)
    assert len(before) == 2
    for zone in ("Asia/Shanghai", "America/New_York", "Asia/Kolkata"):
        page.locator("select.zone").first.select_option(zone)
        expected = clocks(clock(), "I1", gathered.zones, zone, stretch)
        assert expected is not None
        for one in expected.maps:
            figure = page.locator(f'figure[data-group="{one.key}"]')
            assert figure.locator(".busiest").text_content() == one.busiest
            assert (
                figure.locator("svg").get_attribute("aria-label")
                == f"Posts on {one.name} by hour and weekday. {one.busiest}"
            )
    page.locator("select.zone").first.select_option("UTC")
    assert page.evaluate(picture) == before


def test_it_prints_with_what_is_folded(chromium: Any, indicators_case: Case) -> None:
    page = chromium.new_page()
    page.goto((indicators_case.path / "report" / "index.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator("table.measures tr").nth(1).is_visible()
    assert page.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"
    page.close()

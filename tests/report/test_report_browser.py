"""The pages in a real browser: quiet, self-contained, readable on a telephone, and the zone picker counts right."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import made_up_case
import numpy as np
import pytest
from test_report_copies_extremes import hostile_copies
from test_report_extremes import hostile_tables

from inconcert.case import Case
from inconcert.report.data import gather
from inconcert.report.heatmap import busiest, hint
from inconcert.report.zones import by_hour
from inconcert.verbs.report import report

pytestmark = pytest.mark.browser
playwright = pytest.importorskip(
    "playwright.sync_api", reason="playwright is not installed: pip install 'inconcert[dev]'"
)


@pytest.fixture
def opened(chromium: Any) -> Iterator[Any]:
    """Opens a file in a window of some width; afterwards nothing may have complained, asked, or left the computer."""
    complaints: list[str] = []
    pages = []

    def open_file(file: Path, width: int = 1280) -> Any:
        page = chromium.new_page(viewport={"width": width, "height": 900})
        page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        page.on("request", lambda request: None if request.url == file.as_uri() else complaints.append(request.url))
        page.goto(file.as_uri())
        pages.append(page)
        return page

    yield open_file
    for page in pages:
        page.close()
    assert complaints == []


@pytest.mark.parametrize("width", [400, 700, 1280])
@pytest.mark.parametrize("name", ["index.html", "accounts.html"])
def test_nothing_complains_or_sticks_out(opened: Any, groups_case: Case, name: str, width: int) -> None:
    page = opened(groups_case.path / "report" / name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("getComputedStyle(document.querySelector('.badge')).borderTopWidth") != "0px"


@pytest.mark.parametrize("width", [400, 700, 1280])
@pytest.mark.parametrize("name", ["index.html", "accounts.html"])
def test_copies_and_pictures_stay_inside_the_page(opened: Any, copies_case: Case, name: str, width: int) -> None:
    page = opened(copies_case.path / "report" / name, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth > 0)")


def test_pictures_are_blurred_until_they_are_asked_for(opened: Any, copies_case: Case) -> None:
    page = opened(copies_case.path / "report" / "index.html")
    images = page.locator("#pictures img")
    filters = "images => images.map(image => getComputedStyle(image).filter)"
    assert set(images.evaluate_all(filters)) == {"blur(7px)"}
    page.locator("#pictures .blurred").nth(1).focus()
    playwright.expect(images.nth(1)).to_have_css("filter", "none")
    assert images.evaluate_all(filters)[0] == "blur(7px)"
    page.locator("#pictures .reveal input").check()
    playwright.expect(images.nth(0)).to_have_css("filter", "none")
    assert page.locator("#clues img").first.evaluate("image => getComputedStyle(image).filter") == "blur(7px)"


def test_hostile_copies_do_nothing(opened: Any, folder: Path) -> None:
    index = report(made_up_case.write(folder, hostile_copies()))
    page = opened(index, 400)
    assert page.evaluate("document.documentElement.scrollWidth") <= 400
    assert page.locator("h1").count() == 1
    opened(index.parent / "accounts.html")


def test_nothing_found_is_quiet_too(opened: Any, nothing_case: Case) -> None:
    page = opened(nothing_case.path / "report" / "index.html")
    assert page.locator("h2").first.inner_text() == "Nothing was found"


def test_zone_picker_repaints_every_heat_map_as_the_library_counts(opened: Any, groups_case: Case) -> None:
    gathered = gather(groups_case, zone="UTC")
    page = opened(groups_case.path / "report" / "index.html")
    assert page.locator("select.zone").count() == 2
    for zone in ("Asia/Kolkata", "America/New_York", "Pacific/Auckland", "Europe/Berlin", "UTC"):
        page.locator("select.zone").first.select_option(zone)
        assert page.locator("select.zone").nth(1).input_value() == zone
        for group in gathered.groups:
            hours = by_hour(group.week, gathered.zones.offsets[zone])
            figure = page.locator(f'figure[data-group="{group.row["group_id"]}"]')
            shown = figure.locator("rect title").all_text_contents()
            busy = [(day, hour) for day in range(7) for hour in range(24) if hours[day, hour]]
            assert shown == [hint(day, hour, int(hours[day, hour])) for day, hour in busy]
            assert figure.locator(".busiest").inner_text() == busiest(hours, zone)
            assert figure.locator(".total").all_text_contents() == [f"{int(day.sum()):,}" for day in hours]


def test_repainting_in_the_first_zone_changes_nothing(opened: Any, groups_case: Case) -> None:
    page = opened(groups_case.path / "report" / "index.html")
    picture = "[...document.querySelectorAll('svg.heat')].map(svg => svg.outerHTML)"
    before = page.evaluate(picture)
    page.locator("select.zone").first.select_option("Asia/Tokyo")
    assert page.evaluate(picture) != before
    page.locator("select.zone").first.select_option("UTC")
    assert page.evaluate(picture) == before


def test_hostile_posts_do_nothing(opened: Any, folder: Path) -> None:
    index = report(made_up_case.write(folder, hostile_tables(), title="Bait"))
    page = opened(index, 700)
    assert page.title() == "Bait – Inconcert report"
    assert page.locator("h1").all_inner_texts() == ["Bait"]
    assert page.locator("blockquote a").count() == 0
    assert page.evaluate("document.documentElement.scrollWidth") <= 700
    opened(index.parent / "accounts.html")


def test_a_link_to_a_folded_group_unfolds_it(opened: Any, folder: Path) -> None:
    rng = np.random.default_rng(8)
    tables = made_up_case.Tables()
    for n in range(1, 13):
        made_up_case.circle(rng, tables, f"G{n}", 5, 8, texts=(f"{n} the same",), hour=n, prefix=f"ring{n}x")
        made_up_case.group(f"G{n}", "L1", tables)
    made_up_case.finish(tables)
    page = opened(report(made_up_case.write(folder, tables)))
    assert not page.locator("#G12 .numbers").is_visible()
    page.locator("summary", has_text="2 further groups").click()
    page.locator('a[href="#G12"]').click()
    playwright.expect(page.locator("#G12 .numbers")).to_be_visible()
    assert not page.locator("#G11 .numbers").is_visible()


def test_it_prints_with_all_evidence(chromium: Any, groups_case: Case) -> None:
    page = chromium.new_page()
    page.goto((groups_case.path / "report" / "index.html").as_uri())
    page.emulate_media(media="print")
    assert page.locator("details li").first.is_visible()
    assert not page.locator("nav").is_visible()
    assert not page.locator("select.zone").first.is_visible()
    assert page.pdf(prefer_css_page_size=True)[:5] == b"%PDF-"
    page.close()

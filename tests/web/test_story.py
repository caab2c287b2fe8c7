"""The whole of an investigation in a real browser: quiet from the first page to the report, and nothing leaves the machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.browse.conftest import write
from tests.web.serving import Served
from tests.web.windows import DRAWN, Windows

pytestmark = pytest.mark.browser
WORK_MS = 240_000
"""How long the import and the investigation may take on a loaded machine."""


def click_a_line(page: Any) -> None:
    """Click along the middle of the picture until a line is met."""
    box = page.locator("#stage").bounding_box()
    for share in (0.5, 0.4, 0.6, 0.45, 0.55, 0.35, 0.65):
        for step in range(1, 60):
            page.mouse.click(box["x"] + box["width"] * step / 60, box["y"] + box["height"] * share)
            if "#e=" in page.url:
                return
    raise AssertionError("no line was met")


def test_from_files_to_a_report(
    windows: Windows, serve: Callable[[Path], Served], folder: Path, tmp_path: Path
) -> None:
    page = windows.open()
    page.goto(serve(folder).url)

    page.get_by_label("Name of its folder").fill("wave")
    page.get_by_label("Title, as the report shows it").fill("A wave in March")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/c/wave/import")

    page.locator("#choose").set_input_files(write(tmp_path, 3))
    page.wait_for_function("document.querySelectorAll('#files [data-name]').length === 2")
    page.wait_for_function("document.getElementById('command').textContent.includes('export-1.csv')")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/jobs/*")
    page.get_by_text("$ inconcert ingest wave export-0.csv export-1.csv").wait_for()
    page.wait_for_url("**/c/wave/", timeout=WORK_MS)

    page.get_by_role("heading", name="What was found").wait_for(timeout=WORK_MS)
    assert "8 accounts" in page.locator(".ladder").inner_text()
    page.get_by_role("link", name="Network", exact=True).click()
    page.wait_for_function(DRAWN)
    click_a_line(page)
    shown = page.url
    page.get_by_role("link", name="See both posts side by side").click()
    page.wait_for_url("**/edge/**")
    assert page.locator(".pair .post, .pair blockquote").count() >= 2
    page.go_back()
    page.wait_for_function(DRAWN)
    assert page.url == shown

    page.goto(f"{page.url.split('/c/')[0]}/c/wave/group/G1")
    assert "G1" in page.locator("h1").inner_text()


def test_every_address_is_a_place_of_its_own(
    windows: Windows, serve: Callable[[Path], Served], investigated: Any
) -> None:
    """What is chosen in the network is in its address: it can be sent, kept, and gone back from."""
    page = windows.open()
    page.goto(f"{serve(investigated.path.parent).url}/c/wave/network")
    page.wait_for_function(DRAWN)
    page.locator("#find").fill("G1-01")
    page.wait_for_function("location.hash.startsWith('#a=')")
    first = page.url
    page.locator("#chosen li button").first.click()
    second = page.url
    assert re.search(r"#e=a-\w+\.a-\w+$", second)
    page.go_back()
    assert page.url == first
    assert page.locator("#chosen h2").inner_text() == "G1-01"
    page.go_forward()
    assert page.url == second
    again = windows.open()
    again.goto(second)
    again.wait_for_function(DRAWN)
    assert again.locator("#chosen h2 a").count() == 2

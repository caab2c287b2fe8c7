"""The whole of an investigation in a real browser: quiet from the first page to the report, and nothing leaves the machine."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.browse.conftest import write
from tests.web.serving import Served
from tests.web.windows import DRAWN, Windows, until

pytestmark = pytest.mark.browser
WORK_MS = 240_000
"""How long the import and the investigation may take on a loaded machine."""


PADDING = 50
"""Of sigma's picture on each side, pixels."""
APART_MS = 400
"""Between two clicks: closer ones are a double click, which moves the picture."""


def middles(page: Any) -> list[tuple[float, float]]:
    """Where the lines of the network are on the screen, each two fifths from its beginning: sigma's projection, spelt out."""
    network = page.evaluate("fetch(document.getElementById('stage').dataset.from).then(answer => answer.json())")
    box, nodes, edges = page.locator("#stage").bounding_box(), network["nodes"], network["edges"]
    (wide, tall), (left, low) = (
        (max(nodes[axis]) - min(nodes[axis]) for axis in "xy"),
        (min(nodes[axis]) for axis in "xy"),
    )
    window, drawn = box["height"] / box["width"], tall / wide
    same_way = not ((window < 1 < drawn) or (drawn < 1 < window))
    zoom = min(max(drawn, 1 / drawn), max(window, 1 / window)) if same_way else 1.0
    pixels = (min(box["width"], box["height"]) - 2 * PADDING) * zoom / max(wide, tall)
    found = []
    for source, target in zip(edges["source"], edges["target"], strict=True):
        x, y = (nodes[axis][source] * 0.6 + nodes[axis][target] * 0.4 for axis in "xy")
        found.append(
            (
                box["x"] + box["width"] / 2 + (x - left - wide / 2) * pixels,
                box["y"] + box["height"] / 2 - (y - low - tall / 2) * pixels,
            )
        )
    return found


def click_a_line(page: Any) -> None:
    """Click lines of the network until one is hit: others or accounts may lie above."""
    for x, y in middles(page):
        page.mouse.click(x, y)
        page.wait_for_timeout(APART_MS)
        if "#e=" in page.url:
            return
    raise AssertionError("no line was hit")


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
    until(page, "document.querySelectorAll('#files [data-name]').length === 2")
    until(page, "document.getElementById('command').textContent.includes('export-1.csv')")
    page.get_by_role("button", name="Begin").click()
    page.wait_for_url("**/jobs/*")
    page.get_by_text("$ inconcert ingest wave export-0.csv export-1.csv").wait_for()
    page.wait_for_url("**/c/wave/", timeout=WORK_MS)

    page.get_by_role("heading", name="What was found").wait_for(timeout=WORK_MS)
    assert "8 accounts" in page.locator(".ladder").inner_text()
    page.get_by_role("link", name="Network", exact=True).click()
    until(page, DRAWN)
    click_a_line(page)
    shown = page.url
    page.get_by_role("link", name="See both posts side by side").click()
    page.wait_for_url("**/edge/**")
    assert page.locator(".pair .post, .pair blockquote").count() >= 2
    page.go_back()
    until(page, DRAWN)
    assert page.url == shown

    page.keyboard.press("g")
    page.keyboard.press("g")
    page.wait_for_url("**/groups")
    page.get_by_role("link", name="G1", exact=True).first.click()
    page.wait_for_url("**/group/G1")

    page.get_by_label("set aside", exact=True).check()
    page.get_by_label("The reason, or the new name").fill("a newsroom, it says so itself")
    page.get_by_label("Your name, as the ledger keeps it").fill("Ann Lee")
    page.get_by_text("inconcert judge wave G1 --set-aside").wait_for()
    page.get_by_role("button", name="Enter it").click()
    page.get_by_text("Set aside by Ann Lee (J1)").wait_for()
    page.locator("#J1 summary").click()
    page.locator("#J1").get_by_label("Why it is taken back").fill("that was another paper")
    page.get_by_role("button", name="Take it back").click()
    page.get_by_text("is taken back.").wait_for()
    assert page.get_by_text("Set aside by Ann Lee").count() == 0

    page.keyboard.press("g")
    page.keyboard.press("s")
    page.wait_for_url("**/search")
    page.get_by_label("Words that must be there").fill("look harbour")
    page.keyboard.press("Enter")
    page.locator("#hits").get_by_text("found").wait_for()
    assert page.locator("ol.hits mark").count() > 0
    page.get_by_label("Its name").fill("harbour posts")
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/set/**")
    assert "harbour posts" in page.locator("h1").inner_text()

    page.get_by_role("link", name="Report", exact=True).click()
    page.wait_for_url("**/report")
    if page.get_by_role("button", name="Make the preview").count():
        page.get_by_role("button", name="Make the preview").click()
    frame = page.locator("iframe").content_frame
    frame.locator("h1").wait_for(timeout=WORK_MS)
    assert "G1" in frame.locator("body").inner_text()
    page.get_by_role("button", name="Write it into the case").click()
    page.get_by_text("The report in the case is this one, byte for byte.").wait_for(timeout=WORK_MS)
    assert (folder / "wave" / "report" / "index.html").is_file()


def test_a_line_need_not_be_hit_to_the_pixel(
    windows: Windows, serve: Callable[[Path], Served], investigated: Any
) -> None:
    page = windows.open()
    page.goto(f"{serve(investigated.path.parent).url}/c/wave/network")
    until(page, DRAWN)
    for x, y in middles(page)[:4]:
        for aside in (-4, 4):
            page.locator("#all").click()
            page.wait_for_timeout(APART_MS)
            page.mouse.click(x + aside, y + aside)
            until(page, "location.hash.startsWith('#')")


def test_every_address_is_a_place_of_its_own(
    windows: Windows, serve: Callable[[Path], Served], investigated: Any
) -> None:
    """What is chosen in the network is in its address: it can be sent, kept, and gone back from."""
    page = windows.open()
    page.goto(f"{serve(investigated.path.parent).url}/c/wave/network")
    until(page, DRAWN)
    page.locator("#find").fill("G1-01")
    until(page, "location.hash.startsWith('#a=')")
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
    until(again, DRAWN)
    assert again.locator("#chosen h2 a").count() == 2

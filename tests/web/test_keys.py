"""Whatever is done often is done from the keyboard, and where one is can be seen."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.web.serving import Served
from tests.web.windows import DRAWN, Windows, until

from inconcert.case import Case
from inconcert.web.rendering import SECTIONS, path

pytestmark = pytest.mark.browser


@pytest.fixture
def page(windows: Windows, serve: Callable[[Path], Served], investigated: Case) -> Any:
    """The page of the case, opened."""
    opened = windows.open()
    opened.goto(f"{serve(investigated.path.parent).url}/c/wave/")
    return opened


@pytest.mark.parametrize(("section", "below", "key"), [(name, below, key) for name, _, below, key in SECTIONS])
def test_g_and_a_letter_lead_to_every_part(page: Any, section: str, below: str, key: str) -> None:
    page.keyboard.press("g")
    page.keyboard.press(key)
    page.wait_for_url(f"**{path('wave', below)}")
    assert page.locator('nav a[aria-current="page"]').get_attribute("data-go") == key


def test_keys_typed_into_a_field_are_letters(page: Any) -> None:
    page.goto(f"{page.url}import")
    page.locator("input[name=platform]").focus()
    page.keyboard.type("gs/j?")
    assert page.locator("input[name=platform]").input_value() == "gs/j?"
    assert page.url.endswith("/import")


def test_a_slash_leads_to_the_search(page: Any) -> None:
    page.keyboard.press("/")
    page.wait_for_url("**/search*")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('input[type=search]')")


def test_j_and_k_go_along_a_list_and_enter_opens(page: Any) -> None:
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent.trim()") == "G1"
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url("**/group/G1")


def test_j_goes_along_the_evidence_of_an_assessment(page: Any) -> None:
    page.goto(f"{page.url}group/G1/assessment")
    page.keyboard.press("j")
    assert page.evaluate("document.activeElement.textContent.trim()") == "explained/syndication"
    page.keyboard.press("Enter")
    page.wait_for_url("**/assessment/item?key=*")


def test_the_list_of_keys_opens_and_closes(page: Any) -> None:
    page.keyboard.press("?")
    assert page.locator("#keys").evaluate("dialog => dialog.open")
    page.keyboard.press("Escape")
    assert not page.locator("#keys").evaluate("dialog => dialog.open")


def test_the_first_stop_skips_to_the_content(page: Any) -> None:
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    assert page.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    page.keyboard.press("Enter")
    assert page.url.endswith("#main")


def test_the_network_is_worked_without_a_mouse(page: Any) -> None:
    page.goto(f"{page.url}network")
    until(page, DRAWN)
    page.locator("#find").focus()
    page.keyboard.type("G1-0")
    page.keyboard.press("Enter")
    until(page, "location.hash.startsWith('#a=')")
    page.locator("#chosen li button").first.focus()
    page.keyboard.press("Enter")
    until(page, "location.hash.startsWith('#e=')")
    page.locator("#stage").focus()
    page.keyboard.press("Escape")
    until(page, "location.hash === ''")


def test_focus_stays_where_a_part_of_the_page_is_replaced(page: Any) -> None:
    page.goto(f"{page.url}group/G1")
    page.locator("#group-when select").focus()
    page.keyboard.type("Tokyo")
    until(page, "location.search.includes('Tokyo')")
    until(page, "document.activeElement.matches('#group-when select')")
    page.goto(page.url.split("/group/")[0] + "/network")
    until(page, DRAWN)
    page.locator("#find").fill("G1-0")
    page.locator("#find").press("Enter")
    page.locator("#chosen li button").first.press("Enter")
    until(page, "document.activeElement.matches('#chosen h2')")
    page.keyboard.press("Escape")
    until(page, "location.hash === ''")


def test_focus_is_visible_on_everything(page: Any) -> None:
    """Each stop of the Tab key has an outline, and none is out of the window."""
    for _ in range(40):
        page.keyboard.press("Tab")
        seen = page.evaluate("""() => {
          const one = document.activeElement, box = one.getBoundingClientRect(), look = getComputedStyle(one);
          return one === document.body ? null : [look.outlineStyle, parseFloat(look.outlineWidth), box.width > 0 && box.bottom > 0 && box.top < innerHeight, one.outerHTML.slice(0, 80)];
        }""")
        if seen is None:
            break
        style, width, within, what = seen
        assert style != "none", what
        assert width >= 1, what
        assert within, what


def test_the_theme_is_kept(page: Any) -> None:
    page.get_by_role("button", name="Light or dark").click()
    page.reload()
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "dark"


def test_print_leaves_the_controls_out(page: Any) -> None:
    page.goto(f"{page.url}group/G1")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator("header.bar").is_visible()
    assert page.locator(".lane .bar").first.evaluate("one => getComputedStyle(one).display") != "none"
    assert page.evaluate("getComputedStyle(document.documentElement).colorScheme") == "light"
    folded = "[...document.querySelectorAll('main details')].filter(one => one.checkVisibility() && !one.lastElementChild.checkVisibility({contentVisibilityAuto: true})).length"
    assert page.evaluate(folded) == 0
    assert page.locator("h1").is_visible()
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")

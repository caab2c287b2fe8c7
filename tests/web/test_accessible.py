"""Every page is checked by axe-core: nothing serious or critical, light and dark, wide and on a telephone."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.web.addresses import addresses
from tests.web.serving import Served
from tests.web.windows import DRAWN, Windows, until

from inconcert.case import Case
from inconcert.verbs.judge import judge
from inconcert.verbs.notes import add_note

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
FORBIDDEN = ("serious", "critical")
UNFOLD = "document.querySelectorAll('details').forEach(one => { one.open = true; })"
PUSHED = "[...document.querySelectorAll('.wide')].filter(one => one.scrollWidth > one.clientWidth + 1).map(one => one.textContent.trim().slice(0, 40))"
SMALL = "[...document.querySelectorAll(':is(.days, .heat) text')].filter(one => one.checkVisibility() && one.getBoundingClientRect().height < 11).map(one => one.textContent)"
"""Words of a picture lower than about 9 px of type."""


@pytest.fixture(scope="module")
def axe() -> str:
    """The checker, as script."""
    if not AXE.is_file():
        pytest.skip("axe-core is not installed: npm ci")
    return AXE.read_text("utf-8")


def violations(page: Any) -> list[str]:
    """What the checker objects to, each with its first places."""
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")["violations"]
    return [
        f"{one['id']} ({one['impact']}): {[node['target'] for node in one['nodes'][:3]]} {one['nodes'][0]['failureSummary']}"
        for one in found
        if one["impact"] in FORBIDDEN
    ]


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 390), ("dark", 390)])
def test_no_page_shuts_anybody_out(
    windows: Windows, serve: Callable[[Path], Served], investigated: Case, axe: str, scheme: str, width: int
) -> None:
    judge(investigated, ["G1"], "confirm", "The same words within a minute.", by="Ann Lee")
    add_note(investigated, "Seen **elsewhere** too.", by="Ann Lee", about="G1")
    url = serve(investigated.path.parent).url
    page = windows.open(width=width, scheme=scheme)
    page.add_init_script(axe)  # the policy of the pages loads no script but theirs
    found = {}
    for name, address in addresses(investigated).items():
        page.goto(url + address)
        if name.startswith("network"):
            until(page, DRAWN)
        page.evaluate(UNFOLD)
        if objections := violations(page):
            found[name] = objections
    windows.complaints[:] = [one for one in windows.complaints if "404" not in one]  # the page that is absent
    assert found == {}


def test_names_and_the_list_of_keys_shut_nobody_out(
    windows: Windows, serve: Callable[[Path], Served], investigated: Case, axe: str
) -> None:
    page = windows.open(scheme="dark")
    page.add_init_script(axe)
    page.goto(f"{serve(investigated.path.parent).url}/c/wave/group/G1")
    page.get_by_role("button", name="Names hidden").click()
    page.locator("[data-keys]").click()
    assert violations(page) == []


def test_a_telephone_shows_all_of_a_page(windows: Windows, serve: Callable[[Path], Served], investigated: Case) -> None:
    """Nothing lies beside the window, nothing but the picture of the network has to be pushed sideways, and what pictures say is
    large enough to be read."""
    url = serve(investigated.path.parent).url
    page = windows.open(width=390)
    for name, address in addresses(investigated).items():
        page.goto(url + address)
        page.evaluate(UNFOLD)
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, name
        assert page.evaluate(PUSHED) == [], name
        assert page.evaluate(SMALL) == [], name
    windows.complaints[:] = [one for one in windows.complaints if "404" not in one]


def test_every_table_says_what_it_holds(windows: Windows, serve: Callable[[Path], Served], investigated: Case) -> None:
    url = serve(investigated.path.parent).url
    page = windows.open()
    for name, address in addresses(investigated).items():
        page.goto(url + address)
        unnamed = "[...document.querySelectorAll('table')].filter(one => !one.caption && !one.ariaLabel && !one.getAttribute('aria-labelledby')).map(one => one.textContent.slice(0, 40))"
        assert page.evaluate(unnamed) == [], name
    windows.complaints[:] = [one for one in windows.complaints if "404" not in one]


def test_headings_are_in_order(windows: Windows, serve: Callable[[Path], Served], investigated: Case) -> None:
    """With everything unfolded, and within what a page shows of the report too."""
    url = serve(investigated.path.parent).url
    page = windows.open()
    for name, address in addresses(investigated).items():
        page.goto(url + address)
        page.evaluate(UNFOLD)
        levels = page.evaluate(
            "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(one => one.checkVisibility()).map(one => Number(one.tagName[1]))"
        )
        assert levels.count(1) == 1, name
        assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels)), (name, levels)
    windows.complaints[:] = [one for one in windows.complaints if "404" not in one]

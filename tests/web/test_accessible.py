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

pytestmark = pytest.mark.browser
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
FORBIDDEN = ("serious", "critical")


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


@pytest.mark.parametrize(("scheme", "width"), [("light", 1440), ("dark", 1440), ("light", 390)])
def test_no_page_shuts_anybody_out(
    windows: Windows, serve: Callable[[Path], Served], investigated: Case, axe: str, scheme: str, width: int
) -> None:
    url = serve(investigated.path.parent).url
    page = windows.open(width=width, scheme=scheme)
    page.add_init_script(axe)  # the policy of the pages loads no script but theirs
    found = {}
    for name, address in addresses(investigated).items():
        page.goto(url + address)
        if name == "network":
            until(page, DRAWN)
        if objections := violations(page):
            found[name] = objections
    windows.complaints[:] = [one for one in windows.complaints if "404" not in one]  # the page that is absent
    assert found == {}


def test_headings_are_in_order(windows: Windows, serve: Callable[[Path], Served], investigated: Case) -> None:
    """But within what a page shows of the report, which has its own order."""
    url = serve(investigated.path.parent).url
    page = windows.open()
    for name, address in addresses(investigated).items():
        page.goto(url + address)
        levels = page.evaluate(
            "[...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].filter(one => one.checkVisibility() && !one.closest('.reported')).map(one => Number(one.tagName[1]))"
        )
        assert levels.count(1) == 1, name
        assert all(later <= earlier + 1 for earlier, later in itertools.pairwise(levels)), (name, levels)
    windows.complaints[:] = [one for one in windows.complaints if "404" not in one]
